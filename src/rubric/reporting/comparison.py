"""A comparison of two editions as an embedder has it.

Takes a revision; gives its changes and its forms: text, JSON values, a page. Never compares, never writes a file.
"""

import attrs

from rubric.diagnostics.model import Diagnostic
from rubric.revision.changes import Change, Revision, Unchanged


@attrs.frozen
class Comparison:
    """What became of a rubric. `diagnostics` are what is to be known beside the changes."""

    revision: Revision
    diagnostics: tuple[Diagnostic, ...] = ()

    @property
    def changes(self) -> tuple[Change, ...]:
        """Every change once: structure, clauses in the order of the new table, the total last."""
        return self.revision.changes

    @property
    def unchanged(self) -> tuple[Unchanged, ...]:
        """The indicators of which nothing that matters changed, each with how that is known."""
        return self.revision.unchanged

    def to_text(self, width: int = 100) -> str:
        """What `rubric diff` prints."""
        from rubric.reporting.diff_text import diff_text

        return diff_text(self.revision, width)

    def to_dict(self) -> dict[str, object]:
        """JSON values: `changes`, `unchanged`, `data`."""
        from rubric.reporting.diff_document import diff_document

        return diff_document(self.revision, self.diagnostics)

    def to_json(self, indent: int | None = 2) -> str:
        """The document as text."""
        import json

        return json.dumps(self.to_dict(), ensure_ascii=False, indent=indent)

    def to_html(self) -> str:
        """One page that needs no other file, with the curves of both editions."""
        from rubric.reporting.diff_page import diff_page

        return diff_page(self.revision, self.diagnostics)
