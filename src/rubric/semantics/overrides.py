"""否决, 豁免, zero denominators → overrides of a clause or of the indicator.

Takes the issued sentences of these kinds and the rules an author added; gives core overrides, each at the clause its words
reach. Where the words leave the reach open, both are kept under a choice.
"""

import re
from collections.abc import Iterator
from fractions import Fraction

import attrs

from rubric.core import program as core
from rubric.core.walk import choices_used
from rubric.diagnostics.model import Diagnostic
from rubric.semantics import cells, errors, name_errors
from rubric.semantics.bounded import takes_most
from rubric.semantics.choices import add_choice, open_choice
from rubric.semantics.gathered import Gathered, path_of, question_of
from rubric.source import Span
from rubric.syntax import ast
from rubric.syntax.fold import key
from rubric.syntax.spread import SPOKEN_OF, STARS

Kind = ast.PieceKind
BasisKind = ast.BasisKind


def cell_overrides(g: Gathered) -> None:
    """否决 and 豁免 of the issued text."""
    for item in g.items.values():
        for piece in item.pieces:
            if piece.kind is Kind.VETO:
                veto(g, item, piece)
            elif piece.kind is Kind.EXEMPTION:
                exemption(g, item, piece)


def veto(g: Gathered, item: ast.Item, piece: ast.Piece, whole: bool = False) -> None:
    """`whole`: a numbered line of its own that says no scope; it is taken to reach the indicator, and the author is asked."""
    condition = condition_of(g, piece, item.path)
    if condition is None:
        return
    match piece.sentence:
        case ast.Rule(outcome=ast.Award(scopes=scopes)):
            pass
        case _:
            scopes = _scope_words(piece.text)
    penalty = piece.sentence.limits.penalty if isinstance(piece.sentence, ast.Rule) else Fraction(0)
    override = core.Override(core.OverrideKind.VETO, condition, core.Effect.ZERO, piece.text, penalty, span=piece.span)
    if isinstance(piece.sentence, ast.Rule) and isinstance(piece.sentence.outcome, ast.Capped):
        scopes = ("本指标",)
        override = attrs.evolve(override, effect=core.Effect.CAPPED, cap=piece.sentence.outcome.most)
    for path, guarded in targets(g, scopes, item, override, whole=whole):
        g.overrides.setdefault(path, []).append(guarded)


def starred_condition(g: Gathered, piece: ast.Piece) -> core.Condition | None:
    """`★项不满足的，本项不得分`: one of the parts marked so does not hold."""
    spoken_of = SPOKEN_OF.search(piece.text)
    if spoken_of is None:
        return None
    star = next(star for star in STARS if star in spoken_of[0])
    held: list[core.Condition] = []
    for item in g.items.values():
        before = g.source.text[item.span.start : item.pieces[0].span.start] if item.pieces else ""
        for part in item.pieces:
            match part.sentence:
                case ast.Rule(condition=condition) if part is not piece and (
                    star in before or part.text.startswith(star)
                ):
                    if g.typing.refused.get(part.sentence.span) is None:
                        held.append(g.lowering.at(item.path).condition(condition))
                case _:
                    pass
    return core.Not(core.All(tuple(held), span=piece.span), span=piece.span) if held else None


def condition_of(g: Gathered, piece: ast.Piece, path: str) -> core.Condition | None:
    """The condition of a rule; for prose, a yes–no datum that asks for it."""
    starred = starred_condition(g, piece)
    if starred is not None:
        return starred
    sentence = piece.sentence
    if isinstance(sentence, ast.Rule):
        code = g.typing.refused.get(sentence.span)
        if code is None:
            return g.lowering.at(path).condition(sentence.condition)
        if code:
            g.doubt = g.doubt or code
            return None
    name = question_of(piece.text)
    uses = (g.indicator.name,)
    g.asked.append(
        core.Datum(
            name,
            core.DatumKind.BOOLEAN,
            states=("是", "否"),
            indicator=g.indicator.name,
            uses=uses,
            span=piece.span,
        )
    )
    return core.InState(name, ("是",), span=piece.span)


