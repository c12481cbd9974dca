"""Layout means nothing: line ends, widths, blanks and comments leave the meaning of a rubric as it is."""

import os
from collections.abc import Callable, Iterator

import pytest
from hypothesis import given, settings, strategies as st

from rubric.pipeline import compile_rubric
from rubric.source import SourceText
from strategies import program_2022, text_2022

MEANING = program_2022().meaning_sha256
LINES = tuple(text_2022().split("\n"))
SECTIONS = ("指标说明", "评分标准", "数据", "口径")
WIDTHS = dict(zip("，（）；=<%/+(),;<=0123456789", ",();＝＜％／＋（），；＜＝０１２３４５６７８９", strict=False))


# Each example compiles the whole table.
FEWER = settings(max_examples=400 if os.environ.get("HYPOTHESIS_PROFILE") == "thorough" else 12)


def meaning(text: str) -> str:
    return compile_rubric(SourceText("2022", text)).value.meaning_sha256


def _computed_lines() -> Iterator[int]:
    """Lines of cells that hold a formula or a band: their words are no one's label, only their meaning counts."""
    section = ""
    for number, line in enumerate(LINES):
        words = line.strip()
        if words in SECTIONS or words.startswith(("一级指标", "二级指标", "三级指标")):
            section = words
        elif section == "评分标准" and any(sign in words for sign in ("×1分", "≤", "≥", "×2分", "×100%")):
            yield number


COMPUTED = tuple(_computed_lines())

WHOLE: dict[str, Callable[[str], str]] = {
    "crlf": lambda text: text.replace("\n", "\r\n"),
    "lone-cr": lambda text: text.replace("\n", "\r"),
    "byte-order-mark": lambda text: "\ufeff" + text,
    "blank-lines": lambda text: text.replace("\n", "\n\n"),
    "no-indentation": lambda text: "\n".join(line.strip() for line in text.split("\n")),
    "ideographic-indentation": lambda text: "\n".join("\u3000\u3000" + line.strip() for line in text.split("\n")),
    "blanks-at-line-ends": lambda text: text.replace("\n", " \u3000\n"),
    "comments": lambda text: text.replace("\n", "\n# 说明：编者的话，得 1 分\n"),
    "no-last-line-end": lambda text: text.rstrip("\n"),
    "colons-of-half-width-in-headings": lambda text: text.replace("：万元", ":万元").replace("口径\n", "口径:\n"),
    "other-signs-of-states": lambda text: text.replace("是／否", "是/否"),
    "other-quotation-marks": lambda text: text.replace("“本项”", "「本项」"),
}


@pytest.mark.parametrize("name", WHOLE)
def test_layout_of_the_whole_file_means_nothing(name: str) -> None:
    changed = WHOLE[name](text_2022())
    assert changed != text_2022()
    assert meaning(changed) == MEANING


@FEWER
@given(st.sets(st.sampled_from(COMPUTED), min_size=1), st.sets(st.sampled_from(sorted(WIDTHS)), min_size=1))
def test_widths_in_computed_sentences_mean_nothing(numbers: set[int], signs: set[str]) -> None:
    lines = list(LINES)
    for number in numbers:
        lines[number] = "".join(WIDTHS[c] if c in signs else c for c in lines[number])
    assert meaning("\n".join(lines)) == MEANING


@FEWER
@given(st.data())
def test_blanks_in_computed_sentences_mean_nothing(data: st.DataObject) -> None:
    """Inside a sentence; not where one could end, nor inside a number."""
    lines = list(LINES)
    for number in data.draw(st.sets(st.sampled_from(COMPUTED), min_size=1, max_size=5)):
        line = lines[number].replace(
            "的，得", data.draw(st.sampled_from((" 的，得", "的， 得", "的，得 ", "的 ，得\u3000")))
        )
        line = line.replace("≤", data.draw(st.sampled_from((" ≤", "≤ ", "\u3000≤\u3000"))))
        lines[number] = line.replace("×", data.draw(st.sampled_from((" ×", "× ", " × "))))
    assert meaning("\n".join(lines)) == MEANING


def test_a_figure_means_something() -> None:
    """The digest is no constant."""
    assert meaning(text_2022().replace("满意度≥95%", "满意度≥96%")) != MEANING
