"""Seeded edits over generated rubrics: each is found under its kind, once, and what is said of it holds for random facts."""

from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import Any

import attrs
import pytest
from hypothesis import HealthCheck, assume, given, settings, strategies as st

from generated import tables
from rubric.analysis.samples import facts_read
from rubric.core import program as core
from rubric.core.record import Record
from rubric.core.walk import within
from rubric.evaluator.evaluate import evaluate
from rubric.pipeline import compile_rubric
from rubric.revision.changes import Change, Kind, Meaning, Revision
from rubric.revision.compare import compare
from rubric.revision.replaying import Replay, shows
from rubric.revision.rewriting import rewritten, under
from rubric.source import SourceText
from strategies import records

pytest.importorskip("z3")

QUICK = settings(
    max_examples=5, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much]
)
PERCENT = core.Unit("%", core.Dimension.RATE, Fraction(1, 100))
Edited = Callable[[core.Program, st.DataObject], core.Program | None]


def program_of(data: st.DataObject) -> core.Program:
    return compile_rubric(SourceText("生成", data.draw(tables()).text)).value


def with_indicator(program: core.Program, new: core.Indicator) -> core.Program:
    """The program with one indicator in the place of the one of its number."""
    return attrs.evolve(program, indicators=tuple(new if i.id == new.id else i for i in program.indicators))


def nodes(program: core.Program, kind: type) -> Iterator[tuple[core.Indicator, Any]]:
    for indicator in program.indicators:
        for node in within(indicator.rule):
            if isinstance(node, kind):
                yield indicator, node


def exchanged(program: core.Program, indicator: core.Indicator, old: object, new: object) -> core.Program:
    """`new` in the place of each value equal to `old`, in one indicator."""
    rule = rewritten(indicator.rule, lambda node: new if node == old else node)
    return with_indicator(program, attrs.evolve(indicator, rule=rule))


# --- edits ------------------------------------------------------------------------------------------------------------


def threshold_raised(program: core.Program, data: st.DataObject) -> core.Program | None:
    """The highest edge of bands that fall from high to low, a little higher: never more points."""
    found = [(i, t) for i, t in nodes(program, core.BandTable) if _falling(t)]
    if not found:
        return None
    indicator, table = data.draw(st.sampled_from(found))
    edge = max(_edges(table))

    def step(node: Any) -> Any:
        is_edge = isinstance(node, core.Constant) and node.value == edge and node.unit is not None
        return attrs.evolve(node, value=edge + Fraction(1, 200)) if is_edge else node

    bands = tuple(attrs.evolve(b, condition=rewritten(b.condition, step)) for b in table.bands)
    return exchanged(program, indicator, table, attrs.evolve(table, bands=bands))


def _falling(table: core.BandTable) -> bool:
    amounts = [b.amount.value for b in table.bands if isinstance(b.amount, core.Constant)]
    falling = len(amounts) == len(table.bands) > 1 and amounts == sorted(amounts, reverse=True)
    return falling and len(set(amounts)) == len(amounts) and bool(_edges(table))


def _edges(table: core.BandTable) -> set[Fraction]:
    """The figures that rates are compared with."""
    return {
        side.value
        for band in table.bands
        for node in within(band.condition)
        if isinstance(node, core.Compare)
        for side in (node.left, node.right)
        if isinstance(side, core.Constant) and side.unit is not None
    }


def deduction_doubled(program: core.Program, data: st.DataObject) -> core.Program | None:
    found = [(i, d) for i, d in nodes(program, core.Deduction) if d.rate < i.points]
    if not found:
        return None
    indicator, deduction = data.draw(st.sampled_from(found))
    return exchanged(program, indicator, deduction, attrs.evolve(deduction, rate=2 * deduction.rate))


