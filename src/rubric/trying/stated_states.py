"""States that a clause names and the values given beside it do not show.

Takes the text and the declarations; gives the declarations with the other states that stand where a known one stands: in the
same column or heading of a table, or in a sentence of the same form (`省级平台6分，市级平台3分`). Where a word only might be a
state, it is left out. Never a value.
"""

import re
from collections.abc import Iterator

import attrs

from rubric.syntax.fold import key
from rubric.trying.declare import OTHER, Declared, Kind

_FORM = re.compile(
    r"(?P<state>[^,;。:、\d<>≥≤=%]{1,12}?)(?:的|,)*(?:(?:得|计|记|加)?\d+(?:\.\d+)?分(?![/之])|(?:得|计)满分|不得分)$"
)


_RANKED = re.compile("(?:优于|好于|高于|劣于|低于|差于|达到).|.(?:及|或|和)?以[上下]")
_SCALES = (
    ("Ⅰ类", "Ⅱ类", "Ⅲ类", "Ⅳ类", "Ⅴ类", "劣Ⅴ类"),
    ("优", "良", "中", "差"),
    ("优秀", "良好", "中等", "较差"),
    ("优秀", "良好", "一般", "较差"),
    ("优秀", "良好", "合格", "不合格"),
    ("A级", "B级", "C级", "D级", "E级"),
    ("AAA级", "AA级", "A级", "B级", "C级"),
)


def in_order(declared: tuple[Declared, ...], text: str) -> tuple[Declared, ...]:
    """The states of a known scale from the best to the worst, all of them, where the text ranks them (`优于Ⅲ类`)."""
    return tuple(_scaled(one, text) if one.kind is Kind.STATE and _RANKED.search(text) else one for one in declared)


def _scaled(one: Declared, text: str) -> Declared:
    """Of several scales the one that has most words of the text."""
    known = {state for state in one.states if state != OTHER}
    fitting = [scale for scale in _SCALES if known <= set(scale)]
    scale = max(fitting, key=lambda scale: sum(state in text for state in scale), default=None)
    return one if scale is None else attrs.evolve(one, states=scale)


_RATED = re.compile(r"(?:^|[,;。:、])(?P<state>[^,;。:、\d<>≥≤=%]{2,12}?)\d+(?:\.\d+)?分/")


def with_rated(declared: tuple[Declared, ...], text: str) -> tuple[Declared, ...]:
    """Each state datum with the states that have a rate beside one of its own: `国家标准5分/项，行业标准3分/项`."""
    rated = tuple(dict.fromkeys(m["state"] for m in _RATED.finditer(key(text))))
    return tuple(_extended(one, [rated]) if one.kind is Kind.STATE else one for one in declared)


def with_stated(declared: tuple[Declared, ...], text: str) -> tuple[Declared, ...]:
    """Each state datum with the states that the text names beside its own, in the order of the text."""
    columns = [*_columns(text), *_lists(text)]
    return tuple(_extended(one, columns) if one.kind is Kind.STATE else one for one in declared)


def _extended(one: Declared, lists: list[tuple[str, ...]]) -> Declared:
    known = {key(state) for state in one.states}
    for words in lists:
        if known & set(words):
            more = [w for w in words if w not in known and _alike(w, known & set(words), words, known)]
            if more:
                own = [s for s in one.states if s != OTHER]
                return attrs.evolve(one, states=tuple(dict.fromkeys((*own, *more))))
    return one


def _alike(word: str, known: set[str], words: tuple[str, ...], all_known: set[str]) -> bool:
    """In a table every cell is a state; in sentences one that is built as a known one is."""
    in_table = words[:1] == ("",)
    if not in_table and _RANKED.search(word):
        return False  # 达到或优于Ⅲ类 means states, and is none
    if not in_table and any(k in word for k in all_known):
        return False  # 被评为国家级先进 is 国家级先进
    return bool(word) and (in_table or any(word[-1] == k[-1] or word[0] == k[0] for k in known))


def _columns(text: str) -> Iterator[tuple[str, ...]]:
    """The columns of words in a table, and the heads of its columns of points; each begins with an empty word."""
    rows = [[key(cell) for cell in line.strip().strip("|").split("|")] for line in text.split("\n") if "|" in line]
    rows = [row for row in rows if not all(re.fullmatch(":?-+:?", cell) for cell in row)]
    if len(rows) < 2:
        return
    for column in zip(*rows[1:], strict=False):
        if not any(re.search(r"\d", cell) for cell in column):
            yield ("", *dict.fromkeys(column))
    points = [index for index in range(len(rows[0])) if _is_points(rows, index)]
    yield ("", *(rows[0][index] for index in points))


def _is_points(rows: list[list[str]], index: int) -> bool:
    return all(len(row) > index and re.fullmatch(r"\d+(\.\d+)?分?", row[index]) for row in rows[1:])


def _lists(text: str) -> Iterator[tuple[str, ...]]:
    """The words before points, sentence by sentence."""
    for sentence in re.split("[。\n]", text):
        found = [m["state"].rpartition("为")[2] for part in re.split("[,;]", key(sentence)) if (m := _FORM.match(part))]
        if len(found) > 1:
            yield tuple(dict.fromkeys(found))
        for match in _PAIRED.finditer(key(sentence)):
            parts = match["words"].split("、")
            first, last = _BEFORE_STATE.sub("", parts[0]), parts[-1]
            end = last.find(first[-1:])
            yield (first, *parts[1:-1], last[: end + 1] if end >= 0 else last)


# 获国家级、省级、市级表彰的，分别得3分、2分、1分
_PAIRED = re.compile(r"(?P<words>[^,;。:]+?、[^,;。:]+?)的?,?(?:分别|依次)(?:得|计|加|扣|奖|给)")
_BEFORE_STATE = re.compile("^(?:.*为|获得?|受到?|取得|属于?|达到)(?=.)")
