"""Numbers as written: every exact amount is read back; nothing else is taken for one."""

from datetime import date
from fractions import Fraction

from hypothesis import given, strategies as st

from facts.programs import PERCENT, PROJECTS, WAN
from rubric.core.dates import day_number, day_text
from rubric.core.program import Unit
from rubric.diagnostics.model import Diagnostic
from rubric.facts.nodes import Scalar, Spot
from rubric.facts.values import Amount, read_quantity

FULL_WIDTH = str.maketrans("0123456789.,%", "０１２３４５６７８９．，％")


def _read(text: str, unit: Unit) -> Amount | Diagnostic:
    return read_quantity(Scalar(text, Spot()), unit, "数据")


@given(st.integers(0, 10**12), st.integers(0, 4), st.booleans(), st.booleans(), st.sampled_from(["", " ", "\u3000"]))
def test_a_written_amount_is_read_exactly(cents: int, places: int, grouped: bool, wide: bool, blank: str) -> None:
    value = Fraction(cents, 10**places)
    whole, rest = divmod(cents, 10**places)
    number = (f"{whole:,}" if grouped else str(whole)) + (f".{rest:0{places}}" if places else "")
    text = f"{number}{blank}万元"
    assert _read(text.translate(FULL_WIDTH) if wide else text, WAN) == Amount(value * 10000)


@given(st.integers(0, 10**6), st.integers(0, 4))
def test_a_written_rate_is_read_exactly(digits: int, places: int) -> None:
    whole, rest = divmod(digits, 10**places)
    text = f"{whole}.{rest:0{places}}%" if places else f"{whole}%"
    step = Fraction(1, 100 * 10**places)
    assert _read(text, PERCENT) == Amount(digits * step, step)


@given(st.integers(0, 10**6))
def test_a_count_is_read_with_and_without_its_counter(count: int) -> None:
    assert _read(str(count), PROJECTS) == _read(f"{count}个", PROJECTS) == Amount(Fraction(count))


@given(st.lists(st.text("0123456789", min_size=1, max_size=5), min_size=2, max_size=4))
def test_a_separator_is_understood_only_in_its_place(groups: list[str]) -> None:
    right = 1 <= len(groups[0]) <= 3 and all(len(group) == 3 for group in groups[1:])
    read = _read(",".join(groups) + "万元", WAN)
    if right:
        assert read == Amount(Fraction("".join(groups)) * 10000)
    else:
        assert isinstance(read, Diagnostic)
        assert read.code == "R0921"


@given(st.dates())
def test_days_are_numbered_as_in_the_calendar(day: date) -> None:
    assert day_number(day.year, day.month, day.day) == day.toordinal()
    assert day_text(day.toordinal()) == day.isoformat()
