"""Tables inside a cell, drawn at random, against a look into a list of lists.

Heads of rows are bands in one of their spellings, or states; heads of columns are states; the oracle finds row and column.
"""

from fractions import Fraction

from hypothesis import given, settings, strategies as st

from rubric.trying.run import run, understand

_WIDE = str.maketrans("0123456789().,;:%|", "０１２３４５６７８９（）．，；：％｜")
_COLUMNS = (("省外", "省内"), ("主持", "参与"), ("城区", "乡镇", "山区"), ("优秀", "合格"))
_STATES = (("国家级", "省级", "市级"), ("甲类", "乙类", "丙类"))


def _table(draw: st.DrawFn, rows: list[list[str]]) -> str:
    rule = ["---"] * len(rows[0])
    lines = [f"| {' | '.join(row)} |" for row in (rows[0], rule, *rows[1:])]
    text = "\n".join(lines)
    text = text.translate(_WIDE) if draw(st.booleans()) else text
    return draw(st.sampled_from(("", "按下表计分：\n"))) + text


def _points(draw: st.DrawFn, rows: int, columns: int) -> list[list[int]]:
    return [[draw(st.integers(0, 9)) for _ in range(columns)] for _ in range(rows - 1)] + [[0] * columns]


Clause = tuple[str, int, list[dict[str, str]], list[Fraction]]


@st.composite
def two_ways(draw: st.DrawFn) -> Clause:
    columns = draw(st.sampled_from(_COLUMNS))
    unit = draw(st.sampled_from(("人", "场", "个")))
    low, high = sorted(draw(st.sets(st.integers(2, 400), min_size=2, max_size=2)))
    heads = [
        draw(st.sampled_from((f"{high}{unit}以上", f"≥{high}{unit}", f"{high}{unit}及以上"))),
        draw(
            st.sampled_from(
                (f"{low}-{high}{unit}", f"{low}{unit}（含）-{high}{unit}", f"{low}{unit}（含）至{high}{unit}")
            )
        ),
        draw(st.sampled_from((f"不足{low}{unit}", f"{low}{unit}以下", f"少于{low}{unit}"))),
    ]
    points = _points(draw, 3, len(columns))
    points[0][0] = 9
    mark = draw(st.sampled_from(("分", "")))
    rows = [
        ["培训规模", *columns],
        *([head, *(f"{p}{mark}" for p in line)] for head, line in zip(heads, points, strict=True)),
    ]
    cases: list[dict[str, str]] = []
    expected: list[Fraction] = []
    for index, name in enumerate(columns):
        value = draw(st.sampled_from((low - 1, low, high - 1, high, high + 7)))
        row = 0 if value >= high else 1 if value >= low else 2
        cases.append({"培训规模": str(value), "类型": name})
        expected.append(Fraction(points[row][index]))
    return _table(draw, rows), 9, cases, expected


@st.composite
def by_states(draw: st.DrawFn) -> Clause:
    columns, states = draw(st.sampled_from(_COLUMNS)), draw(st.sampled_from(_STATES))
    points = _points(draw, len(states), len(columns))
    points[0][0] = 9
    rows = [["级别", *columns], *([head, *(f"{p}分" for p in line)] for head, line in zip(states, points, strict=True))]
    cases = [{"级别": state, "类型": name} for state in states for name in columns]
    expected = [Fraction(p) for line in points for p in line]
    return _table(draw, rows), 9, cases, expected


@settings(max_examples=50, deadline=None)
@given(two_ways())
def test_a_band_and_a_state(clause: Clause) -> None:
    text, points, cases, expected = clause
    understood = understand(text, str(points), cases)
    assert [run(understood, values).readings[0].score for values in cases] == expected, text


@settings(max_examples=30, deadline=None)
@given(by_states())
def test_two_states(clause: Clause) -> None:
    text, points, cases, expected = clause
    understood = understand(text, str(points), cases)
    assert [run(understood, values).readings[0].score for values in cases] == expected, text
