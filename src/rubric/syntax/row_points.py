"""Points for the rows of a list by what their cells say: `国家级、省级、市级分别加3、2、1分，同一事项就高不重复计分`.

Takes an item of a cell as it was read, with the data lines; gives it as one sentence, `ast.RowPoints`, where every word of it
is understood: which state of one column earns how much (`A类4分/篇`), what share another column leaves (`参与的减半计分`), which
rows are of one matter. Where anything else is said (a condition, a negation, a figure), the item stays as it was read.
"""

import re
from collections.abc import Iterator
from fractions import Fraction

import attrs

from rubric.source import SourceText
from rubric.syntax import ast
from rubric.syntax.fold import key
from rubric.syntax.names import number_columns
from rubric.syntax.numerals import split_unit

_YES_NO = ("是", "否")
# Words beside a state that say nothing of how it counts.
_PROSE = r"[^,;。:、\d%()不未没无非且或超满足以上下每扣减分]{0,14}?"
_COUNTER = r"(?:项|篇|个|次|件|人次|人|例|部|本|份|场|类)"
_POINTS = r"\d+(?:\.\d+)?"
_GIVES = r"(?:各|可|再)?(?:加|得|计|记|奖励|奖)?"
_BEST = re.compile(
    r"(?:且)?(?:同一|同类|同个|相同)(?P<thing>[^,;。的获多]{1,8}?)(?:(?:同时)?(?:获得?|受到?|有)?(?:多[^,;。]{1,10}|不同[^,;。]{1,8}))?的?,?"
    r"(?:(?:按|以|取|只计|计)*(?:就高|最高|从高|较高)[^,;。\d不]{0,10})?,?(?:且|并)?(?:不(?:再)?(?:重复|累计|叠加|累加)[^,;。\d]{0,6})?(?=$|[,;。])"
)
_MOST = re.compile(
    rf"(?:本项|该项|此项|累计|合计|总计|最终|单项|加分|得分)*(?:最高|最多|不超过|上限)(?:不超过|加|得|计|为)*(?P<most>{_POINTS})分(?:封顶|为止|为限)?(?=$|[,;。])"
)
_SEPARATOR = re.compile("[,;。、]")


def with_row_points(source: SourceText, item: ast.Item, data: tuple[ast.DatumLine, ...]) -> ast.Item:
    """The item, and those below it, with such sentences as one."""
    below = tuple(with_row_points(source, part, data) for part in item.items)
    item = attrs.evolve(item, items=below)
    told = [p for p in item.pieces if p.kind is not ast.PieceKind.NOTE or re.search(r"\d|同一|就高", p.text)]
    lists = [line for line in data if _is_plain(line)]
    if not told or len(lists) != 1 or item.items:
        return item
    span = told[0].span.to(told[-1].span)
    sentence = _Reading(lists[0], key(source.slice(span)).strip(",;。")).sentence()
    if sentence is None:
        return item
    text = source.slice(span)
    whole = ast.Piece(ast.PieceKind.RULE, text, None, None, False, False, attrs.evolve(sentence, span=span), span=span)
    rest = tuple(p for p in item.pieces if p not in told)
    return attrs.evolve(item, pieces=(*rest, whole))


def _is_plain(line: ast.DatumLine) -> bool:
    """Rows that say what they are, and no numbers of their own."""
    return bool(line.columns) and not number_columns(line)


