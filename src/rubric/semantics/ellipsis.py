"""Subjects left out, put back.

Takes an item's pieces; gives them with every `ast.Elided` replaced by the subject of the sentence before, as officials
mean it: `累计在预算总规模10%以内的，得1分；超出10%的，…` speaks both times of 累计 ÷ 预算总规模. A comparison of an amount with a
share of another (`X在Y10%以内`) becomes one of their ratio, so that all bands of a cell compare one quantity.
"""

from collections.abc import Iterator

import attrs

from rubric.semantics.resolve import Scope, Symbol
from rubric.semantics.units import MONEY_SCALES
from rubric.syntax import ast
from rubric.syntax.fold import key


def complete(item: ast.Item, scope: Scope, subject: ast.Expression | None = None) -> ast.Item:
    """The item and those below it, each piece with its subject."""
    pieces: list[ast.Piece] = []
    threshold: ast.Comparison | None = None
    before: ast.Condition | None = None
    for index, piece in enumerate(item.pieces):
        sentence = piece.sentence
        if isinstance(sentence, ast.CountDeduction):
            if isinstance(sentence.event, ast.Elided) and subject is not None:
                sentence = attrs.evolve(sentence, event=subject)
                piece = attrs.evolve(piece, sentence=sentence)
            subject = sentence.event
        if isinstance(sentence, ast.Listed):
            if isinstance(sentence.subject, ast.Elided) and subject is not None:
                sentence = attrs.evolve(sentence, subject=subject)
                piece = attrs.evolve(piece, sentence=sentence)
            subject = sentence.subject
        if isinstance(sentence, ast.Rule):
            stated = _stated_rate(sentence.condition, item.pieces[index + 1 :], scope, item.path)
            stated = _standard(stated, sentence.outcome)
            stated = _against_reference(stated, sentence.outcome, subject)
            stated = _beyond(stated, threshold)
            condition, subject = _completed(stated, scope, item.path, subject)
            if isinstance(condition, ast.Comparison) and threshold is None:
                threshold = condition
            if sentence.dependent and before is not None:
                condition = ast.Joined("and", (before, condition), span=condition.span)
            before = condition
            piece = attrs.evolve(piece, sentence=attrs.evolve(sentence, condition=condition))
        pieces.append(piece)
    below: list[ast.Item] = []
    for part in item.items:
        done = complete(part, scope, subject)
        subject = subject_of(done) or subject
        below.append(done)
    return attrs.evolve(item, pieces=tuple(pieces), items=tuple(below))


def _stated_rate(condition: ast.Condition, later: tuple[ast.Piece, ...], scope: Scope, path: str) -> ast.Condition:
    """`上线率100%计满分`: reaching it, or not exceeding it where the deduction that follows is for exceeding."""
    match condition:
        case ast.Bare(operand=ast.Stated(name=name, percent=percent)) if _is_rate(scope.find(name.key, path), scope):
            outcomes = [s.outcome for p in later if isinstance(s := p.sentence, ast.Rule)]
            steps = [o for o in outcomes if isinstance(o, ast.StepDeduction)]
            if not steps:
                return condition
            exceeding = any(o.beyond for o in steps)
            return ast.Comparison((name, percent), ("<=" if exceeding else ">=",), span=condition.span)
        case _:
            return condition


_OTHER_SIDE: dict[ast.Sign, ast.Sign] = {">=": "<", ">": "<=", "<=": ">", "<": ">="}


def _standard(condition: ast.Condition, outcome: ast.Outcome) -> ast.Condition:
    """`不少于4次，每少一次扣1分`: what must be, and a step for falling short: the deduction is for the other side."""
    match condition, outcome:
        case ast.Comparison(signs=(sign,)), ast.StepDeduction(beyond=beyond) if beyond is not None:
            if beyond == (sign in ("<=", "<")):
                return attrs.evolve(condition, signs=(_OTHER_SIDE[sign],)) if sign != "=" else condition
            return condition
        case _:
            return condition


