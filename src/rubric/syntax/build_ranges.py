"""Ranges as written → their ends: `80%（含）-90%`, `[0,5)`, `31-60日`.

Takes the token of a range, or its words; gives an `ast.Ranged`. An end whose mark says nothing is open to a reading. Never
an error: the grammar has accepted the words.
"""

import re

import attrs
from lark import Token, Tree

from rubric.source import Span
from rubric.syntax import ast
from rubric.syntax.build_quantities import build_expression, subtrees, token_span, tokens_of
from rubric.syntax.numerals import split_unit

VALUE = r"(?:十?[百千万]分之(?:\d+(?:\.\d+)?|[零一二两三四五六七八九十百点]+)|[二三四五六七八九十]+分之[一二三四五六七八九]+|半数|[一二三四五六七八九]成[一二三四五六七八九半]?|\d+(?:\.\d+)?|[一二两三四五六七八九十百千]+)"
_END = rf"({VALUE})([^\d\[\]()~\-至到,]*?)((?:\([^()]*\)|以上)*)"
_RANGE = re.compile(
    rf"([\[(]?){_END}(?:-{{1,2}}|~|至|到|,){_END}([\])]?)(\([^()]*\))?(?:之间|区间内?|以内|范围内)?(\([^()]*\))?"
)

# 在200天与250天之间
_BETWEEN = re.compile("^(?:在|介于)?(?P<low>[^与和]+)[与和](?=.*之间)")


def build_ranged(tree: Tree[Token], span: Span) -> ast.Ranged:
    """`80%（含）-90%`, `90%-80%（含）`: an end without （含） is open where the other has one, undecided where neither has.

    `[80%,90%)` says both ends by its brackets.
    """
    token = next(t for t in tokens_of(tree) if t.type in ("RANGE", "PLAIN_RANGE"))
    children = [c for c in subtrees(tree) if c.data != "comparator"]
    subject = build_expression(children[0]) if children else ast.Elided(span=span)
    return attrs.evolve(ends_of(str(token), token_span(token)), subject=subject, span=span)


def ends_of(words: str, place: Span) -> ast.Ranged:
    """The two ends of a range, of a subject not yet said."""
    match = _RANGE.fullmatch(_BETWEEN.sub(r"\g<low>-", words))
    assert match is not None
    opening, low_words, low_unit, low_mark, high_words, high_unit, high_mark, closing, *behind = match.groups()
    low, low_unit = split_unit(low_words + (low_unit or ("" if _has_unit(low_words) else high_unit)))
    high, high_unit = split_unit(high_words + high_unit)
    marks = low_mark or None, high_mark or next(filter(None, behind), None)
    low_in, high_in = _inclusive(marks[0], low_words), _inclusive(marks[1], high_words)
    if marks[1] and not marks[0] and re.search(r"含\d", marks[1]) and not _ends_in(marks[1], high_words):
        low_in, high_in = _inclusive(marks[1], low_words), None
    if opening and closing and _is_interval(opening, closing, words) and not any(marks):
        low_in, high_in = opening == "[", closing == "]"
    if low_in is None and high_in is None and _counts(low_unit, high_unit) and low < high:
        high_in = True  # `6-9期`: whole things, so both ends are meant
        low_in = True
    ends = (ast.Number(low, low_unit, span=place), ast.Number(high, high_unit, span=place))
    if low > high and low_unit == high_unit:  # 96%-86%（含）, in a chain that goes downwards
        ends, low_in, high_in = ends[::-1], high_in, low_in
    return ast.Ranged(ast.Elided(span=place), ends[0], low_in, ends[1], high_in, span=place)


def _is_interval(opening: str, closing: str, words: str) -> bool:
    """`[80%,90%)` and `(5%,10%)`; the brackets of `良（31分-32分）` only hold the range."""
    return "," in words or opening == "[" or closing == "]"


def _has_unit(words: str) -> bool:
    return "分之" in words or "成" in words or words == "半数"


_WHOLE = re.compile("人次?|[批条场站]次|个|项|件|次|起|处|份|例|宗|期|批|篇|场|家|名|户")


def _counts(*units: str) -> bool:
    return all(_WHOLE.fullmatch(unit) for unit in units)


def _ends_in(mark: str, words: str) -> bool:
    """`（含90%）` beside 90%: the number inside is the one it stands at."""
    return words in mark


def _inclusive(mark: str | None, words: str) -> bool | None:
    """What `（含）` says; a mark with another number says nothing of this end."""
    if not mark or "含" not in mark:
        return None
    return not excluded(mark)


def excluded(words: str) -> bool:
    return bool(re.search("不包?含", words))
