"""An indicator over a space of facts, whole and rule by rule.

Takes an indicator under readings; gives its terms, and the questions asked of them: does a department exist, is there
none. Never an obligation: what must hold is in `obligations`.
"""

from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction

import attrs

from rubric.analysis.clauses import Place, places_of
from rubric.core import program as core
from rubric.core.record import Record
from rubric.core.walk import within
from rubric.diagnostics.model import Diagnostic
from rubric.evaluator.evaluate import evaluate_indicator, setting_of
from rubric.evaluator.outcome import IndicatorOutcome
from rubric.proving.departments import SLOTS, Goal, find_department
from rubric.proving.encode import Points, encode_indicator, encode_rule, with_overrides
from rubric.proving.quantities import Encoder, encoder_of
from rubric.proving.solver import Answer, Term, every
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


Terms = Callable[[View], Iterable[Term]]
Accept = Callable[[Record], bool]


@attrs.frozen(eq=False)
class Subject:
    """What is asked about: an indicator of a program under readings."""

    program: core.Program
    indicator: core.Indicator
    readings: Mapping[str, int]

    def outcome(self, record: Record) -> tuple[IndicatorOutcome, tuple[Diagnostic, ...]]:
        """What the evaluator says of a record, with what it could not decide."""
        setting = setting_of(self.program, record, self.readings)
        outcome, _, questions = evaluate_indicator(setting, self.program, self.indicator)
        return outcome, questions

    def score(self, record: Record) -> Fraction | None:
        """The exact points; None where they are not decided or some are not applicable."""
        outcome, questions = self.outcome(record)
        return None if questions or outcome.away else outcome.exact.point


@attrs.frozen(eq=False)
class Views:
    """The views of one subject: with rows known by their ranges for proofs, with a few rows for departments."""

    subject: Subject
    proving: View
    finding: View


def views_of(subject: Subject) -> Views:
    has_rows = any(
        isinstance(node, core.RowAggregate | core.RowScores)
        for node in within((subject.indicator.rule, subject.indicator.overrides))
    )
    proving = _view(subject, 0)
    return Views(subject, proving, _view(subject, SLOTS) if has_rows else proving)


def _view(subject: Subject, slots: int) -> View:
    encoder = encoder_of(subject.program, Space(), subject.readings, slots)
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

    What the linear terms exclude is excluded; else a department is looked for; else the question is put in full, with
    every quotient and product tied to its numbers.
    """
    view = views.proving
    wanted = tuple(terms(view))
    question = view.encoder.space.question()
    if question.ask(*wanted) is Answer.NO:
        return Found(Answer.NO)
    finding = views.finding
    goal = Goal(finding.encoder.space, tuple(terms(finding)), (finding.encoder.rows,))
    record = find_department(goal, accept, smallest=smallest)
    if record is not None:
        return Found(Answer.YES, record)
    tied = question.ask(*wanted, *view.encoder.space.tied()) if view.encoder.space.atoms else Answer.YES
    if tied is Answer.NO:
        return Found(Answer.NO)
    return Found(Answer.UNKNOWN, None, _TIMED_OUT if tied is Answer.UNKNOWN else _NOT_SHOWN)


_TIMED_OUT = "数据相乘、相除的关系超出求解器在限时内能断定的范围"
_NOT_SHOWN = "求解器认为可能出现，但没有找到能由计分程序重现的部门"
