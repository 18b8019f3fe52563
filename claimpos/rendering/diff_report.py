"""The JSON report of a comparison, `claimpos.diff/2`; see schemas/diff.schema.json."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from itertools import product
from typing import TYPE_CHECKING, Any

from claimpos.comparison.case import AtOdds
from claimpos.comparison.reasons import VERDICTS, Verdict
from claimpos.comparison.verdicts import CellVerdict, Comparison, IssueVerdict
from claimpos.dossier.model import (
    ENTRY_TEXTS,
    Acceptance,
    Answer,
    Cell,
    Entry,
    Issue,
    Named,
    Source,
    Statement,
)
from claimpos.dossier.outcomes import Outcomes, Range
from claimpos.wording.age import newest_report
from claimpos.wording.beside_verdicts import hangs_on
from claimpos.wording.verdicts import explain_cell, explain_issue

if TYPE_CHECKING:
    from claimpos.comparison.alterations import Fragility

FORMAT = "claimpos.diff/2"


def diff_report(
    comparison: Comparison, only: Collection[Verdict] = VERDICTS, robust: bool = False
) -> dict[str, Any]:
    """The comparison as plain data; numbers are int or Decimal.

    The issues are those with one of the verdicts `only`, of which the counts do not depend. If
    `robust`, verdicts that hang on one statement are left out.
    """
    return {
        **head_report(FORMAT, comparison),
        "summary": summary_report(comparison),
        **({"one_voice": comparison.one_voice} if comparison.one_voice else {}),
        "issues": [
            _issue(verdict, comparison, cells)
            for verdict in comparison.issues
            for cells in [_shown(verdict, only, robust)]
            if cells or (not verdict.cells and verdict.verdict in only)
        ],
    }


def _shown(verdict: IssueVerdict, only: Collection[Verdict], robust: bool) -> list[CellVerdict]:
    return [
        cell for cell in verdict.cells if cell.verdict in only and not (robust and hangs_on(cell))
    ]


def head_report(form: str, comparison: Comparison) -> dict[str, Any]:
    """What the report of a comparison begins with, whatever its format."""
    return {
        "format": form,
        "dossier": comparison.dossier.title,
        "as_of": comparison.day.isoformat(),
        "newest": newest_report(comparison.newest),
        "basis": comparison.basis,
        "set_aside": comparison.set_aside,
        "parties": list(comparison.parties),
    }


def summary_report(comparison: Comparison) -> dict[str, int]:
    """How many issues have each verdict; `silent` is the part of `unresolved` that is so."""
    counts: dict[str, int] = dict(comparison.summary.items())
    return counts | {"silent": comparison.silent}


def _issue(
    verdict: IssueVerdict, comparison: Comparison, cells: Sequence[CellVerdict]
) -> dict[str, Any]:
    issue = verdict.issue
    report: dict[str, Any] = {
        "id": issue.id,
        "title": issue.title,
        "group": issue.group,
        "kind": issue.kind,
        "verdict": verdict.verdict,
        "reason": verdict.reason,
        "explanation": explain_issue(verdict),
    }
    if issue.kind == "items":
        report |= hangs_on_report(verdict.hangs_on)
        report["items"] = [
            {"id": cell.cell.item, "title": issue.items[cell.cell.item or ""], **_cell(cell)}
            for cell in cells
        ]
    else:
        report |= _cell(verdict.cells[0])
        if issue.kind == "quantity":
            report |= distances_report(verdict.cells[0])
        if issue.kind == "quantity" and verdict.verdict == "conflict":
            report["gap"] = verdict.cells[0].gap
    report["positions"] = {
        party: None
        if entry is None
        else entry_report(entry, issue, party)
        | ({"last_confirmed": entry.confirmed.isoformat()} if comparison.is_stale(entry) else {})
        for party, entry in verdict.positions.items()
    }
    return report


def _cell(cell: CellVerdict) -> dict[str, Any]:
    report: dict[str, Any] = {
        "verdict": cell.verdict,
        "reason": cell.reason,
        "explanation": explain_cell(cell),
        "outcomes": [_member(outcome) for outcome in cell.outcomes],
    }
    if cell.case.one_voice:
        report["one_voice"] = cell.case.one_voice
    if cell.without_silent is not None:
        report["without_silent"] = {
            "parties": list(cell.without_silent.parties),
            "verdict": cell.without_silent.verdict,
            "reason": cell.without_silent.reason,
        }
    report |= hangs_on_report(cell.hangs_on)
    if cell.case.ballot is not None:
        from claimpos.rendering.votes import votes_report

        report |= votes_report(cell.case, outcomes_report)
    elif cell.verdict == "conflict":
        report["at_odds"] = _at_odds(cell.case.at_odds)
    return report


def hangs_on_report(fragility: Fragility | None) -> dict[str, Any]:
    """The statements that a verdict hangs on, if any are known, under the key of reports."""
    if fragility is not None and not fragility.searched:
        return {"hangs_on_unchecked": True}
    if fragility is None or not fragility.removals:
        return {}
    removals = [
        {
            "statements": [{"party": party, "id": one.id} for party, one in removal.statements],
            "verdict": removal.verdict,
        }
        for removal in fragility.removals
    ]
    return {"hangs_on": removals}


def distances_report(cell: CellVerdict) -> dict[str, Any]:
    """Which parties are how far apart on a quantity, pair by pair, and without whom none is.

    Raises WrongUsage if there are, with those told before, more pairs than the limit allows.
    """
    number = sum(len(apart.some) * len(apart.others) for apart in cell.apart)
    cell.case.common.table.effort.tell_pairs(number)
    pairs = [
        {"parties": [one, other], "distance": apart.distance}
        for apart in cell.apart
        for one, other in product(apart.some, apart.others)
    ]
    return {"apart": pairs, "meet_without": list(cell.meeting_without)}


def _at_odds(at_odds: AtOdds) -> dict[str, Any]:
    sets = [{"parties": list(case.parties), "reason": case.reason} for case in at_odds.named]
    return {"least": at_odds.least, "sets": sets, "more": sum(at_odds.more.values())}


def entry_report(entry: Entry, issue: Issue, party: str) -> dict[str, Any]:
    """An entry as plain data, its outcomes written as in a position file."""
    report: dict[str, Any] = {"party": party, **_origin(entry), "since": entry.since.text}
    if entry.until is not None:
        report["until"] = entry.until.text
    if entry.standing:
        report["standing"] = True
    for verb, named in (("demands", entry.demands), ("proposes", entry.proposes)):
        if named:
            report[verb] = written(named, issue)
    if accepts := [one for one in entry.accepts if not one.withheld]:
        report["accepts"] = _accepts(accepts, issue)
    if entry.refuses:
        report["refuses"] = written(entry.refuses, issue)
    report |= {key: value for key in ENTRY_TEXTS if (value := getattr(entry, key))}
    report |= {"basis": entry.basis, **_grounds(entry)}
    if entry.notes:
        report["notes"] = [{"day": note.day.text, "text": note.text} for note in entry.notes]
    if entry.offer is not None:
        report["offer"] = {"id": entry.offer.id, "title": entry.offer.title}
    if entry.parts:
        report["parts"] = [entry_report(part.entry, issue, party) for part in entry.parts]
    return report


def _origin(entry: Entry) -> dict[str, Any]:
    """As whose member, and by accepting which texts, a party holds a position."""
    texts = [one.answer.text for one in entry.accepts if one.answer is not None]
    group = {"as_member_of": entry.group} if entry.group else {}
    return group | ({"by_accepting": texts} if texts else {})


def _grounds(entry: Entry) -> dict[str, Any]:
    """The statements that an entry cites, for and against it."""
    report: dict[str, Any] = {"evidence": [_statement(one) for one in entry.evidence]}
    if entry.grounds:
        report["by_verb"] = {
            verb: {"basis": entry.basis_of(verb), "evidence": [one.id for one in cited]}
            for verb, cited in entry.grounds.items()
        }
    for key, statements in (("against", entry.against), ("context", entry.context)):
        if statements:
            report[key] = [_statement(one) for one in statements]
    return report


def _accepts(accepts: Sequence[Acceptance], issue: Issue) -> Any:
    """What a party accepts: as under other verbs if it has one acceptance, without conditions."""
    found = [_accepted(acceptance, issue) for acceptance in accepts]
    if len(found) == 1 and not accepts[0].conditional:
        return found[0]
    return [each for one in found for each in (one if isinstance(one, list) else [one])]


def _accepted(acceptance: Acceptance, issue: Issue) -> Any:
    outcome = written(acceptance.outcomes, issue)
    if not acceptance.conditional:
        return outcome
    report: dict[str, Any] = {"outcome": outcome}
    if acceptance.requires:
        report["if"] = _condition(acceptance.requires)
    if acceptance.subject_to:
        report["subject-to"] = acceptance.subject_to
    return report


def _condition(requires: Named) -> dict[str, Any]:
    report: dict[str, Any] = {}
    for cell, outcomes in requires.items():
        put_outcome(report, cell, outcomes_report(outcomes))
    return report


def put_outcome(outcomes: dict[str, Any], cell: Cell, outcome: Any) -> None:
    """Add a cell's outcome to those by issue, of an issue with items by item."""
    if cell.item is None:
        outcomes[cell.issue] = outcome
    else:
        outcomes.setdefault(cell.issue, {})[cell.item] = outcome


