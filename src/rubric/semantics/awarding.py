"""An item that comes to a grade or to an amount of money → core.

Takes the sentences of such an item; gives the band table whose amounts are places among the grades, or money, with what
the indicator then is. No construct of the core is made for them: a grade is the number of grades below it, so 降一个等次 is
one less, 不得评为优秀 a lesser of two, and both are bands of their own that come before the ones they change; a payment is an
amount like any other. Never points.
"""

import re
from fractions import Fraction

import attrs

from rubric.core import program as core
from rubric.semantics import errors
from rubric.semantics.bands import steps_of
from rubric.semantics.gathered import Gathered
from rubric.semantics.given_grades import given_grade, states_of
from rubric.semantics.grade_rounding import as_rounded
from rubric.semantics.resolve import items_of, names_in
from rubric.semantics.thresholds import subject
from rubric.semantics.units import MONEY_SCALES, unit_of
from rubric.syntax import ast
from rubric.syntax.fold import key

Kind = ast.PieceKind
_HUNDRED = Fraction(100)


@attrs.frozen
class Awarded:
    """The rule, the grades from the worst to the best, the unit an amount is shown in."""

    rule: core.Rule
    grades: tuple[str, ...] = ()
    unit: core.Unit | None = None


@attrs.frozen
class _Step:
    """A band of grades while facts still move it: `place` counts the grades below."""

    condition: core.Condition
    place: int
    text: str


def awarded(g: Gathered) -> Awarded:
    """What the item comes to; a sentence that is not understood leaves it undecided."""
    pieces = [(item.path, piece) for item in items_of(g.indicator.cell) for piece in item.pieces]
    for _, piece in pieces:
        if piece.kind is Kind.UNREAD:
            found = errors.unread_rule(g.source, piece.span, piece.stop, g.indicator.name)
            g.found.append(found)
            return Awarded(core.Unresolved(piece.fault or found.code, span=piece.span))
        fault = g.typing.refused.get(piece.sentence.span) if piece.sentence is not None else None
        if fault is not None:
            if not fault:
                g.found.append(found := errors.unread_rule(g.source, piece.span, piece.stop, g.indicator.name))
                fault = found.code
            return Awarded(core.Unresolved(fault, span=piece.span))
    rules = [(path, piece) for path, piece in pieces if piece.kind is Kind.RULE]
    rules = sorted(rules, key=lambda rule: _narrow_first(rule[1].sentence))
    if not rules and g.indicator.yields is ast.Yields.GRADE:
        found = errors.no_standard(g.source, g.indicator.name_span, g.indicator.name, bool(pieces))
        g.found.append(found)
        return Awarded(core.Unresolved(found.code, span=g.indicator.name_span))
    return graded(g, rules) if g.indicator.yields is ast.Yields.GRADE else paid(g, rules, [p for _, p in pieces])


# --- grades -----------------------------------------------------------------------------------------------------------


def graded(g: Gathered, rules: list[tuple[str, ast.Piece]]) -> Awarded:
    measured = _measured(rules)
    names = grade_names(rules)
    given = _kept(g, rules, names) if measured is None and names else None
    names = list(given[1]) if given is not None else names
    first: list[_Step] = []
    bands: list[_Step] = []
    otherwise: list[_Step] = []
    moves: list[tuple[core.Condition, ast.Regraded, str]] = []
    places = _places(key(g.source.slice(g.indicator.cell.span)))
    place = min((piece.span for _, piece in rules), key=lambda span: span.start, default=g.indicator.cell.span)
    for path, piece in rules:
        lowering = g.lowering.at(path)
        match piece.sentence:
            case ast.Rule(condition=condition, outcome=ast.Graded(name=name), introduction=words):
                places = _places(words) if words else places  # what introduces the first band is said of all
                test = as_rounded(g, lowering.condition(condition), places, place)
                step = _Step(test, names.index(name), piece.text)
                (bands if measured is None or measured in subjects(condition) else first).append(step)
            case ast.Rule(condition=condition, outcome=ast.Regraded() as move):
                moves.append((lowering.condition(condition), move, piece.text))
            case ast.Otherwise(outcome=ast.Graded(name=name)):
                otherwise.append(_Step(core.Always(span=piece.span), names.index(name), piece.text))
            case _:
                found = errors.unread_rule(g.source, piece.span, piece.stop, g.indicator.name)
                g.found.append(found)
                return Awarded(core.Unresolved(found.code, span=piece.span))
    steps = [*first, *bands, *otherwise]
    if given is not None:
        steps += [_Step(test, place, given[0].name) for test, place in states_of(given[0], given[1])]
    if moves and not steps:
        given = given_grade(g, tuple(n for _, m, _ in moves for n in (m.above, m.below) if n))
        if given is not None:
            names = list(given[1])
            steps = [_Step(test, place, given[0].name) for test, place in states_of(given[0], given[1])]
    for condition, move, text in moves:
        ceiling = _ceiling(move, names)
        if ceiling is None:
            found = errors.unknown_grade(g.source, move.span, move.above or move.below, names, g.indicator.name)
            g.found.append(found)
            return Awarded(core.Unresolved(found.code, span=move.span))
        moved = [_Step(core.All((condition, s.condition)), _after(s.place, move, ceiling), text) for s in steps]
        steps = [*(m for m, s in zip(moved, steps, strict=True) if m.place != s.place), *steps]
    grades = [core.Constant(Fraction(i), core.Unit(n, core.Dimension.GRADE)) for i, n in enumerate(names)]
    table = tuple(core.Band(s.condition, grades[s.place], s.text, span=s.condition.span) for s in steps)
    return Awarded(core.BandTable(table, span=g.indicator.cell.span), tuple(names))


