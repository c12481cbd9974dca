"""The ledger of a rubric as JSON values.

Takes a program and its findings; gives what `rubric check --format json` prints. Never scores anything.
"""

from fractions import Fraction

from rubric.analysis.ledger import overall_data, points_by_kind, unused
from rubric.analysis.study import Study
from rubric.core.numbers import plain
from rubric.core.program import ChoiceOrigin, ClauseKind, Program
from rubric.diagnostics.model import Diagnostic
from rubric.improving.ambiguities import Readings
from rubric.proving.prove import Proof
from rubric.reporting.ambiguities import readings_document
from rubric.reporting.document import findings_json, rubric_json
from rubric.reporting.ledger import sentence_kinds
from rubric.reporting.ledger_sections import (
    discretion_document,
    groups_document,
    needs_document,
    share,
    sums_document,
)
from rubric.reporting.proofs import proofs_document
from rubric.reporting.reach import reach_document
from rubric.version import ENGINE

SCHEMA_VERSION = "1"


def ledger_document(
    program: Program,
    diagnostics: tuple[Diagnostic, ...],
    proofs: tuple[Proof, ...] | None = None,
    study: Study | None = None,
    readings: Readings | None = None,
) -> dict[str, object]:
    """`proofs`, `study` and `readings` are there where a check was asked for."""
    studied: dict[str, object] = {}
    if study is not None:
        studied = {"discretion": discretion_document(study.discretion), "reach": reach_document(study.reach)}
    several = {} if readings is None else {"ambiguities": readings_document(program, readings)}
    needs = needs_document(program)
    sums = points_by_kind(program)
    proved = {} if proofs is None else {"proofs": proofs_document(program, proofs)}
    return {
        "schema_version": SCHEMA_VERSION,
        "engine": ENGINE,
        "rubric": rubric_json(program),
        "points": plain(program.points),
        "points_by_kind": {kind.value: plain(sums[kind]) for kind in ClauseKind},
        "shares_by_kind": {kind.value: share(sums[kind], program.points) for kind in ClauseKind},
        "dimensions": groups_document(program),
        "sums": sums_document(program),
        **studied,
        "indicators": [
            {
                "id": indicator.id,
                "name": indicator.name,
                "path": [level for level in indicator.path if level],
                "points": plain(indicator.points),
                "clauses": needs.get(indicator.name, []),
                "data_for_all": list(overall_data(indicator)),
                "kinds": sentence_kinds(program, indicator),
                "sentences": [
                    {"path": s.path, "kind": s.kind, "text": s.text}
                    for s in program.sentences
                    if s.indicator == indicator.name
                ],
            }
            for indicator in program.indicators
        ],
        "readings": [
            {
                "name": choice.name,
                "indicator": choice.indicator,
                "taken": choice.alternatives[choice.default].name if choice.alternatives else "",
                "alternatives": [a.name for i, a in enumerate(choice.alternatives) if i != choice.default],
                "stated": choice.origin is ChoiceOrigin.AUTHOR,
            }
            for choice in program.choices
        ],
        "total_rules": [
            {"text": rule.text, "most": plain(rule.cap or Fraction(0))} for rule in program.scoring.overrides
        ],
        "unused_data": [datum.name for datum in unused(program)],
        **several,
        **proved,
        "findings": findings_json(diagnostics),
    }
