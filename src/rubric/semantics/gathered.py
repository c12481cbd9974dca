"""What lowering one indicator gathers.

Takes nothing; gives the `Gathered` that the modules of this room fill while they turn an indicator into core, and the
words they share: paths of clauses, short labels, fingerprints. Nobody outside the room sees it.
"""

import hashlib
import re
from fractions import Fraction

from rubric.core import program as core
from rubric.diagnostics.model import Diagnostic
from rubric.semantics.expressions import Lowering
from rubric.semantics.resolve import Scope, items_of
from rubric.semantics.typecheck import Typing
from rubric.source import SourceText
from rubric.syntax import ast
from rubric.syntax.fold import key
from rubric.syntax.numerals import split_unit

ZERO = core.Constant(Fraction(0))

# 如 and 若 open a condition, but not in 如实填报, 如期完成, 若干.
_IF = re.compile(r"如果|假如|倘若|若(?!干)|凡是?|如(?!实(?!际)|期|约|数|常|上|下)")


class Gathered:
    """The indicator being lowered and what has come of it so far."""

    def __init__(
        self,
        source: SourceText,
        indicator: ast.Indicator,
        scope: Scope,
        typing: Typing,
        shared_words: frozenset[str],
        found: list[Diagnostic],
    ) -> None:
        self.source = source
        self.indicator = indicator
        self.typing = typing
        self.shared_words = shared_words
        self.found = found
        self.choices: dict[str, core.Choice] = {}
        self.judgements: dict[str, core.Judgement] = {}
        self.overrides: dict[str, list[core.Override]] = {}
        self.asked: list[core.Datum] = []
        self.measures: dict[str, str] = {}
        self.doubt = (
            ""  # code of an error in a 否决, 豁免 or 口径 rule: without it no score of the indicator is certain
        )
        self.lowering = Lowering(scope, self.choice_name)
        self.items = {item.path: item for item in items_of(indicator.cell)}

    def within(self, indicator: ast.Indicator) -> "Gathered":
        """For the same indicator with another cell: its own overrides, and all else shared."""
        inner = Gathered(self.source, indicator, self.lowering.scope, self.typing, self.shared_words, self.found)
        inner.choices, inner.judgements, inner.asked = self.choices, self.judgements, self.asked
        inner.measures, inner.lowering = self.measures, self.lowering
        return inner

    def choice_name(self, word: str) -> str:
        return f"{self.indicator.name}·{word}" if key(word) in self.shared_words else word


def path_of(scope: str) -> str:
    """`第1点(2)` → `1（2）`."""
    if circled := re.fullmatch(r"第?([①-⑳])(?:点|项|条|款|小项)?", scope):
        return str(ord(circled[1]) - ord("①") + 1)
    if numbered := re.fullmatch(r"第([\d一二三四五六七八九十]+)(?:项|条|款|小项)", scope):
        return str(int(split_unit(numbered[1] + "项")[0]))
    match = re.fullmatch(r"第(\d+)点((?:\(\d+\))*)", scope)
    return match[1] + match[2].replace("(", "（").replace(")", "）") if match else ""


def label_of(text: str) -> str:
    """A short key made from a sentence: its words up to the first pause, at most 24 characters."""
    plain = re.sub(r"[（(]\s*\d+(\.\d+)?\s*分\s*[）)]", "", text).strip().strip("。；;，,")
    short = re.split(r"[，,。；;：:]", plain)[0]
    bracket = re.split(r"[（(]", short)[0]
    if len(bracket) >= 4:
        short = bracket
    if len(short) > 24:
        pause = short.rfind("、", 0, 24)
        short = short[: pause if pause >= 8 else 24]
    return short


# What follows the condition: 的不得分, 的得满分, 的直接得分.
_OUTCOME = re.compile(
    r"的?[，,]?\s*(不得分|不计分|[得计记]零分|得\s*0\s*分|直接得满?分|视同满分|得满分|(实行)?一票否决).*$"
)


def question_of(text: str) -> str:
    """The key of a condition that only a person can decide: its words without the 如果 or 凡 that opens them."""
    text = text.lstrip()
    opening = _IF.match(text)
    text = _OUTCOME.sub("", text[opening.end() :] if opening else text)
    return label_of(text)


def fingerprint(text: str) -> str:
    """Eight hexadecimal digits of a sentence; blanks, widths and quotation marks do not count."""
    return hashlib.sha256(key(text).encode("utf-8", "surrogatepass")).hexdigest()[:8]
