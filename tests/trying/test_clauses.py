"""Clauses tried without declarations: what each gives, and what the understanding may look at."""

import json
import random
from collections.abc import Mapping
from typing import Any

import attrs
import pytest

from checkout import ROOT
from rubric.core.numbers import exact
from rubric.evaluator.evaluate import evaluate
from rubric.facts.reading import record_from_mapping
from rubric.pipeline import compile_rubric
from rubric.source import SourceText
from rubric.trying.cases import STATUSES, try_clauses
from rubric.trying.run import Reading, Trial, run, understand

Clause = dict[str, Any]

# The sample stands beside the checkout where it is given at all; how many of it were computed when this was written.
SAMPLE = ROOT.parent / "shared" / "corpus" / "clauses-dev.jsonl"
COMPUTED = 62


def _clauses(text: str) -> list[Clause]:
    return [json.loads(line) for line in text.splitlines() if line.strip()]


CLAUSES = _clauses((ROOT / "tests" / "trying" / "clauses.jsonl").read_text("utf-8"))
ODD = (
    "",
    "数据",
    "三级指标 另一个（3分）\n评分标准\n得3分",
    "“”「」",
    "扣扣扣分分分",
    "①②③",
    "得分=得分×1分",
    "说明：\n口径\n“丙”指丁",
    "# 只有一行",
    "<<<>>>≥≥90%的，得的得分",
)


def _trials(clause: Clause) -> list[Trial]:
    inputs = [case["inputs"] for case in clause["cases"]]
    understood = understand(clause["text"], clause["points"], inputs)
    return [run(understood, values) for values in inputs]


def _understood(clause: Clause) -> tuple[object, ...]:
    """Everything a trial says of a clause that is not a comparison."""
    return tuple(
        (t.source.text, t.lines, t.score, t.judged, _told(t.readings), tuple(d.code for d in t.diagnostics))
        for t in _trials(clause)
    )


def _told(readings: tuple[Reading, ...]) -> tuple[tuple[Mapping[str, str], object], ...]:
    return tuple((dict(reading.alternatives), reading.score) for reading in readings)


def _blanked(clause: Clause) -> Clause:
    cases = [{**case, "score": ""} for case in clause["cases"]]
    return {**clause, "id": "", "kind": "", "meaning": "", "ambiguities": [], "origin": "", "cases": cases}


@pytest.mark.parametrize("clause", CLAUSES, ids=[clause["id"] for clause in CLAUSES])
def test_every_clause_is_computed(clause: Clause) -> None:
    assert try_clauses([clause])["clauses"] == [{"id": clause["id"], "kind": clause["kind"], "status": "computed"}]


@pytest.mark.parametrize("clause", CLAUSES, ids=[clause["id"] for clause in CLAUSES])
def test_understanding_looks_only_at_text_points_names_and_values(clause: Clause) -> None:
    assert _understood(_blanked(clause)) == _understood(clause)


def test_the_order_of_the_lines_does_not_matter() -> None:
    shuffled = random.Random(0).sample(CLAUSES, len(CLAUSES))
    straight, mixed = try_clauses(CLAUSES), try_clauses(shuffled)
    assert sorted(mixed["clauses"], key=lambda found: found["id"]) == sorted(
        straight["clauses"], key=lambda found: found["id"]
    )
    assert mixed["totals"] == straight["totals"]
    assert [found["id"] for found in mixed["clauses"]] == [clause["id"] for clause in shuffled]


@pytest.mark.parametrize("clause", CLAUSES, ids=[clause["id"] for clause in CLAUSES])
def test_the_lines_printed_are_a_rubric_of_the_same_meaning(clause: Clause) -> None:
    for trial in _trials(clause):
        source = SourceText("另存.rubric", trial.source.text)
        compiled = compile_rubric(source)
        assert not compiled.errors
        assert compiled.value.meaning_sha256 == trial.program.meaning_sha256
        assert clause["text"] in source.text
        assert evaluate(compiled.value, trial.outcome.record, source=source).indicators[0].score == trial.score


def test_totals_count_every_clause_once_in_all_and_once_in_its_kind() -> None:
    totals = try_clauses(CLAUSES)["totals"]
    assert set(totals) == {"全部", *(clause["kind"] for clause in CLAUSES)}
    assert all(tuple(counts) == STATUSES for counts in totals.values())
    assert sum(totals["全部"].values()) == len(CLAUSES)
    assert sum(sum(counts.values()) for counts in totals.values()) == 2 * len(CLAUSES)


def test_a_score_under_another_reading_names_it() -> None:
    text = "超出10%的，超出一个百分点扣0.1分，直至1分扣完为止"
    clause: Clause = {"text": text, "points": "1", "cases": [{"inputs": {"调剂比例": "12.3%"}, "score": "0.77"}]}
    found = try_clauses([clause])["clauses"][0]
    assert found["status"] == "computed_with_reading"
    assert list(found["reading"].values()) == ["按比例"]
    other: Clause = {**clause, "cases": [{**clause["cases"][0], "score": "0.5"}]}
    assert try_clauses([other])["clauses"][0] == {"id": "", "kind": "", "status": "wrong", "scores": ["0.8"]}


