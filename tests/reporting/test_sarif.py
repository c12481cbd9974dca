"""The SARIF log has the published shape, points at the author's characters, and knows no path of the machine."""

import json
from pathlib import Path
from typing import Any

import pytest

from rubric.cli import main
from rubric.diagnostics.model import Diagnostic, Label, Severity, reason
from rubric.diagnostics.registry import CODES
from rubric.reporting.sarif import sarif_log
from rubric.source import SourceText, Span
from schema_checker import problems

# The parts of the published schema (OASIS, sarif-schema-2.1.0.json) that the log uses, with what it requires of them.
_TEXT = {
    "type": "object",
    "required": ["text"],
    "properties": {"text": {"type": "string"}},
    "additionalProperties": False,
}
_PLACE = {
    "type": "object",
    "properties": {
        "id": {"type": "integer"},
        "message": {"$ref": "#/$defs/text"},
        "physicalLocation": {
            "type": "object",
            "required": ["artifactLocation"],
            "properties": {
                "artifactLocation": {
                    "type": "object",
                    "required": ["uri"],
                    "properties": {
                        "uri": {"type": "string", "pattern": r"^[A-Za-z0-9._%\-]+(/[A-Za-z0-9._%\-]+)*$"},
                        "uriBaseId": {"const": "%SRCROOT%"},
                    },
                    "additionalProperties": False,
                },
                "region": {
                    "type": "object",
                    "required": ["startLine"],
                    "properties": {
                        name: {"type": "integer"} for name in ("startLine", "startColumn", "endLine", "endColumn")
                    },
                    "additionalProperties": False,
                },
            },
            "additionalProperties": False,
        },
    },
    "additionalProperties": False,
}
_LEVEL = {"enum": ["none", "note", "warning", "error"]}
_RULE = {
    "type": "object",
    "required": ["id"],
    "properties": {
        "id": {"type": "string", "pattern": r"^R\d{4}$"},
        "shortDescription": {"$ref": "#/$defs/text"},
        "fullDescription": {"$ref": "#/$defs/text"},
        "help": {
            "type": "object",
            "required": ["text"],
            "properties": {"text": {"type": "string"}, "markdown": {"type": "string"}},
            "additionalProperties": False,
        },
        "defaultConfiguration": {"type": "object", "properties": {"level": _LEVEL}, "additionalProperties": False},
        "properties": {"type": "object"},
    },
    "additionalProperties": False,
}
_RESULT = {
    "type": "object",
    "required": ["message"],
    "properties": {
        "ruleId": {"type": "string"},
        "ruleIndex": {"type": "integer"},
        "level": _LEVEL,
        "message": {"$ref": "#/$defs/text"},
        "locations": {"type": "array", "items": {"$ref": "#/$defs/place"}},
        "relatedLocations": {"type": "array", "items": {"$ref": "#/$defs/place"}},
        "partialFingerprints": {"type": "object", "additionalProperties": True},
        "properties": {"type": "object"},
    },
    "additionalProperties": False,
}
SHAPE: dict[str, Any] = {
    "$defs": {"text": _TEXT, "place": _PLACE},
    "type": "object",
    "required": ["version", "runs"],
    "properties": {
        "$schema": {"type": "string"},
        "version": {"const": "2.1.0"},
        "runs": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["tool"],
                "properties": {
                    "tool": {
                        "type": "object",
                        "required": ["driver"],
                        "properties": {
                            "driver": {
                                "type": "object",
                                "required": ["name"],
                                "properties": {
                                    "name": {"type": "string"},
                                    "semanticVersion": {"type": "string"},
                                    "language": {"type": "string", "pattern": "^[a-zA-Z]{2}-[a-zA-Z]{2}$"},
                                    "rules": {"type": "array", "items": _RULE},
                                },
                                "additionalProperties": False,
                            }
                        },
                        "additionalProperties": False,
                    },
                    "language": {"type": "string"},
                    "columnKind": {"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
                    "results": {"type": "array", "items": _RESULT},
                },
                "additionalProperties": False,
            },
        },
    },
    "additionalProperties": False,
}

SOURCE = SourceText("/somewhere/else/表 一.rubric", "第一行\n𠮷林率≥90%的，得3分。\n")
START = SOURCE.text.index("率")
PLACED = Diagnostic(
    "R0503",
    Severity.WARNING,
    "分档有空档",
    (Label(SOURCE, Span(START, START + 5), "上一档"), Label(SOURCE, Span(0, 3), "下一档")),
    (reason("例如 89.5%"),),
    "甲",
)
UNPLACED = Diagnostic("R0804", Severity.NOTE, "没有写计分办法")


