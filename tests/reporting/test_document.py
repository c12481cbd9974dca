"""The JSON document fits its schema."""

import json
from typing import Any

from reporting import samples
from rubric.reporting.document import outcome_document
from rubric.reporting.ledger_document import ledger_document
from schema_checker import load_schema, problems

SCHEMA = load_schema("outcome-1")


def document() -> dict[str, Any]:
    return json.loads(json.dumps(outcome_document(samples.scored()), ensure_ascii=False))


def test_the_document_fits_the_schema() -> None:
    assert list(problems(document(), SCHEMA)) == []


def test_the_checker_finds_what_does_not_fit() -> None:
    wrong = document()
    wrong["total"] = 92.51
    del wrong["grade"]
    wrong["indicators"][0]["status"] = "done"
    assert len(list(problems(wrong, SCHEMA))) == 3


def test_keys_stand_in_the_order_of_the_schema() -> None:
    assert list(document()) == list(SCHEMA["properties"])
    always = [key for key in SCHEMA["$defs"]["indicator"]["properties"] if key not in ("yields", "result")]
    assert list(document()["indicators"][0]) == always


def test_scores_are_strings_and_null_while_pending() -> None:
    found = document()
    by_name = {indicator["name"]: indicator for indicator in found["indicators"]}
    assert found["total"] is None
    assert (found["total_low"], found["total_high"], found["points"]) == ("11.65", "12.65", "17.00")
    assert by_name["公众或服务对象满意度"]["score"] == "4.00"
    assert by_name["公众或服务对象满意度"]["deviation"] == "2.00"
    assert by_name["公众或服务对象满意度"]["verdict"] == "偏高"
    assert by_name["政府采购执行情况"]["exact"] == "29237/14629"
    assert by_name["政府采购执行情况"]["clauses"][0]["id"] == "02.1"
    assert by_name["编外人员控制率"]["score"] is None
    assert by_name["编外人员控制率"]["exact"] is None
    assert by_name["固定资产利用率"]["readings"] == [{"name": "固定资产", "taken": "原值", "alternatives": ["净值"]}]
    assert found["missing"] == [{"fact": "编外人员数", "clauses": ["编外人员控制率"], "points_at_stake": "1.00"}]


def test_findings_carry_their_place_and_remedy() -> None:
    assert document()["findings"][0] == {
        "code": "R1301",
        "severity": "warning",
        "title": "「公众或服务对象满意度」自评 6.00 分，高于任何口径下可得的分",
        "indicator": "公众或服务对象满意度",
        "place": "示例.rubric:18:11",
        "reason": None,
        "suggestion": "按 92.85% 所在的一档改为 4.00 分",
        "remedy": "按 92.85% 所在的一档改为 4.00 分",
    }


def test_the_ledger_as_json() -> None:
    found = ledger_document(samples.program(), samples.findings())
    assert found["points_by_kind"] == {"计算": "12", "计数": "5", "分档认定": "0", "评判": "1"}
    assert found["unused_data"] == ["没有用处的数据"]
