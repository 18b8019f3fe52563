"""An assessment: which parties rule out terms, the draft term by term, what it leaves out.

For JSON, see schemas/assess.schema.json.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from claimpos.deals.assessment import AlternativeAssessed, Assessment, TermAssessed
from claimpos.deals.responses import Response
from claimpos.deals.side_by_side import SideBySide, side_by_side
from claimpos.dossier.model import Cell
from claimpos.rendering.document import (
    Block,
    Document,
    Group,
    Heading,
    Item,
    List,
    Paragraph,
    Table,
    paragraphs,
)
from claimpos.rendering.votes import points_of_parties, vote_blocks
from claimpos.wording.age import age_notes
from claimpos.wording.dossier_texts import capital, label
from claimpos.wording.grammar import counted
from claimpos.wording.names import (
    Words,
    cells_in_words,
    joined,
    titles_alike,
    written_date,
    written_day,
)
from claimpos.wording.responses import BEYOND_ITS_OFFER, RESPONSES_TO_PARTS, Responses
from claimpos.wording.texts import (
    CROSSED,
    NO_RED_LINES,
    alternative,
    answers_to_text,
    changes_in_words,
    common_terms,
    crossed_in_words,
    party_answers,
    step_in_words,
)

_SAYS: dict[Response, str] = {**RESPONSES_TO_PARTS, "yes": "accepts"}
# Counted with the demands, though nothing was demanded: the condition was the price of a yes.
_PRICE_NOT_PAID = "condition not met"
_COUNTED: dict[Response, str] = {
    "yes": "Accepts",
    "unsaid": "No answer",
    "beyond": "Beyond its offer",
    "gives": "Excluded by a demand",
    "crosses": "Red lines",
}
_BRACKETS = "In brackets"
_NARROW = 6
_COLUMNS = (*list(_COUNTED.values())[:2], _BRACKETS, *list(_COUNTED.values())[2:])
_ONLY_WHERE_SOME = (_BRACKETS, _COUNTED["beyond"])
_LEFT_TO_BRACKETS = (
    "“In brackets” counts terms on which a party's answer depends on how the brackets are resolved."
)
_NO_CLAIM = (
    "This compares the text with recorded positions, term by term. Accepting a term does not mean "
    "accepting the text. It is neither a prediction nor advice."
)


def assess_document(assessments: Sequence[Assessment]) -> Document:
    """One proposal, or several side by side, for people to read."""
    blocks: list[Block] = [block for one in assessments for block in _opening(one)]
    blocks += _side_by_side(assessments)
    several = len(assessments) > 1
    not_covered = Heading(f"Not covered by the {'texts' if several else 'text'}")
    blocks += [Heading("Term by term"), _terms(assessments), not_covered]
    for one in assessments:
        blocks += [Heading(capital(one.proposal.title), "part")] if several else []
        blocks.append(paragraphs(_left_out(one)))
    return Document([*blocks, Paragraph(_NO_CLAIM)])


def _opening(assessment: Assessment) -> Iterable[Block]:
    proposal, parties = assessment.proposal, assessment.table.dossier.parties
    about = [proposal.status, written_date(proposal.date)]
    if proposal.authors:
        about.append("by " + joined(parties[author].short for author in proposal.authors))
    day = written_day(assessment.day)
    title = f"{capital(label(proposal.title))}, checked against positions as of {day}"
    yield Heading(title, "title")
    age = age_notes(assessment.table.dossier, assessment.newest, assessment.day)
    answers = answers_to_text(assessment.table, proposal.id)
    lines = [f"{capital(', '.join(about))}.", *answers, *_since(assessment), *age]
    lines += [*_unheard(assessment), *points_of_parties(assessment)]
    yield paragraphs(lines)
    header, rows = _totals(assessment)
    # With one more column, its headings fit only in a table without rules.
    yield Table(header, rows, "short" if len(header) > _NARROW else "cells")
    if _COUNTED["beyond"] in header:
        yield Paragraph(BEYOND_ITS_OFFER)
    if _BRACKETS in header:
        yield Paragraph(_LEFT_TO_BRACKETS)
    yield from vote_blocks(assessment)


def _since(assessment: Assessment) -> list[str]:
    """The answers to the text that came after its day."""
    words = Words(assessment.table.dossier)
    parts = [party_answers(*later, words) for later in assessment.answered_since]
    return [f"Answered since: {' '.join(parts)}"] if parts else []


def _heard(assessment: Assessment) -> list[str]:
    """The parties that have a position on an issue with a term in the proposal."""
    table = assessment.table
    issues = {term.cell.issue for term in assessment.terms}
    return [
        party
        for party in assessment.parties
        if any(table.entry(party, issue) is not None for issue in issues)
    ]


def _unheard(assessment: Assessment) -> list[str]:
    heard = _heard(assessment)
    names = [
        assessment.table.dossier.parties[party].short
        for party in assessment.parties
        if party not in heard
    ]
    if not names:
        return []
    return [f"No recorded position on any of its terms: {joined(names)}."]


def _totals(assessment: Assessment) -> tuple[list[str], list[list[str]]]:
    """How many terms each party gives each response; some responses only where there are some."""
    labels = {party: one.label for party, one in assessment.table.dossier.parties.items()}
    counts = {party: _counted(assessment, party) for party in _heard(assessment)}
    columns = [
        name
        for name in _COLUMNS
        if name not in _ONLY_WHERE_SOME or any(count[name] for count in counts.values())
    ]
    rows = [
        [labels[party], *(str(count[name]) for name in columns), _overall(count)]
        for party, count in counts.items()
    ]
    return ["Party", *columns, "Overall"], rows


def _counted(assessment: Assessment, party: str) -> dict[str, int]:
    """How many terms a party gives each response; what it leaves to the brackets apart."""
    counts = {_COUNTED[response]: number for response, number in assessment.tally(party).items()}
    counts[_BRACKETS] = sum(_leaves_it_to_the_text(term, party) for term in assessment.terms)
    counts[_COUNTED["unsaid"]] -= counts[_BRACKETS]
    return counts


def _leaves_it_to_the_text(term: TermAssessed, party: str) -> bool:
    """Whether a party's answer depends on the brackets: it has answered each outcome in them."""
    said = [one.says[party] for one in term.alternatives if one.outcome]
    return bool(said) and term.says[party] == "unsaid" and "unsaid" not in said


