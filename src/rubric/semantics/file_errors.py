"""What can be wrong with the head of a file, units and the ends of bands: one function per finding.

Takes the facts of the case; gives the `Diagnostic`. Never decides whether something is wrong.
"""

from rubric.diagnostics.model import Diagnostic, Label, Severity, reason, suggestion
from rubric.source import SourceText, Span

WARNING = Severity.WARNING


def unknown_status(source: SourceText, span: Span, name: str, written: str) -> Diagnostic:
    return Diagnostic(
        "R0807",
        WARNING,
        f"「{name}」写的是「{written}」，只能写正式、示例修订或草案",
        (Label(source, span, "没有计入"),),
        (
            suggestion(
                f"印发的写「{name}：正式」，自己修改、试用的写「{name}：示例修订」，还在起草的写「{name}：草案」；不写的，按未注明处理。"
            ),
        ),
    )


def unit_like(source: SourceText, span: Span, datum: str, written: str, near: str) -> Diagnostic:
    return Diagnostic(
        "R0412",
        WARNING,
        f"数据「{datum}」的单位「{written}」像是「{near}」",
        (Label(source, span, f"按「{written}」计数，没有当作「{near}」"),),
        (suggestion(f"写错了的，改为「{near}」；确实按{written}计数的，不用改。"),),
    )


def ends_not_said(
    source: SourceText,
    ends: tuple[tuple[Span, str, str], ...],
    edits: tuple[str, ...],
    results: tuple[tuple[str, str, str], ...],
    indicator: str,
) -> Diagnostic:
    """`ends`: where a band stands, the end it takes, and its words; `edits`: the bands as they can be typed; `results`: of
    an end, what the higher band gives for it and what the lower one gives."""
    named = "、".join(dict.fromkeys(end for _, end, _ in ends))
    return Diagnostic(
        "R0505",
        WARNING,
        f"两档的界限没有写含不含：{named}",
        tuple(Label(source, span, f"{end} 算在{words}这一档") for span, end, words in ends),
        (
            suggestion(
                f"照这样计的，写成{'、'.join(f'「{edit}」' for edit in edits)}；原文不能改的，在「口径」下加一行{_sides(results)}。"
            ),
            *(reason(_both(one)) for one in results[:1]),
        ),
        indicator,
    )


def _sides(results: tuple[tuple[str, str, str], ...]) -> str:
    return "、".join(f"「“{end}”按数大的一档计」或「“{end}”按数小的一档计」" for end, _, _ in results)


def _both(result: tuple[str, str, str]) -> str:
    end, higher, lower = result
    return f"正好 {end} 时：算在数大的一档{higher}，算在数小的一档{lower}。"
