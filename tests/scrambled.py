"""House-laid rubrics put out of order again, in every way that the formatter undoes.

Takes a laid-out text; gives strategies of the same rubric in another layout and spelling of the author's lines. Issued
sentences keep every character.
"""

import re
from collections.abc import Callable

from hypothesis import strategies as st

from rubric.source import SourceText
from rubric.syntax.declarations import DatumPart, datum_parts, name_end
from rubric.syntax.parse import parse
from rubric.syntax.placing import Place, placed_lines

INDENTS = ("", " ", "  ", "      ", "\t", "\u3000", "\u3000\u3000")
TAILS = ("", "", " ", "\u3000", "\t ")
MARKS = tuple(zip("，；：", ",;:", strict=True))
SIGNS = (
    ("=", "＝"),
    ("+", "＋"),
    ("%", "％"),
    (">", "＞"),
    ("<", "＜"),
    ("×", "*"),
    ("－", "-"),
    ("≥", ">="),
    ("0", "０"),
)
WORDS = (
    ("简称 ", ("简称", "又称 ", "亦称：", "简称： ")),
    ("即 ", ("即", "即： ")),
    ("来源 ", ("来源：", "来源")),
    ("参照 ", ("参照", "参照：")),
    ("正向", ("越高越好", "正向指标", "方向：正向")),
    ("反向", ("越低越好", "负向指标", "逆向")),
    ("不可变", ("历史数据", "不可更改")),
    ("不低于", ("不少于", "不小于")),
    ("不超过", ("不高于", "不大于", "不多于")),
)
QUOTED = re.compile("“[^“”]*(?:“[^“”]*”[^“”]*)*”")
HEADINGS = re.compile("^(一级指标|二级指标|三级指标) ")

Draw = Callable[[st.SearchStrategy[str]], str]


@st.composite
def scrambled(draw: st.DrawFn, text: str) -> str:
    """The same rubric, laid out anew: margins, line ends, blank lines at the edges of blocks, the author's spelling."""
    source = SourceText("文", text)
    document = parse(source).value
    data = {line.span.start: line for line in (*document.shared, *(d for i in document.indicators for d in i.data))}
    rows: list[str] = []
    for line in placed_lines(source):
        words = source.slice(line.span)
        match line.place:
            case Place.DATA | Place.SHARED:
                if not data[line.span.start].fault:
                    parts = [(part, source.slice(span)) for part, span in datum_parts(source, data[line.span.start])]
                    end = name_end(text, line.span)
                    words = text[line.span.start : end] + draw(st.sampled_from("：:")) + _joined(draw, parts)
            case Place.BASIS | Place.SCORING:
                words = _outside_quotes(words, _swaps(draw, MARKS + (SIGNS if "说明" not in words else ())))
                words += draw(st.sampled_from(("", "；", ";"))) if line.place is Place.BASIS else ""
            case Place.DIMENSION_HEADING | Place.CATEGORY_HEADING | Place.INDICATOR_HEADING:
                words = HEADINGS.sub(lambda m: m[1] + draw(st.sampled_from((" ", "：", ": ", "\u3000"))), words)
            case Place.SECTION_HEADING | Place.SHARED_HEADING:
                words += draw(st.sampled_from(("", "：", ":", " ：")))
            case _:
                pass
        rows.append(draw(st.sampled_from(INDENTS)) + words + draw(st.sampled_from(TAILS)))
    return "\n".join(rows)


def _joined(draw: st.DrawFn, parts: list[tuple[DatumPart | None, str]]) -> str:
    """The parts in any order that keeps the unit first and columns behind it, each in another spelling."""
    fixed = [text for part, text in parts if part in (DatumPart.UNIT, DatumPart.STATES, DatumPart.COLUMNS)]
    # Parts of one kind follow one another as written; one of each kind can stand anywhere.
    loose = [(part, text) for part, text in parts if part not in (DatumPart.UNIT, DatumPart.STATES, DatumPart.COLUMNS)]
    kinds = [part for part, _ in loose]
    if len(set(kinds)) == len(kinds) and fixed:
        loose = draw(st.permutations(loose))
    spelt = [_spelt(draw, text) for text in (*fixed, *(text for _, text in loose))]
    return "".join([spelt[0], *(draw(st.sampled_from(("，", ",", "； ", ";", "， "))) + text for text in spelt[1:])])


