"""The whole reason of one indicator's score, as an indented tree.

Takes an outcome and the rubric's source; gives the lines that `--explain` prints: facts with their sources, the formula
as issued and with the numbers in it, the reading taken, exact value, band or steps, veto, cap, rounding. Never reckons.
"""

from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import assert_never

from rubric.audit.verdicts import Verdict
from rubric.core.numbers import fixed, plain
from rubric.core.program import Choice, Dimension, Judgement, Yields
from rubric.core.record import Fact, Given, Record
from rubric.evaluator.outcome import ClauseOutcome, IndicatorOutcome, Outcome, Status, Step, StepKind
from rubric.reporting.explain import explain_indicator, range_text
from rubric.reporting.formula import body_of, ratio_text, shown_name, shown_value, values_below, with_numbers
from rubric.reporting.quantities import exact_text, points, signed
from rubric.reporting.results import full_text
from rubric.source import NOWHERE, SourceText

_INDENT = "  "
# A rubric that no bureau issued says so above each of its explanations.
ILLUSTRATIVE = "示例修订"


def explanation_tree(
    outcome: Outcome, indicator: IndicatorOutcome, source: SourceText, verdict: Verdict | None = None
) -> str:
    """The tree of one indicator, without a final line end."""
    return "\n".join(_Tree(outcome, indicator, source, verdict).lines())


