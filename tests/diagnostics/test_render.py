"""What a reader sees of a finding."""

import json
from unicodedata import category

from hypothesis import given, strategies as st

from rubric.diagnostics.model import Diagnostic, Hint, Label, Severity, reason, suggestion
from rubric.diagnostics.render import LINE_CELLS, as_json, render, render_all
from rubric.source import NOWHERE, SourceText, Span, display_width

TEXT = "# 第一行\n" * 11 + "    60 及以下 得 3 分\r\n    70 及以上 得 6 分\r\n"
SOURCE = SourceText("rubrics/2023/教学.rubric", TEXT)


def label(words: str, text: str = "", source: SourceText = SOURCE) -> Label:
    start = source.text.index(words)
    return Label(source, Span(start, start + len(words)), text)


def finding(*labels: Label, hints: tuple[Hint, ...] = ()) -> Diagnostic:
    return Diagnostic("R0503", Severity.ERROR, "分档有空档", labels, hints)


def rows(*labels: Label) -> list[str]:
    return render(finding(*labels)).splitlines()[1:-1]


def test_the_form_of_the_style_guide() -> None:
    diagnostic = Diagnostic(
        "R0503",
        Severity.ERROR,
        "分档有空档：60（不含）到 70（不含）之间没有对应的一档",
        (label("60 及以下", "上一档到 60 为止（含）"), label("70 及以上", "下一档从 70 开始（含）")),
        (suggestion("把第二档改为「大于 60」，或补上 60 到 70 的一档"),),
    )
    assert render(diagnostic).splitlines() == [
        "错误[R0503] 分档有空档：60（不含）到 70（不含）之间没有对应的一档",
        " --> rubrics/2023/教学.rubric:12:5",
        "12 |     60 及以下 得 3 分",
        "   |     ^^^＾＾＾          上一档到 60 为止（含）",
        "13 |     70 及以上 得 6 分",
        "   |     ^^^＾＾＾          下一档从 70 开始（含）",
        "建议：把第二档改为「大于 60」，或补上 60 到 70 的一档。",
        "详见：rubric explain R0503",
    ]


def test_a_finding_without_a_place() -> None:
    diagnostic = Diagnostic("R0821", Severity.WARNING, "没有「2098」", hints=(reason("已有 2022"),))
    assert render(diagnostic) == "警告[R0821] 没有「2098」\n说明：已有 2022。\n详见：rubric explain R0821"


def test_words_of_a_label_without_a_file_are_kept() -> None:
    assert rows(Label(None, NOWHERE, "命令中写的是 2098")) == ["   命令中写的是 2098"]


def test_wide_characters_before_the_span_are_mirrored() -> None:
    source = SourceText("甲", "得分=X１2")
    assert rows(label("X１", source=source))[-1] == "  | 　　 ^＾"


def test_a_tab_takes_four_blanks_and_a_control_character_is_shown() -> None:
    source = SourceText("甲", "\t甲\x1b[31m乙\u202e丙")
    assert rows(label("乙", source=source)) == [
        " --> 甲:1:8",
        "1 |     甲␛[31m乙␦丙",
        "  |     　 ^^^^＾".replace("^^^^", "    "),
    ]


def test_an_empty_span_marks_one_place_also_at_the_end() -> None:
    source = SourceText("甲", "甲乙")
    assert rows(Label(source, Span(1, 1), "缺少单位"))[-1] == "  | 　＾  缺少单位"
    assert rows(Label(source, Span(2, 2), "到此为止"))[-1] == "  | 　　^  到此为止"


def test_two_marks_of_one_line_stand_under_it() -> None:
    source = SourceText("甲", "甲乙丙")
    assert rows(label("甲", "先", source), label("丙", "后", source)) == [
        " --> 甲:1:1",
        "1 | 甲乙丙",
        "  | ＾      先",
        "  | 　　＾  后",
    ]


