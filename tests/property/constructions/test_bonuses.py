"""Points added, up to a cap: in every wording the least of the cap and the sum."""

from fractions import Fraction

from hypothesis import given, settings, strategies as st

from rubric.core.numbers import plain
from written_lists import POINTS, one_of, score, widths

EVENTS = (
    ("经验做法被上级转发", "篇"),
    ("信息被采用", "条"),
    ("承担改革试点", "项"),
    ("获得专利授权", "件"),
)
EACH = ("{e}的，每{c}加{p}分", "{e}的，每{c}另加{p}分", "{e}，每{c}加计{p}分", "{e}的，奖励{p}分/{c}")
CAPS = (
    "，最多加{m}分。",
    "，累计最高{m}分。",
    "，最高加{m}分",
    "，{m}分封顶。",
    "，加满{m}分为止。",
    "。累计不超过{m}分。",
)


LEVELS = ("国家级", "省级", "市级")


@settings(max_examples=60, deadline=None)
@given(st.data(), st.sampled_from(EVENTS), POINTS, st.integers(1, 5), st.integers(0, 9))
def test_each_adds_up_to_the_cap(
    data: st.DataObject, event: tuple[str, str], rate: Fraction, most: int, count: int
) -> None:
    words, counter = event
    text = data.draw(one_of(EACH)).format(e=words, c=counter, p=plain(rate)) + data.draw(one_of(CAPS)).format(m=most)
    found = score(widths(data.draw, text), Fraction(most), {f"{words}{counter}数": str(count)})
    assert found == min(Fraction(most), rate * count)


@settings(max_examples=30, deadline=None)
@given(st.data(), st.lists(st.integers(0, 3), min_size=3, max_size=3))
def test_levels_have_points_of_their_own(data: st.DataObject, counts: list[int]) -> None:
    text = data.draw(
        one_of(
            (
                "获得国家级、省级、市级表彰的，每次分别加3分、2分、1分，最多加5分。",
                "获得国家级、省级、市级表彰的，分别加3、2、1分，累计不超过5分。",
            )
        )
    )
    values = dict(zip([f"{level}表彰次数" for level in LEVELS], map(str, counts), strict=True))
    assert score(text, Fraction(5), values) == min(5, 3 * counts[0] + 2 * counts[1] + counts[2])


@settings(max_examples=20, deadline=None)
@given(st.lists(st.booleans(), min_size=3, max_size=3))
def test_of_one_matter_only_the_highest_level_counts(held: list[bool]) -> None:
    text = "获得国家级、省级、市级表彰的，分别加3、2、1分，同一事项就高不重复。"
    values = dict(zip([f"{level}表彰" for level in LEVELS], held, strict=True))
    assert score(text, Fraction(3), values) == max(p * yes for p, yes in zip((3, 2, 1), held, strict=True))


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 6), st.integers(0, 6))
def test_what_is_added_and_what_is_taken_meet(praised: int, blamed: int) -> None:
    text = "被正面报道的每篇加0.5分，被负面曝光的每篇扣1分，加减分相抵后最高加2分，最多扣3分。"
    net = Fraction(praised, 2) - blamed
    values = {"正面报道篇数": str(praised), "负面曝光篇数": str(blamed)}
    assert score(text, Fraction(2), values) == max(Fraction(-3), min(Fraction(2), net))


@settings(max_examples=30, deadline=None)
@given(st.data(), st.integers(0, 9), POINTS)
def test_a_series_goes_on_as_it_began(data: st.DataObject, count: int, more: Fraction) -> None:
    first, second = Fraction(1), 1 + more
    text = f"创建示范点1个加1分，2个加{plain(second)}分，以此类推，最高加6分。"
    expected = 0 if count == 0 else min(Fraction(6), first + more * (count - 1))
    assert score(widths(data.draw, text), Fraction(6), {"创建示范点个数": str(count)}) == expected
