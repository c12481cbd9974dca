"""Lark's trees of what is counted → the surface tree.

Takes the trees of `一项扣1分`, `首次发现扣0.5分`, `每流失一个项目扣1分`, `分别加2分、1分`; gives their `ast` values. Never says what is
counted where the words leave it out.
"""

import re
from fractions import Fraction

import attrs
from lark import Token, Tree

from rubric.source import Span
from rubric.syntax import ast
from rubric.syntax.build_quantities import build_expression, subtrees, tokens_of
from rubric.syntax.numerals import share_in, split_unit


def build_paired(tree: Tree[Token], condition: ast.Condition, limits: ast.Limits, span: Span) -> ast.Paired:
    """`分别加2分、1分`, `各得1分`: each of the things listed before, with its points."""
    events = _listed_events(condition)
    tokens = {t.type: str(t) for t in tokens_of(tree)}
    words = tokens.get("POINTS_LIST") or tokens["EACH_GIVES"]
    points = [Fraction(n) for n in re.findall(r"\d+(?:\.\d+)?", words)]
    if "POINTS" in tokens:
        points = [split_unit(tokens["POINTS"])[0]] * len(events)
    adds = not re.match("(?:各|按|分别|均)*可?[扣减]", words)
    return ast.Paired(events, tuple(ast.PerCount(1, "", p, adds, span=span) for p in points), limits, span=span)


def paired_for_each(condition: ast.Condition, outcome: ast.Outcome, limits: ast.Limits) -> ast.Paired | None:
    """`有方案、有记录，每项得1分`: each of the facts listed, with its points; without a verb they are given for what is good."""
    match condition, outcome:
        case ast.Joined(joint="list", parts=parts), ast.PerCount(
            group=1, counter="项" | "个" | "条" | "点", event=None, share=None, multiple=None, first=1, last=None
        ) if not outcome.own and all(isinstance(part, ast.Named) for part in parts):
            faults = any(isinstance(part, ast.Named) and _FAULT.search(part.key) for part in parts)
            if outcome.unsigned and faults:
                return None
            adds = outcome.adds or outcome.unsigned
            each = ast.PerCount(1, "", outcome.points, adds, span=outcome.span)
            return ast.Paired(parts, (each,) * len(parts), limits, span=condition.span)
        case _:
            return None


def worth_of_part(
    condition: ast.Condition, outcome: ast.Outcome, limits: ast.Limits
) -> tuple[ast.Condition, ast.Limits]:
    """`台账4分，每发现一处问题扣0.5分，扣完为止`: what is counted, and the most that is taken for it; 4分 is no number of it."""
    match condition, outcome:
        case ast.Bare(operand=ast.Stated(name=name, percent=ast.Number(value=worth, unit="分"))), ast.PerCount(
            adds=False, event=None
        ) if limits.floor_points is None:
            return ast.Bare(name, span=condition.span), attrs.evolve(limits, floor=True, floor_points=worth)
        case _:
            return condition, limits


_FAULT = re.compile("[未没无不]|逾期|迟|违规|违反|超|缺|漏|虚|假|截留|挪用|挤占|投诉|事故")


def _listed_events(condition: ast.Condition) -> tuple[ast.Condition, ...]:
    """The things listed, each by itself."""
    match condition:
        case ast.Joined(joint="list", parts=parts):
            return parts
        case ast.Bare(operand=ast.Several(items=items)):
            return tuple(ast.Bare(item, span=item.span) for item in items)
        case _:
            return (condition,)


def build_count_deduction(tree: Tree[Token], limits: ast.Limits, span: Span) -> ast.CountDeduction:
    """`发现一项不符合的扣1分`."""
    tokens = {t.type: t for t in tokens_of(tree)}
    group, counter = _group(str(tokens["AMOUNT"] if "AMOUNT" in tokens else tokens["EACH_UNIT"]))
    points, share, adds = _given(tokens)
    deduction = ast.PerCount(group, counter, points, adds, share=share, span=span)
    return ast.CountDeduction(build_expression(subtrees(tree)[0]), deduction, limits, span=span)


def build_for_each(tree: Tree[Token], span: Span) -> ast.PerCount:
    """`每有一项未评价的扣1分`, under a condition that stands before it."""
    tokens = {t.type: t for t in tokens_of(tree)}
    group, counter = _group(str(tokens["FOR_EACH"]))
    points, share, adds = _given(tokens)
    event = build_expression(subtrees(tree)[0])
    return ast.PerCount(group, counter, points, adds, event, share=share, span=span)


_RATE = re.compile(
    r"(?:每\D{1,3}?)?(?P<verb>\D*?)(?P<points>\d+(?:\.\d+)?)分?[/每](?P<counter>.+?)(?P<tail>扣分|扣减|扣除|扣|加分|计分|计)?"
)


