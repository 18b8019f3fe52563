"""What several tests of revisions start from."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.validation.repositories import new_repository


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    return new_repository(tmp_path / "repository")
