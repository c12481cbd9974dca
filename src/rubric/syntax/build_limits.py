"""Lark's trees of what follows a rule → the bounds it states.

Takes the trees of 扣完为止, 最高得…, 超过100%的按100%计 and the like; gives `ast.Limits`, `ast.Limited`, `ast.Closing`. Never applies
them.
"""

import re
from fractions import Fraction
from typing import cast

import attrs
from lark import Token, Tree

from rubric.syntax import ast
from rubric.syntax.build_quantities import build_name_of, span_of, subtrees, token_span
from rubric.syntax.numerals import share_in, split_unit

TRAILERS = (
    "floor",
    "limit",
    "partial",
    "most",
    "least",
    "round",
    "penalty",
    "from_total",
    "no_repeat",
    "one_level",
    "uncapped",
    "so_on",
    "note_tail",
    "remark",
)
_PLACES = {"一": 1, "两": 2, "二": 2, "三": 3, "四": 4}


def build_limits(
    trailers: dict[str, Tree[Token]], caps: tuple[str, ...] = (), most_paid: ast.Payment | None = None
) -> ast.Limits:
    """The bounds; of several greatest ones (`caps`: 最高加2分，最多扣3分) what is given and what is taken apart."""
    words = {name: str(tree.children[0]) for name, tree in trailers.items()}
    taken = [cap for cap in caps if _verb_of(cap) == "扣"]
    given = [cap for cap in caps if _verb_of(cap) != "扣"]
    both = bool(taken and given)
    down_to = _points_in(words["floor"]) if re.search("[扣减][至到]", words.get("floor", "")) else None
    most = given[0] if given else taken[0] if taken else ""
    return ast.Limits(
        "floor" in words,
        None if down_to is not None else _points_in(words.get("floor", "")),
        cap_points(most),
        _verb_of(most),
        down_to if down_to else _points_in(words.get("least", "")),
        words.get("partial", ""),
        _places_in(words.get("round", "")),
        _points_in(words.get("penalty", "")) or Fraction(0),
        "from_total" in words,
        most_paid,
        None if _is_of_base(most) else most_share_of(most),
        cap_points(taken[0]) if both else None,
        share_in(most) if _is_of_base(most) else None,
        any(_TOGETHER.match(cap) for cap in caps),
        "one_level" in words or "no_repeat" in words,
        "so_on" in words,
    )


def _is_of_base(words: str) -> bool:
    """`最多加基本分的20%`."""
    return bool(re.search("加[^,]*(基本分|基准分|基础分)的", words))


_TOGETHER = re.compile(
    r"(?!.*(小项|单项|每[项次]))[^\d]*(累计|合计|共计|总计|[两二三四五各本该此]项|以上|上述|相抵|总分|总得分|全年|年度|每年|每月|本指标)"
)
_CAP_VERB = re.compile(r"(最高|最多|至多|不超过|不得超过|不高于|上限|限|[得加扣计]满|封顶|以)(?P<verb>[^\d]*?)\d")


def _verb_of(cap: str) -> str:
    """加, 扣, 得 or nothing: what a greatest is said of."""
    if re.search("满\\d", cap):
        return {"加": "加", "扣": "扣"}.get(cap[cap.index("满") - 1], "得")
    match = _CAP_VERB.search(cap)
    said = match["verb"] if match else ""
    prefix = cap[: match.start()] if match else ""
    for verb in ("扣", "减", "加", "奖", "得", "计"):
        if verb in said or prefix.endswith((f"{verb}分", f"{verb}分累计", f"{verb}分合计")):
            return {"减": "扣", "奖": "加", "计": "得"}.get(verb, verb)
    return "得" if "超过" in cap and "按" in cap else ""


def cap_points(cap: str) -> Fraction | None:
    """N of `最高N分`, and the second of `超过100分的按100分计`."""
    found = re.findall(r"(\d+(?:\.\d+)?)分", cap)
    return Fraction(found[-1]) if found else None


def most_share_of(words: str) -> Fraction | None:
    """`最高得120%`, `最高不超过分值`, `超过部分按满分计`: the greatest as a share of full points."""
    if not words or _points_in(words) is not None:
        return None
    return share_in(words) if re.search(r"\d%", words) else Fraction(1)


def build_closing(tree: Tree[Token]) -> ast.Closing:
    """Bounds alone: `最低得2分`, `执行率超过100%的按100%计`."""
    span = span_of(tree)
    parts = {str(child.data): child for child in subtrees(tree) if child.data in TRAILERS}
    name = next((build_name_of(child) for child in subtrees(tree) if child.data == "name"), None)
    caps = tuple(str(child.children[0]) for child in subtrees(tree) if child.data == "most")
    closing = ast.Closing(build_limits(parts, caps), span=span)
    if "limit" not in parts:
        return closing
    limited = build_limit(parts["limit"], ast.Elided(span=span))
    return attrs.evolve(closing, subject=name, over=limited.over, counted=limited.counted)


def _places_in(words: str) -> int | None:
    """2 for `保留2位小数`, `保留小数点后两位`, `精确到0.01分`, `小数点后第三位四舍五入`; 0 for 取整, 保留整数."""
    if last := re.search("第([二三四])位四舍五入", words):
        return _PLACES[last[1]] - 1
    if exact := re.search(r"0\.(0*1)", words):
        return len(exact[1])
    match = re.search("([\\d一两二三四])位", words)
    if match is None:
        return 0 if re.search("取整|整数|个位", words) else None
    return int(match[1]) if match[1].isdigit() else _PLACES[match[1]]


def _points_in(words: str) -> Fraction | None:
    match = re.search(r"(?:\d+(?:\.\d+)?|[一二两三四五六七八九十]+(?:点[一二三四五六七八九]+)?)分", words)
    return split_unit(match[0])[0] if match else None


def build_limit(tree: Tree[Token], body: ast.Expression) -> ast.Limited:
    token = cast(Token, tree.children[0])
    over, counted = (split_unit(n)[0] for n in re.findall(r"\d+(?:\.\d+)?%|百分之百", str(token)))
    span = token_span(token)
    return ast.Limited(
        body, ast.Number(over, "%", span=span), ast.Number(counted, "%", span=span), span=body.span.to(span)
    )
