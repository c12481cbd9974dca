"""A clause without the words that name classes of units.

Takes the text and the declarations; gives the text with the states of a class left out, so that what is said of each class
can be tied to the other names (`重点县覆盖率达到95%` speaks of 覆盖率). Never decides which words are a class: a state of which
at least two stand in the text.
"""

import re

from rubric.syntax.fold import key
from rubric.trying.declare import Declared, Kind

_KINDS = "(?:类|型|级)?(?:单位|部门|企业|机构|项目|学校|乡镇|街道|地区)?"


def classless(text: str, declared: tuple[Declared, ...]) -> str:
    """Each line without its classes; the text itself where it names none."""
    whole = key(text)
    for one in declared:
        states = sorted((key(s) for s in one.states if len(key(s)) >= 2), key=len, reverse=True)
        standing = [s for s in states if s in whole]
        if one.kind is Kind.STATE and len(standing) >= 2:
            words = "|".join(map(re.escape, standing))
            pattern = re.compile(rf"(?:对于|对|属于|属)?(?:{words}){_KINDS}(?:的[^,;:。\d得扣]{{0,6}})?[:,]?")
            text = "\n".join(pattern.sub("", key(line)) for line in text.split("\n"))
    return text
