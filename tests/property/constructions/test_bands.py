"""Bands in random spelling: the band that holds a rate gives its points, whatever words its ends are written in."""

import itertools
from fractions import Fraction

from hypothesis import given, settings, strategies as st

import spelling

Clause = tuple[str, Fraction, str, Fraction]
NAMES = ("按期办结率", "资料归档率", "群众知晓率", "“三公”经费公开率")


def _middle(draw: st.DrawFn, name: str, low: int, high: int) -> str:
    """From `low`, included, to `high`, left out."""
    bottom, top = (spelling.percent(draw, n) for n in (low, high))
    forms = (
        f"{bottom}≤{name}<{top}",
        f"{top}>{name}≥{bottom}",
        f"{name}{spelling.sign(draw, '>=')}{bottom}{draw(st.sampled_from(('且', '但', '，且', '并且')))}"
        f"{spelling.sign(draw, '<')}{top}",
        f"{name}{bottom}（含）-{high}%",
        f"{name}在{bottom}（含）至{high}%之间",
        f"{name}{bottom}（含{low}%）～{high}%（不含{high}%）",
        f"{name}在[{low}%,{high}%)",
        f"{name}{bottom}以上不足{top}",
        f"{name}{bottom}（含）以上{top}（不含）以下",
        f"{bottom}（含）到{high}%",
        f"{low}-{high}%",
    )
    return draw(st.sampled_from(forms))


@st.composite
def rising(draw: st.DrawFn) -> Clause:
    name = draw(st.sampled_from(NAMES))
    ends = sorted(draw(st.sets(st.integers(1, 99), min_size=2, max_size=4)), reverse=True)
    steps = draw(st.lists(st.integers(1, 8), min_size=len(ends) + 1, max_size=len(ends) + 1, unique=True))
    given_points = [Fraction(n, 2) for n in sorted(steps, reverse=True)]
    given_points[-1] = draw(st.sampled_from((Fraction(0), given_points[-1])))
    tops = (
        f"{name}{spelling.sign(draw, '>=')}{spelling.percent(draw, ends[0])}",
        f"{name}{spelling.percent(draw, ends[0])}以上",
        f"{name}达到{spelling.percent(draw, ends[0])}（含）以上",
        f"{name}在{spelling.percent(draw, ends[0])}及以上",
    )
    bottoms = (
        f"{name}{spelling.sign(draw, '<')}{spelling.percent(draw, ends[-1])}",
        f"{spelling.sign(draw, '<')}{spelling.percent(draw, ends[-1])}",
        f"{spelling.percent(draw, ends[-1])}以下",
    )
    conditions = [draw(st.sampled_from(tops))]
    conditions += [_middle(draw, name, low, high) for high, low in itertools.pairwise(ends)]
    conditions.append(draw(st.sampled_from(bottoms)))
    sentences = [c + spelling.of(draw) + spelling.award(draw, p) for c, p in zip(conditions, given_points, strict=True)]
    text = spelling.stop(draw).join(sentences) + draw(st.sampled_from(("。", "")))
    value = draw(st.sampled_from([n + d for n in ends for d in (Fraction(-1, 10), 0, Fraction(1, 10))]))
    expected = next((p for end, p in zip(ends, given_points, strict=False) if value >= end), given_points[-1])
    return spelling.spelt(draw, text), given_points[0], f"{float(value)}%", expected


@settings(max_examples=80, deadline=None)
@given(rising(), st.sampled_from(NAMES))
def test_the_band_that_holds_the_rate_gives_its_points(clause: Clause, _: str) -> None:
    text, points, value, expected = clause
    name = next(n for n in NAMES if n.strip("“”")[:4].replace("”", "") in text or n in text)
    assert spelling.score(text, points, {name: value}) == expected, text


@st.composite
def deducting(draw: st.DrawFn) -> Clause:
    """Bands that tell what is taken."""
    first = draw(st.integers(2, 20))
    second = first + draw(st.integers(2, 20))
    points = Fraction(draw(st.integers(4, 10)))
    small, large = sorted(draw(st.sets(st.integers(1, 7), min_size=2, max_size=2)))
    nothing = draw(st.sampled_from(("不扣分", "得满分")))
    take = draw(st.sampled_from(("扣", "扣减", "减")))
    text = (
        f"超支率{draw(st.sampled_from((f'在{first}%以内', f'不超过{first}%', f'≤{first}%')))}的{nothing}；"
        f"{draw(st.sampled_from((f'{first}%<超支率≤{second}%', f'超过{first}%但不超过{second}%', f'{first}%-{second}%（含）')))}"
        f"的，{take}{Fraction(small, 2) if small % 2 == 0 else small / 2}分；"
        f"{spelling.sign(draw, '>')}{second}%的，{take}{large / 2}分。"
    )
    value = draw(st.sampled_from((0, first, first + 1, second, second + 1, 99)))
    taken = 0 if value <= first else small if value <= second else large
    return spelling.spelt(draw, text), points, f"{value}%", points - Fraction(taken, 2)


@settings(max_examples=50, deadline=None)
@given(deducting())
def test_a_band_may_tell_what_it_takes(clause: Clause) -> None:
    text, points, value, expected = clause
    assert spelling.score(text, points, {"超支率": value}) == expected, text


@settings(max_examples=40, deadline=None)
@given(st.integers(1, 9), st.integers(10, 30), st.integers(-40, 40), st.data())
def test_a_tolerance_counts_both_ways(near: int, far: int, value: int, data: st.DataObject) -> None:
    within = data.draw(st.sampled_from(("在±{}%以内", "±{}%以内", "控制在±{}%以内", "不超过±{}%")))
    text = f"支出偏差率{within.format(near)}的得4分；{within.format(far)}的得1分；超过±{far}%的不得分。"
    expected = 4 if abs(value) <= near else 1 if abs(value) <= far else 0
    assert spelling.score(spelling.spelt(data.draw, text), 4, {"支出偏差率": f"{value}%"}) == expected, text
