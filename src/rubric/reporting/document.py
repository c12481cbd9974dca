"""A scoring as JSON, by the schema `outcome-1.json` that ships with the package.

Takes one scoring; gives plain JSON values. Scores are strings with the rubric's decimals, null while pending; exact
values are fraction strings. Never a float.
"""

from collections.abc import Iterable, Mapping
from fractions import Fraction

from rubric.core.intervals import Range
from rubric.core.numbers import fixed
from rubric.core.program import Program, Yields
from rubric.diagnostics.model import Diagnostic
from rubric.evaluator.outcome import ClauseOutcome, IndicatorOutcome, Missing, Status, Step, StepKind
from rubric.reporting.explain import explain_clause, explain_indicator
from rubric.reporting.formula import with_numbers
from rubric.reporting.quantities import signed
from rubric.reporting.results import result_of
from rubric.reporting.scored import (
    Scored,
    claimed_of,
    complete_sum,
    deviation,
    in_order,
    reviewed_of,
    verdicts_by_name,
)
from rubric.reporting.total import total_before, total_json
from rubric.source import NOWHERE, SourceText
from rubric.version import ENGINE

SCHEMA_VERSION = "1"

Json = dict[str, object]


def outcome_document(scored: Scored) -> Json:
    """The whole document; key by key as the schema lists them."""
    outcome = scored.outcome
    places = outcome.program.scoring.places
    return {
        "schema_version": SCHEMA_VERSION,
        "engine": ENGINE,
        "rubric": rubric_json(outcome.program),
        "facts_sha256": outcome.record.sha256,
        "total": _score(outcome.total, places),
        "total_low": fixed(outcome.total_low, places),
        "total_high": fixed(outcome.total_high, places),
        "points": fixed(outcome.points, places),
        "grade": outcome.grade,
        "total_before_rules": total_before(outcome),
        "total_rules": total_json(outcome),
        "claimed_total": _score(complete_sum(outcome.record.claimed, outcome.indicators), places),
        "indicators": [_indicator(scored, indicator) for indicator in outcome.indicators],
        "missing": [_missing(missing, places) for missing in outcome.missing],
        "findings": findings_json(scored.diagnostics),
    }


def rubric_json(program: Program) -> Json:
    return {
        "title": program.title,
        "fiscal_year": program.fiscal_year,
        "status": program.status or None,
        "source_sha256": program.source_sha256,
        "meaning_sha256": program.meaning_sha256,
        "language_version": program.language_version,
    }


def findings_json(diagnostics: Iterable[Diagnostic]) -> list[Json]:
    return [_finding(diagnostic) for diagnostic in in_order(tuple(diagnostics))]


def _finding(diagnostic: Diagnostic) -> Json:
    return {
        "code": diagnostic.code,
        "severity": diagnostic.severity.value,
        "title": diagnostic.title,
        "indicator": diagnostic.indicator,
        "place": diagnostic.place or None,
        "remedy": diagnostic.remedy or None,
        "reason": _hints(diagnostic, "说明"),
        "suggestion": _hints(diagnostic, "建议"),
    }


def _hints(diagnostic: Diagnostic, kind: str) -> str | None:
    return "；".join(hint.text.removesuffix("。") for hint in diagnostic.hints if hint.kind == kind) or None


def _indicator(scored: Scored, outcome: IndicatorOutcome) -> Json:
    places = scored.outcome.program.scoring.places
    indicator = outcome.indicator
    claimed = claimed_of(scored, outcome)
    difference = deviation(claimed, outcome.score)
    verdict = verdicts_by_name(scored).get(indicator.name)
    scored_in_points = indicator.yields is Yields.POINTS
    awarded: Json = {} if scored_in_points else {"yields": indicator.yields.value, "result": result_of(outcome, places)}
    return {
        "id": indicator.id,
        "name": indicator.name,
        "path": [level for level in indicator.path if level],
        "points": fixed(indicator.points, places),
        "score": _score(outcome.score, places) if scored_in_points else None,
        "low": fixed(outcome.low, places),
        "high": fixed(outcome.high, places),
        "exact": _exact(outcome.exact, outcome.status),
        "status": outcome.status.value,
        "claimed": _score(claimed, places),
        "reviewed": _score(reviewed_of(scored, outcome), places),
        "deviation": None if difference is None else signed(difference, places).lstrip("+"),
        "verdict": None if verdict is None else verdict.verdict,
        "readings": _readings(scored.outcome.program, outcome.readings),
        "explanation": explain_indicator(outcome, scored.source, places),
        "clauses": [_clause(clause, indicator.id, scored.source, places) for clause in outcome.clauses],
        **awarded,
    }


def _readings(program: Program, readings: tuple[tuple[str, str], ...]) -> list[Json]:
    known: Mapping[str, tuple[str, ...]] = {c.name: tuple(a.name for a in c.alternatives) for c in program.choices}
    return [
        {"name": name, "taken": taken, "alternatives": [other for other in known.get(name, ()) if other != taken]}
        for name, taken in readings
    ]


def _clause(outcome: ClauseOutcome, indicator: str, source: SourceText, places: int) -> Json:
    clause = outcome.clause
    value = outcome.value
    low = Fraction(0) if value.low is None else value.low
    high = clause.points if value.high is None else value.high
    return {
        "id": f"{indicator}.{clause.path}" if clause.path else indicator,
        "path": clause.path,
        "title": clause.title,
        "text": clause.text,
        "kind": clause.kind.value,
        "points": fixed(clause.points, places),
        "score": _score(value.point, places) if outcome.status is Status.SCORED else None,
        "low": fixed(low, places),
        "high": fixed(high, places),
        "exact": _exact(value, outcome.status),
        "status": outcome.status.value,
        "explanation": explain_clause(outcome, source),
        "steps": [_step(step, source) for step in outcome.steps],
        "clauses": [_clause(child, indicator, source, places) for child in outcome.children],
    }


def _step(step: Step, source: SourceText) -> Json:
    return {
        "kind": step.kind.value,
        "label": step.label,
        "text": step.text or _formula_text(step, source),
        "low": None if step.value is None or step.value.low is None else str(step.value.low),
        "high": None if step.value is None or step.value.high is None else str(step.value.high),
        "unit": None if step.unit is None else step.unit.name,
        "holds": step.holds,
        "state": step.state or None,
        "steps": [_step(child, source) for child in step.children],
    }


def _formula_text(step: Step, source: SourceText) -> str:
    """A formula as issued with its numbers in it: `(18.14%/25%)×1分`."""
    if step.kind is not StepKind.FORMULA or step.span == NOWHERE:
        return ""
    return with_numbers(source, step.span, step)


def _missing(missing: Missing, places: int) -> Json:
    return {
        "fact": missing.fact if missing.part is None else f"{missing.fact}（{missing.part}）",
        "clauses": list(missing.clauses),
        "points_at_stake": fixed(missing.points_at_stake, places),
    }


def _score(value: Fraction | None, places: int) -> str | None:
    return None if value is None else fixed(value, places)


def _exact(value: Range, status: Status) -> str | None:
    return str(value.point) if value.point is not None and status is Status.SCORED else None
