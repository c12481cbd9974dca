"""What one sentence takes off or adds, and what bounds several of them together.

Takes sentences that deduct or add, with the bounds each states; gives core deductions, those under one bound gathered into
one, and the least and greatest score that bounds over the whole cell leave. Never the baseline.

A bound may be said of one sentence (此小项最多扣2分), of the sentences of one line (…每处扣0.5分，…每处扣0.2分，最多扣1分), or of all
of them (累计, 合计, 本项). On a stated number the last is a least or greatest score; on a datum it is one deduction more.
"""

import re
from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise

import attrs

from rubric.core import program as core
from rubric.semantics.bands import counted, margin_of, steps_of
from rubric.semantics.choices import open_choice
from rubric.semantics.gathered import Gathered
from rubric.semantics.thresholds import threshold_of
from rubric.source import Span
from rubric.syntax import ast

_ZERO = core.Constant(Fraction(0))
_BREAK = re.compile(r"[。；;\n]")


@attrs.frozen
class Taking:
    """What a sentence takes off (or adds, with a negative rate), and the bounds it states."""

    piece: ast.Piece
    taken: tuple[core.Deduction, ...]
    limits: ast.Limits = ast.UNLIMITED


def taking(g: Gathered, piece: ast.Piece, path: str, points: Fraction, upwards: bool | None = None) -> Taking | None:
    """What one sentence takes off or adds: once, or for each thing it lists; with `upwards`, by the parts of a range.

    `points` are the full points.
    """
    lowering = g.lowering.at(path)
    match piece.sentence:
        case ast.Paired(events=events, deductions=pairs):
            taken = tuple(
                _deduction(per, _times_of(g, event, path), piece, points)
                for event, per in zip(events, pairs, strict=True)
            )
            return Taking(piece, taken)
        case ast.CountDeduction(event=event, deduction=per):
            per = _of_named(g, event, path, per)
            times = _doubling(g, piece, lowering.expression(event), per, points)
        case ast.Rule(condition=ast.Bare(operand=event), outcome=ast.PerCount(event=None) as per):
            per = _of_named(g, event, path, per)
            times = _doubling(g, piece, lowering.expression(event), per, points)
        case ast.Rule(condition=condition, outcome=ast.PerCount(event=event) as per) if event is not None:
            held = core.OneIf(lowering.condition(condition), span=piece.span)
            times = occurrences(lowering.expression(event), per, piece.span)
            times = core.Arithmetic("*", held, times, span=piece.span)
        case ast.Rule(condition=condition, outcome=ast.StepDeduction() as step, limits=limits):
            margin = margin_of(condition, upwards, lowering) if upwards is not None else None
            times = steps_of(g, condition, step, lowering, limits.partial, margin)
            return Taking(piece, (core.Deduction(_signed(step, points), times, piece.text, span=piece.span),))
        case ast.Rule(condition=ast.Bare(operand=ast.Name() as event), outcome=ast.Adjustment() as outcome):
            times = _each_or_once(g, piece, event, path)
            return Taking(piece, (core.Deduction(_signed(outcome, points), times, piece.text, span=piece.span),))
        case ast.Rule(condition=condition, outcome=ast.Adjustment() as outcome):
            times = core.OneIf(lowering.condition(condition), span=piece.span)
            return Taking(piece, (core.Deduction(_signed(outcome, points), times, piece.text, span=piece.span),))
        case _:
            return None
    return Taking(piece, (_deduction(per, times, piece, points),))


def _each_or_once(g: Gathered, piece: ast.Piece, event: ast.Name, path: str) -> core.Expression:
    """`发生事故的，扣2分`, where the datum is a number of them: for each of them, or once however many."""
    lowering = g.lowering.at(path)
    count = lowering.expression(event)
    once = core.OneIf(lowering.condition(ast.Bare(event, span=event.span)), span=piece.span)
    word = f"{g.source.slice(event.span)}的扣分次数"
    name = open_choice(g, word, ("按次数", "只算一次"), core.Doubt.TIMES, piece.span)
    return core.ByReading(name, (count, once), span=piece.span)


_ORDINAL = re.compile("首次|初次|第一次|第1次|重复|再次|第二次|第2次")


def _of_named(g: Gathered, event: ast.Expression, path: str, per: ast.PerCount) -> ast.PerCount:
    """A datum that itself counts the first occurrences (首次发现次数) counts in full."""
    symbol = g.lowering.scope.find(event.key, path) if isinstance(event, ast.Name) else None
    if symbol is not None and _ORDINAL.search(symbol.declared.target):
        return attrs.evolve(per, first=1, last=None)
    return per


def _times_of(g: Gathered, event: ast.Condition, path: str) -> core.Expression:
    """How often a listed thing counts: as often as its number says, or once where it is a yes–no fact."""
    lowering = g.lowering.at(path)
    match event:
        case ast.Bare(operand=operand):
            return lowering.expression(operand)
        case _:
            return core.OneIf(lowering.condition(event), span=event.span)


