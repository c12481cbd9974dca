"""Subjects left out, put back.

Takes an item's pieces; gives them with every `ast.Elided` replaced by the subject of the sentence before, as officials
mean it: `累计在预算总规模10%以内的，得1分；超出10%的，…` speaks both times of 累计 ÷ 预算总规模. A comparison of an amount with a
share of another (`X在Y10%以内`) becomes one of their ratio, so that all bands of a cell compare one quantity.
"""

import re
from fractions import Fraction

import attrs

from rubric.semantics.closings import closed
from rubric.semantics.count_rates import again, beyond_the_task, counted_from_standard, multiplied
from rubric.semantics.excepted import excepted, one_way
from rubric.semantics.peers import against_peers, of_peers, peers_of
from rubric.semantics.ratios import as_ratios
from rubric.semantics.resolve import Scope
from rubric.semantics.said import is_rate, said
from rubric.semantics.spoken_of import told_before
from rubric.semantics.standards import Known, based, from_standard
from rubric.semantics.thresholds import Threshold, subject, threshold_of
from rubric.semantics.units import MONEY_SCALES
from rubric.source import SourceText
from rubric.syntax import ast
from rubric.syntax.fold import key
from rubric.syntax.subjects import filled


def complete(source: SourceText, item: ast.Item, scope: Scope, subject: ast.Expression | None = None) -> ast.Item:
    """The item and those below it, each piece with its subject."""
    return _complete(source, item, scope, Known(subject), subject)


def _complete(source: SourceText, item: ast.Item, scope: Scope, known: Known, usual: ast.Expression | None) -> ast.Item:
    """`usual` is what the cell speaks of where it names nothing."""
    item = attrs.evolve(item, pieces=one_way(excepted(closed(item.pieces), scope, item.path)))
    pieces: list[ast.Piece] = []
    threshold: Threshold | None = None
    standard: ast.Number | None = None
    before: ast.Condition | None = None
    against: ast.Expression | None = None
    founded: ast.Condition | None = None
    rate: ast.PerCount | None = None
    events: list[ast.Expression] = []
    given: Fraction | None = None
    for index, piece in enumerate(item.pieces):
        if isinstance(piece.sentence, ast.Basis):
            standard, threshold, known = based(piece.sentence.standing, known)
        known = told_before(known, item.pieces[:index], scope, item.path)
        subject = known.subject
        sentence = again(from_standard(piece.sentence, standard), threshold, scope, item.path)
        sentence = counted_from_standard(
            sentence, threshold, subject, key(piece.text), _called(subject, scope, item.path)
        )
        if threshold is None:
            sentence = beyond_the_task(sentence, subject, _called(subject, scope, item.path))
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
            events.append(sentence.event)
        if isinstance(sentence, ast.Listed):
            if isinstance(sentence.subject, ast.Elided) and subject is not None:
                sentence = attrs.evolve(sentence, subject=subject)
                piece = attrs.evolve(piece, sentence=sentence)
            known = attrs.evolve(known, subject=sentence.subject)
        if isinstance(sentence, ast.Rule):
            against = _peers_told(sentence, against)
            sentence = _among_peers(sentence, against)
            events += _counted_by(sentence)
            sentence = _of_all(source, sentence, tuple(events))
            stated = said(sentence, item.pieces[index + 1 :], scope, item.path, known, standard, threshold)
            condition, known = _completed(stated, scope, item.path, known)
            if threshold is None:
                threshold = threshold_of(condition)
                given = sentence.outcome.points if isinstance(sentence.outcome, ast.Award) else None
            if sentence.dependent and before is not None:
                founded = before
            elif founded is not None and not _again(source, sentence):
                founded = None
            if founded is not None:
                condition = ast.Joined("and", (founded, condition), span=condition.span)
            before = condition
            outcome = _proportional(sentence.outcome, threshold, known.subject or subject_of(item), given)
            if isinstance(outcome, ast.PerCount):
                outcome = rate = multiplied(outcome, rate)
            elif isinstance(outcome, ast.Adjustment):
                rate = ast.PerCount(1, "", outcome.points, outcome.adds, span=outcome.span)
            piece = attrs.evolve(piece, sentence=attrs.evolve(sentence, condition=condition, outcome=outcome))
        if isinstance(sentence, ast.Otherwise):
            outcome = _proportional(sentence.outcome, threshold, known.subject or subject_of(item), given)
            piece = attrs.evolve(piece, sentence=attrs.evolve(sentence, outcome=outcome))
        pieces.append(piece)
    pieces = as_ratios(pieces)
    below: list[ast.Item] = []
    for part in item.items:
        done = _complete(source, part, scope, known, usual)
        known = attrs.evolve(known, subject=subject_of(done) or known.subject)
        below.append(done)
    return attrs.evolve(item, pieces=tuple(pieces), items=tuple(below))