def targets(
    g: Gathered, scopes: tuple[str, ...], item: ast.Item, override: core.Override, *, whole: bool = False
) -> Iterator[tuple[str, core.Override]]:
    """Which clauses an outcome reaches. Where the words leave it open, both readings, each under its choice.

    `whole`: it is the only sentence of its numbered line, so it is taken to reach the indicator.
    """
    if scopes and scopes[0] in ("本项指标", "该项指标", "本指标", "该指标"):
        yield "", override
        return
    if scopes and scopes[0][0] in "第①②③④⑤⑥⑦⑧⑨⑩":
        each = [c for s in scopes for c in (s if s[0] != "第" else (s,)) if c[0] in "第①②③④⑤⑥⑦⑧⑨⑩"]
        for scope in each:
            path = known_path(g, scope, override.span)
            if path is not None:
                yield path, override
        return
    word = scopes[0] if scopes else "得0分"
    line = next((b for b in g.indicator.basis if b.kind is BasisKind.LIMITED and key(b.word) == word), None)
    near = item.path.split("（")[0]
    if line is not None:
        chosen = path_of(line.scopes[0]) if line.scopes[0].startswith("第") else ""
        if chosen and chosen not in g.items:
            report(g, name_errors.no_such_point(g.source, line.span, line.scopes[0], g.indicator.name))
            return
        yield from scoped(g, word, chosen, "" if chosen else near, core.ChoiceOrigin.AUTHOR, line.span, override)
    elif not near:
        yield "", override
    elif whole or not scores(g, item):
        before = _point_before(g, item) if word in ("得0分", "该项", "此项") and (whole or scopes) else ""
        yield from scoped(g, word, "", before, core.ChoiceOrigin.DEFAULT, override.span, override)
    else:
        yield from scoped(g, word, near, "", core.ChoiceOrigin.DEFAULT, override.span, override)


def _point_before(g: Gathered, item: ast.Item) -> str:
    """The path of the point that stands before, "" where there is none: 该项 may speak of it."""
    before = str(int(item.path) - 1) if item.path.isdigit() else ""
    return before if before in g.items else ""


def scoped(
    g: Gathered, word: str, chosen: str, other: str, origin: core.ChoiceOrigin, span: Span, override: core.Override
) -> Iterator[tuple[str, core.Override]]:
    if chosen == other:
        yield chosen, override
        return
    name = g.choice_name(word)
    names = tuple(core.Alternative(f"第{path}点" if path else "本指标") for path in (chosen, other))
    g.choices[name] = core.Choice(name, names, 0, origin, g.indicator.name, doubt=core.Doubt.SCOPE, span=span)
    for index, path in enumerate((chosen, other)):
        under = core.All((core.ReadingIs(name, index), override.condition), span=override.span)
        yield path, attrs.evolve(override, condition=under)


def scores(g: Gathered, item: ast.Item) -> bool:
    top = g.items[item.path.split("（")[0]] if item.path else item
    return bool(cells.shape_of(top).parts)


def report(g: Gathered, finding: Diagnostic) -> None:
    g.found.append(finding)
    g.doubt = g.doubt or finding.code


def known_path(g: Gathered, scope: str, span: Span) -> str | None:
    path = path_of(scope)
    if path not in g.items:
        report(g, name_errors.no_such_point(g.source, span, scope, g.indicator.name))
        return None
    return path


def exemption(g: Gathered, item: ast.Item, piece: ast.Piece) -> None:
    """直接得分, 视同满分, 不适用. An author's line about its words takes the place of the prose."""
    folded = key(piece.text)
    if any(
        line.kind is BasisKind.COUNTED and line.options and line.options[0].rules and key(line.word) in folded
        for line in g.indicator.basis
    ):
        return
    sentence = piece.sentence
    if isinstance(sentence, ast.Rule) and not isinstance(sentence.outcome, ast.Award | ast.NotApplicable):
        return
    condition = condition_of(g, piece, item.path)
    if condition is None:
        return
    effect = core.Effect.FULL
    scopes: tuple[str, ...] = ("本指标",)
    if isinstance(sentence, ast.Rule) and isinstance(sentence.outcome, ast.Award | ast.NotApplicable):
        effect = core.Effect.NOT_APPLICABLE if isinstance(sentence.outcome, ast.NotApplicable) else effect
        scopes = sentence.outcome.scopes or scopes
    override = core.Override(core.OverrideKind.EXEMPTION, condition, effect, piece.text, span=piece.span)
    for path, guarded in targets(g, scopes, item, override):
        g.overrides.setdefault(path, []).append(guarded)


