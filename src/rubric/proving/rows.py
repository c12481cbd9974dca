"""Rows as terms: what a list of projects or events may hold.

Takes data filled in row by row; gives terms for their cells, either of a few rows at hand or, without rows, one number per
aggregate of which only the range is known. What is proved with ranges holds for any number of rows; departments are
looked for among lists of a few rows. Never the meaning of an aggregate: that is in `encode`.
"""

from fractions import Fraction

from rubric.analysis.ranges import World
from rubric.core import program as core
from rubric.core.intervals import Range
from rubric.evaluator.quantities import column_range
from rubric.proving import solver
from rubric.proving.solver import Term, implied, number, some
from rubric.proving.space import Space


class Rows:
    """A context object of this room."""

    def __init__(self, space: Space, world: World, slots: int) -> None:
        self.space = space
        self.world = world
        self.slots = slots
        self.used: dict[str, None] = {}
        self.cells: dict[tuple[str, int, str], Term] = {}
        self.texts: dict[tuple[str, str], list[str]] = {}
        self._aggregates: dict[core.RowAggregate, Term] = {}

    def present(self, datum: str, slot: int) -> Term:
        """Whether there is such a row; the first rows are filled first."""
        if datum not in self.used:
            self.used[datum] = None
            for later in range(1, self.slots):
                self.space.constraints.append(
                    implied(solver.truth(f"{datum}[{later}]"), solver.truth(f"{datum}[{later - 1}]"))
                )
        return solver.truth(f"{datum}[{slot}]")

    def cell(self, datum: str, slot: int | None, column: str) -> Term:
        """The number in a cell."""
        key = (datum, -1 if slot is None else slot, column)
        if key not in self.cells:
            declared = next(c for c in self.world.data[datum].columns if c.name == column)
            dimension = declared.unit.dimension if declared.unit is not None else None
            whole = dimension in (core.Dimension.COUNT, core.Dimension.DATE)
            self.cells[key] = self.space.fresh(column_range(declared), whole=whole)
            if dimension is core.Dimension.DATE:
                self.space.keep_writable(self.cells[key])
        return self.cells[key]

    def cell_is(self, datum: str, slot: int | None, column: str, texts: tuple[str, ...]) -> Term:
        """Whether a cell holds one of the texts; a cell of free text may hold another."""
        declared = next(c for c in self.world.data[datum].columns if c.name == column)
        known = self.texts.setdefault((datum, column), list(declared.states) or ["其他"])
        known += [text for text in texts if text not in known and not declared.states]
        key = (datum, -1 if slot is None else slot, column)
        if key not in self.cells:
            most = Fraction(len(declared.states) - 1) if declared.states else None
            self.cells[key] = self.space.fresh(Range(Fraction(0), most), whole=True)
        places = [known.index(text) for text in texts if text in known]
        return some(*(self.cells[key] == number(Fraction(p)) for p in places)) if places else solver.always(False)

    def aggregate(self, node: core.RowAggregate, within: Range) -> Term:
        """One number for equal aggregates; a count of some rows is not above the count of all."""
        if node not in self._aggregates:
            term = self.space.fresh(within, whole=node.which in ("count", "distinct"))
            if node.which == "count":
                for other, known in self._aggregates.items():
                    if other.which == "count" and other.datum == node.datum:
                        if other.where is None:
                            self.space.constraints.append(term <= known)
                        elif node.where is None:
                            self.space.constraints.append(known <= term)
            self._aggregates[node] = term
        return self._aggregates[node]