def _called(subject: ast.Expression | None, scope: Scope, path: str) -> str:
    """The datum that a subject is, by its own name."""
    symbol = scope.find(subject.key, path) if isinstance(subject, ast.Name) else None
    return symbol.declared.target if symbol is not None else ""


# 全年累计三次及以上: of all that was counted before.
_ALL_TOGETHER = re.compile(
    r"(?:全年|年度内?|当年|年内|一年内|考核期内|以上|上述|各项|各类)?(?:情形|情况|问题)?(?:累计|合计|共计|总计)"
)


def _peers_told(rule: ast.Rule, before: ast.Expression | None) -> ast.Expression | None:
    told = against_peers(rule.condition)
    return before if told is None else told


def _among_peers(rule: ast.Rule, against: ast.Expression | None) -> ast.Rule:
    return rule if against is None else attrs.evolve(rule, condition=of_peers(rule.condition, against))


def _counted_by(rule: ast.Rule) -> tuple[ast.Expression, ...]:
    match rule:
        case ast.Rule(condition=ast.Bare(operand=event), outcome=ast.PerCount(event=None)):
            return (event,)
        case _:
            return ()


def _of_all(source: SourceText, rule: ast.Rule, events: tuple[ast.Expression, ...]) -> ast.Rule:
    """The rule with the sum of all that was counted as its subject, where it speaks of them together."""
    different = tuple(dict.fromkeys(events))
    if len(different) < 2 or not _ALL_TOGETHER.match(key(source.slice(rule.span))):
        return rule
    whole = different[0]
    for event in different[1:]:
        whole = ast.Operation("+", whole, event, span=event.span)
    return attrs.evolve(rule, condition=filled(rule.condition, whole))


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


def _proportional(
    outcome: ast.Outcome, threshold: Threshold | None, subject: ast.Expression | None, given: Fraction | None
) -> ast.Outcome:
    """`未达到的按比例得分`: what is measured over what was to be reached; `按比例扣分` takes the share that is lacking.

    It is a share of what reaching it is `given`, where the text says so, else of full points.
    """
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
            full = ast.Name("分值", span=span) if given is None else ast.Number(given, "分", span=span)
            body = ast.Operation("*", ratio, full, span=span)
            return ast.ScoreFormula("得分", body, span=span)
        case _:
            return outcome


