"""What is done in time, and how late: deadlines as comparisons of days.

Takes an item's pieces; gives them with every `ast.Timely`, `ast.Lateness` and step of time (`每逾期一天`) as a comparison of
dates or of times, so that all that follows sees only quantities. `10月31日前报送` compares the date of 报送 with that day;
`自验收合格之日起30日内办理结算` the time between two dates with 30 days; `逾期` is the time beyond the deadline named last.

A datum whose name says that it is a delay (逾期天数) or a time taken in advance (提前天数) stands for it itself. Where only
one datum is a date it is what the sentence speaks of. Where a deadline has no date and no delay beside it, its sentence is
left to a person.
"""

import re
from fractions import Fraction

import attrs

from rubric.semantics.resolve import Scope
from rubric.source import Span
from rubric.syntax import ast, grammar
from rubric.syntax.dates import TIME_UNITS
from rubric.syntax.fold import key

DELAY = re.compile("逾期|超期|超时|误期|延期|延迟|延误|推迟|迟延|迟报|迟交|滞后|拖延|拖后|逾时|晚|迟")
AHEAD = re.compile("提前|提早")
NOTHING = ast.Number(Fraction(0))


@attrs.frozen
class _Times:
    """The data of an indicator that are dates, delays, advances and other times."""

    dates: tuple[str, ...]
    delay: str | None
    ahead: str | None
    others: tuple[str, ...]


@attrs.frozen
class _Deadline:
    """The deadline named last: for `subject`, on a `day`, or `time` after `since`; or a time that may be taken."""

    subject: ast.Expression
    day: ast.Expression | None = None
    since: ast.Expression | None = None
    time: ast.Number | None = None
    counts_start: bool | None = None


def with_deadlines(cell: ast.Item, scope: Scope, data: tuple[ast.DatumLine, ...]) -> ast.Item:
    """The cell with its deadlines compared; a cell without any is given back as it is."""
    walk = _Walk(scope, _times(scope, data))
    return walk.item(cell)


def _times(scope: Scope, data: tuple[ast.DatumLine, ...]) -> _Times:
    single = [d for d in data if not d.parts and not d.columns]
    dates = tuple(d.name for d in single if d.unit == "日期")
    timed = [d.name for d in single if d.unit in TIME_UNITS]
    delay = _word_declared(scope, "LATE") or next((n for n in timed if DELAY.search(n)), None)
    ahead = _word_declared(scope, "EARLY") or next((n for n in timed if AHEAD.search(n)), None)
    return _Times(dates, delay, ahead, tuple(n for n in timed if n not in (delay, ahead)))


def _word_declared(scope: Scope, terminal: str) -> str | None:
    """`“逾期”指实际完成日期-计划完成日期`: a line says what the word is."""
    pattern = grammar.words_of(terminal)
    return next((name for name in scope.symbols if pattern.fullmatch(name)), None)


