"""What can be wrong with a rubric before any facts: one function per finding.

Takes the facts of the case; gives the `Diagnostic`. Never decides whether something is wrong.
"""

import re
from fractions import Fraction

import attrs

from rubric.core import program as core
from rubric.core.dates import day_text
from rubric.core.intervals import Interval
from rubric.core.numbers import fixed, plain
from rubric.diagnostics.model import Diagnostic, Hint, Label, Severity, reason, suggestion
from rubric.source import NOWHERE, SourceText, Span

WARNING, NOTE = Severity.WARNING, Severity.NOTE
_MOST_SHOWN = 4


# --- values -----------------------------------------------------------------------------------------------------------


@attrs.frozen
class Words:
    """How a table's quantity is called: `node` as written, or the two sides compared; `whole` for a count."""

    source: SourceText
    indicator: str
    node: core.Expression
    against: core.Expression | None
    unit: core.Unit | None
    whole: bool

    def name_of(self, node: core.Expression) -> str:
        """The author's own words for a quantity, where they are nothing but that."""
        text = self.source.slice(node.span)
        plainly = isinstance(node, core.FactValue | core.Named)
        return text if text and (plainly or not re.search(r"[<>=≤≥＜＞＝]|在|以内|\n", text)) else ""

    def value(self, value: Fraction) -> str:
        return shown(value, self.unit)

    def typed(self, value: Fraction) -> str:
        """A number as it stands in a sentence: without a blank, a count without its unit."""
        if self.unit is not None and self.unit.dimension is core.Dimension.COUNT:
            return plain(value)
        return shown(value, self.unit).replace(" ", "")

    def end(self, value: Fraction, inclusive: bool) -> str:
        return f"{self.value(value)}（{'含' if inclusive else '不含'}）"

    def values(self, band: Interval) -> str:
        """`满意度 90%（含）到 92%（不含）之间`, `已完成项目数大于计划完成项目总数时`."""
        if self.against is not None and all(end in (None, 0, 1, -1) for end in (band.low, band.high)):
            first, second = self.name_of(self.node), self.name_of(self.against)
            return f"{first}{_relation_words(band)}{second}时"
        name = self.name_of(self.node) if self.against is None else ""
        if band.low is not None and band.low == band.high:
            value = self.value(band.low)
            return f"{name or '这个数'}为 {value}{'时' if value[-1] >= '一' else ' 时'}"
        if self.whole and band.low is not None and band.high is not None:
            return f"{name} {self.value(band.low)}到 {self.value(band.high)}".strip()
        ends = _span_words(
            None if band.low is None else self.end(band.low, band.low_inclusive),
            None if band.high is None else self.end(band.high, band.high_inclusive),
        )
        return f"{name} {ends}" if name else ends

    def condition(self, band: Interval) -> str:
        """`90%≤满意度<92%`, as it can be typed; "" where the quantity has no name."""
        name = self.name_of(self.node)
        if not name or (self.against is not None and not self.name_of(self.against)):
            return ""
        if self.against is not None:
            ends = all(end in (None, 0, 1, -1) for end in (band.low, band.high))
            return f"{name}{_relation(band)}{self.name_of(self.against)}" if ends else ""
        if band.low is not None and band.low == band.high:
            return f"{name}={self.typed(band.low)}"
        if band.low is not None and band.high is not None:
            signs = ("≤" if inclusive else "<" for inclusive in (band.low_inclusive, band.high_inclusive))
            return f"{self.typed(band.low)}{next(signs)}{name}{next(signs)}{self.typed(band.high)}"
        if band.low is not None:
            return f"{name}{'≥' if band.low_inclusive else '>'}{self.typed(band.low)}"
        return f"{name}{'≤' if band.high_inclusive else '<'}{self.typed(band.high)}" if band.high is not None else ""


def shown(value: Fraction, unit: core.Unit | None) -> str:
    """`90%`, `5 项`, `60`."""
    if unit is None or not unit.name:
        return plain(value)
    if unit.dimension is core.Dimension.DATE:
        return day_text(int(value)) if value >= 1 else plain(value)
    return f"{plain(value / unit.scale)}{'' if unit.name in '%‰' else ' '}{unit.name}"


def _span_words(low: str | None, high: str | None) -> str:
    if low is not None and high is not None:
        return f"{low}到 {high}之间"
    return f"{low}以上" if low is not None else f"{high}以下" if high is not None else "任何数"


def _relation(band: Interval) -> str:
    """The sign for a difference whose ends are 0 (or the next whole number)."""
    if band.low is not None and band.low == band.high:
        return "="
    if band.low is not None:
        return "≥" if band.low == 0 and band.low_inclusive else ">"
    return "≤" if band.high == 0 and band.high_inclusive else "<"


def _relation_words(band: Interval) -> str:
    return {"=": "等于", "≥": "不小于", ">": "大于", "≤": "不大于", "<": "小于"}[_relation(band)]


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


Neighbour = tuple[core.Band, Interval]
"""A band beside a gap, with those of its values that are nearest."""


