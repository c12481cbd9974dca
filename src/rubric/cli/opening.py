"""From the RUBRIC argument to a compiled rubric.

Takes the argument; gives the rubric, or refuses with the findings. Never prints.
"""

from pathlib import Path

from rubric.api import Rubric, open_rubric
from rubric.cli.output import Refused


def opened(name: str, *, as_json: bool = False) -> Rubric:
    """The rubric that the user named, found from the folder where they work."""
    checked = open_rubric(name, Path.cwd())
    if checked.value is None:
        raise Refused(checked.diagnostics, as_json=as_json)
    return checked.value


def terminal_width(width: int | None) -> int:
    """What --width says; else 100, or less in a narrower terminal."""
    import shutil
    import sys

    if width is not None:
        return width
    return min(100, shutil.get_terminal_size((100, 24)).columns) if sys.stdout.isatty() else 100
