"""Files stay short, and hold nothing of the machine they were written on."""

import re

import pytest

from checkout import ROOT, Module, modules, project_files

ALARM = 500
# Written in pieces, so that this file passes its own test.
MACHINE = re.compile("|".join(("/wo" + "rk/", "/t" + "mp/", "/ho" + "me/[a-z]", "/ro" + "ot/", "/U" + "sers/[a-z]")))
REGISTRY = re.compile("|".join(("pypi" + r"\.org", "python" + r"hosted", "index" + "-url", "registry" + r"\.npm")))
PHONE = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)")


@pytest.mark.parametrize("module", modules(), ids=lambda module: module.name)
def test_no_module_is_alarmingly_long(module: Module) -> None:
    assert len(module.path.read_text("utf-8").splitlines()) <= ALARM


@pytest.mark.parametrize("module", modules(), ids=lambda module: module.name)
def test_every_module_says_what_it_is(module: Module) -> None:
    docstring = getattr(module.tree.body[0], "value", None) if module.tree.body else None
    assert isinstance(getattr(docstring, "value", None), str), f"{module.name} has no docstring"


@pytest.mark.parametrize(
    "pattern", [MACHINE, REGISTRY, PHONE], ids=["machine paths", "registry hosts", "phone numbers"]
)
def test_no_trace_of_a_machine_or_person(pattern: re.Pattern[str]) -> None:
    found = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in project_files()
        for number, line in enumerate(path.read_text("utf-8", errors="replace").splitlines(), 1)
        if pattern.search(line)
    ]
    assert not found
