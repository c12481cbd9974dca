"""Two editions compared, beside the check of one.

Run: python benchmarks/revision.py. Whole processes, in turn: `rubric diff` of the two editions with all proofs and
departments, `rubric check` of the older one with and without its proofs; then the impact on 200 made-up departments.
"""

import subprocess
import sys
from collections.abc import Callable

import measuring

ROUNDS = 5
OLD, NEW = "2022", "2023"
COMMANDS = {
    "rubric check 2022 --no-prove": ("check", OLD, "--no-prove"),
    "rubric check 2022": ("check", OLD),
    "rubric diff 2022 2023": ("diff", OLD, NEW),
    "rubric impact 2022 2023 --population 200": ("impact", OLD, NEW, "--population", "200"),
}


def run(arguments: tuple[str, ...]) -> Callable[[], object]:
    command = [sys.executable, "-m", "rubric", *arguments, "--format", "json"]
    environment = {"PYTHONPATH": str(measuring.ROOT / "src"), "PATH": "/usr/bin:/bin", "RUBRIC_CACHE": "off"}
    return lambda: subprocess.run(command, cwd=measuring.ROOT, env=environment, capture_output=True, check=False)


def main() -> None:
    found = measuring.medians({name: run(arguments) for name, arguments in COMMANDS.items()}, ROUNDS)
    check = found["rubric check 2022"]
    bare = found["rubric check 2022 --no-prove"]
    rows = [[n, measuring.milliseconds(t), f"{t / bare:.1f}", f"{t / check:.1f}"] for n, t in found.items()]
    print(f"medians of {ROUNDS} rounds")
    print(measuring.table(["", "ms", "x check --no-prove", "x check"], rows))


if __name__ == "__main__":
    main()
