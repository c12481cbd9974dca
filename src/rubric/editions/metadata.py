"""The description of an edition, `edition.yaml`.

Takes its text; gives an `Edition`. Never guesses: YAML's own ideas of numbers, dates and yes or no are not asked, and
aliases are refused. Every key is the Chinese name of what it holds:

    印发单位: 某某区财政局           issuer            required where the status is 正式
    文件名称: 某年预算绩效管理工作方案  document_title
    文号: 某财函〔2023〕1号          number
    评价年度: 2022                 fiscal_year       required
    印发年份: 2023                 issued_year
    状态: 正式                     status            required; 正式, 示例修订 or 草案
    语言版本: 1                    language_version  1 where not stated
    来源:                         sources
      - 文本取自何处
"""

import re
from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any, cast

import attrs
import yaml

from rubric.diagnostics.model import Checked, Diagnostic, errors_of
from rubric.editions import errors
from rubric.language import READ_VERSIONS
from rubric.source import SourceText, Span

UNSTATED_VERSION = 1
"""The version of an edition that states none: the one of the time when none was stated, however many follow."""

ISSUER, DOCUMENT, NUMBER = "印发单位", "文件名称", "文号"
FISCAL_YEAR, ISSUED_YEAR = "评价年度", "印发年份"
STATUS, VERSION, SOURCES = "状态", "语言版本", "来源"
KEYS = (ISSUER, DOCUMENT, NUMBER, FISCAL_YEAR, ISSUED_YEAR, STATUS, VERSION, SOURCES)


class EditionStatus(StrEnum):
    OFFICIAL = "正式"
    ILLUSTRATIVE = "示例修订"
    DRAFT = "草案"


@attrs.frozen
class Edition:
    """What is known of an edition. `fiscal_year` is the year evaluated, `issued_year` the year of the notice."""

    fiscal_year: int
    status: EditionStatus
    issuer: str = ""
    document_title: str = ""
    number: str = ""
    issued_year: int | None = None
    language_version: int = UNSTATED_VERSION
    sources: tuple[str, ...] = ()


def read_metadata(source: SourceText, versions: Sequence[int] = READ_VERSIONS) -> Checked[Edition | None]:
    """The edition described by `source`; None where a finding prevents it. `versions` of the language are those read."""
    root = _root(source)
    return Checked(None, root.diagnostics) if root.value is None else _edition(source, root.value, versions)


def language_of(source: SourceText, versions: Sequence[int] = READ_VERSIONS) -> int | None:
    """The version of the language that a description states, whatever else is wrong with it.

    None where it cannot be told, or is none of `versions`: then no rubric of the edition has a meaning here.
    """
    root = _root(source).value
    if root is None:
        return None
    stated = [value for key, value in root.value if isinstance(key, yaml.ScalarNode) and key.value.strip() == VERSION]
    if len(stated) > 1 or not all(isinstance(value, yaml.ScalarNode) for value in stated):
        return None
    written = _single(stated[0]) if stated else ()
    return _version(source, {VERSION: written} if written else {}, versions, [])


def _root(source: SourceText) -> Checked[yaml.MappingNode | None]:
    try:
        root = cast("yaml.Node | None", yaml.compose(source.text, Loader=yaml.BaseLoader))  # pyright: ignore[reportUnknownMemberType]
    except yaml.YAMLError as error:
        # The context is where the unfinished thing began; the problem is where that was noticed.
        mark = getattr(error, "context_mark", None) or getattr(error, "problem_mark", None)
        offset = mark.index if mark is not None else getattr(error, "position", 0)
        return Checked(None, (errors.unreadable(source, Span(offset, offset + 1)),))
    except RecursionError:
        return Checked(None, (errors.unreadable(source, Span(0, 1)),))
    if not isinstance(root, yaml.MappingNode):
        return Checked(None, (errors.unreadable(source, Span(0, 1) if root is None else _span(root)),))
    return Checked(root)


@attrs.frozen
class _Written:
    """The text of one value and its place."""

    text: str
    span: Span


