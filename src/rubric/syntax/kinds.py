"""What kind of sentence each sentence of a cell is.

Takes the sentences of an item, read or refused by the grammar; gives them as pieces with their kind, by the first rule
that fits (`language.md` §3). No sentence with points, 扣, 得分=, a comparison or a percentage ever becomes a mere note.
"""

import re
from fractions import Fraction

import attrs

from rubric.source import Span
from rubric.syntax import ast
from rubric.syntax.fold import key
from rubric.syntax.numerals import split_unit

Kind = ast.PieceKind


@attrs.frozen
class Raw:
    """One sentence: its folded text, what the grammar made of it, and where it stopped."""

    text: str
    folded: str
    sentence: ast.Sentence | None
    stop: Span | None
    span: Span
    word_definition: bool = False
    noted: bool = False
    goes_on: bool = False
    points: Fraction | None = None

    @property
    def mark(self) -> Fraction | None:
        """N of the （N分） that stands in the sentence, or around it."""
        return mark_of(self.folded) if self.points is None else self.points


# 自评得分、复核得分均不含本指标得分: what a quantity takes in, without a figure.
_CONTAINS = re.compile(r"[^,。;\d]{2,40}?(?:均|都)?(?:不包?含|不包括|不计|包含|包括)[^,。;\d扣加减]{2,24}(?<!不得分)")
_NUMERAL = r"(?:\d+(?:\.\d+)?|[零一二两三四五六七八九十]+(?:点[零一二三四五六七八九]+)?|半)"
_MARK = re.compile(r"\((?:本项|共|计|满分)?(\d+(?:\.\d+)?)分\)|,(\d+(?:\.\d+)?)分$")
_AWARD = re.compile(
    f"(?:得|计|记|给予?|赋予?|基本分|基准分|基础分|起评分|起始分|底分)(?:基本分|基准分|基础分|为|是|=)?(?:\\d+(?:\\.\\d+)?分?[-~至到])?({_NUMERAL}分)(?!之|/)"
)
_DEDUCT = re.compile(rf"(?<!倒)(?:扣减|扣除|扣|减|加|奖励){_NUMERAL}分?")
_MOST = re.compile(
    r"(最高|最多|累计|至多|合计|不超过|封顶|[加扣得]满)[得加计扣除分可不超过至]*\d+(\.\d+)?分|\d+(\.\d+)?分封顶"
)
_DISCRETION = re.compile(r"酌情|视情|适当[扣加给减]|根据实际情况(扣|加|给|打|计)?分")
_SCOPE_ZERO = re.compile(r"(本项|本指标|此项|该项|总分|总得分).{0,4}?([得计]0分|不得分|[得计]零分)|一票否决")
_EXEMPT = re.compile(r"直接得满?分|视同满分|视为满分|按满分计")
# Words that take or give points without a figure.
_COUNT_SAID = re.compile(r"[\d一二两三四五六七八九十]+(?:[项条次处件起例个]|人次)")
_NOUGHT = re.compile(r"不得分|不计分|不予计分|[得计记]零分")
# 按100分计, 按高的一项计算: how points are counted, never a mere note.
_COUNTED_AS = re.compile(r"按\d+(?:\.\d+)?分计|按[^,。;]{0,8}[高低][^,。;]{0,6}计[算分]")
# Points without a verb (第二的4分): never a mere note. 满分5分, 共20分 say only what there is.
_BARE_POINTS = re.compile(r"(?<![\d.满总共分值])\d+(?:\.\d+)?分(?=$|[,、;])")
_SCORED = re.compile(
    r"(?<!分档)计分(?!办法)|[×÷]\d+(?:\.\d+)?(?:分)?计算得分|按[^,。;]{1,12}(?<!分档)计分|[上下]调|降[一二两]?(档|等)|扣减|扣除"
)
_SIGN = re.compile(
    r"[<>≥≤=%‰]|不低于|不少于|不高于|不超过|大于|小于|高于|低于|超过|超出|[得计扣加减]\s*\d|扣完|为止|封顶|最[高多低]\D{0,6}\d"
)


