"""Subjects left out, put back.

Takes an item's pieces; gives them with every `ast.Elided` replaced by the subject of the sentence before, as officials
mean it: `累计在预算总规模10%以内的，得1分；超出10%的，…` speaks both times of 累计 ÷ 预算总规模. A comparison of an amount with a
share of another (`X在Y10%以内`) becomes one of their ratio, so that all bands of a cell compare one quantity.
"""

import re
from collections.abc import Iterator
from fractions import Fraction
from typing import TypeVar, cast

import attrs

from rubric.semantics.closings import closed
from rubric.semantics.count_rates import counted_from_standard, multiplied
from rubric.semantics.resolve import Scope, Symbol, names_in
from rubric.semantics.standards import Known, based, shown, with_standard
from rubric.semantics.thresholds import Threshold, step_from, subject, threshold_of
from rubric.semantics.units import MONEY_SCALES
from rubric.source import SourceText, Span
from rubric.syntax import ast
from rubric.syntax.fold import key
from rubric.syntax.names import number_columns
from rubric.syntax.subjects import filled


def complete(source: SourceText, item: ast.Item, scope: Scope, subject: ast.Expression | None = None) -> ast.Item:
    """The item and those below it, each piece with its subject."""
    return _complete(source, item, scope, Known(subject), subject)


def _complete(source: SourceText, item: ast.Item, scope: Scope, known: Known, usual: ast.Expression | None) -> ast.Item:
    """`usual` is what the cell speaks of where it names nothing."""
    item = attrs.evolve(item, pieces=closed(item.pieces))
    pieces: list[ast.Piece] = []
    threshold: Threshold | None = None
    standard: ast.Number | None = None
    before: ast.Condition | None = None
    against: ast.Expression | None = None
    founded: ast.Condition | None = None
    rate: ast.PerCount | None = None
    for index, piece in enumerate(item.pieces):
        if isinstance(piece.sentence, ast.Basis):
            standard, threshold, known = based(piece.sentence.standing, known)
        subject = known.subject
        sentence = counted_from_standard(piece.sentence, threshold, subject)
        if sentence is not piece.sentence:
            piece = attrs.evolve(piece, sentence=sentence)
        if isinstance(sentence, ast.ScoreFormula):
            known = _of_formula(sentence, known)
        if isinstance(sentence, ast.CountDeduction):
            spoken_of = usual if sentence.deduction.own else subject
            if isinstance(sentence.event, ast.Elided) and spoken_of is not None:
                sentence = attrs.evolve(sentence, event=spoken_of)
            if isinstance(sentence.event, ast.Elided) and sentence.deduction.own:
                # It says what is counted (每流失一个项目), in words that no line ties to a datum.
                pieces.append(attrs.evolve(piece, kind=ast.PieceKind.UNREAD, sentence=None, stop=sentence.span))
                continue
            rate = multiplied(sentence.deduction, rate)
            sentence = attrs.evolve(sentence, deduction=rate)
            piece = attrs.evolve(piece, sentence=sentence)
            known = attrs.evolve(known, subject=sentence.event)
        if isinstance(sentence, ast.Listed):
            if isinstance(sentence.subject, ast.Elided) and subject is not None:
                sentence = attrs.evolve(sentence, subject=subject)
                piece = attrs.evolve(piece, sentence=sentence)
            known = attrs.evolve(known, subject=sentence.subject)
        if isinstance(sentence, ast.Rule):
            against = _against_peers(sentence.condition) or against
            if against is not None:
                sentence = attrs.evolve(sentence, condition=_of_peers(sentence.condition, against))
            stated = with_standard(sentence.condition, standard)
            stated = shown(stated, known)
            stated = _stated_rate(stated, item.pieces[index + 1 :], scope, item.path)
            stated = _standard(stated, sentence.outcome)
            stated = _against_reference(stated, sentence.outcome, subject)
            stated = _beyond(stated, sentence.outcome, threshold)
            condition, known = _completed(stated, scope, item.path, known)
            if threshold is None:
                threshold = threshold_of(condition)
            if sentence.dependent and before is not None:
                founded = before
            elif founded is not None and not _again(source, sentence):
                founded = None
            if founded is not None:
                condition = ast.Joined("and", (founded, condition), span=condition.span)
            before = condition
            outcome = _proportional(sentence.outcome, threshold, known.subject or subject_of(item))
            if isinstance(outcome, ast.PerCount):
                outcome = rate = multiplied(outcome, rate)
            elif isinstance(outcome, ast.Adjustment):
                rate = ast.PerCount(1, "", outcome.points, outcome.adds, span=outcome.span)
            piece = attrs.evolve(piece, sentence=attrs.evolve(sentence, condition=condition, outcome=outcome))
        if isinstance(sentence, ast.Otherwise):
            outcome = _proportional(sentence.outcome, threshold, known.subject or subject_of(item))
            piece = attrs.evolve(piece, sentence=attrs.evolve(sentence, outcome=outcome))
        pieces.append(piece)
    below: list[ast.Item] = []
    for part in item.items:
        done = _complete(source, part, scope, known, usual)
        known = attrs.evolve(known, subject=subject_of(done) or known.subject)
        below.append(done)
    return attrs.evolve(item, pieces=tuple(pieces), items=tuple(below))


