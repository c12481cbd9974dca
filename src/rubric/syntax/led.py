"""Scores taken from other values, with plain words before them: `最终得分为各专家评分的平均分`, `由5名评委打分，取平均值`.

Takes the folded text of a sentence the grammar refuses; gives the places where the part that computes may begin. What
stands before such a place says who gives or collects the values, and nothing that counts: it holds no figure, no sign and
no points. Never reads a sentence itself.
"""

import re
from collections.abc import Iterator

from rubric.syntax.lexer import Lexicon

# Words without which no place is looked for, so that ordinary prose costs nothing.
_SIGNATURE = re.compile(
    r"平均|均值|[较最就从取择][高低优好大小差]|高[值者]|低[值者]|折算|换算|折合|转换|加权|权重|比重|[累相]加|之和|总和|合计|占\d|占比|的比例|计入|\d%"
)
_COUNTS = re.compile(
    r"[=<>≥≤%‰+×÷*/]|\d|[得计记扣加减][一二两三四五六七八九十]+分|扣完|不得分|酌情|去掉|去除|剔除|除去|舍去|加权|折算"
)
# Words that lead from the prose to what is taken.
_LEADS = re.compile(
    r"(?:得分|分数|成绩|总分|评分|结果|计分|[,:])(?:即为|为|取|按照?|以|由|将|是|即|等于)?|按照?|以|由|将|对|取|为|就"
)
_MOST_PLACES = 24


def led_places(text: str, lexicon: Lexicon) -> Iterator[int]:
    """Where what is computed may begin, the first first."""
    if not _SIGNATURE.search(text):
        return
    places = {m.end() for m in _LEADS.finditer(text)} | {m.start() for m in _LEADS.finditer(text)}
    places |= {index for index in range(len(text)) if any(True for _ in lexicon.at(text, index))}
    head = _COUNTS.search(text)
    limit = head.start() if head else len(text)
    yield from sorted(place for place in places if 0 < place < len(text) and place <= limit)[:_MOST_PLACES]
