"""One made-up department after another.

Takes a program, a seed and a number; gives the record of that department: every fact within its declared range, in its declared
decimals, tied to the others as `ties` says; every judgement within its points. Never a real unit: the name says 生成数据, and
each fact is 假定. What the rubric leaves to common sense (how large an amount, how often something is wrong) is drawn here,
and is an assumption: `ASSUMPTIONS` says it in words.

With `edges` every second number lies on a figure at which a score turns, or one unit of its last decimal beside it.
"""

from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise

import attrs

from rubric.analysis.ranges import Key, linear, range_of
from rubric.core import program as core
from rubric.core.dates import day_number
from rubric.core.numbers import fixed
from rubric.core.record import Basis, Fact, Given, Record, Value
from rubric.population.draws import Draws
from rubric.population.rows import made_up_rows
from rubric.population.ties import Ties, ties_of

LABEL = "生成数据"
ASSUMPTIONS = (
    "金额按部门大小取：第一项金额为几百万元到近十亿元，其余各项为它的百分之二到四十",
    "相除的两项数据（如支出和预算）的比率落在评分标准相邻两个界限之间，各段机会相同，超过 100% 的占百分之十五",
    "不超过另一项的数据六成与它相等；按期累计的数据逐期不减",
    "扣分的次数七成为 0；否决和豁免的情形百分之六发生；用作基数的数据百分之三为 0",
    "评判四分之三得满分，其余在分值之内",
    "逐行填列的数据有三至八行；对照目标值的六成达到目标，其余完成百分之四十以上",
)

ZERO, ONE = Fraction(0), Fraction(1)
_DECIMALS = {
    core.Dimension.MONEY: 2,
    core.Dimension.RATE: 2,
    core.Dimension.COUNT: 0,
    core.Dimension.SCORE: 2,
    core.Dimension.DATE: 0,
    core.Dimension.NUMBER: 2,
    core.Dimension.GRADE: 0,
}
_MANY = (20, 30, 40, 60, 80, 100, 120, 200)


@attrs.frozen
class Population:
    """What is the same for every department of a rubric. Make it with `population_of`."""

    program: core.Program
    ties: Ties
    seed: int
    edges: bool = False


def population_of(program: core.Program, seed: int, *, edges: bool = False) -> Population:
    return Population(program, ties_of(program), seed, edges)


def department(population: Population, number: int) -> Record:
    """The department of this number, from 1 on."""
    return _Department(population, number).record()


def tick_of(datum: core.Datum) -> Fraction:
    """The unit of the last decimal that is drawn, in base units."""
    if datum.unit is None:
        return Fraction(1, 10 ** (2 if datum.decimals is None else datum.decimals))
    decimals = _DECIMALS[datum.unit.dimension] if datum.decimals is None else datum.decimals
    return datum.unit.scale / 10**decimals


