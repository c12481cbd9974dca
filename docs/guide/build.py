"""The pages of the language guide, made from the program.

Takes the sources beside this file (`source/*.yaml`: the words of a page, and clauses with values and scores); gives each
page and each picture as a text. What a clause gives, its readings and its curve come from the engine, so a page cannot say
what the program does not do: a clause that is not computed, or gives another score than its source says, is an error.

    pytest --record tests/docs          writes the pages anew

A source has a `title`, a `summary` and a `group` of the contents. Its blocks stand in this order: `text`, `examples`,
`parts` (each of them one of the kinds in `_block`), `wordings`, `doubts`.
"""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import cast

import yaml

from guide import clauses, rubrics, sentences
from guide.showing import Source

HERE = Path(__file__).parent
_GROUPS = ("先看", "句式", "再看")
# Written by hand: what they tell of is files and commands, which no clause can show.
_BESIDE = (
    ("年度版本", "../editions.md", "每个结果由哪一份评分表、数据、程序算出；印发以后锁定；起草下一年的。"),
    ("自动检查", "../ci.md", "评分表放在 GitHub 上的，每次改动自动检查、比较、测算影响，结果贴出来。"),
)


def pages() -> dict[str, str]:
    """Every file of the guide that is made, by its path under `docs/guide`."""
    sources = [(path.stem, read(path)) for path in sorted((HERE / "source").glob("*.yaml"))]
    found = {"README.md": "\n".join(_contents(sources)) + "\n"}
    for index, (name, source) in enumerate(sources):
        lines, pictures = page(name, source)
        lines += ["", "---", "", _ways(sources, index)]
        found[f"{name}.md"] = _spaced(lines)
        found |= pictures
    return found


class _Texts(yaml.SafeLoader):
    """Numbers and dates stay as they are written."""


for _kind in ("int", "float", "timestamp"):
    _Texts.add_constructor(f"tag:yaml.org,2002:{_kind}", lambda _, node: node.value)


def read(path: Path) -> Source:
    return cast(Source, yaml.load(path.read_text(encoding="utf-8"), _Texts))


def _spaced(lines: Sequence[str]) -> str:
    """The lines with one blank between blocks."""
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)) + "\n"


def _contents(sources: Sequence[tuple[str, Source]]) -> Iterator[str]:
    yield "# 评分标准怎么写"
    yield ""
    yield (
        "写给印发评分表、填报数据的财政和业务人员，不需要会编程。"
        "例句都是为说明句式编的，不出自任何文件。页面上的得分、说明、读法和曲线都由程序算出，程序改了，页面跟着改。"
    )
    for group in _GROUPS:
        yield from ("", f"## {group}", "", "| 页 | 讲什么 |", "|---|---|")
        for name, source in sources:
            if source["group"] == group:
                yield f"| [{source['title']}]({name}.md) | {source['summary']} |"
    yield from ("", "## 一年一改", "", "| 页 | 讲什么 |", "|---|---|")
    yield from (f"| [{title}]({path}) | {summary} |" for title, path, summary in _BESIDE)


def _ways(sources: Sequence[tuple[str, Source]], index: int) -> str:
    """To the page before, the contents and the page after."""
    before = [f"上一页：[{s['title']}]({name}.md)" for name, s in sources[max(index - 1, 0) : index]]
    after = [f"下一页：[{s['title']}]({name}.md)" for name, s in sources[index + 1 : index + 2]]
    return "　".join((*before, "[目录](README.md)", *after))


def page(name: str, source: Source) -> tuple[list[str], dict[str, str]]:
    """The lines of one page, and its pictures by path."""
    lines = [f"# {source['title']}", "", source["summary"]]
    if source.get("text"):
        lines += ["", source["text"].strip()]
    pictures: dict[str, str] = {}
    for number, written in enumerate(source.get("examples", ()), start=1):
        shown, drawn = clauses.example_lines(written, number, name)
        lines += ["", *shown]
        pictures |= drawn
    for number, part in enumerate(source.get("parts", ()), start=1):
        lines += ["", *_block(part)]
        if "axis" in part:
            shown, drawn = rubrics.rubric_picture(part, f"curves/{name}-第{number}部分.svg")
            lines += shown
            pictures |= drawn
    for wording in source.get("wordings", ()):
        lines += clauses.word_lines(wording)
    if source.get("doubts"):
        lines += clauses.doubt_lines(source["doubts"])
    return lines, pictures


def _block(part: Source) -> Iterator[str]:
    """`text` as it is · `rubric` with facts and scores · `rows` of forms put into a rubric · `run` commands on files · `kinds`, `defaults` of sentences."""
    if part.get("title"):
        yield from (f"## {part['title']}", "")
    if part.get("text"):
        yield from (part["text"].strip(), "")
    if "rubric" in part:
        yield from rubrics.rubric_lines(part)
    if "rows" in part:
        yield from rubrics.form_lines(part)
    if "run" in part:
        yield from rubrics.run_lines(part)
    if "kinds" in part:
        yield from sentences.kind_lines(part)
    if "defaults" in part:
        yield from sentences.default_lines(part)
    if part.get("after"):
        yield from ("", part["after"].strip())


def main() -> None:
    """Write every page that differs, and take away what is made no more."""
    made = pages()
    for name, text in made.items():
        path = HERE / name
        path.parent.mkdir(exist_ok=True)
        if not path.is_file() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")
    for path in (*HERE.glob("*.md"), *(HERE / "curves").glob("*.svg")):
        if path.relative_to(HERE).as_posix() not in made:
            path.unlink()


if __name__ == "__main__":
    main()
