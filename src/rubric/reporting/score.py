"""What `rubric score` prints.

Takes one scoring; gives the text: head, the table by dimension and indicator with a line of explanation under each row,
total and grade, what is missing, findings, what it was made of. Never prints and never computes a score.
"""

from collections.abc import Iterator
from fractions import Fraction
from itertools import groupby

from rubric.core.numbers import ZERO, fixed
from rubric.core.program import DatumKind, Program, Yields
from rubric.diagnostics.model import Severity
from rubric.evaluator.outcome import IndicatorOutcome, Missing, Status
from rubric.reporting.explain import explain_indicator
from rubric.reporting.findings import counts, finding_lines
from rubric.reporting.identity import identity_line
from rubric.reporting.quantities import signed
from rubric.reporting.results import full_text, result_range
from rubric.reporting.scored import (
    Scored,
    claimed_of,
    complete_sum,
    deviation,
    in_order,
    reviewed_of,
    verdicts_by_name,
)
from rubric.reporting.table import Align, rule, table, wrap
from rubric.reporting.total import total_lines

DEFAULT_WIDTH = 100
LEAST_WIDTH = 60


def score_text(scored: Scored, width: int = DEFAULT_WIDTH, *, errors_elsewhere: bool = False) -> str:
    """The whole report, without a final line end.

    With `errors_elsewhere` the errors about the rubric and the facts are counted only: they are drawn in full beside it.
    """
    width = max(width, LEAST_WIDTH)
    sections = (
        _head(scored, width),
        _table(scored, width),
        _totals(scored, width),
        _missing(scored, width),
        _findings(scored, width, errors_elsewhere),
        wrap(identity_line(scored.outcome.program, scored.outcome.record.sha256), width, "", "  "),
    )
    return "\n\n".join("\n".join(lines) for lines in sections if lines)


# --- head -------------------------------------------------------------------------------------------------------------


def _head(scored: Scored, width: int) -> list[str]:
    program, record = scored.outcome.program, scored.outcome.record
    year = f"（{program.fiscal_year} 年度）" if program.fiscal_year is not None else ""
    status = f"【{program.status}】" if program.status else ""
    lines = [f"{program.title}{year}{status}"]
    if scored.origin or scored.source.name:
        lines.append(f"评分表：{scored.source.name}{f'（{scored.origin}）' if scored.origin else ''}")
    if record.unit_name:
        lines.append(f"被评价单位：{record.unit_name}")
    for name, taken in scored.overridden:
        lines += wrap(f"本次口径：「{name}」取“{taken}”", width, "", "  ")
    return lines


# --- table ------------------------------------------------------------------------------------------------------------


def _table(scored: Scored, width: int) -> list[str]:
    outcomes = scored.outcome.indicators
    claims = bool(scored.outcome.record.claimed)
    reviews = bool(scored.outcome.record.reviewed)
    rows: list[tuple[str, ...]] = [_head_row(claims, reviews)]
    below: list[list[str]] = [[]]
    verdicts = verdicts_by_name(scored)
    places = scored.outcome.program.scoring.places

    for dimension, group in groupby(outcomes, key=lambda outcome: outcome.indicator.path[0]):
        members = tuple(group)
        rows.append(_subtotal_row(scored, dimension or "全部指标", members, claims, reviews))
        below.append([])
        for outcome in members:
            verdict = verdicts.get(outcome.indicator.name)
            conclusion = "" if verdict is None else verdict.verdict
            rows.append(_indicator_row(scored, outcome, conclusion, claims, reviews))
            text = explain_indicator(outcome, scored.source, places)
            if verdict is not None and verdict.reading:
                text += f"；自评所用口径：{verdict.reading}"
            below.append(wrap(text, width, "       ", "       "))
    rows.append(_total_row(scored, claims, reviews))
    below.append([])

    numbers: list[Align] = ["right"] * (len(rows[0]) - (2 if claims else 1))
    aligns: list[Align] = ["left", *numbers]
    if claims:
        aligns.append("left")
    drawn = table(rows, aligns)
    lines: list[str] = [drawn[0], rule(width)]
    for line, explanation in zip(drawn[1:-1], below[1:-1], strict=True):
        if not explanation and len(lines) > 2:
            lines.append("")
        lines += [line, *explanation]
    return [*lines, rule(width), drawn[-1]]


