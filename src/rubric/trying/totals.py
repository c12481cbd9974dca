"""The result of a file of clauses as text.

Takes what `cases.try_clauses` gives, with the clauses; gives lines: totals by kind, then each clause that was not
computed, with the reason. Never compares anything.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from rubric.reporting.table import Align, table, wrap
from rubric.trying.cases import STATUSES, Result

_ALIGNS: tuple[Align, ...] = ("left", *("right" for _ in ("共", *STATUSES)))
_WORDS = {
    "computed": "算对",
    "computed_with_reading": "换读法后算对",
    "wrong": "不一致",
    "judged": "由人评判",
    "error": "没有算出",
}


def totals_text(result: Result, clauses: Sequence[Mapping[str, Any]], width: int = 100) -> Iterator[str]:
    rows = [("类别", "共", *(_WORDS[status] for status in STATUSES))]
    for kind, counts in result["totals"].items():
        numbers = [str(counts[status]) for status in STATUSES]
        rows.append((kind or "（没有写类别）", str(sum(counts.values())), *numbers))
    yield from table(rows, _ALIGNS)

    rest = [pair for pair in zip(result["clauses"], clauses, strict=True) if pair[0]["status"] != "computed"]
    if not rest:
        return
    yield ""
    yield "没有直接算对的"
    left = table([("  " + found["id"], _WORDS[found["status"]], "|") for found, _ in rest], ("left", "left", "left"))
    for shown, (found, clause) in zip(left, rest, strict=True):
        yield from wrap(_reason(found, clause), width, shown.removesuffix("|"), " " * 6)


def _reason(found: Result, clause: Mapping[str, Any]) -> str:
    match found["status"]:
        case "computed_with_reading":
            return "；".join(f"「{choice}」取“{name}”" for choice, name in found["reading"].items())
        case "wrong":
            expected = "、".join(str(case.get("score", "")) or "（没有写）" for case in clause["cases"])
            return f"算得 {'、'.join(found['scores'])}，应为 {expected}"
        case "judged":
            return "、".join(f"「{label}」" for label in found["judgements"])
        case _:
            place = f"（{found['place']}）" if found["place"] else ""
            return f"{found['code']} {found.get('title', '')}{place}".strip()
