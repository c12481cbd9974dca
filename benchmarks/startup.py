"""The whole command `rubric score` beside the bare import of the libraries it stands on.

Run: python benchmarks/startup.py. Both are whole processes, run in pairs; the ratio is the median of the pairs' ratios.
Caches are warm: one run of each goes before.
"""

import os
import subprocess
import sys
from statistics import median
from time import perf_counter

import measuring

PAIRS = 25


def main() -> None:
    facts = measuring.ROOT / "rubrics/2022/cases/罗湖区委组织部.yaml"
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environment["PYTHONPATH"] = str(measuring.ROOT / "src")
    base = [sys.executable, "-c", "import lark, attrs, yaml"]
    command = [sys.executable, "-m", "rubric", "score", "2022", str(facts)]
    bare = [sys.executable, "-c", "pass"]

    def seconds(arguments: list[str]) -> float:
        start = perf_counter()
        subprocess.run(arguments, env=environment, cwd=measuring.ROOT, check=True, stdout=subprocess.DEVNULL)
        return perf_counter() - start

    for arguments in (bare, base, command):
        seconds(arguments)
    trials = [(seconds(bare), seconds(base), seconds(command)) for _ in range(PAIRS)]
    names = ("python alone", "import lark, attrs, yaml", "rubric score 2022 …")
    ratios = [[trial[place] / trial[1] for trial in trials] for place in range(3)]
    rows = [
        [name, measuring.milliseconds(median(t[place] for t in trials)), f"{median(ratios[place]):.2f}"]
        for place, name in enumerate(names)
    ]
    print(f"medians of {PAIRS} pairs")
    print(measuring.table(["", "ms", "x import"], rows))


if __name__ == "__main__":
    main()
