"""What a facts file may hold, case by case."""

from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import attrs
import pytest
import yaml

from facts.programs import PROGRAM, codes, read
from rubric.core.program import DatumKind
from rubric.core.record import Basis
from rubric.diagnostics.model import Severity
from rubric.facts import tree
from rubric.facts.blank import blank_facts
from rubric.facts.reading import read_facts, record_from_mapping
from rubric.source import SourceText

CASES: list[dict[str, Any]] = yaml.safe_load(Path(__file__).with_name("cases.yaml").read_text("utf-8"))


def _place(name: str) -> tuple[str, str | None]:
    for datum in PROGRAM.data:
        for part in datum.parts:
            if name == part + datum.name:
                return datum.name, part
    return name, None


def test_case_names_are_unique() -> None:
    names = [case["name"] for case in CASES]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_case(case: dict[str, Any]) -> None:
    checked = read(case["file"])
    assert codes(checked) == case.get("codes", []), [finding.title for finding in checked.diagnostics]
    said = "\n".join(f"{d.title}\n{d.remedy}" for d in checked.diagnostics)
    assert [words for words in case.get("says", []) if words not in said] == []
    for name, value in case.get("facts", {}).items():
        fact = checked.value.facts.get(_place(name))
        if value is None:
            assert fact is None
        else:
            assert fact is not None
            assert fact.value == (value if isinstance(value, bool) else Fraction(value))
    for name, count in case.get("rows", {}).items():
        rows = checked.value.facts[(name, None)].value
        assert isinstance(rows, tuple)
        assert len(rows) == count


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_every_finding_has_its_place(case: dict[str, Any]) -> None:
    text = case["file"]
    for finding in read(text).diagnostics:
        assert finding.place.startswith("数据.yaml:")
        for label in finding.labels:
            assert 0 <= label.span.start <= label.span.end <= len(text)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_it_is_read_alike_without_the_fast_reader(case: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tree, "Loader", yaml.BaseLoader)
    checked = read(case["file"])
    assert codes(checked) == case.get("codes", []), [finding.title for finding in checked.diagnostics]


def test_a_fact_keeps_what_the_file_says_of_it() -> None:
    checked = read(
        "数据:\n  满意度: {值: 92.85%, 来源: 二（三）3, 原名: 群众满意度, 佐证: 问卷, 备注: 抽样, 依据: 假定}\n"
        "  项目总数: {值: 30个, 来源: 一（三）}\n  实际支出: 1万元\n单位: 某部门\n"
    )
    facts = checked.value.facts
    fact = facts[("满意度", None)]
    assert (fact.source, fact.original_name, fact.evidence, fact.note) == ("二（三）3", "群众满意度", "问卷", "抽样")
    assert (fact.basis, fact.quantum, fact.written) == (Basis.ASSUMED, Fraction(1, 10000), "92.85%")
    assert fact.span.end > fact.span.start
    assert facts[("项目总数", None)].basis is Basis.REPORTED
    assert facts[("项目总数", None)].quantum is None
    assert facts[("实际支出", None)].basis is Basis.ASSERTED
    assert checked.value.unit_name == "某部门"
    assert len(checked.value.sha256) == 64


@pytest.mark.parametrize(
    ("written", "quantum"),
    [
        ("92.85%", Fraction(1, 10000)),
        ("90%", Fraction(1, 100)),
        ("97.698%", Fraction(1, 100000)),
        ("5‰", Fraction(1, 1000)),
    ],
)
def test_a_printed_rate_knows_its_last_decimal(written: str, quantum: Fraction) -> None:
    assert read(f"数据: {{满意度: {written}}}").value.facts[("满意度", None)].quantum == quantum


def test_facts_without_source_are_noted_once_where_scores_are_claimed() -> None:
    checked = read("数据:\n  满意度: 92.85%\n  项目总数: 30\n自评: {制度建设: 3.00}\n")
    assert codes(checked) == ["R0915"]
    assert checked.diagnostics[0].severity is Severity.NOTE
    assert codes(read("数据:\n  满意度: 92.85%\n")) == []


