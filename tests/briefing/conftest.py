"""The dossier that most tests of briefings read."""

from __future__ import annotations

import pytest

from claimpos.dossier.model import Dossier
from tests.support import talks


@pytest.fixture(scope="session")
def dossier() -> Dossier:
    return talks()
