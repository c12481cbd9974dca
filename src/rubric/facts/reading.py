"""A facts file → a record.

Takes the text of a facts file, or a mapping of the same form, and the program it is filled in for; gives the record
and every finding with its place. Never fails as a whole for one wrong line: a refused fact is missing, the rest counts.

    单位: …        who is evaluated
    评价年度: …     warned about where the rubric is for another year
    口径: …        the alternatives taken for this department
    数据: …        `data`
    评判: …        `judging`
    自评: …  复核: …  `judging`
    性质: …        nothing here: what is not real about the facts (生成数据)
    期望: …        nothing here: what a test of the rubric expects of these facts
"""

import re
from collections.abc import Mapping
from fractions import Fraction
from hashlib import sha256

from rubric.core.program import Program
from rubric.core.record import Record
from rubric.diagnostics.model import Checked, Diagnostic
from rubric.facts import errors, name_errors
from rubric.facts.choices import read_readings
from rubric.facts.data import Data, read_data
from rubric.facts.judging import read_judgements, read_scores, read_total
from rubric.facts.mapping import canonical, tree_of_mapping
from rubric.facts.names import Names
from rubric.facts.nodes import Node, Scalar, Spot, Table
from rubric.facts.tree import read_tree
from rubric.source import SourceText

SECTIONS = ("单位", "评价年度", "口径", "数据", "评判", "自评", "复核", "性质", "期望")

_NO_READINGS: Mapping[str, str] = {}
_YEAR = re.compile(r"([0-9]{4})\s*年?度?")


def read_facts(source: SourceText, program: Program, readings: Mapping[str, str] = _NO_READINGS) -> Checked[Record]:
    """The record of a facts file. `readings` (choice → alternative, by their names) go before the file's own 口径."""
    tree = read_tree(source)
    return _checked(tree.value, tree.diagnostics, program, readings, source, _digest(source.text))


def record_from_mapping(
    mapping: Mapping[str, object], program: Program, readings: Mapping[str, str] = _NO_READINGS
) -> Checked[Record]:
    """The record of nested mappings in the form of a facts file.

    Values are texts with their unit, True and False, or exact numbers where a bare number may stand; a float is
    refused, because it is not exactly what was meant.
    """
    tree = tree_of_mapping(mapping)
    return _checked(tree.value, tree.diagnostics, program, readings, None, _digest(canonical(tree.value)))


def record_from_node(
    node: Node, program: Program, source: SourceText, readings: Mapping[str, str] = _NO_READINGS
) -> Checked[Record]:
    """The record of a part of a file that has the form of a facts file."""
    return _checked(node, (), program, readings, source, _digest(canonical(node)))


def _digest(text: str) -> str:
    return sha256(text.encode("utf-8", errors="surrogatepass")).hexdigest()


def _checked(
    root: Node | None,
    before: tuple[Diagnostic, ...],
    program: Program,
    readings: Mapping[str, str],
    source: SourceText | None,
    digest: str,
) -> Checked[Record]:
    findings = list(before)
    sections = _sections(root, findings)

    taken, found = read_readings(_table(sections, "口径", findings), program)
    findings += found
    in_force = {**taken, **readings}
    data = read_data(_table(sections, "数据", findings), program, in_force)
    findings += data.findings
    judgements, found = read_judgements(_table(sections, "评判", findings), program)
    findings += found
    claims = _table(sections, "自评", findings)
    claimed, found = read_scores(claims, "自评", program)
    findings += found
    claimed_total, found = read_total(claims, program)
    findings += found
    reviewed, found = read_scores(_table(sections, "复核", findings), "复核", program)
    findings += found

    name = _text(sections, "单位", findings)
    findings += _year(sections, program, findings)
    findings += _unfounded(data, claimed, source)
    record = Record(data.facts, judgements, in_force, claimed, reviewed, name, digest, source, claimed_total)
    return Checked(record, tuple(sorted(findings, key=_offset)))


def _sections(root: Node | None, findings: list[Diagnostic]) -> Mapping[str, Node]:
    if root is None or (isinstance(root, Scalar) and root.is_empty):
        return {}
    if not isinstance(root, Table):
        if isinstance(root, Scalar) and "：" in root.text:
            remedy = "名称后面用半角冒号，再空一格，如 年初预算总额: 100万元"
            findings.append(errors.unreadable(root.at, "名称后面是全角冒号", remedy))
        else:
            findings.append(errors.wrong_shape(root.at, "数据文件", "「名称: 内容」的各栏", "数据: 一栏开头"))
        return {}
    names = Names((section, section) for section in SECTIONS)
    for key, _ in root.entries.values():
        if key.text not in SECTIONS:
            findings.append(name_errors.unknown_field(key.at, "数据文件", key.text, names.near(key.text), SECTIONS))
    return {key.text: value for key, value in root.entries.values() if key.text in SECTIONS}


def _table(sections: Mapping[str, Node], name: str, findings: list[Diagnostic]) -> Table:
    node = sections.get(name)
    if isinstance(node, Table):
        return node
    if node is not None and not (isinstance(node, Scalar) and node.is_empty):
        findings.append(errors.wrong_shape(node.at, name, "「名称: 内容」的各行"))
    return Table({}, Spot())


def _text(sections: Mapping[str, Node], name: str, findings: list[Diagnostic]) -> str:
    node = sections.get(name)
    if node is None:
        return ""
    if not isinstance(node, Scalar):
        findings.append(errors.wrong_shape(node.at, name, "一段文字"))
        return ""
    return node.text.strip()


def _year(sections: Mapping[str, Node], program: Program, findings: list[Diagnostic]) -> list[Diagnostic]:
    written = _text(sections, "评价年度", findings)
    if not written:
        return []
    at = sections["评价年度"].at
    year = _YEAR.fullmatch(written)
    if year is None:
        return [errors.wrong_shape(at, "评价年度", "四位数的年份", "评价年度: 2022")]
    if program.fiscal_year is None or int(year[1]) == program.fiscal_year:
        return []
    return [errors.other_year(at, year[1], program.fiscal_year)]


def _unfounded(data: Data, claimed: Mapping[str, Fraction], source: SourceText | None) -> list[Diagnostic]:
    """One note on the facts without source and basis, where verdicts on claimed scores depend on that."""
    bare = {name: fact for (name, _), fact in data.facts.items() if name in data.unfounded}
    if not bare or not claimed:
        return []
    first = next(iter(bare.values()))
    return [name_errors.basis_taken(Spot(source, first.span), list(bare))]


def _offset(finding: Diagnostic) -> int:
    return finding.labels[0].span.start if finding.labels else 0
