"""The one runner of the examples on explain pages.

Takes a page and a section; gives the findings that its blocks lead to, with their renderings. A `command` block runs
the command line in a folder that holds the section's other named blocks as files; `rubric` and `facts` blocks run in
process: compile, read, evaluate, audit. A facts block uses the rubric of its own section, else of an earlier one on the page.
"""

import os
import re
import subprocess
import sys
from pathlib import Path

import attrs

from checkout import PACKAGE
from rubric.diagnostics.explain import HEADINGS, Block, Page, Section
from rubric.diagnostics.model import Diagnostic, Severity
from rubric.diagnostics.render import SEVERITY_WORDS, render
from rubric.source import SourceText

BAD, FIXED = "错误示例", "修正示例"
_HEAD = re.compile(r"^ *(错误|警告|提示)\[(R\d{4})\] ")


@attrs.frozen
class Finding:
    code: str
    is_note: bool
    text: str


def findings_of(page: Page, heading: str, folder: Path) -> tuple[Finding, ...]:
    """What the examples of one section lead to. `folder` is an empty folder to run commands in."""
    section = page.section(heading)
    assert section is not None, f"{page.code}: 缺少「{heading}」"
    assert section.blocks, f"{page.code}: 「{heading}」 holds no example"
    if any(block.kind == "command" for block in section.blocks):
        return _run_commands(section, folder)
    return tuple(_finding(diagnostic) for diagnostic in _run_texts(_with_rubric(page, section)))


def _with_rubric(page: Page, section: Section) -> tuple[Block, ...]:
    if any(block.kind == "rubric" for block in section.blocks):
        return section.blocks
    earlier = page.sections[: page.sections.index(section)]
    rubrics = [block for other in earlier for block in other.blocks if block.kind == "rubric"]
    return (*rubrics[-1:], *section.blocks)


def _run_texts(blocks: tuple[Block, ...]) -> list[Diagnostic]:
    from rubric.audit.verdicts import audit, cross_check
    from rubric.evaluator.evaluate import evaluate
    from rubric.facts.reading import read_facts
    from rubric.pipeline import compile_rubric

    found: list[Diagnostic] = []
    program, source = None, None
    for block in blocks:
        if block.kind == "rubric":
            source = SourceText(block.name or "示例.rubric", block.text)
            compiled = compile_rubric(source)
            program = compiled.value
            found += compiled.diagnostics
        elif block.kind == "facts":
            assert program is not None, "a facts block needs a rubric block before it"
            record = read_facts(SourceText(block.name or "示例.yaml", block.text), program)
            found += record.diagnostics
            outcome = evaluate(program, record.value, source=source)
            found += outcome.diagnostics
            found += (finding for verdict in audit(outcome, source=source) for finding in verdict.diagnostics)
            found += cross_check(outcome)
    return found


def _finding(diagnostic: Diagnostic) -> Finding:
    return Finding(diagnostic.code, diagnostic.severity is Severity.NOTE, render(diagnostic))


def _run_commands(section: Section, folder: Path) -> tuple[Finding, ...]:
    for block in section.blocks:
        if block.name:
            path = folder / block.name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(_bytes(block))
    lines = [line for block in section.blocks if block.kind == "command" for line in block.text.splitlines()]
    return tuple(finding for line in lines if line.strip() for finding in _run_command(line.split(), folder))


def _bytes(block: Block) -> bytes:
    return bytes.fromhex(block.text) if block.kind == "hex" else block.text.encode(block.encoding)


def _run_command(words: list[str], folder: Path) -> tuple[Finding, ...]:
    assert words[0] == "rubric", words
    start = "import sys; from rubric.cli import main; sys.exit(main())"
    environment = {**os.environ, "PYTHONPATH": str(PACKAGE.parent), "PYTHONUTF8": "1"}
    run = subprocess.run(
        [sys.executable, "-c", start, *words[1:]],
        cwd=folder,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    assert run.returncode in {0, 1, 2}, run.stderr
    return _printed_findings((run.stdout + run.stderr).splitlines())


def _printed_findings(lines: list[str]) -> tuple[Finding, ...]:
    """Findings in what a command printed, drawn in full or as an item of a list; each ends at a blank line."""
    found: list[Finding] = []
    inside = False
    for line in lines:
        if head := _HEAD.match(line):
            found.append(Finding(head[2], head[1] == SEVERITY_WORDS[Severity.NOTE], line))
            inside = True
        elif inside and line:
            found[-1] = attrs.evolve(found[-1], text=f"{found[-1].text}\n{line}")
        else:
            inside = False
    return tuple(found)


__all__ = ["BAD", "FIXED", "HEADINGS", "Finding", "findings_of"]
