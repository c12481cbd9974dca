"""A cell as it reads for each class of unit.

`执行率达到95%的，重点县得3分，其他县得2分；每低1个百分点，重点县扣0.5分，其他县扣0.3分。` is two rules in one. Classes may differ in
points, thresholds, steps, or in the whole rule, and any of the language's sentences may stand under a class; so the text
itself is taken apart. For each class what is said of the others is left out, with the words that name the class, and what
remains is an ordinary cell: `执行率达到95%的，得3分；每低1个百分点，扣0.5分。`

Two layouts: classes side by side in one sentence (what stands before them holds for all), and a block of sentences for
each class, which begins with it (`重点县：…；一般县：…`). Blocks are equally long, so what follows the last one holds for all, as
does a 扣完为止 at its end.

A block may also begin with a condition on a datum (`采购金额在100万元以上的项目：…；采购金额不足100万元的项目：…`): such a class is
whatever meets it.

Takes a cell's lines with the words that name classes; gives for each class the same source with blanks for what is left out, so
that every span still points into the author's text. Never decides what a class is.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from itertools import pairwise

import attrs

from rubric.source import SourceText, Span
from rubric.syntax.fold import Folded

BLANK = "\u200b"  # no character of a text, and no blank at which a sentence could end


@attrs.frozen
class RawCase:
    """`head` is where the class is first named, None for all others; `words` how."""

    words: str
    head: Span | None
    source: SourceText


@attrs.frozen
class _Head:
    """A class named in a sentence: `start` to `end` are its words with what belongs to them, `key` is empty for 其他."""

    key: str
    start: int
    end: int


_LEAD = re.compile(r"(?:(?:其中|对于|对|属于|属|若为|如为|凡是|凡|若|如)[:,]?|,)?(?:对于|对|属于|属|因|由于)?$")
_KINDS = r"(?:类|型|级|组)?(?:单位|部门|企业|机构|项目|工程|学校|医院|乡镇|街道|社区|地区|人员|区县|县区|市县|[县市区村乡镇])?"
_TAIL = re.compile(
    rf"(?:造成|导致|引起)?(?:未|没有|不)[^,;:。\d得扣]{{1,10}}的,(?=每)|{_KINDS}(?:的[^,;:。\d<>≥≤=得扣]{{0,8}})?(?:中|来说|而言)?[:,]|{_KINDS}的?(?=[得计扣减加])|{_KINDS}"
)
_OTHERS = re.compile(
    r"(?:其他|其余|其它)(?!情况|情形|不|未|均不)[^,;:。\d得扣计减加]{0,8}?(?=[:,]|[得扣计减加]\d|[得计]满分)"
)
_COMMON_TAIL = re.compile(r",(?=(?:以上|上述)?(?:均|都)?(?:扣完|扣至|最多|最高|最低|累计|不足|保留|直至))")
# 没有项目的，本项得满分；有项目的，完工得3分，否则不得分: no rest is left of the first.
_SETTLED = re.compile(
    r"(?:本项|该项|此项|本指标|该指标)?(?:直接|一律|均)?(?:[得计记](?:满分|\d+(?:\.\d+)?分)|不扣分|不得分)[,;。\n]*"
)
# 参与的减半计分: of all classes before it, where it names none.
_COMMON_SHARE = re.compile(r",(?=[^,;。\d]{2,12}的,?(?:减半|折半)(?:计分|得分|计算)?(?=[,;。\n]|$))")
# What is said of all classes that are not met, where no class says it of itself.
_COMMON_REST = re.compile(
    r",(?=(?:均|都)?(?:未|没有|不)(?:能)?(?:达到|完成|达标|满足|符合)[^,;。\d]{0,6}的?,?(?:得|计|不得|扣|按)|(?:其余|其他)(?:情况|情形)?的?,?(?:得|计|均|不得|按)|否则)"
)
_COMMON = re.compile(r"(?:以上|上述)?(?:均|都|一律)|以上|上述|扣完|注:|其余|其他情况|否则")
_OUTCOME = re.compile(
    r"的?,?(?:得|计|记|加|扣|减)(?:\d+(?:\.\d+)?分|满分)[,;。]?|不得分[,;。]?|的?,?\(\d+(?:\.\d+)?分\)[,;。]?"
)


def split(
    source: SourceText, lines: tuple[Span, ...], classes: Mapping[str, str], names: frozenset[str]
) -> tuple[RawCase, ...]:
    """`classes` maps words to the datum whose state they are; `names` are words that name quantities. Nothing if no
    datum has two classes in the cell, or a class says no more than its points."""
    text, places = _folded(source, lines)
    for datum in dict.fromkeys(classes.values()):
        words = frozenset(word for word, of in classes.items() if of == datum)
        found = _Split(text, lambda start, end, words=words: _heads(text, words, names, start, end)).cases()
        if found:
            return tuple(_case(source, key, head, holes, places) for key, head, holes in found)
    return ()


def split_by_condition(source: SourceText, lines: tuple[Span, ...]) -> tuple[RawCase, ...]:
    """Blocks that begin with a condition; nothing where there are not two of them."""
    text, places = _folded(source, lines)
    if _CONDITION_HEAD.search(text) is None:
        return ()
    found = _Split(text, lambda start, end: _condition_heads(text, start, end), bare=True).cases()
    return tuple(_case(source, key, head, holes, places) for key, head, holes in found)


def _folded(source: SourceText, lines: tuple[Span, ...]) -> tuple[str, list[tuple[int, int]]]:
    """The lines as one folded text, a line end as `;`, and the place of each of its characters."""
    characters: list[str] = []
    places: list[tuple[int, int]] = []
    for line in lines:
        folded = Folded.of(source.slice(line), line.start)
        characters += [*folded.text, "\n"]
        places += [*zip(folded.starts, folded.ends, strict=True), (line.end, line.end)]
    return "".join(characters), places


def _case(
    source: SourceText,
    key: str,
    head: tuple[int, int] | None,
    holes: list[tuple[int, int]],
    places: list[tuple[int, int]],
) -> RawCase:
    characters = list(source.text)
    for start, end in holes:
        for begin, stop in places[start:end]:
            characters[begin:stop] = BLANK * (stop - begin)
    span = None if head is None else Span(places[head[0]][0], places[head[1] - 1][1])
    return RawCase(key, span, SourceText(source.name, "".join(characters)))


class _Split:
    """One cell taken apart by the classes of one datum; an inner detail of `split`."""

    def __init__(self, text: str, heads: Callable[[int, int], Iterator[_Head]], bare: bool = False) -> None:
        """`bare`: a class of which nothing but points is said is a class all the same."""
        self.text = text
        self.bare = bare
        self.sentences = [(m.start(), m.end()) for m in re.finditer(r"[^;。\n]+[;。\n]*", text)]
        found = [list(heads(start, end)) for start, end in self.sentences]
        first = min((head.start for own in found for head in own if head.key), default=0)
        # 其他 before any class is named are the rest of something else
        self.heads = [[head for head in own if head.start >= first] for own in found]
        # What is said of each class, and the words that name one.
        self.said: dict[str, list[tuple[int, int]]] = {}
        self.naming: list[tuple[int, int]] = []
        self.shared_before = False

    def cases(self) -> list[tuple[str, tuple[int, int] | None, list[tuple[int, int]]]]:
        keys = list(dict.fromkeys(head.key for heads in self.heads for head in heads))
        if len(keys) < 2 or not any(keys):
            return []
        blocks: list[int] = []
        for index, heads in enumerate(self.heads):
            own = {head.key for head in heads}
            if len(own) == 1 and heads[0].start <= self._begin(index):
                blocks.append(index)
            elif heads:
                self._beside(index)
        self._blocks(blocks)
        if not self.bare and not self.shared_before and all(self._is_bare(parts) for parts in self.said.values()):
            return []
        found: list[tuple[str, tuple[int, int] | None, list[tuple[int, int]]]] = []
        for key in keys:
            holes = [*self.naming, *(part for other, parts in self.said.items() if other != key for part in parts)]
            first = next(head for heads in self.heads for head in heads if head.key == key)
            start = self.text.find(key, first.start) if key else first.start
            found.append((key, (start, start + len(key)) if key else None, holes))
        return found

    def _begin(self, index: int) -> int:
        """Where the words of a sentence begin, after its number."""
        start, end = self.sentences[index]
        return _begin(self.text, start, end)

    def _beside(self, index: int) -> None:
        """Classes side by side in one sentence: what is said of one ends where the next is named."""
        end = self.sentences[index][1]
        heads = self.heads[index]
        self.shared_before = self.shared_before or heads[0].start > self._begin(index)
        limits = _limits_only([self.text[a.end : b.start] for a, b in pairwise(heads)])
        for head, following in zip(heads, [*heads[1:], None], strict=True):
            stop = following.start if following else self._end_of_last(head.end, end)
            if limits and not following and (given := _GIVEN.search(self.text, head.end, stop)):
                stop = given.start()
            elif limits:
                self.naming.append((stop - 1, stop))
            self.naming.append((head.start, head.end))
            self.said.setdefault(head.key, []).append((head.end, stop))

    def _blocks(self, blocks: list[int]) -> None:
        """A block of sentences for each class, the last as long as the first."""
        longest = blocks[1] - blocks[0] if len(blocks) > 1 else 1
        for position, index in enumerate(blocks):
            head = self.heads[index][0]
            last = position == len(blocks) - 1
            after = min(index + longest, len(self.sentences)) if last else blocks[position + 1]
            after = next((i for i in range(index + 1, after) if self.heads[i]), after)
            while after - 1 > index and last and _COMMON.match(self.text, self.sentences[after - 1][0]):
                after -= 1
            end = self.sentences[after - 1][1]
            stop = self._end_of_last(head.end, end) if last else end
            if last and stop < end - 1:  # its tail goes on from the words of every class
                self.naming += [(e - 1, e) for _, e in (p for parts in self.said.values() for p in parts)]
            self.naming += [(h.start, h.end) for h in self.heads[index]]
            self.said.setdefault(head.key, []).append((head.end, stop))

    def _end_of_last(self, start: int, end: int) -> int:
        """`，均扣完为止` at the end holds for every class."""
        tails = list(_COMMON_TAIL.finditer(self.text, start, end))
        rests = list(_COMMON_REST.finditer(self.text, start, end))
        before = any(
            _COMMON_REST.search(self.text, *part) or _SETTLED.fullmatch(self.text, *part)
            for parts in self.said.values()
            for part in parts
        )
        if rests and not before and len(_COMMON_REST.findall(self.text, self._start_of(start), end)) == 1:
            return rests[0].start()  # 一类达到60%得3分，二类达到50%得3分，未达到的得1分
        own = any(_COMMON_TAIL.search(self.text, *part) for parts in self.said.values() for part in parts)
        stop = tails[-1].start() if tails and not own else end
        shares = list(_COMMON_SHARE.finditer(self.text, start, stop))
        if shares and "," not in self.text[shares[-1].end() : stop]:
            return shares[-1].start()
        if stop < end:
            return stop
        return end - 1 if self.text[end - 1] in ";。\n" else end

    def _start_of(self, place: int) -> int:
        return next(start for start, end in self.sentences if start <= place < end)

    def _is_bare(self, parts: list[tuple[int, int]]) -> bool:
        """Whether nothing but points is said of a class: then it is a state like any other."""
        return all(_OUTCOME.fullmatch(self.text[start:end].strip("\n;。")) is not None for start, end in parts)


# 一类达到10%、二类达到8%的，得6分: the classes differ in their limits, and what is given is said once.
_GIVEN = re.compile(r"的?,?(?=(?:再|可|共|则|就|只)?[得计记](?:\d|满分)|\(\d)")


def _limits_only(parts: list[str]) -> bool:
    """Whether nothing is said of the classes but a limit of each."""
    return bool(parts) and all(re.fullmatch(r"[^,;。]*\d[^,;。]*[、,]", p) and not _OUTCOME.search(p) for p in parts)


# --- where classes are named ------------------------------------------------------------------------------------------

_NUMBER = re.compile(r"\n*(?:\(?\d{1,2}[.、)](?!\d)|\(?[一二三四五六七八九十]+[、)]|[①-⑳])?")
# 采购金额在100万元以上的项目： a condition with a figure, and then what holds under it.
_CONDITION_HEAD = re.compile(
    r"(?:^|(?<=[;。\n:]))(?:\n*(?:\(?\d{1,2}[.、)](?!\d)|\(?[一二三四五六七八九十]+[、)]|[①-⑳]))?(?:其中:?|对于|对|凡|属于|若|如)?"
    r"(?P<words>[^,;:。]{1,24}?(?:[<>≥≤]|以上|以下|以内|[高低大小多少]于|超过|不足|未达|达到?|未满|至|-)[^,;:。]*?)"
    rf"(?:(?:的(?:情况|情形)?)?(?:时|下),(?=[^;。]*?,?每)|的(?:[^,;:。\d得扣]{{0,6}}:|{_KINDS},(?=[^;。]*?(?:,否则|,其余|,每))))"
)


def _begin(text: str, start: int, end: int) -> int:
    number = _NUMBER.match(text, start, end)
    return number.end() if number else start


_RANKED = ("优于", "好于", "高于", "劣于", "低于", "差于")


def _heads(text: str, words: frozenset[str], names: frozenset[str], start: int, end: int) -> Iterator[_Head]:
    """The classes named in a sentence; a name of a quantity that holds such a word names none."""
    ordered = sorted(words, key=len, reverse=True)
    index = start
    while index < end:
        name = max((n for n in names if text.startswith(n, index)), key=len, default="")
        word = next((w for w in ordered if text.startswith(w, index)), "")
        others = _OTHERS.match(text, index, end) if not word else None
        if len(name) > len(word):
            index += len(name)
            continue
        if word and text.endswith(_RANKED, start, index):  # 达到或优于Ⅲ类: states on a scale, and no class
            index += len(word)
            continue
        if word or others:
            stop = index + len(word) if word else (others.end() if others else index)
            tail = _TAIL.match(text, stop, end)
            stop = tail.end() if tail and tail.end() > stop else stop
            lead = _LEAD.search(text, start, index)
            begin = lead.start() if lead else index
            yield _Head(word, begin, stop)
            index = stop
            continue
        index += 1


def _condition_heads(text: str, start: int, end: int) -> Iterator[_Head]:
    """The condition a sentence begins with, or 其余项目： for all that meet none."""
    begin = _begin(text, start, end)
    match = _CONDITION_HEAD.match(text, start, end) or _CONDITION_HEAD.match(text, begin, end)
    if match and (match[0].endswith(("时,", "下,")) or re.search(r"\d|[一二三四五六七八九十百]", match["words"])):
        yield _Head(match["words"], begin, match.end())
    elif others := re.compile(rf"{_OTHERS.pattern}[:,]").match(text, begin, end):
        yield _Head("", begin, others.end())
