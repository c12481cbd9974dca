"""The case of the 2022 report fills in everything the 2022 rubric asks for, and reads without a finding."""

from checkout import ROOT
from rubric.encoding import decode
from rubric.facts.reading import read_facts
from rubric.pipeline import compile_rubric
from rubric.source import SourceText

RUBRIC = ROOT / "rubrics" / "2022" / "部门整体支出.rubric"
CASE = ROOT / "rubrics" / "2022" / "cases" / "罗湖区委组织部.yaml"


def test_a_bound_holds_also_where_the_fact_states_what_it_measures() -> None:
    rubric = decode(RUBRIC.read_bytes(), RUBRIC.name).value
    assert rubric is not None
    text = "数据: {已完成项目数: {值: 31个, 口径: 按计划时间完成的项目数, 来源: 一}, 计划完成项目总数: {值: 30个, 来源: 一}}"
    checked = read_facts(SourceText("数据.yaml", text), compile_rubric(rubric).value)
    assert [finding.code for finding in checked.errors] == ["R0927"]


def test_the_seed_case_is_complete() -> None:
    rubric, case = decode(RUBRIC.read_bytes(), RUBRIC.name).value, decode(CASE.read_bytes(), CASE.name).value
    assert rubric is not None
    assert case is not None
    program = compile_rubric(rubric).value
    checked = read_facts(case, program)
    assert checked.diagnostics == ()
    wanted = {(datum.name, part) for datum in program.data for part in datum.parts or (None,)}
    assert checked.value.facts.keys() == wanted
    assert checked.value.judgements.keys() == {judgement.key for judgement in program.judgements}
    assert checked.value.claimed.keys() == {indicator.name for indicator in program.indicators}
    assert all(fact.source or fact.note for fact in checked.value.facts.values())