# 金额100万元以上的项目：… holds for these alone, with all that follows: no prose that only says what it is about.
_CONDITION_FIRST = re.compile(
    r"[^,;。:]*?(?:[\d一二两三四五六七八九十百][^,;。:]{0,8}(?:以上|以下|以内)|(?:[高低大小多少]于|不足|超过|达到|[<>≥≤])[\d一二两三四五六七八九十百])[^,;。:]{0,12}的[^,;。:]{0,6}:.*(?:[得扣]|不得分)"
)


def mark_of(folded: str) -> Fraction | None:
    """N of the （N分） in a sentence."""
    match = _MARK.search(folded)
    return Fraction(match[1] or match[2]) if match else None


def deducts(folded: str) -> bool:
    """Whether points are taken off or added for something counted."""
    folded = _MOST.sub("", folded)
    return bool(_DEDUCT.search(folded))


def adjusts(sentence: ast.Sentence | None) -> bool:
    """Whether a sentence takes off or adds points for something counted or measured."""
    match sentence:
        case ast.CountDeduction() | ast.Paired():
            return True
        case ast.Rule(outcome=ast.StepDeduction() | ast.PerCount() | ast.Adjustment() | ast.Doubled()):
            return True
        case _:
            return False


def counts_for_nothing(folded: str) -> bool:
    """Whether words before a rule hold no figure, no sign, no points: they only say what the rule is about."""
    return not re.search(
        r"\d|[=<>≥≤%‰×÷]|[得扣加减计][一二两三四五六七八九十]+分|不得分|满分|酌情|否则|其余|如果|[零一二两三四五六七八九十]分",
        folded,
    )


def has_points(folded: str) -> bool:
    return bool(
        _MARK.search(folded)
        or _AWARD.search(folded)
        or re.search(r",\d+(\.\d+)?分|[得计](?:该项)?分值的|[得计]满分|不得分|不计分|零分", folded)
        or _DEDUCT.search(folded)
        or "得分=" in folded
    )


def pieces(raws: list[Raw], has_items: bool, cell_deducts: bool, cell_has_points: bool) -> tuple[ast.Piece, ...]:
    """The pieces of one item. `cell_*` speak of the whole cell; `has_items` of numbered parts below this item."""
    scoring = [_scores(raw) for raw in raws]
    # A `（N分）` with nothing scoring after it is judged; with something after it, it is only a title.
    beside_judged = not has_items and any(
        raw.sentence is None and raw.mark is not None and not any(scoring[index + 1 :])
        for index, raw in enumerate(raws)
    )
    # How a score is taken from other values says where the points of the cell come from.
    cell_has_points = cell_has_points or any(isinstance(r.sentence, ast.ScoreFormula) for r in raws)
    found: list[ast.Piece] = []
    listed = any(_vetoes_any(raw.sentence) for raw in raws)
    for index, raw in enumerate(raws):
        later = any(scoring[index + 1 :]) or has_items
        kind = _kind(raw, later, beside_judged, cell_deducts, cell_has_points)
        if kind is Kind.JUDGED and listed and _NOTHING_WRONG.match(raw.folded) and raw.mark is None:
            kind = Kind.BASELINE
        if kind is Kind.BASELINE and _takes_all(raw, raws):
            kind = Kind.VETO
        found.append(
            ast.Piece(
                kind,
                raw.text,
                raw.mark,
                _award(raw),
                adjusts(raw.sentence) or deducts(raw.folded),
                bool(_DISCRETION.search(raw.folded)),
                raw.sentence,
                raw.stop,
                goes_on=raw.goes_on,
                span=raw.span,
            )
        )
    return tuple(found)


def pieces_of_award(raws: list[Raw]) -> tuple[ast.Piece, ...]:
    """The pieces of an item that comes to a grade or an amount: what is read gives it, what names none is a note."""
    return tuple(
        ast.Piece(_kind_of_award(raw), raw.text, None, None, False, False, raw.sentence, raw.stop, span=raw.span)
        for raw in raws
    )


# 无违规行为的得6分，有下列情形之一的得0分：…: what is wrong is what the list says
_NOTHING_WRONG = re.compile(r"(?:无|没有|未发生|未出现|未发现|不存在)[^,;。\d]{2,16}的?,?[得计]")


def _takes_all(raw: Raw, raws: list[Raw]) -> bool:
    """`造成不良后果的不得分` beside deductions: a condition with words that no other sentence of the cell has.

    `未开展的不得分` after `全部开展的得4分，每少一次扣1分` says what the deductions come to anyway.
    """
    match = _ALL_TAKEN.fullmatch(raw.folded)
    if match is None:
        return False
    others = "".join(one.folded for one in raws if one is not raw)
    return any(character not in others for character in match["words"])