class _Tree:
    """Holds what every line of one tree needs; used inside this module only."""

    def __init__(
        self, outcome: Outcome, indicator: IndicatorOutcome, source: SourceText, verdict: Verdict | None
    ) -> None:
        self.outcome = outcome
        self.indicator = indicator
        self.source = source
        self.verdict = verdict
        self.record: Record = outcome.record
        self.places = outcome.program.scoring.places
        # What this clause has already told of: a fact that stands in two conditions is told once.
        # Formulas inside a told one, and formulas that give the points of this clause.
        self.inner: set[int] = set()
        self.giving: set[int] = set()
        self.told: set[tuple[str, str, str]] = set()

    def lines(self) -> Iterator[str]:
        yield from self._head()
        yield from self._readings()
        overall = list(self._steps(self.indicator.steps, 0))
        yield from ["", *overall] if overall else []
        for clause in self.indicator.clauses:
            yield ""
            yield from self._clause(clause, 0)
        yield ""
        yield from self._end()

    def _head(self) -> Iterator[str]:
        indicator = self.indicator.indicator
        stated = full_text(indicator, self.places)
        full = stated if Yields.POINTS is not indicator.yields or indicator.unlimited else f"{stated} 分"
        program = self.outcome.program
        if program.status == ILLUSTRATIVE:
            yield f"{program.title}（{program.fiscal_year} 年度）【{program.status}】"
        yield f"{indicator.id} {indicator.name}（{full}）"
        yield "所属：" + " / ".join(level for level in indicator.path if level)
        yield f"得分：{self._score()}"
        claimed = self.record.claimed.get(indicator.name)
        if claimed is not None:
            difference = ""
            if self.indicator.score is not None:
                difference = f"，偏差 {signed(claimed - self.indicator.score, self.places)}"
            yield f"自评：{fixed(claimed, self.places)}{difference}"
        if self.verdict is not None:
            reading = f"（{self.verdict.reading}）" if self.verdict.reading else ""
            yield f"核验结论：{self.verdict.verdict}{reading}"
            yield from (f"{_INDENT}{why}" for why in self.verdict.why)
        yield f"简述：{explain_indicator(self.indicator, self.source, self.places)}"

    def _score(self) -> str:
        match self.indicator.status:
            case Status.SCORED:
                return range_text(self.indicator, self.places)
            case Status.PENDING:
                return f"{range_text(self.indicator, self.places)}（待定）"
            case Status.NOT_APPLICABLE:
                return "不适用"
            case _:
                assert_never(self.indicator.status)

    def _readings(self) -> Iterator[str]:
        if not self.indicator.readings:
            return
        yield ""
        yield "口径"
        for name, taken in self.indicator.readings:
            yield f"{_INDENT}「{name}」取{_quoted(taken)}{self._alternatives(name, taken)}"

    def _alternatives(self, name: str, taken: str) -> str:
        choice = self._choice(name)
        others = [a.name for a in choice.alternatives if a.name != taken] if choice is not None else []
        return f"；另有：{'、'.join(map(_quoted, others))}" if others else ""

    def _choice(self, name: str) -> Choice | None:
        return next((choice for choice in self.outcome.program.choices if choice.name == name), None)

    def _clause(self, outcome: ClauseOutcome, depth: int) -> Iterator[str]:
        clause = outcome.clause
        pad = _INDENT * depth
        number = f"第 {clause.path} 点" if clause.path else "评分标准"
        yield f"{pad}{number}（{points(clause.points)} 分，{clause.kind.value}）"
        yield from (f"{pad}{_INDENT}原文：{line}" for line in _issued(clause.text))
        self.told = set()
        self.giving = {id(step) for step in _giving(outcome.steps)}
        yield from self._steps(outcome.steps, depth + 1)
        for child in outcome.children:
            yield from self._clause(child, depth + 1)
        yield f"{pad}{_INDENT}{_clause_result(outcome)}"

    def _end(self) -> Iterator[str]:
        if self.indicator.status is Status.NOT_APPLICABLE:
            yield "合计：不适用，分值不计入总分"
            return
        exact = self.indicator.exact
        if exact.point is not None:
            yield f"合计：{exact_text(exact.point)} 分"
            yield f"四舍五入，保留 {self.places} 位小数：{range_text(self.indicator, self.places)} 分"
        else:
            yield f"合计：待定，{range_text(self.indicator, self.places)} 分"
        if self.indicator.away:
            yield f"不适用的分值：{fixed(self.indicator.away, self.places)} 分"
        for text, holds in self.indicator.requirements:
            yield f"要求（不影响得分）：{_quoted(text)}，{'待定' if holds is None else '符合' if holds else '不符合'}"
        if self.indicator.missing:
            own = f"{self.indicator.indicator.name}／"
            names = (_with_part(name.removeprefix(own), part) for name, part in self.indicator.missing)
            yield f"缺少：{'、'.join(names)}"

    # --- steps --------------------------------------------------------------------------------------------------------

    def _steps(self, steps: Iterable[Step], depth: int) -> Iterator[str]:
        steps = tuple(steps)
        labels = [step.label for step in steps if step.kind is StepKind.QUANTITY]
        for step in steps:
            # One quantity over several periods: each line names its own.
            part = _part_below(step) if labels.count(step.label) > 1 else ""
            lines = list(self._step(step, part))
            yield from (_INDENT * depth + line for line in lines)
            yield from self._steps(step.children, depth + 1 if lines else depth)

    def _once(self, step: Step, line: str, part: str = "") -> Iterator[str]:
        key = (step.kind.value, part + step.label, step.state or str(step.value))
        if key not in self.told:
            self.told.add(key)
            yield line

    def _step(self, step: Step, part: str = "") -> Iterator[str]:
        match step.kind:
            case StepKind.FACT:
                yield from self._once(step, self._fact(step))
            case StepKind.QUANTITY:
                yield from self._once(step, self._quantity(step, part), part)
            case StepKind.READING:
                if (step.label, step.text) not in self.indicator.readings:
                    yield f"口径：「{step.label}」取{_quoted(step.text)}"
            case StepKind.JUDGEMENT:
                yield self._judgement(step)
            case StepKind.FORMULA:
                yield from self._formula(step)
            case StepKind.BAND:
                yield f"分档：{_quoted(step.text)}{_truth(step.holds)}{_points_of(step)}"
            case StepKind.GAP:
                yield "分档：没有一档符合"
            case StepKind.BASE:
                yield f"起评分：{_points(step)}"
            case StepKind.DEDUCTION:
                yield _deduction(step)
            case StepKind.STEPS:
                yield f"计步：{_distance(step)}计 {_number(step)} 步"
            case StepKind.VETO:
                yield f"否决：{_quoted(step.text)}{_truth(step.holds)}"
            case StepKind.EXEMPTION:
                yield f"豁免：{_quoted(step.text)}{_truth(step.holds)}"
            case StepKind.UNDEFINED:
                stated = f"分母为 0 时：{_quoted(step.text)}{_truth(step.holds)}"
                yield stated if step.text else "分母为 0，评分标准没有说明如何计分"
            case StepKind.GUARD:
                yield f"适用条件：{_quoted(step.text)}{_truth(step.holds)}"
            case StepKind.CAP:
                yield f"封顶：以 {_points(step)}为限"
            case StepKind.FLOOR:
                yield f"保底：扣完为止，{_points(step)}"
            case StepKind.ROUNDING:
                # Told at the end, with the exact value before it.
                return
            case StepKind.UNRESOLVED:
                where = step.label or _flat(step.text)
                yield f"评分标准有一处未能读懂{f'（{where}）' if where else ''}，待定"
            case _:
                assert_never(step.kind)

    def _formula(self, step: Step) -> Iterator[str]:
        """A formula that gives points; the formulas inside it are seen in the whole one and not told again."""
        if id(step) in self.inner or not tuple(values_below(step)):
            return
        self.inner.update(id(inner) for inner in _formulas_below(step))
        ratio = None if id(step) in self.giving else ratio_text(step)
        if ratio is not None:
            yield f"计算：{ratio}"
            return
        placed = with_numbers(self.source, step.span, step)
        # A formula that is words (`超出一个百分点扣0.1分`) is told by the steps below it.
        if placed != " ".join(self.source.slice(step.span).split()):
            yield f"代入：{placed} = {_points(step)}"

    def _quantity(self, step: Step, part: str) -> str:
        shown = shown_value(step, spaced=True)
        body = body_of(step)
        placed = ""
        if body is not None and body.span != NOWHERE:
            self.inner.update({id(body), *(id(inner) for inner in _formulas_below(body))})
            placed = f"{_without_word(with_numbers(self.source, body.span, body))} = "
        point = None if step.value is None else step.value.point
        exact = ""
        if point is not None:
            scaled = point / step.unit.scale if step.unit is not None else point
            exact = f"（精确值 {exact_text(point)}）" if Fraction(plain(scaled, 2)) != scaled else ""
        name = shown_name(step, self.source) + (f"（{part}）" if part else "")
        return f"计算：{name} = {placed}{shown}{exact}"

    def _fact(self, step: Step) -> str:
        found = self._given_fact(step)
        if found is None:
            known = bool(step.state) or (step.value is not None and step.value.point is not None)
            return f"数据：{step.label} {'' if known else '缺少，可能为 '}{_value_or(step)}"
        notes = [found.basis.value]
        notes += [found.source] if found.source else []
        notes += [f"报告中称{_quoted(found.original_name)}"] if found.original_name else []
        notes += [f"佐证：{found.evidence}"] if found.evidence else []
        notes += [f"口径：{found.measures}"] if found.measures else []
        notes += [found.note] if found.note else []
        return f"数据：{shown_name(step, self.source)} {_value_or(step)}（{'；'.join(notes)}）"

    def _given_fact(self, step: Step) -> Fact | None:
        """The fact behind a step: its label is the datum's name, or the part and the name written together."""
        facts = self.record.facts
        if (step.label, None) in facts:
            return facts[(step.label, None)]
        for (name, part), fact in facts.items():
            if part is not None and step.label in (f"{part}{name}", f"{name}（{part}）", f"{name} {part}"):
                return fact
            if name == step.label and part == step.text:
                return fact
        return None

    def _judgement(self, step: Step) -> str:
        given: Given | None = self.record.judgements.get((self.indicator.indicator.name, step.label))
        asked: Judgement | None = next(
            (
                j
                for j in self.outcome.program.judgements
                if j.label == step.label and j.indicator == self.indicator.indicator.name
            ),
            None,
        )
        bounds = f"（{points(asked.low)}～{points(asked.high)} 分）" if asked is not None else ""
        if given is None:
            return f"评判：「{step.label}」{bounds}尚未评判"
        notes = [f"理由：{given.reason}"] if given.reason else []
        notes += [f"佐证：{given.evidence}"] if given.evidence else []
        notes += [given.source] if given.source else []
        notes += [given.note] if given.note else []
        why = f"，{'；'.join(notes)}" if notes else ""
        return f"评判：「{step.label}」{bounds}得 {points(given.points)} 分{why}"


