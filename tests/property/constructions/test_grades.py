"""Grades and payments in random spelling, against a search of a sorted list.

Bands over a score are written for limits and names drawn at random, each in one of the ways officials write them; the
oracle takes the first limit that the score reaches.
"""

from fractions import Fraction

from hypothesis import given, settings, strategies as st

from rubric.trying.run import run, understand

_WIDE = str.maketrans("0123456789().,;:%", "０１２３４５６７８９（）．，；：％")
_SETS = (
    ("优", "良", "中", "差"),
    ("优秀", "良好", "合格", "不合格"),
    ("A级", "B级", "C级", "D级"),
    ("一等", "二等", "三等", "四等"),
)
_MEASURED = ("考核得分", "综合得分", "评价总分", "年度得分")


def _spelt(draw: st.DrawFn, text: str) -> str:
    return text.translate(_WIDE) if draw(st.booleans()) else text


def _result(text: str, points: str, values: dict[str, str]) -> str | None:
    return run(understand(text, points, [values]), values).readings[0].result


def _limits(draw: st.DrawFn) -> list[int]:
    """Three limits, the highest first."""
    return sorted(draw(st.sets(st.integers(30, 95), min_size=3, max_size=3)), reverse=True)


def _score(draw: st.DrawFn, limits: list[int]) -> Fraction:
    near = [Fraction(limit) + Fraction(step, 100) for limit in limits for step in (-1, 0, 1)]
    return draw(st.sampled_from((*near, Fraction(0), Fraction(100))))


def _decimal(value: Fraction) -> str:
    return str(value.numerator) if value.denominator == 1 else f"{float(value):g}"


def _place(score: Fraction, limits: list[int]) -> int:
    return next((i for i, limit in enumerate(limits) if score >= limit), len(limits))


@st.composite
def grading(draw: st.DrawFn) -> tuple[str, dict[str, str], str]:
    names, limits = draw(st.sampled_from(_SETS)), _limits(draw)
    measured = draw(st.sampled_from(_MEASURED))
    first, second, third = limits
    tests = [
        draw(st.sampled_from((f"{first}分（含）以上", f"≥{first}分", f"{first}分及以上", f"不低于{first}分"))),
        draw(
            st.sampled_from(
                (f"{second}分（含）-{first}分", f"{second}分（含）至{first}分", f"{second}分以上不足{first}分")
            )
        ),
        draw(st.sampled_from((f"{third}（含）-{second}分", f"{third}分（含）～{second}分"))),
        draw(st.sampled_from((f"{third}分以下", f"低于{third}分", f"不足{third}分", f"＜{third}分"))),
    ]
    if draw(st.booleans()):
        verb = draw(st.sampled_from(("为", "的为", "评为", "的评为", "的，评定为", "，定为")))
        bands = [f"{test}{verb}{name}" for test, name in zip(tests, names, strict=True)]
        bands[0] = measured + bands[0]
    else:
        form = draw(st.sampled_from(("{}：{}", "{}（{}）")))
        bands = [form.format(name, test) for test, name in zip(tests, names, strict=True)]
    text = draw(st.sampled_from(("，", "；", "、", "；\n"))).join(bands) + draw(st.sampled_from(("。", "")))
    score = _score(draw, limits)
    return _spelt(draw, text), {measured: _decimal(score)}, names[_place(score, limits)]


@settings(max_examples=80, deadline=None)
@given(grading())
def test_the_grade_of_the_first_limit_reached(clause: tuple[str, dict[str, str], str]) -> None:
    text, values, expected = clause
    assert _result(text, "等级", values) == expected, text


@st.composite
def lowered(draw: st.DrawFn) -> tuple[str, dict[str, str], str]:
    names, limits = draw(st.sampled_from(_SETS)), _limits(draw)
    measured = draw(st.sampled_from(_MEASURED))
    score = _score(draw, limits)
    bands = [f"{limit}分及以上的为{name}" for limit, name in zip(limits, names, strict=False)]
    bounded = [
        bands[0],
        *(
            f"{b.removesuffix(n).replace('的为', '')}不足{u}分的为{n}"
            for b, n, u in zip(bands[1:], names[1:], limits, strict=False)
        ),
    ]
    text = measured + "；".join([*bounded, f"不足{limits[-1]}分的为{names[-1]}"]) + "。"
    happened = draw(st.booleans())
    place = _place(score, limits)
    if draw(st.booleans()):
        words = draw(st.sampled_from(("降一个等次", "降低一个等次", "下调一档", "降一等")))
        expected = min(place + happened, len(names) - 1)
    else:
        words = draw(st.sampled_from((f"不得评为{names[0]}", "取消评优资格", f"等次不得高于{names[1]}")))
        expected = max(place, int(happened))
    text += f"受到通报批评的，{words}。"
    return text, {measured: _decimal(score), "受到通报批评": "是" if happened else "否"}, names[expected]


