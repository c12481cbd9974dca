"""Numbers that look drawn by lot and are the same everywhere.

Takes a seed and the name of what is drawn; gives whole numbers. Never the clock, and never a number that depends on the
machine or the version of Python.

The generator is SplitMix64 (Steele, Lea, Flood, *Fast splittable pseudorandom number generators*, OOPSLA 2014): a counter
and a mixing function, in whole numbers of 64 bits. Each department has a stream of its own, named by seed and number: the
tenth of a hundred departments is the tenth of a thousand.
"""

from collections.abc import Sequence
from hashlib import sha256
from typing import TypeVar

T = TypeVar("T")

_MASK = (1 << 64) - 1
_STEP = 0x9E3779B97F4A7C15


class Draws:
    """One stream."""

    def __init__(self, *name: object) -> None:
        digest = sha256("\x1f".join(map(str, name)).encode("utf-8", "surrogatepass")).digest()
        self._state = int.from_bytes(digest[:8], "big")

    def bits(self) -> int:
        """The next 64 bits."""
        self._state = (self._state + _STEP) & _MASK
        mixed = self._state
        mixed = ((mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9) & _MASK
        mixed = ((mixed ^ (mixed >> 27)) * 0x94D049BB133111EB) & _MASK
        return mixed ^ (mixed >> 31)

    def below(self, count: int) -> int:
        """From 0 to `count` − 1, all alike; of a large range the bits of two draws are taken."""
        wide = (self.bits() << 64) | self.bits()
        return wide * count >> 128

    def between(self, low: int, high: int) -> int:
        """From `low` to `high`, both included; `low` where there is nothing between."""
        return low + self.below(high - low + 1) if high > low else low

    def happens(self, times: int, of: int = 100) -> bool:
        """True in `times` of `of` cases."""
        return self.below(of) < times

    def pick(self, among: Sequence[T]) -> T:
        return among[self.below(len(among))]
