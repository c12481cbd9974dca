"""The LALR table of `grammar/rubric.lark`.

Takes the grammar files; gives the table as pure functions over an immutable stack, and the trees Lark builds. Built once
per process and kept by Lark in its cache file. Never edited for a rubric: names are tokens (`lexer.py`), so one table
serves all.
"""

import hashlib
import re
import tempfile
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, cast

from lark import Lark, Token, Tree
from lark.lexer import Lexer
from lark.parsers.lalr_analysis import Shift

from rubric.locate import data_folder

STARTS = ("sentence", "quantity", "condition", "grading", "payment")
NAME_TERMINALS = ("QUANTITY", "CONDITION", "UNKNOWN", "PROSE")

# A persistent stack of states: (state, rest). Branches of the lexer's search share their tails.
Stack = tuple[int, Any]


class _Outside(Lexer):
    """Tokens come from `lexer.py`, one by one; Lark needs a lexer class all the same."""

    __future_interface__ = 2

    def __init__(self, lexer_conf: object) -> None:
        pass

    def lex(self, lexer_state: object, parser_state: object) -> Iterator[Token]:
        return iter(())


@cache
def _lark() -> Lark:
    folder = data_folder("grammar")
    text = (folder / "rubric.lark").read_text(encoding="utf-8")
    words = (folder / "terminals.lark").read_text(encoding="utf-8")
    digest = hashlib.sha256((text + words).encode()).hexdigest()[:16]
    return Lark(
        text,
        parser="lalr",
        lexer=_Outside,
        start=list(STARTS),
        source_path=str(folder / "rubric.lark"),
        maybe_placeholders=False,
        propagate_positions=True,
        keep_all_tokens=True,
        cache=str(_cache_folder() / f"table-{digest}.bin"),
    )


def _cache_folder() -> Path:
    """A folder only this user can write: a pickled table from a stranger would be a stranger's code."""
    folder = Path.home() / ".cache" / "rubric-lang"
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError:
        return Path(tempfile.mkdtemp(prefix="rubric-lang-"))
    return folder


@cache
def _states() -> dict[int, dict[str, tuple[Any, Any]]]:
    parser = cast(Any, _lark().parser)
    return cast("dict[int, dict[str, tuple[Any, Any]]]", parser.parser._parse_table.states)


@cache
def terminals() -> tuple[tuple[str, Any], ...]:
    """Each terminal of the word tables with its compiled pattern."""
    return tuple((t.name, re.compile(t.pattern.to_regexp())) for t in _lark().terminals if t.name not in NAME_TERMINALS)


@cache
def words_of(terminal: str) -> re.Pattern[str]:
    """The pattern of one terminal of the word tables."""
    return next(pattern for name, pattern in terminals() if name == terminal)


@cache
def initial(start: str) -> Stack:
    parser = cast(Any, _lark().parser)
    return (parser.parser._parse_table.start_states[start], None)


def acceptable(stack: Stack) -> Iterator[str]:
    """Terminals that may be possible here; `advance` decides (look-aheads are merged in an LALR table)."""
    return (name for name in _states()[stack[0]] if name.isupper())


def advance(stack: Stack, terminal: str) -> Stack | None:
    """The stack after `terminal`, or None where the grammar does not allow it. Reductions are simulated, not made."""
    states = _states()
    while True:
        entry = states[stack[0]].get(terminal)
        if entry is None:
            return None
        action, argument = entry
        if action is Shift:
            return (argument, stack)
        for _ in range(len(argument.expansion)):
            stack = stack[1]
        stack = (states[stack[0]][argument.origin.name][1], stack)


def can_end(stack: Stack) -> bool:
    """Whether a sentence may end here."""
    states = _states()
    while True:
        entry = states[stack[0]].get("$END")
        if entry is None:
            return False
        rule = entry[1]
        for _ in range(len(rule.expansion)):
            stack = stack[1]
        stack = (states[stack[0]][rule.origin.name][1], stack)
        if stack[0] in _end_states():
            return True


@cache
def _end_states() -> frozenset[int]:
    parser = cast(Any, _lark().parser)
    return frozenset(parser.parser._parse_table.end_states.values())


def tree(start: str, tokens: Iterable[Token]) -> Tree[Token]:
    """The tree of a token sequence that `advance` accepted."""
    state = cast(Any, _lark()).parse_interactive(start=start).parser_state
    last = None
    for token in tokens:
        state.feed_token(token)
        last = token
    end = Token.new_borrow_pos("$END", "", last) if last is not None else Token("$END", "")
    return cast("Tree[Token]", state.feed_token(end, is_end=True))
