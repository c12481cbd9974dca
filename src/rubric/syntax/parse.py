"""Text → surface tree. Always gives a tree, whatever the text.

Takes a `SourceText`; gives the `ast.Document` with the findings met. The order is forced by the language: names decide
where words end, so the lines that declare names are read first, then the sentences, each with the names of its place.
"""

import re
from collections.abc import Iterator

import attrs

from rubric.diagnostics.model import Checked, Diagnostic
from rubric.source import SourceText, Span
from rubric.syntax import ast, errors, names
from rubric.syntax.ast import Declared
from rubric.syntax.author_lines import read_aims, read_basis, read_datum
from rubric.syntax.basis import Reader
from rubric.syntax.cell import Cell
from rubric.syntax.dates import TIME_UNITS
from rubric.syntax.lexer import Lexicon
from rubric.syntax.lines import RawIndicator, RawItem, items, outline
from rubric.syntax.naming import LONGEST_LINE, Lexicons, is_delay, is_of_row, is_overlong, names_in_force, selections_of
from rubric.syntax.reading import Ambiguities, condition, quantity, whole_sentence
from rubric.syntax.reading_cases import read_cases, without_classes
from rubric.syntax.row_points import with_row_points
from rubric.syntax.scoring_lines import TOTAL, rule_of_total, scoring_line
from rubric.syntax.tables import names_of_tables, tables_of
from rubric.syntax.titles import Yields, title_of


def parse(source: SourceText) -> Checked[ast.Document]:
    """The document; nothing of the text is lost, and every span lies inside it."""
    found: list[Diagnostic] = []
    raw = outline(source)
    shared = tuple(read_datum(source, span, found) for span in raw.shared)
    shared_names = tuple(n for line in shared for n in names.names_of_datum(line))
    indicators = tuple(_indicator(source, i, shared, shared_names, found) for i in raw.indicators)
    for span in (*raw.stray, *(s for i in raw.indicators for s in i.stray)):
        found.append(errors.stray_line(source, span))
    found.extend(errors.misspelt_heading(source, slip) for slip in raw.slips)
    if not indicators:
        found.append(errors.no_indicator(source))
    for line in (*shared, *(d for i in indicators for d in i.data)):
        found.extend(errors.unread_part(source, span, line.name) for span in line.unread if not line.fault)
    scoring = tuple(scoring_line(source, span) for span in raw.scoring)
    document = ast.Document(
        source,
        tuple(_header(source, span) for span in raw.headers),
        scoring,
        shared,
        indicators,
        tuple(_header(source, span) for span in raw.notes),
        _total(source, scoring, (*shared, *(d for i in indicators for d in i.data)), found),
        span=Span(0, len(source.text)),
    )
    return Checked(document, tuple(found))


def _total(
    source: SourceText, scoring: tuple[ast.Header, ...], data: tuple[ast.DatumLine, ...], found: list[Diagnostic]
) -> ast.Indicator | None:
    """The rules on the total, as the cell of an item of their own that knows the data of all indicators."""
    spans = tuple(rule_of_total(source, line) for line in scoring if line.key == TOTAL)
    if not spans:
        return None
    names_of_all = tuple(n for line in data for n in names.names_of_datum(line))
    once = tuple({n.key: n for n in reversed(names_of_all)}.values())
    raw = RawIndicator("", "", spans[0], (), spans, (), (), (), None)
    whole = _indicator(source, raw, data, once, found)
    return attrs.evolve(whole, name=TOTAL, points=None, span=spans[0].to(spans[-1]))


def _header(source: SourceText, span: Span) -> ast.Header:
    name, _, value = re.sub("：", ":", source.slice(span), count=1).partition(":")
    if not value.strip():
        name, value = "", source.slice(span)
    return ast.Header(name.strip(), value.strip(), span=span)


# --- indicators -------------------------------------------------------------------------------------------------------


