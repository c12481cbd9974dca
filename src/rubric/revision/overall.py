"""What changed above the indicators: rounding, what is not applicable, the full points, rules on the total, grades.

Takes the alignment of two programs; gives the changes, each under its kind. Never a change of an indicator.
"""

from collections.abc import Iterator
from fractions import Fraction

from rubric.core import program as core
from rubric.core.numbers import plain
from rubric.revision.alignment import Alignment
from rubric.revision.changes import Change, Ground, Kind, Meaning, Settled, Verdict
from rubric.revision.total_rules import total_changes
from rubric.revision.whole_table import not_applicable_verdict, rounding_verdict

ZERO = Fraction(0)
_EQUAL = Verdict(Meaning.EQUAL, Ground.SAME)


def overall_changes(alignment: Alignment, *, prove: bool) -> list[Change]:
    return [
        *_rounding(alignment, prove=prove),
        *_not_applicable(alignment, prove=prove),
        *total_changes(alignment, prove=prove),
        *_grades(alignment),
    ]


def _choice(program: core.Program, name: str) -> core.Choice | None:
    return next((c for c in program.choices if c.name == name), None)


def _taken(choice: core.Choice | None) -> str:
    return choice.alternatives[choice.default].name if choice is not None else ""


def _rounding(alignment: Alignment, *, prove: bool) -> Iterator[Change]:
    old, new = alignment.old.scoring, alignment.new.scoring
    before, after = _choice(alignment.old, old.rounding), _choice(alignment.new, new.rounding)
    of: list[tuple[str, str, str]] = []
    if old.places != new.places:
        of.append(("小数位数", f"{old.places} 位", f"{new.places} 位"))
    if _taken(before) != _taken(after):
        of.append(("计分", _taken(before), _taken(after)))
    if of:
        yield Change(Kind.ROUNDING, "", "", rounding_verdict(alignment, prove=prove), (Kind.ROUNDING,), of=tuple(of))
    else:
        yield from _settled(Kind.ROUNDING, "计分", before, after)


def _not_applicable(alignment: Alignment, *, prove: bool) -> Iterator[Change]:
    before = _choice(alignment.old, alignment.old.scoring.not_applicable)
    after = _choice(alignment.new, alignment.new.scoring.not_applicable)
    if _taken(before) != _taken(after):
        of = (("不适用", _taken(before), _taken(after)),)
        verdict = not_applicable_verdict(alignment, prove=prove)
        yield Change(Kind.NOT_APPLICABLE, "", "", verdict, (Kind.NOT_APPLICABLE,), of=of)
    else:
        yield from _settled(Kind.NOT_APPLICABLE, "不适用", before, after)


def _settled(kind: Kind, what: str, before: core.Choice | None, after: core.Choice | None) -> Iterator[Change]:
    """The same reading, which the new edition no longer leaves open."""
    if before is None or after is None or len(after.alternatives) > 1 or len(before.alternatives) < 2:
        return
    taken = _taken(before)
    others = tuple(
        Settled(before.name, taken, a.name, Meaning.UNDECIDED, None) for a in before.alternatives if a.name != taken
    )
    yield Change(kind, "", "", _EQUAL, (kind,), of=((what, taken, _taken(after)),), settled=others)


def _grades(alignment: Alignment) -> Iterator[Change]:
    old, new = alignment.old.scoring.grades, alignment.new.scoring.grades
    if old != new:
        of = (("等级", grades_text(old), grades_text(new)),)
        yield Change(Kind.GRADES, "", "", grade_verdict(old, new, _most(alignment)), (Kind.GRADES,), of=of)


def _most(alignment: Alignment) -> Fraction | None:
    """The greatest total in either edition; None where points without a limit are added."""
    programs = (alignment.old, alignment.new)
    if any(not i.is_bounded and i.yields is core.Yields.POINTS for p in programs for i in p.indicators):
        return None
    return max(p.points for p in programs)


def grades_text(grades: tuple[core.GradeBand, ...]) -> str:
    """`90（含）以上为优，80（含）-90为良`."""
    return "，".join(f"{_band(grade)}为{grade.name}" for grade in grades) or "未设"


def _band(grade: core.GradeBand) -> str:
    low = "" if grade.low is None else f"{plain(grade.low)}{'（含）' if grade.low_inclusive else '（不含）'}"
    high = "" if grade.high is None else f"{plain(grade.high)}{'（含）' if grade.high_inclusive else ''}"
    if grade.high is None:
        return f"{low} 分以上"
    return f"{high} 分以下" if grade.low is None else f"{low}-{high} 分"


def grade_verdict(
    old: tuple[core.GradeBand, ...], new: tuple[core.GradeBand, ...], most: Fraction | None = None
) -> Verdict:
    """By the place of each total's grade, best first; the same names are needed to say that one is better.

    `most` is the greatest total, where there is one.
    """
    if [g.name for g in old] != [g.name for g in new] or not old:
        return Verdict(Meaning.INCOMPARABLE, Ground.STRUCTURE)
    figures = sorted({e for g in (*old, *new) for e in (g.low, g.high) if e is not None})
    step = Fraction(1, 1000)
    tried = [x for f in figures for x in (f - step, f, f + step) if most is None or ZERO <= x <= most]
    places = [(_place(old, x), _place(new, x)) for x in tried]
    worse = any(a is not None and b is not None and a < b for a, b in places)
    better = any(a is not None and b is not None and b < a for a, b in places)
    gap = any((a is None) != (b is None) for a, b in places)
    if gap or (worse and better):
        return Verdict(Meaning.MIXED, Ground.SAME)
    meaning = Meaning.STRICTER if worse else Meaning.LOOSER if better else Meaning.EQUAL
    return Verdict(meaning, Ground.SAME)


def _place(grades: tuple[core.GradeBand, ...], total: Fraction) -> int | None:
    for place, grade in enumerate(grades):
        above = grade.low is None or grade.low < total or (grade.low_inclusive and grade.low == total)
        below = grade.high is None or total < grade.high or (grade.high_inclusive and grade.high == total)
        if above and below:
            return place
    return None
