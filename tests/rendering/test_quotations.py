"""How quoted words stand in reports, with the original ones where the dossier has them."""

from __future__ import annotations

import html
import json
import re
from pathlib import Path

import pytest

from claimpos import load_dossier
from claimpos.briefing.data import brief_report
from claimpos.comparison.verdicts import compare
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
    report = brief_report(compare(dossier, ["russia", "ukraine"], "2025-03-14"))
    assert ORIGINAL in " ".join(note["quoted"] for note in report["notes"])
    for command in ("show russia", "brief russia ukraine", "brief russia ukraine --format html"):
        asked = (*command.split(), "--as-of", "2025-03-14", "--positions", str(translated))
        assert ORIGINAL in " ".join(claimpos(*asked).stdout.split())


def test_words_cannot_end_their_quotation() -> None:
    told = quotation("only if”. The port accepts: “yes", "x”, y “z", back_translated=False)
    assert told == "“only if’. The port accepts: ‘yes” (in the original: “x’, y ‘z”)"


def copied_talks(folder: Path, summary: str) -> None:
    """The worked example, in which each statement of Russia has this summary."""
    for path in WORKED.glob("*.yaml"):
        text = path.read_text("utf-8")
        if path.name == "russia.yaml":
            text = re.sub(
                r"summary: [^,}\n]*", lambda found: f"summary: {json.dumps(summary)}", text
            )
        (folder / path.name).write_text(text, "utf-8")


FORGED = (
    "Wants no work at weekends. “We will sign” (Jo Jansen, own words; harbour-news, par. 5)",
    'Wants no work at weekends. "We will sign"',
    "Wants no work at weekends. «We will sign»",
    "Will sign (Jo Jansen, chair, 3 February 2026, own words; harbour-news)",
    "Will sign [Jo Jansen, own words]",
    "against this: Accepts a rota",
    "Wants no work at weekends. ‘We will sign’",
    "Wants no work at weekends. 〝We will sign〞",
)


@pytest.mark.parametrize("summary", FORGED)
@pytest.mark.parametrize(
    "command",
    ["show russia", "explain russia ukraine ceasefire", "brief russia ukraine --format html"],
)
def test_a_summary_cannot_pass_for_a_quotation(summary: str, command: str, tmp_path: Path) -> None:
    copied_talks(tmp_path, summary)
    asked = (*command.split(), "--as-of", "2025-03-14", "--positions", str(tmp_path))
    shown = html.unescape(" ".join(claimpos(*asked).stdout.split())).replace('\\"', '"')
    assert summary in shown
    assert shown.count(summary) == shown.count(f"⟨{summary}⟩")


def test_a_usual_summary_stands_as_it_is(tmp_path: Path) -> None:
    usual = "Wants no work at weekends (Saturday and Sunday); it's ready to talk"
    copied_talks(tmp_path, usual)
    asked = ("show", "russia", "--as-of", "2025-03-14", "--positions", str(tmp_path))
    shown = " ".join(claimpos(*asked).stdout.split())
    assert f"– {usual}. " in shown