def cell_report(cell: Cell) -> dict[str, Any]:
    """A cell as plain data: its issue and, where it is one of several items, the item."""
    return {"issue": cell.issue} | ({} if cell.item is None else {"item": cell.item})


def cells_report(cells: Iterable[Cell]) -> list[dict[str, Any]]:
    return list(map(cell_report, cells))


def written(named: Named, issue: Issue) -> Any:
    """Outcomes as a position file writes them, by the kind of their issue."""
    if issue.kind == "items":
        return {cell.item: outcomes_report(outcomes) for cell, outcomes in named.items()}
    return outcomes_report(next(iter(named.values())))


def outcomes_report(outcomes: Outcomes | Sequence[str | Range]) -> Any:
    """Outcomes of one cell as a position file writes them, one alone without a list."""
    ordered = sorted(outcomes) if isinstance(outcomes, frozenset) else outcomes
    members = [_member(outcome) for outcome in ordered]
    return members[0] if len(members) == 1 else members


def _member(outcome: str | Range) -> Any:
    if isinstance(outcome, str):
        return outcome
    if outcome.is_point:
        return outcome.low
    report = {}
    if outcome.low is not None:
        report["above" if outcome.low_open else "min"] = outcome.low
    if outcome.high is not None:
        report["below" if outcome.high_open else "max"] = outcome.high
    return report


