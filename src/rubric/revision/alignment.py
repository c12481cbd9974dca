"""What of one edition is what of the other.

Takes two programs; gives the pairs of indicators, data and judgements, each with how it was matched, and both programs in
one vocabulary. Never a meaning.

Indicators are the same by name, else by the new edition's own line 上年指标, else by likeness of name and text; data by name
or alias; a datum that the new text computes instead of asking is that quantity. Data of one name that measure different
things (money and a rate) are different data. A day is the same day of either year. Judgements are the same where a person judges the same sentence; where its
points differ, the same share of them is meant.
"""

from collections.abc import Iterator, Mapping
from enum import StrEnum
from fractions import Fraction

import attrs

from rubric.core import program as core
from rubric.core.walk import data_used, within
from rubric.revision.rewriting import Names, renamed, under
from rubric.revision.wording import likeness, says_the_same
from rubric.syntax.fold import key

LAST_YEAR = "（上年）"
_ALIKE_NAMES = Fraction(3, 5)
_ALIKE_TEXTS = Fraction(3, 5)
_SAME_TEXTS = Fraction(17, 20)
_SHORTEST_PART = 4


class How(StrEnum):
    NAME = "同名"
    DECLARED = "已声明"
    INFERRED = "推断"


@attrs.frozen
class IndicatorPair:
    old: core.Indicator
    new: core.Indicator
    how: How


@attrs.frozen
class DatumPair:
    """`new` is the same datum; or `quantity` is what the new text computes in its place."""

    old: core.Datum
    new: core.Datum | None
    quantity: core.Named | None
    how: How


@attrs.frozen
class JudgementPair:
    """Both keys in the common vocabulary; new points = `ratio` × old points. The sentence judged is the same."""

    old: tuple[str, str]
    new: tuple[str, str]
    ratio: Fraction


@attrs.frozen
class Alignment:
    """`old_common` is the old program in the vocabulary of `new`: what both ask has one name, what only the old one asks
    keeps its own, or has （上年） behind it where that is taken.
    """

    old: core.Program
    new: core.Program
    indicators: tuple[IndicatorPair, ...]
    added: tuple[core.Indicator, ...]
    removed: tuple[core.Indicator, ...]
    data: tuple[DatumPair, ...]
    judgements: tuple[JudgementPair, ...]
    names: Names
    old_common: core.Program

    @property
    def gone(self) -> tuple[core.Datum, ...]:
        """Data that need no longer be collected."""
        matched = {pair.old.name for pair in self.data if pair.new is not None}
        used = data_used((self.old.indicators, self.old.scoring))
        return tuple(d for d in self.old.data if d.name in used and d.name not in matched)

    @property
    def fresh(self) -> tuple[core.Datum, ...]:
        """Data that were not collected before."""
        matched = {pair.new.name for pair in self.data if pair.new is not None}
        used = data_used((self.new.indicators, self.new.scoring))
        return tuple(d for d in self.new.data if d.name in used and d.name not in matched)

    @property
    def redefined(self) -> tuple[tuple[core.Datum, core.Datum, tuple[str, ...]], ...]:
        """Data that both editions ask for and declare otherwise, with what is other about them."""
        found: list[tuple[core.Datum, core.Datum, tuple[str, ...]]] = []
        for pair in self.data:
            if pair.new is not None:
                before, after = _declared(renamed(self.names, pair.old)), _declared(pair.new)
                other = tuple(what for what, value in before.items() if value != after[what])
                found += [(pair.old, pair.new, other)] if other else []
        return tuple(found)


def _declared(datum: core.Datum) -> dict[str, object]:
    """What a line of 数据 says of a datum besides its name."""
    return {
        "单位": datum.unit,
        "小数位数": datum.decimals,
        "下限": datum.low,
        "上限": datum.high,
        "几种情况": datum.states,
        "各列": datum.columns,
        "口径": key(datum.reference),
        "来源": key(datum.origin),
        "填报单位": key(datum.filled_by),
        "各单位之间的比较": datum.over,
    }


def align(old: core.Program, new: core.Program) -> Alignment:
    pairs = _indicator_pairs(old, new)
    matched_old, matched_new = {p.old.name for p in pairs}, {p.new.name for p in pairs}
    data = _datum_pairs(old, new, pairs)
    judged = _judgement_pairs(old, new, pairs)
    names = _names(old, new, data)
    judgements = tuple(JudgementPair(names.judgements[a.key], b.key, (b.high / a.high)) for a, b in judged)
    return Alignment(
        old,
        new,
        pairs,
        tuple(i for i in new.indicators if i.name not in matched_new),
        tuple(i for i in old.indicators if i.name not in matched_old),
        data,
        judgements,
        names,
        _in_common(names, old, new),
    )


