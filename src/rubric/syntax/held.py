"""How many of several requirements hold: `四项全部具备的得4分，具备三项的得2分`, `仅满足其中一项的得1分`.

Takes a cell as it was read; gives it with every such number of requirements as a condition on the requirements themselves:
the numbered parts of the item, or those that the sentence before joins by 且. Where they are not all facts, nothing changes.
"""

import re
from collections.abc import Iterator
from fractions import Fraction
from itertools import combinations

import attrs

from rubric.syntax import ast
from rubric.syntax.fold import key
from rubric.syntax.numerals import split_unit

_NUMERAL = r"(?:\d+|[一二两三四五六七八九十])"
_LIST = rf"(?:(?:具备|满足|符合|达到|做到)?(?:对)?(?:以上|上述|下列|以下|如下|前述)(?:{_NUMERAL}[项个条点])?(?:所列)?(?:各?项)?(?:要求|条件|内容|要点|事项|标准|情形|指标|工作|材料|资料)?(?:中|的|,|:)*)"
_ALL = re.compile(
    rf"{_LIST}?(?:{_NUMERAL}[项个条点])?(?:要求|条件|内容|要点|事项)?(?:全部|均|都|全)(?:具备|满足|符合|达到|达标|合格|到位|完成|落实|做到)[^,;。]{{0,4}}?的?,?(?=[得计]|不扣)"
)
_SOME = re.compile(
    rf"{_LIST}?(?:仅|只)?(?:具备|满足|符合|达到|完成|做到|有|缺少?)?(?:了)?其?中?的?(?:任意|任何|任)?(?P<number>{_NUMERAL})[项个条点](?P<more>\(含\)及?以上|及以上|以上)?(?:\(含[^()]*\))?(?:具备|满足|符合|达到|达标|合格|到位|做到|完成)?(?:要求|条件|内容|要点)?(?:的)?,?(?=[得计](?:\d|满分))"
)
_NONE = re.compile(
    rf"{_LIST}?(?:(?:均|都|全部?|一项都?|一个都?|一条都?)(?:未|没有?|不)|(?:未|没有?|不)(?:具备|满足|符合|达到)(?:任何|其中任何|上述任何|其中任意)一[项个条])"
    r"(?:能)?(?:具备|满足|符合|达到|达标|合格|到位|完成|做到)?[^,;。\d]{0,4}?的?,?(?:均|一律)?(?=不得分|不计分|[得计]0分)"
)
_NOT_ONE = re.compile(
    r"(?:均|都)?(?:未|没有|不)(?:发生|出现|存在)(?:上述|以上|前述)?(?:情形|情况|行为|问题)?(?:的)?,?(?=[得计](?:\d|满分))"
)
_FEWER = re.compile(
    rf"{_LIST}?(?:具备|满足|符合|达到)?(?:不足|少于|不到|低于)(?P<number>{_NUMERAL})[项个条点](?:要求|条件|内容|要点)?的?,?(?=不得分|不计分|[得计])"
)
_MOST = 7


def held(item: ast.Item) -> ast.Item:
    """The item, and those below it, with each number of requirements as a condition."""
    item = attrs.evolve(item, items=tuple(held(part) for part in item.items))
    item = _restated(_lifted(item))
    required = _parts(item) or _joined(item) or _listed(item)
    if not 2 <= len(required) <= _MOST:
        return item
    pieces = tuple(_with_condition(p, required) for p in item.pieces)
    return attrs.evolve(item, pieces=tuple(one for p in pieces for one in _lacking(p, pieces, required)))


def _lifted(item: ast.Item) -> ast.Item:
    """What stands behind the last part and speaks of the number of parts, said of them all."""
    if len(item.items) < 2 or not item.items[-1].pieces:
        return item
    *before, last = item.items
    behind = last.pieces[1:]
    if not behind or not any(r.match(key(p.text)) for p in behind for r in (_ALL, _SOME, _NOT_ONE)):
        return item
    plain = attrs.evolve(item, items=(*before, attrs.evolve(last, pieces=last.pieces[:1])))
    return attrs.evolve(plain, pieces=(*item.pieces, *behind)) if _parts(plain) else item


