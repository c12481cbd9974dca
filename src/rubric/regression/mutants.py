"""Small changes of a rubric, one at a time.

Takes a program; gives its mutants: the same program with one boundary, figure, operator, limit, step or veto changed, each with
what was changed in Chinese and where. Never a change of words alone, and never one that only notes a thing beside the points.

The change is made where the text says it once: a definition that several sentences use is the same node at the same span in
each of them, and all are changed together, as an author's slip would.
"""

from collections.abc import Iterator
from fractions import Fraction
from typing import TypeVar

import attrs

from rubric.core import program as core
from rubric.core.data import span_field
from rubric.core.numbers import plain
from rubric.core.walk import choices_used, fields_of, within
from rubric.regression.aims import is_standing_cap, scoring_choices
from rubric.source import Span

T = TypeVar("T")

ONE = Fraction(1)
_OPERATORS: dict[core.Operator, core.Operator] = {"+": "-", "-": "+", "*": "/", "/": "*"}
_OPERATOR_SIGNS: dict[core.Operator, str] = {"+": "＋", "-": "－", "*": "×", "/": "÷"}


@attrs.frozen
class Mutant:
    """`indicator` is the name of the one that is changed, "" where the whole table is (grades, rounding)."""

    program: core.Program
    indicator: str
    change: str
    span: Span = span_field()


@attrs.frozen
class _Change:
    """`put` in the place of every node equal to `node` at its span."""

    node: object
    put: object
    words: str


def mutants_of(program: core.Program) -> Iterator[Mutant]:
    """Every mutant, in the order of the table."""
    for indicator in program.indicators:
        yield from _of_indicator(program, indicator)
        for choice in program.choices:
            if choice.indicator == indicator.name:
                yield from _of_choice(program, choice, indicator.name)
    for choice in program.choices:
        if choice.indicator is None and choice.name in (*scoring_choices(program), *_asked(program)):
            yield from _of_choice(program, choice, "")
    yield from _of_scoring(program)


def _asked(program: core.Program) -> dict[str, None]:
    """The choices that a rule asks for."""
    return choices_used(tuple((i.overrides, i.rule) for i in program.indicators))


def _of_indicator(program: core.Program, indicator: core.Indicator) -> Iterator[Mutant]:
    seen: set[tuple[object, Span]] = set()
    scales = dict(_scales(program, (indicator.overrides, indicator.rule)))
    for node in within((indicator.overrides, indicator.rule)):
        span = getattr(node, "span", None)
        if not isinstance(span, Span) or (node, span) in seen:
            continue
        seen.add((node, span))
        for change in _changes(node, scales.get(span, ONE)):
            changed = attrs.evolve(
                indicator,
                overrides=_rewritten(indicator.overrides, change),
                rule=_rewritten(indicator.rule, change),
            )
            others = tuple(changed if i is indicator else i for i in program.indicators)
            yield Mutant(attrs.evolve(program, indicators=others), indicator.name, change.words, span=span)
        for words, put in _without(node, indicator):
            others = tuple(put if i is indicator else i for i in program.indicators)
            yield Mutant(attrs.evolve(program, indicators=others), indicator.name, words, span=span)


def _of_choice(program: core.Program, choice: core.Choice, indicator: str) -> Iterator[Mutant]:
    """Another alternative by default."""
    for index, alternative in enumerate(choice.alternatives):
        if index != choice.default:
            put = attrs.evolve(choice, default=index)
            choices = tuple(put if c is choice else c for c in program.choices)
            words = f"口径「{choice.name}」默认改为「{alternative.name}」"
            yield Mutant(attrs.evolve(program, choices=choices), indicator, words, span=choice.span)


def _of_scoring(program: core.Program) -> Iterator[Mutant]:
    scoring = program.scoring
    for places in (scoring.places - 1, scoring.places + 1):
        if places >= 0:
            put = attrs.evolve(scoring, places=places)
            yield Mutant(attrs.evolve(program, scoring=put), "", f"得分保留 {scoring.places} 位小数改为 {places} 位")
    for words, put, span in _of_rules(program):
        yield Mutant(attrs.evolve(program, scoring=attrs.evolve(scoring, overrides=put)), "", words, span=span)
    for number, grade in enumerate(scoring.grades):
        for words, put in _of_grade(grade):
            grades = (*scoring.grades[:number], put, *scoring.grades[number + 1 :])
            changed = attrs.evolve(program, scoring=attrs.evolve(scoring, grades=grades))
            yield Mutant(changed, "", f"等级「{grade.name}」{words}", span=grade.span)


