"""Messages are in the words of the regulation."""

import re

import pytest

from checkout import Module, modules, strings_of

HAN = re.compile(r"[一-鿿]")
JARGON = re.compile(
    r"\b(token|parser?|parsing|node|traceback|null|None|True|False|exception|lexer|syntax|terminal|invalid)\b"
    r"|标识符|解析|语法树|节点|非法|无效|令牌|报错"
)
# Half-width punctuation after a Han character; exclamation marks.
PUNCTUATION = re.compile(r"[一-鿿][,;?!]|！")
NO_BLANK = re.compile(r"[一-鿿][A-Za-z]|[A-Za-z][一-鿿]")


@pytest.mark.parametrize("module", modules(), ids=lambda module: module.name)
def test_no_jargon_in_chinese_text(module: Module) -> None:
    found = [f"{line}: {text}" for line, text in strings_of(module.tree) if HAN.search(text) and JARGON.search(text)]
    assert not found


@pytest.mark.parametrize("module", [m for m in modules() if m.holds_findings], ids=lambda module: module.name)
def test_messages_are_set_as_chinese_text(module: Module) -> None:
    found = [
        f"{line}: {text}" for line, text in strings_of(module.tree) if PUNCTUATION.search(text) or NO_BLANK.search(text)
    ]
    assert not found
