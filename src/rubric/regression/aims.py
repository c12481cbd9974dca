"""What tests of a rubric should reach: each clause, band, step, cap, floor, veto, exemption and reading.

Takes a program; gives its aims. Never whether one is reached: `reached` says that of a record.

An aim that nothing can reach (a cap on a rate that a veto keeps below 1) is listed all the same: whether it can be reached is
for a proof to say.
"""

from collections.abc import Iterator
from enum import StrEnum
from fractions import Fraction
from typing import assert_never

import attrs

from rubric.analysis.ranges import World, linear, range_of, world_of
from rubric.core import program as core
from rubric.core.data import span_field
from rubric.core.walk import within
from rubric.source import Span

ZERO, ONE = Fraction(0), Fraction(1)


class AimKind(StrEnum):
    """In the order of a report."""

    CLAUSE = "条款"
    BAND = "分档"
    STEP = "步"
    CAP = "封顶"
    FLOOR = "保底"
    VETO = "否决"
    EXEMPTION = "豁免"
    UNDEFINED = "分母为0"
    GUARD = "适用条件"
    READING = "口径"


@attrs.frozen
class Aim:
    """`indicator` is the id of one, or "" for what belongs to the whole table; `path` is that of the clause.

    `words` say what must happen, in the words of the text where it has some. `place` tells apart what is alike.
    """

    kind: AimKind
    indicator: str
    path: str
    words: str
    place: tuple[int, int, int]
    span: Span = span_field()


_OVERRIDES = {
    core.OverrideKind.VETO: AimKind.VETO,
    core.OverrideKind.EXEMPTION: AimKind.EXEMPTION,
    core.OverrideKind.UNDEFINED: AimKind.UNDEFINED,
    core.OverrideKind.GUARD: AimKind.GUARD,
}


def aims_of(program: core.Program) -> tuple[Aim, ...]:
    """Every aim, in the order of the table; those of the whole table last."""
    world = world_of(program)
    found: dict[Aim, None] = {}
    for indicator in program.indicators:
        found |= dict.fromkeys(aims_of_indicator(program, world, indicator))
    found |= dict.fromkeys(aims_of_scoring(program))
    return tuple(found)


# --- the aims there are -----------------------------------------------------------------------------------------------


def aims_of_indicator(program: core.Program, world: World, indicator: core.Indicator) -> Iterator[Aim]:
    for override in indicator.overrides:
        yield override_aim(indicator, "", override)
    yield from _aims_of_rule(program, world, indicator, "", indicator.points, indicator.rule, indicator.span)
    yield from _reading_aims(program, indicator)


def _aims_of_rule(
    program: core.Program,
    world: World,
    indicator: core.Indicator,
    path: str,
    points: Fraction,
    rule: core.Rule,
    span: Span,
) -> Iterator[Aim]:
    if not isinstance(rule, core.Sum):
        yield clause_aim(indicator, path, span)
    for node in within(_expressions(rule)):
        yield from _node_aims(world, indicator, path, node)
    match rule:
        case core.Sum(parts=parts):
            for clause in parts:
                for override in clause.overrides:
                    yield override_aim(indicator, clause.path, override)
                yield from _aims_of_rule(
                    program, world, indicator, clause.path, clause.points, clause.rule, clause.span
                )
        case core.Formula(amount=amount):
            possible = range_of(world, amount)
            if indicator.is_bounded and (possible.high is None or possible.high > points):
                yield limit_aim(indicator, path, AimKind.CAP, rule.span)
            if possible.low is None or possible.low < 0:
                yield limit_aim(indicator, path, AimKind.FLOOR, rule.span)
        case core.BandTable(bands=bands, otherwise=otherwise):
            for number, band in enumerate(bands):
                yield band_aim(indicator, path, number, band)
                possible = range_of(world, band.amount)
                if possible.low is None or possible.low < 0:
                    yield limit_aim(indicator, path, AimKind.FLOOR, band.span)
                if indicator.is_bounded and (possible.high is None or possible.high > points):
                    yield limit_aim(indicator, path, AimKind.CAP, band.span)
            if otherwise is not None:
                yield otherwise_aim(indicator, path, rule)
        case core.Deductions():
            yield from _deduction_aims(world, indicator, path, points, rule)
        case core.RowScores(rule=inner):
            yield from _aims_of_rule(program, world, indicator, path, ONE, inner, rule.span)
        case core.Judged() | core.Unresolved():
            pass
        case _:
            assert_never(rule)


