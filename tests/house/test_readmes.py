"""Every path that a guide names exists, and the two READMEs are twins."""

import re
from pathlib import Path

import pytest

from checkout import PACKAGE, ROOT, project_files

GUIDES = [path for path in project_files() if path.suffix == ".md" and "explain" not in path.parts]
_SUFFIXES = r"(?:md|py|rubric|yaml|lark|toml|json|txt|sh)"
_BACKTICKED = re.compile(r"`([^`\s]+)`")
_LINK = re.compile(r"\]\(([^)\s#]+)(?:#[^)]*)?\)")
_PATH = re.compile(rf"[\w.\-]+(?:/[\w.\-]+)*/?|[\w.\-]+\.{_SUFFIXES}")
_FENCED = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
_RUN = re.compile(r"^```sh run\n(.*?)^```", re.MULTILINE | re.DOTALL)


def _named(text: str) -> set[str]:
    prose = _FENCED.sub("", text)
    links = {link for link in _LINK.findall(prose) if "://" not in link}
    words = {
        word
        for word in _BACKTICKED.findall(prose)
        if _PATH.fullmatch(word) and (word.endswith("/") or re.search(rf"\.{_SUFFIXES}$", word))
    }
    return links | words


@pytest.mark.parametrize("guide", GUIDES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_path_named_exists(guide: Path) -> None:
    bases = (guide.parent, ROOT, PACKAGE)
    missing = [name for name in sorted(_named(guide.read_text("utf-8"))) if not any((b / name).exists() for b in bases)]
    assert not missing


def test_the_readmes_are_twins() -> None:
    english, chinese = (ROOT / name for name in ("README.md", "README.zh-CN.md"))
    texts = [path.read_text("utf-8") for path in (english, chinese)]
    assert _RUN.findall(texts[0]) == _RUN.findall(texts[1])
    assert len(_RUN.findall(texts[0])) == 2
    levels = [re.findall(r"^#+(?= )", _FENCED.sub("", text), re.MULTILINE) for text in texts]
    assert levels[0] == levels[1]
