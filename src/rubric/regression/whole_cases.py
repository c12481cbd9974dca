"""Cases with every indicator filled in, for what shows in the total alone.

Takes a program; gives cases for each grade at its ends, for each way to round and to treat what does not apply, for each
rule on the total, and for the mutants that only the total notices. Expected are the evaluator's own results. Never a case of one indicator: `choosing`.
"""

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from itertools import chain, groupby, islice

import attrs

from rubric.core import program as core
from rubric.core.numbers import fixed
from rubric.core.record import Given, Record
from rubric.evaluator.evaluate import evaluate, evaluate_indicator, setting_of
from rubric.regression.aims import override_aim, reading_aim, scoring_choices
from rubric.regression.candidates import NO_READINGS, made_up, plainest_first, records_for
from rubric.regression.case import GRADE, LABEL, TOTAL, Case, Expectation
from rubric.regression.equivalence import Sameness, compared, grade_at
from rubric.regression.mutants import Mutant
from rubric.regression.near_totals import NearTotals
from rubric.regression.noticing import Probe, look, notices
from rubric.regression.reached import reached_by, reached_in_total
from rubric.regression.running import written

OddFacts = Sequence[tuple[core.Indicator, Record]]
MOST_ODD = 120
_MOST_TRIED = 400
_MOST_TRIED_FOR_LEAST = 40


def whole_cases(program: core.Program, mutants: Sequence[Mutant]) -> tuple[Case, ...]:
    """Each grade at its ends, and each way to treat what does not apply and to round."""
    full = full_record(program)
    if full is None:
        return ()
    odd = odd_facts(program, program.indicators)
    cases: list[Case] = []
    bases = _Bases(chain([full], _ever_less(program, full, odd)))
    for total in _totals(program):
        record = next(filter(None, (_with_total(program, base, total) for base in bases)), None)
        if record is not None:
            cases.append(_whole_case(program, record, f"总分正好 {fixed(total, program.scoring.places)} 分的等级"))
    cases += _readings_of_the_whole(program, full, odd)
    cases += _rules_on_the_total(program, full)
    probes = [_whole_probe(program, case) for case in cases]
    left = [m for m in mutants if not any(notices(probe, m, program) for probe in probes)]
    before = NearTotals(program, full)
    for mutant in left:
        if any(notices(probe, mutant, program) for probe in probes):
            continue
        grades = mutant.program.scoring.grades != program.scoring.grades
        if grades and compared(program, mutant).sameness is Sameness.EQUAL:
            continue  # of the others the search says sooner than a proof that there is one
        after = NearTotals(mutant.program, full)
        for record in chain(_on_rules(program, full), (with_odd(program, full, one) for _, one in odd)):
            if before.total(record) is None or _seen(before, record) == _seen(after, record):
                continue
            case = _whole_case(program, record, f"验：{mutant.change}")
            probe = _whole_probe(program, case)
            if notices(probe, mutant, program):
                cases.append(case)
                probes.append(probe)
                break
    return tuple(cases)


def _seen(near: NearTotals, record: Record) -> tuple[Fraction | None, str | None]:
    total = near.total(record)
    return total, None if total is None else grade_at(near.program, total)


def whole_case_for(program: core.Program, mutant: Mutant, records: Sequence[Record], why: str) -> Case | None:
    """A whole case, for what shows in the total alone: which points of an indicator are not applicable."""
    full = full_record(program)
    if full is None:
        return None
    for record in records:
        merged = attrs.evolve(
            full,
            facts={**full.facts, **record.facts},
            judgements={**full.judgements, **record.judgements},
            readings=record.readings,
        )
        if evaluate(program, merged).total is not None:
            case = _whole_case(program, merged, why)
            if notices(_whole_probe(program, case), mutant, program):
                return case
    return None


def _whole_probe(program: core.Program, case: Case) -> Probe:
    names = frozenset(e.of for e in case.expectations)
    return Probe(case.name, case.record, names, look(program, case.record, names))


