"""计分办法: rounding, what is not applicable, grades.

Takes its lines; gives the core `ScoringMethod` with its two choices. A line that is not understood is a finding. Never a
default that stays unsaid: without these lines a note tells what is taken.
"""

import re
from fractions import Fraction

import attrs

from rubric.core import program as core
from rubric.diagnostics.model import Diagnostic
from rubric.semantics import errors
from rubric.source import SourceText, Span
from rubric.syntax import ast
from rubric.syntax.fold import key
from rubric.syntax.placing import trimmed

ROUNDING = ("指标得分四舍五入", "逐条四舍五入")
NOT_APPLICABLE = ("剔除后折算", "得满分", "得0分", "原分值内折算")
_PLACES = {"一": 1, "两": 2, "二": 2, "三": 3, "四": 4}
_BAND = re.compile(
    r"(?:总?得分|总分)?(?:(?P<low>\d+(?:\.\d+)?)分?(?P<lowmark>\(不?含\))?-(?P<high>\d+(?:\.\d+)?)分?(?P<highmark>\(不?含\))?"
    r"|(?P<bound>\d+(?:\.\d+)?)分?(?P<mark>\(不?含\))?(?P<side>及?以上|及?以下)(?P<mark2>\(不?含\))?)(?:的)?为(?P<name>.+)"
)


def lower_scoring(
    document: ast.Document, found: list[Diagnostic]
) -> tuple[core.ScoringMethod, tuple[core.Choice, ...]]:
    """The method, and the choices 计分 and 不适用 with their alternatives."""
    places, rounding, rest = 2, 0, 0
    grades: tuple[core.GradeBand, ...] = ()
    origins = {"计分": core.ChoiceOrigin.DEFAULT, "不适用": core.ChoiceOrigin.DEFAULT}
    spans = dict.fromkeys(origins, document.span)
    for line in document.scoring:
        value = key(line.value)
        match line.key:
            case "总分":
                pass  # a rule on the total: `semantics.total`
            case "计分" if "四舍五入" in value:
                places = _places(value, places)
                rounding = int("逐条" in value)
                origins["计分"], spans["计分"] = core.ChoiceOrigin.AUTHOR, line.span
            case "等级" if bands := grade_bands(value):
                grades = tuple(map(_placed, bands, _parts_of(document.source, line.span)))
            case "不适用" if len(ways := _ways_told(value)) > 1:
                found.append(errors.contradictory_scoring(document.source, line.span, ways))
            case "不适用" if (index := _not_applicable(value)) is not None:
                rest = index
                origins["不适用"], spans["不适用"] = core.ChoiceOrigin.AUTHOR, line.span
            case "说明" | "注":
                pass
            case _:
                found.append(errors.unread_scoring(document.source, line.span))
    if not document.scoring and document.indicators:
        found.append(errors.no_scoring_method(document.source))
    if grades and origins["计分"] is core.ChoiceOrigin.DEFAULT:
        line = next(line for line in document.scoring if line.key == "等级")
        found.append(errors.grades_of_rounded(document.source, line.span, grades, places))
    choices = (
        _choice("计分", ROUNDING, rounding, origins, spans["计分"]),
        _choice("不适用", NOT_APPLICABLE, rest, origins, spans["不适用"]),
    )
    return core.ScoringMethod(places, "计分", "不适用", grades), choices


def _choice(
    name: str, names: tuple[str, ...], default: int, origins: dict[str, core.ChoiceOrigin], span: Span
) -> core.Choice:
    return core.Choice(name, tuple(core.Alternative(n) for n in names), default, origins[name], span=span)


def _places(text: str, default: int) -> int:
    match = re.search(r"保留([\d一两二三四])位小数", text)
    if match is None:
        return default
    return int(match[1]) if match[1].isdigit() else _PLACES[match[1]]


def _not_applicable(text: str) -> int | None:
    if "原分值内" in text:
        return 3
    if "÷参评" in text or "/参评" in text or "剔除" in text:
        return 0
    return 1 if "满分" in text else 2 if "得0分" in text else None


def _ways_told(text: str) -> tuple[str, ...]:
    """Ways that exclude each other, in the words of the line: full points, no points, not counted."""
    ways = (r"[得计记]满分", r"[得计记]0分|不得分|不计分", r"不参评|剔除")
    return tuple(match[0] for way in ways if (match := re.search(way, text)))


def _parts_of(source: SourceText, line: Span) -> list[Span]:
    """The places of the grades in a line `等级：90分（含）以上为优，…`; the same parts as in its folded text."""
    text = source.slice(line)
    colon = re.search("[：:]", text)
    parts = re.finditer("[^，,、；;]+", text[colon.end() :] if colon else text)
    first = line.start + (colon.end() if colon else 0)
    return [trimmed(source.text, Span(first + part.start(), first + part.end())) for part in parts]


def _placed(band: core.GradeBand, place: Span) -> core.GradeBand:
    return attrs.evolve(band, span=place)


def grade_bands(text: str) -> tuple[core.GradeBand, ...]:
    """`90分（含）以上为优，80分（含）-90分为良，…`; an end is in where marked （含）, or where 以上 stands without 不含.

    The greatest end of all is in without a mark (`90分（含）-100分为优`).
    """
    bands: list[core.GradeBand] = []
    unmarked: list[bool] = []
    for part in re.split("[,、;]", text):
        match = _BAND.fullmatch(part)
        if match is None:
            return ()
        bands.append(_grade_band(match))
        unmarked.append(bool(match["low"]) and match["highmark"] is None)
    highs = [band.high for band in bands if band.high is not None]
    top = max(highs) if len(highs) == len(bands) else None
    ends = (top is not None and plain and band.high == top for band, plain in zip(bands, unmarked, strict=True))
    return tuple(attrs.evolve(b, high_inclusive=True) if end else b for b, end in zip(bands, ends, strict=True))


def _grade_band(match: re.Match[str]) -> core.GradeBand:
    name = match["name"]
    if match["low"]:
        low_in = match["lowmark"] != "(不含)"
        return core.GradeBand(
            name, Fraction(match["low"]), low_in, Fraction(match["high"]), match["highmark"] == "(含)"
        )
    bound = Fraction(match["bound"])
    marks = (match["mark"] or "") + (match["mark2"] or "")
    if "上" in match["side"]:
        return core.GradeBand(name, bound, "不" not in marks, None, False)
    inclusive = "及" in match["side"] or marks == "(含)"
    return core.GradeBand(name, None, False, bound, inclusive)
