"""The proofs of a rubric.

Takes a program; gives, for every obligation on every rule, indicator and the total, whether it is proved for all facts,
refuted with a department, or not known with the reason. Never a proof without the solver; never a department that the
evaluator does not reproduce.
"""

from collections.abc import Iterator, Mapping
from enum import StrEnum
from fractions import Fraction

import attrs

from rubric.analysis.clauses import Place, places_of
from rubric.core import program as core
from rubric.core.record import Record
from rubric.core.walk import choices_used
from rubric.proving import solver
from rubric.proving.departments import Goal, find_department
from rubric.proving.directions import direction_claims, profile_claims
from rubric.proving.obligations import Change, Claim, Obligation, claims_of, ends, raw_of, raw_sum, shared_findings
from rubric.proving.solver import Answer, number
from rubric.proving.views import Subject, Terms, Views, exists, none_of
from rubric.source import Span

ZERO = Fraction(0)
_NO_SOLVER = "没有用求解器，不作证明"


class Verdict(StrEnum):
    PROVED = "成立"
    REFUTED = "不成立"
    UNKNOWN = "未能确定"


@attrs.frozen
class Proof:
    """One obligation settled, or not.

    `path` is that of the clause, "" for the whole indicator; an empty `indicator` is the total. `witness` is a department
    that shows it: one that breaks what must hold, or that reaches what must be reached. `value` is the number that shows it, in 分: the raw score that leaves the points, the
    greatest or the least score within reach. `reading` is the 口径 and the alternative under which it was asked, where that
    is not the rubric's own. `other` is the place of the first of two things that meet, `change` what
    was done better and scores less. `solved` tells whether a solver was
    there to ask.
    """

    obligation: Obligation
    indicator: str
    path: str
    verdict: Verdict
    span: Span
    about: str = ""
    witness: Record | None = None
    value: Fraction | None = None
    reason: str = ""
    reading: tuple[str, str] | None = None
    other: Span | None = None
    change: Change | None = None
    solved: bool = True


def prove(program: core.Program, *, solve: bool = True) -> tuple[Proof, ...]:
    """Every proof of a rubric, by indicator in the order of the table, the total last.

    Without `solve`, or without the solver, what needs it is unknown.
    """
    solve = solve and solver.available()
    found = [proof for indicator in program.indicators for proof in prove_indicator(program, indicator, solve=solve)]
    return (*found, *_total(program, solve))


def prove_indicator(program: core.Program, indicator: core.Indicator, *, solve: bool) -> Iterator[Proof]:
    """The proofs of one indicator under the rubric's own readings, then what another reading would change."""
    subject = Subject(program, indicator, {})
    places = tuple(places_of(indicator))
    if indicator.yields is not core.Yields.POINTS or any(isinstance(p.rule, core.Unresolved) for p in places):
        return  # what an error leaves open has its finding already
    yield from _ranges(subject, solve)
    yield from _separate(subject)
    if not solve:
        for claim in all_claims(subject, places):
            yield attrs.evolve(_proof(subject, claim, Verdict.UNKNOWN, reason=_NO_SOLVER), solved=False)
        return
    views = Views(subject)
    own = settled_all(views, tuple(all_claims(subject, places)))
    yield from own
    yield from _under_other_readings(subject, own, views.met)


def all_claims(subject: Subject, places: tuple[Place, ...]) -> Iterator[Claim]:
    """What must hold of an indicator, and what its author declares."""
    yield from claims_of(subject, places)
    yield from profile_claims(subject)
    yield from direction_claims(subject)


def settled_all(views: Views, claims: tuple[Claim, ...]) -> list[Proof]:
    """Every claim settled. What no facts may do is first excluded in one question, which most rubrics answer."""
    excluded = none_of(views, [claim.terms for claim in claims if not claim.some])
    return [
        _proof(views.subject, claim, Verdict.PROVED) if excluded and not claim.some else settled(views, claim)
        for claim in claims
    ]


def settled(views: Views, claim: Claim) -> Proof:
    """A claim proved, refuted with a department, or not known."""
    subject = views.subject
    found = exists(views, claim.terms, claim.accept, smallest=not claim.some)
    if found.answer is Answer.UNKNOWN:
        return _proof(subject, claim, Verdict.UNKNOWN, reason=found.reason)
    good = (found.answer is Answer.YES) is claim.some
    value, witness = _value(subject, claim, found.record), found.record
    if not good and claim.obligation in (Obligation.FULL, Obligation.PROFILE):
        value, witness = furthest(views, claim.within, most=True)
    elif not good and claim.obligation is Obligation.ZERO:
        value, witness = furthest(views, claim.within, most=False)
    return _proof(subject, claim, Verdict.PROVED if good else Verdict.REFUTED, witness, value)