def _whole_case(program: core.Program, record: Record, why: str) -> Case:
    names = frozenset({TOTAL, GRADE} if program.scoring.grades else {TOTAL})
    seen = look(program, record, names)
    places = program.scoring.places
    expected = tuple(Expectation(of, seen[of], written(seen[of], places)) for of in (TOTAL, GRADE) if of in names)
    grade = f" {written(seen[GRADE], places)}" if GRADE in seen else ""
    readings = "，".join(f"{name}取{taken}" for name, taken in record.readings.items())
    name = f"总分 {written(seen[TOTAL], places)}{grade}{f'（{readings}）' if readings else ''}"
    return Case(name, attrs.evolve(record, unit_name=f"用例（{LABEL}）"), expected, why, LABEL)


def full_record(program: core.Program) -> Record | None:
    """A record with as many points as any candidate of each indicator has."""
    found = Record({})
    for indicator in program.indicators:
        best = _best(program, indicator, found)
        if best is None:
            return None
        found = best
    return found


def _best(program: core.Program, indicator: core.Indicator, known: Record) -> Record | None:
    """`known` with the plainest facts that give the indicator most, where they agree with what is known already."""
    best: tuple[Fraction, Record] | None = None
    plain = plainest_first(program, islice(records_for(program, indicator, thorough=False), _MOST_TRIED))
    for record in chain(plain, made_up(program, indicator, NO_READINGS)):  # lists of rows are only made up
        if record.readings:
            continue
        merged = _merged(known, record)
        outcome = evaluate_indicator(setting_of(program, merged), program, indicator)[0]
        if outcome.score is None:
            continue
        if best is None or outcome.score > best[0]:
            best = (outcome.score, merged)
        if outcome.score == indicator.points and indicator.is_bounded:
            break
    return None if best is None else best[1]


def _merged(known: Record, record: Record) -> Record:
    return attrs.evolve(
        known,
        facts={**record.facts, **known.facts},
        judgements={**record.judgements, **known.judgements},
    )


def _totals(program: core.Program) -> Iterator[Fraction]:
    """Both sides of each end of a grade."""
    step = Fraction(1, 10**program.scoring.places)
    ends = sorted({e for g in program.scoring.grades for e in (g.low, g.high) if e is not None}, reverse=True)
    yield from (total for end in ends for total in (end, end - step) if 0 <= total <= program.points)
    for end in ends:
        if grade_at(program, end) == grade_at(program, end - step):
            yield end + step


class _Bases:
    """Records that are made one by one as they are asked for, and kept."""

    def __init__(self, made: Iterator[Record]) -> None:
        self._made, self._kept = made, list[Record]()

    def __iter__(self) -> Iterator[Record]:
        yield from self._kept
        for record in self._made:
            self._kept.append(record)
            yield record


def _ever_less(program: core.Program, full: Record, odd: OddFacts) -> Iterator[Record]:
    """`full` with one indicator after the other at the least that its plain candidates give; what is judged is left as it is."""
    record, judged = full, {judgement.indicator for judgement in program.judgements}
    for indicator, group in groupby(odd, key=lambda pair: pair[0]):
        if indicator.name in judged:
            continue
        tried = [with_odd(program, record, one) for _, one in islice(group, _MOST_TRIED_FOR_LEAST)]
        scores = [evaluate_indicator(setting_of(program, one), program, indicator)[0].score for one in tried]
        known = [(score, place) for place, score in enumerate(scores) if score is not None]
        if known:
            record = tried[min(known)[1]]
            yield record


def _with_total(program: core.Program, full: Record, total: Fraction) -> Record | None:
    """`full` with judgements lowered until the total is this one; None where they do not go so far."""
    now = evaluate(program, full).total
    if now is None or now < total:
        return None
    lost, judgements = now - total, dict(full.judgements)
    free = [j for j in program.judgements if j.partial]
    tuner = max(free, key=lambda j: j.high - j.low, default=None)
    if tuner is None:
        return None
    for judgement in sorted(program.judgements, key=lambda j: j.low - j.high):
        room = judgement.high - judgement.low
        if judgement is not tuner and lost > tuner.high - tuner.low and room <= lost:
            judgements[judgement.key] = Given(judgement.low, reason="用例设定")
            lost -= room
    if not 0 <= lost <= tuner.high - tuner.low:
        return None
    if lost:
        judgements[tuner.key] = Given(tuner.high - lost, reason="用例设定")
    record = attrs.evolve(full, judgements=judgements)
    return record if evaluate(program, record).total == total else None


