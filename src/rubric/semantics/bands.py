"""Alternatives → band tables.

Takes the scoring sentences of a level of which the first that fits counts; gives a core band table. A deduction by steps
beyond a threshold is a band whose points depend on the distance.
"""

from fractions import Fraction
from itertools import pairwise

import attrs

from rubric.core import program as core
from rubric.semantics import cells, errors
from rubric.semantics.cells import Shape
from rubric.semantics.choices import percent_choice, step_choice
from rubric.semantics.expressions import Lowering
from rubric.semantics.gathered import Gathered
from rubric.semantics.judging import judgement, refusal
from rubric.semantics.order import inner_first
from rubric.semantics.thresholds import Threshold, threshold_of
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
    if len({_given(p.sentence.outcome) for p in pieces if isinstance(p.sentence, ast.Otherwise)}) > 1:
        return unread(g, pieces, shape, points, rests=True)  # 否则得1分 of one sentence, 否则不得分 of another
    return table(g, pieces, paths, points, shape)


def is_band(sentence: ast.Sentence | None) -> bool:
    """Whether a sentence gives points under a condition, as an alternative must."""
    match sentence:
        case ast.Rule(outcome=ast.Award()):
            return True
        case ast.Rule(outcome=ast.ScoreFormula()) | ast.ScoreFormula() | ast.Always(outcome=ast.Award()):
            return True
        case ast.Rule(outcome=ast.PerCount(event=event)):
            return event is not None
        case ast.Rule(condition=condition, outcome=ast.StepDeduction(adds=False, reference=None)):
            return threshold_of(condition) is not None
        case ast.Otherwise(outcome=ast.Award() | ast.ScoreFormula()) | ast.Interpolate() | ast.Listed():
            return True
        case _:
            return False


def _given(outcome: ast.Outcome) -> object:
    """What an outcome gives, by its points alone where it has any: 0分 and 不得分 are one."""
    return (outcome.points, outcome.share, outcome.deducted) if isinstance(outcome, ast.Award) else outcome


def unread(
    g: Gathered, pieces: tuple[ast.Piece, ...], shape: Shape, points: Fraction, rests: bool = False, said: bool = False
) -> core.Rule:
    """Sentences that read one by one but do not go together: a finding, and a judgement for all of them.

    `rests`: those for all others are at fault; `said`: any may be.
    """
    for piece in pieces:
        if piece.kind is Kind.RULE and (
            said or (isinstance(piece.sentence, ast.Otherwise) if rests else not is_band(piece.sentence))
        ):
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
    bounds = bounds_of(pieces)
    for piece in pieces:
        if isinstance(piece.sentence, ast.Otherwise):
            otherwise = amount_of(g, piece.sentence.outcome, paths[id(piece)], points, None, "")
        elif not isinstance(piece.sentence, ast.Interpolate):
            rules.append(piece)
    between = next((p.sentence for p in pieces if isinstance(p.sentence, ast.Interpolate)), None)
    if between is not None:
        return interpolated(g, rules, between, paths, points, shape, otherwise)
    ranked = (tuple(p for p in rules if _rank(p) == rank) for rank in range(3))
    each = (tuple(b for p in group for b in bands_of(g, p, paths[id(p)], points, bounds)) for group in ranked)
    bands = tuple(b for group in each for b in inner_first(group))
    if otherwise is None and not any(_awards(p.sentence) for p in rules):
        otherwise = core.Constant(points, span=shape.item.span)
    return core.BandTable(bands, otherwise, span=shape.item.span)


@attrs.frozen
class Anchor:
    """A threshold with what is given at it and below, and at it and above; the text may say only one."""

    end: core.Expression
    value: Fraction
    below: core.Expression | None
    above: core.Expression | None


