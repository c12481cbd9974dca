"""Clauses on a page of the guide: what each gives, its readings, the words that may stand in it.

Takes the parts of a source that hold clauses; gives lines of Markdown. Scores and readings come from the engine; a source
that says another score, or names a finding that a clause does not have, is a `Mistake`.
"""

from collections.abc import Iterator, Mapping, Sequence

import attrs

from guide.pictures import Axis, axis_of, picture
from guide.showing import PLACES, Mistake, Source, Values, cell, quoted, shown_score, shown_values, table
from rubric.analysis.lints import lint_notes
from rubric.core import program as core
from rubric.diagnostics.explain import load_page
from rubric.diagnostics.registry import CODES
from rubric.pipeline import compile_rubric
from rubric.reporting.explain import explain_indicator
from rubric.source import SourceText
from rubric.trying.run import Clause, Reading, Trial, run, understand

_MOST_READINGS = 6
# How a 口径 line may name an alternative; the first that the program takes is shown.
_FORMS = ("“{choice}”按{taken}计", "“{choice}”限于{taken}", "“{choice}”指{taken}")


@attrs.frozen
class Example:
    """A clause with its points, some facts and the score of each; `axis` is the datum drawn, from one value to another.

    `data` are the author's lines where the page shows better ones than those inferred; both must give the scores.
    """

    clause: str
    points: str
    values: tuple[Values, ...]
    scores: tuple[str, ...]
    title: str
    note: str
    data: str
    axis: Axis | None

    @property
    def stated(self) -> str:
        """The points as a page states them."""
        return f"分值 {self.points}。" if self.points.replace(".", "", 1).isdigit() else ""


def example_lines(written: Source, number: int, name: str) -> tuple[list[str], dict[str, str]]:
    """The example as lines, with its picture by path."""
    example = _example(written)
    clause, trials = _tried(example)
    heading = f"## 例 {number}" + (f"：{example.title}" if example.title else "")
    lines = [heading, "", *quoted(example.clause), "", f"{example.stated}{example.note}"]
    lines += ["", *_results(example, trials), *_readings(example, clause, trials)]
    pictures: dict[str, str] = {}
    if example.axis is not None:
        path = f"curves/{name}-{number}.svg"
        what = trials[0].program.indicators[0].yields.value
        title = f"{example.clause}：{what}随{example.axis.name}变化"
        pictures[path] = picture(example.axis, trials, title, example.points)
        lines += ["", f"![{what}随{example.axis.name}变化]({path})"]
    return [*lines, "", "写进评分表时，在评分标准下面补上：", "", "```text", *_added(clause), "```"], pictures


def _example(written: Source) -> Example:
    axis = written.get("axis")
    return Example(
        written["clause"].strip(),
        str(written["points"]),
        tuple(written["values"]),
        tuple(str(score) for score in written["scores"]),
        (written.get("title") or "").strip(),
        (written.get("note") or "").strip(),
        (written.get("data") or "").strip(),
        axis_of(axis) if axis else None,
    )


def _tried(example: Example) -> tuple[Clause, list[Trial]]:
    """The clause as it is shown, with its trials; both with lines inferred and with the author's own."""
    clause = understand(example.clause, example.points, example.values)
    _check(example.clause, [run(clause, values) for values in example.values], example.scores)
    if example.data:
        clause = _declared(clause, example.data.splitlines())
    trials = [run(clause, values) for values in example.values]
    _check(example.clause, trials, example.scores)
    return clause, trials


def _declared(clause: Clause, lines: Sequence[str]) -> Clause:
    """The same clause with the author's own lines in place of those inferred."""
    before, _, _ = clause.source.text.rpartition("\n数据\n")
    source = SourceText(clause.source.name, "\n".join((before, "数据", *lines)) + "\n")
    return Clause(source, compile_rubric(source), tuple(lines))


def _check(clause: str, trials: Sequence[Trial], scores: Sequence[str]) -> None:
    got = [_result(trial) for trial in trials]
    faults = [f"{d.code} {d.title}" for trial in trials[:1] for d in trial.diagnostics if d.severity == "error"]
    if faults or any(trial.judged for trial in trials) or got != list(scores):
        raise Mistake(f"{clause}\n  得 {got}，应为 {list(scores)} {'；'.join(faults)}")


def _result(trial: Trial, index: int = 0) -> str:
    """The points under one reading, or the grade or the amount that the clause comes to."""
    reading = trial.readings[index]
    if trial.program.indicators[0].yields is core.Yields.POINTS:
        return shown_score(reading.score)
    return reading.result or "待定"


def _results(example: Example, trials: Sequence[Trial]) -> Iterator[str]:
    rows: list[Sequence[str]] = []
    for values, trial in zip(example.values, trials, strict=True):
        told = explain_indicator(trial.outcome.indicators[0], trial.source, PLACES)
        rows.append((shown_values(values), _result(trial), told))
    yields = trials[0].program.indicators[0].yields
    yield from table(("数据", yields.value, "说明"), rows)


# --- readings ---------------------------------------------------------------------------------------------------------


