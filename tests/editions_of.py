"""Two editions of a rubric for a test: the issued table of 2022 with sentences replaced, or small tables of their own.

Takes replacements; gives programs. Never a comparison.
"""

from rubric.core import program as core
from rubric.pipeline import compile_rubric
from rubric.source import SourceText
from strategies import text_2022

HEAD = "指标体系：示例评分表\n评价年度：2099年（2100年印发）\n"


def edited(*replacements: tuple[str, str]) -> core.Program:
    """The table of 2022 with each text replaced by another."""
    text = text_2022()
    for before, after in replacements:
        assert before in text, before
        text = text.replace(before, after)
    return compiled(text)


def small(cell: str) -> core.Program:
    """A table of the given lines."""
    return compiled(HEAD + cell)


def compiled(text: str) -> core.Program:
    done = compile_rubric(SourceText("评分表", text))
    assert not [d for d in done.errors if d.code != "R0803"], [d.title for d in done.errors]
    return done.value
