"""The page of a code: why the finding exists, with a bad and a fixed example.

Takes a code; gives its page, whole and by section. Never runs an example (a house test does).

A page is Markdown with fixed headings. A fenced block names its kind, then the file it stands for and that file's
encoding, where they matter: `rubric`, `facts`, `command`, `yaml rubrics/2099/edition.yaml`, `text 甲.rubric gbk`,
`hex 乙.rubric` (bytes in hexadecimal).
"""

from collections.abc import Iterable
from difflib import get_close_matches
from importlib.resources import files

import attrs

from rubric.diagnostics.registry import CODES

HEADINGS = ("一句话", "为什么", "错误示例", "修正示例", "参见")
_FENCE = "```"


@attrs.frozen
class Block:
    """A fenced block: its kind, the file it stands for ("" where none is named), that file's encoding, its text."""

    kind: str
    name: str
    encoding: str
    text: str


@attrs.frozen
class Section:
    heading: str
    text: str
    blocks: tuple[Block, ...]


@attrs.frozen
class Page:
    """`text` is the whole page as it stands in the package; `title` stands behind the code in its first line."""

    code: str
    title: str
    text: str
    sections: tuple[Section, ...]

    def section(self, heading: str) -> Section | None:
        return next((section for section in self.sections if section.heading == heading), None)


def load_page(code: str) -> Page | None:
    """The page of a code as printed (`R0503`); None where there is none."""
    if code not in CODES:
        return None
    resource = files("rubric.diagnostics").joinpath("explain", f"{code}.md")
    return parse_page(code, resource.read_text(encoding="utf-8")) if resource.is_file() else None


def nearest_code(text: str) -> str | None:
    """The code that `text` means: by case, width or a missing R (`r503`, `０５０３`), else the closest one."""
    written = text.strip().upper().translate(_NARROW).removeprefix("R")
    if written.isdecimal() and f"R{written:0>4}" in CODES:
        return f"R{written:0>4}"
    close = get_close_matches(f"R{written}", CODES, n=1, cutoff=0.7)
    return close[0] if close else None


def parse_page(code: str, text: str) -> Page:
    """A page by its headings. Total: what does not fit the form is missing from the result (a house test looks)."""
    title = ""
    sections: list[Section] = []
    heading: str | None = None
    lines: list[str] = []
    fenced = False
    for line in text.splitlines():
        if line.startswith(_FENCE):
            fenced = not fenced
        if not fenced and line.startswith("## "):
            sections += _section(heading, lines)
            heading, lines = line[3:].strip(), []
        elif not fenced and heading is None and line.startswith(f"# {code} "):
            title = line[len(f"# {code} ") :].strip()
        else:
            lines.append(line)
    sections += _section(heading, lines)
    return Page(code, title, text, tuple(sections))


_NARROW = {ord("０") + digit: str(digit) for digit in range(10)} | {ord("Ｒ"): "R"}


def _section(heading: str | None, lines: list[str]) -> list[Section]:
    if heading is None:
        return []
    return [Section(heading, "\n".join(lines).strip(), tuple(_blocks(lines)))]


def _blocks(lines: list[str]) -> Iterable[Block]:
    opening: list[str] | None = None
    body: list[str] = []
    for line in lines:
        if not line.startswith(_FENCE):
            body.append(line)
        elif opening is None:
            opening, body = line.removeprefix(_FENCE).split(), []
        else:
            kind, name, encoding = (*opening, "", "", "")[:3]
            yield Block(kind, name, encoding or "utf-8", "".join(f"{line}\n" for line in body))
            opening = None
