"""Each code is listed once, explained, used in one place, exemplified and recorded."""

import ast
import re
from collections import Counter
from pathlib import Path

import pytest

from checkout import PACKAGE, ROOT, modules
from pages import BAD, FIXED, HEADINGS, Finding, findings_of
from rubric.diagnostics.explain import Page, load_page
from rubric.diagnostics.model import Severity
from rubric.diagnostics.registry import AREAS, CODES

RECORDED = ROOT / "tests" / "diagnostics" / "recorded"
PAGES = PACKAGE / "diagnostics" / "explain"
IN_USE = [code for code, entry in CODES.items() if not entry.retired]
_CODE = re.compile(r"R\d{4}")
# What the check of the rubric says beforehand of the same thing: no standard, then no score; a divisor that may be 0,
# then one that is.
FORETOLD = {"R0431": {"R0806"}, "R0951": {"R0212"}, "R0952": {"R0701"}}


def _functions_by_code() -> dict[str, list[tuple[str, ast.AST]]]:
    """Where each code stands as a string: in which function of which module (the module itself outside functions)."""
    places: dict[str, list[tuple[str, ast.AST]]] = {}
    for module in modules():
        if module.name == "diagnostics/registry.py":
            continue
        owners: dict[int, ast.AST] = {}
        for node in ast.walk(module.tree):
            if isinstance(node, ast.FunctionDef):
                owners.update((id(inner), node) for inner in ast.walk(node))
        for node in ast.walk(module.tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and _CODE.fullmatch(node.value):
                places.setdefault(node.value, []).append((module.name, owners.get(id(node), module.tree)))
    return places


FUNCTIONS = _functions_by_code()


def _page(code: str) -> Page:
    page = load_page(code)
    assert page is not None, f"{code} has no page"
    return page


def test_codes_are_listed_once_and_in_order() -> None:
    written = re.findall(r'^    Entry\("(R\d{4})"', (PACKAGE / "diagnostics/registry.py").read_text("utf-8"), re.M)
    assert [code for code, times in Counter(written).items() if times > 1] == []
    assert written == sorted(written)
    assert written == list(CODES)
    assert {code[1:3] for code in written} <= AREAS.keys()


def test_titles_differ() -> None:
    titles = [entry.title for entry in CODES.values()]
    assert [title for title, times in Counter(titles).items() if times > 1] == []


def test_every_code_that_is_used_is_listed() -> None:
    assert FUNCTIONS.keys() <= CODES.keys()


def test_every_page_belongs_to_a_code() -> None:
    assert {path.stem for path in PAGES.glob("*.md")} <= CODES.keys()


@pytest.mark.parametrize("code", IN_USE)
def test_a_code_is_made_in_one_errors_module(code: str) -> None:
    """Mostly in one function of it; two wordings of one finding may be two functions side by side."""
    places = FUNCTIONS.get(code, [])
    homes = {module for module, _ in places}
    assert len(homes) == 1, f"{code}: {sorted(homes)}"
    assert homes.pop().endswith("errors.py")
    assert all(isinstance(owner, ast.FunctionDef) for _, owner in places)
    names = {name for _, owner in places for node in ast.walk(owner) for name in _names(node)}
    severities = names & set(Severity.__members__)
    if len(severities) == 1:
        assert Severity[severities.pop()] is CODES[code].severity


@pytest.mark.parametrize("code", CODES)
def test_a_code_has_its_page(code: str) -> None:
    page = _page(code)
    assert page.title, f"{code}: the first line is not `# {code} 标题`"
    assert tuple(section.heading for section in page.sections) == HEADINGS
    assert all(section.text for section in page.sections)


@pytest.mark.parametrize("code", IN_USE)
def test_the_bad_example_gives_this_code_only(code: str, tmp_path: Path) -> None:
    found = findings_of(_page(code), BAD, tmp_path)
    codes = {finding.code for finding in found if finding.code == code or not finding.is_note}
    assert codes - FORETOLD.get(code, set()) == {code}, _texts(found)


@pytest.mark.parametrize("code", IN_USE)
def test_the_fixed_example_gives_nothing(code: str, tmp_path: Path) -> None:
    found = findings_of(_page(code), FIXED, tmp_path)
    assert [finding.code for finding in found if finding.code == code or not finding.is_note] == [], _texts(found)


@pytest.mark.parametrize("code", IN_USE)
def test_the_rendering_is_as_recorded(code: str, tmp_path: Path, recording: bool) -> None:
    texts = [finding.text for finding in findings_of(_page(code), BAD, tmp_path) if finding.code == code]
    drawn = [text for text in texts if "详见：" in text]  # A command may list a finding and also draw it.
    rendered = "\n\n".join(drawn or texts).replace(str(tmp_path), "…") + "\n"
    path = RECORDED / f"{code}.txt"
    if recording:
        assert texts
        path.write_text(rendered, encoding="utf-8")
    assert path.is_file(), f"{code} is not recorded; run pytest --record"
    assert rendered == path.read_text("utf-8")


def test_every_recording_belongs_to_a_code() -> None:
    assert {path.stem for path in RECORDED.glob("*.txt")} <= set(IN_USE)


def _names(node: ast.AST) -> set[str]:
    match node:
        case ast.Attribute(attr=name) | ast.Name(id=name):
            return {name}
        case _:
            return set()


def _texts(found: tuple[Finding, ...]) -> str:
    return "\n\n".join(finding.text for finding in found)
