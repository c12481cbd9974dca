"""Which day `10月31日`, `次年1月底` and `第三季度末` are.

Takes the days a text names and the year of evaluation; gives their numbers, and the working days that the shipped calendar
and the head of a file state. Never a fact.
"""

import re
from functools import cache

import yaml

from rubric.core.dates import Calendar, day_number, days_in
from rubric.locate import data_folder
from rubric.syntax import ast
from rubric.syntax.fold import key

_DAY = re.compile(r"(\d{4})[-.年/](\d{1,2})[-.月/](\d{1,2})日?")
_SPAN = re.compile(rf"({_DAY.pattern})(?:[至到~]|\.\.)({_DAY.pattern})|({_DAY.pattern})")


def fiscal_year(document: ast.Document) -> int | None:
    """The year of the head `评价年度：2022年（2023年印发）`; None where it states none."""
    header = next((h for h in document.headers if h.key == "评价年度"), None)
    match = re.search(r"\d{4}", key(header.value)) if header is not None else None
    return int(match[0]) or None if match else None


def day_of(day: ast.Day, year: int) -> int | None:
    """The number of a day, in `year` unless it names its own; None where the calendar has no such day."""
    year = day.year if day.year is not None else year + day.shift
    return day_number(year, day.month, day.day or days_in(year, day.month)) if 1 <= day.month <= 12 else None


def calendar_of(document: ast.Document) -> Calendar:
    """The shipped calendar with the days that the head of the file adds: `节假日：`, `调休上班日：`.

    A year of which the head names a holiday is known.
    """
    shipped = shipped_calendar()
    stated = {h.key: tuple(_days(key(h.value))) for h in document.headers if h.key in ("节假日", "调休上班日")}
    off, on = stated.get("节假日", ()), stated.get("调休上班日", ())
    years = dict.fromkeys((*shipped.years, *(int(y) for h in document.headers if h.key == "节假日" for y in _years(h))))
    holidays = [d for d in shipped.holidays if d not in on]
    return Calendar(tuple(years), (*holidays, *off), (*(d for d in shipped.workdays if d not in off), *on))


def _years(header: ast.Header) -> list[str]:
    return [match[1] for match in _DAY.finditer(key(header.value))]


def _days(text: str) -> list[int]:
    found: list[int] = []
    for match in _SPAN.finditer(text):
        ends = [int(n) for n in re.findall(r"\d+", match[0])]
        days = [day_number(*ends[i : i + 3]) for i in range(0, len(ends), 3)]
        if None not in days:
            known = [d for d in days if d is not None]
            found += range(known[0], known[-1] + 1)
    return found


@cache
def shipped_calendar() -> Calendar:
    """Holidays and make-up working days of the years listed in `calendars/working-days.yaml`."""
    text = (data_folder("calendars") / "working-days.yaml").read_text(encoding="utf-8")
    years: dict[int, dict[str, object]] = yaml.safe_load(text)
    holidays: list[int] = []
    workdays: list[int] = []
    for year, stated in years.items():
        for name, found in (("holidays", holidays), ("workdays", workdays)):
            for part in re.split(r"[,\[\] ']+", str(stated[name])):
                ends = [day_number(year, *map(int, end.split("-"))) for end in part.split("..") if end]
                if ends and None not in ends:
                    first, last = ends[0], ends[-1]
                    assert first is not None and last is not None
                    found += range(first, last + 1)
    return Calendar(tuple(years), tuple(holidays), tuple(workdays))
