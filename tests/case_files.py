"""Small named programs in Markdown, with what is expected of them.

Takes a case file; gives its cases. Never runs one. The form, so that a case reads like a page of a manual:

    ## 名称（全套唯一，是一句承诺）
    为什么有这一例，一句话。
    ```rubric            三级指标 and below; a head with 评价年度 and 计分办法 is put before it, unless tagged `rubric 整份`
      1. 满意度≥90的，得6分   ⟵ R0401         findings expected, on the line they point to; every other one fails the case
    ```
    ```scores            facts；judgements；readings ⟶ what the first indicator gets
    满意度=95% ⟶ 6
    评判 甲=1；口径 每超出一个百分点=1 ⟶ 待定 0-6
    ```
    ```kinds             kind｜beginning of the sentence, for every sentence of every cell
    规则｜满意度≥90%
    ```
"""

import re
from pathlib import Path

import attrs

MARK = "⟵"
ARROW = "⟶"
HEAD = """\
指标体系：示例
评价年度：2022年（2023年印发）
计分办法
  计分：各三级指标得分四舍五入，保留两位小数；总分为各三级指标得分之和
  不适用：不适用的指标（点）不参评，总分=参评指标得分之和÷参评指标分值之和×100，四舍五入，保留两位小数
"""
_FENCE = re.compile(r"^```(\w+)(?: (\S+))?\n(.*?)^```$", re.M | re.S)


@attrs.frozen
class Expected:
    """A finding on a line of the program; one about the whole file stands on its first line."""

    line: int
    code: str


@attrs.frozen
class Score:
    """One line of `scores`: entries as written, and the result as written."""

    entries: tuple[str, ...]
    result: str


@attrs.frozen
class Case:
    name: str
    why: str
    text: str
    expected: tuple[Expected, ...]
    scores: tuple[Score, ...]
    kinds: tuple[tuple[str, str], ...]


def read_cases(path: Path) -> tuple[Case, ...]:
    parts = re.split(r"^## ", path.read_text("utf-8"), flags=re.M)[1:]
    return tuple(_case(part) for part in parts)


def _case(part: str) -> Case:
    name, _, rest = part.partition("\n")
    blocks = [(m[1], m[2], m[3]) for m in _FENCE.finditer(rest)]
    why = rest.split("```", 1)[0].strip()
    programs = [(tag, body) for kind, tag, body in blocks if kind == "rubric"]
    assert len(programs) == 1 and why, name
    tag, body = programs[0]
    text, expected = _marked(body if tag == "整份" else HEAD + body)
    scores = tuple(_score(line) for line in _lines(blocks, "scores"))
    kinds = tuple(_kind(line) for line in _lines(blocks, "kinds"))
    return Case(name.strip(), why, text, expected, scores, kinds)


def _lines(blocks: list[tuple[str, str, str]], kind: str) -> list[str]:
    return [line for found, _, body in blocks if found == kind for line in body.splitlines() if line.strip()]


def _marked(body: str) -> tuple[str, tuple[Expected, ...]]:
    lines: list[str] = []
    expected: list[Expected] = []
    for number, line in enumerate(body.split("\n"), 1):
        written, mark, codes = line.partition(MARK)
        lines.append(written.rstrip() if mark else line)
        expected += [Expected(number, code) for code in codes.split()]
    return "\n".join(lines), tuple(expected)


def _score(line: str) -> Score:
    entries, arrow, result = line.partition(ARROW)
    assert arrow, line
    return Score(tuple(e for e in (part.strip() for part in entries.split("；")) if e), result.strip())


def _kind(line: str) -> tuple[str, str]:
    kind, _, beginning = line.partition("｜")
    return kind.strip(), beginning.strip()
