"""The annex on its first day: nothing added, everything read, what is not understood listed with the lines to add."""

import re
from fractions import Fraction
from functools import cache

import pytest

import edition_2022 as edition
from annex import rows
from rubric.core.program import Program, clauses_of
from rubric.core.record import Fact, Given, Record
from rubric.diagnostics.model import Checked, Diagnostic
from rubric.evaluator.evaluate import evaluate
from rubric.evaluator.outcome import Status
from rubric.pipeline import compile_rubric
from rubric.source import SourceText
from rubric.syntax import ast
from rubric.syntax.parse import parse

_ADDED = re.compile(r"\s*(数据|口径|共用数据|计分办法.*)")
_ISSUED = re.compile(r"\s*([一二三]级指标 .*|指标说明|评分标准)")


def stripped(text: str) -> str:
    """The rubric without any line that its author added."""
    lines: list[str] = []
    keep = True
    for line in text.split("\n"):
        if _ISSUED.fullmatch(line):
            keep = True
        elif _ADDED.fullmatch(line):
            keep = False
        if keep and not line.startswith("注："):
            lines.append(line)
    return "\n".join(lines)


def with_lost_breaks(text: str) -> str:
    """As the report prints it: three places where a line break was lost."""
    for before in ("采购计划金额合计数）×100%\n    ", "酌情扣分。\n    4.", "（每个季度的执行率）÷4\n    "):
        assert before in text, before
        text = text.replace(before, before.replace("\n    ", " " if before.endswith("\n    ") else ""))
    return text


def from_the_annex() -> str:
    """The same made of the annex's own cells, as its conversion left them."""
    parts = ["指标体系：部门整体支出绩效评价共性指标体系框架", "评价年度：2022年（2023年印发）", "总分值：100分"]
    for row in rows(edition.ANNEX.read_text("utf-8")):
        heading = [f"一级指标 {row.dimension}", f"二级指标 {row.category}", f"三级指标 {row.name}（{row.points}分）"]
        parts += [*heading, "指标说明", row.description, "评分标准", row.standard]
    return "\n".join(parts)


SOURCES = {
    "评分表去掉所加的行": lambda: stripped(edition.source().text),
    "再丢掉三处换行": lambda: stripped(with_lost_breaks(edition.source().text)),
    "附件原样": from_the_annex,
}


@cache
def compiled(name: str) -> Checked[Program]:
    return compile_rubric(SourceText(name, SOURCES[name]()))


@cache
def cells(name: str) -> dict[str, ast.Item]:
    return {i.name: i.cell for i in parse(SourceText(name, SOURCES[name]())).value.indicators}


def _pieces(item: ast.Item) -> list[ast.Piece]:
    return [*item.pieces, *(piece for below in item.items for piece in _pieces(below))]


@pytest.mark.parametrize("name", SOURCES)
def test_no_indicator_is_left_undecided(name: str) -> None:
    """No error; every clause can be given points."""
    assert [(d.code, d.title) for d in compiled(name).errors] == []
    assert [d.title for d in evaluate(compiled(name).value, Record({})).diagnostics] == []


@pytest.mark.parametrize("name", SOURCES)
def test_points_are_those_of_the_annex(name: str) -> None:
    program = compiled(name).value
    assert [(i.name, i.points) for i in program.indicators] == [
        (i.name, i.points) for i in edition.program().indicators
    ]
    assert sum(i.points for i in program.indicators) == 100


@pytest.mark.parametrize("name", SOURCES)
def test_the_ledger_sums_to_100(name: str) -> None:
    leaves = [c for i in compiled(name).value.indicators for c in clauses_of(i.rule)]
    assert sum(c.points for c in leaves) == 100


@pytest.mark.parametrize("name", SOURCES)
def test_every_clause_has_the_points_it_has_with_all_lines(name: str) -> None:
    def points(program: Program) -> list[tuple[str, str, Fraction]]:
        return [(i.name, c.path, c.points) for i in program.indicators for c in clauses_of(i.rule)]

    assert points(compiled(name).value) == points(edition.program())


