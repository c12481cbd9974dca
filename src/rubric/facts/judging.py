"""The sections 评判, 自评 and 复核: what people decided.

Takes the sections and the program; gives judgements by indicator and label, scores by indicator, and what was refused.
Never a judgement that was made on another sentence.
"""

from collections.abc import Mapping
from fractions import Fraction

from rubric.core.numbers import plain
from rubric.core.program import Judgement, Program
from rubric.core.record import Basis, Given
from rubric.diagnostics.model import Diagnostic
from rubric.facts import errors, judging_errors, name_errors
from rubric.facts.names import Names
from rubric.facts.nodes import Entry, Node, Scalar, Table
from rubric.facts.values import read_points

FIELDS = ("得分", "理由", "佐证", "原文", "来源", "依据", "备注")
# How a facts file names the sum of the claimed scores.
TOTALS = ("总分", "合计")

_SHORTEST = 6

_Judgements = dict[tuple[str, str], Given]


def read_judgements(section: Table, program: Program) -> tuple[_Judgements, list[Diagnostic]]:
    indicators = _indicator_names(program)
    given: _Judgements = {}
    findings: list[Diagnostic] = []
    for key, node in section.entries.values():
        indicator = indicators.find(key.text)
        if indicator is None:
            findings.append(name_errors.unknown_indicator(key.at, "评判", key.text, indicators.near(key.text)))
        elif isinstance(node, Table):
            _read_indicator(node, indicator, program, given, findings)
        elif not (isinstance(node, Scalar) and node.is_empty):
            findings.append(errors.wrong_shape(node.at, indicator, "各条的评判", "条款的简称: 得分"))
    return given, findings


def _read_indicator(
    table: Table, indicator: str, program: Program, given: _Judgements, findings: list[Diagnostic]
) -> None:
    asked = [judgement for judgement in program.judgements if judgement.indicator == indicator]
    names = Names(((one.label, one) for one in asked), ((one.text, one) for one in asked))
    for key, node in table.entries.values():
        judgement = names.find(key.text) or _beginning(key.text, asked)
        if judgement is None:
            near = names.near(key.text)
            findings.append(name_errors.unknown_judgement(key.at, indicator, key.text, near, names.known))
            continue
        read = _read_judgement(key, node, judgement, findings)
        if read is None:
            continue
        if judgement.key in given:
            findings.append(errors.written_twice(key.at, judgement.label, key.at))
        given[judgement.key] = read


def _beginning(text: str, asked: list[Judgement]) -> Judgement | None:
    """The only sentence that begins with `text`, where that is more than a word."""
    found = [judgement for judgement in asked if len(text) >= _SHORTEST and judgement.text.startswith(text)]
    return found[0] if len(found) == 1 else None


def _read_judgement(key: Scalar, node: Node, judgement: Judgement, findings: list[Diagnostic]) -> Given | None:
    fields = node.entries if isinstance(node, Table) else {"得分": Entry(Scalar("得分", key.at), node)}
    texts = _texts(fields, judgement, findings)
    score = texts.get("得分")
    if score is None:
        return None
    stated = texts.get("原文")
    if stated is not None and stated.text.casefold() != judgement.fingerprint.casefold():
        findings.append(
            judging_errors.other_sentence(
                stated.at, judgement.indicator, judgement.label, judgement.text, judgement.fingerprint
            )
        )
        return None
    points = _points(score, judgement, findings)
    basis = _basis(texts, judgement, findings)
    if points is None or basis is None:
        return None
    words = {field: text.text for field, text in texts.items()}
    if points < judgement.high and "理由" not in words:
        lost = plain(judgement.high - points)
        findings.append(judging_errors.no_reason(key.at, judgement.indicator, judgement.label, lost))
    return Given(
        points,
        reason=words.get("理由", ""),
        evidence=words.get("佐证", ""),
        source=words.get("来源", ""),
        fingerprint=words.get("原文", ""),
        basis=basis,
        note=words.get("备注", ""),
        span=score.at.span,
    )


