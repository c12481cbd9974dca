"""Words that may be read in several ways, as text and as JSON values.

Takes a program and its readings; gives lines for people and values for programs. Never a reading of its own.
"""

from collections.abc import Iterator

from rubric.core.numbers import fixed, plain
from rubric.core.program import Program
from rubric.core.record import Record
from rubric.facts.written import brief_facts, written_facts
from rubric.improving.ambiguities import Ambiguity, Readings, Spread
from rubric.reporting.proofs import GENERATED
from rubric.reporting.table import Align, clip, table, wrap

_TRIED = "试出并经计分程序重算的假设部门，不是任何单位的数据"


def readings_lines(program: Program, readings: Readings, width: int) -> list[str]:
    """What no line settles, each with a department and the lines to paste; then what other readings do to a population."""
    pairs = list(zip(readings.ambiguities, readings.lines, strict=True))
    unsettled = [(one, lines) for one, lines in pairs if not one.settled]
    found: list[str] = []
    if unsettled:
        found.append(f"没有写定的读法 {len(unsettled)} 处（按默认计；例子已由计分程序按每种读法重算）：")
        for one, lines in unsettled:
            found += _ambiguity(program, one, lines, width)
    if readings.departments:
        found += [*([""] if found else []), *_spreads(program, readings, width)]
    return found


def _ambiguity(program: Program, one: Ambiguity, lines: tuple[str, ...], width: int) -> Iterator[str]:
    choice = one.choice
    taken = choice.alternatives[choice.default].name
    yield from wrap(f"「{one.indicator.name}」的「{choice.name}」，按“{taken}”计", width, "  ", "    ")
    if one.record is None:
        yield "      各种读法的得分没有差别（已证明）" if one.same else "      没有找到各种读法得分不同的部门"
        return
    yield from wrap(f"例：{_asked(program, one, one.record)}", width, "      ", "        ")
    yield from wrap(f"得分：{_results(program, one)}", width, "      ", "        ")
    for alternative, line in zip(choice.alternatives, lines, strict=True):
        if line:
            yield from wrap(f"要取“{alternative.name}”的，在「口径」下加：{line}", width, "      ", "        ")


def _results(program: Program, one: Ambiguity) -> str:
    """`“第2点” 1.00 分；“本指标” 0.00 分`."""
    return "；".join(
        f"“{alternative.name}” {'不计分' if score is None else f'{fixed(score, program.scoring.places)} 分'}"
        for alternative, score in zip(one.choice.alternatives, one.scores, strict=True)
    )


def _asked(program: Program, one: Ambiguity, record: Record) -> str:
    """The facts that the reading is about, as a facts file has them."""
    asked = set(one.asked)
    kept = Record({key: fact for key, fact in record.facts.items() if key in asked} or record.facts)
    return "；".join(brief_facts(program, kept))


# --- over departments -------------------------------------------------------------------------------------------------


def _spreads(program: Program, readings: Readings, width: int) -> Iterator[str]:
    made_up = ""
    if readings.made_up:
        which = "都" if readings.made_up == readings.departments else f"其中 {readings.made_up} 个"
        made_up = f"，{which}是生成数据，不是任何单位的真实数据"
    yield f"改用另一种读法，{readings.departments} 个部门的总分怎样变{made_up}："
    yield ""
    rows = [("口径", "改用", "可比的", "总分变的", "平均变动", "最大变动", "等级变的")]
    for spread in readings.spreads:
        none = spread.departments == 0
        rows.append(
            (
                clip(f"「{spread.choice.name}」", max(20, width // 4)),
                clip(spread.choice.alternatives[spread.alternative].name, max(20, width // 4)),
                f"{spread.departments} 个",
                "—" if none else f"{spread.changed} 个",
                "—" if none else fixed(spread.mean, program.scoring.places + 1),
                "—" if none else fixed(spread.most, program.scoring.places),
                "—" if none else f"{spread.grades} 个",
            )
        )
    aligns: list[Align] = ["left", "left", "right", "right", "right", "right", "right"]
    yield from table(rows, aligns)
    if any(spread.departments < readings.departments for spread in readings.spreads):
        yield from wrap("可比的：两种读法下总分都能定的部门，其余待定的不计。", width, "", "  ")
    labels = [one for one in readings.spreads if one.choice.measures and one.departments < readings.departments]
    for name in dict.fromkeys(one.choice.name for one in labels):
        yield from wrap(
            f"「{name}」说的是数据填的是哪一种数：部门把另一种也填上（「其他口径」），才能比。", width, "", "  "
        )


# --- JSON -------------------------------------------------------------------------------------------------------------


def readings_document(program: Program, readings: Readings) -> dict[str, object]:
    """All of it, settled ones too."""
    pairs = zip(readings.ambiguities, readings.lines, strict=True)
    spread = {
        "departments": readings.departments,
        "made_up": readings.made_up,
        "spreads": [_spread(program, one) for one in readings.spreads],
    }
    return {
        "found": [_value(program, one, lines) for one, lines in pairs],
        "population": spread if readings.departments else None,
    }


def _value(program: Program, one: Ambiguity, lines: tuple[str, ...]) -> dict[str, object]:
    places = program.scoring.places
    scores = one.scores or tuple(None for _ in one.choice.alternatives)
    note = GENERATED if one.solved else _TRIED
    case = None if one.record is None else {"note": note, "facts": written_facts(program, one.record, (note,))}
    return {
        "indicator": {"id": one.indicator.id, "name": one.indicator.name},
        "choice": one.choice.name,
        "settled": one.settled,
        "taken": one.choice.alternatives[one.choice.default].name,
        "alternatives": [
            {"name": a.name, "score": None if score is None else fixed(score, places), "line": line or None}
            for a, score, line in zip(one.choice.alternatives, scores, lines, strict=True)
        ],
        "never_differ": one.same,
        "found_by": None if one.record is None else "solver" if one.solved else "trying",
        "case": case,
    }


def _spread(program: Program, spread: Spread) -> dict[str, object]:
    return {
        "choice": spread.choice.name,
        "measures": spread.choice.measures,
        "alternative": spread.choice.alternatives[spread.alternative].name,
        "decided": spread.departments,
        "changed": spread.changed,
        "mean_change": plain(spread.mean, 12),
        "greatest_change": fixed(spread.most, program.scoring.places),
        "grades_changed": spread.grades,
    }
