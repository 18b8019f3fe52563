"""The whole suite is shared out among the cores, by one process only."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

import pytest

from tests.conftest import pytest_cmdline_main

SOURCES = pytest.Config.ArgsSource


def shared_out(source: SOURCES, **options: Any) -> Any:
    """In how many processes pytest is to run, given where it looks for tests and its options."""
    option = SimpleNamespace(**options)
    config = SimpleNamespace(args_source=source, option=option)
    config.getoption = lambda name, default: getattr(option, name, default)
    pytest_cmdline_main(cast(pytest.Config, config))
    return getattr(option, "numprocesses", None)


def test_the_whole_suite_is_unless_something_else_is_asked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("PYTEST_XDIST_WORKER", raising=False)
    assert shared_out(SOURCES.TESTPATHS, numprocesses=None) == "auto"
    assert shared_out(SOURCES.TESTPATHS, numprocesses=0) == 0
    assert shared_out(SOURCES.TESTPATHS) is None, "xdist is switched off"
    assert shared_out(SOURCES.ARGS, numprocesses=None) is None


def test_a_worker_starts_no_workers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTEST_XDIST_WORKER", "gw0")
    assert shared_out(SOURCES.TESTPATHS, numprocesses=None) is None
