"""The rules of CODEBOOK.md that the files can be held against: words, days, an explicit no."""

from __future__ import annotations

import re
from datetime import date
from itertools import chain

import pytest

from tests.positions.test_files import dossier, entries, statements

EXPLICIT_NO = re.compile(
    r"\b(never|unacceptable|impossible|refuses?|rejects?|rules? out|turns? down|objects?|"
    r"not up for discussion|not in question|cannot compromise|no compromise|"
    r"does not (?:accept|agree|recognise)|will not|would not|accepts no|may not|no point)\b",
    re.IGNORECASE,
)

NO_REFUSAL = {
    "russia/bishkek-pledge": "what it would undertake",
    "russia/putin-not-fully": "a yes in part, on conditions",
    "us/april-nato": "what its text has Ukraine undertake",
    "us/points-nato": "what its draft has others write down, which it does not call its last word",
}
"""Summaries with such a word that need no `refuses`, and why."""


def refusing() -> set[str]:
    """The statements on which a refusal rests, of an outcome or of a text."""
    found: set[str] = set()
    for party, entry in entries():
        if entry.refuses:
            cited = [*entry.evidence, *entry.against, *entry.context]
            found |= {f"{party.id}/{statement.id}" for statement in cited}
    for party in dossier.parties.values():
        for answer in chain.from_iterable(party.answers.values()):
            if answer.says == "refuses":
                found |= {f"{party.id}/{statement.id}" for statement in answer.evidence}
    return found


def test_an_explicit_no_is_a_refusal() -> None:
    said = {name for name, one in statements() if EXPLICIT_NO.search(one.summary)}
    assert len(said) > 20
    assert said - refusing() == NO_REFUSAL.keys()


@pytest.mark.parametrize(
    ("summary", "no"),
    [
        ("Calls the conditions unacceptable.", True),
        ("Rules out a compromise on five regions.", True),
        ("Will never recognise the land as Russian.", True),
        ("Wants a ceasefire of 30 days.", False),
        ("Calls a swap possible.", False),
    ],
)
def test_what_reads_as_an_explicit_no(summary: str, no: bool) -> None:
    assert bool(EXPLICIT_NO.search(summary)) is no


def test_a_source_is_as_late_as_what_it_tells() -> None:
    assert not [name for name, one in statements() if one.source.date.last < one.said.first]


def test_nothing_is_known_after_the_summer_of_2026() -> None:
    last = max(source.date.last for source in dossier.sources.values())
    assert last.isoformat() <= "2026-07-02"
    assert all(entry.since.last <= last for _, entry in entries())


def test_what_an_offer_joins_ends_together() -> None:
    joined = {entry.offer.id for _, entry in entries() if entry.offer}
    assert joined == {"istanbul-2022", "truce-2025", "truce-terms-2025", "truce-package-2025"}
    for party, entry in entries():
        if entry.offer and entry.offer.until and entry.until:
            assert entry.until.last <= entry.offer.until.last, (party.id, entry.issue)


ANSWERS = {
    ("europe", "us-28-points-2025-11"): ("2025-11-22", "accepts-as-basis"),
    ("russia", "us-28-points-2025-11"): ("2025-11-27", "accepts-as-basis"),
    ("russia", "paris-declaration-2026-01"): ("2026-01-08", "refuses"),
    ("russia", "open-letter-2026-06"): ("2026-06-05", "refuses"),
    ("russia", "istanbul-communique-2022"): ("2026-06-23", "accepts-as-basis"),
}
"""What parties said of a text as a whole, as far as the sources read bear it out."""


def test_answers_to_texts() -> None:
    found = {
        (party.id, text): (answers[-1].since.text, answers[-1].says)
        for party in dossier.parties.values()
        for text, answers in party.answers.items()
    }
    assert found == ANSWERS


MONTHS = [date(2000, month, 1).strftime("%B") for month in range(1, 13)]
NAMED_DAY = re.compile(rf"(?:\b(\d{{1,2}}) )?(?:\b({'|'.join(MONTHS)}) )?\b(20\d\d)\b")


def days_named(text: str) -> list[date]:
    """The first day of each date in words that a text names: a day, a month or a year."""
    found = NAMED_DAY.findall(text)
    return [
        date(int(year), MONTHS.index(month) + 1 if month else 1, int(day) if day and month else 1)
        for day, month, year in found
    ]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Denied on 27 January 2026.", date(2026, 1, 27)),
        ("In May 2022 they ended.", date(2022, 5, 1)),
        ("Of 2024.", date(2024, 1, 1)),
    ],
)
def test_days_in_words(text: str, day: date) -> None:
    assert days_named(text) == [day]


def test_a_note_does_not_speak_of_later_days() -> None:
    """What a report prints beside a position was known on its first day; `notes` have a day."""
    named = 0
    for party, entry in entries():
        for text in (entry.note, entry.reserves, entry.interest):
            for day in days_named(text):
                named += 1
                assert day <= entry.since.last, (party.id, entry.issue, text)
    assert named > 3


LOADED = re.compile(
    r"\b(regime|junta|orcs?|so-called|denazification|special military operation|aggressor|"
    r"puppet|liberat\w+|terrorist|annexed)\b",
    re.IGNORECASE,
)


def test_titles_and_labels_are_neutral() -> None:
    titles = [issue.title for issue in dossier.issues.values()]
    titles += [issue.question for issue in dossier.issues.values()]
    titles += [text.title for text in dossier.proposals.values()]
    titles += [source.title for source in dossier.sources.values()]
    assert [title for title in titles if LOADED.search(title)] == []
