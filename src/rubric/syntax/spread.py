"""What one sentence of a cell says of others.

Takes the cell as it was read, sentence by sentence; gives it with such words where they belong:

- states with their points (`好、中、差的，分别得1分、0.5分、0分`) are a sentence each;
- counts in a series (`一项得1分，两项得2分`) are each for exactly that many, unless 以此类推 makes them a rate;
- points for each part (`每项得0.5分：（1）…（2）…`) are the points of the parts;
- `有下列情形之一的，…：（1）…（2）…` holds where one of the parts does;
- `未提供的不得分` beside points for each thing provided is said of none of them, `参与的减半计分` of all that they give.

Never reads a sentence again: where the parts are not all conditions, the words stay as they are.
"""

import re
from collections.abc import Iterator
from fractions import Fraction

import attrs

from rubric.syntax import ast
from rubric.syntax.fold import key
from rubric.syntax.numerals import split_unit

Kind = ast.PieceKind
# Signs before a part that is decisive for all.
STARS = ("★", "▲", "☆", "*", "●")
# Words that speak of the parts marked so.
SPOKEN_OF = re.compile(r"[★▲☆●*]\s*[号]?(项|条|款|条款|指标|要求|内容)|[带标注有加][“\"]?[★▲☆●*]")
_Pieces = tuple[ast.Piece, ...]


def spread(cell: ast.Item) -> ast.Item:
    """The cell with every such sentence worked out."""
    return _levels(_exceeding(_no_bonus(_without_any(_triggers(_distributed(_in_series(_one_by_one(cell))))))))


# --- states with their points -----------------------------------------------------------------------------------------

_GIVEN_RESPECTIVELY = re.compile(r"(?:分别|依次)(?:得|计|记)\d")


def _one_by_one(item: ast.Item) -> ast.Item:
    """`质量为好、中、差的，分别得1分、0.5分、0分`: a sentence for each, as `好的得1分，中的得0.5分，…` is."""
    pieces = tuple(one for piece in item.pieces for one in _separate(piece, last=piece is item.pieces[-1]))
    return attrs.evolve(item, pieces=pieces, items=tuple(_one_by_one(part) for part in item.items))


def _separate(piece: ast.Piece, *, last: bool) -> Iterator[ast.Piece]:
    """Where nothing follows, what is none of them is given nothing."""
    match piece.sentence:
        case ast.Paired(events=events, deductions=pairs, limits=limits, span=span) if (
            len(events) == len(pairs)
            and all(isinstance(event, ast.Named) for event in events)
            and _GIVEN_RESPECTIVELY.search(key(piece.text))
        ):
            for index, (event, per) in enumerate(zip(events, pairs, strict=True)):
                rule = ast.Rule(event, ast.Award(per.points, span=per.span), limits, span=span)
                onward = piece.goes_on or index > 0
                yield attrs.evolve(piece, sentence=rule, award=per.points, deducts=False, goes_on=onward)
            if last and all(per.points for per in pairs):
                nothing = ast.Otherwise(ast.Award(Fraction(0), span=span), span=span)
                yield attrs.evolve(piece, sentence=nothing, award=Fraction(0), deducts=False, goes_on=True)
        case _:
            yield piece


# --- counts in a series -----------------------------------------------------------------------------------------------


def _in_series(item: ast.Item) -> ast.Item:
    below = tuple(_in_series(part) for part in item.items)
    return attrs.evolve(item, pieces=_series(item.pieces), items=below)


