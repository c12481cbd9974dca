"""The whole compiler on one screen.

Takes a source text; gives the core program with every finding met on the way. Never a file, a clock or a print.
"""

from collections.abc import Callable, Mapping

import attrs

from rubric.analysis.lints import lint
from rubric.core.program import Program
from rubric.diagnostics.model import Checked
from rubric.language import LANGUAGE_VERSION
from rubric.semantics.bounded import with_bounds
from rubric.semantics.deadlines import with_deadlines
from rubric.semantics.ellipsis import complete, usual_subject
from rubric.semantics.grown import with_grown
from rubric.semantics.lower import lower
from rubric.semantics.resolve import Resolution, Scope, resolve
from rubric.semantics.shared_ends import with_ends
from rubric.semantics.taken import with_taken
from rubric.semantics.typecheck import typecheck
from rubric.source import SourceText
from rubric.syntax import ast
from rubric.syntax.parse import parse


def compile_rubric(source: SourceText, language_version: int = LANGUAGE_VERSION) -> Checked[Program]:
    """The program of a text in the meaning of one of `language.READ_VERSIONS`; no other version has a meaning here."""
    done = _MEANINGS[language_version](source)
    return Checked(attrs.evolve(done.value, language_version=language_version), done.diagnostics)


def _version_1(source: SourceText) -> Checked[Program]:
    """parse → values → resolve → complete → typecheck → lower → lint. Always gives a program; an error leaves its clause 待定."""
    parsed = parse(source)
    valued = with_values(parsed.value)
    resolved = resolve(valued)
    ended = with_ends(with_subjects(valued, resolved.value))
    grown = with_grown(ended.value)
    document = grown.value
    typed = typecheck(document, resolved.value)
    lowered = lower(document, resolved.value, typed.value)
    stages = (parsed, resolved, ended, grown, typed, lowered)
    found = tuple(d for stage in stages for d in stage.diagnostics)
    return Checked(lowered.value, found + lint(source, lowered.value, found))


# A new version of the language is a function and a line here. The older ones stay, so that an edition of that version
# keeps its meaning; what has not changed between versions is the same stage in both.
_MEANINGS: Mapping[int, Callable[[SourceText], Checked[Program]]] = {1: _version_1}


def with_values(document: ast.Document) -> ast.Document:
    """Every sentence with the values of all units that it speaks of (最低报价, 取平均值), before names are bound: definitions too."""
    total = document.total
    return attrs.evolve(
        document,
        indicators=tuple(_with_values(indicator) for indicator in document.indicators),
        total=_with_values(total) if total is not None else None,
    )


def _with_values(indicator: ast.Indicator) -> ast.Indicator:
    cases = tuple(attrs.evolve(case, cell=with_taken(indicator, case.cell)) for case in indicator.cases)
    return attrs.evolve(indicator, cell=with_taken(indicator, indicator.cell), cases=cases)


def with_subjects(document: ast.Document, resolution: Resolution) -> ast.Document:
    """Every sentence with the subject its author left out."""
    pairs = zip(document.indicators, resolution.scopes, strict=True)
    total = document.total
    if total is not None and resolution.total is not None:
        total = _with_subjects(document, total, resolution.total)
    return attrs.evolve(
        document,
        indicators=tuple(_with_subjects(document, indicator, scope) for indicator, scope in pairs),
        total=total,
    )


def _with_subjects(document: ast.Document, indicator: ast.Indicator, scope: Scope) -> ast.Indicator:
    of_cases = (attrs.evolve(indicator, cell=case.cell, cases=()) for case in indicator.cases)
    cells = tuple(_with_subjects(document, of_case, scope).cell for of_case in of_cases)
    cases = tuple(attrs.evolve(case, cell=cell) for case, cell in zip(indicator.cases, cells, strict=True))
    cell = with_deadlines(indicator.cell, scope, (*indicator.data, *document.shared))
    done = with_bounds(indicator, complete(document.source, cell, scope, usual_subject(indicator, scope)))
    return attrs.evolve(indicator, cell=done, cases=cases)