class _Walk:
    """One walk over a cell; an inner detail of `with_deadlines`."""

    def __init__(self, scope: Scope, times: _Times) -> None:
        self.scope = scope
        self.times = times
        self.path = ""
        self.deadline: _Deadline | None = None
        self.told_in_time = False  # whether a sentence has told what is given for what is done in time

    def item(self, item: ast.Item) -> ast.Item:
        self.path = item.path
        starts = _range_starts(item)
        pieces = tuple(self.piece(piece, starts) for piece in item.pieces)
        return attrs.evolve(item, pieces=pieces, items=tuple(self.item(below) for below in item.items))

    def piece(self, piece: ast.Piece, starts: frozenset[Fraction]) -> ast.Piece:
        match piece.sentence:
            case ast.Rule() as rule:
                changed = self.rule(rule, starts)
            case ast.CountDeduction(event=ast.Elided()):
                return piece
            case _:
                return piece
        if changed is None:
            kind = ast.PieceKind.UNREAD if piece.deducts else ast.PieceKind.JUDGED
            return attrs.evolve(piece, kind=kind, sentence=None, stop=rule.condition.span)
        return piece if changed is rule else attrs.evolve(piece, sentence=changed)

    def rule(self, rule: ast.Rule, starts: frozenset[Fraction]) -> ast.Rule | None:
        """The rule with its times compared; None where nothing says what they are."""
        outcome = rule.outcome
        if isinstance(outcome, ast.PerCount) and isinstance(rule.condition, ast.Bare) and outcome.counter in TIME_UNITS:
            # 逾期报送的，每天扣0.1分
            match rule.condition.operand:
                case ast.Lateness(early=early):
                    step = ast.Number(Fraction(outcome.group), outcome.counter, span=outcome.span)
                    words = f"每{outcome.counter}"
                    outcome = ast.StepDeduction(
                        not early, step, outcome.points, words, outcome.adds, timed=True, span=outcome.span
                    )
                case _:
                    pass
        if isinstance(outcome, ast.StepDeduction) and outcome.step.unit in TIME_UNITS:
            stated = rule.condition if isinstance(rule.condition, ast.Timely) else None
            if stated is not None and outcome.timed:  # 应于11月30日前完工，每延迟1个月扣1分
                self.timely(attrs.evolve(stated, after=False))
            implied = isinstance(rule.condition, ast.Implied) or stated is not None or _only_delay(rule.condition)
            on_days = self.deadline is not None and (self.deadline.day is not None or self.deadline.since is not None)
            if implied and (outcome.timed or on_days):
                delay = self.lateness(outcome.beyond is False, outcome.step.unit, outcome)
                if delay is None:
                    return None if outcome.timed else rule
                beyond = ast.Comparison((delay, attrs.evolve(NOTHING, unit=outcome.step.unit)), (">",), span=rule.span)
                # A deadline may be passed without a working day gone by: what is asked is the day, not the delay.
                passed = self.passed() if outcome.beyond is not False else None
                outcome = attrs.evolve(outcome, beyond=True, subject=delay if passed is not None else None, timed=True)
                beyond = beyond if passed is None else attrs.evolve(passed, span=rule.span)
                return attrs.evolve(rule, condition=beyond, outcome=outcome, implied=True)
        condition = self.condition(rule.condition, starts)
        if condition is None:
            return None
        takes = isinstance(outcome, ast.Award) and outcome.deducted
        if takes or self.told_in_time:
            condition = _late_at_all(rule.condition, condition)
        return attrs.evolve(rule, condition=condition, outcome=outcome)

    def passed(self) -> ast.Comparison | None:
        """What is done comes after the day of the deadline, where that is a day."""
        deadline = self.deadline
        if self.times.delay is not None or deadline is None or deadline.day is None:
            return None
        return ast.Comparison((deadline.subject, deadline.day), (">",))

    # --- conditions ---

    def condition(self, condition: ast.Condition, starts: frozenset[Fraction]) -> ast.Condition | None:
        match condition:
            case ast.Timely():
                return self.timely(condition)
            case ast.Joined(parts=parts):
                done = tuple(self.condition(part, starts) for part in parts)
                return None if None in done else attrs.evolve(condition, parts=done)
            case ast.Bare(operand=ast.Lateness() as delay):
                limit = self.deadline.time if self.deadline is not None else None
                measured = self.lateness(delay.early, limit.unit if limit is not None else "天", delay)
                if measured is None:
                    return None
                return ast.Comparison((measured, NOTHING), (">",), span=condition.span)
            case ast.Comparison(operands=operands):
                units = [o.unit for o in operands if isinstance(o, ast.Number) and o.unit in TIME_UNITS]
                if not units or not any(isinstance(o, ast.Elided | ast.Lateness) for o in operands):
                    return condition
                filled = tuple(self.operand(o, units[0]) for o in operands)
                return None if None in filled else attrs.evolve(condition, operands=filled)
            case ast.Ranged(subject=ast.Elided() | ast.Lateness() as measured, high=high) if high.unit in TIME_UNITS:
                subject = self.operand(measured, high.unit)
                return None if subject is None else _whole_days(attrs.evolve(condition, subject=subject), starts)
            case _:
                return condition

    def operand(self, operand: ast.Expression, unit: str) -> ast.Expression | None:
        match operand:
            case ast.Lateness(early=early):
                return self.lateness(early, unit, operand)
            case ast.Elided():
                return self.taken(unit, operand) or operand
            case _:
                return operand

    def timely(self, limit: ast.Timely) -> ast.Condition | None:
        subject, since = self.subject_of(limit)
        self.told_in_time = self.told_in_time or not limit.after
        span = limit.span
        if subject is None:
            if self.times.delay is None or limit.low is not None:
                return None
            delay = ast.Name(key(self.times.delay), span=span)
            return ast.Comparison((delay, NOTHING), (">" if limit.after else "<=",), span=span)
        if limit.time is not None:
            return self.within(limit, limit.time, subject, since)  # INVARIANT: a limit with `least` has `time`
        tests: list[ast.Condition] = []
        if limit.low is not None:
            tests.append(ast.Comparison((subject, limit.low), (">=",), span=span))
        if limit.high is not None:
            day = attrs.evolve(limit.high, inclusive=limit.inclusive)
            sign: ast.Sign = ">" if limit.after else "<="
            tests.append(ast.Comparison((subject, day), (sign,), span=span))
            if not limit.after:
                self.deadline = _Deadline(subject, day)
        if not tests:
            return None
        return tests[0] if len(tests) == 1 else ast.Joined("and", tuple(tests), span=span)

    def within(
        self, limit: ast.Timely, time: ast.Number, subject: ast.Name, since: ast.Name | None
    ) -> ast.Condition | None:
        taken: ast.Expression = subject
        counts = limit.counts_start
        if self.is_date(subject):
            if since is None:
                return None
            if counts is None and self.deadline is not None:
                counts = self.deadline.counts_start
            taken = ast.Elapsed(since, subject, time.unit, counts, span=limit.span)
        tests: list[ast.Condition] = []
        ends: tuple[tuple[ast.Number | None, ast.Sign], ...] = (
            (limit.least, limit.least_sign),
            (limit.time, limit.time_sign),
        )
        for number, sign in ends:
            if number is not None:
                tests.append(ast.Comparison((taken, number), (sign,), span=limit.span))
        if limit.time_sign in ("<", "<=") and limit.least is None:
            self.deadline = _Deadline(subject, since=since, time=time, counts_start=counts)
        return tests[0] if len(tests) == 1 else ast.Joined("and", tuple(tests), span=limit.span)

    def subject_of(self, limit: ast.Timely) -> tuple[ast.Name | None, ast.Name | None]:
        """What is done and the event it is counted from: as named, else the data that are dates or times by themselves."""
        since, subject = limit.since, limit.subject
        dates = [d for d in self.times.dates if since is None or not self.same(since, d)]
        timed = limit.high is not None or limit.low is not None or limit.time is not None
        if subject is None and timed:
            known = self.deadline.subject if self.deadline is not None else None
            if isinstance(known, ast.Name) and self.is_date(known) == (limit.time is None or bool(dates)):
                subject = known
            elif len(dates) == 1:
                subject = ast.Name(key(dates[0]), span=limit.span)
            elif not dates and limit.time is not None and len(self.times.others) == 1:
                subject = ast.Name(key(self.times.others[0]), span=limit.span)
        if subject is not None and since is None and limit.time is not None:
            others = [d for d in self.times.dates if not self.same(subject, d)]
            known = self.deadline.since if self.deadline is not None else None
            if isinstance(known, ast.Name):
                since = known
            elif len(others) == 1 and self.is_date(subject):
                since = ast.Name(key(others[0]), span=limit.span)
        return subject, since

    def same(self, name: ast.Name, datum: str) -> bool:
        symbol = self.scope.find(name.key, self.path)
        return symbol is not None and symbol.declared.target == datum

    def is_date(self, name: ast.Name) -> bool:
        symbol = self.scope.find(name.key, self.path)
        match symbol.node if symbol is not None else None:
            case ast.DatumLine(unit=unit):
                return unit not in TIME_UNITS and unit not in ("数", "")
            case _:
                return True

    # --- times ---

    def lateness(self, early: bool, unit: str, at: ast.Lateness | ast.StepDeduction) -> ast.Expression | None:
        """How far beyond the deadline, or ahead of it."""
        span = at.span
        declared, other = (self.times.ahead, self.times.delay) if early else (self.times.delay, self.times.ahead)
        if declared is not None:
            return ast.Name(key(declared), span=span)
        deadline = self.deadline
        if deadline is not None and (found := self._beyond(deadline, unit, span, early)) is not None:
            return found
        if other is not None:
            return ast.Operation("-", attrs.evolve(NOTHING, unit=unit), ast.Name(key(other), span=span), span=span)
        return None

    def _beyond(self, deadline: _Deadline, unit: str, span: Span, early: bool) -> ast.Expression | None:
        day = deadline.day
        if day is None and deadline.time is not None:
            if deadline.since is None:
                ends = (deadline.subject, deadline.time)
                left, right = ends[::-1] if early else ends
                return ast.Operation("-", left, right, span=span)
            if TIME_UNITS[unit][0] == TIME_UNITS[deadline.time.unit][0]:
                taken = ast.Elapsed(deadline.since, deadline.subject, unit, deadline.counts_start, span=span)
                left, right = (deadline.time, taken) if early else (taken, deadline.time)
                return ast.Operation("-", left, right, span=span)
            day = ast.Operation("+", deadline.since, deadline.time, span=span)
        if day is None:
            return None
        start, end = (deadline.subject, day) if early else (day, deadline.subject)
        return ast.Elapsed(start, end, unit, span=span)

    def taken(self, unit: str, at: ast.Elided) -> ast.Expression | None:
        """What `超过60日的` speaks of: the time taken where that is limited, else the delay."""
        deadline = self.deadline
        if deadline is None:
            return None
        if deadline.since is not None:
            return ast.Elapsed(deadline.since, deadline.subject, unit, deadline.counts_start, span=at.span)
        if deadline.day is not None:
            return ast.Elapsed(deadline.day, deadline.subject, unit, span=at.span)
        return deadline.subject


