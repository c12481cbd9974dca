"""Findings as a short list: severity, code, title, place.

Takes findings; gives lines. Never the drawing of the source, which `diagnostics.render` makes.
"""

from collections.abc import Iterable

from rubric.diagnostics.model import Diagnostic, Severity
from rubric.diagnostics.render import SEVERITY_WORDS
from rubric.reporting.table import wrap


def finding_lines(diagnostics: Iterable[Diagnostic], width: int) -> list[str]:
    """One paragraph for each finding; a warning with its remedy (an error is drawn in full elsewhere)."""
    lines: list[str] = []
    for diagnostic in diagnostics:
        place = f"（{diagnostic.place}）" if diagnostic.place else ""
        head = f"{SEVERITY_WORDS[diagnostic.severity]}[{diagnostic.code}] {diagnostic.title}{place}"
        lines += wrap(head, width, "  ", "      ")
        for hint in diagnostic.hints[:1] if diagnostic.severity is Severity.WARNING else ():
            lines += wrap(f"{hint.kind}：{' '.join(hint.text.split())}", width, "      ", "      ")
    return lines


def counts(diagnostics: Iterable[Diagnostic]) -> str:
    """`错误 1 条，警告 2 条`; empty where there is none."""
    found = tuple(diagnostics)
    parts = ((severity, sum(d.severity is severity for d in found)) for severity in Severity)
    return "，".join(f"{SEVERITY_WORDS[severity]} {number} 条" for severity, number in parts if number)
