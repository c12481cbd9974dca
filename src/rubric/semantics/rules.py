"""One indicator: its cell and its author's lines → core rules, overrides, judgements and choices.

Takes an indicator whose names are bound and types checked; gives a `LoweredIndicator`. Which sentences add up how is
decided in `cells.py`; here each way becomes core.
"""

import hashlib
import re
from collections.abc import Iterator
from fractions import Fraction
from typing import assert_never

import attrs

from rubric.core import program as core
from rubric.core.numbers import plain
from rubric.diagnostics.model import Diagnostic
from rubric.semantics import cells, errors
from rubric.semantics.cells import Fit, Mode, Part, Shape
from rubric.semantics.ellipsis import subject
from rubric.semantics.expressions import Lowering
from rubric.semantics.resolve import Scope, bodies_of, items_of, names_in
from rubric.semantics.typecheck import Typing
from rubric.source import SourceText, Span
from rubric.syntax import ast
from rubric.syntax.fold import key

Kind = ast.PieceKind
BasisKind = ast.BasisKind
ZERO = core.Constant(Fraction(0))


@attrs.frozen
class LoweredIndicator:
    """`measures` maps data to the choice of what they measure; `asked` are yes–no data that prose conditions ask for."""

    indicator: core.Indicator
    judgements: tuple[core.Judgement, ...]
    choices: tuple[core.Choice, ...]
    measures: dict[str, str]
    asked: tuple[core.Datum, ...]


def lower_indicator(
    document: ast.Document,
    indicator: ast.Indicator,
    scope: Scope,
    typing: Typing,
    number: int,
    shared_words: frozenset[str],
    found: list[Diagnostic],
) -> LoweredIndicator:
    return _Builder(document.source, indicator, scope, typing, shared_words, found).build(number)


