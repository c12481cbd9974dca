"""A comparison of two editions, and its effect on departments, as an embedder has them.

Takes a revision or an impact; gives its values and its forms: text, JSON values, a page. Never compares, never writes a file.
"""

import attrs

from rubric.diagnostics.model import Diagnostic
from rubric.revision.changes import Change, Revision, Unchanged
from rubric.revision.impact import Impact, Moved


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


@attrs.frozen
class ImpactReport:
    """Whom a revision moves. `diagnostics` are what was refused of the facts under both editions."""

    impact: Impact
    diagnostics: tuple[Diagnostic, ...] = ()

    @property
    def departments(self) -> tuple[Moved, ...]:
        """Each department with both totals, both grades, and the exact share of every edit in the change."""
        return self.impact.departments

    def to_text(self, width: int = 100) -> str:
        """What `rubric impact` prints."""
        from rubric.reporting.impact_text import impact_text

        return impact_text(self.impact, width)

    def to_dict(self) -> dict[str, object]:
        """JSON values: `summary`, `edits`, `departments`, `left_out`."""
        from rubric.reporting.impact_document import impact_document

        return impact_document(self.impact, self.diagnostics)

    def to_json(self, indent: int | None = 2) -> str:
        """The document as text."""
        import json

        return json.dumps(self.to_dict(), ensure_ascii=False, indent=indent)

    def to_html(self) -> str:
        """One page that needs no other file, with a waterfall of the means."""
        from rubric.reporting.impact_page import impact_page

        return impact_page(self.impact, self.diagnostics)
