"""A comparison of two editions as a page.

Takes a revision; gives HTML: a table of all changes, then one card for each, with words, regions, departments and curves.
Never compares.
"""

from collections.abc import Iterable, Iterator

from rubric.core.numbers import fixed
from rubric.diagnostics.model import Diagnostic
from rubric.reporting.curve_axes import escaped
from rubric.reporting.diff_curves import pictures_of
from rubric.reporting.diff_text import MADE_UP, data_lines, details, shown_witnesses, silent_changes, wording_changes
from rubric.reporting.page import page, paragraph, rows, tiles
from rubric.reporting.revision_words import (
    about_words,
    edition_name,
    facts_words,
    is_rewritten,
    meaning_words,
    standing_words,
    subject,
)
from rubric.revision.changes import Change, Kind, Meaning, Revision, Reworded, Witness
from rubric.revision.wording import Replaced

_CLASS = {
    Meaning.EQUAL: "equal",
    Meaning.STRICTER: "stricter",
    Meaning.LOOSER: "looser",
    Meaning.MIXED: "mixed",
    Meaning.INCOMPARABLE: "mixed",
}
_STRUCTURE = (Kind.ADDED, Kind.REMOVED, Kind.RENAMED, Kind.MOVED)
# Shown in parts of their own, not in the list.
_APART = ("文字", "原文", "新文", "实例", "另改文字")


def diff_page(revision: Revision, diagnostics: Iterable[Diagnostic] = ()) -> str:
    return page(f"评分表两年对照：{revision.new.title}", _body(revision, tuple(diagnostics)))


def _body(revision: Revision, diagnostics: tuple[Diagnostic, ...]) -> Iterator[str]:
    yield f"<h1>{escaped(revision.new.title or '评分表')}：两年对照</h1>"
    yield paragraph(f"原：{edition_name(revision.old)}")
    yield paragraph(f"新：{edition_name(revision.new)}")
    for program in (revision.old, revision.new):
        if "示例" in program.status:
            yield paragraph(f"{program.fiscal_year or ''} 年度的评分表是示例修订（非财政部门印发文本）。", "banner")
    for diagnostic in diagnostics:
        yield paragraph(f"{diagnostic.title}。{diagnostic.remedy}。", "banner")
    if revision.is_empty:
        yield paragraph("两个版本没有改动：各指标、文字和总分规则都相同。")
        return
    yield tiles(_counts(revision))
    silent, wording = silent_changes(revision), wording_changes(revision)
    if silent:
        yield paragraph(f"注意，文字未变而含义变了：{'、'.join(subject(c) for c in silent)}", "alarm")
    if wording:
        yield paragraph(f"文字变了而含义不变：{'、'.join(subject(c) for c in wording)}", "banner")
    yield "<h2>改动一览</h2>"
    yield rows(
        ("序号", "改动", "位置", "含义"),
        (
            (str(n), change.kind.value, f'<a href="#c{n}">{escaped(subject(change))}</a>', _badge(change))
            for n, change in enumerate(revision.changes, start=1)
        ),
    )
    yield "<h2>逐项说明</h2>"
    for number, change in enumerate(revision.changes, start=1):
        yield from _card(revision, number, change)
    yield "<h2>数据</h2>"
    yield from (paragraph(line) for line in data_lines(revision) or ("各部门要填的数据没有变化。",))
    yield "<h2>未变的三级指标</h2>"
    yield paragraph("、".join(one.indicator for one in revision.unchanged) or "没有。")
    yield paragraph("以上各指标都已证明等价。" if revision.unchanged else "", "soft")
    yield paragraph(f"注：{MADE_UP}", "soft")


def _counts(revision: Revision) -> list[tuple[str, str]]:
    meanings = [c.meaning for c in revision.changes if c.kind not in _STRUCTURE]
    found = [(str(len(revision.changes)), "处改动")]
    found += [(str(meanings.count(m)), m.value) for m in Meaning if meanings.count(m)]
    found += [(str(n), "结构变化")] if (n := len(revision.changes) - len(meanings)) else []
    return [*found, (str(len(revision.unchanged)), "个指标未变")]


def _badge(change: Change) -> str:
    if change.kind in _STRUCTURE:
        return '<span class="tag">结构变化</span>'
    return f'<span class="tag {_CLASS.get(change.meaning, "")}">{change.meaning}</span>'


def _card(revision: Revision, number: int, change: Change) -> Iterator[str]:
    yield f'<section class="card" id="c{number}">'
    yield f"<h3>{number}. {escaped(subject(change))}</h3>"
    yield f'<p><span class="tag">{change.kind}</span>{_badge(change)}'
    yield "" if change.kind in _STRUCTURE else f'<span class="soft">{escaped(meaning_words(change))}</span>'
    yield "</p>"
    if change.words and is_rewritten(change.words):
        for tag, text in (("del", change.text_old), ("ins", change.text_new)):
            yield f'<p class="words"><{tag}>{escaped(text)}</{tag}></p>'
    elif change.words:
        yield f'<p class="words">{_marked(change.words)}</p>'
    elif change.kind in (Kind.ADDED, Kind.REMOVED):
        tag = "ins" if change.kind is Kind.ADDED else "del"
        text = escaped(change.text_new or change.text_old).replace("\n", "<br>")
        yield f'<p class="words"><{tag}>{text}</{tag}></p>'
    listed = [(label, text) for label, text in details(revision, change) if label not in _APART]
    if listed:
        yield "<dl>" + "".join(f"<dt>{escaped(a)}</dt><dd>{escaped(b)}</dd>" for a, b in listed) + "</dl>"
    if change.verdict.witnesses:
        yield _witnesses(revision, shown_witnesses(change))
    for picture in pictures_of(revision, change):
        yield f"<figure>{picture.svg}<figcaption>{escaped(picture.caption)}</figcaption></figure>"
    for one in change.also:
        yield _also(one)
    yield "</section>"


def _witnesses(revision: Revision, witnesses: tuple[Witness, ...]) -> str:
    places = revision.new.scoring.places
    lines: list[tuple[str, ...]] = []
    for witness in witnesses:
        if witness.about is not None:
            new, old = about_words(witness, revision.old, revision.new), []
        else:
            new = list(facts_words(witness.new_record, revision.new))
            old = [f"{t}（原）" for t in facts_words(witness.old_record, revision.old, without=witness.new_record)]
        change = ""
        if witness.old.score is not None and witness.new.score is not None:
            difference = witness.new.score - witness.old.score
            change = f"{'+' if difference > 0 else ''}{fixed(difference, places)}"
        facts = "<br>".join(escaped(text) for text in (*new, *old)) or "任何部门"
        lines.append((facts, standing_words(witness.old, places), standing_words(witness.new, places), change))
    return rows(("实例（不是实际单位）", "原标准", "新标准", "差"), lines, frozenset({1, 2, 3}))


def _also(one: Reworded) -> str:
    where = f"第{one.path}点" if one.path else ""
    return f'<p class="soft">{where}另改文字，含义不变：</p><p class="words">{_marked(one.words)}</p>'


def _marked(words: tuple[Replaced, ...]) -> str:
    pieces: list[str] = []
    for word in words:
        pieces.append(escaped(word.same))
        pieces.append(f"<del>{escaped(word.before)}</del>" if word.before else "")
        pieces.append(f"<ins>{escaped(word.after)}</ins>" if word.after else "")
    return "".join(pieces)