def _indicator(
    source: SourceText,
    raw: RawIndicator,
    shared: tuple[ast.DatumLine, ...],
    shared_names: tuple[Declared, ...],
    found: list[Diagnostic],
) -> ast.Indicator:
    title = title_of(source.slice(raw.heading))
    name, stated = title.name, title.points
    points = stated if stated is None or stated > 0 else None
    data = tuple(read_datum(source, span, found, name) for span in raw.data)
    declared, unfound, frames, issued, cell = names_in_force(source, raw, data, shared, shared_names)
    declared += tuple(names_of_tables(source, raw.cell, (*shared, *data)))
    found.extend(_misnumbered(source, cell, name))
    unbound = ""
    for missing in unfound:
        if missing.states:
            found.append(
                errors.sentences_differ(source, missing.span, missing.words, missing.count, missing.states, name)
            )
        elif missing.point:
            found.append(errors.point_not_found(source, missing.span, missing.words, name))
        else:
            found.append(errors.words_not_found(source, missing.span, missing.words, missing.count, name))
        unbound = found[-1].code
    everywhere = dict.fromkeys(names.POINTS_NAMES, "QUANTITY")
    everywhere |= {n.key: n.terminal for n in reversed(declared) if not n.path and n.role not in ("column", "cell")}
    in_basis = {n.key: n.terminal for n in declared if not n.path and n.role == "column"} | everywhere
    scored = {line.name for line in (*shared, *data) if names.scored_rows(line)}
    of_rows = [n for n in declared if n.role in ("column", "cell") and n.target in scored and is_of_row(n, data)]
    everywhere |= {n.key: n.terminal for n in of_rows if n.key not in everywhere}
    selections = tuple(selections_of(source, (*shared, *data), (cell, raw.basis), declared, everywhere))
    declared += tuple(Declared(s.key, "QUANTITY", "rows", s.datum, span=s.span) for s in selections)
    of_selections = dict.fromkeys((s.key for s in selections), "QUANTITY")
    everywhere, in_basis = of_selections | everywhere, of_selections | in_basis
    times = {line.name for line in (*shared, *data) if line.unit == "日期" or line.unit in TIME_UNITS}
    delays = {n.key for n in declared if (n.role == "word" or n.target in times) and is_delay(n.key)}
    timed = bool(times or delays)  # without a date or a time, words of deadlines can mean nothing
    everywhere = {n: terminal for n, terminal in everywhere.items() if n not in delays}
    lexicons = Lexicons(Lexicon.of(everywhere, timed), everywhere, declared)
    basis_lexicon = Lexicon.of(in_basis)
    ambiguities = Ambiguities(source, name, found)
    reader = Reader(
        quantity=lambda span: quantity(source, span, basis_lexicon, ambiguities),
        condition=lambda span: condition(source, span, basis_lexicon, ambiguities),
        sentence=lambda span: whole_sentence(source, span, basis_lexicon, ambiguities),
    )
    basis = tuple(read_basis(source, f, reader, found, name) for f in frames)
    aims = (
        *read_aims(data, reader.quantity),
        *read_aims(shared, lambda span: quantity(source, span, basis_lexicon, Ambiguities(source, name, []))),
    )
    gloss = {n.key for n in declared if n.role in ("datum", "part")}
    blamed = unbound or next((line.fault for line in (*data, *basis) if line.fault), "")
    stated = tuple(read_basis(source, f, reader, found, name) for f in issued)
    unlimited = title.unlimited and title.points is None
    read = Cell(source, lexicons, frozenset(gloss), blamed, name, found, title.yields, unlimited, stated)
    lines, of_tables = tables_of(source, raw.cell, reader.condition, declared, (*shared, *data), title.yields)
    if of_tables:
        cell = items(source, lines)
    read_cell = with_row_points(source, read.item(cell), (*shared, *data))
    read_cell = attrs.evolve(read_cell, pieces=(*read_cell.pieces, *of_tables))
    cases = tuple(read_cases(read, tuple(line for line in raw.cell if not is_overlong(line)), declared))
    if not cases and title.yields is Yields.POINTS:
        read_cell = without_classes(read_cell, declared)
    whole = Span(raw.heading.start, _end_of(raw))
    return ast.Indicator(
        raw.dimension,
        raw.category,
        name,
        points,
        "\n".join(source.slice(s) for s in raw.description),
        _with_overlong(source, read_cell, raw.cell, name, found),
        data,
        basis,
        declared,
        title_of(source.slice(raw.dimension_heading)).points if raw.dimension_heading else None,
        title.yields,
        title.unlimited,
        cases,
        unbound,
        selections,
        aims,
        stated,
        dimension_span=raw.dimension_heading or raw.heading,
        name_span=Span(raw.heading.start, raw.heading.start + len(name)),
        span=whole,
    )


_NUMBER = re.compile(r"[（(]?\s*[\d一二三四五六七八九十①-⑳]+\s*[）)]?")


def _misnumbered(source: SourceText, item: RawItem, indicator: str) -> Iterator[Diagnostic]:
    """Numbers of one level that do not go on one by one; one alone may be part of a longer list."""
    seen: set[int] = set()
    last = 0
    for part in item.items:
        number = int(re.findall(r"\d+", part.path)[-1])
        if number != last + 1 and len(item.items) > 1:
            match = _NUMBER.match(source.text, part.span.start)
            place = Span(part.span.start, match.end() if match else part.span.start + 1)
            yield errors.misnumbered(source, place, last, number, number in seen, indicator)
        seen.add(number)
        last = number
        yield from _misnumbered(source, part, indicator)


def _with_overlong(
    source: SourceText, cell: ast.Item, lines: tuple[Span, ...], indicator: str, found: list[Diagnostic]
) -> ast.Item:
    """The cell with a piece that cannot be read for each line that is no line of a table any more."""
    pieces = list(cell.pieces)
    for line in lines:
        if is_overlong(line):
            fault = errors.too_long(source, line, LONGEST_LINE, indicator, "这一行")
            found.append(fault)
            words = source.slice(Span(line.start, line.start + 24))
            unread = ast.PieceKind.UNREAD
            pieces.append(ast.Piece(unread, words, None, None, False, False, fault=fault.code, span=line))
    return attrs.evolve(cell, pieces=tuple(pieces))


def _end_of(raw: RawIndicator) -> int:
    spans = (*raw.description, *raw.cell, *raw.data, *raw.basis, raw.heading)
    return max(span.end for span in spans)
