"""What can prevent a population.

Takes the facts of the case; gives the `Diagnostic`. Never looks for anything.
"""

from rubric.diagnostics.model import Diagnostic, Severity, reason, suggestion


def folder_not_empty(name: str) -> Diagnostic:
    return Diagnostic(
        "R1511",
        Severity.ERROR,
        f"文件夹「{name}」里已经有文件，没有写入",
        hints=(suggestion("换一个新的文件夹，如 生成数据；里面的文件不会被覆盖"),),
    )


def neither_folder_nor_lines(name: str) -> Diagnostic:
    """A file with an ending that a population is not written in."""
    return Diagnostic(
        "R1512",
        Severity.ERROR,
        f"生成的数据不能写成「{name}」",
        hints=(suggestion("写一个文件夹（每个部门一份数据文件），或以 .jsonl 结尾的文件（每个部门一行）"),),
    )


def nothing_asked(name: str) -> Diagnostic:
    return Diagnostic(
        "R1513",
        Severity.ERROR,
        f"「{name}」不要任何数据和评判，没有可以生成的",
        hints=(reason("评分表里的指标都没有读懂，或只有不要数据的句子；先用 rubric check 看看"),),
    )