def steps_begun_count(program: core.Program, data: st.DataObject) -> core.Program | None:
    """A part of a step counts as a whole one, where none counted in the reading taken."""
    taken = under({c.name: c.default for c in program.choices}, program)
    found = [(i, s) for i, s in nodes(taken, core.Steps) if s.mode is core.StepMode.WHOLE]
    if not found:
        return None
    place, steps = data.draw(st.sampled_from(found))
    indicator = next(i for i in program.indicators if i.id == place.id)
    return exchanged(program, indicator, steps, attrs.evolve(steps, mode=core.StepMode.STARTED))


def formula_halved(program: core.Program, data: st.DataObject) -> core.Program | None:
    found = list(nodes(program, core.Formula))
    if not found:
        return None
    indicator, formula = data.draw(st.sampled_from(found))
    half = core.Arithmetic("*", core.Constant(Fraction(1, 2)), formula.amount)
    return exchanged(program, indicator, formula, core.Formula(half))


def veto_added(program: core.Program, data: st.DataObject) -> core.Program | None:
    indicator = data.draw(st.sampled_from(program.indicators))
    datum = core.Datum("弄虚作假", core.DatumKind.BOOLEAN)
    condition = core.InState(datum.name, ("是",))
    veto = core.Override(core.OverrideKind.VETO, condition, core.Effect.ZERO, "弄虚作假的，本指标得0分")
    changed = with_indicator(program, attrs.evolve(indicator, overrides=(*indicator.overrides, veto)))
    return attrs.evolve(changed, data=(*program.data, datum))


EDITS: dict[str, tuple[Edited, Kind]] = {
    "threshold": (threshold_raised, Kind.BANDS),
    "deduction": (deduction_doubled, Kind.STEPS),
    "steps": (steps_begun_count, Kind.STEPS),
    "formula": (formula_halved, Kind.FORMULA),
    "veto": (veto_added, Kind.EFFECTS),
}


# --- what is said of an edit holds ------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", EDITS)
def test_an_edit_that_only_takes_is_stricter_and_found_once(name: str) -> None:
    edit, kind = EDITS[name]

    @QUICK
    @given(st.data())
    def law(data: st.DataObject) -> None:
        old = program_of(data)
        new = edit(old, data)
        assume(new is not None)
        assert new is not None
        revision = compare(old, new)
        changes = [c for c in revision.changes if c.meaning is not Meaning.EQUAL]
        assert [c.kind for c in changes] == [kind]
        assert changes[0].meaning is Meaning.STRICTER
        assert_witnesses_reproduced(revision, changes[0])
        assert_never_contradicted(revision, data.draw(records(new)))

    law()


@pytest.mark.parametrize("name", EDITS)
def test_an_edit_undone_is_looser_and_found_once(name: str) -> None:
    edit, kind = EDITS[name]

    @QUICK
    @given(st.data())
    def law(data: st.DataObject) -> None:
        new = program_of(data)
        old = edit(new, data)
        assume(old is not None)
        assert old is not None
        revision = compare(old, new)
        changes = [c for c in revision.changes if c.meaning is not Meaning.EQUAL]
        assert [(c.kind, c.meaning) for c in changes] == [(kind, Meaning.LOOSER)]
        assert_witnesses_reproduced(revision, changes[0])
        assert_never_contradicted(revision, data.draw(records(old)))

    law()


@QUICK
@given(st.data())
def test_an_edit_that_takes_here_and_gives_there_is_mixed(data: st.DataObject) -> None:
    """The highest edge of bands is raised, and so is what the lowest band gives."""
    old = program_of(data)
    raised = threshold_raised(old, data)
    assume(raised is not None)
    assert raised is not None
    before = [t for _, t in nodes(old, core.BandTable)]
    indicator, table = next((i, t) for i, t in nodes(raised, core.BandTable) if t not in before)
    amounts = [b.amount.value for b in table.bands if isinstance(b.amount, core.Constant)]
    lowest = attrs.evolve(table.bands[-1], amount=core.Constant((amounts[-1] + amounts[-2]) / 2))
    new = exchanged(raised, indicator, table, attrs.evolve(table, bands=(*table.bands[:-1], lowest)))
    revision = compare(old, new)
    (change,) = revision.changes
    assert (change.kind, change.meaning) == (Kind.BANDS, Meaning.MIXED)
    assert {w.direction for w in change.verdict.witnesses} == {Meaning.STRICTER, Meaning.LOOSER}
    assert_witnesses_reproduced(revision, change)