class _Department:
    """One department being drawn; an inner detail of this module."""

    def __init__(self, population: Population, number: int) -> None:
        self.program, self.ties, self.edges = population.program, population.ties, population.edges
        self.name = f"生成部门 {number:04}（{LABEL}）"
        # A stream for each datum: a datum added to the rubric leaves the others as they were.
        self.stream = (population.seed, number)
        size = Draws(*self.stream, "大小")
        self.size = size.between(100, 999) * 10 ** size.between(0, 2)
        self.has_money = False
        self.known: dict[Key, Fraction | str] = {}

    def record(self) -> Record:
        facts: dict[Key, Fact] = {}
        for datum in self.ties.order:
            draws = Draws(*self.stream, datum.name)
            measured = None
            if datum.measures is not None:
                choice = self.program.choice(datum.measures)
                measured = choice.alternatives[choice.default].name
            for part, value in self.values(datum, draws):
                quantum = _quantum(datum, value)
                facts[datum.name, part] = Fact(value, "", Basis.ASSUMED, quantum=quantum, measures=measured)
                if not isinstance(value, tuple):
                    self.known[datum.name, part] = ("是" if value else "否") if isinstance(value, bool) else value
        return Record(facts, dict(self.judgements()), unit_name=self.name)

    def values(self, datum: core.Datum, draws: Draws) -> Iterator[tuple[str | None, Value]]:
        match datum.kind:
            case core.DatumKind.BOOLEAN:
                often = 6 if datum.name in self.ties.feared else 80
                yield None, draws.happens(50 if self.edges else often)
            case core.DatumKind.STATE:
                first = draws.happens(30 if self.edges else 70)
                yield None, datum.states[0] if first else draws.pick(datum.states)
            case core.DatumKind.ROWS:
                yield None, tuple(made_up_rows(self.program, datum, draws, LABEL))
            case core.DatumKind.QUANTITY if datum.parts:
                yield from self.series(datum, draws)
            case core.DatumKind.QUANTITY:
                yield None, self.quantity(datum, draws)

    # --- single numbers ---

    def quantity(self, datum: core.Datum, draws: Draws) -> Fraction:
        low, high = self.bound(datum, datum.low), self.bound(datum, datum.high)
        bounded = datum.high is not None and datum.high.value is None and high is not None
        most = self.left_of(datum)
        if most is not None:
            high = most if high is None else min(high, most)
        figures = self.ties.figures.get((datum.name, None), (ONE,))
        drawn = None
        if bounded and figures in ((ONE,), (ZERO,)):
            assert high is not None
            drawn = self.part_of(datum, high, draws)
        if drawn is None:
            drawn = self.share(datum, draws, bounded=bounded)
        if drawn is None:
            drawn = self.free(datum, draws, low, high)
        return self.within(datum, drawn, low, high)

    def share(self, datum: core.Datum, draws: Draws, *, bounded: bool) -> Fraction | None:
        """So much of its whole; None where it has none, or where the whole is 0."""
        share = self.ties.shares.get(datum.name)
        if share is None:
            return None
        others = {key: value for key, value in self.known.items() if key[0] != datum.name}
        if share.inside:
            others[datum.name, None] = ZERO
        form = linear(attrs.evolve(self.ties.world, fixed=others), share.whole)
        if form.terms:
            return None
        if form.constant <= 0:
            return ZERO if draws.happens(80) else None
        figures = self.ties.figures.get((datum.name, None), (ONE,))
        ratio = self.near(figures, draws, ONE if bounded else None)
        if share.inside:
            return form.constant * 19 if ratio >= 1 else form.constant * ratio / (1 - ratio)
        return form.constant * ratio

    def near(self, figures: tuple[Fraction, ...], draws: Draws, most: Fraction | None = None) -> Fraction:
        """A number between two figures at which something is decided, every stretch as likely as another, and the last
        one up to `most` where there is such a bound; with `edges` mostly a figure itself."""
        if self.edges and draws.happens(70):
            return draws.pick(figures)
        if draws.happens(4):
            return figures[-1] * draws.between(1, 2000) / 1000  # far off, now and then
        room = min((high - low for low, high in pairwise(figures)), default=figures[-1] / 4)
        ends = (max(ZERO, figures[0] - room), *figures, figures[-1] + room if most is None else max(most, figures[-1]))
        stretches = tuple(pairwise(ends))
        if figures[-1] == ONE and most is None and not draws.happens(15):
            stretches = stretches[:-1]  # more than the whole is spent or employed, but seldom
        low, high = draws.pick(stretches)
        return low + (high - low) * draws.below(1001) / 1000

    def part_of(self, datum: core.Datum, whole: Fraction, draws: Draws) -> Fraction:
        """A part of a whole: none where it counts what is wrong, else mostly all of it."""
        if datum.name in self.ties.small:
            return tick_of(datum) * self.few(datum, draws)
        if draws.happens(60):
            return whole
        if draws.happens(60):
            return whole - tick_of(datum) * draws.between(1, 3)
        return whole * draws.between(40, 100) / 100

    def free(self, datum: core.Datum, draws: Draws, low: Fraction | None, high: Fraction | None) -> Fraction:
        """A number with nothing to go by but its unit, its bounds and the figures in the text."""
        unit = datum.unit
        if unit is not None and unit.dimension is core.Dimension.DATE:
            return self.day(draws, self.ties.figures.get((datum.name, None)))
        if datum.name in self.ties.small:
            return tick_of(datum) * self.few(datum, draws)
        if draws.happens(8 if self.edges else 3):
            return ZERO
        other = self.known.get((self.ties.alike.get(datum.name, ""), None))
        if isinstance(other, Fraction):
            return other * draws.between(80, 125) / 100
        figures = self.ties.figures.get((datum.name, None))
        if unit is not None and unit.dimension is core.Dimension.MONEY:
            largest, self.has_money = not self.has_money, True
            return Fraction(self.size * (100 if largest else draws.between(2, 40)), 100) * 10000
        if unit is not None and unit.dimension is core.Dimension.COUNT:
            return unit.scale * (draws.pick(_MANY) if self.edges else draws.between(3, 120))
        return self.between(datum, draws, low, high, figures)

    def between(
        self,
        datum: core.Datum,
        draws: Draws,
        low: Fraction | None,
        high: Fraction | None,
        figures: tuple[Fraction, ...] | None,
    ) -> Fraction:
        if figures:
            return self.near(tuple(f for f in figures if f >= 0) or (ONE,), draws, high)
        scale = datum.unit.scale if datum.unit is not None else ONE
        start = low if low is not None else ZERO
        end = high if high is not None else start + 100 * scale
        return start + (end - start) * draws.below(1001) / 1000

    def few(self, datum: core.Datum, draws: Draws) -> int:
        often_none = 94 if datum.name in self.ties.feared else 70
        if draws.happens(35 if self.edges else often_none):
            return 0
        return draws.between(1, 8 if self.edges else 3)

    def day(self, draws: Draws, figures: tuple[Fraction, ...] | None) -> Fraction:
        """A day of the year evaluated, or near a day that the text names."""
        if figures:
            days = 0 if self.edges and draws.happens(50) else draws.between(-30, 20)
            return draws.pick(figures) + days
        first = day_number(self.program.fiscal_year or 2000, 1, 1)
        return Fraction((first or 0) + draws.below(365))

    # --- several numbers ---

    def series(self, datum: core.Datum, draws: Draws) -> Iterator[tuple[str, Fraction]]:
        """One number for each period; cumulative where the text says so, and then never falling."""
        low, high = self.bound(datum, datum.low), self.bound(datum, datum.high)
        rising = "累计" in datum.reference
        count, before = len(datum.parts), ZERO
        last = self.free(datum, draws, low, high) if not self.figured(datum) else None
        for index, part in enumerate(datum.parts, start=1):
            figures = self.ties.figures.get((datum.name, part))
            if figures:
                value = self.near(figures, draws)
            else:
                whole = last if last is not None else self.free(datum, draws, low, high)
                value = whole * index / count * draws.between(75, 125) / 100 if rising else whole
            value = self.within(datum, max(value, before) if rising else value, low, high)
            before = value
            yield part, value

    def figured(self, datum: core.Datum) -> bool:
        return all((datum.name, part) in self.ties.figures for part in datum.parts)

    # --- judgements ---

    def judgements(self) -> Iterator[tuple[tuple[str, str], Given]]:
        for judgement in self.program.judgements:
            draws = Draws(*self.stream, *judgement.key)
            points = judgement.high
            if not draws.happens(40 if self.edges else 75):
                tenths = draws.below(10) if judgement.partial else 0
                points = judgement.low + (judgement.high - judgement.low) * tenths / 10
                points = Fraction(fixed(points, self.program.scoring.places))
            given = Given(points, reason="" if points == judgement.high else LABEL, basis=Basis.ASSUMED)
            yield judgement.key, attrs.evolve(given, fingerprint=judgement.fingerprint)

    # --- bounds ---

    def bound(self, datum: core.Datum, bound: core.Bound | None) -> Fraction | None:
        if bound is not None and bound.quantity is not None:
            return range_of(attrs.evolve(self.ties.world, fixed=self.known), bound.quantity).point
        if bound is None or bound.datum is None:
            return None if bound is None else bound.value
        value = self.known.get((bound.datum, None))
        return value if isinstance(value, Fraction) else None

    def left_of(self, datum: core.Datum) -> Fraction | None:
        """As much of a datum as may be taken off; None where nothing says so, or where the rest is not drawn yet."""
        quantity = self.ties.taken_off.get(datum.name)
        if quantity is None:
            return None
        others = {key: value for key, value in self.known.items() if key[0] != datum.name}
        form = linear(attrs.evolve(self.ties.world, fixed=others), quantity)
        match list(form.terms.items()):
            case [(core.FactValue(datum=name), factor)] if name == datum.name and factor < 0:
                return form.constant / -factor
            case _:
                return None

    def within(self, datum: core.Datum, value: Fraction, low: Fraction | None, high: Fraction | None) -> Fraction:
        """In whole units of the last decimal, with `edges` often one of them beside; then within the bounds."""
        tick = tick_of(datum)
        count = value / tick
        whole = (2 * count.numerator + count.denominator) // (2 * count.denominator)
        if self.edges:
            whole += Draws(*self.stream, datum.name, "边上", whole).pick((-1, 0, 0, 0, 1))
        found = whole * tick
        if high is not None and found > high:
            found = high
        return low if low is not None and found < low else found


def _quantum(datum: core.Datum, value: Value) -> Fraction | None:
    """The unit of the last decimal as it will be printed, for a rate."""
    if datum.unit is None or datum.unit.dimension is not core.Dimension.RATE or not isinstance(value, Fraction):
        return None
    scaled = value / datum.unit.scale
    places = next((p for p in range(13) if (scaled * 10**p).denominator == 1), 12)
    return datum.unit.scale / 10**places if value else None