def interpolated(
    g: Gathered,
    rules: list[ast.Piece],
    between: ast.Interpolate,
    paths: dict[int, str],
    points: Fraction,
    shape: Shape,
    otherwise: core.Expression | None = None,
) -> core.BandTable:
    """Between the thresholds straight lines from each one's points to the next one's; outside what the text says (其余不得分
    too), or flat, or nothing at all where the text leaves it open.

    Where the text names the ends (`85%-95%之间按插值法`) there is one line, and the other sentences are bands.
    """
    bands = [band(g, p, paths[id(p)], points) for p in rules]
    anchors: dict[Fraction, Anchor] = {}
    other: list[core.Band] = []
    measured: core.Expression | None = None
    for piece, found in zip(rules, bands, strict=True):
        limit = threshold_of(piece.sentence.condition) if isinstance(piece.sentence, ast.Rule) else None
        lowering = g.lowering.at(paths[id(piece)])
        stretch = () if limit is None else _ends(limit, lowering)
        if limit is None or not stretch:
            other.append(found)
            continue
        measured = measured or lowering.expression(limit.measured)
        for end, downwards, upwards in stretch:
            known = anchors.get(end.value, Anchor(end, end.value, None, None))
            below, above = found.amount if downwards else known.below, found.amount if upwards else known.above
            anchors[end.value] = attrs.evolve(known, below=below, above=above)
    ordered = [anchors[value] for value in sorted(anchors)]
    if measured is None or len(ordered) < 2:
        return core.BandTable(tuple(bands), span=shape.item.span)
    lowering = g.lowering
    ends = [lowering.expression(n) for n in (between.low, between.high) if n is not None]
    named = {end.value for end in ends if isinstance(end, core.Constant)}
    pairs = [pair for pair in pairwise(ordered) if not named or {pair[0].value, pair[1].value} == named]
    lines = [_line(measured, low, high, shape, last=high is ordered[-1]) for low, high in pairs]
    if named and len(pairs) + 1 < len(ordered):
        return core.BandTable((*lines, *inner_first(bands)), span=shape.item.span)
    ends_of_all = (
        _tail(measured, ordered[0], False, shape, otherwise),
        _tail(measured, ordered[-1], True, shape, otherwise),
    )
    tails = tuple(
        tail
        for tail, said in zip(ends_of_all, (ordered[0].below, ordered[-1].above), strict=True)
        if said is not None or otherwise is not None or not between.open
    )
    return core.BandTable((*other, *lines, *tails), span=shape.item.span)


def _ends(limit: Threshold, lowering: Lowering) -> tuple[tuple[core.Constant, bool, bool], ...]:
    """The ends of what a sentence speaks of, each with whether its points are given below it, and above it."""
    low, high = lowering.expression(limit.low), lowering.expression(limit.high)
    if not isinstance(low, core.Constant) or not isinstance(high, core.Constant):
        return ()
    if limit.low is not limit.high:  # 80%-90%得6分: flat from one end to the other
        return (low, False, True), (high, True, False)
    return ((low, limit.sign in ("<", "<=", "="), limit.sign in (">", ">=", "=")),)


def _tail(
    measured: core.Expression, anchor: Anchor, above: bool, shape: Shape, otherwise: core.Expression | None
) -> core.Band:
    """What is given beyond the last threshold."""
    span = shape.item.span
    amount = (anchor.above or otherwise or anchor.below) if above else (anchor.below or otherwise or anchor.above)
    assert amount is not None
    ends = (anchor.end, measured) if above else (measured, anchor.end)
    return core.Band(core.Compare("<", *ends, span=span), amount, "中间值按内插法计算", span=span)


def _line(measured: core.Expression, low: Anchor, high: Anchor, shape: Shape, *, last: bool) -> core.Band:
    """first + (x − low) ÷ (high − low) × (second − first), for x from low to high (which the next line begins with)."""
    span = shape.item.span
    first, second = low.above or low.below, high.below or high.above
    assert first is not None and second is not None

    def less(left: core.Expression, right: core.Expression) -> core.Expression:
        return core.Arithmetic("-", left, right, span=span)

    share = core.Arithmetic("/", less(measured, low.end), less(high.end, low.end), span=span)
    amount = core.Arithmetic("+", first, core.Arithmetic("*", share, less(second, first), span=span), span=span)
    ends = (
        core.Compare("<=", low.end, measured, span=span),
        core.Compare("<=" if last else "<", measured, high.end, span=span),
    )
    return core.Band(core.All(ends, span=span), amount, "中间值按内插法计算", span=span)


@attrs.frozen
class Bounds:
    """What the sentences of a table say together of how far its steps go: 最低得10分, 最多扣1.5分."""

    least: Fraction | None = None
    most_deducted: Fraction | None = None
    floor: bool = False


def bounds_of(pieces: tuple[ast.Piece, ...]) -> Bounds:
    limits = [p.sentence.limits for p in pieces if isinstance(p.sentence, ast.Rule)]
    least = next((limit.least for limit in limits if limit.least is not None), None)
    most = next((limit.most for limit in limits if limit.most is not None and limit.most_of == "扣"), None)
    return Bounds(least, most, any(limit.floor for limit in limits))


