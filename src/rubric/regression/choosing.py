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
from rubric.regression.equivalence import Compared, Sameness, compared, unreachable
from rubric.regression.mutants import Mutant, mutants_of
from rubric.regression.noticing import Probe, look, notices, unnoticed
from rubric.regression.reached import reached_by, reached_in_indicator
from rubric.regression.running import result_of, written
from rubric.regression.turning import Turn, side_of, turns_of
from rubric.regression.whole_cases import MOST_ODD, whole_case_for, whole_cases

_LONGEST_NAME = 60
_MOST_LAST = 12
_FEW = 60


@attrs.frozen
class _Candidate:
    """A record with what it reaches, and what it shows of the rubric as it is."""

    record: Record
    marks: frozenset[object]
    probe: Probe


@attrs.frozen
class _Looking:
    """What is looked for in the records of one indicator: aims, and the boundaries of its tests."""

    program: core.Program
    indicator: core.Indicator
    wanted: frozenset[Aim]
    turns: tuple[Turn, ...]


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
    """Cases for one indicator. Under other readings than its own only as many candidates are looked at as it takes to reach
    what is left: most of them say again what the rubric's own readings said.
    """
    looking = _looking(program, indicator)
    records = plainest_first(program, records_for(program, indicator))
    marked = [_candidate(looking, record) for record in records if not record.readings]
    others = [record for record in records if record.readings]
    missing = looking.wanted.difference(*(one.marks for one in marked))
    missing -= {aim for aim in missing if aim.kind in (AimKind.CAP, AimKind.FLOOR) and unreachable(program, aim)}
    for record in others:
        if not missing:
            break
        one = _candidate(looking, record)
        marked += [one] if missing & one.marks else []
        missing -= one.marks
    taken = _greedy(marked)
    for mutant in mutants:
        if not any(notices(one.probe, mutant, program) for one in taken):
            found = _noticing(looking, marked, others, mutant)
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
    looking: _Looking, marked: Sequence[_Candidate], others: Sequence[Record], mutant: Mutant
) -> _Candidate | None:
    """The plainest candidate that notices a mutant, else the solver's department; None where both are equal for all facts.

    The first few are tried before the solver is asked, and all where it found no proof.
    """
    program = looking.program
    early = next((one for one in marked[:_FEW] if notices(one.probe, mutant, program)), None)
    if early is not None:
        return early
    found = compared(program, mutant)
    if found.sameness is Sameness.EQUAL:
        return None
    late = next((one for one in marked[_FEW:] if notices(one.probe, mutant, program)), None)
    if late is not None:
        return late
    for record in others if found.record is None else (_measured(program, found.record),):
        one = _candidate(looking, record)
        if notices(one.probe, mutant, program):
            return one
    return None


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


def _looking(program: core.Program, indicator: core.Indicator) -> _Looking:
    wanted = frozenset(aim for aim in aims_of(program) if aim.indicator == indicator.id)
    turns = tuple(turn for turn in turns_of(world_of(program), indicator) if turn.is_test)
    return _Looking(program, indicator, wanted, turns)


def _candidate(looking: _Looking, record: Record) -> _Candidate:
    """A record with the aims that it reaches, and the side of each boundary on which it lies; nothing where it is not decided."""
    program, indicator = looking.program, looking.indicator
    setting = setting_of(program, record)
    outcome = evaluate_indicator(setting, program, indicator)[0]
    probe = Probe("", record, frozenset({indicator.name}), {indicator.name: result_of(outcome)})
    if outcome.status is Status.PENDING:
        return _Candidate(record, frozenset(), probe)
    found: set[object] = set(reached_in_indicator(setting, program, indicator, outcome) & looking.wanted)
    below = any(isinstance(mark, Aim) and mark.kind is AimKind.CLAUSE for mark in found)
    if not record.readings and below:
        for number, turn in enumerate(looking.turns):
            side = side_of(setting, turn)
            if side is not None:
                found.add((number, side))
    return _Candidate(record, frozenset(found), probe)


def _greedy(candidates: Sequence[_Candidate]) -> list[_Candidate]:
    missing = frozenset[object]().union(*(c.marks for c in candidates))
    taken: list[_Candidate] = []
    while missing:
        best = max(candidates, key=lambda c: len(c.marks & missing))  # the first of several is the plainest
        taken.append(best)
        missing -= best.marks
    return taken


def _needed(program: core.Program, taken: list[_Candidate], mutants: Sequence[Mutant]) -> list[_Candidate]:
    """Without those of which all that they reach and notice others reach and notice too.

    What a case notices is asked only where it reaches nothing by itself, and then of others until one notices it too.
    """
    known: dict[tuple[int, int], bool] = {}

    def sees(place: int, number: int) -> bool:
        if (place, number) not in known:
            known[place, number] = notices(taken[place].probe, mutants[number], program)
        return known[place, number]

    kept = list(range(len(taken)))
    for place in reversed(range(len(taken))):
        others = [other for other in kept if other != place]
        if taken[place].marks <= frozenset[object]().union(*(taken[other].marks for other in others)) and all(
            any(sees(other, number) for other in others) for number in range(len(mutants)) if sees(place, number)
        ):
            kept = others
    return [taken[place] for place in kept]


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
