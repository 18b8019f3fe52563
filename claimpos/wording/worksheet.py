"""The words of worksheets for sources and texts: instructions, questions and results."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from typing import Protocol

from claimpos.dossier.model import Dossier, Issue, Source
from claimpos.dossier.paragraphs import written_numbers
from claimpos.wording.dossier_texts import one_line
from claimpos.wording.grammar import counted
from claimpos.wording.names import joined, written_date, written_number


def about(source: Source, paragraphs: int) -> str:
    """The publisher, the date and the length of a text."""
    count = counted(paragraphs, "paragraph", "paragraphs")
    return f"{source.publisher}, {written_date(source.date)}: {count}; the headline is par. 1."


def how_to_code(quote_words: int, rules: Mapping[str, str]) -> list[str]:
    """The instructions for coding paragraphs, and the rules of the codebook if there are any."""
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
        *([_rules_in_words(rules)] if rules else []),
    ]


def _reasons(rules: Mapping[str, str]) -> str:
    if not rules:
        return "a few words, such as background, a forecast, or said by others"
    return "the number of a rule of the codebook, such as 7, or a few words"


def _rules_in_words(rules: Mapping[str, str]) -> str:
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
    """The title and the question of an issue."""
    return f"{one_line(issue.title)}. {' '.join(issue.question.split())}"


def issue_in_words(issue: Issue) -> list[str]:
    """What an issue asks, its outcomes, and the note on it."""
    return [question_in_words(issue), outcomes_in_words(issue), *filter(None, [issue.note])]


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


FEWER_PARTIES = "write one for fewer parties, with --worksheet and --party"


def sheet_for(paragraphs: int, parties: int, issues: int) -> str:
    """What a worksheet is for: so many paragraphs, parties and issues."""
    asked = f"{counted(parties, 'party', 'parties')} × {counted(issues, 'issue', 'issues')}"
    return f"the worksheet for {counted(paragraphs, 'paragraph', 'paragraphs')} and {asked}"


def sheet_written(file: str, paragraphs: int, parties: Sequence[str]) -> str:
    """A line on what a new worksheet for a source holds."""
    count = counted(paragraphs, "paragraph", "paragraphs")
    return f"Wrote {file}: {count}, and the issues for {joined(parties)}."


NOTHING_NEW = "Nothing in the worksheet is new; no file was changed."


def additions_in_words(added: Mapping[str, Mapping[str, int]]) -> list[str]:
    """Lines on what was added to each file, such as 2 statements and 1 position."""
    lines = []
    for what, counts in added.items():
        counted_kinds = [
            counted(counts[kind], *_ADDED[kind]) for kind in _ADDED if counts.get(kind)
        ]
        lines.append(
            f"{what}: added {joined(counted_kinds)}."
            if counted_kinds
            else f"{what}: recorded the number of paragraphs."
        )
    return lines or [NOTHING_NEW]


_ADDED = {
    "speaker": ("speaker", "speakers"),
    "statement": ("statement", "statements"),
    "entry": ("position", "positions"),
    "mark": ("paragraph without a position", "paragraphs without a position"),
}


def still_unmarked(numbers: Sequence[int]) -> str:
    """A sentence on which paragraphs are neither a statement nor marked."""
    if not numbers:
        return "Every paragraph is a statement, or is marked as no position."
    count = counted(len(numbers), "paragraph is", "paragraphs are")
    return f"{count} still unmarked: par. {written_numbers(numbers)}."


# ---- in a terminal ----

WHAT_NEXT = "s statement, n no position, Enter next paragraph, q quit: "
WHY_NO_POSITION = "Why not (a rule of the codebook, or words): "
KEEP_OR_CHANGE = "Enter keeps it, c changes it: "
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


_MOST_NAMED = 10


def named_here(names: Iterable[str], count: int) -> str:
    """The speakers whom a paragraph names: the first ten, and how many more there are."""
    more = f" and {count - _MOST_NAMED:,} more" if count > _MOST_NAMED else ""
    return f"Speakers named here: {', '.join(islice(names, _MOST_NAMED))}{more}"


def place_in_text(number: int, of: int) -> str:
    """The place of a paragraph: par. 3 of 12."""
    return f"par. {number} of {of}"


_FEW = 6


class Read(Protocol):
    """The facts on how a text was read."""

    @property
    def unread(self) -> Mapping[str, int]: ...
    @property
    def hidden(self) -> bool: ...
    @property
    def changed(self) -> bool: ...
    @property
    def bound(self) -> bool: ...
    @property
    def ends(self) -> int: ...


def how_read(text: Read) -> list[str]:
    """Sentences on what was not read of a text, or is hidden in it."""
    sentences = []
    if text.unread:
        counts = joined(counted(count, one, _many(one)) for one, count in text.unread.items())
        sentences.append(f"Not read: {counts}.")
    if text.changed:
        sentences.append("The document has tracked changes; it was read as if all were accepted.")
    if text.hidden:
        sentences.append("The document has hidden text, which was not read.")
    if text.bound:
        sentences.append(
            "The document has content controls that Word fills in from elsewhere in it; Word may "
            "show other text there."
        )
    if text.ends:
        sentences.append(
            f"What follows line {text.ends:,} of the page was not read: something begins there "
            "that does not end."
        )
    return sentences


def _many(one: str) -> str:
    return _IRREGULAR.get(one, f"{one}s")


_IRREGULAR = {
    "text box": "text boxes",
    "number of a reversed list": "numbers of reversed lists",
}

HOW_TO_MAP = (
    "What follows a ? is a suggestion, made from words that the text and the agenda have in "
    "common. It counts for nothing until you confirm it: delete the ?, or write something else.",
    "Fill in above: date, status (official, draft, leaked, reported or bracketed) and source (an "
    "id from sources.yaml) of the text; and authors, if known (ids of parties with commas between "
    "them). Leave heading and text as they are.",
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
    names = (f"{party.id} ({one_line(party.name)})" for party in dossier.parties.values())
    return f"Parties: {'; '.join(names)}."


def issues_in_words(dossier: Dossier) -> list[str]:
    """The issues, each with its question and its outcomes."""
    return [
        f"{issue.id}: {question_in_words(issue)} {outcomes_in_words(issue)}"
        for issue in dossier.issues.values()
    ]


def shared_words(words: Sequence[str]) -> str:
    """A sentence on why an issue is suggested."""
    return f"Suggested because of: {', '.join(words[:_FEW])}."


def text_sheet_for(passages: int) -> str:
    """What a worksheet is for: so many articles and rows of a text."""
    return f"the worksheet for {counted(passages, 'passage', 'passages')}"


def text_sheet_written(file: str, articles: int, rows: int, suggested: int) -> str:
    """A line on what a new worksheet for a text holds."""
    parts = [(articles, "article", "articles"), (rows, "table row", "table rows")]
    counts = joined(counted(*one) for one in parts if one[0])
    suggestions = counted(suggested, "suggestion", "suggestions")
    return f"Wrote {file}: {counts}; {suggestions} to confirm."


def text_taken(file: str, terms: Iterable[str], is_new: bool) -> str:
    """A line on what a worksheet added to a dossier."""
    count = counted(len([*terms]), "term", "terms")
    return f"Wrote {file}: {count}." if is_new else f"Added {count} to {file}."


def left_to_do(suggested: Sequence[str], unmapped: Sequence[str]) -> list[str]:
    """Sentences on suggestions that are not confirmed, and passages that name no issue."""
    sentences = []
    if suggested:
        places = Counter(suggested)
        count = counted(len(suggested), "suggestion is", "suggestions are")
        sentences.append(f"{count} not confirmed: {_some([*places])}.")
    if unmapped:
        count = counted(len(unmapped), "passage is", "passages are")
        sentences.append(f"{count} not mapped: {_some(unmapped)}.")
    return sentences


def _some(names: Sequence[str]) -> str:
    if len(names) <= _FEW * 2:
        return ", ".join(names)
    return f"{', '.join(names[: _FEW * 2])} and {len(names) - _FEW * 2} more"
