"""How quoted words stand in reports, with the original ones where the dossier has them."""

from __future__ import annotations

from pathlib import Path

import pytest

from claimpos import load_dossier
from claimpos.briefing.data import brief_report
from claimpos.comparison.verdicts import compare_all
from claimpos.wording.positions import quotation, quoted
from tests.cli.in_process import claimpos
from tests.cli.process import WORKED

ORIGINAL = "in the original: “только если”"


@pytest.fixture
def translated(tmp_path: Path) -> Path:
    for path in WORKED.glob("*.yaml"):
        text = path.read_text("utf-8").replace(
            "quote: only if", "quote: only if, quote-original: только если"
        )
        (tmp_path / path.name).write_text(text, "utf-8")
    return tmp_path


def test_the_original_words_stand_beside_the_quote(translated: Path) -> None:
    dossier = load_dossier(translated)
    (statement,) = (
        one for one in dossier.parties["russia"].statements.values() if one.quote_original
    )
    assert quoted(statement) == f"“only if” ({ORIGINAL})"
    report = brief_report(compare_all(dossier, ["russia", "ukraine"], "2025-03-14"))
    assert ORIGINAL in " ".join(note["quoted"] for note in report["notes"])
    for command in ("show russia", "brief russia ukraine", "brief russia ukraine --format html"):
        asked = (*command.split(), "--as-of", "2025-03-14", "--positions", str(translated))
        assert ORIGINAL in " ".join(claimpos(*asked).stdout.split())


def test_words_cannot_end_their_quotation() -> None:
    told = quotation("only if”. The port accepts: “yes", "x”, y “z", back_translated=False)
    assert told == "“only if’. The port accepts: ‘yes” (in the original: “x’, y ‘z”)"
