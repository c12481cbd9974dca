"""One clause, a few values: the score, the readings possible, and the lines that would make it a rubric.

Takes the clause's text, its points, and values by name; gives a `Trial`. Understanding uses nothing else: the text, the
points, the names, the values. The clause is put into a small rubric with the declarations inferred from the names and
values, compiled and evaluated as any other.
"""

import re
from collections.abc import Mapping, Sequence
from fractions import Fraction
from functools import partial
from itertools import islice, product

import attrs

from rubric.core import program as core
from rubric.core.record import Record
from rubric.core.walk import within
from rubric.diagnostics.model import Checked, Diagnostic
from rubric.evaluator.evaluate import evaluate
from rubric.evaluator.outcome import Outcome, Status
from rubric.facts.reading import record_from_mapping
from rubric.pipeline import compile_rubric
from rubric.reporting.results import result_of
from rubric.source import SourceText
from rubric.syntax.fold import key
from rubric.trying.align import align
from rubric.trying.dates import date_phrases, delay_between, timed, year_of
from rubric.trying.declare import COLUMN, Declared, Given, Kind, declare, series_of
from rubric.trying.means import means
from rubric.trying.phrases import Bound
from rubric.trying.search import NOTHING_LEFT, left_over, searched
from rubric.trying.short_names import short_names, undeclared
from rubric.trying.stated_states import in_order, with_rated, with_stated

INDICATOR = "试算"
_SHORTENED = 3
MOST_READINGS = 64


@attrs.frozen
class Reading:
    """A way to read the clause: the alternative taken for each choice, and what it gives: exactly, as scored, and in words.

    None: undecided.
    """

    alternatives: Mapping[str, str]
    score: Fraction | None
    rounded: Fraction | None = None
    result: str | None = None


@attrs.frozen
class Trial:
    """`lines` are the author's lines inferred; `readings` has the default first."""

    source: SourceText
    program: core.Program
    lines: tuple[str, ...]
    outcome: Outcome
    readings: tuple[Reading, ...]
    diagnostics: tuple[Diagnostic, ...]
    bound: tuple[Bound, ...] = ()

    @property
    def score(self) -> Fraction | None:
        found = self.outcome.indicators[0]
        return found.score if found.status is Status.SCORED else None

    @property
    def judged(self) -> bool:
        """Whether a person must give some of the points."""
        return bool(self.program.judgements)


@attrs.frozen
class Clause:
    """A clause understood once, to be tried with several sets of values."""

    source: SourceText
    compiled: Checked[core.Program]
    lines: tuple[str, ...]
    names: tuple[str, ...] = ()
    bound: tuple[Bound, ...] = ()
    short: tuple[tuple[str, str], ...] = ()


@attrs.frozen
class _Draft:
    """What the rubric around a clause is made of, but for the words bound to names. `heading` names the indicator."""

    text: str
    points: str
    declared: tuple[Declared, ...]
    year: int
    heading: str


def understand(text: str, points: str, cases: Sequence[Mapping[str, Given]]) -> Clause:
    """Infer the declarations and compile. `points` is the item's maximum; a word stands for no maximum."""
    declared = with_rated(in_order(timed(text, series_of(declare(cases), text), cases), text), text)
    found = _understood(text, points, cases, declared)
    fuller = with_stated(declared, text)
    if fuller != declared and left_over(found.compiled, declared) != NOTHING_LEFT:
        other = _understood(text, points, cases, fuller)
        found = min(found, other, key=lambda clause: left_over(clause.compiled, declared))
    return found


def _understood(text: str, points: str, cases: Sequence[Mapping[str, Given]], declared: tuple[Declared, ...]) -> Clause:
    """The clause with the words that each name stands for."""
    bound = (*align(text, declared), *date_phrases(text, declared, cases))
    draft = _Draft(text, points, declared, year_of(text, cases) or 0, INDICATOR)
    found = searched(text, declared, bound, partial(_with_short_names, draft))
    name = _unwritten(text, declared)
    if name and left_over(found.compiled, declared) != NOTHING_LEFT:
        named = attrs.evolve(draft, heading=name)
        other = searched(text, declared, bound, partial(_with_short_names, named))
        found = min(found, other, key=lambda clause: left_over(clause.compiled, declared))
    return found


def _unwritten(text: str, declared: tuple[Declared, ...]) -> str:
    """A quantity that stands nowhere in the clause may be what the indicator is called: the column to the left says it."""
    free = [d.name for d in declared if d.kind in (Kind.RATE, Kind.MONEY, Kind.NUMBER) and key(d.name) not in key(text)]
    return free[0] if len(free) == 1 else ""


def _with_short_names(draft: _Draft, bound: tuple[Bound, ...]) -> Clause:
    """The clause, read again with its short names where it uses any."""
    clause = _read(draft, bound, ())
    for _ in range(_SHORTENED):
        unknown = undeclared(clause.compiled.diagnostics)
        short = tuple(short_names(draft.text, draft.declared, unknown)) if unknown else ()
        if not short or set(short) <= set(clause.short):
            break
        clause = _read(draft, bound, (*clause.short, *short))
    return clause


