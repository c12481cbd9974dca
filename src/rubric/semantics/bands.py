"""Alternatives → band tables.

Takes the scoring sentences of a level of which the first that fits counts; gives a core band table. A deduction by steps
beyond a threshold is a band whose points depend on the distance.
"""

from fractions import Fraction
from itertools import pairwise

from rubric.core import program as core
from rubric.semantics import cells, errors
from rubric.semantics.cells import Shape
from rubric.semantics.choices import step_choice
from rubric.semantics.ellipsis import subject
from rubric.semantics.expressions import Lowering
from rubric.semantics.gathered import Gathered
from rubric.semantics.judging import judgement, refusal
from rubric.source import Span
from rubric.syntax import ast

Kind = ast.PieceKind
BasisKind = ast.BasisKind


def band_table(g: Gathered, shape: Shape, points: Fraction) -> core.Rule:
    """Alternatives: the first whose condition holds. One that no rule decides makes the whole a judgement."""
    pieces = cells.pieces_of(shape)
    paths = {id(p): path for path, p in cells.paths_of(shape)}
    if any(p.kind is not Kind.RULE for p in pieces):
        if any(p.kind is Kind.RULE and p.sentence is not None for p in pieces):
            g.found.append(errors.mixed_alternatives(g.source, shape.item.span, points, g.indicator.name))
        return judgement(g, pieces, shape.path, points, shape.title, whole=not shape.path)
    for piece in pieces:
        refused = refusal(g, piece, pieces, shape.path, points, shape.title)
        if refused is not None:
            return refused
    if not all(is_band(p.sentence) for p in pieces):
        return unread(g, pieces, shape, points)
    return table(g, pieces, paths, points, shape)


def is_band(sentence: ast.Sentence | None) -> bool:
    """Whether a sentence gives points under a condition, as an alternative must."""
    match sentence:
        case ast.Rule(outcome=ast.Award(), limits=limits):
            return limits.most is None and limits.least is None
        case ast.Rule(outcome=ast.ScoreFormula()) | ast.ScoreFormula():
            return True
        case ast.Rule(outcome=ast.PerCount(event=event)):
            return event is not None
        case ast.Rule(condition=ast.Comparison(), outcome=ast.StepDeduction(adds=False, reference=None)):
            return True
        case ast.Otherwise(outcome=ast.Award() | ast.ScoreFormula()) | ast.Interpolate() | ast.Listed():
            return True
        case _:
            return False


def unread(g: Gathered, pieces: tuple[ast.Piece, ...], shape: Shape, points: Fraction) -> core.Rule:
    """Sentences that read one by one but do not go together: a finding, and a judgement for all of them."""
    for piece in pieces:
        if piece.kind is Kind.RULE and not is_band(piece.sentence):
            g.found.append(errors.unread_rule(g.source, piece.span, piece.stop, g.indicator.name))
    return judgement(g, pieces, shape.path, points, shape.title, whole=not shape.path)


def table(
    g: Gathered, pieces: tuple[ast.Piece, ...], paths: dict[int, str], points: Fraction, shape: Shape
) -> core.BandTable:
    """Bands in the order in which they are tried; `否则…` becomes what is given where none holds.

    A step whose condition the text leaves unsaid comes after every sentence that states one (`低于86%不得分` cuts the
    line off), a bare formula last. Where no sentence gives points outside a deduction (`低于80%的，每低…扣…`), full
    points are meant.
    """
    otherwise: core.Expression | None = None
    rules: list[ast.Piece] = []
    for piece in pieces:
        if isinstance(piece.sentence, ast.Otherwise):
            otherwise = amount_of(g, piece.sentence.outcome, paths[id(piece)], points, None, "")
        elif not isinstance(piece.sentence, ast.Interpolate):
            rules.append(piece)
    if any(isinstance(p.sentence, ast.Interpolate) for p in pieces):
        return interpolated(g, rules, paths, points, shape)
    bands = tuple(b for p in sorted(rules, key=_rank) for b in bands_of(g, p, paths[id(p)], points))
    if otherwise is None and not any(_awards(p.sentence) for p in rules):
        otherwise = core.Constant(points, span=shape.item.span)
    return core.BandTable(bands, otherwise, span=shape.item.span)


