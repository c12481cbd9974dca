"""The shares of the edits add up to the change of each department, exactly; what is lacking is listed and left out."""

from fractions import Fraction
from itertools import permutations

import attrs
from hypothesis import given, settings, strategies as st

from editions_of import edited
from rubric.core.record import Record
from rubric.evaluator.evaluate import evaluate
from rubric.population.departments import department, population_of
from rubric.revision.attribution import shapley
from rubric.revision.compare import compare
from rubric.revision.hybrids import Made, between
from rubric.revision.impact import Named, impact, impact_of_records
from rubric.revision.replaying import new_record, old_record
from strategies import program_2022

OLD = program_2022()
EDITS = (
    ("满意度<80%的, 得1分", "满意度<80%的, 得0分"),
    ("5%≤比率≤10%的", "5%≤比率≤15%的"),
    ("比率>10%", "比率>15%"),
    ("超出一个百分点扣0.1分", "超出一个百分点扣0.2分"),
    ("“本项”指第1点", "“本项”指本指标"),
    ("（25分）", "（20分）"),
    ("分值合计25分", "分值合计20分"),
)
REVISION = compare(OLD, edited(*EDITS))
PLAN = between(REVISION)


def test_the_shares_add_up_to_what_the_evaluator_gives() -> None:
    population = population_of(PLAN.program, 11)
    records = [(str(n), department(population, n)) for n in range(1, 31)]
    found = impact_of_records(REVISION, records)
    assert found.generated
    moved = 0
    for one, (_, record) in zip(found.departments, records, strict=True):
        assert sum((share for _, share in one.attribution.shares), Fraction(0)) == one.change
        after = evaluate(REVISION.new, new_record(REVISION.alignment, record))
        linked = attrs.evolve(
            record,
            judgements={k: g for k, g in record.judgements.items() if not k[0].endswith("（上年）")},
        )
        before = evaluate(OLD, old_record(REVISION.alignment, linked))
        assert not one.left_out
        assert (one.attribution.before, one.old_grade) == (before.total, before.grade)
        assert (one.attribution.after, one.new_grade) == (after.total, after.grade)
        moved += one.change != 0
    assert moved > 10


@settings(max_examples=20, deadline=None)
@given(st.data())
def test_shapley_is_the_mean_over_all_orders(data: st.DataObject) -> None:
    players = tuple(range(data.draw(st.integers(1, 4))))
    worth: dict[Made, Fraction] = {}

    def value(made: Made) -> Fraction:
        if made not in worth:
            worth[made] = Fraction(data.draw(st.integers(-9, 9)), 7)
        return worth[made]

    shares = shapley(value, players)
    orders = list(permutations(players))
    for player in players:
        gains = [value(frozenset(o[: o.index(player) + 1])) - value(frozenset(o[: o.index(player)])) for o in orders]
        assert shares[player] == sum(gains, Fraction(0)) / len(orders)
    assert sum(shares.values(), Fraction(0)) == value(frozenset(players)) - value(frozenset())


def test_an_indicator_that_lacks_facts_is_left_out_of_both_totals_and_listed() -> None:
    population = population_of(OLD, 3)
    record = department(population, 1)
    facts = {key: fact for key, fact in record.facts.items() if key[0] != "满意度"}
    lacking = Record(facts, record.judgements)
    (one,) = impact(REVISION, [Named("甲", lacking, lacking)]).departments
    assert [left.indicator for left in one.left_out] == ["公众或服务对象满意度"]
    assert one.left_out[0].missing == (("满意度", None),)
    assert (one.old_grade, one.new_grade) == (None, None)
    assert sum((share for _, share in one.attribution.shares), Fraction(0)) == one.change
