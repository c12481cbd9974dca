"""The proofs of a rubric, as text and as JSON values.

Takes a program and its proofs; gives lines for people and values for programs. Never a proof.
"""

from collections import Counter
from collections.abc import Iterator
from fractions import Fraction

from rubric.core.numbers import plain
from rubric.core.program import Indicator, Program, Yields
from rubric.core.record import Record
from rubric.facts.written import brief_facts, written_facts
from rubric.proving.obligations import Obligation
from rubric.proving.prove import Proof, Verdict, by_indicator
from rubric.reporting.table import table, wrap

GENERATED = "由求解器找出并经计分程序重算的假设部门，不是任何单位的数据"


def proofs_text(program: Program, proofs: tuple[Proof, ...], width: int) -> list[str]:
    """How many obligations hold for each indicator, then all that do not, each with a department."""
    counted = Counter(proof.verdict for proof in proofs)
    solved = all(proof.solved for proof in proofs)
    head = "证明（对所有可能的数据" + ("，由求解器）" if solved else "，没有求解器，未作证明）")
    lines = [f"{head}：{'，'.join(f'{verdict.value} {counted[verdict]} 项' for verdict in Verdict)}", ""]
    rows: list[tuple[str, ...]] = [("指标", "成立", "不成立", "未能确定", "得分范围")]
    grouped = by_indicator(proofs)
    for indicator in program.indicators:
        group = grouped.get(indicator.name, ())
        if group:
            own = [proof for proof in group if proof.reading is None]
            counts = Counter(proof.verdict for proof in own)
            numbers = (str(counts[verdict] or "") for verdict in Verdict)
            rows.append((f"{indicator.id} {indicator.name}", *numbers, _reach(indicator, own)))
    lines += table(rows, ["left", "right", "right", "right", "left"])
    refuted = [proof for proof in proofs if proof.verdict is Verdict.REFUTED]
    if refuted:
        lines += ["", "不成立的（附一个部门的数据，已由计分程序重算，可贴作数据文件）："]
        for proof in refuted:
            lines += _refuted_lines(program, proof, width)
    return lines


def proofs_document(program: Program, proofs: tuple[Proof, ...]) -> dict[str, object]:
    """The proofs as JSON values; each department also as the text of a facts file."""
    counted = Counter(proof.verdict for proof in proofs)
    return {
        "solver": all(proof.solved for proof in proofs),
        "totals": {verdict.name.lower(): counted[verdict] for verdict in Verdict},
        "proofs": [_value(program, proof) for proof in proofs],
    }


def reach_of(proofs: list[Proof]) -> tuple[Fraction | None, Fraction | None]:
    """The least and the greatest score of an indicator, where they are known."""
    least = next((p.value for p in proofs if p.obligation is Obligation.ZERO and p.value is not None), None)
    most = next((p.value for p in proofs if p.obligation is Obligation.FULL and p.value is not None), None)
    return least, most


def _reach(indicator: Indicator, proofs: list[Proof]) -> str:
    least, most = reach_of(proofs)
    if least is None and most is None:
        return ""
    ends = ("?" if end is None else plain(end) for end in (least, most))
    return f"{' 到 '.join(ends)} 分" if indicator.yields is Yields.POINTS else ""


def _refuted_lines(program: Program, proof: Proof, width: int) -> Iterator[str]:
    where = f"「{proof.indicator}」" if proof.indicator else "总分"
    where += f"第{proof.path}点" if proof.path else ""
    under = f"，若「{proof.reading[0]}」取“{proof.reading[1]}”" if proof.reading is not None else ""
    yield from wrap(f"{where} {proof.obligation.value}{under}：{_why(program, proof)}", width, "  ", "    ")
    if proof.witness is not None:
        for line in brief_facts(program, proof.witness):
            yield from wrap(line, width, "      ", "        ")


def _why(program: Program, proof: Proof) -> str:
    value = "" if proof.value is None else plain(proof.value)
    match proof.obligation:
        case Obligation.MOST if not proof.indicator:
            return f"各指标分值之和 {value} 分"
        case Obligation.MOST:
            return f"可以算得 {value} 分，按分值封顶"
        case Obligation.CAPPED:
            return f"封顶以后仍得 {value} 分"
        case Obligation.LEAST:
            return f"可以算得 {value} 分，按 0 分计"
        case Obligation.FULL | Obligation.PROFILE:
            about = f"达到{proof.about}的，" if proof.about else ""
            return f"{about}最多得 {value} 分" if value else f"{about}得不到满分"
        case Obligation.MONOTONE:
            change = proof.change
            scores = (
                ""
                if change is None
                else f"{change.words}，得分从 {plain(change.before)} 分变为 {plain(change.after)} 分"
            )
            return f"{proof.about}{scores}"
        case Obligation.ZERO:
            return f"最低得 {value} 分" if value else "得不到 0 分"
        case Obligation.COMPATIBLE:
            first, second = proof.about.split("／")
            return f"两种情形可能同时出现，按“{first}”计，不按“{second}”"
        case Obligation.SEPARATE:
            return f"酌情扣分与一票否决都说到“{proof.about}”"
        case Obligation.DEFINED:
            return "分母可能为 0，没有说明怎样计分"
        case Obligation.COVERED:
            return "有的部门哪一档都不符合"
        case Obligation.REACHED:
            return f"这一档用不到：{' '.join(proof.about.split())}"
        case Obligation.APART:
            return "有的部门同时符合两档"
        case _:
            return proof.about


def _value(program: Program, proof: Proof) -> dict[str, object]:
    found: dict[str, object] = {
        "obligation": proof.obligation.name.lower(),
        "title": proof.obligation.value,
        "indicator": proof.indicator or None,
        "clause": proof.path or None,
        "about": proof.about or None,
        "verdict": proof.verdict.name.lower(),
        "value": None if proof.value is None else plain(proof.value, 12),
        "reading": None if proof.reading is None else {"choice": proof.reading[0], "alternative": proof.reading[1]},
        "reason": proof.reason or None,
        "witness": None if proof.witness is None else _department(program, proof.witness),
    }
    return found


def _department(program: Program, record: Record) -> dict[str, object]:
    return {"note": GENERATED, "facts": written_facts(program, record, (GENERATED,))}
