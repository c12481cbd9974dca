"""The name-aware lexer: from a folded sentence to tokens the grammar accepts.

Chinese has no blanks, so where a word ends depends on what may stand there. The usual ways fail: a lexer without the
grammar cuts 得 out of 得到 and 在 out of 实际在用; a name that is "a run of characters" swallows the next word. Here
three rules decide, in this order:

1. A declared name is tried before a word, the longest first; a word wins where only it can stand.
2. What can stand here is asked of the LALR table, by simulating reductions on an immutable stack of states. (The keys of
   the current state alone would lie: look-aheads are merged.)
3. Where a choice leads nowhere, the next one is tried: a depth-first search with a memory of what failed, so its work is
   bounded by (places × stacks).

A run of characters that no line declares is still a quantity where only a quantity can stand (`UNKNOWN`): so a bare table
reads, and the missing 数据 line can be proposed.

A second reading of the whole sentence with other declared names is looked for too: the reader is told of it (R0310).

Takes a folded sentence, the names in force and a start symbol; gives tokens with spans in the author's text, or the place
where reading stopped.
"""

import re
from collections.abc import Iterable, Iterator, Mapping

import attrs
from lark import Token

from rubric.source import Span
from rubric.syntax import grammar
from rubric.syntax.dates import TIMED
from rubric.syntax.fold import Folded

