"""Generators of records for any program.

Takes a program; gives Hypothesis strategies of full records, of readings and of subsets of a record. Every value drawn
is admissible: within the datum's bounds and of its kind. Values lie mostly where mistakes live: on each threshold, a
tick beside it, at 0, at thirds, and far out.
"""

from collections.abc import Mapping
from fractions import Fraction
from functools import cache
from pathlib import Path

import attrs
from hypothesis import strategies as st

from rubric.core import program as core
from rubric.core.record import Fact, Given, Record, Value
from rubric.core.walk import data_used
from rubric.pipeline import compile_rubric
from rubric.source import SourceText

RUBRIC_2022 = Path(__file__).parents[1] / "rubrics/2022/部门整体支出.rubric"

Key = tuple[str, str | None]

TICK = Fraction(1, 10_000)
THRESHOLDS = tuple(
    Fraction(text) for text in ("0", "1/20", "1/10", "11/100", "1/4", "1/2", "3/5", "3/4", "4/5", "9/10", "19/20", "1")
)
RATIOS = tuple(
    sorted(
        {r for t in THRESHOLDS for r in (t, t - TICK, t + TICK) if r >= 0}
        | {Fraction(1, 3), Fraction(2, 3), Fraction(7)}
    )
)
COUNTS = (0, 1, 2, 3, 4, 5, 8, 9, 10, 11, 19, 20, 21, 75, 79, 90, 95, 100, 10**9)
BASES = tuple(Fraction(text) for text in ("1", "1/3", "100", "200891700", "999999999999.99"))


@cache
def text_2022() -> str:
    return RUBRIC_2022.read_text(encoding="utf-8")


@cache
def program_2022() -> core.Program:
    return compile_rubric(SourceText("2022", text_2022())).value


def only(program: core.Program, *names: str) -> core.Program:
    """The program with only these indicators and what they ask for: smaller records, quicker laws."""
    indicators = tuple(i for i in program.indicators if i.name in names)
    used = data_used(indicators)
    bounding = {b.datum for d in program.data if d.name in used for b in (d.low, d.high) if b is not None}
    return attrs.evolve(
        program,
        points=sum((i.points for i in indicators), Fraction(0)),
        indicators=indicators,
        data=tuple(d for d in program.data if d.name in used or d.name in bounding),
        judgements=tuple(j for j in program.judgements if j.indicator in names),
        choices=tuple(c for c in program.choices if c.indicator is None or c.indicator in names),
    )


# --- values -----------------------------------------------------------------------------------------------------------
# One draw per value keeps whole records cheap: a small number is a place in the pool, a large one the value itself.


def ratios() -> st.SearchStrategy[Fraction]:
    """Rates as ratios: nasty ones, or any from 0 to 3."""
    return st.integers(0, 99).map(lambda n: RATIOS[n] if n < len(RATIOS) else Fraction(n * 7919 % 30_000, 10_000))


def counts() -> st.SearchStrategy[Fraction]:
    return st.integers(0, 59).map(lambda n: Fraction(COUNTS[n] if n < len(COUNTS) else n - len(COUNTS)))


def amounts(base: Fraction) -> st.SearchStrategy[Fraction]:
    """Amounts of one record share a base, so that the ratio of any two lies often on a threshold."""
    return ratios().map(lambda ratio: base * ratio)


def values_of(datum: core.Datum, base: Fraction) -> st.SearchStrategy[Value]:
    """Values of the datum's kind, not yet within its bounds."""
    match datum.kind:
        case core.DatumKind.BOOLEAN:
            return st.booleans()
        case core.DatumKind.STATE:
            return st.sampled_from(datum.states)
        case core.DatumKind.ROWS:
            return rows_of(datum)
        case core.DatumKind.QUANTITY:
            match datum.unit.dimension if datum.unit else core.Dimension.NUMBER:
                case core.Dimension.MONEY:
                    return amounts(base)
                case core.Dimension.COUNT:
                    return counts()
                case _:
                    return ratios()


@st.composite
def rows_of(draw: st.DrawFn, datum: core.Datum) -> Value:
    def cell(column: core.Column) -> st.SearchStrategy[Fraction | str]:
        if column.states:
            return st.sampled_from(column.states)
        return counts() if column.unit else st.sampled_from(("", "甲", "乙"))

    number = draw(st.integers(0, 4))
    return tuple({column.name: draw(cell(column)) for column in datum.columns} for _ in range(number))


def bounded(value: Fraction, datum: core.Datum, known: Mapping[Key, Value]) -> Fraction:
    """`value` brought within the datum's bounds; a bound that is another datum counts where that is in `known`."""

    def end(bound: core.Bound | None) -> Fraction | None:
        if bound is None:
            return None
        other = bound.value if bound.datum is None else known.get((bound.datum, None))
        return other if isinstance(other, Fraction) else None

    low, high = end(datum.low), end(datum.high)
    value = value if low is None or low <= value else low
    return value if high is None or value <= high else high


def _in_order(program: core.Program) -> list[core.Datum]:
    """Data that bound others before those they bound."""
    ordered: list[core.Datum] = []

    def add(datum: core.Datum) -> None:
        for bound in (datum.low, datum.high):
            if bound is not None and bound.datum is not None:
                add(program.datum(bound.datum))
        if datum not in ordered:
            ordered.append(datum)

    for datum in program.data:
        add(datum)
    return ordered


# --- records ----------------------------------------------------------------------------------------------------------


@st.composite
def records(draw: st.DrawFn, program: core.Program) -> Record:
    """All facts and all judgements, each admissible."""
    base = draw(st.sampled_from(BASES))
    known: dict[Key, Value] = {}
    for datum in _in_order(program):
        for part in datum.parts or (None,):
            value = draw(values_of(datum, base))
            if isinstance(value, Fraction):
                value = bounded(value, datum, known)
            known[datum.name, part] = value
    return Record(
        {key: Fact(value, str(value)) for key, value in known.items()},
        {j.key: Given(draw(points_for(j))) for j in program.judgements},
    )


def points_for(judgement: core.Judgement) -> st.SearchStrategy[Fraction]:
    """Points within the judgement's range: its ends, its third, or any to two decimals."""
    low, high = judgement.low, judgement.high
    return st.integers(0, 102).map(
        lambda n: low + (high - low) * (Fraction(1, 3) if n == 102 else 1 if n == 0 else Fraction(n - 1, 100))
    )


def readings(program: core.Program) -> st.SearchStrategy[dict[str, int]]:
    """An alternative for any of the choices; the others stay as the rubric says."""
    options = {c.name: st.integers(0, len(c.alternatives) - 1) for c in program.choices}
    return st.fixed_dictionaries({}, optional=options)


@st.composite
def parts_of(draw: st.DrawFn, record: Record) -> Record:
    """The record without some of its facts and judgements: few, many or all."""
    keys = [*record.facts, *record.judgements]
    left_out = draw(st.integers(0, 2 ** len(keys) - 1))
    if draw(st.booleans()):
        left_out &= draw(st.integers(0, 2 ** len(keys) - 1)) & draw(st.integers(0, 2 ** len(keys) - 1))
    kept = {key for place, key in enumerate(keys) if not left_out >> place & 1}
    return Record(
        {k: f for k, f in record.facts.items() if k in kept},
        {k: g for k, g in record.judgements.items() if k in kept},
    )


def with_value(record: Record, key: Key, value: Fraction) -> Record:
    return Record({**record.facts, key: Fact(value, str(value))}, record.judgements)
