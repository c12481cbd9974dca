"""Why a verdict is as it is, in sentences with numbers.

Takes a case and what the search found; gives Chinese sentences without a final stop. Never decides a verdict.
"""

import re
from collections.abc import Iterable, Iterator
from fractions import Fraction

from rubric.audit.case import Case, Nearest
from rubric.audit.formula import formula_text
from rubric.audit.search import Found, Point
from rubric.audit.unknowns import Unknown, used_keys
from rubric.core import program as core
from rubric.core.intervals import Range
from rubric.core.numbers import ZERO, fixed, plain, round_half_up
from rubric.core.record import Basis
from rubric.evaluator.outcome import IndicatorOutcome, MissingKey, Status, Step, StepKind
from rubric.facts.values import shown

_LISTED = 4
_SHOWN_VALUES = 3


def consistent(outcome: IndicatorOutcome, places: int) -> str:
    assert outcome.score is not None
    judged = [clause.clause.path for clause in outcome.clauses if isinstance(clause.clause.rule, core.Judged)]
    beside = f"；其中第 {'、'.join(judged)} 点采用评判" if judged and all(judged) else ""
    return f"计算得 {fixed(outcome.score, places)}，与自评相同{beside}"


def reading_text(case: Case, changed: tuple[tuple[str, int], ...]) -> str:
    """`「全年平均执行率」取“四季度支出进度”`."""
    return "，".join(f"「{name}」取{_alternative(case, name, index)}" for name, index in changed)


def _alternative(case: Case, name: str, index: int) -> str:
    return f"“{_single(case.setting.choices[name].alternatives[index].name)}”"


def _single(text: str) -> str:
    """For a text inside quotation marks."""
    return text.replace("“", "‘").replace("”", "’")


def other_reading(case: Case, changed: tuple[tuple[str, int], ...]) -> str:
    now = tuple((name, case.setting.reading(name)) for name, _ in changed)
    computed = _computed(case, "", "得 ")
    return f"{reading_text(case, changed)}，得 {case.claim}，与自评相同；本次{reading_text(case, now)}，{computed}"


def _computed(case: Case, name: str, verb: str) -> str:
    """`计算得分为 4.00`, with other words where there is no score."""
    if case.outcome.score is not None:
        return f"{name}{verb}{case.points(case.outcome.score)}"
    return "不适用" if case.outcome.status is Status.NOT_APPLICABLE else f"{name}待定"


# --- 偏高 and 偏低 ----------------------------------------------------------------------------------------------------


def too_high(case: Case, below: Found) -> tuple[str, ...]:
    assert below.bound is not None
    told = _clause_sentence(case)
    scope = _scope(case, "最有利的值", "满分")
    if told and not scope:
        return (told,)
    sentence = f"{case.claim}：{scope or '按报告数据'}最高 {case.points(below.bound)}{_full_marks(case)}"
    return (sentence, *((told,) if told else ()))


def too_low(case: Case, above: Found) -> tuple[str, ...]:
    assert above.bound is not None
    told = _clause_sentence(case)
    scope = _scope(case, "最不利的值", "最低分")
    if told and not scope:
        return (told,)
    sentence = f"{case.claim}：{scope or '按报告数据'}最低 {case.points(above.bound)}"
    return (sentence, *((told,) if told else ()))


def _scope(case: Case, data: str, judged: str) -> str:
    """What was varied, in front of 最高 or 最低."""
    free = [unknown for space in case.search.spaces for unknown in space.free]
    parts: list[str] = []
    if any(unknown.judgement is not None for unknown in free):
        parts.append(f"评判都给{judged}")
    if any(unknown.judgement is None for unknown in free):
        parts.append(f"没有报告数据的项都取{data}")
    readings = "各种口径" if len(case.search.spaces) > 1 else ""
    if not parts:
        return readings
    return f"{'、'.join(parts)}，{readings}"


def _full_marks(case: Case) -> str:
    """What even full marks would give for the points that readings or open facts can change."""
    rule = case.indicator.rule
    if not isinstance(rule, core.Sum) or len(rule.parts) < 2:
        return ""
    rounding = case.program.scoring.rounding
    seen: list[list[Range]] = [[] for _ in rule.parts]
    for root in case.search.roots:
        space = case.search.spaces[root.number]
        if any(name == rounding for name, _ in space.changed):
            continue
        clauses = case.search.clauses(root.number)
        if len(clauses) != len(rule.parts):
            return ""
        for ranges, clause in zip(seen, clauses, strict=True):
            ranges.append(clause.value)
    changing = [part for part, ranges in zip(rule.parts, seen, strict=True) if len(set(ranges)) > 1]
    fixed_points = sum((max(r.high or ZERO for r in ranges) for ranges in seen if len(set(ranges)) == 1), ZERO)
    most = round_half_up(fixed_points + sum((part.points for part in changing), ZERO), case.places)
    if not changing or len(changing) == len(rule.parts) or most >= case.claimed:
        return ""
    names = "、".join(part.path for part in changing)
    marks = f"得满分 {plain(changing[0].points)} 分" if len(changing) == 1 else "都得满分"
    return f"；即使第 {names} 点{marks}，也只有 {case.points(most)}"