_SIGN_BEFORE = re.compile(
    r"[=<>≥≤+\-×*÷/(|]$|(低于|小于|少于|高于|大于|多于|等于|超过|超出|达到|完成|比|在|[一二三四五六七八九十每各]个?季度)$"
)
_SIGN_AFTER = re.compile(
    r"[=<>≥≤+\-×*÷/)|]|按照?(?=[^,;。]{0,8}(?:比例|比率|程度))|的(算术)?平均(值|分)|在|达|超过|超出|保持|以\d|完成(?:目标|任务|计划)|不低于|不少于|不高于|不超过|不大于|不小于|不足|低于|小于|少于|高于|大于|多于|等于|[优好劣差]于|持平|(?:提高|提升|增长|增加|上升|下降|降低|减少|压减)(?:[\d一二三四五六七八九十]|的|了|幅度|达|超|不)|为\d|\d+(\.\d+)?%|(?<=[标划准求值])\d+(\.\d+)?个?百分点|绝对值|:"
    r"|(?:以内|之内|范围内)(?=的|,|得|计|$)"
    r"|(?:作为|确定为|即为|设为|定为|记为|为|是)(?:评标|投标|评审|磋商|竞价|报价)?基准|[较比](?=[^,;。\d]{1,8}每)|[与同](?=[^,;。\d]{1,8}(?:持平|相等|相同|一致))|每再?[超高低多少不增减上下升降提缩相偏差浮波变]|[与和][^,;。=]{1,16}(的?比[例值率重]|之比)"
    r"|([百千万二三四五六七八九十]分之[零一二两三四五六七八九十百\d]+|半数|[一二三四五六七八九]成|\d+(\.\d+)?|[一二两三四五六七八九十百]+)[^,;。\d<>≥≤=%]{0,8}?(\(不?含[^()]*\))?(及|或|和)?(以上|以下|以内|之内|之间|[-~至到]\d)"
)
_OUTCOME_INSIDE = re.compile(
    r"[%‰]|\d分/|\d+(?:\.\d+)?分、|[得扣加计](\d|[一二两三四五六七八九十]+分|满分)|不得分|(?<=[上下分的间])(?:评|定)*为[^\d,;、]{1,5}[、,;]"
)  # no name runs over these
_SCORE_NAME = re.compile(
    r"[^,=<>≥≤%]{0,40}?(?:(?:得分|(?<!标准)(?<!满)分值|总分|总成绩|综合成绩|价格分|报价分|评标价分)(?==)|得分(?=为[^,;。]*(?:[×÷+*/]|乘以|除以|减去|加上)))"
)  # cut first: a name must not swallow it
# The total may be a datum too, but before what takes it away it is what that is said of.
_SCOPE_OF_ZERO = re.compile(
    r"(?:年度|当年|考核|当月|最终|综合|年终)*(?:总得分|总分|考核得分|考核成绩)(?=(?:直接|一律|均|则|全部)?(?:(?:按|[计记得]|[计记]?为)[0零]分?(?![\d.])|不得分|不计分))"
)
# …最多得10分（须提供证明，否则不得分）
BRACKETED_NOUGHT = re.compile(r"\([^()]*(?:不得分|不计分|零分)\)$")
# A comma before what the letters or names of a formula mean.
_EXPLAINED = re.compile(r",(?:其中|式中|[A-Za-z]\d*(?:为|是|表示|代表|指|即))")
# 90%≤满意度: a number that a quantity is compared with.
_COMPARED_FIRST = re.compile(r"\d+(?:\.\d+)?(?:%|‰)?[<≤]|(?:其[他余它]|否则)[^,;。\d]{0,4}(?:不得分|[得计][\d零])")
_OUTCOME_ENDS = frozenset(
    {
        "POINTS",
        "FULL",
        "ZERO",
        "DIRECT",
        "POINTS_MARK",
        "COMMA_POINTS",
        "BARE_POINTS",
        "BASE_AS",
        "PROPORTIONAL",
        "STANDARD",
        "INTERPOLATE",
        "RATIO_CONVERTED",
        "IN_PROPORTION",
        "SHARE_DEDUCTED",
        "SHARE_OF_POINTS",
        "NO_DEDUCTION",
        "RUN_OUT",
        "PARTIAL",
        "MOST",
        "LEAST",
        "PENALTY",
        "ROUND",
        "NOT_APPLICABLE",
        "RATE_LAST",
        "TAKE_MEAN",
        "TAKE_HIGHEST",
        "TAKE_LOWEST",
        "TAKE_SUM",
        "TIMES",
        "AT_PERCENT",
        "CONVERTED",
        "CONVERTED_TO",
        "WEIGHTED_MEAN",
        "WEIGHT_TAIL",
        "WEIGHTS_LIST",
    }
)
# Of two words of one length the one that says more goes first: `一项` before 扣 is what is counted, not an amount.
_VALUES = frozenset({"NUMBER", "PERCENT", "AMOUNT", "POINTS", "PERCENT_POINT", "IF", "FIND"})
# Words that hold any characters between what makes them a word (每流失一个项目).
_OPEN = frozenset({"COUNTED", "FIND", "ONE_LEVEL", "OTHERWISE", "NOTE_TAIL"})
_KEPT = frozenset({"CONDITION", "SCORE_NAME", "UNKNOWN"})
# Words beside a deadline hold no second requirement: what is joined to it is a condition of its own, or unread.
_PROSE_STOPS = re.compile(
    r"[%‰,;:]|\(\D?\d+(?:\.\d+)?分\)|[得扣加计记](?:\d|[零一二两三四五六七八九十半][一二三四五六七八九十点]*分)|不得分|或|且|同时|并(?![网购入轨联])|"
    r"超过|超出|不足|低于|高于|大于|小于|不少于|不多于|达到|\d+(?:\.\d+)?(?:个?工作日|个?自然日|天|日|个?小时|分钟|个?月|年)"
)
# What words beside a deadline may stand before.
_PROSE_ENDS = re.compile(
    r"的?,?(?:(?:[得扣减加计记]|可得)(?:\d|[零一二两三四五六七八九十][一二三四五六七八九十点]*分)|得满分|计满分|不得分|不计分|不扣分|\()|的?,|自|从|在|于|应|须|按|如期|及时|最迟|不[晚迟]于|"
    r"\d|[一二三四五六七八九十]{1,3}(?:月|[日天个]|工作日|小时|周|年)|[次翌上下当本每同][年月]|第|年[底末]|[上下]半年|之[日时]|起|[以之]?后|当[日天]|次日|"
    r"逾|超|延|推迟|迟|滞后|拖|误|晚|未|没有|不能|提[前早]|早"
)
# 每逾期一个月，重点镇扣…: a step, and no delay of one month, whatever stands between it and its points.
_EACH_TIME = re.compile(
    r"[^,;。\d一二两三四五六七八九十]{1,8}?(?:\d+|[一二两三四五六七八九十]+)个?(?:工作日|自然日|天|日|月|年|周|季度|小时|分钟)(?!的?,?(?:就|再|则)?(?:扣|减|加|另加|得|计))"
)
_WORK = 20_000


