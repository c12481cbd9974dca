"""What the audit says of a claimed score.

Takes an outcome; gives one verdict for each indicator that has a claimed score. Never changes a score.

Let S be the computed score, and A every score that is attainable when readings take their named alternatives, facts that
are not reported and all judgements take every admissible value, and rates printed rounded every value that prints so.

    一致            the claim is S, no assumed fact is used, and a clause with points is computed from reported facts
    另一口径下一致   not S, but the score under other named readings, all else as it is
    偏高 偏低        above, below every value of A
    不可能          between the least and the greatest of A, yet no value of A
    无法核验        otherwise, and wherever the search for values of A was not finished
"""

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction

import attrs

from rubric.audit import errors, reasons
from rubric.audit.case import Case, Nearest
from rubric.audit.neat import neat
from rubric.audit.search import Found, Search
from rubric.audit.unknowns import labelled, spaces_of, with_readings
from rubric.core import program as core
from rubric.core.numbers import ZERO, round_half_up
from rubric.core.record import Basis, Record
from rubric.core.walk import within
from rubric.diagnostics.model import Diagnostic
from rubric.evaluator.evaluate import evaluate_indicator, setting_of
from rubric.evaluator.outcome import IndicatorOutcome, Outcome, Status, Step, StepKind
from rubric.evaluator.quantities import Setting
from rubric.source import SourceText

CONSISTENT, OTHER_READING, TOO_HIGH, TOO_LOW, IMPOSSIBLE, UNVERIFIABLE = (
    "一致",
    "另一口径下一致",
    "偏高",
    "偏低",
    "不可能",
    "无法核验",
)
_OVERRIDES = (StepKind.VETO, StepKind.EXEMPTION, StepKind.UNDEFINED, StepKind.GUARD)