def _deduction(per: ast.PerCount, times: core.Expression, piece: ast.Piece, points: Fraction) -> core.Deduction:
    rate = points * per.share if per.share is not None else per.points
    return core.Deduction(-rate if per.adds else rate, times, piece.text, span=piece.span)


def _signed(outcome: ast.StepDeduction | ast.Adjustment, points: Fraction) -> Fraction:
    share = outcome.share if isinstance(outcome, ast.StepDeduction) else None
    rate = points * share if share is not None else outcome.points
    return -rate if outcome.adds else rate


def off_of(taken: Taking) -> Fraction | None:
    """The greatest that is taken off: 最多扣3分, and 最高不超过3分 where nothing but taking is spoken of."""
    limits = taken.limits
    adds = any(d.rate < 0 for d in taken.taken)
    off = limits.most_of == "扣" or (limits.most_of == "" and not adds)
    return limits.most_off if limits.most_off is not None else limits.most if off else None


def more_of(taken: Taking) -> Fraction | None:
    """The greatest that is added: 最多加2分."""
    return taken.limits.most if taken.limits.most_of == "加" else None


def _first(found: Iterator[Fraction | None]) -> Fraction | None:
    return next((value for value in found if value is not None), None)


def occurrences(count: core.Expression, per: ast.PerCount, span: Span) -> core.Expression:
    """Those of the occurrences that are meant: all, whole groups of them, the first ones, the later ones."""
    found = counted(count, per, span)
    if per.first > 1:
        before = core.Constant(Fraction(per.first - 1))
        found = core.Extreme("max", (core.Arithmetic("-", found, before, span=span), _ZERO), span=span)
    if per.last is not None:
        most = core.Constant(Fraction(per.last - per.first + 1))
        found = core.Extreme("min", (found, most), span=span)
    return found


def _doubling(
    g: Gathered, piece: ast.Piece, count: core.Expression, per: ast.PerCount, points: Fraction
) -> core.Expression:
    """`第二次起加倍`: each at twice the rate before, or each at twice what the one before it cost."""
    flat = occurrences(count, per, piece.span)
    if per.doubled is None or per.first == 1 or per.last is not None or per.group != 1 or not per.points:
        return flat
    growing: list[core.Expression] = []
    taken, factor = Fraction(0), 1
    while taken < points:  # what would be taken after that is beyond the floor
        nth = core.Constant(Fraction(per.first + len(growing)))
        reached = core.OneIf(core.Compare("<=", nth, count, span=piece.span), span=piece.span)
        growing.append(core.Arithmetic("*", core.Constant(Fraction(factor)), reached, span=piece.span))
        taken, factor = taken + factor * per.points, factor * per.doubled
    names = (f"原标准的{per.doubled}倍", f"上一次的{per.doubled}倍")
    name = open_choice(g, "加倍", names, core.Doubt.DOUBLING, piece.span)
    return core.ByReading(name, (flat, core.Total(tuple(growing), span=piece.span)), span=piece.span)


def doubled(takings: tuple[Taking, ...], condition: core.Condition, times: int | Fraction, piece: ast.Piece) -> Taking:
    """加倍, 减半: what the sentences before take off or give, once more or half less where the condition holds."""
    held = core.OneIf(condition, span=piece.span)
    more = tuple(
        attrs.evolve(d, rate=d.rate * (times - 1), times=core.Arithmetic("*", held, d.times), text=piece.text)
        for taken in takings
        for d in taken.taken
    )
    return Taking(piece, more)


_MORE = re.compile("再|另|额外")


def highest_levels(takings: tuple[Taking, ...]) -> tuple[Taking, ...]:
    """`5%以上加1分，10%以上加2分`: of several limits of one quantity the farthest that is reached counts, not their sum.

    再加 says that it comes on top.
    """
    groups: dict[object, list[Taking]] = {}
    for index, taken in enumerate(takings):
        groups.setdefault(_level_of(taken) or index, []).append(taken)
    return tuple(group[0] if len(group) == 1 else _one_level(group) for group in groups.values())


def _level_of(taken: Taking) -> object:
    """What a sentence that adds or takes points once compares, and which of the two it does."""
    match taken.piece.sentence:
        case ast.Rule(condition=condition, outcome=ast.Adjustment() as outcome) if not _MORE.search(taken.piece.text):
            threshold = threshold_of(condition)
            return None if threshold is None else (str(threshold.measured), outcome.adds)
        case _:
            return None