@attrs.frozen
class Lexicon:
    """Declared names by folded key, with the terminal each is. Small scopes (a cell, a line) are laid over larger ones."""

    names: Mapping[str, str]
    longest: Mapping[str, tuple[int, ...]]
    timed: bool = False

    @classmethod
    def of(cls, names: Mapping[str, str], timed: bool = False) -> "Lexicon":
        """A line that is nothing but signs names nothing, and is left out. `timed`: some data are dates or times."""
        lengths: dict[str, set[int]] = {}
        for name in filter(None, names):
            lengths.setdefault(name[0], set()).add(len(name))
        return cls(names, {first: tuple(sorted(sizes, reverse=True)) for first, sizes in lengths.items()}, timed)

    def at(self, text: str, index: int) -> Iterator[tuple[str, int]]:
        """Declared names that stand at `index`, longest first, as (terminal, end)."""
        for size in self.longest.get(text[index], ()):
            terminal = self.names.get(text[index : index + size])
            if terminal is not None and index + size <= len(text):
                yield terminal, index + size

    def spans(self, text: str, place: int) -> bool:
        """Whether a declared name begins before `place` and ends behind it."""
        return any(end > place for index in range(place) for _, end in self.at(text, index))


@attrs.frozen
class Lexed:
    """`end` is how far reading came as a whole sentence (0: not at all); `furthest` where no token was possible.

    `other` is a second way in which the whole sentence reads with other declared names, if there is one.
    """

    tokens: tuple[Token, ...]
    end: int
    furthest: int
    other: tuple[Token, ...] = ()


def lex(folded: Folded, lexicon: Lexicon, start: str) -> Lexed:
    """The first way, in the order of preference, in which all of `folded` reads as `start`.

    If there is none, the longest beginning that reads and ends before a blank (`…×100% 如实际…`) or, where it gives
    points, before a comma: a sentence may end there. If there is none of these either, no tokens.
    """
    search = _Search(folded, lexicon)
    search.listing = start in ("grading", "payment")
    tokens = search.run(grammar.initial(start), 0, None)
    if tokens is None:
        return search.best
    first = tuple(_listed(tokens))
    return Lexed(first, len(folded.text), len(folded.text), search.second(start, first))


@attrs.frozen
class _Chain:
    """Tokens so far, the last first: branches of the search share their beginnings."""

    token: Token
    earlier: "_Chain | None"


def _listed(chain: _Chain | None) -> list[Token]:
    tokens: list[Token] = []
    while chain is not None:
        tokens.append(chain.token)
        chain = chain.earlier
    return tokens[::-1]


