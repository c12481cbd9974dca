"""Text → surface tree. Always gives a tree, whatever the text.

Takes a `SourceText`; gives the `ast.Document` with the findings met. The order is forced by the language: names decide
where words end, so the lines that declare names are read first, then the sentences, each with the names of its place.
"""

import re
from collections.abc import Iterable, Iterator

import attrs
from lark import Token

from rubric.diagnostics.model import Checked, Diagnostic
from rubric.source import SourceText, Span
from rubric.syntax import ast, brackets, build, build_awards, build_quantities, errors, grammar, kinds, names
from rubric.syntax.ast import Declared
from rubric.syntax.basis import Frame, Reader, basis_line, frame
from rubric.syntax.dates import TIME_UNITS
from rubric.syntax.declarations import datum_line
from rubric.syntax.fold import Folded, key
from rubric.syntax.led import led_places
from rubric.syntax.lexer import Lexed, Lexicon, lex, names_in, span_at
from rubric.syntax.lines import RawIndicator, RawItem, items, outline
from rubric.syntax.names import LONGEST_SENTENCE, Unfound
from rubric.syntax.placing import trimmed
from rubric.syntax.titles import Yields, title_of

LONGEST_LINE = 20_000


def parse(source: SourceText) -> Checked[ast.Document]:
    """The document; nothing of the text is lost, and every span lies inside it."""
    found: list[Diagnostic] = []
    raw = outline(source)
    shared = tuple(_datum(source, span, found) for span in raw.shared)
    shared_names = tuple(n for line in shared for n in names.names_of_datum(line))
    indicators = tuple(_indicator(source, i, shared, shared_names, found) for i in raw.indicators)
    for span in (*raw.stray, *(s for i in raw.indicators for s in i.stray)):
        found.append(errors.stray_line(source, span))
    found.extend(errors.misspelt_heading(source, slip) for slip in raw.slips)
    if not indicators:
        found.append(errors.no_indicator(source))
    for line in (*shared, *(d for i in indicators for d in i.data)):
        found.extend(errors.unread_part(source, span, line.name) for span in line.unread if not line.fault)
    document = ast.Document(
        source,
        tuple(_header(source, span) for span in raw.headers),
        tuple(_header(source, span) for span in raw.scoring),
        shared,
        indicators,
        tuple(_header(source, span) for span in raw.notes),
        span=Span(0, len(source.text)),
    )
    return Checked(document, tuple(found))


