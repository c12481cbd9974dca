"""Medians of repeated runs, and a small table.

Takes functions to time; gives seconds. Competitors are run in turn, round after round, so that a slow moment of the
machine falls on all of them alike.
"""

import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from statistics import median
from time import perf_counter

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "benchmarks")]


def medians(runs: Mapping[str, Callable[[], object]], rounds: int) -> dict[str, float]:
    """The median time of one call of each, over `rounds` rounds; each call is repeated until it takes 20 ms."""
    repeats = {name: _repeats(run) for name, run in runs.items()}
    times: dict[str, list[float]] = {name: [] for name in runs}
    for _ in range(rounds):
        for name, run in runs.items():
            start = perf_counter()
            for _ in range(repeats[name]):
                run()
            times[name].append((perf_counter() - start) / repeats[name])
    return {name: median(found) for name, found in times.items()}


def _repeats(run: Callable[[], object]) -> int:
    run()
    start = perf_counter()
    run()
    return max(1, int(0.02 / (perf_counter() - start + 1e-9)))


def table(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    widths = [max(len(row[place]) for row in (headings, *rows)) for place in range(len(headings))]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in (headings, *rows)]
    return "\n".join(line.rstrip() for line in (lines[0], "  ".join("-" * width for width in widths), *lines[1:]))


def milliseconds(seconds: float) -> str:
    return f"{1000 * seconds:.3f}"
