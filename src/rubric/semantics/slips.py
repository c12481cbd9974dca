"""Slips of the pen in issued sentences that leave the score as it was, and so would stay unseen.

Takes an indicator being lowered; gives a finding for each: a points mark without 分, a bracket without its partner, a
score named after another period than its formula, people counted where the data count things, months that end no quarter.
Never changes what a sentence means.
"""

import re
from fractions import Fraction

import attrs

from rubric.core.program import Dimension
from rubric.diagnostics.model import Severity
from rubric.semantics import slip_errors
from rubric.semantics.gathered import Gathered
from rubric.semantics.resolve import names_in
from rubric.source import Span
from rubric.syntax import ast, brackets
from rubric.syntax.errors import unpaired_bracket
from rubric.syntax.fold import key
from rubric.syntax.names import part_word
from rubric.syntax.quotas import quota

Kind = ast.PieceKind
_MARK = re.compile(r"[（(][\s]*(?:本项|共|计)?[\s]*\d+(?:\.\d+)?[\s]*(?:元|万元)?[\s]*[）)]$")
_NOTE = re.compile(r"(注|说明|备注)\s*\d*\s*[：:]")
_NUMBER_BEFORE = re.compile(r"第[\d一二三四五六七八九十]+[点条款项]$|[）)]$")
_ORDINAL = "[零〇一二三四五六七八九十]+|[0-9]+"
# What is counted: people, time, anything else.
_PEOPLE, _TIME = frozenset(("人", "人次", "名", "位")), frozenset(("天", "日", "小时", "分钟", "学时"))


def check_slips(g: Gathered) -> None:
    """Every check, over every sentence of the cell."""
    for item in g.items.values():
        for piece in item.pieces:
            _check_mark(g, piece)
            _check_brackets(g, piece)
            _check_months(g, piece)
            _check_period(g, item, piece)
            _check_counter(g, piece)
            _check_prose(g, piece)
            _check_quota(g, piece)


def _check_mark(g: Gathered, piece: ast.Piece) -> None:
    """`…等要求（5元）`, `…（5）`: at the end of a sentence a number in brackets is its points."""
    text = piece.text.rstrip("。；;，,：: ")
    match = _MARK.search(text)
    if match and not _NOTE.match(text) and not _NUMBER_BEFORE.search(text[: match.start()]):
        span = Span(piece.span.start + match.start(), piece.span.start + match.end())
        g.found.append(slip_errors.mark_without_points(g.source, span, g.indicator.name))


def _check_brackets(g: Gathered, piece: ast.Piece) -> None:
    """Sentences that are read say so themselves; here those that read as prose."""
    place = brackets.unpaired(g.source.text, piece.span)
    if place is not None and piece.sentence is None and not piece.fault:
        finding = unpaired_bracket(g.source, place, g.indicator.name)
        g.found.append(attrs.evolve(finding, severity=Severity.WARNING))


def _check_months(g: Gathered, piece: ast.Piece) -> None:
    """`季度支出进度=…（即3、6、9、12月…）`: the months named are those that end the quarters."""
    quarters = any(line.parts[:1] == ("一季度",) for line in g.indicator.data)
    listed = re.search(r"((?:\d+\s*、\s*)+\d+)\s*([月日])", piece.text)
    if quarters and listed and piece.kind is Kind.DEFINITION and key(listed[0]) != "3、6、9、12月":
        span = Span(piece.span.start + listed.start(), piece.span.start + listed.end())
        g.found.append(slip_errors.months_differ(g.source, span, key(listed[0]), "3、6、9、12月", g.indicator.name))


def _check_period(g: Gathered, item: ast.Item, piece: ast.Piece) -> None:
    """`一季度执行率得分=…` takes the data of 一季度."""
    match piece.sentence:
        case ast.ScoreFormula() as formula:
            pass
        case ast.Rule(outcome=ast.ScoreFormula() as formula):
            pass
        case _:
            return
    used: dict[str, None] = {}
    words: set[str] = set()
    for name in names_in(formula.body):
        symbol = g.lowering.scope.find(name.key, item.path)
        if symbol is not None and symbol.declared.role == "part" and isinstance(symbol.node, ast.DatumLine):
            used[symbol.declared.detail] = None
            words.add(part_word(symbol.node.parts))
    word = words.pop() if len(words) == 1 else ""
    named = re.findall(f"(?:{_ORDINAL}){re.escape(word)}", key(formula.name)) if word else []
    if named and not set(named) <= used.keys():
        g.found.append(
            slip_errors.other_period(g.source, formula.span, "、".join(named), "、".join(used), g.indicator.name)
        )


def _check_counter(g: Gathered, piece: ast.Piece) -> None:
    """`发现一人…扣1分`, where the datum counts 项."""
    match piece.sentence:
        case ast.CountDeduction(event=event, deduction=per):
            pass
        case ast.Rule(condition=ast.Bare(operand=event), outcome=ast.PerCount() as per):
            pass
        case _:
            return
    counted = g.typing.of(event)
    if counted is None or counted.dimension is not Dimension.COUNT or not counted.counter or not per.counter:
        return
    if _family(counted.counter) != _family(per.counter):
        g.found.append(
            slip_errors.counted_otherwise(g.source, piece.span, per.counter, counted.counter, g.indicator.name)
        )


def _family(counter: str) -> str:
    return "人" if counter in _PEOPLE else "时间" if counter in _TIME else "事项"


def _check_prose(g: Gathered, piece: ast.Piece) -> None:
    """`季度支出进度季度末月份…`: a sentence that begins with the name of a datum should say something of it."""
    if piece.kind is not Kind.NOTE or _NOTE.match(piece.text):
        return
    folded = key(piece.text)
    names = (n.key for n in g.indicator.names if n.terminal == "QUANTITY" and len(n.key) > 2)
    name = max((n for n in names if folded.startswith(n)), key=len, default=None)
    if name is not None:
        g.found.append(slip_errors.unread_definition(g.source, piece.span, name, g.indicator.name))


def _check_quota(g: Gathered, piece: ast.Piece) -> None:
    """`优秀比例不超过30%`: one unit's points do not decide it, and no line of this unit can."""
    share = re.search(r"(\d+(?:\.\d+)?)%", key(piece.text))
    if piece.kind is Kind.NOTE and share is not None and quota(key(piece.text)) is not None:
        grade, most = g.indicator.yields is ast.Yields.GRADE, Fraction(share[1]) / 100
        g.found.append(slip_errors.quota_unchecked(g.source, piece.span, most, grade, g.indicator.name))
