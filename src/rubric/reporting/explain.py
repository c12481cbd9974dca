"""One line that says why an indicator has its score.

Takes one indicator's outcome and the rubric's source; gives a line a citizen can read, in the words of the clause as
issued. Never computes a score and never decides which band or exemption holds: that stands in the trace.

A cell of several points is told from the point that lost most, until the line is long; the rest is one short phrase.
"""

import re
from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import assert_never

from rubric.core.numbers import ZERO, fixed
from rubric.core.program import (
    BandTable,
    Deductions,
    Formula,
    Judged,
    RowScores,
    Rule,
    Sum,
    Unresolved,
    Yields,
)
from rubric.evaluator.outcome import ClauseOutcome, IndicatorOutcome, Status, Step, StepKind
from rubric.reporting.formula import (
    definition_with_numbers,
    named_value,
    ratio_text,
    shown_name,
    shown_value,
    tidy,
    values_below,
    with_numbers,
)
from rubric.reporting.quantities import points
from rubric.reporting.results import result_of, result_range
from rubric.source import NOWHERE, SourceText

_LENGTH = 60
_QUOTE = 36
_PERIODS = 3
_NUMERALS = "上一二三四五六七八九十下"
_OVERRIDES = (StepKind.VETO, StepKind.EXEMPTION, StepKind.UNDEFINED, StepKind.GUARD)
_NUMBERING = re.compile(r"\s*(?:\d+[.．、](?!\d)|[（(]\d+[）)]|[①-⑳])\s*")
_POINTS_MARK = re.compile(r"\s*[（(]\s*\d+(?:\.\d+)?\s*分\s*[）)]\s*$")


def explain_indicator(outcome: IndicatorOutcome, source: SourceText, places: int = 2) -> str:
    """The one-line explanation."""
    unmet = [quoted(text) for text, holds in outcome.requirements if holds is False]
    line = _indicator_line(outcome, source, places)
    return f"{line}；未达到要求{'、'.join(unmet)}（不影响得分）" if unmet else line


def _indicator_line(outcome: IndicatorOutcome, source: SourceText, places: int) -> str:
    full = outcome.indicator.points
    if outcome.indicator.yields is not Yields.POINTS and outcome.status is not Status.PENDING:
        return _awarded(outcome, source, places)
    if (override := override_text(outcome.steps, outcome.status, outcome.exact.point, full)) is not None:
        return override
    if outcome.status is Status.PENDING:
        return _pending(outcome, source, places)
    if outcome.status is Status.NOT_APPLICABLE:
        return "不适用，不计入总分"
    leaves = list(_leaves(outcome.clauses))
    match leaves:
        case []:
            return _rule_text(outcome.indicator.rule, outcome.steps, outcome.exact.point, full, source)
        case [leaf]:
            return explain_clause(leaf, source)
        case _:
            return _several(leaves, source, places)


def _awarded(outcome: IndicatorOutcome, source: SourceText, places: int) -> str:
    """A grade or an amount: the quantity, and the sentence that gives it."""
    steps = [step for leaf in _leaves(outcome.clauses) for step in leaf.steps]
    band = next((step for step in steps if step.kind is StepKind.BAND and step.holds is not False), None)
    subject = _subject_text(steps if band is None else (band,), source)
    words = "" if band is None else f"符合{quoted(band.text)}"
    return "，".join(filter(None, (subject, words, f"为{result_of(outcome, places)}")))


def explain_clause(outcome: ClauseOutcome, source: SourceText) -> str:
    """The explanation of one point, without its number."""
    clause = outcome.clause
    point = outcome.value.point
    if (override := override_text(outcome.steps, outcome.status, point, clause.points)) is not None:
        return override
    match outcome.status:
        case Status.PENDING:
            return f"待定，{points(outcome.value.low or ZERO)}～{points(_high(outcome))} 分"
        case Status.NOT_APPLICABLE:
            return "不适用，不计入总分"
        case Status.SCORED:
            return _rule_text(clause.rule, outcome.steps, point, clause.points, source)
        case _:
            assert_never(outcome.status)


