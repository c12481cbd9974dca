"""Lines of 数据: one datum a line, `名称：单位，…`.

Takes a line's span; gives its `ast.DatumLine`. What a part of the line does not say in a known way is kept in `unread`
for a finding. Never decides what a unit means.
"""

import re
from collections.abc import Iterator
from enum import StrEnum

import attrs

from rubric.source import SourceText, Span
from rubric.syntax import ast
from rubric.syntax.placing import trimmed

# What `依次对应各句` speaks of, where the cell has no numbered points.
WHOLE_CELL = "本指标"
_OPEN, _CLOSE = "（(“「[【", "）)”」]】"
_QUOTED = '[“"「](.+?)[”"」]'
_STATE_SIGNS = "／/｜|"
_REMARK = re.compile(r"^(附|另附|注明|须|应|不含|含|包括|截至).*|.*(数|口径|为准)$")
_DECIMALS = re.compile(
    r"(?:保留|精确到|取)?\s*(?:(?:小数点后)?\s*(\d|[零一两二三四])\s*位\s*小数|小数点后\s*(\d|[零一两二三四])\s*位)"
)
DIRECTION = re.compile(
    r"(?:方向[：:]?\s*)?(?:(?P<up>正向(?:指标)?|越[高大多晚]越好)|(?P<down>[反逆负]向(?:指标)?|越[低小少早]越好))"
)
# Not `参照财政部口径`: that is a remark about how the datum is counted.
_TARGET = re.compile(r"参照[：:]?\s*(?P<words>(?!.*(?:口径|为准)$).+)")
_UNCHANGEABLE = re.compile(r"不可(?:变|改变|变更|变动|更改)|历史数据")
_NUMERALS = {"零": 0, "一": 1, "两": 2, "二": 2, "三": 3, "四": 4}


def split_outside(text: str, span: Span, separators: str) -> tuple[Span, ...]:
    """The parts of `span` between separators that stand outside brackets and quotation marks."""
    parts: list[Span] = []
    depth, start = 0, span.start
    for index in range(span.start, span.end):
        character = text[index]
        depth += (character in _OPEN) - (character in _CLOSE and depth > 0)
        if character in separators and depth == 0:
            parts.append(trimmed(text, Span(start, index)))
            start = index + 1
    parts.append(trimmed(text, Span(start, span.end)))
    return tuple(part for part in parts if part.start < part.end)


def name_end(text: str, span: Span) -> int:
    """Where the name of a line ends: at the first colon outside brackets and quotation marks; -1 without one."""
    depth = 0
    for index in range(span.start, span.end):
        depth += (text[index] in _OPEN) - (text[index] in _CLOSE and depth > 0)
        if text[index] in "：:" and depth == 0:
            return index
    return -1


def datum_line(source: SourceText, span: Span) -> ast.DatumLine:
    """`名称：单位，界限，简称…`; a line without a colon is a name without a unit."""
    text = source.text
    end = name_end(text, span)
    if end < 0:
        return ast.DatumLine(source.slice(span).strip("。；;"), span=span, unread=(span,))
    line = ast.DatumLine(source.slice(trimmed(text, Span(span.start, end))), span=span)
    for position, spec in enumerate(_specs(text, span, end)):
        line = _with_spec(source, line, spec, position)
    return line


def _specs(text: str, span: Span, colon: int) -> tuple[Span, ...]:
    """The parts after the colon; a stop at the end of the line is none of them."""
    stop = span.end - (1 if text[span.end - 1] in "。；;" else 0)
    return split_outside(text, Span(colon + 1, stop), "，,；;")


