"""A small scoring made by hand: one indicator for each way in which points are decided."""

from fractions import Fraction

from rubric.audit.verdicts import Verdict
from rubric.core import program as core
from rubric.core.intervals import Range, exactly
from rubric.core.record import Basis, Fact, Given, Record
from rubric.diagnostics.model import Diagnostic, Label, Severity, suggestion
from rubric.evaluator.outcome import (
    ClauseOutcome,
    IndicatorOutcome,
    Missing,
    Outcome,
    Status,
    Step,
    StepKind,
)
from rubric.reporting.scored import Scored
from rubric.source import SourceText, Span

TEXT = """\
指标体系：示例评分表
一级指标 部门决策
三级指标 预算编制规范性（5分）
  发现一项不符合的扣1分，扣完为止。
一级指标 部门管理
三级指标 政府采购执行情况（2分）
  1. 政府采购执行率得分=政府采购执行率×1分
  政府采购执行率=（实际采购金额合计数/采购计划金额合计数）×100%
  2. 政府采购政策功能的执行和落实情况（1分），落实不到位的酌情扣分。
三级指标 财务合规性（3分）
  4. 发生超范围、超标准支出的，本项指标得 0 分。
三级指标 固定资产利用率（1分）
  1. 固定资产利用率≥90%的，得1分；
三级指标 编外人员控制率（1分）
  1. 比率<5%的，得1分；
一级指标 部门绩效
三级指标 公众或服务对象满意度（6分）
  2. 90% ≤满意度<95%的, 得4分;
"""
SOURCE = SourceText("示例.rubric", TEXT)

MONEY = core.Unit("万元", core.Dimension.MONEY, Fraction(10000))
RATE = core.Unit("%", core.Dimension.RATE, Fraction(1, 100))
ITEMS = core.Unit("项", core.Dimension.COUNT)
HEADS = core.Unit("人", core.Dimension.COUNT)


def at(words: str, occurrence: int = 0) -> Span:
    """Where `words` stand in the sample."""
    start = -1
    for _ in range(occurrence + 1):
        start = TEXT.index(words, start + 1)
    return Span(start, start + len(words))


def _unused() -> core.Rule:
    return core.Formula(core.Constant(Fraction(0)))


def _indicator(number: str, name: str, level: str, points: int, rule: core.Rule | None = None) -> core.Indicator:
    return core.Indicator(number, name, (level, ""), Fraction(points), "", rule or _unused())


def _clause(
    path: str, text: str, points: int, rule: core.Rule, kind: core.ClauseKind = core.ClauseKind.COMPUTED
) -> core.Clause:
    return core.Clause(path, "", text, Fraction(points), rule, kind)


def _scored(
    indicator: core.Indicator,
    exact: Fraction,
    score: str,
    clauses: tuple[ClauseOutcome, ...] = (),
    steps: tuple[Step, ...] = (),
    readings: tuple[tuple[str, str], ...] = (),
) -> IndicatorOutcome:
    value = Fraction(score)
    nothing = Fraction(0)
    return IndicatorOutcome(
        indicator, Status.SCORED, exactly(exact), value, value, value, nothing, clauses, steps, readings, (), ()
    )


def outcome_of(clause: core.Clause, value: Fraction, *steps: Step) -> ClauseOutcome:
    return ClauseOutcome(clause, Status.SCORED, exactly(value), Fraction(0), steps)


# --- 预算编制规范性: a count --------------------

VIOLATIONS = "预算编制不符合要求项数"
_no_bands = core.BandTable(())
_deductions = core.Deductions(core.Constant(Fraction(5)), (), True)


def counted(items: int) -> IndicatorOutcome:
    number = Fraction(items)
    fact = Step(StepKind.FACT, VIOLATIONS, value=exactly(number), unit=ITEMS, span=at("不符合的"))
    steps = (
        Step(StepKind.BASE, value=exactly(Fraction(5))),
        Step(
            StepKind.DEDUCTION,
            text="发现一项不符合的扣1分，扣完为止。",
            value=exactly(number),
            children=(fact,),
        ),
        *((Step(StepKind.FLOOR, value=exactly(Fraction(0))),) if items > 5 else ()),
    )
    value = max(Fraction(5) - number, Fraction(0))
    clause = _clause("", "发现一项不符合的扣1分，扣完为止。", 5, _deductions, core.ClauseKind.COUNTED)
    indicator = _indicator("01", "预算编制规范性", "部门决策", 5, core.Sum((clause,)))
    return _scored(indicator, value, str(value), (outcome_of(clause, value, *steps),))