def override_text(steps: Iterable[Step], status: Status, value: Fraction | None, full: Fraction) -> str | None:
    """What a veto, an exemption or a guard that holds did, in the words of its sentence."""
    held = next((step for step in steps if step.kind in _OVERRIDES and step.holds), None)
    if held is None:
        return None
    if status is Status.NOT_APPLICABLE:
        effect = "不适用，不计入总分"
    elif status is Status.PENDING or value is None:
        effect = "待定"
    else:
        effect = "得 0 分" if value == 0 else "得满分" if value == full else f"得 {points(value)} 分"
    words = quoted(held.text) if held.text else held.label
    if "不适用" in words:
        effect = effect.removeprefix("不适用，")
    return f"符合{words}，{effect}" if words else effect


def quoted(sentence: str) -> str:
    """A sentence as issued, in quotation marks, without its number and final sign; a long one is shortened inside."""
    text = " ".join(sentence.split())
    while (found := _NUMBERING.match(text)) and found.end() < len(text):
        text = text[found.end() :]
    text = text.rstrip("。；;，, ")
    if len(text) > _QUOTE:
        text = f"{text[: _QUOTE // 2 + 4]}……{text[-(_QUOTE // 2 - 6) :]}"
    return f"“{text.replace('“', '‘').replace('”', '’')}”"


# --- several points ---------------------------------------------------------------------------------------------------


def _leaves(clauses: Iterable[ClauseOutcome]) -> Iterator[ClauseOutcome]:
    """The points that are scored themselves; one decided by an override as a whole counts as one."""
    for outcome in clauses:
        decided = any(step.kind in _OVERRIDES and step.holds for step in outcome.steps)
        if outcome.children and not decided:
            yield from _leaves(outcome.children)
        else:
            yield outcome


def _several(leaves: list[ClauseOutcome], source: SourceText, places: int) -> str:
    judged = [leaf for leaf in leaves if _is_judged(leaf)]
    rest = sorted((leaf for leaf in leaves if not _is_judged(leaf)), key=_urgency)
    pieces: list[tuple[Fraction, str]] = []
    told: list[ClauseOutcome] = []
    if judged:
        pieces.append((sum((_lost(leaf) for leaf in judged), ZERO), _judged_text(judged, places)))

    length = sum(len(text) for _, text in pieces)
    for leaf in rest:
        text = f"{clause_name(leaf)}{explain_clause(leaf, source)}"
        if told and length + len(text) > _LENGTH:
            break
        told.append(leaf)
        pieces.append((_lost(leaf), text))
        length += len(text)
    pieces.sort(key=lambda piece: -piece[0])
    line = "；".join(text for _, text in pieces)

    left = [leaf for leaf in rest if leaf not in told]
    if not left:
        return line
    if all(leaf.status is Status.SCORED and _lost(leaf) == 0 for leaf in left):
        return f"{line}；其余 {len(left)} 点满分"
    return f"{line}；其余 {len(left)} 点共 {fixed(_sum(left), places)} 分"


def clause_name(outcome: ClauseOutcome) -> str:
    """`第 2 点 `, empty for a cell without numbers."""
    return f"第 {outcome.clause.path} 点 " if outcome.clause.path else ""


def _judged_text(judged: list[ClauseOutcome], places: int) -> str:
    lost = [leaf for leaf in judged if _lost(leaf) > 0]
    text = f"评判 {len(judged)} 点，共 {fixed(_sum(judged), places)} 分"
    if not lost or len(lost) == len(judged):
        return text
    named = "、".join(leaf.clause.path for leaf in lost if leaf.clause.path)
    return f"{text}（第 {named} 点扣 {points(sum((_lost(leaf) for leaf in lost), ZERO))} 分）" if named else text


def _is_judged(outcome: ClauseOutcome) -> bool:
    plain_judgement = isinstance(outcome.clause.rule, Judged) and outcome.status is Status.SCORED
    return plain_judgement and not any(step.kind in _OVERRIDES and step.holds for step in outcome.steps)


def _urgency(outcome: ClauseOutcome) -> tuple[int, Fraction]:
    """Not applicable first, then the most lost."""
    return (0 if outcome.status is Status.NOT_APPLICABLE else 1, -_lost(outcome))


def _lost(outcome: ClauseOutcome) -> Fraction:
    if outcome.status is Status.NOT_APPLICABLE:
        return ZERO
    return outcome.clause.points - (outcome.value.low or ZERO)


def _sum(outcomes: list[ClauseOutcome]) -> Fraction:
    return sum((outcome.value.low or ZERO for outcome in outcomes), ZERO)


def _high(outcome: ClauseOutcome) -> Fraction:
    return outcome.clause.points if outcome.value.high is None else outcome.value.high


