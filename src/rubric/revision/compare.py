"""Two editions of a rubric compared.

Takes two programs; gives every change once, under one kind, with its meaning, and the indicators of which nothing changed.
Never a change of layout, numbering or signs.

    align ─▶ structure: added, removed, renamed, moved
      └────▶ each pair of indicators ─▶ its clauses ─▶ kinds, words, meaning
                                     └▶ readings settled: the new edition against each other reading of the old one
      └────▶ the total: rounding, what is not applicable, rules on the total, grades
"""

from collections.abc import Iterator
from fractions import Fraction

import attrs

from rubric.core import program as core
from rubric.core.walk import data_used
from rubric.revision.alignment import Alignment, IndicatorPair, align
from rubric.revision.changes import (
    Change,
    Ground,
    Kind,
    Meaning,
    Revision,
    Reworded,
    Unchanged,
    Verdict,
)
from rubric.revision.clauses import Part, aspects_of, parts_of
from rubric.revision.meaning import is_same, verdict_of
from rubric.revision.overall import overall_changes
from rubric.revision.readings import Pair, choices_asked, choices_settled, only_reading, pair_under, settled_readings
from rubric.revision.replaying import Replay
from rubric.revision.twofold import Sides
from rubric.revision.wording import replaced, says_the_same

ZERO = Fraction(0)
STRUCTURAL = Verdict(Meaning.EQUAL, Ground.STRUCTURE)
_ALONE = Verdict(Meaning.INCOMPARABLE, Ground.STRUCTURE)


def compare(old: core.Program, new: core.Program, *, prove: bool = True) -> Revision:
    """Without `prove` the solver is left alone: the meaning of what is not the same is then 未知."""
    alignment = align(old, new)
    changes: list[Change] = []
    unchanged: list[Unchanged] = []
    verdicts: dict[str, Verdict] = {}
    for indicator in new.indicators:
        pair = next((p for p in alignment.indicators if p.new.name == indicator.name), None)
        if pair is None:
            changes.append(_alone(alignment, indicator, Kind.ADDED))
            verdicts[indicator.name] = _ALONE
            continue
        structural = tuple(_structure(pair))
        inner, whole = _indicator(alignment, pair, prove)
        verdicts[indicator.name] = whole
        changes += [*structural, *inner]
        if not inner:
            unchanged.append(Unchanged(indicator.name, whole))
    changes += [_alone(alignment, indicator, Kind.REMOVED) for indicator in alignment.removed]
    changes += overall_changes(alignment, prove=prove)
    return Revision(alignment, _with_points_traced(alignment, changes), tuple(unchanged), verdicts)


def _with_points_traced(alignment: Alignment, changes: list[Change]) -> tuple[Change, ...]:
    """Where one indicator has fewer points and one new indicator has just these, each says so of the other."""
    less = [(p.old.points - p.new.points, p.new.name) for p in alignment.indicators if p.new.points < p.old.points]
    more = [p for p in alignment.indicators if p.old.points < p.new.points]
    if len(less) != 1 or more or len(alignment.added) != 1 or alignment.removed:
        return tuple(changes)
    (moved, name), (new,) = less[0], alignment.added
    if moved != new.points:
        return tuple(changes)
    told = {
        (Kind.POINTS, name): ("去向", "", f"新增的「{new.name}」（{_points(moved)}）"),
        (Kind.ADDED, new.name): ("来源", "", f"由「{name}」减少的 {_points(moved)}"),
    }
    return tuple(
        attrs.evolve(c, of=(*c.of, told[c.kind, c.indicator])) if (c.kind, c.indicator) in told else c for c in changes
    )


# --- structure --------------------------------------------------------------------------------------------------------


def _alone(alignment: Alignment, indicator: core.Indicator, kind: Kind) -> Change:
    added = kind is Kind.ADDED
    program = alignment.new if added else alignment.old
    text = _text(program, indicator, None)
    used = tuple(data_used((indicator.rule, indicator.overrides)))
    fresh, gone = {d.name for d in alignment.fresh}, {d.name for d in alignment.gone}
    return Change(
        kind,
        indicator.name,
        "",
        _ALONE,
        (kind,),
        "" if added else text,
        text if added else "",
        data_added=tuple(name for name in used if added and name in fresh),
        data_removed=tuple(name for name in used if not added and name in gone),
        of=(("分值", "" if added else _points(indicator.points), _points(indicator.points) if added else ""),),
    )


def _structure(pair: IndicatorPair) -> Iterator[Change]:
    """Another name, another place; one change where both are."""
    one, other = pair.old, pair.new
    of: dict[Kind, tuple[tuple[str, str, str], ...]] = {}
    if not says_the_same(one.name, other.name):
        of[Kind.RENAMED] = (("名称", one.name, other.name), ("对应", pair.how.value, pair.how.value))
    if one.path != other.path:
        of[Kind.MOVED] = (("位置", " ／ ".join(filter(None, one.path)), " ／ ".join(filter(None, other.path))),)
    if of:
        kinds, values = tuple(of), tuple(value for values in of.values() for value in values)
        yield Change(kinds[0], other.name, "", STRUCTURAL, kinds, of=values, old_name=one.name)


