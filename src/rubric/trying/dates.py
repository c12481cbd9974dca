"""Dates beside a clause: the year of its days, the units of times, which date is which.

Takes the text and the declarations with their values; gives the year of evaluation, units, phrases that tie dates to words,
and what 逾期 means between two dates. Never a score.

The year: a clause alone has no 评价年度, so `10月31日` is that of the year in which the days of the text lie nearest to the
dates given, summed over all cases; of two as near, the earlier.
"""

import re
from collections.abc import Iterator, Mapping, Sequence

import attrs

from rubric.core.dates import day_number, day_parts
from rubric.semantics.days import day_of
from rubric.semantics.deadlines import AHEAD, DELAY
from rubric.source import NOWHERE
from rubric.syntax import grammar
from rubric.syntax.dates import TIME_UNITS, days_in_words
from rubric.syntax.fold import key
from rubric.syntax.slots import sentences_of
from rubric.trying.declare import Declared, Given, Kind
from rubric.trying.phrases import Bound, likeness

_DATE = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_PLANNED = re.compile("计划|约定|规定|合同|要求|应|截止|截至|到期|目标|期限|限定|批复|法定|承诺|预定|原定")
_OUTCOME = r"(?=的?,?(?:[得扣减加计记]|可得|不得分|不计分|不扣分|\(\d))"


def year_of(text: str, cases: Sequence[Mapping[str, Given]]) -> int | None:
    """The year of evaluation; None where the text names no day without a year, or no date is given."""
    days = [day for day in days_in_words(key(text), NOWHERE) if day.year is None]
    given = [number for case in cases for value in case.values() if (number := _number(value)) is not None]
    if not days or not given:
        return None
    years = range(day_parts(min(given))[0] - 2, day_parts(max(given))[0] + 3)

    def distance(year: int) -> int:
        numbers = [number for day in days if (number := day_of(day, year)) is not None]
        return sum(min((abs(number - one) for number in numbers), default=10**6) for one in given)

    return min(years, key=distance)


def _number(value: Given) -> int | None:
    match = _DATE.fullmatch(value) if isinstance(value, str) else None
    return day_number(int(match[1]), int(match[2]), int(match[3])) if match else None


def timed(text: str, declared: tuple[Declared, ...], cases: Sequence[Mapping[str, Given]]) -> tuple[Declared, ...]:
    """The declarations, plain numbers that are times with their unit.

    The unit is that of the values or of the name (逾期天数, 到场分钟数); a delay or a time taken without one has that of the
    text. Days of delay are working days where the text counts the delay in them.
    """
    whole = key(text)
    steps = [m[0] for m in grammar.words_of("LATE_STEP").finditer(whole)]
    limits = [m[0] for m in grammar.words_of("WITHIN_TIME").finditer(whole)]
    limits = limits or [m[0] for m in re.finditer(f"[\\d一二三四五六七八九十]+个?({'|'.join(TIME_UNITS)})", whole)]
    late = any(grammar.words_of(word).search(whole) for word in ("LATE", "EARLY", "LATE_STEP"))
    found: list[Declared] = []
    for one in declared:
        values = [v for case in cases if isinstance(v := case.get(one.name), str)]
        unit = _unit(one.name, values) if one.kind is Kind.NUMBER else ""
        delay = late and (DELAY.search(one.name) or AHEAD.search(one.name)) is not None
        of_text = _last_unit(steps) if delay else _last_unit(limits) if _TAKEN.search(one.name) else ""
        if one.kind is Kind.NUMBER and (unit or not re.search("数$|[次份项人件个]$", one.name)):
            if delay and unit in ("", "天") and (of_text == "工作日" or not unit):
                unit = of_text or "天"
            elif not unit:
                unit = of_text or _compared_unit(one.name, whole)
        if unit:
            bound = "，不低于-99999" if any(v.lstrip().startswith("-") for v in values) else ""
            one = attrs.evolve(one, kind=Kind.TIME, item=f"{unit}{bound}")
        found.append(one)
    return tuple(found)


def _compared_unit(name: str, whole: str) -> str:
    """The unit of the time that a name is compared with: `平均候诊时间≤30分钟`."""
    match = re.search(rf"{re.escape(key(name))}[^,;。\d]{{0,8}}\d+(?:\.\d+)?(分钟|小时|个?工作日|天|日)", whole)
    return match[1].removeprefix("个") if match else ""


