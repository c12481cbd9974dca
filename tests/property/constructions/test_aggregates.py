"""Scores taken from other values, in random spelling, against sums and sorted lists of a few lines."""

from collections.abc import Mapping
from fractions import Fraction

from hypothesis import given, settings, strategies as st

from rubric.trying.declare import Given
from rubric.trying.run import run, understand

_WIDE = str.maketrans("0123456789().,;*=+", "０１２３４５６７８９（）．，；＊＝＋")
_ROUNDINGS = (
    ("，保留两位小数", 2),
    ("，四舍五入保留一位小数", 1),
    ("，四舍五入取整", 0),
    ("，保留2位小数", 2),
    ("", None),
)
Clause = tuple[str, int, dict[str, Given], Fraction]


def _spelt(draw: st.DrawFn, text: str) -> str:
    return text.translate(_WIDE) if draw(st.booleans()) else text


def _score(text: str, points: int, values: Mapping[str, Given]) -> Fraction | None:
    return run(understand(text, str(points), [values]), values).readings[0].score


def _rounded(value: Fraction, places: int | None) -> Fraction:
    if places is None:
        return value
    scale = 10**places
    return Fraction((value * scale * 2 + 1).__floor__() // 2, scale)


@st.composite
def weighted(draw: st.DrawFn) -> Clause:
    names = draw(st.sampled_from((("平时检查", "年终检查"), ("自评得分", "复核得分"), ("定量评价", "定性评价"))))
    first = draw(st.integers(1, 9)) * 10
    weights = (first, 100 - first)
    scores = [draw(st.integers(0, 100)) for _ in names]
    forms = (
        "{a}占{x}%，{b}占{y}%。",
        "年度得分={a}×{x}%+{b}×{y}%。",
        "综合得分由{a}（占{x}%）和{b}（占{y}%）组成。",
        "最终得分按{a}{x}%、{b}{y}%的权重加权计算。",
        "{a}权重为{x}%，{b}权重为{y}%，加权得出综合得分。",
        "{a}与{b}按{p}:{q}的比例计入总分。",
        "得分由{a}和{b}两部分构成，分别占{x}%和{y}%。",
        "考核总分={a}*{x}%+{b}*{y}%。",
    )
    form = draw(st.sampled_from(forms))
    text = form.format(a=names[0], b=names[1], x=weights[0], y=weights[1], p=first // 10, q=10 - first // 10)
    expected = sum((Fraction(w * s, 100) for w, s in zip(weights, scores, strict=True)), Fraction(0))
    return _spelt(draw, text), 100, {n: str(s) for n, s in zip(names, scores, strict=True)}, expected


@st.composite
def means(draw: st.DrawFn) -> Clause:
    scores = draw(st.lists(st.integers(0, 100), min_size=3, max_size=8))
    name = draw(st.sampled_from(("评委打分", "专家评分", "各社区得分")))
    plain = name.removeprefix("各")
    trim, text = draw(
        st.sampled_from(
            (
                (0, "得分取{each}的平均值"),
                (0, "最终得分为{each}的算术平均值"),
                (0, "得分={each}的平均值"),
                (1, "{name}去掉一个最高分和一个最低分后取平均"),
                (1, "{name}去掉最高分、最低分各一个后取算术平均值"),
                (1, "{name}剔除一个最高分、一个最低分，取其余的平均分"),
            )
        )
    )
    ending, places = draw(st.sampled_from(_ROUNDINGS))
    kept = sorted(scores)[trim : len(scores) - trim]
    text = text.format(name=plain, each=f"各{plain}") + ending + "。"
    return _spelt(draw, text), 100, {name: [str(s) for s in scores]}, _rounded(Fraction(sum(kept), len(kept)), places)


@st.composite
def extremes(draw: st.DrawFn) -> Clause:
    first, second = draw(st.integers(0, 10)), draw(st.integers(0, 10))
    high, text = draw(
        st.sampled_from(
            (
                (True, "甲、乙两项择其一考核，按得分较高的计入。"),
                (True, "两项得分就高计分。"),
                (True, "得分取甲项得分和乙项得分中的较高值。"),
                (True, "本项得分=max（甲项得分，乙项得分）。"),
                (False, "两项得分不一致的，按较低的计分。"),
                (False, "得分取甲项得分和乙项得分中的较低值。"),
            )
        )
    )
    expected = max(first, second) if high else min(first, second)
    return _spelt(draw, text), 10, {"甲项得分": str(first), "乙项得分": str(second)}, Fraction(expected)


@st.composite
def converted(draw: st.DrawFn) -> Clause:
    score, percent = draw(st.integers(0, 100)), draw(st.integers(5, 30))
    text = draw(
        st.sampled_from(
            (
                "按照群众测评得分的{p}%折算。",
                "群众测评得分（百分制）按{p}%折算计入。",
                "群众测评得分折算为{p}分。",
                "以群众测评得分的{p}%计入本项。",
                "本项得分=群众测评得分×{p}%。",
            )
        )
    )
    return _spelt(draw, text.format(p=percent)), percent, {"群众测评得分": str(score)}, Fraction(score * percent, 100)


@settings(max_examples=40, deadline=None)
@given(st.one_of(weighted(), means(), extremes(), converted()))
def test_a_score_taken_from_other_values(clause: Clause) -> None:
    text, points, values, expected = clause
    assert _score(text, points, values) == expected, (text, values)


@st.composite
def lists(draw: st.DrawFn) -> Clause:
    rows = draw(
        st.lists(
            st.tuples(st.integers(1, 9), st.integers(1, 100), st.booleans()),
            min_size=1,
            max_size=6,
        )
    )
    values = [{"得分": str(s), "预算额": f"{b}万元", "按期完成": "是" if done else "否"} for s, b, done in rows]
    text, expected = draw(
        st.sampled_from(
            (
                ("得分=各项目得分的平均值。", Fraction(sum(r[0] for r in rows), len(rows))),
                (
                    "各项目得分按预算额加权平均计算。",
                    Fraction(sum(r[0] * r[1] for r in rows), sum(r[1] for r in rows)),
                ),
                ("得分=按期完成的项目数÷项目总数×10分。", Fraction(10 * sum(r[2] for r in rows), len(rows))),
                ("得分=各项目得分的最高值。", Fraction(max(r[0] for r in rows))),
            )
        )
    )
    return _spelt(draw, text), 10, {"项目": values}, expected


@settings(max_examples=30, deadline=None)
@given(lists())
def test_a_score_taken_from_rows(clause: Clause) -> None:
    text, points, values, expected = clause
    assert _score(text, points, values) == expected, (text, values)