@attrs.frozen
class Verdict:
    """`verdict` is one of 一致 · 另一口径下一致 · 偏高 · 偏低 · 不可能 · 无法核验; `reading` names the other 口径.

    `indicator` is the name, `id` the number; `computed` is None while pending. No attainable score is outside `least`
    and `greatest` (None where that was not needed). `below` and `above` are the attainable scores nearest to an
    impossible claim, with the values that give them. `why` are sentences in numbers.
    """

    indicator: str
    claimed: Fraction
    verdict: str
    reading: str = ""
    why: tuple[str, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    id: str = ""
    computed: Fraction | None = None
    least: Fraction | None = None
    greatest: Fraction | None = None
    below: Nearest | None = None
    above: Nearest | None = None


def audit(
    outcome: Outcome, readings: Mapping[str, int] | None = None, source: SourceText | None = None
) -> tuple[Verdict, ...]:
    """One verdict for each indicator of `outcome.record.claimed`.

    `readings` are those that the outcome was evaluated with; `source` is the rubric's text, for the places of findings.
    """
    auditor = _Auditor(outcome, readings, source)
    claimed = outcome.record.claimed
    return tuple(
        auditor.verdict(o, claimed[o.indicator.name]) for o in outcome.indicators if o.indicator.name in claimed
    )


def cross_check(outcome: Outcome) -> tuple[Diagnostic, ...]:
    """Findings about the claimed scores as a whole: the stated sum, and lines without a claim."""
    record = outcome.record
    if not record.claimed:
        return ()
    places = outcome.program.scoring.places
    found: list[Diagnostic] = []
    without = [i.name for i in outcome.program.indicators if i.name not in record.claimed]
    if without:
        found.append(errors.without_claim(record.source, without))
    total = sum(record.claimed.values(), ZERO)
    if record.claimed_total is not None and not without and record.claimed_total != total:
        found.append(errors.total_differs(record.source, record.claimed_total, total, places))
    return tuple(found)


class _Auditor:
    """What the verdicts of one outcome share; an inner detail of this module."""

    def __init__(self, outcome: Outcome, readings: Mapping[str, int] | None, source: SourceText | None) -> None:
        self.program = outcome.program
        self.source = source
        record = outcome.record
        self.setting = labelled(setting_of(outcome.program, record, readings))
        self.without_assumed = attrs.evolve(self.setting, record=_without_assumed(self.setting.record))
        self.reported = attrs.evolve(self.setting, record=_reported(self.setting.record))

    def verdict(self, outcome: IndicatorOutcome, claimed: Fraction) -> Verdict:
        indicator, score = outcome.indicator, outcome.score
        if score is not None and score == claimed and self._is_consistent(indicator, score):
            why = (reasons.consistent(outcome, self.places),)
            return Verdict(indicator.name, claimed, CONSISTENT, why=why, id=indicator.id, computed=score)
        spaces, complete = spaces_of(self.setting, self.program, indicator)
        search = Search(self.program, indicator, spaces)
        case = Case(self.program, self.setting, outcome, claimed, search, self.places, self.source)
        if claimed == score:
            return self._unverifiable(case, Found(score, None, score))
        other = self._other_reading(case)
        if other is not None:
            return other
        if _has_error(indicator):
            return self._unverifiable(case, None)
        return self._searched(case, complete)

    @property
    def places(self) -> int:
        return self.program.scoring.places

    # --- 一致 ---------------------------------------------------------------------------------------------------------

    def _is_consistent(self, indicator: core.Indicator, score: Fraction) -> bool:
        """Whether the score needs no assumed fact, and reported facts alone decide a clause with points."""
        if self._evaluated(self.without_assumed, indicator).score != score:
            return False
        reported = self._evaluated(self.reported, indicator)
        if reported.status is Status.SCORED and _is_computed(indicator.rule, reported.steps):
            return True
        return any(
            clause.status is Status.SCORED
            and clause.clause.points > 0
            and _is_computed(clause.clause.rule, clause.steps)
            for top in reported.clauses
            for clause in (top, *top.children)
        )

    def _evaluated(self, setting: Setting, indicator: core.Indicator) -> IndicatorOutcome:
        return evaluate_indicator(setting, self.program, indicator)[0]

    # --- 另一口径下一致 -------------------------------------------------------------------------------------------------

    def _other_reading(self, case: Case) -> Verdict | None:
        for number, space in enumerate(case.search.spaces):
            if not space.changed or (space.allows_record and case.search.excludes(number, case.claimed)):
                continue
            found = self._evaluated(with_readings(self.setting, space.changed), case.indicator)
            if found.score == case.claimed:
                reading = reasons.reading_text(case, space.changed)
                why = reasons.other_reading(case, space.changed)
                finding = errors.other_reading(case, reading, why)
                return self._made(case, OTHER_READING, (why,), finding, reading=reading)
        return None

    # --- the others ---------------------------------------------------------------------------------------------------

    def _searched(self, case: Case, complete: bool) -> Verdict:
        search, claimed = case.search, case.claimed
        step = Fraction(1, 10**self.places)
        rounded_claim = round_half_up(claimed, self.places)
        floor = rounded_claim if rounded_claim <= claimed else rounded_claim - step
        at = search.aimed(claimed) if claimed == floor else None
        if at is not None:
            return self._unverifiable(case, neat(search, Found(claimed, at, claimed)))
        below = search.greatest(floor)
        possible = claimed == floor and below.bound == floor
        if possible or not complete:
            return self._unverifiable(case, neat(search, below) if below.value == claimed else None)
        above = search.least(floor + step)
        if below.value is None and above.value is None:
            return self._unverifiable(case, None)
        if above.bound is None:
            why = reasons.too_high(case, below)
            return self._made(case, TOO_HIGH, why, errors.too_high(case, below.bound, why), greatest=below.bound)
        if below.bound is None:
            why = reasons.too_low(case, above)
            return self._made(case, TOO_LOW, why, errors.too_low(case, above.bound, why), least=above.bound)
        if below.value is None or above.value is None or below.at is None or above.at is None:
            return self._unverifiable(case, None)
        below, above = neat(search, below), neat(search, above)
        assert below.value is not None and below.at is not None and above.value is not None and above.at is not None
        nearest = (reasons.nearest(case, below.value, below.at), reasons.nearest(case, above.value, above.at))
        why = (reasons.impossible(case, below, above),)
        finding = errors.impossible(case, why)
        return attrs.evolve(self._made(case, IMPOSSIBLE, why, finding), below=nearest[0], above=nearest[1])

    def _unverifiable(self, case: Case, attained: Found | None) -> Verdict:
        why = reasons.unverifiable(case, attained)
        return self._made(case, UNVERIFIABLE, why, errors.unverifiable(case, why))

    def _made(
        self,
        case: Case,
        verdict: str,
        why: tuple[str, ...],
        finding: Diagnostic,
        *,
        reading: str = "",
        least: Fraction | None = None,
        greatest: Fraction | None = None,
    ) -> Verdict:
        low, high = case.search.hull()
        return Verdict(
            case.indicator.name,
            case.claimed,
            verdict,
            reading,
            why,
            (finding,),
            case.indicator.id,
            case.outcome.score,
            low if least is None else least,
            high if greatest is None else greatest,
        )


# --- what a score rests on --------------------------------------------------------------------------------------------


def _without_assumed(record: Record) -> Record:
    return attrs.evolve(
        record,
        facts={key: fact for key, fact in record.facts.items() if fact.basis is not Basis.ASSUMED},
        judgements={key: given for key, given in record.judgements.items() if given.basis is not Basis.ASSUMED},
    )


def _reported(record: Record) -> Record:
    facts = {key: fact for key, fact in record.facts.items() if fact.basis is Basis.REPORTED}
    return attrs.evolve(record, facts=facts)


def _is_computed(rule: core.Rule, steps: tuple[Step, ...]) -> bool:
    """Whether facts decide the points: in the rule, or in an override that holds."""
    deciding = [step for step in steps if step.kind in _OVERRIDES and step.holds]
    if deciding:
        return any(step.kind is StepKind.FACT for step in _every(deciding))
    if isinstance(rule, core.Judged | core.Sum | core.Unresolved):
        return False
    return any(step.kind is StepKind.FACT for step in _every(s for s in steps if s.kind not in _OVERRIDES))


def _every(steps: Iterable[Step]) -> Iterator[Step]:
    for step in steps:
        yield step
        yield from _every(step.children)


def _has_error(indicator: core.Indicator) -> bool:
    """Whether a clause cannot be computed at all because of the rubric's own text."""
    return any(isinstance(node, core.Unresolved) for node in within(indicator.rule))
