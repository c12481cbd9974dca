"""The real rubric of 2022 and its case, as the tests use them.

Takes the packaged edition; gives its text, its program, the record of its case, records with some facts changed, and
rubrics cut down to one indicator. Never a score of its own.
"""

import re
from collections.abc import Mapping
from fractions import Fraction
from functools import cache
from pathlib import Path

import attrs

from checkout import ROOT
from rubric.core.program import Clause, Program, clauses_of
from rubric.core.record import Fact, Record
from rubric.evaluator.evaluate import evaluate
from rubric.evaluator.outcome import ClauseOutcome, IndicatorOutcome, Outcome
from rubric.facts.reading import read_facts, record_from_mapping
from rubric.pipeline import compile_rubric
from rubric.source import SourceText

FOLDER = ROOT / "rubrics" / "2022"
RUBRIC = FOLDER / "部门整体支出.rubric"
CASE = FOLDER / "cases" / "罗湖区委组织部.yaml"
ANNEX = FOLDER / "sources" / "附件.md"

Data = Mapping[str, object]


def read(path: Path) -> SourceText:
    return SourceText(path.name, path.read_text("utf-8"))


@cache
def source() -> SourceText:
    return read(RUBRIC)


@cache
def program() -> Program:
    return compile_rubric(source()).value


@cache
def case_record() -> Record:
    """The record of the edition's own case; nothing in it is refused."""
    checked = read_facts(read(CASE), program())
    assert not checked.errors, [d.title for d in checked.errors]
    return checked.value


def facts(data: Data) -> Mapping[tuple[str, str | None], Fact]:
    """Facts as a facts file would write them; a series is a mapping from period to value."""
    checked = record_from_mapping({"数据": dict(data)}, program())
    assert not checked.errors, [d.title for d in checked.errors]
    return checked.value.facts


def record_of(data: Data) -> Record:
    """A record that holds only these facts."""
    return Record(facts(data))


def changed(record: Record, data: Data, points: Mapping[tuple[str, str], str] | None = None) -> Record:
    """`record` with other facts, and other points for judgements given as (indicator, beginning of the sentence)."""
    judgements = dict(record.judgements)
    for (indicator, beginning), given in (points or {}).items():
        keys = [j.key for j in program().judgements if j.indicator == indicator and j.text.startswith(beginning)]
        assert len(keys) == 1, (indicator, beginning, keys)
        judgements[keys[0]] = attrs.evolve(judgements[keys[0]], points=Fraction(given))
    return attrs.evolve(record, facts={**record.facts, **facts(data)}, judgements=judgements)


def scored(record: Record, readings: Mapping[str, int] | None = None) -> Outcome:
    return evaluate(program(), record, readings)


def indicator(outcome: Outcome, number: int) -> IndicatorOutcome:
    return outcome.indicators[number - 1]


def clause(outcome: Outcome, number: int, path: str) -> ClauseOutcome:
    """The outcome of one clause; `path` empty for the only clause of an unnumbered cell."""
    found = [c for c in _clauses(indicator(outcome, number).clauses) if c.clause.path == path]
    assert len(found) == 1, (number, path, [c.clause.path for c in found])
    return found[0]


def _clauses(outcomes: tuple[ClauseOutcome, ...]) -> list[ClauseOutcome]:
    return [inner for outcome in outcomes for inner in (outcome, *_clauses(outcome.children))]


def clauses(of: Program) -> list[tuple[str, Clause]]:
    """Every clause with its indicator's name."""
    return [(i.name, c) for i in of.indicators for c in clauses_of(i.rule)]


# --- one indicator by itself ------------------------------------------------------------------------------------------


@cache
def blocks() -> tuple[str, tuple[str, ...]]:
    """What stands before the first dimension (without the stated total), and the text of each indicator."""
    parts = re.split(r"^(?=三级指标 )", source().text, flags=re.M)
    head = re.split(r"^(?=一级指标 )", parts[0], flags=re.M)[0]
    bodies = [re.split(r"^(?=[一二]级指标 )", part, flags=re.M)[0] for part in parts[1:]]
    return re.sub(r"^总分值：.*\n", "", head, flags=re.M), tuple(bodies)


def alone(number: int, body: str | None = None) -> str:
    """A rubric of one indicator: the head without the grades of 100 points, the shared data it uses, and its own text (or `body` for it)."""
    head, bodies = blocks()
    name = program().indicators[number - 1].name
    used = {d.name for d in program().data if any(use.split(" 第")[0] == name for use in d.uses)}
    before, section, shared = re.sub("^ *等级：.*\n", "", head, flags=re.M).partition("共用数据\n")
    lines = [line for line in shared.splitlines() if line.strip().partition("：")[0] in used]
    data = "".join(f"{line}\n" for line in (section.strip(), *lines)) if lines else ""
    return f"{before}{data}一级指标 一\n二级指标 二\n{bodies[number - 1] if body is None else body}"
