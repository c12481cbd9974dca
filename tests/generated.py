"""Generated rubrics, each with its own few-line oracle.

Takes nothing; gives a strategy of `Table`: a text in a random spelling (numbering, widths, blanks, numerals) with, for each
indicator, a function from facts to points that is computed from the generator's parameters and never from the text.
"""

from collections.abc import Callable, Mapping
from fractions import Fraction

import attrs
from hypothesis import strategies as st

from rubric.core.numbers import plain
from rubric.core.record import Value

Facts = Mapping[tuple[str, str | None], Value]
# The points of one line; None where it is not applicable.
Oracle = Callable[[Facts], Fraction | None]

NOUNS = ("办结", "培训", "巡查", "归档", "公示", "验收", "回访", "整改", "登记", "复核", "调研", "宣讲")
POINTS = tuple(Fraction(text) for text in ("1", "3/2", "2", "3", "1/2"))
QUARTERS = ("一季度", "二季度", "三季度", "四季度")
ZERO, ONE = Fraction(0), Fraction(1)


@attrs.frozen
class Line:
    """One numbered line of a cell. `{n}` stands for its number; lines of `parts` are numbered below it."""

    text: str
    points: Fraction
    oracle: Oracle
    parts: tuple[str, ...] = ()
    data: tuple[str, ...] = ()
    basis: tuple[str, ...] = ()


@attrs.frozen
class GeneratedIndicator:
    name: str
    points: Fraction
    lines: tuple[Line, ...]
    # Conditions on the whole indicator: the data line, the author's or issued sentence, the points it gives.
    veto: str | None = None
    exemption: str | None = None

    def expected(self, facts: Facts) -> tuple[Fraction, Fraction]:
        """(points earned, points not applicable)."""
        if self.veto is not None and facts[self.veto, None] > ZERO:  # type: ignore[operator]
            return ZERO, ZERO
        if self.exemption is not None and facts[self.exemption, None] is True:
            return self.points, ZERO
        found = [(line.points, line.oracle(facts)) for line in self.lines]
        earned = sum((score for _, score in found if score is not None), ZERO)
        return earned, sum((points for points, score in found if score is None), ZERO)


@attrs.frozen
class Table:
    text: str
    indicators: tuple[GeneratedIndicator, ...]


def number(facts: Facts, name: str, part: str | None = None) -> Fraction:
    value = facts[name, part]
    assert isinstance(value, Fraction)
    return value


def within(value: Fraction, points: Fraction) -> Fraction:
    return min(max(value, ZERO), points)


# --- lines ------------------------------------------------------------------------------------------------------------


@st.composite
def judged(draw: st.DrawFn, noun: str) -> Line:
    points = draw(st.sampled_from(POINTS))
    tail = draw(st.sampled_from(("", "，落实不到位的酌情扣分")))

    def oracle(facts: Facts) -> Fraction | None:
        return number(facts, f"评判{noun}")

    return Line(f"{noun}工作组织有序（{plain(points)}分）{tail}", points, oracle)


@st.composite
def ratio(draw: st.DrawFn, noun: str) -> Line:
    """`得分=X×p分`, a definition, and what a zero denominator does."""
    points = draw(st.sampled_from(POINTS))
    effect = draw(st.sampled_from(("不适用", "得满分", "得0分")))
    whole, part = f"应{noun}数", f"已{noun}数"
    definition = draw(st.sampled_from((f"（{part}/{whole}）×100%", f"{part}÷{whole}×100%", f"{part}/{whole}")))

    def oracle(facts: Facts) -> Fraction | None:
        if number(facts, whole) == 0:
            return {"不适用": None, "得满分": points, "得0分": ZERO}[effect]
        return within(number(facts, part) / number(facts, whole) * points, points)

    return Line(
        f"{noun}率得分={noun}率×{plain(points)}分\n{noun}率={definition}",
        points,
        oracle,
        data=(f"{part}：件", f"{whole}：件"),
        basis=(f"{whole}为0的，第{{n}}点{effect}",),
    )


