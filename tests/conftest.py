"""How many examples the random tests try, and where remembered dossiers go meanwhile."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from typing import TypeVar

import pytest
from hypothesis import settings

settings.register_profile("default", deadline=None)
settings.register_profile("thorough", max_examples=1500, deadline=None)
settings.load_profile("default")


Test = TypeVar("Test", bound=Callable[..., None])


def examples(count: int) -> Callable[[Test], Test]:
    """So many random examples, times CLAIMPOS_FUZZ."""
    return settings(max_examples=count * int(os.environ.get("CLAIMPOS_FUZZ", "1")))


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
