"""How a verdict came about, for the terminal: outcome by outcome, party by party."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from claimpos.rendering.show import Page
from claimpos.wording.names import capital, one_line

Data = Mapping[str, Any]


def explain_text(report: Data, page: Page) -> str:
    """The report as text on a page: the steps, then the positions with their evidence."""
    page.head(f"{report['title']}: how the verdict on {report['names']} was reached")
    page.line(report["question"], indent=0)
    page.line(report["conclusion"], indent=0)
    for step in report["steps"]:
        _step(step, page)
    if report["steps"]:
        page.section("Evidence")
    for told in report["positions"]:
        _positions(report, told["issue"], page)
    page.sources()
    return page.text()


def _step(step: Data, page: Page) -> None:
    page.section(f"{step['number']}. {step['title']}")
    if step["led_to"]:
        page.line("Required by a condition above:")
    for outcome in step["outcomes"]:
        page.line(f"{capital(outcome['in_words'])}: {outcome['because']}")
        for answer in outcome["answers"]:
            _answer(answer, page)
    if step["conclusion"]:
        page.line(step["conclusion"])


def _answer(answer: Data, page: Page) -> None:
    inferred = " (inferred)" if answer["basis"] == "inferred" else ""
    page.line(f"{capital(answer['name'])} {answer['in_words']}{inferred}", indent=4)
    for condition in answer["conditions"]:
        state = f", {condition['met']}" if len(answer["conditions"]) > 1 else ""
        page.line(f"– on this condition{state}:", indent=6)
        for required in condition["requires"]:
            page.line(f"{required['in_words']}: {required['because']}", indent=8)
        if condition["subject_to"]:
            told = f"also required: {one_line(condition['subject_to'])}"
            page.line(f"{told} (no issue on the agenda settles this)", indent=8)


def _positions(report: Data, issue_id: str, page: Page) -> None:
    issue = page.dossier.issues[issue_id]
    for party_id in report["parties"]:
        party = page.dossier.parties[party_id]
        page.lines.append("")
        page.line(f"{issue.title}, {party.label}", 2, "bold")
        standing = page.positions.standing(party_id, issue_id)
        if standing.entry is not None:
            page.entry(standing.entry, issue)
        elif standing.lapsed is not None:
            page.silence(standing)
        else:
            page.line("No recorded position")