def _points(value: Fraction) -> str:
    from rubric.core.numbers import plain

    return f"{plain(value)} 分"


# --- one indicator ----------------------------------------------------------------------------------------------------


def _indicator(alignment: Alignment, pair: IndicatorPair, prove: bool) -> tuple[list[Change], Verdict]:
    """The changes of one indicator, and what they come to together."""
    both = pair_under(alignment, pair)
    parts = parts_of(both.old, both.new)
    settled = choices_settled(both)
    if is_same(both.sides) and not settled:
        reworded = tuple(_reworded(both, parts))
        verdict = Verdict(Meaning.EQUAL, Ground.SAME)
        return ([_text_change(pair, reworded, verdict)] if reworded else []), verdict
    replay = Replay(alignment, pair, prove=prove)
    if not parts or any(p.old is None or p.new is None for p in parts) or both.old.overrides != both.new.overrides:
        return _whole(both, parts, settled, replay)
    differing = [p for p in parts if not is_same(_clause_sides(both, p))]
    if len(differing) + (1 if settled else 0) == 0:
        return _whole(both, parts, settled, replay)
    return _by_clause(both, parts, differing, settled, replay)


def _by_clause(
    both: Pair, parts: tuple[Part, ...], differing: list[Part], settled: tuple[core.Choice, ...], replay: Replay
) -> tuple[list[Change], Verdict]:
    """Clause by clause; a sum of clauses goes where its only differing clause goes."""
    changes: list[Change] = []
    verdicts: list[Verdict] = []
    reworded: list[Reworded] = []
    for part in parts:
        assert part.old is not None and part.new is not None
        ours = tuple(c for c in settled if _is_asked_in(both, part, c))
        sides = _clause_sides(both, part)
        same = is_same(sides)
        verdict = Verdict(Meaning.EQUAL, Ground.SAME) if same else verdict_of(sides, replay)
        verdicts.append(verdict)
        words = _reword(both, part)
        if verdict.meaning is Meaning.EQUAL and not ours:
            reworded += [words] if words is not None else []
            continue
        told = {one.choice for change in changes for one in change.settled}
        if verdict.meaning is Meaning.EQUAL and {c.name for c in ours} <= told:
            # One word settled is one change, in however many clauses it stands.
            changes[-1] = attrs.evolve(changes[-1], path=f"{changes[-1].path}、{part.new.path}")
            reworded += [words] if words is not None else []
            continue
        changes.append(_change(both, part, verdict, ours, words, replay.prove))
    if len(differing) <= 1 or all(v.meaning is Meaning.EQUAL for v in verdicts):
        whole = next((v for v in verdicts if v.meaning is not Meaning.EQUAL), verdicts[0])
        if whole.meaning is Meaning.EQUAL:
            proved = any(v.ground is Ground.PROVED for v in verdicts)
            whole = Verdict(Meaning.EQUAL, Ground.PROVED if proved else Ground.SAME)
    else:
        whole = verdict_of(both.sides, replay, regions=False)
    if changes and reworded:
        changes[0] = attrs.evolve(changes[0], also=tuple(reworded))
    elif reworded:
        changes = [_text_change(both.pair, tuple(reworded), whole)]
    return changes, whole


def _whole(
    both: Pair, parts: tuple[Part, ...], settled: tuple[core.Choice, ...], replay: Replay
) -> tuple[list[Change], Verdict]:
    """As one: its clauses are others, what overrides them changed, or it has none."""
    verdict = verdict_of(both.sides, replay)
    old_text, new_text = _text(both.alignment.old, both.pair.old, None), _text(both.alignment.new, both.pair.new, None)
    same_words = says_the_same(old_text, new_text)
    if verdict.meaning is Meaning.EQUAL and not settled:
        if same_words:
            return [], verdict
        reworded = Reworded("", old_text, new_text, replaced(old_text, new_text))
        return [_text_change(both.pair, (reworded,), verdict)], verdict
    aspects = set(_clause_kinds(parts)) | set(aspects_of(both.old, both.new))
    for part in parts:
        if part.old is not None and part.new is not None:
            aspects |= set(aspects_of(part.old, part.new))
    added_and_removed = {Kind.CLAUSE_ADDED, Kind.CLAUSE_REMOVED}
    if added_and_removed <= aspects:  # written anew, not added to
        aspects = aspects - added_and_removed | {Kind.FORMULA}
    elif aspects & added_and_removed:
        aspects -= {Kind.FORMULA}
    changed = attrs.evolve(
        _change(both, Part(None, None), verdict, settled, None, replay.prove, tuple(k for k in Kind if k in aspects)),
        text_old=old_text,
        text_new=new_text,
        words=() if same_words else replaced(old_text, new_text),
        silent=same_words and both.old.points == both.new.points and verdict.meaning is not Meaning.EQUAL,
    )
    return [changed], verdict


