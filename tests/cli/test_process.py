"""The command as a process: encoding, pipes, imports."""

import os
import subprocess
import sys

from checkout import PACKAGE

ENVIRONMENT = {**os.environ, "PYTHONPATH": str(PACKAGE.parent)}


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "rubric", *arguments],
        env={**ENVIRONMENT, **environment},
        capture_output=True,
        timeout=60,
        check=False,
    )


def test_output_is_utf8_whatever_the_locale_says() -> None:
    ended = run("--help", PYTHONIOENCODING="gbk", LC_ALL="C")
    assert ended.returncode == 0
    assert "用法：rubric" in ended.stdout.decode("utf-8")
    refused = run("没有", PYTHONIOENCODING="ascii", LC_ALL="C")
    assert refused.returncode == 2
    assert "没有「" in refused.stderr.decode("utf-8")


def test_a_closed_pipe_is_quiet() -> None:
    start = "import sys; from rubric.cli import main; sys.exit(main(['explain', 'R1210']))"
    reader, writer = os.pipe()
    os.close(reader)
    ended = subprocess.run(
        [sys.executable, "-c", start], env=ENVIRONMENT, stdout=writer, stderr=subprocess.PIPE, timeout=60, check=False
    )
    os.close(writer)
    assert ended.stderr == b""
    assert ended.returncode == 0


def _imported_by(statement: str) -> set[str]:
    # What `typing` itself needs differs from one environment to the next, and is no concern of this package.
    start = "import sys, typing; before = set(sys.modules)"
    script = f"{start}; {statement}; print(*sorted(set(sys.modules) - before))"
    ended = subprocess.run([sys.executable, "-c", script], env=ENVIRONMENT, capture_output=True, text=True, check=True)
    return set(ended.stdout.split())


def test_importing_the_package_is_light() -> None:
    assert _imported_by("import rubric") <= {"rubric", "rubric.version", "__future__", "typing"}


def test_embedding_never_imports_the_command_line() -> None:
    imported = _imported_by("import rubric; rubric.load, rubric.RubricError")
    assert "click" not in imported
    assert not any(name.startswith("rubric.cli") for name in imported)


def test_only_the_command_asked_for_is_imported() -> None:
    imported = _imported_by("from rubric.cli import main")
    assert "rubric.cli.score_command" not in imported
    assert not imported & {"lark", "yaml", "rubric.pipeline", "rubric.api"}
