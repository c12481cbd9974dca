"""The pages of the language guide, made from the program.

Takes the sources beside this file (`source/*.yaml`: the words of a page, and clauses with values and scores); gives each
page and each picture as a text. What a clause gives, its readings and its curve come from the engine, so a page cannot say
what the program does not do: a clause that is not computed, or gives another score than its source says, is an error.

    python docs/guide/build.py          writes the pages anew
"""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import islice, product
from pathlib import Path
from typing import Any, cast

import attrs
import yaml

from rubric.analysis.curve import curve_of
from rubric.core.numbers import exact, plain
from rubric.core.walk import choices_used
from rubric.diagnostics.registry import CODES
from rubric.facts.reading import record_from_mapping
from rubric.reporting.curve_svg import curve_svg, readings_of
from rubric.reporting.explain import explain_indicator
from rubric.trying.declare import Given
from rubric.trying.run import Clause, Trial, run, understand

HERE = Path(__file__).parent
_MOST_CURVES = 3
_PLACES = 2

Source = Mapping[str, Any]
Values = Mapping[str, Given]


class Mistake(Exception):
    """A source says what the program does not do."""


@attrs.frozen
class Example:
    """A clause with its points, some facts and the score of each; `axis` is the datum drawn, from one value to another."""

    clause: str
    points: str
    values: tuple[Values, ...]
    scores: tuple[str, ...]
    axis: tuple[str, str, str] | None
    note: str


def pages() -> dict[str, str]:
    """Every file of the guide that is made, by its path under `docs/guide`."""
    sources = [(path.stem, _read(path)) for path in sorted((HERE / "source").glob("*.yaml"))]
    found = {"README.md": "\n".join(_contents(sources)) + "\n"}
    for name, source in sources:
        lines, pictures = _page(name, source)
        found[f"{name}.md"] = "\n".join(lines) + "\n"
        found |= pictures
    return found


def _read(path: Path) -> Source:
    return cast(Source, yaml.safe_load(path.read_text(encoding="utf-8")))


def _contents(sources: Sequence[tuple[str, Source]]) -> Iterator[str]:
    yield "# 评分标准怎么写"
    yield ""
    yield "每一类句式一页：原句、算出什么、有几种读法、得分怎样随数据变化。得分、读法和曲线都由程序算出，页面由 `docs/guide/build.py` 生成。"
    yield ""
    yield "| 句式 | 说什么 |"
    yield "|---|---|"
    for name, source in sources:
        yield f"| [{source['title']}]({name}.md) | {source['summary']} |"


# --- one page ---------------------------------------------------------------------------------------------------------


def _page(name: str, source: Source) -> tuple[list[str], dict[str, str]]:
    lines = [f"# {source['title']}", "", source["summary"]]
    if source.get("text"):
        lines += ["", source["text"].strip()]
    pictures: dict[str, str] = {}
    for number, written in enumerate(source["examples"], start=1):
        example = _example(written)
        clause = understand(example.clause, example.points, example.values)
        trials = [run(clause, values) for values in example.values]
        _check(example.clause, trials, example.scores)
        lines += ["", f"## 例 {number}", "", *_quoted(example.clause)]
        lines += ["", f"分值 {example.points}。{example.note}".rstrip(), "", *_results(example, trials)]
        lines += _readings(example, trials)
        if example.axis is not None:
            path = f"curves/{name}-{number}.svg"
            pictures[path] = _picture(example, clause, trials[0])
            lines += ["", f"![得分随{example.axis[0]}变化]({path})"]
        lines += ["", "写进评分表时补上的行：", "", "```text", *_added(clause), "```"]
    for wording in source.get("wordings", ()):
        lines += _wordings(wording)
    if source.get("doubts"):
        lines += ["", "## 容易出的问题", "", "| 问题 | 程序怎么说 |", "|---|---|"]
        lines += [f"| {d['text']} | `{d['code']}` {CODES[d['code']].title} |" for d in source["doubts"]]
    return lines, pictures


def _example(written: Source) -> Example:
    axis = written.get("axis")
    return Example(
        written["clause"].strip(),
        str(written["points"]),
        tuple(written["values"]),
        tuple(str(score) for score in written["scores"]),
        (axis["name"], str(axis["from"]), str(axis["to"])) if axis else None,
        (written.get("note") or "").strip(),
    )


