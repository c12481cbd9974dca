"""The whole texts, as recorded."""

from pathlib import Path

import pytest

from reporting import samples
from rubric.reporting.ledger import ledger_text, points_by_kind, unused
from rubric.reporting.score import progress, score_text
from rubric.reporting.scored import in_order
from rubric.reporting.tree import explanation_tree
from rubric.source import display_width

RECORDED = Path(__file__).parent / "recorded"


def _trees() -> str:
    scored = samples.scored()
    verdicts = {verdict.indicator: verdict for verdict in scored.verdicts}
    return "\n\n\n".join(
        explanation_tree(scored.outcome, outcome, samples.SOURCE, verdicts.get(outcome.indicator.name))
        for outcome in scored.outcome.indicators
    )


TEXTS = {
    "score": lambda: score_text(samples.scored()),
    "score-narrow-without-claims": lambda: score_text(samples.scored(claims=False), 60),
    "trees": _trees,
    "ledger": lambda: ledger_text(samples.program(), samples.SOURCE, samples.findings()),
}


@pytest.mark.parametrize("name", TEXTS)
def test_as_recorded(name: str, recording: bool) -> None:
    text = TEXTS[name]() + "\n"
    path = RECORDED / f"{name}.txt"
    if recording:
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text("utf-8")


@pytest.mark.parametrize("width", [60, 80, 100])
def test_the_report_keeps_to_the_width(width: int) -> None:
    for line in score_text(samples.scored(claims=False), width).splitlines():
        assert display_width(line) <= width, line


def test_without_claims_there_are_no_claim_columns() -> None:
    text = score_text(samples.scored(claims=False))
    assert "自评" not in text.split("发现")[0]
    assert "核验结论" not in text


def test_progress_counts_each_fact_once() -> None:
    assert progress(samples.scored()) == (5, 7)


def test_the_ledger_adds_up_and_names_what_is_unused() -> None:
    program = samples.program()
    assert sum(points_by_kind(program).values()) == program.points
    assert [datum.name for datum in unused(program)] == ["没有用处的数据"]


def test_findings_are_told_once_and_the_gravest_first() -> None:
    first, second = samples.findings()
    assert in_order((first, second, first)) == (second, first)
