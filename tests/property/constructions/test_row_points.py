"""Points of rows by what their cells say, and of two lists that go together, against sums over the rows."""

from fractions import Fraction
from itertools import pairwise

from hypothesis import given, settings, strategies as st

import spelling

LEVELS = ("国家级", "省级", "市级")
ROWS = st.lists(
    st.tuples(st.sampled_from("甲乙丙"), st.sampled_from(LEVELS), st.sampled_from(("主持", "参与"))),
    min_size=1,
    max_size=6,
)
FORMS = (
    "{0}、{1}、{2}分别加{a}、{b}、{c}分",
    "获得{0}、{1}、{2}表彰的，每项分别加{a}分、{b}分、{c}分",
    "{0}每项{a}分，{1}每项{b}分，{2}每项{c}分",
    "受到{0}表彰的每次加{a}分，受到{1}表彰的每次加{b}分，受到{2}表彰的每次加{c}分",
    "{0}{a}分/项，{1}{b}分/项，{2}{c}分/项",
    "{0}{a}分、{1}{b}分、{2}{c}分",
)
BEST = ("同一事项就高不重复计分", "同一事项按最高级别计分，不重复加分", "同一事项就高不重复", "")


@settings(max_examples=60, deadline=None)
@given(ROWS, st.permutations(range(1, 9)), st.sampled_from(FORMS), st.sampled_from(BEST), st.booleans(), st.data())
def test_rows_earn_what_their_states_say(
    rows: list[tuple[str, str, str]], numbers: list[int], form: str, best: str, halved: bool, data: st.DataObject
) -> None:
    """Each row its level's points, halved for one role; of one matter only the best; at most the cap."""
    points: dict[str, int] = dict(zip(LEVELS, numbers, strict=False))
    most = data.draw(st.integers(3, 60))
    text = form.format(*LEVELS, a=numbers[0], b=numbers[1], c=numbers[2])
    for more in (("参与的减半计分" if halved else ""), best, f"最高{most}分"):
        text += f"，{more}" if more else ""
    given_of = {"主持": Fraction(1), "参与": Fraction(1, 2) if halved else Fraction(1)}
    earned = [(matter, points[level] * given_of[role]) for matter, level, role in rows]
    if best:
        total = sum((max(e for m, e in earned if m == matter) for matter in {m for m, _ in earned}), Fraction(0))
    else:
        total = sum((e for _, e in earned), Fraction(0))
    values = {"奖项": [{"事项": m, "级别": level, "角色": role} for m, level, role in rows]}
    every = {"奖项": [{"事项": "丁", "级别": level, "角色": role} for level in LEVELS for role in ("主持", "参与")]}
    found = spelling.score(spelling.spelt(data.draw, text + "。"), 100, values, (every,))
    assert found == min(total, Fraction(most)), (text, rows)


@settings(max_examples=40, deadline=None)
@given(
    st.sampled_from(("达到", "不低于", "≥")),
    st.lists(st.integers(1, 99), min_size=2, max_size=5, unique=True),
    st.integers(0, 100),
    st.booleans(),
)
def test_two_lists_go_together(sign: str, limits: list[int], value: int, ceilings: bool) -> None:
    """The n-th limit gives the n-th points; the nearest that is reached counts."""
    limits = sorted(limits, reverse=not ceilings)
    given_for = list(range(2 * len(limits), 0, -2))
    word = "不超过" if ceilings else sign
    text = f"完成率{word}{'、'.join(f'{n}%' for n in limits)}的，分别得{'、'.join(f'{p}分' for p in given_for)}，其余不得分。"
    held = [p for n, p in zip(limits, given_for, strict=True) if (value <= n if ceilings else value >= n)]
    assert spelling.score(text, 2 * len(limits), {"完成率": f"{value}%"}) == max(held, default=0), (text, value)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(0, 90), min_size=5, max_size=5, unique=True), st.booleans(), st.integers(0, 100))
def test_standards_and_coefficients_make_a_broken_line(standards: list[int], falls: bool, value: int) -> None:
    """功效系数法: between two standards in proportion, full points at the best; below the worst nothing is said."""
    standards = sorted(standards, reverse=not falls)
    text = (
        f"优秀、良好、平均、较低、较差五档标准值分别为{'、'.join(f'{n}%' for n in standards)}，"
        "标准系数依次为1.0、0.8、0.6、0.4、0.2，按功效系数法计分。"
    )
    shares = [Fraction(n, 5) for n in (5, 4, 3, 2, 1)]
    pairs = list(zip(standards, shares, strict=True))
    expected = _on_line(pairs, value, falls)
    assert spelling.score(text, 10, {"指标值": f"{value}%"}) == expected, (text, value)


def _on_line(pairs: list[tuple[int, Fraction]], value: int, falls: bool) -> Fraction | None:
    """Ten times the share at `value`; nothing below the worst."""
    sign = -1 if falls else 1
    if sign * value >= sign * pairs[0][0]:
        return Fraction(10)
    for (best, high), (worst, low) in pairwise(pairs):
        if sign * value >= sign * worst:
            return 10 * (low + Fraction(value - worst, best - worst) * (high - low))
    return None
