"""A small table inside a cell → sentences.

    | 培训规模   | 省外 | 省内 |
    | 100人以上  | 4分  | 3分  |        100人以上 and 省外: 得4分
    | 50-100人   | 2分  | 1分  |

Each field with points is a sentence whose conditions are the heads of its row and its column; so a table is bands like any
other. The heads of the rows speak of the corner heading, those of the columns of the datum whose states they are, or of
what they name themselves. A table of two columns, one of them 分值, has rows alone; one whose only row is 分值, columns.

Takes the lines of a cell and a way to read a condition; gives the lines that are no table, and the pieces of the tables. A
field that cannot be read is a piece that says so. Never decides which band counts.
"""

import re
from collections.abc import Callable, Iterator
from fractions import Fraction
from itertools import pairwise

import attrs

from rubric.source import SourceText, Span
from rubric.syntax import ast
from rubric.syntax.fold import key
from rubric.syntax.numerals import split_unit
from rubric.syntax.placing import trimmed

_RULE = re.compile(r"[|\s:－—-]+")
_POINTS_HEAD = re.compile(r".*(分值|得分|分数|计分|赋分|标准分|评分|等级|等次|档次|结果)(\(分\))?")
_ASIDE = re.compile(r"序号|备注|说明|依据|.*(资料|来源)")
_AWARD = re.compile(r"(?:得|计|记|加)?(?P<points>-?\d+(?:\.\d+)?)分?")
_NOTHING = re.compile(r"[-/—]*|无")
_INTRODUCES = re.compile(r".*(下表|附表|下列标准|如下).*")
_EQUALS = re.compile(r"(?P<name>[^\d<>≥≤=]*?)(?P<number>\d+(?:\.\d+)?)(?P<unit>[^\d<>≥≤=以及内上下(]{0,4})")
_ABSENT = re.compile(r"(?:无|没有|未设|不设)(?P<name>.{2,})")

ReadCondition = Callable[[Span], ast.Condition | None]


@attrs.frozen
class _Reading:
    """What reading a table needs; an inner detail of this module."""

    source: SourceText
    condition: ReadCondition
    names: tuple[ast.Declared, ...]
    data: tuple[ast.DatumLine, ...]
    yields: ast.Yields


def tables_of(
    source: SourceText,
    lines: tuple[Span, ...],
    condition: ReadCondition,
    names: tuple[ast.Declared, ...],
    data: tuple[ast.DatumLine, ...],
    yields: ast.Yields,
) -> tuple[tuple[Span, ...], tuple[ast.Piece, ...]]:
    """The lines that are no table, and a piece for each field of the tables."""
    reading = _Reading(source, condition, names, data, yields)
    rest: list[Span] = []
    pieces: list[ast.Piece] = []
    index = 0
    while index < len(lines):
        end = index
        while end < len(lines) and _is_row(source.slice(lines[end])):
            end += 1
        if end - index < 2:
            rest.append(lines[index])
            index += 1
            continue
        if rest and _INTRODUCES.fullmatch(key(source.slice(rest[-1]))):
            before = rest.pop()
            pieces.append(_piece(ast.PieceKind.NOTE, source.slice(before), before))
        pieces += _pieces(reading, lines[index:end])
        index = end
    return tuple(rest), tuple(pieces)


def _is_row(text: str) -> bool:
    return text.count("|") + text.count("｜") >= 2


def _piece(kind: ast.PieceKind, text: str, span: Span, sentence: ast.Sentence | None = None) -> ast.Piece:
    award = (
        sentence.outcome.points if isinstance(sentence, ast.Rule) and isinstance(sentence.outcome, ast.Award) else None
    )
    return ast.Piece(kind, text, None, award, False, False, sentence, None if sentence else span, span=span)


def _fields(source: SourceText, row: Span) -> list[Span]:
    """The fields of a row without the bars at its ends."""
    text = source.slice(row)
    bars = [row.start + i for i, character in enumerate(text) if character in "|｜"]
    edges = [row.start - 1, *bars, row.end]
    fields = [trimmed(source.text, Span(a + 1, b)) for a, b in pairwise(edges)]
    if bars and bars[0] == row.start:
        fields = fields[1:]
    if bars and bars[-1] == row.end - 1:
        fields = fields[:-1]
    return fields


def _pieces(reading: _Reading, lines: tuple[Span, ...]) -> Iterator[ast.Piece]:
    rows = [_fields(reading.source, line) for line in lines if not _RULE.fullmatch(reading.source.slice(line))]
    head, body = rows[0], rows[1:]
    corner = key(reading.source.slice(head[0]))
    columns = [i for i in range(1, len(head)) if not _ASIDE.fullmatch(_words(reading, head[i]))]
    plain = [i for i in columns if _POINTS_HEAD.fullmatch(_words(reading, head[i]))]
    if len(body) == 1 and _POINTS_HEAD.fullmatch(_words(reading, body[0][0])):
        for column in (c for c in columns if c < len(body[0])):
            yield _field(reading, body[0][column], [(head[column], corner)])
        return
    of_columns = {c: _datum_of(reading, [head[i] for i in columns if i not in plain]) for c in columns}
    for row in body:
        for column in (c for c in columns if c < len(row)):
            heads = [(row[0], corner)]
            if column not in plain:
                heads.append((head[column], of_columns[column]))
            yield _field(reading, row[column], heads)


