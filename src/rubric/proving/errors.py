"""What the proofs of a rubric find: one function per finding.

Takes the facts of the case, a department among them; gives the `Diagnostic`. Never decides whether something is wrong.
"""

from collections.abc import Sequence
from fractions import Fraction

from rubric.core.numbers import plain
from rubric.diagnostics.model import Diagnostic, Hint, Label, Severity, reason, suggestion
from rubric.source import SourceText, Span

WARNING, NOTE = Severity.WARNING, Severity.NOTE


def full_points_out_of_reach(
    source: SourceText, span: Span, indicator: str, points: Fraction, most: Fraction | None, facts: Sequence[str]
) -> Diagnostic:
    best = f"，最多 {plain(most)} 分" if most is not None else ""
    return Diagnostic(
        "R0710",
        WARNING,
        f"「{indicator}」得不到满分 {plain(points)} 分{best}",
        (Label(source, span, "没有一个部门能得满分"),),
        (suggestion("核对各档、各点的分值是否加得出满分，扣分有没有重复。"), *_example(facts)),
        indicator,
    )


def zero_out_of_reach(
    source: SourceText, span: Span, indicator: str, least: Fraction, facts: Sequence[str]
) -> Diagnostic:
    return Diagnostic(
        "R0711",
        NOTE,
        f"「{indicator}」最低得 {plain(least)} 分，不会得 0 分",
        (Label(source, span, f"最低 {plain(least)} 分"),),
        (reason("如果本意是最差的也给分，可以不改。"), *_example(facts)),
        indicator,
    )


def profile_out_of_reach(
    source: SourceText,
    span: Span,
    indicator: str,
    profile: str,
    points: Fraction,
    most: Fraction | None,
    reading: tuple[str, str] | None,
    facts: Sequence[str],
) -> Diagnostic:
    under = f"若「{reading[0]}」取“{reading[1]}”，" if reading is not None else ""
    best = f"最多得 {plain(most)} 分" if most is not None else "得不到满分"
    return Diagnostic(
        "R0712",
        NOTE if reading is not None else WARNING,
        f"{under}达到{profile}的部门，「{indicator}」{best}，不足 {plain(points)} 分",
        (Label(source, span, f"达到{profile}仍得不到满分"),),
        (suggestion("核对公式，或在「口径」下写明按哪一种取法计。"), *_example(facts)),
        indicator,
    )


def better_scores_less(
    source: SourceText,
    span: Span,
    indicator: str,
    datum: str,
    direction: str,
    change: str,
    scores: tuple[Fraction, Fraction],
    facts: Sequence[str],
) -> Diagnostic:
    before, after = scores
    return Diagnostic(
        "R0713",
        WARNING,
        f"「{datum}」是{direction}数据，{change}，「{indicator}」反而从 {plain(before)} 分降到 {plain(after)} 分",
        (Label(source, span, "做得更好，得分反而低"),),
        (suggestion("核对各档的先后和界限；方向写反的，改数据行的「正向」「反向」。"), *_example(facts)),
        indicator,
    )


def overrides_collide(
    source: SourceText, first: Span, second: Span, indicator: str, effects: tuple[str, str], facts: Sequence[str]
) -> Diagnostic:
    return Diagnostic(
        "R0714",
        NOTE,
        f"「{indicator}」有两种情形可能同时出现，按前一种计：{effects[0]}，而不是{effects[1]}",
        (Label(source, first, f"先看这一种：{effects[0]}"), Label(source, second, f"这一种让位：{effects[1]}")),
        (suggestion("如果应当按后一种计，在「口径」下写明。"), *_example(facts)),
        indicator,
    )


def judged_and_vetoed(source: SourceText, judged: Span, indicator: str, path: str, words: str, veto: str) -> Diagnostic:
    return Diagnostic(
        "R0715",
        NOTE,
        f"「{indicator}」第{path}点的酌情扣分与一票否决都说到“{words}”，同一情形可能既酌情扣分又得 0 分",
        (Label(source, judged, "这里酌情扣分"),),
        (
            reason(f"否决的一句：{_short(veto)}"),
            suggestion("在「口径」下写明哪些情形只按酌情扣分、哪些情形一票否决。"),
        ),
        indicator,
    )