@st.composite
def bands(draw: st.DrawFn, noun: str) -> Line:
    """Bands of a rate from high to low, with the ends open or closed in any way that leaves no gap."""
    points = draw(st.sampled_from(POINTS))
    edges = sorted(draw(st.sets(st.integers(1, 19), min_size=1, max_size=4)), reverse=True)
    inclusive = [draw(st.booleans()) for _ in edges]
    awards = [points, *(points * Fraction(len(edges) - i, len(edges) + 1) for i in range(1, len(edges) + 1))]
    awards = [Fraction(int(a * 100), 100) for a in awards]
    rate = f"{noun}率"
    texts: list[str] = []
    for i, award in enumerate(awards):
        low = f"{edges[i] * 5}%" if i < len(edges) else None
        high = f"{edges[i - 1] * 5}%" if i else None
        from_low = "≥" if low and inclusive[i] else ">"
        to_high = "<" if high and inclusive[i - 1] else "≤"
        if high is None:
            words = {"≥": ("≥", "不低于", "大于等于"), ">": (">", "高于", "超过")}[from_low]
            condition = f"{rate}{draw(st.sampled_from(words))}{low}"
        elif low is None:
            words = {"<": ("<", "低于", "小于"), "≤": ("≤", "不高于", "不超过")}[to_high]
            condition = f"{rate}{draw(st.sampled_from(words))}{high}"
        elif draw(st.booleans()):
            condition = f"{low}{'≤' if from_low == '≥' else '<'}{rate}{to_high}{high}"
        else:
            condition = f"{high}{'>' if to_high == '<' else '≥'}{rate}{from_low}{low}"
        texts.append(f"{condition}的，得{plain(award)}分")

    def oracle(facts: Facts) -> Fraction | None:
        value = number(facts, rate)
        for edge, closed, award in zip(edges, inclusive, awards, strict=False):
            if Fraction(edge, 20) < value or (closed and value == Fraction(edge, 20)):
                return award
        return awards[-1]

    title = f"{noun}情况（{plain(points)}分），按以下标准分档计分："
    return Line(title, points, oracle, tuple(texts), data=(f"{rate}：%",))


@st.composite
def steps(draw: st.DrawFn, noun: str) -> Line:
    """Full points within a threshold, then a deduction for each step, counted in one of three ways."""
    points = draw(st.sampled_from(POINTS))
    start = draw(st.integers(0, 20)) * 5
    size = draw(st.sampled_from((1, 1, 2, 5)))
    rate = Fraction(draw(st.integers(1, 10)), 10)
    word = "超出一个百分点" if size == 1 else f"超出{size}个百分点"
    unit = "一个百分点" if size == 1 else f"{size}个百分点"
    way = draw(st.sampled_from((f"满{unit}计，不足{unit}的不扣分", f"不足{unit}按{unit}计", "比例计")))

    def oracle(facts: Facts) -> Fraction | None:
        quotient = max(ZERO, (number(facts, f"{noun}率") - Fraction(start, 100)) / Fraction(size, 100))
        taken = quotient.numerator // quotient.denominator
        if way == "比例计":
            return within(points - rate * quotient, points)
        return within(points - rate * (taken + (way[0] == "不" and taken != quotient)), points)

    floor = draw(st.sampled_from(("扣完为止", f"直至{plain(points)}分扣完为止")))
    return Line(
        f"{noun}控制（{plain(points)}分）。{noun}率在{start}%以内的，得{plain(points)}分；"
        f"超出{start}%的，{word}扣{plain(rate)}分，{floor}",
        points,
        oracle,
        data=(f"{noun}率：%",),
        basis=(f"“{word}”按{way}",),
    )


@st.composite
def graded(draw: st.DrawFn, noun: str) -> Line:
    """States of a datum, bound to the sub-lines in their order."""
    points = draw(st.sampled_from(POINTS))
    awards = (points, Fraction(int(points * 50), 100), ZERO)
    states = ("优秀完成", "部分完成", "没有完成")
    texts = tuple(
        f"{words}的，得{plain(award)}分"
        for words, award in zip(("按要求全部做到", "做到了但有不足", "没有去做"), awards, strict=True)
    )

    def oracle(facts: Facts) -> Fraction | None:
        return awards[states.index(str(facts[f"{noun}情况", None]))]

    line = f"{noun}情况：{'／'.join(states)}，依次对应第{{n}}点（1）（2）（3）"
    return Line(f"{noun}落实（{plain(points)}分），按以下标准分档计分：", points, oracle, texts, data=(line,))


@st.composite
def series(draw: st.DrawFn, noun: str) -> Line:
    """The mean of the quarters of a series, each held to 100 % or not."""
    points = draw(st.sampled_from(POINTS))
    quarters = QUARTERS[: draw(st.integers(2, 4))]

    def oracle(facts: Facts) -> Fraction | None:
        total = sum((number(facts, f"{noun}率", quarter) for quarter in quarters), ZERO)
        return within(total / len(quarters) * points, points)

    return Line(
        f"平均{noun}得分=平均{noun}水平×{plain(points)}分\n平均{noun}水平=Σ（{noun}率）÷{len(quarters)}",
        points,
        oracle,
        data=(f"{noun}率：%，按季度填列（{'、'.join(quarters)}）",),
    )


@st.composite
def counted_indicator(draw: st.DrawFn, noun: str) -> GeneratedIndicator:
    """A baseline and a deduction for each occurrence."""
    points = Fraction(draw(st.integers(1, 10)))
    rate = Fraction(draw(st.integers(1, 40)), 10)
    find = draw(st.sampled_from(("发现一项", "每发现一项", "每有一项")))
    datum = f"{noun}不合格项数"

    def oracle(facts: Facts) -> Fraction | None:
        return within(points - rate * number(facts, datum), points)

    lines = (
        Line(f"{noun}符合各项要求（{plain(points)}分）", points, oracle, data=(f"{datum}：项，对应“{noun}不合格的”",)),
        Line(f"{find}{noun}不合格的扣{plain(rate)}分，扣完为止", ZERO, lambda _: ZERO),
    )
    return GeneratedIndicator(f"{noun}规范性", points, lines)


