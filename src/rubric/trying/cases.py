"""A file of clauses with worked cases → how each is understood.

Takes lines of JSON (`id`, `text`, `points`, `kind`, `cases` of `inputs` and `score`); gives one result a clause and totals
per kind. The expected scores are looked at only after all readings and their results are listed.
"""

import re
from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any

from rubric.core.numbers import exact, plain
from rubric.core.program import Yields
from rubric.core.walk import data_used
from rubric.diagnostics.model import Severity
from rubric.semantics.units import MONEY_SCALES
from rubric.syntax.fold import key
from rubric.trying.run import Clause, Reading, Trial, run, understand

Result = dict[str, Any]
_AMOUNT = re.compile(r"(-?\d+(?:\.\d+)?)(.+)")
_UNTOLD = {"code": "", "place": "", "title": "待定"}
STATUSES = ("computed", "computed_with_reading", "wrong", "judged", "error")


def try_clauses(clauses: Iterable[Mapping[str, Any]]) -> Result:
    """`{"clauses": [...], "totals": {kind: {status: n}}}`."""
    results = [_guarded(clause) for clause in clauses]
    totals: dict[str, dict[str, int]] = {}
    for result in results:
        for kind in ("全部", result["kind"]):
            row = totals.setdefault(kind, dict.fromkeys(STATUSES, 0))
            row[result["status"]] += 1
    return {"clauses": results, "totals": totals}


def _guarded(clause: Mapping[str, Any]) -> Result:
    """A fault of ours at one clause is told there, with the kind of exception, and does not hide the others."""
    try:
        return _try_clause(clause)
    except Exception as error:  # noqa: BLE001 - as at the entry point: one place where a fault becomes a sentence
        named = {"id": clause.get("id", ""), "kind": clause.get("kind", "")}
        told = {"code": "", "place": "", "title": "程序自身出了错，不是这条标准有问题"}
        return {**named, "status": "error", **told, "fault": type(error).__name__}


def _try_clause(clause: Mapping[str, Any]) -> Result:
    inputs = [case["inputs"] for case in clause["cases"]]
    named = {"id": clause.get("id", ""), "kind": clause.get("kind", "")}
    understood = understand(clause["text"], str(clause["points"]), inputs)
    trials = [run(understood, values) for values in inputs]
    yields = understood.compiled.value.indicators[0].yields
    expected = [_expected(case.get("score"), yields) for case in clause["cases"]]
    return {**named, **_compared(understood, trials, expected)}


def _expected(text: object, yields: Yields) -> Fraction | str | None:
    """A number of points, an amount in 元, or the name of a grade as it is written."""
    match yields:
        case Yields.GRADE:
            return key(str(text))
        case Yields.AMOUNT:
            match = _AMOUNT.fullmatch(key(str(text)))
            return exact(match[1]) * MONEY_SCALES[match[2]] if match and match[2] in MONEY_SCALES else None
        case Yields.POINTS:
            try:
                return exact(str(text))
            except ValueError:
                return None


def _equals(reading: Reading, expected: Fraction | str | None) -> bool:
    """The exact score, the score as it is rounded, or the grade, is the expected one."""
    if isinstance(expected, str):
        return reading.result is not None and key(reading.result) == expected
    return expected is not None and expected in (reading.score, reading.rounded)


def _asked(clause: Clause) -> dict[str, None]:
    """The facts that the program asks. One that the text speaks of and that is not asked was not understood."""
    return data_used(clause.compiled.value.indicators)


def _compared(clause: Clause, trials: list[Trial], expected: list[Fraction | str | None]) -> Result:
    got = [trial.readings[0].score if trial.readings else None for trial in trials]
    errors = [d for t in trials for d in t.diagnostics if d.severity is Severity.ERROR]
    if errors:
        return {"status": "error", "code": errors[0].code, "place": errors[0].place, "title": errors[0].title}
    if trials[0].judged:
        return {"status": "judged", "judgements": [j.label for j in trials[0].program.judgements]}
    for index, reading in enumerate(trials[0].readings):
        given = [t.readings[index] for t in trials]
        if all(_equals(r, e) for r, e in zip(given, expected, strict=True)):
            if index == 0:
                return {"status": "computed"}
            return {"status": "computed_with_reading", "reading": dict(reading.alternatives)}
    if None in got:
        found = [d for t in trials for d in t.diagnostics if d.severity is not Severity.NOTE]
        told = {"code": found[-1].code, "place": found[-1].place, "title": found[-1].title} if found else _UNTOLD
        return {"status": "error", **told}
    scores = [_shown(t) for t in trials]
    if unused := [name for name in clause.names if name not in _asked(clause)]:
        return {"status": "error", **_UNTOLD, "title": f"「{unused[0]}」没有用到", "scores": scores}
    return {"status": "wrong", "scores": scores}


def _shown(trial: Trial) -> str | None:
    if trial.program.indicators[0].yields is not Yields.POINTS:
        return trial.readings[0].result
    score = trial.readings[0].score
    return None if score is None else plain(score, 6)