def _of_rules(program: core.Program) -> Iterator[tuple[str, tuple[core.Override, ...], Span]]:
    """The rules on the total (`四季度支出进度低于80%的，总分最高为89分`): each figure, sign and greatest, and each left out."""
    rules = program.scoring.overrides
    scales = dict(_scales(program, rules))
    for number, rule in enumerate(rules):
        for node in within(rule):
            span = getattr(node, "span", rule.span)
            for change in _changes(node, scales.get(span, ONE)):
                yield f"总分规则{change.words}", _rewritten(rules, change), span
        yield "去掉总分规则", (*rules[:number], *rules[number + 1 :]), rule.span


def _of_grade(grade: core.GradeBand) -> Iterator[tuple[str, core.GradeBand]]:
    for end in ("low", "high"):
        value: Fraction | None = getattr(grade, end)
        inclusive: bool = getattr(grade, f"{end}_inclusive")
        if value is None:
            continue
        side = "下限" if end == "low" else "上限"
        yield (
            f"{side} {plain(value)} 由{'含' if inclusive else '不含'}改为{'不含' if inclusive else '含'}",
            attrs.evolve(grade, **{f"{end}_inclusive": not inclusive}),
        )
        for moved in (value - _last_unit(value), value + _last_unit(value)):
            yield f"{side} {plain(value)} 改为 {plain(moved)}", attrs.evolve(grade, **{end: moved})


# --- changes of one node ----------------------------------------------------------------------------------------------


def _scales(program: core.Program, tree: object) -> Iterator[tuple[Span, Fraction]]:
    """For a figure without a unit that a datum is compared with, the unit of the datum: 0 stands for 0 万元."""
    for node in within(tree):
        match node:
            case (
                core.Compare(left=core.FactValue(datum=name), right=core.Constant() as figure)
                | core.Compare(left=core.Constant() as figure, right=core.FactValue(datum=name))
            ):
                unit = program.datum(name).unit
                if unit is not None and _is_bare(figure):
                    yield figure.span, unit.scale
            case _:
                pass


def _is_bare(figure: core.Constant) -> bool:
    return figure.unit is None or not figure.unit.name


def _changes(node: object, scale: Fraction) -> Iterator[_Change]:
    if isinstance(node, core.Constant):
        yield from (_Change(node, put, words) for words, put in _of_constant(node, scale))
    for words, put in _variants(node):
        yield _Change(node, put, words)


def _variants(node: object) -> Iterator[tuple[str, object]]:
    match node:
        case core.Compare():
            yield from _of_compare(node)
        case core.Arithmetic(operator=operator):
            put = _OPERATORS[operator]
            words = f"{_OPERATOR_SIGNS[operator]} 改为 {_OPERATOR_SIGNS[put]}"
            yield words, attrs.evolve(node, operator=put)
        case core.Extreme(which=which, items=items):
            other = "max" if which == "min" else "min"
            yield f"取{_LEAST[which]}改为取{_LEAST[other]}", attrs.evolve(node, which=other)
            for number, item in enumerate(items):
                if isinstance(item, core.Constant) and len(items) == 2:
                    yield f"去掉{'封顶' if which == 'min' else '保底'}", items[1 - number]
        case core.Total(mean=mean):
            yield f"{'平均' if mean else '合计'}改为{'合计' if mean else '平均'}", attrs.evolve(node, mean=not mean)
        case core.Rounded(places=places):
            for put in (places - 1, places + 1):
                if put >= 0:
                    yield f"中间结果保留 {places} 位小数改为 {put} 位", attrs.evolve(node, places=put)
        case core.Steps(mode=mode):
            for put in core.StepMode:
                if put is not mode:
                    yield f"步的计法由{mode}改为{put}", attrs.evolve(node, mode=put)
        case core.Absolute(operand=operand):
            yield "去掉绝对值", operand
        case core.All(parts=parts) if not _of_reading(parts):
            yield "“且”改为“或”", core.Some(parts, span=node.span)
        case core.Some(parts=parts):
            yield "“或”改为“且”", core.All(parts, span=node.span)
        case core.Not(part=part):
            yield "去掉否定", part
        case core.InState(states=states):
            yield f"“{'、'.join(states)}”改为其他各种", core.Not(node, span=node.span)
        case core.RowAggregate():
            yield from _of_rows(node)
        case core.Elapsed(measure=measure):
            other = next(m for m in core.TimeMeasure if m is not measure)
            yield f"按{measure}改为按{other}", attrs.evolve(node, measure=other)
        case core.DayAfter(number=number):
            for put in (number - 1, number + 1):
                yield f"期限 {number} 改为 {put}", attrs.evolve(node, number=put)
        case core.Deduction():
            yield from _of_deduction(node)
        case core.Deductions(least=least, most=most):
            yield from _of_limit(node, "least", least, "最低")
            yield from _of_limit(node, "most", most, "最高")
        case core.Override():
            yield from _of_override(node)
        case core.Clause():
            yield from _of_clause(node)
        case _:
            pass


