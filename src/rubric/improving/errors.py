"""Findings about what a department could change.

Takes the facts of a case; gives the `Diagnostic`. Never decides anything.
"""

from collections.abc import Sequence
from difflib import get_close_matches
from fractions import Fraction

from rubric.core.numbers import fixed
from rubric.diagnostics.model import Diagnostic, Hint, Severity, reason, suggestion

_MOST_NAMED = 5


def unknown_target(words: str, grades: Sequence[str]) -> Diagnostic:
    known = f"，或等级：{'、'.join(grades)}" if grades else ""
    return Diagnostic(
        "R0760",
        Severity.ERROR,
        f"目标「{words}」没有读懂",
        hints=(suggestion(f"写总分（如 90）、要增加的分数（如 +2）{known}"),),
    )


def out_of_reach(target: str, best: Fraction, places: int, *, exact: bool) -> Diagnostic:
    title = f"达不到{_spaced(target)}：可以改的数据都改，最高 {fixed(best, places)} 分"
    if not exact:
        title = f"没有找到达到{_spaced(target)}的改法：找到的最高 {fixed(best, places)} 分"
    return Diagnostic(
        "R0761",
        Severity.WARNING,
        title,
        hints=(
            suggestion(f"把目标改为 --target {fixed(best, places)}，或减少 --fixed 的数据"),
            reason("不可变的数据、--fixed 的数据、逐行填列的数据和由人评定的分没有改动"),
        ),
    )


def already_reached(target: str, total: Fraction, places: int) -> Diagnostic:
    return Diagnostic(
        "R0762",
        Severity.NOTE,
        f"总分 {fixed(total, places)} 分，已经达到{_spaced(target)}",
        hints=(suggestion("写更高的目标，如 --target +2"),),
    )


def still_pending(missing: Sequence[str]) -> Diagnostic:
    names = "、".join(f"「{name}」" for name in missing[:_MOST_NAMED])
    more = f"等 {len(missing)} 项" if len(missing) > _MOST_NAMED else ""
    return Diagnostic(
        "R0763",
        Severity.WARNING,
        "还有数据没有填，总分未定，不能找达到目标的改法",
        hints=(suggestion(f"先补上{names}{more}") if names else reason("有的指标按现有数据不能计分"),),
    )


def no_solver(target: str) -> Diagnostic:
    return Diagnostic(
        "R0764",
        Severity.WARNING,
        f"没有找到只改一项数据就达到{_spaced(target)}的改法；几项一起改的没有用求解器，没有找",
        hints=(suggestion("去掉 --no-solver；没有安装求解器的，安装附加包：pip install 'rubric-lang[prove]'"),),
    )


def unknown_fixed(name: str, known: Sequence[str]) -> Diagnostic:
    near = get_close_matches(name, known, n=1, cutoff=2 / 3)
    parts = [one for one in known if name and name in one]
    hint: Hint = reason("写数据的名称、简称，或只有一项数据含有的一部分")
    if len(parts) > 1:
        hint = suggestion(f"写全名称：{'、'.join(parts[:_MOST_NAMED])}")
    elif near:
        hint = suggestion(f"写成 --fixed {near[0]}")
    title = f"「{name}」是几项数据名称的一部分" if len(parts) > 1 else f"评分表中没有「{name}」这项数据"
    return Diagnostic("R0765", Severity.ERROR, title, hints=(hint,))


def not_all_compared(most: int) -> Diagnostic:
    return Diagnostic(
        "R0766",
        Severity.NOTE,
        f"同样项数的改法很多，只比较了其中一部分（至多 {most} 组），列出的不一定变动最小",
        hints=(suggestion("用 --fixed 写明不能改的数据，可以缩小范围"),),
    )


def _spaced(target: str) -> str:
    """A blank before a numeral."""
    return f" {target}" if target[:1].isdigit() else target
