"""The document → the core program.

Takes the document with its resolution and typing; gives the `core.Program` with what was found on the way. One indicator
with an error becomes `Unresolved` in the clause concerned; the others are whole.
"""

import hashlib
import re
from collections.abc import Iterator
from fractions import Fraction

import attrs

from rubric.core import program as core
from rubric.core.fingerprint import meaning_sha256
from rubric.core.walk import choices_used, data_used, within
from rubric.diagnostics.model import Checked, Diagnostic
from rubric.semantics import errors, file_errors
from rubric.semantics.data import lower_datum, names_of_data
from rubric.semantics.days import calendar_of
from rubric.semantics.resolve import Resolution, items_of
from rubric.semantics.rules import LoweredIndicator, lower_indicator
from rubric.semantics.scoring import lower_scoring
from rubric.semantics.total import LoweredTotal, lower_total
from rubric.semantics.typecheck import Typing
from rubric.syntax import ast
from rubric.syntax.fold import key
from rubric.syntax.scoring_lines import TOTAL


def lower(document: ast.Document, resolution: Resolution, typing: Typing) -> Checked[core.Program]:
    """The program of a document."""
    found: list[Diagnostic] = []
    scoring, scoring_choices = lower_scoring(document, found)
    shared_words = _words_of_several(document)
    lowered = [
        lower_indicator(document, indicator, scope, typing, number, shared_words, found)
        for number, (indicator, scope) in enumerate(zip(document.indicators, resolution.scopes, strict=True), start=1)
    ]
    indicators = tuple(_with_choices(part) for part in lowered)
    total = lower_total(document, resolution, typing, found)
    scoring = attrs.evolve(scoring, overrides=total.overrides)
    title, points, years, status = _headers(document, found)
    _check_points(document, points, found)
    program = core.Program(
        title,
        years[0],
        years[1],
        status,
        points if points is not None else sum((i.points for i in indicators if _counts(i)), Fraction(0)),
        scoring,
        tuple(_data(document, lowered, indicators, total, found)),
        tuple(j for part in lowered for j in part.judgements),
        (*(c for part in lowered for c in part.choices), *scoring_choices),
        indicators,
        tuple(_sentences(document)),
        hashlib.sha256(document.source.text.encode("utf-8", "surrogatepass")).hexdigest(),
    )
    if any(_in_working_days(node) for node in within((indicators, scoring))):
        program = attrs.evolve(program, calendar=calendar_of(document))
    return Checked(attrs.evolve(program, meaning_sha256=meaning_sha256(program)), tuple(found))


def _in_working_days(node: object) -> bool:
    match node:
        case core.Elapsed(measure=measure) | core.DayAfter(measure=measure):
            return measure is core.TimeMeasure.WORKING_DAYS
        case _:
            return False


def _counts(indicator: core.Indicator) -> bool:
    """Whether its full points are part of the full total."""
    return indicator.yields is core.Yields.POINTS


def _sentences(document: ast.Document) -> Iterator[core.Sentence]:
    """Every sentence of every cell with its kind."""
    for indicator in document.indicators:
        for item in items_of(indicator.cell):
            for piece in item.pieces:
                yield core.Sentence(indicator.name, item.path, piece.kind.value, piece.text, piece.span)


def _words_of_several(document: ast.Document) -> frozenset[str]:
    """Words that 口径 lines of more than one indicator speak of: their choices carry the indicator's name."""
    seen: dict[str, int] = {}
    for indicator in document.indicators:
        for word in {key(line.word) for line in indicator.basis if line.word}:
            seen[word] = seen.get(word, 0) + 1
    return frozenset(word for word, count in seen.items() if count > 1)


def _with_choices(part: LoweredIndicator) -> core.Indicator:
    used = dict.fromkeys(c.name for c in part.choices)
    used |= choices_used((part.indicator.rule, part.indicator.overrides))
    return attrs.evolve(part.indicator, choices=tuple(used))


# --- data -------------------------------------------------------------------------------------------------------------


