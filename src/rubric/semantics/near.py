"""The nearest of several names, for a suggestion.

Takes a name and candidates; gives the closest one where it is close. Never a finding.
"""

from collections.abc import Iterable


def nearest(name: str, candidates: Iterable[str]) -> str | None:
    """The closest candidate within a third of the name's length (Levenshtein), None if there is none."""
    best: tuple[int, str] | None = None
    for candidate in candidates:
        if abs(len(candidate) - len(name)) * 3 > len(name):
            continue
        distance = _distance(name, candidate)
        if distance * 3 <= len(name) and (best is None or distance < best[0]):
            best = (distance, candidate)
    return best[1] if best else None


def _distance(left: str, right: str) -> int:
    row = list(range(len(right) + 1))
    for i, a in enumerate(left, start=1):
        previous, row[0] = row[0], i
        for j, b in enumerate(right, start=1):
            previous, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, previous + (a != b))
    return row[-1]
