"""One indicator: its cell and its author's lines → core.

Takes an indicator whose names are bound and types checked; gives a `LoweredIndicator`. Which sentences add up how is
decided in `cells.py`; here each level becomes clauses.
"""

import re
from collections.abc import Iterator
from fractions import Fraction
from functools import partial
from typing import assert_never

import attrs

from rubric.core import program as core
from rubric.core.walk import within
from rubric.diagnostics.model import Diagnostic
from rubric.semantics import cells, errors, name_errors
from rubric.semantics.awarding import awarded
from rubric.semantics.bands import amount_of, band_table, formula_amount, unread
from rubric.semantics.by_case import amount_of_rule, of_case, table_of_cases, without_penalty
from rubric.semantics.cells import Fit, Mode, Part, Shape
from rubric.semantics.choices import deadline_choice, word_choices
from rubric.semantics.days import fiscal_year
from rubric.semantics.deductions import deductions, total_given
from rubric.semantics.gathered import ZERO, Gathered, path_of
from rubric.semantics.judging import judged, judgement, refusal, requirements
from rubric.semantics.noughts import is_clean_record, own_pieces, taken_off_all, takes_at_discretion, without_noughts
from rubric.semantics.overrides import basis_overrides, cell_overrides, order_overrides, report
from rubric.semantics.profiles import profiles_of
from rubric.semantics.progressions import continued
from rubric.semantics.resolve import Scope, names_in
from rubric.semantics.rests import with_rest
from rubric.semantics.row_points import row_points
from rubric.semantics.slips import check_slips
from rubric.semantics.stated import stated_rule
from rubric.semantics.typecheck import Typing
from rubric.source import Span
from rubric.syntax import ast
from rubric.syntax.fold import key
from rubric.syntax.names import scored_rows

Kind = ast.PieceKind
BasisKind = ast.BasisKind


@attrs.frozen
class LoweredIndicator:
    """`measures` maps data to the choice of what they measure; `asked` are yes–no data that prose conditions ask for.

    `over` maps data over all units to the value of one unit that they are taken of; `bounds` maps the names of quantities
    that bound data to what they are.
    """

    indicator: core.Indicator
    judgements: tuple[core.Judgement, ...]
    choices: tuple[core.Choice, ...]
    measures: dict[str, str]
    asked: tuple[core.Datum, ...]
    over: dict[str, core.Expression]
    bounds: dict[str, core.Expression]


def lower_indicator(
    document: ast.Document,
    indicator: ast.Indicator,
    scope: Scope,
    typing: Typing,
    number: int,
    shared_words: frozenset[str],
    found: list[Diagnostic],
) -> LoweredIndicator:
    gathered = Gathered(document.source, indicator, scope, typing, shared_words, found)
    settle = partial(deadline_choice, gathered)
    year = fiscal_year(document) or 0
    gathered.lowering = attrs.evolve(gathered.lowering, year=year, deadline_choice=settle)
    lowered = _build(gathered, number)
    profiles = profiles_of(gathered, document, lowered.indicator)
    return attrs.evolve(lowered, indicator=attrs.evolve(lowered.indicator, profiles=profiles))


def _build(g: Gathered, number: int) -> LoweredIndicator:
    source, indicator = g.source, g.indicator
    points = indicator.points or Fraction(0)
    word_choices(g)
    by_class = rule_by_class(g, points) if indicator.cases else None
    if by_class is None:
        cell_overrides(g)
        order_overrides(g, whole=False)
    basis_overrides(g)
    shape = cells.shape_of(indicator.cell)
    awards = awarded(g) if indicator.yields is not ast.Yields.POINTS else None
    if indicator.unlimited and indicator.points is None:
        points = cells.greatest(shape.parts)
    if awards is not None:
        points = Fraction(max(len(awards.grades) - 1, 0))
        kind = core.ClauseKind.COMPUTED
        text = source.slice(indicator.cell.span)
        whole = core.Clause("", "", text, points, awards.rule, kind, span=indicator.cell.span)
        rule: core.Rule = core.Sum((whole,), span=indicator.cell.span)
    elif indicator.points is None and not indicator.unlimited:
        found = errors.no_points(source, indicator.name_span, indicator.name)
        g.found.append(found)
        rule = core.Unresolved(found.code, span=indicator.span)
    else:
        rule = by_class or top_rule(g, shape, points)
        order_overrides(g, whole=True)
        rule = core.Unresolved(g.doubt, span=indicator.span) if g.doubt else rule
        rule = _decided_without_end(g, rule) if indicator.unlimited and not points else rule
    check_slips(g)
    check_ranges(g)
    _check_points(g)
    built = core.Indicator(
        f"{number:02}",
        indicator.name,
        (indicator.dimension, indicator.category),
        points,
        indicator.description,
        rule,
        tuple(g.overrides.get("", ())),
        tuple(requirements(g)),
        tuple(line.text for line in indicator.basis if line.kind is BasisKind.NOTE),
        yields=core.Yields(indicator.yields.value),
        grades=awards.grades if awards else (),
        unit=awards.unit if awards else None,
        unlimited=indicator.unlimited,
        last_year=next((line.word for line in indicator.basis if line.kind is BasisKind.LAST_YEAR), ""),
        span=indicator.span,
    )
    judgements, choices = tuple(g.judgements.values()), tuple(g.choices.values())
    over, bounds = dict(values_over_units(g)), dict(bounding_quantities(g))
    return LoweredIndicator(built, judgements, choices, g.measures, tuple(g.asked), over, bounds)