def _against_peers(condition: ast.Condition) -> ast.Expression | None:
    """How many there are, where a rank is compared with a share of them."""
    match condition:
        case ast.Comparison(
            operands=(_, ast.Operation(operator="*", left=ast.Name() as peers, right=ast.Number(unit="%")))
        ):
            return peers
        case _:
            return None


def _of_peers(condition: ast.Condition, peers: ast.Expression) -> ast.Condition:
    """`前30%的…，30%-60%的…`: the second is a share of the same number."""

    def share(number: ast.Number) -> ast.Expression:
        return ast.Operation("*", peers, number, span=number.span)

    match condition:
        case ast.Ranged(subject=ast.Elided() as rank, low=ast.Number(unit="%") as low, high=high):
            above = ast.Comparison((rank, share(low)), (">",), span=condition.span)
            below = ast.Comparison((rank, share(high)), ("<=",), span=condition.span)
            return ast.Joined("and", (above, below), span=condition.span)
        case _:
            return condition


def _again(source: SourceText, sentence: ast.Rule) -> bool:
    """`…，再得1分`: on the same ground as the sentence before."""
    return "再得" in key(source.slice(sentence.span))


def _of_formula(formula: ast.ScoreFormula, known: Known) -> Known:
    """`按实际值与目标值的比例计分，超过目标值的得满分`: what is over the line is what later sentences speak of."""
    match formula.body:
        case ast.Operation(operator="*", left=ast.Operation(operator="/", left=ast.Name() as part, right=whole)):
            return attrs.evolve(known, subject=part, reference=whole if isinstance(whole, ast.Name) else None)
        case _:
            return known


def _stated_rate(condition: ast.Condition, later: tuple[ast.Piece, ...], scope: Scope, path: str) -> ast.Condition:
    """`上线率100%计满分`: reaching it, or not exceeding it where the deduction that follows is for exceeding.

    It is that value itself where what follows goes both ways from it (每相差, 每升…每降, 中间值按内插法).
    """
    match condition:
        case ast.Bare(operand=ast.Stated(name=name, percent=number)):
            rate = number.unit in ("%", "‰")
            if rate and not _is_rate(scope.find(name.key, path), scope):
                return condition
            steps = [s.outcome for p in later if isinstance(s := p.sentence, ast.Rule)]
            ways = {(o.beyond, o.off) for o in steps if isinstance(o, ast.StepDeduction)}
            both = any(off for _, off in ways) or {True, False} <= {beyond for beyond, _ in ways}
            if any(isinstance(p.sentence, ast.Interpolate) for p in later) or both:
                return ast.Comparison((name, number), ("=",), span=condition.span)
            if not ways and rate:
                return condition
            exceeding = any(beyond for beyond, _ in ways)
            return ast.Comparison((name, number), ("<=" if exceeding else ">=",), span=condition.span)
        case _:
            return condition


def _proportional(outcome: ast.Outcome, threshold: Threshold | None, subject: ast.Expression | None) -> ast.Outcome:
    """`未达到的按比例得分`: what is measured over what was to be reached; `按比例扣分` takes the share that is lacking."""
    match outcome:
        case ast.Proportion(ratio=None, deducts=False, span=span) if threshold is None and subject is not None:
            body = ast.Operation("*", subject, ast.Name("分值", span=span), span=span)
            return ast.ScoreFormula("得分", body, span=span)
        case ast.Proportion(ratio=None, deducts=deducts, span=span) if threshold is not None:
            ratio = ast.Operation("/", threshold.measured, threshold.low, span=span)
            if threshold.sign in ("<=", "<"):
                ratio = ast.Operation("/", threshold.high, threshold.measured, span=span)
                if deducts:  # what goes beyond, as a share of what was allowed
                    more = ast.Operation("-", threshold.measured, threshold.high, span=span)
                    ratio = ast.Operation("/", more, threshold.high, span=span)
                    ratio = ast.Operation("-", ast.Number(Fraction(1), span=span), ratio, span=span)
            body = ast.Operation("*", ratio, ast.Name("分值", span=span), span=span)
            return ast.ScoreFormula("得分", body, span=span)
        case _:
            return outcome


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
            return step_from(Threshold(measured, reference, reference), beyond, condition.span)
        case _:
            return condition


