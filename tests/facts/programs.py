"""A small program with a datum of each kind, built by hand, and the findings of a facts file for it."""

from fractions import Fraction

from rubric.core.program import (
    Alternative,
    Bound,
    Choice,
    Column,
    Datum,
    DatumKind,
    Dimension,
    Indicator,
    Judged,
    Judgement,
    Program,
    ScoringMethod,
    Unit,
)
from rubric.core.record import Record
from rubric.diagnostics.model import Checked
from rubric.facts.reading import read_facts
from rubric.source import SourceText

YUAN = Unit("元", Dimension.MONEY)
WAN = Unit("万元", Dimension.MONEY, Fraction(10000))
PERCENT = Unit("%", Dimension.RATE, Fraction(1, 100))
PROJECTS = Unit("个", Dimension.COUNT)
PERSONS = Unit("人", Dimension.COUNT)
HOURS = Unit("学时", Dimension.NUMBER)
DAY = Unit("日期", Dimension.DATE)
RANK = Unit("名次", Dimension.COUNT)

ZERO = Bound(Fraction(0))


def _quantity(name: str, unit: Unit, **more: object) -> Datum:
    fields: dict[str, object] = {"low": ZERO, **more}
    return Datum(name, DatumKind.QUANTITY, unit, **fields)  # type: ignore[arg-type]


DATA = (
    _quantity("年初预算总额", WAN, aliases=("年初预算",), uses=("财务合规性 第2点",)),
    _quantity("实际支出", WAN, high=Bound(None, "年初预算总额")),
    _quantity("课酬", YUAN, decimals=2),
    _quantity("出国经费", WAN, dash_is_zero=True),
    _quantity("满意度", PERCENT, high=Bound(Fraction(1))),
    _quantity("支出进度", PERCENT, parts=("一季度", "二季度", "三季度", "四季度"), indicator="预算执行率"),
    _quantity("项目总数", PROJECTS),
    _quantity("已完成项目数", PROJECTS, high=Bound(None, "项目总数")),
    _quantity("编外人员数（含劳务派遣）", PERSONS, aliases=("编外人员数",)),
    _quantity("培训学时", HOURS, decimals=1),
    _quantity("公开日期", DAY, low=None),
    _quantity("考核名次", RANK),
    _quantity("固定资产", WAN, measures="固定资产", high=None),
    _quantity("“三公”经费", WAN),
    Datum("涉密", DatumKind.BOOLEAN),
    Datum("公开情况", DatumKind.STATE, states=("按规定公开", "公开但不符合要求", "没有公开")),
    Datum(
        "绩效指标",
        DatumKind.ROWS,
        columns=(
            Column("指标名称"),
            Column("方面", ("社会效益", "经济效益")),
            Column("分值", unit=Unit("分", Dimension.SCORE)),
        ),
    ),
)

JUDGEMENTS = (
    Judgement(
        "制度建设",
        "制定了管理制度",
        "1",
        "制定了管理制度，覆盖主要业务（1分）",
        "aaaa1111",
        Fraction(0),
        Fraction(1),
        False,
    ),
    Judgement(
        "制度建设",
        "得到严格执行",
        "2",
        "得到严格执行（1.5分），酌情扣分",
        "bbbb2222",
        Fraction(0),
        Fraction(3, 2),
        True,
    ),
    Judgement("履职效果", "整项", "", "对照目标值，酌情给分", "cccc3333", Fraction(0), Fraction(25), True),
)

CHOICES = (
    Choice("固定资产", (Alternative("原值"), Alternative("净值")), measures=True),
    Choice("每个季度的执行率", (Alternative("支出进度÷序时进度"), Alternative("支出进度"))),
)


def _indicator(number: int, name: str, points: int) -> Indicator:
    return Indicator(f"{number:02}", name, ("部门管理", "示例"), Fraction(points), "", Judged((name, "整项")))


INDICATORS = (_indicator(1, "制度建设", 3), _indicator(2, "履职效果", 25), _indicator(3, "预算执行率", 6))

PROGRAM = Program(
    "示例评分表", 2022, 2023, "正式", Fraction(34), ScoringMethod(), DATA, JUDGEMENTS, CHOICES, INDICATORS
)


def read(text: str) -> Checked[Record]:
    return read_facts(SourceText("数据.yaml", text), PROGRAM)


def codes(checked: Checked[Record]) -> list[str]:
    return [finding.code for finding in checked.diagnostics]
