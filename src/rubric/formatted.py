"""The text of a rubric in the house layout, with the proof that it says the same.

Takes a source text; gives the text laid out, or the finding that says why it stays as it is. Never writes a file.
"""

from rubric import errors
from rubric.core.program import Program
from rubric.diagnostics.model import Checked
from rubric.formatter.comparison import essence, same_document
from rubric.formatter.document import format_document
from rubric.pipeline import compile_rubric
from rubric.source import SourceText
from rubric.syntax.parse import parse

# The words of an author's line as it was spelt, and digests of the text.
_WORDING = frozenset({"text", "notes", "source_sha256", "meaning_sha256"})


def formatted(source: SourceText) -> Checked[str | None]:
    """The laid-out text, read again: its tree, its program and the findings about it are those of `source`."""
    document = parse(source).value
    if not document.indicators:
        return Checked(None, (errors.nothing_to_format(source.name),))
    text = format_document(document)
    if text == source.text:
        return Checked(text)
    again = SourceText(source.name, text)
    if not same_document(document, parse(again).value) or _meaning(source) != _meaning(again):
        return Checked(None, (errors.meaning_at_risk(source.name),))
    return Checked(text)


def _meaning(source: SourceText) -> tuple[object, list[str]]:
    compiled: Checked[Program] = compile_rubric(source)
    return essence(compiled.value, without=_WORDING), [finding.code for finding in compiled.diagnostics]
