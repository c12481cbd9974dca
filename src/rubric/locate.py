"""Where the shipped `grammar/`, `rubrics/` and `calendars/` lie.

Takes one of the names; gives the folder. Never opens a file. An installed package holds them in `_data` beside its
modules; in a checkout, also one installed with `pip install -e`, they stand at the repository's root.
"""

from pathlib import Path
from typing import Literal

_PACKAGE = Path(__file__).resolve().parent


def data_folder(name: Literal["grammar", "rubrics", "calendars"]) -> Path:
    installed = _PACKAGE / "_data"
    return (installed if installed.is_dir() else _PACKAGE.parents[1]) / name