def test_lines_between_two_marks_are_left_out() -> None:
    source = SourceText("甲", "甲\n乙\n丙\n")
    assert rows(label("甲", source=source), label("丙", source=source))[1:] == [
        "1 | 甲",
        "  | ＾",
        "  | ...",
        "3 | 丙",
        "  | ＾",
    ]


def test_a_span_of_several_lines_shows_its_first_and_last() -> None:
    source = SourceText("甲", "（甲\r\n乙\r\n  丙\r\n丁")
    assert rows(Label(source, Span(0, source.text.index("丙") + 1), "这个括号没有写完"))[1:] == [
        "1 | （甲",
        "  | ＾＾",
        "  | ...",
        "3 |   丙",
        "  |   ＾  这个括号没有写完",
    ]


def test_each_source_has_its_own_place() -> None:
    other = SourceText("乙.yaml", "完成数: 3\n")
    shown = rows(label("60 及以下"), label("完成数", "这里填的是 3", other))
    assert [row for row in shown if row.startswith(" --> ")] == [
        " --> rubrics/2023/教学.rubric:12:5",
        " --> 乙.yaml:1:1",
    ]


def test_a_line_of_a_megabyte_is_clipped_around_the_span() -> None:
    source = SourceText("甲", "一" * 500_000 + "错" + "二" * 500_000)
    _, line, marks = rows(label("错", "在这里", source))
    assert line.startswith("1 | ...一")
    assert line.endswith("二...")
    assert display_width(line) <= LINE_CELLS + 8
    assert display_width(marks.partition("＾")[0]) == display_width(line.partition("错")[0])


def test_lines_to_paste_are_left_as_they_are() -> None:
    diagnostic = finding(hints=(suggestion("在口径中加一行：\n“本项”指第1点"),))
    assert render(diagnostic).splitlines()[1:3] == ["建议：在口径中加一行：", "    “本项”指第1点"]


def test_several_findings_are_parted_by_a_blank_line() -> None:
    assert render_all([]) == ""
    assert render_all([finding(), finding()]) == f"{render(finding())}\n\n{render(finding())}"


def test_json_counts_from_one() -> None:
    value = as_json(finding(label("70 及以上", "下一档"), hints=(suggestion("补上一档"),)))
    assert json.loads(json.dumps(value)) == {
        "code": "R0503",
        "severity": "error",
        "title": "分档有空档",
        "indicator": None,
        "place": "rubrics/2023/教学.rubric:13:5",
        "remedy": "补上一档",
        "labels": [{"source": "rubrics/2023/教学.rubric", "start": [13, 5], "end": [13, 11], "text": "下一档"}],
    }


@st.composite
def labels_of_any_text(draw: st.DrawFn) -> Label:
    text = draw(st.text(st.sampled_from("甲乙１①é\u0301a 　\t\r\n\x00\x1b\u202e\u2028=（“…"), max_size=200) | st.text())
    start = draw(st.integers(0, len(text)))
    return Label(SourceText("甲", text), Span(start, draw(st.integers(start, len(text)))), draw(st.text(max_size=5)))


@given(st.lists(labels_of_any_text(), max_size=3))
def test_any_finding_can_be_shown(labels: list[Label]) -> None:
    shown = render(finding(*labels))
    assert not [character for character in shown if character != "\n" and category(character) in {"Cc", "Cf", "Zl"}]
    json.dumps(as_json(finding(*labels)))


@given(st.text(st.sampled_from("甲１a =（e\u0301"), min_size=1, max_size=40), st.data())
def test_marks_are_as_wide_as_what_they_mark(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    row = rows(Label(SourceText("甲", text), Span(start, end)))[2].removeprefix("  | ")
    marks = row.lstrip(" \u3000")
    assert display_width(row[: len(row) - len(marks)]) == display_width(text[:start])
    assert display_width(marks) == max(display_width(text[start:end]), 1)
