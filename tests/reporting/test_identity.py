"""Every result says what it was made of: the rubric's fingerprints, the facts', the engine, the version of the language."""

import json

import pytest

import edition_2022 as edition
import rubric
from rubric.cli import main
from rubric.reporting.identity import identity_line
from rubric.version import __version__

PROGRAM = edition.program()
CASE = str(edition.CASE)
RUBRIC = f"含义 {PROGRAM.meaning_sha256[:8]}，原文 {PROGRAM.source_sha256[:8]}"
FACTS = f"数据 {edition.case_record().sha256[:8]}"
ENGINE = f"rubric-lang {__version__}，语言第 1 版"


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["score", "2022", CASE], (RUBRIC, FACTS, ENGINE)),
        (["score", "2022", CASE, "--explain", "16"], (RUBRIC, FACTS, ENGINE)),
        (["score", "2022", CASE, CASE], (RUBRIC, FACTS.removeprefix("数据 "), ENGINE)),
        (["check", "2022", "--no-prove"], (RUBRIC, ENGINE)),
        (["facts", "2022"], (RUBRIC, ENGINE)),
    ],
    ids=["score", "explain", "group", "check", "facts"],
)
def test_a_text_has_one_line_of_it(
    arguments: list[str], told: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == 0
    printed = capsys.readouterr().out
    assert printed.count("校验码：") == 1
    for words in told:
        assert words in printed


@pytest.mark.parametrize(
    "arguments", [["score", "2022", CASE], ["score", "2022", CASE, CASE], ["check", "2022", "--no-prove"]]
)
def test_json_has_the_whole_digests(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*arguments, "--format", "json"]) == 0
    document = json.loads(capsys.readouterr().out)
    for part in document.get("units", [document]):
        assert part["engine"] == f"rubric-lang {__version__}"
        assert part["rubric"]["meaning_sha256"] == PROGRAM.meaning_sha256
        assert part["rubric"]["source_sha256"] == PROGRAM.source_sha256
        assert part["rubric"]["language_version"] == 1
        if arguments[0] == "score":
            assert part["facts_sha256"] == edition.case_record().sha256


def test_mappings_have_a_digest_of_their_content() -> None:
    table = rubric.load("2022")
    one = table.score({"单位": "某局", "数据": {"核定编制数": "79人"}}).outcome.record.sha256
    assert len(one) == 64
    assert table.score({"数据": {"核定编制数": "79人"}, "单位": "某局"}).outcome.record.sha256 == one
    assert table.score({"单位": "某局", "数据": {"核定编制数": "78人"}}).outcome.record.sha256 != one


def test_what_has_no_digest_is_left_out() -> None:
    assert identity_line(PROGRAM) == f"校验码：{RUBRIC}；{ENGINE}"