# --- 政府采购执行情况: a ratio and a judgement --------------------

ACTUAL, PLANNED = "实际采购金额合计数", "采购计划金额合计数"


def procurement() -> IndicatorOutcome:
    rate = Fraction(14608, 14629)
    facts = (
        Step(StepKind.FACT, ACTUAL, value=exactly(Fraction(1460800)), unit=MONEY, span=at(ACTUAL)),
        Step(StepKind.FACT, PLANNED, value=exactly(Fraction(1462900)), unit=MONEY, span=at(PLANNED)),
    )
    ratio = Step(StepKind.FORMULA, value=exactly(rate), children=facts, span=at(f"{ACTUAL}/{PLANNED}"))
    body = Step(StepKind.FORMULA, value=exactly(rate), children=(ratio,), span=at(f"（{ACTUAL}/{PLANNED}）×100%"))
    quantity = Step(
        StepKind.QUANTITY,
        "政府采购执行率",
        value=exactly(rate),
        unit=RATE,
        children=(body,),
        span=at("政府采购执行率", 1),
    )
    formula = Step(StepKind.FORMULA, value=exactly(rate), children=(quantity,), span=at("政府采购执行率×1分"))
    first = _clause("1", "政府采购执行率得分=政府采购执行率×1分", 1, core.Formula(core.FactValue(ACTUAL)))
    second = _clause(
        "2",
        "政府采购政策功能的执行和落实情况（1分），落实不到位的酌情扣分。",
        1,
        core.Judged(("政府采购执行情况", "政策功能")),
        core.ClauseKind.JUDGED,
    )
    judged = Step(StepKind.JUDGEMENT, "政策功能", value=exactly(Fraction(1)))
    return _scored(
        _indicator("02", "政府采购执行情况", "部门管理", 2, core.Sum((first, second))),
        rate + 1,
        "2",
        (outcome_of(first, rate, formula), outcome_of(second, Fraction(1), judged)),
    )


# --- 财务合规性: a veto --------------------

_VETO = "4. 发生超范围、超标准支出的，本项指标得 0 分。"


def vetoed() -> IndicatorOutcome:
    step = Step(StepKind.VETO, text=_VETO, holds=True, span=at(_VETO))
    return _scored(_indicator("03", "财务合规性", "部门管理", 3), Fraction(0), "0", steps=(step,))


# --- 固定资产利用率: not applicable --------------------


def away() -> IndicatorOutcome:
    step = Step(StepKind.UNDEFINED, text="所有固定资产总额为0的，本指标不适用", holds=True)
    nothing = Fraction(0)
    return IndicatorOutcome(
        _indicator("04", "固定资产利用率", "部门管理", 1),
        Status.NOT_APPLICABLE,
        exactly(nothing),
        None,
        nothing,
        nothing,
        Fraction(1),
        (),
        (step,),
        (("固定资产", "原值"),),
        (),
        (),
    )


# --- 编外人员控制率: pending --------------------

OFF_POSTS = "编外人员数"


def pending() -> IndicatorOutcome:
    clause = _clause("", "比率<5%的，得1分；", 1, _no_bands)
    between = Range(Fraction(0), Fraction(1))
    return IndicatorOutcome(
        _indicator("05", "编外人员控制率", "部门管理", 1, core.Sum((clause,))),
        Status.PENDING,
        between,
        None,
        Fraction(0),
        Fraction(1),
        Fraction(0),
        (ClauseOutcome(clause, Status.PENDING, between, Fraction(0), ()),),
        (),
        (),
        (),
        ((OFF_POSTS, None),),
    )


# --- 公众或服务对象满意度: bands --------------------

_BAND = "2. 90% ≤满意度<95%的, 得4分;"


def graded(rate: str = "92.85") -> IndicatorOutcome:
    value = Fraction(rate) / 100
    fact = Step(StepKind.FACT, "满意度", value=exactly(value), unit=RATE, span=at("满意度<"))
    band = Step(
        StepKind.BAND,
        text=_BAND,
        value=exactly(Fraction(4)),
        holds=True,
        children=(fact,),
        span=at("90% ≤满意度<95%的, 得4分"),
    )
    clause = _clause("", "……", 6, _no_bands)
    return _scored(
        _indicator("06", "公众或服务对象满意度", "部门绩效", 6, core.Sum((clause,))),
        Fraction(4),
        "4",
        (outcome_of(clause, Fraction(4), band),),
    )