# --- bands ------------------------------------------------------------------------------------------------------------


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
    return Diagnostic(
        "R0502",
        WARNING,
        f"分档有重叠：{words.values(overlap)}同时符合两档，按{taken}计",
        (Label(words.source, _place(first), f"{taken}，算数"), Label(words.source, _place(second), other)),
        (suggestion(line),),
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
    if words.against is not None and _relation(gap) == ">":
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


# --- scores cut off and divisions by 0 --------------------------------------------------------------------------------


def divisor_may_be_zero(
    source: SourceText, division: core.Arithmetic, scopes: tuple[str, ...], indicator: str
) -> Diagnostic:
    divisor = source.slice(division.right.span)
    terms = [source.slice(term.span) for term in _terms(division.right)]
    condition = "且".join(f"{term}为0" for term in terms) if all(terms) else ""
    line = f"在「口径」下加一行「{condition}的，{'、'.join(scopes)}不适用」；也可写得满分或得0分。"
    return Diagnostic(
        "R0701",
        WARNING,
        f"分母「{divisor.strip('（）()')}」可能为 0，没有说明怎样计分",
        (Label(source, division.right.span, "分母"),),
        (suggestion(line if condition else "在「口径」下加一行，说明分母为0的怎样计分。"),),
        indicator,
    )


def _terms(node: core.Expression) -> list[core.Expression]:
    """The addends of a divisor; nothing else is 0 only where they all are."""
    if isinstance(node, core.Arithmetic) and node.operator == "+":
        return [*_terms(node.left), *_terms(node.right)]
    return [node]


@attrs.frozen
class Clamp:
    """A clause whose own number `value` was cut to `limit`."""

    path: str
    limit: Fraction
    value: Fraction
    span: Span


def score_is_clamped(source: SourceText, found: tuple[Clamp, ...], indicator: str) -> Diagnostic:
    labels = tuple(Label(source, clamp.span, _clamp_words(clamp)) for clamp in found)
    clauses = "、".join(dict.fromkeys(f"第{clamp.path}点" for clamp in found if clamp.path))
    limits = {_limit_words(clamp) for clamp in found}
    which = limits.pop() if len(limits) == 1 else "超出分值范围，按分值封顶，不低于 0 分"
    if limits and all(clamp.limit > 0 for clamp in found):
        which = "超过分值，按分值封顶"
    return Diagnostic(
        "R0702",
        NOTE,
        f"「{indicator}」{clauses}的得分可能{which}",
        labels,
        (reason("印发的标准没有写封顶或扣完为止，这里按不超过分值、不低于 0 分计。"),),
        indicator,
    )


def _limit_words(clamp: Clamp) -> str:
    if clamp.limit > 0:
        return f"超过 {plain(clamp.limit)} 分，按 {plain(clamp.limit)} 分封顶"
    return "低于 0 分，按 0 分计"


def _clamp_words(clamp: Clamp) -> str:
    return f"可能{_limit_words(clamp)}（例如算得 {plain(clamp.value)} 分）"


# --- settled readings -------------------------------------------------------------------------------------------------


def settled_step(
    source: SourceText,
    choice: core.Choice,
    distance: Fraction,
    unit: core.Unit | None,
    deducted: tuple[Fraction, ...],
    indicator: str,
) -> Diagnostic:
    verb = re.search(r"超过|超出|高于|多于|低于|少于|不足", choice.name)
    pairs = zip(choice.alternatives, deducted, strict=True)
    results = "／".join(f"扣 {plain(points)} 分（{alternative.name}）" for alternative, points in pairs)
    return Diagnostic(
        "R0606",
        NOTE,
        f"「{choice.name}」已按“{choice.alternatives[choice.default].name}”计，其他读法的结果不同",
        (Label(source, choice.span, f"{verb[0] if verb else '相差'} {shown(distance, unit)}：{results}"),),
        (),
        indicator,
    )


def settled_reading(
    source: SourceText,
    choice: core.Choice,
    data: tuple[tuple[core.Datum, str | None, Fraction | str], ...],
    scores: tuple[Fraction | None, ...],
    places: int,
    indicator: str,
) -> Diagnostic:
    results = [
        f"“{alternative.name}”{'不适用' if score is None else f'得 {fixed(score, places)} 分'}"
        for alternative, score in zip(choice.alternatives, scores, strict=True)
    ]
    facts = "，".join(
        f"{part or ''}{datum.name} {shown(value, datum.unit) if isinstance(value, Fraction) else value}"
        for datum, part, value in data[:_MOST_SHOWN]
    )
    more = "等" if len(data) > _MOST_SHOWN else ""
    hints: tuple[Hint, ...] = (reason(f"例如{facts}{more}；由人评判的按满分计。"),) if facts else ()
    return Diagnostic(
        "R0607",
        NOTE,
        f"「{choice.name}」已按“{choice.alternatives[choice.default].name}”计，其他读法的得分不同",
        (Label(source, choice.span, "；".join(results)),),
        hints,
        indicator,
    )


# --- what is used nowhere ---------------------------------------------------------------------------------------------


def unused_datum(source: SourceText, datum: core.Datum, near: str | None) -> Diagnostic:
    line = (
        f"评分标准里有「{near}」；指的就是它的，在数据行加「简称 {near}」。"
        if near is not None and near != datum.name
        else "用「对应“…”」把它与评分标准的话连起来，或删去这一行。"
    )
    return Diagnostic(
        "R1102",
        WARNING,
        f"数据「{datum.name}」没有用到",
        (Label(source, datum.span, "没有一条标准用到它"),),
        (suggestion(line),),
        datum.indicator,
    )


def unused_choice(source: SourceText, choice: core.Choice) -> Diagnostic:
    return Diagnostic(
        "R1103",
        WARNING,
        f"口径「{choice.name}」没有用到",
        (Label(source, choice.span, "没有一条标准用到这个词"),),
        (suggestion("写评分标准或数据里原有的词，或删去这一行。"),),
        choice.indicator,
    )


def equal_alternatives(source: SourceText, choice: core.Choice, first: int, second: int) -> Diagnostic:
    names = [choice.alternatives[index].name for index in (first, second)]
    return Diagnostic(
        "R1104",
        WARNING,
        f"口径「{choice.name}」的“{names[0]}”与“{names[1]}”算出的总是一样",
        (Label(source, choice.span, "两种取法没有差别"),),
        (suggestion("删去其中一种，或改正它的算式。"),),
        choice.indicator,
    )
