"""The dossier of tests/cases/dossier with one file put in, and what is found in that file."""

from __future__ import annotations

import re
import shutil
from datetime import date
from pathlib import Path

from claimpos.dossier.findings import Finding
from claimpos.dossier.loading import load_folder
from claimpos.validation.checking import check_folder
from claimpos.validation.for_agenda import party_schema_for

CASES = Path(__file__).resolve().parents[1] / "cases"
TODAY = date(2026, 1, 1)

_ENDS = {
    "party": "party: the-party\n",
    "name": "name: A case\n",
    "positions": "positions: {}\n",
}
_USER = """\
party: user
name: One who uses what the case leaves unused
statements: {said: {source: paper, basis: stated, summary: So.}}
positions:
"""
_USED = {
    "status": "  status: [{since: 2025, accepts: [barred, deferred, open], evidence: [said]}]\n",
    "regions": "  regions: [{since: 2025, accepts: {all: [ours, theirs]}, evidence: [said]}]\n",
}


def found_in(
    folder: Path,
    name: str,
    text: str,
    stale_after: int | None = None,
    schema_copy: str | None = None,
) -> list[Finding]:
    """What is found in a file of this name and text within the dossier of the cases."""
    shutil.copytree(CASES / "dossier", folder)
    target = folder / name
    target.parent.mkdir(exist_ok=True)
    target.write_text(text, encoding="utf-8")
    agenda = (folder / "agenda.yaml").read_text("utf-8")
    used = [line for issue, line in _USED.items() if f"  {issue}:\n" in agenda]
    (folder / "user.yaml").write_text(_USER + "".join(used) + "  {}\n" * (not used), "utf-8")
    if schema_copy is not None:
        special = party_schema_for(load_folder(folder).dossier)
        old = special.replace("Barred", "Prohibited") if schema_copy == "stale" else special
        (folder / "party.schema.json").write_text(old, "utf-8")
        name = "agenda.yaml"
    findings = check_folder(folder, TODAY, stale_after).findings
    return [one for one in findings if one.source.path.endswith(f"/{name}")]


def completed(text: str) -> str:
    """A piece of a party's file with the keys that every such file has, at its end."""
    text = text.replace("party: case\n", "party: the-party\n")
    ends = [end for key, end in _ENDS.items() if not re.search(rf"^{key}:", text, re.MULTILINE)]
    if not re.search(r"^statements:", text, re.MULTILINE):
        cited = dict.fromkeys(re.findall(r"\b(said|hinted)\b", text))
        basis = {"said": "stated", "hinted": "inferred"}
        lines = [
            f"  {one}: {{source: paper, said: 2024-01-01, basis: {basis[one]}, summary: So.}}\n"
            for one in cited
        ]
        ends.append("statements:\n" + "".join(lines) if lines else "statements: {}\n")
    return text + "".join(ends)
