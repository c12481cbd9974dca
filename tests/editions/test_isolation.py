"""Editing 2023 cannot change 2022: its program, digests and scores depend on no file of another year, kept or read."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from checkout import PACKAGE, ROOT

CASE = "rubrics/2022/cases/罗湖区委组织部.yaml"
# Prints what was computed, and every file that was opened below a folder of rubrics on the way.
SCRIPT = """
import sys
opened = []
sys.addaudithook(lambda event, found: opened.append(str(found[0])) if event == "open" else None)
import json, rubric
result = rubric.load("2022").score(sys.argv[1])
program = result.outcome.program
files = sorted({name for name in opened if "/rubrics/" in name or name.startswith("rubrics/")})
print(json.dumps([program.source_sha256, program.meaning_sha256, result.to_json(), files]))
"""


def computed(folder: Path, cache: str) -> tuple[str, str, str, list[str]]:
    environment = {**os.environ, "PYTHONPATH": str(PACKAGE.parent), "RUBRIC_CACHE": cache, "PYTHONUTF8": "1"}
    environment["XDG_CACHE_HOME"] = str(folder / "cache")
    run = subprocess.run(
        [sys.executable, "-c", SCRIPT, CASE], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stderr
    source, meaning, result, files = json.loads(run.stdout)
    return source, meaning, result, files


@pytest.fixture
def library(tmp_path: Path) -> Path:
    folder = tmp_path
    shutil.copytree(ROOT / "rubrics" / "2022", folder / "rubrics" / "2022")
    shutil.copytree(ROOT / "rubrics" / "2022", folder / "rubrics" / "2023")
    (folder / "rubrics" / "2023" / "rubric.lock").unlink()
    return folder


def test_whatever_is_done_to_2023_leaves_2022(library: Path) -> None:
    first = computed(library, "on")
    files = first[3]
    assert files
    assert [name for name in files if "/2022/" not in name] == []

    other = library / "rubrics" / "2023"
    text = (other / "部门整体支出.rubric").read_text("utf-8")
    (other / "部门整体支出.rubric").write_text(text.replace("得4分", "得3分").replace("×6分", "×5分"), "utf-8")
    (other / "edition.yaml").write_text("评价年度: 2022\n状态: 草案\n语言版本: 99\n", "utf-8")
    assert computed(library, "on") == first  # From the cache that the first run filled.

    (other / "部门整体支出.rubric").write_bytes(b"\xff\x00")
    (other / "edition.yaml").write_text("[", "utf-8")
    (other / "rubric.lock").write_text("[", "utf-8")
    assert computed(library, "off") == first
