"""What the worksheet of a text says to those who fill it in, and what was made of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

from claimpos.dossier.model import Dossier
from claimpos.wording.names import counted, joined, one_line
from claimpos.wording.worksheet import outcomes_in_words, question_in_words

_FEW = 6


class Read(Protocol):
    """What there is to report on how a text was read."""

    @property
    def unread(self) -> Mapping[str, int]: ...
    @property
    def hidden(self) -> bool: ...
    @property
    def changed(self) -> bool: ...


def how_read(text: Read) -> list[str]:
    """What was not read of a text, or is not shown in it."""
    told = []
    if text.unread:
        counts = joined(counted(count, one, _many(one)) for one, count in text.unread.items())
        told.append(f"Not read: {counts}.")
    if text.changed:
        told.append("The document has tracked changes; it was read as if all were accepted.")
    if text.hidden:
        told.append("The document has hidden text, which was read, too.")
    return told


def _many(one: str) -> str:
    return "text boxes" if one == "text box" else f"{one}s"


HOW_TO_MAP = (
    "What follows a ? is a suggestion, made from words that the text and the agenda have in "
    "common. It counts for nothing until you confirm it: delete the ?, or write something else.",
    "Fill in above: date, status (official, draft, leaked, reported or bracketed) and source (an "
    "id from sources.yaml) of the text; and authors, if known (ids of parties with commas between "
    "them).",
    "Fill in under each passage: issue (ISSUE, or ISSUE.ITEM for one sub-issue), its outcome as a "
    "proposal's file has it, a summary (one neutral sentence in your own words), and the locator.",
    "Where the text has brackets: leave outcome empty, and give each alternative an outcome of its "
    "own; none is no text at all. Under by, name the parties that want it. Delete alternatives "
    "that do not concern the issue.",
    "In a table: under holds, say what a column holds: the id of the party whose text it is, or "
    "provision, compromise or remarks. Under a row, give the outcome of each column's wording; "
    "none is no text at all. If there is a compromise, it counts alone.",
    "If a passage settles several issues, copy its lines from issue on. issue: none says that it "
    "settles nothing on the agenda. What you leave empty is not taken.",
    "Lines that begin with - are remarks; add your own. When you are done, or in between, run: "
    "claimpos import --take and the name of this file.",
)


def parties_in_words(dossier: Dossier) -> str:
    """The parties, by id and name."""
    told = (f"{party.id} ({one_line(party.name)})" for party in dossier.parties.values())
    return f"Parties: {'; '.join(told)}."


def issues_in_words(dossier: Dossier) -> list[str]:
    """The issues, each with its question and its outcomes."""
    return [
        f"{issue.id}: {question_in_words(issue)} {outcomes_in_words(issue)}"
        for issue in dossier.issues.values()
    ]


def shared_words(words: Sequence[str]) -> str:
    """Why an issue is suggested."""
    return f"Suggested because of: {', '.join(words[:_FEW])}."


def text_sheet_written(file: str, articles: int, rows: int, suggested: int) -> str:
    """What a new worksheet holds."""
    parts = [(articles, "article", "articles"), (rows, "table row", "table rows")]
    told = joined(counted(*one) for one in parts if one[0])
    suggestions = counted(suggested, "suggestion", "suggestions")
    return f"Wrote {file}: {told}; {suggestions} to confirm."


def text_taken(file: str, terms: Iterable[str], is_new: bool) -> str:
    """What a worksheet added to a dossier."""
    count = counted(len([*terms]), "term", "terms")
    return f"Wrote {file}: {count}." if is_new else f"Added {count} to {file}."


NOTHING_NEW = "Nothing in the worksheet is new; no file was changed."


def left_to_do(suggested: Sequence[str], unmapped: Sequence[str]) -> list[str]:
    """Which suggestions are not confirmed, and which passages name no issue."""
    told = []
    if suggested:
        places = Counter(suggested)
        count = counted(len(suggested), "suggestion is", "suggestions are")
        told.append(f"{count} not confirmed: {_some([*places])}.")
    if unmapped:
        count = counted(len(unmapped), "passage is", "passages are")
        told.append(f"{count} not mapped: {_some(unmapped)}.")
    return told


def _some(names: Sequence[str]) -> str:
    if len(names) <= _FEW * 2:
        return ", ".join(names)
    return f"{', '.join(names[: _FEW * 2])} and {len(names) - _FEW * 2} more"