def _late_at_all(written: ast.Condition, condition: ast.Condition) -> ast.Condition:
    """`逾期3天以内` where something is taken, or beside what is given in time: late, and by no more than that."""
    match written, condition:
        case (
            ast.Comparison(operands=(ast.Lateness(), _), signs=("<" | "<=",)),
            ast.Comparison(operands=(delay, _)),
        ):
            late = ast.Comparison((delay, NOTHING), (">",), span=condition.span)
            return ast.Joined("and", (late, condition), span=condition.span)
        case _:
            return condition


def _only_delay(condition: ast.Condition) -> bool:
    """`逾期的` beside `每逾期一天扣…`, or the head `工期` before it: says nothing more than the step."""
    match condition:
        case ast.Bare(operand=ast.Lateness() | ast.Name(declared=False)):
            return True
        case _:
            return False


def _range_starts(item: ast.Item) -> frozenset[Fraction]:
    conditions = (p.sentence.condition for p in item.pieces if isinstance(p.sentence, ast.Rule))
    return frozenset(c.low.value for c in conditions if isinstance(c, ast.Ranged))


def _whole_days(condition: ast.Ranged, starts: frozenset[Fraction]) -> ast.Ranged:
    """`31-60日` beside `61-90日`: days are whole, so both ends are in where no other range begins at the upper one."""
    if condition.low_inclusive is not None or condition.high_inclusive is not None or condition.high.value in starts:
        return condition
    return attrs.evolve(condition, low_inclusive=True, high_inclusive=True)
