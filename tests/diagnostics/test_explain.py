"""Pages are found by their code, however it is typed."""

import pytest

from rubric.diagnostics.explain import Block, load_page, nearest_code, parse_page
from rubric.diagnostics.registry import CODES


@pytest.mark.parametrize("typed", ["R0821", "r0821", "0821", "821", "Ｒ０８２１", " R0821 "])
def test_a_code_is_known_however_it_is_typed(typed: str) -> None:
    assert nearest_code(typed) == "R0821"


def test_a_mistyped_code_leads_to_a_close_one() -> None:
    assert nearest_code("R08Z1") in CODES
    assert nearest_code("什么") is None


def test_a_page_is_found() -> None:
    page = load_page("R0821")
    assert page is not None
    assert page.text.startswith(f"# R0821 {page.title}\n")
    assert load_page("R9999") is None
    assert load_page("../registry") is None


def test_a_fence_names_kind_file_and_encoding() -> None:
    page = parse_page(
        "R0000", "# R0000 标题\n\n## 错误示例\n\n```text 甲.rubric gbk\n## 乙\n```\n\n```facts\n丙: 1\n```\n"
    )
    assert page.title == "标题"
    (section,) = page.sections
    assert section.blocks == (Block("text", "甲.rubric", "gbk", "## 乙\n"), Block("facts", "", "utf-8", "丙: 1\n"))
