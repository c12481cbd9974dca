"""`rubric score` with several facts files, or a folder of them."""

import json
from pathlib import Path

import pytest

from rubric.cli import main

_RUBRIC = """指标体系：整改
评价年度：2022年
总分值：16分
三级指标 问题整改（6分）
评分标准
按整改率排名，第1至2名得6分，第3名得4分，其余得2分。
数据
已整改数：项，不超过应整改数
应整改数：项
整改率排名：名次，按整改率从高到低
口径
整改率=已整改数/应整改数×100%
应整改数为0的，本指标不适用
三级指标 培训（10分）
评分标准
得分=人均培训时数÷全市最高值×10分
数据
人均培训时数：小时
全市最高值：小时，取各单位人均培训时数的最高值
口径
全市最高值为0的，本指标不适用
"""
_UNITS = {"甲": (9, 40), "乙": (10, 30), "丙": (9, 60), "丁": (5, 20)}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "表.rubric").write_text(_RUBRIC, encoding="utf-8")
    units = tmp_path / "各单位"
    units.mkdir()
    for name, (done, hours) in _UNITS.items():
        facts = f"单位: {name}\n数据:\n  已整改数: {done}项\n  应整改数: 10项\n  人均培训时数: {hours}小时\n"
        (units / f"{name}.yaml").write_text(facts, encoding="utf-8")
    return tmp_path


def test_units_of_a_folder_are_placed_among_each_other(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["score", str(folder / "表.rubric"), str(folder / "各单位"), "--format", "json"])
    shown = capsys.readouterr().out
    units = {unit["unit"]: unit["total"] for unit in json.loads(shown)["units"]}
    # 甲 and 丙 share the second place; 丁 is fourth.
    assert units == {"甲": "12.67", "乙": "11.00", "丙": "16.00", "丁": "5.33"}


def test_files_named_one_by_one_make_one_table(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    names = [str(folder / "各单位" / f"{name}.yaml") for name in ("甲", "乙")]
    main(["score", str(folder / "表.rubric"), *names])
    shown = capsys.readouterr().out
    assert "单位：2 个" in shown
    assert [line.split()[:2] for line in shown.splitlines() if line[:1] in ("甲", "乙")] == [
        ["甲", "16.00"],
        ["乙", "13.50"],
    ]


def test_a_unit_alone_is_asked_for_its_place(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["score", str(folder / "表.rubric"), str(folder / "各单位" / "甲.yaml")])
    shown = capsys.readouterr().out
    assert "整改率排名" in shown
    assert "待定" in shown
