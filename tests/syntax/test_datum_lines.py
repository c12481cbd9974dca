"""Lines of 数据: what each way of writing means."""

import pytest

from rubric.semantics.units import unit_meant, unit_of
from rubric.source import SourceText, Span
from rubric.syntax.ast import DatumLine
from rubric.syntax.declarations import datum_line


def _line(text: str) -> DatumLine:
    return datum_line(SourceText("示例.rubric", text), Span(0, len(text)))


@pytest.mark.parametrize(
    "words",
    ["1位小数", "一位小数", "保留1位小数", "保留一位小数", "小数点后1位", "保留小数点后一位", "精确到小数点后1位"],
)
def test_the_decimals_of_a_datum_are_understood(words: str) -> None:
    line = _line(f"满意度：%，{words}")
    assert (line.decimals, line.reference, line.unread) == (1, "", ())


@pytest.mark.parametrize("words", ["甲／乙", "甲/乙", "甲｜乙", "甲|乙"])
def test_any_bar_or_stroke_parts_states(words: str) -> None:
    assert _line(f"情况：{words}").states == ("甲", "乙")


@pytest.mark.parametrize("words", ["简称 甲", "又称 甲", "又称：“甲”", "即 甲"])
def test_another_name_may_be_introduced_by_several_words(words: str) -> None:
    assert _line(f"执行率：%，{words}").aliases == ("甲",)


@pytest.mark.parametrize("words", ["不小于0，不大于100%", "不低于0，不超过100%", "不少于0，不高于100%"])
def test_bounds_may_be_introduced_by_several_words(words: str) -> None:
    line = _line(f"执行率：%，{words}")
    assert (line.low, line.high, line.unread) == ("0", "100%", ())


@pytest.mark.parametrize("words", ["“甲事”“乙事”“丙事”", "“甲事”、“乙事”、“丙事”", "「甲事」“乙事”、“丙事”"])
def test_quoted_words_stand_for_the_states_in_order(words: str) -> None:
    phrases = _line(f"情况：甲／乙／丙，依次对应{words}").phrases
    assert [(p.words, p.state) for p in phrases] == [("甲事", "甲"), ("乙事", "乙"), ("丙事", "丙")]


@pytest.mark.parametrize("words", ["正向", "正向指标", "越高越好", "越大越好", "方向：正向"])
def test_more_is_better_in_several_words(words: str) -> None:
    assert _line(f"满意度：%，{words}").directions == ("up",)


@pytest.mark.parametrize("words", ["反向", "反向指标", "逆向指标", "负向指标", "越低越好", "越少越好", "方向 反向"])
def test_less_is_better_in_several_words(words: str) -> None:
    assert _line(f"投诉率：%，{words}").directions == ("down",)


@pytest.mark.parametrize("words", ["参照 序时进度", "参照：序时进度", "参照序时进度"])
def test_what_a_datum_is_measured_against_follows_one_word(words: str) -> None:
    text = f"支出进度：%，{words}，来源 报表"
    (target,) = _line(text).targets
    assert (target.words, text[target.span.start : target.span.end]) == ("序时进度", "序时进度")


def test_words_about_how_a_datum_is_counted_are_no_target() -> None:
    line = _line("满意度：%，参照统计部门口径")
    assert (line.targets, line.reference, line.unread) == ((), "参照统计部门口径", ())


@pytest.mark.parametrize("words", ["不可变", "不可更改", "历史数据"])
def test_what_cannot_be_changed_is_said_in_several_words(words: str) -> None:
    assert _line(f"核定编制数：人，{words}").unchangeable


def test_quoted_words_of_another_number_than_the_states_are_a_finding() -> None:
    assert len(_line("情况：甲／乙／丙，依次对应“甲事”“乙事”").unread) == 1


@pytest.mark.parametrize("words", ["第1、2、3点", "第1点、第2点、第3点"])
def test_points_stand_for_the_states_in_order(words: str) -> None:
    assert _line(f"情况：甲／乙／丙，依次对应{words}").places == ("1", "2", "3")


@pytest.mark.parametrize("word", ["百分比", "百分数", "百分率", "％"])
def test_words_for_percent_are_percent(word: str) -> None:
    assert unit_of(word) == unit_of("%")


@pytest.mark.parametrize(
    ("word", "meant"),
    [("万", "万元"), ("亿", "亿元"), ("万圆", "万元"), ("方元", "万元"), ("百分占", "百分点"), ("日其", "日期")],
)
def test_a_word_close_to_a_unit_suggests_it(word: str, meant: str) -> None:
    assert unit_meant(word) == meant


@pytest.mark.parametrize("word", ["万元", "%", "人", "位", "学时", "万人", "美元", "名次", "百分点", ""])
def test_units_and_counters_of_their_own_suggest_nothing(word: str) -> None:
    assert unit_meant(word) == ""
