"""The examples in the documentation of the package run as printed."""

import doctest
from importlib import import_module

import pytest

import rubric


@pytest.mark.parametrize("name", ["rubric", "rubric.api"])
def test_examples_in_docstrings(name: str) -> None:
    results = doctest.testmod(import_module(name), optionflags=doctest.ELLIPSIS)
    assert results.attempted > 0
    assert results.failed == 0


def test_every_public_name_is_documented() -> None:
    for name in rubric.__all__:
        if name not in {"__version__", "FactsLike"}:
            assert getattr(rubric, name).__doc__, name
