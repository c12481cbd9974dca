"""The issued sentences are the program: a figure, sign or unit changed in one of them changes a score or is reported.

Every mutation of the sentences that decide the 31 formula points and the 16 count points is compiled, in a rubric of
that one indicator. It is found when it raises a finding that the issued text does not raise, or when some record of
the indicator's battery gets another score or another status. What survives would be a figure that decides nothing.
"""

import re
from collections.abc import Iterator
from fractions import Fraction
from functools import cache

import pytest

import edition_2022 as edition
from battery_2022 import BATTERY
from rubric.core.program import Program
from rubric.core.record import Record
from rubric.diagnostics.model import Diagnostic
from rubric.evaluator.evaluate import evaluate
from rubric.pipeline import compile_rubric
from rubric.source import SourceText

# Indicator → the beginnings of its sentences that are judged, and so not mutated.
COMPUTED: dict[int, tuple[str, ...]] = {
    2: (),
    3: (),
    5: ("2.",),
    6: ("1.", "3.", "4."),
    11: (),
    12: (),
    13: (),
    15: (),
    16: (),
    17: (),
    18: (),
    20: ("1.",),
    21: (),
}

_NUMBERING = re.compile(r"\s*(?:\d+[.．](?!\d)|[（(]\d+[）)])\s*")
_FIGURE = re.compile(r"\d+(?:\.\d+)?")
_CHINESE = re.compile(r"[一二三四](?=项|个百分点|季度)")
_COMPARISONS = "≥>≤<="
_OPERATIONS = "×/÷"
_WORDS = {"大于": ("小于", "不小于"), "以内": ("以上",), "超出": ("低于",), "达": ("低于",)}
_UNITS = (
    (re.compile(r"(?<=[\d ])分"), ("元", "%", "")),
    (re.compile("%"), ("‰", "")),
    (re.compile("个百分点"), ("%", "个")),
    (re.compile("(?<=一)项"), ("人",)),
    (re.compile("(?<=12 )月"), ("日",)),
)

Mutation = tuple[int, int, str]

# Changes that change nothing, each with its reason. A sentence stands with one place in it replaced.
SAME_MEANING: dict[str, str] = {
    "）×100%→）/100%": "乘以 100% 和除以 100% 都等于原数",
    "安排数×100%→安排数/100%": "乘以 100% 和除以 100% 都等于原数",
    "调整预算数×100%→调整预算数/100%": "乘以 100% 和除以 100% 都等于原数",
    "安排数×100%→安排数100%": "一个数的 100% 是它自己",
    "调整预算数×100%→调整预算数100%": "一个数的 100% 是它自己",
    "/序时进度 100%→×序时进度 100%": "乘以 100% 和除以 100% 都等于原数",
    "利用率≥90%→利用率90%": "“利用率 90% 的”说的是达到 90%",
    "满意度≥95%→满意度95%": "“满意度 95% 的”说的是达到 95%",
    "季度支出进度=季度末→季度支出进度季度末": "文字的说明，没有算式；数据行的“即”已经写明它是哪一项数据",
}


def figures(text: str) -> Iterator[Mutation]:
    for match in _FIGURE.finditer(text):
        written = match[0]
        places = len(written.partition(".")[2])
        step, value = Fraction(1, 10**places), Fraction(written)
        for other in (value + step, value - step, value * 10, Fraction(0)):
            if other != value and other >= 0:
                yield match.start(), match.end(), _decimal(other)
    for match in _CHINESE.finditer(text):
        yield from ((match.start(), match.end(), other) for other in "零一二三四十" if other != match[0])