def _beyond(condition: ast.Condition, outcome: ast.Outcome, threshold: Threshold | None) -> ast.Condition:
    """The condition of a step that leaves it unsaid: the other side of the threshold named first."""
    match condition, outcome:
        case ast.Implied(beyond=beyond), ast.StepDeduction(words=words) if threshold is not None:
            if "每差" in words and threshold.sign in ("<=", "<"):
                beyond = True  # short of a standard that is a ceiling
            return step_from(threshold, beyond, condition.span)
        case _:
            return condition


def with_taken(indicator: ast.Indicator, item: ast.Item) -> ast.Item:
    """How the score is taken (`取平均值`), with the values it is taken of.

    They are those of the one datum of rows or periods, else all quantities of the cell. Where there are none, or where the
    cell scores otherwise too, the sentence is a remark.
    """
    values = usual_values(indicator)
    item = _with_peers(item, peers_of(indicator))
    item = _with_score(item)
    alone = not any(_scores_otherwise(p) for i in _items(item) for p in i.pieces)
    return _with_taken(item, values, alone)


_SCORE = re.compile(r".*(分|分数|成绩|总评|结果)|[A-Z]")


def _with_score(item: ast.Item) -> ast.Item:
    """A cell of definitions alone: the one that no other uses, and whose name speaks of a score, gives the points."""
    pieces = [p for i in _items(item) for p in i.pieces]
    equations = [p.sentence for p in pieces if isinstance(p.sentence, ast.Equation)]
    others = [p for p in pieces if p.kind not in (ast.PieceKind.DEFINITION, ast.PieceKind.NOTE)]
    used = {name.key for e in equations for name in names_in(e.body)}
    last = [e for e in equations if e.name.key not in used]
    if others or len(last) != 1 or not _SCORE.fullmatch(last[0].name.key):
        return item
    return _scored(item, last[0])


def _scored(item: ast.Item, score: ast.Equation) -> ast.Item:
    pieces = tuple(_scored_piece(p, score) for p in item.pieces)
    return attrs.evolve(item, pieces=pieces, items=tuple(_scored(i, score) for i in item.items))


def _scored_piece(piece: ast.Piece, score: ast.Equation) -> ast.Piece:
    if piece.sentence is not score:
        return piece
    formula = ast.ScoreFormula(score.name.key, score.body, most=score.most, span=score.span)
    return attrs.evolve(piece, kind=ast.PieceKind.RULE, sentence=formula)


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


_HOW_MANY = re.compile(r".*(总数|个数|家数|单位数|数量|总个数|总家数|单位总数|参评.*数)$")


@attrs.frozen
class PeerData:
    """What of an indicator's data speaks of all units: how many there are, the best values, the own value; all values by rows."""

    count: ast.Expression | None
    best: dict[str, ast.Expression]
    own: ast.Expression | None
    rows: ast.Expression | None

    def of_rows(self, words: str) -> ast.Expression | None:
        """`最高值` beside the values of all units."""
        which: ast.Which = "mean" if "平均" in words else "max" if _GREATEST.match(words) else "min"
        return ast.Aggregate(which, self.rows, span=self.rows.span) if self.rows is not None else None


# Words in a formula that mean a value of all units, where a list gives them all.
_ALL_VALUES = re.compile(
    r"(?:各|全[市省区县]|所有|参评)*(?:单位|地区|部门|县区|区县|项目)?(?:中的?)?(?P<which>最[高低大小多少优]|平均)(?:值|分|数|得分|水平)?"
)
_GREATEST = re.compile("最高|最多|最大|最优|最好|标杆")
_LEAST = re.compile("最低|最少|最小|最短|最快")
_OTHERS = re.compile("平均|上年|去年|目标|基准|标准|总数|个数")


def peers_of(indicator: ast.Indicator) -> PeerData:
    single = [d for d in indicator.data if d.unit and not d.states and not d.columns and not d.parts]
    lists = [d for d in indicator.data if unit_columns(d) == 1]

    def only(found: list[ast.DatumLine]) -> ast.Expression | None:
        return ast.Name(key(found[0].name), span=found[0].span) if len(found) == 1 else None

    best: dict[str, ast.Expression] = {}
    for which, words in (("max", _GREATEST), ("min", _LEAST)):
        stated = only([d for d in single if words.search(d.name)])
        of_rows = only(lists)
        if stated is not None:
            best[which] = stated
        elif of_rows is not None:
            best[which] = ast.Aggregate("max" if which == "max" else "min", of_rows, span=of_rows.span)
    spoken = (_GREATEST, _LEAST, _OTHERS)
    own = only([d for d in single if not any(words.search(d.name) for words in spoken)])
    return PeerData(only([d for d in single if _HOW_MANY.match(key(d.name))]), best, own, only(lists))


