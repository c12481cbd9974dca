"""The project's own files, as the house tests see them."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import attrs

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "src" / "rubric"
_LEFT_OUT = {"__pycache__", ".git", ".venv", "build", "dist", ".hypothesis"}


@attrs.frozen
class Module:
    """One module of the package. `room` is the folder or module right under `rubric` (`api` for the package itself)."""

    path: Path
    room: str
    tree: ast.Module

    @property
    def name(self) -> str:
        return self.path.relative_to(PACKAGE).as_posix()

    @property
    def holds_findings(self) -> bool:
        return self.path.stem == "errors" or self.path.stem.endswith("_errors")


@cache
def modules() -> tuple[Module, ...]:
    return tuple(_module(path) for path in sorted(PACKAGE.rglob("*.py")))


def _module(path: Path) -> Module:
    first = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
    room = {"__init__": "api", "__main__": "cli"}.get(first, first)
    return Module(path, room, ast.parse(path.read_text(encoding="utf-8"), str(path)))


@cache
def project_files() -> tuple[Path, ...]:
    """Every text file that belongs to the project."""
    return tuple(sorted(_files(ROOT)))


def _files(folder: Path) -> Iterator[Path]:
    for entry in folder.iterdir():
        if entry.name in _LEFT_OUT or entry.name.endswith(("_cache", ".egg-info")):
            continue
        if entry.is_dir():
            yield from _files(entry)
        elif b"\0" not in entry.read_bytes()[:1024]:
            yield entry


def strings_of(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Line and text of every string, docstrings left out; the literal pieces of an f-string are joined."""
    left_out: set[int] = set()
    for node in ast.walk(tree):
        match node:
            case ast.Expr(value=ast.Constant(value=str()) as constant):
                left_out.add(id(constant))
            case ast.JoinedStr(values=pieces):
                literal = [piece.value for piece in pieces if isinstance(piece, ast.Constant)]
                left_out.update(id(piece) for piece in pieces if isinstance(piece, ast.Constant))
                yield node.lineno, " ".join(str(text) for text in literal)
            case ast.Constant(value=str(text)) if id(node) not in left_out:
                yield node.lineno, text
            case _:
                pass