def _pending(outcome: IndicatorOutcome, source: SourceText, places: int) -> str:
    between = _between(outcome, places)
    if outcome.missing:
        own = f"{outcome.indicator.name}／"
        names = _missing_names((name.removeprefix(own), part) for name, part in outcome.missing)
        shown = "".join(f"「{name}」" for name in names[:3])
        return f"待定：缺少{shown}{f'等 {len(names)} 项' if len(names) > 3 else ''}，{between}"
    steps = [step for clause in (*_leaves(outcome.clauses),) for step in clause.steps] + list(outcome.steps)
    for kind, words in (
        (StepKind.UNRESOLVED, "评分标准有一处未能读懂"),
        (StepKind.GAP, "没有一档包含这个数值"),
        (StepKind.UNDEFINED, "分母为 0，评分标准没有说明如何计分"),
    ):
        found = next((step for step in _every(steps) if step.kind is kind), None)
        if found is not None:
            subject = next((f"{named_value(v, source)}，" for v in values_below(found)), "")
            return f"待定：{subject}{words}，{between}"
    return f"待定：{between}"


def _between(outcome: IndicatorOutcome, places: int) -> str:
    match outcome.indicator.yields:
        case Yields.POINTS if outcome.indicator.is_bounded:
            return f"得分在 {fixed(outcome.low, places)}～{fixed(outcome.high, places)} 之间"
        case Yields.POINTS:
            return f"得分在 {result_range(outcome, places)}"
        case Yields.GRADE | Yields.AMOUNT as yields:
            return f"{yields.value}为 {result_range(outcome, places)}"


def _missing_names(keys: Iterable[tuple[str, str | None]]) -> list[str]:
    """Each datum once, a series with the periods that are missing where they are few."""
    parts: dict[str, list[str]] = {}
    for name, part in keys:
        parts.setdefault(name, []).extend(() if part is None else (part,))
    ordered = {name: sorted(found, key=_place_in_year) for name, found in parts.items()}
    return [f"{'、'.join(found)}{name}" if len(found) <= _PERIODS else name for name, found in ordered.items()]


def _place_in_year(part: str) -> tuple[int, str]:
    return _NUMERALS.find(part[:1]), part


def _every(steps: Iterable[Step]) -> Iterator[Step]:
    for step in steps:
        yield step
        yield from _every(step.children)


# --- one rule ---------------------------------------------------------------------------------------------------------


def _rule_text(rule: Rule, steps: tuple[Step, ...], value: Fraction | None, full: Fraction, source: SourceText) -> str:
    earned = "待定" if value is None else "得满分" if value == full != 0 else f"得 {points(value)} 分"
    match rule:
        case Formula():
            return _formula_text(steps, value, source)
        case BandTable():
            return _band_text(steps, value, source)
        case Deductions():
            adds = bool(rule.items) and all(item.rate < 0 for item in rule.items)
            return _deductions_text(steps, value, source, adds)
        case Judged():
            return f"评判{earned}"
        case RowScores():
            return f"逐行计分，合计{earned}"
        case Sum():
            return earned
        case Unresolved():
            return "评分标准有一处未能读懂，待定"
        case _:
            assert_never(rule)


def _formula_text(steps: tuple[Step, ...], value: Fraction | None, source: SourceText) -> str:
    earned = "" if value is None else f"，得 {points(value)} 分"
    formula = next((step for step in steps if step.kind is StepKind.FORMULA), None)
    if formula is None:
        subject = _subject_text(steps, source)
        return (subject + earned) if subject else earned.lstrip("，")
    values = tuple(values_below(formula))
    quantities = [step for step in values if step.kind is StepKind.QUANTITY]
    if len(values) == 1 and quantities:
        return _quantity_text(quantities[0], source) + earned
    if values and formula.span != NOWHERE:
        text = tidy(_POINTS_MARK.sub("", with_numbers(source, formula.span, formula)))
        return text.rpartition("=")[2].rstrip("。；;，,") + earned
    return "，".join(named_value(step, source) for step in values[:3]) + earned