def _decided_without_end(g: Gathered, rule: core.Rule) -> core.Rule:
    """A person's points of an item without a maximum: between which numbers is not said, and never 0 for want of it."""
    if not any(isinstance(node, core.Judged) for node in within(rule)):
        return rule
    g.judgements.clear()
    told = next((d.code for d in g.found if d.indicator == g.indicator.name and errors.is_unread(d)), "")
    if not told:
        found = errors.no_points(g.source, g.indicator.name_span, g.indicator.name)
        g.found.append(found)
        told = found.code
    return core.Unresolved(told, span=g.indicator.span)


def bounding_quantities(g: Gathered) -> Iterator[tuple[str, core.Expression]]:
    """The definitions that bounds of data name (`不超过应完成项目数`), where they can be used."""
    for text in (text for line in g.indicator.data for text in (line.low, line.high) if text):
        symbol = g.lowering.scope.find(key(text))
        if symbol is None or symbol.declared.role not in ("definition", "word"):
            continue
        whole = g.typing.of(ast.Name(key(text), span=symbol.node.span))
        if symbol.node.span not in g.typing.refused and not (whole is not None and whole.series):
            yield key(text), g.lowering.expression(ast.Name(key(text), span=symbol.declared.span))


def values_over_units(g: Gathered) -> Iterator[tuple[str, core.Expression]]:
    """What each datum over all units is taken of, where its name is that of a datum or a definition that can be used."""
    for line in g.indicator.data:
        symbol = g.lowering.scope.find(key(line.over.of)) if line.over is not None else None
        faulty = symbol is None or symbol.node.span in g.typing.refused or getattr(symbol.node, "fault", "")
        if line.over is None or faulty or symbol is None or symbol.declared.role not in ("datum", "definition", "word"):
            continue
        if symbol.node is not line and not (isinstance(symbol.node, ast.DatumLine) and symbol.node.parts):
            yield line.name, g.lowering.expression(ast.Name(key(line.over.of), span=line.span))


def rule_by_class(g: Gathered, points: Fraction) -> core.Rule | None:
    """The rule of each class of unit, as its cell reads, under the condition of the class."""
    found: list[tuple[core.Condition, core.Rule, Fraction, tuple[core.Override, ...]]] = []
    earlier = len(g.found)
    fault = next((g.typing.refused[case.span] for case in g.indicator.cases if case.span in g.typing.refused), None)
    if fault is not None:
        return core.Unresolved(fault, span=g.indicator.cell.span) if fault else None
    named = [g.lowering.condition(case.condition) for case in g.indicator.cases if case.condition is not None]
    fits = (cells.fit(cells.shape_of(case.cell).parts, points) for case in g.indicator.cases)
    mode = next((found.mode for found in fits if found is not None), None)
    for case in g.indicator.cases:
        inner = g.within(attrs.evolve(g.indicator, cell=case.cell, cases=()))
        cell_overrides(inner)
        shape = cells.shape_of(case.cell)
        own = points if cells.fit(shape.parts, points) is not None else cells.greatest(shape.parts, mode)
        rule = top_rule(inner, shape, own)
        g.doubt = g.doubt or inner.doubt
        overrides = tuple(inner.overrides.get("", ()))
        if not without_penalty(overrides):
            return None
        condition = None if case.condition is None else g.lowering.condition(case.condition)
        found.append((of_case(condition, named), rule, own, overrides))
    once = {(d.code, d.place): d for d in reversed(g.found[earlier:])}  # words that all classes share are told of once
    g.found[earlier:] = reversed(once.values())
    table = table_of_cases(found, points, unlimited=g.indicator.unlimited)
    unresolved = next((rule for _, rule, _, _ in found for rule in _unresolved(rule)), None)
    if table is None:
        return unresolved or unread_as_one(g, points)
    span = g.indicator.cell.span
    text = g.source.slice(span)
    whole = core.Clause("", "", text, points, attrs.evolve(table, span=span), core.ClauseKind.COMPUTED, span=span)
    return core.Sum((whole,), span=span)


