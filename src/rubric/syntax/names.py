"""Which words are names, and where.

Takes the declarations of a file; gives for each indicator, and for each item whose words stand for a state, the names
with the kind of terminal they are (`ast.Declared`). The lexer needs only that; what a name means is decided in
`semantics.resolve`, from the same values.
"""

import re
from collections.abc import Iterator

import attrs

from rubric.source import SourceText, Span
from rubric.syntax import ast
from rubric.syntax.ast import Declared, Terminal
from rubric.syntax.basis import Frame
from rubric.syntax.declarations import WHOLE_CELL
from rubric.syntax.derived_columns import met_column, reached_column
from rubric.syntax.fold import Folded, key
from rubric.syntax.lines import RawItem

LONGEST_SENTENCE = 2000
# What a formula calls the full points of the item it stands in.
POINTS_NAMES = frozenset(
    {"指标分值", "该指标分值", "本指标分值", "本项分值", "该项分值", "分值", "本项满分", "该项满分"}
)
_YES_NO = (("是", "否"), ("有", "无"))
RELATIVES = ("本", "上", "当", "每个", "各")


@attrs.frozen
class Unfound:
    """Words of a `对应` that stand in no sentence of the cell, or in several (`count`); `point` where they name an item.

    `states` where the item has `count` sentences that give points, and the line another number of states.
    """

    words: str
    count: int
    span: Span
    point: bool = False
    states: int = 0


def part_word(parts: tuple[str, ...]) -> str:
    """What the parts are called: 季度 for 一季度、二季度 …"""
    endings = {re.sub("^[一二三四五六七八九十0-9]+", "", part) for part in parts}
    return endings.pop() if len(endings) == 1 else ""


def names_of_datum(line: ast.DatumLine) -> Iterator[Declared]:
    """The datum's own names, those of its parts, and its states."""
    boolean = line.states in _YES_NO
    word = part_word(line.parts)
    for name in (line.name, *line.aliases):
        if boolean:
            yield Declared(key(name), "CONDITION", "state", line.name, line.states[0], span=line.span)
        elif not line.states:
            yield Declared(key(name), "QUANTITY", "datum", line.name, span=line.span)
        bare = name.removeprefix(word) if word and name.startswith(word) else name
        for part in line.parts:
            for form in {f"{part}{name}", f"{part}{bare}"}:
                yield Declared(key(form), "QUANTITY", "part", line.name, part, span=line.span)
        if line.parts:
            for form in dict.fromkeys((f"平均{name}", f"平均{bare}")):
                yield Declared(key(form), "QUANTITY", "mean", line.name, span=line.span)
        for state in () if boolean else line.states:
            for form in (f"{name}{state}", f"{name}为{state}", f"{name}是{state}"):
                yield Declared(key(form), "CONDITION", "state", line.name, state, span=line.span)
        if word:
            yield Declared(key(f"{word}{bare}"), "QUANTITY", "datum", line.name, span=line.span)
            for relative in RELATIVES:
                yield Declared(
                    key(f"{relative}{word}{bare}"), "QUANTITY", "relative", line.name, relative, span=line.span
                )
    for column, inside in line.columns:
        if inside not in _YES_NO:  # a yes–no column is a condition, and no quantity
            yield Declared(key(column), "QUANTITY", "column", line.name, column, span=line.span)
        yield from _cells(line, column, inside)


def target_of(inside: tuple[str, ...]) -> str:
    """The column of targets that a column `（对照目标值）` is measured against."""
    match = re.fullmatch("对照(.+)", inside[0]) if len(inside) == 1 else None
    return match[1] if match else ""


def number_columns(line: ast.DatumLine) -> list[str]:
    """The columns that hold numbers of one unit."""
    return [column for column, inside in line.columns if len(inside) == 1 and not target_of(inside)]


def scored_rows(line: ast.DatumLine) -> bool:
    """Whether each row states its own points, so that the cell is about each of them."""
    return any(column == "分值" and inside == ("分",) for column, inside in line.columns)