def facts_between_bands(
    source: SourceText, span: Span, indicator: str, stretch: str, facts: Sequence[str]
) -> Diagnostic:
    where = f"：{stretch}的" if stretch else ""
    line = f"补上一档，如「{stretch}的，得0分」" if stretch else "补上这种情形得几分"
    return Diagnostic(
        "R0716",
        WARNING,
        f"「{indicator}」有的部门哪一档都不符合{where}",
        (Label(source, span, "各档都不包括这种情形"),),
        (suggestion(f"{line}，或在最后写「其他情形得0分」。"), *_example(facts)),
        indicator,
    )


def band_never_met(source: SourceText, span: Span, indicator: str) -> Diagnostic:
    return Diagnostic(
        "R0717",
        WARNING,
        f"「{indicator}」有一档不会有部门符合",
        (Label(source, span, "这一档用不到"),),
        (suggestion("核对这一档的条件；前面的各档已经包括了它的，删去或调整先后。"),),
        indicator,
    )


def division_not_defined(source: SourceText, span: Span, indicator: str, facts: Sequence[str]) -> Diagnostic:
    return Diagnostic(
        "R0718",
        WARNING,
        f"「{indicator}」的分母可能为 0，没有说明怎样计分",
        (Label(source, span, "这里可能除以 0"),),
        (suggestion("在「口径」下写明分母为 0 的部门怎样计分。"), *_example(facts)),
        indicator,
    )


def bands_meet(
    source: SourceText, first: Span, second: Span, indicator: str, stretch: str, facts: Sequence[str]
) -> Diagnostic:
    where = f"{stretch}的" if stretch else "有的"
    return Diagnostic(
        "R0719",
        WARNING,
        f"「{indicator}」{where}部门同时符合两档，按先写的一档计",
        (Label(source, first, "先写的一档，算数"), Label(source, second, "后写的一档")),
        (suggestion("改正两档的条件，使每个部门只符合一档。"), *_example(facts)),
        indicator,
    )


def not_settled(source: SourceText, span: Span, indicator: str, what: Sequence[str], why: str) -> Diagnostic:
    return Diagnostic(
        "R0720",
        NOTE,
        f"「{indicator}」有 {len(what)} 项未能证明，也没有找到反例：{'、'.join(what)}",
        (Label(source, span),),
        (reason(f"{why}。未能确定不等于成立，请人工核对。"),),
        indicator,
    )


def no_solver() -> Diagnostic:
    return Diagnostic(
        "R0721",
        NOTE,
        "没有用求解器，各项承诺没有证明，只列出其他检查的结果",
        (),
        (suggestion("安装求解器后不带 --no-prove 再检查：pip install 'rubric-lang[prove]'。"),),
    )


def full_points_by_reading(
    source: SourceText,
    span: Span,
    indicator: str,
    reading: tuple[str, str],
    points: Fraction,
    most: Fraction | None,
    facts: Sequence[str],
) -> Diagnostic:
    best = f"最多 {plain(most)} 分" if most is not None else "得不到满分"
    return Diagnostic(
        "R0722",
        NOTE,
        f"若「{reading[0]}」取“{reading[1]}”，「{indicator}」{best}，得不到满分 {plain(points)} 分",
        (Label(source, span),),
        _example(facts),
        indicator,
    )


def _example(facts: Sequence[str]) -> tuple[Hint, ...]:
    return (reason(f"例如这样一个部门（可贴作数据文件）：{'；'.join(facts)}"),) if facts else ()


def _short(text: str) -> str:
    plain_text = " ".join(text.split())
    return plain_text if len(plain_text) <= 40 else f"{plain_text[:39]}…"
