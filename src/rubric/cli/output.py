"""Standard output and standard error.

Takes texts and findings; writes them in UTF-8 whatever the locale says. Never decides an exit code beyond the four that
are documented here.
"""

import io
import sys
from collections.abc import Iterable, Mapping

from rubric.diagnostics.model import Diagnostic

DONE = 0
FAILED_ON = 1
REFUSED = 2
FAULT = 3


class Refused(Exception):
    """Input or usage that cannot be used: the command ends with `REFUSED`, findings on standard error.

    With `as_json` they are a JSON document on standard output.
    """

    def __init__(self, diagnostics: Iterable[Diagnostic], *, as_json: bool = False) -> None:
        self.diagnostics = tuple(diagnostics)
        self.as_json = as_json
        super().__init__()


def use_utf8() -> None:
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def write(text: str) -> None:
    """`text` and a line end on standard output."""
    sys.stdout.write(text if text.endswith("\n") else text + "\n")


def write_or_save(text: str, output: str | None, told: str = "") -> None:
    """`text` on standard output, or into the new file `output` with a line that says so and `told`; never over a file."""
    if output is None:
        write(text)
        return
    from pathlib import Path

    from rubric.files import write_new

    finding = write_new(Path(output), text)
    if finding is not None:
        raise Refused([finding])
    write(f"已写入 {output}{told}")


def write_json(document: Mapping[str, object]) -> None:
    import json

    write(json.dumps(document, ensure_ascii=False, indent=2))


def write_findings(diagnostics: Iterable[Diagnostic]) -> None:
    """Drawn in full on standard error."""
    from rubric.diagnostics.render import render_all

    if text := render_all(diagnostics):
        sys.stdout.flush()
        sys.stderr.write(text + "\n")


def write_refusal(refused: Refused) -> None:
    if refused.as_json:
        from rubric.diagnostics.render import as_json

        write_json({"schema_version": "1", "findings": [as_json(diagnostic) for diagnostic in refused.diagnostics]})
    else:
        write_findings(refused.diagnostics)
