"""A baseline and its deductions → core.

Takes the scoring sentences of a level that deducts; gives core deductions, or bands where steps beyond a threshold are
deducted.
"""

import re
from fractions import Fraction

import attrs

from rubric.core import program as core
from rubric.semantics import cells, errors
from rubric.semantics.bands import is_band, table, unread
from rubric.semantics.cells import Shape
from rubric.semantics.gathered import Gathered
from rubric.semantics.given_base import given_base, given_first
from rubric.semantics.judged_takings import is_judged_taking, judged_taking
from rubric.semantics.judging import judgement, refusal
from rubric.semantics.takings import Taking, doubled, heavier, highest_levels, off_of, spent_before, taking, together
from rubric.semantics.thresholds import threshold_of
from rubric.syntax import ast

Kind = ast.PieceKind
BasisKind = ast.BasisKind
_RUN_OUT = re.compile("扣完|扣满|减完")


def deductions(g: Gathered, shape: Shape, points: Fraction, given: core.Expression | None = None) -> core.Rule:
    """A baseline less its deductions; a deduction by steps beyond a threshold is a band of its own.

    `given` is what they are taken off, where other sentences give it.
    """
    pieces = cells.pieces_of(shape)
    decided = tuple(p for p in pieces if is_judged_taking(p))
    deducting = _adjusting(tuple(p for p in pieces if p.deducts and not p.discretionary))
    for piece in deducting:
        check_floor(g, piece, points)
    if _below_nothing(shape, deducting, pieces, points):
        return unread(g, pieces, shape, points, said=True)
    judged = any(p.kind is Kind.JUDGED and p.deducts and p not in decided for p in pieces)
    if judged or any(p.kind is Kind.UNREAD for p in pieces) or not deducting:
        return judgement(g, pieces, shape.path, points, shape.title, whole=not shape.path)
    for piece in pieces:
        refused = refusal(g, piece, pieces, shape.path, points, shape.title)
        if refused is not None:
            return refused
    rules = tuple(p for p in pieces if p.kind is Kind.RULE)
    marginal = any(isinstance(p.sentence, ast.Rule) and p.sentence.marginal for p in deducting)
    steps = [p.sentence for p in deducting if isinstance(p.sentence, ast.Rule) and _is_step(p.sentence)]
    if marginal and any(step.implied and not step.marginal for step in steps):
        return unread(
            g, pieces, shape, points
        )  # 每低1%扣0.2分，其中低于90%的部分扣0.5分: is the first rate taken there too?
    if (
        not marginal
        and given is None
        and any(_is_step(p.sentence) or _is_guarded(p.sentence) or _is_band(p.sentence) for p in deducting)
        and not any(_is_adjustment(p.sentence) for p in rules)
        and len({_measured(p.sentence) for p in deducting}) == 1
        and not _late_of_given(g, shape, deducting)
        and not _spared_beside(rules, deducting)
    ):
        if decided or not all(is_band(p.sentence) for p in rules):
            return unread(g, pieces, shape, points)
        paths = {id(p): path for path, p in cells.paths_of(shape)}
        return table(g, rules, paths, points, shape)
    if not all(_is_count(p.sentence) or _is_step(p.sentence) for p in deducting):
        return unread(g, pieces, shape, points)
    chain = given_first(g, shape) if given is None else ()
    base = given_base(g, shape, chain, core.Constant(_base(pieces, points, True))) if chain else given
    if chain and base is None:
        return unread(g, pieces, shape, points)
    placed = {p.span for p in (*deducting, *chain)}
    lost = [p for p in rules if p.span not in placed and not _has_place(p.sentence, deducting, pieces, points)]
    if lost:
        g.found += [errors.unread_rule(g.source, p.span, p.stop, g.indicator.name) for p in lost]
        return judgement(g, pieces, shape.path, points, shape.title, whole=not shape.path)
    cut_offs(g, shape, tuple(p for p in rules if p not in chain), deducting)
    return _counted(g, shape, deducting, decided, points, _upwards(deducting) if marginal else None, base)


def _below_nothing(
    shape: Shape, deducting: tuple[ast.Piece, ...], pieces: tuple[ast.Piece, ...], points: Fraction
) -> bool:
    """`表扬加1分，批评扣2分，加减分相抵`: from nothing, with no lowest score said, the sum may be a negative number of points."""
    said = any(_SET_OFF.search(p.text) for p in shape.item.pieces)
    adding = [cells.adds(p.sentence) for p in deducting]
    if not said or all(adding) or not any(adding):
        return False
    limits = [_limits_of(p.sentence) for p in deducting]
    bounded = any(m.least is not None or m.floor or m.most_off is not None or m.most_of == "扣" for m in limits)
    return not bounded and _base(pieces, points, adding[0]) == 0


