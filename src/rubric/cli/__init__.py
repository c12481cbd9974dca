"""The command line: one command per file, each imported when it is asked for."""

from rubric.cli.entry import main

__all__ = ["main"]
