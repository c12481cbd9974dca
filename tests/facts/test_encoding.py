"""Bytes become text only where they are a text in UTF-8."""

import pytest
from hypothesis import given, strategies as st

from rubric.encoding import LARGEST, decode

TEXT = "数据:\n  年初预算总额: 20,089.17万元\r\n  满意度: 92.85%\r"


def _code(raw: bytes) -> str:
    checked = decode(raw, "数据.yaml")
    assert checked.value is None
    assert "数据.yaml" in checked.diagnostics[0].title
    return checked.diagnostics[0].code


def test_line_ends_and_characters_are_kept() -> None:
    source = decode(TEXT.encode(), "数据.yaml").value
    assert source is not None
    assert source.text == TEXT


def test_a_byte_order_mark_is_dropped() -> None:
    source = decode(b"\xef\xbb\xbf" + TEXT.encode(), "数据.yaml").value
    assert source is not None
    assert source.text == TEXT


@pytest.mark.parametrize("raw", [b"", b" \r\n\t\n", b"\xef\xbb\xbf", "\u3000\n".encode()])
def test_an_empty_file_is_named_as_such(raw: bytes) -> None:
    assert _code(raw) == "R1201"


@pytest.mark.parametrize(
    "raw",
    [b"PK\x03\x04\x14\x00", b"%PDF-1.7\n%\xe2\xe3", b"\x00\x01\x02", b"\x89PNG\r\n\x1a\n", bytes(range(128, 256)) * 3],
)
def test_a_binary_file_is_named_as_such(raw: bytes) -> None:
    assert _code(raw) == "R1202"


def test_a_huge_file_is_not_read() -> None:
    assert _code(b"a" * (LARGEST + 1)) == "R1202"


@pytest.mark.parametrize("encoding", ["gbk", "gb18030", "gb2312"])
def test_a_text_in_gbk_is_named_with_the_remedy(encoding: str) -> None:
    checked = decode(TEXT.encode(encoding), "数据.yaml")
    assert [d.code for d in checked.diagnostics] == ["R1203"]
    assert "GBK" in checked.diagnostics[0].title
    assert "UTF-8" in checked.diagnostics[0].remedy


@pytest.mark.parametrize("raw", [b"\xff\xfe" + TEXT.encode("utf-16-le"), b"\xfe\xff" + TEXT.encode("utf-16-be")])
def test_a_text_in_utf_16_is_named_as_such(raw: bytes) -> None:
    checked = decode(raw, "数据.yaml")
    assert checked.diagnostics[0].code == "R1203"
    assert "UTF-16" in checked.diagnostics[0].title


def test_a_damaged_character_is_shown_in_its_place() -> None:
    checked = decode(TEXT.encode().replace("满".encode(), "满".encode()[:-1]), "数据.yaml")
    assert checked.diagnostics[0].code == "R1204"
    assert checked.diagnostics[0].place.startswith("数据.yaml:3:")


@given(st.binary(max_size=300))
def test_any_bytes_give_a_text_or_one_finding(raw: bytes) -> None:
    checked = decode(raw, "数据.yaml")
    assert (checked.value is None) == (len(checked.diagnostics) == 1)
