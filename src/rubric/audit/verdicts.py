"""What the audit says of a claimed score.

Takes an outcome; gives one verdict for each indicator that has a claimed score. Never changes a score.
"""

from fractions import Fraction

import attrs

from rubric.diagnostics.model import Diagnostic
from rubric.evaluator.outcome import Outcome


@attrs.frozen
class Verdict:
    """`verdict` is one of 一致 · 另一口径下一致 · 偏高 · 偏低 · 不可能 · 无法核验; `reading` names the other 口径."""

    indicator: str
    claimed: Fraction
    verdict: str
    reading: str = ""
    why: tuple[str, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()


def audit(outcome: Outcome) -> tuple[Verdict, ...]:
    """One verdict for each indicator of `outcome.record.claimed`."""
    _ = outcome
    return ()
