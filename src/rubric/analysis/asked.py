"""What the data themselves leave to those who fill them in: whom 上述情形 means, what is half done, how equals are placed.

Takes a program; gives notes, each with what the score is one way and the other. What an author's line (说明：…, 并列的跳号)
says of it is no question. Never a warning: the score follows from what is filled in.
"""

import re
from collections.abc import Iterator
from fractions import Fraction

import attrs

from rubric.analysis import asked_errors as errors
from rubric.analysis.ranges import World
from rubric.analysis.readings import scores_at
from rubric.core import program as core
from rubric.core.walk import within
from rubric.diagnostics.model import Diagnostic
from rubric.source import SourceText, Span

_BACK = re.compile("(?:以上|上述|前述|上列|前款)(?:所列)?(?:情形|情况|问题|行为|现象|事项)")
_DOING = re.compile(
    "(?:制定|制订|建立|编制|开展|组织|落实|更新|上报|报送|报备|备案|公开|公示|存档|归档|签订|履行|核对|整改|验收|完成|执行|审批|评审|论证|登记|入账|支付|拨付|监督|检查|明确)"
)
_JOINT = re.compile("[、,，]|并且|并|且|以及")
_PLACES = 30


def check_asked(world: World, source: SourceText, program: core.Program) -> Iterator[Diagnostic]:
    """Notes about the data that the rules of each indicator ask for."""
    told: set[str] = set()
    for indicator in program.indicators:
        said = " ".join(indicator.notes)
        for name, words, span in _asked(source, program, indicator):
            if name in told or name in said:
                continue
            found = _of_state(world, source, program, indicator, name, words, span)
            if found is not None and not _settled(words, said):
                told.add(name)
                yield found
        for name in _placed(program, indicator):
            if name not in told and (tie := _of_tie(world, source, program, indicator, name)) is not None:
                told.add(name)
                yield tie
        for name in _budgets(program, indicator):
            written = re.search(f'[“「"]?{re.escape(name)}[”」"]?指', source.slice(indicator.span))
            if name in told or name in said or written is not None:
                continue
            if (found := _of_budget(world, source, program, indicator, name)) is not None:
                told.add(name)
                yield found


def _asked(source: SourceText, program: core.Program, indicator: core.Indicator) -> Iterator[tuple[str, str, Span]]:
    """The yes–no data that the rules ask for, each with the words of the standard that it answers."""
    for node in within((indicator.rule, indicator.overrides)):
        match node:
            case core.InState(datum=name, states=("是",)) if program.datum(name).kind is core.DatumKind.BOOLEAN:
                yield name, source.slice(node.span), node.span
            case _:
                pass


def _of_state(
    world: World,
    source: SourceText,
    program: core.Program,
    indicator: core.Indicator,
    name: str,
    words: str,
    span: Span,
) -> Diagnostic | None:
    back = _BACK.search(words)
    joined = back is None and len(requirements(words)) > 1
    if not joined and (back is None or len(_before(program, indicator, span)) < 2):
        return None
    scores = scores_at(world, program, indicator, (name, None), ("是", "否"))
    if scores is None:
        return None
    asked = errors.Asked(source, span, name, indicator, scores, program.scoring.places)
    if back is None:
        return errors.joined(asked, requirements(words))
    return errors.refers_back(asked, back[0], _before(program, indicator, span))


def requirements(words: str) -> tuple[str, ...]:
    """`建立台账、按月更新`: what has to be done, one after the other; one alone where a part is nothing that is done."""
    parts = tuple(part for part in _JOINT.split(words) if part)
    return parts if len(parts) > 1 and all(_DOING.search(part) for part in parts) else ()


def _before(program: core.Program, indicator: core.Indicator, span: Span) -> tuple[str, ...]:
    """The places of the sentences before this one that take or give points, empty where the cell has no numbers."""
    own = (s for s in program.sentences if s.indicator == indicator.name and s.kind not in ("注", "定义", "标题"))
    return tuple(s.path for s in own if s.span.end <= span.start)


def _settled(words: str, said: str) -> bool:
    back = _BACK.search(words)
    return back is not None and back[0] in said


def _placed(program: core.Program, indicator: core.Indicator) -> Iterator[str]:
    """The data that are the place of a unit among all, of which no line says how the places after equals go on."""
    for node in within((indicator.rule, indicator.overrides)):
        if isinstance(node, core.FactValue):
            over = program.datum(node.datum).over
            if over is not None and over.which in (core.Over.DOWN, core.Over.UP) and not over.ties_said:
                yield node.datum


def _of_tie(
    world: World, source: SourceText, program: core.Program, indicator: core.Indicator, name: str
) -> Diagnostic | None:
    """Two units share a place, and the next one stands two places after them, or one."""
    for place in range(1, _PLACES):
        scores = scores_at(world, program, indicator, (name, None), (Fraction(place + 2), Fraction(place + 1)))
        if scores is not None:
            span = program.datum(name).span
            asked = errors.Asked(source, span, name, indicator, scores, program.scoring.places)
            return errors.tied(attrs.evolve(asked, place=place))
    return None


_BUDGET = re.compile("预算(?:安排)?(?:总)?(?:数|额|金额|资金)?")
_VERSION = re.compile("年初|年末|调整|追加|全年|批复|下达|初始|上年|决算|最终|变更")
_SIZES = (300, 100, 10)


def _budgets(program: core.Program, indicator: core.Indicator) -> Iterator[str]:
    """What a rule divides by, where it is a budget and nothing says whether that of the beginning of the year."""
    for node in within((indicator.rule, indicator.overrides)):
        match node:
            case core.Arithmetic(operator="/", right=core.FactValue(datum=name)):
                datum = program.datum(name)
                open_name = _BUDGET.search(name) is not None and _VERSION.search(name + datum.reference) is None
                if open_name and datum.measures is None and datum.over is None:
                    yield name
            case _:
                pass


def _of_budget(
    world: World, source: SourceText, program: core.Program, indicator: core.Indicator, name: str
) -> Diagnostic | None:
    datum = program.datum(name)
    size = datum.unit.scale if datum.unit is not None else Fraction(1)
    for first in _SIZES:
        values = (first * size, first * size * 6 / 5)
        scores = scores_at(world, program, indicator, (name, None), values)
        if scores is not None:
            asked = errors.Asked(source, datum.span, name, indicator, scores, program.scoring.places)
            return errors.which_budget(asked, datum.unit, values)
    return None
