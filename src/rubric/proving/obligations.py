"""What must hold of a rubric for every department, before it is issued.

Takes a subject; gives claims: terms that no facts may meet, or that some facts must, with the same said of a record in the
evaluator's words. Never asks the solver: `prove` does. One function per obligation; the picture of each:

    不超过分值   no facts give a rule more than its points before they are cut off
    封顶后不超过分值 with the caps, no facts give a clause or the indicator more than its points
    不低于零分   no facts give a rule less than 0 before that is cut off, unless the text says so (扣完为止)
    满分可得     some facts give the indicator its full points; so too under every other reading
    零分可得     some facts give it 0; else its true least is named
    参照下满分可得 a department on schedule, or on target, can have full points, where the rubric names that profile
    方向一致     doing better never scores less, where a datum has a direction
    除数有定义   no facts divide by 0 where no line says how to score then
    分档无空档   no facts fall between the bands
    各档可达     some facts reach each band
    分档不重叠   no facts meet two bands of different points
    评判范围相符  what a person may give lies within the points
    否决豁免相容  no facts call for two overrides of different effect
    评判与否决分开 no finding is both a deduction at discretion and a veto
"""

import re
from collections.abc import Callable, Iterator
from enum import StrEnum
from fractions import Fraction

import attrs

from rubric.analysis.clauses import Place
from rubric.core import program as core
from rubric.core.numbers import plain
from rubric.core.record import Record
from rubric.evaluator.errors import is_in_gap, is_zero_denominator
from rubric.evaluator.evaluate import setting_of
from rubric.evaluator.outcome import ClauseOutcome, IndicatorOutcome, Step, StepKind
from rubric.evaluator.quantities import evaluate_condition, evaluate_expression
from rubric.proving.quantities import Encoder, encode_condition, encode_expression
from rubric.proving.solver import Term, every, negated, number
from rubric.proving.views import Accept, Subject, Terms, View
from rubric.source import Span

ZERO = Fraction(0)
STATED_FLOOR = "扣完"
_COMMON_WORDS = re.compile(r"[\u4e00-\u9fff]{4,}")


class Obligation(StrEnum):
    MOST = "不超过分值"
    CAPPED = "封顶后不超过分值"
    LEAST = "不低于零分"
    FULL = "满分可得"
    ZERO = "零分可得"
    PROFILE = "参照下满分可得"
    MONOTONE = "方向一致"
    DEFINED = "除数有定义"
    COVERED = "分档无空档"
    REACHED = "各档可达"
    APART = "分档不重叠"
    RANGE = "评判范围相符"
    COMPATIBLE = "否决与豁免相容"
    SEPARATE = "评判与否决分开"


@attrs.frozen
class Change:
    """What was done better, in `words`, of a datum, with the score `before` it and `after`."""

    datum: core.Datum
    words: str
    before: Fraction
    after: Fraction


@attrs.frozen(eq=False)
class Claim:
    """`some` facts must meet the terms, or none may. `accept` is the same said by the evaluator of a record.

    `about` names what of the indicator is meant where the obligation alone does not: a band, a datum, two overrides.
    `other` is the place of the first of two things that meet. `within` are the facts among which a greatest or least score is looked for where an end is out of reach.
    """

    obligation: Obligation
    path: str
    some: bool
    terms: Terms
    accept: Accept
    span: Span
    about: str = ""
    other: Span | None = None
    within: Terms = lambda view: (view.scored,)
    change: Callable[[Record], Change | None] | None = None


def claims_of(subject: Subject, places: tuple[Place, ...]) -> Iterator[Claim]:
    """Every claim on one indicator that is put to the solver; what an author declares of data is in `directions`."""
    if subject.indicator.yields is not core.Yields.POINTS:
        return
    for place in places:
        yield from _within_points(subject, place)
        yield from _defined(subject, place)
        if isinstance(place.rule, core.BandTable):
            yield from _bands(subject, place, place.rule)
    yield from _whole_within_points(subject, places)
    yield from _compatible(subject)
    yield from ends(subject)


# --- points -----------------------------------------------------------------------------------------------------------


def _within_points(subject: Subject, place: Place) -> Iterator[Claim]:
    if isinstance(place.rule, core.Sum | core.Unresolved):
        return
    span = place.rule.span
    if subject.indicator.is_bounded:
        yield Claim(
            Obligation.MOST,
            place.path,
            False,
            lambda view: (view.leaf(span).decided, view.leaf(span).points.raw > number(place.points)),
            lambda record: any(step.kind is StepKind.CAP for step in steps_of(subject, record, place)),
            span,
        )
    if not floor_is_stated(place.rule):
        yield Claim(
            Obligation.LEAST,
            place.path,
            False,
            lambda view: (view.leaf(span).decided, view.leaf(span).points.raw < number(ZERO)),
            lambda record: any(step.kind is StepKind.FLOOR for step in steps_of(subject, record, place)),
            span,
        )