_ALL_TAKEN = re.compile(
    r"(?:如|若|凡|但|对|对于|其中|仍|均|都|全部|全|未|没有|没|无|不|能|按|进行|有|存在|出现|发生|其他|其它|其余|情况|情形)*"
    r"(?P<words>[^,;。]{2,}?)(?:情况|情形|行为|现象|问题)?(?:的)?,?(?:则|均|一律|全部)?(?:不得分|不计分|不予计分|[得计记]零分)[。;]?"
)


def _vetoes_any(sentence: ast.Sentence | None) -> bool:
    match sentence:
        case ast.Rule(condition=ast.AnyOf(), outcome=ast.Award(points=points)):
            return points == 0
        case _:
            return False


_AWARDED = re.compile(r"\d|评为|等次|[支拨]付|扣|不予")


def _kind_of_award(raw: Raw) -> Kind:
    match raw.sentence:
        case ast.Equation():
            return Kind.DEFINITION
        case ast.Rule() | ast.Otherwise() | ast.Always():
            return Kind.RULE
        case _:
            if _is_note(raw) or raw.word_definition or not _AWARDED.search(raw.folded):
                return Kind.NOTE
            return Kind.UNREAD


def computes(piece: ast.Piece) -> bool:
    """Whether a sentence holds what only a computation holds: a comparison, a rate, a formula of its points."""
    signs = re.search(r"[<>≥≤=%‰]|不低于|不少于|不高于|不超过|大于|小于", key(piece.text))
    prose = piece.discretionary or piece.kind in (Kind.NOTE, Kind.DEFINITION)
    return piece.kind is Kind.UNREAD or (bool(signs) and not prose)


def _scores(raw: Raw) -> bool:
    """Whether a sentence after a title gives the points its title states."""
    if _is_note(raw) or raw.word_definition or _zero_award(raw.sentence):
        return False
    match raw.sentence:
        case ast.Rule(outcome=ast.Award(direct=True)) | ast.Equation() | ast.Basis():
            return False
        case None:
            zero_only = _SCOPE_ZERO.search(raw.folded) or re.search(r"[得计]0分|不得分", raw.folded)
            return bool(_DISCRETION.search(raw.folded) or (has_points(raw.folded) and not zero_only))
        case _:
            return True


def opens_note(folded: str) -> bool:
    """`注：`, `说明：`, `备注：`."""
    return bool(re.match(r"(注|说明|备注)\d*:", folded))


def _is_note(raw: Raw) -> bool:
    return raw.noted or opens_note(raw.folded)


def _zero_award(sentence: ast.Sentence | None) -> bool:
    match sentence:
        case ast.Rule(outcome=ast.Award(points=points, deducted=False)) if points == 0:
            return True
        case _:
            return False


def _kind(raw: Raw, later: bool, beside_judged: bool, cell_deducts: bool, cell_has_points: bool) -> Kind:
    folded = raw.folded
    if _is_note(raw):
        return Kind.NOTE
    if re.match(r"(本项|本指标|该项|该指标|本项指标)?(满分|分值|总分)(为|共|计)?\d+(\.\d+)?分$", folded):
        return Kind.NOTE
    if re.match(r"[^,。;]{1,40}?是指|以[^,。;]{1,12}为(标准|基准|目标|依据)$", folded):
        return Kind.DEFINITION
    if raw.sentence is None and _CONTAINS.fullmatch(folded):
        return Kind.DEFINITION
    if raw.sentence is not None and not isinstance(raw.sentence, ast.Statement):
        return _kind_of_sentence(raw.sentence, beside_judged)
    if raw.word_definition:
        return Kind.DEFINITION
    mark = raw.mark
    if mark is not None and later and _MARK.sub("", folded).strip("。;:,"):
        return Kind.TITLE
    if _SCOPE_ZERO.search(folded):
        return Kind.VETO
    if _EXEMPT.search(folded):
        return Kind.EXEMPTION
    if _CONDITION_FIRST.match(folded):
        return Kind.UNREAD
    if has_points(folded) and not deducts(folded) and cell_deducts and not _DISCRETION.search(folded):
        nothing = not _AWARD.search(folded) and mark is None and not re.search("满分", folded)
        counted = nothing and _NOUGHT.search(folded) and _COUNT_SAID.search(folded)
        return Kind.UNREAD if counted else Kind.BASELINE  # 有两条及以上…的不得分 restates no baseline
    if _DISCRETION.search(folded) and has_points(folded):
        return Kind.JUDGED
    if re.search("[得计]满分", folded) and not cell_deducts:
        return Kind.EXEMPTION
    if mark is not None or ((_AWARD.search(folded) or _NOUGHT.search(folded)) and not deducts(folded)):
        return Kind.JUDGED
    if _DISCRETION.search(folded) and "扣" in folded + "分" and cell_has_points and "分" in folded and _judges(folded):
        return Kind.JUDGED
    if (
        _DEDUCT.search(folded)
        or re.search("扣完|扣满|减完", folded)
        or (_SIGN.search(folded) and not _DISCRETION.search(folded))
    ):
        return Kind.UNREAD
    if not cell_has_points:
        return Kind.JUDGED
    if _COUNTED_AS.search(folded):
        return Kind.UNREAD
    if _BARE_POINTS.search(folded):
        return Kind.UNREAD
    return Kind.UNREAD if _SCORED.search(folded) and not re.search("分档计分", folded) else Kind.NOTE


