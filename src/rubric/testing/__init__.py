"""Hypothesis strategies of facts for any rubric, for programs that embed `rubric`.

Takes a rubric; gives strategies of records, of mappings in the form of a facts file, and of readings. Never imported by anything
else here: hypothesis (`rubric-lang[test]`) is asked for when a strategy is made.

    import rubric, rubric.testing
    from hypothesis import given

    table = rubric.load("2022")

    @given(rubric.testing.records(table))
    def test_no_department_gets_more_than_the_points(record):
        assert table.score(record).total <= table.points
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from rubric.api import Rubric
from rubric.core.record import Record
from rubric.testing.extra import strategies

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

__all__ = ["facts", "readings", "records"]

_SEEDS = 1_000_000


def records(rubric: Rubric, *, edges: bool | None = None) -> "SearchStrategy[Record]":
    """Complete, admissible records: every fact within its range and decimals, every judgement within its points.

    With `edges` the numbers lie mostly on thresholds and one unit of the last decimal beside them, without it they are
    those of plausible departments; None draws both. A record shrinks towards the first departments of the first seeds.
    ImportError, with what to install, where hypothesis is not there.
    """
    from rubric.population.departments import Population, department, population_of

    st = strategies()
    kinds = (False, True) if edges is None else (edges,)
    made = {kind: population_of(rubric.program, 0, edges=kind) for kind in kinds}

    def record_of(kind: bool, seed: int, number: int) -> Record:
        population = Population(made[kind].program, made[kind].ties, seed, kind)
        return department(population, number)

    return st.builds(record_of, st.sampled_from(kinds), st.integers(0, _SEEDS), st.integers(1, 1000))


def facts(rubric: Rubric, *, edges: bool | None = None) -> "SearchStrategy[Mapping[str, object]]":
    """The same as mappings in the form of a facts file, as `Rubric.score` and a facts file take them."""
    import yaml

    from rubric.facts.written import written_facts

    def mapping_of(record: Record) -> Mapping[str, object]:
        found: Mapping[str, object] = yaml.load(written_facts(rubric.program, record), Loader=yaml.BaseLoader)
        return found

    return records(rubric, edges=edges).map(mapping_of)


def readings(rubric: Rubric) -> "SearchStrategy[Mapping[str, str]]":
    """Alternatives of some of the 口径, by their names, as `Rubric.score` takes them."""
    st = strategies()
    taken = {
        choice.name: st.sampled_from([alternative.name for alternative in choice.alternatives])
        for choice in rubric.program.choices
        if not choice.measures
    }
    return st.fixed_dictionaries({}, optional=taken)
