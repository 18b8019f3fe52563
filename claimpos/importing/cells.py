"""The columns of a table, and how their cells are read: texts, lists, flags, dates."""

import re
from collections.abc import Callable, Mapping
from typing import Any, Literal, NamedTuple

from claimpos.dossier.dates import HOW, Order, dates_meant, no_such_day, serial_meant
from claimpos.dossier.findings import SourceText
from claimpos.dossier.limits import MAX_DIGITS
from claimpos.dossier.looks import site_of
from claimpos.dossier.model import BASES, ENTRY_TEXTS, OUTCOME_VERBS, VERBS, Origin
from claimpos.dossier.nodes import Map, Seq
from claimpos.dossier.parsing.data import MAX_DEPTH
from claimpos.dossier.parsing.faults import faults
from claimpos.dossier.parsing.file import parse
from claimpos.dossier.reading.answers import SAYS
from claimpos.dossier.reading.documents import PROPOSAL_STATUSES, SOURCE_STATUSES, TRANSLATIONS
from claimpos.dossier.reading.entry import PRIORITIES
from claimpos.dossier.reading.party import ROLES
from claimpos.importing.draft import titled
from claimpos.importing.import_log import Skipped, shortened
from claimpos.importing.shown_numbers import ExactFrom1904

_BRACKETS = re.compile(r"[\[{]+|[\]}]+")
_COUNT = re.compile(r"[1-9][0-9]{0,8}\Z")
_DIGITS = re.compile(r"-?[0-9]+(?:\.[0-9]+)?\Z")
_TRUE = {"true", "yes", "x", "1"}
FLAGS = frozenset({*_TRUE, "false", "no", "0"})


def is_flow(cell: str) -> bool:
    """Whether the cell is written as a position file would write it, in brackets or braces."""
    return cell.startswith(("[", "{"))


def read_flow(cell: str) -> Any:
    """The data of a cell in brackets or braces; raises Skipped."""
    source = SourceText("cell", cell)
    node, findings = None, faults(source) if _depth(cell) > MAX_DEPTH else []
    if not findings:
        node, findings = parse(source)
    if findings or not isinstance(node, Map | Seq):
        why = findings[0].message if findings else "there is text after the bracket"
        raise Skipped(f"“{shortened(cell)}” cannot be read: {why}")
    return node


def _depth(cell: str) -> int:
    """How deep the brackets of a cell are nested at most; those in quotes count, too.

    It is checked before parsing, because parsing many cells that are too deep takes long.
    """
    depth = deepest = 0
    for found in _BRACKETS.finditer(cell):
        depth += len(found[0]) if found[0][0] in "[{" else -len(found[0])
        deepest = max(deepest, depth)
    return deepest


def read_list(cell: str) -> list[str]:
    """The members of a list: `[a, b]`, or texts separated by semicolons."""
    if not is_flow(cell):
        return [part.strip() for part in cell.split(";") if part.strip()]
    found = read_flow(cell)
    if not _is_texts(found):
        raise Skipped(f"“{shortened(cell)}” is not a list of texts")
    return list(found)


def read_titles(cell: str) -> list[tuple[str, str]]:
    """Ids or names and their titles: `{a: Title}`, or names separated by semicolons.

    A title that the cell states is kept unchanged.
    """
    if not cell.startswith("{"):
        return [(name, titled(name)) for name in read_list(cell)]
    found = read_flow(cell)
    if not all(isinstance(title, str) for title in found.values()):
        raise Skipped(f"“{shortened(cell)}” is not a map from ids to titles")
    return list(found.items())


def read_flag(cell: str) -> bool:
    if cell.casefold() in FLAGS:
        return cell.casefold() in _TRUE
    raise Skipped(f"“{shortened(cell)}” is neither true nor false")


def read_use(cell: str) -> bool | list[str]:
    """A cell of `against` or `context`: a flag for the line's own statement, or ids of others."""
    return read_flag(cell) if cell.casefold() in FLAGS else read_list(cell)


def read_evidence(cell: str) -> list[str] | dict[str, list[str]]:
    """The statements that a position rests on: a list, or one for each verb, in braces."""
    if not cell.startswith("{"):
        return read_list(cell)
    found = {
        verb: [names] if isinstance(names, str) else names
        for verb, names in read_flow(cell).items()
    }
    verbs = (*OUTCOME_VERBS, "reserves")
    if not found.keys() <= {*verbs} or not all(map(_is_texts, found.values())):
        raise Skipped(
            f"“{shortened(cell)}” is not a map from {', '.join(verbs)} to lists of statements"
        )
    return found