def unread_as_one(g: Gathered, points: Fraction) -> core.Rule | None:
    """What neither goes by classes nor names what it speaks of when it is read as one is left to a person."""
    shape = cells.shape_of(g.indicator.cell)
    names = [name for piece in cells.pieces_of(shape) for name in names_in(piece.sentence)]
    if all(g.lowering.scope.find(name.key) is not None for name in names):
        return None
    g.judgements.clear()
    return judged(g, shape, points)


def _unresolved(rule: core.Rule) -> Iterator[core.Unresolved]:
    yield from (node for node in within(rule) if isinstance(node, core.Unresolved))


def check_ranges(g: Gathered) -> None:
    """`第5点可在0-1分之间酌情给分` speaks of a point that exists."""
    for line in g.indicator.basis:
        if line.kind is BasisKind.RANGE and path_of(key(line.word)) not in g.items:
            report(g, name_errors.no_such_point(g.source, line.span, line.word, g.indicator.name))


def row_scores(g: Gathered, shape: Shape) -> core.Rule | None:
    """The sentences of a cell about each row of a list that states the points of its rows.

    What they leave to a person is recorded in the row, so such a sentence is none of the alternatives.
    """
    line = next((d for d in g.indicator.data if scored_rows(d)), None)
    parts = tuple(p for p in shape.parts if any(piece.kind is Kind.RULE for piece in own_pieces(p)))
    if line is None or not parts:
        return None
    about = [name for part in parts for piece in own_pieces(part) for name in names_in(piece.sentence)]
    symbols = [g.lowering.scope.find(name.key) for name in about]
    if not any(s is not None and s.declared.role in ("column", "cell") for s in symbols):
        return None
    fitted = cells.fit(parts, Fraction(1))
    if fitted is None:
        return None
    whole, g.lowering = g.lowering, attrs.evolve(g.lowering, of_row=True)
    rule = rule_of(g, attrs.evolve(shape, parts=parts), fitted, Fraction(1))
    g.lowering = whole
    return core.RowScores(line.name, core.Cell(line.name, "分值", span=line.span), rule, span=shape.item.span)


def top_rule(g: Gathered, shape: Shape, points: Fraction) -> core.Rule:
    of_rows = row_scores(g, shape)
    if of_rows is not None:
        text = g.source.slice(shape.item.span)
        kind = core.ClauseKind.COMPUTED
        return core.Sum((core.Clause("", "", text, points, of_rows, kind, span=shape.item.span),), span=of_rows.span)
    if not shape.parts:
        total = total_given(g) if g.overrides.get("") else None
        vetoed = any(o.kind is core.OverrideKind.VETO and o.cap is None for o in g.overrides.get("", ()))
        if total is None and vetoed and any(p.kind is Kind.VETO for item in g.items.values() for p in item.pieces):
            total = core.Constant(points, span=g.indicator.cell.span)  # nothing but what takes all points away
        if total is None:
            written = any(item.pieces for item in g.items.values())
            found = errors.no_standard(g.source, g.indicator.name_span, g.indicator.name, written)
            g.found.append(found)
            return core.Unresolved(found.code, span=g.indicator.name_span)
        given = core.Clause("", "", "", points, core.Formula(total), core.ClauseKind.COMPUTED, span=g.indicator.span)
        return core.Sum((given,), span=g.indicator.span)
    shape, fitted = fitting(shape, points)
    if fitted is None:
        stated = stated_rule(g, cells.pieces_of(shape), points) if _all_judged(shape) else None
        if stated is not None:
            given = core.Clause("", "", "", points, stated, core.ClauseKind.COMPUTED, span=g.indicator.cell.span)
            return core.Sum((given,), span=g.indicator.cell.span)
        where = f"指标「{g.indicator.name}」"
        code = unfit(g, shape, g.indicator.name_span, where, points)
        return core.Unresolved(code, span=g.indicator.span)
    if fitted.mode is Mode.SUM:
        return rule_of(g, shape, fitted, points)
    return core.Sum((clause(g, shape, fitted, points, ""),), span=g.indicator.cell.span)


