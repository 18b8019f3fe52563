"""What `claimpos add` asks for and reports."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from claimpos.dossier.dates import partial_date
from claimpos.dossier.model import Dossier, Party
from claimpos.wording.dossier_texts import label
from claimpos.wording.grammar import counted
from claimpos.wording.names import joined, written_date


class Prompt(NamedTuple):
    """A question about a new piece.

    Attributes:
        key: The key of the answer in a file.
        option: The argument or option that gives the answer on a command line.
        text: The question, as it is put before a colon.
        is_needed: Whether the piece needs an answer.
    """

    key: str
    option: str
    text: str
    is_needed: bool = False


QUESTIONS: dict[str, tuple[Prompt, ...]] = {
    "statement": (
        Prompt("party", "PARTY", "Party that said it", True),
        Prompt("summary", "SUMMARY", "What was said, in one neutral sentence", True),
        Prompt("source", "--source", "Source in which it can be read", True),
        Prompt("basis", "--basis", "Basis (stated, reported or inferred)", True),
        Prompt("speaker", "--speaker", "Speaker (id, known or new)"),
        Prompt("speaker-name", "--speaker-name", "Full name of the new speaker"),
        Prompt("role", "--role", "Role of the new speaker"),
        Prompt("said", "--said", "Day on which it was said, if not that of the source"),
        Prompt("quote", "--quote", "Words quoted from the source"),
        Prompt("locator", "--locator", "Where in the source"),
    ),
    "entry": (
        Prompt("party", "PARTY", "Party", True),
        Prompt("issue", "ISSUE", "Issue", True),
        Prompt("evidence", "--evidence", "Statement that it rests on"),
        Prompt("demands", "--demands", "Demands"),
        Prompt("proposes", "--proposes", "Proposes"),
        Prompt("accepts", "--accepts", "Accepts"),
        Prompt("refuses", "--refuses", "Rejects"),
        Prompt("reserves", "--reserves", "Leaves open"),
        Prompt("since", "--since", "First day, if not that of the statement"),
    ),
    "answer": (
        Prompt("party", "PARTY", "Party", True),
        Prompt("text", "TEXT", "Text that is answered", True),
        Prompt("says", "SAYS", "Answer (accepts, accepts-as-basis or refuses)", True),
        Prompt("evidence", "--evidence", "Statement that it rests on"),
        Prompt("except", "--except", "Not accepted: an issue, or issue.item"),
        Prompt("subject-to", "--subject-to", "Condition, in words"),
        Prompt("since", "--since", "First day, if not that of the statement"),
    ),
    "source": (
        Prompt("id", "ID", "Id of the source, such as harbour-news-2026-03-01", True),
        Prompt("title", "--title", "Headline, as published", True),
        Prompt("publisher", "--publisher", "Publisher", True),
        Prompt("date", "--date", "Day of publication (YYYY-MM-DD)", True),
        Prompt("status", "--status", "Status (official, draft, leaked or press)", True),
        Prompt("url", "--url", "Address"),
        Prompt("language", "--language", "Language read, such as en"),
    ),
    "party": (
        Prompt("id", "ID", "Id of the party, such as port", True),
        Prompt("name", "--name", "Full name", True),
        Prompt("short", "--short", "Name as it stands in a sentence, such as the port"),
    ),
    "issue": (
        Prompt("id", "ID", "Id of the issue, such as pay-rise", True),
        Prompt("title", "--title", "Title", True),
        Prompt("question", "--question", "Neutral question that a settlement answers", True),
        Prompt("group", "--group", "Group of issues", True),
        Prompt("group-title", "--group-title", "Title of the new group"),
        Prompt("kind", "--kind", "Kind (choice, quantity or items)", True),
        Prompt("unit", "--unit", "Unit of the quantity, such as per cent"),
        Prompt("items", "--item", "Sub-issue, as ID=TITLE"),
        Prompt("options", "--option", "Outcome, as ID=LABEL"),
    ),
}

KIND = "Kind of piece (statement, entry, answer, source, party or issue)"
NEXT_ISSUE = "Issue whose position it moves (Enter: none)"
FROM_LAST = "Start from the position of {day}, and change what you enter now? [Y/n]"
CONFIRM = "Write this? [Y/n]"
AS_COMMAND = "your answers as a command, to correct and run again: {command}"
NOTHING_WRITTEN = "Nothing was written.\n"


def missing_text(kind: str, questions: Sequence[Prompt]) -> str:
    """The message that a command line lacks arguments, with a pointer to its help."""
    texts = [one.text.replace(" (", ": ").removesuffix(")") for one in questions]
    parts = [
        f"{one.option} ({text[0].lower()}{text[1:]})"
        for one, text in zip(questions, texts, strict=True)
    ]
    return f"add {kind} needs {joined(parts)}; see `claimpos add {kind} --help`"


def added_text(kind: str, name: str, party: Party | None, since: str, dossier: Dossier) -> str:
    """A line that says what was added."""
    whose = f" of {party.short}" if party else ""
    if kind == "entry":
        what = f"a position{whose} on {label(dossier.issues[name].title)} from {_day(since)}"
    elif kind == "answer":
        what = f"an answer{whose} to {label(dossier.proposals[name].title)} from {_day(since)}"
    else:
        what = f"the {kind} {name}" + (whose if kind == "statement" else "")
    return f"Added {what}."


def _day(since: str) -> str:
    return written_date(partial_date(since))


def dropped_text(last: str, dropped: Sequence[str], replaced: Sequence[str], is_copy: bool) -> str:
    """A line that says what the new entry leaves out of the one before; empty if nothing."""
    day = written_date(partial_date(last))
    if is_copy:
        parts = [f"made from the position of {day}"]
        parts += [f"replaced: {'; '.join(replaced)}"] if replaced else []
        parts += [f"left out: {'; '.join(dropped)}"] if dropped else []
        return "; ".join(parts)
    if not dropped:
        return ""
    held = "; ".join(dropped)
    return f"replaces the position of {day}; no longer held: {held} (--from-last keeps it)"


_PIECES = (
    ("party", "parties"),
    ("issue", "issues"),
    ("position", "positions"),
    ("source", "sources"),
    ("proposal", "proposals"),
    ("answer to a text", "answers to texts"),
    ("statement that nothing cites", "statements that nothing cites"),
    ("speaker", "speakers"),
    ("offer", "offers"),
)


def pieces_text(counts: Iterable[int], without_none: bool = False) -> str:
    """The numbers of parties, issues, positions, sources and so on, in the order of `_PIECES`."""
    pairs = zip(counts, _PIECES, strict=False)
    return ", ".join(
        counted(number, *words) for number, words in pairs if number or not without_none
    )


def skipped_text(lines: int) -> str:
    """A further sentence on how many lines of a table were skipped; empty if none was."""
    if not lines:
        return ""
    return f" {counted(lines, 'line was', 'lines were')} skipped, in whole or in part."


def appended_text(folder: str, counts: Sequence[int], skipped: int) -> str:
    """What a table added to a dossier; the last count is that of positions already there."""
    known = counted(counts[-1], "position was", "positions were") + " there already."
    made = pieces_text(counts[:-1], without_none=True)
    done = f"Added to {folder}: {made}." if made else f"Nothing was added to {folder}."
    return done + (f" {known}" if counts[-1] else "") + skipped_text(skipped) + "\n"
