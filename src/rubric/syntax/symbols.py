"""A letter of a formula whose value is said by cases: `当评标价≤基准价时，n=0.5；当评标价>基准价时，n=1`.

Takes the sentences of an item; gives them with the formula once for each case, under its condition and with the value in the
place of the letter. Only where one formula holds the letter, and there are two cases or more. Never evaluates anything.
"""

import re
from typing import cast

import attrs

from rubric.syntax import ast
from rubric.syntax.kinds import Raw
from rubric.syntax.replacing import replaced

_SYMBOL = re.compile(r"[A-Za-z]\d*")
_Case = tuple[str, ast.Condition, ast.Number]


def by_symbol(raws: list[Raw]) -> list[Raw]:
    """The sentences; those that say the value of the letter become notes."""
    cases = [_case_of(raw.sentence) for raw in raws]
    letters = {case[0] for case in cases if case is not None}
    formulas = [raw for raw in raws if isinstance(raw.sentence, ast.ScoreFormula)]
    if len(letters) != 1 or len(formulas) != 1 or sum(case is not None for case in cases) < 2:
        return raws
    letter = letters.pop()
    formula = cast("ast.ScoreFormula", formulas[0].sentence)
    if _with_value(formula.body, letter, ast.Number(next(filter(None, cases))[2].value)) == formula.body:
        return raws
    found: list[Raw] = []
    for raw, case in zip(raws, cases, strict=True):
        if raw is formulas[0]:
            found += [_under(raw, formula, one, index) for index, one in enumerate(filter(None, cases))]
        elif case is not None:
            found.append(attrs.evolve(raw, sentence=None, noted=True))
        else:
            found.append(raw)
    return found


def _case_of(sentence: ast.Sentence | None) -> _Case | None:
    match sentence:
        case ast.Statement(
            condition=ast.Joined(
                joint="and",
                parts=(
                    *conditions,
                    ast.Comparison(operands=(ast.Name(key=letter), ast.Number() as value), signs=("=",)),
                ),
            ) as joined
        ) if conditions and _SYMBOL.fullmatch(letter):
            plain = conditions[0] if len(conditions) == 1 else attrs.evolve(joined, parts=tuple(conditions))
            return letter, plain, value
        case _:
            return None


def _under(raw: Raw, formula: ast.ScoreFormula, case: _Case, index: int) -> Raw:
    letter, condition, value = case
    one = attrs.evolve(formula, body=_with_value(formula.body, letter, value))
    return attrs.evolve(raw, sentence=ast.Rule(condition, one, span=condition.span), goes_on=raw.goes_on or index > 0)


def _with_value(body: ast.Expression, letter: str, value: ast.Number) -> ast.Expression:
    """The formula with the value in the place of the letter."""

    def of(node: object) -> ast.Expression | None:
        return attrs.evolve(value, span=node.span) if isinstance(node, ast.Name) and node.key == letter else None

    return replaced(body, of)