def _readings(example: Example, clause: Clause, trials: Sequence[Trial]) -> Iterator[str]:
    """The default and every reading that takes one choice otherwise, each with the line that would settle it.

    Readings that give the same with all the values shown are not listed: there is nothing to see.
    """
    first = trials[0].readings
    default = first[0].alternatives
    unsettled = {c.name for c in trials[0].program.choices if c.origin is core.ChoiceOrigin.DEFAULT}
    default = {choice: name for choice, name in default.items() if choice in unsettled}
    near = [i for i, reading in enumerate(first) if _is_near(first[0], reading, unsettled)][:_MOST_READINGS]
    scores = {i: [_result(trial, i) for trial in trials] for i in near}
    if all(found == scores[0] for found in scores.values()):
        return
    yield from ("", "这句话有几种读法。没有写明时按第一种算；在口径里写一行，就按写明的算。", "")
    rows = [(_line(clause, default, first[i]), *scores[i]) for i in near]
    yield from table(("口径", *map(shown_values, example.values)), rows)


def _is_near(default: Reading, reading: Reading, unsettled: set[str]) -> bool:
    """Whether the reading takes at most one choice otherwise, and that one is left open by the text."""
    differing = _differing(default.alternatives, reading.alternatives)
    return len(differing) < 2 and differing <= unsettled


def _differing(default: Mapping[str, str], taken: Mapping[str, str]) -> set[str]:
    return {choice for choice, name in taken.items() if default.get(choice, name) != name}


def _line(clause: Clause, default: Mapping[str, str], reading: Reading) -> str:
    """The 口径 line that makes the reading the default; where none does, the names of what is taken."""
    differing = _differing(default, reading.alternatives)
    if not differing:
        told = "；".join(pasted(clause, choice, name) for choice, name in default.items())
        return f"{told}（默认）"
    (choice,) = differing
    return pasted(clause, choice, reading.alternatives[choice])


def pasted(clause: Clause, choice: str, taken: str) -> str:
    """The 口径 line that takes the alternative `taken`; where no line does, its name."""
    for form in _FORMS:
        line = form.format(choice=choice, taken=taken.removeprefix("按").removesuffix("计"))
        program = compile_rubric(_with_basis(clause.source, line)).value
        found = next((c for c in program.choices if c.name == choice), None)
        settled = found is not None and found.origin is core.ChoiceOrigin.AUTHOR
        if found is not None and settled and found.alternatives[found.default].name == taken:
            return f"`{line}`"
    return f"“{choice}”：{taken}"


def _with_basis(source: SourceText, line: str) -> SourceText:
    joint = "" if "\n口径\n" in source.text else "口径\n"
    return SourceText(source.name, f"{source.text.rstrip()}\n{joint}{line}\n")


def _added(clause: Clause) -> Iterator[str]:
    yield "数据"
    for line in clause.lines:
        yield line if line.strip() == "口径" else f"  {line.strip()}"


# --- words ------------------------------------------------------------------------------------------------------------


def word_lines(wording: Source) -> Iterator[str]:
    """Ways to say one thing: each is put into the clause and must give the same score."""
    template, values, points = str(wording["clause"]).strip(), wording["values"], wording["points"]
    score = str(wording["score"])
    for word in wording["words"]:
        text = template.replace("〈〉", str(word))
        _check(text, [run(understand(text, points, [values]), values)], [score])
    yield from ("", f"## {wording['title']}", "")
    yield f"在“{template}”里，〈〉处写下面哪一种都一样，{shown_values(values)} 都得 {score} 分："
    yield from ("", "、".join(f"`{word}`" for word in wording["words"]))


# --- doubts -----------------------------------------------------------------------------------------------------------


def doubt_lines(doubts: Sequence[Source]) -> Iterator[str]:
    """What often goes wrong, with a sentence in which it does and the finding that says so."""
    yield from ("", "## 容易出的问题", "")
    rows = [(d["text"], *_sentence(d), code_link(d["code"])) for d in doubts]
    yield from table(("问题", "例如", "程序怎样说、怎样改", "编号"), rows)
    yield from (
        "",
        "点编号看说明；也可以运行 `rubric explain` 加编号。写着“在「口径」下加一行”的，把那一行照抄进评分表就定下来了。",
    )


def _sentence(doubt: Source) -> tuple[str, str]:
    """The sentence, and what its finding says: the results of each reading, and what can be typed."""
    if "clause" not in doubt:
        return "", ""
    text, points = str(doubt["clause"]).strip(), str(doubt["points"])
    values = doubt.get("values", {})
    clause = understand(text, points, [values])
    trial = run(clause, values)
    found = (*trial.diagnostics, *lint_notes(trial.source, trial.program))
    told = next((d for d in found if d.code == doubt["code"]), None)
    if told is None:
        raise Mistake(f"{text}\n  没有 {doubt['code']}，有 {sorted({d.code for d in found})}")
    says = [told.title, *(hint.text for hint in reversed(told.hints))]
    return f"“{cell(text)}”", "<br>".join(cell(line) for line in says)


def code_link(code: str) -> str:
    """A code with its title and a link to its page."""
    assert load_page(code) is not None
    return f"[{code}](../../src/rubric/diagnostics/explain/{code}.md) {CODES[code].title}"
