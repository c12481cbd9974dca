"""Where a small change gains most, as text and as JSON values.

Takes edges; gives a table for people and values for programs. Never a float.
"""

from collections.abc import Sequence

from rubric.core.numbers import fixed
from rubric.core.program import Program
from rubric.diagnostics.model import Diagnostic
from rubric.improving.gaming import MADE_UP, Edge
from rubric.reporting.document import ENGINE, SCHEMA_VERSION, findings_json, rubric_json
from rubric.reporting.improvement import percent, value_text
from rubric.reporting.improvement_document import change_json, fraction_text
from rubric.reporting.table import Align, clip, table, wrap

MADE_UP_NOTE = f"由 {MADE_UP} 个生成的部门（生成数据，不是任何单位的真实数据）试出"
_MOST_SHOWN = 30


def gaming_text(edges: Sequence[Edge], program: Program, unit: str | None, width: int) -> str:
    """`unit` is the name of the department ("" where it has none); None where the table alone was looked at."""
    places = program.scoring.places
    of_table = unit is None
    head = "跨过界限的最后一步" if of_table else "只改一项数据"
    lines = [f"哪里改动小而得分多（{head}，{'得分多的' if of_table else '每变动 1% 得分多的'}在前）：", ""]
    rows = [("指标", "数据", "从", "到", "相对变动", "得分", "每 1% 得分")]
    for edge in edges[:_MOST_SHOWN]:
        change = edge.change
        state = bool(change.movable.states)
        rows.append(
            (
                clip(f"{edge.indicator.id} {edge.indicator.name}", max(16, width // 4)),
                clip(change.movable.name, max(16, width // 4)),
                value_text(change.movable, change.movable.at),
                value_text(change.movable, change.to),
                "" if state else percent(edge.cost),
                f"+{fixed(edge.gain, places)}",
                "" if state or of_table else fixed(edge.rate, places),
            )
        )
    if of_table:
        rows = [row[:-1] for row in rows]
    aligns: list[Align] = ["left", "left", *["right" for _ in rows[0][2:]]]
    lines += table(rows, aligns)
    if len(edges) > _MOST_SHOWN:
        lines.append(f"（另有 {len(edges) - _MOST_SHOWN} 处，见 --format json）")
    lines += ["", *wrap(MADE_UP_NOTE if of_table else f"数据：{unit or '所给的数据文件'}", width)]
    return "\n".join(lines)


def gaming_document(
    edges: Sequence[Edge], program: Program, unit: str | None, findings: tuple[Diagnostic, ...] = ()
) -> dict[str, object]:
    """The same as JSON values, all of it."""
    places = program.scoring.places
    return {
        "schema_version": SCHEMA_VERSION,
        "engine": ENGINE,
        "rubric": rubric_json(program),
        "note": MADE_UP_NOTE if unit is None else None,
        "edges": [
            {
                "indicator": {"id": edge.indicator.id, "name": edge.indicator.name},
                "change": change_json(edge.change),
                "gain": fixed(edge.gain, places),
                "gain_per_percent": fraction_text(edge.rate),
            }
            for edge in edges
        ],
        "findings": findings_json(findings),
    }