def _clause_kinds(parts: tuple[Part, ...]) -> Iterator[Kind]:
    for part in parts:
        if part.old is None:
            yield Kind.CLAUSE_ADDED
        if part.new is None:
            yield Kind.CLAUSE_REMOVED


def _change(
    both: Pair,
    part: Part,
    verdict: Verdict,
    settled: tuple[core.Choice, ...],
    words: Reworded | None,
    prove: bool,
    aspects: tuple[Kind, ...] | None = None,
) -> Change:
    one, other = part.old or both.old, part.new or both.new
    if aspects is None:
        aspects = aspects_of(one, other)
    if verdict.meaning is Meaning.EQUAL:
        aspects = (Kind.READING if settled else Kind.TEXT,)
    elif only_reading(both, part):
        aspects = (Kind.OTHER_READING,)
    elif not aspects:
        aspects = (Kind.FORMULA,)
    fresh, gone = {d.name for d in both.alignment.fresh}, {d.name for d in both.alignment.gone}
    back = {new: old for old, new in both.alignment.names.data.items()}
    used_old = [back.get(name, name) for name in data_used((one.rule, one.overrides))]
    used_new = data_used((other.rule, other.overrides))
    points = (("分值", _points(one.points), _points(other.points)),) if one.points != other.points else ()
    path = part.new.path if part.new is not None else part.old.path if part.old is not None else ""
    original = _original(both, part)
    old_used = data_used((original.rule, original.overrides))
    return Change(
        aspects[0],
        both.pair.new.name,
        path,
        verdict,
        aspects,
        words.old if words is not None else part.old.text if part.old is not None else "",
        words.new if words is not None else part.new.text if part.new is not None else "",
        words.words if words is not None else (),
        of=(*points, *_taken_as(both, data_used((original.rule, original.overrides)))),
        settled=tuple(s for choice in settled for s in settled_readings(both, choice, prove)),
        data_added=tuple(name for name in used_new if name in fresh),
        data_removed=tuple(
            name
            for name in dict.fromkeys([*used_old, *old_used])
            if name in gone and name not in both.alignment.names.quantities
        ),
        silent=words is None and not points and verdict.meaning is not Meaning.EQUAL,
        old_name=both.pair.old.name if both.pair.old.name != both.pair.new.name else "",
    )


def _taken_as(both: Pair, used: dict[str, None]) -> Iterator[tuple[str, str, str]]:
    """Old data that stand for something of another name: what is said of the meaning rests on it."""
    for pair in both.alignment.data:
        if pair.old.name in used:
            other = pair.new.name if pair.new is not None else pair.quantity.name if pair.quantity is not None else ""
            if other and other != pair.old.name:
                yield "视同", pair.old.name, f"{other}（{pair.how.value}）"


def _original(both: Pair, part: Part) -> core.Indicator | core.Clause:
    """The clause of the old edition by its own names."""
    rule = both.pair.old.rule
    if part.old is None or not isinstance(rule, core.Sum):
        return both.pair.old
    return next((c for c in rule.parts if c.span == part.old.span and c.path == part.old.path), both.pair.old)


def _text_change(pair: IndicatorPair, reworded: tuple[Reworded, ...], verdict: Verdict) -> Change:
    path = "、".join(dict.fromkeys(one.path for one in reworded if one.path))
    first = reworded[0]
    return Change(
        Kind.TEXT, pair.new.name, path, verdict, (Kind.TEXT,), first.old, first.new, first.words, also=reworded[1:]
    )


# --- words ------------------------------------------------------------------------------------------------------------


def _text(program: core.Program, indicator: core.Indicator, path: str | None) -> str:
    """The sentences of a cell as issued, or those of one clause."""
    found = [s for s in program.sentences if s.indicator == indicator.name]
    return "\n".join(s.text for s in found if path is None or s.path == path)


def _reworded(both: Pair, parts: tuple[Part, ...]) -> Iterator[Reworded]:
    """Clauses in other words; without clauses, the cell; then the line 指标说明."""
    if parts:
        for part in parts:
            found = _reword(both, part)
            if found is not None:
                yield found
        return
    old, new = _text(both.alignment.old, both.pair.old, None), _text(both.alignment.new, both.pair.new, None)
    if not says_the_same(old, new):
        yield Reworded("", old, new, replaced(old, new))


def _reword(both: Pair, part: Part) -> Reworded | None:
    if part.old is None or part.new is None or says_the_same(part.old.text, part.new.text):
        return None
    return Reworded(part.new.path, part.old.text, part.new.text, replaced(part.old.text, part.new.text))


def _clause_sides(both: Pair, part: Part) -> Sides:
    assert part.old is not None and part.new is not None
    return attrs.evolve(both.sides, clauses=(part.old, part.new))


def _is_asked_in(both: Pair, part: Part, choice: core.Choice) -> bool:
    """Whether the old clause, or the rule above it, reads by this choice."""
    original = _original(both, part)
    if isinstance(original, core.Indicator):
        return True
    return choice.name in choices_asked(both.alignment.old, original)
