"""The rows of a made-up department.

Takes a datum that is filled in row by row, and a stream; gives its rows: names, states, numbers, targets with what was reached
of them and what follows. Never a row that reading a facts file would not give.
"""

from collections.abc import Iterator
from fractions import Fraction

from rubric.core import program as core
from rubric.core.record import Row
from rubric.core.walk import within
from rubric.population.draws import Draws
from rubric.syntax.derived_columns import met_column, reached_column

_TARGET = 100
_LEAST = 40
_MET = 60


def made_up_rows(program: core.Program, datum: core.Datum, draws: Draws, label: str) -> Iterator[Row]:
    """Three to eight rows; a column of text holds a name in the first place and nothing elsewhere.

    Where each row is scored by its own points, these add up to the points of the whole; targets are 100 %, and six of ten
    are met.
    """
    count = draws.between(3, 8)
    column_of_points, points = _points(program, datum)
    shares = _split(points, count, draws) if column_of_points else []
    targets = {column.against for column in datum.columns if column.against}
    for number in range(1, count + 1):
        row: dict[str, Fraction | str] = {}
        named = False
        for column in datum.columns:
            if column.derived:
                continue
            if column.states:
                row[column.name] = draws.pick(column.states)
            elif column.name == column_of_points:
                row[column.name] = shares[number - 1]
            elif column.name in targets:
                row[column.name] = f"≥{_TARGET}%"
            elif column.against:
                row |= _reached(column, draws)
            elif column.unit is not None:
                row[column.name] = column.unit.scale * draws.between(1, 20)
            elif not named:
                row[column.name] = f"第 {number} 项（{label}）"
                named = True
        yield row


def _reached(column: core.Column, draws: Draws) -> dict[str, Fraction | str]:
    """What was reached of the target, and the cells that follow from it."""
    met = draws.happens(_MET)
    percent = draws.between(_TARGET, _TARGET + 20) if met else draws.between(_LEAST, _TARGET - 1)
    return {
        column.name: f"{percent}%",
        met_column(column.name, column.against): "是" if met else "否",
        reached_column(column.name, column.against): Fraction(percent, _TARGET),
    }


def _points(program: core.Program, datum: core.Datum) -> tuple[str, Fraction]:
    """The column that holds the points of each row, and what they add up to; no name where rows are not scored so."""
    for indicator in program.indicators:
        for node in within(indicator.rule):
            if isinstance(node, core.RowScores) and node.datum == datum.name and isinstance(node.points, core.Cell):
                return node.points.column, indicator.points
    return "", Fraction(0)


def _split(points: Fraction, count: int, draws: Draws) -> list[Fraction]:
    """Whole points for each row, where they suffice; the last row has what is left."""
    left, found = points, list[Fraction]()
    for rest in range(count - 1, 0, -1):
        most = int(left / (rest + 1) * Fraction(3, 2))
        taken = Fraction(draws.between(1, most)) if most >= 1 else left / (rest + 1)
        found.append(taken)
        left -= taken
    return [*found, left]
