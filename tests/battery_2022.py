"""Records that put each computed indicator of 2022 to the test: every threshold, a step either side, zero, full, random.

Takes nothing; gives `BATTERY`, indicator → records. Never an expected score: those stand in `editions/2022`.
"""

from collections.abc import Iterable, Mapping
from fractions import Fraction
from random import Random

import attrs

import edition_2022 as edition
from rubric.core.record import Basis, Fact, Given, Record

Value = Fraction | bool | str
_RANDOM = Random(2022)
TEN_THOUSAND = Fraction(10_000)


def _record(values: Mapping[str, Value], series: Mapping[str, Mapping[str, Fraction]] | None = None) -> Record:
    """These facts; judgements at full points, so that only facts decide."""
    facts: dict[tuple[str, str | None], Fact] = {
        (name, None): Fact(value, str(value), Basis.REPORTED) for name, value in values.items()
    }
    for name, parts in (series or {}).items():
        facts |= {(name, part): Fact(value, str(value), Basis.REPORTED) for part, value in parts.items()}
    return Record(facts, {j.key: Given(j.high) for j in edition.program().judgements})


def _rates(*percents: str) -> list[Fraction]:
    """Percentages as ratios, with a hundredth of a percent either side."""
    step = Fraction(1, 10_000)
    found = {Fraction(p) / 100 + d for p in percents for d in (-step, Fraction(0), step)}
    return sorted(r for r in found if r >= 0) + [Fraction(_RANDOM.randrange(0, 15_000), 10_000) for _ in range(6)]


def _ratio(numerator: str, denominator: str, rates: Iterable[Fraction], scale: Fraction = TEN_THOUSAND) -> list[Record]:
    """Amounts whose ratio is each rate, over two denominators; and a denominator of 0."""
    found = [
        _record({numerator: rate * base * scale, denominator: base * scale})
        for base in (Fraction(100), Fraction(7, 3))
        for rate in rates
    ]
    found += [_record({numerator: n, denominator: Fraction(0)}) for n in (Fraction(0), scale)]
    return found


def _counts(name: str, *values: int) -> list[Record]:
    return [_record({name: Fraction(v)}) for v in values]


def _procurement() -> list[Record]:
    return _ratio("实际采购金额合计数", "采购计划金额合计数", _rates("0", "1", "50", "99.86", "100", "110"))


def _compliance() -> list[Record]:
    rates = _rates("0", "1", "9", "10", "10.5", "11", "12", "15", "19", "20", "21", "59.2", "100", "145")
    found = _ratio("调整、调剂资金累计", "年初预算总额", rates)
    return [attrs.evolve(r, facts={**r.facts, ("财务违规情形", None): Fact(Fraction(0), "0")}) for r in found]


def _staff() -> list[Record]:
    rates = _rates("0", "50", "99", "100", "101", "110", "1000")
    return _ratio("本年度在编人数（含工勤人员）", "核定编制数（含工勤人员）", rates, Fraction(1))


def _off_establishment() -> list[Record]:
    """Off-establishment share of all staff: rate r needs r/(1−r) times the established staff."""
    found: list[Record] = []
    for rate in _rates("0", "4", "5", "6", "9", "10", "11", "50"):
        if rate < 1:
            total = Fraction(10_000)
            found.append(
                _record(
                    {
                        "编外人员数（含劳务派遣、直接聘用人员）": rate * total,
                        "本年度在编人数（含工勤人员）": (1 - rate) * total,
                    }
                )
            )
    return found