def _rank(piece: ast.Piece) -> int:
    match piece.sentence:
        case ast.Rule(implied=True):
            return 1
        case ast.ScoreFormula() | ast.Always():
            return 2
        case _:
            return 0


def _awards(sentence: ast.Sentence | None) -> bool:
    match sentence:
        case ast.Rule(outcome=ast.Award(points=points, deducted=deducted)):
            return points != 0 and not deducted
        case ast.Rule(outcome=ast.ScoreFormula()) | ast.ScoreFormula() | ast.Listed():
            return True
        case _:
            return False


def bands_of(g: Gathered, piece: ast.Piece, path: str, base: Fraction, bounds: Bounds) -> tuple[core.Band, ...]:
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
            return (band(g, piece, path, base, bounds),)


def band(g: Gathered, piece: ast.Piece, path: str, base: Fraction, bounds: Bounds = Bounds()) -> core.Band:
    lowering = g.lowering.at(path)
    match piece.sentence:
        case ast.Rule(condition=condition, outcome=outcome):
            test = lowering.condition(condition)
        case (ast.ScoreFormula() as outcome) | ast.Always(outcome=outcome):
            test = core.Always(span=piece.span)
        case _:
            raise AssertionError(piece.text)
    stated = piece.sentence if isinstance(piece.sentence, ast.Rule) else None
    condition_of_step = stated.condition if stated else None
    amount = amount_of(g, outcome, path, base, condition_of_step, stated.limits.partial if stated else "")
    if isinstance(outcome, ast.StepDeduction):
        amount = _within_bounds(amount, base, bounds)
    return core.Band(test, amount, piece.text, bounds.floor, span=piece.span)


def _within_bounds(amount: core.Expression, base: Fraction, bounds: Bounds) -> core.Expression:
    """Not below 最低得…, nor more than 最多扣… below the base."""
    for low in (bounds.least, None if bounds.most_deducted is None else base - bounds.most_deducted):
        if low is not None:
            amount = core.Extreme("max", (amount, core.Constant(low, span=amount.span)), span=amount.span)
    return amount


def amount_of(
    g: Gathered, outcome: ast.Outcome, path: str, base: Fraction, condition: ast.Condition | None, partial: str
) -> core.Expression:
    """The points an outcome gives, of `base` full points."""
    match outcome:
        case ast.Award(points=points, share=share, deducted=True):
            taken = base * share if share is not None else points or Fraction(0)
            return core.Constant(base - taken, span=outcome.span)
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
        case (
            ast.PerCount()
            | ast.NotApplicable()
            | ast.Graded()
            | ast.Regraded()
            | ast.Proportion()
            | ast.Payment()
            | ast.Adjustment()
            | ast.Doubled()
            | ast.Capped()
        ):
            raise AssertionError(type(outcome))


def formula_amount(g: Gathered, formula: ast.ScoreFormula, path: str, base: Fraction) -> core.Expression:
    """The formula, rounded and bounded as the text says (`保留2位小数`, `最高8分`, `最低2分`)."""
    amount = g.lowering.at(path, base).expression(formula.body)
    if formula.places is not None:
        amount = core.Rounded(amount, formula.places, span=formula.span)
    beside = [p.sentence.most for p in g.items[path].pieces if isinstance(p.sentence, ast.Equation)]
    share = None if formula.most_share is None else formula.most_share * base
    for most in (formula.most, share, *beside):
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
    rate = core.Constant(points_of_step(outcome, base), span=outcome.span)
    deducted = core.Arithmetic("*", rate, steps, span=outcome.span)
    start = core.Constant(base if outcome.base is None else outcome.base, span=outcome.span)
    return core.Arithmetic("-", start, deducted, span=outcome.span)


def points_of_step(outcome: ast.StepDeduction, base: Fraction) -> Fraction:
    """The points of one step; `扣分值的5%` is a share of full points."""
    return outcome.points if outcome.share is None else outcome.share * base


def counted(count: core.Expression, per: ast.PerCount, span: Span) -> core.Expression:
    """How often: once for each, or for every whole group (`每3处`)."""
    if per.group == 1:
        return count
    return core.Steps(count, core.Constant(Fraction(per.group)), core.StepMode.WHOLE, span=span)