_Tree = TypeVar("_Tree")


def _with_peers(node: _Tree, peers: PeerData) -> _Tree:
    """`node` with the data in the place of what speaks of all units without naming it."""
    known = peers.count if isinstance(node, ast.Peers) else peers.own if isinstance(node, ast.Own) else None
    known = peers.best.get(node.which) if isinstance(node, ast.Best) else known
    if isinstance(node, ast.Name) and not node.declared and (match := _ALL_VALUES.fullmatch(node.key)):
        known = peers.of_rows(match["which"])
    if known is not None:
        return cast("_Tree", known)
    if isinstance(node, tuple):
        members = cast("tuple[object, ...]", node)
        return cast("_Tree", tuple(_with_peers(member, peers) for member in members))
    if not attrs.has(type(node)) or isinstance(node, Span):
        return node
    changed: dict[str, object] = {}
    for field in attrs.fields(type(node)):
        before = getattr(node, field.name)
        after = _with_peers(before, peers)
        if after is not before and after != before:
            changed[field.name] = after
    return attrs.evolve(node, **changed) if changed else node  # pyright: ignore[reportArgumentType, reportCallIssue]


def unit_columns(line: ast.DatumLine) -> int:
    """How many columns hold numbers."""
    return len(number_columns(line))


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
    return peers_of(indicator).own if not equations else None


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


def completed(condition: ast.Condition, scope: Scope) -> ast.Condition:
    """One condition by itself, with shares turned into ratios."""
    return _completed(condition, scope, "", Known())[0]


def _completed(condition: ast.Condition, scope: Scope, path: str, known: Known) -> tuple[ast.Condition, Known]:
    if known.subject is not None:
        condition = filled(condition, known.subject)
    match condition:
        case ast.Comparison():
            comparison = _as_ratio(condition, scope, path)
            return comparison, _after(comparison, known)
        case ast.Gap():
            return _gap(condition, scope, path, known)
        case ast.Ranged(subject=found):
            return condition, attrs.evolve(known, subject=found)
        case ast.Bare(operand=ast.Stated(name=name)):
            return condition, attrs.evolve(known, subject=name)
        case ast.Bare(operand=operand):
            return condition, attrs.evolve(known, subject=operand)
        case ast.Joined(parts=parts):
            done: list[ast.Condition] = []
            for part in parts:
                part, known = _completed(part, scope, path, known)
                done.append(part)
            return attrs.evolve(condition, parts=tuple(done)), known
        case _:
            return condition, known


def _after(comparison: ast.Comparison, known: Known) -> Known:
    """What is known after a comparison; a quantity it compares with is what later gaps are measured against."""
    measured = subject(comparison)
    others = [o for o in comparison.operands if o is not measured and isinstance(o, ast.Name)]
    if not others:
        return attrs.evolve(known, subject=measured)
    return Known(measured, others[0], comparison.signs[0] in (">", ">="))


def _gap(gap: ast.Gap, scope: Scope, path: str, known: Known) -> tuple[ast.Condition, Known]:
    """`低于平均值3个百分点以内` as two comparisons; where nothing is known to measure against, the subject is a gap itself."""
    reference = gap.reference if gap.reference is not None else known.reference
    beyond = gap.beyond if gap.beyond is not None else known.beyond
    sign: ast.Sign = ("<=" if gap.inclusive else "<") if gap.near else (">=" if gap.inclusive else ">")
    if reference is None:
        return ast.Comparison((gap.subject, gap.margin), (sign,), span=gap.span), known
    ends = (gap.subject, reference) if beyond else (reference, gap.subject)
    distance: ast.Expression = ast.Operation("-", *ends, span=gap.span)
    measured = reference if isinstance(reference, ast.Name) else gap.subject
    rate = isinstance(measured, ast.Name) and _is_rate(scope.find(measured.key, path), scope)
    if gap.margin.unit in ("%", "‰") and not rate:
        distance = ast.Operation("/", distance, reference, span=gap.span)
    tests: tuple[ast.Condition, ...] = (ast.Comparison((distance, gap.margin), (sign,), span=gap.span),)
    if gap.near:
        side = ast.Comparison((gap.subject, reference), (">" if beyond else "<",), span=gap.span)
        tests = (side, *tests)
    condition = tests[0] if len(tests) == 1 else ast.Joined("and", tests, span=gap.span)
    return condition, Known(gap.subject, reference, beyond)


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
