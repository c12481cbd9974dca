"""A trial as the author sees it: text and JSON values.

Takes a `Trial` with the clause and the values it was made from; gives the text that `rubric try` prints, or plain JSON
values. Never computes a score.
"""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

import attrs

from rubric.core.numbers import fixed
from rubric.core.program import Yields
from rubric.core.walk import data_used
from rubric.diagnostics.model import Diagnostic, Severity
from rubric.diagnostics.render import as_json
from rubric.evaluator.outcome import IndicatorOutcome, Status
from rubric.reporting.explain import explain_indicator
from rubric.reporting.findings import finding_lines
from rubric.reporting.quantities import exact_text, points
from rubric.reporting.results import full_text, result_of, result_range
from rubric.reporting.scored import in_order
from rubric.reporting.table import clip, table, wrap
from rubric.syntax.fold import key
from rubric.trying.declare import Declared, Given, declare, series_of
from rubric.trying.run import MOST_READINGS, Reading, Trial

Json = dict[str, object]
_INDENT = "  "
_WORDS_OF_SENTENCES = "R02"


@attrs.frozen
class Binding:
    """What a name stands for. `how` says by what: 对应 (the rule of alignment), 原文, 省略, or empty where unused.

    `words` pairs words of the clause with the state they mean, empty for a quantity.
    """

    name: str
    unit: str
    given: str
    how: str
    words: tuple[tuple[str, str], ...]


def bindings(trial: Trial, text: str, values: Mapping[str, Given]) -> tuple[Binding, ...]:
    """One for each name given, in the order of the names."""
    declared = series_of(declare([values]), text)
    bound = trial.bound
    used = {name.rpartition("／")[2] for name in data_used(trial.program.indicators)}
    whole = key(text)
    found: list[Binding] = []
    for one in declared:
        words = tuple((b.words, b.state) for b in bound if b.name == one.name)
        named = bool(key(one.name)) and key(one.name) in whole
        how = "对应" if words else "原文" if named else "省略" if one.name in used else ""
        found.append(Binding(one.name, one.unit, _given(_values(one, values)), how, words))
    return tuple(found)


def _values(one: Declared, values: Mapping[str, Given]) -> Given:
    """What was given for a name; for a series made of several names, what was given for each."""
    if one.name in values:
        return values[one.name]
    return {part: str(values[part + one.name]) for part in one.parts if part + one.name in values}


def trial_text(
    trial: Trial, text: str, values: Mapping[str, Given], *, full: bool = False, width: int = 100
) -> Iterator[str]:
    """The lines that `rubric try` prints; `full` has the whole reason in place of one line."""
    found = trial.outcome.indicators[0]
    places = trial.program.scoring.places
    in_points = found.indicator.yields is Yields.POINTS
    yield f"{found.indicator.yields.value}：{_score(found, places)}"
    if full:
        from rubric.reporting.tree import explanation_tree

        yield ""
        yield explanation_tree(trial.outcome, found, trial.source)
    else:
        yield from wrap(explain_indicator(found, trial.source, places), width, "说明：", " " * 6)
    yield from _section("词语对应", _binding_lines(bindings(trial, text, values), width))
    yield from _section("可能的读法", _reading_lines(trial.readings, places, width, in_points=in_points))
    yield from _section("由人评判的", _judged_lines(trial, width))
    yield from _section("没有读懂的", _unread_lines(trial, width))
    yield from _section("发现的问题", finding_lines(_told(trial), width))
    yield ""
    yield "写成评分表（名称和年度请改成实际的）"
    yield trial.source.text


def trial_document(trial: Trial, text: str, values: Mapping[str, Given], *, full: bool = False) -> Json:
    """The same as JSON values; scores are strings with the rubric's decimals, exact values fraction strings."""
    found = trial.outcome.indicators[0]
    places = trial.program.scoring.places
    awarded = found.indicator.yields is not Yields.POINTS
    document: Json = {
        "schema_version": "1",
        "text": text,
        "points": fixed(found.indicator.points, places),
        "status": found.status.value,
        **_result(found, places),
        "score": None if trial.score is None or awarded else fixed(trial.score, places),
        "low": fixed(found.low, places),
        "high": fixed(found.high, places),
        "exact": _exact(found.exact.point if found.status is Status.SCORED else None),
        "explanation": explain_indicator(found, trial.source, places),
        "bindings": [_binding_json(one) for one in bindings(trial, text, values)],
        "readings": [
            {
                "alternatives": dict(reading.alternatives),
                "default": index == 0,
                **({"result": reading.result} if awarded else {}),
                "score": None if reading.score is None or awarded else fixed(reading.score, places),
                "exact": _exact(reading.score),
            }
            for index, reading in enumerate(trial.readings)
        ],
        "judged": [
            {"label": j.label, "text": j.text, "low": str(j.low), "high": str(j.high)} for j in trial.program.judgements
        ],
        "not_understood": [
            {"code": d.code, "words": words, "place": d.place} for d, words in _unread(trial.diagnostics)
        ],
        "findings": [as_json(diagnostic) for diagnostic in in_order(trial.diagnostics)],
        "rubric": trial.source.text,
    }
    if full:
        from rubric.reporting.tree import explanation_tree

        document["tree"] = explanation_tree(trial.outcome, found, trial.source).splitlines()
    return document


def _result(found: IndicatorOutcome, places: int) -> Json:
    """What the clause comes to, where that is not points."""
    if found.indicator.yields is Yields.POINTS:
        return {}
    return {"yields": found.indicator.yields.value, "result": result_of(found, places)}