def _clause_sentence(case: Case) -> str:
    """The band that holds, where one band decides the indicator; else the bare difference."""
    score = case.outcome.score
    if score is None:
        return ""
    difference = case.claimed - score
    more = f"自评 {case.claim} {'多' if difference > 0 else '少'} {case.points(abs(difference))}"
    steps = case.outcome.steps
    if len(case.outcome.clauses) == 1:
        steps = case.outcome.clauses[0].steps
    band = next((step for step in steps if step.kind is StepKind.BAND and step.holds), None)
    if band is None or len(case.outcome.clauses) > 1:
        return f"按现有数据得 {case.points(score)}，{more}"
    subject = _subject(case, band.children)
    return f"{subject}在“{_single(_tidy(band.text))}”一档，得 {case.points(score)}，{more}"


def _subject(case: Case, steps: Iterable[Step]) -> str:
    for step in _every(steps):
        if step.kind in (StepKind.QUANTITY, StepKind.FACT) and step.value is not None and step.value.point is not None:
            return f"{step.label} {shown(_readable(step.value.point, step.unit), step.unit)} "
    return ""


def _readable(value: Fraction, unit: core.Unit | None) -> Fraction:
    """A computed rate to two decimals of a percent, unless that would be a whole number which the value is not."""
    if unit is None or unit.dimension is not core.Dimension.RATE:
        return value
    rounded = round_half_up(value / unit.scale, 2) * unit.scale
    return value if (rounded / unit.scale).denominator == 1 else rounded


def _tidy(text: str) -> str:
    """A sentence as issued without blanks, with the punctuation of Chinese text."""
    joined = "".join(text.split()).rstrip("。；;，,")
    return re.sub(r",(?!\d)", "，", joined)


def _every(steps: Iterable[Step]) -> Iterator[Step]:
    for step in steps:
        yield step
        yield from _every(step.children)


# --- 不可能 -----------------------------------------------------------------------------------------------------------


def impossible(case: Case, below: Found, above: Found) -> str:
    assert below.at is not None and above.at is not None and below.value is not None and above.value is not None
    low, high = case.points(below.value), case.points(above.value)
    only = _only_count(case)
    if only is not None:
        unknown, formula = only
        counts = [_value_text(case, unknown, found.value(_position(found, unknown))) for found in (below.at, above.at)]
        return f"{case.claim} 不是 {formula} 能得到的：{counts[0]}得 {low}，{counts[1]}得 {high}"
    words = [_words(case, point, other) for point, other in ((below.at, above.at), (above.at, below.at))]
    return f"{case.claim} 不在可能的得分之中：{words[0]}得 {low}，{words[1]}得 {high}"


def nearest(case: Case, score: Fraction, point: Point) -> Nearest:
    return Nearest(score, tuple(_named_value(case, point, unknown) for unknown in point.space.free))


def _only_count(case: Case) -> tuple[Unknown, str] | None:
    """The only unknown and the formula of the only clause, where both are that simple."""
    found: set[tuple[MissingKey, str | None]] = set()
    for space in case.search.spaces:
        if len(space.unknowns) != 1 or not space.free:
            return None
        unknown = space.unknowns[0]
        if unknown.judgement is not None or unknown.grid is None:
            return None
        found.add((unknown.key, formula_text(case.indicator, space.setting, unknown.key)))
    match list(found):
        case [(_, str(formula))]:
            return case.search.spaces[0].unknowns[0], formula
        case _:
            return None


def _words(case: Case, point: Point, other: Point) -> str:
    """What makes this point differ from the other, or from what is recorded: `「X」27 个时`."""
    told: list[str] = []
    if point.space.changed:
        told.append(reading_text(case, point.space.changed))
    values = {unknown.key: other.value(position) for position, unknown in enumerate(other.space.unknowns)}
    differing = [u for p, u in enumerate(point.space.unknowns) if values.get(u.key) != point.value(p)]
    told += [_named_value(case, point, unknown) for unknown in differing[:_SHOWN_VALUES]]
    return f"{'、'.join(told)}时" if told else "按现有数据"


def _named_value(case: Case, point: Point, unknown: Unknown) -> str:
    value = _value_text(case, unknown, point.value(_position(point, unknown)))
    return f"{_name(unknown)}{'' if value[:1].isdigit() else ' '}{value}".replace("」 ", "」")