def _restated(item: ast.Item) -> ast.Item:
    """`①…，1分；②…，1分。每少一项扣1分`: what the points of the parts come to anyway."""
    if len(item.items) < 2 or not item.items[-1].pieces:
        return item
    *before, last = item.items
    each = {piece.points for part in item.items for piece in part.pieces[:1]}
    behind = [*last.pieces[1:], *item.pieces]
    told = [p for p in behind if _LACKS.match(key(p.text)) and _points_for_each(p.sentence) in each]
    if len(each) != 1 or not told or any(len(part.pieces) != 1 for part in before):
        return item
    as_note = {id(p): attrs.evolve(p, kind=ast.PieceKind.NOTE, sentence=None, deducts=False) for p in told}
    parts = (*before, attrs.evolve(last, pieces=tuple(as_note.get(id(p), p) for p in last.pieces)))
    return attrs.evolve(item, items=parts, pieces=tuple(as_note.get(id(p), p) for p in item.pieces))


def _points_for_each(sentence: ast.Sentence | None) -> Fraction | None:
    per = _taken_for_each(sentence)
    match sentence:
        case ast.Rule(condition=ast.Implied(), outcome=ast.StepDeduction(beyond=False, step=step, points=points)):
            return points if step.value == 1 and step.unit in ("项", "个", "条", "点") else None
        case _:
            return per.points if per is not None and per.group == 1 else None


def _parts(item: ast.Item) -> tuple[ast.Condition, ...]:
    """The numbered parts, where each is one fact without points of its own."""
    found = [_fact(part) for part in item.items]
    return tuple(f for f in found if f is not None) if all(f is not None for f in found) else ()


def _fact(part: ast.Item) -> ast.Condition | None:
    if part.items or len(part.pieces) != 1 or part.pieces[0].points is not None:
        return None
    match part.pieces[0].sentence:
        case ast.Statement(condition=ast.Named() as condition):
            return condition
        case _:
            return None


def _joined(item: ast.Item) -> tuple[ast.Condition, ...]:
    """`甲且乙的，得2分；仅满足其中一项的，得1分`: what the first sentence asks together."""
    for piece in item.pieces:
        match piece.sentence:
            case ast.Rule(condition=ast.Joined(joint="and", parts=parts), outcome=ast.Award()) if all(
                isinstance(p, ast.Named) for p in parts
            ):
                return parts
            case _:
                pass
    return ()


def _listed(item: ast.Item) -> tuple[ast.Condition, ...]:
    """`依据充分、程序规范、论证充分，三项均满足的得3分`: what is listed before the number of it."""
    for piece in item.pieces:
        match piece.sentence:
            case ast.Statement(condition=ast.Joined(joint="list", parts=parts)) if all(
                isinstance(p, ast.Named) for p in parts
            ):
                return parts
            case _:
                pass
    return ()


_LACKS = re.compile(
    rf"(?:每)?(?:缺少?|少|有|缺失)?(?:任意|任何)?{_NUMERAL}[项个条点](?:不[^,;。\d]{{2,6}}|未[^,;。\d]{{2,6}})?(?:的)?,?扣"
)
_LACKS_MORE = re.compile(
    rf"(?:缺少?|少|有)?(?P<number>{_NUMERAL})[项个条点](?:\(含\)及?以上|及以上|以上)(?:不[^,;。\d]{{2,6}}|未[^,;。\d]{{2,6}})?(?:的)?,?(?:不得分|不计分|[得计]0分)"
)


