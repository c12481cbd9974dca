"""Lines of 计分办法, an author's (`等级：…`) or a table's own (`4. 评价等级根据总分确定：…`).

Takes the span of a line; gives it as a header whose key says what it is about: 计分, 不适用, 等级, or 总分 for a rule on the
total, which is read as a sentence with the names of all data. A line about nothing known keeps its own key, and
`semantics.scoring` tells of it. Never decides what a line means.
"""

import re

from rubric.source import SourceText, Span
from rubric.syntax import ast
from rubric.syntax.fold import key
from rubric.syntax.placing import trimmed

ROUNDING, NOT_APPLICABLE, GRADES, TOTAL, REMARK = "计分", "不适用", "等级", "总分", "说明"
_NUMBER = re.compile(r"[（(]?\s*\d{1,2}\s*(?:[.．、]|[）)])\s*|[①-⑳]\s*")
_KNOWN = (ROUNDING, NOT_APPLICABLE, GRADES, REMARK, "注")
_GRADES = re.compile(r"[^:,;。\d]*等级[^:,;。\d]*:(?=.*为)")
_SCALED = re.compile(r"[÷/]参评|折算|剔除|不参评")
_ROUNDED = re.compile(r"四舍五入|保留[\d一两二三四]位小数")
_ON_TOTAL = re.compile(r"(总分|总得分).{0,6}?(最高|不超过|不得超过|不高于|封顶|[得计为][0零]分)")
_SUM_OF_ALL = re.compile(r"总(分|得分)(为|=|是)(各|全部|所有)[^,;。]*之和")


def scoring_line(source: SourceText, span: Span) -> ast.Header:
    """The line by what it is about; its value is what follows the number and the words that say so."""
    number = _NUMBER.match(source.text, span.start, span.end)
    start = number.end() if number else span.start
    written = source.slice(Span(start, span.end))
    name, sign, value = re.sub("：", ":", written, count=1).partition(":")
    if sign and name.strip() in _KNOWN:
        return ast.Header(name.strip(), value.strip(), span=span)
    folded = key(written)
    about, words = "", written.rstrip("。；; ")
    if _GRADES.match(folded):
        about, words = GRADES, value
    elif _ON_TOTAL.search(folded) and not _SUM_OF_ALL.match(folded):
        about = TOTAL
    elif "不适用" in folded and _SCALED.search(folded):
        about = NOT_APPLICABLE
    elif _ROUNDED.search(folded):
        about = ROUNDING
    elif _SUM_OF_ALL.match(folded):
        about = REMARK
    elif sign:
        about, words = name, value
    return ast.Header(about.strip(), words.strip().rstrip("。；; "), span=span)


def rule_of_total(source: SourceText, line: ast.Header) -> Span:
    """Where the sentence of a line about the total stands, without its number and final stop."""
    number = _NUMBER.match(source.text, line.span.start, line.span.end)
    return trimmed(source.text, Span(number.end() if number else line.span.start, line.span.end))
