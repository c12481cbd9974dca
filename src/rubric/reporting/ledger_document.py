"""The ledger of a rubric as JSON values.

Takes a program and its findings; gives what `rubric check --format json` prints. Never scores anything.
"""

from rubric.core.numbers import plain
from rubric.core.program import ChoiceOrigin, ClauseKind, Program
from rubric.diagnostics.model import Diagnostic
from rubric.proving.prove import Proof
from rubric.reporting.document import findings_json, rubric_json
from rubric.reporting.ledger import points_by_kind, sentence_kinds, unused
from rubric.reporting.proofs import proofs_document
from rubric.version import ENGINE

SCHEMA_VERSION = "1"


def ledger_document(
    program: Program, diagnostics: tuple[Diagnostic, ...], proofs: tuple[Proof, ...] | None = None
) -> dict[str, object]:
    """`proofs` are there where a check was asked for."""
    sums = points_by_kind(program)
    proved = {} if proofs is None else {"proofs": proofs_document(program, proofs)}
    return {
        "schema_version": SCHEMA_VERSION,
        "engine": ENGINE,
        "rubric": rubric_json(program),
        "points": plain(program.points),
        "points_by_kind": {kind.value: plain(sums[kind]) for kind in ClauseKind},
        "indicators": [
            {
                "id": indicator.id,
                "name": indicator.name,
                "path": [level for level in indicator.path if level],
                "points": plain(indicator.points),
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
        "unused_data": [datum.name for datum in unused(program)],
        **proved,
        "findings": findings_json(diagnostics),
    }
