"""口径 with alternatives → choices.

Takes the author's lines and the words of the issued text that the engine knows several readings of; gives core choices,
each with its named alternatives. A reading no line settles is a default, and a finding with the result of each.
"""

import re
from fractions import Fraction

from rubric.core import program as core
from rubric.core.numbers import plain
from rubric.semantics import errors
from rubric.semantics.data import WHOLE_COUNTERS
from rubric.semantics.expressions import DeadlineWord
from rubric.semantics.gathered import Gathered
from rubric.source import Span
from rubric.syntax import ast
from rubric.syntax.dates import TIME_UNITS
from rubric.syntax.fold import key

Kind = ast.PieceKind
BasisKind = ast.BasisKind


def word_choices(g: Gathered) -> None:
    """口径 lines with alternatives become choices; those that only label what a datum measures say so."""
    data = {key(line.name): line.name for line in g.indicator.data}
    data |= {n.key: n.target for n in g.indicator.names if n.role == "datum"}
    for line in g.indicator.basis:
        if line.kind not in (BasisKind.MEANS, BasisKind.COUNTED, BasisKind.ALTERNATIVES):
            continue
        names = [key(part) for part in ([line.word] if key(line.word) in data else line.word.split("、"))]
        computes = any(o.body is not None for o in line.options)
        measured = [data[name] for name in names if name in data]
        if len(measured) == len(names) and not (computes and line.kind is not BasisKind.MEANS):
            add_choice(g, line, tuple(o.name for o in line.options), measures=True)
            if len(line.options) > 1:  # with one reading alone there is nothing a fact could state
                g.measures |= dict.fromkeys(measured, g.choice_name(line.word))
        elif line.kind is BasisKind.ALTERNATIVES:
            add_choice(g, line, (issued_formula(g, line.word), *(o.name for o in line.options)))
        elif computes and len(line.options) > 1:
            add_choice(g, line, tuple(o.name for o in line.options))


def add_choice(g: Gathered, line: ast.BasisLine, names: tuple[str, ...], measures: bool = False) -> None:
    if len(names) < 2:
        return
    name = g.choice_name(line.word)
    spans = [o.span for o in line.options]
    alternatives = tuple(core.Alternative(n, span=s) for n, s in zip(names, [line.span, *spans], strict=False))
    g.choices[name] = core.Choice(name, alternatives, indicator=g.indicator.name, measures=measures, span=line.span)


def issued_formula(g: Gathered, word: str) -> str:
    for item in g.items.values():
        for piece in item.pieces:
            if isinstance(piece.sentence, ast.Equation) and piece.sentence.name.key == key(word):
                return g.source.slice(piece.sentence.body.span)
    return "印发原文"


def step_choice(g: Gathered, outcome: ast.StepDeduction, partial: str) -> str:
    """The choice about a part of a step: what a 口径 line or the sentence itself (`partial`) says, else whole steps and a finding."""
    step = re.sub(r"^每?\D*?(?=[\d一二两三四五六七八九十])", "", outcome.words)
    names = (f"满{step}", f"不足{step}按{step}", "按比例")
    if "四舍五入" in partial:
        names = (*names, "四舍五入")
    wanted = outcome.words.removeprefix("每")
    line = next(
        (b for b in g.indicator.basis if b.kind is BasisKind.COUNTED and key(b.word).removeprefix("每") == wanted),
        None,
    )
    name = g.choice_name(line.word if line else outcome.words)
    alternatives = tuple(core.Alternative(n) for n in names)
    origin = core.ChoiceOrigin.AUTHOR if line or partial else core.ChoiceOrigin.DEFAULT
    default = _step_mode(key(line.options[0].name + line.text)) if line and line.options else _step_mode(partial)
    span = line.span if line else outcome.span
    g.choices[name] = core.Choice(name, alternatives, default, origin, g.indicator.name, span=span)
    whole = outcome.step.unit in WHOLE_COUNTERS or (
        outcome.step.value == 1 and TIME_UNITS.get(outcome.step.unit, ("", 0))[0] in ("天", "工作日")
    )
    if line is None and not partial and not whole:  # a count has no part of a step, nor have days
        results = tuple((n, _times(outcome.points, t)) for n, t in zip(names, ("2", "3", "2.5"), strict=False))
        g.found.append(
            errors.unsettled_step(
                g.source,
                outcome.span,
                outcome.words,
                "加" if outcome.adds else "扣",
                _two_and_a_half(outcome),
                results,
                g.indicator.name,
            )
        )
    return name


def _two_and_a_half(outcome: ast.StepDeduction) -> str:
    """Two and a half steps, in words: `超出 2.5 个百分点`, `低于 25%`."""
    verb = "相差" if outcome.beyond is None else "超出" if outcome.beyond else "低于"
    distance, unit = plain(outcome.step.value * Fraction(5, 2)), outcome.step.unit
    return f"{verb} {distance}{unit if unit in ('%', '‰', '') else f' 个{unit}' if unit == '百分点' else f' {unit}'}"


