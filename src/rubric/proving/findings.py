"""Proofs that fail, as findings.

Takes the proofs of a program and the codes already found of its indicators; gives findings. A flaw that an earlier finding
names by another way (bands of one quantity, plain divisors) is not named twice. Never a proof.
"""

from collections.abc import Iterator, Mapping
from typing import assert_never

from rubric.analysis.clauses import places_of
from rubric.core import program as core
from rubric.core.record import Record
from rubric.diagnostics.model import Diagnostic
from rubric.facts.written import brief_facts
from rubric.proving import errors
from rubric.proving.obligations import Obligation
from rubric.proving.prove import Proof, Verdict, by_indicator
from rubric.proving.stretches import stretch_of
from rubric.source import SourceText, Span

# What earlier findings say of an indicator where the same obligation fails.
_TOLD: Mapping[Obligation, frozenset[str]] = {
    Obligation.MOST: frozenset({"07"}),
    Obligation.LEAST: frozenset({"07", "06"}),
    Obligation.DEFINED: frozenset({"07"}),
    Obligation.COVERED: frozenset({"05"}),
    Obligation.REACHED: frozenset({"05"}),
    Obligation.APART: frozenset({"05"}),
}


def findings_of(
    source: SourceText, program: core.Program, proofs: tuple[Proof, ...], earlier: tuple[Diagnostic, ...]
) -> tuple[Diagnostic, ...]:
    """The findings of all proofs, by indicator."""
    areas: dict[str | None, set[str]] = {}
    for diagnostic in earlier:
        areas.setdefault(diagnostic.indicator, set()).add(diagnostic.code[1:3])
    found: list[Diagnostic] = []
    for name, group in by_indicator(proofs).items():
        told = areas.get(name, set())
        refuted = [proof for proof in group if proof.verdict is Verdict.REFUTED]
        unmet = {proof.span for proof in refuted if proof.obligation is Obligation.REACHED}
        for proof in refuted:
            meets = proof.obligation is Obligation.APART and proof.span in unmet  # a band never met, told as such
            if not meets and not told & _TOLD.get(proof.obligation, frozenset()):
                found += _refuted(source, program, proof)
        found += _unknown(source, program, name, group)
    if not all(proof.solved for proof in proofs):
        found.append(errors.no_solver())
    return tuple(dict.fromkeys(found))


def _unknown(source: SourceText, program: core.Program, name: str, group: tuple[Proof, ...]) -> Iterator[Diagnostic]:
    """One finding for an indicator, under the rubric's own readings: the reasons are of few kinds."""
    open_proofs = [p for p in group if p.verdict is Verdict.UNKNOWN and p.solved and p.reading is None]
    if open_proofs:
        span = next((first_line(source, i.span) for i in program.indicators if i.name == name), open_proofs[0].span)
        what = list(dict.fromkeys(f"{clause_words(p)}{p.obligation.value}" for p in open_proofs))
        yield errors.not_settled(source, span, name, what, open_proofs[0].reason)


def clause_words(proof: Proof) -> str:
    return f"第{proof.path}点" if proof.path else ""


def facts_of(program: core.Program, record: Record | None) -> list[str]:
    """A department in short lines that can be pasted as a facts file."""
    return [] if record is None else brief_facts(program, record)


def first_line(source: SourceText, span: Span) -> Span:
    """The heading of an indicator, of all that it spans."""
    end = source.text.find("\n", span.start, span.end)
    return span if end < 0 else Span(span.start, end)


def _refuted(source: SourceText, program: core.Program, proof: Proof) -> Iterator[Diagnostic]:
    indicator = next((i for i in program.indicators if i.name == proof.indicator), None)
    if indicator is None:
        return
    name, facts = indicator.name, facts_of(program, proof.witness)
    heading = first_line(source, indicator.span)
    match proof.obligation:
        case Obligation.FULL if proof.reading is not None:
            yield errors.full_points_by_reading(
                source, heading, name, proof.reading, indicator.points, proof.value, facts
            )
        case Obligation.FULL:
            yield errors.full_points_out_of_reach(source, heading, name, indicator.points, proof.value, facts)
        case Obligation.ZERO:
            if proof.value is not None and proof.reading is None:
                yield errors.zero_out_of_reach(source, heading, name, proof.value, facts)
        case Obligation.PROFILE:
            yield errors.profile_out_of_reach(
                source, heading, name, proof.about, indicator.points, proof.value, proof.reading, facts
            )
        case Obligation.MONOTONE:
            if (change := proof.change) is not None:
                direction = str(change.datum.direction)
                scores = (change.before, change.after)
                yield errors.better_scores_less(
                    source, proof.span, name, proof.about, direction, change.words, scores, facts
                )
        case Obligation.DEFINED:
            yield errors.division_not_defined(source, proof.span, name, facts)
        case Obligation.COVERED:
            bands = _bands_at(indicator, proof.span)
            yield errors.facts_between_bands(source, proof.span, name, _where(source, program, proof, bands), facts)
        case Obligation.REACHED:
            yield errors.band_never_met(source, proof.span, name)
        case Obligation.APART:
            pair = tuple(band for band in _every_band(indicator) if band.span in (proof.other, proof.span))
            where = _where(source, program, proof, pair)
            yield errors.bands_meet(source, proof.other or proof.span, proof.span, name, where, facts)
        case Obligation.COMPATIBLE:
            first, second = proof.about.split("／")
            yield errors.overrides_collide(source, proof.other or proof.span, proof.span, name, (first, second), facts)
        case Obligation.SEPARATE:
            yield errors.judged_and_vetoed(source, proof.span, name, proof.path, proof.about, proof.reason)
        case Obligation.MOST | Obligation.CAPPED | Obligation.LEAST | Obligation.RANGE:
            pass  # what is cut off, and a range beyond the points, have findings of their own
        case _:
            assert_never(proof.obligation)


def _where(source: SourceText, program: core.Program, proof: Proof, bands: tuple[core.Band, ...]) -> str:
    """The stretch of facts in which it is so, as the author would write it."""
    indicator = next(i for i in program.indicators if i.name == proof.indicator)
    return "" if proof.witness is None else stretch_of(program, source, indicator, bands, proof.witness)


def _bands_at(indicator: core.Indicator, span: Span) -> tuple[core.Band, ...]:
    tables = (p.rule for p in places_of(indicator) if isinstance(p.rule, core.BandTable) and p.rule.span == span)
    return next((table.bands for table in tables), ())


def _every_band(indicator: core.Indicator) -> Iterator[core.Band]:
    for place in places_of(indicator):
        if isinstance(place.rule, core.BandTable):
            yield from place.rule.bands