def _against_reference(condition: ast.Condition, outcome: ast.Outcome, known: ast.Expression | None) -> ast.Condition:
    """`完成值每超过目标值4%`: a comparison with the reference; without a subject, that of the sentence before."""
    match outcome:
        case ast.StepDeduction(reference=reference, beyond=beyond) if reference is not None:
            measured = outcome.subject if outcome.subject is not None else known
            if measured is None:
                return condition
            return ast.Comparison((measured, reference), (">" if beyond else "<",), span=condition.span)
        case _:
            return condition


def _beyond(condition: ast.Condition, threshold: ast.Comparison | None) -> ast.Condition:
    """The condition of a step that leaves it unsaid: the other side of the threshold named first."""
    match condition:
        case ast.Implied(beyond=beyond) if threshold is not None:
            measured = subject(threshold)
            limits = [o for o in threshold.operands if o is not measured]
            limit = limits[-1] if beyond else limits[0]
            return ast.Comparison((measured, limit), (">" if beyond else "<",), span=condition.span)
        case _:
            return condition


def with_taken(indicator: ast.Indicator, item: ast.Item) -> ast.Item:
    """How the score is taken (`取平均值`), with the values it is taken of.

    They are those of the one datum of rows or periods, else all quantities of the cell. Where there are none, or where the
    cell scores otherwise too, the sentence is a remark.
    """
    values = usual_values(indicator)
    alone = not any(_scores_otherwise(p) for i in _items(item) for p in i.pieces)
    return _with_taken(item, values, alone)


def _with_taken(item: ast.Item, values: ast.Expression | None, alone: bool) -> ast.Item:
    pieces = tuple(_taken_piece(p, values, alone) for p in item.pieces)
    return attrs.evolve(item, pieces=pieces, items=tuple(_with_taken(i, values, alone) for i in item.items))


def _taken_piece(piece: ast.Piece, values: ast.Expression | None, alone: bool) -> ast.Piece:
    match piece.sentence:
        case ast.ScoreFormula(taken=True, body=ast.Aggregate(operand=ast.Elided()) as body) as formula:
            if values is None or not alone:
                return attrs.evolve(piece, kind=ast.PieceKind.NOTE, sentence=None)
            return attrs.evolve(piece, sentence=attrs.evolve(formula, body=attrs.evolve(body, operand=values)))
        case ast.Rule(outcome=ast.ScoreFormula(body=ast.Aggregate(operand=ast.Elided()) as body) as formula) as rule:
            if values is None:
                return piece
            filled = attrs.evolve(formula, body=attrs.evolve(body, operand=values))
            return attrs.evolve(piece, sentence=attrs.evolve(rule, outcome=filled))
        case _:
            return piece


def _scores_otherwise(piece: ast.Piece) -> bool:
    scoring = (ast.PieceKind.RULE, ast.PieceKind.JUDGED, ast.PieceKind.BASELINE, ast.PieceKind.UNREAD)
    taken = isinstance(piece.sentence, ast.ScoreFormula) and piece.sentence.taken
    return piece.kind in scoring and not taken


def _items(item: ast.Item) -> Iterator[ast.Item]:
    yield item
    for part in item.items:
        yield from _items(part)


def usual_values(indicator: ast.Indicator) -> ast.Expression | None:
    """What a score is taken of where the sentence does not say."""
    lists = [d for d in indicator.data if (d.columns and unit_columns(d) == 1) or d.parts]
    if len(lists) == 1:
        return ast.Name(key(lists[0].name), span=lists[0].span)
    single = [d for d in indicator.data if d.unit and not d.states and not d.parts and not d.columns]
    if lists or len(single) < 2:
        return None
    return ast.Several(tuple(ast.Name(key(d.name), span=d.span) for d in single), span=indicator.name_span)


