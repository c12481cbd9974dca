"""Lines of 数据 that would let a sentence be computed.

Takes the text of a sentence that is judged because its names are not declared; gives the lines to paste, with the words
they stand for. Only proposals: the author fills in what each one measures.
"""

import re

from rubric.syntax.fold import key
from rubric.syntax.slots import compared_slots, count_slots, sentences_of

_OPERATOR = re.compile(r"[+\-×*÷/()=%\d.,]|分|的$")


def proposed_lines(text: str) -> tuple[str, ...]:
    """`不符合的项数：项，对应“不符合的”` for a count, `已完成项目数：单位` for a name in a formula, `回复率：%` for a rate."""
    sentences = sentences_of(text)
    found: list[str] = []
    for slot in count_slots(sentences):
        words = slot.words.removesuffix("的")
        found.append(f"{words[-12:]}的{slot.counter}数：{slot.counter}，对应“{slot.words}”")
    formula = key(text).partition("得分=")[2]
    for name in dict.fromkeys(_OPERATOR.split(formula) if formula else ()):
        if len(name) > 1:
            found.append(f"{name}：单位")
    if not found:
        found += [f"{slot.words}：%" for slot in compared_slots(sentences)]
    return tuple(dict.fromkeys(found))