def _is_texts(found: Any) -> bool:
    return isinstance(found, list) and all(isinstance(one, str) for one in found)


def check_digits(text: str) -> None:
    """Raise Skipped for a number of more digits than a file may hold."""
    if len(text) > MAX_DIGITS and _DIGITS.match(text):
        raise Skipped(f"“{shortened(text)}” has more than {MAX_DIGITS} digits")


def read_count(cell: str) -> int:
    check_digits(cell)
    if not _COUNT.match(cell):
        raise Skipped(f"“{shortened(cell)}” is not a whole number above 0")
    return int(cell)


def read_notes(cell: str) -> list[dict[str, str]]:
    """Notes, each with its day: `[{day: 2025-03-14, text: Said again}]`."""
    found = read_flow(cell) if is_flow(cell) else None
    if not isinstance(found, list) or not all(map(_is_note, found)):
        example = "[{day: 2025-03-14, text: Said again}]"
        raise Skipped(f"“{shortened(cell)}” is not a list of dated notes; write it like {example}")
    return [{"day": str(note["day"]), "text": note["text"]} for note in found]


def _is_note(found: Any) -> bool:
    """Whether it has the form of a dated note; whether the day exists is left to validation."""
    if not isinstance(found, Map) or found.keys() != {"day", "text"}:
        return False
    return isinstance(found["day"], str | int) and isinstance(found["text"], str)


def read_date(text: str, order: Order | None = None) -> str:
    """A date as YYYY, YYYY-MM or YYYY-MM-DD.

    `order` says whether 3/4/2025 is the third of April or the fourth of March. Raises Skipped if
    the text is no date, or might be two.
    """
    meant = dates_meant(text, order)
    if not meant and (serial := serial_meant(text, isinstance(text, ExactFrom1904))):
        raise Skipped(f"“{text}” is not a valid date; is it the spreadsheet's number of {serial}?")
    if not meant:
        raise Skipped(f"“{text}” is not a valid date; {HOW}")
    if len(meant) > 1:
        raise Skipped(f"“{text}” can mean two dates; use --dates day-first or --dates month-first")
    if why := no_such_day(meant[0]):
        raise Skipped(why)
    return meant[0]


PieceKind = Literal[
    "dossier",
    "group",
    "issue",
    "option",
    "item",
    "party",
    "entry",
    "offer",
    "statement",
    "speaker",
    "source",
    "proposal",
    "term",
    "answer",
]

STANCE = "stance"
SAYING = frozenset({*VERBS, STANCE})
"""The fields of which a position needs one."""

_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*\Z")


class TableField(NamedTuple):
    """A field: the piece of a dossier it belongs to, its key there, and how a cell is read.

    Dates, outcomes and numbers are read elsewhere: a date needs to know the order of day and month,
    an outcome its issue, a number what marks its decimals.
    """

    piece: PieceKind
    key: str
    read: Callable[[str], Any] = str


def _one_of(*words: str) -> Callable[[str], str]:
    def read(cell: str) -> str:
        if cell.lower() not in words:
            raise Skipped(f"“{shortened(cell)}” is not one of {', '.join(words)}")
        return cell.lower()

    return read


def _like(form: Callable[[str], object], what: str) -> Callable[[str], str]:
    def read(cell: str) -> str:
        if not form(cell):
            raise Skipped(f"“{shortened(cell)}” is not {what}")
        return cell

    return read