def interpolated(
    g: Gathered, rules: list[ast.Piece], paths: dict[int, str], points: Fraction, shape: Shape
) -> core.BandTable:
    """The bands as stated, and between their thresholds straight lines from each one's points to the next one's."""
    bands = [band(g, p, paths[id(p)], points) for p in rules]
    anchors: list[tuple[core.Expression, Fraction, core.Expression]] = []
    measured: core.Expression | None = None
    for piece, found in zip(rules, bands, strict=True):
        match piece.sentence:
            case ast.Rule(condition=ast.Comparison(operands=(_, _) as operands) as comparison):
                of = subject(comparison)
                lowering = g.lowering.at(paths[id(piece)])
                measured = measured or lowering.expression(of)
                other = next(o for o in operands if o is not of)
                end = lowering.expression(other)
                if isinstance(end, core.Constant):
                    anchors.append((end, end.value, found.amount))
            case _:
                pass
    anchors.sort(key=lambda anchor: anchor[1])
    if measured is not None:
        for (low, _, first), (high, _, second) in pairwise(anchors):
            bands.append(_line(measured, low, high, first, second, shape))
    return core.BandTable(tuple(bands), span=shape.item.span)


def _line(
    measured: core.Expression,
    low: core.Expression,
    high: core.Expression,
    first: core.Expression,
    second: core.Expression,
    shape: Shape,
) -> core.Band:
    """first + (x − low) ÷ (high − low) × (second − first), for x from low to high."""
    span = shape.item.span

    def less(left: core.Expression, right: core.Expression) -> core.Expression:
        return core.Arithmetic("-", left, right, span=span)

    share = core.Arithmetic("/", less(measured, low), less(high, low), span=span)
    amount = core.Arithmetic("+", first, core.Arithmetic("*", share, less(second, first), span=span), span=span)
    inside = core.All((core.Compare("<=", low, measured, span=span), core.Compare("<=", measured, high, span=span)))
    return core.Band(inside, amount, "中间值按内插法计算", span=span)


def _rank(piece: ast.Piece) -> int:
    match piece.sentence:
        case ast.Rule(implied=True):
            return 1
        case ast.ScoreFormula():
            return 2
        case _:
            return 0


def _awards(sentence: ast.Sentence | None) -> bool:
    match sentence:
        case ast.Rule(outcome=ast.Award(points=points)):
            return points != 0
        case ast.Rule(outcome=ast.ScoreFormula()) | ast.ScoreFormula() | ast.Listed():
            return True
        case _:
            return False


def bands_of(g: Gathered, piece: ast.Piece, path: str, base: Fraction) -> tuple[core.Band, ...]:
    """One band, or one for each value of a list (`依次得15分、12分、9分`)."""
    match piece.sentence:
        case ast.Listed(subject=measured, first=first, points=points):
            value = g.lowering.at(path).expression(measured)
            numbers = (core.Constant(Fraction(first + index), span=piece.span) for index in range(len(points)))
            tests = (core.Compare("=", value, number, span=piece.span) for number in numbers)
            amounts = (core.Constant(p, span=piece.span) for p in points)
            pairs = zip(tests, amounts, strict=True)
            return tuple(core.Band(test, amount, piece.text, span=piece.span) for test, amount in pairs)
        case _:
            return (band(g, piece, path, base),)


def band(g: Gathered, piece: ast.Piece, path: str, base: Fraction) -> core.Band:
    lowering = g.lowering.at(path)
    match piece.sentence:
        case ast.Rule(condition=condition, outcome=outcome):
            test = lowering.condition(condition)
        case ast.ScoreFormula() as outcome:
            test = core.Always(span=piece.span)
        case _:
            raise AssertionError(piece.text)
    stated = piece.sentence if isinstance(piece.sentence, ast.Rule) else None
    condition_of_step = stated.condition if stated else None
    amount = amount_of(g, outcome, path, base, condition_of_step, stated.limits.partial if stated else "")
    if stated is not None and isinstance(outcome, ast.StepDeduction) and stated.limits.most_of == "扣":
        assert stated.limits.most is not None
        least = core.Constant(base - stated.limits.most, span=piece.span)  # 每逾期一天扣0.1分，最多扣1分
        amount = core.Extreme("max", (amount, least), span=piece.span)
    return core.Band(test, amount, piece.text, span=piece.span)


