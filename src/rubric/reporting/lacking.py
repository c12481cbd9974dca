"""What the cases of a rubric reach and notice, as text and as JSON values.

Takes coverage and mutation results; gives what `rubric test --coverage` and `--mutation` print, with the missing cases written out.
Never a rounded share.
"""

from collections.abc import Iterator, Sequence

from rubric.core import program as core
from rubric.regression.aims import Aim, AimKind
from rubric.regression.coverage import Coverage, share_text
from rubric.regression.equivalence import Sameness
from rubric.regression.lacking import Gap, Mutation, Survivor
from rubric.regression.writing import written_case
from rubric.reporting.table import table, wrap
from rubric.source import SourceText, Span

Json = dict[str, object]
_QUOTED = 40


def coverage_lines(coverage: Coverage, gaps: Sequence[Gap], width: int) -> Iterator[str]:
    yield "覆盖：用例到过评分表的哪些地方"
    rows = [
        (f"  {name}", f"{reached}／{of}", share_text(reached, of)) for name, reached, of in _counted(coverage) if of
    ]
    yield from table(rows, ["left", "right", "right"])
    for aim, reason in coverage.impossible.items():
        yield from wrap(f"不计：{aim_text(coverage.program, aim)}，{reason}", width, "  ", "    ")
    if gaps:
        yield f"没有到过的 {len(gaps)} 处："
    for gap in gaps:
        yield from wrap(aim_text(coverage.program, gap.aim), width, "  ", "    ")
        if gap.case is None:
            yield "    逐个试过各种数据，没有找到能到这里的用例"
        else:
            yield "    可以补上这个用例："
            yield from (f"    {line}" for line in written_case(coverage.program, gap.case))


def _counted(coverage: Coverage) -> Iterator[tuple[str, int, int]]:
    for kind in AimKind:
        yield (str(kind), *coverage.counts(kind))
    yield ("合计", *coverage.counts())


def aim_text(program: core.Program, aim: Aim) -> str:
    """`16 预算执行率 第1点 封顶：超过分值，按分值计`."""
    indicator = next((i for i in program.indicators if i.id == aim.indicator), None)
    owner = "计分办法" if indicator is None else f"{indicator.id} {indicator.name}"
    path = f" 第{aim.path}点" if aim.path else ""
    if aim.kind is AimKind.CLAUSE:
        return f"{owner}{path}（条款）"
    return f"{owner}{path} {aim.kind}：{aim.words}"


# --- mutants ----------------------------------------------------------------------------------------------------------


def mutation_lines(program: core.Program, source: SourceText, mutation: Mutation, width: int) -> Iterator[str]:
    yield "变异：把评分表改动一处，用例应当看得出来"
    yield from table(
        [
            ("  改动", f"{mutation.total} 处", ""),
            ("  等价的（证明或逐个比较过，什么数据也分不出）", f"{mutation.equal} 处", ""),
            ("  看得出的", f"{mutation.noticed}／{mutation.of}", share_text(mutation.noticed, mutation.of)),
        ],
        ["left", "right", "right"],
    )
    lacking = [s for s in mutation.survivors if s.compared.sameness is not Sameness.EQUAL]
    equal = [s for s in mutation.survivors if s.compared.sameness is Sameness.EQUAL]
    if lacking:
        yield f"没有看出的 {len(lacking)} 处："
    for survivor in lacking:
        yield from wrap(survivor_text(source, survivor), width, "  ", "    ")
        if survivor.case is None:
            yield from wrap(survivor.compared.reason, width, "    ", "    ")
        else:
            yield "    缺少这个用例："
            yield from (f"    {line}" for line in written_case(program, survivor.case))
    if equal:
        yield f"等价的 {len(equal)} 处："
    for survivor in equal:
        yield from wrap(f"{survivor_text(source, survivor)}：{survivor.compared.reason}", width, "  ", "    ")


def survivor_text(source: SourceText, survivor: Survivor) -> str:
    mutant = survivor.mutant
    where = _quoted(source, mutant.span)
    return f"{mutant.indicator or '计分办法'} {f'“{where}”' if where else ''}{mutant.change}"


def _quoted(source: SourceText, span: Span) -> str:
    text = " ".join(source.slice(span).split())
    return text if len(text) <= _QUOTED else text[:_QUOTED] + "……"


# --- JSON -------------------------------------------------------------------------------------------------------------


def coverage_json(coverage: Coverage, gaps: Sequence[Gap]) -> Json:
    program = coverage.program
    reached, of = coverage.counts()
    return {
        "reached": reached,
        "of": of,
        "share": share_text(reached, of),
        "kinds": [
            {"kind": name, "reached": got, "of": all_of, "share": share_text(got, all_of)}
            for name, got, all_of in _counted(coverage)
            if all_of and name != "合计"
        ],
        "impossible": [{"aim": aim_text(program, aim), "reason": why} for aim, why in coverage.impossible.items()],
        "missed": [
            {
                "aim": aim_text(program, gap.aim),
                "indicator": gap.aim.indicator or None,
                "clause": gap.aim.path or None,
                "kind": str(gap.aim.kind),
                "case": None if gap.case is None else "\n".join(written_case(program, gap.case)),
            }
            for gap in gaps
        ],
    }


def mutation_json(program: core.Program, source: SourceText, mutation: Mutation) -> Json:
    return {
        "mutants": mutation.total,
        "equivalent": mutation.equal,
        "noticed": mutation.noticed,
        "of": mutation.of,
        "share": share_text(mutation.noticed, mutation.of),
        "survivors": [
            {
                "indicator": survivor.mutant.indicator or None,
                "text": _quoted(source, survivor.mutant.span),
                "change": survivor.mutant.change,
                "sameness": str(survivor.compared.sameness),
                "reason": survivor.compared.reason,
                "case": None if survivor.case is None else "\n".join(written_case(program, survivor.case)),
            }
            for survivor in mutation.survivors
        ],
    }
