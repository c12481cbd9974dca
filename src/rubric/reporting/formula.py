"""The author's formulas with the numbers in them.

Takes the source and steps of a trace, whose spans mark where their numbers go; gives the issued text with the values in
the place of the names. Never computes.
"""

from collections.abc import Iterable, Iterator

from rubric.core.numbers import HUNDREDTH
from rubric.core.program import Dimension, Unit
from rubric.evaluator.outcome import Step, StepKind
from rubric.reporting.quantities import quantity
from rubric.source import NOWHERE, SourceText, Span
from rubric.syntax.fold import key

_VALUES = (StepKind.FACT, StepKind.QUANTITY, StepKind.JUDGEMENT)
_PAIRS = {"）": "（", ")": "(", "】": "【", "]": "["}
_RATE = Unit("%", Dimension.RATE, HUNDREDTH)
_POINTS_WORDS = ("分值", "满分", "总分", "标准分", "权重分")
_OPEN = frozenset(_PAIRS.values())


def with_numbers(source: SourceText, span: Span, step: Step) -> str:
    """The text of `span` with the values of the steps below `step` in place of the names that stand inside it."""
    return _place(source, span, _inside(source, span, step))


def definition_with_numbers(source: SourceText, step: Step) -> str | None:
    """How the quantity of `step` is reckoned, from its first number to its last: `146.08万元÷146.29万元`.

    None where that does not stand in one line of the source.
    """
    leaves = [leaf for child in step.children for leaf in _leaves(child) if leaf.span not in (NOWHERE, step.span)]
    if not leaves:
        return None
    line = source.line_of(leaves[0].span.start)
    leaves = [leaf for leaf in leaves if source.line_of(leaf.span.start) == line]
    if len({leaf.span for leaf in leaves}) < 2:
        body = body_of(step)
        return (
            tidy(with_numbers(source, body.span, body))
            if body is not None and _inside(source, body.span, body)
            else None
        )
    hull = leaves[0].span
    for leaf in leaves:
        hull = hull.to(leaf.span)
    whole = _balanced(source, hull)
    return None if whole is None else tidy(_place(source, whole, leaves))


def body_of(step: Step) -> Step | None:
    """The formula of a quantity, that of the reading taken where there are several; None where it is a bare fact."""
    for child in step.children:
        if child.kind is StepKind.FORMULA and child.children:
            return child
        if child.kind is StepKind.READING:
            return body_of(child)
    return None


def ratio_text(step: Step) -> str | None:
    """`12521.33万元÷20089.17万元=62.33%` where a formula is the ratio of two values of one kind."""
    match tuple(values_below(step)):
        case (first, second) if first.value is not None and second.value is not None and step.value is not None:
            over, under, value = first.value.point, second.value.point, step.value.point
            kinds = {None if leaf.unit is None else leaf.unit.dimension for leaf in (first, second)}
            if over is None or not under or value != over / under or len(kinds) != 1 or None in kinds:
                return None
            return f"{shown_value(first)}÷{shown_value(second)}={quantity(step.value, _RATE, computed=True)}"
        case _:
            return None


def tidy(text: str) -> str:
    """A formula for running text: no blanks, ÷ for a slash."""
    return "".join(text.split()).replace("/", "÷").replace("*", "×")


def values_below(step: Step) -> Iterator[Step]:
    """The facts and quantities below `step`, the first met on each way down."""
    for child in step.children:
        yield from _leaves(child)


def shown_name(step: Step, source: SourceText) -> str:
    """The name of a fact or quantity as the author writes it, quotation marks and all."""
    if step.span == NOWHERE:
        return step.label
    written = "".join(source.slice(step.span).split())
    return written if written != step.label and key(written) == key(step.label) else step.label


def named_value(step: Step, source: SourceText, *, spaced: bool = False) -> str:
    """`满意度 92.85%`, `部门预算公开情况为「按规定公开」`."""
    name = shown_name(step, source)
    return f"{name}为「{step.state}」" if step.state else f"{name} {shown_value(step, spaced=spaced)}"


def shown_value(step: Step, *, spaced: bool = False) -> str:
    """The value of one fact, quantity or judgement; a state by its name."""
    if step.state:
        return f"「{step.state}」"
    return quantity(step.value, step.unit, computed=step.kind is StepKind.QUANTITY, spaced=spaced)


def _leaves(step: Step) -> Iterator[Step]:
    if step.kind in _VALUES:
        yield step
        return
    for child in step.children:
        yield from _leaves(child)


def _inside(source: SourceText, span: Span, step: Step) -> list[Step]:
    """The highest values below `step` that stand inside `span`, and are not all of it."""
    found: list[Step] = []
    for child in step.children:
        is_value = child.kind in _VALUES or _is_points_word(source, child)
        stands = is_value and _holds(span, child.span) and child.span != span
        found += [child] if stands else _inside(source, span, child)
    return found


def _is_points_word(source: SourceText, step: Step) -> bool:
    """分值, 满分: a known number that the author writes as a word."""
    if step.kind is not StepKind.FORMULA or step.children or step.span == NOWHERE or step.value is None:
        return False
    return step.value.point is not None and source.slice(step.span).strip() in _POINTS_WORDS


def _holds(outer: Span, inner: Span) -> bool:
    return outer.start <= inner.start < inner.end <= outer.end


def _place(source: SourceText, span: Span, leaves: Iterable[Step]) -> str:
    by_span: dict[Span, list[str]] = {}
    for leaf in leaves:
        by_span.setdefault(leaf.span, []).append(shown_value(leaf))
    pieces: list[str] = []
    at = span.start
    for place in sorted(by_span, key=lambda s: (s.start, -s.end)):
        if place.start < at or place.end > span.end:
            continue
        pieces += [source.text[at : place.start], "、".join(by_span[place])]
        at = place.end
    pieces.append(source.text[at : span.end])
    return " ".join("".join(pieces).split())


def _balanced(source: SourceText, span: Span) -> Span | None:
    """`span` widened until each bracket in it has its partner; None where that leaves the line."""
    line = source.line_of(span.start)
    start, end = source.line_starts[line], source.line_starts[line] + len(source.line_text(line))
    while True:
        opened: list[str] = []
        missing = ""
        for character in source.text[span.start : span.end]:
            if character in _OPEN:
                opened.append(character)
            elif character in _PAIRS:
                if opened and opened[-1] == _PAIRS[character]:
                    opened.pop()
                else:
                    missing = _PAIRS[character]
                    break
        if missing:
            at = source.text.rfind(missing, start, span.start)
            if at < 0:
                return None
            span = Span(at, span.end)
        elif opened:
            closing = next(close for close, opening in _PAIRS.items() if opening == opened[-1])
            at = source.text.find(closing, span.end, end)
            if at < 0:
                return None
            span = Span(span.start, at + 1)
        else:
            return span
