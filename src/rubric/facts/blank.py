"""A blank facts file.

Takes a program; gives a facts file with every item to be filled in and, as comments, what may stand there and which
clauses use it. Read back as it is, it gives no finding, and everything is missing.
"""

import json
import re
from collections.abc import Iterable, Iterator

from rubric.core.numbers import plain
from rubric.core.program import (
    Bound,
    Choice,
    Compare,
    Datum,
    DatumKind,
    Dimension,
    Direction,
    FactValue,
    Judgement,
    Named,
    Profile,
    Program,
    Yields,
)
from rubric.facts.values import shown
from rubric.version import ENGINE

_PLAIN_KEY = re.compile(r"[^\s:#{}\[\],&*!|>'\"%@`?<=~-][^:#{}\[\],\"']*(?<!\s)")
_RULE = "# " + "-" * 60


def blank_facts(program: Program) -> str:
    lines = [
        f"# 数据文件：{one_line(program.title)}",
        *_identity(program),
        "# 「#」后面是说明，不用填。留空的按缺少处理，不按 0 计；金额写明 万元 或 元，比率写 %。",
        "# 每项数据可写：值、来源（报告中的位置）、依据（报告数据、自述、假定、评判）、原名、佐证、备注。",
        "# 不写依据的，有来源按报告数据，没有来源按自述。不写来源的，可以简写为 名称: 值。",
        "",
        "单位:",
        f"评价年度: {program.fiscal_year}" if program.fiscal_year is not None else "评价年度:",
    ]
    lines += _section("口径", "只写与默认不同的，格式为 口径的名称: 取法", _choices(program.choices))
    lines += _section("数据", "", _data(program))
    lines += _section("评判", "原文一行是这句评分标准的编码，不要改；原文变了，评判要重新作出", _judgements(program))
    lines += _section("自评", "部门自评得分，没有的留空", _scores(program))
    return "\n".join(lines) + "\n"


def _identity(program: Program) -> Iterator[str]:
    """Which rubric the file was made for: a year later nobody remembers."""
    if program.meaning_sha256:
        digests = f"含义 {program.meaning_sha256[:8]}，原文 {program.source_sha256[:8]}"
        yield f"# 评分表的校验码：{digests}；{ENGINE}，语言第 {program.language_version} 版"


def _section(name: str, note: str, body: Iterable[str]) -> Iterator[str]:
    yield ""
    yield _RULE
    if note:
        yield f"# {note}"
    yield f"{name}:"
    yield from body


def _choices(choices: tuple[Choice, ...]) -> Iterator[str]:
    for choice in choices:
        names = [alternative.name for alternative in choice.alternatives]
        default = names[choice.default]
        others = [name for name in names if name != default]
        yield f"  # {key_text(one_line(choice.name))}: {key_text(one_line(default))}（默认）"
        if others:
            yield f"  #   还可以取：{one_line('；'.join(others))}"


# --- data -------------------------------------------------------------------------------------------------------------


def _data(program: Program) -> Iterator[str]:
    headed: str | None = None
    for datum in program.data:
        heading = f"指标「{datum.indicator}」" if datum.indicator is not None else "各指标共用"
        if heading != headed:
            yield ""
            yield f"  # {one_line(heading)}"
            headed = heading
        yield f"  {key_text(datum.name)}:"
        for note in _notes(datum, program):
            yield f"    # {one_line(note)}"
        yield from _value_lines(datum)
        yield "    来源:"
        if datum.measures is not None:
            yield "    口径:"


def _value_lines(datum: Datum) -> Iterator[str]:
    yield "    值:"
    for part in datum.parts:
        yield f"      {key_text(part)}:"
    if datum.kind is DatumKind.ROWS and datum.columns:
        columns = tuple(column for column in datum.columns if not column.derived)
        for sign, column in zip(("-", *" " * len(columns)), columns, strict=False):
            yield f"      # {sign} {key_text(column.name)}:"


