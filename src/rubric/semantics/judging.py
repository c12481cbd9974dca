"""What a person decides: judgements, and the requirements shown beside them.

Takes sentences that no rule computes; gives core judgements with a short label, a range and the fingerprint of their
sentence. Never a value.
"""

import re
from collections.abc import Iterator
from fractions import Fraction

from rubric.core import program as core
from rubric.semantics import cells, errors
from rubric.semantics.cells import Shape
from rubric.semantics.gathered import Gathered, fingerprint, label_of, path_of
from rubric.semantics.resolve import bodies_of, names_in
from rubric.semantics.stated import stated_rule
from rubric.syntax import ast
from rubric.syntax.fold import key

Kind = ast.PieceKind
BasisKind = ast.BasisKind


def judged(g: Gathered, shape: Shape, points: Fraction) -> core.Rule:
    pieces = cells.pieces_of(shape)
    return judgement(g, pieces, shape.path, points, shape.title, whole=not shape.path)


def judgement(
    g: Gathered, pieces: tuple[ast.Piece, ...], path: str, points: Fraction, title: str, whole: bool = False
) -> core.Rule:
    """A person's points for these sentences, within what the text or the author's line allows; none for a faulty one."""
    for piece in pieces:
        fault = piece.fault or (g.typing.refused.get(piece.sentence.span, "") if piece.sentence is not None else "")
        if fault:
            return core.Unresolved(fault, span=piece.span)
    stated = stated_rule(g, pieces, points)
    if stated is not None:
        return stated
    text = "；".join(p.text for p in pieces)
    label = free_label(g, "整项" if whole else label_of(title or pieces[0].text))
    low, high, partial = Fraction(0), points, any(p.discretionary or p.kind is Kind.UNREAD for p in pieces)
    partial = partial or whole or any(p.kind is Kind.RULE for p in pieces)
    settled = False  # an author's line leaves it to a person
    for line in g.indicator.basis:
        if line.kind is BasisKind.RANGE and path_of(key(line.word)) == path:
            low, high, partial = line.constants[0][1].value, line.constants[1][1].value, True
            settled = True
            if low > high or high > points:
                g.found.append(errors.range_beyond_points(g.source, line.span, high, points, g.indicator.name))
                low, high = min(low, points), points
    for piece in pieces:
        if piece.kind is Kind.UNREAD:
            g.found.append(errors.unread_rule(g.source, piece.span, piece.stop, g.indicator.name))
        elif _looks_computable(piece) and not settled:
            g.found.append(errors.judged_like_rule(g.source, piece.span, path, points, g.indicator.name))
    span = pieces[0].span.to(pieces[-1].span)
    g.judgements[label] = core.Judgement(
        g.indicator.name, label, path, text, fingerprint(title + text), low, high, partial, span=span
    )
    return core.Judged((g.indicator.name, label), span=span)


def free_label(g: Gathered, label: str) -> str:
    candidate, count = label, 1
    while candidate in g.judgements:
        count += 1
        candidate = f"{label}·{count}"
    return candidate


def refusal(
    g: Gathered, piece: ast.Piece, pieces: tuple[ast.Piece, ...], path: str, points: Fraction, title: str
) -> core.Rule | None:
    """What stands in for a sentence typecheck refused: nothing where it has an error, else a judgement."""
    code = g.typing.refused.get(piece.sentence.span) if piece.sentence is not None else None
    for used in definition_faults(g, piece):
        code = used if code is None or used else code
    if code is None:
        return None
    return core.Unresolved(code, span=piece.span) if code else judgement(g, pieces, path, points, title)


def definition_faults(g: Gathered, piece: ast.Piece) -> Iterator[str]:
    """Faults of the definitions a sentence rests on."""
    seen: set[str] = set()
    todo: list[object] = [piece.sentence]
    while todo:
        for name in names_in(todo.pop()):
            symbol = g.lowering.scope.find(name.key)
            if symbol is None or name.key in seen:
                continue
            seen.add(name.key)
            code = g.typing.refused.get(symbol.node.span)
            if code is not None:
                yield code
            todo.extend(bodies_of(symbol))


def requirements(g: Gathered) -> Iterator[core.Requirement]:
    """`“至少选择三个方面”即 …`: words of a judged sentence that can be checked."""
    texts = "".join(key(j.text) for j in g.judgements.values())
    for line in g.indicator.basis:
        stated = line.kind is BasisKind.HOLDS and line.span not in g.typing.refused
        if stated and line.condition is not None and key(line.word) in texts:
            yield core.Requirement(line.text, g.lowering.condition(line.condition), span=line.span)


def _looks_computable(piece: ast.Piece) -> bool:
    signs = re.search(r"[<>≥≤%‰]|得分=|不低于|不少于|不高于|不超过|大于|小于", key(piece.text))
    return bool(signs) and not piece.discretionary and piece.kind is Kind.JUDGED and piece.sentence is None