_SET_OFF = re.compile("相抵|抵消|抵扣|相加减|正负")
# What is said of the time itself, or of all that is asked: not holding may then be the very delay.
_IN_TIME = re.compile("[按如][时期]|及时|时[间限]|期限|要求|规定|[前内]|逾|超期|延")


def _spared_beside(rules: tuple[ast.Piece, ...], deducting: tuple[ast.Piece, ...]) -> bool:
    """`因灾延期的，不扣分；其他原因延期的，每延期一个月扣1分`: nothing but who is spared stands beside the deductions."""
    beside = [p.sentence for p in rules if p not in deducting]
    return bool(beside) and all(
        isinstance(one, ast.Rule)
        and isinstance(one.outcome, ast.Award)
        and one.outcome.spared
        and isinstance(one.condition, ast.Named)
        for one in beside
    )


def _late_of_given(g: Gathered, shape: Shape, deducting: tuple[ast.Piece, ...]) -> bool:
    """`通过验收的得4分；每逾期一个月扣0.8分`: the delay is taken off what a fact of its own gives, and is no band beside it."""
    timed = all(
        isinstance(p.sentence, ast.Rule)
        and isinstance(p.sentence.outcome, ast.StepDeduction)
        and p.sentence.outcome.timed
        for p in deducting
    )
    chain = given_first(g, shape) if timed else ()
    return len(chain) == 1 and chain[0].award != 0 and _IN_TIME.search(chain[0].text) is None


def _has_place(
    sentence: ast.Sentence | None, deducting: tuple[ast.Piece, ...], pieces: tuple[ast.Piece, ...], points: Fraction
) -> bool:
    """Whether a sentence beside deductions says something that is taken up: the baseline, a nought, who is spared."""
    match sentence:
        case ast.Rule(condition=condition, outcome=ast.Award(spared=True)):
            taking = not any(cells.adds(p.sentence) for p in deducting)
            return taking and (
                len(deducting) == 1 or not isinstance(condition, ast.Named)
            )  # of several, which is spared?
        case ast.Rule(outcome=ast.Award(points=None | 0, share=None)):
            return True
        case ast.Rule(outcome=ast.Award(points=given, share=None)):
            return given == _base(pieces, points, cells.adds(deducting[0].sentence))
        case ast.Otherwise(outcome=ast.Award(points=given, share=None)) if given == 0:
            from_nothing = _base(pieces, points, cells.adds(deducting[0].sentence)) == 0
            return from_nothing and all(cells.adds(p.sentence) for p in deducting)
        case ast.Closing() | ast.Basis() | ast.Equation() | ast.Statement():
            return True
        case _:
            return False


def _counted(
    g: Gathered,
    shape: Shape,
    deducting: tuple[ast.Piece, ...],
    decided: tuple[ast.Piece, ...],
    points: Fraction,
    upwards: bool | None,
    given: core.Expression | None,
) -> core.Rule:
    """The base (what is `given` by cases, else one baseline) less what each sentence takes off, within their bounds."""
    pieces = cells.pieces_of(shape)
    limits = [_limits_of(p.sentence) for p in deducting]
    adding = [cells.adds(p.sentence) for p in deducting]
    floor = any(limit.floor for limit in limits) or any(_RUN_OUT.search(p.text) for p in decided)
    stated_base = _base(pieces, points, adding[0])
    base: core.Expression = given or core.Constant(stated_base, span=shape.item.span)
    share = next((limit.added_share for limit in limits if limit.added_share is not None), None)
    if share is not None:
        limits[-1] = attrs.evolve(limits[-1], most=stated_base * share, most_of="加")
    if any(adding) and not all(adding):  # 最高20分 beside what adds and what takes is the greatest score
        limits = [attrs.evolve(limit, most_of="得") if limit.most_of == "" else limit for limit in limits]
    if all(adding) and stated_base == 0:
        limits = _each_its_own(limits, points)
    if any(limit.from_total for limit in limits) or _from_total(g, deducting):
        base = total_given(g) or base
    paths = {p.span: path for path, p in cells.paths_of(shape)}
    takings: list[Taking] = []
    for piece, limit in zip(_before_doubling(deducting), limits, strict=True):
        taken = _taking(g, piece, paths[piece.span], points, tuple(takings), upwards)
        takings.append(attrs.evolve(taken, limits=limit))
    spent = spent_before(g, highest_levels(tuple(heavier(g, takings))), base)
    items, least, most = together(g, spent, base)
    items = (*items, *(judged_taking(g, piece, points) for piece in decided))
    named = next((limit.least for limit in limits if limit.least is not None), None)
    greatest = next((t.limits.most for t in takings if t.limits.most_of != "加" and off_of(t) != t.limits.most), None)
    least = named if named is not None else least
    most = min((m for m in (most, greatest) if m is not None), default=None)
    return core.Deductions(base, items, floor, least, most, span=shape.item.span)


