"""`rubric check --fix`.

Takes a checked rubric; shows the certain repairs as a diff, writes them where the author says so, and shows what the check
then says. Never writes an edition that was issued, and never without being told.
"""

import sys
from pathlib import Path

from rubric.api import Rubric
from rubric.cli.opening import terminal_width
from rubric.cli.output import DONE, REFUSED, Refused, write, write_findings, write_json
from rubric.cli.unified import unified, write_raw
from rubric.diagnostics.model import Diagnostic


def fix(table: Rubric, *, yes: bool, prove: bool, as_json: bool, width: int | None) -> int:
    """The whole of `--fix`; gives the exit code."""
    from rubric import errors
    from rubric.pipeline import compile_rubric
    from rubric.repaired import ISSUED, repaired, repairs_of
    from rubric.reporting.repairs import compared_json, proofs_compared, repair_lines

    name = table.source.name
    repairs = repairs_of(table.source, table.program)
    if not repairs:
        findings: tuple[Diagnostic, ...] = (errors.nothing_certain(name),)
        if as_json:
            write_json(_document([], "", False, None, findings))
        else:
            write_findings(findings)
        return REFUSED if table.errors else DONE
    after = repaired(table.source, repairs)
    difference = unified(table.source.text, after.text, name)
    columns = terminal_width(width)
    if not as_json:
        write("可以确定的修补（不改变任何得分）：")
        write("\n".join(repair_lines([(r.title, r.line) for r in repairs], columns)) + "\n")
        write_raw(difference)
        write("")
    issued = table.program.status == ISSUED
    wanted = not issued and (yes or (not as_json and _agreed(name)))
    if wanted:
        _write(table, after.text)
    again = Rubric(compile_rubric(after).value, after).checked(prove=prove)
    before = table.checked(prove=prove)
    assert before.proofs is not None
    assert again.proofs is not None
    findings = (errors.issued_stays(name),) if issued else ()
    if as_json:
        proofs = compared_json(before.proofs, again.proofs)
        items = [{"indicator": r.indicator, "title": r.title, "line": r.line} for r in repairs]
        write_json(_document(items, difference, wanted, proofs, findings))
        return REFUSED if table.errors else DONE
    write("\n".join(proofs_compared(before.proofs, again.proofs, columns)) + "\n")
    if wanted:
        write(f"已写入 {name}")
    elif not issued:
        write("没有写入。要写入的，运行 rubric check 评分表 --fix --yes")
    write_findings(findings)
    return REFUSED if table.errors else DONE


def _agreed(name: str) -> bool:
    """Ask at a terminal; elsewhere nobody can answer, so nothing is written."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        return False
    sys.stdout.write(f"把以上修补写入 {name}？写入的输入 y，不写的直接回车：")
    sys.stdout.flush()
    return sys.stdin.readline().strip().lower() in ("y", "yes", "是")


def _write(table: Rubric, text: str) -> None:
    from rubric import errors
    from rubric.files import read_source, rewrite

    path = table.path if table.path is not None else Path(table.source.name)
    now = read_source(path, table.source.name).value
    changed = now is None or now.text != table.source.text
    finding = errors.unwritable_file(str(path)) if changed else rewrite(path, text)
    if finding is not None:
        raise Refused([finding])


def _document(
    repairs: list[dict[str, str]],
    difference: str,
    written: bool,
    proofs: dict[str, object] | None,
    findings: tuple[Diagnostic, ...],
) -> dict[str, object]:
    from rubric.diagnostics.render import as_json

    return {
        "schema_version": "1",
        "repairs": repairs,
        "diff": difference,
        "written": written,
        "proofs": proofs,
        "findings": [as_json(finding) for finding in findings],
    }
