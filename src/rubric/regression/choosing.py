"""Few cases that reach much.

Takes a program; gives cases that reach every aim that some candidate reaches, lie on each boundary and on both sides of it, and
notice every mutant that some candidate notices. Expected are the evaluator's own results: what the rubric gives now.

The set is small, not the smallest: finding the smallest is a set cover, so the case that reaches most that is new is taken again
and again (Chvátal, *A greedy heuristic for the set-covering problem*, 1979), the plainest first where several reach as much,
and in the end what others make needless is left out.
"""

from collections.abc import Sequence
from fractions import Fraction

import attrs

from rubric.analysis.ranges import world_of
from rubric.core import program as core
from rubric.core.record import Record
from rubric.evaluator.evaluate import evaluate_indicator, setting_of
from rubric.evaluator.outcome import Status
from rubric.facts.written import written_value
from rubric.regression.aims import Aim, AimKind, aims_of
from rubric.regression.candidates import plainest_first, records_for
from rubric.regression.case import LABEL, Case, Expectation
from rubric.regression.equivalence import Compared, Sameness, compared
from rubric.regression.mutants import Mutant, mutants_of
from rubric.regression.noticing import Probe, look, notices, unnoticed
from rubric.regression.reached import reached_by, reached_in_indicator
from rubric.regression.running import result_of, written
from rubric.regression.turning import side_of, turns_of
from rubric.regression.whole_cases import MOST_ODD, whole_case_for, whole_cases

_LONGEST_NAME = 60
_MOST_LAST = 12


@attrs.frozen
class _Candidate:
    """A record with what it reaches, and what it shows of the rubric as it is."""

    record: Record
    marks: frozenset[object]
    probe: Probe


def chosen_cases(program: core.Program, mutants: Sequence[Mutant] | None = None) -> tuple[Case, ...]:
    """Cases for single indicators, then a few whole ones."""
    changed = tuple(mutants_of(program)) if mutants is None else tuple(mutants)
    cases: list[Case] = []
    for indicator in program.indicators:
        own = [mutant for mutant in changed if mutant.indicator == indicator.name]
        cases += cases_for(program, indicator, own)
    cases += whole_cases(program, [m for m in changed if not m.indicator])
    for mutant in unnoticed(program, changed, cases):
        found = compared(program, mutant)
        if found.sameness is not Sameness.EQUAL and mutant.indicator:
            if not unnoticed(program, [mutant], cases[-_MOST_LAST:]):
                continue  # a case added just now notices it too
            case = case_for_mutant(program, mutant, found)
            cases += () if case is None else (case,)
    return named_apart(cases)


def cases_for(program: core.Program, indicator: core.Indicator, mutants: Sequence[Mutant]) -> tuple[Case, ...]:
    candidates = plainest_first(program, records_for(program, indicator))
    wanted = frozenset(aim for aim in aims_of(program) if aim.indicator == indicator.id)
    marked = [
        _Candidate(record, _marks(program, indicator, record, wanted), _probe(program, indicator, record))
        for record in candidates
    ]
    taken = _greedy(marked)
    for mutant in mutants:
        if not any(notices(one.probe, mutant, program) for one in taken):
            found = _noticing(program, indicator, marked, mutant)
            if found is not None:
                taken.append(found)
    kept = _needed(program, taken, mutants)
    return named_apart([_case(program, indicator, one) for one in kept])


def named_apart(cases: Sequence[Case]) -> tuple[Case, ...]:
    """No two cases with one name: the second and third say which they are."""
    count: dict[str, int] = {}
    found: list[Case] = []
    for case in cases:
        count[case.name] = count.get(case.name, 0) + 1
        number = count[case.name]
        found.append(case if number == 1 else attrs.evolve(case, name=f"{case.name}（{number}）"))
    return tuple(found)


def _noticing(
    program: core.Program, indicator: core.Indicator, marked: Sequence[_Candidate], mutant: Mutant
) -> _Candidate | None:
    """The plainest candidate that notices a mutant, else the solver's department; None where both are equal for all facts."""
    found = compared(program, mutant)
    if found.sameness is Sameness.EQUAL:
        return None
    for one in marked:
        if notices(one.probe, mutant, program):
            return one
    if found.record is None:
        return None
    record = _measured(program, found.record)
    return _Candidate(record, frozenset(), _probe(program, indicator, record))


def case_for_mutant(program: core.Program, mutant: Mutant, found: Compared, wholes: Sequence[Case] = ()) -> Case | None:
    """A case that notices a mutant; None where no candidate does, and the solver has found no department either.

    Of a mutant of the whole table it is one of `wholes`.
    """
    if not mutant.indicator:
        return next((case for case in wholes if not unnoticed(program, [mutant], [case])), None)
    indicator = next(i for i in program.indicators if i.name == mutant.indicator)
    records = plainest_first(program, records_for(program, indicator))
    if found.record is not None:
        records.append(_measured(program, found.record))
    why = f"验：{mutant.change}"
    for record in records:
        if notices(_probe(program, indicator, record), mutant, program):
            return case_of(program, indicator, record, why)
    return whole_case_for(program, mutant, records[-1:] if found.record is not None else records[:MOST_ODD], why)