def _deduction_aims(
    world: World, indicator: core.Indicator, path: str, points: Fraction, rule: core.Deductions
) -> Iterator[Aim]:
    low = high = range_of(world, rule.base)
    least, most = low.low, high.high
    for number, item in enumerate(rule.items):
        yield deduction_aim(indicator, path, number, item)
        times = range_of(world, item.times)
        if item.limit is not None:
            yield limit_aim(indicator, path, AimKind.CAP, item.span)
        cost = [None if end is None else item.rate * end for end in (times.low, times.high)]
        if item.rate < 0:
            cost.reverse()
        floor, roof = cost[1], cost[0]
        if item.limit is not None:
            floor = item.limit if floor is None else min(floor, item.limit)
            roof = -item.limit if roof is None else max(roof, -item.limit)
        least = None if least is None or floor is None else least - floor
        most = None if most is None or roof is None else most - roof
    lowest = rule.least if rule.least is not None else ZERO
    if least is None or least < lowest:
        yield limit_aim(indicator, path, AimKind.FLOOR, rule.span)
    top = points if rule.most is None else min(points, rule.most)
    if indicator.is_bounded and (most is None or most > top):
        yield limit_aim(indicator, path, AimKind.CAP, rule.span)


def _node_aims(world: World, indicator: core.Indicator, path: str, node: object) -> Iterator[Aim]:
    match node:
        case core.Extreme(items=items):
            for number, item in enumerate(items):
                if _is_limit(item) or not any(map(_is_limit, items)):
                    yield extreme_aim(indicator, path, node, number)
        case core.Steps():
            yield step_aim(indicator, path, node, whole=True)
            if not _in_whole_steps(world, node):
                yield step_aim(indicator, path, node, whole=False)
        case _:
            pass


def _is_limit(item: core.Expression) -> bool:
    return isinstance(item, core.Constant) or (isinstance(item, core.Named) and isinstance(item.body, core.Constant))


def _in_whole_steps(world: World, node: core.Steps) -> bool:
    """Whether the distance is always a whole number of steps: whole numbers, counted by a whole step."""
    size, form = linear(world, node.step), linear(world, node.distance)
    if size.terms or not size.constant:
        return False
    for atom, factor in form.terms.items():
        if not isinstance(atom, core.FactValue):
            return False
        datum = world.data[atom.datum]
        whole = datum.unit is not None and (
            datum.unit.dimension is core.Dimension.DATE
            or (datum.unit.dimension is core.Dimension.COUNT and datum.decimals in (0, None))
        )
        if not whole or (factor * (datum.unit.scale if datum.unit else 1) / size.constant).denominator != 1:
            return False
    return (form.constant / size.constant).denominator == 1


def _reading_aims(program: core.Program, indicator: core.Indicator) -> Iterator[Aim]:
    """Each alternative of each 口径 that the indicator, or what it measures, depends on."""
    for name in choices_of(program, indicator):
        choice = program.choice(name)
        for index in range(len(choice.alternatives)):
            yield reading_aim(indicator, choice, index)


def choices_of(program: core.Program, indicator: core.Indicator) -> dict[str, None]:
    found: dict[str, None] = {}
    data = {d.name: d for d in program.data}
    for node in within((indicator.overrides, indicator.rule)):
        match node:
            case core.ByReading(choice=choice) | core.ReadingIs(choice=choice):
                found[choice] = None
            case core.FactValue(datum=datum) | core.InState(datum=datum) if data[datum].measures is not None:
                found[data[datum].measures or ""] = None
            case _:
                pass
    return found


def aims_of_scoring(program: core.Program) -> Iterator[Aim]:
    """The ways to round and to treat what does not apply, where they matter, the rules on the total, and the grades."""
    for name in scoring_choices(program):
        choice = program.choice(name)
        yield from (reading_aim(None, choice, index) for index in range(len(choice.alternatives)))
    yield from (override_aim(None, "", override) for override in program.scoring.overrides)
    yield from (grade_aim(number, grade) for number, grade in enumerate(program.scoring.grades))


def scoring_choices(program: core.Program) -> tuple[str, ...]:
    """Names of the choices of 计分办法 that can matter: how to round where a clause computes points, and what does not apply
    where something may not."""
    names = {choice.name for choice in program.choices}
    nodes = tuple(within(tuple((i.overrides, i.rule) for i in program.indicators)))
    found: list[str] = []
    computes = any(
        isinstance(node, core.Formula | core.RowScores)
        or (isinstance(node, core.Band) and not isinstance(node.amount, core.Constant))
        for node in nodes
    )
    if computes and program.scoring.rounding in names:
        found.append(program.scoring.rounding)
    leaves = any(isinstance(node, core.Override) and node.effect is core.Effect.NOT_APPLICABLE for node in nodes)
    if leaves and program.scoring.not_applicable in names:
        found.append(program.scoring.not_applicable)
    return tuple(found)


