"""What a revision does to departments, as JSON values.

Takes an impact; gives the document of `rubric impact --format json`. Numbers are exact fractions as text, with a rounded one
beside where people read it. Never attributes.
"""

from collections.abc import Iterable
from fractions import Fraction

from rubric.core.numbers import fixed
from rubric.diagnostics.model import Diagnostic
from rubric.diagnostics.render import as_json
from rubric.reporting.diff_document import edition
from rubric.reporting.impact_words import (
    GENERATED,
    assumptions,
    directions,
    edit_label,
    effects,
    grade_moves,
    independent,
    means,
    missing_words,
)
from rubric.revision.impact import Impact, Moved


def impact_document(impact: Impact, diagnostics: Iterable[Diagnostic] = ()) -> dict[str, object]:
    rising, falling, staying = directions(impact)
    before, after = means(impact)
    return {
        "schema_version": "1",
        "old": edition(impact.revision.old),
        "new": edition(impact.revision.new),
        "generated": GENERATED if impact.generated else None,
        "assumptions": list(assumptions(impact)),
        "summary": {
            "departments": len(impact.departments),
            "rising": rising,
            "falling": falling,
            "staying": staying,
            "mean_old": _number(before),
            "mean_new": _number(after),
            "grades": [{"old": a, "new": b, "departments": n} for a, b, n in grade_moves(impact)],
        },
        "edits": [
            {
                "edit": effect.edit.place,
                "kind": effect.edit.kind.value,
                "indicator": effect.edit.indicator or None,
                "clause": effect.edit.path or None,
                "label": effect.label,
                "mean": _number(effect.mean),
                "least": _number(effect.least),
                "most": _number(effect.most),
                "departments": effect.moved,
            }
            for effect in effects(impact)
        ],
        "departments": [_department(impact, one) for one in impact.departments],
        "left_out": [
            {"indicator": name, "departments": count, "missing": lacking}
            for name, count, lacking in missing_words(impact)
        ],
        "independent_data": independent(impact),
        "findings": [as_json(diagnostic) for diagnostic in diagnostics],
    }


def _department(impact: Impact, one: Moved) -> dict[str, object]:
    edits = {edit.place: edit for edit in impact.edits}
    return {
        "name": one.name,
        "old": _number(one.attribution.before),
        "new": _number(one.attribution.after),
        "change": _number(one.change),
        "old_grade": one.old_grade,
        "new_grade": one.new_grade,
        "method": "order" if one.attribution.in_order else "shapley",
        "shares": [
            {"edit": place, "label": edit_label(edits[place]), "share": _number(share)}
            for place, share in one.attribution.shares
        ],
        "left_out": [
            {"indicator": left.indicator, "missing": [{"datum": n, "part": p} for n, p in left.missing]}
            for left in one.left_out
        ],
    }


def _number(value: Fraction) -> dict[str, str]:
    return {"exact": str(value), "rounded": fixed(value, 2)}