def _log(*diagnostics: Diagnostic, **addresses: str) -> dict[str, Any]:
    return json.loads(json.dumps(sarif_log(diagnostics, SOURCE, addresses), ensure_ascii=False))


def test_the_log_has_the_published_shape() -> None:
    assert list(problems(_log(PLACED, UNPLACED), SHAPE)) == []
    assert list(problems(_log(), SHAPE)) == []


def test_columns_count_utf16_units_from_one_and_ends_are_exclusive() -> None:
    first = _log(PLACED)["runs"][0]["results"][0]
    region = first["locations"][0]["physicalLocation"]["region"]
    # 𠮷 is two units wide: 林 stands in column 3, 率 in column 4.
    assert region == {"startLine": 2, "startColumn": 4, "endLine": 2, "endColumn": 9}
    assert first["relatedLocations"][0]["message"] == {"text": "下一档"}


@pytest.mark.parametrize(("severity", "level"), [(s, s.value) for s in Severity])
def test_levels_are_the_severities(severity: Severity, level: str) -> None:
    found = _log(Diagnostic("R0503", severity, "分档有空档"))["runs"][0]["results"][0]
    assert found["level"] == level


def test_no_path_of_the_machine_is_told() -> None:
    assert "somewhere" not in json.dumps(_log(PLACED, UNPLACED))
    placed = _log(PLACED)["runs"][0]["results"][0]["locations"][0]["physicalLocation"]
    assert placed["artifactLocation"]["uri"] == "%E8%A1%A8%20%E4%B8%80.rubric"


def test_a_known_address_is_relative_and_quoted() -> None:
    log = sarif_log((PLACED,), SOURCE, {SOURCE.name: "rubrics/2099/表.rubric"})
    assert '"uri": "rubrics/2099/%E8%A1%A8.rubric"' in json.dumps(log)


def test_a_rule_helps_with_its_page() -> None:
    (rule,) = _log(PLACED)["runs"][0]["tool"]["driver"]["rules"]
    assert rule["shortDescription"]["text"] == CODES["R0503"].title
    assert "## 修正示例" in rule["help"]["markdown"]


def test_each_result_names_its_rule_by_place() -> None:
    run = _log(PLACED, UNPLACED)["runs"][0]
    rules = run["tool"]["driver"]["rules"]
    assert [rules[result["ruleIndex"]]["id"] for result in run["results"]] == [r["ruleId"] for r in run["results"]]


def test_a_finding_without_a_place_is_about_the_whole_text() -> None:
    (result,) = _log(UNPLACED)["runs"][0]["results"]
    assert "region" not in result["locations"][0]["physicalLocation"]


def _unreadable(kind: str, folder: Path) -> tuple[str, str]:
    """A file that cannot be used, and the code of why."""
    path = folder / "某表.rubric"
    match kind:
        case "没有这个文件":
            return str(path), "R1220"
        case "文件夹":
            path.mkdir()
            return str(path), "R1220"
        case "别的编码":
            path.write_bytes("三级指标 甲（5分）".encode("utf-16"))
            return str(path), "R1203"
        case _:
            return "1999", "R0821"


@pytest.mark.parametrize("kind", ["没有这个文件", "文件夹", "别的编码", "没有这个年度"])
@pytest.mark.parametrize("form", ["sarif", "json"])
def test_what_cannot_be_read_is_told_in_the_form_asked_for(
    kind: str, form: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    name, code = _unreadable(kind, tmp_path)
    assert main(["check", name, "--format", form]) == 2
    printed = capsys.readouterr()
    document = json.loads(printed.out)
    assert printed.err == ""
    if form == "sarif":
        assert list(problems(document, SHAPE)) == []
        assert [result["ruleId"] for result in document["runs"][0]["results"]] == [code]
        assert str(tmp_path) not in json.dumps([r["locations"] for r in document["runs"][0]["results"]])
    else:
        assert [finding["code"] for finding in document["findings"]] == [code]


def test_facts_that_cannot_be_read_are_told_in_the_log(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "2022", "--no-prove", "--format", "sarif", "--facts", str(tmp_path / "没有.yaml")]) == 2
    assert json.loads(capsys.readouterr().out)["runs"][0]["results"][0]["ruleId"] == "R1220"