def usual_subject(indicator: ast.Indicator, scope: Scope) -> ast.Expression | None:
    """What a cell speaks of where it names nothing: the quantity named as the indicator, else its only quantity."""
    if scope.find(key(indicator.name)) is not None:
        return ast.Name(key(indicator.name), span=indicator.name_span)
    quantities = [d for d in indicator.data if d.unit and not d.states and not d.parts and not d.columns]
    if indicator.yields is ast.Yields.AMOUNT:  # the money is what is paid, the rest what is looked at
        quantities = [d for d in quantities if d.unit.strip() not in MONEY_SCALES]
    equations = [s for s in scope.symbols.values() if isinstance(s.node, ast.Equation)]
    now = [d for d in quantities if not _EARLIER.search(d.name)]
    if len(now) == 1 and len(quantities) == 2:  # the value of last year is what this year's is compared with
        quantities = now
    aims = [d for d in quantities if _AIM.search(d.name)]
    if len(aims) == 1:  # 完成全年目标的得8分: what was reached of it
        beside = [d for d in quantities if d is not aims[0] and d.unit == aims[0].unit]
        reached = [d for d in beside if _REACHED.search(d.name)] or beside
        quantities = reached if len(reached) == 1 else quantities
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
    match condition, known.subject:
        case ast.Comparison(operands=(ast.Elided(), ast.Name(key=limit))), ast.Operation(
            "/", part, ast.Name(key=whole)
        ):
            if limit == whole:  # 达到目标值三分之二以上的…，达到目标值的…: what reaches it is no share of it
                return filled(condition, part), known
        case _:
            pass
    if known.subject is not None and not isinstance(
        condition, ast.Joined
    ):  # of parts, each is filled from those before
        condition = filled(condition, known.subject)
    match condition:
        case ast.Comparison():
            comparison = _as_ratio(condition, scope, path, known.reference)
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
    if gap.margin.value == 0 and isinstance(reference, ast.Elided):
        return _side_of_before(gap, known), known
    if isinstance(reference, ast.Elided):
        reference = _before(gap, known)
        if reference is None:
            return ast.Comparison((ast.Elided(span=gap.span), gap.margin), (">=",), span=gap.span), known
    beyond = gap.beyond if gap.beyond is not None else known.beyond
    sign: ast.Sign = ("<=" if gap.inclusive else "<") if gap.near else (">=" if gap.inclusive else ">")
    if reference is None:
        return ast.Comparison((gap.subject, gap.margin), (sign,), span=gap.span), known
    ends = (gap.subject, reference) if beyond else (reference, gap.subject)
    distance: ast.Expression = ast.Operation("-", *ends, span=gap.span)
    measured = reference if isinstance(reference, ast.Name) else gap.subject
    rate = isinstance(measured, ast.Name) and is_rate(scope.find(measured.key, path), scope)
    if gap.margin.unit in ("%", "‰") and not rate:
        distance = ast.Operation("/", distance, reference, span=gap.span)
    tests: tuple[ast.Condition, ...] = (ast.Comparison((distance, gap.margin), (sign,), span=gap.span),)
    if gap.near:
        side = ast.Comparison((gap.subject, reference), (">" if beyond else "<",), span=gap.span)
        tests = (side, *tests)
    condition = tests[0] if len(tests) == 1 else ast.Joined("and", tests, span=gap.span)
    return condition, Known(gap.subject, reference, beyond)


def _side_of_before(gap: ast.Gap, known: Known) -> ast.Comparison:
    """`较上年下降的得2分，持平的得1分`: on which side of the value before; where no sentence names one, of nothing."""
    before = _before(gap, known) or known.reference
    measured = gap.subject if before is not None else ast.Elided(span=gap.span)
    sign: ast.Sign = "=" if gap.beyond is None else ">" if gap.beyond else "<"
    return ast.Comparison((measured, before or ast.Elided(span=gap.span)), (sign,), span=gap.span)


_AIM = re.compile("目标|计划|任务|应完成|指标值")
_REACHED = re.compile("实际|完成|到位|实现")
_EARLIER = re.compile("上年|上期|去年|上月|上季|前年|基期|往年")


def _before(gap: ast.Gap, known: Known) -> ast.Expression | None:
    """`上年度合格率不足98%的，本年度提高1个百分点以上`: what was measured before is what the growth is counted from."""
    for found in (known.reference, known.subject):
        if isinstance(found, ast.Name) and found != gap.subject and _EARLIER.search(found.key):
            return found
    return None


def _as_ratio(comparison: ast.Comparison, scope: Scope, path: str, reference: ast.Expression | None) -> ast.Comparison:
    """`达到预算总额10%`; of a rate too, where it is what the cell measures against (达到序时进度的…；达到序时进度80%的…)."""
    match comparison.operands:
        case (
            ast.Operation(operator="/", right=ast.Name(key=whole)) as ratio,
            ast.Stated(name=name, percent=percent),
        ) if whole == name.key:
            return attrs.evolve(comparison, operands=(ratio, percent))
        case (left, ast.Stated(name=name, percent=percent)) if (
            isinstance(reference, ast.Name) and reference.key == name.key
        ) or not is_rate(scope.find(name.key, path), scope):
            ratio = ast.Operation("/", left, name, span=left.span.to(name.span))
            return attrs.evolve(comparison, operands=(ratio, percent))
        case _:
            return comparison
