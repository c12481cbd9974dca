"""The workflow that the docs ship is one: its commands exist with their options, and its script does what the page says."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from typing import Any, cast

import click
import pytest
import yaml

from checkout import PACKAGE, ROOT
from rubric.cli.entry import COMMANDS

WORKFLOW = ROOT / "docs" / "ci" / "rubric-review.yml"
PAGE = ROOT / "docs" / "ci.md"
# Written for, but not yet there: command → options.
AWAITED: Mapping[str, set[str]] = {"test": {"--coverage", "--html"}}
_CALL = re.compile(r"(?<![\w./-])rubric ([a-z]+)\b([^|&;\n]*)")


def workflow() -> Any:
    # BaseLoader: the key `on` is a word, and no yes.
    return yaml.load(WORKFLOW.read_text("utf-8"), Loader=yaml.BaseLoader)


def steps() -> list[Mapping[str, Any]]:
    return cast("list[Mapping[str, Any]]", workflow()["jobs"]["review"]["steps"])


def script() -> str:
    return next(str(step["run"]) for step in steps() if step.get("id") == "review")


def calls(text: str) -> list[tuple[str, list[str]]]:
    """Every `rubric` command in a text, with the options it is given."""
    joined = text.replace("\\\n", " ")
    return [(name, re.findall(r"(?<=\s)--?[a-z][a-z-]*", rest)) for name, rest in _CALL.findall(joined)]


def test_the_workflow_runs_on_changed_rubrics_with_the_least_rights() -> None:
    read = workflow()
    assert read["on"] == {"pull_request": {"paths": ["rubrics/**"]}}
    assert read["permissions"] == {"contents": "read", "pull-requests": "write"}
    # What others wrote comes into a script by the environment only.
    assert [step["name"] for step in steps() if "${{" in step.get("run", "")] == []
    assert {name for name, _ in calls(script())} == {"lock", "check", "test", "diff", "impact"}


@pytest.mark.parametrize("path", [WORKFLOW, PAGE], ids=lambda path: path.name)
def test_every_command_named_exists_with_its_options(path: Path) -> None:
    named = re.findall(r"`(rubric [^`]+)`|^(rubric .*)$", path.read_text("utf-8"), re.M)
    found = calls(script() if path == WORKFLOW else "\n".join(quoted or line for quoted, line in named))
    assert found
    for name, options in found:
        assert name in COMMANDS, name
        command = cast("click.Command", import_module(f"rubric.cli.{name}_command").command)
        known = {"--help", *(option for param in command.params for option in param.opts)}
        assert set(options) <= known | AWAITED.get(name, set()), (name, options)


TABLE = """\
指标体系：示例评分表
评价年度：{year}年

三级指标 满意度（4分）
  评分标准
    1. 满意度≥90%的，得4分；
    2. 满意度<90%的，得{low}分。
  数据
    满意度：%，0%-100%
"""
ISSUED = "印发单位: 示例市财政局\n评价年度: 2098\n状态: 正式\n"


@pytest.mark.skipif(shutil.which("git") is None or shutil.which("bash") is None, reason="needs git and bash")
def test_the_script_checks_compares_and_refuses_a_changed_issue(tmp_path: Path) -> None:
    checkout, bin = tmp_path / "checkout", tmp_path / "bin"
    bin.mkdir()
    start = "import sys; from rubric.cli import main; sys.exit(main())"
    (bin / "rubric").write_text(f'#!/bin/sh\nexec "{sys.executable}" -c "{start}" "$@"\n', "utf-8")
    (bin / "rubric").chmod(0o755)
    environment = {
        **os.environ,
        "PATH": f"{bin}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": str(PACKAGE.parent),
        "PYTHONUTF8": "1",
        "DEPARTMENTS": "5",
        "SEED": "7",
        "GITHUB_STEP_SUMMARY": str(tmp_path / "summary"),
        "GITHUB_OUTPUT": str(tmp_path / "output"),
    }

    def run(*words: str) -> str:
        done = subprocess.run(words, cwd=checkout, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, (words, done.stdout, done.stderr)
        return done.stdout.strip()

    def put(year: int, low: int) -> None:
        (checkout / "rubrics" / str(year)).mkdir(parents=True, exist_ok=True)
        (checkout / "rubrics" / str(year) / "示例.rubric").write_text(TABLE.format(year=year, low=low), "utf-8")

    def commit() -> str:
        run("git", "add", "-A")
        run("git", "-c", "user.name=示例", "-c", "user.email=example@example.invalid", "commit", "-qm", "示例")
        return run("git", "rev-parse", "HEAD")

    put(2098, 1)
    cases = checkout / "rubrics" / "2098" / "cases" / "示例.yaml"
    cases.parent.mkdir()
    cases.write_text("用例:\n  - 名称: 低的一档\n    数据: {满意度: 80%}\n    期望: {满意度: 1}\n", "utf-8")
    (checkout / "rubrics" / "2098" / "edition.yaml").write_text(ISSUED, "utf-8")
    run("git", "init", "-q")
    run("rubric", "lock")
    environment["BASE"] = commit()
    put(2098, 2)
    put(2099, 3)
    commit()
    run("bash", "-c", script().replace(" --coverage", "").replace(' --html "report/$year-$name-coverage.html"', ""))

    report = (checkout / "report" / "report.md").read_text("utf-8")
    assert "核对已锁定的年度版本（退出码 2）" in report
    assert "锁定时为“1”" in report
    # The issued one against what it was, the new year against the last.
    assert report.index("### 2098/示例") < report.index("### 2099/示例")
    changed, started = report[report.index("### 2098/示例") :].split("### 2099/示例")
    for words in ("检查（退出码 2）", "用例和覆盖（退出码", "改了什么（退出码 2）"):
        assert words in changed
    for words in (
        "检查（退出码 0）",
        "没有用例",
        "改了什么（退出码 0）",
        "影响（生成数据 5 个部门，种子 7）（退出码 0）",
    ):
        assert words in started
    assert (tmp_path / "output").read_text("utf-8") == "failed=1\n"
    assert (tmp_path / "summary").read_text("utf-8") == report
    assert sorted(p.name for p in (checkout / "report").glob("*.html")) == [
        f"{year}-示例-{what}.html" for year in (2098, 2099) for what in ("diff", "impact")
    ]
