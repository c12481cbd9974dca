"""What is typed or filed for `rubric try`.

Takes arguments `名称=内容` and the text of a file of clauses; gives values by name and clauses, with the findings. Never
tries anything.

In a file, a number without quotation marks is kept as the digits written, so that no value passes through a float.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, cast

from rubric.cli import errors
from rubric.diagnostics.model import Checked, Diagnostic
from rubric.source import SourceText, Span

Values = dict[str, str | bool | list[str | bool]]
_TRUTH = {"true": True, "是": True, "false": False, "否": False}
_LISTED = re.compile(r"、(?=[-+]?\d)")
_FIELDS = ("text", "points", "cases")


def read_points(text: str) -> Diagnostic | None:
    """The finding where `text` is no number of points."""
    good = re.fullmatch(r"[0-9]{1,9}(?:\.[0-9]{1,9})?", text) and text.strip("0.")
    worded = text in ("等级", "等次", "金额", "不设上限")
    return None if good or worded else errors.not_points(text)


def read_values(arguments: Sequence[str]) -> Checked[Values]:
    """`名称=内容`, one a argument: 是/否 or true/false, one value, or several joined by 、."""
    values: Values = {}
    findings: list[Diagnostic] = []
    for argument in arguments:
        name, _, content = (part.strip() for part in argument.replace("＝", "=").partition("="))
        if not name or not content or len(argument.splitlines()) > 1:
            findings.append(errors.not_a_value(argument))
        elif name in values:
            findings.append(errors.value_twice(name))
        else:
            values[name] = _value(content)
    return Checked(values, tuple(findings))


def _value(content: str) -> str | bool | list[str | bool]:
    """A list only where each item begins with a digit: a state (`编报完整、及时`) may hold the sign too."""
    items = [item.strip() for item in _LISTED.split(content)]
    if len(items) > 1 and items[0][:1] in "-+0123456789" and "、" not in "".join(items):
        return list(items)
    return _TRUTH.get(content.lower(), content)


def read_clauses(source: SourceText) -> Checked[tuple[Mapping[str, Any], ...]]:
    """One JSON object a line; blank lines are skipped. Any finding refuses the file."""
    clauses: list[Mapping[str, Any]] = []
    findings: list[Diagnostic] = []
    for number, start in enumerate(source.line_starts):
        line = source.line_text(number)
        if not line.strip():
            continue
        span = Span(start, start + len(line))
        try:
            value = json.loads(line, parse_float=str, parse_int=str, parse_constant=_refuse)
        except json.JSONDecodeError as error:
            at = min(start + error.pos, max(span.end - 1, start))
            findings.append(errors.not_json(source, Span(at, at + 1), number + 1))
            continue
        except (ValueError, RecursionError):
            findings.append(errors.not_json(source, span, number + 1))
            continue
        found = tuple(_faults(source, Span(start, start + 1), number + 1, value))
        findings += found
        if not found:
            clauses.append(_clause(value))
    return Checked(tuple(clauses), tuple(findings))


def _refuse(word: str) -> object:
    """NaN and the infinities, which JSON does not have."""
    raise ValueError(word)


def _clause(value: dict[str, Any]) -> Mapping[str, Any]:
    """With `id` and `kind` as texts, empty where they are not given."""
    return {**value, "id": str(value.get("id") or ""), "kind": str(value.get("kind") or "")}


def _faults(source: SourceText, span: Span, line: int, value: object) -> Iterator[Diagnostic]:
    if not isinstance(value, dict):
        yield errors.wrong_content(source, span, line, "", '花括号里的各栏，如 {"text": …}')
        return
    table = cast("dict[str, object]", value)
    missing = [f"「{name}」" for name in _FIELDS if table.get(name) in (None, "", [])]
    if missing:
        yield errors.missing_content(source, span, line, missing)
        return
    for name in ("text", "points"):
        if not isinstance(table[name], str):
            yield errors.wrong_content(source, span, line, f"「{name}」", "加引号的文字")
    for name in ("id", "kind"):
        if not isinstance(table.get(name, ""), str | None):
            yield errors.wrong_content(source, span, line, f"「{name}」", "加引号的文字")
    if isinstance(table["text"], str) and not table["text"].strip():
        yield errors.missing_content(source, span, line, ["「text」"])
    if not isinstance(table["cases"], list):
        yield errors.wrong_content(source, span, line, "「cases」", "方括号里的各例")
        return
    for number, case in enumerate(cast("list[object]", table["cases"]), 1):
        yield from _case_faults(source, span, line, f"「cases」第 {number} 例", case)


def _case_faults(source: SourceText, span: Span, line: int, where: str, case: object) -> Iterator[Diagnostic]:
    if not isinstance(case, dict):
        yield errors.wrong_content(source, span, line, where, "花括号里的 inputs 和 score")
        return
    table = cast("dict[str, object]", case)
    if "inputs" not in table:
        yield errors.missing_content(source, span, line, [f"{where}的「inputs」"])
        return
    inputs = table["inputs"]
    if not isinstance(inputs, dict):
        yield errors.wrong_content(source, span, line, f"{where}的「inputs」", "花括号里的「名称: 内容」")
        return
    for name, value in cast("dict[str, object]", inputs).items():
        if not _is_value(value):
            yield errors.wrong_content(source, span, line, f"{where}的「{name}」", "一个值，或方括号里的几个值、几行")
    if not isinstance(table.get("score", ""), str | None):
        yield errors.wrong_content(source, span, line, f"{where}的「score」", "一个数")


def _is_value(value: object) -> bool:
    """One value; several of them; rows of them, each with its columns; or one for each period."""
    match value:
        case str() | bool():
            return True
        case dict():
            cells = cast("dict[str, object]", value).values()
            return len(cells) > 1 and all(isinstance(cell, str | bool) for cell in cells)
        case list():
            return all(isinstance(i, str | bool) or _is_row(i) for i in cast("list[object]", value))
        case _:
            return False


def _is_row(value: object) -> bool:
    """The cells of one row by column; a cell may be left empty."""
    if not isinstance(value, dict):
        return False
    return all(cell is None or isinstance(cell, str | bool) for cell in cast("dict[str, object]", value).values())
