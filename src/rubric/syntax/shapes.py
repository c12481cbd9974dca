"""What the shape of one sentence says of it: a score taken from values, a product that is one, what the points begin at.

Takes sentences as the grammar read them; says what they are, or gives them as what they mean. Never a kind: that is `kinds`.
"""

import re
from fractions import Fraction

import attrs

from rubric.syntax import ast, kinds
from rubric.syntax.names import BASE_NAME


def with_points(raw: kinds.Raw, points: Fraction) -> kinds.Raw:
    """`达40%以上，否则不得分（10分）`: the points where it holds."""
    match raw.sentence:
        case (
            ast.Rule(
                condition=ast.Joined(joint="none", parts=(condition,)),
                outcome=ast.Award(points=Fraction(numerator=0), scopes=()),
            ) as rule
        ):
            award = ast.Award(points, marked=True, span=raw.span)
            return attrs.evolve(raw, sentence=attrs.evolve(rule, condition=condition, outcome=award), points=points)
        case _:
            return attrs.evolve(raw, points=points)


def counts(sentence: ast.Sentence) -> bool:
    """Whether a sentence needs no more than it says: it counts what a name stands for, or is a formula."""
    match sentence:
        case ast.CountDeduction(event=event, deduction=per):
            return per.own or not isinstance(event, ast.Elided)
        case ast.Paired() | ast.Listed() | ast.ScoreFormula() | ast.Rule(implied=True, outcome=ast.StepDeduction()):
            return True
        case ast.Rule(condition=ast.Comparison(operands=(ast.Elided(), ast.Number(unit=unit))), outcome=ast.Award()):
            return unit not in ("", "%", "‰", "百分点")
        case ast.Rule(condition=ast.Bare(operand=ast.Name(declared=True)), outcome=ast.PerCount()):
            return True
        case ast.Rule(
            condition=ast.Ranged(subject=ast.Elided() | ast.Name(declared=True), low=ast.Number(unit=unit)),
            outcome=ast.Award(),
        ):
            return unit not in ("", "%", "‰", "百分点")
        case _:
            return False


_ANSWERED = re.compile(
    r"(?:符合|满足|达到|是|有|具备)(?:要求)?的?,?(?:得|计)?(?P<yes>\d+(?:\.\d+)?)分,"
    r"(?:不符合|不满足|未达到|否|无|没有|不具备)(?:要求)?的?,?(?:(?:得|计)?(?P<no>\d+(?:\.\d+)?)分|不得分|不计分)"
)


def answered(raws: list[kinds.Raw]) -> list[kinds.Raw]:
    """`签有规范的合同。符合1分，不符合0分`: what is asked, and then what either answer gives."""
    done: list[kinds.Raw] = []
    for raw in raws:
        match = _ANSWERED.fullmatch(raw.folded)
        asked = done[-1].sentence if done else None
        if match is None or not isinstance(asked, ast.Statement) or kinds.has_points(done[-1].folded):
            done.append(raw)
            continue
        done[-1] = attrs.evolve(done[-1], noted=True)
        yes = ast.Award(Fraction(match["yes"]), span=raw.span)
        no = ast.Award(Fraction(match["no"] or 0), span=raw.span)
        done.append(
            attrs.evolve(raw, sentence=ast.Rule(asked.condition, yes, span=raw.span), folded=f"得{match['yes']}分")
        )
        done.append(attrs.evolve(raw, sentence=ast.Otherwise(no, span=raw.span), folded="不得分", goes_on=True))
    return done


def weighted_after(raw: kinds.Raw, later: list[kinds.Raw]) -> bool:
    """`总分为甲、乙之和，其中甲占60%，乙占40%`: what is said next says how they are added."""
    match raw.sentence, later[0] if later else None:
        case ast.ScoreFormula(), kinds.Raw(sentence=ast.ScoreFormula(), folded=folded):
            return raw.folded.endswith(("之和", "相加", "合计")) and re.match("其中.*占.*%", folded) is not None
        case _:
            return False


