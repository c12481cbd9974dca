"""Days and times as written.

Takes the folded words of a deadline; gives the day or the time they name, with what they say of its ends. Never a year that
the words do not name: `10月31日` is a day of every year, and `semantics` says of which.
"""

import re
from fractions import Fraction

import attrs

from rubric.source import NOWHERE, Span
from rubric.syntax.conditions import Sign, Timely
from rubric.syntax.numerals import chinese, split_unit
from rubric.syntax.terms import Day, Number

TIMED = frozenset(
    {
        "DEADLINE",
        "AFTERWARDS",
        "DAY_RANGE",
        "WITHIN_TIME",
        "TIME_BAND",
        "ON_TIME",
        "SINCE",
        "LATE",
        "EARLY",
        "LATE_STEP",
        "PROSE",
    }
)
# Units in which time is counted, each with the one it is compared in and how many of that it is.
TIME_UNITS = {
    **dict.fromkeys(
        ("天", "日", "自然日", "个自然日", "日历日", "个日历日", "日历天", "个日历天"), ("天", Fraction(1))
    ),
    **dict.fromkeys(("周", "星期", "个星期"), ("天", Fraction(7))),
    **dict.fromkeys(("工作日", "个工作日"), ("工作日", Fraction(1))),
    **dict.fromkeys(("月", "个月"), ("月", Fraction(1))),
    **dict.fromkeys(("季度", "个季度"), ("月", Fraction(3))),
    "年": ("月", Fraction(12)),
    **dict.fromkeys(("小时", "个小时"), ("小时", Fraction(1))),
    "分钟": ("小时", Fraction(1, 60)),
    "秒": ("小时", Fraction(1, 3600)),
}
_DAY = re.compile(
    r"(?:(?P<year>\d{4}|次|下一?|翌|第二|上一?|前一|当|本|该|同|每|今|明|去|考核|评价|预算)年度?的?)?"
    r"(?:(?P<month>\d{1,2}|[一二三四五六七八九十]{1,3}|次|当|本|每|下|上)月份?(?:(?P<day>\d{1,2}|[一二三四五六七八九十]{1,3})[日号]|"
    r"(?P<part>[上中]旬|月?[底末]|下旬))?|第?(?P<quarter>[一二三四1-4])季度[末底]?|(?P<half>[上下])半年[末底]?|年[底末终])"
)
_SHIFTS = {"次": 1, "下": 1, "下一": 1, "翌": 1, "第二": 1, "明": 1, "上": -1, "上一": -1, "前一": -1, "去": -1}
_MARK = r"\((?:[^()]*[,、])?(不?)含(?!批)[^()]*\)"
_SHORT_DAY = re.compile(r"(\d{1,2})[日号]")
_WITHIN = re.compile(
    r"(?P<lead>(?:之日|之时|当日|当天|次日)?(?:起|之后|以后|后|始|开始)(?:计算|算)?的?,?)?(?:应当?|须)?(?:在|于)?"
    r"(?P<time>(?:\d+(?:\.\d+)?|[一二两三四五六七八九十百千]+)[^()之以内]+?)(?P<mark>\([^()]*\))?(?:之内|以内|内)"
)


def limit_of(terminal: str, words: str, span: Span) -> Timely:
    """The limit that a token names; what is done, and since what, stands beside it."""
    match terminal:
        case "WITHIN_TIME":
            return _time_limit(words, span)
        case "TIME_BAND":
            return _time_band(words, span)
        case "DAY_RANGE":
            return _day_range(words, span)
        case "DEADLINE" | "AFTERWARDS":
            match = _DAY.search(words)
            assert match is not None
            mark = _inclusive(words)
            if terminal == "AFTERWARDS" and mark:  # 3月31日（含）后: not the days after it alone
                return Timely(low=day_of(match, span), words=words, span=span)
            day = day_of(match, span)
            return Timely(day, after=terminal == "AFTERWARDS", inclusive=mark, words=words, span=span)
        case _:
            return Timely(words=words, span=span)


def day_of(match: re.Match[str], span: Span) -> Day:
    """The day that words name; a month, a quarter or a year alone is its last day."""
    year = match["year"] or ""
    number = int(year) if year.isdigit() else None
    month, day = 12, None
    if match["month"]:
        named = re.fullmatch(r"\d+|[一二三四五六七八九十]+", match["month"])
        month = int(_number(match["month"])) if named else 0
        day = int(_number(match["day"])) if match["day"] else {"上旬": 10, "中旬": 20}.get(match["part"] or "")
    elif match["quarter"]:
        month = int(_number(match["quarter"])) * 3
    elif match["half"]:
        month = 6 if match["half"] == "上" else 12
    return Day(month, day, number, _SHIFTS.get(year, 0), match[0], span=span)


