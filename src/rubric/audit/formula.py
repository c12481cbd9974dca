"""A formula with one unknown number, as a short text.

Takes an indicator that one clause decides; gives `n/30×6`. Never evaluates, and gives nothing where a formula has words.
"""

from fractions import Fraction

from rubric.core import program as core
from rubric.core.numbers import plain
from rubric.core.walk import within
from rubric.evaluator.outcome import MissingKey
from rubric.evaluator.quantities import Setting, fact_value

_SIGNS = {"+": "+", "-": "-", "*": "×", "/": "/"}
_LOOSE = ("+", "-")


def formula_text(indicator: core.Indicator, setting: Setting, unknown: MissingKey) -> str | None:
    """The only formula of the indicator that reads `unknown`, which is written n."""
    rule = indicator.rule
    while isinstance(rule, core.Sum) and len(rule.parts) == 1:
        rule = rule.parts[0].rule
    match rule:
        case core.Formula(amount=amount):
            amounts = [amount]
        case core.BandTable(bands=bands):
            amounts = [band.amount for band in bands]
        case _:
            return None
    found = [amount for amount in amounts if any(_is_unknown(node, unknown) for node in within(amount))]
    return _text(found[0], setting, unknown) if len(found) == 1 else None


def _is_unknown(node: object, unknown: MissingKey) -> bool:
    return isinstance(node, core.FactValue) and (node.datum, node.part) == unknown


def _text(node: core.Expression, setting: Setting, unknown: MissingKey) -> str | None:
    match node:
        case core.Constant(value=value, unit=unit):
            return _number(value, unit)
        case core.FactValue(datum=datum, part=part):
            if (datum, part) == unknown:
                return "n"
            value = fact_value(setting, datum, part)
            return _number(value, setting.data[datum].unit) if isinstance(value, Fraction) else None
        case core.Named(body=body):
            return _text(body, setting, unknown)
        case core.ByReading(choice=choice, options=options):
            return _text(options[setting.reading(choice)], setting, unknown)
        case core.Arithmetic(operator=operator, left=left, right=right):
            left_text, right_text = _text(left, setting, unknown), _text(right, setting, unknown)
            if left_text is None or right_text is None:
                return None
            if operator not in _LOOSE and _is_loose(left):
                left_text = f"（{left_text}）"
            if (_is_loose(right) and operator != "+") or (operator == "/" and isinstance(right, core.Arithmetic)):
                right_text = f"（{right_text}）"
            return f"{left_text}{_SIGNS[operator]}{right_text}"
        case _:
            return None


def _is_loose(node: core.Expression) -> bool:
    return isinstance(node, core.Arithmetic) and node.operator in _LOOSE


def _number(value: Fraction, unit: core.Unit | None) -> str:
    if unit is not None and unit.dimension is core.Dimension.RATE:
        return f"{plain(value / unit.scale)}{unit.name}"
    return plain(value if unit is None else value / unit.scale)
