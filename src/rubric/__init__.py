"""`rubric`: a language in which an issued scoring table runs as it was issued.

    >>> import rubric
    >>> table = rubric.load("2022")
    >>> table.program.title
    '部门整体支出绩效评价共性指标体系框架'

Takes nothing; gives the names of `rubric.api`, imported when first used, so that `import rubric` costs next to nothing.
"""

from typing import TYPE_CHECKING

from rubric.version import __version__

if TYPE_CHECKING:
    from rubric.api import (
        FactsLike,
        Rubric,
        RubricError,
        ScoredResult,
        compare,
        compile,
        impact,
        load,
    )
    from rubric.reporting.comparison import Comparison, ImpactReport

__all__ = [
    "Comparison",
    "FactsLike",
    "ImpactReport",
    "Rubric",
    "RubricError",
    "ScoredResult",
    "__version__",
    "compare",
    "compile",
    "impact",
    "load",
]


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    if name in ("Comparison", "ImpactReport"):
        from rubric.reporting import comparison

        return getattr(comparison, name)
    from rubric import api

    return getattr(api, name)


def __dir__() -> list[str]:
    return __all__
