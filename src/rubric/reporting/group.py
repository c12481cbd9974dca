"""Several units scored together, as one table.

Takes the scorings; gives the text: head, one line a unit, the findings by unit, what it was made of. Never a score.
"""

from collections.abc import Sequence

from rubric.core.numbers import fixed
from rubric.evaluator.outcome import Outcome, Status
from rubric.reporting.findings import finding_lines
from rubric.reporting.identity import SHORT, identity_line
from rubric.reporting.scored import Scored, in_order
from rubric.reporting.table import Align, rule, table, wrap

_ALIGNS: tuple[Align, ...] = ("left", "right", "left", "left", "left")


def group_text(scored: Sequence[Scored], names: Sequence[str], width: int = 100) -> str:
    """`names` are what the units are called: as their files say, else the files' own names."""
    program = scored[0].outcome.program
    year = f"（{program.fiscal_year} 年度）" if program.fiscal_year is not None else ""
    rows = [("单位", "总分", "等级", "数据校验码", "待定的指标")]
    for one, name in zip(scored, names, strict=True):
        pending = [o.indicator.name for o in one.outcome.indicators if o.status is Status.PENDING]
        rows.append(
            (name, _total(one.outcome), one.outcome.grade or "", one.outcome.record.sha256[:SHORT], "、".join(pending))
        )
    lines = table(rows, _ALIGNS)
    text = [
        f"{program.title}{year}",
        f"评分表：{scored[0].source.name}",
        f"单位：{len(scored)} 个",
        "",
        lines[0],
        rule(width),
        *lines[1:],
    ]
    common = [d for d in scored[0].diagnostics if all(d in one.diagnostics for one in scored[1:])]
    if common:
        text += ["", "评分表的发现", *finding_lines(in_order(tuple(common)), width)]
    for one, name in zip(scored, names, strict=True):
        own = tuple(d for d in one.diagnostics if d not in common)
        found = list(finding_lines(in_order(own), width))
        if found:
            text += ["", *wrap(f"{name}的发现", width, "", "  "), *found]
    return "\n".join([*text, "", *wrap(identity_line(program), width, "", "  ")])


def _total(outcome: Outcome) -> str:
    places = outcome.program.scoring.places
    if outcome.total is not None:
        return fixed(outcome.total, places)
    return f"{fixed(outcome.total_low, places)}～{fixed(outcome.total_high, places)}"
