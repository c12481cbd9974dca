"""One scoring with everything a report shows beside it.

Takes nothing; gives the frozen value `Scored` and the few sums that text and JSON share. Never words.
"""

from collections.abc import Mapping
from fractions import Fraction

import attrs

from rubric.audit.verdicts import Verdict
from rubric.core.numbers import ZERO
from rubric.core.program import Yields
from rubric.diagnostics.model import Diagnostic, Severity
from rubric.evaluator.outcome import IndicatorOutcome, Outcome
from rubric.source import SourceText


@attrs.frozen
class Scored:
    """`diagnostics` are all findings on the way: of the rubric, the facts, the evaluation and the audit.

    `origin` says where the rubric was found; `overridden` are the 口径 named for this run, with what was taken.
    """

    outcome: Outcome
    source: SourceText
    verdicts: tuple[Verdict, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    origin: str = ""
    overridden: tuple[tuple[str, str], ...] = ()


def verdicts_by_name(scored: Scored) -> Mapping[str, Verdict]:
    return {verdict.indicator: verdict for verdict in scored.verdicts}


def claimed_of(scored: Scored, outcome: IndicatorOutcome) -> Fraction | None:
    return scored.outcome.record.claimed.get(outcome.indicator.name)


def reviewed_of(scored: Scored, outcome: IndicatorOutcome) -> Fraction | None:
    return scored.outcome.record.reviewed.get(outcome.indicator.name)


def deviation(claimed: Fraction | None, score: Fraction | None) -> Fraction | None:
    """How much more is claimed than was reckoned."""
    return None if claimed is None or score is None else claimed - score


def complete_sum(scores: Mapping[str, Fraction], outcomes: tuple[IndicatorOutcome, ...]) -> Fraction | None:
    """The sum over those of `outcomes` that come to points; None where a score is not stated."""
    values = [scores.get(o.indicator.name) for o in outcomes if o.indicator.yields is Yields.POINTS]
    stated = [value for value in values if value is not None]
    return sum(stated, ZERO) if stated and len(stated) == len(values) else None


_RANK = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.NOTE: 2}


def in_order(diagnostics: tuple[Diagnostic, ...]) -> tuple[Diagnostic, ...]:
    """Each finding once, the gravest first."""
    seen: set[tuple[str, str, str]] = set()
    kept: list[Diagnostic] = []
    for diagnostic in diagnostics:
        key = (diagnostic.code, diagnostic.title, diagnostic.place)
        if key not in seen:
            seen.add(key)
            kept.append(diagnostic)
    return tuple(sorted(kept, key=lambda diagnostic: _RANK[diagnostic.severity]))
