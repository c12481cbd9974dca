"""Findings about locked editions.

Takes the facts of a case; gives the `Diagnostic`. Never compares anything.
"""

from collections.abc import Sequence

from rubric.diagnostics.model import Diagnostic, Hint, Label, Severity, reason, suggestion
from rubric.source import SourceText, Span


def changed_meaning(
    source: SourceText,
    labels: tuple[Label, ...],
    meant: Sequence[str],
    reworded: Sequence[str],
    more: str,
    edition: str,
) -> Diagnostic:
    """`meant` are the parts whose meaning changed, `reworded` those of which only words did; `more` says what is not shown."""
    return Diagnostic(
        "R0850",
        Severity.ERROR,
        f"已锁定的评分表「{source.name}」改动了，含义与锁定时不同",
        labels,
        (_parts(meant, reworded, more), _undo(edition)),
    )


def changed_words(
    source: SourceText, labels: tuple[Label, ...], reworded: Sequence[str], more: str, edition: str
) -> Diagnostic:
    return Diagnostic(
        "R0851",
        Severity.ERROR,
        f"已锁定的评分表「{source.name}」改动了，含义没有变",
        labels,
        (_parts((), reworded, more), _undo(edition)),
    )


def read_otherwise(source: SourceText, meant: Sequence[str], locked_by: str, engine: str, edition: str) -> Diagnostic:
    """The text is the same, its meaning is not: the engine, or a calendar that it brings, has changed."""
    by = f"锁定时的程序是 {locked_by}，现在是 {engine}；" if locked_by != engine else ""
    return Diagnostic(
        "R0852",
        Severity.ERROR,
        f"已锁定的评分表「{source.name}」一字未改，程序读出的含义却与锁定时不同",
        hints=(
            reason(f"{by}含义变了的：{_listed(meant)}"),
            suggestion(f"用锁定时的程序计分，并把这一情况报告给维护者；确认现在的读法才对的，{_accept(edition)}"),
        ),
    )


def changed_description(source: SourceText | None, items: Sequence[tuple[str, str, str]], edition: str) -> Diagnostic:
    """`items` are name, locked value and present value; empty for an item that is not there."""
    told = "；".join(f"「{name}」锁定时{_value(old)}，现在{_value(new)}" for name, old, new in items)
    return Diagnostic(
        "R0853",
        Severity.ERROR,
        f"已锁定的年度版本「{edition}」改动了版本说明",
        (Label(source, Span(0, 0)),) if source is not None else (),
        (reason(told), _undo(edition)),
    )


def not_in_lock(source: SourceText, edition: str, known: Sequence[str]) -> Diagnostic:
    return Diagnostic(
        "R0854",
        Severity.ERROR,
        f"年度版本「{edition}」锁定时没有「{source.name}」这份评分表",
        hints=(
            reason(f"锁定的评分表有：{_joined(known)}"),
            suggestion(f"移出这个文件夹；确实是印发单位补发的，{_accept(edition)}"),
        ),
    )


def unreadable_lock(source: SourceText, span: Span) -> Diagnostic:
    return Diagnostic(
        "R0855",
        Severity.ERROR,
        "锁定记录读不通，无法与锁定时对照",
        (Label(source, span, "从这里起不是锁定记录的写法"),),
        (suggestion("恢复锁定记录原来的内容；它由 rubric lock 写入，不要手改"),),
    )


def text_not_kept(name: str, edition: str) -> Diagnostic:
    """The locked text is gone, or is not the text whose digest is locked."""
    return Diagnostic(
        "R0856",
        Severity.ERROR,
        f"锁定的原文「{name}」不在，或者不是锁定时的那一份",
        hints=(
            reason("它用来列出改了哪里；锁定记录里的校验码仍然有效"),
            suggestion(f"恢复这个文件；评分表没有改动过的，写 rubric lock {edition} 补上"),
        ),
    )


def locked_rubric_gone(name: str, edition: str) -> Diagnostic:
    return Diagnostic(
        "R0857",
        Severity.ERROR,
        f"年度版本「{edition}」锁定的评分表「{name}」不见了",
        hints=(suggestion("恢复这个文件；锁定的原文在 locked 文件夹里"),),
    )


def not_issued(edition: str, status: str) -> Diagnostic:
    return Diagnostic(
        "R0858",
        Severity.ERROR,
        f"年度版本「{edition}」不是正式印发的，没有锁定",
        hints=(
            reason(f"版本说明的状态为「{status}」" if status else "没有版本说明，或者没有读懂"),
            suggestion("印发以后，在版本说明中写明印发单位，状态改为「正式」，再锁定"),
        ),
    )


def not_yours(edition: str) -> Diagnostic:
    return Diagnostic(
        "R0859",
        Severity.ERROR,
        f"年度版本「{edition}」是随程序附带的，不由您锁定",
        hints=(
            reason("随附的年度版本由程序的发布者锁定，rubric check 照样核对"),
            suggestion("在有 rubrics 文件夹的地方，锁定其中自己的年度版本"),
        ),
    )


def not_locked(edition: str) -> Diagnostic:
    return Diagnostic(
        "R0860",
        Severity.NOTE,
        f"年度版本「{edition}」已正式印发，还没有锁定",
        hints=(suggestion(f"写 rubric lock {edition}，以后改动一个字都会被发现"),),
    )


def nothing_issued() -> Diagnostic:
    return Diagnostic(
        "R0861",
        Severity.ERROR,
        "没有可以锁定的年度版本",
        hints=(
            reason("不写年度版本的，锁定自己的 rubrics 文件夹中所有正式印发的；一个也没有找到"),
            suggestion("写明年度版本，如 rubric lock 2022"),
        ),
    )


def _parts(meant: Sequence[str], reworded: Sequence[str], more: str) -> Hint:
    told = [f"含义变了的：{_listed(meant)}"] if meant else []
    told += [f"只改了文字、含义没有变的：{_listed(reworded)}"] if reworded else []
    return reason("；".join([*told, *([more] if more else [])]) or "只改了空行和空格")


def _undo(edition: str) -> Hint:
    return suggestion(f"撤销改动，为下一年改的另起一个年度版本；确实是印发单位更正的，{_accept(edition)}")


def _accept(edition: str) -> str:
    return f"写 rubric lock {edition} --accept-change 理由，重新锁定"


def _joined(names: Sequence[str]) -> str:
    return "、".join(f"「{name}」" for name in names)


def _listed(parts: Sequence[str]) -> str:
    """Parts of a rubric, as they are told."""
    return "、".join(parts)


def _value(written: str) -> str:
    return f"为「{written}」" if written else "没有写"