def _against(line: ast.DatumLine, column: str, target: str) -> Iterator[Declared]:
    """`完成值达到目标值`, `未达到目标值`, `完成值占目标值的比例`, with what a row is called before them or not."""
    met, reached = met_column(column, target), reached_column(column, target)
    word = row_word(line)
    calls = ["", *(word[start:] for start in range(len(word))), "该指标", "各指标"]
    for call in calls:
        for verb, state in (("达到", "是"), ("未达到", "否"), ("实现", "是"), ("未实现", "否"), ("没有达到", "否")):
            for subject in (f"{call}{column}", call) if verb != "达到" else (f"{call}{column}",):
                form = f"{subject}{verb}{target}"
                yield Declared(key(form), "CONDITION", "cell", line.name, state, column=met, span=line.span)
        for form in (reached, f"{column}与{target}的比例", f"{column}占{target}的比重", f"{column}占{target}比例"):
            yield Declared(key(f"{call}{form}"), "QUANTITY", "column", line.name, reached, span=line.span)


def _cells(line: ast.DatumLine, column: str, inside: tuple[str, ...]) -> Iterator[Declared]:
    """The states of a column, as a condition of one row speaks of them."""
    target = target_of(inside)
    if target:
        yield from _against(line, column, target)
        return
    if len(inside) < 2:
        return
    plain = column.removeprefix("是否")
    for state in inside:
        forms = [f"{column}{state}", f"{column}为{state}", f"{column}是{state}", state]
        if inside in _YES_NO:
            forms = [*forms[:3], plain if state == inside[0] else f"未{plain}"]
        for form in forms:
            yield Declared(key(form), "CONDITION", "cell", line.name, state, column=column, span=line.span)


_LIST_WORDS = re.compile(r"(清单|列表|明细表?|情况表?|名单|台账|一览表|记录|数据|表)$")
_EACH_WORDS = ("各", "各个", "每个", "各位", "每位", "各名", "每项", "各项", "所有", "全部", "全体", "该", "本", "相应")
_SCORES = re.compile(r"(打分|评分|得分|分数|成绩|值|分)$")
_HOW_MANY = r"(?:总个数|总人数|总数量|总数|个数|数量|人数|家数|户数|件数|项数|次数|数)"


def row_word(line: ast.DatumLine) -> str:
    """What one row is called: 项目 for 项目清单, 评委 for 评委打分."""
    name = re.sub("^(各个?|每个?|所有|全部)(?=..)", "", _LIST_WORDS.sub("", key(line.name)))
    numbers = number_columns(line)
    return _SCORES.sub("", name) if len(line.columns) == 1 and numbers and _SCORES.sub("", name) else name


def names_of_rows(line: ast.DatumLine) -> Iterator[Declared]:
    """Names by which a cell speaks of the values of all rows: `各项目支出额`, `评委打分`; a declared name goes before them."""
    if not line.columns:
        return
    word, whole = row_word(line), key(line.name)
    numbers = number_columns(line)
    plain = re.sub("^(各个?|每个?|所有|全部)(?=..)", "", whole)
    for column in numbers:
        forms = [f"{each}{word}{of}{column}" for each in ("", *_EACH_WORDS) for of in ("", "的")]
        if len(numbers) == 1:
            forms += [f"{each}{plain}" for each in ("", *_EACH_WORDS)]
        for form in dict.fromkeys((column, *forms)):
            yield Declared(key(form), "QUANTITY", "values", line.name, column, span=line.span)


