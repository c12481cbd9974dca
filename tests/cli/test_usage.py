"""What was typed wrongly is told in Chinese, with its code and a remedy; the exit code is 2."""

import re
from collections.abc import Callable

import click
import pytest

from rubric.cli import main
from rubric.cli.entry import COMMANDS
from rubric.cli.words import Command
from rubric.diagnostics.explain import load_page
from rubric.language import LANGUAGE_VERSION
from rubric.version import __version__

ENGLISH = re.compile(r"\b(Usage|Options|Error|Commands|Show|Try|argument|option|Missing|No such|default)\b")


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        ("scor 2022", "R1210", "写成 rubric score"),
        ("什么", "R1210", f"命令有：{'、'.join(COMMANDS)}"),
        ("check 2022 --formt json", "R1211", "写成 --format"),
        ("score 2022 a.yaml --explian 16", "R1211", "写成 --explain"),
        ("score", "R1212", "缺少「评分表」"),
        ("score 2022", "R1212", "写成 rubric score [选项] 评分表 数据文件"),
        ("explain", "R1212", "缺少「编号」"),
        ("check 2022 --format", "R1213", "选项「--format」后面缺少内容"),
        ("check 2022 --format xml", "R1213", "可以写：text、json"),
        ("check 2022 --width 十", "R1213", "应为 60 到 400 的整数，实际为「十」"),
        ("check 2022 --width 10", "R1213", "应为 60 到 400 的整数，实际为「10」"),
        ("list --help=甲", "R1213", "选项「--help」后面多出内容"),
        ("score 2022 a.yaml --fail-on 偏高，很高", "R1213", "选项「--fail-on」不能写「很高」"),
        ("list 甲 乙", "R1214", "命令中多出「甲」、「乙」"),
        ("explain R1210 R1211", "R1214", "写成 rubric explain [选项] 编号"),
        ("explain R9999", "R1219", "没有「R9999」这个编号"),
        ("--verson", "R1211", "写成 --version"),
    ],
)
def test_refused_usage(arguments: str, code: str, words: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(arguments.split()) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.startswith(f"错误[{code}] ")
    assert words in printed.err
    assert printed.err.rstrip().endswith(f"详见：rubric explain {code}")
    assert not ENGLISH.search(printed.err)


@pytest.mark.parametrize(
    "arguments",
    [
        "",
        "--help",
        *(
            f"{name} --help"
            for name in [
                "score",
                "facts",
                "check",
                "try",
                "fmt",
                "test",
                "population",
                "diff",
                "impact",
                "explain",
                "list",
            ]
        ),
    ],
)
def test_help_is_chinese(arguments: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(arguments.split()) == 0
    printed = capsys.readouterr()
    assert printed.err == ""
    assert "用法：rubric" in printed.out
    assert "示例：" in printed.out
    assert "显示本说明" in printed.out
    assert not ENGLISH.search(printed.out)


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == 0
    assert capsys.readouterr().out == f"rubric {__version__}（语言第 {LANGUAGE_VERSION} 版）\n"


@pytest.mark.parametrize("written", ["R1210", "r1210", "1210", "Ｒ１２１０"])
def test_explain_prints_the_page(written: str, capsys: pytest.CaptureFixture[str]) -> None:
    page = load_page("R1210")
    assert page is not None
    assert main(["explain", written]) == 0
    assert capsys.readouterr().out == page.text


def test_editions_is_another_name_of_list(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["list"]) == 0
    listed = capsys.readouterr().out
    assert main(["editions"]) == 0
    assert capsys.readouterr().out == listed
    assert "2022" in listed


def _fails() -> Callable[[], int]:
    def fail() -> int:
        raise KeyError("秘密")

    return fail


def _command(callback: Callable[[], int], monkeypatch: pytest.MonkeyPatch) -> None:
    def command(_root: object, _ctx: click.Context, _name: str) -> click.Command:
        return Command("list", callback=callback)

    monkeypatch.setattr("rubric.cli.entry.Root.get_command", command)


def test_a_fault_of_ours_is_a_sentence(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.delenv("RUBRIC_DEBUG", raising=False)
    _command(_fails(), monkeypatch)
    assert main(["list"]) == 3
    printed = capsys.readouterr()
    assert printed.out == ""
    assert "程序自身出了错" in printed.err
    assert "秘密" not in printed.err


def test_its_details_are_shown_on_demand(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("RUBRIC_DEBUG", "1")
    _command(_fails(), monkeypatch)
    assert main(["list"]) == 3
    assert "KeyError: '秘密'" in capsys.readouterr().err