def _series(pieces: _Pieces) -> _Pieces:
    """`发现1次的扣0.5分，发现2次的扣1.5分`: for exactly once and exactly twice; with 以此类推 a rate."""
    counted = [(i, found) for i, piece in enumerate(pieces) if (found := _count_of(piece)) is not None]
    groups = {per.group for _, (_, per) in counted}
    if not counted or len(groups) < len(counted) or (len(counted) == 1 and not _among_awards(pieces, counted[0])):
        return pieces
    result = list(pieces)
    if any(_limits_of(pieces[i].sentence).so_on for i, _ in counted):
        ordered = sorted(counted, key=lambda one: one[1][1].group)
        limits = _limits_of(pieces[counted[-1][0]].sentence)
        kept = _progression(pieces, ordered, limits, result)
        for index, _ in counted:
            if index not in kept:
                result[index] = attrs.evolve(pieces[index], kind=Kind.NOTE, sentence=None, award=None, deducts=False)
        return tuple(result)
    subject = next((event for _, (event, _) in counted if not isinstance(event, ast.Elided)), counted[0][1][0])
    for index, (_, per) in counted:
        number = ast.Number(Fraction(per.group), per.counter, span=per.span)
        test = ast.Comparison((subject, number), ("=",), span=per.span)
        given = per.adds
        outcome = ast.Award(per.points, deducted=not given, span=per.span)
        limits = _limits_of(pieces[index].sentence)
        rule = ast.Rule(test, outcome, attrs.evolve(limits, floor=False), span=pieces[index].span)
        award = per.points if given else None
        result[index] = attrs.evolve(pieces[index], sentence=rule, award=award, deducts=not given)
    return tuple(result)


_Counted = tuple[int, tuple[ast.Expression, ast.PerCount]]


def _progression(
    pieces: _Pieces, ordered: list[_Counted], limits: ast.Limits, result: list[ast.Piece]
) -> frozenset[int]:
    """`1个得2分，2个得4分，以此类推` is a rate; `1个的加1分，2个的加2.5分，以此类推` so much for the first, and so much for each after it."""
    (first, (event, one)), (second, (_, two)) = ordered[0], ordered[1]
    more = (two.points - one.points) / (two.group - one.group)
    whole = attrs.evolve(one, group=1, points=one.points / one.group)
    if one.points * two.group == two.points * one.group or one.group != 1:
        result[first] = attrs.evolve(pieces[first], sentence=_with_rate(pieces[first].sentence, whole, limits))
        return frozenset((first,))
    own = attrs.evolve(limits, most=None)
    result[first] = attrs.evolve(
        pieces[first], sentence=_with_rate(pieces[first].sentence, attrs.evolve(one, last=1), own)
    )
    after = attrs.evolve(two, group=1, points=more, first=2)
    count = ast.CountDeduction(event, after, limits, span=pieces[second].span)
    result[second] = attrs.evolve(pieces[second], sentence=count, award=None, deducts=True)
    return frozenset((first, second))


def _with_rate(sentence: ast.Sentence | None, per: ast.PerCount, limits: ast.Limits) -> ast.Sentence | None:
    match sentence:
        case ast.Rule():
            return attrs.evolve(sentence, outcome=per, limits=limits)
        case ast.CountDeduction():
            return attrs.evolve(sentence, deduction=per, limits=limits)
        case _:
            return sentence


def _among_awards(pieces: _Pieces, counted: tuple[int, tuple[ast.Expression, ast.PerCount]]) -> bool:
    """`全部到位的，得2分；有一项不符合的，得1分`: one state among others, and no rate."""
    index, (_, per) = counted
    given = re.search(r"[得计记]", pieces[index].text) is not None
    others = (piece for piece in pieces if piece is not pieces[index])
    return per.adds and given and any(piece.award is not None and piece.award > 0 for piece in others)


def _count_of(piece: ast.Piece) -> tuple[ast.Expression, ast.PerCount] | None:
    """The event and the count of a sentence without 每."""
    if "每" in piece.text or piece.kind is not Kind.RULE:
        return None
    match piece.sentence:
        case ast.CountDeduction(event=event, deduction=per):
            pass
        case ast.Rule(condition=ast.Bare(operand=event), outcome=ast.PerCount(event=None) as per):
            pass
        case _:
            return None
    plain = per.first == 1 and per.last is None and per.share is None and per.multiple is None
    return (event, per) if plain else None


def _limits_of(sentence: ast.Sentence | None) -> ast.Limits:
    match sentence:
        case ast.Rule(limits=limits) | ast.CountDeduction(limits=limits) | ast.Paired(limits=limits):
            return limits
        case _:
            return ast.UNLIMITED


# --- points for each part ---------------------------------------------------------------------------------------------