@QUICK
@given(st.data())
def test_an_indicator_that_asks_for_something_else_is_not_comparable(data: st.DataObject) -> None:
    old = program_of(data)
    asking = [(i, f) for i, f in nodes(old, core.Formula) if facts_read((f,)) and not _asked_elsewhere(i, f)]
    assume(asking)
    indicator, formula = data.draw(st.sampled_from(asking))
    rate = core.Datum(
        "另一比率", core.DatumKind.QUANTITY, PERCENT, None, core.Bound(Fraction(0)), core.Bound(Fraction(1))
    )
    other = core.Formula(core.Arithmetic("*", core.FactValue(rate.name), core.Constant(indicator.points)))
    new = attrs.evolve(exchanged(old, indicator, formula, other), data=(*old.data, rate))
    (change,) = compare(old, new).changes
    assert (change.kind, change.meaning) == (Kind.FORMULA, Meaning.INCOMPARABLE)
    assert rate.name in change.data_added


def _asked_elsewhere(indicator: core.Indicator, formula: core.Formula) -> bool:
    """Whether other rules of the indicator read what the formula reads."""
    rest = rewritten(indicator.rule, lambda node: core.Formula(core.Constant(Fraction(0))) if node == formula else node)
    return bool(facts_read((rest, indicator.overrides)).keys() & facts_read((formula,)).keys())


@QUICK
@given(st.data())
def test_a_clause_left_out_is_only_that(data: st.DataObject) -> None:
    old = program_of(data)
    sums = [i for i in old.indicators if isinstance(i.rule, core.Sum) and len(i.rule.parts) > 1]
    assume(sums)
    indicator = data.draw(st.sampled_from(sums))
    assert isinstance(indicator.rule, core.Sum)
    new = with_indicator(old, attrs.evolve(indicator, rule=core.Sum(indicator.rule.parts[:-1])))
    for before, after, kind in ((old, new, Kind.CLAUSE_REMOVED), (new, old, Kind.CLAUSE_ADDED)):
        revision = compare(before, after)
        (change,) = revision.changes
        assert change.kind is kind
        assert change.meaning is (Meaning.STRICTER if kind is Kind.CLAUSE_REMOVED else Meaning.LOOSER)
        assert_never_contradicted(revision, data.draw(records(old)))


@QUICK
@given(st.data())
def test_another_default_of_a_reading_is_told_as_such(data: st.DataObject) -> None:
    old = program_of(data)
    open_ones = [c for c in old.choices if c.indicator is not None and len(c.alternatives) > 1 and not c.measures]
    assume(open_ones)
    choice = data.draw(st.sampled_from(open_ones))
    index = data.draw(st.sampled_from([n for n in range(len(choice.alternatives)) if n != choice.default]))
    changed = attrs.evolve(choice, default=index)
    new = attrs.evolve(old, choices=tuple(changed if c is choice else c for c in old.choices))
    revision = compare(old, new)
    told = [c for c in revision.changes if c.meaning is not Meaning.EQUAL]
    assert {(c.kind, c.indicator) for c in told} <= {(Kind.OTHER_READING, choice.indicator)}
    assert all(c.silent for c in told)
    assert_never_contradicted(revision, data.draw(records(old)))


# --- the table as a whole ---------------------------------------------------------------------------------------------


@QUICK
@given(st.data())
def test_a_cap_on_the_total_is_stricter_and_its_department_is_cut(data: st.DataObject) -> None:
    old = program_of(data)
    datum = core.Datum("弄虚作假", core.DatumKind.BOOLEAN)
    most = Fraction(int(old.points / 2))
    condition = core.InState(datum.name, ("是",))
    rule = core.Override(core.OverrideKind.VETO, condition, core.Effect.CAPPED, "弄虚作假的，总分封顶", cap=most)
    new = attrs.evolve(old, scoring=attrs.evolve(old.scoring, overrides=(rule,)), data=(*old.data, datum))
    (change,) = compare(old, new).changes
    assert (change.kind, change.meaning) == (Kind.TOTAL, Meaning.STRICTER)
    (back,) = compare(new, old).changes
    assert (back.kind, back.meaning) == (Kind.TOTAL, Meaning.LOOSER)
    assert_totals_reproduced(change, new)


