"""A document in the house layout.

Takes the surface tree of a rubric; gives its text with what the author added in one layout. Issued sentences (指标说明,
评分标准, the names in headings, notes) keep every character; only their indentation changes. A line that is not understood,
and what stands below a heading that could be several, stay as they are.
"""

from collections.abc import Iterator

from rubric.formatter.basis_lines import print_basis_line, print_scoring_line
from rubric.formatter.data_lines import print_datum_line
from rubric.formatter.layout import DEPTH, STEP, Written, lay_out
from rubric.formatter.signs import edited, punctuation
from rubric.source import SourceText, Span, display_width
from rubric.syntax import ast
from rubric.syntax.placing import Place, PlacedLine, is_blank, is_comment, placed_lines, trimmed_lines
from rubric.syntax.words import COLON


def format_document(document: ast.Document) -> str:
    """The text of the document, laid out. Formatting what it gives changes nothing."""
    return lay_out(tuple(_written(document)), line_end(document.source.text))


def line_end(text: str) -> str:
    """The line end that the text uses most; `\\n` where it has none."""
    windows = text.count("\r\n")
    counts = {"\n": text.count("\n") - windows, "\r\n": windows, "\r": text.count("\r") - windows}
    return max(counts, key=lambda end: counts[end])


def _written(document: ast.Document) -> Iterator[Written]:
    source = document.source
    placed = {line.span.start: line for line in placed_lines(source)}
    data = {line.span.start: line for line in (*document.shared, *(d for i in document.indicators for d in i.data))}
    basis = {line.span.start: line for i in document.indicators for line in i.basis}
    apart = False
    for start, span in zip(source.line_starts, trimmed_lines(source), strict=True):
        if is_blank(span):
            apart = True
            continue
        margin = source.text[start : span.start]
        width = display_width(margin.replace("\t", "    "))
        if is_comment(source, span):
            yield Written(source.slice(span), None, "", width, apart)
        else:
            line = placed[span.start]
            depth = DEPTH.get(line.place)
            if line.place is Place.DATA or line.place is Place.SHARED:
                text = print_datum_line(source, data[span.start])
            elif line.place is Place.BASIS:
                text = print_basis_line(source, basis[span.start], span)
            else:
                text = _print_other(source, line)
            yield Written(text, line.place, margin if depth is None else STEP * depth, width, apart)
        apart = False


def _print_other(source: SourceText, line: PlacedLine) -> str:
    """A line that is neither 数据 nor 口径."""
    text = source.slice(line.span)
    if line.slip is not None:
        return text
    match line.place:
        case Place.DIMENSION_HEADING | Place.CATEGORY_HEADING | Place.INDICATOR_HEADING:
            return f"{line.place.value} {source.slice(line.name)}"
        case Place.SECTION_HEADING | Place.SCORING_SECTION | Place.SHARED_HEADING:
            return text.rstrip("：:").rstrip()
        case Place.SCORING_HEADING:
            return _heading_with_remark(text.rstrip("：:").rstrip())
        case Place.SCORING:
            return print_scoring_line(source, line.span)
        case Place.HEADER:
            return _header(text)
        case _:
            return text


def _heading_with_remark(text: str) -> str:
    word = Place.SCORING_HEADING.value
    remark = text.removeprefix(word).strip()
    return word + edited(remark, Span(0, len(remark)), punctuation(remark, Span(0, len(remark))))


def _header(text: str) -> str:
    """`评价年度：2022年`: the value is the issued table's."""
    at = min(place for place in (text.find("："), text.find(":")) if place >= 0)
    key, value = text[:at].rstrip(), text[at + 1 :].strip()
    return f"{key if len(key) > 1 else text[:at]}{COLON}{value}"
