"""How lines stand: indentation, blank lines, comments.

Takes the printed lines of a file, each with its place; gives the text. Never a character of a line.

One blank line stands before each block (计分办法, 共用数据, an indicator with the headings right above it), none between a
heading and what it heads. Elsewhere the author's own grouping stays, one blank line at a place. A comment keeps to the
line it stands at: below it, unless only the line above is beside it.
"""

from collections.abc import Iterable, Sequence

import attrs

from rubric.syntax.placing import Place


@attrs.frozen
class Written:
    """A line: what to print, or as it was (`indent` is then the author's); `place` None for a comment.

    `margin` is how far in it was written; `apart` whether a blank line stands before it.
    """

    text: str
    place: Place | None
    indent: str
    margin: int
    apart: bool


# How deep the line is that stands at each place, in steps of two blanks.
DEPTH = {
    Place.HEADER: 0,
    Place.NOTE: 0,
    Place.DIMENSION_HEADING: 0,
    Place.CATEGORY_HEADING: 0,
    Place.INDICATOR_HEADING: 0,
    Place.SCORING_HEADING: 0,
    Place.SHARED_HEADING: 0,
    Place.SECTION_HEADING: 1,
    Place.SCORING_SECTION: 1,
    Place.SCORING: 1,
    Place.SHARED: 1,
    Place.ISSUED_SCORING: 2,
    Place.DESCRIPTION: 2,
    Place.CELL: 2,
    Place.DATA: 2,
    Place.BASIS: 2,
}
_LEVELS = (Place.DIMENSION_HEADING, Place.CATEGORY_HEADING, Place.INDICATOR_HEADING)
_BLOCKS = frozenset({*_LEVELS, Place.SCORING_HEADING, Place.SHARED_HEADING})
_SECTIONS = frozenset({Place.SECTION_HEADING, Place.SCORING_SECTION})
STEP = "  "


def lay_out(lines: Sequence[Written], newline: str) -> str:
    """The whole text, with a line end after its last line."""
    rows: list[str] = []
    comments: list[Written] = []
    before: Written | None = None
    for line in (*lines, None):
        if line is not None and line.place is None:
            comments.append(line)
            continue
        for row, apart in _placed(before, comments, line):
            rows += [""] if apart and rows else []
            rows.append((row.indent + row.text) if row.text else "")
        before, comments = line, []
    return "".join(row + newline for row in rows)


def _placed(before: Written | None, comments: list[Written], after: Written | None) -> Iterable[tuple[Written, bool]]:
    """The comments between two lines and the second of them, each with whether a blank line stands before it."""
    gaps = [row.apart for row in comments]
    if after is not None:
        gaps.append(_apart(before, after) if not comments else after.apart)
        if comments and not any(gaps) and before is not None and _opens_block(before, after):
            gaps[_of_line_above(before, comments, gaps, after)] = True
    above = _of_line_above(before, comments, gaps, after)
    for number, comment in enumerate(comments):
        neighbour = before if number < above else after
        indent = neighbour.indent if neighbour is not None else ""
        yield attrs.evolve(comment, indent=indent), gaps[number]
    if after is not None:
        yield after, gaps[-1]


def _of_line_above(before: Written | None, comments: list[Written], gaps: list[bool], after: Written | None) -> int:
    """How many of the comments belong to the line above: those beside it and apart from, or further in than, the one below."""
    if before is None or (before.place in _BLOCKS | _SECTIONS and after is not None):
        return 0
    if after is None:
        return len(comments)
    beside = next((number for number, gap in enumerate(gaps) if gap), None)
    if beside is not None:
        return beside
    if len(after.indent) < len(before.indent):
        return next((n for n, c in enumerate(comments) if c.margin <= after.margin), len(comments))
    return 0


def _apart(before: Written | None, after: Written) -> bool:
    if before is None:
        return False
    if before.place is Place.NOTE and after.place in _BLOCKS:
        return after.apart
    if after.place in _BLOCKS:
        return _opens_block(before, after)
    if after.place in _SECTIONS or before.place in _BLOCKS | _SECTIONS:
        return False
    return after.apart


def _opens_block(before: Written, after: Written) -> bool:
    """Headings of falling rank stand together; every other heading of a block stands apart."""
    if after.place not in _BLOCKS or before.place is Place.NOTE:
        return False
    if before.place in _LEVELS and after.place in _LEVELS:
        return _LEVELS.index(before.place) >= _LEVELS.index(after.place)
    return True
