"""The parts of a comparison of two editions in words.

Takes changes, regions, witnesses and facts; gives short Chinese texts. Never decides what changed.
"""

from collections.abc import Iterator
from fractions import Fraction
from typing import assert_never

import attrs

from rubric.core import program as core
from rubric.core.intervals import Interval, exactly
from rubric.core.numbers import fixed, plain
from rubric.core.record import Record, Row
from rubric.reporting.quantities import quantity
from rubric.revision.changes import (
    Change,
    Condition,
    Ground,
    Kind,
    Meaning,
    Region,
    Settled,
    Standing,
    Verdict,
    Witness,
)
from rubric.revision.wording import Replaced

TOTAL = "总分"
ZERO = Fraction(0)
_LESS = {Meaning.STRICTER: "新标准得分更低", Meaning.LOOSER: "新标准得分更高"}
_AROUND = 12
_MOST_PLACES = 3
_OVERALL = {Kind.TOTAL: "总分规则", Kind.ROUNDING: "计分方式", Kind.NOT_APPLICABLE: "不适用的处理"}


def edition_name(program: core.Program) -> str:
    """`《…》2023 年度（示例修订（非财政部门印发文本））`."""
    year = f" {program.fiscal_year} 年度" if program.fiscal_year is not None else ""
    return f"「{program.title or '未命名的评分表'}」{year}{f'（{program.status}）' if program.status else ''}"


def subject(change: Change) -> str:
    """`「财务合规性」第2点`; the total where no indicator is meant."""
    if not change.indicator:
        return TOTAL
    return f"「{change.indicator}」{clause_words(change.path)}"


def clause_words(path: str) -> str:
    return "".join(f"第{path}点" if path else "")


def meaning_words(change: Change) -> str:
    """`更严（有实例；已证明没有更宽的情形）`."""
    if change.kind in (Kind.RENAMED, Kind.MOVED):
        return "得分不受影响"
    ground = proof_words(change)
    return f"{change.meaning}（{ground}）" if ground else str(change.meaning)


def proof_words(change: Change) -> str:
    """Why the meaning is what it is said to be, with what that rests on."""
    words = ground_words(change.verdict)
    taken = any(what == "视同" and after.endswith("（推断）") for what, _, after in change.of)
    return f"以下述视同为前提，{words}" if taken and words else words


def ground_words(verdict: Verdict) -> str:
    match verdict.ground:
        case Ground.SAME:
            return "计算式相同" if verdict.meaning is Meaning.EQUAL else ""
        case Ground.PROVED:
            return "已证明：无论数据如何，得分都相同"
        case Ground.WITNESSED:
            match verdict.meaning:
                case Meaning.STRICTER:
                    return "有实例；已证明没有得分更高的情形"
                case Meaning.LOOSER:
                    return "有实例；已证明没有得分更低的情形"
                case Meaning.MIXED:
                    return "两种情形都有实例"
                case _:
                    return "两年所用的数据或评判内容不同"
        case Ground.PARTLY | Ground.NONE:
            return verdict.reason
        case Ground.STRUCTURE:
            return ""
        case _:
            assert_never(verdict.ground)


# --- where they differ ------------------------------------------------------------------------------------------------


def region_words(region: Region) -> str:
    """`比率大于 10%、不超过 15% 时，新标准得分更高`."""
    said = _LESS[region.direction]
    if not region.conditions:
        return said
    where = "，且".join(condition_words(condition) for condition in region.conditions)
    where += _gap(where)
    return f"{where}时，{said}" if region.exact else f"只在{where}时，可能{said}"


def _gap(text: str) -> str:
    """The blank between a digit or a Latin letter and what follows it."""
    return " " if text[-1].isascii() else ""


def region_texts(regions: tuple[Region, ...]) -> Iterator[str]:
    """One text for each place; where the scores of one place may go either way, that in one text."""
    places: dict[tuple[Condition, ...], list[Region]] = {}
    for region in regions:
        places.setdefault(region.conditions, []).append(region)
    for conditions, there in places.items():
        if len(there) == 1 or not conditions:
            yield from (region_words(region) for region in there)
        else:
            where = "，且".join(condition_words(condition) for condition in conditions)
            yield f"{where}{_gap(where)}时，新标准得分可能更低，也可能更高"


def condition_words(condition: Condition) -> str:
    if condition.states:
        return f"{condition.name}为{'、'.join(f'「{state}」' for state in condition.states)}"
    return condition.name + "，或".join(_band_words(band, condition.unit) for band in condition.bands)


def _band_words(band: Interval, unit: core.Unit | None) -> str:
    if band.low is not None and band.low == band.high:
        return f"为 {_value(band.low, unit)}"
    ends: list[str] = []
    if band.low is not None:
        ends.append(f"{'不低于' if band.low_inclusive else '大于'} {_value(band.low, unit)}")
    if band.high is not None:
        ends.append(f"{'不超过' if band.high_inclusive else '小于'} {_value(band.high, unit)}")
    return "、".join(ends)


def _value(value: Fraction, unit: core.Unit | None) -> str:
    return quantity(exactly(value), unit, spaced=True)


# --- departments ------------------------------------------------------------------------------------------------------


