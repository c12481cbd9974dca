"""The author's lines that settle a reading.

Takes a rubric's text and an ambiguity that no line settles; gives for each alternative the line that can be pasted under
口径. Never a line that has not been read again and found to settle it so.
"""

from rubric.core import program as core
from rubric.core.record import Record
from rubric.diagnostics.model import Severity
from rubric.evaluator.evaluate import evaluate
from rubric.improving.ambiguities import Ambiguity
from rubric.pipeline import compile_rubric
from rubric.repaired import with_line
from rubric.source import SourceText

_FORMS = ("“{word}”按{alternative}计", "“{word}”限于{alternative}", "“{word}”指{alternative}")


def settling_lines(source: SourceText, ambiguity: Ambiguity) -> tuple[str, ...]:
    """For each alternative its line, "" where none of the forms settles it."""
    if ambiguity.settled or ambiguity.record is None:
        return tuple("" for _ in ambiguity.choice.alternatives)
    before = _codes(source)
    return tuple(_line(source, ambiguity, index, before) for index in range(len(ambiguity.choice.alternatives)))


def _line(source: SourceText, ambiguity: Ambiguity, index: int, before: list[str]) -> str:
    """The first form after which the text takes this alternative, and has no new finding."""
    name, alternative = ambiguity.choice.name, ambiguity.choice.alternatives[index].name
    word = name.removeprefix(f"{ambiguity.indicator.name}·")
    assert ambiguity.record is not None
    for form in _FORMS:
        line = form.format(word=word, alternative=alternative).replace("”按按", "”按")
        written = with_line(source, ambiguity.indicator.name, line)
        if written is None:
            return ""
        settled = compile_rubric(written).value
        is_open = any(c.name == name and c.origin is core.ChoiceOrigin.DEFAULT for c in settled.choices)
        fits = _score(settled, ambiguity.indicator.name, ambiguity.record) == ambiguity.scores[index]
        if fits and not is_open and not _more(_codes(written), before):
            return line
    return ""


def _score(program: core.Program, indicator: str, record: Record) -> object:
    return next((o.score for o in evaluate(program, record).indicators if o.indicator.name == indicator), None)


def _codes(source: SourceText) -> list[str]:
    return [d.code for d in compile_rubric(source).diagnostics if d.severity is not Severity.NOTE]


def _more(codes: list[str], before: list[str]) -> bool:
    """Whether there is a finding that was not there before."""
    left = list(before)
    for code in codes:
        if code not in left:
            return True
        left.remove(code)
    return False