_LEAST = {"min": "最小", "max": "最大"}


def _of_compare(node: core.Compare) -> Iterator[tuple[str, object]]:
    left, right, span = node.left, node.right, node.span
    turned = isinstance(left, core.Constant) and not isinstance(right, core.Constant)

    def words(before: str, after: str) -> str:
        """As the text has it: what is asked about before the figure."""
        signs = (before, after)
        return " 改为 ".join(_TURNED.get(sign, sign) if turned else sign for sign in signs)

    match node.operator:
        case "<":
            yield words("<", "≤"), core.Compare("<=", left, right, span=span)
            yield words("<", ">"), core.Compare("<", right, left, span=span)
        case "<=":
            yield words("≤", "<"), core.Compare("<", left, right, span=span)
            yield words("≤", "≥"), core.Compare("<=", right, left, span=span)
        case "=":
            yield words("=", "≤"), core.Compare("<=", left, right, span=span)
            yield words("=", "≥"), core.Compare("<=", right, left, span=span)


_TURNED = {"<": ">", ">": "<", "≤": "≥", "≥": "≤"}


def _of_constant(node: core.Constant, bare: Fraction) -> Iterator[tuple[str, object]]:
    """Up and down by the unit of the last digit written (`bare` is the unit of a figure without one); nothing goes below 0, where no figure of a table lies."""
    scale = bare if node.unit is None or _is_bare(node) else node.unit.scale
    written = node.value / scale
    step = _last_unit(written)
    name = node.unit.name if node.unit is not None else ""
    for put in (written - step, written + step):
        if put >= 0:
            words = f"{plain(written)}{name} 改为 {plain(put)}{name}"
            yield words, attrs.evolve(node, value=put * scale)


def _last_unit(value: Fraction) -> Fraction:
    """The unit of the last decimal of the shortest way to write `value`: 1 for 90, 0.1 for 0.7."""
    places = next((p for p in range(12) if (value * 10**p).denominator == 1), 12)
    return Fraction(1, 10**places)


def _of_rows(node: core.RowAggregate) -> Iterator[tuple[str, object]]:
    others = {"sum": "mean", "mean": "sum", "min": "max", "max": "min", "count": "distinct"}
    names = {"sum": "合计", "mean": "平均", "min": "最低", "max": "最高", "count": "计数", "distinct": "种类数"}
    put = others.get(node.which)
    if put is not None and put != "distinct":
        yield f"各行的{names[node.which]}改为{names[put]}", attrs.evolve(node, which=put)
    if node.where is not None:
        yield "不看各行的条件", attrs.evolve(node, where=None)
    if node.trim:
        yield "不去掉最高和最低", attrs.evolve(node, trim=0)
    if node.best_by is not None:
        yield "同一项的各行都计", attrs.evolve(node, best_by=None)


def _of_deduction(node: core.Deduction) -> Iterator[tuple[str, object]]:
    step = _last_unit(abs(node.rate))
    verb = "扣" if node.rate > 0 else "加"
    for put in (abs(node.rate) - step, abs(node.rate) + step):
        if put >= 0:
            sign = 1 if node.rate > 0 else -1
            words = f"每次{verb} {plain(abs(node.rate))} 分改为 {plain(put)} 分"
            yield words, attrs.evolve(node, rate=sign * put)
    yield from _of_limit(node, "limit", node.limit, f"最多{verb}")


