"""Expected values recorded anew, in the place where they stand.

Takes the text of a case file and its results; gives the text with the values that differ or are open put in, and the list of
what changed. Never touches anything else: comments, layout and order are the author's.
"""

import attrs

from rubric.regression.case import Expectation, Result
from rubric.regression.running import FileResult, Verdict, written


@attrs.frozen
class Change:
    """`before` is empty where nothing was written yet."""

    case: str
    of: str
    before: str
    after: str


@attrs.frozen
class Recorded:
    text: str
    changes: tuple[Change, ...]


def record_anew(result: FileResult, places: int) -> Recorded:
    """The file with the results of this run; cases that could not be read stay as they are."""
    text = result.file.source.text
    edits: list[tuple[int, int, str]] = []
    changes: list[Change] = []
    for case in result.results:
        for compared in case.compared:
            if compared.verdict in (Verdict.DIFFERS, Verdict.OPEN):
                after = written(compared.came, places)
                edits.append(_edit(text, compared.expectation, compared.came, after))
                changes.append(Change(case.case.name, compared.expectation.of, compared.expectation.written, after))
    for start, end, put in sorted(edits, reverse=True):
        text = text[:start] + put + text[end:]
    return Recorded(text, tuple(changes))


def _edit(text: str, expectation: Expectation, came: Result, after: str) -> tuple[int, int, str]:
    """Quotation marks stay; an empty value gets the blank that YAML wants before it."""
    start, end = expectation.span.start, expectation.span.end
    while end > start and text[end - 1].isspace():
        end -= 1
    if start == end:
        return start, end, after if text[:start].endswith(" ") else f" {after}"
    old = text[start:end]
    if old[0] in "\"'" and old[-1] == old[0]:
        return start + 1, end - 1, after
    return start, end, after
