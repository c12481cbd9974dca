"""Lines of 数据 in the house's spelling.

Takes a line and its text; gives the line as printed: the name as written, then its parts in one order, each in one
spelling. A line with a finding about its form is given back as it stands.
"""

import re

from rubric.formatter.signs import QUOTED, edited, in_house_quotes, punctuation, signs
from rubric.source import SourceText, Span
from rubric.syntax import ast
from rubric.syntax.declarations import DIRECTION, DatumPart, datum_parts, split_outside
from rubric.syntax.words import (
    AGAINST,
    AT_LEAST,
    AT_MOST,
    BETWEEN_PARTS,
    BETWEEN_SENTENCES,
    BETWEEN_STATES,
    COLON,
    DASH_IS_ZERO,
    FALLING,
    MAY_BE_NEGATIVE,
    ORIGIN,
    OTHER_NAME,
    RISING,
    SHORT_NAME,
    TO,
    UNCHANGEABLE,
    WHOLE,
)

_ORDER = {part: place for place, part in enumerate(DatumPart)}
_STATE_SIGNS = re.compile(r"\s*[／/｜|]\s*")
_RANGE = re.compile(r"(-?[\d.]+\S*?)\s*[-—~～至]\s*([\d.]+\S*)")
_Parts = tuple[tuple[DatumPart | None, Span], ...]
_PLACES = ("", "一", "两", "三", "四")


def print_datum_line(source: SourceText, line: ast.DatumLine) -> str:
    if line.fault or line.unread:
        return source.slice(line.span)
    parts = datum_parts(source, line)
    ordered = sorted(parts, key=lambda found: _rank(source, parts, *found))
    if any(part is DatumPart.UNIT for part, _ in parts[1:]):
        ordered = list(parts)  # Only what stands first can be the unit: nothing may take its place.
    printed = line.name + COLON
    for number, (part, span) in enumerate(ordered):
        # A list of columns is long: what follows it stands apart.
        after_columns = number > 0 and ordered[number - 1][0] is DatumPart.COLUMNS
        printed += BETWEEN_SENTENCES if after_columns else BETWEEN_PARTS if number > 0 else ""
        printed += print_part(source, line, part, span)
    return printed


def _rank(source: SourceText, parts: _Parts, part: DatumPart | None, span: Span) -> int:
    """Where a part stands. Of a range and a bound beside it the later one counts: those keep their order."""
    if part is DatumPart.HIGH and any(_RANGE.fullmatch(source.slice(other)) for _, other in parts):
        return _ORDER[DatumPart.LOW]
    return _ORDER[part] if part is not None else len(_ORDER)


def print_part(source: SourceText, line: ast.DatumLine, part: DatumPart | None, span: Span) -> str:
    """One part in its preferred spelling; names, states and quoted words stay to the character."""
    text = source.slice(span)
    match part:
        case None:
            return text
        case DatumPart.UNIT:
            return re.sub("[％﹪]", "%", text)
        case DatumPart.STATES:
            return _states(text)
        case DatumPart.PARTS:
            return _print_parts(text)
        case DatumPart.COLUMNS:
            columns = split_outside(source.text, span, "、")
            return "、".join(_column(source.slice(column)) for column in columns)
        case DatumPart.REFERENCE:
            return _prose(source, span)
        case DatumPart.LOW | DatumPart.HIGH:
            return _bound(text)
        case DatumPart.SIGNED:
            return MAY_BE_NEGATIVE
        case DatumPart.DECIMALS:
            known = line.decimals is not None and 0 < line.decimals < len(_PLACES)
            return f"保留{_PLACES[line.decimals or 0]}位小数" if known else WHOLE if line.decimals == 0 else text
        case DatumPart.DASH:
            return DASH_IS_ZERO
        case DatumPart.ALIASES:
            return _aliases(text)
        case DatumPart.PHRASES:
            return text if "依次" in text and not line.states else _phrases(text)
        case DatumPart.PLACES:
            return _wide_brackets(re.sub(r"\s", "", text))
        case DatumPart.SENTENCES_OF:
            point = line.sentences_of
            return f"依次对应第{point}点各句" if point.isdecimal() else "依次对应各句"
        case DatumPart.OVER:
            return text
        case DatumPart.DIRECTION:
            match = DIRECTION.fullmatch(text)
            return RISING if match is not None and match["up"] else FALLING
        case DatumPart.TARGET:
            return f"{AGAINST} {_figure(re.sub('^参照[：:]?', '', text).strip())}"
        case DatumPart.UNCHANGEABLE:
            return UNCHANGEABLE
        case DatumPart.ORIGIN:
            start = re.match(r"来源[：:]?\s*", text)
            assert start is not None
            return f"{ORIGIN} {_prose(source, Span(span.start + start.end(), span.end))}"
        case DatumPart.FILLED_BY:
            return re.sub("填[写报]$", "填", text)


def _states(text: str) -> str:
    return BETWEEN_STATES.join(_STATE_SIGNS.split(text))


def _print_parts(text: str) -> str:
    match = re.fullmatch(r"(按.+?填列)[（(](.+)[）)]", text)
    assert match is not None
    return f"{match[1]}（{'、'.join(part.strip() for part in re.split('[、，,]', match[2]))}）"


def _column(text: str) -> str:
    match = re.fullmatch(r"(.+?)[（(](.+)[）)]", text)
    return f"{match[1].rstrip()}（{_states(match[2].strip())}）" if match else text


def _bound(text: str) -> str:
    at_least = re.fullmatch(r"(?:不低于|不少于|不小于)\s*(.+)", text)
    if at_least:
        return AT_LEAST + _figure(at_least[1])
    at_most = re.fullmatch(r"(?:不超过|不高于|不大于|不多于)\s*(.+)", text)
    if at_most:
        return AT_MOST + _figure(at_most[1])
    ends = _RANGE.fullmatch(text)
    return TO.join(_figure(end) for end in ends.groups()) if ends else text


def _figure(text: str) -> str:
    """A number in half-width figures; a name as it is."""
    if not re.match(r"[-－]?[\d.]", text):
        return text
    whole = Span(0, len(text))
    return edited(text, whole, signs(text, whole)).replace("－", "-")


def _aliases(text: str) -> str:
    match = re.fullmatch(r"(简称|又称|亦称|即)[：:]?\s*(.+)", text)
    assert match is not None
    names = (_bare(name) for name in _STATE_SIGNS.split(match[2]))
    return f"{OTHER_NAME if match[1] == OTHER_NAME else SHORT_NAME} {BETWEEN_STATES.join(names)}"


def _bare(name: str) -> str:
    house = in_house_quotes(name)
    return house[1:-1] if re.fullmatch("“[^“”]+”", house) else name


def _phrases(text: str) -> str:
    return re.sub(f'(?<=[”"」])\\s*、\\s*(?=[“"「])|{QUOTED.pattern}', _quoted_words, text)


def _quoted_words(match: re.Match[str]) -> str:
    return "" if match[0].strip() == "、" else in_house_quotes(match[0])


def _wide_brackets(text: str) -> str:
    return text.replace("(", "（").replace(")", "）")


def _prose(source: SourceText, span: Span) -> str:
    kept = (Span(*match.span()) for match in QUOTED.finditer(source.text, span.start, span.end))
    return edited(source.text, span, punctuation(source.text, span), kept)
