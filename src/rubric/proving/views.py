"""An indicator over a space of facts, whole and rule by rule.

Takes an indicator under readings; gives its terms, and the questions asked of them: does a department exist, is there
none. Never an obligation: what must hold is in `obligations`.
"""

from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction
from functools import cached_property

import attrs

from rubric.analysis.clauses import Place, places_of
from rubric.core import program as core
from rubric.core.record import Record
from rubric.core.walk import within
from rubric.diagnostics.model import Diagnostic
from rubric.evaluator.evaluate import evaluate_indicator, setting_of
from rubric.evaluator.outcome import IndicatorOutcome
from rubric.proving.departments import SLOTS, Goal, find_department, rungs_of
from rubric.proving.encode import Points, encode_indicator, encode_rule, with_overrides
from rubric.proving.quantities import Encoder, encoder_of
from rubric.proving.solver import Answer, Term, every, some
from rubric.proving.space import Space


@attrs.frozen(eq=False)
class Leaf:
    """A rule that gives points itself, with the overrides of its clause and of the indicator before it."""

    place: Place
    points: Points

    @property
    def reached(self) -> Term:
        """No override takes the place of the rule."""
        return every(self.points.reached)

    @property
    def decided(self) -> Term:
        """The rule itself gives a number."""
        return every(self.points.reached, self.points.defined)


@attrs.frozen(eq=False)
class View:
    """`whole` are the points of the indicator before rounding, `leaves` its rules."""

    encoder: Encoder
    whole: Points
    leaves: tuple[Leaf, ...]

    @property
    def scored(self) -> Term:
        """The indicator is decided, and nothing of it is left out as not applicable."""
        return every(self.whole.defined, self.whole.away == 0)

    def leaf(self, span: object) -> Leaf:
        return next(leaf for leaf in self.leaves if leaf.place.rule.span == span)


_Outcome = tuple[IndicatorOutcome, tuple[Diagnostic, ...]]
_MOST_KEPT = 64
Terms = Callable[[View], Iterable[Term]]
Accept = Callable[[Record], bool]


@attrs.frozen(eq=False)
class Subject:
    """What is asked about: an indicator of a program under readings."""

    program: core.Program
    indicator: core.Indicator
    readings: Mapping[str, int]
    _known: dict[int, tuple[Record, _Outcome]] = attrs.field(init=False, factory=dict[int, tuple[Record, _Outcome]])

    def outcome(self, record: Record) -> _Outcome:
        """What the evaluator says of a record, with what it could not decide; a few of the last are kept."""
        kept = self._known.get(id(record))
        if kept is not None:
            return kept[1]
        setting = setting_of(self.program, record, self.readings)
        outcome, _, questions = evaluate_indicator(setting, self.program, self.indicator)
        if len(self._known) >= _MOST_KEPT:
            self._known.clear()
        self._known[id(record)] = (record, (outcome, questions))  # with the record, so that its number stays its own
        return outcome, questions

    def score(self, record: Record) -> Fraction | None:
        """The exact points; None where they are not decided or some are not applicable."""
        outcome, questions = self.outcome(record)
        return None if questions or outcome.away else outcome.exact.point


@attrs.frozen(eq=False, slots=False)
class Views:
    """The views of one subject, made when first asked for.

    `met` are departments found so far, also under other readings: one that shows one thing may show another, and asks for
    no solver then.
    """

    subject: Subject
    met: list[Record] = attrs.field(factory=list[Record])

    @cached_property
    def proving(self) -> View:
        """For proofs: rows are known by their ranges."""
        return _view(self.subject, 0)

    @cached_property
    def finding(self) -> View:
        """For departments: with a few rows."""
        nodes = within((self.subject.indicator.rule, self.subject.indicator.overrides))
        has_rows = any(isinstance(node, core.RowAggregate | core.RowScores) for node in nodes)
        return _view(self.subject, SLOTS) if has_rows else self.proving


def _view(subject: Subject, slots: int) -> View:
    encoder = encoder_of(subject.program, Space(subject.program.fiscal_year), subject.readings, slots)
    whole = encode_indicator(encoder, subject.indicator)
    leaves = tuple(
        Leaf(
            place,
            with_overrides(
                encoder,
                place.overrides,
                place.points,
                encode_rule(encoder, subject.indicator, place.rule, place.points),
            ),
        )
        for place in places_of(subject.indicator)
    )
    return View(encoder, whole, leaves)


@attrs.frozen
class Found:
    """Whether facts meet some terms; the department where one was found, the reason where nothing can be said."""

    answer: Answer
    record: Record | None = None
    reason: str = ""


def exists(views: Views, terms: Terms, accept: Accept, *, smallest: bool = True) -> Found:
    """A department that meets the terms (the smallest found, where that matters), or the proof that there is none.

    Where any will do, one found before may. What the linear terms exclude is excluded; else a department is looked for; else the question is put in full, with
    every quotient and product tied to its numbers.
    """
    if not smallest:
        before = next((record for record in views.met if accept(record)), None)
        if before is not None:
            return Found(Answer.YES, before)
    view, finding = views.proving, views.finding
    goal = Goal(finding.encoder.space, tuple(terms(finding)), (finding.encoder.rows,))
    first, *others = rungs_of(goal.space)
    record = None if smallest else find_department(goal, accept, [first], smallest=False)
    wanted = tuple(terms(view))
    question = view.encoder.space.question()
    if record is None:
        if question.ask(*wanted) is Answer.NO:
            return Found(Answer.NO)
        record = find_department(goal, accept, [first, *others] if smallest else others, smallest=smallest)
    if record is not None:
        views.met.append(record)
        return Found(Answer.YES, record)
    tied = question.ask(*wanted, *view.encoder.space.tied()) if view.encoder.space.atoms else Answer.YES
    if tied is Answer.NO:
        return Found(Answer.NO)
    return Found(Answer.UNKNOWN, None, _TIMED_OUT if tied is Answer.UNKNOWN else _NOT_SHOWN)


def none_of(views: Views, claims: Iterable[Terms]) -> bool:
    """Whether it is known at once that no facts meet the terms of any of these: what the linear terms exclude together."""
    view = views.proving
    any_of = [every(*terms(view)) for terms in claims]
    return not any_of or view.encoder.space.question().ask(some(*any_of)) is Answer.NO


_TIMED_OUT = "数据相乘、相除的关系超出求解器在限时内能断定的范围"
_NOT_SHOWN = "求解器认为可能出现，但没有找到能由计分程序重现的部门"
