"""A name that is known otherwise: an old id, or the source of a text."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from claimpos import Dossier
from claimpos.dossier.lookup import issue_named, party_named, proposal_named
from claimpos.errors import UnknownName
from tests.support import short_dossier


@pytest.fixture
def dossier(tmp_path: Path) -> Dossier:
    choice: dict[str, Any] = {"options": ["x", "y"]}
    agenda = {
        "truce": {**choice, "formerly": ["cease-fire", "halt"]},
        "exchange": {**choice, "formerly": ["halt"]},
    }
    besides = {"ann": {"formerly": ["annabel"]}}
    return short_dossier(tmp_path, agenda, {"ann": {}, "bo": {}}, {}, besides)


@pytest.mark.parametrize(
    ("name", "new"),
    [("cease-fire", ("truce",)), ("Cease-Fire", ("truce",)), ("halt", ("truce", "exchange"))],
)
def test_an_old_id_of_an_issue_leads_to_the_new_one(
    dossier: Dossier, name: str, new: tuple[str, ...]
) -> None:
    with pytest.raises(UnknownName, match="it was renamed") as refused:
        issue_named(dossier, name)
    assert refused.value.nearest == new


def test_an_old_id_of_a_party_leads_to_the_new_one(dossier: Dossier) -> None:
    with pytest.raises(UnknownName, match="it was renamed") as refused:
        party_named(dossier, "annabel")
    assert refused.value.nearest == ("ann",)


def test_what_was_never_an_id_is_only_like_one(dossier: Dossier) -> None:
    with pytest.raises(UnknownName) as refused:
        issue_named(dossier, "truc")
    assert refused.value.nearest == ("truce",)
    assert refused.value.more == ""


def test_a_source_stands_for_the_text_that_is_from_it(dossier: Dossier) -> None:
    source = next(iter(dossier.sources.values()))
    text = short_text(dossier, source.id)
    with pytest.raises(UnknownName, match="that is a source") as refused:
        proposal_named(text, source.id)
    assert refused.value.nearest == ("draft",)


def short_text(dossier: Dossier, source: str) -> Dossier:
    """The dossier with a text from this source."""
    from claimpos.dossier.model import PartialDate, Proposal

    day = dossier.sources[source].date
    assert isinstance(day, PartialDate)
    draft = Proposal("draft", "Draft", day, "draft", dossier.sources[source], {})
    return dossier._replace(proposals={"draft": draft})