def _operating() -> list[Record]:
    rates = _rates("0", "9", "80", "89", "90", "91", "99", "100", "101", "110", "1000")
    pairs = (
        ("“三公”经费实际支出数", "“三公”经费预算安排数", "日常公用经费决算数", "日常公用经费调整预算数"),
        ("日常公用经费决算数", "日常公用经费调整预算数", "“三公”经费实际支出数", "“三公”经费预算安排数"),
    )
    found: list[Record] = []
    for numerator, denominator, other, other_base in pairs:
        rest: dict[tuple[str, str | None], Fact] = {
            (other, None): Fact(Fraction(95), "95"),
            (other_base, None): Fact(Fraction(100), "100"),
        }
        found += [attrs.evolve(r, facts={**rest, **r.facts}) for r in _ratio(numerator, denominator, rates)]
        full: dict[tuple[str, str | None], Fact] = {**rest, (other, None): Fact(Fraction(1), "1")}
        found.append(attrs.evolve(found[0], facts={**found[0].facts, **full}))
    return found


_QUARTERS: tuple[str, ...] = ("一季度", "二季度", "三季度", "四季度")


def _execution() -> list[Record]:
    rows = [
        (25, 50, 75, 100),
        (40, 60, 80, 100),
        (0, 0, 0, 0),
        (100, 100, 100, 100),
        (10, 50, 75, 100),
        (25, 20, 75, 100),
        (25, 50, 30, 100),
        (25, 50, 75, 40),
        (1, 2, 3, 4),
    ]
    rows += [tuple(sorted(_RANDOM.randrange(0, 110) for _ in range(4))) for _ in range(6)]
    series = [dict(zip(_QUARTERS, (Fraction(v, 100) for v in row), strict=True)) for row in rows]
    series.append(dict(zip(_QUARTERS, map(Fraction, ("0.1814", "0.4243", "0.6112", "0.8867")), strict=True)))
    return [_record({}, {"部门预算支出进度": one}) for one in series]


def _projects() -> list[Record]:
    return [
        _record({"已完成项目数": Fraction(done), "计划完成项目总数": Fraction(planned)})
        for planned in (0, 1, 7, 30)
        for done in {0, 1, planned // 2, planned - 2, planned - 1, planned}
        if 0 <= done <= planned
    ]


def _key_work() -> list[Record]:
    return [
        _record({"重点工作项数": Fraction(items), "未完成重点工作项数": Fraction(open_items)})
        for items in (0, 1, 5, 12)
        for open_items in range(min(items, 11) + 1)
    ]


def _petitions() -> list[Record]:
    found: list[Record] = []
    for received, answered, timely, late in (
        (0, 0, 0, 0),
        (21, 21, 21, 0),
        (21, 20, 20, 0),
        (21, 21, 20, 0),
        (21, 21, 21, 1),
        (21, 0, 0, 21),
        (21, 21, 20, 1),
        (1000, 999, 999, 0),
        (1000, 990, 989, 1),
        (1000, 100, 100, 0),
        (1000, 11, 10, 0),
        (100, 99, 99, 0),
        (100, 99, 98, 0),
    ):
        names = ("群众信访件数", "办理回复件数", "及时办理回复件数", "超期件数")
        found.append(_record(dict(zip(names, map(Fraction, (received, answered, timely, late)), strict=True))))
    return found


def _satisfaction() -> list[Record]:
    rates = _rates("0", "8", "9", "79", "80", "81", "89", "90", "91", "94", "94.996", "95", "96", "100")
    return [_record({"满意度": r}) for r in rates if r <= 1]


BATTERY: Mapping[int, tuple[Record, ...]] = {
    2: tuple(_counts("预算编制不符合要求项数", 0, 1, 2, 3, 4, 5, 6, 7, 10, 50)),
    3: tuple(_counts("未按要求编报或不符合要求的绩效目标数", 0, 1, 2, 3, 4, 5, 10, 30)),
    5: tuple(_procurement()),
    6: tuple(_compliance()),
    11: tuple(
        _ratio(
            "实际在用固定资产总额",
            "所有固定资产总额",
            _rates("0", "6", "59", "60", "61", "74", "75", "76", "89", "90", "91", "99"),
        )
    ),
    12: tuple(_staff()),
    13: tuple(_off_establishment()),
    15: tuple(_operating()),
    16: tuple(_execution()),
    17: tuple(_projects()),
    18: tuple(_key_work()),
    20: tuple(_petitions()),
    21: tuple(_satisfaction()),
}