_TAKEN = re.compile("用时|时长|时间|时限|耗时|历时|间隔|周期|工期|响应|到场|到达")
_NAMED_UNIT = re.compile(
    "(工作日|自然日|天|日|小时|分钟|个?月|周|年)数$|[(（](工作日|自然日|天|日|小时|分钟|个?月|周|年)[)）]$|(工作日|小时|分钟)$"
)


def _unit(name: str, values: list[str]) -> str:
    match = _NAMED_UNIT.search(name)
    if match is not None:
        return next(group for group in match.groups() if group)
    ends = {m[0] for v in values if (m := re.search(r"[^\d.\s]+$", v.strip())) is not None}
    if not ends or not ends <= TIME_UNITS.keys() or len({TIME_UNITS[end][0] for end in ends}) > 1:
        return ""
    return min(ends, key=lambda end: (TIME_UNITS[end][1], end)).removeprefix("个")  # the finest of 20分钟, 3小时


def _last_unit(words: list[str]) -> str:
    """The unit in which words name a time: `每逾期一个工作日`, `2小时内`."""
    units = [m[0] for word in words if (m := _TIME_AT_END.search(re.sub(r"\(.*?\)|[之以]?内", "", word))) is not None]
    return units[0].removeprefix("个") if units else ""


_TIME_AT_END = re.compile(f"(?:{'|'.join(sorted(TIME_UNITS, key=len, reverse=True))})$")


def date_phrases(text: str, declared: tuple[Declared, ...], cases: Sequence[Mapping[str, Given]]) -> Iterator[Bound]:
    """Words for dates where several are given: since what a time runs, and what is done by then."""
    dates = [d.name for d in declared if d.kind is Kind.DATE]
    if len(dates) < 2:
        return
    free = dict.fromkeys(dates)
    for sentence in sentences_of(text):
        for match in grammar.words_of("WITHIN_TIME").finditer(sentence):
            start = re.search(r"(?:自|从|在|,|^)?(?P<words>[^,;。自从]{1,20})$", sentence[: match.start()])
            done = re.match(rf"(?P<words>[^,;。]+?){_OUTCOME}", sentence[match.end() :])
            if start is None or len(free) < 2:
                continue
            first, second = _pair(list(free), start["words"], done["words"] if done else "", cases)
            yield Bound(first, start["words"])
            free.pop(first)
            if done:
                yield Bound(second, done["words"])
                free.pop(second)
        for match in grammar.words_of("DEADLINE").finditer(sentence):
            done = re.match(rf"(?P<words>[^,;。]+?){_OUTCOME}", sentence[match.end() :])
            before = re.search(r"(?P<words>[^,;。]+)$", sentence[: match.start()])
            words = done["words"] if done else before["words"] if before else ""
            whole = (before["words"] if before else "") + words
            scored = sorted(((likeness(name, whole), name) for name in free), reverse=True)
            if words and scored and (len(scored) == 1 or scored[0][0] > scored[1][0]):
                yield Bound(scored[0][1], words)


def _pair(dates: list[str], start: str, done: str, cases: Sequence[Mapping[str, Given]]) -> tuple[str, str]:
    """The date of the event and the date of what is done after it: by their words, else by which comes first."""

    def score(first: str, second: str) -> tuple[int, bool]:
        alike = likeness(first, start) + likeness(second, done)
        return alike, all(_earlier(case.get(first, ""), case.get(second, "")) for case in cases)

    pairs = [(a, b) for a in dates for b in dates if a != b]
    return max(pairs, key=lambda pair: score(*pair))


def _earlier(first: Given, second: Given) -> bool:
    start, end = _number(first), _number(second)
    return start is not None and end is not None and start <= end


def delay_between(text: str, declared: tuple[Declared, ...]) -> Iterator[str]:
    """`“逾期”指实际完工日期-计划完工日期`, where the text names no limit itself and one of two is the plan."""
    whole = key(text)
    limits = ("DEADLINE", "AFTERWARDS", "DAY_RANGE", "WITHIN_TIME")
    if any(grammar.words_of(limit).search(whole) for limit in limits):
        return
    for kind in (Kind.DATE, Kind.NUMBER, Kind.TIME):
        names = [d.name for d in declared if d.kind is kind]
        planned = [n for n in names if _PLANNED.search(n)]
        if len(names) == 2 and len(planned) == 1:
            actual = next(n for n in names if n not in planned)
            for terminal, (first, second) in (("LATE", (actual, planned[0])), ("EARLY", (planned[0], actual))):
                word = grammar.words_of(terminal).search(whole)
                compared = word is not None and whole.startswith("于", word.end()) and key(planned[0]) in whole
                if word is not None and not compared:
                    yield f"“{word[0]}”指{first}-{second}"
            return