_EACH_PART = re.compile(
    r"(?:每|各)[^,;。\d]{0,8}?(?:[1一](?:项|个|条|点|类|方面))?(?:要点|内容|要求|条件|指标)?(?:的)?,?(?:各)?"
    r"(?:得|计|占|为|记|加)?(?:(?P<points>(?:\d+(?:\.\d+)?|[零一二三四五六七八九十]+(?:点[零一二三四五六七八九]+)?)分)"
    r"|(?:该项|本项|总)?(?:分值|满分)的(?P<share>\d+(?:\.\d+)?)%)"
)
_REST = re.compile(r"[,;]?(?:共|合计|总计|最高|最多|满分)[得计]*\d+(?:\.\d+)?分|扣完为止")


def _distributed(item: ast.Item) -> ast.Item:
    """The parts of an item with the points that one of its sentences (or the last part's) gives to each of them."""
    item = attrs.evolve(item, items=tuple(_distributed(part) for part in item.items))
    if len(item.items) < 2:
        return item
    for place, piece in _candidates(item):
        match = _EACH_PART.search(_REST.sub("", key(piece.text)))
        if match is None or _counts_a_name(piece.sentence):
            continue
        parts = [_stripped(part, piece) for part in item.items]
        conditions = [_condition(part) for part in parts]
        if all(c is not None for c in conditions):
            given = Fraction(match["share"]) / 100 if match["share"] else split_unit(match["points"])[0]
            done = tuple(_given(p, c, given, bool(match["share"])) for p, c in zip(parts, conditions, strict=True) if c)
            own = item.pieces
            if place == "own":
                told = attrs.evolve(piece, kind=Kind.NOTE, sentence=None, points=None, award=None, deducts=False)
                own = tuple(told if p is piece else p for p in item.pieces)
            return attrs.evolve(item, pieces=own, items=done)
    return item


def _candidates(item: ast.Item) -> Iterator[tuple[str, ast.Piece]]:
    yield from (("own", piece) for piece in item.pieces)
    yield from (("last", piece) for piece in item.items[-1].pieces[1:])


def _counts_a_name(sentence: ast.Sentence | None) -> bool:
    """Whether a sentence counts something that a name stands for: it then is a rule of its own."""
    match sentence:
        case ast.CountDeduction(event=ast.Elided()) | None:
            return False
        case ast.Statement():
            return False
        case _:
            return True


def _stripped(part: ast.Item, piece: ast.Piece) -> ast.Item:
    return attrs.evolve(part, pieces=tuple(p for p in part.pieces if p is not piece))


def _condition(part: ast.Item) -> ast.Condition | None:
    """The one condition that a part is, where it states no points of its own."""
    told = [p for p in part.pieces if p.sentence is not None]
    if part.items or len(part.pieces) != 1 or len(told) != 1:
        return None
    match told[0].sentence:
        case ast.Statement(condition=condition) if _is_fact(condition):
            return condition
        case _:
            return None


def _is_fact(condition: ast.Condition) -> bool:
    match condition:
        case ast.Bare(operand=operand):
            return isinstance(operand, ast.Name) and operand.declared
        case ast.Joined(parts=parts):
            return all(_is_fact(p) for p in parts)
        case _:
            return True


def _given(part: ast.Item, condition: ast.Condition, given: Fraction, share: bool) -> ast.Item:
    piece = part.pieces[0]
    award = ast.Award(None if share else given, marked=True, share=given if share else None, span=piece.span)
    rule = ast.Rule(condition, award, span=piece.span)
    points = None if share else given
    return attrs.evolve(part, pieces=(attrs.evolve(piece, kind=Kind.RULE, sentence=rule, points=points),))


# --- one of the parts -------------------------------------------------------------------------------------------------


def _triggers(item: ast.Item) -> ast.Item:
    """`有下列情形之一的` with the conditions of the parts in its place; without them the sentence is prose."""
    item = attrs.evolve(item, items=tuple(_triggers(part) for part in item.items))
    asking = [p for p in item.pieces if _asks(p.sentence)]
    if not asking:
        return item
    conditions = [_condition(part) for part in item.items]
    known = [c for c in conditions if c is not None]
    if not known or len(known) < len(conditions):
        prose = {id(p): attrs.evolve(p, kind=_prose_kind(p), sentence=None) for p in asking}
        return attrs.evolve(item, pieces=tuple(prose.get(id(p), p) for p in item.pieces))
    one = known[0] if len(known) == 1 else ast.Joined("or", tuple(known), span=asking[0].span)
    done = {id(p): attrs.evolve(p, sentence=_with_condition(p.sentence, one)) for p in asking}
    parts = tuple(
        attrs.evolve(part, pieces=tuple(attrs.evolve(p, kind=Kind.NOTE, sentence=None) for p in part.pieces))
        for part in item.items
    )
    return attrs.evolve(item, pieces=tuple(done.get(id(p), p) for p in item.pieces), items=parts)


