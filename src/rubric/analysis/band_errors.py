"""What can be wrong with bands and grades: one function per finding.

Takes the facts of the case; gives the `Diagnostic`. Never decides whether something is wrong.
"""

from fractions import Fraction

import attrs

from rubric.analysis.value_words import Words, relation, when
from rubric.core import program as core
from rubric.core.intervals import Interval
from rubric.core.numbers import plain
from rubric.diagnostics.model import Diagnostic, Label, Severity, reason, suggestion
from rubric.source import NOWHERE, SourceText, Span

WARNING = Severity.WARNING

Neighbour = tuple[core.Band, Interval]
"""A band beside a gap, with those of its values that are nearest."""


def _points(amount: core.Expression | None) -> str:
    match amount:
        case core.Constant(unit=core.Unit(dimension=core.Dimension.GRADE, name=grade)):
            return f"为{grade}"
        case core.Constant(value=value, unit=core.Unit(dimension=core.Dimension.MONEY, name=unit, scale=scale)):
            return f"支付{plain(value / scale)}{unit}"
        case core.Constant(value=value):
            return f"得{plain(value)}分"
        case _:
            return "得〈几〉分"


def _place(band: core.Band) -> Span:
    return band.span if band.condition.span == NOWHERE else band.condition.span


def unreachable_band(words: Words, band: core.Band, possible: Interval) -> Diagnostic:
    return Diagnostic(
        "R0501",
        WARNING,
        "有一档永远用不上：没有数据能落在这一档",
        (Label(words.source, _place(band), "这一档的界限里没有数"),),
        (
            suggestion("改正这一档的界限，或删去这一档。"),
            reason(f"按数据的界限，能出现的只有：{words.values(possible)}。"),
        ),
        words.indicator,
    )


def covered_band(words: Words, band: core.Band, before: tuple[core.Band, ...]) -> Diagnostic:
    labels = (Label(words.source, _place(band), "用不上的一档"),)
    labels += tuple(Label(words.source, _place(other), "写在前面，已经包括了它") for other in before)
    return Diagnostic(
        "R0501",
        WARNING,
        "有一档永远用不上：前面的档已经包括了它",
        labels,
        (suggestion("改正这几档的界限，使每个数只落在一档。"), reason("几档都符合的，按写在前面的一档计。")),
        words.indicator,
    )


def repeated_state(
    source: SourceText, indicator: str, band: core.Band, before: core.Band, datum: str, states: list[str]
) -> Diagnostic:
    named = "、".join(f"“{state}”" for state in states)
    return Diagnostic(
        "R0501",
        WARNING,
        f"有一档永远用不上：「{datum}」为{named}时已经有一档",
        (Label(source, _place(band), "用不上的一档"), Label(source, _place(before), "写在前面的一档")),
        (suggestion("在「数据」的这一行改正各种情况对应的句子。"),),
        indicator,
    )


def overlapping_bands(
    words: Words, first: core.Band, second: core.Band, overlap: Interval, left: tuple[Interval, ...]
) -> Diagnostic:
    typed = words.condition(left[0]) if len(left) == 1 else ""
    inner = first.span.start > second.span.start  # the one inside the other is tried first, wherever it stands
    taken, other = ("范围小的一档", "范围大的一档") if inner else ("先写的一档", "后写的一档")
    line = (
        f"把{other}改为「{typed}的，{_points(second.amount)}」。" if typed else "改正两档的界限，使每个数只落在一档。"
    )
    constant = isinstance(first.amount, core.Constant) and isinstance(second.amount, core.Constant)
    results = f"{taken}{_points(first.amount)}，{other}{_points(second.amount)}"
    both = (reason(f"{words.values(overlap)}：{results}。"),) if constant else ()
    return Diagnostic(
        "R0502",
        WARNING,
        f"分档有重叠：{words.values(overlap)}同时符合两档，按{taken}计",
        (Label(words.source, _place(first), f"{taken}，算数"), Label(words.source, _place(second), other)),
        (suggestion(line), *both),
        words.indicator,
    )