def _lacking(
    piece: ast.Piece, pieces: tuple[ast.Piece, ...], required: tuple[ast.Condition, ...]
) -> Iterator[ast.Piece]:
    """`缺一项扣1分，缺两项及以上不得分`: how many of the requirements do not hold."""
    words, total = key(piece.text), len(required)
    more = _lacks_more(piece)
    if more is not None and 0 < more <= total:
        ways = [_number(required, total - lacking, False, piece) for lacking in range(more, total + 1)]
        rule = ast.Rule(ast.Joined("or", tuple(ways), span=piece.span), _nothing(piece), span=piece.span)
        yield attrs.evolve(piece, kind=ast.PieceKind.RULE, sentence=rule, award=Fraction(0), deducts=False)
        return
    per = _taken_for_each(piece.sentence) if _LACKS.match(words) else None
    if per is None:
        yield piece
        return
    limit = min((number for p in pieces if (number := _lacks_more(p)) is not None), default=total + 1)
    last = per.group if limit <= total and "每" not in words else limit - 1
    for lacking in range(per.group, last + 1):
        condition = _number(required, total - lacking, False, piece)
        award = ast.Award(per.points * (lacking // per.group), deducted=True, span=piece.span)
        rule = ast.Rule(condition, award, span=piece.span)
        onward = piece.goes_on or lacking > per.group
        yield attrs.evolve(piece, kind=ast.PieceKind.RULE, sentence=rule, deducts=True, goes_on=onward)


def _nothing(piece: ast.Piece) -> ast.Award:
    return ast.Award(Fraction(0), span=piece.span)


def _lacks_more(piece: ast.Piece) -> int | None:
    match = _LACKS_MORE.match(key(piece.text)) if _is_open(piece.sentence) else None
    return int(split_unit(match["number"] + "项")[0]) if match else None


def _taken_for_each(sentence: ast.Sentence | None) -> ast.PerCount | None:
    """What is taken off for each of something that has no name."""
    match sentence:
        case ast.CountDeduction(event=ast.Elided() | ast.Name(declared=False), deduction=per):
            pass
        case ast.Rule(condition=ast.Bare(operand=ast.Name(declared=False)), outcome=ast.PerCount() as per):
            pass
        case _:
            return None
    plain = not per.adds and per.share is None and per.multiple is None and per.first == 1 and per.last is None
    return per if plain else None


def _with_condition(piece: ast.Piece, required: tuple[ast.Condition, ...]) -> ast.Piece:
    words = key(piece.text)
    award = piece.award if piece.award is not None else piece.points
    if isinstance(piece.sentence, ast.CountDeduction) and piece.sentence.deduction.adds:
        award = piece.sentence.deduction.points
    all_held, some, none = _ALL.match(words), _SOME.match(words), _NONE.match(words) or _NOT_ONE.match(words)
    fewer = _FEWER.match(words)
    told = all_held or some or none or fewer
    if told is None or not _GIVEN.fullmatch(words, told.end()) or not _is_open(piece.sentence):
        return piece
    number = len(required)
    if none is not None:
        condition: ast.Condition = ast.Joined("none", required, span=piece.span)
    elif fewer is not None:
        number = int(split_unit(fewer["number"] + "项")[0])
        if not 1 < number <= len(required):
            return piece
        ways = [_number(required, one, False, piece) for one in range(1, number)]
        condition = ast.Joined("or", (ast.Joined("none", required, span=piece.span), *ways), span=piece.span)
    else:
        number = number if some is None else int(split_unit(some["number"] + "项")[0])
        if some is not None and words.startswith("缺"):
            number = len(required) - number
        if not 0 < number <= len(required):
            return piece
        condition = _number(required, number, bool(some is not None and some["more"]), piece)
    given = None if award is None else Fraction(award)
    rule = ast.Rule(condition, ast.Award(given, span=piece.span), span=piece.span)
    return attrs.evolve(piece, kind=ast.PieceKind.RULE, sentence=rule, award=award, deducts=False)


# One award, and nothing else: a second one behind it is a rule of its own.
_GIVEN = re.compile(
    r"(?:不得分|不计分|[得计](?:该项|本项)?(?:满分|0分|(?:\d+(?:\.\d+)?|[一二两三四五六七八九十]+)分))(?:,?(?:最高|满分|本项)[^,;。]*)?[。;:]?"
)


def _is_open(sentence: ast.Sentence | None) -> bool:
    """Whether it speaks of a number of things that it does not name."""
    match sentence:
        case None | ast.Otherwise(outcome=ast.Award()):
            return True
        case ast.Rule(
            condition=ast.Comparison(operands=(ast.Elided() | ast.Name(declared=False), ast.Number())),
            outcome=ast.Award(),
        ):
            return True
        case ast.CountDeduction(event=ast.Elided() | ast.Name(declared=False)):
            return True
        case ast.Rule(condition=ast.Named(key=words), outcome=ast.Award()):
            return _NOT_ONE.match(f"{words},得满分") is not None  # 未发生的: none of them, whichever has such words
        case _:
            return False


def _number(required: tuple[ast.Condition, ...], number: int, more: bool, piece: ast.Piece) -> ast.Condition:
    """Exactly that many of them hold, or that many and more."""
    ways: list[ast.Condition] = []
    for chosen in combinations(range(len(required)), number):
        tests: tuple[ast.Condition, ...] = tuple(required[i] for i in chosen)
        rest = tuple(c for i, c in enumerate(required) if i not in chosen)
        if rest and not more:
            tests = (*tests, ast.Joined("none", rest, span=piece.span))
        ways.append(tests[0] if len(tests) == 1 else ast.Joined("and", tests, span=piece.span))
    return ways[0] if len(ways) == 1 else ast.Joined("or", tuple(ways), span=piece.span)
