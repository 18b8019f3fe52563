"""A source, a statement: what rests on it, in the words of all other reports."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from claimpos.rendering.renderers import rendered
from claimpos.rendering.show import Record
from claimpos.rendering.show_piece import source_document, statements_document
from tests.cli.in_process import claimpos
from tests.support import short_dossier, write_short


@pytest.mark.parametrize(
    ("plural", "verbs"), [(False, "demands, rejects"), (True, "demand, reject")]
)
def test_verbs_are_named_where_evidence_is_given_by_verb(
    tmp_path: Path, plural: bool, verbs: str
) -> None:
    grounds = {"demands": ["said-so"], "refuses": ["said-so"], "reserves": ["said-so-maybe"]}
    said = {"demands": "on", "refuses": "off", "reserves": "when", "evidence": grounds}
    agenda = {"war": {"options": ["on", "off"]}}
    dossier = short_dossier(
        tmp_path, agenda, {"anns": {"war": said}}, {}, {"anns": {"plural": plural}}
    )
    record = Record(dossier, date(2026, 1, 1), "inferred")
    text = rendered(source_document(record, dossier.sources["paper"]))
    assert f"– War, since 2025: {verbs}\n" in text
    anns = dossier.parties["anns"]
    text = rendered(statements_document(record, [(anns, anns.statements["said-so-maybe"])]))
    assert text.rstrip().endswith(f"– War, since 2025: leave{'' if plural else 's'} open")


def test_all_that_has_one_id_is_shown(tmp_path: Path) -> None:
    agenda = {"road": {"options": ["toll", "free"]}, "paper": {"options": ["a", "b"]}}
    parties = {"ann": {"road": {"demands": "toll"}}, "road": {"road": {"demands": "free"}}}
    terms = {"road": "toll"}
    drafts = {one: {"title": f"Draft {one}", "terms": terms} for one in ("road", "paper")}
    folder = write_short(tmp_path, agenda, parties, drafts)

    def titles(name: str, *options: str) -> list[str]:
        shown = claimpos("show", name, "--positions", str(folder), *options).stdout
        return re.findall(r"(?m)^(.*), as of ", shown)

    assert titles("road") == ["Road", "Road", "Draft road"]
    assert titles("road", "--as-of", "2024") == ["Road", "Road"]
    assert titles("paper") == ["Paper", "Draft paper", "A paper"]
    assert titles("ann") == ["Ann"]
