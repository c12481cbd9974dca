"""What can be wrong with a rubric before any facts, bands and grades apart (`band_errors`): one function per finding.

Takes the facts of the case; gives the `Diagnostic`. Never decides whether something is wrong.
"""

import re
from fractions import Fraction

import attrs

from rubric.analysis.value_words import shown, when
from rubric.core import program as core
from rubric.core.numbers import fixed, plain
from rubric.diagnostics.model import Diagnostic, Hint, Label, Severity, reason, suggestion
from rubric.source import SourceText, Span

WARNING, NOTE = Severity.WARNING, Severity.NOTE
_MOST_SHOWN = 4


def divisor_may_be_zero(
    source: SourceText, division: core.Arithmetic, scopes: tuple[str, ...], points: Fraction, indicator: str
) -> Diagnostic:
    """`points` are those of the first of the `scopes`."""
    divisor = source.slice(division.right.span)
    terms = [source.slice(term.span) for term in _terms(division.right)]
    condition = "且".join(f"{term}为0" for term in terms) if all(terms) else ""
    line = f"在「口径」下加一行「{condition}的，{'、'.join(scopes)}不适用」；也可写得满分或得0分。"
    return Diagnostic(
        "R0701",
        WARNING,
        f"分母「{divisor.strip('（）()')}」可能为 0，没有说明怎样计分",
        (Label(source, division.right.span, "分母"),),
        (
            suggestion(line if condition else "在「口径」下加一行，说明分母为0的怎样计分。"),
            reason(
                f"分母为 0 时：写不适用的不计入总分，写得满分的得 {plain(points)} 分，写得0分的得 0 分；没有写的，暂为待定。"
            ),
        ),
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
    lines = dict.fromkeys(
        f"「{f'第{clamp.path}点' if clamp.path else ''}{f'最高{plain(clamp.limit)}分' if clamp.limit > 0 else '最低0分'}」"
        for clamp in found
    )
    return Diagnostic(
        "R0702",
        NOTE,
        f"「{indicator}」{clauses}的得分可能{which}",
        labels,
        (
            suggestion(f"在「口径」下加一行{'、'.join(lines)}，照此写明。"),
            reason("印发的标准没有写封顶或保底，这里按不超过分值、不低于 0 分计。"),
        ),
        indicator,
    )


@attrs.frozen
class Below:
    """A case in which deductions without a floor go below 0: in words, and the score that they would leave."""

    case: str
    value: Fraction


def floor_not_stated(source: SourceText, span: Span, scope: str, found: Below, indicator: str) -> Diagnostic:
    return Diagnostic(
        "R0602",
        WARNING,
        "没有写「扣完为止」，按扣到 0 分为止计算",
        (Label(source, span, "扣分没有写下限"),),
        (
            suggestion(f"在句末补「，扣完为止」；原文不能改的，在「口径」下加一行「{scope}扣完为止」。"),
            reason(f"{when(found.case)}：扣完为止得 0 分，不设下限得 {plain(found.value)} 分。"),
        ),
        indicator,
    )


def _limit_words(clamp: Clamp) -> str:
    if clamp.limit > 0:
        return f"超过 {plain(clamp.limit)} 分，按 {plain(clamp.limit)} 分封顶"
    return "低于 0 分，按 0 分计"


def _clamp_words(clamp: Clamp) -> str:
    return f"可能{_limit_words(clamp)}（例如算得 {plain(clamp.value)} 分）"


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


@attrs.frozen
class Differing:
    """A case on which the readings of a choice differ: the data asked for, and the score of each (None: 不适用)."""

    data: tuple[tuple[core.Datum, str | None, Fraction | str], ...]
    scores: tuple[Fraction | None, ...]

    @property
    def facts(self) -> str:
        shown_ones = self.data[:_MOST_SHOWN]
        words = "，".join(f"{part or ''}{_fact(datum, value)}" for datum, part, value in shown_ones)
        return words + ("等" if len(self.data) > _MOST_SHOWN else "")

    def results(self, choice: core.Choice, places: int, grades: tuple[str, ...] = ()) -> tuple[str, ...]:
        def told(score: Fraction | None) -> str:
            if score is None:
                return "不适用"
            return f"定为{grades[int(score)]}" if grades else f"得 {fixed(score, places)} 分"

        return tuple(
            f"“{alternative.name}”{told(score)}"
            for alternative, score in zip(choice.alternatives, self.scores, strict=True)
        )


def _fact(datum: core.Datum, value: Fraction | str) -> str:
    return f"{datum.name} {shown(value, datum.unit)}" if isinstance(value, Fraction) else f"{datum.name}为“{value}”"


def settled_reading(
    source: SourceText, choice: core.Choice, found: Differing, places: int, indicator: str
) -> Diagnostic:
    hints: tuple[Hint, ...] = (reason(f"例如{found.facts}；由人评判的按满分计。"),) if found.facts else ()
    return Diagnostic(
        "R0607",
        NOTE,
        f"「{choice.name}」已按“{choice.alternatives[choice.default].name}”计，其他读法的得分不同",
        (Label(source, choice.span, "；".join(found.results(choice, places))),),
        hints,
        indicator,
    )


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