def _expressions(rule: core.Rule) -> tuple[object, ...]:
    """What stands in a rule itself, the clauses and rules below it left out."""
    match rule:
        case core.Formula(amount=amount):
            return (amount,)
        case core.BandTable(bands=bands, otherwise=otherwise):
            return (tuple((b.condition, b.amount) for b in bands), *((otherwise,) if otherwise is not None else ()))
        case core.Deductions(base=base, items=items):
            return (base, tuple(item.times for item in items))
        case core.RowScores(points=points):
            return (points,)
        case core.Sum() | core.Judged() | core.Unresolved():
            return ()
        case _:
            assert_never(rule)


# --- aims by name -----------------------------------------------------------------------------------------------------


def _aim(kind: AimKind, indicator: core.Indicator | None, path: str, words: str, span: Span, number: int = 0) -> Aim:
    owner = "" if indicator is None else indicator.id
    return Aim(kind, owner, path, words, (span.start, span.end, number), span=span)


def clause_aim(indicator: core.Indicator, path: str, span: Span) -> Aim:
    return _aim(AimKind.CLAUSE, indicator, path, f"第{path}点" if path else "本指标", span)


def band_aim(indicator: core.Indicator, path: str, number: int, band: core.Band) -> Aim:
    return _aim(AimKind.BAND, indicator, path, " ".join(band.text.split()), band.span, number)


def otherwise_aim(indicator: core.Indicator, path: str, table: core.BandTable) -> Aim:
    return _aim(AimKind.BAND, indicator, path, "其余的", table.span, len(table.bands))


def deduction_aim(indicator: core.Indicator, path: str, number: int, item: core.Deduction) -> Aim:
    return _aim(AimKind.STEP, indicator, path, " ".join(item.text.split()), item.span, number)


def step_aim(indicator: core.Indicator, path: str, node: core.Steps, *, whole: bool) -> Aim:
    words = f"{'正好整步' if whole else '带零头'}（{node.mode}）"
    return _aim(AimKind.STEP, indicator, path, words, node.span, list(core.StepMode).index(node.mode) * 2 + whole)


def extreme_aim(indicator: core.Indicator, path: str, node: core.Extreme, number: int) -> Aim:
    kind = AimKind.CAP if node.which == "min" else AimKind.FLOOR
    words = "取最小的一项" if node.which == "min" else "取最大的一项"
    # Every part of a series has its own: the same words, another fact.
    named = "、".join(f"{inner.part}" for inner in within(node) if isinstance(inner, core.FactValue) and inner.part)
    return _aim(kind, indicator, path, f"{words}{f'（{named}）' if named else ''}", node.span, number)


def limit_aim(indicator: core.Indicator, path: str, kind: AimKind, span: Span) -> Aim:
    words = "超过分值，按分值计" if kind is AimKind.CAP else "扣完为止"
    return _aim(kind, indicator, path, words, span, -1)


def override_aim(indicator: core.Indicator | None, path: str, override: core.Override) -> Aim:
    words = " ".join(override.text.split())
    kind = AimKind.CAP if is_standing_cap(override) else _OVERRIDES[override.kind]
    return _aim(kind, indicator, path, words, override.span, _number_of(override))


def is_standing_cap(override: core.Override) -> bool:
    """`第1点最高1分`: a greatest without a condition, which is met where it cuts something off."""
    return override.cap is not None and isinstance(override.condition, core.Always)


def _number_of(override: core.Override) -> int:
    """Overrides that one sentence makes for several readings and cases differ in condition and effect."""
    reading = next((n.index for n in within(override.condition) if isinstance(n, core.ReadingIs)), 0)
    return 10 * reading + list(core.Effect).index(override.effect)


def whole_of(indicator: core.Indicator) -> core.Clause:
    """The indicator as the one clause of itself."""
    kind = core.ClauseKind.COMPUTED
    return core.Clause("", "", "", indicator.points, indicator.rule, kind, indicator.overrides, span=indicator.span)


def reading_aim(indicator: core.Indicator | None, choice: core.Choice, index: int) -> Aim:
    words = f"{choice.name}：{choice.alternatives[index].name}"
    return _aim(AimKind.READING, indicator, "", words, choice.span, index)


def grade_aim(number: int, grade: core.GradeBand) -> Aim:
    return _aim(AimKind.BAND, None, "", f"等级 {grade.name}", grade.span, number)