def _head_row(claims: bool, reviews: bool) -> tuple[str, ...]:
    return _row("指标", "分值", "得分", ("自评", "偏差") if claims else None, "复核" if reviews else None, "核验结论")


def _row(
    name: str, points: str, score: str, claim: tuple[str, str] | None, review: str | None, verdict: str
) -> tuple[str, ...]:
    claimed = () if claim is None else claim
    reviewed = () if review is None else (review,)
    return (name, points, score, *claimed, *reviewed, *(() if claim is None else (verdict,)))


def _indicator_row(
    scored: Scored, outcome: IndicatorOutcome, verdict: str, claims: bool, reviews: bool
) -> tuple[str, ...]:
    places = scored.outcome.program.scoring.places
    indicator = outcome.indicator
    claimed, reviewed = claimed_of(scored, outcome), reviewed_of(scored, outcome)
    difference = deviation(claimed, outcome.score)
    return _row(
        f"  {indicator.id} {indicator.name}",
        full_text(indicator, places),
        "不适用" if outcome.status is Status.NOT_APPLICABLE else result_range(outcome, places),
        (_or_blank(claimed, places), "" if difference is None else signed(difference, places)) if claims else None,
        _or_blank(reviewed, places) if reviews else None,
        verdict,
    )


def _subtotal_row(
    scored: Scored, name: str, members: tuple[IndicatorOutcome, ...], claims: bool, reviews: bool
) -> tuple[str, ...]:
    places = scored.outcome.program.scoring.places
    record = scored.outcome.record
    members = tuple(m for m in members if m.indicator.yields is Yields.POINTS)
    low = sum((_low(outcome) for outcome in members), ZERO)
    high = sum((_high(outcome) for outcome in members), ZERO)
    status = Status.PENDING if any(m.status is Status.PENDING for m in members) else Status.SCORED
    claimed = complete_sum(record.claimed, members)
    difference = deviation(claimed, low) if status is Status.SCORED else None
    return _row(
        name,
        fixed(sum((outcome.indicator.points for outcome in members), ZERO), places),
        _score(status, low, low, high, places),
        (_or_blank(claimed, places), "" if difference is None else signed(difference, places)) if claims else None,
        _or_blank(complete_sum(record.reviewed, members), places) if reviews else None,
        "",
    )


def _total_row(scored: Scored, claims: bool, reviews: bool) -> tuple[str, ...]:
    outcome = scored.outcome
    places = outcome.program.scoring.places
    claimed = complete_sum(outcome.record.claimed, outcome.indicators)
    difference = deviation(claimed, outcome.total)
    status = Status.PENDING if outcome.total is None else Status.SCORED
    return _row(
        "总分",
        fixed(outcome.program.points, places),
        _score(status, outcome.total, outcome.total_low, outcome.total_high, places),
        (_or_blank(claimed, places), "" if difference is None else signed(difference, places)) if claims else None,
        _or_blank(complete_sum(outcome.record.reviewed, outcome.indicators), places) if reviews else None,
        "",
    )


def _low(outcome: IndicatorOutcome) -> Fraction:
    return ZERO if outcome.status is Status.NOT_APPLICABLE else outcome.low if outcome.score is None else outcome.score


def _high(outcome: IndicatorOutcome) -> Fraction:
    return ZERO if outcome.status is Status.NOT_APPLICABLE else outcome.high if outcome.score is None else outcome.score


def _score(status: Status, score: Fraction | None, low: Fraction, high: Fraction, places: int) -> str:
    if status is Status.NOT_APPLICABLE:
        return "不适用"
    if status is Status.PENDING or score is None:
        return f"{fixed(low, places)}～{fixed(high, places)}"
    return fixed(score, places)


def _or_blank(value: Fraction | None, places: int) -> str:
    return "" if value is None else fixed(value, places)


# --- below the table --------------------------------------------------------------------------------------------------


