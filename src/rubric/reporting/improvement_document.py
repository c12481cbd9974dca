"""What would have to change, as JSON values.

Takes an improvement; gives plain JSON values: scores as strings with the rubric's decimals, values of facts as people write
them and as exact fractions in base units. Never a float.
"""

from fractions import Fraction

from rubric.core.numbers import fixed
from rubric.improving.improve import Improvement
from rubric.improving.lines import Rise
from rubric.improving.movable import Change, Movable
from rubric.improving.search import Plan
from rubric.reporting.document import ENGINE, SCHEMA_VERSION, findings_json, rubric_json
from rubric.reporting.improvement import change_words, value_text

Json = dict[str, object]


def improvement_document(found: Improvement) -> Json:
    """The whole document."""
    program, outcome = found.standing.program, found.standing.outcome
    places = program.scoring.places
    target = found.target
    searched = found.searched
    return {
        "schema_version": SCHEMA_VERSION,
        "engine": ENGINE,
        "rubric": rubric_json(program),
        "facts_sha256": outcome.record.sha256,
        "total": None if outcome.total is None else fixed(outcome.total, places),
        "grade": outcome.grade,
        "target": None
        if target is None
        else {"words": target.words, "total": fixed(target.low, places), "inclusive": target.inclusive},
        "plans": [] if searched is None else [_plan(plan, places) for plan in searched.plans],
        "best": None if searched is None or searched.best is None else _plan(searched.best, places),
        "exact": None if searched is None else searched.exact,
        "complete": None if searched is None else searched.complete,
        "thresholds": [_rise(rise, places) for rise in found.rises],
        "kept": [{"names": list(kept.names), "reason": kept.why} for kept in found.kept],
        "findings": findings_json(found.diagnostics),
    }


def _plan(plan: Plan, places: int) -> Json:
    return {
        "changes": [change_json(change) for change in plan.changes],
        "total": fixed(plan.total, places),
        "grade": plan.grade,
        "relative_change": fraction_text(plan.cost),
        "minimal": plan.sure,
        "indicators": [
            {"id": indicator.id, "name": indicator.name, "before": fixed(before, places), "after": fixed(after, places)}
            for indicator, before, after in plan.scores
        ],
    }


def _rise(rise: Rise, places: int) -> Json:
    return {
        "indicator": {"id": rise.indicator.id, "name": rise.indicator.name},
        "change": change_json(rise.change),
        "score": fixed(rise.score, places),
        "gain": fixed(rise.gain, places),
        "total_gain": fixed(rise.net, places),
        "gain_of_last_step": fixed(rise.jump, places),
    }


def change_json(change: Change) -> Json:
    """One change: which fact, from what to what."""
    movable = change.movable
    name, part = movable.key
    return {
        "fact": name,
        "part": part,
        "is_judgement": movable.is_judgement,
        "from": _value(movable, movable.at),
        "to": _value(movable, change.to),
        "relative_change": fraction_text(change.cost),
        "words": change_words(change),
    }


def _value(movable: Movable, value: Fraction | str) -> Json:
    return {"text": value_text(movable, value), "exact": value if isinstance(value, str) else fraction_text(value)}


def fraction_text(value: Fraction) -> str:
    """`3/4`, `2`."""
    return str(value.numerator) if value.denominator == 1 else f"{value.numerator}/{value.denominator}"
