"""A grade that is given, and what facts do to it: 发生事故的，降一个等次.

Takes an item whose sentences only move a grade; gives the grades it is one of, the worst first, and the datum that holds it.
The order is what the text says (`分为优秀、良好、合格、不合格四档`), else the usual one that has all grades met. Never a score.
"""

import re

from rubric.core import program as core
from rubric.semantics.gathered import Gathered
from rubric.syntax import ast
from rubric.syntax.fold import key

# The usual orders, the best first.
_LADDERS = (
    ("优秀", "良好", "合格", "不合格"),
    ("优秀", "良好", "合格", "基本合格", "不合格"),
    ("优秀", "良好", "中等", "差"),
    ("优", "良", "中", "差"),
    ("优秀", "良好", "一般", "较差"),
    ("优秀", "良好", "一般", "差"),
    ("优秀", "良好", "达标", "不达标"),
    ("优秀", "良好", "称职", "基本称职", "不称职"),
    ("优秀", "称职", "基本称职", "不称职"),
    ("优秀", "合格", "基本合格", "不合格"),
    ("好", "较好", "一般", "差"),
    ("A", "B", "C", "D"),
    ("A", "B", "C", "D", "E"),
    ("A级", "B级", "C级", "D级"),
    ("A类", "B类", "C类", "D类"),
    ("一等", "二等", "三等", "四等"),
    ("一级", "二级", "三级", "四级"),
    ("一类", "二类", "三类"),
    ("五星", "四星", "三星", "二星", "一星"),
)
_STATED = re.compile(
    r"(?:分为|设|划分为|分)(?P<names>(?:[^、,，;；。:：]{1,5}、)+[^、,，;；。:：]{1,5}?)(?:[二两三四五六]|\d)个?(?:档次|档|等次|等级|等|级)"
)
_NAME = re.compile("等次|等级|级别|档次|评级|等第|结果$|结论$")


def given_grade(g: Gathered, named: tuple[str, ...]) -> tuple[ast.DatumLine, tuple[str, ...]] | None:
    """The one datum whose states are grades, and the grades, the worst first; `named` are those the sentences name."""
    found = [line for line in g.indicator.data if line.states and _NAME.search(line.name)]
    if len(found) != 1:
        return None
    states = tuple(s for s in found[0].states if s != "其他情况")
    ladder = _ladder(key(g.source.slice(g.indicator.cell.span)), (*states, *named))
    return (found[0], tuple(reversed(ladder))) if ladder else None


def _ladder(text: str, names: tuple[str, ...]) -> tuple[str, ...]:
    stated = _STATED.search(text)
    if stated is not None:
        written = tuple(stated["names"].split("、"))
        ladder = tuple(reversed(written)) if "由低到高" in text else written
        return ladder if set(names) <= set(ladder) else ()
    return next((ladder for ladder in _LADDERS if set(names) <= set(ladder)), ())


def states_of(line: ast.DatumLine, names: tuple[str, ...]) -> tuple[tuple[core.Condition, int], ...]:
    """Each state of the datum with its place among the grades."""
    return tuple(
        (core.InState(line.name, (state,), span=line.span), names.index(state))
        for state in line.states
        if state in names
    )