def odd_facts(program: core.Program, indicators: Iterable[core.Indicator]) -> tuple[tuple[core.Indicator, Record], ...]:
    """Other facts of one indicator after the other, under the rubric's own readings: its candidates, and some by lot."""
    found: list[tuple[core.Indicator, Record]] = []
    for indicator in indicators:
        plain = islice(records_for(program, indicator, thorough=False), MOST_ODD)
        every = chain(plain, made_up(program, indicator, NO_READINGS))
        found += [(indicator, record) for record in every if not record.readings]
    return tuple(found)


def with_odd(program: core.Program, whole: Record, odd: Record) -> Record:
    """The whole record with the odd facts, and with those judgements that are not full there."""
    return attrs.evolve(
        whole, facts={**whole.facts, **odd.facts}, judgements={**whole.judgements, **_lowered(program, odd)}
    )


def _rules_on_the_total(program: core.Program, full: Record) -> list[Case]:
    """For each rule on the total a record that it cuts."""
    cases: list[Case] = []
    for rule in program.scoring.overrides:
        aim = override_aim(None, "", rule)
        for record in _on_rules(program, full):
            if aim in reached_in_total(evaluate(program, record)):
                cases.append(_whole_case(program, record, f"{aim.kind}“{aim.words}”"))
                break
    return cases


def _on_rules(program: core.Program, full: Record) -> Iterator[Record]:
    """`full` on both sides of what the rules on the total ask, which no indicator may turn on."""
    rules = program.scoring.overrides
    if not rules:
        return
    nothing = core.Formula(core.Constant(Fraction(0)))
    asking = core.Indicator("", "", ("", ""), program.points, "", nothing, rules)
    for record in islice(records_for(program, asking, thorough=False), MOST_ODD):
        yield attrs.evolve(full, facts={**full.facts, **record.facts})


def _lowered(program: core.Program, record: Record) -> dict[tuple[str, str], Given]:
    """The judgements of a record that are not at full points."""
    high = {judgement.key: judgement.high for judgement in program.judgements}
    return {key: given for key, given in record.judgements.items() if given.points < high[key]}


def _readings_of_the_whole(program: core.Program, full: Record, odd: OddFacts) -> list[Case]:
    """Under each way to treat what does not apply, and to round, a record in which that matters."""
    cases: list[Case] = []
    base = lessened(program, full)
    for name in reversed(scoring_choices(program)):
        choice = program.choice(name)
        matters = _telling(program, base, odd, choice)
        for index, alternative in enumerate(choice.alternatives):
            record = attrs.evolve(matters or base, readings={name: alternative.name})
            if reading_aim(None, choice, index) not in reached_by(program, record):
                record = _read_so(program, base, odd, choice, index)
            if record is not None:
                cases.append(_whole_case(program, record, f"口径“{name}：{alternative.name}”"))
    return cases


def _read_so(program: core.Program, base: Record, odd: OddFacts, choice: core.Choice, index: int) -> Record | None:
    """The first whole record in which it matters that a choice is read in this way."""
    aim, readings = reading_aim(None, choice, index), {choice.name: choice.alternatives[index].name}
    for indicator, one in odd:
        record = attrs.evolve(with_odd(program, base, one), readings=readings)
        if aim in reached_by(program, record, frozenset({indicator.name})):
            return record
    return None


def _telling(program: core.Program, base: Record, odd: OddFacts, choice: core.Choice) -> Record | None:
    """The first whole record under which all readings of a choice give different totals, else one under which most do."""
    asked, count = reading_aim(None, choice, choice.default), len(choice.alternatives)
    near = [NearTotals(program, base, {choice.name: index}) for index in range(count)]
    best: tuple[int, Record] | None = None
    for indicator, one in odd:
        record = with_odd(program, base, one)
        different = len({each.total(record) for each in near})
        if different == 1 or (best is not None and different <= best[0]):
            continue
        if asked not in reached_by(program, record, frozenset({indicator.name})):
            continue
        best = (different, record)
        if different == count:
            break
    return None if best is None else best[1]


def lessened(program: core.Program, full: Record) -> Record:
    """`full` with every judgement that may be given in part at half: what leaves the base then shows in the total."""
    judgements = dict(full.judgements)
    for judgement in program.judgements:
        if judgement.partial:
            judgements[judgement.key] = Given((judgement.low + judgement.high) / 2, reason="用例设定")
    return attrs.evolve(full, judgements=judgements)