def percent_choice(g: Gathered, outcome: ast.StepDeduction, threshold: ast.Expression) -> str | None:
    """`每低1%` of a rate: percentage points, or percent of what is to be reached; told with a case in which they differ.

    None where the two are the same, or the words say which is meant.
    """
    step = outcome.step
    if step.unit != "%" or outcome.reference is not None or not isinstance(threshold, ast.Number):
        return None
    if threshold.unit != "%" or threshold.value in (0, 100):
        return None
    share = threshold.value / 100  # one percentage point of the rate is so many percent of the threshold
    distance = 2 * step.value * min(share, Fraction(1))
    value = threshold.value + (distance if outcome.beyond else -distance)
    word = f"{outcome.words}的单位"
    name = open_choice(g, word, ("百分点", "标准的百分之几"), None, outcome.span)
    if g.choices[name].origin is core.ChoiceOrigin.DEFAULT:
        better = re.sub(r"%$", "个百分点", outcome.words)
        results = tuple(plain(outcome.points * (part // step.value)) for part in (distance, distance / share))
        example = f"标准 {plain(threshold.value)}%、实际 {plain(value)}% "
        g.found.append(
            errors.percent_or_points(
                g.source, outcome.span, outcome.words, better, word, example, (results[0], results[1]), g.indicator.name
            )
        )
    return name


def open_choice(g: Gathered, word: str, names: tuple[str, ...], doubt: core.Doubt | None, span: Span) -> str:
    """The choice about `word`: what a line `“词语”按…计` says, else the first of `names`, and a finding tells of each."""
    name = g.choice_name(word)
    line = next((b for b in g.indicator.basis if b.kind is BasisKind.COUNTED and key(b.word) == key(word)), None)
    stated = key(line.options[0].name + line.text) if line and line.options else ""
    default = next((index for index, other in enumerate(names) if key(other) in stated), None)
    settled = line is not None and default is not None
    g.choices[name] = core.Choice(
        name,
        tuple(core.Alternative(n) for n in names),
        default or 0,
        core.ChoiceOrigin.AUTHOR if settled else core.ChoiceOrigin.DEFAULT,
        g.indicator.name,
        doubt=doubt,
        span=line.span if line is not None and settled else span,
    )
    return name


def deadline_choice(g: Gathered, word: DeadlineWord, span: Span, words: str) -> str:
    """The choice about what a deadline leaves open: what a 口径 line says, else the usual reading and a finding."""
    names, told = _DEADLINE_READINGS[word]
    line = next((b for b in g.indicator.basis if b.kind is BasisKind.COUNTED and key(b.word) == word.value), None)
    name = g.choice_name(word.value)
    if name in g.choices:
        return name
    stated = key(line.options[0].name + line.text) if line and line.options else ""
    default = 1 if re.search(_OTHER_READING[word], stated) else 0
    origin = core.ChoiceOrigin.AUTHOR if line else core.ChoiceOrigin.DEFAULT
    alternatives = tuple(core.Alternative(n) for n in names)
    g.choices[name] = core.Choice(
        name, alternatives, default, origin, g.indicator.name, span=line.span if line else span
    )
    if line is None:
        g.found.append(errors.unsettled_deadline(g.source, span, word.value, names, told, g.indicator.name))
    return name


_DEADLINE_READINGS = {
    DeadlineWord.LAST_DAY: (("含当日", "不含当日"), ("截止日当天办的，算按期", "截止日当天办的，算逾期一天")),
    DeadlineWord.FIRST_DAY: (("次日起算", "当日起算"), ("3月1日的事，到3月4日是3天", "3月1日的事，到3月4日是4天")),
    DeadlineWord.DAYS: (("自然日", "工作日"), ("星期五到下星期一是3天", "星期五到下星期一是1天")),
}
_OTHER_READING = {
    DeadlineWord.LAST_DAY: "不含",
    DeadlineWord.FIRST_DAY: "^当[日天]",
    DeadlineWord.DAYS: "^工作日",
}


def _step_mode(words: str) -> int:
    """The alternative a 口径 line about a step takes: 满…才扣, 不足…按…, 按比例, 四舍五入."""
    if re.search("按[^,，;；]{0,4}比例|按实际|插值|内插|线性|直线", words):
        return 2
    if "四舍五入" in words:
        return 3
    if re.search(r"(不足|不满|不到|未满)[^,，;；]*?按", words) and not re.search(
        r"(不足|不满|不到|未满)[^,，;；]*?不予?(扣|计|加)", words
    ):
        return 1
    return 1 if re.search("(含|包括)不足", words) else 0


def _times(points: Fraction, count: str) -> str:
    return plain(points * Fraction(count))
