"""What the data leave to those who fill them in, in words: one function per finding.

Takes a datum with the scores one way and the other; gives the `Diagnostic`, a note. Never decides whether there is one.
"""

from fractions import Fraction

import attrs

from rubric.analysis.value_words import shown
from rubric.core import program as core
from rubric.core.numbers import fixed
from rubric.diagnostics.model import Diagnostic, Label, Severity, reason, suggestion
from rubric.source import SourceText, Span

NOTE = Severity.NOTE


@attrs.frozen
class Asked:
    """`scores` are what the indicator yields the first way and the second; `place` the one that two units share."""

    source: SourceText
    span: Span
    name: str
    indicator: core.Indicator
    scores: tuple[Fraction, Fraction]
    places: int
    place: int = 0

    def results(self) -> tuple[str, str]:
        first, second = (self._result(score) for score in self.scores)
        return first, second

    def _result(self, score: Fraction) -> str:
        if self.indicator.grades:
            return f"定为{self.indicator.grades[int(score)]}"
        return f"得 {fixed(score, self.places)} 分"


def refers_back(asked: Asked, back: str, before: tuple[str, ...]) -> Diagnostic:
    """`before` are the places of the sentences that it may mean."""
    yes, no = asked.results()
    places = "、".join(dict.fromkeys(f"第{path}点" for path in before if path)) or "前面各句"
    return Diagnostic(
        "R0623",
        NOTE,
        f"「{back}」指前面哪几条没有说明，由填写「{asked.name}」的人认定",
        (Label(asked.source, asked.span, "前面不止一条"),),
        (
            suggestion(f"在「口径」下加一行「说明：{back}指{places}的情形」；只指其中几条的，改成那几条。"),
            reason(
                f"别处都不扣分时：填“是”的{yes}，填“否”的{no}。认为在内的填“是”，认为不在内的填“否”，同样的情况得分不同。"
            ),
        ),
        asked.indicator.name,
    )


def joined(asked: Asked, parts: tuple[str, ...]) -> Diagnostic:
    yes, no = asked.results()
    return Diagnostic(
        "R0620",
        NOTE,
        f"「{asked.name}」一项里有{len(parts)}个要求，只做到一部分的怎样填没有说明",
        (Label(asked.source, asked.span, "只能填“是”或“否”"),),
        (
            suggestion(
                f"在「口径」下加一行「说明：{asked.name}，都做到的填是」；要分开计分的，分成{len(parts)}项数据。"
            ),
            reason(f"例如只做到“{parts[0]}”：填“是”的{yes}，填“否”的{no}。程序照填的计，不给一半。"),
        ),
        asked.indicator.name,
    )


def tied(asked: Asked) -> Diagnostic:
    gaps, close = asked.results()
    first = asked.place
    return Diagnostic(
        "R0622",
        NOTE,
        f"「{asked.name}」有并列时，后面的名次怎样排没有说明，按跳号排",
        (Label(asked.source, asked.span, "得分相同的名次相同"),),
        (
            suggestion("在这一行末尾加「，并列的跳号」，或「，并列的名次连续」。"),
            reason(
                f"例如两个单位并列第 {first} 名，下一个单位：跳号的是第 {first + 2} 名，{gaps}；连续的是第 {first + 1} 名，{close}。"
            ),
        ),
        asked.indicator.name,
    )


def which_budget(asked: Asked, unit: core.Unit | None, values: tuple[Fraction, Fraction]) -> Diagnostic:
    """`values` are a budget at the beginning of the year, and after it was changed."""
    early, late = asked.results()
    first, second = (shown(value, unit) for value in values)
    return Diagnostic(
        "R0817",
        NOTE,
        f"「{asked.name}」是年初的还是调整后的没有说明",
        (Label(asked.source, asked.span, "作了分母"),),
        (
            suggestion(
                f"在「口径」下加一行「“{asked.name}”指年初预算数；备选：调整后预算数」，或「“{asked.name}”指调整后预算数；备选：年初预算数」。"
            ),
            reason(f"例如年初 {first}、调整后 {second}，其他数据相同：填年初的{early}，填调整后的{late}。"),
        ),
        asked.indicator.name,
    )
