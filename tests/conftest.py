"""How many examples the random tests try, and where remembered dossiers go meanwhile."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings

DEFAULT = 100
TENFOLD = 10 * DEFAULT
# How quickly examples come, and how large they are, says nothing about what is tested.
CHECKS = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]

settings.register_profile(
    "default", max_examples=DEFAULT, deadline=None, suppress_health_check=CHECKS
)
settings.register_profile("thorough", settings.get_profile("default"), max_examples=TENFOLD)
settings.load_profile("default")


def times(count: int) -> int:
    """So many in the default run; ten times as many in the profile `thorough`.

    The environment variable CLAIMPOS_FUZZ multiplies either.
    """
    return count * settings().max_examples // DEFAULT * int(os.environ.get("CLAIMPOS_FUZZ", "1"))


def examples(count: int) -> settings:
    """How many random examples a test tries, in the default run; see `times`."""
    return settings(max_examples=times(count))


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-sessions",
        action="store_true",
        help="write what the commands print now into the golden sessions",
    )


@pytest.fixture(autouse=True, scope="session")
def _own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        patch.delenv("CLAIMPOS_POSITIONS", raising=False)
        for variable in ("NO_COLOR", "FORCE_COLOR", "CLAIMPOS_DEBUG", "COLUMNS", "GITHUB_ACTIONS"):
            patch.delenv(variable, raising=False)
        yield