def _header(source: SourceText, span: Span) -> ast.Header:
    name, _, value = re.sub("：", ":", source.slice(span), count=1).partition(":")
    if not value:
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
    data = tuple(_datum(source, span, found, name) for span in raw.data)
    declared, unfound, frames, cell = _names(source, raw, data, shared, shared_names)
    found.extend(_misnumbered(source, cell, name))
    unbound = ""
    for missing in unfound:
        if missing.point:
            found.append(errors.point_not_found(source, missing.span, missing.words, name))
        else:
            found.append(errors.words_not_found(source, missing.span, missing.words, missing.count, name))
        unbound = found[-1].code
    everywhere = dict.fromkeys(names.POINTS_NAMES, "QUANTITY")
    everywhere |= {n.key: n.terminal for n in reversed(declared) if not n.path and n.role not in ("column", "cell")}
    in_basis = {n.key: n.terminal for n in declared if not n.path and n.role == "column"} | everywhere
    selections = tuple(_selections(source, (*shared, *data), (cell, raw.basis), declared, everywhere))
    declared += tuple(Declared(s.key, "QUANTITY", "rows", s.datum, span=s.span) for s in selections)
    of_selections = dict.fromkeys((s.key for s in selections), "QUANTITY")
    everywhere, in_basis = of_selections | everywhere, of_selections | in_basis
    times = {line.name for line in (*shared, *data) if line.unit == "日期" or line.unit in TIME_UNITS}
    delays = {n.key for n in declared if (n.role == "word" or n.target in times) and _is_delay(n.key)}
    timed = bool(times or delays)  # without a date or a time, words of deadlines can mean nothing
    everywhere = {n: terminal for n, terminal in everywhere.items() if n not in delays}
    lexicons = _Lexicons(Lexicon.of(everywhere, timed), everywhere, declared)
    basis_lexicon = Lexicon.of(in_basis)
    ambiguities = _Ambiguities(source, name, found)
    reader = Reader(
        quantity=lambda span: _quantity(source, span, basis_lexicon, ambiguities),
        condition=lambda span: _condition(source, span, basis_lexicon, ambiguities),
        sentence=lambda span: _whole_sentence(source, span, basis_lexicon, ambiguities),
    )
    basis = tuple(_basis(source, f, reader, found, name) for f in frames)
    gloss = {n.key for n in declared if n.role in ("datum", "part")}
    blamed = unbound or next((line.fault for line in (*data, *basis) if line.fault), "")
    read = _Cell(source, lexicons, frozenset(gloss), blamed, name, found, title.yields)
    whole = Span(raw.heading.start, _end_of(raw))
    return ast.Indicator(
        raw.dimension,
        raw.category,
        name,
        points,
        "\n".join(source.slice(s) for s in raw.description),
        _with_overlong(source, read.item(cell), raw.cell, name, found),
        data,
        basis,
        declared,
        title_of(source.slice(raw.dimension_heading)).points if raw.dimension_heading else None,
        title.yields,
        title.unlimited,
        unbound,
        selections,
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


def _datum(source: SourceText, span: Span, found: list[Diagnostic], indicator: str | None = None) -> ast.DatumLine:
    fault = _fault(source, span, indicator)
    if fault is None:
        line = datum_line(source, span)
        if line.unit or line.states or line.parts or line.columns:
            return line
        fault = errors.no_unit(source, Span(span.start, span.start + len(line.name)), line.name)
    found.append(fault)
    if span.end - span.start > LONGEST_SENTENCE:
        return ast.DatumLine(source.slice(Span(span.start, span.start + 24)), fault=fault.code, span=span)
    return attrs.evolve(datum_line(source, span), fault=fault.code)


def _basis(source: SourceText, framed: Frame, reader: Reader, found: list[Diagnostic], indicator: str) -> ast.BasisLine:
    fault = None if framed.kind is ast.BasisKind.NOTE else _fault(source, framed.span, indicator)
    unread = ast.BasisLine(ast.BasisKind.UNREAD, framed.word, text=source.slice(framed.span), span=framed.span)
    line = basis_line(source, framed, reader) if fault is None else unread
    if line.kind is not ast.BasisKind.UNREAD:
        return line
    fault = fault or errors.unread_basis(source, line.stop or line.span, line.span, indicator)
    found.append(fault)
    return attrs.evolve(line, fault=fault.code)


def _fault(source: SourceText, span: Span, indicator: str | None, what: str = "这一行") -> Diagnostic | None:
    """Why the words of `span` cannot be read at all."""
    if len(key(source.slice(span))) > LONGEST_SENTENCE:
        return errors.too_long(source, span, LONGEST_SENTENCE, indicator, what)
    place = brackets.unpaired(source.text, span)
    return errors.unpaired_bracket(source, place, indicator) if place else None


def _is_overlong(line: Span) -> bool:
    return line.end - line.start > LONGEST_LINE


def _with_overlong(
    source: SourceText, cell: ast.Item, lines: tuple[Span, ...], indicator: str, found: list[Diagnostic]
) -> ast.Item:
    """The cell with a piece that cannot be read for each line that is no line of a table any more."""
    pieces = list(cell.pieces)
    for line in lines:
        if _is_overlong(line):
            fault = errors.too_long(source, line, LONGEST_LINE, indicator, "这一行")
            found.append(fault)
            words = source.slice(Span(line.start, line.start + 24))
            unread = ast.PieceKind.UNREAD
            pieces.append(ast.Piece(unread, words, None, None, False, False, fault=fault.code, span=line))
    return attrs.evolve(cell, pieces=tuple(pieces))


def _end_of(raw: RawIndicator) -> int:
    spans = (*raw.description, *raw.cell, *raw.data, *raw.basis, raw.heading)
    return max(span.end for span in spans)


def _names(
    source: SourceText,
    raw: RawIndicator,
    data: tuple[ast.DatumLine, ...],
    shared: tuple[ast.DatumLine, ...],
    shared_names: tuple[Declared, ...],
) -> tuple[tuple[Declared, ...], list[Unfound], tuple[Frame, ...], RawItem]:
    cell = items(source, tuple(line for line in raw.cell if not _is_overlong(line)))
    frames = tuple(frame(source, span) for span in raw.basis)
    lines = {key(line.name): line for line in (*shared, *data)}
    periods = next((line.parts for line in data if line.parts), ())
    declared = [*shared_names]
    unfound: list[Unfound] = []
    for line in data:
        declared.extend(names.names_of_datum(line))
        for name in names.phrases_of_datum(source, line, cell):
            if isinstance(name, Unfound):
                unfound.append(name)
            else:
                declared.append(name)
    taken = {n.key for n in declared}
    declared.extend(n for n in names.bare_states((*shared, *data)) if n.key not in taken)
    for framed in frames:
        declared.extend(names.names_of_frame(framed, lines, periods))
    declared.extend(names.names_of_cell(source, cell))
    taken = {n.key for n in declared if n.role not in ("column", "cell")}
    for line in (*shared, *data):
        declared.extend(n for n in names.names_of_rows(line) if n.key not in taken)
    return tuple(declared), unfound, frames, cell


def _is_delay(name: str) -> bool:
    """逾期, 提前 and the like declared by a line: still words of the language, which then ask for what is declared."""
    return any(grammar.words_of(word).fullmatch(name) for word in ("LATE", "EARLY"))


def _selections(
    source: SourceText,
    lines: tuple[ast.DatumLine, ...],
    places: tuple[RawItem, tuple[Span, ...]],
    declared: tuple[Declared, ...],
    everywhere: dict[str, str],
) -> Iterator[ast.Selection]:
    """Words that say which rows are meant, where what they say reads as a condition of one row."""
    of_rows = tuple(line for line in lines if line.columns)
    if not of_rows:
        return
    inner = {n.key: n.terminal for n in declared if n.role == "column"} | everywhere
    lexicon = Lexicon.of(inner | {n.key: n.terminal for n in declared if n.role == "cell"})
    seen = set(everywhere)
    for span in (*names.all_sentences(places[0]), *places[1]):
        if span.end - span.start > LONGEST_SENTENCE:
            continue
        folded = _folded(source, span)
        for selection, place in names.selections_of(folded.text, of_rows):
            if selection.key in seen:
                continue
            condition = None
            if place is not None:
                lexed = lex(folded.part(*place), lexicon, "condition")
                if not lexed.tokens or lexed.end != place[1] - place[0]:
                    continue
                condition = build_quantities.build_condition_start(grammar.tree("condition", lexed.tokens))
            seen.add(selection.key)
            yield attrs.evolve(selection, condition=condition, span=span)


@attrs.frozen
class _Lexicons:
    """The names of a cell, and those of an item where an author's line gives its words a meaning of their own."""

    cell: Lexicon
    everywhere: dict[str, str]
    declared: tuple[Declared, ...]

    def at(self, path: str) -> Lexicon:
        local = {n.key: str(n.terminal) for n in self.declared if n.path == path and path}
        return Lexicon.of(self.everywhere | local, self.cell.timed) if local else self.cell


# --- the sentences of a cell ------------------------------------------------------------------------------------------


@attrs.frozen
class _Cell:
    source: SourceText
    lexicons: _Lexicons
    gloss: frozenset[str]
    blamed: str
    indicator: str
    found: list[Diagnostic]
    yields: Yields

    def item(self, raw: RawItem) -> ast.Item:
        folded = Folded.of(self.source.slice(raw.span), 0).text if raw.span.start < raw.span.end else ""
        return self._item(raw, kinds.deducts(folded), kinds.has_points(folded))

    def _item(self, raw: RawItem, cell_deducts: bool, cell_has_points: bool) -> ast.Item:
        lexicon = self.lexicons.at(raw.path)
        raws = [r for span in raw.sentences for r in self._sentences(span, lexicon)]
        raws = [attrs.evolve(r, noted=True) if self._noted(raws[:i], r) else r for i, r in enumerate(raws)]
        if self.yields is Yields.POINTS:
            pieces = kinds.pieces(raws, bool(raw.items), cell_deducts, cell_has_points)
        else:
            pieces = kinds.pieces_of_award(raws)
        below = tuple(self._item(i, cell_deducts, cell_has_points) for i in raw.items)
        return ast.Item(raw.path, tuple(self._checked(p) for p in pieces), below, span=raw.span)

    def _noted(self, before: list[kinds.Raw], raw: kinds.Raw) -> bool:
        """`注：` covers the rest of its line."""
        start = self.source.line_starts[self.source.line_of(raw.span.start)]
        return any(start <= r.span.start and kinds.opens_note(r.folded) for r in before)

    def _checked(self, piece: ast.Piece) -> ast.Piece:
        """A sentence that should compute and cannot be read for its brackets or its length says so; prose may stand."""
        if piece.sentence is not None or not (kinds.computes(piece) or len(piece.text) > LONGEST_SENTENCE):
            return piece
        fault = _fault(self.source, piece.span, self.indicator, "这一句")
        if fault is None:
            # A sentence beside a line of 数据 or 口径 that cannot be used is not blamed itself.
            return attrs.evolve(piece, fault=self.blamed) if piece.kind is ast.PieceKind.UNREAD else piece
        self.found.append(fault)
        return attrs.evolve(piece, kind=ast.PieceKind.UNREAD, fault=fault.code)

    def _sentences(self, span: Span, lexicon: Lexicon) -> Iterable[kinds.Raw]:
        """One sentence, or several where a blank parts them, or where `（N分），` ends the first."""
        folded = _folded(self.source, span)
        while folded.text:
            awarded = self._award(folded, lexicon) if self.yields is not Yields.POINTS else None
            raw, rest = awarded or self._first(folded, lexicon)
            yield raw
            folded = rest

    def _first(self, folded: Folded, lexicon: Lexicon) -> tuple[kinds.Raw, Folded]:
        empty = folded.part(len(folded.text), len(folded.text))
        gloss = re.match(r"(?:其中:?)?([^=<>≥≤,;。:]{1,40}?)=", folded.text)
        lexed = lex(folded, lexicon, "sentence") if len(folded.text) <= LONGEST_SENTENCE else None
        ruled = lexed is not None and any(t.type in ("GET", "ZERO", "POINTS_MARK") for t in lexed.tokens)
        if gloss and gloss[1] in self.gloss and not ruled:
            return self._raw(folded, None, None, True), empty
        if lexed and lexed.tokens:
            sentence = build.build_sentence(grammar.tree("sentence", lexed.tokens))
            if _as_taken(sentence) is not None and any(t.type == "UNKNOWN" for t in lexed.tokens):
                led = self._taken_after_prose(folded, lexicon)
                if led is not None:
                    return led
            whole = folded.part(0, lexed.end)
            if _word_equation(sentence):
                return self._raw(folded, None, None, True), empty
            _Ambiguities(self.source, self.indicator, self.found).report(lexed)
            whole_or_rule = lexed.end == len(folded.text) or not isinstance(sentence, ast.Statement)
            if whole_or_rule and not _unfit(sentence):
                return self._raw(whole, sentence, None, False), _after_comma(folded.from_index(lexed.end))
        taken = self._taken_after_prose(folded, lexicon)
        if taken is not None:
            return taken
        mark = re.search(r"\((?:本项|共|计)?\d+(?:\.\d+)?分\),", folded.text)
        if mark:
            head, tail = folded.part(0, mark.end() - 1), folded.from_index(mark.end())
            if tail.text:
                stop = span_at(folded, lexed.furthest) if lexed else None
                return self._raw(head, None, stop, False), tail
        for end in (m.end() for m in _PROSE_AWARD.finditer(folded.text)):
            tail = folded.from_index(end)
            if tail.text and lex(tail, lexicon, "sentence").tokens:
                stop = span_at(folded, lexed.furthest) if lexed else None
                return self._raw(folded.part(0, end - 1), None, stop, False), tail
        if gloss and not re.search(r"[\d+×*÷/%]", folded.text[gloss.end() :]):
            return self._raw(folded, None, None, True), empty
        return self._raw(folded, None, span_at(folded, lexed.furthest) if lexed else None, False), empty

    def _taken_after_prose(self, folded: Folded, lexicon: Lexicon) -> tuple[kinds.Raw, Folded] | None:
        """`最终得分为各专家评分的平均分`: words that compute nothing, then how the score is taken."""
        if len(folded.text) > LONGEST_SENTENCE:
            return None
        for place in led_places(folded.text, lexicon):
            tail = folded.from_index(place)
            lexed = lex(tail, lexicon, "sentence")
            if not lexed.tokens or any(t.type == "UNKNOWN" for t in lexed.tokens):
                continue
            sentence = _as_taken(build.build_sentence(grammar.tree("sentence", lexed.tokens)))
            if sentence is None or _unfit(sentence):
                continue
            rest = _after_comma(tail.from_index(lexed.end))
            return self._raw(folded.part(0, place + lexed.end), sentence, None, False), rest
        return None

    def _award(self, folded: Folded, lexicon: Lexicon) -> tuple[kinds.Raw, Folded] | None:
        """The first band of a sentence that gives a grade or an amount."""
        if len(folded.text) > LONGEST_SENTENCE:
            return None
        start = "grading" if self.yields is Yields.GRADE else "payment"
        lexed = lex(folded, lexicon, start)
        if not lexed.tokens:
            return None
        sentence = build_awards.build_award_sentence(grammar.tree(start, lexed.tokens))
        raw = self._raw(folded.part(0, lexed.end), sentence, None, False)
        return raw, folded.from_index(lexed.end + bool(folded.text[lexed.end : lexed.end + 1].strip() in (",", "、")))

    def _raw(self, folded: Folded, sentence: ast.Sentence | None, stop: Span | None, words: bool) -> kinds.Raw:
        span = trimmed(self.source.text, Span(folded.begin, folded.end))
        return kinds.Raw(self.source.slice(span), folded.text, sentence, stop, span, words)


# Prose that gives points, before a comma: what follows may be a rule of its own.
_PROSE_AWARD = re.compile(r"(?:(?:得|计|记|基本分|基准分|基础分|满分)\d+(?:\.\d+)?分|满分|不得分|不计分),")


def _after_comma(folded: Folded) -> Folded:
    return folded.from_index(1) if folded.text.startswith(",") else folded


def _as_taken(sentence: ast.Sentence) -> ast.ScoreFormula | None:
    """A score taken from other values; one aggregate alone is such a score."""
    match sentence:
        case ast.ScoreFormula(taken=True):
            return sentence
        case ast.Statement(condition=ast.Bare(operand=ast.Aggregate() as body)):
            return ast.ScoreFormula("得分", body, taken=True, span=sentence.span)
        case _:
            return None


def _unfit(sentence: ast.Sentence) -> bool:
    """Several things where one condition must stand, or weights that are not as many as the values."""
    match sentence:
        case ast.ScoreFormula(body=ast.Elided()):
            return True
        case (
            ast.Rule(condition=ast.Bare(operand=ast.Several()))
            | ast.Statement(condition=ast.Bare(operand=ast.Several()))
        ):
            return True
        case ast.Rule(condition=ast.Joined(parts=parts)) | ast.Statement(condition=ast.Joined(parts=parts)):
            return any(isinstance(p, ast.Bare) and isinstance(p.operand, ast.Several) for p in parts)
        case _:
            return False


def _word_equation(sentence: ast.Sentence) -> bool:
    """`X=文字` with nothing to compute: a definition in words."""
    match sentence:
        case ast.Equation(body=ast.Name(declared=False)):
            return True
        case _:
            return False


def _folded(source: SourceText, span: Span) -> Folded:
    """The folded view of a sentence without its final stop."""
    end = span.end
    while end > span.start and source.text[end - 1] in "。；;，,：: \u3000":
        end -= 1
    return Folded.of(source.text[span.start : end], span.start)


# --- words of author's lines ------------------------------------------------------------------------------------------


@attrs.frozen
class _Ambiguities:
    """Reports a sentence whose names can be cut in two ways: once, however often the line is tried."""

    source: SourceText
    indicator: str
    found: list[Diagnostic]

    def report(self, lexed: Lexed) -> None:
        if lexed.other:
            read, other = names_in(lexed.tokens), names_in(lexed.other)
            finding = errors.two_readings(self.source, _spans(read - other), _spans(other - read), self.indicator)
            if finding not in self.found:
                self.found.append(finding)


def _spans(places: Iterable[tuple[int, int]]) -> tuple[Span, ...]:
    return tuple(Span(start, end) for start, end in sorted(places))


def _quantity(source: SourceText, span: Span, lexicon: Lexicon, ambiguities: _Ambiguities) -> ast.Expression | None:
    tokens = _all_tokens(source, span, lexicon, "quantity", ambiguities)
    return build.build_quantity(grammar.tree("quantity", tokens)) if tokens else None


_REMINDER = re.compile(r"[，,](不足|未达到|不满足|不符合)的.*$")


def _condition(source: SourceText, span: Span, lexicon: Lexicon, ambiguities: _Ambiguities) -> ast.Condition | None:
    """What stands before a reminder to the reader (`…不少于3个，不足的予以提示`)."""
    reminder = _REMINDER.search(source.slice(span))
    tokens = _all_tokens(
        source, Span(span.start, span.start + reminder.start()) if reminder else span, lexicon, "condition", ambiguities
    )
    return build_quantities.build_condition_start(grammar.tree("condition", tokens)) if tokens else None


def _all_tokens(
    source: SourceText, span: Span, lexicon: Lexicon, start: str, ambiguities: _Ambiguities
) -> tuple[Token, ...]:
    folded = _folded(source, span)
    if not folded.text or len(folded.text) > LONGEST_SENTENCE:
        return ()
    lexed = lex(folded, lexicon, start)
    ambiguities.report(lexed)
    return lexed.tokens if lexed.end == len(folded.text) else ()


def _whole_sentence(
    source: SourceText, span: Span, lexicon: Lexicon, ambiguities: _Ambiguities
) -> tuple[ast.Sentence | None, Span | None]:
    folded = _folded(source, span)
    if not folded.text or len(folded.text) > LONGEST_SENTENCE:
        return None, span
    lexed = lex(folded, lexicon, "sentence")
    ambiguities.report(lexed)
    if lexed.end == len(folded.text):
        sentence = build.build_sentence(grammar.tree("sentence", lexed.tokens))
        if not isinstance(sentence, ast.Statement):
            return sentence, None
    return None, span_at(folded, lexed.furthest)
