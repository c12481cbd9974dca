"""A comparison of two editions as JSON values.

Takes a revision; gives the document of `rubric diff --format json`: `changes`, `unchanged`, `data`. Never compares.
"""

from collections.abc import Iterable
from fractions import Fraction

from rubric.core import program as core
from rubric.core.intervals import Interval
from rubric.core.numbers import fixed
from rubric.core.record import Record
from rubric.diagnostics.model import Diagnostic
from rubric.diagnostics.render import as_json
from rubric.reporting.revision_words import facts_words, proof_words, region_words, standing_words
from rubric.revision.changes import Change, Condition, Region, Revision, Reworded, Settled, Standing, Witness
from rubric.revision.wording import Replaced


def diff_document(revision: Revision, diagnostics: Iterable[Diagnostic] = ()) -> dict[str, object]:
    alignment = revision.alignment
    return {
        "schema_version": "1",
        "old": edition(revision.old),
        "new": edition(revision.new),
        "changes": [_change(revision, change) for change in revision.changes],
        "unchanged": [
            {"indicator": one.indicator, "meaning": one.meaning.value, "ground": one.verdict.ground.value}
            for one in revision.unchanged
        ],
        "indicators": {name: verdict.meaning.value for name, verdict in revision.indicators.items()},
        "matched": [
            {"old": pair.old.name, "new": pair.new.name, "how": pair.how.value} for pair in alignment.indicators
        ],
        "data": {
            "added": [d.name for d in alignment.fresh],
            "removed": [d.name for d in alignment.gone],
            "redefined": [{"datum": new.name, "what": list(other)} for _, new, other in alignment.redefined],
            "matched": [
                {
                    "old": pair.old.name,
                    "new": pair.new.name if pair.new is not None else None,
                    "computed_as": pair.quantity.name if pair.quantity is not None else None,
                    "how": pair.how.value,
                }
                for pair in alignment.data
                if pair.new is None or pair.new.name != pair.old.name
            ],
        },
        "findings": [as_json(diagnostic) for diagnostic in diagnostics],
    }


def edition(program: core.Program) -> dict[str, object]:
    return {
        "title": program.title,
        "fiscal_year": program.fiscal_year,
        "status": program.status or None,
        "meaning_sha256": program.meaning_sha256,
        "source_sha256": program.source_sha256,
    }


def _change(revision: Revision, change: Change) -> dict[str, object]:
    places = revision.new.scoring.places
    witnesses = [_witness(revision, witness, places) for witness in change.verdict.witnesses]
    return {
        "kind": change.kind.value,
        "aspects": [kind.value for kind in change.aspects],
        "indicator": change.indicator or None,
        "old_indicator": change.old_name or None,
        "clause": change.path or None,
        "meaning": change.meaning.value,
        "ground": change.verdict.ground.value,
        "proof": proof_words(change) or None,
        "reason": change.verdict.reason or None,
        "witness": witnesses[0] if witnesses else None,
        "witnesses": witnesses,
        "regions": [_region(region) for region in change.verdict.regions],
        "text_old": change.text_old or None,
        "text_new": change.text_new or None,
        "words": _words(change.words),
        "values": [{"what": what, "old": old or None, "new": new or None} for what, old, new in change.of],
        "settled": [_settled(revision, one, places) for one in change.settled],
        "data_added": list(change.data_added),
        "data_removed": list(change.data_removed),
        "silent": change.silent,
        "also": [_reworded(one) for one in change.also],
    }


def _witness(revision: Revision, witness: Witness, places: int) -> dict[str, object]:
    return {
        "direction": witness.direction.value,
        "note": "为说明差别而设的部门，不是实际单位",
        "facts_old": list(facts_words(witness.old_record, revision.old)),
        "facts_new": list(facts_words(witness.new_record, revision.new)),
        "values_old": record_values(witness.old_record),
        "values_new": record_values(witness.new_record),
        "old": _standing(witness.old, places),
        "new": _standing(witness.new, places),
    }


def record_values(record: Record) -> dict[str, object]:
    """Facts in base units as exact fractions, judgements by their labels."""
    return {
        "facts": [
            {"datum": name, "part": part, "value": _value(fact.value)} for (name, part), fact in record.facts.items()
        ],
        "judgements": [
            {"indicator": name, "label": label, "points": str(given.points)}
            for (name, label), given in record.judgements.items()
        ],
    }


def _value(value: object) -> object:
    match value:
        case bool() | str():
            return value
        case Fraction():
            return str(value)
        case tuple():
            return [{name: _value(cell) for name, cell in row.items()} for row in value]  # pyright: ignore
        case _:
            return None


def _standing(standing: Standing, places: int) -> dict[str, object]:
    return {
        "score": fixed(standing.score, places) if standing.score is not None else None,
        "exact": str(standing.exact) if standing.exact is not None else None,
        "not_applicable": str(standing.away),
        "words": standing_words(standing, places),
    }


def _region(region: Region) -> dict[str, object]:
    return {
        "direction": region.direction.value,
        "exact": region.exact,
        "words": region_words(region),
        "conditions": [_condition(condition) for condition in region.conditions],
    }


def _condition(condition: Condition) -> dict[str, object]:
    return {
        "name": condition.name,
        "unit": condition.unit.name if condition.unit is not None else None,
        "bands": [_band(band) for band in condition.bands],
        "states": list(condition.states),
    }


def _band(band: Interval) -> dict[str, object]:
    return {
        "low": str(band.low) if band.low is not None else None,
        "low_inclusive": band.low is not None and band.low_inclusive,
        "high": str(band.high) if band.high is not None else None,
        "high_inclusive": band.high is not None and band.high_inclusive,
    }


def _settled(revision: Revision, one: Settled, places: int) -> dict[str, object]:
    return {
        "choice": one.choice,
        "taken": one.taken,
        "other": one.other,
        "meaning": one.meaning.value,
        "witness": _witness(revision, one.witness, places) if one.witness is not None else None,
    }


def _reworded(one: Reworded) -> dict[str, object]:
    return {"clause": one.path or None, "text_old": one.old, "text_new": one.new, "words": _words(one.words)}


def _words(words: tuple[Replaced, ...]) -> list[dict[str, str]]:
    return [{"same": word.same} if word.same else {"before": word.before, "after": word.after} for word in words]
