"""Which name of the rubric a key of the facts file means.

Takes the names there are; gives the one that a key means, or the closest one for a suggestion. Never guesses: a key
means a name when both are equal but for blanks, quotation marks and widths, or when it is a declared short name.
"""

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Generic, TypeVar

from rubric.syntax.fold import key

T = TypeVar("T")

_LONGEST = 200


class Names(Generic[T]):
    """Things by their names; `aliases` give way to names, and one that would mean two things means neither."""

    def __init__(self, named: Iterable[tuple[str, T]], aliases: Iterable[tuple[str, T]] = ()) -> None:
        self.exact: Mapping[str, T] = dict(named)
        self.known = list(self.exact)
        self._aliases = tuple(aliases)

    def find(self, text: str) -> T | None:
        if text in self.exact:
            return self.exact[text]
        return self._folded.get(key(text)) if len(text) <= _LONGEST else None

    @cached_property
    def _folded(self) -> Mapping[str, T]:
        """Things by their folded names; made when a key is not written as the name is, which is rare."""
        found: dict[str, T] = {}
        for name, thing in self.exact.items():
            found.setdefault(key(name), thing)
        doubtful: set[str] = set()
        short: dict[str, T] = {}
        for name, thing in self._aliases:
            folded = key(name)
            if folded in short and short[folded] != thing:
                doubtful.add(folded)
            short.setdefault(folded, thing)
        for folded, thing in short.items():
            if folded not in doubtful:
                found.setdefault(folded, thing)
        return found

    def near(self, text: str) -> str | None:
        """The closest name within a third of its length."""
        if len(text) > _LONGEST:
            return None
        from rubric.semantics.near import nearest

        return nearest(text, self.known)
