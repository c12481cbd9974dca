"""The names in force in an indicator, as the lexer needs them.

Takes the lines that declare names; gives the names of the indicator, of its rows and of single items. What a name means is
decided in `semantics.resolve`.
"""

from collections.abc import Iterator

import attrs

from rubric.source import SourceText, Span
from rubric.syntax import ast, build_conditions, grammar, names
from rubric.syntax.ast import Declared
from rubric.syntax.basis import Frame, frame, issued_constants
from rubric.syntax.fold import key
from rubric.syntax.lexer import Lexicon, lex
from rubric.syntax.lines import RawIndicator, RawItem, items
from rubric.syntax.names import LONGEST_SENTENCE, Unfound
from rubric.syntax.reading import folded_sentence

# A longer line is no line of a table any more.
LONGEST_LINE = 20_000


def names_in_force(
    source: SourceText,
    raw: RawIndicator,
    data: tuple[ast.DatumLine, ...],
    shared: tuple[ast.DatumLine, ...],
    shared_names: tuple[Declared, ...],
) -> tuple[tuple[Declared, ...], list[Unfound], tuple[Frame, ...], tuple[Frame, ...], RawItem]:
    """The names; the words of 对应 that stand nowhere; the lines of 口径, and the sentences of the cell that read as such."""
    cell = items(source, tuple(line for line in raw.cell if not is_overlong(line)))
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
    told = (issued_constants(source, span, periods) for span in names.all_sentences(cell))
    stated = tuple(framed for framed in told if framed is not None)
    for framed in (*frames, *stated):
        declared.extend(names.names_of_frame(framed, lines, periods))
    declared.extend(names.names_of_cell(source, cell))
    taken = {n.key for n in declared if n.role not in ("column", "cell")}
    for line in (*shared, *data):
        declared.extend(n for n in names.names_of_rows(line) if n.key not in taken)
    return tuple(declared), unfound, frames, stated, cell


def is_delay(name: str) -> bool:
    """逾期, 提前 and the like declared by a line: still words of the language, which then ask for what is declared."""
    return any(grammar.words_of(word).fullmatch(name) for word in ("LATE", "EARLY"))


def is_of_row(name: Declared, data: tuple[ast.DatumLine, ...]) -> bool:
    """A number or a state of a row whose sentences score each row; a plain text is neither."""
    texts = {column for line in data if line.name == name.target for column, inside in line.columns if not inside}
    return name.role == "cell" or name.detail not in texts


def selections_of(
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
        folded = folded_sentence(source, span)
        for selection, place in names.selections_of(folded.text, of_rows):
            if selection.key in seen:
                continue
            condition = None
            if place is not None:
                lexed = lex(folded.part(*place), lexicon, "condition")
                unknown = any(t.type == "UNKNOWN" for t in lexed.tokens)
                if not lexed.tokens or lexed.end != place[1] - place[0] or unknown:
                    continue
                condition = build_conditions.build_condition_start(grammar.tree("condition", lexed.tokens))
            seen.add(selection.key)
            yield attrs.evolve(selection, condition=condition, span=span)


@attrs.frozen
class Lexicons:
    """The names of a cell, and those of an item where an author's line gives its words a meaning of their own."""

    cell: Lexicon
    everywhere: dict[str, str]
    declared: tuple[Declared, ...]

    def at(self, path: str) -> Lexicon:
        local = {n.key: str(n.terminal) for n in self.declared if n.path == path and path}
        return Lexicon.of(self.everywhere | local, self.cell.timed) if local else self.cell


def is_overlong(line: Span) -> bool:
    return line.end - line.start > LONGEST_LINE