def _in_common(names: Names, old: core.Program, new: core.Program) -> core.Program:
    """The old program in the common vocabulary, with the data that the quantities in the place of its own are made of.

    Its days are those of the new year, and so is its calendar: a rule is held against another one on the same days.
    """
    program = renamed(names, old)
    known = {d.name for d in program.data}
    data = (*program.data, *(d for d in new.data if d.name not in known))
    return attrs.evolve(program, data=data, calendar=new.calendar)


# --- indicators -------------------------------------------------------------------------------------------------------


def text_of(indicator: core.Indicator, program: core.Program) -> str:
    """All issued sentences of an indicator."""
    return "\n".join(s.text for s in program.sentences if s.indicator == indicator.name)


def _indicator_pairs(old: core.Program, new: core.Program) -> tuple[IndicatorPair, ...]:
    found: dict[str, IndicatorPair] = {}
    taken: set[str] = set()

    def pair(one: core.Indicator, other: core.Indicator, how: How) -> None:
        found[other.name] = IndicatorPair(one, other, how)
        taken.add(one.name)

    for other in new.indicators:
        wanted = previous_name(other)
        one = next((i for i in old.indicators if wanted and key(i.name) == key(wanted)), None)
        if one is not None and one.name not in taken:
            pair(one, other, How.NAME if key(one.name) == key(other.name) else How.DECLARED)
    for other in new.indicators:
        one = next((i for i in old.indicators if key(i.name) == key(other.name)), None)
        if one is not None and one.name not in taken and other.name not in found:
            pair(one, other, How.NAME)
    for _, one, other in sorted(_candidates(old, new, found, taken), key=lambda c: -c[0]):
        if one.name not in taken and other.name not in found:
            pair(one, other, How.INFERRED)
    return tuple(found[i.name] for i in new.indicators if i.name in found)


def previous_name(indicator: core.Indicator) -> str:
    """What the edition itself says this indicator was called the year before; empty where it says nothing."""
    return indicator.last_year


def _candidates(
    old: core.Program, new: core.Program, found: Mapping[str, object], taken: set[str]
) -> Iterator[tuple[Fraction, core.Indicator, core.Indicator]]:
    for other in new.indicators:
        for one in old.indicators:
            if one.name in taken or other.name in found:
                continue
            names = likeness(one.name, other.name)
            texts = likeness(text_of(one, old), text_of(other, new))
            if (names >= _ALIKE_NAMES and texts >= _ALIKE_TEXTS) or texts >= _SAME_TEXTS:
                yield names + texts, one, other


# --- data -------------------------------------------------------------------------------------------------------------


def _datum_pairs(old: core.Program, new: core.Program, indicators: tuple[IndicatorPair, ...]) -> tuple[DatumPair, ...]:
    found: list[DatumPair] = []
    taken: set[str] = set()
    for one in old.data:
        other = next((d for d in new.data if key(d.name) == key(one.name)), None)
        other = other or next((d for d in new.data if _names_of(d) & _names_of(one)), None)
        if (
            other is not None
            and other.name not in taken
            and are_comparable(one, other)
            and _same_cells(old, one, new, other)
        ):
            how = How.NAME if key(other.name) == key(one.name) else How.DECLARED
            found.append(DatumPair(one, other, None, how))
            taken.add(other.name)
    known = {pair.old.name for pair in found}
    readings = {c.name: c.default for c in new.choices}
    for pair in indicators:
        quantities = _quantities(under(readings, pair.new))
        for name in data_used((pair.old.rule, pair.old.overrides)):
            one = old.datum(name)
            if name not in known and one.kind is core.DatumKind.QUANTITY and not one.parts:
                match = _quantity_for(one, quantities, new)
                if match is not None:
                    found.append(DatumPair(one, None, match[0], match[1]))
                    known.add(name)
    return tuple(found)


def are_comparable(one: core.Datum, other: core.Datum) -> bool:
    """Whether two data of one name measure the same kind of thing."""
    if one.kind is not other.kind or one.parts != other.parts:
        return False
    match one.kind:
        case core.DatumKind.QUANTITY:
            return _dimension(one) is _dimension(other)
        case core.DatumKind.STATE:
            return bool(set(one.states) & set(other.states))
        case core.DatumKind.ROWS:
            columns = {c.name: c for c in other.columns}
            return any(c.name in columns for c in one.columns)
        case core.DatumKind.BOOLEAN:
            return True


