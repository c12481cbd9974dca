"""Lines of 数据 and 口径, each read or with the finding that says why not.

Takes a line's place; gives its tree, with `fault` where it cannot be used. Never a sentence of a cell.
"""

from collections.abc import Callable, Iterable, Iterator

import attrs

from rubric.diagnostics.model import Diagnostic
from rubric.source import SourceText, Span
from rubric.syntax import ast, brackets, errors
from rubric.syntax.basis import Frame, Reader, basis_line
from rubric.syntax.dates import one_day
from rubric.syntax.declarations import datum_line
from rubric.syntax.fold import key
from rubric.syntax.names import LONGEST_SENTENCE


def read_datum(source: SourceText, span: Span, found: list[Diagnostic], indicator: str | None = None) -> ast.DatumLine:
    fault = fault_of(source, span, indicator)
    if fault is None:
        line = datum_line(source, span)
        if line.unit or line.states or line.parts or line.columns:
            return line
        fault = errors.no_unit(source, Span(span.start, span.start + len(line.name)), line.name)
    found.append(fault)
    if span.end - span.start > LONGEST_SENTENCE:
        return ast.DatumLine(source.slice(Span(span.start, span.start + 24)), fault=fault.code, span=span)
    return attrs.evolve(datum_line(source, span), fault=fault.code)


def read_aims(lines: Iterable[ast.DatumLine], quantity: Callable[[Span], ast.Expression | None]) -> Iterator[ast.Aim]:
    """What each line names after 参照, read with the names of one indicator; a bare word that no line declares is none."""
    for line in lines:
        for target in () if line.fault else line.targets:
            body = one_day(key(target.words), target.span) if line.unit == "日期" else None
            body = body or quantity(target.span)
            known = None if isinstance(body, ast.Name) and not body.declared else body
            yield ast.Aim(line.name, target.words, known, span=target.span)


def read_basis(
    source: SourceText, framed: Frame, reader: Reader, found: list[Diagnostic], indicator: str
) -> ast.BasisLine:
    fault = None if framed.kind is ast.BasisKind.NOTE else fault_of(source, framed.span, indicator)
    unread = ast.BasisLine(ast.BasisKind.UNREAD, framed.word, text=source.slice(framed.span), span=framed.span)
    line = basis_line(source, framed, reader) if fault is None else unread
    if line.kind is not ast.BasisKind.UNREAD:
        return line
    fault = fault or errors.unread_basis(source, line.stop or line.span, line.span, indicator)
    found.append(fault)
    return attrs.evolve(line, fault=fault.code)


def fault_of(source: SourceText, span: Span, indicator: str | None, what: str = "这一行") -> Diagnostic | None:
    """Why the words of `span` cannot be read at all."""
    if len(key(source.slice(span))) > LONGEST_SENTENCE:
        return errors.too_long(source, span, LONGEST_SENTENCE, indicator, what)
    place = brackets.unpaired(source.text, span)
    return errors.unpaired_bracket(source, place, indicator) if place else None