def _totals(scored: Scored, width: int) -> list[str]:
    outcome = scored.outcome
    places = outcome.program.scoring.places
    total = _score(Status.SCORED, outcome.total, outcome.total_low, outcome.total_high, places)
    parts = [f"总分 {total}{'（待定）' if outcome.total is None else ''}"]
    if outcome.grade is not None:
        parts.append(f"等级 {outcome.grade}")
    elif outcome.grades:
        parts.append(f"等级 待定（{'、'.join(outcome.grades)}）")
    if outcome.points != outcome.program.points:
        away = outcome.program.points - outcome.points
        parts.append(
            f"参评分值 {fixed(outcome.points, places)}（不适用 {fixed(away, places)} 分，"
            f"满分 {fixed(outcome.program.points, places)}）"
        )
    claimed = complete_sum(outcome.record.claimed, outcome.indicators)
    if claimed is not None:
        difference = deviation(claimed, outcome.total)
        more = "" if difference is None else f"，偏差 {signed(difference, places)}"
        parts.append(f"自评 {fixed(claimed, places)}{more}")
    rules = [line for told in total_lines(outcome, scored.source) for line in wrap(told, width, "", "  ")]
    return [*wrap("；".join(parts), width, "", "  "), *rules]


def _missing(scored: Scored, width: int) -> list[str]:
    outcome = scored.outcome
    given, asked = progress(scored)
    lines = [f"数据和评判共 {asked} 项，已有 {given} 项"]
    if not outcome.missing:
        return lines if given < asked else []
    places = outcome.program.scoring.places
    lines[0] += f"；下列 {len(outcome.missing)} 项还影响得分："
    position = {key: index for index, key in enumerate(_asked(outcome.program))}
    last = len(position)
    ordered = sorted(
        outcome.missing,
        key=lambda missing: (-missing.points_at_stake, position.get((missing.fact, missing.part), last)),
    )
    stakes = [f"{fixed(missing.points_at_stake, places)} 分" for missing in ordered]
    cells = max(len(stake) for stake in stakes) + 3
    for missing, stake in zip(ordered, stakes, strict=True):
        lines += wrap(_missing_text(missing), width, f"  {stake.rjust(cells - 3)}  ", " " * (cells + 3))
    return lines


def _missing_text(missing: Missing) -> str:
    part = f"（{missing.part}）" if missing.part is not None else ""
    kind = "评判" if missing.is_judgement else "数据"
    clauses = f"，用于 {'、'.join(missing.clauses)}" if missing.clauses else ""
    label = missing.fact.rpartition("／")[2] if missing.is_judgement else missing.fact
    return f"{kind}「{label}{part}」{clauses}"


def progress(scored: Scored) -> tuple[int, int]:
    """How many of the facts and judgements the rubric asks for are given."""
    program, record = scored.outcome.program, scored.outcome.record
    asked = set(_asked(program))
    given = sum(key in record.facts for key in asked) + sum(j.key in record.judgements for j in program.judgements)
    return given, len(asked) + len(program.judgements)


def _asked(program: Program) -> Iterator[tuple[str, str | None]]:
    for datum in program.data:
        if datum.parts and datum.kind is not DatumKind.ROWS:
            yield from ((datum.name, part) for part in datum.parts)
        else:
            yield (datum.name, None)


def _findings(scored: Scored, width: int, errors_elsewhere: bool) -> list[str]:
    ordered = in_order(scored.diagnostics)
    shown = [d for d in ordered if d.severity is not Severity.NOTE]
    notes = len(ordered) - len(shown)
    if not shown:
        return [f"另有提示 {notes} 条，见 --format json"] if notes else []
    listed = [d for d in shown if not (errors_elsewhere and d.severity is Severity.ERROR)]
    if len(listed) == len(shown):
        lines = [f"发现（{counts(shown)}）：", *finding_lines(listed, width)]
    elif listed:
        lines = [f"发现（{counts(shown)}），错误的全文另列，其余：", *finding_lines(listed, width)]
    else:
        lines = [f"发现（{counts(shown)}），全文另列"]
    return [*lines, f"另有提示 {notes} 条，见 --format json"] if notes else lines