def _data(
    document: ast.Document,
    lowered: list[LoweredIndicator],
    indicators: tuple[core.Indicator, ...],
    total: LoweredTotal,
    found: list[Diagnostic],
) -> Iterator[core.Datum]:
    lines: list[tuple[ast.DatumLine, str | None]] = [(line, None) for line in document.shared]
    for indicator in document.indicators:
        lines += [(line, indicator.name) for line in indicator.data]
    names = names_of_data(line for line, _ in lines)
    measures = {name: choice for part in lowered for name, choice in part.measures.items()}
    uses: dict[str, list[str]] = {}
    for indicator in indicators:
        for name, where in _uses(indicator):
            uses.setdefault(name, []).append(where)
    for name in data_used(total.overrides):
        uses.setdefault(name, []).append(TOTAL)
    bounds = {part.indicator.name: part.bounds for part in lowered}
    over = {name: value for part in lowered for name, value in part.over.items()}
    for name, value in over.items():
        for used in data_used(value):
            uses.setdefault(used, []).append(f"各单位的{name}")
    seen: set[str] = set()
    for line, home in lines:
        if line.name not in seen:
            seen.add(line.name)
            places = tuple(dict.fromkeys(uses.get(line.name, ())))
            measure, quantities = measures.get(line.name), bounds.get(home or "", {})
            datum = lower_datum(document.source, line, home, measure, places, names, found, quantities)
            if datum.over is not None:
                datum = attrs.evolve(datum, over=attrs.evolve(datum.over, value=over.get(line.name)))
            yield datum
    for part in lowered:
        for datum in part.asked:
            yield attrs.evolve(datum, uses=tuple(dict.fromkeys(uses.get(datum.name, ()))))
    yield from total.asked


def _uses(indicator: core.Indicator) -> Iterator[tuple[str, str]]:
    """(datum, `指标 第n点`) for every clause that reads it."""

    def visit(rule: core.Rule) -> Iterator[tuple[str, str]]:
        if isinstance(rule, core.Sum):
            for clause in rule.parts:
                where = f"{indicator.name} 第{clause.path}点" if clause.path else indicator.name
                yield from ((name, where) for name in data_used(clause.overrides))
                if not isinstance(clause.rule, core.Sum):
                    yield from ((name, where) for name in data_used(clause.rule))
                yield from visit(clause.rule)

    yield from visit(indicator.rule)
    yield from ((name, indicator.name) for name in data_used((indicator.overrides, indicator.requirements)))


# --- headers ----------------------------------------------------------------------------------------------------------


def _headers(
    document: ast.Document, found: list[Diagnostic]
) -> tuple[str, Fraction | None, tuple[int | None, int | None], str]:
    values = {header.key: header for header in document.headers}
    for name, example in (
        ("指标体系", "指标体系：部门整体支出绩效评价共性指标体系框架"),
        ("评价年度", "评价年度：2022年（2023年印发）"),
    ):
        if name not in values and document.indicators:
            found.append(errors.missing_header(document.source, name, example))
    years = [int(y) for y in re.findall(r"\d{4}", key(values["评价年度"].value))] if "评价年度" in values else []
    total = re.search(r"\d+(\.\d+)?", key(values["总分值"].value)) if "总分值" in values else None
    title = values["指标体系"].value if "指标体系" in values else ""
    status = _status(document, found)
    pair = (years[0] if years else None, years[1] if len(years) > 1 else None)
    return title, Fraction(total[0]) if total else None, pair, status


_STATUSES = ("正式", "示例修订", "草案")


def _status(document: ast.Document, found: list[Diagnostic]) -> str:
    """正式, 示例修订 or 草案 as the head says; "" where it says nothing."""
    header = next((h for h in document.headers if h.key in ("性质", "状态")), None)
    if header is None:
        return ""
    told = [status for status in _STATUSES if status in key(header.value)]
    if len(told) != 1 or "非正式" in header.value:
        found.append(file_errors.unknown_status(document.source, header.span, header.key, header.value))
        return ""
    return told[0]


def _check_points(document: ast.Document, total: Fraction | None, found: list[Diagnostic]) -> None:
    """The indicators' points make the total, and those of a dimension what its heading states; missing points are told."""
    header = next((h for h in document.headers if h.key == "总分值"), None)
    counted = sum((i.points or Fraction(0) for i in document.indicators), Fraction(0))
    pointed = [i for i in document.indicators if i.yields is ast.Yields.POINTS and not i.unlimited]
    unstated = {i.dimension for i in pointed if i.points is None}
    if total is not None and header is not None and counted != total and document.indicators and not unstated:
        found.append(errors.total_differs(document.source, header.span, "总分值", total, counted))
    dimensions = {i.dimension: i for i in document.indicators if i.dimension_points is not None}
    for name, indicator in dimensions.items():
        inside = sum((i.points or Fraction(0) for i in document.indicators if i.dimension == name), Fraction(0))
        stated = indicator.dimension_points
        if stated is not None and inside != stated and name not in unstated:
            where = f"一级指标「{name}」"
            found.append(errors.total_differs(document.source, indicator.dimension_span, where, stated, inside))