def _section(title: str, lines: list[str]) -> Iterator[str]:
    if lines:
        yield ""
        yield title
        yield from lines


def _score(found: IndicatorOutcome, places: int) -> str:
    full = full_text(found.indicator, places)
    if found.status is not Status.NOT_APPLICABLE and not found.indicator.is_bounded:
        pending = "待定，" if found.status is Status.PENDING else ""
        return f"{pending}{result_range(found, places)}（{full}）"
    match found.status:
        case Status.NOT_APPLICABLE:
            return "不适用"
        case Status.PENDING:
            return f"待定，{result_range(found, places)} / {full}"
        case Status.SCORED:
            if found.indicator.yields is not Yields.POINTS:
                return result_range(found, places)
            exact = "" if found.exact.point is None else f"（精确值 {exact_text(found.exact.point)}）"
            return f"{result_range(found, places)} / {full}{exact}"


# --- words ------------------------------------------------------------------------------------------------------------


def _binding_lines(found: tuple[Binding, ...], width: int) -> list[str]:
    left = table([(f"{_INDENT}{one.name}", f"{one.given}　") for one in found], ["left", "left"])
    lines: list[str] = []
    for shown, one in zip(left, found, strict=True):
        lines += wrap(_bound_words(one), width, f"{shown}  ", " " * 6)
    return lines


def _bound_words(one: Binding) -> str:
    match one.how:
        case "对应":
            return "；".join(f"“{state}”对应“{words}”" if state else f"对应“{words}”" for words, state in one.words)
        case "原文":
            return "原文中就是这个名称"
        case "省略":
            return "原文没有写出名称，作为省略的主语补上"
        case _:
            return "没有用到：原文中没有找到它指的话"


def _binding_json(one: Binding) -> Json:
    words = [{"words": words, "state": state or None} for words, state in one.words]
    return {"name": one.name, "unit": one.unit, "value": one.given, "how": one.how or None, "words": words}


def _given(value: object) -> str:
    match value:
        case bool():
            return "是" if value else "否"
        case str():
            return value
        case Mapping():
            return "，".join(f"{name} {_given(cell)}" for name, cell in value.items() if cell is not None)  # pyright: ignore[reportUnknownArgumentType, reportUnknownVariableType]
        case Sequence():
            joint = "；" if any(isinstance(item, Mapping) for item in value) else "、"  # pyright: ignore[reportUnknownVariableType]
            return joint.join(_given(item) for item in value)  # pyright: ignore[reportUnknownArgumentType, reportUnknownVariableType]
        case _:
            return str(value)


# --- readings ---------------------------------------------------------------------------------------------------------


def _reading_lines(readings: tuple[Reading, ...], places: int, width: int, *, in_points: bool) -> list[str]:
    if len(readings) == 1:
        return [f"{_INDENT}只有一种"]
    results = [_shown(reading, places, in_points) for reading in readings]
    marks = ["默认" if index == 0 else "" for index in range(len(readings))]
    left = table(
        [(_INDENT + mark, result, "|") for mark, result in zip(marks, results, strict=True)], ("left", "left", "left")
    )
    lines: list[str] = []
    for shown, reading in zip(left, readings, strict=True):
        taken = "；".join(f"「{choice}」取“{name}”" for choice, name in reading.alternatives.items())
        first = shown.removesuffix("|")
        lines += wrap(taken, width, first, " " * 6)
    if len(readings) == MOST_READINGS:
        lines.append(f"{_INDENT}读法多于 {MOST_READINGS} 种的，其余的没有列出")
    return lines


def _shown(reading: Reading, places: int, in_points: bool) -> str:
    if not in_points:
        return reading.result or "待定"
    score = reading.score
    if score is None:
        return "待定"
    rounded = fixed(score, places)
    return f"{rounded} 分" if Fraction(rounded) == score else f"{rounded} 分（精确值 {exact_text(score)}）"


# --- what was not computed --------------------------------------------------------------------------------------------


def _judged_lines(trial: Trial, width: int) -> list[str]:
    lines: list[str] = []
    for asked in trial.program.judgements:
        words = " ".join(asked.text.split())
        lines += wrap(f"“{words}”，{points(asked.low)}～{points(asked.high)} 分", width, _INDENT, " " * 6)
    return lines


def _unread_lines(trial: Trial, width: int) -> list[str]:
    lines: list[str] = []
    for _, words in _unread(trial.diagnostics):
        lines += wrap(f"“{clip(words, 72)}”", width, _INDENT, " " * 6)
    return list(dict.fromkeys(lines))


def _unread(diagnostics: tuple[Diagnostic, ...]) -> Iterator[tuple[Diagnostic, str]]:
    """Findings about the words of a sentence, with those words."""
    for diagnostic in in_order(diagnostics):
        grave = diagnostic.severity is not Severity.NOTE
        if not (grave and diagnostic.code.startswith(_WORDS_OF_SENTENCES) and diagnostic.labels):
            continue
        label = diagnostic.labels[0]
        if label.source is not None:
            words = label.source.slice(label.span) or label.source.line_text(label.source.line_of(label.span.start))
            yield diagnostic, " ".join(words.split())


def _told(trial: Trial) -> tuple[Diagnostic, ...]:
    """Notes are left to the JSON: they concern the header that the trial made itself."""
    return tuple(d for d in in_order(trial.diagnostics) if d.severity is not Severity.NOTE)


def _exact(value: Fraction | None) -> str | None:
    return None if value is None else str(value)
