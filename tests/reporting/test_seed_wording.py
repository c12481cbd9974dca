"""How the steps of the seed's indicators are told."""

import attrs

from checkout import ROOT
from claims import seed_program, seed_record
from rubric.evaluator.evaluate import evaluate
from rubric.reporting.document import outcome_document
from rubric.reporting.explain import explain_indicator
from rubric.reporting.scored import Scored
from rubric.reporting.tree import explanation_tree
from rubric.source import SourceText

SOURCE = SourceText("2022", (ROOT / "rubrics" / "2022" / "部门整体支出.rubric").read_text("utf-8"))
OUTCOME = evaluate(seed_program(), seed_record())


def tree(number: str) -> str:
    return explanation_tree(OUTCOME, next(o for o in OUTCOME.indicators if o.indicator.id == number), SOURCE)


def test_a_quantity_over_several_periods_names_each() -> None:
    for part, numbers in (("一季度", "18.14%÷25%"), ("四季度", "88.67%÷100%")):
        assert f"每个季度的执行率（{part}） = {numbers}，超过100%的按100%计 = " in tree("16")


def test_no_word_is_doubled_and_no_quotation_mark() -> None:
    assert "按按" not in tree("17")
    assert "““" not in tree("15")


def test_a_missing_period_is_named() -> None:
    record = seed_record()
    facts = {key: fact for key, fact in record.facts.items() if key != ("部门预算支出进度", "三季度")}
    outcome = evaluate(seed_program(), attrs.evolve(record, facts=facts))
    line = explain_indicator(next(o for o in outcome.indicators if o.indicator.id == "16"), SOURCE)
    assert line.startswith("待定：缺少「三季度部门预算支出进度」，")


def test_formulas_in_the_document_carry_their_numbers() -> None:
    document = str(outcome_document(Scored(OUTCOME, SOURCE)))
    assert "'text': '(18.14%/25%)×1分'" in document