FIELDS: Mapping[str, TableField] = {
    "dossier": TableField("dossier", "title"),
    "talks_closed": TableField("dossier", "closed"),
    "quote_words": TableField("dossier", "quote-words", read_count),
    "single_undertaking": TableField("dossier", "single-undertaking", read_flag),
    **{f"dossier_{key}": TableField("dossier", key) for key in Origin._fields},
    "group": TableField("group", "id"),
    "group_title": TableField("group", "title"),
    "issue": TableField("issue", "id"),
    "title": TableField("issue", "title"),
    "question": TableField("issue", "question"),
    "kind": TableField("issue", "kind", _one_of("choice", "items", "quantity")),
    "options": TableField("issue", "options", read_titles),
    "items": TableField("issue", "items", read_titles),
    "option": TableField("option", "id"),
    "option_title": TableField("option", "title"),
    "item": TableField("item", "id"),
    "item_title": TableField("item", "title"),
    "unit": TableField("issue", "unit"),
    "integer": TableField("issue", "integer", read_flag),
    "minimum": TableField("issue", "minimum"),
    "maximum": TableField("issue", "maximum"),
    "core": TableField("issue", "core", read_flag),
    "no_agreement": TableField("issue", "no-agreement", read_list),
    "presupposes": TableField("issue", "presupposes", read_list),
    "issue_note": TableField("issue", "note"),
    "issue_also": TableField("issue", "also", read_list),
    "issue_formerly": TableField("issue", "formerly", read_list),
    "party": TableField("party", "id"),
    "name": TableField("party", "name"),
    "short": TableField("party", "short"),
    "aliases": TableField("party", "aliases", read_list),
    "members": TableField("party", "members", read_list),
    "speaks_for_members": TableField("party", "speaks-for-members", read_flag),
    "plural": TableField("party", "plural", read_flag),
    "party_role": TableField("party", "role", _one_of(*ROLES)),
    "party_note": TableField("party", "note"),
    "party_formerly": TableField("party", "formerly", read_list),
    "since": TableField("entry", "since"),
    "until": TableField("entry", "until"),
    "standing": TableField("entry", "standing", read_flag),
    "demands": TableField("entry", "demands"),
    "proposes": TableField("entry", "proposes"),
    "accepts": TableField("entry", "accepts"),
    "refuses": TableField("entry", "refuses"),
    STANCE: TableField("entry", STANCE),
    **{key: TableField("entry", key) for key in ENTRY_TEXTS},
    "priority": TableField("entry", "priority", _one_of(*PRIORITIES)),
    "dated_notes": TableField("entry", "notes", read_notes),
    "deadline": TableField("entry", "deadline", read_flag),
    "offer": TableField("offer", "id"),
    "offer_title": TableField("offer", "title"),
    "offer_until": TableField("offer", "until"),
    "offer_deadline": TableField("offer", "deadline", read_flag),
    "statement": TableField("statement", "id"),
    "evidence_for": TableField("statement", "evidence-for", _one_of(*OUTCOME_VERBS, "reserves")),
    "evidence": TableField("statement", "evidence", read_evidence),
    "against": TableField("statement", "against", read_use),
    "context": TableField("statement", "context", read_use),
    "said": TableField("statement", "said"),
    "basis": TableField("statement", "basis", _one_of(*BASES)),
    "summary": TableField("statement", "summary"),
    "quote": TableField("statement", "quote"),
    "quote_original": TableField("statement", "quote-original"),
    "locator": TableField("statement", "locator"),
    "statement_note": TableField("statement", "note"),
    "speaker": TableField("speaker", "id"),
    "speaker_name": TableField("speaker", "name"),
    "role": TableField("speaker", "role"),
    "outside": TableField("speaker", "outside", read_flag),
    "source": TableField("source", "id"),
    "source_title": TableField("source", "title"),
    "publisher": TableField("source", "publisher"),
    "source_date": TableField("source", "date"),
    "status": TableField("source", "status", _one_of(*SOURCE_STATUSES)),
    "authors": TableField("source", "authors", read_list),
    "url": TableField("source", "url", _like(site_of, "a web address")),
    "archived": TableField("source", "archived", _like(site_of, "a web address")),
    "language": TableField(
        "source", "language", _like(_LANGUAGE.match, "a language code, such as en")
    ),
    "translation": TableField("source", "translation", _one_of(*TRANSLATIONS)),
    "source_note": TableField("source", "note"),
    "proposal": TableField("proposal", "id"),
    "proposal_title": TableField("proposal", "title"),
    "proposal_date": TableField("proposal", "date"),
    "proposal_status": TableField("proposal", "status", _one_of(*PROPOSAL_STATUSES)),
    "proposal_authors": TableField("proposal", "authors", read_list),
    "proposal_note": TableField("proposal", "note"),
    "term": TableField("term", "outcome"),
    "term_summary": TableField("term", "summary"),
    "term_locator": TableField("term", "locator"),
    "answer": TableField("answer", "says", _one_of(*SAYS)),
    "except": TableField("answer", "except", read_list),
    "answer_subject_to": TableField("answer", "subject-to"),
    "answer_note": TableField("answer", "note"),
}

DATES = frozenset(
    {"since", "until", "said", "source_date", "offer_until", "talks_closed", "proposal_date"}
)

LISTS = frozenset({*OUTCOME_VERBS, "term"}) | {
    field
    for field, held in FIELDS.items()
    if held.read in {read_list, read_titles, read_notes, read_use, read_evidence}
}
"""The fields whose cells may hold lists."""