def days_in_words(words: str, span: Span) -> tuple[Day, ...]:
    """Every day that folded words name."""
    return tuple(day_of(match, span) for match in _DAY.finditer(words) if _named(match))


def one_day(words: str, span: Span) -> Day | None:
    """The day that folded words name and nothing else (`12月31日`, `次年1月底前`): the day itself, as one on schedule keeps it."""
    match = _DAY.fullmatch(re.sub("之?前$", "", words))
    return attrs.evolve(day_of(match, span), inclusive=True) if match and _named(match) else None


def _named(match: re.Match[str]) -> bool:
    """Whether a month is named, not 次月 or 每月."""
    return day_of(match, NOWHERE).month > 0


def _day_range(words: str, span: Span) -> Timely:
    first = _DAY.search(words)
    assert first is not None
    low = day_of(first, span)
    rest = words[first.end() :]
    second = _DAY.search(rest)
    if second is not None:
        high = day_of(second, span)
        same = high.year is None and not high.shift
        high = attrs.evolve(high, year=low.year, shift=low.shift) if same else high
    else:
        short = _SHORT_DAY.search(re.sub(_MARK, "", rest))
        assert short is not None
        high = attrs.evolve(low, day=int(short[1]))
    return Timely(high, low, inclusive=True, words=words, span=span)


def _time_limit(words: str, span: Span) -> Timely:
    match = _WITHIN.match(words)
    assert match is not None
    value, unit = split_unit(match["time"])
    lead = match["lead"] or ""
    counts = True if lead.startswith("当") else False if lead.startswith("次") else _start_told(words)
    time = Number(value, unit, span=span)
    open_end = _inclusive(words) is False and counts is None
    return Timely(time=time, time_sign="<" if open_end else "<=", counts_start=counts, words=words, span=span)


def _start_told(words: str) -> bool | None:
    """`（批复当日不计）`: whether the day of the event counts."""
    told = re.search(r"\([^()]*(?:当日|当天)(不?)(?:计|算)|\([^()]*(不)(?:计|算)[^()]*(?:当日|当天)", words)
    return None if told is None else not (told[1] or told[2])


_LENGTH = re.compile(
    rf"第?(\d+(?:\.\d+)?|[一二两三四五六七八九十百千]+)({'|'.join(sorted(TIME_UNITS, key=len, reverse=True))})?"
    r"((?:\([^()]*\))?(?:及?以上|以后|之后|后|以外|以下|(?:之|以)?内|之间|期间)?(?:\([^()]*\))?)"
)


def _time_band(words: str, span: Span) -> Timely:
    """`超过24小时不足48小时`, `第31日至第60日`, `40日以后`: two ends, or one."""
    found = list(_LENGTH.finditer(words))
    unit = next(m[2] for m in reversed(found) if m[2])
    numbers = [
        Number(split_unit(f"{m[1]}{m[2] or unit}")[0], split_unit(f"1{m[2] or unit}")[1], span=span) for m in found
    ]
    before = words[: found[0].start()]
    over = re.search("超|大于|长于|逾", before) is not None and not re.search("不超|未超", before)
    first = found[0][3]
    if len(found) == 1:
        if over:
            return Timely(time=numbers[0], time_sign=">", words=words, span=span)
        if "上" in first:
            return Timely(time=numbers[0], time_sign=">" if "不含" in first else ">=", words=words, span=span)
        if "后" in first or "外" in first:
            return Timely(time=numbers[0], time_sign=">", words=words, span=span)
        short = re.search("少于|不足|低于|小于", before) is not None or "不含" in first
        return Timely(time=numbers[0], time_sign="<" if short else "<=", words=words, span=span)
    between = words[found[0].end() : found[1].start()]
    low: Sign = ">" if over or "后" in first or "不含" in first else ">="
    high: Sign = "<" if re.search("不足|不满|不到|少于|低于|未满", between) or "不含" in found[1][3] else "<="
    return Timely(time=numbers[1], time_sign=high, least=numbers[0], least_sign=low, words=words, span=span)


def from_event(words: str) -> bool:
    """Whether a time is tied to what stands before it: `之日起30日内`, `后5个工作日内`."""
    match = _WITHIN.match(words)
    return match is not None and bool(match["lead"])


def _inclusive(words: str) -> bool | None:
    match = re.search(_MARK, words)
    return None if match is None else not match[1]


def _number(text: str) -> Fraction:
    return Fraction(text) if text.isdigit() else chinese(text)