class _Reading:
    """One item's text read against the columns of one list; an inner detail of this module."""

    def __init__(self, line: ast.DatumLine, text: str) -> None:
        self.line = line
        self.text = text
        self.states = {column: inside for column, inside in line.columns if len(inside) > 1 and inside != _YES_NO}
        self.points: dict[str, dict[str, Fraction]] = {}
        self.shares: dict[str, dict[str, Fraction]] = {}
        self.best: str | None = None
        self.most: Fraction | None = None

    def sentence(self) -> ast.RowPoints | None:
        """The whole text, or nothing."""
        index = 0
        while index < len(self.text):
            end = self._next(index)
            if end is None:
                return None
            index = end
        if len(self.points) != 1:
            return None
        column, points = next(iter(self.points.items()))
        if column in self.shares or not all(self._is_whole(c) for c in self.shares):
            return None
        shares = tuple((c, tuple(given.items())) for c, given in self.shares.items())
        return ast.RowPoints(self.line.name, column, tuple(points.items()), shares, self.best, self.most)

    def _is_whole(self, column: str) -> bool:
        """One share leaves the others whole; several must say what each state has."""
        given = self.shares[column]
        return len(given) == 1 or set(given) >= set(self.states.get(column, ()))

    def _next(self, index: int) -> int | None:
        for read in (self._best_by, self._share, self._listed, self._single, self._greatest):
            end = read(index)
            if end is not None:
                return end
        separator = _SEPARATOR.match(self.text, index)
        return separator.end() if separator else None

    def _best_by(self, index: int) -> int | None:
        match = _BEST.match(self.text, index)
        if match is None or not re.search("就高|最高|从高|较高|不", match[0]):
            return None
        plain = [column for column, inside in self.line.columns if not inside]
        named = [c for c in plain if match["thing"] in c or c in match["thing"]]
        chosen = named if len(named) == 1 else plain if len(plain) == 1 else []
        self.best = chosen[0] if chosen else None
        return match.end() if chosen else None

    def _share(self, index: int) -> int | None:
        for column, state, words in self._told():
            pattern = (
                rf"(?:作为|为|属于?|由)?{re.escape(words)}(?:完成|发表|获奖|身份|单位)?的?,?(?:均|则)?(?:"
                rf"(?:按照?|以|计|得)*(?P<share>\d+(?:\.\d+)?)%(?:的比例)?(?:计分|计算|折算|得分|计)?|(?P<half>减半|折半|按一半)(?:计分|计算|得分|计)?|"
                r"(?P<full>全额计分|得全分|按满分计))(?=$|[,;。、])"
            )
            match = re.compile(pattern).match(self.text, index)
            if match:
                share = Fraction(match["share"]) / 100 if match["share"] else Fraction(1, 2 if match["half"] else 1)
                self.shares.setdefault(column, {})[state] = share
                return match.end()
        return None

    def _told(self) -> Iterator[tuple[str, str, str]]:
        """What a share can be said of: a state of a column, or a yes–no column by its name."""
        for column, inside in self.line.columns:
            if inside == _YES_NO:
                yield column, "是", re.sub("^是否", "", key(column))
            else:
                yield from ((column, state, key(state)) for state in inside)

    def _listed(self, index: int) -> int | None:
        """`国家级、省级、市级表彰的，每项分别加3、2、1分`."""
        pattern = (
            rf"(?P<words>[^,;。:\d]{{2,60}}?)的?,?(?:每[一1]?{_COUNTER})?(?:分别|依次)(?:按)?(?:每[一1]?{_COUNTER})?{_GIVES}"
            rf"(?P<points>{_POINTS}分?(?:[、,]{_POINTS}分?)+)(?<=分)(?:/{_COUNTER})?(?=$|[,;。])"
        )
        match = re.compile(pattern).match(self.text, index)
        if match is None:
            return None
        words, numbers = match["words"].split("、"), re.findall(_POINTS, match["points"])
        if len(words) != len(numbers):
            return None
        found = [self._state_in(word) for word in words]
        columns = {c for c, _ in filter(None, found)}
        if len(columns) != 1:
            return None
        for state, number in zip(found, numbers, strict=True):
            if state is not None:
                self.points.setdefault(state[0], {})[state[1]] = Fraction(number)
        return match.end()

    def _state_in(self, word: str) -> tuple[str, str] | None:
        """The state that a word of a list names, with plain words before or behind it."""
        for column, states in self.states.items():
            for state in sorted(states, key=len, reverse=True):
                if re.fullmatch(f"{_PROSE}{re.escape(key(state))}{_PROSE}", word):
                    return column, state
        return None

    def _single(self, index: int) -> int | None:
        """`A类2分/篇`, `受到国家级表彰的每项加3分`, `省级课题每项3分`."""
        for column, states in self.states.items():
            for state in sorted(states, key=len, reverse=True):
                pattern = rf"(?:每[一1]?{_COUNTER})?{_PROSE}{re.escape(key(state))}{_PROSE}的?,?(?:每[有获]?[一1]?{_COUNTER})?,?{_GIVES}(?P<points>{_POINTS})分(?:/{_COUNTER})?(?=$|[,;。、])"
                match = re.compile(pattern).match(self.text, index)
                if match:
                    self.points.setdefault(column, {})[state] = split_unit(match["points"])[0]
                    return match.end()
        return self._unheld(index)

    def _unheld(self, index: int) -> int | None:
        """A level like the others that no row of the list can have (特等奖 beside 一等奖)."""
        pattern = (
            rf"(?P<word>{_PROSE})的?,?(?:每[有获]?[一1]?{_COUNTER})?,?{_GIVES}{_POINTS}分(?:/{_COUNTER})?(?=$|[,;。、])"
        )
        match = re.compile(pattern).match(self.text, index)
        known = [key(state) for states in self.states.values() for state in states if key(state) in self.text]
        alike = match is not None and any(
            match["word"].endswith(state[-2:]) or match["word"].endswith(state[-1]) for state in known
        )
        return match.end() if match is not None and alike and len(match["word"]) >= 2 else None

    def _greatest(self, index: int) -> int | None:
        match = _MOST.match(self.text, index)
        if match is None or self.most is not None:
            return None
        self.most = Fraction(match["most"])
        return match.end()
