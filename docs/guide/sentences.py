"""How the program takes sentences, on a page of the guide: the kind of each, and what it does where a text is silent.

Takes the parts of a source that hold rubrics or clauses; gives tables of Markdown. Kinds, scores and readings come from the
engine; a source that says another kind or score is a `Mistake`.
"""

from collections.abc import Iterator, Sequence

from guide.clauses import pasted
from guide.rubrics import compiled
from guide.showing import Mistake, Source, shown_score, shown_values, table
from rubric.trying.run import run, understand

# What each kind of sentence means to whom it concerns.
_MEANING = {
    "规则": "程序计算",
    "定义": "说明一个数怎样算出",
    "标题": "只是小标题，分值写在后面",
    "否决": "情况出现时代替前面的得分",
    "豁免": "情况出现时按写明的给分，不再看别的",
    "起评": "这一条的满分，后面的句子从里面扣",
    "评判": "由评价人给分，并写明理由",
    "未读懂的规则": "像规则，但没有读懂：程序指出是哪几个字，这一条先由人给分",
    "注": "不影响得分",
}


def kind_lines(part: Source) -> Iterator[str]:
    """Each sentence of a rubric with the kind it was given; `kinds` of the source must be those."""
    table_of = compiled(part["kinds"].rstrip())
    found = table_of.program.sentences
    kinds = [sentence.kind for sentence in found]
    if kinds != list(part["are"]):
        raise Mistake(f"{part['kinds']}\n  {[(s.kind, s.text) for s in found]}")
    yield from ("```text", *part["kinds"].rstrip().splitlines(), "```", "")
    yield from table(("句子", "当作", "意思"), [(s.text, s.kind, _MEANING[s.kind]) for s in found])


def default_lines(part: Source) -> Iterator[str]:
    """`defaults`: where a text is silent, a clause with one set of values, and the result of each reading."""
    rows: list[Sequence[str]] = []
    for written in part["defaults"]:
        text, points, values = str(written["clause"]).strip(), str(written["points"]), written["values"]
        clause = understand(text, points, [values])
        trial = run(clause, values)
        got = shown_score(trial.score)
        if got != str(written["score"]) or trial.judged:
            raise Mistake(f"{text}\n  得 {got}，应为 {written['score']}")
        default = "（默认）" if trial.readings[1:] else ""
        told = [f"待定{default}" if trial.score is None else f"{got} 分{default}"]
        for reading in trial.readings:
            differing = [
                (choice, name)
                for choice, name in reading.alternatives.items()
                if trial.readings[0].alternatives[choice] != name
            ]
            if len(differing) == 1:
                told.append(f"{shown_score(reading.score)} 分：{pasted(clause, *differing[0])}")
        rows.append((written["question"], written["says"], f"“{text}”，{shown_values(values)}", "<br>".join(told)))
    yield from table(("原文没有说的", "程序怎样办", "例如", "结果"), rows)
