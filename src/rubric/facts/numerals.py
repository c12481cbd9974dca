"""Numbers as people write them.

Takes a written number with what follows it; gives its exact value, its printed decimals and the rest. Never takes a
separator in the wrong place for one in the right place.
"""

import re
from fractions import Fraction
from typing import NamedTuple

_PLAIN = re.compile(r"([+-]?)([0-9][0-9,]*(?:\.[0-9]+)?|\.[0-9]+)(.*)", re.DOTALL)
_GROUPED = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?")
_LONGEST = 40

_WIDE_SIGNS = {"，": ",", "．": ".", "％": "%", "＋": "+", "－": "-", "−": "-", "–": "-", "﹣": "-", "／": "/"}
_WIDE = str.maketrans({chr(0xFF10 + digit): str(digit) for digit in range(10)} | _WIDE_SIGNS)

_HAN_DIGITS = {character: digit for digit, character in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_HAN_NUMBER = re.compile(
    "(?:([一二两三四五六七八九]?)百)?零?(?:([一二三四五六七八九]?)(十))?"
    "([零〇一二两三四五六七八九]?)(?:点([零〇一二三四五六七八九]+))?"
)


class Numeral(NamedTuple):
    """`written` is the number as it stands, in half-width signs; `rest` what follows it, without blanks."""

    value: Fraction
    decimals: int
    written: str
    rest: str


class Misplaced(NamedTuple):
    """A number with a separator that does not part three digits, and the two numbers that could be meant."""

    written: str
    first: str
    second: str


def narrow(text: str) -> str:
    """`text` with half-width digits and signs, without outer blanks."""
    return text.translate(_WIDE).strip()


def read_numeral(text: str) -> Numeral | Misplaced | None:
    """The number at the beginning of `text`; None where there is none, or only one too long to be meant."""
    match = _PLAIN.fullmatch(narrow(text))
    if match is None:
        return None
    sign, digits, rest = match.groups()
    if len(digits) > _LONGEST:
        return None
    if "," in digits and not _GROUPED.fullmatch(digits):
        return _misplaced(sign, digits, rest.strip())
    value = Fraction(digits.replace(",", ""))
    decimals = len(digits.partition(".")[2])
    return Numeral(-value if sign == "-" else value, decimals, sign + digits, rest.strip())


def read_han_numeral(text: str) -> Fraction | None:
    """`九十二点五`; up to three digits before the point."""
    match = _HAN_NUMBER.fullmatch(text)
    if match is None or not text or text.startswith("点"):
        return None
    hundreds, tens, ten, ones, places = match.groups()
    value = Fraction(0)
    if "百" in text:
        value += 100 * _HAN_DIGITS.get(hundreds or "一", 1)
    if ten:
        value += 10 * _HAN_DIGITS.get(tens or "一", 1)
    value += _HAN_DIGITS.get(ones or "零", 0)
    return value + Fraction("0." + "".join(str(_HAN_DIGITS[c]) for c in places)) if places else value


def _misplaced(sign: str, digits: str, rest: str) -> Misplaced:
    """Either the separator stands in the wrong place, or a digit too many (or the decimal point) was typed."""
    whole, point, places = digits.partition(".")
    first = f"{int(whole.replace(',', '')):,}{point}{places}"
    head, *groups = whole.split(",")
    if all(len(group) >= 3 for group in groups):
        second = ",".join((head[-3:], *(group[-3:] for group in groups))) + point + places
    elif not point and len(groups) == 1 and groups[0]:
        second = f"{head}.{groups[0]}"
    else:
        second = "另一个数（少写了数字）"
        return Misplaced(sign + digits + rest, sign + first + rest, second)
    return Misplaced(sign + digits + rest, sign + first + rest, sign + second + rest)
