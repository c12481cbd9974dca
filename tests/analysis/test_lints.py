"""Findings before any facts: named tables, each with the findings it gets, and the real table."""

import re

import attrs
import pytest

from checkout import ROOT
from rubric.analysis.lints import lint, lint_notes
from rubric.diagnostics.model import Diagnostic, Severity
from rubric.pipeline import compile_rubric
from rubric.source import SourceText

_HEAD = """指标体系：示例评分表
评价年度：2099年（2100年印发）
总分值：6分

计分办法
  计分：各三级指标得分四舍五入，保留两位小数
  不适用：不适用的指标（点）不参评，总分=参评指标得分之和÷参评指标分值之和×100，四舍五入，保留两位小数

一级指标 部门绩效
二级指标 效益
三级指标 示例指标（6分）
  评分标准
"""


@attrs.frozen
class Case:
    """One table: its three blocks, and `code title` of every finding (a title may be a part of it)."""

    name: str
    standard: str
    data: str
    basis: str = ""
    findings: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        blocks = (
            (2, self.standard),
            (0, "  数据"),
            (2, self.data),
            (0, "  口径" if self.basis else ""),
            (2, self.basis),
        )
        lines = [
            " " * indent * 2 + line.strip() if indent else line
            for indent, block in blocks
            for line in block.splitlines()
        ]
        return _HEAD + "\n".join(line for line in lines if line.strip()) + "\n"


RATE = "满意度：%，0%-100%"
COUNTS = "完成数：个，不超过计划数\n计划数：个"
SHARE = "完成率=完成数/计划数×100%"
NO_PLAN = "计划数为0的，本指标不适用"
MONEY = "支出数：万元\n预算数：万元"
SPENT = "执行率=支出数/预算数×100%"