def selections_of(
    text: str, lines: tuple[ast.DatumLine, ...]
) -> Iterator[tuple[ast.Selection, tuple[int, int] | None]]:
    """Words of a folded sentence that say which rows, with the place of their condition in it (None: all rows)."""
    for line in lines:
        if not line.columns:
            continue
        word = re.escape(row_word(line))
        numbers = "|".join(re.escape(key(c)) for c in number_columns(line)) or "(?!)"
        what = rf"(?:(?P<column>的?(?:{numbers}))|(?P<share>的?(?:占比|比例|比重|所占比例)|占(?:全部|所有)?{word}(?:{_HOW_MANY})?的?(?:比例|比重|比率))|(?P<count>{_HOW_MANY}))"
        for match in re.finditer(rf"(?:全部|所有|参评|各)?{word}{what}", text):
            yield _selection(line, match, match.start()), None
        for match in re.finditer(
            _COUNTED_ROWS, text
        ):  # 评委7人以上, 帮扶村个数: of a list named 评委打分, 帮扶村满意度
            if _calls_row(line, match["word"]) or (match["word"] in ("项目", "单位") and len(lines) == 1):
                yield ast.Selection(match[0], line.name, "count"), None
        for match in re.finditer(rf"(?P<condition>[^-,;。=+*×÷/()]+?)的?(?:全部|所有)?{word}{what}", text):
            words = match["condition"]
            for start in (0, *(m.end() for m in re.finditer("占|除以|-", words))):
                if start < len(words):
                    place = (match.start() + start, match.end("condition"))
                    yield _selection(line, match, place[0]), place


# 参评 and the like say nothing of which rows.
_ANY_OF_THEM = re.compile("参评|参加|参与|实际|全部|所有|受检|抽查|测评|参加测评的?")


def _calls_row(line: ast.DatumLine, word: str) -> bool:
    """Whether a word can mean a row: 评委 of 评委打分, 检查月 of 各月检查得分, 月 of 各月得分."""
    called = row_word(line)
    if len(word) < 2:
        return key(line.name).startswith(("各" + word, "各个" + word, "每" + word))
    return (
        called.startswith(word)
        or (len(called) > 1 and _ANY_OF_THEM.fullmatch(word.removesuffix(called)) is not None and word.endswith(called))
        or (set(word) <= set(called) and word[0] in called[1:])
    )


_COUNTED_ROWS = re.compile(
    rf"(?P<word>[一-龥]{{1,6}}?)(?:{_HOW_MANY}(?![一-龥]*?分)|(?=(?:在|达到?|不足|不?少于|不?低于|不?大于|不?超过|未超过|不?多于|至少|等于|为)?(?:\d+|[一二三四五六七八九十]+)[人名位个家](?!百分点)))"
)


def _selection(line: ast.DatumLine, match: re.Match[str], start: int) -> ast.Selection:
    named = match[0][start - match.start() :]
    if match["column"]:
        column = next(c for c, _ in line.columns if key(c) == match["column"].removeprefix("的"))
        return ast.Selection(named, line.name, "column", column)
    return ast.Selection(named, line.name, "share" if match["share"] else "count")


def bare_states(lines: tuple[ast.DatumLine, ...]) -> Iterator[Declared]:
    """States that stand in the text by themselves (`及时公示的，得10分`): those that only one datum has."""
    owners: dict[str, list[ast.DatumLine]] = {}
    for line in lines:
        for state in () if line.states in _YES_NO else line.states:
            owners.setdefault(key(state), []).append(line)
    for state, found in owners.items():
        if len(found) == 1 and len(state) >= 2:
            name = next(s for s in found[0].states if key(s) == state)
            yield Declared(state, "CONDITION", "state", found[0].name, name, span=found[0].span)


def phrases_of_datum(source: SourceText, line: ast.DatumLine, cell: RawItem) -> Iterator[Declared | Unfound]:
    """Names that issued words give: `对应“…”` and `依次对应第1点（1）（2）`."""
    for phrase in line.phrases:
        found = _places_of(source, cell, phrase.words)
        if len(found) != 1:
            yield Unfound(phrase.words, len(found), phrase.span)
            continue
        state = phrase.state or (line.states[0] if line.states in _YES_NO else "")
        terminal: Terminal = "CONDITION" if line.states else "QUANTITY"
        yield Declared(found.pop(), terminal, "state" if line.states else "datum", line.name, state, span=phrase.span)
    if line.sentences_of:
        yield from _phrases_of_sentences(source, line, cell)
    for path, state in zip(line.places, line.states, strict=False):
        words = _outcome_words(source, _item_at(cell, path))
        if words is None:
            number, _, below = path.partition("（")
            yield Unfound(f"第{number}点" + (f"（{below}" if below else ""), 0, line.span, point=True)
        else:
            yield Declared(words, "CONDITION", "state", line.name, state, path, span=line.span)