def _clause_result(outcome: ClauseOutcome) -> str:
    if outcome.status is Status.NOT_APPLICABLE:
        return "得分：不适用"
    if outcome.value.point is None:
        low = outcome.value.low or Fraction(0)
        high = outcome.clause.points if outcome.value.high is None else outcome.value.high
        return f"得分：待定，{points(low)}～{points(high)} 分"
    return f"得分：{exact_text(outcome.value.point)} 分"


def _issued(text: str) -> list[str]:
    return [" ".join(line.split()) for line in text.splitlines() if line.strip()]


def _quoted(text: str) -> str:
    """A sentence in quotation marks; those inside it become single ones."""
    return f"“{_flat(text).replace('“', '‘').replace('”', '’')}”"


def _flat(text: str) -> str:
    return " ".join(text.split()).rstrip("。；;，, ")


def _truth(holds: bool | None) -> str:
    return "：待定" if holds is None else "：符合" if holds else "：不符合"


def _deduction(step: Step) -> str:
    """What is taken off; what is added has a negative value."""
    taken = step.value.point if step.value is not None else None
    if taken is not None and taken < 0:
        return f"加分：{_quoted(step.text)}，加 {points(-taken)} 分"
    return f"扣分：{_quoted(step.text)}，扣 {_points(step)}"


