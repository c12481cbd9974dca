"""Repairs offered, and what a check says before and after them.

Takes titles and lines of repairs and the proofs of both texts; gives lines for people and values for programs. Never a repair.
"""

from collections.abc import Iterable, Iterator

from rubric.proving.prove import Proof, Verdict
from rubric.reporting.table import wrap

Proofs = tuple[Proof, ...]


def repair_lines(repairs: Iterable[tuple[str, str]], width: int) -> Iterator[str]:
    """Each repair: what the text leaves unsaid, and what says it."""
    for number, (title, line) in enumerate(repairs, start=1):
        yield from wrap(f"{number}. {title}", width, "  ", "     ")
        yield from wrap(line, width, "     ", "     ")


def proofs_compared(before: Proofs, after: Proofs, width: int) -> Iterator[str]:
    """The verdicts of both, and what holds now and did not."""
    if not all(proof.solved for proof in (*before, *after)):
        yield "没有求解器，修补以后没有再作证明"
        return
    yield f"修补以前：{_counted(before)}"
    yield f"修补以后：{_counted(after)}"
    now = [proof for proof in before if proof.verdict is Verdict.REFUTED and not _refuted_in(proof, after)]
    for told in dict.fromkeys(_named(proof) for proof in now):
        yield from wrap(f"现在成立：{told}", width, "  ", "    ")


def _named(proof: Proof) -> str:
    where = f"「{proof.indicator}」" + (f"第{proof.path}点" if proof.path else "")
    return f"{where} {proof.obligation.value}"


def compared_json(before: Proofs, after: Proofs) -> dict[str, object]:
    """The same as JSON values."""
    return {
        name: {v.name.lower(): _number(proofs, v) for v in Verdict}
        for name, proofs in (("before", before), ("after", after))
    }


def _counted(proofs: Proofs) -> str:
    return "，".join(f"{verdict.value} {_number(proofs, verdict)} 项" for verdict in Verdict)


def _number(proofs: Proofs, verdict: Verdict) -> int:
    return sum(proof.verdict is verdict for proof in proofs)


def _refuted_in(proof: Proof, proofs: Proofs) -> bool:
    mark = (proof.obligation, proof.indicator, proof.path, proof.about, proof.reading)
    return any(
        one.verdict is Verdict.REFUTED and (one.obligation, one.indicator, one.path, one.about, one.reading) == mark
        for one in proofs
    )