def _overall(count: Mapping[str, int]) -> str:
    terms = sum(count.values())
    if ruled_out := count[_COUNTED["gives"]] + count[_COUNTED["crosses"]]:
        return f"Rules out {ruled_out} of {counted(terms, 'term', 'terms')}."
    numbers = {
        "beyond its offer on {}": count[_COUNTED["beyond"]],
        "no answer on {}": count[_COUNTED["unsaid"]],
        "{} still in brackets": count[_BRACKETS],
    }
    if left := [words.format(number) for words, number in numbers.items() if number]:
        return f"Rules out no term; {joined(left)}."
    return "Accepts every term."


def _terms(assessments: Sequence[Assessment]) -> Table:
    """A row for each term, like items in one; with several proposals, a column for each."""
    dossier = assessments[0].table.dossier
    answered = [_answered_terms(assessment) for assessment in assessments]
    values = (
        (cell, tuple(terms.get(cell, ("–", "")) for terms in answered))
        for issue in dossier.issues.values()
        for cell in issue.cells()
        if any(cell in terms for terms in answered)
    )
    rows = [[title, *_columns(row)] for title, row in titles_alike(dossier, values)]
    if len(assessments) == 1:
        return Table(["Issue", "What the text says", "Responses"], rows)
    return Table(["Issue", *(one.proposal.title for one in assessments)], rows)


def _columns(row: Sequence[tuple[str, str]]) -> list[str]:
    if len(row) == 1:
        return list(row[0])
    return ["\n".join(filter(None, texts)) for texts in row]


def _answered_terms(assessment: Assessment) -> dict[Cell, tuple[str, str]]:
    """Each term: what the text says, and the parties' answers, a line each."""
    answers = Responses(assessment.table, assessment.text)
    heard = _heard(assessment)
    return {
        term.cell: (
            _bracketed_in_words(term, answers),
            "\n".join(_bracketed(term, heard, answers)),
        )
        if term.alternatives
        else (
            answers.outcomes(term.cell, term.outcome),
            "\n".join(_answers(term, term, heard, answers)),
        )
        for term in assessment.terms
    }