def _kept(
    g: Gathered, rules: list[tuple[str, ast.Piece]], names: list[str]
) -> tuple[ast.DatumLine, tuple[str, ...]] | None:
    """`发生重大事故的，直接评定为不合格`: the grade that is given otherwise, where no sentence says how it is found."""
    outcomes = [piece.sentence for _, piece in rules]
    if not all(isinstance(one, ast.Rule) and isinstance(one.condition, ast.Named | ast.Joined) for one in outcomes):
        return None
    moves = [m for one in outcomes if isinstance(one, ast.Rule) and isinstance(m := one.outcome, ast.Regraded)]
    found = given_grade(g, (*names, *(n for m in moves for n in (m.above, m.below) if n)))
    symbols = [g.lowering.scope.find(name.key, path) for path, piece in rules for name in names_in(piece.sentence)]
    asked = {symbol.declared.target for symbol in symbols if symbol is not None}
    return None if found is None or found[0].name in asked else found


def _ceiling(move: ast.Regraded, names: list[str]) -> int | None:
    """The best place that is left; None where a grade is named that no band gives."""
    if move.above:
        return names.index(move.above) if move.above in names else None
    if move.below:
        return names.index(move.below) - 1 if move.below in names else None
    return len(names) - 1 if move.lower else len(names) - 2


def _after(place: int, move: ast.Regraded, ceiling: int) -> int:
    return max(0, min(place - move.lower, ceiling))


_BEST_FIRST = re.compile(r"[优特]|A|一[等级]|五[星级]")
_WORST = re.compile(r"^(不|差|未|较差)")


def grade_names(rules: list[tuple[str, ast.Piece]]) -> list[str]:
    """The grades, the worst first: by the scores they need, else in the order in which they stand, the best first."""
    lows: dict[str, Fraction | None] = {}
    order: list[str] = []
    for _, piece in rules:
        match piece.sentence:
            case ast.Rule(condition=condition, outcome=ast.Graded(name=name)):
                low = _least(condition)
            case ast.Otherwise(outcome=ast.Graded(name=name)):
                low = None
            case _:
                continue
        if name not in order:
            order.append(name)
        known = lows.get(name)
        if low is not None and (known is None or low < known):
            lows[name] = low
        lows.setdefault(name, low)
    floor = min((low for low in lows.values() if low is not None), default=Fraction(0)) - 1

    def height(name: str) -> Fraction:
        low = lows[name]
        return floor if low is None else low

    if order and _WORST.match(order[0]) and len({height(n) for n in order}) == 1:
        return order
    worst_first = order[::-1]
    return sorted(worst_first, key=height)


def _narrow_first(sentence: ast.Sentence | None) -> tuple[int, Fraction]:
    """Of `低于85分的…；低于70分的…` the second holds within the first, and counts there; so too 以上 in any order."""
    match sentence:
        case ast.Rule(condition=ast.Comparison(operands=(_, ast.Number(value=value)), signs=(">=" | ">",))):
            return 1, -value
        case ast.Rule(condition=ast.Comparison(operands=(_, ast.Number(value=value)), signs=("<" | "<=",))):
            return 2, value
        case ast.Always():
            return 3, Fraction(0)
        case _:
            return 0, Fraction(0)