def _phrases_of_sentences(source: SourceText, line: ast.DatumLine, cell: RawItem) -> Iterator[Declared | Unfound]:
    """`依次对应第1点各句`: the states in order, each the words of a sentence that gives points; as many as there are."""
    whole = line.sentences_of == WHOLE_CELL
    item = cell if whole else _item_at(cell, line.sentences_of)
    found = [(m[1], s) for s in (item.sentences if item else ()) if (m := _outcome_of(source, s))]
    if item is None or len(found) != len(line.states):
        where = line.sentences_of if whole else f"第{line.sentences_of}点"
        yield Unfound(where, len(found), line.span, point=True, states=len(line.states) if item else 0)
        return
    for (words, _), state in zip(found, line.states, strict=True):
        yield Declared(
            words, "CONDITION", "state", line.name, state, "" if whole else line.sentences_of, span=line.span
        )


def _places_of(source: SourceText, cell: RawItem, words: str) -> set[str]:
    """The texts of the cell that `words` (with `……` for what is left out) stand for."""
    pattern = ".*?".join(re.escape(key(part)) for part in re.split("…+|\\.{3,}", words))
    found: set[str] = set()
    for sentence in all_sentences(cell):
        found.update(m[0] for m in re.finditer(pattern, Folded.of(source.slice(sentence), 0).text))
    return found


def all_sentences(item: RawItem) -> Iterator[Span]:
    yield from item.sentences
    for part in item.items:
        yield from all_sentences(part)


def _item_at(cell: RawItem, path: str) -> RawItem | None:
    for item in cell.items:
        if item.path == path:
            return item
        found = _item_at(item, path)
        if found is not None:
            return found
    return None


_OUTCOME = re.compile(r"^(.*?)的?,?(?=(?:[得计记]|可得)(?:\d|满分|零分)|不得分|不计分)")


def _outcome_words(source: SourceText, item: RawItem | None) -> str | None:
    """The words of an item before `，得1.5分`."""
    return next((m[1] for s in (item.sentences if item else ()) if (m := _outcome_of(source, s))), None)


def _outcome_of(source: SourceText, sentence: Span) -> re.Match[str] | None:
    match = _OUTCOME.match(Folded.of(source.slice(sentence), 0).text)
    return match if match and match[1] else None


# Words that the grammar itself gives a meaning to: an author's line about them declares no name.
_LANGUAGE = re.compile(
    r"(每?(超过|超出|高于|低于|少于|不足)[\d一二两三四五].*)|(每再?[^\d,，。]{0,8}[\d一二两三四五六七八九十].*)|本项指标|本指标|本项|该项|此项|直接得分|视同满分|得0分|不得分|扣完为止|计分|不适用|得满分|截止日|起算日|天数"
    r"|(提高|提升|增长|增加|上升|增多|下降|降低|减少|压减|下滑)[^\d,，;；。]{0,4}\d+(\.\d+)?[%％]"
    r"|加倍|同时符合的|否则|其余|其他|定等次的得分|.*的扣分(次数)?|(最多|最高|至多|累计|合计|封顶).*\d分.*|\d+(\.\d+)?[^\d+\-×÷*/]{0,4}"
)


