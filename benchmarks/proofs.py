"""`rubric check` of the annex beside the bare import of the solver, and how proofs grow with the table.

Run: python benchmarks/proofs.py (needs the extra `prove`). Commands are whole processes, run in turn; the ratio is the
median of the rounds' ratios. The annex is compiled and kept beforehand, as in use; "first" has no check of it kept yet,
"again" has. Larger tables are the annex several times over, each copy with names of its own.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median
from time import perf_counter

import attrs
import measuring

import rubric
from rubric.core import program as core
from rubric.proving.prove import prove

ROUNDS = 7
SIZES = (21, 100, 500)


def renamed(node: object, mark: str) -> object:
    """A core tree with `mark` behind the name of every datum, indicator and choice, so that copies share nothing."""
    if isinstance(node, tuple):
        return tuple(renamed(part, mark) for part in node)  # pyright: ignore[reportUnknownVariableType]
    if not attrs.has(type(node)):
        return node
    changes: dict[str, object] = {}
    for field in attrs.fields(type(node)):
        value = getattr(node, field.name)
        named = field.name in ("datum", "choice", "indicator", "measures")
        named |= field.name == "name" and isinstance(node, core.Datum | core.Choice | core.Indicator)
        if field.name == "choices" and isinstance(node, core.Indicator):
            changes[field.name] = tuple(name + mark for name in node.choices)
        elif named and isinstance(value, str):
            changes[field.name] = value + mark
        elif field.name == "judgement" and isinstance(value, tuple):
            changes[field.name] = (f"{value[0]}{mark}", value[1])
        elif field.name != "span":
            changes[field.name] = renamed(value, mark)
    return attrs.evolve(node, **changes)  # type: ignore[arg-type]


def table_of(size: int) -> core.Program:
    """A table of `size` indicators."""
    annex = rubric.load("2022").program
    data, judgements, choices, indicators = [], [], [], []
    for copy in range(-(-size // len(annex.indicators))):
        mark = f"·{copy}"
        own = renamed(attrs.evolve(annex, sentences=()), mark)
        assert isinstance(own, core.Program)
        data += own.data
        judgements += own.judgements
        choices += own.choices
        indicators += own.indicators
    general = [c for c in annex.choices if c.indicator is None]
    return attrs.evolve(
        annex,
        data=tuple(data),
        judgements=tuple(judgements),
        choices=(*general, *choices),
        indicators=tuple(indicators[:size]),
        points=sum((i.points for i in indicators[:size]), core.Fraction(0)),
        sentences=(),
    )


def main() -> None:
    folder = tempfile.TemporaryDirectory()
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environment |= {"PYTHONPATH": str(measuring.ROOT / "src"), "XDG_CACHE_HOME": folder.name, "RUBRIC_CACHE": "on"}
    check = [sys.executable, "-m", "rubric", "check", "2022"]
    commands = {
        'python -c "import z3"': [sys.executable, "-c", "import z3"],
        "rubric check 2022 --no-prove, first": [*check, "--no-prove"],
        "rubric check 2022, first": check,
        "rubric check 2022, again": check,
    }

    def seconds(name: str) -> float:
        if name.endswith("first"):
            for kept in Path(folder.name).glob("*/*.worked"):
                kept.unlink()
        start = perf_counter()
        subprocess.run(commands[name], env=environment, cwd=measuring.ROOT, check=True, stdout=subprocess.DEVNULL)
        return perf_counter() - start

    for name in commands:
        seconds(name)
    trials = [[seconds(name) for name in commands] for _ in range(ROUNDS)]
    rows = [
        [name, measuring.milliseconds(median(t[i] for t in trials)), f"{median(t[i] / t[0] for t in trials):.2f}"]
        for i, name in enumerate(commands)
    ]
    print(f"medians of {ROUNDS} rounds")
    print(measuring.table(["command", "ms", "x import"], rows))

    prove(table_of(SIZES[0]))
    grown: list[list[str]] = []
    before: tuple[int, float] | None = None
    for size in SIZES:
        program = table_of(size)
        start = perf_counter()
        prove(program)
        time = perf_counter() - start
        growth = f"{time / before[1] / (size / before[0]):.2f}" if before else ""
        grown.append([str(size), measuring.milliseconds(time), f"{1000 * time / size:.1f}", growth])
        before = (size, time)
    print()
    print(measuring.table(["indicators", "ms", "ms an indicator", "growth / linear"], grown))


if __name__ == "__main__":
    main()
