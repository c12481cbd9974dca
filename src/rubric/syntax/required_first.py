"""A requirement in a sentence of its own, before the steps that are taken off for falling short of it.

Takes the sentences of an item; gives them with `投放准确率达到90%。` as the standard that `每降低1%扣2分` is counted from. Only where
the steps go to the side that the requirement forbids, and say themselves nothing of where they begin.
"""

from itertools import zip_longest

import attrs

from rubric.syntax import ast
from rubric.syntax.kinds import Raw


def with_requirements(raws: list[Raw]) -> list[Raw]:
    """The sentences, each requirement that a step follows as a basis of what follows."""
    return [_as_basis(raw, after) for raw, after in zip_longest(raws, raws[1:])]


def _as_basis(raw: Raw, after: Raw | None) -> Raw:
    match raw.sentence, after.sentence if after is not None else None:
        case (
            ast.Statement(
                condition=ast.Comparison(operands=(ast.Name() as name, ast.Number() as number), signs=(sign,))
            ),
            ast.Rule(condition=ast.Implied(), outcome=ast.StepDeduction(beyond=bool() as beyond, adds=False)),
        ) if raw.mark is None and sign == ("<=" if beyond else ">="):
            standing = ast.Standing(name, number, span=raw.span)
            return attrs.evolve(raw, sentence=ast.Basis(standing, span=raw.span))
        case _:
            return raw
