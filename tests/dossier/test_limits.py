"""Limits: defaults, what the environment raises, and what it gets wrong."""

from __future__ import annotations

import pytest

from claimpos.dossier.limits import DEFAULTS, VARIABLE, how_to_raise, limit
from claimpos.errors import WrongUsage


def test_a_limit_is_its_default_until_the_environment_raises_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)
    assert {name: limit(name) for name in DEFAULTS} == DEFAULTS
    monkeypatch.setenv(VARIABLE, " file-bytes=16000000, ")
    assert limit("file-bytes") == 16_000_000
    assert how_to_raise("file-bytes") == (
        "to raise this limit, set CLAIMPOS_LIMITS=file-bytes=… to more than 16,000,000"
    )


@pytest.mark.parametrize(
    "text",
    ["file-bytes", "file-bytes=", "file-bytes=-1", "bytes=1", "=1", "file-bytes=1000000000"],
)
def test_a_text_that_is_no_limit_is_told(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setenv(VARIABLE, text)
    with pytest.raises(WrongUsage, match="which is not a limit; write name=number"):
        limit("file-bytes")
