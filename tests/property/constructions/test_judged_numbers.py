"""Numbers that a person decides: given, taken, added, averaged; within what the text allows."""

from fractions import Fraction

from hypothesis import given, settings, strategies as st

from rubric.core.numbers import plain
from written_lists import one_of, score

TENTHS = st.integers(0, 20).map(lambda n: Fraction(n, 10))


@settings(max_examples=40, deadline=None)
@given(st.data(), TENTHS)
def test_what_is_taken_leaves_the_rest(data: st.DataObject, taken: Fraction) -> None:
    text = data.draw(
        one_of(
            (
                "管理措施完善的得3分，不够完善的酌情扣分。",
                "管理措施完善的得3分，不完善的视情节扣0-2分。",
                "管理措施到位得满分，落实不到位的酌情扣分，扣完为止。",
            )
        )
    )
    assert score(text, Fraction(3), {"酌情扣分": plain(taken)}) == 3 - taken


@settings(max_examples=40, deadline=None)
@given(st.data(), st.lists(st.integers(0, 10), min_size=1, max_size=6))
def test_several_values_are_averaged(data: st.DataObject, values: list[int]) -> None:
    text = data.draw(
        one_of(
            (
                "方案优得8-10分，良得5-7分，一般得0-4分，取评委平均分。",
                "由评委根据方案质量在0-10分之间打分，取算术平均值。",
            )
        )
    )
    expected = Fraction(sum(values), len(values))
    assert score(text, Fraction(10), {"评委打分": [str(v) for v in values]}) == expected
