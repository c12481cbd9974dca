"""What is not asked of a unit: full points before the rule is looked at, and the rest scaled up."""

from fractions import Fraction

from hypothesis import given, settings, strategies as st

from written_lists import one_of, score, widths

FULL = ("本指标得满分", "直接得分", "视同满分", "视为满分", "本项得满分")


@settings(max_examples=50, deadline=None)
@given(st.data(), st.booleans(), st.integers(0, 6))
def test_an_exemption_gives_full_points(data: st.DataObject, exempt: bool, count: int) -> None:
    full = data.draw(one_of(FULL))
    text = f"当年未发生政府采购的，{full}；发生的，采购程序不规范每起扣1分，扣完为止。"
    values = {"发生政府采购": not exempt, "采购程序不规范起数": str(count)}
    found = score(widths(data.draw, text), Fraction(4), values)
    assert found == (4 if exempt else max(0, 4 - count))


@settings(max_examples=40, deadline=None)
@given(st.integers(1, 90), st.integers(0, 60))
def test_what_is_left_is_scaled_up(earned: int, missing: int) -> None:
    text = "缺项的按比例折算：最终得分=实际得分/（100-缺项分值）×100。"
    found = score(text, Fraction(100), {"实际得分": str(earned), "缺项分值": str(missing)})
    assert found == min(Fraction(100), Fraction(earned * 100, 100 - missing))
