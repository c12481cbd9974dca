"""What a word processor or another editor does to a file leaves the program the same."""

import re
from collections.abc import Callable

import attrs
import pytest

import edition_2022 as edition
from rubric.core.program import Program
from rubric.evaluator.evaluate import evaluate
from rubric.pipeline import compile_rubric
from rubric.source import SourceText

Change = Callable[[str], str]


def crlf(text: str) -> str:
    return text.replace("\n", "\r\n")


def lone_carriage_returns(text: str) -> str:
    return text.replace("\n", "\r")


def byte_order_mark(text: str) -> str:
    return "\ufeff" + text


def no_indentation(text: str) -> str:
    return re.sub(r"^[ \u3000]+", "", text, flags=re.M)


def no_blank_lines(text: str) -> str:
    return re.sub(r"\n\n+", "\n", text)


def pasted_from_word(text: str) -> str:
    return no_blank_lines(no_indentation(text))


def full_width_indentation(text: str) -> str:
    return re.sub(r"^( +)", lambda m: "\u3000" * (len(m[1]) // 2), text, flags=re.M)


def blank_lines_everywhere(text: str) -> str:
    return text.replace("\n", "\n\n")


def trailing_blanks(text: str) -> str:
    return re.sub(r"$", " \u3000\t", text, flags=re.M)


def no_last_line_end(text: str) -> str:
    return text.rstrip("\n")


def comments_between(text: str) -> str:
    return re.sub(r"^(?=三级指标)", "# 已核对\n", text, flags=re.M)


LAYOUT: tuple[Change, ...] = (
    crlf,
    lone_carriage_returns,
    byte_order_mark,
    no_indentation,
    no_blank_lines,
    pasted_from_word,
    full_width_indentation,
    blank_lines_everywhere,
    trailing_blanks,
    no_last_line_end,
    comments_between,
)


def full_width_digits(text: str) -> str:
    """In the issued sentences only; a datum's name keeps its form."""
    return _in_sentences(text, str.maketrans("0123456789%", "０１２３４５６７８９％"))


def full_width_signs(text: str) -> str:
    return _in_sentences(text, str.maketrans("<>=/()", "＜＞＝／（）"))


def half_width_signs(text: str) -> str:
    return _in_sentences(text, str.maketrans("（）：；，", "():;,"))


def double_signs(text: str) -> str:
    return _in_sentences(text, {ord("≥"): "≧", ord("≤"): "≦"})


def straight_quotes(text: str) -> str:
    return _in_sentences(text, str.maketrans("“”", '""'))


def circled_numbers(text: str) -> str:
    """`（1）` and `(1)` under a numbered line become ①."""
    return re.sub(r"^(\s*)[（(]([1-9])[）)]", lambda m: m[1] + "①②③④⑤⑥⑦⑧⑨"[int(m[2]) - 1], text, flags=re.M)


def pause_after_numbers(text: str) -> str:
    return re.sub(r"^(\s*\d)\. ", r"\1、", text, flags=re.M)


def bracketed_numbers(text: str) -> str:
    """`1. ` becomes `（1）`, and the numbers below it ①."""
    return re.sub(r"^(\s*)(\d)\. ", r"\1（\2）", circled_numbers(text), flags=re.M)


SPELLING: tuple[Change, ...] = (
    full_width_digits,
    full_width_signs,
    half_width_signs,
    double_signs,
    straight_quotes,
    circled_numbers,
    pause_after_numbers,
    bracketed_numbers,
)


def _in_sentences(text: str, table: dict[int, int] | dict[int, str]) -> str:
    inside = False
    lines: list[str] = []
    for line in text.split("\n"):
        stripped = line.strip()
        if stripped in ("评分标准", "数据", "口径", "指标说明") or stripped.startswith(("一级", "二级", "三级")):
            inside = stripped == "评分标准"
        lines.append(line.translate(table) if inside else line)
    return "\n".join(lines)


def _compiled(change: Change) -> Program:
    compiled = compile_rubric(SourceText("改动.rubric", change(edition.source().text)))
    before = [d.code for d in compile_rubric(edition.source()).diagnostics]
    assert [d.code for d in compiled.diagnostics] == before, [(d.title, d.place) for d in compiled.diagnostics]
    return compiled.value


@pytest.mark.parametrize("change", LAYOUT, ids=lambda change: change.__name__)
def test_layout_has_no_meaning(change: Change) -> None:
    assert _compiled(change).meaning_sha256 == edition.program().meaning_sha256


@pytest.mark.parametrize("change", SPELLING, ids=lambda change: change.__name__)
def test_another_spelling_scores_the_same(change: Change) -> None:
    """Labels are made of the sentences, so judgements are carried over in their order."""
    changed, issued, record = _compiled(change), edition.program(), edition.case_record()
    pairs = zip(issued.judgements, changed.judgements, strict=True)
    judgements = {other.key: record.judgements[judgement.key] for judgement, other in pairs}
    outcome, expected = evaluate(changed, attrs.evolve(record, judgements=judgements)), edition.scored(record)
    assert [i.exact for i in outcome.indicators] == [i.exact for i in expected.indicators]
    assert outcome.total == expected.total