def witness_words(change_points: int, witness: Witness, old: core.Program, new: core.Program) -> str:
    """`比率 15%：原标准 0.00 分，新标准 0.50 分`."""
    facts = list(facts_words(witness.new_record, new))
    extra = [text for text in facts_words(witness.old_record, old, without=witness.new_record) if text not in facts]
    given = "、".join((*facts, *(f"{text}（上年数据）" for text in extra))) or "任何部门"
    return f"{given}：原标准{standing_words(witness.old, change_points)}，新标准{standing_words(witness.new, change_points)}"


def whole_witness_words(kind: Kind, places: int, witness: Witness, old: core.Program, new: core.Program) -> str:
    """`四季度部门预算支出进度 79%的部门：按原总分规则总分 95.00 分，按新总分规则 89.00 分`; only what matters is named."""
    given = "、".join(about_words(witness, old, new)) or "某部门"
    totals = [fixed(one.score if one.score is not None else ZERO, places) for one in (witness.old, witness.new)]
    what = _OVERALL.get(kind, "标准")
    return f"{given}{_gap(given)}的部门：按原{what}总分 {totals[0]} 分，按新{what} {totals[1]} 分（各指标都按新标准计）"


def about_words(witness: Witness, old: core.Program, new: core.Program) -> list[str]:
    """What matters of a department of the whole table."""
    known = {d.name for d in new.data}
    both = attrs.evolve(new, data=(*new.data, *(d for d in old.data if d.name not in known)))
    about = witness.about or witness.new_record
    return list(
        facts_words(attrs.evolve(about, facts={k: f for k, f in about.facts.items() if _is_known(both, k[0])}), both)
    )


def _is_known(program: core.Program, name: str) -> bool:
    return any(datum.name == name for datum in program.data)


def standing_words(standing: Standing, places: int) -> str:
    if standing.exact is None:
        return "待定（标准没有说怎样计分）"
    score = f"得 {fixed(standing.score if standing.score is not None else standing.exact, places)} 分"
    if standing.away:
        return f"有 {plain(standing.away)} 分不适用，{score}"
    if standing.score is not None and standing.score != standing.exact:
        return f"{score}（取整前 {plain(standing.exact, 6)}）"
    return score


def facts_words(record: Record, program: core.Program, without: Record | None = None) -> Iterator[str]:
    """Each fact with its value, each judgement with its points; `without` are those that another record says alike."""
    data = {d.name: d for d in program.data}
    for (name, part), fact in record.facts.items():
        if without is not None and (name, part) in without.facts:
            continue
        shown = f"{part}{name}" if part else name
        match fact.value:
            case bool():
                yield f"{shown}：{'是' if fact.value else '否'}"
            case Fraction():
                yield f"{shown} {quantity(exactly(fact.value), data[name].unit, spaced=True)}"
            case str():
                yield f"{shown}为「{fact.value}」"
            case rows:
                yield f"{shown}：{'；'.join(_row_words(row, data[name]) for row in rows) or '没有一行'}"
    judgements = {j.key: j for j in program.judgements}
    for key, given in record.judgements.items():
        if without is None or key not in without.judgements:
            yield f"「{key[1]}」评判 {plain(given.points)}／{plain(judgements[key].high)} 分"


def _row_words(row: Row, datum: core.Datum) -> str:
    units = {c.name: c.unit for c in datum.columns}
    cells = [
        f"{name} {quantity(exactly(value), units.get(name), spaced=True)}"
        if isinstance(value, Fraction)
        else f"{name}「{value}」"
        for name, value in row.items()
    ]
    return "，".join(cells)


def settled_words(settled: Settled, places: int) -> str:
    """What another reading of the old text would have made of it."""
    said = f"不再可以按「{settled.other}」计"
    if settled.meaning is Meaning.EQUAL:
        return f"{said}；该读法与新标准等价"
    if settled.witness is None:
        return f"{said}（量的是另一个数，得分看所填的数据）" if settled.meaning is Meaning.INCOMPARABLE else said
    witness = settled.witness
    return f"{said}；该读法{standing_words(witness.old, places)}，新标准{standing_words(witness.new, places)}"


# --- words that changed -----------------------------------------------------------------------------------------------


def is_rewritten(words: tuple[Replaced, ...]) -> bool:
    """Whether so much changed that both texts are better read whole."""
    same = sum(len(word.same) for word in words)
    changed = sum(max(len(word.before), len(word.after)) for word in words)
    return sum(1 for word in words if not word.same) > _MOST_PLACES and changed > same / 2


def replaced_words(words: tuple[Replaced, ...]) -> str:
    """`…比率≤[-10%-]{+15%+}的…`: what was left out in ［删：…］, what was put in in ［增：…］, a little around each."""
    pieces: list[str] = []
    for place, part in enumerate(words):
        if part.same:
            first, last = place == 0, place == len(words) - 1
            pieces.append(_shortened(part.same, first, last))
        elif part.before and part.after:
            pieces.append(f"［{part.before}→{part.after}］")
        else:
            pieces.append(f"［删：{part.before}］" if part.before else f"［增：{part.after}］")
    return "".join(pieces)


def _shortened(text: str, first: bool, last: bool) -> str:
    if len(text) <= 2 * _AROUND:
        return text
    head = "" if first else text[:_AROUND]
    tail = "" if last else text[-_AROUND:]
    return f"{head}……{tail}"