_EACH_RATE = re.compile(r"每[一1]?(?P<counter>\D+?)(?P<points>\d+(?:\.\d+)?)分")


def build_per_count(tree: Tree[Token], span: Span) -> ast.PerCount:
    """`一项扣1分`, `扣0.5分/处`, `首次发现扣0.5分`, `第二次起加倍扣分`."""
    tokens = {t.type: t for t in tokens_of(tree)}
    if "RATE_LAST" in tokens:
        if plain := _EACH_RATE.fullmatch(str(tokens["RATE_LAST"])):
            return ast.PerCount(1, plain["counter"], Fraction(plain["points"]), unsigned=True, span=span)
        match = _RATE.fullmatch(str(tokens["RATE_LAST"]))
        assert match is not None
        adds = match["verb"] in ("加", "奖励", "奖", "计", "得") or match["tail"] in ("加分", "计分", "计")
        unsigned = match["verb"] in ("", "按") and not match["tail"]
        return ast.PerCount(
            1, match["counter"], Fraction(match["points"]), adds, unsigned=unsigned and not adds, span=span
        )
    words = str(tokens["COUNTED"] if "COUNTED" in tokens else tokens["ORDINAL"])
    group, counter = (1, "次") if "ORDINAL" in tokens else _group(words)
    first, last = _occurrences(words) if "ORDINAL" in tokens else (1, None)
    own = bool(_OWN.sub("", words)) and "COUNTED" in tokens
    if "DOUBLED" in tokens:
        times = multiple(str(tokens["DOUBLED"]))
        return ast.PerCount(group, counter, Fraction(0), multiple=times, first=first, last=last, own=own, span=span)
    if "NO_DEDUCTION" in tokens:
        return ast.PerCount(group, counter, Fraction(0), first=first, last=last, span=span)
    short = bool(re.match("每?[缺少漏](?![席勤岗失])", words))
    points, share, adds = _given(tokens)
    return ast.PerCount(
        group, counter, points, adds, share=share, first=first, last=last, short=short, own=own, span=span
    )


def _given(tokens: dict[str, Token]) -> tuple[Fraction, Fraction | None, bool]:
    """The points for one, or their share of full points, and whether they are added."""
    if "SHARE_OF_POINTS" in tokens:
        return Fraction(0), share_in(str(tokens["SHARE_OF_POINTS"])), True
    if "SHARE_DEDUCTED" in tokens:
        return Fraction(0), share_in(str(tokens["SHARE_DEDUCTED"])), False
    return split_unit(str(tokens["POINTS"]))[0], None, "ADD" in tokens or "GET" in tokens


def multiple(words: str) -> int:
    """How many times 加倍, 三倍 and the like are."""
    return 3 if re.search("[三3]倍", words) else 2


# What says nothing of what is counted: 每, verbs of finding, counters, 问题 and the like.
_OWN = re.compile(
    "每|年度内|发现有?|出现|存在|发生|缺少?|少|有|提供|具备|满足|符合|完成|问题|情况|现象|行为|内容|要点|要求|条件|的|"
    "[\\d零一二两三四五六七八九十百]+|人次|批次|条次|场次|站次|户次|座次|车次|班次|例次|人天|点位|环节|要素|方面|材料|资料|"
    "[人个项件次起处份例宗笔条户座块台辆篇场家名类种期批套本只页片株棵盏盒桶袋瓶部组支门间栋幅张封样位点轮届题宿趟车班天日]"
)
_MEASURES = "平方米|立方米|公里|公斤"
_NUMERALS = "零一二两三四五六七八九十百"


def _group(words: str) -> tuple[int, str]:
    """`每3处` → 3 处, `每流失一个项目` → 1 个, `每起` → 1 起."""
    match = re.search(rf"(\d+|[{_NUMERALS}]+)(人次|批次|{_MEASURES}|[^\d{_NUMERALS}])", words)
    if match is not None:
        return int(split_unit(match[1] + "个")[0]), match[2]
    counter = re.search(
        rf"人次|批次|{_MEASURES}|[人个项件次起处份例宗笔条户座块台辆篇场家名类种期批套本页]", words.removeprefix("每")
    )
    return 1, counter[0] if counter else words[-1]


def _occurrences(words: str) -> tuple[int, int | None]:
    """The first and the last occurrence: `首次` → (1, 1), `第二次起每次` → (2, None), `再次发现` → (2, None)."""
    if re.match("再|以后|此后|之后|其后", words):
        return 2, None
    number = re.match(r"第([一二三四五六七八九十]|\d+)", words)
    first = int(split_unit(number[1] + "个")[0]) if number else 1
    return first, None if re.search("起(?!扣)|以后|以上|开始", words[3:]) else first
