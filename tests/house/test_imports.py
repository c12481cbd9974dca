"""Rooms import from the left only, and up to the pipeline nothing touches the world outside."""

import ast
from collections.abc import Iterator

import pytest

from checkout import Module, modules

# From left to right; rooms on one line do not know each other.
ORDER = (
    ("source", "version", "language", "locate", "schema"),
    ("diagnostics",),
    ("encoding",),
    ("syntax", "core"),
    ("semantics", "formatter"),
    ("evaluator",),
    ("analysis",),
    ("facts",),
    ("audit", "proving"),
    ("population",),
    ("improving",),
    ("regression",),
    ("revision",),
    ("reporting",),
    ("pipeline",),
    ("trying",),
    ("errors",),
    ("files", "selection", "cache", "formatted", "repaired"),
    ("settled",),
    ("examined",),
    ("editions", "casebook"),
    ("api",),
    ("testing",),
    ("pytest_plugin",),
    ("cli",),
)
RANK = {room: rank for rank, rooms in enumerate(ORDER) for room in rooms}
CLOSED = {room for room, rank in RANK.items() if rank <= RANK["pipeline"]}

OUTSIDE = {"os", "pathlib", "io", "tempfile", "shutil", "subprocess", "socket", "datetime", "time", "random"}
OUTSIDE_CALLS = {"print", "open", "input", "read_text", "read_bytes", "write_text", "write_bytes"}
OWN_DATA = {
    "locate.py": "computes where the package's own data lie",
    "syntax/grammar.py": "reads the package's own grammar",
    "semantics/days.py": "reads the package's own calendar of working days",
    "diagnostics/explain.py": "reads the package's own pages",
}


def imported(module: Module) -> Iterator[tuple[int, str]]:
    """Line and dotted name of each import, also those inside functions."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module.name}:{node.lineno} imports relatively"
            name = node.module or ""
            yield from ((node.lineno, f"{name}.{alias.name}" if name == "rubric" else name) for alias in node.names)


def test_every_room_has_its_place() -> None:
    assert {module.room for module in modules()} <= RANK.keys()


@pytest.mark.parametrize("module", modules(), ids=lambda module: module.name)
def test_imports_point_left(module: Module) -> None:
    for line, name in imported(module):
        if name.split(".")[0] != "rubric":
            continue
        room = name.split(".")[1] if "." in name else "api"
        room = room if room in RANK else "api"
        assert room == module.room or RANK[room] < RANK[module.room], f"{module.name}:{line} imports {name}"


@pytest.mark.parametrize("module", modules(), ids=lambda module: module.name)
def test_click_is_imported_by_the_command_line_only(module: Module) -> None:
    names = {name.split(".")[0] for _, name in imported(module)}
    assert "click" not in names or module.room == "cli"
    assert "rich" not in names


@pytest.mark.parametrize("module", [m for m in modules() if m.room in CLOSED], ids=lambda module: module.name)
def test_nothing_left_of_editions_touches_the_world(module: Module) -> None:
    if module.name in OWN_DATA:
        return
    touched = [f"{line} {name}" for line, name in imported(module) if name.split(".")[0] in OUTSIDE]
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Call):
            called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if called in OUTSIDE_CALLS:
                touched.append(f"{node.lineno} {called}")
    assert not touched, f"{module.name}: {touched}"
