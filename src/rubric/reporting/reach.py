"""What a table can yield, in words and as JSON values.

Takes the reach of every indicator; gives a section of `rubric check`: the scores each can come to, its greatest jump, the
stretches on which nothing moves it, and how much each datum can move the total. Never a score of its own.
"""

from collections.abc import Iterator
from fractions import Fraction

from rubric.analysis import value_sets
from rubric.analysis.cliffs import Flat, Jump, Sensitivity, flats_of, jumps_of, largest_jump, sensitivities
from rubric.analysis.reach_stage import Reach, Response
from rubric.analysis.reach_sums import ClauseReach, IndicatorReach
from rubric.analysis.value_sets import Values
from rubric.core.dates import day_text
from rubric.core.intervals import Interval
from rubric.core.numbers import plain
from rubric.core.program import Datum, Dimension, Yields
from rubric.reporting.table import Align, table, wrap

_LISTED = 12
_HEAD = "可得的分数（四舍五入以前；[a, b] 为其间任何分数都可得；只问是否的评判按得满或不得计）："
_MOST_DATA = 10
_MOST_FLATS = 4

Json = dict[str, object]


def reach_lines(found: tuple[IndicatorReach, ...], width: int) -> list[str]:
    """The whole section."""
    scored = [one for one in found if one.indicator.yields is Yields.POINTS]
    if not scored:
        return []
    lines = wrap(_HEAD, width, "", "  ")
    for one in scored:
        lines += wrap(f"{one.indicator.id} {one.indicator.name}：{_told(one.reach)}", width, "  ", "     ")
        listed = [clause for clause in one.clauses if clause.path]
        if len(listed) > 1:
            lines += wrap("；".join(_by_clause(listed)), width, "     ", "     ")
        lines += _moves(one, width)
    return [*lines, "", *_sensitivity_lines(sensitivities(found))]


def values_text(values: Values) -> str:
    """`0、0.4、0.7、1 分`, `0 到 1 分，每 0.1 分一档`, `[0, 6] 分`."""
    if not values:
        return "没有得分"
    step = value_sets.spacing(values)
    if step is not None and len(values) > 4:
        low, high = value_sets.ends_of(values)
        assert low is not None
        assert high is not None
        return f"{_points(low)} 到 {_points(high)} 分，每 {_points(step)} 分一档"
    shown = [_band(band) for band in values]
    if len(shown) > _LISTED:
        shown = [*shown[: _LISTED - 2], "…", shown[-1]]
    return f"{'、'.join(shown)} 分"


def jump_text(jump: Jump) -> str:
    """`满意度从 94.99% 到 95%，得分从 4 到 6`."""
    before, after = (value_text(jump.datum, value) for value in (jump.before, jump.after))
    return (
        f"「{jump.datum.name}」从 {_spaced(before, '到')} {after}，得分从 {_points(jump.low)} 到 {_points(jump.high)}"
    )


def value_text(datum: Datum, value: Fraction) -> str:
    """A value of a datum with its unit: `94.99%`, `3 起`, `100 万元`, `2022年3月1日`."""
    unit = datum.unit
    if unit is None:
        return plain(value)
    if unit.dimension is Dimension.DATE:
        return day_text(int(value))
    gap = "" if unit.name in ("", "%", "‰") else " "
    return f"{plain(value / unit.scale)}{gap}{unit.name}"


# --- lines ------------------------------------------------------------------------------------------------------------


def _told(reach: Reach) -> str:
    told = values_text(reach.values)
    if not reach.exact:
        told = f"未能确定（{reach.reason}），不超出 {told}"
    notes = [*(["可不适用"] if reach.may_leave else []), *(["有的数据得不出分数"] if reach.undecided else [])]
    return told + (f"（{'；'.join(notes)}）" if notes else "")


