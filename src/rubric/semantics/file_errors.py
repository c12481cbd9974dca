"""What can be wrong with the head of a file, units and the ends of bands: one function per finding.

Takes the facts of the case; gives the `Diagnostic`. Never decides whether something is wrong.
"""

from rubric.diagnostics.model import Diagnostic, Label, Severity, suggestion
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
    indicator: str,
) -> Diagnostic:
    """`ends`: where a band stands, the end it takes, and its words; `edits`: the bands as they can be typed."""
    named = "、".join(dict.fromkeys(end for _, end, _ in ends))
    return Diagnostic(
        "R0505",
        WARNING,
        f"两档的界限没有写含不含：{named}",
        tuple(Label(source, span, f"{end}算在{words}这一档") for span, end, words in ends),
        (
            suggestion(
                f"照这样计的，写成{'、'.join(f'「{edit}」' for edit in edits)}；不照这样计的，改写（含）的位置。"
            ),
        ),
        indicator,
    )
