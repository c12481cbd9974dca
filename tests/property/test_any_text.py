"""Any text whatever is read, compiled and scored without a fault, and spoken of in plain Chinese."""

import re

import pytest
from hypothesis import example, given, strategies as st

from faultless import assert_inside, assert_read_without_fault
from rubric.pipeline import compile_rubric
from rubric.source import SourceText
from rubric.syntax.parse import parse
from strategies import text_2022

WORDS = (
    *"的得扣分项数为指即按计在达每个有无是否，。；：、“”‘’「」（）()①②一二三四十0123456789０１９.．%％＝=≥≤<>＜×÷/／+-－—…·#注",
    *("\n", "\r\n", "\r", " ", "\u3000", "\ufeff", "\t", "\0", "\ud800", "😀", "&lt;", "&", "\\geq"),
    *(
        "三级指标 ",
        "三级指标",
        "一级指标 甲",
        "二级指标",
        "指标说明",
        "评分标准",
        "数据",
        "口径",
        "共用数据",
        "计分办法",
    ),
    *(
        "1. ",
        "（1）",
        "2、",
        "（5分）",
        "(1.5 分)",
        "得1分",
        "得0分",
        "扣1分",
        "扣完为止",
        "得分=",
        "×100%",
        "Σ（",
        "÷4",
        "90%",
    ),
    *(
        "满意度",
        "项数",
        "本指标",
        "本项",
        "第1点",
        "不适用",
        "备选：",
        "对应“",
        "万元",
        "按季度填列（一季度、二季度）",
        "酌情",
    ),
    *(
        "超出一个百分点",
        "等级：",
        "总分值：",
        "评价年度：",
        "——",
        "不低于",
        "不超过",
        "依次对应第1点（1）",
        "逐行填列，",
        "其中：",
    ),
)

# One chunk per heading of the real table, so that a mutation is read quickly and still meets every construct.
CHUNKS = tuple(re.split("(?=^三级指标|^一级指标|^二级指标|^共用数据|^计分办法)", text_2022(), flags=re.MULTILINE))


def texts() -> st.SearchStrategy[str]:
    return st.text(max_size=60) | st.lists(st.sampled_from(WORDS), max_size=40).map("".join)


def rubric_texts() -> st.SearchStrategy[str]:
    """Words in the place of a cell, of data and of 口径."""
    line = st.lists(st.sampled_from(WORDS), min_size=1, max_size=12).map(lambda words: "".join(words))
    lines = st.lists(line, max_size=4).map("\n".join)
    return st.tuples(lines, lines, lines).map(
        lambda parts: (
            f"三级指标 甲（5分）\n评分标准\n{parts[0]}\n数据\n甲数：项\n乙率：%\n{parts[1]}\n口径\n{parts[2]}\n"
        )
    )


@st.composite
def mutations(draw: st.DrawFn) -> str:
    """A part of the real table with pieces left out, put in or doubled."""
    text = "".join(CHUNKS[n] for n in sorted(draw(st.sets(st.integers(0, len(CHUNKS) - 1), min_size=1, max_size=3))))
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(text)))
        end = min(len(text), start + draw(st.sampled_from((1, 1, 2, 5, 20, 80))))
        match draw(st.integers(0, 3)):
            case 0:
                text = text[:start] + text[end:]
            case 1:
                text = text[:end] + text[start:]
            case 2:
                text = text[:start] + draw(st.sampled_from(WORDS)) + text[start:]
            case _:
                target = draw(st.integers(0, len(text)))
                text = text[:target] + text[start:end] + text[target:]
    return text


def any_text() -> st.SearchStrategy[str]:
    return texts() | rubric_texts() | mutations()


@given(any_text())
@example("")
@example("\r")
@example("三级指标\n")
@example("三级指标 甲（5分）\n评分标准\n1. 2. （1）①\n")
@example("三级指标 甲（5分）\n评分标准\n得分=得分=得分\n")
def test_any_text_parses(text: str) -> None:
    parsed = parse(SourceText("文", text))
    assert_inside(parsed.value, text)
    assert_inside(tuple(label.span for d in parsed.diagnostics for label in d.labels), text)


@given(any_text())
def test_any_text_compiles_and_scores(text: str) -> None:
    assert_read_without_fault(text)


@given(any_text())
def test_compiling_is_a_function(text: str) -> None:
    first, second = (compile_rubric(SourceText("文", text)) for _ in range(2))
    assert first == second


@pytest.mark.parametrize("number", range(len(CHUNKS)))
def test_each_part_of_the_table_alone_is_read(number: int) -> None:
    compiled = compile_rubric(SourceText("文", CHUNKS[number]))
    assert_inside(compiled.value, CHUNKS[number])
