"""What can be wrong with a file before its text is read: one function per finding.

Takes the facts of the case; gives the `Diagnostic`. Never opens anything.
"""

from rubric.diagnostics.model import Diagnostic, Label, Severity, reason, suggestion
from rubric.source import SourceText, Span


def empty_file(name: str) -> Diagnostic:
    """The remedy is by the kind of file, as its name ends."""
    if name.endswith(".rubric"):
        remedy = "把印发的评分标准原文逐条放进来，前面写「指标体系：……」一行；"
    elif name.endswith((".yaml", ".yml")) and not name.endswith("edition.yaml"):
        remedy = "可用 rubric facts 生成空白的一份数据文件再填；"
    else:
        remedy = ""
    return Diagnostic(
        "R1201",
        Severity.ERROR,
        f"文件「{name}」是空的",
        hints=(suggestion(f"{remedy}如果刚刚编辑过，请确认已经保存"),),
    )


def not_text(name: str, *, office: bool) -> Diagnostic:
    kind = "是 Word、Excel 或 PDF 一类的文件，不是纯文本" if office else "不是文本文件"
    return Diagnostic(
        "R1202",
        Severity.ERROR,
        f"文件「{name}」{kind}",
        hints=(suggestion("请用纯文本文件：在记事本中新建，粘贴内容，另存为 UTF-8"),),
    )


def too_large(name: str, size: int, largest: int) -> Diagnostic:
    return Diagnostic(
        "R1202",
        Severity.ERROR,
        f"文件「{name}」有 {size // 1024**2} MB，最大可以是 {largest // 1024**2} MB",
        hints=(reason("评分表和一个部门的数据只有几十 KB，这可能不是要用的文件"),),
    )


def other_encoding(name: str, encoding: str) -> Diagnostic:
    """`encoding` is GBK (also GB 18030 and GB 2312, which look alike) or UTF-16."""
    return Diagnostic(
        "R1203",
        Severity.ERROR,
        f"文件「{name}」是 {encoding} 编码，应为 UTF-8",
        hints=(suggestion("用记事本或 WPS 打开这个文件，选「另存为」，编码选 UTF-8，再运行一次"),),
    )


def damaged_text(source: SourceText, at: Span) -> Diagnostic:
    """`source` holds a stand-in where a character is damaged."""
    return Diagnostic(
        "R1204",
        Severity.ERROR,
        f"文件「{source.name}」中有损坏的文字",
        (Label(source, at, "这里的文字不完整"),),
        (suggestion("在编辑器中打开，改正这一处，另存为 UTF-8"),),
    )
