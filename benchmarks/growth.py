"""How the time to read a rubric grows with its clauses.

Run: python benchmarks/growth.py. Doubling the clauses should double the time: the last column is the factor by which the
time grew, divided by the factor by which the clauses did.
"""

from collections.abc import Callable

import measuring

from rubric.pipeline import compile_rubric
from rubric.source import SourceText
from rubric.syntax.parse import parse

SIZES = (200, 500, 1000, 2000)
PER_INDICATOR = 5
ROUNDS = 3


def rubric_of(clauses: int) -> SourceText:
    """Indicators of five clauses: a ratio, three bands and a judged line, each with names of its own."""
    lines = ["指标体系：增长", "评价年度：2022年"]
    for n in range(clauses // PER_INDICATOR):
        lines += [
            f"三级指标 第{n}类项目（5分）",
            "评分标准",
            f"1. 完成率{n}甲得分=完成率{n}甲×2分",
            f"完成率{n}甲=（已完成数{n}甲/应完成数{n}甲）×100%",
            f"2. 满意程度{n}甲（2分），按以下标准分档计分：",
            f"（1）满意率{n}甲≥95%的，得2分；",
            f"（2）80%≤满意率{n}甲<95%的，得1分；",
            f"（3）满意率{n}甲<80%的，得0分。",
            "3. 工作组织有序、资料齐全（1分）。",
            "数据",
            f"已完成数{n}甲：件，不超过应完成数{n}甲",
            f"应完成数{n}甲：件",
            f"满意率{n}甲：%，0%-100%",
            "口径",
            f"应完成数{n}甲为0的，第1点不适用",
        ]
    return SourceText("增长", "\n".join(lines))


def main() -> None:
    runs: dict[str, Callable[[], object]] = {}
    for size in SIZES:
        source = rubric_of(size)
        assert not compile_rubric(source).errors
        runs[f"parse {size}"] = lambda source=source: parse(source)
        runs[f"compile {size}"] = lambda source=source: compile_rubric(source)
    found = measuring.medians(runs, ROUNDS)
    rows: list[list[str]] = []
    for stage in ("parse", "compile"):
        for before, size in zip((None, *SIZES), SIZES, strict=False):
            time = found[f"{stage} {size}"]
            growth = f"{time / found[f'{stage} {before}'] / (size / before):.2f}" if before else ""
            rows.append([stage, str(size), measuring.milliseconds(time), f"{1000 * time / size:.3f}", growth])
    print(f"medians of {ROUNDS} rounds")
    print(measuring.table(["stage", "clauses", "ms", "ms a clause", "growth / linear"], rows))


if __name__ == "__main__":
    main()