@QUICK
@given(st.data())
def test_fewer_decimals_are_never_called_equal_without_a_proof(data: st.DataObject) -> None:
    old = program_of(data)
    new = attrs.evolve(old, scoring=attrs.evolve(old.scoring, places=old.scoring.places - 1))
    (change,) = compare(old, new).changes
    assert change.kind is Kind.ROUNDING
    assert change.meaning in (Meaning.MIXED, Meaning.UNDECIDED)
    if change.meaning is Meaning.MIXED:
        assert {w.direction for w in change.verdict.witnesses} == {Meaning.STRICTER, Meaning.LOOSER}
    assert_totals_reproduced(change, new)


def assert_totals_reproduced(change: Change, new: core.Program) -> None:
    """A department of the whole table has the total that it is said to have."""
    for witness in change.verdict.witnesses:
        assert witness.old.score is not None
        assert witness.new.score is not None
        assert witness.new.score == evaluate(new, witness.new_record).total
        assert (witness.new.score < witness.old.score) == (witness.direction is Meaning.STRICTER)


def assert_witnesses_reproduced(revision: Revision, change: Change) -> None:
    pair = revision.pair(change.indicator)
    assert pair is not None
    assert change.verdict.witnesses
    for witness in change.verdict.witnesses:
        points = pair.old.points, pair.new.points
        assert shows(witness.old, witness.new, points, witness.direction, rounded=False)
        again = Replay(revision.alignment, pair).witness(witness.new_record, witness.direction)
        assert again.new == witness.new


def assert_never_contradicted(revision: Revision, record: Record) -> None:
    """No facts show a difference that is said not to be."""
    excluded = {
        Meaning.EQUAL: (Meaning.STRICTER, Meaning.LOOSER),
        Meaning.STRICTER: (Meaning.LOOSER,),
        Meaning.LOOSER: (Meaning.STRICTER,),
    }
    for pair in revision.alignment.indicators:
        replay = Replay(revision.alignment, pair)
        for direction in excluded.get(revision.indicators[pair.new.name].meaning, ()):
            assert not replay.accepts(record, direction, rounded=False), (pair.new.name, direction)


# --- structure --------------------------------------------------------------------------------------------------------


@QUICK
@given(st.data())
def test_points_moved_are_a_change_of_points(data: st.DataObject) -> None:
    """A judged indicator worth more: the same share of its points is more of them."""
    old = small_judged(Fraction(4))
    new = small_judged(Fraction(data.draw(st.integers(5, 9))))
    (change,) = compare(old, new).changes
    assert (change.kind, change.meaning) == (Kind.POINTS, Meaning.LOOSER)


def small_judged(points: Fraction) -> core.Program:
    text = f"指标体系：示例\n评价年度：2022年\n三级指标 组织领导（{points}分）\n评分标准\n1. 工作组织有序，落实不到位的酌情扣分。\n"
    return compile_rubric(SourceText("示例", text)).value


@QUICK
@given(st.data())
def test_an_indicator_moved_is_only_moved(data: st.DataObject) -> None:
    old = program_of(data)
    indicator = data.draw(st.sampled_from(old.indicators))
    new = with_indicator(old, attrs.evolve(indicator, path=("部门绩效", "效果性")))
    revision = compare(old, new)
    assert [(c.kind, c.indicator) for c in revision.changes] == [(Kind.MOVED, indicator.name)]
    assert {one.indicator for one in revision.unchanged} == {i.name for i in new.indicators}


