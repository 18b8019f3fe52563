"""What verdicts hang on, in words."""

from __future__ import annotations

from claimpos.comparison.coding_choices import Choice, Recoding
from claimpos.comparison.reasons import Verdict
from claimpos.comparison.removals import Fragility, Removal
from claimpos.comparison.verdicts import CellVerdict
from claimpos.dossier.model import Cell, Dossier, Statement
from claimpos.wording.names import cells_title, label, written_date
from claimpos.wording.positions import BASIS_WORDS, citation
from claimpos.wording.reasons import VERDICT_WORDS


def hangs_on(verdict: CellVerdict) -> str:
    """That a verdict is known to hang on one statement, or on each of several; else nothing."""
    fragility, dossier = verdict.hangs_on, verdict.case.common.table.dossier
    if fragility is None or not fragility.removals or fragility.least > 1:
        return ""
    if len(fragility.removals) > 1:
        return f"Hangs on each of {len(fragility.removals)} statements."
    ((party, statement),) = fragility.removals[0].statements
    return f"Hangs on one statement: {_in_short(party, statement, dossier)}."


def _in_short(party: str, statement: Statement, dossier: Dossier) -> str:
    name = dossier.parties[party].label
    return f"{name}, {written_date(statement.said)}, {BASIS_WORDS[statement.basis]}"


def removal_in_words(removal: Removal, dossier: Dossier) -> str:
    """Statements without which a verdict is another, and what it then is."""
    cited = [
        f"{dossier.parties[party].label}: {citation(statement)}"
        for party, statement in removal.statements
    ]
    without = "this" if len(cited) == 1 else "both"
    return f"{' – and '.join(cited)}. Without {without}: {VERDICT_WORDS[removal.verdict]}"


def fragility_in_words(fragility: Fragility) -> str:
    """How many statements it takes to change a verdict."""
    ways = len(fragility.removals)
    if not fragility.searched:
        return "There are too many statements to look at"
    if fragility.least == 1:
        which = "one statement" if ways == 1 else f"each of {ways} statements"
        return f"This verdict hangs on {which}"
    if ways:
        times = "" if ways == 1 else f", in {ways} ways"
        return f"No single statement decides this verdict; two together do{times}"
    if fragility.searched == 1:
        return "No single statement decides this verdict; there are too many pairs to look at"
    return "No single statement and no pair decides this verdict; it takes at least three"


_RECODED: dict[tuple[str, Recoding], str] = {
    ("demands", "as-proposal"): "if its demand were read as a proposal",
    ("proposes", "without-verb"): "if its proposal were left out",
    ("accepts", "without-verb"): "if its acceptance were left out",
    ("accepts", "without-condition"): "if it accepted this without conditions",
    ("refuses", "without-verb"): "if its rejection were left out",
}


def choice_in_words(choice: Choice, verdict: Verdict, cell: Cell, dossier: Dossier) -> str:
    """How an entry could have been coded otherwise, and the verdict on a cell that would follow."""
    elsewhere = "" if choice.cell == cell else f" on {label(cells_title(dossier, [choice.cell]))}"
    since = written_date(choice.since)
    recoding = _RECODED[choice.verb, choice.recoding]
    party = dossier.parties[choice.party].label
    return f"{party}{elsewhere}, entry of {since}, {recoding}: {VERDICT_WORDS[verdict]}"


def choices_in_words(count: int | None) -> str:
    """How many choices of coding decide a verdict; None if they are too many to look at."""
    if count is None:
        return "There are too many choices of coding to look at"
    if not count:
        return "This verdict hangs on no single choice of coding"
    which = "one choice" if count == 1 else f"each of {count} choices"
    return f"This verdict hangs on {which} of coding"
