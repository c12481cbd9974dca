"""The preferred spelling of each sign and of the words in an author's lines.

Takes nothing; gives what the formatter prints and a message shows where the language accepts several spellings. The
grammar cannot be asked: Lark sorts the spellings of a terminal by length. A test lexes each spelling back to its terminal.
"""

from collections.abc import Mapping
from types import MappingProxyType

# Signs by their terminal. A minus is full-width, because a half-width one between two numbers reads as a range.
PREFERRED: Mapping[str, str] = MappingProxyType(
    {
        "EQ": "=",
        "GE": "≥",
        "GT": ">",
        "LE": "≤",
        "LT": "<",
        "PLUS": "+",
        "MINUS": "－",
        "MUL": "×",
        "DIV": "/",
        "LPAR": "（",
        "RPAR": "）",
        "BAR": "|",
        "COMMA": "，",
        "PAUSE": "、",
        "SIGMA": "Σ",
    }
)

# Words and signs of a line of 数据 or 口径.
COLON = "："
BETWEEN_PARTS = "，"
BETWEEN_SENTENCES = "；"
BETWEEN_STATES = "／"
SHORT_NAME = "简称"
OTHER_NAME = "即"
AT_LEAST = "不低于"
AT_MOST = "不超过"
ORIGIN = "来源"
MAY_BE_NEGATIVE = "可为负"
WHOLE = "整数"
DASH_IS_ZERO = "—为0"
RISING, FALLING = "正向", "反向"
AGAINST = "参照"
UNCHANGEABLE = "不可变"
TO = "-"
OPENING, CLOSING = "“", "”"
