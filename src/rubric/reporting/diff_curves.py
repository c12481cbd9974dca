"""The curves of both editions over each other.

Takes a revision and one of its changes; gives a picture of the points against one datum that both editions ask for, the
other facts as in the department that shows the change. Never where the editions have no datum in common.
"""

from collections.abc import Iterator
from fractions import Fraction

import attrs

from rubric.analysis.curve import curve_of
from rubric.core import program as core
from rubric.core.record import Record
from rubric.core.walk import data_used
from rubric.reporting.curve_svg import Drawn, curve_svg
from rubric.revision.changes import Change, Revision

_RATES_END = Fraction(3, 2)
_MOST_WHOLE = 60


@attrs.frozen
class Picture:
    svg: str
    caption: str


def pictures_of(revision: Revision, change: Change) -> Iterator[Picture]:
    """One picture, or none."""
    pair = revision.pair(change.indicator)
    if pair is None or not change.verdict.witnesses:
        return
    witness = change.verdict.witnesses[0]
    for datum in _candidates(revision, change, pair.new):
        old = next((p.old for p in revision.alignment.data if p.new is not None and p.new.name == datum.name), None)
        if old is None:
            continue
        low, high = _range(datum, witness.new_record)
        after = curve_of(revision.new, pair.new, witness.new_record, datum, low, high)
        before = curve_of(revision.old, pair.old, witness.old_record, old, low, high)
        if before.breaks == after.breaks and before.pieces == after.pieces:
            continue
        drawn = (
            Drawn(after, _label(revision.new, "新")),
            Drawn(attrs.evolve(before, datum=datum), _label(revision.old, "原")),
        )
        title = f"{pair.new.name}：得分随{datum.name}的变化，两年对照"
        svg = curve_svg(drawn, max(pair.old.points, pair.new.points), title, first="")
        yield Picture(svg, f"横轴是「{datum.name}」，其他数据同上面的实例。")
        return


def _label(program: core.Program, which: str) -> str:
    year = f"{program.fiscal_year} 年度" if program.fiscal_year is not None else ""
    return f"{which}标准{f'（{year}）' if year else ''}"


def _candidates(revision: Revision, change: Change, indicator: core.Indicator) -> Iterator[core.Datum]:
    """The data named by the regions, then all that the indicator reads, plain numbers alone."""
    data = {d.name: d for d in revision.new.data}
    named = [c.name for region in change.verdict.regions for c in region.conditions]
    for name in dict.fromkeys([*named, *data_used((indicator.rule, indicator.overrides))]):
        datum = data.get(name)
        if datum is not None and datum.kind is core.DatumKind.QUANTITY and not datum.parts and datum.unit is not None:
            yield datum


def _range(datum: core.Datum, record: Record) -> tuple[Fraction, Fraction]:
    """From its least value to its greatest, else to a half above 100 %, or twice what the facts hold."""
    assert datum.unit is not None
    low = datum.low.value if datum.low is not None and datum.low.value is not None else Fraction(0)
    if datum.high is not None and datum.high.value is not None:
        return low, datum.high.value
    if datum.unit.dimension is core.Dimension.RATE:
        return low, _RATES_END
    alike = [fact.value for fact in record.facts.values() if isinstance(fact.value, Fraction)]
    most = max((value for value in alike if value > 0), default=datum.unit.scale)
    bounding = record.facts.get((datum.high.datum, None)) if datum.high is not None and datum.high.datum else None
    if bounding is not None and isinstance(bounding.value, Fraction):
        most = bounding.value / 2
    high = max(2 * most, 10 * datum.unit.scale) if bounding is None else max(2 * most, datum.unit.scale)
    return low, min(high, low + _MOST_WHOLE * datum.unit.scale) if datum.decimals == 0 else high