def test_a_reading_of_the_run_goes_before_the_file() -> None:
    source = SourceText("数据.yaml", "数据: {固定资产: {值: 1万元, 口径: 净值}}")
    checked = read_facts(source, PROGRAM, {"固定资产": "净值"})
    assert codes(checked) == []
    assert checked.value.readings == {"固定资产": "净值"}


# --- judgements -------------------------------------------------------------------------------------------------------

JUDGEMENTS: list[tuple[str, str, Fraction | None, list[str]]] = [
    ("是", "制定了管理制度", Fraction(1), []),
    ("{得分: 否, 理由: 没有制度}", "制定了管理制度", Fraction(0), []),
    ("1.00分", "制定了管理制度", Fraction(1), []),
    ("{得分: 1, 原文: aaaa1111}", "制定了管理制度", Fraction(1), []),
    ("{得分: 1, 原文: AAAA1111}", "制定了管理制度", Fraction(1), []),
    ("{得分: 1, 原文: 00000000}", "制定了管理制度", None, ["R0934"]),
    ("{得分: , 原文: 00000000}", "制定了管理制度", None, []),
    ("2", "制定了管理制度", None, ["R0930"]),
    ("-1", "制定了管理制度", None, ["R0930"]),
    ("{得分: 0.5, 理由: 缺一项}", "制定了管理制度", Fraction(1, 2), ["R0931"]),
    ("0", "制定了管理制度", Fraction(0), ["R0933"]),
    ("0.5", "得到严格执行", Fraction(1, 2), ["R0933"]),
    ("是", "得到严格执行", None, ["R0932"]),
    ("良好", "得到严格执行", None, ["R0932"]),
    ("[1]", "得到严格执行", None, ["R0905"]),
    ("{得分: 1.5, 依据: 猜测}", "得到严格执行", None, ["R0916"]),
    ("{得分: 1.5, 分数: 1}", "得到严格执行", Fraction(3, 2), ["R0906"]),
    ("1.5", "得到严格的执行", None, ["R0909"]),
    ("1", "制定了管理制度，覆盖", Fraction(1), []),
]


@pytest.mark.parametrize(("written", "label", "points", "expected"), JUDGEMENTS)
def test_judgement(written: str, label: str, points: Fraction | None, expected: list[str]) -> None:
    checked = read(f"评判:\n  制度建设:\n    {label}: {written}\n")
    assert codes(checked) == expected
    given = list(checked.value.judgements.values())
    assert [one.points for one in given] == ([] if points is None else [points])


def test_a_judgement_on_another_sentence_is_shown_beside_the_new_one() -> None:
    finding = read("评判: {制度建设: {制定了管理制度: {得分: 1, 原文: 00000000}}}").diagnostics[0]
    assert finding.severity is Severity.WARNING
    assert "覆盖主要业务" in finding.labels[0].text
    assert "aaaa1111" in finding.remedy


def test_a_judgement_for_an_unknown_indicator_is_refused() -> None:
    assert codes(read("评判: {制度建投: {整项: 1}}")) == ["R0908"]


# --- hostile files ----------------------------------------------------------------------------------------------------


def test_an_alias_bomb_is_one_finding() -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [" + ", ".join([f"*a{n - 1}"] * 9) + "]" for n in range(1, 12)]
    checked = read("\n".join(lines))
    assert codes(checked) == ["R0902"]
    assert checked.value.facts == {}


@pytest.mark.parametrize("text", ["[" * 100_000, "{甲: " * 50_000, "- " * 50_000])
def test_a_deep_file_is_one_finding(text: str) -> None:
    assert codes(read(text)) in (["R0903"], ["R0901"])