def _prose_kind(piece: ast.Piece) -> ast.PieceKind:
    return Kind.VETO if piece.kind is Kind.VETO else Kind.UNREAD if piece.kind is Kind.RULE else piece.kind


def _asks(sentence: ast.Sentence | None) -> bool:
    match sentence:
        case ast.Rule(condition=ast.AnyOf()):
            return True
        case _:
            return False


def _with_condition(sentence: ast.Sentence | None, condition: ast.Condition) -> ast.Sentence | None:
    return attrs.evolve(sentence, condition=condition) if isinstance(sentence, ast.Rule) else sentence


# --- nothing beyond ---------------------------------------------------------------------------------------------------

_BEYOND_WITHIN = re.compile(
    r"(?<![不未])(?:超出?过?|超支|突破)[^,;。\d]{0,10}\d+(?:\.\d+)?%(?:\(不?含\))?(?:及?以内|之内|以下|范围内)"
)


def _exceeding(item: ast.Item) -> ast.Item:
    """`超概算5%以内扣0.5分`: what does not exceed at all is not within that."""
    pieces = tuple(attrs.evolve(p, sentence=_above_nothing(p.sentence, key(p.text))) for p in item.pieces)
    return attrs.evolve(item, pieces=pieces, items=tuple(_exceeding(part) for part in item.items))


def _above_nothing(sentence: ast.Sentence | None, words: str) -> ast.Sentence | None:
    match sentence:
        case ast.Rule(
            condition=ast.Comparison(operands=(subject, ast.Number(unit=unit)), signs=("<" | "<=",)) as test,
            outcome=ast.Award(deducted=True),
        ) if _BEYOND_WITHIN.search(words):
            nothing = ast.Number(Fraction(0), unit, span=test.span)
            more = ast.Comparison((subject, nothing), (">",), span=test.span)
            return attrs.evolve(sentence, condition=ast.Joined("and", (more, test), span=test.span))
        case _:
            return sentence


_NO_BONUS = re.compile("不(?:予|另)?加分[。;]?$")
_BONUS = re.compile(r"加(?:计)?(?:\d|[一二两三四五六七八九十半])|加分(?:最[高多]|不超|累计|以)")


def _no_bonus(cell: ast.Item) -> ast.Item:
    """`不高于计划值的得6分，每高1%扣0.6分；低于计划值的不加分`: full points as said, and nothing above them."""
    words = "".join(key(p.text) for p in _all_pieces(cell))
    return cell if _BONUS.search(words) or "扣" not in words else _noted(cell)


def _all_pieces(item: ast.Item) -> Iterator[ast.Piece]:
    yield from item.pieces
    for part in item.items:
        yield from _all_pieces(part)


def _noted(item: ast.Item) -> ast.Item:
    pieces = tuple(
        attrs.evolve(p, kind=Kind.NOTE, sentence=None, award=None, deducts=False)
        if p.sentence is not None and _NO_BONUS.search(key(p.text))
        else p
        for p in item.pieces
    )
    return attrs.evolve(item, pieces=pieces, items=tuple(_noted(part) for part in item.items))


# --- levels of one matter ---------------------------------------------------------------------------------------------


def _levels(item: ast.Item) -> ast.Item:
    """`国家级加3分，省级加2分，按最高项计分`: of several facts that add only the one that adds most."""
    item = attrs.evolve(item, items=tuple(_levels(part) for part in item.items))
    adding = [p for p in item.pieces if _adds_once(p.sentence)]
    return item if len(adding) < 2 else attrs.evolve(item, pieces=tuple(_as_level(piece) for piece in item.pieces))


def _adds_once(sentence: ast.Sentence | None) -> bool:
    match sentence:
        case ast.Rule(outcome=ast.Adjustment(adds=adds)):
            return adds
        case _:
            return False