@st.composite
def summed_indicator(draw: st.DrawFn, nouns: tuple[str, ...]) -> GeneratedIndicator:
    """Several lines of any kinds, which add up; perhaps with a veto and an exemption."""
    makers = (judged, ratio, bands, graded, series, steps)
    kinds = [draw(st.sampled_from(makers)) for _ in nouns]
    lines = tuple(draw(kind(noun)) for kind, noun in zip(kinds, nouns, strict=True))
    veto = f"{nouns[0]}造假件数" if draw(st.booleans()) else None
    exemption = f"{nouns[0]}涉密" if draw(st.booleans()) else None
    return GeneratedIndicator(f"{nouns[0]}成效", sum((line.points for line in lines), ZERO), lines, veto, exemption)


# --- spelling ---------------------------------------------------------------------------------------------------------

WIDTHS = tuple(zip("，（）：；%=<>0123456789/+", ",():;％＝＜＞０１２３４５６７８９／＋", strict=True))


@attrs.frozen
class Spelling:
    """How a text is written: what marks a number, which signs are swapped for their other width, where blanks stand."""

    number: Callable[[int], str]
    part: Callable[[int], str]
    swaps: Mapping[str, str]
    blanks: tuple[tuple[str, str], ...]
    newline: str
    indent: str
    stop: str

    def line(self, text: str) -> str:
        for plainly, spaced in self.blanks:
            text = text.replace(plainly, spaced)
        return self.indent + "".join(self.swaps.get(c, c) for c in text)


NUMBERS: tuple[Callable[[int], str], ...] = (
    lambda n: f"{n}. ",
    lambda n: f"{n}.",
    lambda n: f"{n}、",
    lambda n: f"{n}．",
    lambda n: f"{'一二三四五六'[n - 1]}、",
)
PARTS: tuple[Callable[[int], str], ...] = (
    lambda n: f"（{n}）",
    lambda n: f"({n}) ",
    lambda n: f"（ {n} ）",
    lambda n: "①②③④⑤⑥"[n - 1],
)
BLANKS = (("≤", " ≤"), ("≥", "≥ "), ("分）", " 分）"), ("扣", "扣 "), ("×", " × "), ("，得", "， 得"))


@st.composite
def spellings(draw: st.DrawFn) -> Spelling:
    return Spelling(
        draw(st.sampled_from(NUMBERS)),
        draw(st.sampled_from(PARTS)),
        dict(draw(st.lists(st.sampled_from(WIDTHS), max_size=6))),
        tuple(draw(st.lists(st.sampled_from(BLANKS), max_size=3, unique=True))),
        draw(st.sampled_from(("\n", "\r\n", "\n\n"))),
        draw(st.sampled_from(("", "  ", "\u3000\u3000", "\t"))),
        draw(st.sampled_from(("", "。", "；"))),
    )


def written(indicator: GeneratedIndicator, spelling: Spelling) -> list[str]:
    """The lines of one indicator."""
    cell: list[str] = []
    for n, line in enumerate(indicator.lines, 1):
        first, *rest = line.text.split("\n")
        stop = "" if line.parts else spelling.stop
        cell += [spelling.number(n) + first + stop, *(text + spelling.stop for text in rest)]
        cell += [spelling.part(i) + text + spelling.stop for i, text in enumerate(line.parts, 1)]
    data = [text.format(n=n) for n, line in enumerate(indicator.lines, 1) for text in line.data]
    basis = [text.format(n=n) for n, line in enumerate(indicator.lines, 1) for text in line.basis]
    if indicator.veto:
        cell.append(spelling.number(len(indicator.lines) + 1) + f"{indicator.veto}大于0的，本指标得0分")
        data.append(f"{indicator.veto}：件")
    if indicator.exemption:
        data.append(f"{indicator.exemption}：是／否")
        basis.append(f"{indicator.exemption}的，本指标得满分")
    heading = f"三级指标 {indicator.name}（{plain(indicator.points)}分）"
    sections = [("评分标准", cell), ("数据", data), ("口径", basis)]
    texts = [heading]
    for name, body in sections:
        texts += [name, *body] if body else []
    return [spelling.line(text) for text in texts]


@st.composite
def tables(draw: st.DrawFn) -> Table:
    """One to three indicators, each with names of its own, in one spelling."""
    nouns = draw(st.permutations(NOUNS))
    indicators: list[GeneratedIndicator] = []
    for place in range(draw(st.integers(1, 3))):
        own = tuple(nouns[4 * place : 4 * place + draw(st.integers(1, 4))])
        counted = draw(st.integers(0, 3)) == 0
        indicators.append(draw(counted_indicator(own[0]) if counted else summed_indicator(own)))
    spelling = draw(spellings())
    lines = ["指标体系：生成的评分表", "评价年度：2022年"]
    lines += [text for indicator in indicators for text in written(indicator, spelling)]
    return Table(spelling.newline.join(lines) + spelling.newline, tuple(indicators))
