"""Exact numbers.

Takes decimal texts and fractions; gives fractions and decimal texts. Never a binary float.
Rounding is half up (四舍五入, half away from zero), the rule of GB/T 8170's everyday use in fiscal tables.
"""

import re
from fractions import Fraction

ZERO = Fraction(0)
ONE = Fraction(1)
HUNDREDTH = Fraction(1, 100)

_DECIMAL = re.compile(r"[+-]?\d+(?:\.\d+)?")


def exact(text: str) -> Fraction:
    """The fraction a plain decimal text stands for, such as `92.85`; ValueError for anything else."""
    if not _DECIMAL.fullmatch(text):
        raise ValueError(text)
    return Fraction(text)


def round_half_up(value: Fraction, places: int) -> Fraction:
    """`value` to `places` decimals, ties away from zero."""
    scale = 10**places
    scaled = abs(value) * scale
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    return Fraction(whole if value >= 0 else -whole, scale)


def fixed(value: Fraction, places: int) -> str:
    """`value` with exactly `places` decimals, rounded half up: `fixed(Fraction(5), 2) == "5.00"`."""
    rounded = round_half_up(value, places)
    sign = "-" if rounded < 0 else ""
    digits = str(abs(rounded.numerator) * 10**places // rounded.denominator).rjust(places + 1, "0")
    return f"{sign}{digits[:-places]}.{digits[-places:]}" if places else sign + digits


def plain(value: Fraction, places: int = 4) -> str:
    """The shortest decimal text of `value`: exact where it ends within `places`, else rounded half up to them."""
    text = fixed(value, places)
    return (text.rstrip("0").rstrip(".") or "0") if "." in text else text
