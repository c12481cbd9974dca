"""What formatting keeps and what it undoes, for any text, for generated rubrics and for the real table out of order."""

import os
import re

import pytest
from hypothesis import example, given, settings, strategies as st

from generated import Table, tables
from property.test_any_text import any_text
from rubric.formatted import formatted as formatted_as_written
from rubric.formatter.comparison import same_document
from rubric.formatter.document import format_document
from rubric.pipeline import compile_rubric
from rubric.source import SourceText
from rubric.syntax.parse import parse
from rubric.syntax.placing import Place, is_comment, placed_lines, trimmed_lines
from scrambled import authors_lines, commented, scrambled
from strategies import text_2022

THOROUGH = os.environ.get("HYPOTHESIS_PROFILE") == "thorough"
FEWER = settings(max_examples=400 if THOROUGH else 25)
CHUNKS = tuple(re.split("(?=^三级指标|^一级指标|^二级指标|^共用数据|^计分办法)", text_2022(), flags=re.MULTILINE))
AUTHORS = {Place.DATA, Place.SHARED, Place.BASIS, Place.SCORING, Place.HEADER}


def formatted(text: str) -> str:
    return format_document(parse(SourceText("文", text)).value)


def issued(text: str) -> list[str]:
    """Every line that is not the author's, without its margins; a heading by the name in it."""
    source = SourceText("文", text)
    return [source.slice(line.name) for line in placed_lines(source) if line.place not in AUTHORS | _WORDS]


_WORDS = {Place.SECTION_HEADING, Place.SCORING_SECTION, Place.SHARED_HEADING, Place.SCORING_HEADING}


def comments_of(text: str) -> list[str]:
    source = SourceText("文", text)
    return [source.slice(span) for span in trimmed_lines(source) if is_comment(source, span)]


def dense(text: str) -> str:
    """Without blank lines, which the author's grouping would keep."""
    return "\n".join(line for line in text.splitlines() if line.strip())


def with_scrambled(house: str) -> st.SearchStrategy[tuple[str, str]]:
    return st.tuples(st.just(house), scrambled(house))


def assert_kept(text: str) -> None:
    """The tree, the issued characters and the comments are as they were; formatting again changes nothing."""
    laid_out = formatted(text)
    before, after = (parse(SourceText("文", t)).value for t in (text, laid_out))
    assert same_document(before, after)
    assert issued(text) == issued(laid_out)
    assert comments_of(text) == comments_of(laid_out)
    assert formatted(laid_out) == laid_out


def test_the_table_of_2022_is_laid_out_already() -> None:
    assert formatted(text_2022()) == text_2022()


@given(any_text())
@example("00:\x1f")  # behind the colon nothing but a sign that counts as blank
def test_any_text_keeps_what_it_says(text: str) -> None:
    assert_kept(text)


@given(authors_lines())
def test_lines_of_the_author_keep_their_meaning(text: str) -> None:
    """Also where they make no sense: nothing of them is refused."""
    laid_out = formatted_as_written(SourceText("文", text))
    assert laid_out.value == formatted(text)
    assert_kept(text)


@FEWER
@given(tables())
def test_a_generated_rubric_keeps_its_meaning(table: Table) -> None:
    assert_kept(table.text)
    before, after = (compile_rubric(SourceText("文", t)) for t in (table.text, formatted(table.text)))
    assert before.value.meaning_sha256 == after.value.meaning_sha256
    assert [d.code for d in before.diagnostics] == [d.code for d in after.diagnostics]


@FEWER
@given(tables().map(lambda table: formatted(dense(table.text))).flatmap(with_scrambled))
def test_a_scrambled_generated_rubric_comes_back_to_the_character(pair: tuple[str, str]) -> None:
    house, other = pair
    assert formatted(other) == house


@FEWER
@given(st.sampled_from(CHUNKS).map(formatted).flatmap(with_scrambled))
def test_a_scrambled_part_of_the_table_comes_back_to_the_character(pair: tuple[str, str]) -> None:
    house, other = pair
    assert formatted(other) == house


@FEWER
@given(st.sampled_from(CHUNKS).flatmap(commented))
def test_every_comment_stays_between_its_lines(pair: tuple[str, tuple[str, ...]]) -> None:
    text, comments = pair
    assert comments_of(formatted(text)) == list(comments)
    assert_kept(text)
    order = [line for line in formatted(text).split("\n") if line.strip()]
    assert [line.strip()[:4] for line in order] == [
        line.strip()[:4] for line in text.split("\n") if line.strip(" \t\u3000")
    ]


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_line_ends_stay(newline: str) -> None:
    assert formatted(text_2022().replace("\n", newline)) == text_2022().replace("\n", newline)
