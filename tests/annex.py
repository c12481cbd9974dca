"""The annex of 2022 as a table of rows, and how much of it the rubric keeps.

Takes the annex as the report prints it (a Markdown table with conversion marks and page breaks); gives its rows with
the repair of what the conversion broke, and the departures of a rubric from it. Never an opinion on a departure.
"""

import html
import re
import unicodedata

import attrs

_SIGNS = {r"\geq": "≥", r"\leq": "≤", r"\%": "%"}
_COLUMNS = 7


@attrs.frozen
class Row:
    """One 三级指标. `description` and `standard` are the texts of 指标说明 and 评分标准, entities decoded."""

    dimension: str
    category: str
    name: str
    points: str
    description: str
    standard: str
    claimed: str


def rows(markdown: str) -> tuple[Row, ...]:
    """The rows; one that a page break has split (its second half has no name) is put together again."""
    table: list[list[str]] = []
    for line in markdown.splitlines():
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        is_content = len(cells) == _COLUMNS and not set("".join(cells)) <= set("-: ")
        if not is_content or {"评分标准", "三级指标", "合计"} & set(cells):
            continue
        if cells[2]:
            table.append(cells)
        elif table:
            table[-1] = [
                f"{before.removesuffix('</p>')}{after}" for before, after in zip(table[-1], cells, strict=True)
            ]
    found: list[Row] = []
    dimension, category = "", ""
    for cells in table:
        dimension, category = cells[0] or dimension, cells[1] or category
        found.append(Row(dimension, category, *(_decoded(cell) for cell in cells[2:])))
    return tuple(found)


def _decoded(cell: str) -> str:
    text = re.sub(r"<br\s*/?>|</?p>", "\n", cell)
    text = re.sub(r"</?math>|\$", "", text)
    for mark, sign in _SIGNS.items():
        text = text.replace(mark, sign)
    return html.unescape(text).strip()


def plain(text: str) -> str:
    """Without what does not count: widths, blanks, line breaks, quotation marks."""
    return re.sub(r"[\s\"“”'‘’]", "", unicodedata.normalize("NFKC", text))


def sentences(text: str) -> tuple[str, ...]:
    """Plain sentences without numbering and final stop."""
    pieces = (plain(piece) for piece in re.split(r"(?<=[。；;])|\n", text))
    bare = (re.sub(r"^(?:\d+\.(?!\d)|\(\d+\))", "", piece).rstrip("。;") for piece in pieces)
    return tuple(piece for piece in bare if piece)


@attrs.frozen
class Kept:
    """`characters` of the issued sentences, and the sentences not found in the rubric, each with its indicator."""

    characters: int
    sentences: int
    departures: tuple[tuple[str, str], ...]

    @property
    def share_in_hundredths_of_a_percent(self) -> int:
        missing = sum(len(sentence) for _, sentence in self.departures)
        return 10_000 * (self.characters - missing) // self.characters


def compare(issued: tuple[tuple[str, str], ...], cells: dict[str, str]) -> Kept:
    """Each issued sentence is looked for in the rubric's cell of its own indicator, after the one before it."""
    departures: list[tuple[str, str]] = []
    characters = count = 0
    for name, text in issued:
        cell, place = plain(cells.get(name, "")), 0
        for sentence in sentences(text):
            characters += len(sentence)
            count += 1
            found = cell.find(sentence, place)
            if found < 0:
                departures.append((name, sentence))
            else:
                place = found + len(sentence)
    return Kept(characters, count, tuple(departures))
