"""Columns stand under each other, and lines break where Chinese text may break."""

from hypothesis import given, strategies as st

from rubric.reporting.table import clip, table, wrap
from rubric.source import display_width

TEXTS = st.text(alphabet="指标得分，。（）“”「」 abc1.5%×", max_size=60)


def test_columns_are_counted_in_cells() -> None:
    rows = table([("指标", "5.00", "一致"), ("abc", "10.00", "")], ("left", "right", "left"))
    assert rows == ["指标   5.00  一致", "abc   10.00"]


def test_no_line_begins_with_a_closing_sign_or_parts_a_number_from_its_unit() -> None:
    assert wrap("满意度 92.85%，得 4 分。", 9) == ["满意度", "92.85%，", "得 4 分。"]
    assert wrap("（一）甲乙丙", 10, "- ", "  ") == ["- （一）甲", "  乙丙"]


@given(TEXTS, st.integers(20, 60))
def test_wrapping_loses_nothing_but_blanks(text: str, width: int) -> None:
    lines = wrap(text, width)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")


@given(st.text(alphabet="指标得分，", max_size=80), st.integers(20, 60))
def test_wrapped_chinese_fits(text: str, width: int) -> None:
    # A run of closing signs hangs on to the character before it.
    if "，，" not in text:
        assert all(display_width(line) <= width for line in wrap(text, width))


@given(TEXTS, st.integers(4, 20))
def test_clipped_text_fits(text: str, cells: int) -> None:
    assert display_width(clip(text, cells)) <= cells