def _judges(folded: str) -> bool:
    """酌情扣分, 酌情给分: a person decides points; 根据实际情况评分 of a whole cell does not."""
    return bool(re.search(r"(酌情|视情[节况]?|适当)(扣|给|加|减|计|评|得)", folded))


def _kind_of_sentence(sentence: ast.Sentence, beside_judged: bool) -> Kind:
    match sentence:
        case ast.Equation() | ast.Basis():
            return Kind.DEFINITION
        case ast.Rule(outcome=ast.Award(deducted=True)):
            return Kind.RULE
        case ast.Rule(outcome=ast.Capped()):
            return Kind.VETO
        case ast.Rule(outcome=ast.Award(points=points, scopes=scopes)) if points == 0 and (scopes or beside_judged):
            return Kind.VETO
        case ast.Rule(outcome=ast.Award(direct=True)) | ast.Rule(outcome=ast.NotApplicable()):
            return Kind.EXEMPTION
        case ast.Rule(outcome=ast.Award(points=None, scopes=(_, *_))):
            return Kind.EXEMPTION
        case ast.Rule(condition=ast.Bare(operand=ast.Name()), outcome=ast.Award(marked=True)):
            return Kind.TITLE
        case ast.Always():
            return Kind.RULE
        case _:
            return Kind.RULE


def _award(raw: Raw) -> Fraction | None:
    """The greatest 得N分, or N of 得分=…×N分."""
    formula = _formula_of(raw.sentence)
    if formula is not None:
        factor = points_factor(formula.body)
        return max((p for p in (factor, formula.most) if p is not None), default=None)
    if adjusts(raw.sentence):
        return None
    if (
        isinstance(raw.sentence, ast.Rule)
        and isinstance(raw.sentence.outcome, ast.Award)
        and raw.sentence.outcome.marked
    ):
        return raw.sentence.outcome.points
    found = [split_unit(text)[0] for text in _AWARD.findall(raw.folded)]
    if _NOUGHT.search(raw.folded):
        found.append(Fraction(0))
    return max(found, default=None)


def _formula_of(sentence: ast.Sentence | None) -> ast.ScoreFormula | None:
    match sentence:
        case ast.ScoreFormula():
            return sentence
        case ast.Rule(outcome=ast.ScoreFormula() as formula):
            return formula
        case _:
            return None


def points_factor(body: ast.Expression) -> Fraction | None:
    match body:
        case ast.Number(value=value, unit="分"):
            return value
        case ast.Operation(operator="*", left=left, right=right):
            return points_factor(right) or points_factor(left)
        case ast.Operation(operator="+", left=left, right=right):  # 到位率×2分+支出率×3分
            parts = points_factor(left), points_factor(right)
            return parts[0] + parts[1] if parts[0] is not None and parts[1] is not None else None
        case ast.Operation(operator="-", left=left, right=right) if points_factor(right) is not None:
            return points_factor(left)  # 10分-超期次数×0.5分
        case ast.Limited(body=inner):
            return points_factor(inner)
        case _:
            return None