def _read(draft: _Draft, bound: tuple[Bound, ...], short: tuple[tuple[str, str], ...]) -> Clause:
    """The clause as a rubric in which each name stands for the words bound to it."""
    declared, points = draft.declared, draft.points
    basis = (*means(draft.text, declared), *delay_between(draft.text, declared))
    told = {match[1] for line in basis if (match := _MEANT.match(line))}
    bound = tuple(b for b in bound if b.words not in told)
    lines = tuple(_lines(declared, bound, short))
    names = {one.name for one in declared}
    basis += tuple(f"“{words}”指{name}" for words, name in short if name not in names)
    lines += ("口径", *basis) if basis else ()
    rubric = "\n".join(
        (
            "指标体系：试算",
            f"评价年度：{draft.year:04}年",
            f"三级指标 {draft.heading}（{heading(points, draft.text)}）",
            "评分标准",
            draft.text,
            "数据",
            *lines,
        )
    )
    source = SourceText("试算", rubric + "\n")
    return Clause(source, compile_rubric(source), lines, tuple(one.name for one in declared), bound, short)


# Words that a line of 口径 says the meaning of stand for no name as well.
_MEANT = re.compile("“([^”]+)”即 ")
_GRADED = re.compile("等级|等次|档次|级别|星级|名次|等第|评级|结论|结果")
_PAID = re.compile("金额|费|款|元|资金|奖金")
_PAYS = re.compile("支付|拨付|结算|扣款|兑付|发放|奖励[^,，。；;]*元")


def heading(points: str, text: str) -> str:
    """What stands in the brackets of the heading: a number of points, or what the clause comes to instead.

    A word that says neither is taken by what the clause speaks of: payments, grades, else points without a maximum.
    """
    if points.replace(".", "", 1).isdigit():
        return f"{points}分"
    if _GRADED.search(points):
        return "等级"
    if _PAID.search(points):
        return "金额"
    if re.search("上限|封顶", points):
        return "不设上限"
    return "金额" if _PAYS.search(text) else "等级" if re.search("[评定]?为[^,，。；;]*[优良合]", text) else "不设上限"


def run(clause: Clause, values: Mapping[str, Given]) -> Trial:
    """Evaluate one set of values under every reading."""
    program = clause.compiled.value
    record = record_from_mapping({"数据": {name: _rows(value) for name, value in values.items()}}, program)
    found = (*clause.compiled.diagnostics, *record.diagnostics)
    outcome = evaluate(program, record.value, source=clause.source)
    return Trial(
        clause.source,
        program,
        clause.lines,
        outcome,
        tuple(_readings(program, record.value)),
        (*found, *outcome.diagnostics),
        clause.bound,
    )


def _rows(value: Given) -> object:
    """A list of plain values as rows of one column; a yes–no cell by its state, an empty one left out."""
    match value:
        case str() | bool():
            return value
        case Mapping():
            return dict(value)
        case _:
            return [_row(item) if isinstance(item, Mapping) else {COLUMN: item} for item in value]  # pyright: ignore[reportUnknownArgumentType]


def _row(cells: Mapping[str, object]) -> dict[str, object]:
    words = {True: "是", False: "否"}
    return {name: words[c] if isinstance(c, bool) else c for name, c in cells.items() if c not in (None, "")}


def _lines(
    declared: tuple[Declared, ...], bound: tuple[Bound, ...], short: tuple[tuple[str, str], ...] = ()
) -> list[str]:
    """`名称：单位，对应“…”`, one line a name."""
    lines: list[str] = []
    for one in declared:
        parts = [f"{one.name}：{one.unit}"]
        parts += [f"简称 {words}" for words, name in short if name == one.name]
        for b in bound:
            if b.name == one.name:
                parts.append(f"“{b.state}”对应“{b.words}”" if b.state else f"对应“{b.words}”")
        lines.append("，".join(parts))
    return lines


def _readings(program: core.Program, record: Record) -> list[Reading]:
    """The default reading, then every other combination of the choices the clause asks."""
    used = {n.choice for n in within(program.indicators) if isinstance(n, core.ByReading | core.ReadingIs)}
    choices = [c for c in program.choices if c.name in used]
    found: list[Reading] = []
    combinations = product(*(sorted(range(len(c.alternatives)), key=lambda i, c=c: i != c.default) for c in choices))
    for combination in islice(combinations, MOST_READINGS):
        chosen = {c.name: index for c, index in zip(choices, combination, strict=True)}
        outcome = evaluate(program, record, chosen).indicators[0]
        names = {c.name: c.alternatives[index].name for c, index in zip(choices, combination, strict=True)}
        score = outcome.exact.point if outcome.status is Status.SCORED else None
        found.append(Reading(names, score, outcome.score, result_of(outcome, program.scoring.places)))
    return found