def _whole_within_points(subject: Subject, places: tuple[Place, ...]) -> Iterator[Claim]:
    """The parts of an indicator together: before anything is cut off, and after."""
    indicator = subject.indicator
    if not indicator.is_bounded:
        return
    full = number(indicator.points)
    if isinstance(indicator.rule, core.Sum):
        yield Claim(
            Obligation.MOST,
            "",
            False,
            lambda view: (view.scored, view.whole.raw > full),
            lambda record: (raw := raw_sum(subject, record, places)) is not None and raw > indicator.points,
            indicator.span,
        )
    yield Claim(
        Obligation.CAPPED,
        "",
        False,
        lambda view: (every(view.whole.defined), view.whole.value + view.whole.away > full),
        lambda record: (exact := subject.outcome(record)[0].exact.point) is not None and exact > indicator.points,
        indicator.span,
    )


def floor_is_stated(rule: core.Rule) -> bool:
    """Whether the text itself says where a deduction ends (扣完为止)."""
    match rule:
        case core.Deductions(floor_stated=stated, least=least):
            return stated or least is not None
        case core.BandTable(bands=bands):
            return any(STATED_FLOOR in band.text for band in bands)
        case _:
            return False


def ends(subject: Subject) -> Iterator[Claim]:
    """Full points, and none, are within reach."""
    indicator = subject.indicator
    if indicator.is_bounded and indicator.points:
        full = number(indicator.points)
        yield Claim(
            Obligation.FULL,
            "",
            True,
            lambda view: (view.scored, view.whole.value >= full),
            lambda record: subject.score(record) == indicator.points,
            indicator.span,
        )
    yield Claim(
        Obligation.ZERO,
        "",
        True,
        lambda view: (view.scored, view.whole.value <= number(ZERO)),
        lambda record: (score := subject.score(record)) is not None and score <= ZERO,
        indicator.span,
    )


# --- what is defined --------------------------------------------------------------------------------------------------


def _defined(subject: Subject, place: Place) -> Iterator[Claim]:
    if isinstance(place.rule, core.Judged | core.Sum | core.Unresolved):
        return
    span = place.rule.span

    def undefined(view: View) -> tuple[Term, ...]:
        points = view.leaf(span).points
        gap = () if points.gap is None else (negated(points.gap),)
        return (view.leaf(span).reached, negated(every(points.defined)), *gap)

    yield Claim(
        Obligation.DEFINED,
        place.path,
        False,
        undefined,
        lambda record: any(map(is_zero_denominator, subject.outcome(record)[1])),
        span,
    )


def _bands(subject: Subject, place: Place, table: core.BandTable) -> Iterator[Claim]:
    span = table.span
    yield Claim(
        Obligation.COVERED,
        place.path,
        False,
        lambda view: (view.leaf(span).reached, every(view.leaf(span).points.gap)),
        lambda record: any(map(is_in_gap, subject.outcome(record)[1])),
        span,
    )
    for index, band in enumerate(table.bands):
        before = table.bands[:index]
        yield Claim(
            Obligation.REACHED,
            place.path,
            True,
            lambda view, band=band, before=before: (
                view.leaf(span).reached,
                *(encode_condition(view.encoder, earlier.condition).no for earlier in before),
                encode_condition(view.encoder, band.condition).yes,
            ),
            lambda record, band=band: any(
                step.kind is StepKind.BAND and step.span == band.span for step in steps_of(subject, record, place)
            ),
            band.span,
            band.text,
        )
        others = [one for one in before if one.amount != band.amount and _tests(one) and _tests(band)]
        for other in others:
            yield Claim(
                Obligation.APART,
                place.path,
                False,
                lambda view, one=other, band=band: (
                    view.leaf(span).reached,
                    encode_condition(view.encoder, one.condition).yes,
                    encode_condition(view.encoder, band.condition).yes,
                    _amounts_differ(view.encoder, one, band),
                ),
                lambda record, one=other, band=band: _both_hold(subject, record, one, band),
                band.span,
                other=other.span,
            )


def _tests(band: core.Band) -> bool:
    return not isinstance(band.condition, core.Always)


def _amounts_differ(encoder: Encoder, one: core.Band, other: core.Band) -> Term:
    return encode_expression(encoder, one.amount).term != encode_expression(encoder, other.amount).term


def _both_hold(subject: Subject, record: Record, one: core.Band, other: core.Band) -> bool:
    setting = setting_of(subject.program, record, subject.readings)
    amounts = {evaluate_expression(setting, band.amount).value.point for band in (one, other)}
    return len(amounts) == 2 and all(evaluate_condition(setting, band.condition).holds for band in (one, other))