@pytest.mark.parametrize("name", SOURCES)
def test_every_sentence_has_a_kind(name: str) -> None:
    """No sentence with points, a deduction or a comparison has become a mere note."""
    notes = [p.text for cell in cells(name).values() for p in _pieces(cell) if p.kind is ast.PieceKind.NOTE]
    assert [n for n in notes if re.search(r"\d\s*分|扣\s*\d|[≥≤<>]", n)] == []


@pytest.mark.parametrize("name", SOURCES)
def test_it_scores_as_judgements(name: str) -> None:
    """Full points for everything asked, nothing found: 100."""
    program = compiled(name).value
    asked: dict[tuple[str, str | None], Fact] = {(d.name, None): Fact(False, "否") for d in program.data}
    full = Record(asked, {j.key: Given(j.high) for j in program.judgements})
    outcome = evaluate(program, full)
    assert [i.indicator.name for i in outcome.indicators if i.status is not Status.SCORED] == []
    assert outcome.total == 100
    none = evaluate(program, Record(asked, {j.key: Given(Fraction(0)) for j in program.judgements}))
    assert none.total == 0


NAMES = {
    "政府采购执行情况": ("实际采购金额合计数", "采购计划金额合计数"),
    "财务合规性": ("调整、调剂资金累计", "本单位部门预算总规模"),
    "固定资产利用率": ("实际在用固定资产总额", "所有固定资产总额"),
    "财政供养人员控制率": ("本年度在编人数（含工勤人员）", "核定编制数（含工勤人员）"),
    "编外人员控制率": ("比率",),
    "公用经费控制率": ("“三公”经费实际支出数", "“三公”经费预算安排数", "日常公用经费决算数", "日常公用经费调整预算数"),
    "预算执行率": ("一季度部门预算支出进度", "四季度部门预算支出进度", "每个季度的执行率"),
    "群众信访办理情况": ("当年度群众信访办理回复率",),
    "公众或服务对象满意度": ("满意度",),
}


def _proposed(name: str, indicator: str) -> list[Diagnostic]:
    return [d for d in compiled(name).diagnostics if d.indicator == indicator and d.code in ("R0301", "R0206", "R1101")]


@pytest.mark.parametrize("name", SOURCES)
@pytest.mark.parametrize("indicator", NAMES)
def test_the_lines_to_add_are_proposed(name: str, indicator: str) -> None:
    remedies = "\n".join(f"{d.title}\n{d.remedy}" for d in _proposed(name, indicator))
    assert [n for n in NAMES[indicator] if n not in remedies] == []


@pytest.mark.parametrize("name", SOURCES)
@pytest.mark.parametrize("indicator", ["预算编制规范性", "绩效目标完整性", "项目完成及时性", "重点工作完成情况"])
def test_a_rule_that_is_not_understood_is_listed(name: str, indicator: str) -> None:
    assert [d.code for d in _proposed(name, indicator)] == ["R0206"]


@pytest.mark.parametrize("name", SOURCES)
def test_a_judgement_that_looks_computable_is_listed(name: str) -> None:
    """`当年度群众信访及时办理回复率达 100%，未发生超期（1 分）`: one sentence, one label, though a blank stands in it."""
    listed = [d for d in _proposed(name, "群众信访办理情况") if d.code == "R1101"]
    labels = [j.label for j in compiled(name).value.judgements if j.indicator == "群众信访办理情况"]
    assert len(listed) == 1
    assert labels[2].startswith("当年度群众信访及时办理回复率")


@pytest.mark.parametrize("name", SOURCES)
def test_a_condition_in_prose_is_asked_without_its_if(name: str) -> None:
    """`如实际采购金额大于采购计划金额，本项得0分。`"""
    asked = {d.name for d in compiled(name).value.data}
    assert asked == {"实际采购金额大于采购计划金额", "发生超范围、超标准支出", "涉密部门"}


@pytest.mark.parametrize("name", SOURCES)
def test_each_name_is_proposed_once(name: str) -> None:
    titles = [(d.indicator, d.title) for d in compiled(name).diagnostics if d.code == "R0301"]
    assert sorted(set(titles)) == sorted(titles)
