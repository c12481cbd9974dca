"""What the names of rows measure.

Takes a line of 数据 that is filled in row by row; gives the type of the rows or of one of their columns. Never a condition.
"""

import attrs

from rubric.core.program import Dimension
from rubric.semantics.units import Type, type_of_unit, unit_of
from rubric.syntax import ast
from rubric.syntax.derived_columns import reached_column
from rubric.syntax.names import target_of


def type_of_rows(line: ast.DatumLine, declared: ast.Declared) -> Type:
    """What a name of rows measures: one of their columns, else the one column of quantities; always one for each row."""
    if declared.detail:
        return type_of_column(line, declared.detail)
    unit = unit_of_rows(line)
    return attrs.evolve(type_of_unit(unit_of(unit)), series=True) if unit else Type(Dimension.COUNT, "行", series=True)


def type_of_column(line: ast.DatumLine, name: str) -> Type:
    inside = next((inside for column, inside in line.columns if column == name), ())
    against = next((c for c, i in line.columns if (t := target_of(i)) and name == reached_column(c, t)), "")
    unit = unit_of("%") if against else unit_of(inside[0]) if len(inside) == 1 else unit_of("行")
    return attrs.evolve(type_of_unit(unit), series=True)


def unit_of_rows(line: ast.DatumLine) -> str:
    """The unit of the one column of quantities, empty where there is none or several."""
    units = [inside[0] for _, inside in line.columns if len(inside) == 1 and not target_of(inside)]
    return units[0] if len(units) == 1 else ""
