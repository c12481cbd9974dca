"""Rubrics and records in short, for the tests of the audit.

Takes rubric texts and values; gives programs, records and the verdict on a claim. Facts are made directly, so that a test
can say what each rests on.
"""

from collections.abc import Mapping
from fractions import Fraction
from functools import cache

import attrs

from checkout import ROOT
from rubric.audit.verdicts import Verdict, audit
from rubric.core.program import Program
from rubric.core.record import Basis, Fact, Given, Record, Value
from rubric.evaluator.evaluate import evaluate
from rubric.facts.reading import read_facts
from rubric.pipeline import compile_rubric
from rubric.source import SourceText

HEAD = """\
指标体系：示例评分表
评价年度：2099年（2100年印发）

计分办法（印发文本未载明，本表约定）
  计分：各三级指标得分四舍五入，保留两位小数；总分为各三级指标得分之和

一级指标 示例
二级指标 示例
"""
SATISFACTION = """\
三级指标 满意度调查（6分）
  评分标准
    1. 满意度≥95%的，得6分；
    2. 90%≤满意度<95%的，得4分；
    3. 80%≤满意度<90%的，得2分；
    4. 满意度<80%的，得1分。
  数据
    满意度：%，0%-100%
"""
PROJECTS = """\
三级指标 项目完成及时性（6分）
  评分标准
    1. 所有部门预算安排的项目均按计划时间完成（6分）；
    2. 部分项目未按计划时间完成的，本指标得分=已完成项目数/计划完成项目总数×6分。
  数据
    已完成项目数：个，不超过计划完成项目总数
    计划完成项目总数：个，不超过7
  口径
    “所有部门预算安排的项目均按计划时间完成”即 已完成项目数=计划完成项目总数
    “部分项目未按计划时间完成”即 已完成项目数<计划完成项目总数
    计划完成项目总数为0的，本指标不适用
"""
MIXED = """\
三级指标 综合管理（6分）
  评分标准
    1. 制定了管理制度（1分）；
    2. 按要求编报的，得3分；发现一项不符合的扣0.5分，扣完为止。
    3. 固定资产利用率得分=在用固定资产/全部固定资产×2分
  数据
    不符合项数：项，不超过9，对应“不符合的”
    在用固定资产：万元，不超过全部固定资产
    全部固定资产：万元
  口径
    全部固定资产为0的，第3点不适用
"""
ADJUSTMENT = """\
三级指标 资金调整（6分）
  评分标准
    调整资金累计在本单位部门预算总规模10%以内的，得6分；超出10%的，得0分。
  数据
    调整资金累计：万元
    年初预算总额：万元
    调整后预算总额：万元
  口径
    “本单位部门预算总规模”按年初预算总额计；备选：调整后预算总额
    本单位部门预算总规模为0的，本指标不适用
"""
STAFF = """\
三级指标 编外人员控制率（1分）
  评分标准
    1. 比率<5%的，得1分；
    2. 5%≤比率≤10%的，得0.5分；
    3. 比率>10%的，得0分。
  数据
    编外人员数：人
    在编人数：人
  口径
    编外人员控制率=编外人员数/（在编人数+编外人员数）×100%，即“比率”
"""


@cache
def program(text: str) -> Program:
    compiled = compile_rubric(SourceText("示例.rubric", HEAD + text))
    assert not compiled.errors, [error.title for error in compiled.errors]
    return compiled.value


@cache
def seed_program() -> Program:
    path = ROOT / "rubrics" / "2022" / "部门整体支出.rubric"
    return compile_rubric(SourceText("2022/部门整体支出.rubric", path.read_text("utf-8"))).value


@cache
def seed_record() -> Record:
    path = ROOT / "rubrics" / "2022" / "cases" / "罗湖区委组织部.yaml"
    return read_facts(SourceText("罗湖区委组织部.yaml", path.read_text("utf-8")), seed_program()).value


def reported(value: Value, quantum: Fraction | None = None) -> Fact:
    return Fact(value, "", quantum=quantum)


def asserted(value: Value) -> Fact:
    return Fact(value, "", Basis.ASSERTED)


def assumed(value: Value) -> Fact:
    return Fact(value, "", Basis.ASSUMED)


def record_of(facts: Mapping[str, Fact], judgements: Mapping[tuple[str, str], Fraction] | None = None) -> Record:
    given = {key: Given(points) for key, points in (judgements or {}).items()}
    return Record({(name, None): fact for name, fact in facts.items()}, given)


def verdict_on(
    rubric: Program, record: Record, claim: Fraction | str, readings: Mapping[str, int] | None = None
) -> Verdict:
    """The verdict on a claimed score of the only indicator."""
    (indicator,) = rubric.indicators
    claimed = attrs.evolve(record, claimed={indicator.name: Fraction(claim)})
    (verdict,) = audit(evaluate(rubric, claimed, readings), readings)
    return verdict