class _Search:
    """One search; an inner detail of `lex`."""

    def __init__(self, folded: Folded, lexicon: Lexicon) -> None:
        self.folded = folded
        self.lexicon = lexicon
        self.failed: set[tuple[int, int]] = set()
        self.stacks: dict[tuple[int, ...], int] = {}
        self.work = _WORK
        self.best: Lexed = Lexed((), 0, 0)
        self.listing = False

    def run(self, stack: grammar.Stack, index: int, chain: _Chain | None) -> _Chain | None:
        """Tokens from `index` to the end after `chain`, or None; remembers the furthest place and the best beginning."""
        pending = [(stack, index, chain)]
        while pending:
            stack, index, chain = pending.pop()
            if index == len(self.folded.text):
                if chain is not None and grammar.can_end(stack):
                    return chain
                continue
            seen = (index, self._number(stack))
            if seen in self.failed or self.work <= 0:
                continue
            self.failed.add(seen)
            self.work -= 1
            self._note(stack, index, chain)
            branches = [
                (after, end, _Chain(self._token(terminal, index, end), chain))
                for terminal, end in self._candidates(stack, index)
                if (after := grammar.advance(stack, terminal)) is not None
            ]
            pending.extend(reversed(branches))
        return None

    def second(self, start: str, first: tuple[Token, ...]) -> tuple[Token, ...]:
        """Another way to read the whole sentence, whose declared names stand elsewhere than in `first`; else nothing.

        All splits are tried, each (place, stack) at most once with the names of `first` and once with others. What an
        author has bound or forced is no choice (the words of a condition, `「…」`, `X得分=`); nor is a run that no line
        declares, which would be a second way for every name.
        """
        names = names_in(first)
        begins = {begin for begin, _ in names}
        kept = {_place(token)[0]: _place(token) for token in first if token.type in _KEPT}
        seen: set[tuple[int, int, bool]] = set()
        pending: list[tuple[grammar.Stack, int, _Chain | None, bool]] = [(grammar.initial(start), 0, None, False)]
        while pending and len(seen) < _WORK:
            stack, index, chain, differs = pending.pop()
            if index == len(self.folded.text):
                if differs and grammar.can_end(stack):
                    return tuple(_listed(chain))
                continue
            state = (index, self._number(stack), differs)
            if state in seen:
                continue
            seen.add(state)
            for terminal, end in self._candidates(stack, index):
                token = self._token(terminal, index, end)
                begin, stop = _place(token)
                after = grammar.advance(stack, terminal)
                if after is None or kept.get(begin, (begin, stop)) != (begin, stop):
                    continue
                if terminal == "UNKNOWN" and begin not in kept:
                    continue
                other = (begin, stop) not in names if terminal == "QUANTITY" else any(begin <= b < stop for b in begins)
                pending.append((after, end, _Chain(token, chain), differs or other))
        return ()

    def _number(self, stack: grammar.Stack) -> int:
        states: list[int] = []
        rest: grammar.Stack | None = stack
        while rest is not None:
            states.append(rest[0])
            rest = rest[1]
        return self.stacks.setdefault(tuple(states), len(self.stacks))

    def _note(self, stack: grammar.Stack, index: int, chain: _Chain | None) -> None:
        best = self.best
        furthest = max(best.furthest, index)
        if index > best.end and chain is not None and self._may_break(index, chain) and grammar.can_end(stack):
            self.best = Lexed(tuple(_listed(chain)), index, furthest)
        elif furthest > best.furthest:
            self.best = attrs.evolve(best, furthest=furthest)

    def _may_break(self, index: int, chain: _Chain) -> bool:
        """A sentence may end at a blank, and at a comma after what it gives: `得2分，高于上年水平的得0分`, `得5分、第二得4分`."""
        if self.listing and self.folded.text[index] in ",、":
            return True
        ended = chain.token.type in _OUTCOME_ENDS or _listed(chain)[0].type in ("SCORE_NAME", "BASE_IS")
        comma = (self.folded.text[index] in ",、" or self._begins_anew(index, chain)) and ended
        explained = _EXPLAINED.match(self.folded.text, index) is not None
        bracket = ended and BRACKETED_NOUGHT.match(self.folded.text, index) is not None
        return comma or explained or bracket or index in self.folded.blanks

    def _begins_anew(self, index: int, chain: _Chain) -> bool:
        """`…得3分90%≤好评率<98%得2分`: points, and behind them the next comparison without a stop between."""
        named = next(self.lexicon.at(self.folded.text, index), None) is not None
        return chain.token.type == "POINTS" and (named or _COMPARED_FIRST.match(self.folded.text, index) is not None)

    def _token(self, terminal: str, start: int, end: int) -> Token:
        span = self.folded.span(start, end)
        return Token(terminal, self.folded.text[start:end], start_pos=span.start, end_pos=span.end)

    def _candidates(self, stack: grammar.Stack, index: int) -> Iterator[tuple[str, int]]:
        text = self.folded.text
        acceptable = set(grammar.acceptable(stack))
        if not self.lexicon.timed:
            acceptable -= TIMED
        if "SCORE_NAME" in acceptable and (match := _SCORE_NAME.match(text, index)):
            yield "SCORE_NAME", match.end()
        if "SCOPE" in acceptable and (match := _SCOPE_OF_ZERO.match(text, index)):
            yield "SCOPE", match.end()
        yield from self._forced(index)
        words = [
            (match.end(), terminal)
            for terminal, pattern in grammar.terminals()
            if terminal in acceptable and (match := pattern.match(text, index)) and match.end() > index
            if terminal not in _OPEN or not self._names_inside(index, match.end())
            if not terminal.startswith("TAKE_") or not self._named_as_taken(index, match.end())
        ]
        ordered = [(terminal, end) for end, terminal in sorted(words, key=lambda w: (-w[0], w[1] in _VALUES))]
        yield from (word for word in ordered if word[0].startswith("PAY_"))  # 服务费全额支付 names its money itself
        for terminal, end in self.lexicon.at(text, index):
            if terminal in acceptable:
                yield terminal, end
        yield from (word for word in ordered if not word[0].startswith("PAY_"))
        if "UNKNOWN" in acceptable and not grammar.words_of("GRADE_AS").match(text, index):
            ends = (end for end in _unknown_ends(text, index) if not (self.listing and ":" in text[index:end]))
            yield from (("UNKNOWN", end) for end in ends)
        if "PROSE" in acceptable:
            yield from (("PROSE", end) for end in self._prose_ends(index))

    def _prose_ends(self, index: int) -> Iterator[int]:
        """Where words beside a deadline could end: before a date or a time, a declared name, what is given, or the end."""
        text = self.folded.text
        for end in range(index + 1, len(text) + 1):
            if _PROSE_STOPS.match(text, end - 1):
                return
            if text[end - 1] == "每" and _EACH_TIME.match(text, end):
                continue
            if end == len(text) or _PROSE_ENDS.match(text, end) or next(self.lexicon.at(text, end), None):
                yield end

    def _names_inside(self, start: int, end: int) -> bool:
        """Whether a declared name begins after `start` and before `end`: a word that holds any characters yields to it."""
        return any(True for index in range(start + 1, end) for _ in self.lexicon.at(self.folded.text, index))

    def _named_as_taken(self, start: int, end: int) -> bool:
        """Whether a declared name says itself what would be taken: 平均得分 of `按平均得分计分`."""
        text = self.folded.text
        ends = ((index, stop) for index in range(start, end) for _, stop in self.lexicon.at(text, index))
        return any(re.search("平均|最[高低]|均值|之和|合计", text[index:stop]) for index, stop in ends)

    def _forced(self, index: int) -> Iterator[tuple[str, int]]:
        """`「…」` forces a name."""
        text = self.folded.text
        if text[index] == "「" and (close := text.find("」", index)) > index:
            yield self.lexicon.names.get(text[index + 1 : close], "UNKNOWN"), close + 1