def _same_cells(old: core.Program, one: core.Datum, new: core.Program, other: core.Datum) -> bool:
    """Whether each column that a rule of either edition reads is of one kind in both."""
    read = _columns_read(old, one.name) & _columns_read(new, other.name)
    before, after = {c.name: c for c in one.columns}, {c.name: c for c in other.columns}
    return all(
        before[name].states == after[name].states and (before[name].unit is None) == (after[name].unit is None)
        for name in read
        if name in before and name in after
    )


def _columns_read(program: core.Program, datum: str) -> set[str]:
    return {
        node.column
        for node in within(program.indicators)
        if isinstance(node, core.Cell | core.CellIs) and node.datum == datum
    }


def _dimension(datum: core.Datum) -> core.Dimension | None:
    return datum.unit.dimension if datum.unit is not None else None


def _names_of(datum: core.Datum) -> set[str]:
    return {key(name) for name in (datum.name, *datum.aliases)}


def _quantities(indicator: core.Indicator) -> dict[str, core.Named]:
    """The quantities the text names, without those that stand for another thing in each part of a series."""
    found: dict[str, core.Named] = {}
    several: set[str] = set()
    for node in within((indicator.rule, indicator.overrides)):
        if isinstance(node, core.Named):
            name = key(node.name)
            several |= {name} if name in found and found[name] != node else set()
            found[name] = node
    return {name: node for name, node in found.items() if name not in several}


def _quantity_for(
    datum: core.Datum, quantities: Mapping[str, core.Named], program: core.Program
) -> tuple[core.Named, How] | None:
    for name in (datum.name, *datum.aliases):
        match = quantities.get(key(name))
        if match is not None and _measures(match, datum, program):
            return match, How.NAME
    for name, node in quantities.items():
        wanted = key(datum.name)
        if len(wanted) >= _SHORTEST_PART and wanted in name and _measures(node, datum, program):
            return node, How.INFERRED
    return None


def _measures(quantity: core.Named, datum: core.Datum, program: core.Program) -> bool:
    """Whether a quantity is of the kind of the datum, which has no part in it."""
    if datum.unit is None or datum.name in data_used(quantity):
        return False
    if quantity.unit is not None:
        return quantity.unit.dimension is datum.unit.dimension
    # What is made of rows has the kind of their cells.
    columns = {(d.name, c.name): c.unit for d in program.data for c in d.columns}
    cells = [columns.get((n.datum, n.column)) for n in within(quantity.body) if isinstance(n, core.Cell)]
    return bool(cells) and all(unit is not None and unit.dimension is datum.unit.dimension for unit in cells)


# --- judgements -------------------------------------------------------------------------------------------------------


def _judgement_pairs(
    old: core.Program, new: core.Program, indicators: tuple[IndicatorPair, ...]
) -> list[tuple[core.Judgement, core.Judgement]]:
    found: list[tuple[core.Judgement, core.Judgement]] = []
    for pair in indicators:
        ours = [j for j in new.judgements if j.indicator == pair.new.name]
        for one in (j for j in old.judgements if j.indicator == pair.old.name):
            other = next((j for j in ours if _is_same_sentence(one, j)), None)
            if other is not None and one.high > 0:
                ours.remove(other)
                found.append((one, other))
    return found


def _is_same_sentence(one: core.Judgement, other: core.Judgement) -> bool:
    """The same words, the points in them apart."""
    return (
        one.partial == other.partial
        and one.low == 0 == other.low
        and says_the_same(_without_points(one), _without_points(other))
    )


def _without_points(judgement: core.Judgement) -> str:
    points = f"{judgement.high.numerator}" if judgement.high.denominator == 1 else ""
    return judgement.text.replace(f"（{points}分）", "").replace(f"{points}分", "") if points else judgement.text


# --- one vocabulary ---------------------------------------------------------------------------------------------------


def _names(old: core.Program, new: core.Program, data: tuple[DatumPair, ...]) -> Names:
    same = {pair.old.name: pair.new.name for pair in data if pair.new is not None}
    taken = {d.name for d in new.data}
    return Names(
        {d.name: same.get(d.name, f"{d.name}{LAST_YEAR}" if d.name in taken else d.name) for d in old.data},
        {j.key: (f"{j.indicator}{LAST_YEAR}", j.label) for j in old.judgements},
        {c.name: f"{c.name}{LAST_YEAR}" for c in old.choices},
        {pair.old.name: pair.quantity for pair in data if pair.quantity is not None},
        0 if old.fiscal_year is None or new.fiscal_year is None else new.fiscal_year - old.fiscal_year,
    )