def _one_level(group: list[Taking]) -> Taking:
    taken = tuple(d for one in group for d in one.taken)
    amounts = tuple(core.Arithmetic("*", core.Constant(d.rate), d.times, span=d.span) for d in taken)
    which = "min" if taken[0].rate < 0 else "max"
    span = taken[0].span.to(taken[-1].span)
    text = "；".join(dict.fromkeys(d.text for d in taken))
    limits = next((one.limits for one in group if one.limits != ast.UNLIMITED), ast.UNLIMITED)
    whole = core.Deduction(Fraction(1), core.Extreme(which, amounts, span=span), text, span=span)
    return Taking(group[0].piece, (whole,), limits)


# --- a heavier deduction for the same thing ---------------------------------------------------------------------------

_STILL = re.compile(
    r"(拒不|逾期(仍)?(未|不)|(经|限期)[^,，;；。]{0,6}(仍)?(未|不)|仍(未|不)|未|没有|不)(按[^,，;；。]{0,8})?(整改|纠正|改正|补报|补正)(到位)?"
)
_OTHER = re.compile("另|再扣|加扣|额外|同时|直接|在此基础上|累计|追加")


def heavier(g: Gathered, takings: list[Taking]) -> list[Taking]:
    """`发现一处扣0.5分，未整改的每处扣1分`: what is not put right costs its own points too, or only those."""
    done = list(takings)
    for index in range(1, len(takings)):
        found = _STILL.search(takings[index].piece.text)
        lighter, more = done[index - 1].taken, takings[index].taken
        if found is None or _OTHER.search(takings[index].piece.text) or len(lighter) != 1 or len(more) != 1:
            continue
        if not 0 < lighter[0].rate < more[0].rate or isinstance(lighter[0].times, core.OneIf):
            continue
        span = takings[index].piece.span
        name = open_choice(g, f"{found[0]}的扣分", ("另外扣", "代替前面的扣分"), core.Doubt.HEAVIER, span)
        times = core.ByReading(name, (lighter[0].times, _without(lighter[0].times, more[0].times, span)), span=span)
        done[index - 1] = attrs.evolve(done[index - 1], taken=(attrs.evolve(lighter[0], times=times),))
    return done


def _without(times: core.Expression, heavier: core.Expression, span: Span) -> core.Expression:
    """Those of the lighter that are none of the heavier; a yes–no fact takes the place of all of them."""
    if isinstance(heavier, core.OneIf):
        others = core.Arithmetic("-", core.Constant(Fraction(1)), heavier, span=span)
        return core.Arithmetic("*", others, times, span=span)
    return core.Extreme("max", (core.Arithmetic("-", times, heavier, span=span), _ZERO), span=span)


# --- bounds -----------------------------------------------------------------------------------------------------------

Together = tuple[tuple[core.Deduction, ...], Fraction | None, Fraction | None]


def together(g: Gathered, takings: tuple[Taking, ...], base: core.Expression) -> Together:
    """The deductions under their bounds, with the least and the greatest score that bounds over all of them leave."""
    groups = _groups(g, takings)
    if _is_open(groups):
        return _open_bound(g, groups), None, None
    whole = [t for t in takings if t.limits.together or len(groups) == 1]
    off, more = _first(off_of(t) for t in whole), _first(more_of(t) for t in whole)
    items: list[core.Deduction] = []
    for group in groups:
        own = [t for t in group if not (t.limits.together or len(groups) == 1)]
        highest = any(t.limits.one_level for t in group)
        taken = tuple(d for t in group for d in t.taken)
        items += _bounded(taken, _first(off_of(t) for t in own), _first(more_of(t) for t in own), highest)
    if isinstance(base, core.Constant):
        least = base.value - off if off is not None else None
        most = base.value + more if more is not None else None
        return tuple(items), least, most
    if off is not None or more is not None:
        items = _bounded(tuple(items), off, more, False)
    return tuple(items), None, None


def spent_before(g: Gathered, takings: tuple[Taking, ...], base: core.Expression) -> tuple[Taking, ...]:
    """`…每超过1天扣0.5分，扣完为止；开通线上服务的另加2分`: what is taken runs out before anything is added."""
    groups = _groups(g, takings)
    last = next((i for i, group in enumerate(groups) if any(t.limits.floor for t in group)), None)
    if last is None or not isinstance(base, core.Constant):
        return takings
    before, after = (
        [t for group in groups[: last + 1] for t in group],
        [t for group in groups[last + 1 :] for t in group],
    )
    taking, adding = [d for t in before for d in t.taken], [d for t in after for d in t.taken]
    plain = all(t.limits.most is None and t.limits.most_off is None and not t.limits.one_level for t in before)
    if not adding or not plain or any(d.rate < 0 for d in taking) or any(d.rate > 0 for d in adding):
        return takings
    whole = attrs.evolve(before[-1], taken=tuple(_bounded(tuple(taking), base.value, None, False)))
    return (whole, *after)