def _words(reading: _Reading, span: Span) -> str:
    return key(reading.source.slice(span))


def _datum_of(reading: _Reading, heads: list[Span]) -> str:
    """The datum whose states the heads are; empty where there is none or several."""
    words = [_words(reading, head) for head in heads]
    found = [line.name for line in reading.data if line.states and any(_state(line, word) for word in words)]
    return key(found[0]) if len(found) == 1 else ""


def _state(line: ast.DatumLine, words: str) -> str:
    """The state that a head names: as it is, or the only one that stands in it."""
    exact = [s for s in line.states if key(s) == words]
    inside = [s for s in line.states if key(s) in words or words in key(s)]
    return exact[0] if exact else inside[0] if len(inside) == 1 and words else ""


def _field(reading: _Reading, field: Span, heads: list[tuple[Span, str]]) -> ast.Piece:
    """One field under its heads. One without points is no band: the value then is in a gap."""
    text = "，".join(reading.source.slice(span) for span in (*(head for head, _ in heads), field))
    words = _words(reading, field)
    outcome = _outcome(reading, words, field)
    if outcome is None:
        kind = ast.PieceKind.NOTE if _NOTHING.fullmatch(words) else ast.PieceKind.UNREAD
        return _piece(kind, text, field)
    tests = [_test(reading, head, about) for head, about in heads]
    known = tuple(test for test in tests if test is not None)
    if len(known) < len(tests):
        return _piece(ast.PieceKind.UNREAD, text, field)
    test = known[0] if len(known) == 1 else ast.Joined("and", known, span=field)
    return _piece(ast.PieceKind.RULE, text, field, ast.Rule(test, outcome, span=field))


def _outcome(reading: _Reading, words: str, span: Span) -> ast.Outcome | None:
    if reading.yields is ast.Yields.GRADE:
        return ast.Graded(words, span=span) if words else None
    if words in ("满分", "得满分"):
        return ast.Award(None, span=span)
    if words == "不得分":
        return ast.Award(Fraction(0), span=span)
    match = _AWARD.fullmatch(words)
    return ast.Award(Fraction(match["points"]), span=span) if match else None


def _test(reading: _Reading, head: Span, about: str) -> ast.Condition | None:
    """What a head asks of the datum it is about."""
    words = _words(reading, head)
    if re.fullmatch("其他|其余|其它(情况|情形)?|其他(情况|情形)?|不限|全部", words):
        return None
    lines = [line for line in reading.data if line.states]
    for line in sorted(lines, key=lambda line: key(line.name) != about):
        state = _state(line, words)
        if state and (key(line.name) == about or key(state) == words or about not in _named(reading)):
            return ast.Named(_name_of_state(reading, line, state), span=head)
    subject = ast.Name(about, span=head) if about in _named(reading) else None
    return _about(_equal(reading, head) or reading.condition(head), subject)


def _named(reading: _Reading) -> frozenset[str]:
    return frozenset(n.key for n in reading.names if n.terminal == "QUANTITY")


def _name_of_state(reading: _Reading, line: ast.DatumLine, state: str) -> str:
    """The name by which a state is known: one that stands in the text, or that which `names_of_tables` declares."""
    known = [n.key for n in reading.names if n.role == "state" and n.target == line.name and n.detail == state]
    return known[0] if known else name_of_state(line.name, state)


def name_of_state(datum: str, state: str) -> str:
    return f"{key(datum)}={key(state)}"


def names_of_tables(
    source: SourceText, lines: tuple[Span, ...], data: tuple[ast.DatumLine, ...]
) -> Iterator[ast.Declared]:
    """Where a cell holds a table, every state has a name of its own, however short it is (`A`, `好`)."""
    if sum(_is_row(source.slice(line)) for line in lines) >= 2:
        for line in data:
            for state in line.states:
                yield ast.Declared(
                    name_of_state(line.name, state), "CONDITION", "state", line.name, state, span=line.span
                )


def _equal(reading: _Reading, head: Span) -> ast.Condition | None:
    """`2人` is exactly 2, `无专管人员` is 0 of them."""
    words = _words(reading, head)
    names = _named(reading)
    absent = _ABSENT.fullmatch(words)
    if absent and absent["name"] in names:
        zero = ast.Number(Fraction(0), span=head)
        return ast.Comparison((ast.Name(absent["name"], span=head), zero), ("=",), span=head)
    match = _EQUALS.fullmatch(words)
    if match is None or (match["name"] and match["name"] not in names):
        return None
    value, unit = split_unit(match["number"] + match["unit"])
    subject: ast.Expression = ast.Name(match["name"], span=head) if match["name"] else ast.Elided(span=head)
    return ast.Comparison((subject, ast.Number(value, unit, span=head)), ("=",), span=head)


def _about(condition: ast.Condition | None, subject: ast.Name | None) -> ast.Condition | None:
    """The condition of a head with what the table says it is about, where it names nothing itself."""
    if subject is None or condition is None:
        return condition
    match condition:
        case ast.Comparison(operands=operands):
            filled = tuple(subject if isinstance(o, ast.Elided) else o for o in operands)
            return attrs.evolve(condition, operands=filled)
        case ast.Ranged(subject=ast.Elided()):
            return attrs.evolve(condition, subject=subject)
        case ast.Joined(parts=parts):
            done = tuple(found for part in parts if (found := _about(part, subject)) is not None)
            return attrs.evolve(condition, parts=done)
        case _:
            return condition