def _notes(datum: Datum, program: Program) -> Iterator[str]:
    yield _kind(datum)
    bounds = [text for text in (_bound("不低于", datum.low, datum), _bound("不超过", datum.high, datum)) if text]
    if bounds:
        yield f"范围：{'，'.join(bounds)}"
    if datum.direction is not None:
        yield f"{datum.direction.value}：{_better(datum)}"
    targets = [p.name for i in program.indicators for p in i.profiles if datum.name in _measured(p)]
    if targets:
        yield f"参照：{'、'.join(dict.fromkeys(targets))}"
    if datum.unchangeable:
        yield "不可变：已经发生的，或由别人定的"
    if datum.aliases:
        yield f"又称：{'、'.join(datum.aliases)}"
    if datum.reference:
        yield f"时点：{datum.reference}"
    if datum.origin:
        yield f"出处：{datum.origin}"
    if datum.filled_by:
        yield f"填报：{datum.filled_by}"
    if datum.measures is not None:
        yield f"口径填其中一种：{'／'.join(option.name for option in program.choice(datum.measures).alternatives)}"
    if datum.uses:
        yield f"用于：{'、'.join(datum.uses)}"


def _better(datum: Datum) -> str:
    """Which values are better; of dates, which days."""
    dated = datum.unit is not None and datum.unit.dimension is Dimension.DATE
    match datum.direction:
        case Direction.RISING:
            return "越晚越好" if dated else "越高越好"
        case Direction.FALLING:
            return "越早越好" if dated else "越低越好"
        case None:
            return ""


def _measured(profile: Profile) -> set[str]:
    """The data that a profile says something of, not those it takes the targets from."""
    sides = (c.left for c in profile.conditions if isinstance(c, Compare))
    return {side.datum for side in sides if isinstance(side, FactValue)}


def _kind(datum: Datum) -> str:
    match datum.kind:
        case DatumKind.BOOLEAN:
            return "填 是 或 否"
        case DatumKind.STATE:
            return f"填其中一种：{'／'.join(datum.states)}"
        case DatumKind.ROWS:
            columns = (
                f"{column.name}（{'／'.join(column.states)}）" if column.states else column.name
                for column in datum.columns
                if not column.derived
            )
            return f"逐行填列：{'、'.join(columns)}"
        case DatumKind.QUANTITY:
            return _quantity(datum)


def _quantity(datum: Datum) -> str:
    if datum.unit is None:
        return "填数"
    whole = datum.decimals == 0 or (datum.decimals is None and datum.unit.dimension is Dimension.COUNT)
    decimals = "，整数" if whole else f"，最多 {datum.decimals} 位小数" if datum.decimals is not None else ""
    dash = "，「—」按 0 计" if datum.dash_is_zero else ""
    return f"单位：{datum.unit.name}{decimals}{dash}"


def _bound(words: str, bound: Bound | None, datum: Datum) -> str:
    if bound is None:
        return ""
    if bound.datum is not None:
        return f"{words}{bound.datum}"
    if isinstance(bound.quantity, Named):
        return f"{words}{bound.quantity.name}"
    return "" if bound.value is None else f"{words} {shown(bound.value, datum.unit)}"


# --- judgements and scores --------------------------------------------------------------------------------------------


def _judgements(program: Program) -> Iterator[str]:
    for indicator in program.indicators:
        asked = [judgement for judgement in program.judgements if judgement.indicator == indicator.name]
        if asked:
            yield ""
            yield f"  {key_text(indicator.name)}:"
        for judgement in asked:
            yield f"    {key_text(judgement.label)}:"
            yield f"      # {one_line(f'第{judgement.path}点：' if judgement.path else '')}{one_line(judgement.text)}"
            yield f"      # {_range(judgement)}"
            yield from ("      得分:", "      理由:", "      佐证:", f"      原文: {key_text(judgement.fingerprint)}")


def _range(judgement: Judgement) -> str:
    low, high = plain(judgement.low), plain(judgement.high)
    if judgement.partial:
        return f"{low} 分到 {high} 分，酌情给分；扣分的写明理由"
    return f"{high} 分或 {low} 分，也可写 是 或 否；扣分的写明理由"


def _scores(program: Program) -> Iterator[str]:
    for indicator in program.indicators:
        if indicator.yields is Yields.POINTS:
            yield f"  {key_text(indicator.name)}: # {plain(indicator.points)} 分"


def key_text(name: str) -> str:
    """`name` as a key or a value, in quotation marks where it holds signs that the file's form uses."""
    return name if _PLAIN_KEY.fullmatch(name) else json.dumps(name, ensure_ascii=False)


def one_line(text: str) -> str:
    """A comment of several lines as one."""
    return " ".join(text.split())