def _of_limit(
    node: core.Deduction | core.Deductions | core.Override, field: str, limit: Fraction | None, words: str
) -> Iterator[tuple[str, object]]:
    if limit is None:
        return
    yield f"去掉{words} {plain(limit)} 分", attrs.evolve(node, **{field: None})
    step = _last_unit(limit)
    for put in (limit - step, limit + step):
        yield f"{words} {plain(limit)} 分改为 {plain(put)} 分", attrs.evolve(node, **{field: put})


def _of_override(node: core.Override) -> Iterator[tuple[str, object]]:
    match node.effect:
        case core.Effect.ZERO:
            yield "得0分改为得满分", attrs.evolve(node, effect=core.Effect.FULL, penalty=Fraction(0))
        case core.Effect.FULL:
            yield "得满分改为得0分", attrs.evolve(node, effect=core.Effect.ZERO)
        case core.Effect.NOT_APPLICABLE:
            yield "不适用改为得0分", attrs.evolve(node, effect=core.Effect.ZERO)
            yield "不适用改为得满分", attrs.evolve(node, effect=core.Effect.FULL)
        case core.Effect.CAPPED:
            if node.cap is not None:
                step = _last_unit(node.cap)
                for put in (node.cap - step, node.cap + step):
                    yield f"封顶 {plain(node.cap)} 分改为 {plain(put)} 分", attrs.evolve(node, cap=put)
    if node.penalty:
        step = _last_unit(node.penalty)
        for put in (node.penalty - step, node.penalty + step):
            yield f"倒扣 {plain(node.penalty)} 分改为 {plain(put)} 分", attrs.evolve(node, penalty=put)


def _of_clause(node: core.Clause) -> Iterator[tuple[str, object]]:
    """The points of a clause, where they are a limit of their own and not the sum of others.

    Those of a judged clause are not raised: what was given on the old sentence is the same under the new one.
    """
    if isinstance(node.rule, core.Sum | core.Unresolved) or not node.points:
        return
    step = _last_unit(node.points)
    for put in (node.points - step, node.points + step):
        if put >= 0 and not (put > node.points and isinstance(node.rule, core.Judged)):
            where = f"第{node.path}点" if node.path else "本指标"
            yield f"{where}的 {plain(node.points)} 分改为 {plain(put)} 分", attrs.evolve(node, points=put)


def _of_reading(parts: tuple[core.Condition, ...]) -> bool:
    """A condition that only says under which reading an override stands; its parts are changed by themselves."""
    return isinstance(parts[0], core.ReadingIs) and len(parts) == 2


def _forgotten(override: core.Override) -> str:
    return f"去掉{'封顶' if is_standing_cap(override) else override.kind}"


def _without(node: object, indicator: core.Indicator) -> Iterator[tuple[str, core.Indicator]]:
    """The indicator without an override: a veto, an exemption or a guard that was forgotten."""
    if not isinstance(node, core.Override):
        return
    words = _forgotten(node)

    def kept(overrides: tuple[core.Override, ...]) -> tuple[core.Override, ...]:
        return tuple(o for o in overrides if not (o == node and o.span == node.span))

    def in_rule(rule: core.Rule) -> core.Rule:
        if not isinstance(rule, core.Sum):
            return rule
        parts = tuple(attrs.evolve(c, overrides=kept(c.overrides), rule=in_rule(c.rule)) for c in rule.parts)
        return attrs.evolve(rule, parts=parts)

    yield words, attrs.evolve(indicator, overrides=kept(indicator.overrides), rule=in_rule(indicator.rule))


def _rewritten(tree: T, change: _Change) -> T:
    """`tree` with the change made wherever its node stands."""
    found = _rewrite(tree, change)
    return found  # type: ignore[return-value]


def _rewrite(tree: object, change: _Change) -> object:
    if isinstance(tree, tuple):
        items: list[object] = [_rewrite(item, change) for item in tree]  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]
        return tuple(items)
    if type(tree) is type(change.node) and tree == change.node and _same_place(tree, change.node):
        return change.put
    names = fields_of(type(tree))
    if names is None:
        return tree
    inner = {name: getattr(tree, name) for name in names}
    made = {name: _rewrite(value, change) for name, value in inner.items()}
    changed = {name: value for name, value in made.items() if value is not inner[name] and value != inner[name]}
    return attrs.evolve(tree, **changed) if changed else tree  # type: ignore[type-var]


def _same_place(one: object, other: object) -> bool:
    return getattr(one, "span", None) == getattr(other, "span", None)
