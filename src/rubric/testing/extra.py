"""Hypothesis, which is an optional extra.

Takes nothing; gives its strategies, or says what to install. Never imported before a strategy is made.
"""

from typing import Any


def strategies() -> Any:
    """`hypothesis.strategies`; ImportError, with what to install, where it is not there."""
    try:
        from hypothesis import strategies as found
    except ImportError as error:
        raise ImportError('没有安装 hypothesis，不能按性质测试；pip install "rubric-lang[test]"') from error
    return found