class _Builder:
    """Gathers what one indicator yields; an inner detail of `lower_indicator`."""

    def __init__(
        self,
        source: SourceText,
        indicator: ast.Indicator,
        scope: Scope,
        typing: Typing,
        shared_words: frozenset[str],
        found: list[Diagnostic],
    ) -> None:
        self.source = source
        self.indicator = indicator
        self.typing = typing
        self.shared_words = shared_words
        self.found = found
        self.choices: dict[str, core.Choice] = {}
        self.judgements: dict[str, core.Judgement] = {}
        self.overrides: dict[str, list[core.Override]] = {}
        self.asked: list[core.Datum] = []
        self.measures: dict[str, str] = {}
        self.lowering = Lowering(scope, self.choice_name)
        self.items = {item.path: item for item in items_of(indicator.cell)}

    def build(self, number: int) -> LoweredIndicator:
        source, indicator = self.source, self.indicator
        if indicator.points is None:
            self.found.append(errors.no_points(source, indicator.name_span, indicator.name))
        points = indicator.points or Fraction(0)
        self.word_choices()
        self.cell_overrides()
        self.basis_overrides()
        shape = cells.shape_of(indicator.cell)
        rule = self.top_rule(shape, points)
        self.check_glosses()
        built = core.Indicator(
            f"{number:02}",
            indicator.name,
            (indicator.dimension, indicator.category),
            points,
            indicator.description,
            rule,
            tuple(self.overrides.get("", ())),
            tuple(self.requirements()),
            tuple(line.text for line in indicator.basis if line.kind is BasisKind.NOTE),
            span=indicator.span,
        )
        return LoweredIndicator(
            built, tuple(self.judgements.values()), tuple(self.choices.values()), self.measures, tuple(self.asked)
        )

    # --- choices ------------------------------------------------------------------------------------------------------

    def choice_name(self, word: str) -> str:
        return f"{self.indicator.name}·{word}" if key(word) in self.shared_words else word

    def word_choices(self) -> None:
        """口径 lines with alternatives become choices; those that only label what a datum measures say so."""
        data = {key(line.name): line.name for line in self.indicator.data}
        data |= {n.key: n.target for n in self.indicator.names if n.role == "datum"}
        for line in self.indicator.basis:
            if line.kind not in (BasisKind.MEANS, BasisKind.COUNTED, BasisKind.ALTERNATIVES):
                continue
            names = [key(part) for part in ([line.word] if key(line.word) in data else line.word.split("、"))]
            computes = any(o.body is not None for o in line.options)
            measured = [data[name] for name in names if name in data]
            if len(measured) == len(names) and not (computes and line.kind is not BasisKind.MEANS):
                self.add_choice(line, tuple(o.name for o in line.options), measures=True)
                for name in measured:
                    self.measures[name] = self.choice_name(line.word)
            elif line.kind is BasisKind.ALTERNATIVES:
                self.add_choice(line, (self.issued_formula(line.word), *(o.name for o in line.options)))
            elif computes and len(line.options) > 1:
                self.add_choice(line, tuple(o.name for o in line.options))

    def add_choice(self, line: ast.BasisLine, names: tuple[str, ...], measures: bool = False) -> None:
        if len(names) < 2:
            return
        name = self.choice_name(line.word)
        spans = [o.span for o in line.options]
        alternatives = tuple(core.Alternative(n, span=s) for n, s in zip(names, [line.span, *spans], strict=False))
        self.choices[name] = core.Choice(
            name, alternatives, indicator=self.indicator.name, measures=measures, span=line.span
        )

    def issued_formula(self, word: str) -> str:
        for item in self.items.values():
            for piece in item.pieces:
                if isinstance(piece.sentence, ast.Equation) and piece.sentence.name.key == key(word):
                    return self.source.slice(piece.sentence.body.span)
        return "印发原文"

    # --- overrides ----------------------------------------------------------------------------------------------------

    def cell_overrides(self) -> None:
        """否决 and 豁免 of the issued text."""
        for item in self.items.values():
            for piece in item.pieces:
                if piece.kind is Kind.VETO:
                    self.veto(item, piece)
                elif piece.kind is Kind.EXEMPTION:
                    self.exemption(item, piece)

    def veto(self, item: ast.Item, piece: ast.Piece) -> None:
        condition = self.condition_of(piece, item.path)
        if condition is None:
            return
        scopes = piece.sentence.outcome.scopes if _is_award(piece.sentence) else _scope_words(piece.text)
        override = core.Override(core.OverrideKind.VETO, condition, core.Effect.ZERO, piece.text, span=piece.span)
        for path, guarded in self.targets(scopes, item, override):
            self.overrides.setdefault(path, []).append(guarded)

    def condition_of(self, piece: ast.Piece, path: str) -> core.Condition | None:
        """The condition of a rule; for prose, a yes–no datum that asks for it."""
        sentence = piece.sentence
        if isinstance(sentence, ast.Rule):
            code = self.typing.refused.get(sentence.span)
            if code is None:
                return self.lowering.at(path).condition(sentence.condition)
            if code:
                return None
        name = label_of(piece.text, "")
        uses = (self.indicator.name,)
        self.asked.append(
            core.Datum(
                name,
                core.DatumKind.BOOLEAN,
                states=("是", "否"),
                indicator=self.indicator.name,
                uses=uses,
                span=piece.span,
            )
        )
        return core.InState(name, ("是",), span=piece.span)

    def targets(
        self, scopes: tuple[str, ...], item: ast.Item, override: core.Override
    ) -> Iterator[tuple[str, core.Override]]:
        """Which clauses an outcome reaches. Where the words leave it open, both readings, each under its choice."""
        if scopes and scopes[0] in ("本项指标", "该项指标", "本指标", "该指标"):
            yield "", override
            return
        if scopes and scopes[0].startswith("第"):
            for scope in scopes:
                yield self.known_path(scope, override.span), override
            return
        word = scopes[0] if scopes else "得0分"
        line = next((b for b in self.indicator.basis if b.kind is BasisKind.LIMITED and key(b.word) == word), None)
        near = item.path.split("（")[0]
        if line is not None:
            chosen = path_of(line.scopes[0]) if line.scopes[0].startswith("第") else ""
            if chosen and chosen not in self.items:
                self.found.append(
                    errors.no_such_point(self.source, line.span, line.scopes[0], self.indicator.name)
                )
                return
            yield from self.scoped(word, chosen, "" if chosen else near, core.ChoiceOrigin.AUTHOR, line.span, override)
        elif not near or not self.scores(item):
            yield "", override
        else:
            if scopes:
                self.found.append(
                    errors.unsettled_scope(
                        self.source, override.span, word, f"第{near}点", "本指标", self.indicator.name
                    )
                )
            yield from self.scoped(word, near, "", core.ChoiceOrigin.DEFAULT, override.span, override)

    def scoped(
        self, word: str, chosen: str, other: str, origin: core.ChoiceOrigin, span: Span, override: core.Override
    ) -> Iterator[tuple[str, core.Override]]:
        if chosen == other:
            yield chosen, override
            return
        name = self.choice_name(word)
        names = tuple(core.Alternative(f"第{path}点" if path else "本指标") for path in (chosen, other))
        self.choices[name] = core.Choice(name, names, 0, origin, self.indicator.name, span=span)
        for index, path in enumerate((chosen, other)):
            under = core.All((core.ReadingIs(name, index), override.condition), span=override.span)
            yield path, attrs.evolve(override, condition=under)

    def scores(self, item: ast.Item) -> bool:
        top = self.items[item.path.split("（")[0]] if item.path else item
        return bool(cells.shape_of(top).parts)

    def known_path(self, scope: str, span: Span) -> str:
        path = path_of(scope)
        if path not in self.items:
            self.found.append(errors.no_such_point(self.source, span, scope, self.indicator.name))
            return ""
        return path

    def exemption(self, item: ast.Item, piece: ast.Piece) -> None:
        """直接得分, 视同满分, 不适用. An author's line about its words takes the place of the prose."""
        folded = key(piece.text)
        if any(line.kind is BasisKind.COUNTED and line.options and line.options[0].rules and key(line.word) in folded
               for line in self.indicator.basis):
            return
        sentence = piece.sentence
        if isinstance(sentence, ast.Rule) and not isinstance(sentence.outcome, ast.Award | ast.NotApplicable):
            return
        condition = self.condition_of(piece, item.path)
        if condition is None:
            return
        effect = core.Effect.FULL
        scopes: tuple[str, ...] = ("本指标",)
        if isinstance(sentence, ast.Rule) and isinstance(sentence.outcome, ast.Award | ast.NotApplicable):
            effect = core.Effect.NOT_APPLICABLE if isinstance(sentence.outcome, ast.NotApplicable) else effect
            scopes = sentence.outcome.scopes or scopes
        override = core.Override(core.OverrideKind.EXEMPTION, condition, effect, piece.text, span=piece.span)
        for path, guarded in self.targets(scopes, item, override):
            self.overrides.setdefault(path, []).append(guarded)

    def basis_overrides(self) -> None:
        """Rules the author added: `…为0的，第1点不适用`."""
        for line in self.indicator.basis:
            if line.span in self.typing.refused:
                continue
            for sentence in line.sentences:
                self.basis_rule(sentence, None, 0, line.span)
            ruled = [o for o in line.options if o.rules]
            if len(ruled) > 1:
                self.add_choice(line, tuple(o.name for o in ruled))
            for index, option in enumerate(ruled):
                for sentence in option.rules:
                    self.basis_rule(sentence, self.choice_name(line.word) if len(ruled) > 1 else None, index, line.span)

    def basis_rule(self, sentence: ast.Sentence, choice: str | None, index: int, span: Span) -> None:
        if not isinstance(sentence, ast.Rule):
            return
        condition = self.lowering.condition(sentence.condition)
        match sentence.outcome:
            case ast.Award(points=None, scopes=scopes):
                effect = core.Effect.FULL
            case ast.Award(points=points, scopes=scopes) if points == 0:
                effect = core.Effect.ZERO
            case ast.NotApplicable(scopes=scopes):
                effect = core.Effect.NOT_APPLICABLE
            case _:
                self.found.append(errors.unusable_outcome(self.source, sentence.span, self.indicator.name))
                return
        kind = (
            core.OverrideKind.UNDEFINED
            if _tests_zero(condition)
            else core.OverrideKind.VETO
            if effect is core.Effect.ZERO
            else core.OverrideKind.EXEMPTION
        )
        if choice is not None:
            condition = core.All((core.ReadingIs(choice, index), condition), span=condition.span)
        override = core.Override(kind, condition, effect, self.source.slice(sentence.span), span=sentence.span)
        for scope in scopes or ("本指标",):
            path = "" if not scope.startswith("第") else self.known_path(scope, sentence.span)
            self.overrides.setdefault(path, []).append(override)

    # --- the rules ----------------------------------------------------------------------------------------------------

    def top_rule(self, shape: Shape, points: Fraction) -> core.Rule:
        if not shape.parts:
            return core.Unresolved("", span=self.indicator.span)
        fitted = cells.fit(shape.parts, points)
        if fitted is None:
            self.found.append(
                errors.points_do_not_fit(
                    self.source, self.indicator.name_span, f"指标「{self.indicator.name}」", points,
                    cells.results(shape.parts), self.indicator.name,
                )
            )
            return core.Unresolved("R0801", span=self.indicator.span)
        if fitted.mode is Mode.SUM:
            return self.rule_of(shape, fitted, points)
        return core.Sum((self.clause(shape, fitted, points, ""),), span=self.indicator.cell.span)

    def clause(self, shape: Shape, fitted: Fit, points: Fraction, path: str) -> core.Clause:
        """A level that is one clause: bands, deductions, one judgement."""
        rule = self.rule_of(shape, fitted, points)
        text = self.source.slice(shape.item.span)
        return core.Clause(
            path, _title(shape.title), text, points, rule, _kind(rule), tuple(self.overrides.get(path, ())) if path else (),
            span=shape.item.span,
        )

    def rule_of(self, shape: Shape, fitted: Fit, points: Fraction) -> core.Rule:
        match fitted.mode:
            case Mode.SUM:
                parts = zip(shape.parts, fitted.points, strict=True)
                return core.Sum(tuple(self.part_clause(p, v or Fraction(0)) for p, v in parts), span=shape.item.span)
            case Mode.JUDGED:
                return self.judged(shape, points)
            case Mode.FIRST:
                return self.band_table(shape, points)
            case Mode.DEDUCT:
                return self.deductions(shape, points)
            case _:
                assert_never(fitted.mode)

    def part_clause(self, part: Part | Shape, points: Fraction) -> core.Clause:
        if isinstance(part, Part):
            rule = self.single(part, points)
            text = "；".join(p.text for p in part.pieces)
            span = part.pieces[0].span.to(part.pieces[-1].span)
            return core.Clause(part.path, "", text, points, rule, _kind(rule), self.overrides_at(part.path), span=span)
        if len(part.parts) == 1 and isinstance(part.parts[0], Part):
            rule = self.single(part.parts[0], points, part.title)
            text = self.source.slice(part.item.span)
            return core.Clause(
                part.path, _title(part.title), text, points, rule, _kind(rule), self.overrides_at(part.path),
                span=part.item.span,
            )
        fitted = cells.fit(part.parts, points)
        if fitted is None:
            self.found.append(
                errors.points_do_not_fit(
                    self.source, part.item.span, f"第{part.path}点", points, cells.results(part.parts), self.indicator.name
                )
            )
            rule: core.Rule = core.Unresolved("R0801", span=part.item.span)
            text = self.source.slice(part.item.span)
            return core.Clause(
                part.path, _title(part.title), text, points, rule, core.ClauseKind.COMPUTED, span=part.item.span
            )
        return self.clause(part, fitted, points, part.path)

    def overrides_at(self, path: str) -> tuple[core.Override, ...]:
        return tuple(self.overrides.get(path, ())) if path else ()

    def single(self, part: Part, points: Fraction, title: str = "") -> core.Rule:
        """One sentence that gives all points of its clause, or none."""
        piece = part.pieces[0]
        if piece.kind is not Kind.RULE or piece.sentence is None:
            return self.judgement(part.pieces, part.path, points, title)
        refused = self.refusal(piece, part.pieces, part.path, points, title)
        if refused is not None:
            return refused
        lowering = self.lowering.at(part.path)
        match piece.sentence:
            case ast.ScoreFormula(body=body):
                return core.Formula(lowering.expression(body), span=piece.span)
            case ast.Rule(condition=condition, outcome=ast.ScoreFormula(body=body)):
                band = core.Band(lowering.condition(condition), lowering.expression(body), piece.text, span=piece.span)
                return core.BandTable((band,), span=piece.span)
            case ast.Rule(condition=condition, outcome=ast.Award()):
                award = core.Constant(points, span=piece.span)
                band = core.Band(lowering.condition(condition), award, piece.text, span=piece.span)
                return core.BandTable((band,), otherwise=ZERO, span=piece.span)
            case _:
                shape = Shape(self.items[part.path], title, points, (part,))
                return self.deductions(shape, points)

    def refusal(
        self, piece: ast.Piece, pieces: tuple[ast.Piece, ...], path: str, points: Fraction, title: str
    ) -> core.Rule | None:
        """What stands in for a sentence typecheck refused: nothing where it has an error, else a judgement."""
        code = self.typing.refused.get(piece.sentence.span) if piece.sentence is not None else None
        for used in self.definition_faults(piece):
            code = used if code is None or used else code
        if code is None:
            return None
        return core.Unresolved(code, span=piece.span) if code else self.judgement(pieces, path, points, title)

    def definition_faults(self, piece: ast.Piece) -> Iterator[str]:
        """Faults of the definitions a sentence rests on."""
        seen: set[str] = set()
        todo: list[object] = [piece.sentence]
        while todo:
            for name in names_in(todo.pop()):
                symbol = self.lowering.scope.find(name.key)
                if symbol is None or name.key in seen:
                    continue
                seen.add(name.key)
                code = self.typing.refused.get(symbol.node.span)
                if code is not None:
                    yield code
                todo.extend(bodies_of(symbol))

    def judged(self, shape: Shape, points: Fraction) -> core.Rule:
        pieces = tuple(_pieces(shape))
        return self.judgement(pieces, shape.path, points, shape.title, whole=not shape.path)

    def judgement(
        self, pieces: tuple[ast.Piece, ...], path: str, points: Fraction, title: str, whole: bool = False
    ) -> core.Judged:
        """A person's points for these sentences, within what the text or the author's line allows."""
        text = "；".join(p.text for p in pieces)
        label = self.free_label("整项" if whole else label_of(title or pieces[0].text, path))
        low, high, partial = Fraction(0), points, any(p.discretionary or p.kind is Kind.UNREAD for p in pieces)
        partial = partial or whole or any(p.kind is Kind.RULE for p in pieces)
        for line in self.indicator.basis:
            if line.kind is BasisKind.RANGE and path_of(key(line.word)) == path:
                low, high, partial = line.constants[0][1].value, line.constants[1][1].value, True
        for piece in pieces:
            if piece.kind is Kind.UNREAD:
                self.found.append(errors.unread_rule(self.source, piece.span, piece.stop, self.indicator.name))
            elif _looks_computable(piece):
                self.found.append(errors.judged_like_rule(self.source, piece.span, self.indicator.name))
        span = pieces[0].span.to(pieces[-1].span)
        self.judgements[label] = core.Judgement(
            self.indicator.name, label, path, text, fingerprint(title + text), low, high, partial, span=span
        )
        return core.Judged((self.indicator.name, label), span=span)

    def free_label(self, label: str) -> str:
        candidate, count = label, 1
        while candidate in self.judgements:
            count += 1
            candidate = f"{label}·{count}"
        return candidate

    # --- bands --------------------------------------------------------------------------------------------------------

    def band_table(self, shape: Shape, points: Fraction) -> core.Rule:
        """Alternatives: the first whose condition holds. One that no rule decides makes the whole a judgement."""
        pieces = tuple(_pieces(shape))
        paths = {id(p): path for path, p in _paths(shape)}
        if any(p.kind is not Kind.RULE for p in pieces):
            return self.judgement(pieces, shape.path, points, shape.title, whole=not shape.path)
        for piece in pieces:
            refused = self.refusal(piece, pieces, shape.path, points, shape.title)
            if refused is not None:
                return refused
        bands = tuple(self.band(p, paths[id(p)], points) for p in pieces)
        return core.BandTable(bands, span=shape.item.span)

    def band(self, piece: ast.Piece, path: str, base: Fraction) -> core.Band:
        lowering = self.lowering.at(path)
        match piece.sentence:
            case ast.Rule(condition=condition, outcome=outcome):
                test = lowering.condition(condition)
            case ast.ScoreFormula() as outcome:
                test = core.Always(span=piece.span)
            case _:
                raise AssertionError(piece.text)
        match outcome:
            case ast.Award(points=points):
                value = base if points is None else points
                amount: core.Expression = core.Constant(value, span=piece.span)
            case ast.ScoreFormula(body=body):
                amount = lowering.expression(body)
            case ast.StepDeduction():
                assert isinstance(piece.sentence, ast.Rule)
                amount = self.step_amount(piece.sentence.condition, outcome, base, lowering)
            case _:
                raise AssertionError(piece.text)
        return core.Band(test, amount, piece.text, span=piece.span)

    def step_amount(
        self, condition: ast.Condition, outcome: ast.StepDeduction, base: Fraction, lowering: Lowering
    ) -> core.Expression:
        """base − points × steps beyond the threshold, by the reading of a part of a step."""
        assert isinstance(condition, ast.Comparison)
        measured = subject(condition)
        threshold = next(o for o in condition.operands if o is not measured)
        ends = (lowering.expression(measured), lowering.expression(threshold))
        first, second = ends if outcome.beyond else ends[::-1]
        distance = core.Arithmetic("-", first, second, span=condition.span)
        step = lowering.expression(outcome.step)
        choice = self.step_choice(outcome)
        options = tuple(core.Steps(distance, step, mode, span=outcome.span) for mode in core.StepMode)
        steps = core.ByReading(choice, options, span=outcome.span)
        rate = core.Constant(outcome.points, span=outcome.span)
        deducted = core.Arithmetic("*", rate, steps, span=outcome.span)
        return core.Arithmetic("-", core.Constant(base, span=outcome.span), deducted, span=outcome.span)

    def step_choice(self, outcome: ast.StepDeduction) -> str:
        """The choice about a part of a step: what a 口径 line says, else whole steps and a finding with each result."""
        step = re.sub(r"^每?(超过|超出|高于|多于|低于|少于|不足)", "", outcome.words)
        names = (f"满{step}", f"不足{step}按{step}", "按比例")
        wanted = outcome.words.removeprefix("每")
        line = next(
            (b for b in self.indicator.basis if b.kind is BasisKind.COUNTED and key(b.word).removeprefix("每") == wanted),
            None,
        )
        name = self.choice_name(line.word if line else outcome.words)
        alternatives = tuple(core.Alternative(n) for n in names)
        origin = core.ChoiceOrigin.AUTHOR if line else core.ChoiceOrigin.DEFAULT
        default = _step_mode(key(line.options[0].name + line.text)) if line and line.options else 0
        span = line.span if line else outcome.span
        self.choices[name] = core.Choice(name, alternatives, default, origin, self.indicator.name, span=span)
        if line is None:
            results = tuple((n, _times(outcome.points, t)) for n, t in zip(names, ("2", "3", "2.5"), strict=True))
            example = f"{'超出' if outcome.beyond else '低于'} 2.5 步"
            self.found.append(
                errors.unsettled_step(self.source, outcome.span, outcome.words, example, results, self.indicator.name)
            )
        return name

    # --- deductions ---------------------------------------------------------------------------------------------------

    def deductions(self, shape: Shape, points: Fraction) -> core.Rule:
        """A baseline less its deductions; a deduction by steps beyond a threshold is a band of its own."""
        pieces = tuple(_pieces(shape))
        deducting = tuple(p for p in pieces if p.deducts and not p.discretionary)
        for piece in deducting:
            self.check_floor(piece, points)
        if any(p.kind is Kind.UNREAD or (p.kind is Kind.JUDGED and p.deducts) for p in pieces) or not deducting:
            return self.judgement(pieces, shape.path, points, shape.title, whole=not shape.path)
        for piece in pieces:
            refused = self.refusal(piece, pieces, shape.path, points, shape.title)
            if refused is not None:
                return refused
        steps = [p for p in deducting if isinstance(p.sentence, ast.Rule) and isinstance(p.sentence.outcome, ast.StepDeduction)]
        if steps:
            paths = {id(p): path for path, p in _paths(shape)}
            rules = [p for p in pieces if p.kind is Kind.RULE]
            return core.BandTable(tuple(self.band(p, paths[id(p)], points) for p in rules), span=shape.item.span)
        floor = any(_floor(p) for p in deducting)
        if not floor:
            self.found.append(errors.floor_not_stated(self.source, deducting[-1].span, self.indicator.name))
        items = tuple(self.deduction(p, path) for path, p in _paths(shape) if p in deducting)
        return core.Deductions(core.Constant(points, span=shape.item.span), items, floor, span=shape.item.span)

    def check_floor(self, piece: ast.Piece, points: Fraction) -> None:
        match piece.sentence:
            case ast.Rule(floor_points=stated) | ast.CountDeduction(floor_points=stated) if stated not in (None, points):
                assert stated is not None
                self.found.append(
                    errors.floor_differs(self.source, piece.span, stated, points, self.indicator.name)
                )
            case _:
                pass

    def deduction(self, piece: ast.Piece, path: str) -> core.Deduction:
        lowering = self.lowering.at(path)
        match piece.sentence:
            case ast.CountDeduction(event=event, deduction=per):
                count = lowering.expression(event)
            case ast.Rule(condition=ast.Bare(operand=event), outcome=ast.PerCount() as per):
                count = lowering.expression(event)
            case _:
                raise AssertionError(piece.text)
        times: core.Expression = count
        if per.group != 1:
            times = core.Steps(count, core.Constant(Fraction(per.group)), core.StepMode.WHOLE, span=piece.span)
        return core.Deduction(per.points, times, piece.text, span=piece.span)

    # --- what stands beside the points --------------------------------------------------------------------------------

    def requirements(self) -> Iterator[core.Requirement]:
        """`“至少选择三个方面”即 …`: words of a judged sentence that can be checked."""
        texts = "".join(key(j.text) for j in self.judgements.values())
        for line in self.indicator.basis:
            if line.kind is BasisKind.HOLDS and line.condition is not None and key(line.word) in texts:
                if line.span not in self.typing.refused:
                    yield core.Requirement(line.text, self.lowering.condition(line.condition), span=line.span)

    def check_glosses(self) -> None:
        """`季度支出进度=…（即3、6、9、12月…）`: the months named are those that end the quarters."""
        quarters = any(line.parts[:1] == ("一季度",) for line in self.indicator.data)
        for item in self.items.values():
            for piece in item.pieces:
                months = re.search(r"((?:\d+、)+\d+)月", key(piece.text))
                if quarters and months and piece.kind is Kind.DEFINITION and months[1] != "3、6、9、12":
                    self.found.append(
                        errors.months_differ(self.source, piece.span, months[1], "3、6、9、12", self.indicator.name)
                    )