def _proof(
    subject: Subject,
    claim: Claim,
    verdict: Verdict,
    witness: Record | None = None,
    value: Fraction | None = None,
    reason: str = "",
) -> Proof:
    return Proof(
        claim.obligation,
        subject.indicator.name,
        claim.path,
        verdict,
        claim.span,
        claim.about,
        witness,
        value=value,
        reason=reason,
        other=claim.other,
        change=claim.change(witness) if claim.change is not None and witness is not None else None,
    )


def _value(subject: Subject, claim: Claim, record: Record | None) -> Fraction | None:
    """The number a rule gave before it was cut off, or the score."""
    if record is None:
        return None
    places = tuple(places_of(subject.indicator))
    match claim.obligation:
        case Obligation.MOST if isinstance(subject.indicator.rule, core.Sum) and not claim.path:
            return raw_sum(subject, record, places)
        case Obligation.MOST | Obligation.LEAST:
            return raw_of(subject, record, next(p for p in places if p.rule.span == claim.span))
        case _:
            return subject.score(record)


# --- how far a score reaches ------------------------------------------------------------------------------------------


def furthest(views: Views, terms: Terms, *, most: bool) -> tuple[Fraction | None, Record | None]:
    """The greatest (or least) score of departments that meet the terms, with one that has it.

    What the linear terms allow is a limit for all departments; it is the answer only where one reaches it. Else none is
    given: the best department found is not known to be the best there is.
    """
    subject, view, finding = views.subject, views.proving, views.finding
    sign = number(Fraction(1) if most else Fraction(-1))
    limit = solver.greatest(view.whole.value * sign, (*view.encoder.space.constraints, *terms(view)))
    if limit is None:
        return None, None
    score = limit if most else -limit
    reached = (*terms(finding), finding.whole.value == number(score))
    goal = Goal(finding.encoder.space, reached, (finding.encoder.rows,))
    record = find_department(goal, lambda record: subject.score(record) == score)
    return (None, None) if record is None else (score, record)


# --- what needs no solver ---------------------------------------------------------------------------------------------


def _ranges(subject: Subject, solve: bool) -> Iterator[Proof]:
    """What a person may give lies between 0 and the points of the place where it is asked."""
    verdict = Verdict.PROVED if solve else Verdict.UNKNOWN
    for place in places_of(subject.indicator):
        if not isinstance(place.rule, core.Judged):
            continue
        judgement = next(j for j in subject.program.judgements if j.key == place.rule.judgement)
        sound = ZERO <= judgement.low <= judgement.high <= place.points
        yield Proof(
            Obligation.RANGE,
            subject.indicator.name,
            place.path,
            verdict if sound else Verdict.REFUTED,
            place.rule.span,
            judgement.label,
            reason="" if verdict is Verdict.PROVED or not sound else _NO_SOLVER,
            solved=verdict is Verdict.PROVED,
        )


def _separate(subject: Subject) -> Iterator[Proof]:
    for judgement, veto, words in shared_findings(subject):
        yield Proof(
            Obligation.SEPARATE,
            subject.indicator.name,
            judgement.path,
            Verdict.REFUTED,
            judgement.span,
            words,
            reason=veto.text,
        )


# --- other readings ---------------------------------------------------------------------------------------------------


def _under_other_readings(subject: Subject, own: list[Proof], met: list[Record]) -> Iterator[Proof]:
    """Where another alternative of a 口径 changes whether full points, or none, are within reach."""
    known = {(proof.obligation, proof.about): proof for proof in own if proof.path == ""}
    for name in choices_used((subject.indicator.rule, subject.indicator.overrides)):
        choice = subject.program.choice(name)
        for index, alternative in enumerate(choice.alternatives):
            if index == choice.default:
                continue
            other = attrs.evolve(subject, readings={name: index})
            views = Views(other, list(met))
            for claim in (*ends(other), *profile_claims(other)):
                proof = settled(views, claim)
                before = known.get((claim.obligation, claim.about))
                if before is None or (proof.verdict, proof.value) != (before.verdict, before.value):
                    yield attrs.evolve(proof, reading=(name, alternative.name))


# --- the total --------------------------------------------------------------------------------------------------------


def _total(program: core.Program, solve: bool) -> Iterator[Proof]:
    """The total lies within the points where every indicator does, and their points add up."""
    scored = [i for i in program.indicators if i.yields is core.Yields.POINTS]
    if not scored:
        return
    span = scored[0].span
    added = sum((i.points for i in scored), ZERO)
    limited = all(i.is_bounded for i in scored)
    if not solve:
        yield Proof(Obligation.MOST, "", "", Verdict.UNKNOWN, span, reason=_NO_SOLVER, solved=False)
        return
    verdict = Verdict.PROVED if added <= program.points and limited else Verdict.REFUTED
    yield Proof(Obligation.MOST, "", "", verdict, span, value=added)


def by_indicator(proofs: tuple[Proof, ...]) -> Mapping[str, tuple[Proof, ...]]:
    """The proofs under the name of their indicator, the total under the empty name."""
    found: dict[str, tuple[Proof, ...]] = {}
    for proof in proofs:
        found[proof.indicator] = (*found.get(proof.indicator, ()), proof)
    return found