def order_overrides(g: Gathered, *, whole: bool) -> None:
    """Where a case may meet a 否决 and a 豁免 of one scope: the 否决 is stronger, or gives way, under a choice.

    `whole`: those of the whole indicator, else those of its points. What an author's line says is no doubt of the text.
    """
    cell = g.indicator.cell.span
    for path in [path for path in g.overrides if (not path) is whole]:
        # 不得分 and 不得分并倒扣3分 may both hold: the heavier is said of the graver case.
        overrides = g.overrides[path] = sorted(g.overrides[path], key=lambda override: -override.penalty)
        issued = [o for o in overrides if cell.start <= o.span.start < cell.end]
        spared = [o for o in issued if o.kind is core.OverrideKind.EXEMPTION and not _by_reading(o.condition)]
        vetoes = [o for o in issued if o.kind is core.OverrideKind.VETO and o.effect is core.Effect.ZERO]
        if not spared or not vetoes or spared[0].effect is core.Effect.ZERO:
            continue
        others = "得满分" if spared[0].effect is core.Effect.FULL else "不适用"
        name = open_choice(g, "同时符合的", ("得0分", others), core.Doubt.ORDER, vetoes[0].span)
        any_spared = core.Some(tuple(o.condition for o in spared), span=spared[0].span)
        for index, override in enumerate(overrides):
            if override in vetoes:
                free = core.Some((core.ReadingIs(name, 0), core.Not(any_spared)), span=override.span)
                condition = core.All((free, override.condition), span=override.condition.span)
                g.overrides[path][index] = attrs.evolve(override, condition=condition)


def _by_reading(condition: core.Condition) -> bool:
    return bool(choices_used(condition))


def basis_overrides(g: Gathered) -> None:
    """Rules the author added: `…为0的，第1点不适用`."""
    for line in g.indicator.basis:
        if line.span in g.typing.refused:
            if any(isinstance(s, ast.Rule) for s in (*line.sentences, *(r for o in line.options for r in o.rules))):
                g.doubt = g.doubt or g.typing.refused[line.span]
            continue
        if line.kind is BasisKind.UNREAD:
            g.doubt = g.doubt or line.fault
        for sentence in line.sentences:
            basis_rule(g, sentence, None, 0, line.span)
        if line.kind is BasisKind.BOUNDED:
            _caps(g, line)
        ruled = [o for o in line.options if o.rules]
        if len(ruled) > 1:
            add_choice(g, line, tuple(o.name for o in ruled))
        for index, option in enumerate(ruled):
            for sentence in option.rules:
                basis_rule(g, sentence, g.choice_name(line.word) if len(ruled) > 1 else None, index, line.span)


def _caps(g: Gathered, line: ast.BasisLine) -> None:
    """`第1点、第2点最高1分` of points whose sentences do not take it up themselves: all that they give counts up to that."""
    for scope in line.scopes:
        path = "" if not scope.startswith("第") else known_path(g, scope, line.span)
        if path is None or takes_most(g.items[path]):
            continue
        for sentence in line.sentences:
            match sentence:
                case ast.Closing(limits=ast.Limits(most=Fraction() as most)):
                    override = core.Override(
                        core.OverrideKind.GUARD,
                        core.Always(span=sentence.span),
                        core.Effect.CAPPED,
                        line.text,
                        cap=most,
                        span=line.span,
                    )
                    g.overrides.setdefault(path, []).append(override)
                case _:
                    pass


def basis_rule(g: Gathered, sentence: ast.Sentence, choice: str | None, index: int, span: Span) -> None:
    if not isinstance(sentence, ast.Rule):
        return
    condition = g.lowering.condition(sentence.condition)
    match sentence.outcome:
        case ast.Award(points=None, scopes=scopes):
            effect = core.Effect.FULL
        case ast.Award(points=points, scopes=scopes) if points == 0:
            effect = core.Effect.ZERO
        case ast.NotApplicable(scopes=scopes):
            effect = core.Effect.NOT_APPLICABLE
        case _:
            report(g, errors.unusable_outcome(g.source, sentence.span, g.indicator.name))
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
    override = core.Override(kind, condition, effect, g.source.slice(sentence.span), span=sentence.span)
    for scope in scopes or ("本指标",):
        path = "" if not scope.startswith("第") else known_path(g, scope, sentence.span)
        if path is not None:
            g.overrides.setdefault(path, []).append(override)


def _scope_words(text: str) -> tuple[str, ...]:
    match = re.search(r"本项整体|本项指标|该项指标|本指标|该指标|本项|该项|此项", key(text))
    return ("本指标" if match[0] == "本项整体" else match[0],) if match else ()


def _tests_zero(condition: core.Condition) -> bool:
    match condition:
        case core.Compare(operator="=", left=left, right=right):
            return any(isinstance(e, core.Constant) and e.value == 0 for e in (left, right))
        case core.All(parts=parts) | core.Some(parts=parts):
            return any(_tests_zero(p) for p in parts)
        case _:
            return False
