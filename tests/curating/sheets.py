"""A dossier, a text, and worksheets of it that are filled in as people fill them in."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from claimpos import load_dossier
from claimpos.curating.code_text import new_worksheet
from claimpos.dossier.paragraphs import paragraphs_of

TEXT = """\
Second round at the harbour

The Dockers' Union and the Port Authority met on Tuesday in the old customs house.

“Six per cent is the least that members will vote for,” said Ann Lee, who chairs the union. She
said of a rota for weekends: “We will never sign that.”

The port's director, Bo Berg, told reporters that it could pay up to four and a half per cent.

Rain is expected for the rest of the week.
"""
FILES = {
    "agenda.yaml": """\
title: Wages at the harbour
quote-words: 12
groups: {pay: Pay, hours: Working time}
issues:
  pay-rise:
    title: Pay rise
    question: By how much do wages rise on 1 January, in per cent?
    group: pay
    kind: quantity
    unit: per cent
    minimum: 0
  weekend:
    title: Weekend work
    question: May the port be worked at weekends?
    group: hours
    kind: choice
    options: {banned: none, voluntary: by volunteers, rota: by rota}
    note: A rota names the same people in turn.
  night:
    title: Night work
    question: Who works at night?
    group: hours
    kind: items
    items: {cranes: the cranes, gates: the gates}
    options: {everyone: all in turn, volunteers: volunteers alone}
""",
    "union.yaml": """\
party: union
name: Dockers' Union
short: the union  # as in a sentence
speakers:
  doyle: {name: Pat Doyle, role: secretary}
statements:
  six:
    source: harbour-news
    speaker: doyle
    basis: stated
    summary: Six per cent is the least.
  # what follows was told later
  weekends-off:
    source: harbour-news
    basis: reported
    summary: No weekends.
positions:
  pay-rise:
    - since: 2026-02-03
      demands: {min: 6}
      evidence: [six]
  weekend:
    - since: 2026-02-03
      proposes: banned
      refuses: rota   # never
      evidence: [weekends-off]
""",
    "port.yaml": """\
party: port
name: Port Authority
short: the port
statements: {}
positions: {}
""",
    "sources.yaml": """\
sources:
  harbour-news: {title: Talks open, publisher: Harbour News, date: 2026-02-03, status: press}
  gazette:   # the second round
    title: Second round at the harbour
    publisher: Gazette
    date: 2026-03-10
    status: press
""",
}
CODEBOOK = """\
1. **Statements first.** Write each thing said once.
2. **No weather.** Forecasts are no positions.
"""


def harbour(folder: Path) -> Path:
    """A dossier of the harbour in a folder, with a source that nothing was taken from yet."""
    positions = folder / "positions"
    positions.mkdir()
    for name, text in FILES.items():
        (positions / name).write_text(text, encoding="utf-8", newline="")
    (positions / "CODEBOOK.md").write_text(CODEBOOK, encoding="utf-8", newline="")
    return positions


def sheet_of(positions: Path, text: str = TEXT, source: str = "gazette") -> str:
    """The worksheet of a text, not filled in."""
    parties = [*load_dossier(positions).parties.values()]
    return new_worksheet(positions, source, paragraphs_of(text), parties)


def filled_in(sheet: str, fields: Mapping[str, Mapping[str, str]]) -> str:
    """The worksheet with fields filled in, by the heading that they stand under."""
    for heading, values in fields.items():
        start = re.search(rf"(?m)^#+ {re.escape(heading)}$", sheet)
        assert start, heading
        end = sheet.find("\n#", start.end())
        end = len(sheet) if end < 0 else end
        part = sheet[start.end() : end]
        for key, value in values.items():
            field = re.search(rf"(?m)^{re.escape(key)}:.*$", part)
            line = f"{key}: {value}"
            if field:
                part = part[: field.start()] + line + part[field.end() :]
            else:
                part += f"{line}\n"
        sheet = sheet[: start.end()] + part + sheet[end:]
    return sheet
