"""Clauses of the sample that do not read untouched: each with the smallest change, and all its cases hold."""

import json
from typing import Any

import pytest

from checkout import ROOT
from rubric.core.numbers import exact
from rubric.diagnostics.model import errors_of
from rubric.evaluator.evaluate import evaluate
from rubric.facts.reading import record_from_mapping
from rubric.pipeline import compile_rubric
from rubric.source import SourceText

_FILE = ROOT / "tests" / "trying" / "changed.jsonl"
CLAUSES: list[dict[str, Any]] = [json.loads(line) for line in _FILE.read_text("utf-8").splitlines()]


@pytest.mark.parametrize("clause", CLAUSES, ids=[clause["id"] for clause in CLAUSES])
def test_the_clause_with_its_change_gives_every_score(clause: dict[str, Any]) -> None:
    head = f"指标体系：示例\n评价年度：2099年\n三级指标 示例（{clause['points']}分）\n评分标准\n"
    compiled = compile_rubric(SourceText("示例", f"{head}{clause['text']}\n{clause['lines']}\n"))
    assert not errors_of(compiled.diagnostics)
    assert not compiled.value.judgements
    for case in clause["cases"]:
        record = record_from_mapping({"数据": case["inputs"]}, compiled.value).value
        found = evaluate(compiled.value, record).indicators[0]
        assert found.exact.point == exact(case["score"]), case