# --- overrides --------------------------------------------------------------------------------------------------------


def _compatible(subject: Subject) -> Iterator[Claim]:
    """Overrides that can hold of one department and would give it different points."""
    for one, other in _pairs(subject.indicator):
        yield Claim(
            Obligation.COMPATIBLE,
            "",
            False,
            lambda view, one=one, other=other: (
                encode_condition(view.encoder, one.condition).yes,
                encode_condition(view.encoder, other.condition).yes,
            ),
            lambda record, one=one, other=other: _both_called(subject, record, one, other),
            other.span,
            f"{effect_words(one)}／{effect_words(other)}",
            other=one.span,
        )


def _pairs(indicator: core.Indicator) -> Iterator[tuple[core.Override, core.Override]]:
    """Two overrides on one scope, or on an indicator and one of its clauses; in the order in which they are tried."""
    scopes = [indicator.overrides]
    for clause in core.clauses_of(indicator.rule):
        scopes.append((*indicator.overrides, *clause.overrides))
    seen: set[tuple[int, int]] = set()
    for scope in scopes:
        ordered = [o for kind in core.OverrideKind for o in scope if o.kind is kind and o.cap is None]
        for index, one in enumerate(ordered):
            for other in ordered[index + 1 :]:
                same = (one.effect, one.penalty) == (other.effect, other.penalty)
                if not same and (id(one), id(other)) not in seen:
                    seen.add((id(one), id(other)))
                    yield one, other


def effect_words(override: core.Override) -> str:
    """What an override does: 得0分, 不适用."""
    beyond = f"再倒扣 {plain(override.penalty)} 分" if override.penalty else ""
    return f"{override.effect.value}{beyond}"


def _both_called(subject: Subject, record: Record, one: core.Override, other: core.Override) -> bool:
    setting = setting_of(subject.program, record, subject.readings)
    return all(evaluate_condition(setting, override.condition).holds for override in (one, other))


def shared_findings(subject: Subject) -> Iterator[tuple[core.Judgement, core.Override, str]]:
    """Judgements at discretion and vetoes of the whole indicator that name the same finding: their common words."""
    texts = {clause.path: clause.text for clause in core.clauses_of(subject.indicator.rule)}
    vetoes = [
        o for o in subject.indicator.overrides if o.kind is core.OverrideKind.VETO and o.effect is core.Effect.ZERO
    ]
    for judgement in subject.program.judgements:
        if judgement.indicator != subject.indicator.name or not judgement.partial:
            continue
        for veto in vetoes:
            text = texts.get(judgement.path, judgement.text)
            words = _in_common(text, veto.text)
            if words and veto.text not in text:
                yield judgement, veto, words


def _in_common(left: str, right: str) -> str:
    """The longest run of at least four characters that both texts have."""
    best = ""
    for run in _COMMON_WORDS.findall(left):
        for start in range(len(run) - 3):
            for end in range(start + max(4, len(best) + 1), len(run) + 1):
                if run[start:end] not in right:
                    break
                best = run[start:end]
    return best


# --- before anything is cut off ---------------------------------------------------------------------------------------


def raw_of(subject: Subject, record: Record, place: Place) -> Fraction | None:
    """What a rule gave before it was brought within its points, read off the trace."""
    values: list[Fraction] = []
    for step in steps_of(subject, record, place):
        if step.kind in (StepKind.CAP, StepKind.FLOOR):
            break
        if step.value is not None and step.value.point is not None:
            values.append(step.value.point)
    if isinstance(place.rule, core.Deductions):
        return values[0] - sum(values[1:], ZERO) if values else None
    return values[-1] if values else None


def raw_sum(subject: Subject, record: Record, places: tuple[Place, ...]) -> Fraction | None:
    values = [raw_of(subject, record, place) for place in places]
    known = [value for value in values if value is not None]
    return sum(known, ZERO) if len(known) == len(values) else None


# --- the trace of a record --------------------------------------------------------------------------------------------


def steps_of(subject: Subject, record: Record, place: Place) -> Iterator[Step]:
    """The steps that the evaluator took for one rule."""
    outcome, _ = subject.outcome(record)
    for step in _every_step(outcome):
        if _inside(step.span, place.rule.span):
            yield step


def _every_step(outcome: IndicatorOutcome) -> Iterator[Step]:
    yield from outcome.steps
    yield from _clause_steps(outcome.clauses)


def _clause_steps(clauses: tuple[ClauseOutcome, ...]) -> Iterator[Step]:
    for clause in clauses:
        yield from clause.steps
        yield from _clause_steps(clause.children)


def _inside(inner: Span, outer: Span) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end
