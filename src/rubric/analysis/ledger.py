"""The ledger: where the points of a table lie, who decides them, and what they ask for.

Takes a program; gives its points by 一级 and 二级指标 and by the kind of clause, the sums that ought to agree, and the data
and judgements of each clause. Never an evaluation.
"""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import assert_never

import attrs

from rubric.core.numbers import ZERO
from rubric.core.program import (
    BandTable,
    Clause,
    ClauseKind,
    Datum,
    Deductions,
    Formula,
    Indicator,
    Judged,
    Override,
    Program,
    RowScores,
    Rule,
    Sum,
    Unresolved,
    Yields,
)
from rubric.core.walk import data_used, within


@attrs.frozen
class Group:
    """A 一级 or 二级指标 with its points; `within` are the levels below it. A table without levels is one nameless group."""

    name: str
    points: Fraction
    by_kind: Mapping[ClauseKind, Fraction]
    indicators: tuple[str, ...]
    within: tuple["Group", ...] = ()


@attrs.frozen
class Apart:
    """Two numbers that ought to agree and do not: the points `stated` for `name`, and what its parts add up to."""

    name: str
    stated: Fraction
    added: Fraction


@attrs.frozen
class Sums:
    """The points of the table as stated, of its indicators, of its clauses; `unknown` are indicators with a clause unread."""

    stated: Fraction
    indicators: Fraction
    clauses: Fraction
    apart: tuple[Apart, ...] = ()
    unknown: tuple[str, ...] = ()


@attrs.frozen
class Need:
    """What one clause asks for. `path` is "" for the whole indicator; `overall` are facts that decide over all of it."""

    indicator: str
    path: str
    points: Fraction
    kind: ClauseKind
    data: tuple[str, ...]
    judgements: tuple[str, ...]


def points_by_kind(program: Program) -> dict[ClauseKind, Fraction]:
    """How many points are computed, counted, graded and judged."""
    return kinds_of(program.indicators)


def kinds_of(indicators: tuple[Indicator, ...]) -> dict[ClauseKind, Fraction]:
    """The same for some indicators."""
    sums = dict.fromkeys(ClauseKind, ZERO)
    for indicator in indicators:
        if indicator.yields is Yields.POINTS:
            for leaf in _leaves(indicator):
                sums[leaf.kind] += leaf.points
    return sums


def unused(program: Program) -> tuple[Datum, ...]:
    """Data that no clause uses."""
    return tuple(datum for datum in program.data if not datum.uses)


def groups_of(program: Program) -> tuple[Group, ...]:
    """The points by 一级指标, and within each by 二级指标, in the order of the table."""
    return _groups(program.indicators, 0)


def sums_of(program: Program) -> Sums:
    """What is stated beside what the parts add up to, level by level."""
    scored = tuple(i for i in program.indicators if i.yields is Yields.POINTS)
    apart: list[Apart] = []
    unknown: list[str] = []
    clauses = ZERO
    for indicator in scored:
        clauses += sum((leaf.points for leaf in _leaves(indicator)), ZERO)
        apart += _apart(indicator.name, indicator.points, indicator.rule)
        if any(isinstance(node, Unresolved) for node in within(indicator.rule)):
            unknown.append(indicator.name)
    indicators = sum((i.points for i in scored), ZERO)
    if indicators != program.points:
        apart.insert(0, Apart("", program.points, indicators))
    return Sums(program.points, indicators, clauses, tuple(apart), tuple(unknown))


def needs_of(program: Program) -> tuple[Need, ...]:
    """What each clause asks for, in the order of the table; what decides over a whole indicator stands under its name."""
    found: list[Need] = []
    for indicator in program.indicators:
        for leaf in _leaves(indicator):
            judged = tuple(node.judgement[1] for node in within(leaf.rule) if isinstance(node, Judged))
            nodes = (leaf.rule, leaf.overrides)
            found.append(Need(indicator.name, leaf.path, leaf.points, leaf.kind, tuple(data_used(nodes)), judged))
    return tuple(found)


def overall_data(indicator: Indicator) -> tuple[str, ...]:
    """Data that decide over a whole indicator (否决, 豁免, 适用条件) or are only looked at beside it (至少选择三个方面)."""
    if not isinstance(indicator.rule, Sum):
        return tuple(data_used(indicator.requirements))
    return tuple(data_used((indicator.overrides, indicator.requirements)))


# --- groups -----------------------------------------------------------------------------------------------------------


def _groups(indicators: tuple[Indicator, ...], level: int) -> tuple[Group, ...]:
    names = dict.fromkeys(indicator.path[level] for indicator in indicators)
    found: list[Group] = []
    for name in names:
        own = tuple(indicator for indicator in indicators if indicator.path[level] == name)
        points = sum((i.points for i in own if i.yields is Yields.POINTS), ZERO)
        below = _groups(own, 1) if level == 0 and any(i.path[1] for i in own) else ()
        found.append(Group(name, points, kinds_of(own), tuple(i.name for i in own), below))
    return tuple(found)


def _apart(name: str, points: Fraction, rule: Rule) -> Iterator[Apart]:
    if not isinstance(rule, Sum):
        return
    added = sum((clause.points for clause in rule.parts), ZERO)
    if added != points:
        yield Apart(name, points, added)
    for clause in rule.parts:
        yield from _apart(f"{name}第{clause.path}点", clause.points, clause.rule)


# --- rules that give points themselves --------------------------------------------------------------------------------


@attrs.frozen
class _Leaf:
    path: str
    points: Fraction
    kind: ClauseKind
    rule: Rule
    overrides: tuple[Override, ...]


def _leaves(indicator: Indicator) -> Iterator[_Leaf]:
    if isinstance(indicator.rule, Sum):
        yield from _below(indicator.rule, "", ())
    else:
        kind = _kind_of(indicator.rule)
        yield _Leaf("", indicator.points, kind, indicator.rule, indicator.overrides)


def _below(rule: Sum, path: str, overrides: tuple[Override, ...]) -> Iterator[_Leaf]:
    for clause in rule.parts:
        own = (*overrides, *clause.overrides)
        if isinstance(clause.rule, Sum):
            yield from _below(clause.rule, clause.path or path, own)
        else:
            yield _leaf(clause, clause.path or path, own)


def _leaf(clause: Clause, path: str, overrides: tuple[Override, ...]) -> _Leaf:
    return _Leaf(path, clause.points, clause.kind, clause.rule, overrides)


def _kind_of(rule: Rule) -> ClauseKind:
    match rule:
        case Formula() | BandTable() | RowScores():
            return ClauseKind.COMPUTED
        case Deductions():
            return ClauseKind.COUNTED
        case Judged() | Sum() | Unresolved():
            return ClauseKind.JUDGED
        case _:
            assert_never(rule)
