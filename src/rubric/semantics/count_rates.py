"""Counts that rest on the sentence before: 加倍, and what falls short of a standard.

Takes a sentence with the standard and the rate of those before it; gives it with its own rate, or as a step below the
standard (`不少于5人，每缺1人扣0.5分`). Never a count of its own.
"""

import re
from fractions import Fraction

import attrs

from rubric.semantics.resolve import Scope
from rubric.semantics.thresholds import Threshold
from rubric.semantics.units import MONEY_SCALES
from rubric.syntax import ast


def multiplied(per: ast.PerCount, rate: ast.PerCount | None) -> ast.PerCount:
    """加倍: that many times the rate of the sentence before."""
    if per.multiple is None or rate is None:
        return per
    return attrs.evolve(per, points=rate.points * per.multiple, adds=rate.adds, multiple=None, doubled=per.multiple)


def again(sentence: ast.Sentence | None, threshold: Threshold | None, scope: Scope, path: str) -> ast.Sentence | None:
    """`满意度达到90分的得5分，满意度每低1分扣0.2分`: a step that names again what the threshold is one of."""
    match sentence:
        case ast.Rule(
            condition=ast.Bare(operand=ast.Name() as name), outcome=ast.StepDeduction(reference=None) as step
        ):
            if (
                step.timed
                or threshold is None
                or _target(name, scope, path) != _target(threshold.measured, scope, path)
            ):
                return sentence
            beyond = None if step.off else step.beyond is not False
            return attrs.evolve(sentence, condition=ast.Implied(beyond, span=sentence.span), implied=True)
        case _:
            return sentence


def _target(node: ast.Expression, scope: Scope, path: str) -> object:
    if not isinstance(node, ast.Name):
        return node
    symbol = scope.find(node.key, path)
    return node.key if symbol is None else (symbol.declared.target, symbol.declared.detail)


def counted_from_standard(
    sentence: ast.Sentence | None, threshold: Threshold | None, subject: ast.Expression | None, text: str, called: str
) -> ast.Sentence | None:
    """`不少于5人，每缺1人扣1分`: how far short of the standard; without one, `每少一次` counts what lacks.

    `called` is the datum that the subject is.
    """
    match sentence:
        case ast.Rule(condition=ast.Comparison(signs=(">=" | ">",)), outcome=ast.PerCount(short=True) as per):
            return attrs.evolve(sentence, outcome=_shortfall(per))
        case ast.CountDeduction(event=ast.Elided(), deduction=ast.PerCount(short=True) as per) if (
            threshold is not None and threshold.sign in (">=", ">")
        ):
            step = _shortfall(per)
            implied = ast.Implied(False, span=sentence.span)
            return ast.Rule(implied, step, sentence.limits, implied=True, span=sentence.span)
        case ast.Rule(condition=ast.Bare(operand=event), outcome=ast.Doubled(times=int() as times)):
            per = ast.PerCount(1, "", Fraction(0), multiple=times, span=sentence.span)
            return ast.CountDeduction(event, per, sentence.limits, span=sentence.span)
        case ast.Rule(condition=ast.Implied(beyond=True), outcome=ast.StepDeduction(reference=None, step=step)) if (
            threshold is None and subject is not None and step.unit in MONEY_SCALES
        ):
            nothing = ast.Number(Fraction(0), step.unit, span=step.span)
            above = ast.Comparison((subject, nothing), (">",), span=sentence.span)
            return attrs.evolve(sentence, condition=above, implied=False)
        case ast.Rule(
            condition=ast.Bare(operand=ast.Name() | ast.Absolute() as measured),
            outcome=ast.StepDeduction(reference=None, beyond=True | None, timed=False, step=step) as per,
        ) if (
            threshold is None
            and (per.adds or isinstance(measured, ast.Absolute) or step.unit in MONEY_SCALES)
            and not _BEYOND_SOMETHING.search(per.words)
        ):
            nothing = ast.Number(Fraction(0), step.unit, span=step.span)  # 每增加100万元加0.2分: of all that there is
            above = ast.Comparison((measured, nothing), (">",), span=sentence.span)
            return attrs.evolve(sentence, condition=above)
        case ast.Rule(condition=ast.Implied(), outcome=ast.StepDeduction(reference=None, words=words, step=step)) if (
            threshold is None
            and subject is not None
            and (_OF_PLAN.search(words) or _BEYOND_PLAN.match(text))
            and step.unit in ("%", "百分点")
        ):
            more = "超" in words
            whole = ast.Number(Fraction(100), "%", span=step.span)  # 每超额完成1个百分点: beyond the whole of the plan
            beyond = ast.Comparison((subject, whole), (">" if more else "<",), span=sentence.span)
            return attrs.evolve(sentence, condition=beyond, implied=False)
        case ast.Rule(condition=ast.Implied(), outcome=ast.StepDeduction(beyond=False, reference=None) as step) if (
            threshold is None
            and subject is not None
            and (step.adds or _LACKING.search(called))  # 每少1次 of 演练次数 is counted from a number that was not read
            and step.step.unit not in ("%", "‰", "百分点")
        ):
            per = ast.PerCount(int(step.step.value), step.step.unit, step.points, step.adds, span=step.span)
            return ast.CountDeduction(subject, per, sentence.limits, span=sentence.span)
        case ast.Rule(
            condition=ast.Bare(operand=ast.Name(key=words) as named),
            outcome=ast.StepDeduction(beyond=False, reference=None, timed=False) as step,
        ) if threshold is None and step.step.unit not in ("%", "‰", "百分点", "分") and _LACKING.search(words):
            per = ast.PerCount(int(step.step.value), step.step.unit, step.points, step.adds, span=step.span)
            return ast.CountDeduction(named, per, sentence.limits, span=sentence.span)
        case _:
            return sentence


def beyond_the_task(sentence: ast.Sentence | None, usual: ast.Expression | None, called: str) -> ast.Sentence | None:
    """`超额完成的，每超10亩加0.2分` where the only quantity is what goes beyond (超额亩数): counted from nothing."""
    match sentence:
        case ast.Rule(
            condition=ast.Implied(beyond=True), outcome=ast.StepDeduction(reference=None, adds=True, timed=False) as per
        ) if usual is not None and _EXCESS.match(called):
            nothing = ast.Number(Fraction(0), per.step.unit, span=per.step.span)
            above = ast.Comparison((usual, nothing), (">",), span=sentence.span)
            return attrs.evolve(sentence, condition=above, implied=False)
        case _:
            return sentence


_EXCESS = re.compile("超额|超出|超过|超产|超")
_LACKING = re.compile("[缺少欠漏差短低降减退落迟逾延超晚误]|未|不|滞后|压|节")
# Words of a step beyond what some other sentence would have to name.
_BEYOND_SOMETHING = re.compile("[超高]")
_BEYOND_PLAN = re.compile("[^,;。\\d]{0,12}?超额完成[^,;。\\d]{0,10}(?:任务|计划|目标)[^,;。\\d]{0,4},每[再]?超")
_OF_PLAN = re.compile("[超少欠]额?完成")


def _shortfall(per: ast.PerCount) -> ast.StepDeduction:
    step = ast.Number(Fraction(per.group), per.counter, span=per.span)
    words = f"每少{per.group}{per.counter}"
    return ast.StepDeduction(False, step, per.points, words, per.adds, span=per.span)