def _with_spec(source: SourceText, line: ast.DatumLine, spec: Span, position: int) -> ast.DatumLine:
    text = source.slice(spec)
    if match := re.fullmatch(r"按(季度|月|半年|年|期|次)填列[（(](.+)[）)]", text):
        return attrs.evolve(line, parts=tuple(p.strip() for p in re.split("[、，,]", match[2])))
    if text in ("逐行填列", "逐项填列"):
        return attrs.evolve(line, unit="逐行填列")
    if line.unit == "逐行填列" and not line.columns:
        return attrs.evolve(line, columns=tuple(_columns(source, spec)))
    if match := re.fullmatch(r"(?:简称|又称|亦称|即)[：:]?\s*(.+)", text):
        names = tuple(n.strip(' 　“”"「」') if "“" not in n[1:] else n for n in re.split(f"[{_STATE_SIGNS}]", match[1]))
        return attrs.evolve(line, aliases=line.aliases + names)
    if (match := re.fullmatch(f"依次对应{_QUOTED}(?:、?{_QUOTED})*", text)) and line.states:
        return _with_phrases(line, spec, text)
    if match := re.fullmatch(r"依次对应第(\d+(?:、\d+)+)点", text):
        return attrs.evolve(line, places=tuple(str(int(number)) for number in match[1].split("、")))
    if match := re.fullmatch(r"依次对应第(\d+)点的?各句", text):
        return attrs.evolve(line, sentences_of=str(int(match[1])))
    if text == "依次对应各句":
        return attrs.evolve(line, sentences_of=WHOLE_CELL)
    if match := re.fullmatch("依次对应(第\\d+点)(.*)", text):
        return attrs.evolve(line, places=tuple(_places(match[1], match[2])))
    if match := re.fullmatch(f"(?:{_QUOTED}|(\\S+?))?对应{_QUOTED}", text):
        phrase_start = spec.start + match.start(3)
        phrase = ast.Phrase(match[3], match[1] or match[2] or "", span=Span(phrase_start, phrase_start + len(match[3])))
        return attrs.evolve(line, phrases=(*line.phrases, phrase))
    if match := re.fullmatch(r"来源[：:]?\s*(.+)", text):
        return attrs.evolve(line, origin=match[1])
    if match := re.fullmatch(r"由(.+?)填(写|报)?", text):
        return attrs.evolve(line, filled_by=match[1])
    if match := re.fullmatch(r"(不低于|不少于|不小于)(.+)", text):
        return attrs.evolve(line, low=match[2].strip())
    if match := re.fullmatch(r"(不超过|不高于|不大于|不多于)(.+)", text):
        return attrs.evolve(line, high=match[2].strip())
    if match := re.fullmatch(r"(-?[\d.]+\S*?)\s*[-—~～至]\s*([\d.]+\S*)", text):
        return attrs.evolve(line, low=match[1], high=match[2])
    if match := _DECIMALS.fullmatch(text):
        places = match[1] or match[2]
        return attrs.evolve(line, decimals=int(places) if places.isdigit() else _NUMERALS[places])
    if text in ("可为负", "可为负数", "可为负值"):
        return attrs.evolve(line, signed=True)
    if match := DIRECTION.fullmatch(text):
        return attrs.evolve(line, directions=(*line.directions, "up" if match["up"] else "down"))
    if match := _TARGET.fullmatch(text):
        place = trimmed(source.text, Span(spec.start + match.start("words"), spec.end))
        if re.fullmatch('[“"「][^“”"「」]+[”"」]', source.slice(place)):
            place = Span(place.start + 1, place.end - 1)
        return attrs.evolve(line, targets=(*line.targets, ast.Target(source.slice(place), span=place)))
    if _UNCHANGEABLE.fullmatch(text):
        return attrs.evolve(line, unchangeable=True)
    if (over := _over_units(text, line.over)) is not None:
        return attrs.evolve(line, over=over)
    if text == "整数":
        return attrs.evolve(line, decimals=0)
    if re.fullmatch(r"[—－-]+\s*为\s*0", text):
        return attrs.evolve(line, dash_is_zero=True)
    if position == 0 and re.search(f"[{_STATE_SIGNS}]", text):
        return attrs.evolve(line, states=tuple(s.strip() for s in re.split(f"[{_STATE_SIGNS}]", text)))
    if position == 0:
        return attrs.evolve(line, unit=text)
    if _REMARK.fullmatch(text) or line.columns:
        return attrs.evolve(line, reference="，".join(filter(None, (line.reference, text))))
    return attrs.evolve(line, unread=(*line.unread, spec))


_PLACED = re.compile(
    r"按(?P<of>.+?)(?P<order>从高到低|由高到低|从大到小|由大到小|降序|从低到高|由低到高|从小到大|由小到大|升序)(?:排列|排序|排名)?"
)
_OF_ALL = re.compile(
    r"取(?:各|所有|全部|参评)+(?:单位|部门|地区|区县|项目)?(?P<of>.+?)的(?P<which>最高|最大|最低|最小|平均)[值数]?"
)
_COUNT_OF_ALL = re.compile(r"取(?:各|所有|全部|参评)+(?:单位|部门|地区|区县)的?(?:个数|家数|总数|数量|数)")


