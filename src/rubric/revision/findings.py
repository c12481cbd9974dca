"""What a reader of a comparison has to know beside its changes.

Takes a revision; gives findings. Never compares.
"""

from collections.abc import Iterator

from rubric.diagnostics.model import Diagnostic
from rubric.revision import errors
from rubric.revision.changes import Ground, Meaning, Revision


def revision_findings(revision: Revision) -> Iterator[Diagnostic]:
    old, new = revision.old.fiscal_year, revision.new.fiscal_year
    if old is not None and new is not None and new < old:
        yield errors.editions_swapped(old, new)
    unknown = [change for change in revision.changes if change.meaning is Meaning.UNKNOWN]
    if unknown:
        yield errors.no_solver(len(unknown))
    left = [c for c in revision.changes if c.verdict.ground in (Ground.PARTLY, Ground.NONE) and c not in unknown]
    if left:
        subjects = "、".join(dict.fromkeys(f"「{c.indicator}」{f'第{c.path}点' if c.path else ''}" for c in left))
        yield errors.undecided(subjects, left[0].verdict.reason or "求解器没有给出结论")
