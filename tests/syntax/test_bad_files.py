"""Files that are no rubric: each is answered in words, soon, and with a program that can still be evaluated."""

import pytest

from rubric.core.record import Record
from rubric.evaluator.evaluate import evaluate
from rubric.pipeline import compile_rubric
from rubric.source import SourceText

MEGABYTE = 1_000_000
HEAD = "三级指标 规范（5分）\n评分标准\n"

FILES = {
    "空文件": ("", "R0201"),
    "只有空行": ("\n \n\u3000\n", "R0201"),
    "只有批注": ("# 草稿\n", "R0201"),
    "没有一级标题的散文": ("根据有关规定，对部门进行评价。", "R0201"),
    "一兆字的一行": (HEAD + "得" * MEGABYTE, "R0208"),
    "一兆字的数据行": (HEAD + "目标明确（5分）\n数据\n" + "甲" * MEGABYTE, "R0208"),
    "一兆个左括号": (HEAD + "进度得分=" + "（" * MEGABYTE, "R0208"),
    "一兆个数相加": (HEAD + "进度得分=" + "1+" * (MEGABYTE // 2) + "1分", "R0208"),
    "没有标准的指标": ("三级指标 规范（5分）\n", "R0212"),
}


@pytest.mark.parametrize("name", FILES)
def test_it_is_answered_in_words(name: str) -> None:
    text, code = FILES[name]
    compiled = compile_rubric(SourceText("文件.rubric", text))
    outcome = evaluate(compiled.value, Record({}))
    found = [d.code for d in (*compiled.diagnostics, *outcome.diagnostics)]
    assert code in found, found
    assert all(len(d.title) < 100 and len(d.remedy) < 300 for d in compiled.diagnostics)
    assert all(i.low <= i.high for i in outcome.indicators)