def _points(step: Step) -> str:
    """The step's value in 分."""
    if step.value is None:
        return "待定"
    if step.value.point is not None:
        return f"{points(step.value.point)} 分"
    low = "" if step.value.low is None else points(step.value.low)
    high = "" if step.value.high is None else points(step.value.high)
    return f"{low}～{high} 分"


def _points_of(step: Step) -> str:
    if not step.holds or step.value is None:
        return ""
    below = step.value.point is not None and step.value.point < 0
    return f"，{'算得' if below else '得'} {_points(step)}"


def _giving(steps: Iterable[Step]) -> Iterator[Step]:
    """The formulas whose value is the points of a clause or of a band."""
    for step in steps:
        if step.kind is StepKind.FORMULA:
            yield step
        elif step.kind is StepKind.BAND:
            yield from step.children[-1:]


def _formulas_below(step: Step) -> Iterator[Step]:
    """The formulas that are part of the text of `step`, not those of the quantities in it."""
    for child in step.children:
        if child.kind is StepKind.FORMULA:
            yield child
            yield from _formulas_below(child)


def _without_word(formula: str) -> str:
    """`支出进度÷序时进度计，超过100%的按100%计` without the 计 that belongs to the 按 before the formula."""
    pieces = formula.split("，")
    return "，".join(p.removesuffix("计") if "按" not in p else p for p in pieces)


def _part_below(step: Step) -> str:
    """The period of the first fact below."""
    for child in step.children:
        found = child.text if child.kind is StepKind.FACT else _part_below(child)
        if found:
            return found
    return ""


def _distance(step: Step) -> str:
    """`超出 52.33 个百分点，每 1 个百分点一步，`."""
    match step.children:
        case (distance, size) if size.value is not None and size.value.point and distance.value is not None:
            rate = size.unit is not None and size.unit.dimension is Dimension.RATE
            factor, name = (100, " 个百分点") if rate else (1, "" if size.unit is None else f" {size.unit.name}")
            if distance.value.point is None:
                return f"每 {plain(size.value.point * factor)}{name}一步，"
            return (
                f"超出 {plain(distance.value.point * factor)}{name}，每 {plain(size.value.point * factor)}{name}一步，"
            )
        case _:
            return ""


def _number(step: Step) -> str:
    return "待定" if step.value is None or step.value.point is None else points(step.value.point)


def _value_or(step: Step) -> str:
    return shown_value(step, spaced=True)


def _with_part(name: str, part: str | None) -> str:
    return f"「{name}」" if part is None else f"「{name}（{part}）」"
