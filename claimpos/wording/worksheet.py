"""What a worksheet tells those who fill it in, and how the issues read there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from claimpos.dossier.model import Issue, Source
from claimpos.dossier.paragraphs import written_numbers
from claimpos.wording.names import counted, joined, one_line, written_date, written_number


def about(source: Source, paragraphs: int) -> str:
    """What the text is, and how long."""
    count = counted(paragraphs, "paragraph", "paragraphs")
    return f"{source.publisher}, {written_date(source.date)}: {count}; the headline is par. 1."


def how_to_code(quote_words: int, rules: Mapping[str, str]) -> list[str]:
    """How the paragraphs are filled in."""
    return [
        "Under each paragraph, fill in a statement, or say after “no position:” why it holds "
        f"none: {_reasons(rules)}.",
        "A statement is named PARTY/ID: the party whose position it states, and a few words, as in "
        "union/six-per-cent. For another statement in the same paragraph, copy its six lines.",
        "said, above: the day on which things were said, which may be before the text appeared. "
        "said, in a statement: only if that was another day.",
        "speaker: an id from the party's file or, for a new one, ID = NAME, ROLE. Leave it empty "
        "where the text names none.",
        "basis: stated (an official in quotation marks, or the party's own document), reported (an "
        "official in paraphrase, or what a named outlet reports as fact) or inferred (hinted at, "
        "or concluded by another).",
        f"quote: at most {counted(quote_words, 'word', 'words')}, copied from the paragraph, or "
        "nothing. summary: one neutral sentence in your own words.",
        "Leave empty what does not apply. No value needs quotation marks. A long one goes on in "
        "lines that begin with a space. Lines that begin with - are remarks; add your own.",
        "When you are done, or in between, run: claimpos code --take and the name of this file. "
        "It checks what is filled in, and adds it to the dossier; what is empty, it lists.",
    ]


def _reasons(rules: Mapping[str, str]) -> str:
    if not rules:
        return "a few words, such as background, a forecast, or said by others"
    return "the number of a rule of the codebook, such as 7, or a few words"


def rules_in_words(rules: Mapping[str, str]) -> str:
    """The rules of the codebook on one line."""
    return "Rules: " + "; ".join(f"{number} {title}" for number, title in rules.items()) + "."


HOW_TO_ENTER = (
    "Fill in an issue only if the text bears out a new position; an entry replaces the whole of "
    "the one before it, so copy from “In the file” what still holds.",
    "demands: the party will take this, or one of these, and nothing else that it does not accept. "
    "proposes: put forward or supported, the rest not closed. accepts: it would take this. "
    "refuses: an explicit no, also beside a demand. reserves: left open; whether, which, how …",
    "Outcomes are written by their ids: a, or [a, b] for either; figures as 6, {min: 6}, {max: 8}, "
    "{above: 8} or {below: 6}; with sub-issues {ITEM: a}, or {all: a}.",
    "A condition: accepts: [{outcome: a, if: {OTHER-ISSUE: b}}]; one that no issue expresses: "
    "accepts: [{outcome: a, subject-to: a ballot}].",
    "since: the first day; left empty, that of the first new statement under evidence. evidence: "
    "the ids of the party's statements, such as six-per-cent; or {demands: [a], refuses: [b]}.",
    "Further lines, if needed: until, deadline, standing, offer, interest, priority, note, against "
    "and context.",
)


def question_in_words(issue: Issue) -> str:
    """The title of an issue, and its question."""
    return f"{one_line(issue.title)}. {' '.join(issue.question.split())}"


def outcomes_in_words(issue: Issue) -> str:
    """The outcomes of an issue, by id and label."""
    if issue.kind == "quantity":
        return f"Outcomes: {_figures(issue)}."
    options = _labels(issue.options)
    if issue.kind == "items":
        return f"Sub-issues: {_labels(issue.items)}. Outcomes of each: {options}."
    return f"Outcomes: {options}."


def _labels(labels: Mapping[str, str]) -> str:
    return "; ".join(f"{key} ({one_line(label)})" for key, label in labels.items())


def _figures(issue: Issue) -> str:
    parts = [f"a {'whole ' if issue.integer else ''}number, in {one_line(issue.unit)}"]
    if issue.minimum is not None:
        parts.append(f"at least {written_number(issue.minimum)}")
    if issue.maximum is not None:
        parts.append(f"at most {written_number(issue.maximum)}")
    return ", ".join(parts)


def sheet_written(file: str, paragraphs: int, parties: Sequence[str]) -> str:
    """What a new worksheet holds."""
    count = counted(paragraphs, "paragraph", "paragraphs")
    return f"Wrote {file}: {count}, and the issues for {joined(parties)}."


def additions_in_words(added: Mapping[str, Mapping[str, int]]) -> list[str]:
    """What was added to each party and to the sources, such as 2 statements and 1 position."""
    lines = []
    for what, counts in added.items():
        told = [counted(counts[kind], *_ADDED[kind]) for kind in _ADDED if counts.get(kind)]
        lines.append(f"{what}: added {joined(told)}." if told else f"{what}: counted paragraphs.")
    return lines or ["Nothing in the worksheet is new; no file was changed."]


_ADDED = {
    "speaker": ("speaker", "speakers"),
    "statement": ("statement", "statements"),
    "entry": ("position", "positions"),
    "mark": ("paragraph without a position", "paragraphs without a position"),
}


def still_unmarked(numbers: Sequence[int]) -> str:
    """Which paragraphs are neither a statement nor marked."""
    if not numbers:
        return "Every paragraph is a statement, or is marked as no position."
    count = counted(len(numbers), "paragraph is", "paragraphs are")
    return f"{count} still unmarked: par. {written_numbers(numbers)}."


# ---- in a terminal ----

WHAT_NEXT = "s statement, n no position, Enter next paragraph, q quit: "
WHY_NO_POSITION = "Why not (a rule of the codebook, or words): "
KEEP_OR_CHANGE = "Enter keeps it, c changes it: "
NAMED_HERE = "Speakers named here:"
PROMPTS = {
    "quote": "Quote (copied from the paragraph; - for none)",
    "party": "Whose position (party; Enter: go back)",
    "id": "A short name for it",
    "speaker": "Speaker (id, or ID = NAME, ROLE)",
    "said": "Said on",
    "basis": "Basis (stated, reported, inferred)",
    "summary": "Summary (one neutral sentence)",
    "issue": "Issue with a new position (Enter: no more)",
    "since": "since (Enter: the day of its first new statement)",
    "demands": "demands",
    "proposes": "proposes",
    "accepts": "accepts",
    "refuses": "refuses",
    "reserves": "reserves",
    "evidence": "evidence",
}


def place_in_text(number: int, of: int) -> str:
    """Which paragraph it is."""
    return f"par. {number} of {of}"
