"""A comparison of two editions for people at a terminal.

Takes a revision; gives its text: what changed and what that means, the two dangerous cases first, the data, and what did
not change. Never compares.
"""

from collections.abc import Iterator
from itertools import groupby

import attrs

from rubric.core import program as core
from rubric.reporting.revision_words import (
    clause_words,
    edition_name,
    ground_words,
    is_rewritten,
    meaning_words,
    region_texts,
    replaced_words,
    settled_words,
    subject,
    whole_witness_words,
    witness_words,
)
from rubric.reporting.table import rule, wrap
from rubric.revision.changes import Change, Ground, Kind, Meaning, Revision, Witness

MADE_UP = "实例是为说明差别而设的部门，不是实际单位；得分由计分程序按两年的标准分别算得。"
_TEXT_KINDS = (Kind.TEXT,)


def diff_text(revision: Revision, width: int = 100) -> str:
    lines = [f"原：{edition_name(revision.old)}", f"新：{edition_name(revision.new)}", rule(width)]
    if revision.is_empty:
        return "\n".join([*lines, *wrap("两个版本没有改动：各指标、文字和总分规则都相同。", width)])
    lines += [summary(revision), ""]
    lines += _warnings(revision, width)
    lines.append("改动")
    for number, change in enumerate(revision.changes, start=1):
        lines += _change(revision, number, change, width)
    lines += ["", *(line for text in data_lines(revision) for line in wrap(text, width, "", "  "))]
    lines += _unchanged(revision, width)
    if any(change.verdict.witnesses for change in revision.changes):
        lines += ["", *wrap(f"注：{MADE_UP}", width)]
    return "\n".join(lines)


def summary(revision: Revision) -> str:
    """`改动 8 处：更严 1，更宽 1，等价 3 …；未变的三级指标 15 个，都已证明等价`."""
    counts = dict.fromkeys(Meaning, 0)
    structural = 0
    for change in revision.changes:
        if change.kind in (Kind.RENAMED, Kind.MOVED, Kind.ADDED, Kind.REMOVED):
            structural += 1
        else:
            counts[change.meaning] += 1
    parts = [f"{meaning} {count}" for meaning, count in counts.items() if count]
    parts += [f"结构变化 {structural}"] if structural else []
    return f"改动 {len(revision.changes)} 处：{'，'.join(parts)}；未变的三级指标 {len(revision.unchanged)} 个"


def silent_changes(revision: Revision) -> tuple[Change, ...]:
    """The text is the same, and the meaning is not."""
    return tuple(change for change in revision.changes if change.silent)


def wording_changes(revision: Revision) -> tuple[Change, ...]:
    """The text is another, and the meaning is the same."""
    return tuple(c for c in revision.changes if c.words and c.meaning is Meaning.EQUAL and c.kind is Kind.TEXT)


def _warnings(revision: Revision, width: int) -> Iterator[str]:
    silent, wording = silent_changes(revision), wording_changes(revision)
    if silent:
        yield from wrap(f"注意，文字未变而含义变了：{'、'.join(subject(c) for c in silent)}", width)
    if wording:
        yield from wrap(f"文字变了而含义不变：{'、'.join(subject(c) for c in wording)}", width)
    if silent or wording:
        yield ""


def _change(revision: Revision, number: int, change: Change, width: int) -> Iterator[str]:
    head = f"{number:>2}. 【{change.kind}】{subject(change)}"
    said = (
        ""
        if change.verdict.ground is Ground.STRUCTURE and change.kind in (Kind.ADDED, Kind.REMOVED)
        else ("  " + meaning_words(change))
    )
    yield from wrap(head + said, width, "", "    ")
    for label, text in details(revision, change):
        yield from wrap(f"{label}：{text}", width, "    ", "      ")