def _check(clause: str, trials: Sequence[Trial], scores: Sequence[str]) -> None:
    got = [_score(trial) for trial in trials]
    if any(trial.judged for trial in trials) or got != list(scores):
        raise Mistake(f"{clause}\n  得 {got}，应为 {list(scores)}")


def _score(trial: Trial) -> str:
    return "待定" if trial.score is None else plain(trial.score, _PLACES)


def _quoted(clause: str) -> Iterator[str]:
    for index, line in enumerate(clause.splitlines()):
        yield from ([">"] if index else [])
        yield f"> {line}"


def _results(example: Example, trials: Sequence[Trial]) -> Iterator[str]:
    yield "| 数据 | 得分 | 说明 |"
    yield "|---|---|---|"
    for values, trial in zip(example.values, trials, strict=True):
        told = explain_indicator(trial.outcome.indicators[0], trial.source, _PLACES)
        yield f"| {_shown(values)} | {_score(trial)} | {_cell(told)} |"


def _shown(values: Values) -> str:
    return "，".join(f"{name} {_value(value)}" for name, value in values.items())


def _value(value: Given) -> str:
    match value:
        case bool():
            return "是" if value else "否"
        case str():
            return value
        case _:
            return "、".join(str(item) for item in value)


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


def _readings(example: Example, trials: Sequence[Trial]) -> Iterator[str]:
    """Every reading with the score of each set of values, where the clause can be read in several ways."""
    first = trials[0].readings
    if len(first) < 2:
        return
    yield ""
    yield "读法不止一种；没有写明时取第一种，用口径可以改。"
    yield ""
    yield "| 读法 | " + " | ".join(_shown(values) for values in example.values) + " |"
    yield "|---" * (len(trials) + 1) + "|"
    for index, reading in enumerate(first):
        words = "；".join(f"“{choice}”：{name}" for choice, name in reading.alternatives.items())
        scores = [trial.readings[index].score for trial in trials]
        cells = ["待定" if score is None else plain(score, _PLACES) for score in scores]
        yield f"| {words} | " + " | ".join(cells) + " |"


def _added(clause: Clause) -> Iterator[str]:
    yield "数据"
    for line in clause.lines:
        yield line if line == "口径" else f"  {line}"


# --- pictures ---------------------------------------------------------------------------------------------------------


def _picture(example: Example, clause: Clause, trial: Trial) -> str:
    """The curve of each reading; readings with the same curve are drawn once."""
    assert example.axis is not None
    name, low, high = example.axis
    program = trial.program
    indicator = program.indicators[0]
    record = trial.outcome.record
    datum = program.datum(name)
    ends = [record_from_mapping({"数据": {name: text}}, program).value.facts[name, None].value for text in (low, high)]
    start, end = (value for value in ends if isinstance(value, Fraction))
    choices = [program.choice(choice) for choice in choices_used((indicator.rule, indicator.overrides))]
    ordered = [sorted(range(len(c.alternatives)), key=lambda i, c=c: i != c.default) for c in choices]
    curves = [
        (
            "；".join(c.alternatives[index].name for c, index in zip(choices, taken, strict=True)),
            curve_of(
                program, indicator, record, datum, start, end, dict(zip((c.name for c in choices), taken, strict=True))
            ),
        )
        for taken in islice(product(*ordered), _MOST_CURVES)
    ]
    return curve_svg(readings_of(curves), exact(example.points), f"{example.clause}：得分随{name}变化")


# --- wordings ---------------------------------------------------------------------------------------------------------


def _wordings(wording: Source) -> Iterator[str]:
    """Ways to say one thing: each is put into the clause and must give the same score."""
    template, values = str(wording["clause"]), wording["values"]
    for word in wording["words"]:
        trial = run(understand(template.replace("〈〉", word), str(wording["points"]), [values]), values)
        _check(template.replace("〈〉", word), [trial], [str(wording["score"])])
    yield ""
    yield f"## {wording['title']}"
    yield ""
    yield f"在“{template}”里，〈〉处写下面哪一种都一样，{_shown(values)} 都得 {wording['score']} 分："
    yield ""
    yield "、".join(f"`{word}`" for word in wording["words"])


def main() -> None:
    """Write every page that differs, and take away pictures that no page shows."""
    made = pages()
    for name, text in made.items():
        path = HERE / name
        path.parent.mkdir(exist_ok=True)
        if not path.is_file() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")
    for path in (HERE / "curves").glob("*.svg"):
        if f"curves/{path.name}" not in made:
            path.unlink()


if __name__ == "__main__":
    main()