def _place(token: Token) -> tuple[int, int]:
    assert token.start_pos is not None and token.end_pos is not None
    return token.start_pos, token.end_pos


def names_in(tokens: Iterable[Token]) -> frozenset[tuple[int, int]]:
    """Where names of quantities stand, as offsets in the author's text."""
    return frozenset(_place(token) for token in tokens if token.type == "QUANTITY")


def _unknown_ends(text: str, index: int) -> Iterator[int]:
    """Where a run that no line declares could end: beside a sign, shortest first; brackets inside it are whole."""
    if not ("\u4e00" <= text[index] <= "\u9fff" or "A" <= text[index].upper() <= "Z"):
        return
    if _NUMERAL.match(text, index) or _TRIMS.match(text, index):  # nor does a name begin in the middle of words
        return
    led = bool(_SIGN_BEFORE.search(text, 0, index))
    end = index + 1
    found = 0
    while end <= len(text) and found < 8:
        if end == len(text):
            if led:
                yield end
            return
        if text[end] == "(":
            close = _closing(text, end)
            inside = text[end + 1 : close] if close else ""
            if not inside or re.search(r"[=<>≥≤+×*÷/]", inside) or re.fullmatch(r"\d+(\.\d+)?分", inside):
                if led:
                    yield end
                return
            end = close + 1
            continue
        if _TRIMS.match(text, end):
            return
        if _OUTCOME_INSIDE.match(text, end):
            if led and text[end] in "得计":
                yield end
            return
        if text.endswith(("得分", "总分", "总成绩", "综合成绩", "价格分", "报价分"), index, end) and text[end] == "=":
            return
        if text[end] == ":" and _COMPARES.search(text, index, end):
            return  # 金额在100万元以上的项目：a condition of what follows, and no name
        if text[end] == ":" and text[end - 1] == "的":
            return  # 有建设任务的：whom what follows holds for
        if _SIGN_AFTER.match(text, end) or (led and text[end] in ",的;。"):
            yield end
            found += 1
        if text[end] in "=<>≥≤,;。)|+-×*÷/":
            return
        end += 1


# 去掉一个最高价: what is left out of values is no part of their name.
_TRIMS = re.compile("(?:去掉|去除|剔除|除去|舍去)(?:其中)?的?(?:[一两二三]|\\d)个?(?:最高|最低|最大|最小)")
_COMPARES = re.compile(
    r"[\d一二三四五六七八九十百][^,;。:]{0,8}(以上|以下|以内)|([高低大小多少]于|不足|超过|达到)[\d一二三四五六七八九十百]"
)
# A number in words is no name.
_NUMERAL = re.compile("[百千万二三四五六七八九十]分之|半数|[一二三四五六七八九]成|的(?=按|[得计扣]|不)|满\\d")


def _closing(text: str, opening: int) -> int:
    depth = 0
    for index in range(opening, len(text)):
        depth += (text[index] == "(") - (text[index] == ")")
        if depth == 0:
            return index
    return 0


def span_at(folded: Folded, index: int) -> Span:
    """The source place where reading stopped: a run up to the next sign."""
    end = index
    while end < len(folded.text) and end - index < 12 and folded.text[end] not in ",;。()=":
        end += 1
    return folded.span(index, max(end, min(index + 1, len(folded.text))))
