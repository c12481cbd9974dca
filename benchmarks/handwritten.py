"""The whole annex of the 2022 rubric, written by hand in plain Python.

What a careful programmer would write once the readings are settled: one function per indicator, numbers of any exact
type (`number` makes them: `Decimal` or `Fraction`), default readings only, all facts given, no explanation. It serves
as the measure of the engine's speed and as a second opinion on its meaning.
"""

from collections.abc import Callable, Mapping
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any

# Numbers of the chosen type; a score of None is not applicable.
Number = Any
Facts = Mapping[str, Any]
Scores = dict[str, Number | None]

QUARTERS = ("一季度", "二季度", "三季度", "四季度")


def round_decimal(value: Decimal) -> Decimal:
    return value.quantize(Decimal("0.01"), ROUND_HALF_UP)


def round_fraction(value: Fraction) -> Fraction:
    return Fraction((200 * value.numerator + value.denominator) // (2 * value.denominator), 100)


def scorer(number: Callable[[str], Number], rounded: Callable[[Number], Number]) -> Callable[[Facts, Facts], Scores]:
    """A function of facts and judgements that gives the score of each indicator and of 总分."""
    n = {text: number(text) for text in ("0", "0.05", "0.1", "0.25", "0.5", "0.6", "0.7", "0.4", "0.75", "0.8", "0.9")}
    n |= {text: number(text) for text in ("0.95", "1", "1.5", "2", "3", "4", "5", "6", "8", "100")}
    zero, one, two, three, six = n["0"], n["1"], n["2"], n["3"], n["6"]
    schedule = (n["0.25"], n["0.5"], n["0.75"], one)
    zero_score = zero

    def control_rate(spent: Number, planned: Number) -> Number:
        """Bands of 公用经费控制率: below 90 %, up to 100 %, above."""
        if planned == 0:
            return three if spent == 0 else zero
        rate = spent / planned
        return three if rate < n["0.9"] else two if rate <= one else zero

    def publication(state: str, secret: bool) -> Number:
        if secret or state == "按规定公开":
            return n["1.5"]
        return one if state == "公开但不符合要求" else zero

    def score(facts: Facts, judged: Facts) -> Scores:
        f, j = facts, judged
        scores: Scores = {}
        away = zero

        for name in ("预算编制合理性", "绩效指标明确", "项目实施程序", "资产管理安全性", "管理制度健全性"):
            scores[name] = rounded(sum(j[name].values()))

        scores["预算编制规范性"] = max(zero, n["5"] - f["预算编制不符合要求项数"])
        scores["绩效目标完整性"] = max(zero, three - f["未按要求编报或不符合要求的绩效目标数"])

        # 政府采购执行情况
        bought, planned = f["实际采购金额合计数"], f["采购计划金额合计数"]
        policy = sum(j["政府采购执行情况"].values())
        if planned == 0 and bought == 0:
            away += one
            scores["政府采购执行情况"] = rounded(policy)
        else:
            rate = zero if bought > planned else bought / planned
            scores["政府采购执行情况"] = rounded(rate + policy)

        # 财务合规性
        if f["财务违规情形"] > 0:
            scores["财务合规性"] = zero_score
        else:
            parts = sum(j["财务合规性"].values())
            size = f["年初预算总额"]
            if size == 0:
                away += one
            else:
                over = f["调整、调剂资金累计"] / size - n["0.1"]
                steps = int(over * 100) if over > 0 else 0
                parts += max(zero, one - n["0.1"] * steps)
            scores["财务合规性"] = rounded(parts)

        scores["预决算信息公开"] = publication(f["部门预算公开情况"], f["预算涉密不公开"]) + publication(
            f["部门决算公开情况"], f["决算涉密不公开"]
        )

        # 项目监管: the zero condition reaches the second point only
        first, second = j["项目监管"].values()
        refused = f["无法提供开展检查监督相关证明材料"] or f["被评价年度部门主管的专项资金绩效评价结果为差"]
        scores["项目监管"] = rounded(first + (zero if refused else second))

        # 固定资产利用率
        assets = f["所有固定资产总额"]
        if assets == 0:
            scores["固定资产利用率"] = None
            away += one
        else:
            rate = f["实际在用固定资产总额"] / assets
            scores["固定资产利用率"] = (
                one if rate >= n["0.9"] else n["0.7"] if rate >= n["0.75"] else n["0.4"] if rate >= n["0.6"] else zero
            )

        # 财政供养人员控制率, 编外人员控制率
        staff, posts = f["本年度在编人数（含工勤人员）"], f["核定编制数（含工勤人员）"]
        outside = f["编外人员数（含劳务派遣、直接聘用人员）"]
        if posts == 0:
            scores["财政供养人员控制率"] = None
            away += one
        else:
            scores["财政供养人员控制率"] = one if staff <= posts else zero
        if staff + outside == 0:
            scores["编外人员控制率"] = None
            away += one
        else:
            rate = outside / (staff + outside)
            scores["编外人员控制率"] = one if rate < n["0.05"] else n["0.5"] if rate <= n["0.1"] else zero

        scores["公用经费控制率"] = control_rate(f["“三公”经费实际支出数"], f["“三公”经费预算安排数"]) + control_rate(
            f["日常公用经费决算数"], f["日常公用经费调整预算数"]
        )

        # 预算执行率
        rates = [min(one, f["部门预算支出进度", q] / s) for q, s in zip(QUARTERS, schedule, strict=True)]
        executed = sum(rates)
        scores["预算执行率"] = rounded(executed + min(two, executed / 4 * 2))

        # 项目完成及时性
        done, due = f["已完成项目数"], f["计划完成项目总数"]
        if due == 0:
            scores["项目完成及时性"] = None
            away += six
        else:
            scores["项目完成及时性"] = six if done == due else rounded(done * 6 / due)

        # 重点工作完成情况
        if f["重点工作项数"] == 0:
            scores["重点工作完成情况"] = None
            away += n["8"]
        else:
            scores["重点工作完成情况"] = max(zero, n["8"] - 4 * f["未完成重点工作项数"])

        scores["社会效益、经济效益、生态效益等"] = rounded(sum(j["社会效益、经济效益、生态效益等"].values()))

        # 群众信访办理情况
        letters = f["群众信访件数"]
        petitions = sum(j["群众信访办理情况"].values())
        if letters == 0:
            petitions += two
        else:
            petitions += one if f["办理回复件数"] == letters else zero
            petitions += one if f["及时办理回复件数"] == letters and f["超期件数"] == 0 else zero
        scores["群众信访办理情况"] = rounded(petitions)

        rate = f["满意度"]
        scores["公众或服务对象满意度"] = (
            six if rate >= n["0.95"] else n["4"] if rate >= n["0.9"] else two if rate >= n["0.8"] else one
        )

        earned = sum(s for s in scores.values() if s is not None)
        scores["总分"] = earned if away == 0 else rounded(earned / (n["100"] - away) * n["100"])
        return scores

    return score


score_decimal = scorer(Decimal, round_decimal)
score_fraction = scorer(Fraction, round_fraction)