def names_of_frame(framed: Frame, data: dict[str, ast.DatumLine], periods: tuple[str, ...]) -> Iterator[Declared]:
    """Names that a line of 口径 declares. `periods` are those of the series in force."""
    kind = ast.BasisKind
    word = key(framed.word)
    match framed.kind:
        case kind.HOLDS:
            yield Declared(word, "CONDITION", "condition", framed.word, span=framed.word_span)
        case kind.MEANS | kind.COUNTED | kind.ALTERNATIVES:
            if word not in data and not _LANGUAGE.fullmatch(word) and "、" not in _outside_data(framed.word, data):
                yield Declared(word, "QUANTITY", "word", framed.word, span=framed.word_span)
        case kind.DEFINITION:
            for name in (framed.word, *framed.aliases):
                yield Declared(key(name), "QUANTITY", "definition", framed.word, span=framed.word_span)
        case kind.PERIODIC:
            yield from names_of_periods(word, framed.word, periods, framed.word_span)
        case kind.CONSTANTS:
            for form in dict.fromkeys((word, part_word(periods) + word)):
                yield Declared(form, "QUANTITY", "constants", framed.word, span=framed.word_span)
            for part in periods:
                yield Declared(key(part) + word, "QUANTITY", "constants", framed.word, part, span=framed.word_span)
        case _:
            pass


def names_of_periods(word: str, target: str, periods: tuple[str, ...], span: Span) -> Iterator[Declared]:
    """A quantity defined for every period: `季度预算执行率` gives 一季度预算执行率 and the like, and 各季度预算执行率 for all."""
    what = part_word(periods)
    bare = word.removeprefix(what) if what else word
    for part in periods:
        for form in dict.fromkeys((key(part) + bare, key(part) + word)):
            yield Declared(form, "QUANTITY", "definition", target, part, span=span)
    for relative in ("", "本", "当", "每个", "各", "各个"):
        yield Declared(f"{relative}{what}{bare}", "QUANTITY", "definition", target, span=span)


def _outside_data(word: str, data: dict[str, ast.DatumLine]) -> str:
    """`A、B` where both are data speaks of two data, and declares no name."""
    return word if all(key(part) in data for part in word.split("、")) else ""


# Not `未完成数=0的，得6分`: what is equal to a number and then gives points is no definition.
_EQUATION = re.compile(r"^(?:其中:?)?([^=<>≥≤,;。:]{1,40}?)=(?!=)(?!\d+(?:\.\d+)?[^,;。]{0,16}?的?,?[得计扣])")


# 以平均值为基准价 · 评标基准价为平均值
BASE_NAME = r"(?:评标|投标|评审|磋商|竞价|报价)?基准(?:价格|价|值|分)"
_BASE = re.compile(
    rf"(?:作为|确定为|即为|设为|定为|记为|为|是)(?P<last>{BASE_NAME})(?=$|[,;。])|(?:^|,)(?P<first>{BASE_NAME})(?:即?为|是|取)(?!\d)"
)


# 控制指标为4‰: a sentence of its own that says what a limit is
_LIMIT_SAID = re.compile(
    r"(?:其中[:,]?)?(?P<name>(?:控制|限制|警戒|约束性?|规定|考核)(?:指标|限?值|线|标准|数))(?:为|是)"
    r"\d+(?:\.\d+)?(?:[%‰]|[^\d,;。:=得扣计]{1,4})[。;]?"
)


def names_of_cell(source: SourceText, cell: RawItem) -> Iterator[Declared]:
    """`X=…` and `以…为基准价` declare a name, also for the sentences before them."""
    for sentence in all_sentences(cell):
        if sentence.end - sentence.start > LONGEST_SENTENCE:
            continue
        folded = Folded.of(source.slice(sentence), sentence.start)
        commas = (m.end() for m in re.finditer(",", folded.text))
        for base in _BASE.finditer(folded.text):
            word = "last" if base["last"] else "first"
            span = folded.span(base.start(word), base.end(word))
            yield Declared(base[word], "QUANTITY", "definition", base[word], span=span)
        if limit := _LIMIT_SAID.fullmatch(folded.text):
            span = folded.span(*limit.span("name"))
            yield Declared(limit["name"], "QUANTITY", "definition", limit["name"], span=span)
        for start in sorted({0, *folded.blanks, *commas}):
            match = _EQUATION.match(folded.text[start:])
            if match and not match[1].endswith(("得分", "总分", "总成绩", "综合成绩")) and not match[1][0].isdigit():
                span = folded.span(start + match.start(1), start + match.end(1))
                yield Declared(match[1], "QUANTITY", "definition", match[1], span=span)
