"""The one runner of the case files: every finding, score and kind is the expected one, and no other."""

from collections import Counter
from collections.abc import Iterator, Mapping
from fractions import Fraction
from pathlib import Path

import pytest

from case_files import Case, Expected, Score, read_cases
from rubric.core.numbers import plain
from rubric.core.program import Program, Yields
from rubric.core.record import Given, Record
from rubric.diagnostics.model import Diagnostic
from rubric.evaluator.evaluate import evaluate
from rubric.evaluator.outcome import Outcome, Status
from rubric.facts.reading import record_from_mapping
from rubric.pipeline import compile_rubric
from rubric.reporting.results import result_range, result_text
from rubric.source import SourceText
from rubric.syntax import ast
from rubric.syntax.parse import parse

FILES = sorted(Path(__file__).parent.glob("*/*.md"))
CASES = {f"{path.parent.name}/{path.stem}：{case.name}": case for path in FILES for case in read_cases(path)}


def test_names_are_unique_in_the_whole_suite() -> None:
    names = Counter(case.name for path in FILES for case in read_cases(path))
    assert [name for name, times in names.items() if times > 1] == []


@pytest.mark.parametrize("name", CASES)
def test_findings_are_those_on_the_guilty_lines(name: str) -> None:
    case = CASES[name]
    found = compile_rubric(SourceText("示例.rubric", case.text)).diagnostics
    assert Counter(map(_placed, found)) == Counter(case.expected), [(_placed(d), d.title, d.remedy) for d in found]


@pytest.mark.parametrize("name", [name for name, case in CASES.items() if case.scores])
def test_scores_are_exact(name: str) -> None:
    case = CASES[name]
    program = compile_rubric(SourceText("示例.rubric", case.text)).value
    results = {score: _result(program, score) for score in case.scores}
    assert {score: found for score, found in results.items() if found != _normal(score.result)} == {}


@pytest.mark.parametrize("name", [name for name, case in CASES.items() if case.kinds])
def test_every_sentence_has_its_kind(name: str) -> None:
    case = CASES[name]
    pieces = [p for i in parse(SourceText("示例.rubric", case.text)).value.indicators for p in _pieces(i.cell)]
    found = tuple((str(piece.kind), piece.text) for piece in pieces)
    assert len(found) == len(case.kinds), found
    for (kind, text), (expected, beginning) in zip(found, case.kinds, strict=True):
        assert (kind, text[: len(beginning)]) == (expected, beginning)


def _placed(diagnostic: Diagnostic) -> Expected:
    label = diagnostic.labels[0] if diagnostic.labels else None
    if label is None or label.source is None:
        return Expected(0, diagnostic.code)
    return Expected(label.source.position(label.span.start)[0], diagnostic.code)


def _pieces(item: ast.Item) -> Iterator[ast.Piece]:
    yield from item.pieces
    for below in item.items:
        yield from _pieces(below)


# --- scores -----------------------------------------------------------------------------------------------------------


def _result(program: Program, score: Score) -> str:
    """What the first indicator gets, in the words of the case file."""
    outcome = _evaluated(program, score)
    if score.result.startswith("总分"):
        return f"总分 {plain(outcome.total)}" if outcome.total is not None else "总分 待定"
    first = outcome.indicators[0]
    match first.status:
        case Status.NOT_APPLICABLE:
            return "不适用"
        case Status.PENDING if first.indicator.yields is not Yields.POINTS:
            return f"待定 {result_range(first, 2)}"
        case Status.PENDING:
            return f"待定 {plain(first.low)}-{plain(first.high)}"
        case Status.SCORED:
            if first.indicator.yields is not Yields.POINTS:
                return result_text(first.indicator, first.exact.point or Fraction(0), 2)
            away = f"（不适用 {plain(first.away)}）" if first.away else ""
            return f"{first.exact.point}{away}"


def _normal(result: str) -> str:
    """`0.95` and `19/20` are the same points."""
    number, bracket, rest = result.partition("（")
    try:
        return f"{Fraction(number)}{bracket}{rest}"
    except ValueError:
        return result


def _evaluated(program: Program, score: Score) -> Outcome:
    data: dict[str, object] = {}
    judged: dict[tuple[str, str], Given] = {}
    readings: dict[str, int] = {}
    for entry in score.entries:
        name, sign, value = entry.partition("=")
        assert sign, entry
        if name.startswith("评判 "):
            keys = [j.key for j in program.judgements if j.label.startswith(name.removeprefix("评判 "))]
            assert len(keys) == 1, (entry, [j.key for j in program.judgements])
            judged[keys[0]] = Given(Fraction(value))
        elif name.startswith("口径 "):
            choice = program.choice(name.removeprefix("口径 "))
            names = [alternative.name for alternative in choice.alternatives]
            readings[choice.name] = names.index(value) if value in names else int(value)
        else:
            _put(data, name, value)
    return evaluate(program, _record(program, data, judged), readings)


def _put(data: dict[str, object], name: str, value: str) -> None:
    """`一季度·支出进度=25%` is one part of a series."""
    part, dot, datum = name.partition("·")
    if not dot:
        data[name] = value
        return
    series = data.setdefault(datum, {})
    assert isinstance(series, dict)
    series[part] = value


def _record(program: Program, data: Mapping[str, object], judged: Mapping[tuple[str, str], Given]) -> Record:
    checked = record_from_mapping({"数据": dict(data)}, program)
    assert not checked.errors, [d.title for d in checked.errors]
    return Record(checked.value.facts, judged)


def test_every_case_says_why_it_exists() -> None:
    assert [name for name, case in CASES.items() if not _is_reason(case)] == []


def _is_reason(case: Case) -> bool:
    return case.why.endswith("。") and "\n" not in case.why