def _by_clause(clauses: list[ClauseReach]) -> Iterator[str]:
    """Clauses with the same scores stand together: `第1点、第2点 0、1 分`."""
    told: dict[str, list[str]] = {}
    for clause in clauses:
        told.setdefault(_told(clause.reach), []).append(f"第{clause.path}点")
    if len(told) == 1:
        yield from (f"各点均为 {scores}" for scores in told)
        return
    yield from (f"{'、'.join(paths)} {scores}" for scores, paths in told.items())


def _moves(found: IndicatorReach, width: int) -> Iterator[str]:
    jump = largest_jump(found)
    if jump is not None:
        more = sum(other.size == jump.size for other in _all_jumps(found)) - 1
        same = f"（同样大的另有 {more} 处）" if more else ""
        yield from wrap(f"最大一跳 {_points(jump.size)} 分：{jump_text(jump)}{same}", width, "     ", "       ")
    shown: set[tuple[str, Fraction, Fraction]] = set()
    for _, response in found.responses:
        flats = [] if response.curve is None else list(flats_of(response.curve))
        fresh = [flat for flat in flats if (flat.datum.name, flat.low, flat.high) not in shown]
        shown |= {(flat.datum.name, flat.low, flat.high) for flat in flats}
        if fresh:
            widest = sorted(fresh, key=lambda flat: (not _is_open(flat, response), flat.low - flat.high))[:_MOST_FLATS]
            told = "；".join(_flat_text(flat, response) for flat in sorted(widest, key=lambda flat: flat.low))
            more = f"（另有 {len(fresh) - len(widest)} 段较短的）" if len(fresh) > len(widest) else ""
            yield from wrap(f"「{response.datum}」的平段：{told}{more}", width, "     ", "       ")


def _all_jumps(found: IndicatorReach) -> Iterator[Jump]:
    for _, response in found.responses:
        if response.curve is not None:
            yield from jumps_of(response.curve)


def _flat_text(flat: Flat, response: Response) -> str:
    """`80% 到 90%（不含）得 2 分`; the last stretch of a datum without an end is `20% 以上`."""
    low = value_text(flat.datum, flat.low) + ("" if flat.low_inclusive else "（不含）")
    high = value_text(flat.datum, flat.high) + ("" if flat.high_inclusive else "（不含）")
    up, down = _is_open(flat, response, up=True), _is_open(flat, response, up=False)
    if up and down:
        return f"任何值都得 {_points(flat.points)} 分"
    where = _spaced(low, "以上") if up else _spaced(high, "以下") if down else f"{_spaced(low, '到')} {high}"
    return _spaced(where, f"得 {_points(flat.points)} 分")


def _spaced(before: str, after: str) -> str:
    """A blank between a number or a sign of the narrow kind and Chinese words."""
    return f"{before} {after}" if before[-1].isascii() else f"{before}{after}"


def _is_open(flat: Flat, response: Response, up: bool | None = None) -> bool:
    """Whether a stretch goes on to where only the curve ends and not the datum."""
    assert response.curve is not None
    first, last = response.curve.breaks[0][0], response.curve.breaks[-1][0]
    above = flat.high == last and not _is_end(flat.datum, last, upper=True)
    below = flat.low == first and not _is_end(flat.datum, first, upper=False)
    return above if up is True else below if up is False else above or below


def _is_end(datum: Datum, value: Fraction, *, upper: bool) -> bool:
    """Whether the datum itself ends there, and not only what is drawn of it."""
    bound = datum.high if upper else datum.low
    return bound is not None and bound.value == value


def _sensitivity_lines(found: tuple[Sensitivity, ...]) -> list[str]:
    """The data that move the total most; what moves it less is counted."""
    data = [one for one in found if not one.is_judgement and one.points > 0]
    if not data:
        return []
    lines = ["总分对各项数据的敏感程度（其余数据按最好计，这一项单独变动，最多使总分变动；评判见酌情空间）："]
    rows = [(f"  {one.datum}", f"{_points(one.points)} 分", "、".join(one.indicators)) for one in data[:_MOST_DATA]]
    aligns: list[Align] = ["left", "right", "left"]
    lines += table(rows, aligns)
    if len(data) > _MOST_DATA:
        least = data[_MOST_DATA].points
        lines.append(f"  另有 {len(data) - _MOST_DATA} 项，各不超过 {_points(least)} 分")
    return lines