def _all_judged(shape: Shape) -> bool:
    """Whether no sentence of a cell is a rule of its own."""
    return not any(piece.kind is Kind.RULE and piece.sentence is not None for piece in cells.pieces_of(shape))


def clause(g: Gathered, shape: Shape, fitted: Fit, points: Fraction, path: str) -> core.Clause:
    """A level that is one clause: bands, deductions, one judgement.

    What takes the place of one sentence of a point holds for that sentence alone.
    """
    before = len(g.overrides.get(path, ()))
    rule = rule_of(g, shape, fitted, points)
    overrides = tuple(g.overrides.get(path, ())) if path else ()
    if shape.grouped:
        g.overrides[path] = list(overrides[:before])
        overrides = overrides[before:]
    text = g.source.slice(shape.item.span)
    return core.Clause(
        path,
        _title(shape.title),
        text,
        points,
        rule,
        _kind(rule),
        overrides,
        span=shape.item.span,
    )


def rule_of(g: Gathered, shape: Shape, fitted: Fit, points: Fraction) -> core.Rule:
    shape, fitted = without_noughts(g, shape, fitted)
    if fitted.mode in (Mode.FIRST, Mode.DEDUCT):
        all_bands = continued(shape, points)
        if all_bands is None:
            return unread(g, cells.pieces_of(shape), shape, points, said=True)
        shape = all_bands
    match fitted.mode:
        case Mode.SUM if shape.parts and (taken := next(filter(taken_off_all, shape.parts), None)) is not None:
            span = cells.pieces_of(attrs.evolve(shape, parts=(taken,)))[0].span
            g.found.append(errors.discretion_on_all(g.source, span, points, g.indicator.name))
            return judged(g, shape, points)
        case Mode.SUM:
            parts = zip(shape.parts, fitted.points, strict=True)
            clauses = tuple(part_clause(g, p, v or Fraction(0)) for p, v in parts)
            return core.Sum(with_rest(g, shape, clauses), span=shape.item.span)
        case Mode.JUDGED:
            return judged(g, shape, points)
        case Mode.FIRST if len(shape.parts) == 1 and [p.kind for p in own_pieces(shape.parts[0])] == [Kind.BASELINE]:
            return single(g, shape.parts[0], points) if isinstance(shape.parts[0], Part) else judged(g, shape, points)
        case Mode.FIRST:
            return band_table(g, shape, points)
        case Mode.DEDUCT:
            return deductions(g, shape, points)
        case Mode.LESS:
            return less(g, shape, fitted, points)
        case _:
            assert_never(fitted.mode)


def less(g: Gathered, shape: Shape, fitted: Fit, points: Fraction) -> core.Rule:
    """What some parts add up to, less what the others take off; where a person decides an addend, nothing is taken of it."""
    pairs = list(zip(shape.parts, fitted.points, strict=True))
    clauses = tuple(part_clause(g, p, v) for p, v in pairs if v is not None)
    base = amount_of_rule(core.Sum(clauses, span=shape.item.span), points)
    if base is None or not all(without_penalty(clause.overrides) for clause in clauses):
        return unread(g, cells.pieces_of(shape), shape, points)
    taking = attrs.evolve(shape, parts=tuple(p for p, v in pairs if v is None))
    return deductions(g, taking, points, base)


_POINTS_RANGE = re.compile(r"\s*[（(][^（）()\d]*?(\d+(?:\.\d+)?)\s*分?\s*[-~～—－至]+\s*(\d+(?:\.\d+)?)\s*分\s*[）)]")


def _check_points(g: Gathered) -> None:
    """`三级指标 制度健全（3-5分）`: one number is taken, and the author is asked."""
    place = g.indicator.name_span
    match = _POINTS_RANGE.match(g.source.text, place.end)
    if match is not None and g.indicator.points is not None and "\n" not in match[0]:
        low, high = Fraction(match[1]), Fraction(match[2])
        span = Span(match.start(), match.end())
        g.found.append(errors.points_as_range(g.source, span, g.indicator.name, low, high, g.indicator.points))


def fitting(shape: Shape, points: Fraction) -> tuple[Shape, Fit | None]:
    """How the parts make the points; where they do not one by one, sentence by sentence."""
    fitted = cells.fit(shape.parts, points)
    judged = fitted is not None and fitted.mode is Mode.SUM and any(takes_at_discretion(p) for p in shape.parts)
    for grouped in (cells.by_sentence(shape), cells.rest_joined(shape)) if fitted is None or judged else ():
        fitted_groups = cells.fit(grouped.parts, points) if grouped is not None else None
        if grouped is not None and fitted_groups is not None:
            return grouped, fitted_groups
    return shape, fitted or cells.less(shape.parts, points)


