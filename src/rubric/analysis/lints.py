"""Findings about a compiled rubric."""

from rubric.core.program import Program
from rubric.diagnostics.model import Diagnostic
from rubric.source import SourceText


def lint(source: SourceText, program: Program) -> tuple[Diagnostic, ...]:
    return ()