# --- the whole --------------------


def outcomes() -> tuple[IndicatorOutcome, ...]:
    return (counted(0), procurement(), vetoed(), away(), pending(), graded())


def program() -> core.Program:
    data = (
        core.Datum(VIOLATIONS, core.DatumKind.QUANTITY, ITEMS, uses=("预算编制规范性",)),
        core.Datum(ACTUAL, core.DatumKind.QUANTITY, MONEY, uses=("政府采购执行情况 第1点",)),
        core.Datum(PLANNED, core.DatumKind.QUANTITY, MONEY, uses=("政府采购执行情况 第1点",)),
        core.Datum(OFF_POSTS, core.DatumKind.QUANTITY, HEADS, uses=("编外人员控制率",)),
        core.Datum("满意度", core.DatumKind.QUANTITY, RATE, uses=("公众或服务对象满意度",)),
        core.Datum("没有用处的数据", core.DatumKind.QUANTITY, ITEMS),
    )
    judgement = core.Judgement(
        "政府采购执行情况", "政策功能", "2", "政府采购政策功能……", "0" * 8, Fraction(0), Fraction(1), True
    )
    choices = (
        core.Choice(
            "固定资产", (core.Alternative("原值"), core.Alternative("净值")), indicator="固定资产利用率", measures=True
        ),
        core.Choice(
            "每个季度的执行率",
            (core.Alternative("支出进度÷序时进度"), core.Alternative("支出进度"), core.Alternative("当季支出进度")),
            origin=core.ChoiceOrigin.DEFAULT,
        ),
    )
    return core.Program(
        "示例评分表",
        2022,
        2023,
        "示例修订",
        Fraction(18),
        core.ScoringMethod(),
        data,
        (judgement,),
        choices,
        tuple(outcome.indicator for outcome in outcomes()),
        source_sha256="a" * 64,
        meaning_sha256="b" * 64,
    )


def record(*, claims: bool = True) -> Record:
    facts: dict[tuple[str, str | None], Fact] = {
        (VIOLATIONS, None): Fact(Fraction(0), "0项", Basis.ASSERTED, note="自查"),
        (ACTUAL, None): Fact(Fraction(1460800), "146.08万元", source="一(四)1(3)"),
        (PLANNED, None): Fact(Fraction(1462900), "146.29万元", source="一(四)1(3)"),
        ("满意度", None): Fact(Fraction(9285, 10000), "92.85%", source="二(三)3(2)", quantum=Fraction(1, 10000)),
    }
    judgements = {("政府采购执行情况", "政策功能"): Given(Fraction(1), "有制度并执行", "采购台账")}
    claimed = {outcome.indicator.name: outcome.indicator.points for outcome in outcomes()} if claims else {}
    return Record(facts, judgements, claimed=claimed, unit_name="示例部门", sha256="c" * 64)


def findings() -> tuple[Diagnostic, ...]:
    return (
        Diagnostic("R0601", Severity.NOTE, "已有口径"),
        Diagnostic(
            "R1301",
            Severity.WARNING,
            "「公众或服务对象满意度」自评 6.00 分，高于任何口径下可得的分",
            (Label(SOURCE, at("满意度<95%")),),
            (suggestion("按 92.85% 所在的一档改为 4.00 分"),),
            "公众或服务对象满意度",
        ),
    )


def scored(*, claims: bool = True) -> Scored:
    outcome = Outcome(
        program(),
        record(claims=claims),
        outcomes(),
        None,
        Fraction("11.65"),
        Fraction("12.65"),
        Fraction(17),
        None,
        ("中", "良"),
        (Missing(OFF_POSTS, None, False, ("编外人员控制率",), Fraction(1)),),
        (),
    )
    verdicts = (
        Verdict("公众或服务对象满意度", Fraction(6), "偏高", "", ("92.85% 只能得 4.00 分",)),
        Verdict("政府采购执行情况", Fraction(2), "一致", "", ()),
    )
    return Scored(outcome, SOURCE, verdicts if claims else (), findings(), "本地")
