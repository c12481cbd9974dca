"""Repairs of a rubric that are certain: they say in words what is computed already, and change no score.

Takes a rubric's text and its program; gives the repairs, and the text with them, read again. Never a repair that decides
something the text leaves open (what a divisor of 0 gives, how a part of a step counts), and never writes a file.

- A number that leaves the points of its clause is cut off: the author's line `第1点最高1分` or `第1点最低0分` says so.
- Deductions without an end stop at 0: `第2点扣完为止`.
- A band that meets one before it counts for what that one leaves: its condition is written with both bounds. This edits a
  sentence, so it is not offered for an edition that was issued.

Each repair is tried alone: the text must read without a new finding, and made-up departments must score as before.
"""

from collections.abc import Iterator
from fractions import Fraction

import attrs

from rubric.analysis.bands import narrowed_bands
from rubric.analysis.clamps import clamps_of
from rubric.analysis.clauses import Place, places_of
from rubric.analysis.ranges import World, range_of, world_of
from rubric.core import program as core
from rubric.core.numbers import plain
from rubric.core.record import Record
from rubric.diagnostics.model import Severity
from rubric.evaluator.evaluate import evaluate
from rubric.pipeline import compile_rubric
from rubric.population.departments import department, population_of
from rubric.source import NOWHERE, SourceText, Span
from rubric.syntax import ast
from rubric.syntax.parse import parse

ISSUED = "正式"
ZERO = Fraction(0)
_TRIED = 40
_SEED = 7


@attrs.frozen
class Edit:
    """`text` in the place of `span`; before it `opening`, once for all edits at one place."""

    span: Span
    text: str
    opening: str = ""


@attrs.frozen
class Repair:
    """`title` says what the text leaves unsaid; `line` is what says it."""

    indicator: str
    title: str
    line: str
    edit: Edit


def repairs_of(source: SourceText, program: core.Program) -> tuple[Repair, ...]:
    """Every certain repair, by indicator in the order of the table."""
    document, world = parse(source).value, world_of(program)
    found: list[Repair] = []
    for indicator in program.indicators:
        tree = next((i for i in document.indicators if i.name == indicator.name), None)
        if tree is None or any(isinstance(place.rule, core.Unresolved) for place in places_of(indicator)):
            continue
        found += _lines(source, world, indicator, tree)
        if program.status != ISSUED:
            found += _bands(source, world, indicator)
    return tuple(repair for repair in found if _is_safe(source, program, repair))


def repaired(source: SourceText, repairs: tuple[Repair, ...]) -> SourceText:
    """The text with all of them. Lines added at one place stand in the order of the repairs."""
    places: dict[Span, list[Edit]] = {}
    for repair in repairs:
        places.setdefault(repair.edit.span, []).append(repair.edit)
    text = source.text
    for span, edits in sorted(places.items(), key=lambda pair: pair[0].start, reverse=True):
        put = edits[0].opening + "".join(edit.text for edit in edits)
        text = text[: span.start] + put + text[span.end :]
    return SourceText(source.name, text)


def with_line(source: SourceText, indicator: str, line: str) -> SourceText | None:
    """The text with a line more under the 口径 of an indicator; None where there is no such indicator."""
    tree = next((i for i in parse(source).value.indicators if i.name == indicator), None)
    if tree is None:
        return None
    return repaired(source, (Repair(indicator, "", line, _added(source, tree, line)),))


# --- author's lines ---------------------------------------------------------------------------------------------------


def _lines(source: SourceText, world: World, indicator: core.Indicator, tree: ast.Indicator) -> Iterator[Repair]:
    bounds: dict[str, list[tuple[Place, str]]] = {}
    for place, clamp in clamps_of(world, indicator):
        above = clamp.value > place.points
        bound = f"最高{plain(place.points)}分" if above else "最低0分"
        words = f"可以算得 {plain(clamp.value)} 分，按 {plain(place.points) if above else '0'} 分计，没有写{'封顶' if above else '保底'}"
        bounds.setdefault(bound, []).append((place, words))
    for place in places_of(indicator):
        if isinstance(place.rule, core.Deductions) and _has_no_floor(world, place.rule):
            bounds.setdefault("扣完为止", []).append((place, "扣到 0 分为止，没有写扣完为止"))
    for bound, places in bounds.items():
        scopes = tuple(dict.fromkeys(place.scope for place, _ in places))
        line = f"{'、'.join(scopes)}{bound}"
        title = f"「{indicator.name}」{'、'.join(scope for scope in scopes if scope != '本指标')}{places[0][1]}"
        yield Repair(indicator.name, title, line, _added(source, tree, line))


def _has_no_floor(world: World, rule: core.Deductions) -> bool:
    """Whether the deductions can take more than the base, and the text says no end."""
    if rule.floor_stated or rule.least is not None:
        return False
    total = rule.base
    for item in rule.items:
        total = core.Arithmetic("-", total, core.Arithmetic("*", core.Constant(item.rate), item.times))
    low = range_of(world, total).low
    return low is None or low < 0


def _added(source: SourceText, tree: ast.Indicator, line: str) -> Edit:
    """The line at the end of the indicator's 口径, which is made where there is none."""
    end_of_line = "\r\n" if "\r\n" in source.text else "\n"
    if tree.basis:
        last = tree.basis[-1].span
        start = source.text.rfind("\n", 0, last.start) + 1
        indent = source.text[start : last.start]
        at = _line_end(source.text, last.end)
        return Edit(Span(at, at), f"{end_of_line}{indent if not indent.strip() else '    '}{line}")
    at = _line_end(source.text, _content_end(source.text, tree.span))
    return Edit(Span(at, at), f"{end_of_line}    {line}", f"{end_of_line}  口径")


def _line_end(text: str, place: int) -> int:
    end = text.find("\n", place)
    end = len(text) if end < 0 else end
    return end - 1 if end > 0 and text[end - 1] == "\r" else end


def _content_end(text: str, span: Span) -> int:
    return span.start + len(text[span.start : span.end].rstrip())


# --- bands ------------------------------------------------------------------------------------------------------------


def _bands(source: SourceText, world: World, indicator: core.Indicator) -> Iterator[Repair]:
    for place in places_of(indicator):
        if not isinstance(place.rule, core.BandTable):
            continue
        for band, typed in narrowed_bands(world, source, indicator.name, place.rule):
            span = band.condition.span
            if span != NOWHERE and "\n" not in source.slice(span):
                written = source.slice(span)
                title = f"「{indicator.name}」的「{written}」与写在前面的一档重叠，没有写明另一端"
                yield Repair(indicator.name, title, f"{written} 改为 {typed}", Edit(span, typed))


# --- tried before offered ---------------------------------------------------------------------------------------------


def _is_safe(source: SourceText, program: core.Program, repair: Repair) -> bool:
    """Whether the text then reads as well as before, and made-up departments score the same."""
    again = compile_rubric(repaired(source, (repair,)))
    before = [d.code for d in compile_rubric(source).diagnostics if d.severity is not Severity.NOTE]
    after = [d.code for d in again.diagnostics if d.severity is not Severity.NOTE]
    for code in before:
        if code in after:
            after.remove(code)
    if after:
        return False
    population = population_of(program, _SEED, edges=True)
    records = (department(population, number) for number in range(1, _TRIED + 1))
    return all(_scores(program, record) == _scores(again.value, record) for record in records)


def _scores(program: core.Program, record: Record) -> tuple[object, ...]:
    outcome = evaluate(program, record)
    return tuple((o.indicator.name, o.status, o.exact.point, o.away) for o in outcome.indicators)
