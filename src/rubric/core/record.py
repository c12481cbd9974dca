"""A record: the facts and judgements of one department, typed.

Takes nothing; gives the frozen values that `facts` fills and the evaluator reads. Never a file.
"""

from collections.abc import Mapping
from enum import StrEnum
from fractions import Fraction
from types import MappingProxyType
from typing import Any

import attrs

from rubric.source import NOWHERE, SourceText, Span

NOTHING: Mapping[Any, Any] = MappingProxyType({})


class Basis(StrEnum):
    """Where a fact comes from: stated with its place, asserted, assumed, or decided by a person."""

    REPORTED = "报告数据"
    ASSERTED = "自述"
    ASSUMED = "假定"
    JUDGED = "评判"


Row = Mapping[str, Fraction | str]
Value = Fraction | bool | str | tuple[Row, ...]


@attrs.frozen
class Fact:
    """One value in base units (a state by its name, yes–no as bool, rows as mappings from column to value).

    `written` is the author's own text. `quantum` is the unit of the last printed decimal, in base units, for a rate
    (so 92.85% may be any rate within half a quantum); None elsewhere. `measures` is the alternative the fact states
    for the datum's choice; `others` holds values under other alternatives, by their names.
    """

    value: Value
    written: str
    basis: Basis = Basis.REPORTED
    source: str = ""
    evidence: str = ""
    note: str = ""
    original_name: str = ""
    quantum: Fraction | None = None
    measures: str | None = None
    others: Mapping[str, Fraction] = NOTHING
    span: Span = NOWHERE


@attrs.frozen
class Given:
    """A recorded judgement. `fingerprint` is that of the sentence it was made on ("" where the file states none)."""

    points: Fraction
    reason: str = ""
    evidence: str = ""
    source: str = ""
    fingerprint: str = ""
    basis: Basis = Basis.JUDGED
    note: str = ""
    span: Span = NOWHERE


@attrs.frozen
class Record:
    """`facts` is keyed by (datum, part), part None for a single value; scores are in 分.

    `claimed_total` is the sum of the claimed scores as the file states it, if it does.
    """

    facts: Mapping[tuple[str, str | None], Fact]
    judgements: Mapping[tuple[str, str], Given] = NOTHING
    readings: Mapping[str, str] = NOTHING
    claimed: Mapping[str, Fraction] = NOTHING
    reviewed: Mapping[str, Fraction] = NOTHING
    unit_name: str = ""
    sha256: str = ""
    source: SourceText | None = None
    claimed_total: Fraction | None = None
