"""How many examples random tests try, on how many cores tests run, and in which surroundings."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator
from functools import cache

import pytest
import typer
from hypothesis import HealthCheck, settings

from claimpos.cli import app
from claimpos.dossier import files, memory

SLOW = 10  # seconds
# The files whose tests take longest, together.
LONG = (
    "hostile/test_inert_text.py",
    "reports/test_nothing_later.py",
    "briefing/test_page_states.py",
    "briefing/test_page_addresses.py",
    "briefing/test_page_taken.py",
    "validation/test_hostile_git.py",
    "positions/test_deals.py",
    "briefing/test_page_in_browser.py",
    "hostile/test_bounds.py",
    "rendering/test_word.py",
    "clients/test_action.py",
    "dossier/test_party_conversion.py",
    "rendering/test_deals.py",
    "oracle/test_dossiers.py",
    "validation/test_remedies_applied.py",
    "validation_rules/test_cases.py",
    "validation_rules/test_quotes.py",
    "test_house.py",
    "test_packaging.py",
    "test_library.py",
)
FULL = 100
FEWEST = 5
# How quickly examples come, and how large they are, says nothing about what is tested.
CHECKS = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]

# These two try the same examples each time, so that a failure belongs to a change; `thorough` looks
# for others.
settings.register_profile(
    "full", max_examples=FULL, deadline=None, suppress_health_check=CHECKS, derandomize=True
)
settings.register_profile("default", settings.get_profile("full"), max_examples=FULL // 16)
settings.register_profile(
    "thorough", settings.get_profile("full"), max_examples=10 * FULL, derandomize=False
)
settings.load_profile("default")

# Processes that tests start compile claimpos once and share the result.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
# Walking what a test still uses in search of garbage is slow: it is done after the test.
gc.set_threshold(1_000_000, 20, 20)
MUCH = 100_000


def times(count: int) -> int:
    """A number of examples: `count` in the profile `full`, a sixteenth of it by default.

    In `thorough`, it is ten times `count`. By default it is at least five, or `count` if that is
    less. The environment variable CLAIMPOS_FUZZ multiplies the number.
    """
    return max(count * settings().max_examples // FULL, min(count, FEWEST)) * fuzz()


def fuzz() -> int:
    return int(os.environ.get("CLAIMPOS_FUZZ", "1"))


def examples(count: int, thorough: int | None = None) -> settings:
    """The settings of a random test that tries `count` examples in the profile `full`; see `times`.

    `thorough` is how many it tries in the profile of this name, if not ten times as many.
    """
    if thorough is not None and settings().max_examples > FULL:
        return settings(max_examples=thorough * fuzz())
    return settings(max_examples=times(count))


@pytest.hookimpl(tryfirst=True)
def pytest_cmdline_main(config: pytest.Config) -> None:
    """Run the whole suite on all cores; a part of it is faster in one process.

    A file's tests stay together, because some files install programs. `-n 0` uses one process.
    """
    if "PYTEST_XDIST_WORKER" in os.environ:
        return  # a worker is asked the same, and must not start workers of its own
    whole = config.args_source is pytest.Config.ArgsSource.TESTPATHS
    if whole and config.getoption("numprocesses", 0) is None:
        config.option.numprocesses = "auto"
        config.option.dist = "loadfile"
        config.option.loadscopereorder = False  # which would have files of the most tests first


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run the longest files first, so that at the end no core waits for another."""
    items.sort(key=lambda item: not item.path.as_posix().endswith(LONG))


def pytest_collection_finish() -> None:
    """Have the tests themselves, which stay in memory, passed over when garbage is collected."""
    gc.collect()
    gc.freeze()


def pytest_runtest_logfinish() -> None:
    """Collect garbage after a test that leaves many objects; what is kept is not walked again."""
    if gc.get_count()[0] > MUCH:
        gc.collect()
        gc.freeze()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Name the tests that are too slow for a run that people wait for; they do not fail."""
    reports = [report for some in terminalreporter.stats.values() for report in some]
    slow = [one for one in reports if getattr(one, "duration", 0) > SLOW]
    if slow and times(1) == 1:
        terminalreporter.section(f"more than {SLOW} s, which no test should take")
        for one in sorted(slow, key=lambda report: -report.duration):
            terminalreporter.line(f"{one.duration:6.1f} s {one.when:8} {one.nodeid}")


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


@pytest.fixture(autouse=True)
def _nothing_read_yet() -> None:
    """What a test writes may get the place on the disk of a file that an earlier test has read."""
    files._read_here.clear()


@pytest.fixture(autouse=True, scope="session")
def _done_once_in_this_process() -> Iterator[None]:
    """Keep what every command does at its beginning: the process of the tests runs thousands."""
    put_together = app.app_for
    app_of = cache(lambda *command: put_together(command))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(app, "app_for", lambda words: app_of(*words[:1]))
        patch.setattr(typer.main, "get_command", cache(typer.main.get_command))
        patch.setattr(memory, "_state_of_code", cache(memory._state_of_code))
        yield
