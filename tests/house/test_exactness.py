"""No float on the way to a score."""

import ast

import pytest

from checkout import Module, modules

EXACT_ROOMS = {"core", "semantics", "evaluator", "analysis", "facts", "audit", "proving", "improving", "revision"}


@pytest.mark.parametrize("module", [m for m in modules() if m.room in EXACT_ROOMS], ids=lambda module: module.name)
def test_no_float(module: Module) -> None:
    lines = [
        node.lineno
        for node in ast.walk(module.tree)
        if (isinstance(node, ast.Name) and node.id == "float")
        or (isinstance(node, ast.Constant) and isinstance(node.value, float))
    ]
    assert not lines, f"{module.name}: lines {lines}"
