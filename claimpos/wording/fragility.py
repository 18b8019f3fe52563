"""What verdicts hang on, in words."""

from __future__ import annotations

from claimpos.comparison.removals import Fragility, Removal
from claimpos.comparison.verdicts import CellVerdict
from claimpos.dossier.model import Dossier, Statement
from claimpos.wording.names import written_date
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
    label = dossier.parties[party].label
    return f"{label}, {written_date(statement.said)}, {BASIS_WORDS[statement.basis]}"


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
    return "No one or two statements decide this verdict: it takes at least three"
