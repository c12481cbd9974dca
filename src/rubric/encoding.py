"""Bytes as text.

Takes the bytes of a file; gives its text as UTF-8, without the byte order mark, or says which kind of file it is.
Never changes a character and never guesses: a text in another encoding is named, not converted.
"""

import re

from rubric.diagnostics import file_errors
from rubric.diagnostics.model import Checked, Diagnostic
from rubric.source import SourceText, Span

LARGEST = 16 * 1024 * 1024

UTF8_MARK = b"\xef\xbb\xbf"
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
_OFFICE_MARKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF")
# Compiled when a file is not UTF-8, which is rare: classes of many characters take their time.
_HAN = "[\u4e00-\u9fff]"
_WIDE = "[^\x00-\x7f]"
_REPLACEMENT = "\ufffd"


def decode(raw: bytes, name: str) -> Checked[SourceText | None]:
    """The text of a file; None, with the reason, where it is not one in UTF-8."""
    if len(raw) > LARGEST:
        return _refused(file_errors.too_large(name, len(raw), LARGEST))
    if raw.startswith(_UTF16_MARKS):
        return _refused(file_errors.other_encoding(name, "UTF-16"))
    if raw.startswith(_OFFICE_MARKS):
        return _refused(file_errors.not_text(name, office=True))
    if b"\0" in raw:
        return _refused(file_errors.not_text(name, office=False))
    body = raw.removeprefix(UTF8_MARK)
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError:
        return _refused(_undecodable(body, name))
    if not text.strip():
        return _refused(file_errors.empty_file(name))
    return Checked(SourceText(name, text))


def _refused(finding: Diagnostic) -> Checked[SourceText | None]:
    return Checked(None, (finding,))


def _undecodable(body: bytes, name: str) -> Diagnostic:
    """Mostly good UTF-8 is a damaged text; else it may be Chinese text in GB 18030; else it is no text."""
    replaced = body.decode("utf-8", errors="replace")
    damaged = replaced.count(_REPLACEMENT)
    if len(re.findall(_WIDE, replaced)) > 10 * damaged:
        at = replaced.index(_REPLACEMENT)
        return file_errors.damaged_text(SourceText(name, replaced), Span(at, at + 1))
    try:
        text = body.decode("gb18030")
    except UnicodeDecodeError:
        return file_errors.not_text(name, office=False)
    wide = len(re.findall(_WIDE, text))
    if text.isascii() or 3 * len(re.findall(_HAN, text)) < wide or _has_controls(text):
        return file_errors.not_text(name, office=False)
    return file_errors.other_encoding(name, "GBK")


def _has_controls(text: str) -> bool:
    return any(character < " " and character not in "\t\n\r\f" for character in text)
