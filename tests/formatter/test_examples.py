"""What an author wrote and what the formatter makes of it, side by side in `examples.md`."""

import re
from pathlib import Path

import pytest

from rubric.formatted import formatted
from rubric.source import SourceText

EXAMPLES = Path(__file__).with_name("examples.md")
_EXAMPLE = re.compile(r"^## ([^\n]+)\n([^\n]+)\n```before\n(.*?)^```\n```after\n(.*?)^```$", re.M | re.S)


def _examples() -> dict[str, tuple[str, str]]:
    return {m[1]: (m[3], m[4]) for m in _EXAMPLE.finditer(EXAMPLES.read_text("utf-8"))}


def _laid_out(text: str) -> str:
    laid = formatted(SourceText("例", text))
    assert laid.value is not None
    return laid.value


@pytest.mark.parametrize("name", _examples())
def test_the_example_is_laid_out_as_recorded(name: str, recording: bool) -> None:
    before, after = _examples()[name]
    laid_out = _laid_out(before)
    if recording:
        page = EXAMPLES.read_text("utf-8")
        EXAMPLES.write_text(
            page.replace(f"{before}```\n```after\n{after}", f"{before}```\n```after\n{laid_out}"), "utf-8"
        )
        after = laid_out
    assert laid_out == after


@pytest.mark.parametrize("name", _examples())
def test_a_laid_out_example_stays(name: str) -> None:
    laid_out = _laid_out(_examples()[name][0])
    assert _laid_out(laid_out) == laid_out