def _marks(
    program: core.Program, indicator: core.Indicator, record: Record, wanted: frozenset[Aim]
) -> frozenset[object]:
    """The aims that a record reaches, and the side of each boundary on which it lies; nothing where it is not decided."""
    setting = setting_of(program, record)
    outcome = evaluate_indicator(setting, program, indicator)[0]
    if outcome.status is Status.PENDING:
        return frozenset()
    found: set[object] = set(reached_in_indicator(setting, program, indicator, outcome) & wanted)
    below = any(isinstance(mark, Aim) and mark.kind is AimKind.CLAUSE for mark in found)
    if not record.readings and below:
        for number, turn in enumerate(turns_of(world_of(program), indicator)):
            side = side_of(setting, turn)
            if side is not None and turn.is_test:
                found.add((number, side))
    return frozenset(found)


def _greedy(candidates: Sequence[_Candidate]) -> list[_Candidate]:
    missing = frozenset[object]().union(*(c.marks for c in candidates))
    taken: list[_Candidate] = []
    while missing:
        best = max(candidates, key=lambda c: len(c.marks & missing))  # the first of several is the plainest
        taken.append(best)
        missing -= best.marks
    return taken


def _needed(program: core.Program, taken: list[_Candidate], mutants: Sequence[Mutant]) -> list[_Candidate]:
    """Without those of which all that they reach and notice others reach and notice too."""
    marks: list[set[object]] = []
    for one in taken:
        found: set[object] = set(one.marks)
        found |= {("mutant", n) for n, m in enumerate(mutants) if notices(one.probe, m, program)}
        marks.append(found)
    kept = list(range(len(taken)))
    for index in reversed(range(len(taken))):
        others = {mark for k in kept if k != index for mark in marks[k]}
        if marks[index] <= others:
            kept.remove(index)
    return [taken[index] for index in kept]


def _measured(program: core.Program, record: Record) -> Record:
    """Facts say what they measure, as the reading in force asks."""
    facts = dict(record.facts)
    for (name, part), fact in record.facts.items():
        measures = program.datum(name).measures
        if measures is not None:
            choice = program.choice(measures)
            named = record.readings.get(measures, choice.alternatives[choice.default].name)
            facts[name, part] = attrs.evolve(fact, measures=named)
    return attrs.evolve(record, facts=facts)


def _probe(program: core.Program, indicator: core.Indicator, record: Record) -> Probe:
    names = frozenset({indicator.name})
    return Probe("", record, names, look(program, record, names))


# --- a record as a case -----------------------------------------------------------------------------------------------


def _case(program: core.Program, indicator: core.Indicator, one: _Candidate) -> Case:
    return case_of(program, indicator, one.record, _why(one))


def case_of(program: core.Program, indicator: core.Indicator, record: Record, why: str) -> Case:
    """One indicator's case with the facts that it needs, expecting what the evaluator gives."""
    short = _shortened(program, indicator, record)
    outcome = evaluate_indicator(setting_of(program, short), program, indicator)[0]
    wanted = result_of(outcome)
    text = written(wanted, program.scoring.places)
    return Case(
        f"{_told(program, indicator, short)}，{'得 ' if wanted.number is not None else ''}{text}{' 分' if wanted.number is not None else ''}",
        short,
        (Expectation(indicator.name, wanted, text),),
        why,
        LABEL,
    )


def _told(program: core.Program, indicator: core.Indicator, record: Record) -> str:
    """The facts of a case in a few words, where there are few; else the name of its indicator."""
    order = [datum.name for datum in program.data]
    parts: list[str] = []
    for (name, part), fact in sorted(record.facts.items(), key=lambda item: order.index(item[0][0])):
        datum = program.datum(name)
        if isinstance(fact.value, tuple):
            return indicator.name
        value = fact.value
        shown = written_value(value, datum.unit) if isinstance(value, Fraction) else str(value)
        shown = ("是" if value else "否") if isinstance(value, bool) else shown
        if part is not None:
            shown = f"{part} {shown}"
        elif datum.aliases:
            name = datum.aliases[0]
        parts.append(shown if part is not None and part != datum.parts[0] else f"{name} {shown}")
    text = "、".join(parts)
    readings = "、".join(record.readings.values())
    taken = f"（口径取{readings}）" if readings else ""
    return f"{text if 0 < len(text) <= _LONGEST_NAME else indicator.name}{taken}"


def _shortened(program: core.Program, indicator: core.Indicator, record: Record) -> Record:
    """Without the facts and judgements that decide nothing: the same points, the same aims."""
    names = frozenset({indicator.name})
    before, reached = look(program, record, names), reached_by(program, record, names)

    def same(tried: Record) -> bool:
        return look(program, tried, names) == before and reached_by(program, tried, names) == reached

    for key in tuple(record.facts):
        tried = attrs.evolve(record, facts={k: f for k, f in record.facts.items() if k != key})
        record = tried if same(tried) else record
    for key in tuple(record.judgements):
        tried = attrs.evolve(record, judgements={k: g for k, g in record.judgements.items() if k != key})
        record = tried if same(tried) else record
    return record


def _why(one: _Candidate) -> str:
    """What a case is there for: the bands, vetoes and readings that it reaches."""
    words = [
        f"{aim.kind}“{aim.words}”"
        for aim in sorted((m for m in one.marks if isinstance(m, Aim)), key=lambda a: a.place)
        if aim.words and not aim.words.startswith(("第", "本指标"))
    ]
    return "；".join(dict.fromkeys(words))