def test_a_fault_at_one_clause_does_not_hide_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    def understand_or_fail(text: str, points: str, cases: Any) -> object:
        if text == "坏":
            raise KeyError(text)
        return understand(text, points, cases)

    monkeypatch.setattr("rubric.trying.cases.understand", understand_or_fail)
    found = try_clauses([{**CLAUSES[0], "text": "坏"}, CLAUSES[0]])["clauses"]
    assert [one["status"] for one in found] == ["error", "computed"]
    assert found[0]["fault"] == "KeyError"


@pytest.mark.parametrize("text", ODD)
def test_odd_words_are_tried_without_a_fault(text: str) -> None:
    for values in ({}, {"满意度": "92%"}, {"甲": True, "乙": ["1", "2"]}, {"数据": "说明：", "“": "／"}):
        trial = run(understand(text, "3", [values]), values)
        assert trial.readings


def test_a_name_of_a_datum_that_means_an_unknown_word_is_no_fault() -> None:
    values = {"甲": "3万元"}
    assert run(understand("甲≥3万元的，得3分\n口径\n“甲”指乙", "3", [values]), values).readings


@pytest.mark.skipif(not SAMPLE.is_file(), reason="the sample is not beside this checkout")
def test_the_sample_is_never_computed_wrongly() -> None:
    totals = try_clauses(_clauses(SAMPLE.read_text("utf-8")))["totals"]["全部"]
    assert totals["wrong"] == 0
    assert totals["computed"] >= COMPUTED


def test_values_are_read_as_a_facts_file_reads_them() -> None:
    """A trial and a saved rubric with a facts file are one computation."""
    trial = _trials(CLAUSES[0])[0]
    record = record_from_mapping({"数据": CLAUSES[0]["cases"][0]["inputs"]}, trial.program).value
    assert attrs.evolve(record, sha256="").facts == trial.outcome.record.facts


SEARCHED = (
    # A name that an assessor's form shortens, with words before it in the clause that are no part of it.
    (
        "1. 编制年度培训方案，0.5分；2. 培训结束后开展效果评估，1.5分。",
        "2",
        {"编制年度培训方案": False, "开展效果评估": True},
        "1.5",
    ),
    ("一是建立督办台账的，得1分；二是按月通报进度的，得1分。", "2", {"建立督办台账": True, "按月通报进度": False}, "1"),
)


@pytest.mark.parametrize(("text", "points", "values", "score"), SEARCHED, ids=[text for text, *_ in SEARCHED])
def test_a_name_takes_the_words_with_which_the_clause_reads(
    text: str, points: str, values: Mapping[str, bool], score: str
) -> None:
    trial = run(understand(text, points, [values]), values)
    assert trial.score == exact(score), trial.source.text


def test_words_equally_like_a_name_are_not_guessed_between() -> None:
    """Both halves could be meant by one name, and each would give another score: the clause is left to a person."""
    values = {"台账": True}
    trial = run(understand("建立甲类台账的，得2分；建立乙类台账的，得1分。", "3", [values]), values)
    assert trial.score is None


@pytest.mark.parametrize("name", ["人均经费变动率", "支出增幅", "人均经费与上年之差"])
def test_what_goes_both_ways_may_be_negative(name: str) -> None:
    """A change by its name, anything else because a negative value is given."""
    values = {name: "-1.5%"}
    trial = run(understand(f"{name}小于等于0的，得3分；大于0的，不得分。", "3", [values]), values)
    assert trial.score == 3, trial.diagnostics


ONCE_WRONG = (
    # A yes–no column counted nothing.
    (
        "得分=按期完成的项目数÷项目总数×10分",
        {"项目": [{"项目名称": "甲", "按期完成": True}, {"项目名称": "乙", "按期完成": False}]},
        "5",
    ),
    # A step of places took one place too many.
    ("第1名得10分，每后移一位扣1分。", {"排名": "1"}, "10"),
    ("第1名得10分，每后移一位扣1分。", {"排名": "3"}, "8"),
)


@pytest.mark.parametrize(("text", "values", "score"), ONCE_WRONG)
def test_what_was_once_computed_wrong(text: str, values: Mapping[str, Any], score: str) -> None:
    trial = run(understand(text, "10", [values]), values)
    assert trial.score == exact(score), trial.source.text


SPELT = (
    ("按期办结率≥4%的得3分\n3．0%≤按期办结率<4%的，得2分\n按期办结率<3%的不得分", "3", {"按期办结率": "2.9%"}, "0"),
    ("1．90%≤按期办结率的，得3分；2．按期办结率<90%的，得1分。", "3", {"按期办结率": "95%"}, "3"),
)


@pytest.mark.parametrize(("text", "points", "values", "score"), SPELT)
def test_a_full_stop_of_full_width_is_a_decimal_or_a_place_in_a_list(
    text: str, points: str, values: Mapping[str, str], score: str
) -> None:
    assert run(understand(text, points, [values]), values).score == exact(score)


def test_brackets_around_a_range_of_a_grade_leave_its_ends_alone() -> None:
    text = "优（90分（含）以上），良（80分（含）-90分），中（80分以下）。"
    values = {"考核得分": "80"}
    clause = {"id": "甲", "kind": "grade", "text": text, "points": "等级", "cases": [{"inputs": values, "score": "良"}]}
    assert try_clauses([clause])["clauses"][0]["status"] == "computed"
