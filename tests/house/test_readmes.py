"""Every path that a guide names exists, and the two READMEs are twins."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from checkout import PACKAGE, ROOT, project_files

GUIDES = [path for path in project_files() if path.suffix == ".md" and "explain" not in path.parts]
_SUFFIXES = r"(?:md|py|rubric|yaml|lark|toml|json|txt|sh)"
_BACKTICKED = re.compile(r"`([^`\s]+)`")
_LINK = re.compile(r"\]\(([^)\s#]+)(?:#[^)]*)?\)")
_PATH = re.compile(rf"[\w.\-]+(?:/[\w.\-]+)*/?|[\w.\-]+\.{_SUFFIXES}")
_FENCED = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
_RUN = re.compile(r"^```sh run\n(.*?)^```", re.MULTILINE | re.DOTALL)


def _named(text: str) -> set[str]:
    prose = _FENCED.sub("", text)
    links = {link for link in _LINK.findall(prose) if "://" not in link}
    words = {
        word
        for word in _BACKTICKED.findall(prose)
        if _PATH.fullmatch(word) and (word.endswith("/") or re.search(rf"\.{_SUFFIXES}$", word))
    }
    return links | words


@pytest.mark.parametrize("guide", GUIDES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_path_named_exists(guide: Path) -> None:
    bases = (guide.parent, ROOT, PACKAGE)
    missing = [name for name in sorted(_named(guide.read_text("utf-8"))) if not any((b / name).exists() for b in bases)]
    assert not missing


def test_the_readmes_are_twins() -> None:
    english, chinese = (ROOT / name for name in ("README.md", "README.zh-CN.md"))
    texts = [path.read_text("utf-8") for path in (english, chinese)]
    assert _RUN.findall(texts[0]) == _RUN.findall(texts[1])
    assert len(_RUN.findall(texts[0])) == 2
    levels = [re.findall(r"^#+(?= )", _FENCED.sub("", text), re.MULTILINE) for text in texts]
    assert levels[0] == levels[1]


@pytest.mark.parametrize("name", ["README.md", "README.zh-CN.md"])
def test_the_readmes_show_what_the_command_prints(name: str) -> None:
    case = ROOT / "rubrics" / "2022" / "cases" / "罗湖区委组织部.yaml"
    command = [sys.executable, "-m", "rubric", "score", "2022", str(case)]
    environment = {**os.environ, "PYTHONPATH": str(PACKAGE.parent), "RUBRIC_CACHE": "off"}
    run = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, check=True)
    printed = run.stdout.decode("utf-8")
    shown = re.search(r"<!-- output -->\n+```text\n(.*?)```", (ROOT / name).read_text("utf-8"), re.DOTALL)
    assert shown is not None
    assert [line for line in shown[1].splitlines() if line not in printed] == []


@pytest.mark.parametrize("name", ["README.md", "README.zh-CN.md"])
def test_the_indicator_shown_stands_so_in_the_edition(name: str) -> None:
    source = (ROOT / "rubrics" / "2022" / "部门整体支出.rubric").read_text("utf-8")
    shown = re.search(r"```text\n(三级指标.*?)```", (ROOT / name).read_text("utf-8"), re.DOTALL)
    assert shown is not None
    assert [line for line in shown[1].splitlines() if line not in source] == []