def details(revision: Revision, change: Change) -> Iterator[tuple[str, str]]:
    """(label, text) of all that is to be said of a change."""
    places = revision.new.scoring.places
    for what, before, after in change.of:
        if what == "对应":
            yield (
                "依据",
                {"推断": "名称和文字相近，推断为同一指标", "已声明": "新版写明「上年指标」"}.get(before, before),
            )
        elif what == "视同":
            yield (
                "视同",
                f"原数据「{before}」视同「{after}」".replace("（推断）」", "」（名称相近，推断）").replace(
                    "（已声明）」", "」（又称）"
                ),
            )
        else:
            yield what, " → ".join(filter(None, (before, after)))
    if len(change.aspects) > 1:
        yield "同时", "、".join(change.aspects[1:])
    if change.words and is_rewritten(change.words):
        yield "原文", " ".join(change.text_old.split())
        yield "新文", " ".join(change.text_new.split())
    elif change.words:
        yield "文字", replaced_words(change.words)
    for text in region_texts(change.verdict.regions):
        yield "范围", text
    for witness in shown_witnesses(change):
        if witness.about is not None:
            yield "实例", whole_witness_words(change.kind, places, witness, revision.old, revision.new)
        else:
            yield "实例", witness_words(places, witness, revision.old, revision.new)
    for choice, ones in groupby(change.settled, key=lambda one: (one.choice, one.taken)):
        how = "，与原默认取法等价" if change.meaning is Meaning.EQUAL else ""
        yield "明确", f"「{choice[0]}」原有几种取法，默认按「{choice[1]}」计；新版不再留有备选{how}"
        for one in ones:
            yield "其他取法", settled_words(one, places)
    if change.data_added:
        yield "新增数据", "、".join(change.data_added)
    if change.data_removed:
        yield "不再需要", "、".join(change.data_removed)
    for one in change.also:
        yield "另改文字", f"{clause_words(one.path)}{'　' if one.path else ''}{replaced_words(one.words)}（含义不变）"


def shown_witnesses(change: Change) -> tuple[Witness, ...]:
    """One for each direction; of what is not comparable one is enough to see it."""
    if change.meaning is Meaning.INCOMPARABLE:
        return change.verdict.witnesses[:1]
    # What is not decided could be more or less: one department shows both.
    found: list[Witness] = []
    for witness in change.verdict.witnesses:
        if all(attrs.evolve(one, direction=witness.direction) != witness for one in found):
            found.append(witness)
    return tuple(found)


def data_lines(revision: Revision) -> list[str]:
    """What departments will have to collect, what no longer, and what is computed now."""
    alignment = revision.alignment
    computed = {p.old.name: p.quantity.name for p in alignment.data if p.quantity is not None}
    gone = [d for d in alignment.gone if d.name not in computed]
    found: list[str] = []
    if alignment.fresh:
        found.append(f"各部门要新填的数据：{'、'.join(map(_datum, alignment.fresh))}")
    if gone:
        found.append(f"不再需要的数据：{'、'.join(map(_datum, gone))}")
    if computed:
        said = "、".join(
            f"「{old}」改由{'所填的数据' if old == new else f'「{new}」'}算出" for old, new in computed.items()
        )
        found.append(f"改为计算得出的数据：{said}")
    redefined = [f"「{new.name}」的{'、'.join(other)}" for _, new, other in alignment.redefined]
    if redefined:
        found.append(f"声明有变化的数据：{'；'.join(redefined)}")
    return found


def _datum(datum: core.Datum) -> str:
    if datum.kind is core.DatumKind.ROWS:
        return f"{datum.name}（逐行填列）"
    unit = datum.unit.name if datum.unit is not None else "／".join(datum.states) if datum.states else "是／否"
    return f"{datum.name}（{unit}）" if unit else datum.name


def _unchanged(revision: Revision, width: int) -> Iterator[str]:
    equal = [one.indicator for one in revision.unchanged if one.meaning is Meaning.EQUAL]
    if equal:
        yield from wrap(f"未变的三级指标（{len(equal)} 个，都已证明等价）：{'、'.join(equal)}", width, "", "  ")
    for one in revision.unchanged:
        if one.meaning is not Meaning.EQUAL:
            yield from wrap(f"文字未变、没有证明等价：{one.indicator}（{ground_words(one.verdict)}）", width, "", "  ")