def _band_text(steps: tuple[Step, ...], value: Fraction | None, source: SourceText) -> str:
    earned = f"得 {points(value or ZERO)} 分"
    band = next((step for step in steps if step.kind is StepKind.BAND and step.holds is not False), None)
    if band is None:
        subject = _subject_text(steps, source)
        return f"{subject}，{earned}" if subject else earned
    words = quoted(band.text)
    amount = next((s for s in reversed(band.children) if s.kind is StepKind.FORMULA and tuple(values_below(s))), None)
    counted = next((s for s in _every(band.children) if s.kind is StepKind.STEPS), None)
    if counted is not None and counted.value is not None and counted.value.point is not None:
        return f"{_short_subject((band,), source, words)}，按{words}计 {points(counted.value.point)} 步，{earned}"
    if amount is not None and amount.span.start >= band.span.start and amount is band.children[-1]:
        if not any(step.value is not None for step in values_below(amount)):
            states = dict.fromkeys(named_value(step, source) for step in values_below(band))
            return f"{'，'.join(states)}，{earned}"  # no number stands in it, only what holds and what does not
        if amount.span != band.span:  # words of its own, with its numbers put among them
            return f"{tidy(with_numbers(source, amount.span, amount))}，{earned}"
    subject = _short_subject((band,), source, words) or _short_subject(steps, source, words)
    where = earned if words == "“”" else f"在{words}一档" if "得" in words else f"符合{words}，{earned}"
    return f"{subject}，{where}" if subject else where


def _short_subject(steps: Iterable[Step], source: SourceText, words: str) -> str:
    """The subject with how it was reckoned, unless the line grows too long for that."""
    subject = _subject_text(steps, source)
    return subject if len(subject) + len(words) <= _LENGTH + 10 else _subject_text(steps, source, reckoned=False)


def _deductions_text(steps: tuple[Step, ...], value: Fraction | None, source: SourceText, adds: bool) -> str:
    """`adds`: nothing is taken off in the rule, points are only added."""
    items = [step for step in steps if step.kind is StepKind.DEDUCTION]
    hits = [item for item in items if item.value is None or item.value.point != 0]
    if not hits:
        subjects = dict.fromkeys(_subject_text((item,), source, spaced=True) for item in items)
        told = "，".join(subject for subject in subjects if subject)
        nothing = "不加分" if adds else "不扣分"
        return f"{told}，{nothing}" if told else "没有加分" if adds else "没有扣分"
    lost = sum((item.value.low or ZERO for item in hits if item.value is not None), ZERO)
    told = "，".join(dict.fromkeys(_deduction_text(item, source) for item in hits[:2]))
    floor = any(step.kind is StepKind.FLOOR for step in steps) or (value == 0 and lost > 0)
    if value is not None and floor:
        return f"{told}，扣完为止，得 {points(value)} 分"
    if lost < 0 and value is not None and any(step.kind is StepKind.CAP for step in steps):
        return f"{told}，加 {points(-lost)} 分，最高得 {points(value)} 分"
    return f"{told}，{f'加 {points(-lost)} 分' if lost < 0 else f'扣 {points(lost)} 分'}"


def _deduction_text(item: Step, source: SourceText) -> str:
    subject = _subject_text((item,), source, spaced=True)
    steps = next((step for step in _every(item.children) if step.kind is StepKind.STEPS), None)
    if steps is None or steps.value is None or steps.value.point is None:
        return subject or quoted(item.text)
    words = quoted(item.text)
    count = f"计 {points(steps.value.point)} 步"
    return f"{subject}，按{words}{count}" if subject and len(subject) + len(words) < _LENGTH else f"按{words}{count}"


def _subject_text(steps: Iterable[Step], source: SourceText, *, spaced: bool = False, reckoned: bool = True) -> str:
    """The first quantity or fact below `steps`; a quantity or a ratio with how it was `reckoned`."""
    for step in steps:
        if step.kind in (StepKind.FACT, StepKind.QUANTITY):
            if step.kind is StepKind.QUANTITY and reckoned:
                return _quantity_text(step, source)
            return named_value(step, source, spaced=spaced)
        if step.kind is StepKind.FORMULA and (ratio := ratio_text(step)) is not None:
            first = next(values_below(step))
            return f"{shown_name(first, source)} {ratio if reckoned else ratio.rpartition('=')[2]}"
        if text := _subject_text(step.children, source, spaced=spaced, reckoned=reckoned):
            return text
    return ""


def _quantity_text(step: Step, source: SourceText) -> str:
    definition = definition_with_numbers(source, step)
    shown = shown_value(step)
    if definition is None or len(definition) > 2 * _LENGTH // 3:
        return f"{shown_name(step, source)} {shown}"
    return f"{shown_name(step, source)} {definition}={shown}"


def range_text(outcome: IndicatorOutcome, places: int) -> str:
    """`4.00`, or the range while pending."""
    return result_range(outcome, places)