def _least(condition: ast.Condition) -> Fraction | None:
    """The number from which a condition holds; None where it holds however low the number."""
    match condition:
        case ast.Ranged(low=low):
            return low.value
        case ast.Comparison(operands=(ast.Number(value=low), _, _), signs=(">=" | ">", _)):
            return None if not isinstance(condition.operands[2], ast.Number) else condition.operands[2].value
        case ast.Comparison(operands=(ast.Number(value=low), _, _)):
            return low
        case ast.Comparison(operands=(_, ast.Number(value=value)), signs=(">=" | ">" | "=",)):
            return value
        case ast.Comparison(operands=(ast.Number(value=value), _), signs=("<=" | "<" | "=",)):
            return value
        case ast.Joined(parts=parts):
            return max((low for part in parts if (low := _least(part)) is not None), default=None)
        case _:
            return None


def subjects(condition: ast.Condition) -> tuple[ast.Expression, ...]:
    """What the tests of a condition measure."""
    match condition:
        case ast.Comparison():
            return (subject(condition),)
        case ast.Ranged(subject=found):
            return (found,)
        case ast.Joined(parts=parts):
            return tuple(found for part in parts for found in subjects(part))
        case _:
            return ()


def _measured(rules: list[tuple[str, ast.Piece]]) -> ast.Expression | None:
    """What most bands measure: the score."""
    found: list[ast.Expression] = []
    for _, piece in rules:
        if isinstance(piece.sentence, ast.Rule) and isinstance(piece.sentence.outcome, ast.Graded):
            found += subjects(piece.sentence.condition)
    return max(found, key=found.count, default=None)


def _places(introduction: str) -> int | None:
    """`综合得分四舍五入取整后确定等级：` — the grade goes by the rounded score."""
    match = re.search("保留([一两二12])位小数", introduction)
    if match:
        return 1 if match[1] in "一1" else 2
    return 0 if re.search("取整|保留整数|四舍五入", introduction) else None


# --- payments ---------------------------------------------------------------------------------------------------------


def paid(g: Gathered, rules: list[tuple[str, ast.Piece]], pieces: list[ast.Piece]) -> Awarded:
    bands: list[core.Band] = []
    otherwise: core.Expression | None = None
    threshold: ast.Comparison | None = None
    money: dict[str, core.Unit] = _money(g)
    graded: dict[str, core.Condition] = {}
    for path, piece in rules:
        match piece.sentence:
            case ast.Rule(condition=condition, outcome=ast.Payment() as payment, limits=limits):
                test = g.lowering.at(path).condition(condition)
                stated = condition if isinstance(condition, ast.Comparison) else threshold
                amount = payment_amount(g, payment, stated or threshold, limits, path, condition)
                if isinstance(condition, ast.Comparison) and threshold is None:
                    threshold = condition
            case ast.Rule(condition=condition, outcome=ast.Graded(name=name)):
                graded[name] = g.lowering.at(path).condition(condition)
                continue
            case ast.Always(outcome=ast.Payment() as payment, limits=limits):
                named = max((name for name in graded if payment.words.startswith(name)), key=len, default=None)
                test = core.Always(span=piece.span) if named is None else graded[named]
                amount = payment_amount(g, payment, threshold, limits, path, None)
            case ast.Otherwise(outcome=ast.Payment() as payment):
                otherwise = payment_amount(g, payment, threshold, ast.UNLIMITED, path, None)
                if otherwise is None:
                    return _without_money(g, piece)
                continue
            case _:
                found = errors.unread_rule(g.source, piece.span, piece.stop, g.indicator.name)
                g.found.append(found)
                return Awarded(core.Unresolved(found.code, span=piece.span))
        if amount is None:
            return _without_money(g, piece)
        bands.append(core.Band(test, amount, piece.text, span=piece.span))
    formula = _formula(g, pieces)
    if formula is not None and not bands:
        return Awarded(core.Formula(formula, span=formula.span), unit=_unit(g, money))
    if not bands and otherwise is None:
        found = errors.no_standard(g.source, g.indicator.name_span, g.indicator.name, bool(pieces))
        g.found.append(found)
        return Awarded(core.Unresolved(found.code, span=g.indicator.name_span))
    if otherwise is None and all(_cuts(piece.sentence) for _, piece in rules):
        otherwise = _base(g, "".join(piece.text for _, piece in rules))[
            0
        ]  # 低于90分的，每低1分扣减1%: else all is paid
    return Awarded(core.BandTable(tuple(bands), otherwise, span=g.indicator.cell.span), unit=_unit(g, money))


def _cuts(sentence: ast.Sentence | None) -> bool:
    match sentence:
        case ast.Rule(outcome=ast.Payment(cuts=True)):
            return True
        case ast.Rule(condition=ast.Comparison(signs=("<" | "<=",)), outcome=ast.Payment(share=share)):
            return share == 0  # 低于60分的，不予支付
        case _:
            return False


def _without_money(g: Gathered, piece: ast.Piece) -> Awarded:
    found = errors.no_money(g.source, piece.span, g.indicator.name)
    g.found.append(found)
    return Awarded(core.Unresolved(found.code, span=piece.span))


