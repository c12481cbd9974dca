"""A case file → cases.

Takes the text of a case file, the program it is for and the facts files that it builds on; gives its cases and every
finding with its place. Never fails as a whole for one wrong case, and never runs one.

    评分表: 部门整体支出          only where several rubrics lie beside it
    性质: 生成数据               what is not real about the facts, repeated in every output
    用例:
      - 名称: 满意度正好 95% 得 6 分
        说明: …                  why it is a case
        数据文件: 某部门.yaml      facts to start from; what stands below goes before them
        数据: {满意度: 95%}        数据, 评判, 口径 as in a facts file
        期望: {公众或服务对象满意度: 6.00}

A facts file with a section 期望 is a file with one case.
"""

import re
from collections.abc import Iterator, Mapping
from fractions import Fraction

import attrs

from rubric.core.numbers import plain
from rubric.core.program import Indicator, Program, Yields
from rubric.core.record import Record
from rubric.diagnostics.model import Diagnostic, errors_of
from rubric.facts.choices import read_readings
from rubric.facts.names import Names
from rubric.facts.nodes import Entry, Listing, Node, Scalar, Spot, Table
from rubric.facts.numerals import Numeral, read_numeral
from rubric.facts.reading import SECTIONS, record_from_node
from rubric.facts.tree import read_tree
from rubric.regression import errors
from rubric.regression.case import GRADE, TOTAL, Came, Case, CaseFile, Expectation, Result
from rubric.source import SourceText

FILE_KEYS = ("评分表", "性质", "用例")
OWN_KEYS = ("名称", "说明", "数据文件")
CASE_KEYS = (*OWN_KEYS, "单位", "口径", "数据", "评判", "期望")

_NO_BASES: Mapping[str, Record] = {}


def is_case_file(source: SourceText) -> bool:
    """Whether a text is meant as a case file: it has 用例 or 期望 at its outermost level. Decided from lines alone."""
    return re.search(r"^(用例|期望)\s*:", source.text, re.M) is not None


def names_in(source: SourceText) -> tuple[str, tuple[str, ...]]:
    """The rubric that a case file names ("" for none), and the facts files that its cases build on."""
    root = read_tree(source).value
    if not isinstance(root, Table):
        return "", ()
    found: dict[str, None] = {}
    for item in _items(root):
        if isinstance(item, Table) and (name := _text(item, "数据文件")):
            found[name] = None
    return _text(root, "评分表"), tuple(found)


def read_cases(source: SourceText, program: Program, bases: Mapping[str, Record] = _NO_BASES) -> CaseFile:
    """`bases` are the records of the facts files that cases name, by the name written; one not there is a finding."""
    tree = read_tree(source)
    findings = list(tree.diagnostics)
    root = tree.value
    if not isinstance(root, Table):
        if root is not None:
            findings.append(errors.wrong_form(root.at, source.name, "「用例:」和下面的各个用例"))
        return CaseFile(source, (), findings=tuple(findings))
    if "用例" not in root.entries:
        return _facts_file(source, program, root, findings)
    _known_keys(root, FILE_KEYS, findings)
    listed = root.entries["用例"].value
    if not isinstance(listed, Listing):
        findings.append(errors.wrong_form(listed.at, "用例", "逐个列出的用例，每个以「- 」开头"))
    label = _text(root, "性质")
    first: dict[str, Spot] = {}
    cases: list[Case] = []
    for number, item in enumerate(_items(root), start=1):
        if not isinstance(item, Table):
            findings.append(errors.wrong_form(item.at, f"第 {number} 个用例", "名称、数据、期望各栏"))
            continue
        case = _case(source, program, item, bases, number, label)
        if case.name in first:
            twice = errors.same_name(Spot(source, case.span), case.name, first[case.name])
            case = attrs.evolve(case, findings=(*case.findings, twice))
        first.setdefault(case.name, Spot(source, case.span))
        cases.append(case)
    return CaseFile(source, tuple(cases), _text(root, "评分表"), label, tuple(findings))


def _facts_file(source: SourceText, program: Program, root: Table, findings: list[Diagnostic]) -> CaseFile:
    """A facts file with what is expected of it; without that it holds no case."""
    if "期望" not in root.entries:
        return CaseFile(source, (), findings=tuple(findings))
    case = _with_expectations(
        Case(_text(root, "单位") or source.name, Record({}), (), span=root.entries["期望"].key.at.span),
        source,
        program,
        root,
        Record({}),
    )
    return CaseFile(source, (case,), findings=tuple(findings))


def _case(
    source: SourceText, program: Program, item: Table, bases: Mapping[str, Record], number: int, label: str
) -> Case:
    findings: list[Diagnostic] = []
    _known_keys(item, CASE_KEYS, findings)
    name = _text(item, "名称") or f"第 {number} 个用例"
    at = item.entries["名称"].value.at if "名称" in item.entries else item.at
    base = Record({})
    wanted = _text(item, "数据文件")
    if wanted:
        if wanted in bases:
            base = bases[wanted]
        else:
            findings.append(errors.missing_facts_file(item.entries["数据文件"].value.at, wanted))
    case = Case(name, base, (), _text(item, "说明"), label, tuple(findings), at.span)
    return _with_expectations(case, source, program, item, base)


