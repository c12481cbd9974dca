"""A fingerprint is of the meaning: wording, layout and new fields leave it, a change of meaning changes it where it stands."""

import attrs

from rubric.core import fingerprint
from rubric.core.fingerprint import indicator_meanings, meaning_sha256, shared_meaning
from rubric.core.program import Program
from rubric.pipeline import compile_rubric
from rubric.source import SourceText

TEXT = """\
指标体系：示例评分表
评价年度：2099年（2100年印发）
总分值：10分

计分办法
  计分：各三级指标得分四舍五入，保留两位小数；总分为各三级指标得分之和

共用数据
  支出数：万元，不低于0
  预算数：万元，不低于支出数

三级指标 执行率（6分）
  评分标准
    得分=支出数/预算数×6分。
三级指标 满意度（4分）
  评分标准
    1. 满意度≥90%的，得4分；
    2. 满意度<90%的，得1分。
  数据
    满意度：%，0%-100%
"""


def program(text: str = TEXT) -> Program:
    compiled = compile_rubric(SourceText("示例", text))
    assert not compiled.errors, [d.title for d in compiled.errors]
    return compiled.value


def changed(old: str, new: str) -> set[str]:
    """What has another fingerprint after a change of the text: indicators by name, and `公用`."""
    assert TEXT.count(old) == 1
    before, after = program(), program(TEXT.replace(old, new))
    names = {
        name for name, digest in indicator_meanings(after).items() if indicator_meanings(before).get(name) != digest
    }
    shared = {"公用"} if shared_meaning(before) != shared_meaning(after) else set[str]()
    assert (meaning_sha256(before) != meaning_sha256(after)) == bool(names | shared)
    return names | shared


def test_wording_and_layout_leave_it() -> None:
    assert changed("满意度≥90%的，得4分；", "满意度 ≥ 90% 的， 得4分;") == set()
    assert changed("示例评分表", "另一个名称") == set()


def test_a_changed_figure_shows_in_its_indicator_only() -> None:
    assert changed("满意度<90%的，得1分", "满意度<90%的，得2分") == {"满意度"}


def test_a_changed_datum_shows_in_every_indicator_that_reads_it() -> None:
    assert changed("预算数：万元，不低于支出数", "预算数：万元，不低于0") == {"执行率"}
    # 预算数 is bounded by 支出数.
    assert changed("支出数：万元，不低于0", "支出数：万元，不低于1") == {"执行率"}


def test_what_stands_above_the_indicators_shows_by_itself() -> None:
    assert changed("保留两位小数", "保留一位小数") == {"公用"}
    assert changed("2099年（2100年印发）", "2098年（2100年印发）") == {"公用"}


def test_an_indicator_moved_down_means_the_same() -> None:
    head, first, second = TEXT.replace("\n三级指标", "\n\0三级指标").split("\0")
    assert indicator_meanings(program(head + second + first)) == indicator_meanings(program())


def test_a_field_that_a_class_gains_leaves_old_fingerprints() -> None:
    @attrs.frozen
    class Before:
        value: int

    @attrs.frozen
    class After:
        value: int
        gained: str = ""

    # The class is the same one at two times, so it has one name.
    After.__name__ = Before.__name__
    digest = fingerprint._digest  # pyright: ignore[reportPrivateUsage]
    assert digest(Before(1)) == digest(After(1))
    assert digest(After(1)) != digest(After(1, "新"))
