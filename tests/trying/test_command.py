"""`rubric try` as it is typed."""

import json
from pathlib import Path
from typing import Any

import pytest

from checkout import ROOT
from rubric.cli import main
from rubric.cli.try_input import read_clauses, read_values
from rubric.source import SourceText

CLAUSE = "超出10%的，超出一个百分点扣0.1分，直至1分扣完为止"
STEP = [CLAUSE, "--points", "1", "调剂比例=12.3%"]
YES = ["会议费实行限额管理且未突破限额的，得2分；否则不得分。", "--points", "2"]
GOOD: dict[str, Any] = {
    "id": "甲",
    "kind": "分档",
    "text": "满意度≥90%的，得5分；满意度<90%的，不得分。",
    "points": "5",
    "cases": [{"inputs": {"满意度": "92%"}, "score": "5"}],
}


def _try(*arguments: str) -> int:
    return main(["try", *arguments])


def _json(capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    printed = capsys.readouterr()
    assert printed.err == ""
    return json.loads(printed.out)


# --- one clause -------------------------------------------------------------------------------------------------------


def test_what_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert _try(*STEP) == 0
    printed = capsys.readouterr()
    assert printed.err == ""
    assert "得分：0.80 / 1.00（精确值 0.8）" in printed.out
    assert "说明：调剂比例 12.3%" in printed.out
    assert "作为省略的主语补上" in printed.out
    assert "默认  0.80 分  「超出一个百分点」取“满一个百分点”\n" in printed.out
    assert "0.77 分  「超出一个百分点」取“按比例”\n" in printed.out
    assert printed.out.count("默认") == 1
    assert "警告[R0601]" in printed.out
    assert f"评分标准\n{CLAUSE}\n数据\n调剂比例：%\n" in printed.out


def test_words_bound_are_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert _try(*YES, "实行限额管理=是", "突破限额=false") == 0
    out = capsys.readouterr().out
    assert "“是”对应“会议费实行限额管理”" in out
    assert "“否”对应“未突破限额”" in out
    assert _try(GOOD["text"], "--points", "5", "满意度=92%", "无关数=3") == 0
    out = capsys.readouterr().out
    assert "原文中就是这个名称" in out
    assert "没有用到" in out


def test_explain_gives_the_whole_reason(capsys: pytest.CaptureFixture[str]) -> None:
    assert _try(*STEP, "--explain") == 0
    out = capsys.readouterr().out
    assert "计步：超出 2.3 个百分点，每 1 个百分点一步，计 2 步" in out
    assert "四舍五入，保留 2 位小数：0.80 分" in out


def test_json_has_the_same(capsys: pytest.CaptureFixture[str]) -> None:
    assert _try(*STEP, "--format", "json") == 0
    document = _json(capsys)
    assert (document["score"], document["exact"], document["status"]) == ("0.80", "4/5", "scored")
    assert document["bindings"] == [
        {"name": "调剂比例", "unit": "%", "value": "12.3%", "how": "省略", "words": []},
    ]
    assert [reading["default"] for reading in document["readings"]] == [True, False, False]
    assert {reading["exact"] for reading in document["readings"]} == {"4/5", "7/10", "77/100"}
    assert CLAUSE in document["rubric"]
    assert _try(*STEP, "--format", "json", "--explain") == 0
    assert _json(capsys)["tree"]


def test_the_rubric_printed_is_scored_alike(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert _try(*YES, "实行限额管理=是", "突破限额=否", "--rubric") == 0
    (tmp_path / "另存.rubric").write_text(capsys.readouterr().out, encoding="utf-8")
    (tmp_path / "数据.yaml").write_text("数据:\n  实行限额管理: 是\n  突破限额: 否\n", encoding="utf-8")
    assert main(["score", str(tmp_path / "另存.rubric"), str(tmp_path / "数据.yaml"), "--format", "json"]) == 0
    assert _json(capsys)["total"] == "2.00"


def test_a_judged_clause_says_which_words(capsys: pytest.CaptureFixture[str]) -> None:
    assert _try("落实不到位的酌情扣分。", "--points", "1") == 0
    out = capsys.readouterr().out
    assert "得分：待定，0.00～1.00 / 1.00" in out
    assert "由人评判的\n  “落实不到位的酌情扣分”，0～1 分" in out


def test_words_not_understood_are_shown(capsys: pytest.CaptureFixture[str]) -> None:
    assert _try(CLAUSE, "--points", "1") == 2
    printed = capsys.readouterr()
    assert "没有读懂的\n  “超出10%”" in printed.out or "没有读懂的\n  “超出" in printed.out
    assert printed.err.startswith("错误[R0205] ")


@pytest.mark.parametrize(
    ("arguments", "values"),
    [
        (["甲=3"], {"甲": "3"}),
        (["甲 ＝ 是", "乙=FALSE"], {"甲": True, "乙": False}),
        (["甲=60%、80%、100%"], {"甲": ["60%", "80%", "100%"]}),
        (["甲=编报完整、及时"], {"甲": "编报完整、及时"}),
        (["甲=2099-01-02、2099-03-04"], {"甲": ["2099-01-02", "2099-03-04"]}),
        (["甲=-5%"], {"甲": "-5%"}),
        (["甲=乙=3"], {"甲": "乙=3"}),
        (["甲=1,200万元"], {"甲": "1,200万元"}),
    ],
)
def test_values(arguments: list[str], values: dict[str, object]) -> None:
    read = read_values(arguments)
    assert read.value == values
    assert read.diagnostics == ()


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        ([], "R1212", "缺少「评分标准」"),
        (["  "], "R1212", "缺少「评分标准」"),
        ([CLAUSE, "调剂比例=3%"], "R1212", "缺少「--points」"),
        ([CLAUSE, "--points", "1分"], "R1213", "应为大于 0 的数，实际为「1分」"),
        ([CLAUSE, "--points", "0.0"], "R1213", "应为大于 0 的数"),
        ([CLAUSE, "--points", "²"], "R1213", "应为大于 0 的数"),
        ([CLAUSE, "--points"], "R1213", "选项「--points」后面缺少内容"),
        ([CLAUSE, "--points", "1", "调剂比例"], "R1222", "「调剂比例」应写成“名称=内容”"),
        ([CLAUSE, "--points", "1", "=3"], "R1222", "「=3」应写成“名称=内容”"),
        ([CLAUSE, "--points", "1", "甲="], "R1222", "「甲=」应写成“名称=内容”"),
        ([CLAUSE, "--points", "1", "甲\n乙=3"], "R1222", "应写成“名称=内容”"),
        ([CLAUSE, "--points", "1", "甲=3", "甲=4"], "R1222", "「甲」写了两次"),
        (["--cases", "各句.jsonl", CLAUSE], "R1223", "「--cases」不能与「评分标准」同时写"),
        (["--cases", "各句.jsonl", "--rubric", "--explain"], "R1223", "「--explain」、「--rubric」"),
        (["--cases", "没有这个文件.jsonl"], "R1220", "没有找到文件「没有这个文件.jsonl」"),
        ([CLAUSE, "--format", "xml"], "R1213", "可以写：text、json"),
        ([CLAUSE, "--point", "1"], "R1211", "写成 --points"),
    ],
)
def test_refused_usage(arguments: list[str], code: str, words: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert _try(*arguments) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.startswith(f"错误[{code}] ")
    assert words in printed.err


def test_several_slips_are_told_together(capsys: pytest.CaptureFixture[str]) -> None:
    assert _try(CLAUSE, "甲", "--format", "json") == 2
    assert [finding["code"] for finding in _json(capsys)["findings"]] == ["R1222", "R1212"]


# --- a file of clauses ------------------------------------------------------------------------------------------------


def _file(folder: Path, *lines: object) -> str:
    path = folder / "各句.jsonl"
    texts = [line if isinstance(line, str) else json.dumps(line, ensure_ascii=False) for line in lines]
    path.write_text("".join(f"{text}\n" for text in texts), encoding="utf-8")
    return str(path)


def test_cases_as_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    wrong = {**GOOD, "id": "乙", "cases": [{**GOOD["cases"][0], "score": "4"}]}
    assert _try("--cases", _file(tmp_path, GOOD, "", wrong), "--format", "json") == 0
    document = _json(capsys)
    assert [(found["id"], found["status"]) for found in document["clauses"]] == [("甲", "computed"), ("乙", "wrong")]
    assert document["totals"]["分档"] == document["totals"]["全部"]
    assert document["totals"]["全部"] == {
        "computed": 1,
        "computed_with_reading": 0,
        "wrong": 1,
        "judged": 0,
        "error": 0,
    }


def test_cases_as_text(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    step = {"id": "丙", "text": CLAUSE, "points": 1, "cases": [{"inputs": {"调剂比例": "12.3%"}, "score": 0.77}]}
    judged = {
        "id": "丁",
        "text": "落实不到位的酌情扣分。",
        "points": "1",
        "cases": [{"inputs": {"甲": "1"}, "score": "1"}],
    }
    unread: dict[str, Any] = {"id": "戊", "text": CLAUSE, "points": "1", "cases": [{"inputs": {}, "score": "1"}]}
    wrong = {**GOOD, "id": "己", "cases": [{**GOOD["cases"][0], "score": "4"}]}
    assert _try("--cases", _file(tmp_path, GOOD, step, judged, unread, wrong)) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].split() == ["类别", "共", "算对", "换读法后算对", "不一致", "由人评判", "没有算出"]
    assert lines[1].split() == ["全部", "5", "1", "1", "1", "1", "1"]
    rest = "\n".join(lines[lines.index("没有直接算对的") :])
    assert "丙  换读法后算对  「超出一个百分点」取“按比例”" in rest
    assert "丁  由人评判" in rest
    assert "戊  没有算出      R0205 " in rest
    assert "己  不一致        算得 5，应为 4" in rest
    assert "甲" not in rest


def test_the_clauses_of_this_folder(capsys: pytest.CaptureFixture[str]) -> None:
    assert _try("--cases", str(ROOT / "tests" / "trying" / "clauses.jsonl"), "--format", "json") == 0
    counts = _json(capsys)["totals"]["全部"]
    assert counts["computed"] == sum(counts.values())


def test_a_fault_is_told_with_its_own_exit_code(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(*_: object) -> object:
        raise ValueError

    monkeypatch.setattr("rubric.trying.cases.understand", fail)
    assert _try("--cases", _file(tmp_path, GOOD)) == 3
    assert "程序自身出了错，不是这条标准有问题" in capsys.readouterr().out


def _without(name: str) -> dict[str, Any]:
    return {key: value for key, value in GOOD.items() if key != name}


@pytest.mark.parametrize(
    ("line", "code", "words"),
    [
        ('{"text": ', "R1224", "第 2 行不是 JSON"),
        ('{"text": "甲",, "points": "1"}', "R1224", "第 2 行不是 JSON"),
        ("满意度≥90%的，得5分", "R1224", "第 2 行不是 JSON"),
        ('{"text": NaN}', "R1224", "第 2 行不是 JSON"),
        ("[" * 100_000, "R1224", "第 2 行不是 JSON"),
        ([GOOD], "R1226", "第 2 行应为花括号里的各栏"),
        ('"甲"', "R1226", "应为花括号里的各栏"),
        (_without("text"), "R1225", "第 2 行缺少「text」"),
        (_without("cases"), "R1225", "第 2 行缺少「cases」"),
        ({"id": "甲"}, "R1225", "缺少「text」、「points」、「cases」"),
        ({**GOOD, "cases": []}, "R1225", "缺少「cases」"),
        ({**GOOD, "text": "  "}, "R1225", "缺少「text」"),
        ({**GOOD, "text": ["甲"]}, "R1226", "第 2 行的「text」应为加引号的文字"),
        ({**GOOD, "points": True}, "R1226", "「points」应为加引号的文字"),
        ({**GOOD, "kind": ["甲"]}, "R1226", "「kind」应为加引号的文字"),
        ({**GOOD, "cases": {"inputs": {}}}, "R1226", "「cases」应为方括号里的各例"),
        ({**GOOD, "cases": ["甲"]}, "R1226", "「cases」第 1 例应为花括号里的 inputs 和 score"),
        ({**GOOD, "cases": [GOOD["cases"][0], {"score": "5"}]}, "R1225", "缺少「cases」第 2 例的「inputs」"),
        ({**GOOD, "cases": [{"inputs": ["92%"]}]}, "R1226", "「inputs」应为花括号里的"),
        ({**GOOD, "cases": [{"inputs": {"满意度": None}}]}, "R1226", "的「满意度」应为一个值"),
        ({**GOOD, "cases": [{"inputs": {"满意度": {"甲": "1"}}}]}, "R1226", "的「满意度」应为一个值"),
        ({**GOOD, "cases": [{"inputs": {"满意度": [None]}}]}, "R1226", "的「满意度」应为一个值"),
        ({**GOOD, "cases": [{**GOOD["cases"][0], "score": ["5"]}]}, "R1226", "「score」应为一个数"),
    ],
)
def test_a_bad_line_refuses_the_file(
    line: object, code: str, words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _try("--cases", _file(tmp_path, GOOD, line)) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.startswith(f"错误[{code}] ")
    assert words in printed.err
    assert "各句.jsonl:2:" in printed.err


def test_bad_lines_are_told_together_in_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert _try("--cases", _file(tmp_path, "{", _without("text"), GOOD), "--format", "json") == 2
    assert [finding["code"] for finding in _json(capsys)["findings"]] == ["R1224", "R1225"]


def test_numbers_without_quotation_marks_are_kept_as_written() -> None:
    line = '{"text": "甲", "points": 2.50, "cases": [{"inputs": {"率": 0.1000000000000000055}, "score": 1}]}'
    read = read_clauses(SourceText("各句.jsonl", line))
    assert read.diagnostics == ()
    clause = read.value[0]
    assert clause["points"] == "2.50"
    assert clause["cases"] == [{"inputs": {"率": "0.1000000000000000055"}, "score": "1"}]
    assert (clause["id"], clause["kind"]) == ("", "")