def _each_its_own(limits: list[ast.Limits], points: Fraction) -> list[ast.Limits]:
    """`每提请1家加0.5分，最高不超过2分；每举办1次加1分，最高不超过3分`: a bound below full points holds for its own sentence."""
    if len(limits) < 2:
        return limits
    own = (limit.most not in (None, points) and not limit.together and limit.most_of in ("", "得") for limit in limits)
    return [attrs.evolve(limit, most_of="加") if is_own else limit for limit, is_own in zip(limits, own, strict=True)]


def _adjusting(deducting: tuple[ast.Piece, ...]) -> tuple[ast.Piece, ...]:
    """`前三名加2分，后三名扣1分`: beside what adds points, a band that takes points takes them from the base."""
    if not any(isinstance(p.sentence, ast.Rule) and isinstance(p.sentence.outcome, ast.Adjustment) for p in deducting):
        return deducting
    return tuple(_adjusted(piece) for piece in deducting)


def _adjusted(piece: ast.Piece) -> ast.Piece:
    match piece.sentence:
        case ast.Rule(outcome=ast.Award(deducted=True, points=points, share=None)) as rule if points is not None:
            adjustment = ast.Adjustment(points, span=rule.outcome.span)
            return attrs.evolve(piece, sentence=attrs.evolve(rule, outcome=adjustment))
        case _:
            return piece


def _before_doubling(deducting: tuple[ast.Piece, ...]) -> tuple[ast.Piece, ...]:
    """`发现一次扣0.5分，第二次起加倍扣分`: from then on each costs twice as much, and no longer the first rate as well."""
    done = list(deducting)
    for index in range(1, len(deducting)):
        match deducting[index - 1].sentence, deducting[index].sentence:
            case (
                ast.CountDeduction(event=event, deduction=ast.PerCount(first=1, last=None) as plain) as before,
                ast.CountDeduction(event=same, deduction=ast.PerCount(doubled=int(), first=first)),
            ) if event == same and first > 1:
                limited = attrs.evolve(before, deduction=attrs.evolve(plain, last=first - 1))
                done[index - 1] = attrs.evolve(deducting[index - 1], sentence=limited)
            case _:
                pass
    return tuple(done)


def _taking(
    g: Gathered, piece: ast.Piece, path: str, points: Fraction, before: tuple[Taking, ...], upwards: bool | None
) -> Taking:
    match piece.sentence:
        case ast.Rule(condition=condition, outcome=ast.Doubled(times=times)):
            return doubled(before, g.lowering.at(path).condition(condition), times, piece)
        case _:
            found = taking(g, piece, path, points, upwards)
            assert found is not None, piece.text
            return found


def _from_total(g: Gathered, deducting: tuple[ast.Piece, ...]) -> bool:
    """Whether points are said to be taken off the total itself, or the total is given and nothing else is scored."""
    words = "".join(p.text for p in deducting)
    return any(name in words for name in ("总分", "总得分", "考核得分")) or total_given(g) is not None


def _gives_full(sentence: ast.Sentence | None) -> bool:
    match sentence:
        case ast.Rule(outcome=ast.Award(points=None, share=None)):
            return True
        case _:
            return False


def total_given(g: Gathered) -> core.Expression | None:
    """The total score, where it is a datum of this indicator: `直接从总得分中扣减` starts from it."""
    for line in g.indicator.data:
        if any(line.name.endswith(name) for name in ("总得分", "总分", "考核得分", "综合得分")) or line.name == "得分":
            return core.FactValue(line.name)
    return None


def cut_offs(g: Gathered, shape: Shape, rules: tuple[ast.Piece, ...], deducting: tuple[ast.Piece, ...] = ()) -> None:
    """`两次及以上不得分`, `因不可抗力造成的，不扣分` beside a count: each takes the place of the deductions."""
    paths = {id(p): path for path, p in cells.paths_of(shape)}
    for piece in rules:
        match piece.sentence:
            case ast.Rule(condition=condition, outcome=ast.Award(points=points, share=None)) if points == 0:
                test = g.lowering.at(paths[id(piece)]).condition(condition)
                override = core.Override(core.OverrideKind.VETO, test, core.Effect.ZERO, piece.text, span=piece.span)
                g.overrides.setdefault(shape.path, []).append(override)
            case ast.Rule(condition=condition, outcome=ast.Award(spared=True)) if not _measures(condition, deducting):
                test = g.lowering.at(paths[id(piece)]).condition(condition)
                kind = core.OverrideKind.EXEMPTION
                override = core.Override(kind, test, core.Effect.FULL, piece.text, span=piece.span)
                g.overrides.setdefault(shape.path, []).append(override)
            case _:
                pass


