"""What lines of 数据 declare for checking (正向, 参照, 不可变) bears on no score and says what it says."""

import re
from fractions import Fraction

from hypothesis import given, settings, strategies as st

from rubric.core import program as core
from rubric.facts.blank import blank_facts
from rubric.pipeline import compile_rubric
from rubric.source import SourceText
from strategies import program_2022, text_2022

WORDS = re.compile("，(?:正向|反向|不可变|参照 [^，\n]+)(?=[，\n])")
SMALL = """\
三级指标 支出进度（4分）
  评分标准
    1. 一季度支出进度达到25%（2分）；
    2. 二季度支出进度达到50%（2分）。
  数据
    支出进度：%，按季度填列（一季度、二季度）〈〉
  口径
    序时进度：一季度25%，二季度50%
"""


def compiled(text: str) -> core.Program:
    return compile_rubric(SourceText("文", text)).value


def profiles(program: core.Program) -> dict[str, dict[tuple[str, str | None], Fraction]]:
    """Name of a profile → the number each datum of it comes to."""
    found: dict[str, dict[tuple[str, str | None], Fraction]] = {}
    for profile in (p for i in program.indicators for p in i.profiles):
        for condition in profile.conditions:
            assert isinstance(condition, core.Compare)
            assert isinstance(condition.left, core.FactValue)
            value = condition.right.body if isinstance(condition.right, core.Named) else condition.right
            assert isinstance(value, core.Constant)
            found.setdefault(profile.name, {})[condition.left.datum, condition.left.part] = value.value
    return found


def test_the_table_of_2022_means_the_same_without_the_words() -> None:
    bare = compiled(WORDS.sub("", text_2022()))
    assert bare != program_2022()
    assert bare.meaning_sha256 == program_2022().meaning_sha256


def test_on_schedule_in_2022_is_a_quarter_more_every_quarter() -> None:
    progress = "部门预算支出进度"
    quarters = ("一季度", "二季度", "三季度", "四季度")
    schedule = {(progress, quarter): Fraction(n, 4) for n, quarter in enumerate(quarters, start=1)}
    assert profiles(program_2022()) == {"序时进度": schedule}


@settings(max_examples=20)
@given(st.lists(st.sampled_from(("正向", "越高越好", "不可变", "历史数据", "参照 序时进度", "参照：95%")), max_size=4))
def test_words_in_any_order_say_the_same(words: list[str]) -> None:
    program = compiled(SMALL.replace("〈〉", "".join(f"，{word}" for word in words)))
    (datum,) = program.data
    assert (datum.direction is core.Direction.RISING) == bool({"正向", "越高越好"} & {*words})
    assert datum.unchangeable == bool({"不可变", "历史数据"} & {*words})
    assert profiles(program).keys() == {re.sub("^参照[ ：]", "", word) for word in words if word.startswith("参照")}
    assert program.meaning_sha256 == compiled(SMALL.replace("〈〉", "")).meaning_sha256


def test_a_blank_file_says_which_way_is_better_and_what_is_aimed_at() -> None:
    notes = blank_facts(program_2022()).partition("  部门预算支出进度:")[2].partition("值:")[0]
    assert "# 正向：越高越好" in notes
    assert "# 参照：序时进度" in notes
    notes = blank_facts(program_2022()).partition("  核定编制数（含工勤人员）:")[2].partition("值:")[0]
    assert "# 不可变：" in notes
