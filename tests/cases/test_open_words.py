"""What a sentence leaves open is told with the result of each reading and with lines that settle it; twins without doubt
give nothing. The table is `open_words.yaml`."""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from pathlib import Path

import attrs
import pytest
import yaml

from case_files import HEAD
from rubric.analysis.lints import lint_notes
from rubric.core.numbers import exact
from rubric.core.record import Given
from rubric.diagnostics.explain import load_page
from rubric.diagnostics.model import Diagnostic, Severity
from rubric.evaluator.evaluate import evaluate
from rubric.facts.reading import record_from_mapping
from rubric.pipeline import compile_rubric
from rubric.source import SourceText

NAME = "示例指标"


@attrs.frozen
class Open:
    name: str
    construction: str
    points: int | str
    clause: str = ""
    code: str = ""
    clean: str = ""
    data: Sequence[str] = ()
    says: Sequence[str] = ()
    facts: Mapping[str, str] = attrs.field(factory=dict[str, str])
    judged: Mapping[str, int] = attrs.field(factory=dict[str, int])
    settle: Mapping[str, object] = attrs.field(factory=dict[str, object])

    def text(self, clause: str, line: str = "") -> str:
        points = f"{self.points}分" if isinstance(self.points, int) else self.points
        parts = [f"三级指标 {NAME}（{points}）", "  评分标准"]
        parts += [f"    {sentence}" for sentence in clause.strip().split("\n")]
        parts += ["  数据", *(f"    {datum}" for datum in self.data)] if self.data else []
        parts += ["  口径", f"    {line}"] if line else []
        return HEAD + "\n".join(parts) + "\n"


TABLE = [Open(**entry) for entry in yaml.safe_load((Path(__file__).parent / "open_words.yaml").read_text("utf-8"))]
OPEN = [pytest.param(one, id=one.name) for one in TABLE if one.code]
CLEAN = [pytest.param(one, id=one.name) for one in TABLE if one.clean]
SETTLED = [pytest.param(one, line, id=f"{one.name}：{line}") for one in TABLE for line in one.settle]


TOLD = {one.code for one in TABLE}


def found(text: str) -> Iterator[Diagnostic]:
    """All findings but the notes that this table does not speak of."""
    source = SourceText("示例.rubric", text)
    done = compile_rubric(source)
    for told in (*done.diagnostics, *lint_notes(source, done.value)):
        if told.severity is not Severity.NOTE or told.code in TOLD:
            yield told


@pytest.mark.parametrize("one", OPEN)
def test_what_is_open_is_told_with_the_result_of_each_reading(one: Open) -> None:
    told = [d for d in found(one.text(one.clause)) if d.code == one.code]
    assert told, [(d.code, d.title) for d in found(one.text(one.clause))]
    words = "\n".join(d.remedy for d in told)
    assert [said for said in one.says if said not in words] == [], words
    assert load_page(one.code) is not None
    assert all(d.place and d.hints for d in told)


@pytest.mark.parametrize("one", OPEN)
def test_the_lines_that_settle_it_are_those_that_the_finding_names(one: Open) -> None:
    words = "\n".join(d.remedy for d in found(one.text(one.clause)) if d.code == one.code)
    named = [line for line in one.settle if f"「{line}」" in words]
    assert named or not one.settle or one.code == "R0701", words


@pytest.mark.parametrize(("one", "line"), SETTLED)
def test_a_line_settles_it(one: Open, line: str) -> None:
    text = one.text(one.clause, line)
    assert [(d.code, d.title) for d in found(text)] == []
    program = compile_rubric(SourceText("示例.rubric", text)).value
    read = record_from_mapping({"数据": dict(one.facts)}, program)
    given = {j.key: Given(Fraction(one.judged[j.label])) for j in program.judgements}
    record = attrs.evolve(read.value, judgements=given)
    assert read.errors == ()
    score, grades = evaluate(program, record).indicators[0].score, program.indicators[0].grades
    assert score == (grades.index(str(one.settle[line])) if grades else exact(str(one.settle[line])))


@pytest.mark.parametrize("one", CLEAN)
def test_a_sentence_that_leaves_nothing_open_is_left_in_peace(one: Open) -> None:
    assert [(d.code, d.title) for d in found(one.text(one.clean))] == []