@settings(max_examples=50, deadline=None)
@given(lowered())
def test_a_fact_lowers_the_grade(clause: tuple[str, dict[str, str], str]) -> None:
    text, values, expected = clause
    assert _result(text, "等次", values) == expected, text


@st.composite
def payments(draw: st.DrawFn) -> tuple[str, dict[str, str], Fraction]:
    limits = _limits(draw)[:2]
    first, second = limits
    share = draw(st.integers(5, 95))
    money = draw(st.sampled_from(("服务费", "尾款", "养护费")))
    full = draw(
        st.sampled_from((f"全额支付{money}", f"{money}全额支付", f"足额拨付{money}", f"支付全部{money}", "足额支付"))
    )
    part = draw(
        st.sampled_from(
            (
                f"支付{money}的{share}%",
                f"按{share}%支付{money}",
                f"按{money}的{share}%拨付",
                f"扣减{money}的{100 - share}%",
                f"扣除{100 - share}%的{money}",
            )
        )
    )
    none = draw(st.sampled_from(("不予支付", "不支付", "不予拨付", f"全额扣除{money}")))
    text = (
        f"考核得分{first}分{draw(st.sampled_from(('（含）以上', '及以上')))}的，{full}；{second}分（含）至{first}分的，{part}；"
        f"{draw(st.sampled_from((f'{second}分以下', f'低于{second}分')))}的，{none}。"
    )
    score, amount = _score(draw, limits), draw(st.integers(1, 400))
    paid = Fraction(amount) * (Fraction(1), Fraction(share, 100), Fraction(0))[_place(score, limits)]
    return _spelt(draw, text), {"考核得分": _decimal(score), money: f"{amount}万元"}, paid * 10_000


@settings(max_examples=60, deadline=None)
@given(payments())
def test_the_share_paid(clause: tuple[str, dict[str, str], Fraction]) -> None:
    text, values, expected = clause
    assert run(understand(text, "金额", [values]), values).readings[0].score == expected, text


@st.composite
def cuts(draw: st.DrawFn) -> tuple[str, dict[str, str], tuple[Fraction, Fraction, Fraction]]:
    limit, share, most = draw(st.integers(60, 95)), Fraction(draw(st.integers(1, 30)), 10), draw(st.integers(5, 40))
    low = draw(st.sampled_from(("每低1分", "每降低1分", "每少1分")))
    cut = draw(
        st.sampled_from(
            (f"扣减服务费的{float(share):g}%", f"扣除{float(share):g}%的服务费", f"扣当月服务费的{float(share):g}%")
        )
    )
    tail = draw(st.sampled_from(("", f"，最多扣减{most}%", f"，累计扣减不超过{most}%")))
    reached = draw(st.sampled_from((f"考核得分达到{limit}分的，", f"考核得分{limit}分及以上的，")))
    text = f"{reached}全额支付服务费；低于{limit}分的，{low}{cut}{tail}。"
    score, amount = Fraction(draw(st.integers(20, 200)), 2), draw(st.integers(1, 90)) * 1000
    below = max(Fraction(0), limit - score)
    steps = (Fraction(int(below)), Fraction(-(-below.numerator // below.denominator)), below)
    greatest = Fraction(most, 100) if tail else Fraction(1)
    paid = tuple(max(Fraction(0), amount * (1 - min(greatest, n * share / 100))) for n in steps)
    return _spelt(draw, text), {"考核得分": _decimal(score), "服务费": f"{amount}元"}, (paid[0], paid[1], paid[2])


@settings(max_examples=50, deadline=None)
@given(cuts())
def test_each_point_below_cuts_its_share(
    clause: tuple[str, dict[str, str], tuple[Fraction, Fraction, Fraction]],
) -> None:
    text, values, expected = clause
    readings = run(understand(text, "金额", [values]), values).readings
    assert tuple(r.score for r in readings) == expected, text