def _as_level(piece: ast.Piece) -> ast.Piece:
    match piece.sentence:
        case ast.ScoreFormula(taken=True, body=ast.Aggregate(which="max", operand=ast.Elided())) as formula:
            return attrs.evolve(piece, sentence=ast.Closing(ast.Limits(one_level=True), span=formula.span))
        case _:
            return piece


# --- none of what is counted ------------------------------------------------------------------------------------------

_WITHOUT = re.compile(
    r"(?:如|若)?(?:没有|无|未能?|不能?)?(?:或者?)?(?:没有|无|未能?|不能?)"
    r"(?P<words>(?:提供|提交|具备|具有|获得|取得|附|有|出具|响应)?[^,;。\d]{0,12}?)的?,?(?:均|一律|则)?(?:本项|该项|此项)?(?:不得分|不计分|[得计]0分)"
)
_COUNTER = re.compile("人次?|[批条场站]次|个|项|件|次|起|处|份|例|宗|期|批|篇|场|家|名|户")
_PROOF = re.compile(
    "(?:提供|提交|附|出具|响应|有效|相关|相应|上述|以上|证明|材料|资料|文件|证书|复印件|扫描件|承诺|或|的|者)+"
)


def _without_any(item: ast.Item) -> ast.Item:
    """A nought that says of nothing but what is counted that there is none of it."""
    item = attrs.evolve(item, items=tuple(_without_any(part) for part in item.items))
    counted = "".join(key(p.text) for p in item.pieces if _adds_each(p.sentence))
    if counted:
        return attrs.evolve(item, pieces=tuple(_halved(_as_rest(piece, counted)) for piece in item.pieces))
    done: list[ast.Piece] = []
    for piece in item.pieces:
        before = done[-1].sentence if done and piece.goes_on else None
        done.append(_as_none_of(piece, before, "".join(key(p.text) for p in done)))
    return attrs.evolve(item, pieces=tuple(done))


def _adds_each(sentence: ast.Sentence | None) -> bool:
    match sentence:
        case ast.Rule(outcome=ast.PerCount(adds=True)) | ast.CountDeduction(deduction=ast.PerCount(adds=True)):
            return True
        case _:
            return False


def _as_none_of(piece: ast.Piece, before: ast.Sentence | None, text: str) -> ast.Piece:
    """`开展演练2次的得2分，1次的得1分，未开展的不得分`: nought of what is counted."""
    match before:
        case ast.Rule(condition=ast.Comparison(operands=(_, ast.Number(unit=unit))) as test, outcome=ast.Award()) if (
            _COUNTER.fullmatch(unit)
        ):
            match = _WITHOUT.fullmatch(key(piece.text).rstrip("。;"))
            told = piece.sentence is None and piece.kind is Kind.JUDGED and match is not None
            if not told or match is None or len(match["words"]) < 2 or match["words"] not in text:
                return piece
            nothing = ast.Number(Fraction(0), unit, span=test.span)
            none = ast.Comparison((ast.Elided(span=piece.span), nothing), ("=",), span=piece.span)
            rule = ast.Rule(none, ast.Award(Fraction(0), span=piece.span), span=piece.span)
            return attrs.evolve(piece, kind=Kind.RULE, sentence=rule)
        case _:
            return piece


def _halved(piece: ast.Piece) -> ast.Piece:
    """Half of what is counted, and not half of full points."""
    match piece.sentence:
        case ast.Rule(condition=ast.Named(), outcome=ast.Award(share=Fraction() as share)) as rule if re.search(
            "[减折]半[计得]分", key(piece.text)
        ):
            outcome = ast.Doubled(share, span=rule.outcome.span)
            return attrs.evolve(piece, sentence=attrs.evolve(rule, outcome=outcome), award=None, deducts=True)
        case _:
            return piece


def _as_rest(piece: ast.Piece, counted: str) -> ast.Piece:
    match = _WITHOUT.fullmatch(key(piece.text).rstrip("。;"))
    if piece.sentence is not None or piece.kind is not Kind.JUDGED or match is None:
        return piece
    words = _PROOF.sub("", re.sub("^(?:具备|具有|获得|取得|有)", "", match["words"]))
    if words and words not in counted:
        return piece
    rest = ast.Otherwise(ast.Award(Fraction(0), span=piece.span), span=piece.span)
    return attrs.evolve(piece, kind=Kind.RULE, sentence=rest)