CASES = (
    Case(
        "bands that meet once", "1. 满意度≥90%的，得6分；\n2. 80%≤满意度<90%的，得4分；\n3. 满意度<80%的，得1分。", RATE
    ),
    Case(
        "a gap within",
        "1. 满意度≥92%的，得6分；\n2. 80%≤满意度<90%的，得4分；\n3. 满意度<80%的，得1分。",
        RATE,
        findings=("R0503 分档有空档：满意度 90%（含）到 92%（不含）之间没有对应的一档",),
    ),
    Case(
        "a gap of one value",
        "1. 满意度>90%的，得6分；\n2. 满意度<90%的，得4分。",
        RATE,
        findings=("R0503 分档有空档：满意度为 90% 时没有对应的一档",),
    ),
    Case(
        "a gap at the low end",
        "1. 完成率≥90%的，得6分；\n2. 60%≤完成率<90%的，得4分。",
        COUNTS,
        f"{SHARE}\n{NO_PLAN}",
        ("R0503 分档有空档：完成率 60%（不含）以下没有对应的一档",),
    ),
    Case(
        "two gaps",
        "1. 满意度>90%的，得6分；\n2. 80%≤满意度<90%的，得4分；\n3. 满意度<70%的，得1分。",
        RATE,
        findings=("R0503 分档有空档：满意度 70%（含）到 80%（不含）", "R0503 分档有空档：满意度为 90% 时"),
    ),
    Case(
        "no gap between whole numbers",
        "1. 问题数≤4的，得6分；\n2. 5≤问题数<10的，得3分；\n3. 问题数≥10的，得0分。",
        "问题数：个",
    ),
    Case(
        "a whole number left out",
        "1. 问题数≤4的，得6分；\n2. 问题数>6的，得0分。",
        "问题数：个",
        findings=("R0503 分档有空档：问题数 5 个到 6 个没有对应的一档",),
    ),
    Case(
        "a gap of one whole number",
        "1. 答复数>10的，得6分；\n2. 答复数≤9的，得4分。",
        "答复数：件",
        findings=("R0503 分档有空档：答复数为 10 件时没有对应的一档",),
    ),
    Case(
        "a gap between amounts",
        "1. 结余额≤10万元的，得6分；\n2. 结余额>20万元的，得3分。",
        "结余额：万元",
        findings=("R0503 分档有空档：结余额 10 万元（不含）到 20 万元（含）之间",),
    ),
    Case(
        "a veto that takes the rest",
        "1. 执行率≤90%的，得6分；\n2. 90%<执行率≤100%的，得3分。\n如支出数大于预算数，本指标得0分。",
        MONEY,
        f"{SPENT}\n预算数为0且支出数为0的，本指标不适用",
    ),
    Case(
        "an overlap of one value",
        "1. 满意度≥95%的，得6分；\n2. 80%≤满意度≤95%的，得4分；\n3. 满意度<80%的，得1分。",
        RATE,
        findings=("R0502 分档有重叠：满意度为 95% 时同时符合两档，按先写的一档计",),
    ),
    Case(
        "an overlap without an upper bound",
        "1. 满意度≥95%的，得6分；\n2. 满意度≥80%的，得4分；\n3. 满意度<80%的，得1分。",
        RATE,
        findings=("R0502 分档有重叠：满意度 95%（含）以上同时符合两档",),
    ),
    Case(
        "a band behind one that holds it",
        "1. 满意度≥80%的，得6分；\n2. 满意度≥95%的，得4分；\n3. 满意度<80%的，得1分。",
        RATE,
        findings=("R0501 有一档永远用不上：前面的档已经包括了它",),
    ),
    Case(
        "a band beyond what the data can be",
        "1. 完成率≤100%的，得6分；\n2. 完成率>100%的，得3分。",
        COUNTS,
        f"{SHARE}\n{NO_PLAN}",
        ("R0501 有一档永远用不上：没有数据能落在这一档",),
    ),
    Case(
        "two guards over a part and its whole",
        "1. 所有项目均按期完成（6分）；\n2. 部分项目未按期完成的，本指标得分=完成数/计划数×6分。",
        COUNTS,
        f"“所有项目均按期完成”即 完成数=计划数\n“部分项目未按期完成”即 完成数<计划数\n{NO_PLAN}",
    ),
    Case(
        "two guards without the bound",
        "1. 所有项目均按期完成（6分）；\n2. 部分项目未按期完成的，本指标得分=完成数/计划数×6分。",
        "完成数：个\n计划数：个",
        f"“所有项目均按期完成”即 完成数=计划数\n“部分项目未按期完成”即 完成数<计划数\n{NO_PLAN}",
        ("R0503 分档有空档：完成数大于计划数时没有对应的一档",),
    ),
    Case(
        "bands over two quantities",
        "1. 满意度≥80%，投诉数=0的，得6分；\n2. 满意度<80%的，得1分。",
        f"{RATE}\n投诉数：个",
    ),
    Case(
        "states, each with its line",
        "1. 按规定公开的，得6分；\n2. 没有公开的，得0分。",
        "公开：按规定公开／没有公开，依次对应第1点、第2点",
    ),
    Case(
        "a state without a line",
        "1. 按规定公开的，得6分；\n2. 没有公开的，得0分。",
        "公开：按规定公开／没有公开／公开不及时，依次对应第1点、第2点",
        findings=("R0504 「公开」为“公开不及时”时没有对应的一档",),
    ),
    Case(
        "a divisor of 0",
        "1. 完成率≥90%的，得6分；\n2. 完成率<90%的，得3分。",
        COUNTS,
        SHARE,
        ("R0701 分母「计划数」可能为 0，没有说明怎样计分",),
    ),
    Case(
        "a divisor of 0 covered in part",
        "1. 执行率≤90%的，得6分；\n2. 执行率>90%的，得3分。",
        MONEY,
        f"{SPENT}\n预算数为0且支出数为0的，本指标得满分",
        ("R0701 分母「预算数」可能为 0",),
    ),
    Case(
        "a divisor of 0 covered by two lines",
        "1. 执行率≤90%的，得6分；\n2. 执行率>90%的，得3分。",
        MONEY,
        f"{SPENT}\n预算数为0且支出数为0的，本指标得满分\n预算数为0且支出数大于0的，本指标得0分",
    ),
    Case(
        "a divisor that is not 0",
        "1. 完成率≥90%的，得6分；\n2. 完成率<90%的，得3分。",
        "完成数：个，不超过计划数\n计划数：个，不低于1",
        SHARE,
    ),
    Case(
        "a sum as divisor",
        "1. 占比<5%的，得6分；\n2. 占比≥5%的，得3分。",
        "编外数：人\n在编数：人",
        "占比=编外数/（在编数+编外数）×100%",
        ("R0701 分母「在编数+编外数」可能为 0",),
    ),
    Case(
        "a formula above its points",
        "1. 得分=进度×6分。",
        "进度：%",
        findings=("R0702 「示例指标」第1点的得分可能超过 6 分",),
    ),
    Case("a formula within its points", "1. 得分=进度×6分。", "进度：%，0%-100%"),
    Case(
        "a formula below 0",
        "1. 得分=（1－超支率）×6分。",
        "超支率：%",
        findings=("R0702 「示例指标」第1点的得分可能低于 0 分，按 0 分计",),
    ),
    Case(
        "steps settled",
        "调整率在10%以内的，得6分；超出10%的，每超出1个百分点扣0.5分，扣完为止。",
        "调整率：%",
        "“超出1个百分点”按满1个百分点计",
        ("R0606 「超出1个百分点」已按“满1个百分点”计",),
    ),
    Case(
        "readings settled",
        "1. 比重≤80%的，得6分；\n2. 比重>80%的，得1分。",
        f"{MONEY}\n调整预算数：万元",
        "比重=支出数/规模×100%\n“规模”按预算数计；备选：调整预算数\n规模为0的，本指标不适用",
        ("R0607 「规模」已按“预算数”计",),
    ),
    Case(
        "equal readings",
        "1. 比重≤80%的，得6分；\n2. 比重>80%的，得1分。",
        MONEY,
        "比重=支出数/规模×100%\n“规模”按预算数计；备选：预算数\n规模为0的，本指标不适用",
        ("R1104 口径「规模」的",),
    ),
    Case(
        "data used nowhere",
        "1. 满意度≥80%的，得6分；\n2. 满意度<80%的，得1分。",
        f"{RATE}\n投诉次数：次",
        findings=("R1102 数据「投诉次数」没有用到",),
    ),
    Case(
        "data that only bound others",
        "1. 未完成数<1的，得6分；\n2. 未完成数≥1的，得1分。",
        "任务数：个\n未完成数：个，不超过任务数",
    ),
    Case(
        "口径 used nowhere",
        "1. 完成率≥80%的，得6分；\n2. 完成率<80%的，得1分。",
        COUNTS,
        f"{SHARE}\n{NO_PLAN}\n“规模”按完成数计；备选：计划数",
        ("R1103 口径「规模」没有用到",),
    ),
)