def amount_of(
    g: Gathered, outcome: ast.Outcome, path: str, base: Fraction, condition: ast.Condition | None, partial: str
) -> core.Expression:
    """The points an outcome gives, of `base` full points."""
    match outcome:
        case ast.Award(points=points, share=share):
            value = base * share if share is not None else base if points is None else points
            return core.Constant(value, span=outcome.span)
        case ast.ScoreFormula():
            return formula_amount(g, outcome, path, base)
        case ast.StepDeduction():
            assert condition is not None
            return step_amount(g, condition, outcome, base, g.lowering.at(path), partial)
        case ast.PerCount(event=event) if event is not None:
            count = g.lowering.at(path).expression(event)
            rate = core.Constant(-outcome.points if outcome.adds else outcome.points, span=outcome.span)
            deducted = core.Arithmetic("*", rate, counted(count, outcome, outcome.span), span=outcome.span)
            return core.Arithmetic("-", core.Constant(base, span=outcome.span), deducted, span=outcome.span)
        case ast.PerCount() | ast.NotApplicable() | ast.Graded() | ast.Regraded() | ast.Payment():
            raise AssertionError(type(outcome))


def formula_amount(g: Gathered, formula: ast.ScoreFormula, path: str, base: Fraction) -> core.Expression:
    """The formula, rounded and bounded as the text says (`保留2位小数`, `最高8分`, `最低2分`)."""
    amount = g.lowering.at(path, base).expression(formula.body)
    if formula.places is not None:
        amount = core.Rounded(amount, formula.places, span=formula.span)
    beside = [p.sentence.most for p in g.items[path].pieces if isinstance(p.sentence, ast.Equation)]
    for most in (formula.most, *beside):
        if most is not None:
            amount = core.Extreme("min", (amount, core.Constant(most, span=formula.span)), span=formula.span)
    if formula.least is not None:
        amount = core.Extreme("max", (amount, core.Constant(formula.least, span=formula.span)), span=formula.span)
    return amount


def step_amount(
    g: Gathered,
    condition: ast.Condition,
    outcome: ast.StepDeduction,
    base: Fraction,
    lowering: Lowering,
    partial: str,
) -> core.Expression:
    """base − points × steps beyond the threshold."""
    steps = steps_of(g, condition, outcome, lowering, partial)
    rate = core.Constant(outcome.points, span=outcome.span)
    deducted = core.Arithmetic("*", rate, steps, span=outcome.span)
    return core.Arithmetic("-", core.Constant(base, span=outcome.span), deducted, span=outcome.span)


def counted(count: core.Expression, per: ast.PerCount, span: Span) -> core.Expression:
    """How often: once for each, or for every whole group (`每3处`)."""
    if per.group == 1:
        return count
    return core.Steps(count, core.Constant(Fraction(per.group)), core.StepMode.WHOLE, span=span)


def steps_of(
    g: Gathered, condition: ast.Condition, outcome: ast.StepDeduction, lowering: Lowering, partial: str
) -> core.Expression:
    """Steps beyond the threshold or the reference, by the reading of a part of a step."""
    distance = _distance(condition, outcome, lowering)
    step = lowering.expression(outcome.step)
    choice = step_choice(g, outcome, partial)
    options = tuple(core.Steps(distance, step, mode, span=outcome.span) for mode in core.StepMode)
    return core.ByReading(choice, options, span=outcome.span)


def _distance(condition: ast.Condition, outcome: ast.StepDeduction, lowering: Lowering) -> core.Expression:
    """How far beyond: the difference, or against a reference its share of it (`每高于基准价1%`)."""
    if outcome.timed and outcome.subject is not None:
        return lowering.expression(outcome.subject)
    assert isinstance(condition, ast.Comparison)
    measured = subject(condition)
    threshold = next(o for o in condition.operands if o is not measured)
    ends = (lowering.expression(measured), lowering.expression(threshold))
    beyond = outcome.beyond if outcome.beyond is not None else condition.signs[0] in (">", ">=")
    first, second = ends if beyond else ends[::-1]
    distance = core.Arithmetic("-", first, second, span=condition.span)
    if outcome.reference is None or outcome.step.unit != "%":
        return distance
    return core.Arithmetic("/", distance, lowering.expression(outcome.reference), span=condition.span)