@pytest.mark.parametrize(
    "text",
    [
        "数据: {年初预算总额: " + "9" * 1_000_000 + "万元}",
        "数据: {年初预算总额: {值: 1万元, 备注: " + "长" * 1_000_000 + "}}",
        "数据:\n  ? " + "名" * 1_000_000 + "\n  : 1万元",
        "数据: " + "x" * 1_000_000,
    ],
    ids=["number", "note", "name", "section"],
)
def test_a_line_of_a_million_characters_is_read(text: str) -> None:
    checked = read(text)
    assert all(len(finding.title) < 200 for finding in checked.diagnostics)


# --- mappings ---------------------------------------------------------------------------------------------------------


def test_a_mapping_reads_like_a_file() -> None:
    checked = record_from_mapping(
        {
            "单位": "某部门",
            "数据": {
                "年初预算总额": "20,089.17万元",
                "项目总数": 30,
                "涉密": False,
                "支出进度": {"一季度": "18.14%"},
                "绩效指标": [{"指标名称": "甲", "分值": Decimal("2.5")}],
                "公开情况": None,
            },
            "评判": {"制度建设": {"得到严格执行": Fraction(3, 2)}},
            "自评": {"预算执行率": Decimal("5.38")},
        },
        PROGRAM,
    )
    record = checked.value
    assert codes(checked) == ["R0915"]
    assert record.facts[("年初预算总额", None)].value == 200891700
    assert record.facts[("涉密", None)].value is False
    assert record.facts[("支出进度", "一季度")].value == Fraction(1814, 10000)
    assert record.facts[("绩效指标", None)].value == ({"指标名称": "甲", "分值": Fraction(5, 2)},)
    assert record.judgements[("制度建设", "得到严格执行")].points == Fraction(3, 2)
    assert record.claimed == {"预算执行率": Fraction(538, 100)}


@pytest.mark.parametrize("value", [0.5, float("nan"), float("inf")])
def test_a_binary_number_is_refused_with_the_remedy(value: float) -> None:
    checked = record_from_mapping({"数据": {"满意度": value}}, PROGRAM)
    assert codes(checked) == ["R0905"]
    assert "Decimal" in checked.diagnostics[0].remedy
    assert checked.value.facts == {}


@pytest.mark.parametrize(
    "value", [b"1", object(), Fraction(1, 3), 1 << 20000], ids=["bytes", "object", "third", "huge"]
)
def test_what_is_no_text_or_exact_number_is_refused(value: object) -> None:
    assert codes(record_from_mapping({"数据": {"项目总数": value}}, PROGRAM)) == ["R0905"]


def test_a_bare_number_of_a_program_is_a_question_too() -> None:
    assert codes(record_from_mapping({"数据": {"年初预算总额": 100, "满意度": Fraction(9, 10)}}, PROGRAM)) == [
        "R0919",
        "R0920",
    ]


# --- blank files ------------------------------------------------------------------------------------------------------


def test_a_blank_file_reads_back_as_everything_missing() -> None:
    checked = read(blank_facts(PROGRAM))
    assert checked.diagnostics == ()
    assert not checked.value.facts
    assert not checked.value.judgements
    assert not checked.value.claimed


def test_a_blank_file_names_everything_to_be_filled_in() -> None:
    text = blank_facts(PROGRAM)
    for datum in PROGRAM.data:
        assert datum.name in text
        assert all(part in text for part in datum.parts)
        assert all(column.name in text for column in datum.columns)
        assert all(state in text for state in datum.states)
    for judgement in PROGRAM.judgements:
        assert judgement.fingerprint in text
        assert judgement.text in text
    for choice in PROGRAM.choices:
        assert all(alternative.name in text for alternative in choice.alternatives)
    assert "财务合规性 第2点" in text
    assert sum(datum.kind is DatumKind.BOOLEAN for datum in PROGRAM.data) == text.count("填 是 或 否")


def test_names_with_signs_of_the_form_stand_in_quotation_marks() -> None:
    odd = attrs.evolve(PROGRAM.data[0], name="甲: 乙 #1 {丙}", aliases=())
    program = attrs.evolve(PROGRAM, data=(odd,))
    checked = read_facts(SourceText("空白.yaml", blank_facts(program)), program)
    assert checked.diagnostics == ()
