"""Where one stretch between stops is more than one sentence, before any of it is read.

Takes the folded text of a stretch; gives its parts in the order in which they are read. Never reads a sentence itself.
"""

import re

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