def findings_of(text: str) -> tuple[Diagnostic, ...]:
    source = SourceText("示例.rubric", text)
    compiled = compile_rubric(source)
    return (*compiled.diagnostics, *lint_notes(source, compiled.value))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_table_has_these_findings(case: Case) -> None:
    found = sorted(f"{d.code} {d.title}" for d in findings_of(case.text))
    assert len(found) == len(case.findings), found
    for title, expected in zip(found, sorted(case.findings), strict=True):
        assert expected in title


def _suggested(case: Case) -> str:
    (finding,) = (d for d in findings_of(case.text) if d.code in ("R0502", "R0503", "R0701"))
    line = re.search(r"(?:如|加一行|改为)「(.+?)」", finding.hints[0].text)
    assert line is not None, finding.hints
    return line[1]


@pytest.mark.parametrize(
    "name",
    ["a gap within", "a gap at the low end", "a whole number left out", "a gap between amounts"],
)
def test_the_line_suggested_for_a_gap_fills_it(name: str) -> None:
    case = next(c for c in CASES if c.name == name)
    count = len(case.standard.splitlines())
    filled = attrs.evolve(case, standard=f"{case.standard.rstrip('。')}；\n{count + 1}. {_suggested(case)}。")
    assert findings_of(filled.text) == ()


