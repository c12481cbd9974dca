"""Where one stretch between stops is more than one sentence, before any of it is read.

Takes the folded text of a stretch; gives its parts in the order in which they are read. Never reads a sentence itself.
"""

import re
from fractions import Fraction

from rubric.syntax import ast
from rubric.syntax.fold import Folded
from rubric.syntax.lexer import Lexicon
from rubric.syntax.numerals import split_unit

# …控制率=（在职人数/编制数）×100%，在职人数不含编外人员: what is not counted in is said last.
_TAKEN_IN = re.compile(
    r"(?<=[%)\d分数率]),(?P<words>[^,;。=\d]{2,20}?(?:均|都)?(?:不含|不包含|不包括|不计入?|包含|包括)[^,;。\d扣加减得]{2,24})[。;]?$"
)
# 养护质量3分，抽查发现一处不合格扣0.5分: what stands first is worth so much, and the rest is taken off it.
_WORTH = re.compile(
    r"(?P<words>[^,;。:()\d=<>≥≤得扣计加减满共]{2,16}?)(?P<points>\d+(?:\.\d+)?分),(?=[^得计记加]*[扣减](?:\d|[一二两三四五六七八九十半]))"
)

# 达到目标值得6分，…（指标：自来水普及率，目标值92%）: what the words before call 目标值.
_GOAL_BEHIND = re.compile(
    r"\((?:(?:指标|指标名称):?(?P<subject>[^,;:()]{2,20}),)?(?P<words>(?:年度|计划)?(?:目标|标准|基准)值?(?:为|是|:)?(?P<value>\d+(?:\.\d+)?[%‰\u4e00-\u9fff]{0,3}))\)[。;]?$"
)


def goal_behind(folded: Folded, lexicon: Lexicon) -> tuple[Folded, Folded, ast.Basis] | None:
    """A sentence, and what it measures against, which stands in brackets behind it."""
    match = _GOAL_BEHIND.search(folded.text)
    called = match["subject"] if match else None
    if match is None or (called is not None and lexicon.names.get(called) != "QUANTITY"):
        return None
    span = folded.span(*match.span("words"))
    subject: ast.Expression = ast.Elided(span=span)
    if called is not None:
        subject = ast.Name(called, declared=True, span=folded.span(*match.span("subject")))
    value, unit = split_unit(match["value"])
    standing = ast.Standing(subject, ast.Number(value, unit, span=span), span=span)
    said = folded.part(*match.span("words"))
    return folded.part(0, match.start()), said, ast.Basis(standing, span=span)


def without_last(folded: Folded) -> tuple[Folded, Folded | None]:
    """A definition, and behind it what a quantity of it takes in."""
    match = _TAKEN_IN.search(folded.text) if "=" in folded.text else None
    if match is None:
        return folded, None
    return folded.part(0, match.start()), folded.part(match.start("words"), len(folded.text))


def worth_said(folded: Folded, lexicon: Lexicon) -> tuple[Folded, str, Folded] | None:
    """A title with its points and no brackets around them, as it would stand with them, and the rest."""
    match = _WORTH.match(folded.text)
    if match is None or any(True for index in range(match.end("words")) for _ in lexicon.at(folded.text, index)):
        return None
    title = f"{match['words']}({match['points']})"
    return folded.part(0, match.end("points")), title, folded.from_index(match.end())


# 出现1例未处理扣1.5分（6分）
_MARKED = re.compile(
    r"(?:\((?P<first>\d+(?:\.\d+)?)分\)(?=.*扣))?(?P<rule>[^()]*(?:\([^()]*[^()\d分][^()]*\)[^()]*)*?(?:扣\d+(?:\.\d+)?分|扣完为止|(?<=,)(?:否则)?(?:不得分|不计分)))(?(first)|\((?:本项|共|满分)?(?P<last>\d+(?:\.\d+)?)分\))"
)


def points_around(folded: Folded) -> tuple[Fraction, Folded] | None:
    """The points in brackets before or behind deductions, and the deductions."""
    match = _MARKED.fullmatch(folded.text)
    return (Fraction(match["first"] or match["last"]), folded.part(*match.span("rule"))) if match else None


_POINTS_END = re.compile(r"\(\d+(?:\.\d+)?分\)(?=[一-龥])|(?<=分\))$")
_RUN_TOGETHER = re.compile(r"(?:[^,;。:()]{2,30}\(\d+(?:\.\d+)?分\)){2,}")


def run_together(folded: Folded) -> list[Folded]:
    """`制定方案（1分）分解任务（1分）`: the requirements, each of which ends with its points; nothing where there is one."""
    if _RUN_TOGETHER.match(folded.text) is None:
        return []
    ends = [m.end() for m in _POINTS_END.finditer(folded.text)]
    places = zip([0, *ends], [*ends, len(folded.text)], strict=True)
    parts = [folded.part(start, end) for start, end in places if start < end]
    return parts if len(parts) > 1 else []


# 项目超概算的，超概算5%以内扣0.5分 · 最长的得5分，其他得分=本单位值÷最长值×5分 · 其他名次按比例得分，即得分=…
_SAID_TWICE = re.compile(r"[^,;。:\d]{0,10}?(?P<words>[^,;。:\d]{2,10})的,(?=(?P=words)\d)")
_BEST = re.compile(
    r"[^,;。:\d]{2,20}最[高多大长好优快低少小短][^,;。:\d]{0,8}得(?P<points>\d+(?:\.\d+)?)分,"
    r"(?=其[他余][^,;。:=]{0,10}得分=[^;。]*最[^;。]*[×*](?P=points)分?(?:[,;。]|$))"
)
_RESTATED = re.compile(r"[^;。:<>≥≤=]*按[^,;。:<>≥≤=]*比例[^,;。:<>≥≤=]*,(?:即|也就是)(?=[^,;。=]{0,8}得分=)")


def said_again(folded: Folded, lexicon: Lexicon) -> tuple[int, int] | None:
    """Where words end that say nothing but what follows them, and where that begins."""
    found = _SAID_TWICE.match(folded.text) or _RESTATED.match(folded.text)
    if found is None and (best := _BEST.match(folded.text)) is not None:
        found = best if any("最" in name and name in folded.text for name in lexicon.names) else None
    return None if found is None else (found.end() - found[0].endswith(","), found.end())