def unit_columns(line: ast.DatumLine) -> int:
    """How many columns hold numbers."""
    return sum(len(inside) == 1 for _, inside in line.columns)


def usual_subject(indicator: ast.Indicator, scope: Scope) -> ast.Expression | None:
    """What a cell speaks of where it names nothing: the quantity named as the indicator, else its only quantity."""
    if scope.find(key(indicator.name)) is not None:
        return ast.Name(key(indicator.name), span=indicator.name_span)
    quantities = [d for d in indicator.data if d.unit and not d.states and not d.parts and not d.columns]
    if indicator.yields is ast.Yields.AMOUNT:  # the money is what is paid, the rest what is looked at
        quantities = [d for d in quantities if d.unit.strip() not in MONEY_SCALES]
    equations = [s for s in scope.symbols.values() if isinstance(s.node, ast.Equation)]
    if len(quantities) == 1 and not equations:
        return ast.Name(key(quantities[0].name), span=quantities[0].span)
    return None


def subject_of(item: ast.Item) -> ast.Expression | None:
    """What the first comparison of an item speaks of."""
    for piece in item.pieces:
        if isinstance(piece.sentence, ast.Rule):
            match piece.sentence.condition:
                case ast.Comparison() as comparison:
                    return subject(comparison)
                case ast.Ranged(subject=found):
                    return found
                case _:
                    pass
    return None


def subject(comparison: ast.Comparison) -> ast.Expression:
    """The middle of `a≤x<b`, else the side that is no number."""
    if len(comparison.operands) == 3:
        return comparison.operands[1]
    left, right = comparison.operands
    return right if isinstance(left, ast.Number) else left


def completed(condition: ast.Condition, scope: Scope) -> ast.Condition:
    """One condition by itself, with shares turned into ratios."""
    return _completed(condition, scope, "", None)[0]


def _completed(
    condition: ast.Condition, scope: Scope, path: str, known: ast.Expression | None
) -> tuple[ast.Condition, ast.Expression | None]:
    match condition:
        case ast.Comparison():
            comparison = _as_ratio(_filled(condition, known), scope, path)
            return comparison, subject(comparison)
        case ast.Ranged(subject=ast.Elided()) if known is not None:
            return attrs.evolve(condition, subject=known), known
        case ast.Ranged(subject=found):
            return condition, found
        case ast.Bare(operand=ast.Stated(name=name)):
            return condition, name
        case ast.Bare(operand=operand):
            return condition, operand
        case ast.Joined(parts=parts):
            done: list[ast.Condition] = []
            for part in parts:
                part, known = _completed(part, scope, path, known)
                done.append(part)
            return attrs.evolve(condition, parts=tuple(done)), known
        case _:
            return condition, known


def _filled(comparison: ast.Comparison, known: ast.Expression | None) -> ast.Comparison:
    if known is None:
        return comparison
    operands = tuple(known if isinstance(o, ast.Elided) else o for o in comparison.operands)
    return attrs.evolve(comparison, operands=operands)


def _as_ratio(comparison: ast.Comparison, scope: Scope, path: str) -> ast.Comparison:
    match comparison.operands:
        case (left, ast.Stated(name=name, percent=percent)) if not _is_rate(scope.find(name.key, path), scope):
            ratio = ast.Operation("/", left, name, span=left.span.to(name.span))
            return attrs.evolve(comparison, operands=(ratio, percent))
        case _:
            return comparison


def _is_rate(symbol: Symbol | None, scope: Scope) -> bool:
    """Whether `X 25%` states the rate X; else it is a share of the amount X."""
    match symbol.node if symbol else None:
        case ast.DatumLine(unit=unit):
            return unit.strip() in ("%", "％", "‰")
        case ast.BasisLine(options=(ast.Option(body=ast.Name() as name), *_)):
            return _is_rate(scope.find(name.key), scope)
        case _:
            return True
