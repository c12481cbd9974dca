"""Rules that differ by class of unit, in random spelling, against the rule of the class written out in Python.

Points, threshold, step and rate are drawn for each class; the classes stand beside each other in a sentence, or each in a
block of its own.
"""

from fractions import Fraction

from hypothesis import given, settings, strategies as st

from rubric.trying.run import run, understand

_WIDE = str.maketrans("0123456789().,;:%", "０１２３４５６７８９（）．，；：％")
_CLASSES = (
    ("重点县", "一般县"),
    ("甲类单位", "乙类单位"),
    ("城区学校", "农村学校"),
    ("主城区", "其他区"),
    ("一类乡镇", "二类乡镇", "三类乡镇"),
)
_MEASURED = ("覆盖率", "资金支出率", "整改完成率")


def _spelt(draw: st.DrawFn, text: str) -> str:
    return text.translate(_WIDE) if draw(st.booleans()) else text


def _score(text: str, points: int, cases: list[dict[str, str]]) -> list[Fraction | None]:
    clause = understand(text, str(points), cases)
    return [run(clause, values).readings[0].score for values in cases]


def _cases(draw: st.DrawFn, classes: tuple[str, ...], measured: str) -> list[tuple[str, int, dict[str, str]]]:
    """Each class with a value: so every state of the class is known."""
    values = [(name, draw(st.integers(40, 100))) for name in classes]
    return [(name, value, {"单位类型": name, measured: f"{value}%"}) for name, value in values]


Clause = tuple[str, int, list[dict[str, str]], list[Fraction]]


@st.composite
def beside(draw: st.DrawFn) -> Clause:
    """`…达到95%的，甲得3分，乙得2分；每低1个百分点，甲扣…，乙扣…`."""
    classes, measured = draw(st.sampled_from(_CLASSES)), draw(st.sampled_from(_MEASURED))
    points = {name: draw(st.integers(2, 9)) for name in classes}
    rates = {name: Fraction(draw(st.integers(1, 9)), 10) for name in classes}
    limit = draw(st.integers(60, 99))
    reach = draw(
        st.sampled_from((f"{measured}达到{limit}%的，", f"{measured}不低于{limit}%的，", f"{measured}≥{limit}%的，"))
    )
    gets = "，".join(f"{name}得{points[name]}分" for name in classes)
    step = draw(st.sampled_from(("每低1个百分点，", "每降低一个百分点，", "每减少1个百分点，")))
    takes = "，".join(f"{name}扣{float(rates[name]):g}分" for name in classes)
    text = f"{reach}{gets}；{step}{takes}，扣完为止。"
    found = _cases(draw, classes, measured)
    expected = [max(Fraction(0), points[n] - rates[n] * max(0, limit - v)) for n, v, _ in found]
    return _spelt(draw, text), max(points.values()), [values for _, _, values in found], expected


@st.composite
def blocks(draw: st.DrawFn) -> Clause:
    """`甲：…；乙：…`, each with its own threshold, points and rest."""
    classes, measured = draw(st.sampled_from(_CLASSES)), draw(st.sampled_from(_MEASURED))
    limits = {name: draw(st.integers(60, 99)) for name in classes}
    points = {name: draw(st.integers(3, 9)) for name in classes}
    rest = draw(st.integers(0, 2))
    form = draw(st.sampled_from(("{}：{}", "对{}，{}", "{}{}", "{}的，{}")))
    lines = [
        form.format(
            name,
            f"{measured}{draw(st.sampled_from(('≥', '不低于', '达到')))}{limits[name]}%得{points[name]}分，低于{limits[name]}%得{rest}分",
        )
        for name in classes
    ]
    text = draw(st.sampled_from(("；", "；\n", "。\n"))).join(lines) + "。"
    found = _cases(draw, classes, measured)
    expected = [Fraction(points[n] if v >= limits[n] else rest) for n, v, _ in found]
    return _spelt(draw, text), max(points.values()), [values for _, _, values in found], expected


@settings(max_examples=50, deadline=None)
@given(beside())
def test_classes_beside_each_other(clause: Clause) -> None:
    text, points, cases, expected = clause
    assert _score(text, points, cases) == expected, text


@settings(max_examples=50, deadline=None)
@given(blocks())
def test_a_block_for_each_class(clause: Clause) -> None:
    text, points, cases, expected = clause
    assert _score(text, points, cases) == expected, text


@st.composite
def limits_alone(draw: st.DrawFn) -> Clause:
    """`增长率甲达到12%、乙达到9%的，得5分；每低1个百分点扣0.5分`: the classes differ in their limits alone."""
    classes, measured = draw(st.sampled_from(_CLASSES)), draw(st.sampled_from(_MEASURED))
    limits = {name: draw(st.integers(60, 99)) for name in classes}
    points, rate = draw(st.integers(3, 9)), draw(st.sampled_from((Fraction(1, 10), Fraction(1, 2), Fraction(1))))
    reach = draw(st.sampled_from(("达到", "不低于", "≥")))
    parts = "、".join(f"{name}{reach}{limits[name]}%" for name in classes)
    text = f"{measured}{parts}的，得{points}分；每低1个百分点扣{float(rate):g}分，扣完为止。"
    found = _cases(draw, classes, measured)
    expected = [max(Fraction(0), points - rate * max(0, limits[n] - v)) for n, v, _ in found]
    return _spelt(draw, text), points, [values for _, _, values in found], expected


@settings(max_examples=50, deadline=None)
@given(limits_alone())
def test_classes_that_differ_in_their_limits_alone(clause: Clause) -> None:
    text, points, cases, expected = clause
    assert _score(text, points, cases) == expected, text