def _decimal(value: Fraction) -> str:
    whole, rest = divmod(value.numerator * 100 // value.denominator, 100)
    return f"{whole}.{rest:02}".rstrip("0").rstrip(".")


def signs(text: str) -> Iterator[Mutation]:
    for index, character in enumerate(text):
        others = ""
        if character in _COMPARISONS:
            others = _COMPARISONS
        elif character in _OPERATIONS:
            others = "×/+-" if character != "÷" else "×+-"
        for other in others:
            if other != character:
                yield index, index + 1, other
        if character in _COMPARISONS + _OPERATIONS + "Σ()（）":
            yield index, index + 1, ""
    for word, others in _WORDS.items():
        for match in re.finditer(word, text):
            yield from ((match.start(), match.end(), other) for other in others)


def units(text: str) -> Iterator[Mutation]:
    for pattern, others in _UNITS:
        for match in pattern.finditer(text):
            yield from ((match.start(), match.end(), other) for other in others)


def mutations(number: int) -> Iterator[tuple[str, str]]:
    """(what was changed, the indicator's whole text with the change) for every mutation of its computed sentences."""
    body = edition.blocks()[1][number - 1]
    start = body.index("评分标准\n") + len("评分标准\n")
    while start < len(body):
        end = body.find("\n", start)
        line = body[start:end]
        if line.strip() in ("数据", "口径") or not line.strip():
            return
        if not line.strip().startswith(COMPUTED[number] or ("\0",)):
            numbering = _NUMBERING.match(line)
            first = numbering.end() if numbering else 0
            for mutate in (figures, signs, units):
                for low, high, other in mutate(line[first:]):
                    changed = line[: first + low] + other + line[first + high :]
                    shown = f"{line.strip()}：第 {first + low + 1} 字「{line[first + low : first + high]}」→「{other}」"
                    yield shown, body[:start] + changed + body[end:]
        start = end + 1


Scores = tuple[tuple[object, ...], ...]


def scores(program: Program, records: tuple[Record, ...]) -> Scores:
    outcomes = (evaluate(program, record).indicators[0] for record in records)
    return tuple((o.status, o.exact, o.away) for o in outcomes)


def findings(diagnostics: tuple[Diagnostic, ...]) -> set[tuple[str, str]]:
    return {(d.code, d.title) for d in diagnostics}


@cache
def issued(number: int) -> tuple[set[tuple[str, str]], Scores]:
    compiled = compile_rubric(SourceText("印发文本", edition.alone(number)))
    return findings(compiled.diagnostics), scores(compiled.value, BATTERY[number])


@pytest.mark.parametrize("number", COMPUTED)
def test_an_indicator_alone_scores_as_in_the_whole(number: int) -> None:
    whole = tuple(evaluate(edition.program(), record).indicators[number - 1] for record in BATTERY[number])
    name = edition.program().indicators[number - 1].name
    told = compile_rubric(edition.source()).diagnostics
    assert issued(number)[1] == tuple((o.status, o.exact, o.away) for o in whole)
    assert issued(number)[0] == findings(tuple(d for d in told if d.indicator == name))


@pytest.mark.parametrize("number", COMPUTED)
def test_the_battery_tells_scores_apart(number: int) -> None:
    """From no points to all of them, so that a mutation has somewhere to show."""
    indicator = edition.program().indicators[number - 1]
    exact = {o.point for o in (evaluate(edition.program(), r).indicators[number - 1].exact for r in BATTERY[number])}
    assert len(exact) >= 2 and indicator.points in exact


def _replaced(text: str, change: str) -> str | None:
    """`text` with a change of `SAME_MEANING`; None where it does not apply."""
    before, _, after = change.partition("→")
    return text.replace(before, after, 1) if before in text else None


def _same(number: int, body: str) -> bool:
    return any(body == _replaced(edition.blocks()[1][number - 1], change) for change in SAME_MEANING)


def test_what_is_left_out_is_there_to_be_changed() -> None:
    """Every entry of `SAME_MEANING` is one of the mutations."""
    bodies: set[str | None] = {body for number in COMPUTED for _, body in mutations(number)}
    made = {change: {_replaced(issued, change) for issued in edition.blocks()[1]} for change in SAME_MEANING}
    assert [change for change, texts in made.items() if not texts & bodies - {None}] == []


@pytest.mark.parametrize("number", COMPUTED)
def test_every_mutation_is_noticed(number: int) -> None:
    known, before = issued(number)
    survivors: list[str] = []
    for shown, body in mutations(number):
        if _same(number, body):
            continue
        compiled = compile_rubric(SourceText("改动文本", edition.alone(number, body)))
        if findings(compiled.diagnostics) <= known and scores(compiled.value, BATTERY[number]) == before:
            survivors.append(shown)
    assert not survivors, "\n".join(survivors)
