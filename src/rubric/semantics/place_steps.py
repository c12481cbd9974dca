"""Steps of places: `以后每降低一名扣1分`, `排名每上升1位加1分`.

Takes the pieces of an item with what is known of the unit's places; gives them with each such step beginning where it is
meant to: at the last place that the sentences before give points to, or, where no sentence names a place, at the place of
the year before. Never points of its own.
"""

from collections.abc import Iterator
from fractions import Fraction

import attrs

from rubric.semantics.peers import PeerData
from rubric.syntax import ast

PLACES = "名次"


def with_place_steps(item: ast.Item, peers: PeerData) -> ast.Item:
    """The item and those below it."""
    pieces = tuple(_stepped(item.pieces, peers))
    return attrs.evolve(item, pieces=pieces, items=tuple(with_place_steps(i, peers) for i in item.items))


def _stepped(pieces: tuple[ast.Piece, ...], peers: PeerData) -> Iterator[ast.Piece]:
    given: list[tuple[int, Fraction | None]] = []
    for piece in pieces:
        match piece.sentence:
            case ast.Rule(condition=condition, outcome=ast.Award(points=points, share=None, deducted=False)):
                last = _last_place(condition, peers)
                given += [] if last is None else [(last, points)]
            case ast.Listed(subject=subject, first=first, points=points) if subject == peers.rank:
                given += [(first + index, value) for index, value in enumerate(points)]
            case ast.Rule(outcome=ast.StepDeduction(reference=None, step=ast.Number(unit=unit)) as step) if (
                unit == PLACES
            ):
                piece = _begun(piece, step, given, peers)
            case _:
                pass
        yield piece


def _last_place(condition: ast.Condition, peers: PeerData) -> int | None:
    """The last of the places that a sentence speaks of."""
    match condition:
        case ast.Comparison(operands=(ast.Number(), rank, ast.Number(value=last))) if rank == peers.rank:
            return int(last)
        case _:
            return None


def _begun(
    piece: ast.Piece, step: ast.StepDeduction, given: list[tuple[int, Fraction | None]], peers: PeerData
) -> ast.Piece:
    rule = piece.sentence
    assert isinstance(rule, ast.Rule)
    if peers.rank is None:
        return piece
    if not given:
        spoken = isinstance(rule.condition, ast.Implied | ast.Bare)
        if peers.earlier is None or not spoken:
            return piece
        moved = attrs.evolve(step, subject=peers.rank, reference=peers.earlier)
        return attrs.evolve(piece, sentence=attrs.evolve(rule, outcome=moved))
    last, points = max(given, key=lambda pair: pair[0])
    if points is None or step.beyond is not True:
        return piece  # full points, from the first place on
    end = ast.Number(Fraction(last), span=rule.span)
    beyond = ast.Comparison((peers.rank, end), (">",), span=rule.span)
    return attrs.evolve(
        piece, sentence=attrs.evolve(rule, condition=beyond, outcome=attrs.evolve(step, base=points), implied=True)
    )