def scored_by_letter(raws: list[kinds.Raw]) -> list[kinds.Raw]:
    """`W=W1×40%+W2×60%，其中…`: where a cell holds nothing but definitions, the letter that none of them uses is its score."""
    equations = [(i, r.sentence) for i, r in enumerate(raws) if isinstance(r.sentence, ast.Equation)]
    if len(equations) < sum(r.sentence is not None or kinds.has_points(r.folded) for r in raws):
        return raws
    used = {letter for i, _ in equations for letter in _LETTER.findall(raws[i].folded.partition("=")[2])}
    top = [(i, e) for i, e in equations if _LETTER.fullmatch(e.name.key) and e.name.key not in used]
    if len(top) != 1:
        return raws
    at, equation = top[0]
    formula = ast.ScoreFormula("得分", equation.body, most=equation.most, span=equation.span)
    return [attrs.evolve(r, sentence=formula) if i == at else r for i, r in enumerate(raws)]


_LETTER = re.compile(r"[A-Za-z]\d*")


def as_taken(sentence: ast.Sentence) -> ast.ScoreFormula | None:
    """A score taken from other values; one aggregate alone is such a score."""
    match sentence:
        case ast.ScoreFormula(taken=True):
            return sentence
        case ast.Statement(condition=ast.Bare(operand=ast.Aggregate() as body)):
            return ast.ScoreFormula("得分", body, taken=True, span=sentence.span)
        case _:
            return None


def product(sentence: ast.Sentence) -> ast.Sentence:
    """`知晓率×2分。`: a product with points in it, said alone, is what is scored."""
    match sentence:
        case ast.Statement(
            condition=ast.Bare(operand=ast.Operation(operator="*", right=ast.Number(unit="分")) as body)
        ):
            return ast.ScoreFormula("得分", body, span=sentence.span)
        case ast.Statement(condition=ast.Bare(operand=ast.Operation(operator="+") as body)) if (
            kinds.points_factor(body) is not None
        ):  # 到位率×2分+支出率×3分
            return ast.ScoreFormula("得分", body, span=sentence.span)
        case ast.Statement(
            condition=ast.Bare(
                operand=ast.Operation(operator="*", left=ast.Name(key=name), right=ast.Number(unit="%")) as body
            )
        ) if name.endswith("分"):  # 百分制平均分×12%
            return ast.ScoreFormula("得分", body, taken=True, span=sentence.span)
        case _:
            return sentence


def in_points(body: ast.Expression) -> ast.Expression:
    """`2-超时事项数×0.3分`: a number that points are added to or taken from is one of points."""
    match body:
        case ast.Operation(operator="+" | "-", left=left, right=right):
            left, right = in_points(left), in_points(right)
            if isinstance(left, ast.Number) and not left.unit and kinds.points_factor(right) is not None:
                left = attrs.evolve(left, unit="分")
            if isinstance(right, ast.Number) and not right.unit and kinds.points_factor(left) is not None:
                right = attrs.evolve(right, unit="分")
            return attrs.evolve(body, left=left, right=right)
        case _:
            return body


def unfit(sentence: ast.Sentence) -> bool:
    """Several things where one condition must stand, or weights that are not as many as the values."""
    match sentence:
        case ast.ScoreFormula(body=ast.Elided()):
            return True
        case (
            ast.Rule(condition=ast.Bare(operand=ast.Several()))
            | ast.Statement(condition=ast.Bare(operand=ast.Several()))
        ):
            return True
        case ast.Rule(condition=ast.Joined(parts=parts)) | ast.Statement(condition=ast.Joined(parts=parts)):
            return any(isinstance(p, ast.Bare) and isinstance(p.operand, ast.Several) for p in parts)
        case _:
            return False


_BASE = re.compile("(?:[^,;。:]{1,20}?的|本项|该项|[该本]?指标)?(?:基础分|基本分|基准分|起评分|起始分|底分)值?")
BASE_SAID = re.compile(
    rf"(?P<name>{_BASE.pattern})(?:为|是)\d+(?:\.\d+)?分,"
    r"|[^,;。:\d]{0,20}?(?:基本分|基准分|基础分)\d+(?:\.\d+)?分,(?=按[^,;。]{0,12}(?:比例|率)(?:计分|得分))"
)


def base_points(sentence: ast.Sentence) -> bool:
    """`基础分为2分`: what the points begin at, and no definition."""
    match sentence:
        case ast.Equation(name=ast.Name(key=name, declared=False), body=ast.Number(unit="分")):
            return _BASE.fullmatch(name) is not None
        case _:
            return False


def word_equation(sentence: ast.Sentence) -> bool:
    """`X=文字` with nothing to compute: a definition in words."""
    match sentence:
        case ast.Equation(name=ast.Name(key=name), body=ast.Name(declared=False)):
            return re.fullmatch(BASE_NAME, name) is None  # 基准价=最低报价 speaks of the values of all
        case _:
            return False
