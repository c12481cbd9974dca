"""What can be open in the words of a standard: one function per finding, each with the score of every reading on one case.

Takes an open choice with that case; gives the `Diagnostic`. Never decides whether something is open.
"""

from fractions import Fraction

import attrs

from rubric.analysis.errors import Differing
from rubric.analysis.value_words import when
from rubric.core import program as core
from rubric.core.numbers import plain
from rubric.diagnostics.model import Diagnostic, Hint, Label, Severity, reason, suggestion
from rubric.source import SourceText, Span

WARNING = Severity.WARNING


@attrs.frozen
class Open:
    """A choice that no line settles, with a case on which its readings differ."""

    source: SourceText
    indicator: str
    choice: core.Choice
    found: Differing
    places: int
    grades: tuple[str, ...] = ()

    @property
    def word(self) -> str:
        return self.choice.name.removeprefix(f"{self.indicator}·")

    @property
    def taken(self) -> str:
        return self.choice.alternatives[self.choice.default].name

    def others(self) -> str:
        return "、".join(a.name for i, a in enumerate(self.choice.alternatives) if i != self.choice.default)

    def hints(self, form: str = "“{word}”按{name}计") -> tuple[Hint, ...]:
        typed = (form.format(word=self.word, name=a.name).replace("”按按", "”按") for a in self.choice.alternatives)
        lines = [f"「{line}」" for line in typed]
        results = "，".join(self.found.results(self.choice, self.places, self.grades))
        facts = when(self.found.facts) if self.found.facts else "由人评判的按满分计时"
        return (
            suggestion(f"在「口径」下加一行{'，或'.join(lines)}。"),
            reason(f"例如{facts}：{results}。"),
        )


def scope_open(case: Open) -> Diagnostic:
    return Diagnostic(
        "R0603",
        WARNING,
        f"「{case.word}」管到哪里没有说明，按{case.taken}计算",
        (Label(case.source, case.choice.span, f"也可以读作{case.others()}"),),
        case.hints("“{word}”限于{name}"),
        case.indicator,
    )


def times_open(case: Open) -> Diagnostic:
    event = case.word.removesuffix("的扣分次数")
    return Diagnostic(
        "R0610",
        WARNING,
        f"「{event}」扣一次还是次次扣没有说明，按次数扣",
        (Label(case.source, case.choice.span, "没有写「每」，也可以读作只扣一次"),),
        case.hints(),
        case.indicator,
    )


def doubling_open(case: Open) -> Diagnostic:
    return Diagnostic(
        "R0611",
        WARNING,
        f"怎样加倍没有说明，按{case.taken}扣",
        (Label(case.source, case.choice.span, f"也可以读作{case.others()}，越往后扣得越多"),),
        case.hints(),
        case.indicator,
    )


def heavier_open(case: Open) -> Diagnostic:
    return Diagnostic(
        "R0612",
        WARNING,
        f"{case.word.removesuffix('的扣分')}的，是另外扣分还是代替前面的扣分，没有说明，两样都扣",
        (Label(case.source, case.choice.span, "同一件事前面已经扣过"),),
        case.hints(),
        case.indicator,
    )


def bound_open(case: Open) -> Diagnostic:
    return Diagnostic(
        "R0613",
        WARNING,
        f"「{case.word}」管一句还是管前面各句没有说明，按{case.taken}计算",
        (Label(case.source, case.choice.span, f"也可以读作{case.others()}"),),
        case.hints(),
        case.indicator,
    )


def order_open(case: Open) -> Diagnostic:
    return Diagnostic(
        "R0614",
        WARNING,
        f"既符合得满分、又符合得 0 分的怎样计没有说明，按{case.taken}计",
        (Label(case.source, case.choice.span, "两种情形可能同时出现"),),
        case.hints(),
        case.indicator,
    )


def rest_open(case: Open) -> Diagnostic:
    return Diagnostic(
        "R0617",
        WARNING,
        f"「{case.word}」接前面哪几条没有说明，按{case.taken}的计算",
        (Label(case.source, case.choice.span, f"也可以读作{case.others()}的"),),
        case.hints(),
        case.indicator,
    )


def rounding_open(case: Open) -> Diagnostic:
    return Diagnostic(
        "R0618",
        Severity.NOTE,
        f"先四舍五入还是先定等次没有说明，按{case.taken}定",
        (Label(case.source, case.choice.span, f"也可以{case.others()}再定"),),
        case.hints(),
        case.indicator,
    )


def weights_off(
    source: SourceText, span: Span, weights: tuple[Fraction, ...], points: Fraction, indicator: str
) -> Diagnostic:
    """`weights` are those of one sum, which do not come to 100 %."""
    total = sum(weights, Fraction(0))
    each = "、".join(f"{plain(weight * 100)}%" for weight in weights)
    return Diagnostic(
        "R0615",
        WARNING,
        f"权重加起来是 {plain(total * 100)}%，不是 100%",
        (Label(source, span, each),),
        (
            suggestion("核对各项的权重，改到合计 100%；印发的原文就是这样的，请印发单位更正。"),
            reason(
                f"各项都是满分时：照写的权重算得 {plain(total * points)} 分，按权重合计 100% 折算得 {plain(points)} 分。"
            ),
        ),
        indicator,
    )
