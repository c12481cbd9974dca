"""One department's facts for the benchmarks, the same for every implementation.

They are the figures of the worked example in `rubrics/2022/cases`, typed once more so that a benchmark needs no file.
Amounts in 元, rates as ratios.
"""

from collections.abc import Callable
from fractions import Fraction
from typing import Any

from rubric.core.program import Program
from rubric.core.record import Fact, Given, Record

# 万元
AMOUNTS = {
    "年初预算总额": "20089.17",
    "调整后预算总额": "8196",
    "实际采购金额合计数": "146.08",
    "采购计划金额合计数": "146.29",
    "调整、调剂资金累计": "12521.33",
    "实际在用固定资产总额": "494.5",
    "所有固定资产总额": "494.5",
    "“三公”经费实际支出数": "27.36",
    "“三公”经费预算安排数": "31.2",
    "日常公用经费决算数": "234.78",
    "日常公用经费调整预算数": "288.9",
}
COUNTS = {
    "本年度在编人数（含工勤人员）": "75",
    "核定编制数（含工勤人员）": "79",
    "编外人员数（含劳务派遣、直接聘用人员）": "31",
    "预算编制不符合要求项数": "0",
    "未按要求编报或不符合要求的绩效目标数": "0",
    "财务违规情形": "0",
    "已完成项目数": "28",
    "计划完成项目总数": "30",
    "重点工作项数": "1",
    "未完成重点工作项数": "0",
    "群众信访件数": "21",
    "办理回复件数": "21",
    "及时办理回复件数": "21",
    "超期件数": "0",
}
RATES = {"满意度": "0.9285"}
PROGRESS = {"一季度": "0.1814", "二季度": "0.4243", "三季度": "0.6112", "四季度": "0.8867"}
STATES = {"部门预算公开情况": "按规定公开", "部门决算公开情况": "按规定公开"}
ANSWERS = (
    "预算涉密不公开",
    "决算涉密不公开",
    "无法提供开展检查监督相关证明材料",
    "被评价年度部门主管的专项资金绩效评价结果为差",
)
# Judged at 0; every other judgement has its full points.
REFUSED = {("预算编制合理性", "3"), ("项目监管", "2")}


def record(program: Program) -> Record:
    """The facts as the engine takes them."""
    values: dict[tuple[str, str | None], Fraction | bool | str] = {}
    values |= {(name, None): 10_000 * Fraction(text) for name, text in AMOUNTS.items()}
    values |= {(name, None): Fraction(text) for name, text in (COUNTS | RATES).items()}
    values |= {("部门预算支出进度", quarter): Fraction(text) for quarter, text in PROGRESS.items()}
    values |= {(name, None): text for name, text in STATES.items()}
    values |= {(name, None): False for name in ANSWERS}
    judged = {j.key: Given(j.high * ((j.indicator, j.path) not in REFUSED)) for j in program.judgements}
    return Record({key: Fact(value, str(value)) for key, value in values.items()}, judged)


def plain(
    program: Program, made: Record, number: Callable[[str], Any]
) -> tuple[dict[Any, Any], dict[str, dict[str, Any]]]:
    """The facts of a record as `handwritten` takes them: by name, numbers of its own type; judgements by indicator."""

    def converted(value: object) -> object:
        if isinstance(value, Fraction) and not isinstance(value, bool):
            return number(str(value.numerator)) / number(str(value.denominator))
        return value

    facts = {name if part is None else (name, part): converted(f.value) for (name, part), f in made.facts.items()}
    judged: dict[str, dict[str, Any]] = {}
    for judgement in program.judgements:
        judged.setdefault(judgement.indicator, {})[judgement.label] = converted(made.judgements[judgement.key].points)
    return facts, judged
