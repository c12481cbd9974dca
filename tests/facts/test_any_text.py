"""Reading any text returns, and what it says is Chinese."""

import re

from hypothesis import given, settings, strategies as st

from facts.programs import PROGRAM, read
from rubric.core.record import Record
from rubric.diagnostics.model import Checked, errors_of
from rubric.diagnostics.render import render
from rubric.facts.blank import blank_facts

# A user's own words stand in 「」; units, UTF-8 and the like are the only Latin letters beside them.
QUOTED = re.compile("「[^」]*」", re.DOTALL)
JARGON = re.compile(
    r"traceback|error|expected|found|token|mapping|scalar|sequence|block|stream|yaml|none|null|true|false|parse|node",
    re.IGNORECASE,
)

NASTY = [
    "",
    "—",
    "-",
    "/",
    "1,1893.17",
    "88.67",
    "30人",
    "是",
    "1e9",
    "{",
    "[",
    "*a",
    "&a 1",
    "!!x 1",
    "- ",
    "#",
    "1,000.00万元",
]
VALUES = st.one_of(st.sampled_from(NASTY), st.text(max_size=12), st.decimals(-1000, 1000, places=2).map(str))
NAMES = st.one_of(
    st.sampled_from([datum.name for datum in PROGRAM.data]),
    st.sampled_from(["值", "来源", "口径", "其他口径", "依据", "得分", "原文", "一季度"]),
    st.sampled_from([judgement.label for judgement in PROGRAM.judgements]),
    st.text(max_size=6),
)
SECTIONS = st.sampled_from(["单位", "评价年度", "口径", "数据", "评判", "自评", "复核", "别的"])


def _line(depth: int, name: str, value: str) -> str:
    return f"{'  ' * depth}{name}: {value}"


def _file(section: str, lines: list[str]) -> str:
    return "\n".join([f"{section}:", *(f"  {line}" for line in lines)])


LINES = st.builds(_line, st.integers(0, 3), NAMES, VALUES)
FILES = st.builds(_file, SECTIONS, st.lists(LINES, max_size=6))


def _look(checked: Checked[Record]) -> None:
    for finding in checked.diagnostics:
        assert re.fullmatch(r"R09\d\d", finding.code)
        assert "\n" not in finding.title
        render(finding)
        for words in (finding.title, finding.remedy, *(label.text for label in finding.labels)):
            own = QUOTED.sub("", words)
            # What a file holds is repeated without 「」 where it is a number with its unit.
            assert not JARGON.search(own) or finding.code in {"R0919", "R0921", "R0923", "R0926"}, words


@given(st.text(max_size=200))
@settings(max_examples=300)
def test_any_text_is_read(text: str) -> None:
    _look(read(text))


@given(FILES)
@settings(max_examples=300)
def test_any_lines_are_read(text: str) -> None:
    _look(read(text))


@given(st.integers(0, 4000), st.text(max_size=8), st.integers(0, 10))
def test_a_blank_file_with_any_slip_is_read(at: int, typed: str, removed: int) -> None:
    blank = blank_facts(PROGRAM)
    at %= len(blank)
    _look(read(blank[:at] + typed + blank[at + removed :]))


@given(FILES)
def test_a_refused_fact_is_not_in_the_record(text: str) -> None:
    checked = read(text)
    for finding in errors_of(checked.diagnostics):
        for label in finding.labels:
            for fact in checked.value.facts.values():
                assert fact.span != label.span or finding.code in {"R0904", "R0927"}
