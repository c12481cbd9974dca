"""Profiles and switches of the whole suite."""

import os

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile("default", deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("thorough", deadline=None, max_examples=2000, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--record", action="store_true", help="write recorded renderings anew instead of comparing them")


@pytest.fixture
def recording(request: pytest.FixtureRequest) -> bool:
    """Whether recorded texts are to be written anew (`pytest --record`)."""
    return bool(request.config.getoption("--record"))
