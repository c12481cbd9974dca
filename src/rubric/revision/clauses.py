"""The clauses of one indicator in both editions, paired.

Takes a pair of indicators; gives their clauses side by side, each with its text as issued, and what kinds of change lie
between two. Never a meaning.
"""

from collections.abc import Callable, Iterator
from fractions import Fraction

import attrs

from rubric.core import program as core
from rubric.core.walk import within
from rubric.revision.changes import Kind
from rubric.revision.rewriting import bare
from rubric.revision.wording import likeness, says_the_same

_ALIKE = Fraction(9, 20)


@attrs.frozen
class Part:
    """A clause in both editions, None where it is in one alone; without clauses, the whole indicator."""

    old: core.Clause | None
    new: core.Clause | None


def parts_of(old: core.Indicator, new: core.Indicator) -> tuple[Part, ...]:
    """Clauses by their words, then by their number, then by likeness; in the order of the new edition, those gone last."""
    if not isinstance(old.rule, core.Sum) or not isinstance(new.rule, core.Sum):
        return ()
    found: dict[int, core.Clause] = {}
    left = list(old.rule.parts)

    def take(place: int, clause: core.Clause) -> None:
        found[place] = clause
        left.remove(clause)

    tests: tuple[Callable[[core.Clause, core.Clause], bool], ...] = (
        lambda one, other: says_the_same(one.text, other.text) and one.path == other.path,
        lambda one, other: says_the_same(one.text, other.text),
        lambda one, other: one.path == other.path and likeness(one.text, other.text) >= _ALIKE,
        lambda one, other: likeness(one.text, other.text) >= _ALIKE,
        lambda one, other: one.path == other.path and type(one.rule) is type(other.rule),
    )
    for test in tests:
        for place, other in enumerate(new.rule.parts):
            if place not in found:
                one = next((c for c in left if test(c, other)), None)
                if one is not None:
                    take(place, one)
    paired = tuple(Part(found.get(place), other) for place, other in enumerate(new.rule.parts))
    return (*paired, *(Part(clause, None) for clause in left))


# --- kinds ------------------------------------------------------------------------------------------------------------


def aspects_of(old: core.Indicator | core.Clause, new: core.Indicator | core.Clause) -> tuple[Kind, ...]:
    """All kinds of change between two clauses (or indicators without clauses), in the order of `Kind`."""
    found: set[Kind] = set()
    if old.points != new.points:
        found.add(Kind.POINTS)
    if bare(old.overrides) != bare(new.overrides):
        found.add(Kind.EFFECTS)
    found |= set(_of_rules(old.rule, new.rule))
    return tuple(kind for kind in Kind if kind in found)


def _of_rules(old: core.Rule, new: core.Rule) -> Iterator[Kind]:
    if bare(old) == bare(new):
        return
    steps = _steps(old) != _steps(new)
    match old, new:
        case core.BandTable(), core.BandTable():
            if _tests(old) != _tests(new) or not steps:
                yield from _of_bands(old, new)
            if steps:
                yield Kind.STEPS
        case core.Deductions(), core.Deductions():
            yield Kind.STEPS
        case core.Judged(), core.Judged():
            if old.judgement[1] != new.judgement[1]:
                yield Kind.JUDGED
        case core.Sum(parts=one), core.Sum(parts=other) if len(one) == len(other):
            for before, after in zip(one, other, strict=True):
                yield from aspects_of(before, after)
        case _:
            yield Kind.FORMULA


def _of_bands(old: core.BandTable, new: core.BandTable) -> Iterator[Kind]:
    """Bands moved, or what is banded: the same figures over another quantity are another definition."""
    before, after = _tests(old), _tests(new)
    if _figures(old) != _figures(new) or _awards(old) != _awards(new):
        yield Kind.BANDS
    if _quantities(old) != _quantities(new) and before != after:
        yield Kind.FORMULA


def _tests(table: core.BandTable) -> tuple[core.Condition, ...]:
    return tuple(bare(band.condition) for band in table.bands)


def _awards(table: core.BandTable) -> tuple[core.Expression | None, ...]:
    """What each band gives, those that count steps apart."""
    amounts = (*(bare(band.amount) for band in table.bands), bare(table.otherwise))
    return tuple(amount for amount in amounts if not _counts_steps(amount))


def _counts_steps(amount: object) -> bool:
    return any(isinstance(node, core.Steps) for node in within(amount))


def _figures(table: core.BandTable) -> tuple[object, ...]:
    """The figures and signs that bands are cut by."""
    return tuple(
        (node.operator, *(s.value for s in (node.left, node.right) if isinstance(s, core.Constant)))
        for band in table.bands
        for node in within(bare(band.condition))
        if isinstance(node, core.Compare)
    )


def _quantities(table: core.BandTable) -> set[core.Expression]:
    return {
        side
        for band in table.bands
        for node in within(bare(band.condition))
        if isinstance(node, core.Compare)
        for side in (node.left, node.right)
        if not isinstance(side, core.Constant)
    }


def _steps(rule: core.Rule) -> tuple[object, ...]:
    """Sizes and ways of counting of the steps, and what each takes off."""
    found: list[object] = []
    for node in within(rule):
        match node:
            case core.Steps(step=step, mode=mode):
                found.append((bare(step), mode))
            case core.Deduction(rate=rate, limit=limit):
                found.append((rate, limit))
            case core.Arithmetic(operator="*") if _counts_steps(node):
                found += [side.value for side in (node.left, node.right) if isinstance(side, core.Constant)]
            case _:
                pass
    return tuple(found)