@pytest.mark.parametrize("name", ["a gap of one value", "a gap of one whole number"])
def test_the_lines_suggested_for_one_value_take_it_in(name: str) -> None:
    case = next(c for c in CASES if c.name == name)
    (finding,) = findings_of(case.text)
    above, below = re.findall(r"「(.+?)」", finding.hints[0].text)
    first, second = case.standard.splitlines()
    for standard in (f"1. {above}；\n{second}", f"{first}\n2. {below}。"):
        assert findings_of(attrs.evolve(case, standard=standard).text) == ()


@pytest.mark.parametrize("name", ["an overlap of one value", "an overlap without an upper bound"])
def test_the_line_suggested_for_an_overlap_ends_it(name: str) -> None:
    case = next(c for c in CASES if c.name == name)
    first, _, third = case.standard.splitlines()
    assert findings_of(attrs.evolve(case, standard=f"{first}\n2. {_suggested(case)}；\n{third}").text) == ()


@pytest.mark.parametrize("name", ["a divisor of 0", "a divisor of 0 covered in part", "a sum as divisor"])
def test_the_line_suggested_for_a_divisor_covers_it(name: str) -> None:
    case = next(c for c in CASES if c.name == name)
    assert findings_of(attrs.evolve(case, basis=f"{case.basis}\n{_suggested(case)}").text) == ()


def test_an_unused_datum_is_shown_the_words_close_to_its_name() -> None:
    case = Case(
        "",
        "1. 满意度≥80%的，得6分；\n2. 满意度<80%的，得1分。\n注：参考政务服务投诉数。",
        f"{RATE}\n政务服务投诉次数：次",
    )
    (finding,) = findings_of(case.text)
    assert "「政务服务投诉数」" in finding.hints[0].text


# --- the real table ---------------------------------------------------------------------------------------------------

_REAL = ROOT / "rubrics" / "2022" / "部门整体支出.rubric"


def _real() -> tuple[SourceText, tuple[Diagnostic, ...], tuple[Diagnostic, ...]]:
    source = SourceText("2022/部门整体支出.rubric", _REAL.read_text("utf-8"))
    program = compile_rubric(source).value
    return source, lint(source, program), lint_notes(source, program)


def test_the_real_table_has_no_warning_but_the_known_ones() -> None:
    _, warnings, _ = _real()
    assert {(d.code, d.indicator) for d in warnings} <= {("R0701", "编外人员控制率")}


def test_the_real_table_has_these_notes() -> None:
    _, _, notes = _real()
    assert all(d.severity is Severity.NOTE for d in notes)
    cut = [d for d in notes if d.code == "R0702"]
    assert [(d.indicator, len(d.labels)) for d in cut] == [("预算执行率", 4)]
    (steps,) = (d for d in notes if d.code == "R0606")
    assert [re.findall(r"扣 (\S+) 分", label.text) for label in steps.labels] == [["0.2", "0.3", "0.25"]]
    settled = [d.title.split("」")[0].removeprefix("「") for d in notes if d.code == "R0607"]
    assert sorted(settled) == sorted(
        ["本项", "本单位部门预算总规模", "直接得分", "得0分", "每个季度的执行率", "全年平均执行率"]
    )


@pytest.mark.parametrize(
    ("written", "changed", "title"),
    [
        ("90分（含）以上为优", "95分（含）以上为优", "等级有空档：总分 90 分到 94.99 分没有对应的等级"),
        (
            "80分（含）-90分为良",
            "80分（含）-95分为良",
            "等级有重叠：总分 90 分到 94.99 分同时符合「优」和「良」，按先写的「优」",
        ),
        ("60分以下为差", "60分以下为差，0分以下为劣", "等级「劣」永远用不上：没有总分能落在这一等"),
    ],
)
def test_grades_of_the_real_table_are_checked(written: str, changed: str, title: str) -> None:
    text = (ROOT / "rubrics" / "2022" / "部门整体支出.rubric").read_text("utf-8")
    assert written in text
    found = compile_rubric(SourceText("示例.rubric", text.replace(written, changed))).diagnostics
    graded = [d for d in found if d.code in ("R0501", "R0502", "R0503")]
    assert [d.title for d in graded] == [title]
    assert graded[0].place.startswith("示例.rubric:8:")