def _measures(condition: ast.Condition, deducting: tuple[ast.Piece, ...]) -> bool:
    """`误差率在1%以内不扣分` beside steps of the same rate says where they begin, and nothing more."""
    found = threshold_of(condition)
    return found is not None and any(_measured(p.sentence) == found.measured for p in deducting)


def _base(pieces: tuple[ast.Piece, ...], points: Fraction, adding: bool) -> Fraction:
    """The baseline a sentence states; else nothing where the first of them adds, else the full points."""
    stated = [v for p in pieces if not p.deducts for v in (p.points, p.award or None) if v is not None]
    if any(isinstance(p.sentence, ast.Always) and p.award == 0 for p in pieces):
        return Fraction(0)  # a class of units that is given nothing
    full = any(_gives_full(p.sentence) for p in pieces)
    return max(stated, default=Fraction(0) if adding and not full else points)


def _is_step(sentence: ast.Sentence | None) -> bool:
    return isinstance(sentence, ast.Rule) and isinstance(sentence.outcome, ast.StepDeduction)


def _is_band(sentence: ast.Sentence | None) -> bool:
    """`5%-10%的扣1分`: a band that tells what is taken."""
    match sentence:
        case ast.Rule(outcome=ast.Award(deducted=True)):
            return True
        case _:
            return False


def _is_guarded(sentence: ast.Sentence | None) -> bool:
    """A count that is deducted only under a condition."""
    match sentence:
        case ast.Rule(outcome=ast.PerCount(event=event)):
            return event is not None
        case _:
            return False


def _is_adjustment(sentence: ast.Sentence | None) -> bool:
    """A step up or down from a base, which no table of bands can hold: points are added, or a reference is stated."""
    match sentence:
        case ast.Rule(outcome=ast.StepDeduction() as outcome):
            return outcome.adds or outcome.reference is not None
        case _:
            return False


def _is_count(sentence: ast.Sentence | None) -> bool:
    match sentence:
        case ast.CountDeduction(deduction=per) | ast.Rule(outcome=ast.PerCount() as per) if per.multiple is not None:
            return False  # 加倍 of what no sentence states
        case ast.CountDeduction() | ast.Paired() | ast.Rule(condition=ast.Bare(), outcome=ast.PerCount(event=None)):
            return True
        case ast.Rule(outcome=ast.PerCount(event=event)):
            return event is not None
        case ast.Rule(outcome=ast.Adjustment() | ast.Doubled()):
            return True
        case _:
            return False


def check_floor(g: Gathered, piece: ast.Piece, points: Fraction) -> None:
    match piece.sentence:
        case ast.Rule(limits=limits) | ast.CountDeduction(limits=limits) if limits.floor_points not in (None, points):
            stated = limits.floor_points
            assert stated is not None
            g.found.append(errors.floor_differs(g.source, piece.span, stated, points, g.indicator.name))
        case _:
            pass


def _upwards(deducting: tuple[ast.Piece, ...]) -> bool:
    """Whether deductions by parts (的部分) go up from where nothing is deducted, or down.

    `5%以内的…，超过5%的部分…` goes up: what lies beyond says so.
    """
    signs: list[ast.Sign | None] = []
    for piece in deducting:
        match piece.sentence:
            case ast.Rule(outcome=ast.StepDeduction(beyond=bool() as beyond)):
                return beyond
            case ast.Rule(condition=condition) if found := threshold_of(condition):
                signs.append(found.sign)
            case _:
                pass
    return any(sign in (">", ">=") for sign in signs) or not any(sign in ("<", "<=") for sign in signs)


def _limits_of(sentence: ast.Sentence | None) -> ast.Limits:
    match sentence:
        case ast.Rule(limits=limits) | ast.CountDeduction(limits=limits) | ast.Paired(limits=limits):
            return limits
        case _:
            return ast.UNLIMITED


def _measured(sentence: ast.Sentence | None) -> ast.Expression | str:
    """What a sentence measures; sentences about one thing are bands of it, about several things they add up."""
    match sentence:
        case ast.Rule(outcome=ast.PerCount(event=event)) if event is not None:
            return ""
        case ast.Rule(condition=condition) if (found := threshold_of(condition)) is not None:
            return found.measured
        case _:
            return "事项"