def _over_units(text: str, before: ast.OverUnits | None) -> ast.OverUnits | None:
    """What a datum takes from all units; with what stands before it, how equals are placed."""
    if match := _PLACED.fullmatch(text):
        return ast.OverUnits(
            "down" if re.search("到低|到小|降", match["order"]) else "up", match["of"].strip("“”「」 ")
        )
    if match := _OF_ALL.fullmatch(text):
        which = {"最高": "max", "最大": "max", "最低": "min", "最小": "min"}.get(match["which"], "mean")
        return ast.OverUnits(which, match["of"].strip("“”「」 "))  # pyright: ignore[reportArgumentType]
    if _COUNT_OF_ALL.fullmatch(text):
        return ast.OverUnits("count")
    if before is not None and re.fullmatch(r"并列(?:的|后)?(?:名次连续|不占位|不跳号|后面的名次顺延)", text):
        return attrs.evolve(before, without_gaps=True, ties_said=True)
    if before is not None and re.fullmatch(r"并列(?:的|后)?(?:名次不连续|占位|跳号|空出后面的名次)", text):
        return attrs.evolve(before, ties_said=True)
    return None


def _with_phrases(line: ast.DatumLine, spec: Span, text: str) -> ast.DatumLine:
    """`依次对应“甲”“乙”“丙”`: the words of the first, second, third state; other numbers of them are not understood."""
    quotes = list(re.finditer(_QUOTED, text))
    if len(quotes) != len(line.states):
        return attrs.evolve(line, unread=(*line.unread, spec))
    phrases = tuple(
        ast.Phrase(quote[1], state, span=Span(spec.start + quote.start(1), spec.start + quote.end(1)))
        for quote, state in zip(quotes, line.states, strict=True)
    )
    return attrs.evolve(line, phrases=(*line.phrases, *phrases))


def _places(first: str, rest: str) -> Iterator[str]:
    """`第1点（1）（2）（3）` → 1（1）, 1（2）, 1（3）; `第1点、第2点` → 1, 2."""
    number = int(re.sub(r"\D", "", first))
    inner = re.findall(r"[（(](\d+)[）)]", rest)
    if inner:
        yield from (f"{number}（{int(n)}）" for n in inner)
    else:
        yield str(number)
        yield from (str(int(n)) for n in re.findall(r"第(\d+)点", rest))


def _columns(source: SourceText, spec: Span) -> Iterator[tuple[str, tuple[str, ...]]]:
    """`名称、方面（社会效益／经济效益）、金额（万元）` → each column with what its brackets hold."""
    for part in split_outside(source.text, spec, "、"):
        text = source.slice(part)
        match = re.fullmatch(r"(?:列)?(.+?)(?:[（(](.+)[）)])?", text)
        assert match is not None
        inside = tuple(s.strip() for s in re.split(f"[{_STATE_SIGNS}]", match[2])) if match[2] else ()
        yield match[1], inside


# --- a line by its parts ----------------------------------------------------------------------------------------------


class DatumPart(StrEnum):
    """What a part of a line says, by the field of `ast.DatumLine` it fills, in the order in which a line is printed."""

    UNIT = "unit"
    STATES = "states"
    PARTS = "parts"
    COLUMNS = "columns"
    REFERENCE = "reference"
    LOW = "low"
    HIGH = "high"
    SIGNED = "signed"
    DECIMALS = "decimals"
    DASH = "dash_is_zero"
    OVER = "over"
    DIRECTION = "directions"
    TARGET = "targets"
    UNCHANGEABLE = "unchangeable"
    ALIASES = "aliases"
    PHRASES = "phrases"
    PLACES = "places"
    SENTENCES_OF = "sentences_of"
    ORIGIN = "origin"
    FILLED_BY = "filled_by"


def datum_parts(source: SourceText, line: ast.DatumLine) -> tuple[tuple[DatumPart | None, Span], ...]:
    """The parts of a line after its name, as written; None for one that fills no field."""
    end = name_end(source.text, line.span)
    found: list[tuple[DatumPart | None, Span]] = []
    # What a part says depends only on the unit, the states and the columns before it.
    so_far = ast.DatumLine(line.name, span=line.span)
    for position, spec in enumerate(_specs(source.text, line.span, end)):
        after = _with_spec(source, so_far, spec, position)
        filled = (part for part in DatumPart if getattr(after, part.value) != getattr(so_far, part.value))
        found.append((next(filled, None), spec))
        so_far = attrs.evolve(so_far, unit=after.unit, states=after.states, columns=after.columns, over=after.over)
    return tuple(found)