def _texts(fields: Mapping[str, Entry], judgement: Judgement, findings: list[Diagnostic]) -> dict[str, Scalar]:
    """The fields that are filled in."""
    names = Names((field, field) for field in FIELDS)
    texts: dict[str, Scalar] = {}
    for key, value in fields.values():
        if key.text not in FIELDS:
            owner = f"「{judgement.label}」"
            findings.append(name_errors.unknown_field(key.at, owner, key.text, names.near(key.text), FIELDS))
        elif not isinstance(value, Scalar):
            findings.append(errors.wrong_shape(value.at, key.text, "一段文字"))
        elif not value.is_empty:
            texts[key.text] = Scalar(value.text.strip(), value.at)
    return texts


def _points(score: Scalar, judgement: Judgement, findings: list[Diagnostic]) -> Fraction | None:
    indicator, label = judgement.indicator, judgement.label
    low, high = plain(judgement.low), plain(judgement.high)
    if score.text in {"是", "否"}:
        if judgement.partial:
            findings.append(judging_errors.yes_for_points(score.at, indicator, label, low, high))
            return None
        return judgement.high if score.text == "是" else judgement.low
    points = read_points(score)
    if points is None:
        findings.append(judging_errors.not_points(score.at, label, score.text, indicator))
        return None
    if not judgement.low <= points <= judgement.high:
        findings.append(judging_errors.points_out_of_range(score.at, indicator, label, plain(points), low, high))
        return None
    if not judgement.partial and judgement.low < points < judgement.high:
        findings.append(judging_errors.partial_mark(score.at, indicator, label, plain(points), low, high))
    return points


def _basis(texts: Mapping[str, Scalar], judgement: Judgement, findings: list[Diagnostic]) -> Basis | None:
    written = texts.get("依据")
    if written is None:
        return Basis.JUDGED
    if written.text in set(Basis):
        return Basis(written.text)
    known = [basis.value for basis in Basis]
    findings.append(name_errors.unknown_basis(written.at, judgement.label, written.text, known))
    return None


# --- scores -----------------------------------------------------------------------------------------------------------


def read_scores(section: Table, title: str, program: Program) -> tuple[dict[str, Fraction], list[Diagnostic]]:
    """The scores of 自评 or 复核, which `title` says. One beyond the points is kept: it is what was claimed."""
    indicators = _indicator_names(program)
    points_of = {indicator.name: indicator.points for indicator in program.indicators}
    scores: dict[str, Fraction] = {}
    findings: list[Diagnostic] = []
    for key, value in section.entries.values():
        indicator = indicators.find(key.text)
        if indicator is None and title == "自评" and key.text in TOTALS:
            continue  # `read_total` reads it.
        if indicator is None:
            findings.append(name_errors.unknown_indicator(key.at, title, key.text, indicators.near(key.text)))
        elif not isinstance(value, Scalar):
            findings.append(errors.wrong_shape(value.at, indicator, "分数", f"{indicator}: 4.00"))
        elif not value.is_empty:
            score = read_points(value)
            if score is None:
                findings.append(judging_errors.not_points(value.at, indicator, value.text, indicator))
                continue
            scores[indicator] = score
            if not 0 <= score <= points_of[indicator]:
                most = plain(points_of[indicator])
                findings.append(judging_errors.claim_out_of_range(value.at, title, indicator, plain(score), most))
    return scores, findings


def read_total(section: Table, program: Program) -> tuple[Fraction | None, list[Diagnostic]]:
    """The total that 自评 states beside the indicators; None where it states none."""
    indicators = _indicator_names(program)
    for name in TOTALS:
        entry = section.entries.get(name)
        if entry is None or indicators.find(name) is not None:
            continue
        if not isinstance(entry.value, Scalar):
            return None, [errors.wrong_shape(entry.value.at, name, "分数", f"{name}: 94.88")]
        if not entry.value.is_empty:
            total = read_points(entry.value)
            if total is None:
                return None, [judging_errors.not_points(entry.value.at, name, entry.value.text, name)]
            return total, []
    return None, []


def _indicator_names(program: Program) -> Names[str]:
    return Names((indicator.name, indicator.name) for indicator in program.indicators)