def steps_of(
    g: Gathered,
    condition: ast.Condition,
    outcome: ast.StepDeduction,
    lowering: Lowering,
    partial: str,
    margin: core.Expression | None = None,
) -> core.Expression:
    """Steps beyond the threshold or the reference, or in the `margin` that counts, by the reading of a part of a step."""
    distance = margin if margin is not None else _distance(g, condition, outcome, lowering)
    step = lowering.expression(outcome.step)
    choice = step_choice(g, outcome, partial)
    modes = tuple(core.StepMode)[: len(g.choices[choice].alternatives)]
    options = tuple(core.Steps(distance, step, mode, span=outcome.span) for mode in modes)
    return core.ByReading(choice, options, span=outcome.span)


def _distance(g: Gathered, condition: ast.Condition, outcome: ast.StepDeduction, lowering: Lowering) -> core.Expression:
    """How far beyond: the difference, or its share of what it is measured against (`每高于基准价1%`, 收入`每低5%`)."""
    if outcome.timed and outcome.subject is not None:
        return lowering.expression(outcome.subject)
    threshold = threshold_of(condition)
    assert threshold is not None
    if threshold.sign in ("<", "<=") and outcome.beyond is None and not outcome.off:
        # 5%以内的，每1%扣0.2分: from nothing on
        measured = lowering.expression(threshold.measured)
        choice = percent_choice(g, outcome, threshold.high)
        if choice is None:
            return measured
        share = core.Arithmetic("/", measured, lowering.expression(threshold.high), span=condition.span)
        return core.ByReading(choice, (measured, share), span=condition.span)
    beyond = threshold.sign in (">", ">=")
    if threshold.sign in ("=", None):
        beyond = outcome.beyond is not False
    # Steps inside a range (`0＜超支率≤10%的，每超支1%扣…`) begin where it begins.
    limit = threshold.low if beyond == (threshold.low is not threshold.high) else threshold.high
    ends = (lowering.expression(threshold.measured), lowering.expression(limit))
    first, second = ends if beyond else ends[::-1]
    distance = core.Arithmetic("-", first, second, span=condition.span)
    whole = outcome.reference if outcome.reference is not None else _whole_of(threshold.measured, limit)
    of = g.typing.of(whole)
    rate = g.typing.of(threshold.measured)
    if isinstance(whole, ast.Number) and rate is not None and rate.dimension is core.Dimension.RATE:
        of = rate  # 变动率＞0的，每超过1%: the number 0 is one of the rate
    amounts = (core.Dimension.MONEY, core.Dimension.COUNT)
    of_amount = outcome.step.unit == "百分点" and of is not None and of.dimension in amounts
    if (outcome.step.unit not in ("%", "‰") and not of_amount) or of is None or of.dimension is core.Dimension.RATE:
        choice = percent_choice(g, outcome, limit)
        if choice is None:
            return distance
        share = core.Arithmetic("/", distance, lowering.expression(limit), span=condition.span)
        return core.ByReading(choice, (distance, share), span=condition.span)
    return core.Arithmetic("/", distance, lowering.expression(whole), span=condition.span)


def _whole_of(measured: ast.Expression, limit: ast.Expression) -> ast.Expression:
    """What a step in % is a share of: the threshold; of a distance (`每相差`) what the distance is from."""
    match measured:
        case ast.Absolute(operand=ast.Operation(operator="-", right=right)):
            return right
        case _:
            return limit


def margin_of(condition: ast.Condition, upwards: bool, lowering: Lowering) -> core.Expression | None:
    """How much of what is measured lies in the range of a condition (`1%~3%的部分`), counted from where it begins."""
    threshold = threshold_of(condition)
    if threshold is None:
        return None
    measured = lowering.expression(threshold.measured)
    low, high = lowering.expression(threshold.low), lowering.expression(threshold.high)
    span = condition.span
    if threshold.low is threshold.high and upwards and threshold.sign in ("<", "<="):
        return core.Extreme("min", (measured, high), span=span)  # 5%以内的部分: from nothing on
    if threshold.low is threshold.high:
        ends = (measured, low) if upwards else (low, measured)
    elif upwards:
        ends = (core.Extreme("min", (measured, high), span=span), low)
    else:
        ends = (high, core.Extreme("max", (measured, low), span=span))
    return core.Arithmetic("-", *ends, span=span)