def gap_between_bands(
    words: Words,
    gap: Interval,
    lower: Neighbour | None,
    upper: Neighbour | None,
    table: core.BandTable,
) -> Diagnostic:
    labels: list[Label] = []
    if lower is not None and lower[1].high is not None:
        text = "相邻的一档" if words.against else f"这一档到 {words.end(lower[1].high, lower[1].high_inclusive)}为止"
        labels.append(Label(words.source, _place(lower[0]), text))
    if upper is not None and upper[1].low is not None:
        text = "相邻的一档" if words.against else f"这一档从 {words.end(upper[1].low, upper[1].low_inclusive)}开始"
        labels.append(Label(words.source, _place(upper[0]), text))
    if not labels:
        labels.append(Label(words.source, table.span, "各档都不包括"))
    hints = (suggestion(_gap_remedy(words, gap, lower, upper, table)), reason("数据落在空档里的，这个指标暂为待定。"))
    return Diagnostic(
        "R0503",
        WARNING,
        f"分档有空档：{words.values(gap)}没有对应的一档",
        tuple(labels),
        hints,
        words.indicator,
    )


def whole_number_bands(words: Words, gap: Interval, lower: Neighbour, upper: Neighbour, middle: Fraction) -> Diagnostic:
    """`middle` lies in the gap, which is one whole unit wide: both bands are written in whole numbers."""
    (below, under), (above, over) = lower, upper
    assert under.high is not None and over.low is not None
    value = words.value(middle)
    line = f"{words.typed(under.low)}（含）-{words.typed(over.low)}" if under.low is not None else ""
    typed = (
        f"把「{words.source.slice(_place(below))}」改为「{line}」。"
        if line
        else "把上一档的下限写成下一档的上限（不含）。"
    )
    return Diagnostic(
        "R0506",
        WARNING,
        f"分档用整数写，{words.values(gap)}的小数没有对应的一档",
        (
            Label(words.source, _place(below), f"这一档到 {words.end(under.high, True)}为止"),
            Label(words.source, _place(above), f"这一档从 {words.end(over.low, True)}开始"),
        ),
        (
            suggestion(typed),
            reason(
                f"{when(value)}：归下面一档{_points(below.amount)}，归上面一档{_points(above.amount)}；标准没有说，暂为待定。"
            ),
        ),
        words.indicator,
    )


def _gap_remedy(
    words: Words, gap: Interval, lower: Neighbour | None, upper: Neighbour | None, table: core.BandTable
) -> str:
    """A line that can be typed: a neighbour that takes in the one value left out, else a band of its own."""
    typed = words.condition(gap)
    if not typed or (words.against is not None and "=" in typed):
        return "补上缺的一档，或改正相邻一档的界限。"
    if gap.low is not None and gap.low == gap.high:
        wider = [
            (band, attrs.evolve(values, low=gap.low, low_inclusive=True))
            if values.low is not None and gap.low <= values.low
            else (band, attrs.evolve(values, high=gap.low, high_inclusive=True))
            for band, values in (pair for pair in (upper, lower) if pair is not None)
        ]
        lines = [f"改为「{words.condition(values)}的，{_points(band.amount)}」" for band, values in wider]
        return f"把相邻的一档{'，或把另一档'.join(lines)}。"
    line = f"补上一档，如「{typed}的，{_points(_amount_between(lower, upper, table))}」"
    if words.against is not None and relation(gap) == ">":
        first, second = words.name_of(words.node), words.name_of(words.against)
        return f"{first}不会大于{second}的，在它的数据行加「不超过{second}」；会的，{line}。"
    return f"{line}；或改正相邻一档的界限。"


