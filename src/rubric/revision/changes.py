"""What a comparison of two editions gives.

Takes nothing; gives the frozen values that `compare` fills: changes with their meaning, their proof or their witnesses.
Never words for people: `reporting` makes them.
"""

from collections.abc import Mapping
from enum import StrEnum
from fractions import Fraction

import attrs

from rubric.core import program as core
from rubric.core.intervals import Interval
from rubric.core.record import Record
from rubric.revision.alignment import Alignment, IndicatorPair
from rubric.revision.wording import Replaced


class Kind(StrEnum):
    """What was done. Each change has one; where several were done in one place, the first of this order."""

    ADDED = "新增指标"
    REMOVED = "删除指标"
    RENAMED = "指标更名"
    MOVED = "指标移位"
    POINTS = "分值调整"
    CLAUSE_ADDED = "新增条款"
    CLAUSE_REMOVED = "删除条款"
    BANDS = "分档调整"
    STEPS = "扣分调整"
    FORMULA = "公式或定义调整"
    JUDGED = "评判内容调整"
    EFFECTS = "否决与豁免调整"
    READING = "口径明确"
    OTHER_READING = "口径改变"
    TEXT = "文字调整"
    TOTAL = "总分规则调整"
    ROUNDING = "计分方式调整"
    NOT_APPLICABLE = "不适用处理调整"
    GRADES = "等级调整"


class Meaning(StrEnum):
    """The new clause against the old one, over all facts. UNKNOWN: no solver; UNDECIDED: the solver gave no answer."""

    EQUAL = "等价"
    STRICTER = "更严"
    LOOSER = "更宽"
    MIXED = "有严有宽"
    INCOMPARABLE = "不可比"
    UNKNOWN = "未知"
    UNDECIDED = "未能确定"


class Ground(StrEnum):
    """Why the meaning is what it is said to be."""

    SAME = "计算式相同"
    PROVED = "求解器证明"
    WITNESSED = "实例与求解器证明"
    PARTLY = "只有实例"
    STRUCTURE = "结构变化"
    NONE = "没有结论"


@attrs.frozen
class Condition:
    """A quantity within bands, or a datum in one of some states. What it says holds wherever the editions differ so."""

    name: str
    unit: core.Unit | None = None
    bands: tuple[Interval, ...] = ()
    states: tuple[str, ...] = ()


@attrs.frozen
class Region:
    """Where the new edition is stricter or looser: there all `conditions` hold. `exact`: and nowhere else do they all."""

    direction: Meaning
    conditions: tuple[Condition, ...]
    exact: bool


@attrs.frozen
class Standing:
    """The score of an indicator under one edition; `score` is rounded as issued, None while it cannot be decided.

    `away` are points not applicable. `exact` is the score before rounding.
    """

    score: Fraction | None
    exact: Fraction | None
    away: Fraction


@attrs.frozen
class Witness:
    """A made-up department that shows it, in the facts of either edition, and what each gives it.

    Of a department of the whole table, `about` are the facts that matter, and the standings are its totals.
    """

    direction: Meaning
    old_record: Record
    new_record: Record
    old: Standing
    new: Standing
    about: Record | None = None


@attrs.frozen
class Settled:
    """A 口径 that the new edition no longer leaves open. `other` is a reading of the old edition that it excludes.

    `meaning` compares the new edition with the old one read as `other`.
    """

    choice: str
    taken: str
    other: str
    meaning: Meaning
    witness: Witness | None


@attrs.frozen
class Verdict:
    """`reason` says why nothing better can be said, where that is so."""

    meaning: Meaning
    ground: Ground
    witnesses: tuple[Witness, ...] = ()
    regions: tuple[Region, ...] = ()
    reason: str = ""


@attrs.frozen
class Reworded:
    """A clause whose words changed, with the old and the new text as issued and the words that matter."""

    path: str
    old: str
    new: str
    words: tuple[Replaced, ...]


@attrs.frozen
class Change:
    """One change. An empty `indicator` means the total. `path` is that of the clause in the new edition (in the old one
    where it is gone), empty for the whole indicator.

    `aspects` are all kinds met in this place, `kind` the first of them. `of` are what kinds of rule changed names or
    numbers: (what, before, after) in words of the field. `silent` is true where the issued text is the same and the
    meaning is not. `also` holds clauses of the indicator whose words changed without effect.
    """

    kind: Kind
    indicator: str
    path: str
    verdict: Verdict
    aspects: tuple[Kind, ...] = ()
    text_old: str = ""
    text_new: str = ""
    words: tuple[Replaced, ...] = ()
    of: tuple[tuple[str, str, str], ...] = ()
    settled: tuple[Settled, ...] = ()
    data_added: tuple[str, ...] = ()
    data_removed: tuple[str, ...] = ()
    silent: bool = False
    also: tuple[Reworded, ...] = ()
    old_name: str = ""

    @property
    def meaning(self) -> Meaning:
        return self.verdict.meaning


@attrs.frozen
class Unchanged:
    """An indicator of which nothing that matters changed. `ground` says how that is known."""

    indicator: str
    verdict: Verdict

    @property
    def meaning(self) -> Meaning:
        return self.verdict.meaning


@attrs.frozen
class Revision:
    """`indicators` maps each indicator of both editions, by its new name, to the meaning of its changes taken together."""

    alignment: Alignment
    changes: tuple[Change, ...]
    unchanged: tuple[Unchanged, ...]
    indicators: Mapping[str, Verdict]

    @property
    def old(self) -> core.Program:
        return self.alignment.old

    @property
    def new(self) -> core.Program:
        return self.alignment.new

    @property
    def is_empty(self) -> bool:
        return not self.changes and not self.alignment.redefined

    def pair(self, indicator: str) -> IndicatorPair | None:
        return next((p for p in self.alignment.indicators if p.new.name == indicator), None)