def _band(band: Interval) -> str:
    if band.low is not None and band.low == band.high:
        return _points(band.low)
    left = "(-∞" if band.low is None else f"{'[' if band.low_inclusive else '('}{_points(band.low)}"
    right = "+∞)" if band.high is None else f"{_points(band.high)}{']' if band.high_inclusive else ')'}"
    return f"{left}, {right}"


def _points(value: Fraction) -> str:
    return plain(value, 4)


# --- JSON values ------------------------------------------------------------------------------------------------------


def reach_document(found: tuple[IndicatorReach, ...]) -> Json:
    """Numbers are decimal texts; a number that is no short decimal is a fraction (`1/3`)."""
    return {
        "indicators": [_indicator_value(one) for one in found],
        "sensitivity": [
            {
                "datum": one.datum,
                "is_judgement": one.is_judgement,
                "points": exact_number(one.points),
                "indicators": list(one.indicators),
            }
            for one in sensitivities(found)
        ],
    }


def exact_number(value: Fraction) -> str:
    """A decimal where one of eight places is exact, else the fraction."""
    shown = plain(value, 8)
    return shown if Fraction(shown) == value else f"{value.numerator}/{value.denominator}"


def _indicator_value(found: IndicatorReach) -> Json:
    jump = largest_jump(found)
    return {
        "id": found.indicator.id,
        "name": found.indicator.name,
        **_reach_value(found.reach),
        "largest_jump": None if jump is None else _jump_value(jump),
        "clauses": [_clause_value(clause) for clause in found.clauses],
        "overall": [_response_value(response) for response in found.overall],
    }


def _clause_value(clause: ClauseReach) -> Json:
    return {
        "path": clause.path,
        "points": exact_number(clause.points),
        **_reach_value(clause.reach),
        "responses": [_response_value(response) for response in clause.responses],
    }


def _reach_value(reach: Reach) -> Json:
    return {
        "values": [_interval_value(band) for band in reach.values],
        "exact": reach.exact,
        "reason": reach.reason or None,
        "may_be_not_applicable": reach.may_leave,
        "may_be_undecided": reach.undecided,
    }


def _interval_value(band: Interval) -> Json:
    return {
        "low": None if band.low is None else exact_number(band.low),
        "high": None if band.high is None else exact_number(band.high),
        "low_inclusive": band.low_inclusive,
        "high_inclusive": band.high_inclusive,
    }


def _response_value(response: Response) -> Json:
    curve = response.curve
    return {
        "datum": response.datum,
        "facts": [name if part is None else f"{name}（{part}）" for name, part in response.facts],
        "low": exact_number(response.low),
        "high": exact_number(response.high),
        "states": {state: exact_number(score) for state, score in response.states},
        "jumps": [] if curve is None else [_jump_value(jump) for jump in jumps_of(curve)],
        "flats": [] if curve is None else [_flat_value(flat) for flat in flats_of(curve)],
    }


def _jump_value(jump: Jump) -> Json:
    return {
        "datum": jump.datum.name,
        "from": value_text(jump.datum, jump.before),
        "to": value_text(jump.datum, jump.after),
        "score_from": exact_number(jump.low),
        "score_to": exact_number(jump.high),
        "size": exact_number(jump.size),
    }


def _flat_value(flat: Flat) -> Json:
    return {
        "low": value_text(flat.datum, flat.low),
        "high": value_text(flat.datum, flat.high),
        "low_inclusive": flat.low_inclusive,
        "high_inclusive": flat.high_inclusive,
        "score": exact_number(flat.points),
    }
