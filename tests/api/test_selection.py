"""What words pick out: an exact name first, then a unique part; else a finding that lists what there is."""

import pytest

from reporting import samples
from rubric.selection import select_indicator, select_readings

PROGRAM = samples.program()


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("公众或服务对象满意度", "公众或服务对象满意度"),
        ("06", "公众或服务对象满意度"),
        ("6", "公众或服务对象满意度"),
        ("６", "公众或服务对象满意度"),
        ("满意", "公众或服务对象满意度"),
        (" 财务 合规性", "财务合规性"),
    ],
)
def test_an_indicator(words: str, found: str) -> None:
    selected = select_indicator(PROGRAM, words)
    assert selected.diagnostics == ()
    assert selected.value is not None
    assert selected.value.name == found


@pytest.mark.parametrize(
    ("words", "title", "remedy"),
    [
        ("财务合规度", "没有名为「财务合规度」的指标", "写成「财务合规性」"),
        ("99", "没有名为「99」的指标", "「01 预算编制规范性」"),
        ("", "没有名为「」的指标", "指标有"),
        ("控制率", "", ""),
        ("率", "「率」可以指 2 个指标", "「05 编外人员控制率」"),
    ],
)
def test_no_indicator_or_several(words: str, title: str, remedy: str) -> None:
    selected = select_indicator(PROGRAM, words)
    if not title:
        assert selected.value is not None
        return
    assert selected.value is None
    assert [(d.code, d.title) for d in selected.diagnostics] == [("R1216", title)]
    assert remedy in selected.diagnostics[0].remedy


def test_readings_by_part() -> None:
    selected = select_readings(PROGRAM, {"固定": "净", "季度": "支出进度"})
    assert selected.diagnostics == ()
    assert selected.value == {"固定资产": 1, "每个季度的执行率": 1}


@pytest.mark.parametrize(
    ("name", "alternative", "code", "words"),
    [
        ("固定资厂", "净值", "R1217", "写成「固定资产」"),
        ("固定资产", "市价", "R1218", "「原值」、「净值」"),
        ("固定资产", "值", "R1218", "写全文"),
    ],
)
def test_readings_that_are_not_there(name: str, alternative: str, code: str, words: str) -> None:
    selected = select_readings(PROGRAM, {name: alternative})
    assert not selected.value
    assert [d.code for d in selected.diagnostics] == [code]
    assert words in selected.diagnostics[0].remedy
