"""What the real department of 2022 would have to change, through the command line."""

import json
from fractions import Fraction
from pathlib import Path

import pytest

import edition_2022 as edition
import rubric
from rubric.cli import main

CASE = str(edition.CASE)


def printed(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert main(["improve", "2022", CASE, *arguments]) == 0
    return capsys.readouterr().out


def test_the_exact_thresholds(capsys: pytest.CaptureFixture[str]) -> None:
    text = printed(capsys)
    assert "满意度：再提高 2.15 个百分点（92.85% → 95%，相对变动 2.32%） → +2 分，跳档" in text
    assert "已完成项目数：再增加 2 个（28 个 → 30 个，相对变动 7.14%） → +0.4 分，跳档" in text
    assert "声明为不可变" in text


def test_the_fewest_facts_for_a_total(capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("z3")
    document = json.loads(printed(capsys, "--target", "+3", "--format", "json"))
    best = document["plans"][0]
    assert [(change["fact"], change["to"]["text"]) for change in best["changes"]] == [
        ("调整、调剂资金累计", "2209.8 万元"),
        ("满意度", "95%"),
    ]
    assert (best["total"], best["minimal"], document["complete"]) == ("95.51", True, True)


def test_it_is_the_api_too() -> None:
    found = rubric.load("2022").improve(Path(CASE), "+2")
    assert found.searched is not None
    assert [change.movable.name for change in found.searched.plans[0].changes] == ["满意度"]


def test_where_little_gains_most(capsys: pytest.CaptureFixture[str]) -> None:
    """Of this department, its own way; and every edge is one step of the fact that the evaluator rewards."""
    document = json.loads(printed(capsys, "--gaming", "--format", "json"))
    first = document["edges"][0]
    assert (first["change"]["fact"], first["gain"]) == ("满意度", "2.00")
    assert document["note"] is None
    rates = [Fraction(edge["gain_per_percent"]) for edge in document["edges"]]
    assert rates == sorted(rates, reverse=True)


def test_the_edges_of_the_table_alone_are_of_made_up_departments(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["improve", "2022", "--gaming"]) == 0
    text = capsys.readouterr().out
    assert "生成数据" in text
    assert any(
        "满意度" in line and "94.99%" in line and "95%" in line and "+2.00" in line for line in text.splitlines()
    )


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["2022"], "R1212"),
        (["2022", CASE, "--target", "很好"], "R0760"),
        (["2022", CASE, "--fixed", "出勤率"], "R0765"),
        (["2022", "--gaming", "--fixed", "出勤率"], "R0765"),
        (["2022", CASE, "--gaming", "--target", "95"], "R1223"),
        (["2022", "没有.yaml"], "R1220"),
    ],
)
def test_refused(arguments: list[str], code: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["improve", *arguments]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.startswith(f"错误[{code}]")
