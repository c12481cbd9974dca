"""Where the shipped `grammar/` and `rubrics/` lie.

Takes one of the two names; gives the folder. Never opens a file. An installed package holds them in `_data` beside its
modules; in a checkout, also one installed with `pip install -e`, they stand at the repository's root.
"""

from pathlib import Path
from typing import Literal

_PACKAGE = Path(__file__).resolve().parent


def data_folder(name: Literal["grammar", "rubrics"]) -> Path:
    installed = _PACKAGE / "_data"
    return (installed if installed.is_dir() else _PACKAGE.parents[1]) / name
