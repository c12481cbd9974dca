"""How many units may have a grade: `优秀比例不超过30%`, `其中优秀单位控制在参评单位总数的20%以内`.

Takes folded text; gives where such words stand. They speak of all units together, so they take and give nothing
where one unit is scored.
"""

import re

_GRADE = "(?:优秀|良好|优|良|合格|先进|[A-D]|一[等级类])"
_QUOTA = re.compile(
    rf"(?:(?<=^)|(?<=[,;。])|\()(?:其中,?|原则上,?)?(?:(?:评为|评定为|获评|获得|被评为){_GRADE}|{_GRADE}(?:等次|等级|档次|档)?)(?:等次|等级|档次|档)?的?"
    r"(?:单位|部门|街道|项目|人员)?(?:的?(?:数量|个数|家数|总数|名额|比例|占比|率))?"
    r"(?:原则上|一般|应|要)?(?:不超过|不得超过|不高于|不多于|控制在|限定在|限于|最多占|最多不超过|至多|≤)"
    r"(?:(?:全部|所有|本年度)?(?:参评|考核|被考核|参加考核|参与评价)?(?:单位|部门|街道|项目|人员)?(?:总数|总量|个数|数量|数)?的?)"
    r"\d+(?:\.\d+)?%(?:以内|以下|之内)?\)?(?=[;。]|$|,(?![得计记扣加每]|不[得扣加]|的))"
)


def quota(folded: str) -> tuple[int, int] | None:
    """Where words about the number of units of a grade stand; None where there are none."""
    match = _QUOTA.search(folded)
    return match.span() if match is not None else None


def without_quotas(folded: str) -> str:
    return _QUOTA.sub("", folded)