_MOST = re.compile(r"(最多|最高|至多|累计|合计|封顶|不超过)[^,，;；。\d]*\d+(\.\d+)?分")
_OWN_MOST = re.compile("小项|单项|每[项次个处]|其中|该句|这一")


def _is_open(groups: list[tuple[Taking, ...]]) -> bool:
    """`…每次扣1分；…每项扣2分，最多扣3分`: the last sentence names a bound, and nothing says of which sentences."""
    if len(groups) < 2 or len(groups[-1]) != 1:
        return False
    (last,), others = groups[-1], [t for group in groups[:-1] for t in group]
    bound = _MOST.search(last.piece.text)
    if bound is None or last.limits.together or last.limits.most is None or _OWN_MOST.search(bound[0]):
        return False
    rates = [d.rate for t in (*others, last) for d in t.taken]
    alike = all(rate > 0 for rate in rates) or all(rate < 0 for rate in rates)
    one = off_of(last) is not None if rates and rates[0] > 0 else more_of(last) is not None
    return alike and one and all(t.limits.most is None and t.limits.most_off is None for t in others)


def _open_bound(g: Gathered, groups: list[tuple[Taking, ...]]) -> tuple[core.Deduction, ...]:
    """The bound holds for the last sentence alone, or for all: then the last takes what the others leave of it."""
    (last,), others = groups[-1], tuple(d for group in groups[:-1] for t in group for d in t.taken)
    span, sign = last.piece.span, 1 if last.taken[0].rate > 0 else -1
    most = core.Constant(off_of(last) or more_of(last) or Fraction(0))
    own, before = _amount(last.taken, sign, span), _amount(others, sign, span)
    all_of_them = core.Extreme("min", (core.Total((before, own), span=span), most), span=span)
    alone = core.Extreme("min", (own, most), span=span)
    found = _MOST.search(last.piece.text)
    assert found is not None
    name = open_choice(g, found[0], ("只管这一句", "各句加起来"), core.Doubt.BOUND, span)
    left = core.Arithmetic("-", all_of_them, before, span=span)
    times = core.ByReading(name, (alone, left), span=span)
    return (*others, core.Deduction(Fraction(sign), times, last.piece.text, span=span))


def _amount(taken: tuple[core.Deduction, ...], sign: int, span: Span) -> core.Expression:
    amounts = tuple(core.Arithmetic("*", core.Constant(sign * d.rate), d.times, span=d.span) for d in taken)
    return core.Total(amounts, span=span)


def _groups(g: Gathered, takings: tuple[Taking, ...]) -> list[tuple[Taking, ...]]:
    """Sentences between which no stop stands: one line of the author."""
    groups: list[tuple[Taking, ...]] = []
    for taken in takings:
        if groups:
            before = groups[-1][-1]
            between = g.source.text[before.piece.span.end - 1 : taken.piece.span.start]
            if not _BREAK.search(between):
                groups[-1] = (*groups[-1], taken)
                continue
        groups.append((taken,))
    return [part for group in groups for part in _bounded_apart(group)]


def _bounded_apart(group: tuple[Taking, ...]) -> Iterator[tuple[Taking, ...]]:
    """`每提请1家加0.5分，最多加2分，每举办1次加1分，最多加3分`: of several bounds in one line each holds for what stands before it."""
    ends = [i + 1 for i, t in enumerate(group) if t.limits.most is not None and not t.limits.together]
    if len(ends) < 2:
        yield group
        return
    for start, end in pairwise([0, *ends[:-1], len(group)]):
        yield group[start:end]


def _bounded(
    taken: tuple[core.Deduction, ...], off: Fraction | None, more: Fraction | None, highest: bool
) -> list[core.Deduction]:
    """The deductions as they are, or as one that takes off at most `off` and adds at most `more` of them together.

    `highest`: of yes–no facts that are levels of one matter only the highest counts.
    """
    levels = highest and len(taken) > 1 and all(isinstance(d.times, core.OneIf) for d in taken)
    if not taken or (off is None and more is None and not levels):
        return list(taken)
    if len(taken) == 1 and (off is None or more is None):
        return [attrs.evolve(taken[0], limit=off if off is not None else more)]
    span = taken[0].span.to(taken[-1].span)
    amounts = tuple(core.Arithmetic("*", core.Constant(d.rate), d.times, span=d.span) for d in taken)
    total: core.Expression = core.Total(amounts, span=span)
    if levels:
        total = core.Extreme("min" if taken[0].rate < 0 else "max", amounts, span=span)
    if off is not None:
        total = core.Extreme("min", (total, core.Constant(off)), span=span)
    if more is not None:
        total = core.Extreme("max", (total, core.Constant(-more)), span=span)
    text = "；".join(dict.fromkeys(d.text for d in taken))
    return [core.Deduction(Fraction(1), total, text, span=span)]