# --- words ------------------------------------------------------------------------------------------------------------


def path_of(scope: str) -> str:
    """`第1点(2)` → `1（2）`."""
    match = re.fullmatch(r"第(\d+)点((?:\(\d+\))*)", scope)
    return match[1] + match[2].replace("(", "（").replace(")", "）") if match else ""


def label_of(text: str, path: str) -> str:
    """A short key made from a sentence: its words up to the first pause, at most 24 characters."""
    plain = re.sub(r"[（(]\s*\d+(\.\d+)?\s*分\s*[）)]", "", text).strip().strip("。；;，,")
    short = re.split(r"[，,。；;：:]", plain)[0]
    bracket = re.split(r"[（(]", short)[0]
    if len(bracket) >= 4:
        short = bracket
    if len(short) > 24:
        pause = short.rfind("、", 0, 24)
        short = short[: pause if pause >= 8 else 24]
    return short


def fingerprint(text: str) -> str:
    """Eight hexadecimal digits of a sentence; blanks, widths and quotation marks do not count."""
    return hashlib.sha256(key(text).encode()).hexdigest()[:8]


def _title(text: str) -> str:
    return re.sub(r"[（(]\s*\d+(\.\d+)?\s*分\s*[）)].*", "", text).strip()


def _scope_words(text: str) -> tuple[str, ...]:
    match = re.search(r"本项指标|该项指标|本指标|该指标|本项|该项|此项", key(text))
    return (match[0],) if match else ()


