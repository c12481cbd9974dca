"""What the lines of 数据 name after 参照 → the profiles of an indicator.

Takes an indicator lowered, with its names and the lines of its data; gives one `core.Profile` for each thing named
(序时进度, 年度目标): that each datum which names it, and each part of it, equals what it stands for. Never a rule: a profile
bears on no score, so what is wrong with one leaves the indicator as it is.
"""

import re
from collections.abc import Iterator

import attrs

from rubric.core import program as core
from rubric.core.walk import data_used
from rubric.semantics import datum_errors
from rubric.semantics.data import filled_with
from rubric.semantics.days import fiscal_year
from rubric.semantics.expression_types import is_zero
from rubric.semantics.gathered import Gathered
from rubric.semantics.near import nearest
from rubric.semantics.periods import periods_in
from rubric.semantics.resolve import names_in
from rubric.semantics.typecheck import type_of_quantity
from rubric.semantics.units import RATE, Type, comparable, type_of_unit, unit_of
from rubric.syntax import ast
from rubric.syntax.fold import key


def profiles_of(g: Gathered, document: ast.Document, built: core.Indicator) -> tuple[core.Profile, ...]:
    """The profiles in the order in which they are first named. A line of 共用数据 counts where its datum is read."""
    lines = {line.name: line for line in (*document.shared, *g.indicator.data)}
    own = {line.name for line in g.indicator.data}
    read = data_used((built.rule, built.overrides, built.requirements))
    found: dict[str, core.Profile] = {}
    once = {(aim.datum, key(aim.words)): aim for aim in reversed(g.indicator.aims)}
    for (datum, name), aim in reversed(once.items()):
        if datum in own or datum in read:
            conditions = tuple(_conditions(g, lines[datum], aim, fiscal_year(document)))
            if conditions and datum in read:
                profile = found.setdefault(name, core.Profile(aim.words, (), span=aim.span))
                found[name] = attrs.evolve(profile, conditions=(*profile.conditions, *conditions))
    return tuple(found.values())


def _conditions(g: Gathered, line: ast.DatumLine, aim: ast.Aim, year: int | None) -> Iterator[core.Condition]:
    """One for each part of the datum; none where the aim cannot be used, which is told."""
    body = _target(g, line, aim)
    if body is None:
        return
    found = type_of_quantity(g.source, g.indicator, g.lowering.scope, body, year, g.found)
    if found is None or not _fits(g, line, aim, body, found):
        return
    values = [(part, g.lowering.expression(body, part)) for part in line.parts or (None,)]
    if any(line.name in data_used(value) for _, value in values):
        g.found.append(datum_errors.target_of_itself(g.source, aim.span, line.name, _example(line), g.indicator.name))
    else:
        for part, value in values:
            yield core.Compare("=", core.FactValue(line.name, part, span=line.span), value, span=aim.span)


def _target(g: Gathered, line: ast.DatumLine, aim: ast.Aim) -> ast.Expression | None:
    """What the aim names, if the datum is a quantity and every name is declared."""
    filled = filled_with(line)
    if filled:
        g.found.append(datum_errors.target_without_order(g.source, aim.span, line.name, filled, g.indicator.name))
        return None
    scope = g.lowering.scope
    unknown = key(aim.words) if aim.body is None else ""
    for name in names_in(aim.body):
        unknown = unknown or (name.key if scope.find(name.key) is None else "")
    if not unknown:
        return aim.body
    if scope.fault_of_unknown(unknown) is None:
        remedy = _remedy(g, line, aim, unknown)
        g.found.append(datum_errors.unknown_target(g.source, aim.span, line.name, remedy, g.indicator.name))
    return None


def _remedy(g: Gathered, line: ast.DatumLine, aim: ast.Aim, unknown: str) -> str:
    """What to type instead: the number inside (`不低于95%`), the name that was meant, or a line that says how much it is."""
    number = re.search(rf"\d+(?:\.\d+)?{re.escape(key(line.unit))}", key(aim.words))
    if number or re.search(r"\d", key(aim.words)):
        return f"写成一个数，如「参照 {number[0] if number else _example(line)}」。"
    quantities = (n.key for n in g.indicator.names if n.terminal == "QUANTITY" and n.role != "column")
    near = nearest(unknown, (name for name in quantities if name != unknown))
    if near is not None:
        return f"写错了的，改为「参照 {near}」。"
    parts = "，".join(f"{part}…" for part in line.parts)
    return (
        f"在「口径」下加一行「{aim.words}{f'：{parts}' if parts else '=…'}」，或直接写数，如「参照 {_example(line)}」。"
    )


def _fits(g: Gathered, line: ast.DatumLine, aim: ast.Aim, body: ast.Expression, found: Type) -> bool:
    """Whether the target measures what the datum does, in its parts."""
    wanted = type_of_unit(unit_of(line.unit)) if line.unit or not line.parts else RATE
    dated = wanted.dimension is core.Dimension.DATE
    if not comparable(wanted, found) and (dated or not is_zero(body)):
        bare = isinstance(body, ast.Number) and not body.unit and not dated
        edit = f"{aim.words}{line.unit or '%'}" if bare else ""
        kinds = (wanted.words, found.words)
        g.found.append(
            datum_errors.target_of_another_kind(g.source, aim.span, line.name, kinds, edit, g.indicator.name)
        )
        return False
    if not found.series:
        return True
    if not line.parts:
        parts = g.lowering.series_parts(body)
        named = parts[-1] + aim.words if parts else ""
        edit = named if g.lowering.scope.find(key(named)) else _example(line)
        g.found.append(datum_errors.target_in_parts(g.source, aim.span, line.name, edit, g.indicator.name))
        return False
    if periods_in(body, g.lowering.scope, "") != {frozenset(line.parts)}:
        g.found.append(datum_errors.target_of_other_parts(g.source, aim.span, line.name, line.parts, g.indicator.name))
        return False
    return True


def _example(line: ast.DatumLine) -> str:
    return "12月31日" if line.unit == "日期" else f"100{line.unit or '%'}"