def _bracketed_in_words(term: TermAssessed, answers: Responses) -> str:
    """The alternatives of a term, with their authors."""
    parts = (
        alternative(answers.outcomes(term.cell, one.outcome) if one.outcome else "", one.by, words)
        for one in term.alternatives
        for words in [answers.words]
    )
    return f"bracketed: {joined(parts, 'or')}"


def _bracketed(term: TermAssessed, heard: Sequence[str], answers: Responses) -> Iterable[str]:
    """What the parties say to each alternative, except to the one that there be no text."""
    for one in term.alternatives:
        if one.outcome:
            yield f"To {answers.outcomes(term.cell, one.outcome)}:"
            yield from _answers(term, one, heard, answers)


def _answers(
    term: TermAssessed,
    one: TermAssessed | AlternativeAssessed,
    heard: Sequence[str],
    answers: Responses,
) -> Iterable[str]:
    """What the parties say to a term or one of its alternatives; like answers share a line."""
    cell, parts = term.cell, {} if term.alternatives else term.parts
    alike: dict[tuple[Response, str, str], list[str]] = {}
    for party in heard:
        says = one.says[party]
        told_apart = answers.in_parts(cell, parts.get(party, {}))
        why = answers.why(party, cell, says, one.outcome)
        alike.setdefault((says, told_apart, why), []).append(party)
    parties = answers.table.dossier.parties
    for (says, told_apart, why), who in alike.items():
        price = says == "gives" and not answers.table.stance(who[0], cell).demands
        says_so = answers.words.of(who[0]).in_number(_SAYS[says])
        text = told_apart or (_PRICE_NOT_PAID if price else says_so)
        yield f"{', '.join(parties[one].label for one in who)}: {text} ({why})"


def _left_out(assessment: Assessment) -> list[str]:
    """What the proposal does not cover; first, that on which parties demand something."""
    table = assessment.table
    wanted: dict[str, list[Cell]] = {}
    for cell in assessment.left_out:
        for party in assessment.parties:
            if table.stance(party, cell).demands:
                wanted.setdefault(party, []).append(cell)
    names = {party: table.dossier.parties[party].short for party in wanted}
    sentences = [
        (f"{len(cells)} demands" if len(cells) > 1 else "A demand")
        + f" of {names[party]}: {cells_in_words(table.dossier, cells)}."
        for party, cells in wanted.items()
    ]
    demanded = {cell for cells in wanted.values() for cell in cells}
    if others := [cell for cell in assessment.left_out if cell not in demanded]:
        begin = "Also not" if sentences else "Not"
        sentences.append(f"{begin} covered: {cells_in_words(table.dossier, others)}.")
    return sentences or ["Nothing on the agenda."]


def _side_by_side(assessments: Sequence[Assessment]) -> list[Block]:
    """A section on two or more texts; nothing on one."""
    if len(assessments) < 2:
        return []
    found = side_by_side(assessments)
    dossier = assessments[0].table.dossier
    text = common_terms(found, len(assessments), dossier)
    differ: list[Block] = [Heading("Where the texts differ"), Paragraph(text)]
    if found.common:
        differ += [
            Paragraph("Of these common terms, each party rules out:"),
            _ruled_out(found, assessments),
        ]
    steps = [
        Item(step_in_words(step), [Item(text) for text in changes_in_words(step, dossier)])
        for step in found.steps
    ]
    changed: list[Block] = [Heading("What each text changes"), List(steps)]
    return [Group(differ), Group(_red_lines(found, assessments)), Group(changed)]


def _red_lines(found: SideBySide, assessments: Sequence[Assessment]) -> list[Block]:
    """Whose red lines each text crosses, a row for each term, like sub-issues in one."""
    dossier = assessments[0].table.dossier
    if not found.red_lines:
        return [Paragraph(NO_RED_LINES)]
    rows = [
        [title, *(crossed_in_words(one, dossier) for one in row)]
        for title, row in titles_alike(dossier, found.red_lines.items())
    ]
    header = ["Issue", *(one.proposal.title for one in assessments)]
    return [Heading("Whose red lines each text crosses"), Paragraph(CROSSED), Table(header, rows)]


def _ruled_out(found: SideBySide, assessments: Sequence[Assessment]) -> Table:
    parties = assessments[0].table.dossier.parties
    rows = [
        [parties[party].label, *(str(counts[party]) for counts in found.ruled_out)]
        for party in assessments[0].parties
    ]
    return Table(["Party", *(one.proposal.title for one in assessments)], rows, "short")
