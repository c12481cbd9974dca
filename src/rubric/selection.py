"""What a user's words pick out of a program: an indicator, a 口径, one of its alternatives.

Takes the words; gives the one thing they can only mean, or a finding that lists what they could. Never guesses.
An exact name comes first, then a name of which the words are a unique part.
"""

from collections.abc import Mapping, Sequence

from rubric import errors
from rubric.core.program import Choice, Indicator, Program
from rubric.diagnostics.model import Checked, Diagnostic
from rubric.syntax.fold import key

_CUTOFF = 2 / 3


def select_indicator(program: Program, words: str) -> Checked[Indicator | None]:
    """By name, by number (`16`, `3`, `03`) or by a unique part of the name."""
    wanted = key(words)
    for indicator in program.indicators:
        if wanted in (key(indicator.name), indicator.id):
            return Checked(indicator)
    if wanted.isdecimal():
        for indicator in program.indicators:
            if indicator.id.isdecimal() and int(indicator.id) == int(wanted):
                return Checked(indicator)
    parts = [indicator for indicator in program.indicators if wanted and wanted in key(indicator.name)]
    if len(parts) == 1:
        return Checked(parts[0])
    if parts:
        return Checked(None, (errors.several_indicators(words, [_numbered(i) for i in parts]),))
    names = [indicator.name for indicator in program.indicators]
    near = _nearest(words, names)
    return Checked(None, (errors.unknown_indicator(words, near, [_numbered(i) for i in program.indicators]),))


def select_readings(program: Program, readings: Mapping[str, str]) -> Checked[Mapping[str, int]]:
    """Names of 口径 and of alternatives → the program's own names and positions."""
    selected: dict[str, int] = {}
    findings: list[Diagnostic] = []
    for name, alternative in readings.items():
        choice = _select_choice(program, name)
        findings += choice.diagnostics
        if choice.value is None:
            continue
        index = _select_alternative(choice.value, alternative)
        findings += index.diagnostics
        if index.value is not None:
            selected[choice.value.name] = index.value
    return Checked(selected, tuple(findings))


def _select_choice(program: Program, words: str) -> Checked[Choice | None]:
    wanted = key(words)
    for choice in program.choices:
        if wanted == key(choice.name):
            return Checked(choice)
    parts = [choice for choice in program.choices if wanted and wanted in key(choice.name)]
    if len(parts) == 1:
        return Checked(parts[0])
    if parts:
        return Checked(None, (errors.several_readings(words, [choice.name for choice in parts]),))
    names = [choice.name for choice in program.choices]
    return Checked(None, (errors.unknown_reading(words, _nearest(words, names), names),))


def _select_alternative(choice: Choice, words: str) -> Checked[int | None]:
    wanted = key(words)
    names = [alternative.name for alternative in choice.alternatives]
    for index, name in enumerate(names):
        if wanted == key(name):
            return Checked(index)
    parts = [index for index, name in enumerate(names) if wanted and wanted in key(name)]
    if len(parts) == 1:
        return Checked(parts[0])
    if parts:
        return Checked(None, (errors.several_alternatives(choice.name, words, [names[index] for index in parts]),))
    return Checked(None, (errors.unknown_alternative(choice.name, words, names),))


def _nearest(words: str, names: Sequence[str]) -> list[str]:
    from difflib import get_close_matches

    return get_close_matches(words, names, n=1, cutoff=_CUTOFF)


def _numbered(indicator: Indicator) -> str:
    return f"{indicator.id} {indicator.name}"