def _is_award(sentence: ast.Sentence | None) -> bool:
    return isinstance(sentence, ast.Rule) and isinstance(sentence.outcome, ast.Award)


def _tests_zero(condition: core.Condition) -> bool:
    match condition:
        case core.Compare(operator="=", left=left, right=right):
            return any(isinstance(e, core.Constant) and e.value == 0 for e in (left, right))
        case core.All(parts=parts) | core.Some(parts=parts):
            return any(_tests_zero(p) for p in parts)
        case _:
            return False


def _pieces(shape: Shape) -> Iterator[ast.Piece]:
    yield from (piece for _, piece in _paths(shape))


def _paths(shape: Shape) -> Iterator[tuple[str, ast.Piece]]:
    for part in shape.parts:
        if isinstance(part, Part):
            yield from ((part.path, piece) for piece in part.pieces)
        else:
            yield from _paths(part)


def _floor(piece: ast.Piece) -> bool:
    match piece.sentence:
        case ast.Rule(floor=floor) | ast.CountDeduction(floor=floor):
            return floor
        case _:
            return False


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


def _looks_computable(piece: ast.Piece) -> bool:
    signs = re.search(r"[<>≥≤%‰]|得分=|不低于|不少于|不高于|不超过|大于|小于", key(piece.text))
    return bool(signs) and not piece.discretionary and piece.kind is Kind.JUDGED and piece.sentence is None


def _step_mode(words: str) -> int:
    """The alternative a 口径 line about a step takes: 满…才扣, 不足…按…, 按比例."""
    if "按比例" in words or "按实际" in words:
        return 2
    if re.search(r"不足.*按", words) and not re.search(r"不足.*不", words):
        return 1
    return 0


def _times(points: Fraction, count: str) -> str:
    return plain(points * Fraction(count))