def _amount_between(lower: Neighbour | None, upper: Neighbour | None, table: core.BandTable) -> core.Expression | None:
    """Points that a missing band could have: the fewer of its two neighbours; beyond the last band none."""
    amounts = [pair[0].amount for pair in (lower, upper) if pair is not None]
    near = [amount for amount in amounts if isinstance(amount, core.Constant)]
    if len(near) != len(amounts) or not near:
        return None
    least = min(near, key=lambda amount: amount.value)
    best = max((b.amount.value for b in table.bands if isinstance(b.amount, core.Constant)), default=least.value)
    return least if len(near) == 2 or least.value == best else core.Constant(Fraction(0))


def state_without_band(
    source: SourceText, indicator: str, table: core.BandTable, datum: core.Datum, states: list[str]
) -> Diagnostic:
    named = "、".join(f"“{state}”" for state in states)
    return Diagnostic(
        "R0504",
        WARNING,
        f"「{datum.name}」为{named}时没有对应的一档",
        (Label(source, _place(table.bands[-1]), "各档到这里为止"), Label(source, datum.span, "这里列出了各种情况")),
        (suggestion(f"在评分标准中补上{named}的一档，并在数据行用「对应」连起来；或从数据行删去{named}。"),),
        indicator,
    )


# --- grades -----------------------------------------------------------------------------------------------------------


def unreachable_grade(source: SourceText, grade: core.GradeBand, points: Fraction) -> Diagnostic:
    return Diagnostic(
        "R0501",
        WARNING,
        f"等级「{grade.name}」永远用不上：没有总分能落在这一等",
        (Label(source, grade.span, f"总分只能是 0 分到 {plain(points)} 分"),),
        (suggestion("改正这一等的界限，或删去这一等。"),),
    )


def covered_grade(source: SourceText, grade: core.GradeBand, before: list[core.GradeBand]) -> Diagnostic:
    labels = (Label(source, grade.span, "用不上的一等"),)
    labels += tuple(Label(source, other.span, "写在前面，已经包括了它") for other in before)
    return Diagnostic(
        "R0501",
        WARNING,
        f"等级「{grade.name}」永远用不上：前面的等级已经包括了它",
        labels,
        (suggestion("改正这几等的界限，使每个总分只落在一等。"), reason("几等都符合的，按写在前面的一等。")),
    )


def overlapping_grades(
    source: SourceText, first: core.GradeBand, second: core.GradeBand, overlap: Interval
) -> Diagnostic:
    return Diagnostic(
        "R0502",
        WARNING,
        f"等级有重叠：总分 {_totals(overlap)}同时符合「{first.name}」和「{second.name}」，按先写的「{first.name}」",
        (Label(source, first.span, "先写的一等，算数"), Label(source, second.span, "后写的一等")),
        (suggestion("改正两等的界限，使每个总分只落在一等；正好在界限上的，写明（含）在哪一等。"),),
    )


def gap_between_grades(
    source: SourceText, grades: tuple[core.GradeBand, ...], rest: Interval, gap: Interval, upper: core.GradeBand | None
) -> Diagnostic:
    """`rest` are the totals left out, `gap` their ends as the grades have them, `upper` the next grade above."""
    hint = "补上缺的一等，或改正相邻一等的界限"
    if upper is not None and upper.low is not None and gap.low is not None and gap.low < upper.low:
        hint = f"把「{source.slice(upper.span)}」的 {plain(upper.low)} 改为 {plain(gap.low)}，或补上缺的一等"
    elif upper is not None and rest.low is not None:
        hint = f"把 {plain(rest.low)} 分写进相邻的一等，如「{plain(rest.low)}分（含）」"
    place = upper.span if upper is not None else grades[0].span.to(grades[-1].span)
    return Diagnostic(
        "R0503",
        WARNING,
        f"等级有空档：总分 {_totals(rest)}没有对应的等级",
        (Label(source, place, "这一等从这里起，下面是空档" if upper is not None else "各等都不包括"),),
        (suggestion(f"{hint}。"), reason("总分落在空档里的，定不出等级。")),
    )


def _totals(values: Interval) -> str:
    low, high = (plain(end) if end is not None else "" for end in (values.low, values.high))
    return f"{low} 分" if low == high else f"{low} 分到 {high} 分"