def part_clause(g: Gathered, part: Part | Shape, points: Fraction) -> core.Clause:
    if isinstance(part, Part):
        rule = single(g, part, points)
        text = "；".join(p.text for p in part.pieces)
        span = part.pieces[0].span.to(part.pieces[-1].span)
        return core.Clause(part.path, "", text, points, rule, _kind(rule), overrides_at(g, part.path), span=span)
    if len(part.parts) == 1 and isinstance(part.parts[0], Part):
        rule = single(g, part.parts[0], points, part.title)
        text = g.source.slice(part.item.span)
        return core.Clause(
            part.path,
            _title(part.title),
            text,
            points,
            rule,
            _kind(rule),
            overrides_at(g, part.path),
            span=part.item.span,
        )
    part, fitted = fitting(part, points)
    if fitted is None:
        code = unfit(g, part, part.item.span, f"第{part.path}点", points)
        rule: core.Rule = core.Unresolved(code, span=part.item.span)
        text = g.source.slice(part.item.span)
        return core.Clause(
            part.path, _title(part.title), text, points, rule, core.ClauseKind.COMPUTED, span=part.item.span
        )
    return clause(g, part, fitted, points, part.path)


def unfit(g: Gathered, shape: Shape, span: Span, where: str, points: Fraction) -> str:
    """The code of the finding why the parts do not make `points`: their own fault, or the points."""
    faults = [p.fault for p in cells.pieces_of(shape) if p.fault]
    if faults:
        return faults[0]
    found = errors.points_do_not_fit(g.source, span, where, points, cells.results(shape.parts), g.indicator.name)
    g.found.append(found)
    return found.code


def overrides_at(g: Gathered, path: str) -> tuple[core.Override, ...]:
    return tuple(g.overrides.get(path, ())) if path else ()


def single(g: Gathered, part: Part, points: Fraction, title: str = "") -> core.Rule:
    """One sentence that gives all points of its clause, or none."""
    piece = part.pieces[0]
    vetoed = any(o.kind is core.OverrideKind.VETO for path in {"", part.path} for o in g.overrides.get(path, ()))
    if piece.kind is Kind.BASELINE and vetoed and is_clean_record(piece):  # full points, but for the vetoes beside it
        return core.Formula(core.Constant(points, span=piece.span), span=piece.span)
    if piece.kind is not Kind.RULE or piece.sentence is None:
        return judgement(g, part.pieces, part.path, points, title)
    refused = refusal(g, piece, part.pieces, part.path, points, title)
    if refused is not None:
        return refused
    lowering = g.lowering.at(part.path, points)
    match piece.sentence:
        case ast.Always(outcome=outcome):
            return core.Formula(amount_of(g, outcome, part.path, points, None, ""), span=piece.span)
        case ast.RowPoints() as rows:
            return core.Formula(row_points(rows, points), span=piece.span)
        case ast.ScoreFormula():
            return core.Formula(amount_of(g, piece.sentence, part.path, points, None, ""), span=piece.span)
        case ast.Rule(condition=condition, outcome=ast.ScoreFormula() as formula):
            amount = formula_amount(g, formula, part.path, points)
            band = core.Band(lowering.condition(condition), amount, piece.text, span=piece.span)
            return core.BandTable((band,), span=piece.span)
        case ast.Rule(condition=condition, outcome=ast.Award()):
            award = core.Constant(points, span=piece.span)
            band = core.Band(lowering.condition(condition), award, piece.text, span=piece.span)
            return core.BandTable((band,), otherwise=ZERO, span=piece.span)
        case _:
            shape = Shape(g.items[part.path], title, points, (part,))
            return deductions(g, shape, points)


def _title(text: str) -> str:
    return re.sub(r"[（(]\s*\d+(\.\d+)?\s*分\s*[）)].*", "", text).strip()


def _kind(rule: core.Rule) -> core.ClauseKind:
    match rule:
        case core.Judged():
            return core.ClauseKind.JUDGED
        case core.Deductions():
            return core.ClauseKind.COUNTED
        case core.BandTable(bands=bands) if all(isinstance(b.condition, core.InState) for b in bands):
            return core.ClauseKind.GRADED
        case _:
            return core.ClauseKind.COMPUTED