@QUICK
@given(st.data())
def test_an_indicator_renamed_is_recognised_by_its_text(data: st.DataObject) -> None:
    old = program_of(data)
    name = old.indicators[0].name

    def step(node: Any) -> Any:
        match node:
            case core.Indicator(name=other) if other == name:
                return attrs.evolve(node, name=f"{name}情况")
            case core.Judgement(indicator=other) if other == name:
                return attrs.evolve(node, indicator=f"{name}情况")
            case core.Judged(judgement=(other, label)) if other == name:
                return attrs.evolve(node, judgement=(f"{name}情况", label))
            case core.Sentence(indicator=other) if other == name:
                return attrs.evolve(node, indicator=f"{name}情况")
            case _:
                return node

    new = rewritten(old, step)
    revision = compare(old, new)
    assert [(c.kind, c.indicator) for c in revision.changes] == [(Kind.RENAMED, f"{name}情况")]


@QUICK
@given(st.data())
def test_an_indicator_added_or_removed_is_only_that(data: st.DataObject) -> None:
    program = program_of(data)
    assume(len(program.indicators) > 1)
    fewer = attrs.evolve(program, indicators=program.indicators[:-1])
    gone = program.indicators[-1].name
    assert [(c.kind, c.indicator) for c in compare(program, fewer).changes] == [(Kind.REMOVED, gone)]
    assert [(c.kind, c.indicator) for c in compare(fewer, program).changes] == [(Kind.ADDED, gone)]


@QUICK
@given(st.data())
def test_words_alone_are_equal(data: st.DataObject) -> None:
    old = program_of(data)
    indicator = data.draw(st.sampled_from(old.indicators))

    def step(node: Any) -> Any:
        match node:
            case core.Sentence(indicator=name) if name == indicator.name:
                return attrs.evolve(node, text=f"各单位{node.text}")
            case core.Clause():
                return attrs.evolve(node, text=f"各单位{node.text}")
            case _:
                return node

    sentences = rewritten(old.sentences, step)
    new = with_indicator(old, rewritten(indicator, step))
    revision = compare(old, attrs.evolve(new, sentences=sentences))
    assert {(c.kind, c.meaning) for c in revision.changes} == {(Kind.TEXT, Meaning.EQUAL)}
    assert_never_contradicted(revision, data.draw(records(old)))


@QUICK
@given(st.data())
def test_a_reading_settled_is_equal_to_the_default(data: st.DataObject) -> None:
    old = program_of(data)
    open_ones = [c for c in old.choices if c.indicator is not None and len(c.alternatives) > 1 and not c.measures]
    assume(open_ones)
    choice = data.draw(st.sampled_from(open_ones))
    settled = attrs.evolve(choice, alternatives=(choice.alternatives[choice.default],), default=0)

    def step(node: Any) -> Any:
        match node:
            case core.ByReading(choice=name) if name == choice.name:
                return node.options[choice.default]
            case core.Choice(name=name) if name == choice.name:
                return settled
            case _:
                return node

    revision = compare(old, rewritten(old, step))
    found = [(c.kind, c.indicator, c.meaning) for c in revision.changes]
    assert found == [(Kind.READING, choice.indicator, Meaning.EQUAL)]
    assert {one.choice for one in revision.changes[0].settled} == {choice.name}


@QUICK
@given(st.integers(1, 5), st.booleans())
def test_grades_that_begin_higher_are_stricter(points: int, raised: bool) -> None:
    def graded(low: Fraction) -> core.Program:
        good = core.GradeBand("优", low, True, None, False)
        rest = core.GradeBand("良", None, False, low, False)
        program = small_judged(Fraction(100))
        return attrs.evolve(program, scoring=attrs.evolve(program.scoring, grades=(good, rest)))

    low, high = graded(Fraction(90)), graded(Fraction(90 + points))
    (change,) = compare(*((low, high) if raised else (high, low))).changes
    assert (change.kind, change.meaning) == (Kind.GRADES, Meaning.STRICTER if raised else Meaning.LOOSER)


@QUICK
@given(st.data())
def test_a_rubric_compared_with_itself_is_empty(data: st.DataObject) -> None:
    program = program_of(data)
    assert compare(program, program).is_empty
