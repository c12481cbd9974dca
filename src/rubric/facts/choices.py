"""The 口径 of one run.

Takes the section 口径 of a facts file; gives the alternative in force for each choice, and settles whether a fact's
own label agrees with it. Never changes a value.
"""

from collections.abc import Mapping

from rubric.core.program import Choice, Program
from rubric.diagnostics.model import Diagnostic
from rubric.facts import errors, name_errors
from rubric.facts.names import Names
from rubric.facts.nodes import Scalar, Table


def read_readings(section: Table, program: Program) -> tuple[Mapping[str, str], list[Diagnostic]]:
    """Names of choices with the names of their alternatives, both as the rubric writes them."""
    choices = Names((choice.name, choice) for choice in program.choices)
    readings: dict[str, str] = {}
    findings: list[Diagnostic] = []
    for key, value in section.entries.values():
        choice = choices.find(key.text)
        if choice is None:
            findings.append(name_errors.unknown_choice(key.at, key.text, choices.near(key.text), choices.known))
        elif not isinstance(value, Scalar):
            findings.append(errors.wrong_shape(value.at, choice.name, "一种取法的名称"))
        elif not value.is_empty:
            found = alternative(choice, value)
            if isinstance(found, str):
                readings[choice.name] = found
            else:
                findings.append(found)
    return readings, findings


def alternative(choice: Choice, text: Scalar) -> str | Diagnostic:
    """The alternative of `choice` that `text` names."""
    names = Names((option.name, option.name) for option in choice.alternatives)
    written = text.text.strip()
    found = names.find(written)
    if found is not None:
        return found
    return name_errors.unknown_alternative(text.at, choice.name, written, names.near(written), names.known)


def in_force(choice: Choice, readings: Mapping[str, str]) -> str:
    return readings.get(choice.name, choice.alternatives[choice.default].name)
