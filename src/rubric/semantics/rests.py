"""`A的得3分；B的得3分，否则得1分`: points for what is not met, after several sentences that are added.

Takes a level with its clauses; gives the clauses, the last one under a choice: 否则 speaks of the last sentence alone, or of
all of them, where none is met. Where 否则 gives nothing both come to the same, and nothing is asked.
"""

from collections.abc import Iterator

import attrs

from rubric.core import program as core
from rubric.semantics import cells
from rubric.semantics.cells import Part, Shape
from rubric.semantics.choices import open_choice
from rubric.semantics.gathered import Gathered
from rubric.syntax import ast
from rubric.syntax.fold import key

_WORDS = ("否则", "其余", "其他")
_LAST, _ALL = "最后一条不符合", "各条都不符合"


def with_rest(g: Gathered, shape: Shape, clauses: tuple[core.Clause, ...]) -> tuple[core.Clause, ...]:
    """The clauses of sentences that are added; what a closing 否则 gives depends on the reading."""
    if len(clauses) < 2 or any(isinstance(part, Shape) and not part.grouped for part in shape.parts):
        return clauses  # each numbered line has its own 否则
    rest, table = _rest(shape.parts[-1]), clauses[-1].rule
    before = tuple(_conditions(clauses[:-1]))
    if rest is None or len(before) < len(clauses) - 1:
        return clauses
    if not isinstance(table, core.BandTable) or table.otherwise is None:
        return clauses
    readings = (_LAST, _ALL) if rest.goes_on else (_ALL, _LAST)
    word = next((word for word in _WORDS if key(rest.text).startswith(word)), "否则")
    name = open_choice(g, word, readings, core.Doubt.REST, rest.span)
    none = core.OneIf(core.Not(core.Some(before, span=rest.span), span=rest.span), span=rest.span)
    amounts = {_LAST: table.otherwise, _ALL: core.Arithmetic("*", table.otherwise, none, span=rest.span)}
    otherwise = core.ByReading(name, tuple(amounts[reading] for reading in readings), span=rest.span)
    return (*clauses[:-1], attrs.evolve(clauses[-1], rule=attrs.evolve(table, otherwise=otherwise)))


def _rest(part: Part | Shape) -> ast.Piece | None:
    """The 否则 of the last sentence, where it gives points."""
    match cells.pieces_of(part)[-1] if isinstance(part, Shape) else part.pieces[-1]:
        case ast.Piece(sentence=ast.Otherwise(outcome=ast.Award(points=points, deducted=False))) as piece if points:
            return piece
        case _:
            return None


def _conditions(clauses: tuple[core.Clause, ...]) -> Iterator[core.Condition]:
    """When each sentence gives its points; none for one that does more, or that a person decides."""
    for clause in clauses:
        match clause.rule:
            case core.BandTable(bands=(band,)):
                yield band.condition
            case _:
                return