def _position(point: Point, unknown: Unknown) -> int:
    return next(p for p, u in enumerate(point.space.unknowns) if u.key == unknown.key)


def _name(unknown: Unknown) -> str:
    if unknown.judgement is not None:
        return f"第 {unknown.judgement.path} 点 " if unknown.judgement.path else "评判 "
    name, part = unknown.key
    return f"「{part or ''}{name}」"


def _value_text(case: Case, unknown: Unknown, value: Fraction | bool | str) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, str):
        return f"“{value}”"
    if unknown.judgement is not None:
        return f"{plain(value)} 分"
    unit = case.setting.data[unknown.key[0]].unit
    if unit is not None and unit.dimension is core.Dimension.MONEY:
        return f"{plain(value / unit.scale, 8)} {unit.name}"
    return shown(value, unit)


# --- 无法核验 ---------------------------------------------------------------------------------------------------------


def unverifiable(case: Case, attained: Found | None) -> tuple[str, ...]:
    score = case.outcome.score
    resting = "；".join(_resting(case))
    if score == case.claimed:
        first = f"自评 {case.claim} 与计算得分相同，但不能只凭报告数据核实"
    else:
        computed = _computed(case, "计算得分", "为 ")
        seen = "能够得到" if attained is not None else "不能排除"
        first = f"{computed}，自评 {case.claim} {seen}"
    sentences = [f"{first}：{resting}" if resting else first]
    if attained is not None and attained.at is not None and score != case.claimed:
        told = [_named_value(case, attained.at, unknown) for unknown in _moved(attained.at)][:_SHOWN_VALUES]
        if attained.at.space.changed:
            told.insert(0, reading_text(case, attained.at.space.changed))
        if told:
            sentences.append(f"例如{'、'.join(told)}时，得 {case.claim}")
    if case.search.left <= 0:
        sentences.append("可能的取值很多，没有全部算完")
    low, high = case.search.hull()
    if low is not None and high is not None and low != high:
        sentences.append(f"得分可在 {case.points(low)}～{case.points(high)} 之间")
    return tuple(sentences)


def _moved(point: Point) -> list[Unknown]:
    """The unknowns that the point sets to something else than what is recorded."""
    return [u for p, u in enumerate(point.space.unknowns) if u.given is None or u.given != point.value(p)]


def _resting(case: Case) -> Iterator[str]:
    """What the score rests on besides reported facts."""
    by_basis: dict[Basis | None, list[str]] = {}
    facts = case.setting.record.facts
    for name, part in used_keys(case.indicator, case.setting):
        fact = facts.get((name, part))
        by_basis.setdefault(None if fact is None else fact.basis, []).append(f"「{part or ''}{name}」")
    for basis, words in ((Basis.ASSERTED, "只有自述"), (Basis.ASSUMED, "是假定的"), (Basis.JUDGED, "由人判断")):
        if names := by_basis.get(basis):
            yield f"{_listed(names)}{words}"
    if names := by_basis.get(None):
        yield f"缺少{_listed(names)}"
    yield from _unstated(case)
    judged = [u.judgement for u in case.search.spaces[0].unknowns if u.judgement is not None]
    if judged:
        paths = [judgement.path for judgement in judged if judgement.path]
        yield f"第 {'、'.join(paths)} 点由人评判" if len(paths) == len(judged) else "由人评判"
    given = case.setting.record.judgements
    assumed = [j.path for j in judged if j.key in given and given[j.key].basis is Basis.ASSUMED]
    if assumed:
        yield f"第 {'、'.join(assumed)} 点的评判是假定的" if all(assumed) else "评判是假定的"
    rounded = [f"「{u.key[1] or ''}{u.key[0]}」" for u in case.search.spaces[0].unknowns if u.rounded]
    if rounded and not judged and not set(by_basis) - {Basis.REPORTED}:
        yield f"{_listed(rounded)}是四舍五入后的数"


def _unstated(case: Case) -> Iterator[str]:
    """Readings under which a reported fact has no value."""
    told: set[str] = set()
    first = {unknown.key for unknown in case.search.spaces[0].free}
    for space in case.search.spaces:
        names = [f"「{u.key[1] or ''}{u.key[0]}」" for u in space.free if u.key not in first]
        words = f"没有写明{_listed(names)}按{_taken(case, space.changed)}的数"
        if len(space.changed) == 1 and names and words not in told:
            told.add(words)
            yield words


def _taken(case: Case, changed: tuple[tuple[str, int], ...]) -> str:
    return "、".join(_alternative(case, name, index) for name, index in changed)


def _listed(names: list[str]) -> str:
    more = f"等 {len(names)} 项" if len(names) > _LISTED else ""
    return "".join(names[:_LISTED]) + more
