"""Each change to the table of 2022 is reported once, under its kind, with its meaning; nothing else is."""

import attrs
import pytest

from editions_of import edited
from rubric.revision.changes import Change, Kind, Meaning
from rubric.revision.compare import compare
from strategies import program_2022

pytest.importorskip("z3")

OLD = program_2022()
Edit = tuple[tuple[tuple[str, str], ...], Kind, str, str, Meaning]

# What is replaced by what; then kind, indicator, clause and meaning of the one change.
EDITS: dict[str, Edit] = {
    "the lowest band": (
        (("满意度<80%的, 得1分", "满意度<80%的, 得0分"),),
        Kind.BANDS,
        "公众或服务对象满意度",
        "",
        Meaning.STRICTER,
    ),
    "a wider band": (
        (("5%≤比率≤10%的", "5%≤比率≤15%的"), ("比率>10%", "比率>15%")),
        Kind.BANDS,
        "编外人员控制率",
        "",
        Meaning.LOOSER,
    ),
    "a greater deduction": (
        (("超出一个百分点扣0.1分", "超出一个百分点扣0.2分"),),
        Kind.STEPS,
        "财务合规性",
        "2",
        Meaning.STRICTER,
    ),
    "a smaller deduction for each": (
        (("一项重点工作没有完成扣 4 分", "一项重点工作没有完成扣 2 分"),),
        Kind.STEPS,
        "重点工作完成情况",
        "",
        Meaning.LOOSER,
    ),
    "a definition": (
        (("信访办理回复率=办理回复件数/", "信访办理回复率=及时办理回复件数/"),),
        Kind.FORMULA,
        "群众信访办理情况",
        "2",
        Meaning.STRICTER,
    ),
    "a part of a step by another default": (
        (("按满一个百分点计，不足一个百分点的不扣分", "按不足一个百分点按一个百分点计"),),
        Kind.OTHER_READING,
        "财务合规性",
        "2",
        Meaning.STRICTER,
    ),
    "the scope of a zero rule": (
        (("“本项”指第1点", "“本项”指本指标"),),
        Kind.OTHER_READING,
        "政府采购执行情况",
        "",
        Meaning.STRICTER,
    ),
    "a reading settled": (
        (("；备选：支出进度；当季支出进度（本季度支出进度－上季度支出进度）", ""),),
        Kind.READING,
        "预算执行率",
        "5",
        Meaning.EQUAL,
    ),
    "points of a judged indicator": (
        (("（25分）", "（20分）"), ("分值合计25分", "分值合计20分")),
        Kind.POINTS,
        "社会效益、经济效益、生态效益等",
        "",
        Meaning.STRICTER,
    ),
    "words alone": (
        (("如实际采购金额大于采购计划金额，本项得0分", "实际采购金额大于采购计划金额的，本项得0分"),),
        Kind.TEXT,
        "政府采购执行情况",
        "1",
        Meaning.EQUAL,
    ),
    "a name": (
        (("三级指标 绩效指标明确（", "三级指标 绩效指标明确性（"),),
        Kind.RENAMED,
        "绩效指标明确性",
        "",
        Meaning.EQUAL,
    ),
    "the grades": (
        (("90分（含）以上为优", "92分（含）以上为优"), ("80分（含）-90分为良", "80分（含）-92分为良")),
        Kind.GRADES,
        "",
        "",
        Meaning.STRICTER,
    ),
    "what is not applicable": (
        (
            (
                "不适用的指标（点）不参评，总分=参评指标得分之和÷参评指标分值之和×100，四舍五入，保留两位小数",
                "不适用的指标（点）得满分",
            ),
        ),
        Kind.NOT_APPLICABLE,
        "",
        "",
        Meaning.LOOSER,
    ),
    "rounding": (
        (("各三级指标得分四舍五入，保留两位小数", "各三级指标得分四舍五入，保留一位小数"),),
        Kind.ROUNDING,
        "",
        "",
        Meaning.MIXED,
    ),
}


@pytest.mark.parametrize("name", EDITS)
def test_an_edit_is_reported_once_under_its_kind(name: str) -> None:
    replacements, kind, indicator, path, meaning = EDITS[name]
    revision = compare(OLD, edited(*replacements))
    assert [(c.kind, c.indicator, c.path, c.meaning) for c in revision.changes] == [(kind, indicator, path, meaning)]
    assert_shown(revision.changes[0])
    changed = {c.indicator for c in revision.changes if c.kind not in (Kind.RENAMED, Kind.MOVED)}
    assert {one.indicator for one in revision.unchanged} == {i.name for i in revision.new.indicators} - changed
    assert {one.meaning for one in revision.unchanged} == {Meaning.EQUAL}


def assert_shown(change: Change) -> None:
    """What is stricter or looser has a department that the evaluator scores so."""
    directions = {
        Meaning.STRICTER: {Meaning.STRICTER},
        Meaning.LOOSER: {Meaning.LOOSER},
        Meaning.MIXED: {Meaning.STRICTER, Meaning.LOOSER},
    }.get(change.meaning, set[Meaning]())
    if change.kind is not Kind.GRADES:
        assert {w.direction for w in change.verdict.witnesses} == directions
    for witness in change.verdict.witnesses:
        assert witness.old.score is not None
        assert witness.new.score is not None
        assert (witness.new.score < witness.old.score) == (witness.direction is Meaning.STRICTER)


def test_a_rubric_compared_with_itself_has_no_changes() -> None:
    revision = compare(OLD, OLD)
    assert revision.is_empty
    assert [one.indicator for one in revision.unchanged] == [i.name for i in OLD.indicators]


def test_numbering_widths_and_punctuation_are_no_change() -> None:
    revision = compare(
        OLD, edited(("1. 满意度≥95%的, 得6分;", "1、满意度≥95％的，得6分；"), ("90% ≤满意度", "90%≤满意度"))
    )
    assert revision.is_empty


def test_without_the_solver_no_meaning_is_claimed() -> None:
    revision = compare(OLD, edited(("满意度<80%的, 得1分", "满意度<80%的, 得0分")), prove=False)
    assert [change.meaning for change in revision.changes] == [Meaning.UNKNOWN]


def test_a_reading_settled_has_a_department_against_each_other_reading() -> None:
    revision = compare(OLD, edited(*EDITS["a reading settled"][0]))
    settled = revision.changes[0].settled
    assert [one.other for one in settled] == ["支出进度", "当季支出进度"]
    for one in settled:
        assert one.witness is not None
        assert one.witness.old.score != one.witness.new.score


def test_a_change_that_no_issued_sentence_shows_is_called_out() -> None:
    revision = compare(OLD, edited(*EDITS["a part of a step by another default"][0]))
    assert revision.changes[0].silent


def test_an_indicator_renamed_and_moved_is_one_change() -> None:
    renamed = edited(*EDITS["a name"][0])
    moved = tuple(
        attrs.evolve(i, path=("部门绩效", "效果性")) if i.name == "绩效指标明确性" else i for i in renamed.indicators
    )
    (change,) = compare(OLD, attrs.evolve(renamed, indicators=moved)).changes
    assert (change.kind, change.aspects, change.meaning) == (Kind.RENAMED, (Kind.RENAMED, Kind.MOVED), Meaning.EQUAL)
    assert [what for what, _, _ in change.of] == ["名称", "对应", "位置"]
