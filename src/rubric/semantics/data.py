"""Lines of 数据 → core data, with unit, decimals and range.

Takes the declared lines; gives `core.Datum` values with the defaults of their unit. A count is whole and not negative; an
amount or a rate is not negative unless the line says so (可为负, `不低于-100%`) or it measures a change. Never a fact.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction

from rubric.core import program as core
from rubric.core.walk import data_used
from rubric.diagnostics.model import Diagnostic
from rubric.semantics import datum_errors, file_errors, type_errors
from rubric.semantics.units import counter_of, unit_meant, unit_of
from rubric.source import SourceText, Span
from rubric.syntax import ast
from rubric.syntax.dates import TIME_UNITS
from rubric.syntax.declarations import DatumPart, datum_parts
from rubric.syntax.derived_columns import met_column, reached_column
from rubric.syntax.fold import key
from rubric.syntax.names import target_of
from rubric.syntax.numerals import split_unit

PLACES = frozenset({"名次", "位次"})
WHOLE_COUNTERS = (
    frozenset("人件个项起次处份例宗笔条户座块台辆篇场家名期批类种套本只页片株盏部组支门间栋幅张封样")
    | PLACES
    | {
        "人次",
        "批次",
        "名次",
    }
)


def lower_datum(
    source: SourceText,
    line: ast.DatumLine,
    indicator: str | None,
    measures: str | None,
    uses: tuple[str, ...],
    names: Mapping[str, str],
    found: list[Diagnostic],
    quantities: Mapping[str, core.Expression] = {},
) -> core.Datum:
    """`names` maps folded names to the declared data, for bounds that name another datum; `quantities` those that are
    defined by others.
    """
    boolean = line.states in (("是", "否"), ("有", "无"))
    kind = (
        core.DatumKind.ROWS
        if line.columns
        else core.DatumKind.BOOLEAN
        if boolean
        else core.DatumKind.STATE
        if line.states
        else core.DatumKind.QUANTITY
    )
    if line.directions:
        _check_directions(source, line, found)
    unit = unit_of(line.unit) if kind is core.DatumKind.QUANTITY else None
    if unit is not None and (near := unit_meant(line.unit)):
        start = source.text.find(line.unit, line.span.start + len(line.name), line.span.end)
        place = Span(start, start + len(line.unit)) if start >= 0 else line.span
        found.append(file_errors.unit_like(source, place, line.name, line.unit, near))
    return core.Datum(
        line.name,
        kind,
        unit,
        _decimals(line, unit),
        _bound(source, line, line.low, unit, names, found, quantities) or _default_low(line, unit),
        _bound(source, line, line.high, unit, names, found, quantities),
        line.states,
        line.parts,
        tuple(column for name, inside in line.columns for column in _columns(name, inside)),
        line.aliases,
        line.reference,
        line.origin,
        line.filled_by,
        line.dash_is_zero,
        measures,
        indicator,
        uses,
        _over(line, names),
        _direction(line),
        line.unchangeable,
        span=line.span,
    )


def filled_with(line: ast.DatumLine) -> str:
    """How a message says what is filled in where that is no number; "" for a number."""
    if line.columns:
        return "逐行填列"
    return f"填的是{'、'.join(line.states[:-1])}或{line.states[-1]}" if line.states else ""


def _direction(line: ast.DatumLine) -> core.Direction | None:
    told = set(line.directions)
    if len(told) != 1 or filled_with(line):
        return None
    return core.Direction.RISING if "up" in told else core.Direction.FALLING


def _check_directions(source: SourceText, line: ast.DatumLine, found: list[Diagnostic]) -> None:
    """A direction belongs to a number, and there is one."""
    places = [span for part, span in datum_parts(source, line) if part is DatumPart.DIRECTION]
    if filled := filled_with(line):
        found.append(datum_errors.direction_without_order(source, places[0], line.name, filled))
    elif len(set(line.directions)) > 1:
        other = places[next(n for n, told in enumerate(line.directions) if told != line.directions[0])]
        found.append(datum_errors.both_directions(source, places[0], other, line.name))


_OVER = {
    "down": core.Over.DOWN,
    "up": core.Over.UP,
    "max": core.Over.MOST,
    "min": core.Over.LEAST,
    "mean": core.Over.MEAN,
    "count": core.Over.COUNT,
}


def _over(line: ast.DatumLine, names: Mapping[str, str]) -> core.OverUnits | None:
    if line.over is None:
        return None
    of = key(line.over.of)
    return core.OverUnits(_OVER[line.over.which], names.get(of, of), line.over.without_gaps, line.over.ties_said)


def _decimals(line: ast.DatumLine, unit: core.Unit | None) -> int | None:
    if line.decimals is not None or unit is None:
        return line.decimals
    if unit.name in TIME_UNITS and counter_of(unit) != "工作日":
        return 6  # 2.5小时: a time need not be whole
    if unit.dimension is core.Dimension.DATE:
        return 0
    return 0 if unit.dimension is core.Dimension.COUNT and unit.name in WHOLE_COUNTERS else None


# What measures a change or a deviation goes both ways.
_CHANGE = re.compile(
    r"(变动|变化|增长|增减|增降|下降|上升|压减|压降|削减|降低|提高|提升|偏差|偏离|差异|调整|浮动|同比|环比|利润|盈余|节约)(率|幅度|比例|额|值)?$|增幅|增速|降幅|涨幅|跌幅"
)


def _default_low(line: ast.DatumLine, unit: core.Unit | None) -> core.Bound | None:
    """0, but for what the line calls 可为负 and for what measures a change by its name."""
    kinds = (core.Dimension.MONEY, core.Dimension.COUNT, core.Dimension.RATE, core.Dimension.SCORE)
    if unit is None or unit.dimension not in kinds or line.signed or _CHANGE.search(key(line.name)):
        return None
    return core.Bound(Fraction(unit.name in PLACES))  # the first place is 1


def _bound(
    source: SourceText,
    line: ast.DatumLine,
    text: str,
    unit: core.Unit | None,
    names: Mapping[str, str],
    found: list[Diagnostic],
    quantities: Mapping[str, core.Expression],
) -> core.Bound | None:
    """A bound as written: a number in the datum's unit (or with one of its own), the name of another datum, or of a
    quantity that others define, unless the datum itself is one of them.
    """
    if not text or unit is None:
        return None
    plain = key(text)
    if plain in names:
        return core.Bound(None, names[plain])
    if plain in quantities and line.name not in data_used(quantities[plain]):
        return core.Bound(None, quantity=quantities[plain])
    sign = -1 if plain.startswith("-") else 1
    try:
        value, written = split_unit(plain.lstrip("-"))
    except (ValueError, KeyError):
        found.append(type_errors.unreadable_bound(source, line.span, line.name, text))
        return None
    scale = unit_of(written).scale if written else unit.scale
    return core.Bound(sign * value * scale)


def _columns(name: str, inside: tuple[str, ...]) -> Iterator[core.Column]:
    """The column; for one against targets, what follows of it too."""
    target = target_of(inside)
    if not target:
        yield _column(name, inside)
        return
    yield core.Column(name, against=target)
    yield core.Column(met_column(name, target), states=("是", "否"), derived=True)
    yield core.Column(reached_column(name, target), unit=unit_of("%"), derived=True)


def _column(name: str, inside: tuple[str, ...]) -> core.Column:
    match inside:
        case ():
            return core.Column(name)
        case (unit,):
            return core.Column(name, unit=unit_of(unit))
        case states:
            return core.Column(name, states=states)


def names_of_data(lines: Iterable[ast.DatumLine]) -> dict[str, str]:
    """Folded names and short names → the datum's declared name."""
    return {key(name): line.name for line in lines for name in (*line.aliases, line.name)}