def _with_expectations(case: Case, source: SourceText, program: Program, table: Table, base: Record) -> Case:
    """The case with its own facts before those of `base`, and with what is expected."""
    own = {key: entry for key, entry in table.entries.items() if key in SECTIONS}
    read = record_from_node(Table(own, table.at), program, source, {**base.readings, **_own_readings(table, program)})
    mine = read.value
    merged = attrs.evolve(
        mine,
        facts={**base.facts, **mine.facts},
        judgements={**base.judgements, **mine.judgements},
        unit_name=mine.unit_name or base.unit_name,
    )
    findings: list[Diagnostic] = []
    expected = tuple(_expectations(table, program, findings))
    if not expected and not findings:
        findings.append(errors.nothing_expected(Spot(source, case.span), case.name))
    # A case is no report: where its facts come from, and why a point was lost, need not be stated.
    kept = (*case.findings, *errors_of(read.diagnostics), *findings)
    return attrs.evolve(case, record=merged, expectations=expected, findings=kept)


def _own_readings(table: Table, program: Program) -> Mapping[str, str]:
    entry = table.entries.get("口径")
    return read_readings(entry.value, program)[0] if entry is not None and isinstance(entry.value, Table) else {}


# --- expectations -----------------------------------------------------------------------------------------------------


def _expectations(table: Table, program: Program, findings: list[Diagnostic]) -> Iterator[Expectation]:
    entry = table.entries.get("期望")
    if entry is None or (isinstance(entry.value, Scalar) and entry.value.is_empty):
        return
    if not isinstance(entry.value, Table):
        findings.append(errors.wrong_form(entry.value.at, "期望", "「指标名称: 得分」的各行"))
        return
    names = Names(((i.name, i) for i in program.indicators), ((i.id, i) for i in program.indicators))
    seen: set[str] = set()
    for key, node in entry.value.entries.values():
        indicator = names.find(key.text)
        if indicator is None and key.text not in (TOTAL, GRADE):
            findings.append(errors.unknown_expectation(key.at, key.text, names.near(key.text)))
            continue
        of = indicator.name if indicator is not None else key.text
        if of not in seen:
            seen.add(of)
            yield from _expectation(of, indicator, program, Entry(key, node), findings)


def _expectation(
    of: str, indicator: Indicator | None, program: Program, entry: Entry, findings: list[Diagnostic]
) -> Iterator[Expectation]:
    node = entry.value
    if not isinstance(node, Scalar):
        findings.append(errors.wrong_form(node.at, of, "一个分数"))
        return
    if node.is_empty:
        yield Expectation(of, None, "", node.at.span)
        return
    wanted = _result(of, indicator, program, node, findings)
    if wanted is not None:
        yield Expectation(of, wanted, node.text.strip(), node.at.span)


def _result(
    of: str, indicator: Indicator | None, program: Program, node: Scalar, findings: list[Diagnostic]
) -> Result | None:
    text = node.text.strip()
    if text == Came.PENDING:
        return Result(Came.PENDING)
    if text == Came.NOT_APPLICABLE and indicator is not None:
        return Result(Came.NOT_APPLICABLE)
    known = _grades(of, indicator, program)
    if known is not None:
        if text in known:
            return Result(Came.SCORED, text=text)
        findings.append(errors.not_a_result(node.at, of, text, "、".join(known) or "等级"))
        return None
    if indicator is not None and indicator.yields is Yields.AMOUNT:
        return Result(Came.SCORED, text=text.replace(" ", ""))
    numeral = read_numeral(text)
    if not isinstance(numeral, Numeral) or numeral.rest not in ("", "分"):
        findings.append(errors.not_a_result(node.at, of, text, "分数、不适用或待定"))
        return None
    return _attainable(of, indicator, numeral.value, node, findings)


def _attainable(
    of: str, indicator: Indicator | None, score: Fraction, node: Scalar, findings: list[Diagnostic]
) -> Result | None:
    if indicator is not None and indicator.is_bounded and score > indicator.points:
        findings.append(errors.not_attainable(node.at, of, node.text.strip(), plain(indicator.points)))
        return None
    return Result(Came.SCORED, score)


def _grades(of: str, indicator: Indicator | None, program: Program) -> tuple[str, ...] | None:
    """The grades there are, where what is expected is one."""
    if of == GRADE:
        return tuple(grade.name for grade in program.scoring.grades)
    return indicator.grades if indicator is not None and indicator.yields is Yields.GRADE else None


# --- tables -----------------------------------------------------------------------------------------------------------


def _items(root: Table) -> tuple[Node, ...]:
    entry = root.entries.get("用例")
    return entry.value.items if entry is not None and isinstance(entry.value, Listing) else ()


def _text(table: Table, name: str) -> str:
    entry = table.entries.get(name)
    return entry.value.text.strip() if entry is not None and isinstance(entry.value, Scalar) else ""


def _known_keys(table: Table, known: tuple[str, ...], findings: list[Diagnostic]) -> None:
    names = Names((name, name) for name in known)
    for key, _ in table.entries.values():
        if key.text not in known:
            findings.append(errors.unknown_key(key.at, key.text, names.near(key.text), known))