def _spelt(draw: st.DrawFn, text: str) -> str:
    for word, others in WORDS:
        if text.startswith(word):
            text = draw(st.sampled_from((word, *others))) + text.removeprefix(word)
    if text.startswith(("依次对应", "对应")):
        marks = draw(st.sampled_from(("“”", '""', "「」")))
        nested = any(re.search("[“”]", quote[1:-1]) for quote in QUOTED.findall(text))
        return text if nested else text.replace("“", marks[0]).replace("”", marks[1])
    return text.replace("／", draw(st.sampled_from(("／", "/", "|", "｜", " ／ "))))


def _swaps(draw: st.DrawFn, pairs: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    return tuple(draw(st.lists(st.sampled_from(pairs), unique=True, max_size=5)))


def _outside_quotes(text: str, swaps: tuple[tuple[str, str], ...]) -> str:
    parts = re.split(f"({QUOTED.pattern})", text)
    for number in range(0, len(parts), 2):
        for house, other in swaps:
            parts[number] = parts[number].replace(house, other)
    return "".join(parts)


UNITS = ("万元", "项", "%", "是/否", "好/中｜差", "逐行填列,名称、额（元/万元）", "按季度填列(一季度,二季度)")
PARTS = (
    *(
        "又称 丙",
        "简称：“丁”",
        "即「戊」/己",
        "不少于0",
        "不多于甲",
        "不低于-5",
        "0%~100%",
        "保留2位小数",
        "整数",
        "——为0",
    ),
    *(
        '对应"培训"',
        "依次对应「培训」“完成”",
        "依次对应第1点(1)(2)",
        "12月31日数",
        "附(清单)",
        "来源：表(1)",
        "由局填报",
        "待商议",
        "越高越好",
        "负向指标",
        "参照：乙数",
        "参照１００％",
        "参照财政部门口径",
        "历史数据",
    ),
)
NAMES = ("甲", "乙数", "甲率", "甲/乙", "甲(含乙)", "“三公”费", "乙 数")
BASIS = (
    *(
        "甲率",
        "甲",
        "乙数",
        "“甲率”",
        '"甲"',
        "「乙数」",
        "（",
        ")",
        "的，第1点不适用",
        "为0",
        "说明:",
        "100%",
        "２",
        "且",
        "大于",
    ),
    *(
        "=",
        "＝",
        "/",
        "÷",
        "／",
        "+",
        "－",
        "-",
        "*",
        "x",
        "<",
        ">=",
        "按",
        "计",
        "指",
        "即",
        "；备选：",
        ";备选:",
        "。",
        "；",
    ),
    *("，又称“比率”", ",即「比率」", "，超过100%的按100%计"),
)


@st.composite
def authors_lines(draw: st.DrawFn) -> str:
    """An indicator with lines of 数据 and 口径 of any parts in any order, sense or nonsense."""
    data: list[str] = []
    for _ in range(draw(st.integers(1, 4))):
        parts = draw(st.lists(st.sampled_from(PARTS), max_size=5))
        first = draw(st.sampled_from((*UNITS, *PARTS)))
        data.append(draw(st.sampled_from(NAMES)) + draw(st.sampled_from("：:")) + ";".join((first, *parts)))
    basis = draw(st.lists(st.lists(st.sampled_from(BASIS), min_size=1, max_size=9).map("".join), max_size=4))
    cell = ["1. 甲率得分=甲率×3分", "2. 培训完成的，得2分。（1）培训得1分。（2）完成得1分"]
    return "\n".join(["三级指标 甲（5分）", "评分标准", *cell, "数据", *data, "口径", *basis])


COMMENTS = ("# 待核", "#", "＃ 原表第 3 页", "#得1分", "# 乙：万元，不少于 0")


@st.composite
def commented(draw: st.DrawFn, text: str) -> tuple[str, tuple[str, ...]]:
    """The text with comments and blank lines anywhere; and the comments in order."""
    rows: list[str] = []
    comments: list[str] = []
    for row in (*text.split("\n"), None):
        for _ in range(draw(st.sampled_from((0, 0, 0, 0, 1, 2)))):
            if draw(st.booleans()):
                comments.append(draw(st.sampled_from(COMMENTS)))
                rows.append(draw(st.sampled_from(INDENTS)) + comments[-1])
            else:
                rows.append(draw(st.sampled_from(TAILS)))
        rows += [] if row is None else [row]
    return "\n".join(rows), tuple(comments)