def _edition(source: SourceText, root: yaml.MappingNode, versions: Sequence[int]) -> Checked[Edition | None]:
    found: list[Diagnostic] = []
    values: dict[str, tuple[_Written, ...]] = {}
    for key_node, value_node in root.value:
        key = _scalar(key_node)
        if key is None or key.text not in KEYS:
            found.append(errors.unknown_key(source, _span(key_node), key.text if key else "", KEYS))
        elif key.text in values:
            found.append(errors.repeated_key(source, key.span, key.text))
        elif not (isinstance(value_node, yaml.ScalarNode) and not value_node.value.strip()):  # left empty: not stated
            written = _list(value_node) if key.text == SOURCES else _single(value_node)
            values[key.text] = written
            if not written:
                found.append(errors.wrong_form(source, _span(value_node), key.text, "", _EXPECTED[key.text]))

    fiscal_year = _year(source, values, FISCAL_YEAR, found)
    issued_year = _year(source, values, ISSUED_YEAR, found)
    status = _status(source, values, found)
    version = _version(source, values, versions, found)
    required = [FISCAL_YEAR, STATUS, *([ISSUER] if status is EditionStatus.OFFICIAL else [])]
    found += [errors.missing_key(source, key) for key in required if key not in values]
    if fiscal_year is None or status is None or version is None or errors_of(found):
        return Checked(None, tuple(found))

    def text(key: str) -> str:
        return values[key][0].text if key in values else ""

    sources = tuple(item.text for item in values.get(SOURCES, ()))
    edition = Edition(
        fiscal_year,
        status,
        text(ISSUER),
        text(DOCUMENT),
        text(NUMBER),
        issued_year,
        version,
        sources,
    )
    return Checked(edition, tuple(found))


_EXPECTED = {
    ISSUER: "单位全称",
    DOCUMENT: "印发文件的名称",
    NUMBER: "文号，如 某财函〔2023〕1号",
    FISCAL_YEAR: "四位数的年份，如 2022",
    ISSUED_YEAR: "四位数的年份，如 2023",
    STATUS: "正式、示例修订或 草案",
    VERSION: "一个整数，如 1",
    SOURCES: "逐行列出的文字，每行以 - 开头",
}


def _year(source: SourceText, values: dict[str, tuple[_Written, ...]], key: str, found: list[Diagnostic]) -> int | None:
    for written in values.get(key, ()):
        if re.fullmatch(r"[0-9]{4}", written.text):
            return int(written.text)
        found.append(errors.wrong_form(source, written.span, key, written.text, _EXPECTED[key]))
    return None


def _status(
    source: SourceText, values: dict[str, tuple[_Written, ...]], found: list[Diagnostic]
) -> EditionStatus | None:
    for written in values.get(STATUS, ()):
        if written.text in list(EditionStatus):
            return EditionStatus(written.text)
        found.append(errors.wrong_form(source, written.span, STATUS, written.text, _EXPECTED[STATUS]))
    return None


def _version(
    source: SourceText, values: Mapping[str, tuple[_Written, ...]], versions: Sequence[int], found: list[Diagnostic]
) -> int | None:
    (written,) = values.get(VERSION) or (_Written(str(UNSTATED_VERSION), Span(0, 0)),)
    if not re.fullmatch(r"[1-9][0-9]{0,3}", written.text):
        found.append(errors.wrong_form(source, written.span, VERSION, written.text, _EXPECTED[VERSION]))
        return None
    version = int(written.text)
    if version not in versions:
        found.append(errors.unread_language(source, written.span, version, versions))
        return None
    return version


# --- YAML nodes: an alias shows the same node again, which does no harm at this depth ---------------------------------


def _single(node: Any) -> tuple[_Written, ...]:
    written = _scalar(node)
    return (written,) if written else ()


def _list(node: Any) -> tuple[_Written, ...]:
    if not isinstance(node, yaml.SequenceNode):
        return ()
    items = [_scalar(item) for item in node.value]
    return tuple(item for item in items if item) if all(items) else ()


def _scalar(node: Any) -> _Written | None:
    if not isinstance(node, yaml.ScalarNode) or not node.value.strip():
        return None
    return _Written(node.value.strip(), _span(node))


def _span(node: Any) -> Span:
    return Span(node.start_mark.index, node.end_mark.index)