def _statement(statement: Statement) -> dict[str, Any]:
    report: dict[str, Any] = {"id": statement.id, "speaker": None}
    if statement.speaker is not None:
        speaker = statement.speaker
        report["speaker"] = {
            "name": speaker.name,
            **({"role": speaker.role} if speaker.role else {}),
            "outside": speaker.outside,
        }
    report |= {"said": statement.said.text, "basis": statement.basis, "summary": statement.summary}
    texts = ("quote", "quote_original", "locator", "note")
    report |= {key: value for key in texts if (value := getattr(statement, key))}
    report["source"] = _source(statement.source)
    return report


def _source(source: Source) -> dict[str, Any]:
    report: dict[str, Any] = {
        "id": source.id,
        "title": source.title,
        "publisher": source.publisher,
        "date": source.date.text,
        "status": source.status,
    }
    if source.authors:
        report["authors"] = list(source.authors)
    texts = ("url", "archived", "language", "translation", "note")
    return report | {key: value for key in texts if (value := getattr(source, key))}


def answer_report(answer: Answer) -> dict[str, Any]:
    """What a party says to a text as a whole, as its file has it."""
    report: dict[str, Any] = {"says": answer.says, "since": answer.since.text}
    if answer.until is not None:
        report["until"] = answer.until.text
    if answer.excepted:
        report["except"] = cells_report(answer.excepted)
    texts = {"subject-to": answer.subject_to, "note": answer.note}
    report |= {key: text for key, text in texts.items() if text}
    return report | {"evidence": [statement.id for statement in answer.evidence]}