def _money(g: Gathered) -> dict[str, core.Unit]:
    """The data of this indicator that are amounts of money, with the unit of each."""
    found: dict[str, core.Unit] = {}
    for name, symbol in g.lowering.scope.symbols.items():
        if isinstance(symbol.node, ast.DatumLine) and symbol.node.unit.strip() in MONEY_SCALES:
            found[name] = unit_of(symbol.node.unit)
    return found


def _unit(g: Gathered, money: dict[str, core.Unit]) -> core.Unit:
    """The unit of the amount given; else the one the text pays in."""
    if money:
        return next(iter(money.values()))
    units: list[str] = []
    for item in items_of(g.indicator.cell):
        for piece in item.pieces:
            outcome = getattr(piece.sentence, "outcome", None)
            if isinstance(outcome, ast.Payment) and outcome.amount is not None:
                units.append(outcome.amount.unit)
    return unit_of(units[0] if units else "元")


def _base(g: Gathered, words: str) -> tuple[core.Expression | None, bool]:
    """The money that words speak of, or the only money there is; and whether there is any at all."""
    money = _money(g)
    named = sorted((name for name in money if name in words), key=len, reverse=True)
    targets = {g.lowering.scope.symbols[name].declared.target for name in money}
    chosen = named[0] if named else next(iter(money)) if len(targets) == 1 else None
    return (g.lowering.expression(ast.Name(chosen)) if chosen else None), bool(money)


def payment_amount(
    g: Gathered,
    payment: ast.Payment,
    threshold: ast.Comparison | None,
    limits: ast.Limits,
    path: str,
    condition: ast.Condition | None,
) -> core.Expression | None:
    """The amount paid; where no money is given, that of the cut itself; None where it takes money to say it."""
    base, given = _base(g, payment.words)
    if payment.share is not None and base is None and payment.share != 0:
        return None
    if given and base is None and payment.cuts:
        return None
    quantity = _quantity(g, payment, base)
    if payment.step is not None:
        beyond = _beyond(payment, threshold, condition)
        if beyond is None:
            return None
        steps = steps_of(g, beyond, payment.step, g.lowering.at(path), limits.partial)
        quantity = core.Arithmetic("*", quantity, steps, span=payment.span)
    if limits.most_paid is not None:
        most = _quantity(g, limits.most_paid, base)
        quantity = core.Extreme("min", (quantity, most), span=payment.span)
    if payment.cuts and base is not None:
        return core.Arithmetic("-", base, quantity, span=payment.span)
    return quantity


def _quantity(g: Gathered, payment: ast.Payment, base: core.Expression | None) -> core.Expression:
    if payment.amount is not None:
        return g.lowering.expression(payment.amount)
    share = core.Constant(Fraction(1) if payment.share is None else payment.share, unit_of("%"), span=payment.span)
    if payment.share is None:
        return _by_score(g, payment, base or share)
    if payment.share == 0 or base is None:
        return core.Constant(Fraction(0), unit_of("元"), span=payment.span)
    return base if payment.share == 1 else core.Arithmetic("*", base, share, span=payment.span)


def _by_score(g: Gathered, payment: ast.Payment, base: core.Expression) -> core.Expression:
    """base × score ÷ 100; a score that is a rate already is the share."""
    scores = [
        line for line in g.indicator.data if not line.states and not line.columns and line.unit not in MONEY_SCALES
    ]
    score = g.lowering.expression(ast.Name(key(scores[0].name)))
    share = score
    if scores[0].unit.strip() not in ("%", "％", "‰"):
        share = core.Arithmetic("/", score, core.Constant(_HUNDRED), span=payment.span)
    return core.Arithmetic("*", base, share, span=payment.span)


def _beyond(
    payment: ast.Payment, threshold: ast.Comparison | None, condition: ast.Condition | None
) -> ast.Condition | None:
    """What the steps are counted from: the number the sentence names as its start, else the threshold."""
    if payment.threshold is not None:
        measured = next(iter(subjects(condition)), None) if condition is not None else None
        measured = measured or (subject(threshold) if threshold is not None else None)
        step = payment.step
        if measured is None or step is None:
            return None
        return ast.Comparison((measured, payment.threshold), (">" if step.beyond else "<",), span=payment.span)
    return threshold


def _formula(g: Gathered, pieces: list[ast.Piece]) -> core.Expression | None:
    """`应付金额=服务费×得分÷100`: the last equation, which no other one uses."""
    equations = [p.sentence for p in pieces if isinstance(p.sentence, ast.Equation)]
    return g.lowering.expression(equations[-1].body) if equations else None
