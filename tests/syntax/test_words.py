"""The preferred spellings are words of the language, and every part of a line of 数据 has its place in print."""

import attrs
import pytest

from rubric.syntax import ast, grammar
from rubric.syntax.declarations import DatumPart
from rubric.syntax.fold import Folded
from rubric.syntax.words import PREFERRED

NO_PARTS = {"name", "unread", "fault", "span"}


@pytest.mark.parametrize("terminal", PREFERRED)
def test_a_preferred_spelling_is_read_as_its_terminal(terminal: str) -> None:
    folded = Folded.of(PREFERRED[terminal], 0).text
    pattern = dict(grammar.terminals())[terminal]
    assert (match := pattern.match(folded)) and match.end() == len(folded)


def test_every_field_of_a_line_is_printed_somewhere() -> None:
    """A new part of a line of 数据 takes its place in the order of print."""
    fields = {field.name for field in attrs.fields(ast.DatumLine)}
    assert {part.value for part in DatumPart} == fields - NO_PARTS
