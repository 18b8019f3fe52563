"""Whatever is edited in the files, the report on the edit names it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from copy import deepcopy
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from claimpos import compare, load_dossier
from claimpos.comparison.changes import Changes, edits
from claimpos.dossier.model import Dossier
from claimpos.rendering.changes import Revisions, changes_document
from claimpos.rendering.changes_report import changes_report, changes_rows
from claimpos.rendering.document import Table
from claimpos.rendering.renderers import rendered
from claimpos.wording.names import written_day
from tests.schemas.support import SCHEMAS
from tests.support import write_short

REVISIONS: Revisions = (("one", "0" * 40), None)
DAY = "2025-06-30"
REVIEW = {"by": "Rae", "on": "2025-03-01"}
RULE = {
    "at-least": 2,
    "of": ["ann", "bo"],
    "weights": {"ann": 2, "bo": 1},
    "veto": ["ann"],
    "abstention": "counts-no",
    "no-position": "open",
}
CONDITION = {"at-least": 2, "weights": {"ann": 2, "bo": 1}}
COMBINED = {"all-of": [{"rule": "consensus"}, CONDITION], "of": ["ann", "bo"]}
FEE_RANGE = {"min": 5, "max": 9}
ENTRY = {
    "since": "2025-02",
    "until": "2027",
    "standing": True,
    "demands": "toll",
    "proposes": "toll",
    "accepts": [{"outcome": "free", "if": {"fee": FEE_RANGE}, "subject-to": "a vote"}],
    "refuses": "free",
    "reserves": "the day",
    "interest": "quiet",
    "priority": "high",
    "note": "A note",
    "evidence": {
        **{verb: ["said"] for verb in ("demands", "proposes", "accepts", "refuses", "reserves")}
    },
    "against": ["denied"],
    "context": ["mused"],
    "notes": [{"day": "2025-03-01", "text": "A remark"}],
    "offer": "deal",
    "coder": "Kim",
    "reviewed": REVIEW,
}
STATEMENT = {
    "source": "paper",
    "speaker": "chair",
    "said": "2025-02",
    "basis": "stated",
    "summary": "A summary",
    "quote": "A quote",
    "quote-original": "Ein Zitat",
    "locator": "page 1",
    "note": "A note",
    "coder": "Kim",
    "reviewed": REVIEW,
}
DENIAL, MUSING = ({**STATEMENT, "summary": summary} for summary in ("A denial", "A thought"))
SOURCE = {
    "title": "A paper",
    "publisher": "A publisher",
    "authors": ["Lee"],
    "date": "2025-01",
    "url": "https://example.org/a",
    "archived": "https://example.org/b",
    "language": "de",
    "translation": "none",
    "status": "official",
    "note": "A note",
    "paragraphs": 9,
    "no-position": {"procedure": [1, 2]},
}
FILES: dict[str, Any] = {
    "agenda": {
        "title": "A test",
        "closed": "2026",
        "editor": "An editor",
        "licence": "A licence",
        "errata": "ERRATA.md",
        "quote-words": 20,
        "decides": "consensus",
        "single-undertaking": False,
        "groups": {
            "main": "Main issues",
            "some": {"title": "Some issues", "decides": "consensus"},
        },
        "issues": {
            "road": {
                "title": "Road",
                "also": ["motorway"],
                "question": "What of the road?",
                "group": "some",
                "kind": "choice",
                "core": True,
                "text": "The road",
                "note": "A note",
                "formerly": ["way"],
                "presupposes": ["fee", "sky=blue"],
                "decides": RULE,
                "options": {
                    "toll": {
                        "title": "A toll",
                        "formerly": ["levy"],
                        "no-agreement": False,
                        "abstention": False,
                        "text": "A toll is paid.",
                    },
                    "free": "No toll",
                    "half": "Half a toll",
                },
            },
            "land": {
                "title": "Land",
                "question": "Whose is the land?",
                "group": "main",
                "kind": "items",
                "decides": COMBINED,
                "items": {"hill": {"title": "The hill", "formerly": ["top"]}, "dale": "The dale"},
                "options": {"mine": "Mine", "yours": "Yours"},
            },
            "fee": {
                "title": "Fee",
                "question": "What is the fee?",
                "group": "some",
                "kind": "quantity",
                "unit": "euros",
                "integer": False,
                "minimum": 0,
                "maximum": 50,
            },
            "sky": {
                "title": "Sky",
                "question": "What of the sky?",
                "group": "main",
                "kind": "choice",
                "options": {"blue": "Blue", "grey": "Grey"},
            },
        },
    },
    "sources": {"sources": {"paper": SOURCE, "other": {**SOURCE, "title": "Another paper"}}},
    "ann": {
        "party": "ann",
        "name": "Ann and sons",
        "short": "Ann",
        "aliases": ["anna"],
        "formerly": ["annie"],
        "members": ["Ann", "Al"],
        "speaks-for-members": False,
        "plural": False,
        "note": "A note",
        "worth": {
            "at-least": 5,
            "no-deal": 4,
            "evidence": ["said"],
            "issues": {"road": {"toll": 10, "free": 0, "half": 5}, "fee": {"0": 0, "50": 10}},
        },
        "answers": {
            "draft": [
                {
                    "since": "2025-03",
                    "until": "2026",
                    "says": "accepts",
                    "except": ["land"],
                    "subject-to": "a vote",
                    "note": "A note",
                    "evidence": ["said"],
                }
            ]
        },
        "speakers": {
            "chair": {"name": "Kay", "role": "Chair", "outside": False},
            "guest": {"name": "Lou", "role": "Guest"},
        },
        "offers": {
            "deal": {"title": "A deal", "until": "2026", "deadline": False},
            "other": {"title": "Another deal"},
        },
        "statements": {"said": STATEMENT, "denied": DENIAL, "mused": MUSING, "more": MUSING},
        "positions": {"road": [ENTRY]},
    },
    "bo": {"party": "bo", "name": "Bo", "statements": {}, "positions": {}},
    "draft": {
        "proposal": "draft",
        "title": "A draft",
        "date": "2025-02",
        "source": "paper",
        "status": "official",
        "authors": ["ann"],
        "note": "A note",
        "terms": {
            "fee": {"outcome": {"min": 5, "max": 9}, "locator": "page 1", "summary": "A fee"},
        },
    },
    "text": {
        "proposal": "text",
        "title": "A text",
        "date": "2025-02",
        "source": "paper",
        "status": "bracketed",
        "authors": ["ann"],
        "terms": {
            "road": {
                "outcome": {
                    "bracketed": [
                        {"outcome": "toll", "by": ["ann"]},
                        {"outcome": "free"},
                        {"outcome": "half"},
                    ]
                },
                "locator": "page 1",
                "summary": "A toll",
            },
        },
    },
    "package": {
        "proposal": "package",
        "title": "A package",
        "date": "2025-02",
        "status": "package",
        "terms": {"road": {"outcome": "toll", "locator": "page 1", "summary": "A toll"}},
    },
}
PROPOSALS = ("draft", "text", "package")
ROAD, LAND, FEE, SKY = (f"agenda/issues/{key}" for key in ("road", "land", "fee", "sky"))
TOLL, HILL, RULES = f"{ROAD}/options/toll", f"{LAND}/items/hill", f"{ROAD}/decides"
PART, INNER = f"{LAND}/decides/all-of/0", f"{LAND}/decides/all-of/1"
WORTH, ANSWER, SPEAKER = "ann/worth", "ann/answers/draft/0", "ann/speakers/chair"
OFFER, SAID, ENTERED = "ann/offers/deal", "ann/statements/said", "ann/positions/road/0"
BACKED, NOTED, PAPER = f"{ENTERED}/evidence", f"{ENTERED}/notes/0", "sources/sources/paper"
TERM, BRACKET, CHOSEN = "draft/terms/fee", "text/terms/road", "package/terms/road"
BRACKETED = f"{BRACKET}/outcome/bracketed"
GRANTED = f"{ENTERED}/accepts/0"
GONE = object()
NEW = "New words"
NEW_ISSUE = FILES["agenda"]["issues"]["sky"]
BY_VOTE = "decision rule: kind | ⟨consensus⟩ | ⟨more-than⟩"
MAJORITY = {"more-than": "1/2"}
ON_SKY = {"since": "2025", "demands": "blue", "evidence": ["said"]}
NO = {"since": "2025-03", "says": "refuses", "evidence": ["said"]}
LATER = {"text": "A remark", "day": "2025-03-02"}

# For each key of the schemas: where it stands in the files, what is put in its place, and the words
# by which the report names that.
CASES: dict[str, tuple[str, Any, str]] = {
    "agenda.title": ("agenda/title", NEW, "Agenda: title | ⟨A test⟩ | ⟨New words⟩"),
    "agenda.closed": ("agenda/closed", "2025-12", "Agenda: closed | 2026 | December 2025"),
    "agenda.editor": ("agenda/editor", NEW, "Agenda: editor | ⟨An editor⟩ | ⟨New words⟩"),
    "agenda.licence": ("agenda/licence", NEW, "Agenda: licence | ⟨A licence⟩ | ⟨New words⟩"),
    "agenda.errata": ("agenda/errata", GONE, "Agenda: errata | ⟨ERRATA.md⟩ | none"),
    "agenda.groups": ("agenda/groups/main", NEW, "Group main | ⟨Main issues⟩ | ⟨New"),
    "agenda.groups.title": ("agenda/groups/some/title", NEW, "Group some | ⟨Some issues⟩ |"),
    "agenda.groups.decides": ("agenda/groups/some/decides", MAJORITY, f"fee: {BY_VOTE}"),
    "agenda.issues": ("agenda/issues/new", {**NEW_ISSUE, "title": "New"}, "new | none | new"),
    "agenda.quote-words": ("agenda/quote-words", 21, "Agenda: quote-words | 20 | 21"),
    "agenda.decides": ("agenda/decides", MAJORITY, f"Issue sky: {BY_VOTE}"),
    "agenda.single-undertaking": (
        "agenda/single-undertaking",
        True,
        "Agenda: single-undertaking | no | yes",
    ),
    "rule.rule": (RULES, {"rule": "consensus"}, "decision rule: kind | ⟨at-least⟩ | ⟨consensus⟩"),
    "rule.at-least": (f"{RULES}/at-least", "2/3", "decision rule: needed | 2 | ⟨2/3⟩"),
    "rule.more-than": (RULES, MAJORITY, "decision rule: kind | ⟨at-least⟩ | ⟨more-than⟩"),
    "rule.all-of": (f"{LAND}/decides/all-of/2", MAJORITY, "rule: part 3 | none | new"),
    "rule.any-of": (RULES, {"any-of": COMBINED["all-of"]}, "kind | ⟨at-least⟩ | ⟨any-of⟩"),
    "rule.of": (f"{LAND}/decides/of", ["bo", "ann"], "of | ⟨ann⟩ and ⟨bo⟩ | ⟨bo⟩ and ⟨ann⟩"),
    "rule.weights": (f"{RULES}/weights/bo", 2, "decision rule: weight of bo | 1 | 2"),
    "rule.veto": (f"{RULES}/veto", ["bo"], "decision rule: veto | ⟨ann⟩ | ⟨bo⟩"),
    "rule.abstention": (f"{RULES}/abstention", "open", "abstention | none | ⟨open⟩"),
    "rule.no-position": (f"{RULES}/no-position", "counts-no", "no-position | none | ⟨counts-no⟩"),
    "part.rule": (f"{PART}/rule", "unanimity", "part 1: kind | ⟨consensus⟩ | ⟨unanimity⟩"),
    "part.at-least": (PART, {"at-least": 1}, "part 1: kind | ⟨consensus⟩ | ⟨at-least⟩"),
    "part.more-than": (PART, MAJORITY, "part 1: kind | ⟨consensus⟩ | ⟨more-than⟩"),
    "part.all-of": (PART, {"all-of": [MAJORITY, CONDITION]}, "part 1: kind | ⟨consensus⟩ | ⟨all"),
    "part.any-of": (PART, {"any-of": [MAJORITY, CONDITION]}, "part 1: kind | ⟨consensus⟩ | ⟨any"),
    "part.of": (f"{PART}/of", ["bo"], "part 1: of | ⟨ann⟩ and ⟨bo⟩ | ⟨bo⟩"),
    "part.weights": (f"{INNER}/weights/bo", 2, "part 2: weight of bo | 1 | 2"),
    "part.veto": (f"{INNER}/veto", ["bo"], "part 2: veto | none | ⟨bo⟩"),
    "part.abstention": (f"{INNER}/abstention", "open", "part 2: abstention | none | ⟨open⟩"),
    "part.no-position": (f"{INNER}/no-position", "counts-no", "part 2: no-position | none |"),
    "issue.title": (f"{ROAD}/title", NEW, "Issue road: title | ⟨Road⟩ | ⟨New words⟩"),
    "issue.also": (f"{ROAD}/also", ["lane"], "Issue road: also | ⟨motorway⟩ | ⟨lane⟩"),
    "issue.question": (f"{ROAD}/question", NEW, "road: question | ⟨What of the road?⟩ | ⟨New"),
    "issue.group": (f"{ROAD}/group", "main", "Issue road: group | ⟨some⟩ | ⟨main⟩"),
    "issue.kind": (
        SKY,
        {**NEW_ISSUE, "kind": "items", "items": {"day": "By day"}},
        "Issue sky: kind | ⟨choice⟩ | ⟨items⟩",
    ),
    "issue.options": (f"{SKY}/options/red", "Red", "Issue sky: option red | none | ⟨Red⟩"),
    "issue.items": (f"{LAND}/items/dale", GONE, "Issue land: item dale | ⟨The dale⟩ | none"),
    "issue.unit": (f"{FEE}/unit", "cents", "Issue fee: unit | ⟨euros⟩ | ⟨cents⟩"),
    "issue.integer": (f"{FEE}/integer", True, "Issue fee: integer | no | yes"),
    "issue.minimum": (f"{FEE}/minimum", GONE, "Issue fee: minimum | 0 | none"),
    "issue.maximum": (f"{FEE}/maximum", GONE, "Issue fee: maximum | 50 | none"),
    "issue.core": (f"{ROAD}/core", False, "Issue road: core | yes | no"),
    "issue.text": (f"{ROAD}/text", NEW, "Issue road: text | ⟨The road⟩ | ⟨New words⟩"),
    "issue.note": (f"{ROAD}/note", NEW, "Issue road: note | ⟨A note⟩ | ⟨New words⟩"),
    "issue.formerly": (f"{ROAD}/formerly", GONE, "Issue road: formerly | ⟨way⟩ | none"),
    "issue.decides": (RULES, GONE, "decision rule: veto | ⟨ann⟩ | none"),
    "issue.presupposes": (
        f"{ROAD}/presupposes",
        ["sky=blue"],
        "presupposes | ⟨fee⟩ and ⟨sky=blue⟩ | ⟨sky=blue⟩",
    ),
    "issue.options.title": (f"{TOLL}/title", NEW, "Issue road: option toll | ⟨A toll⟩ | ⟨New"),
    "issue.options.formerly": (f"{TOLL}/formerly", ["x"], "former ids of option toll | ⟨levy⟩ |"),
    "issue.options.no-agreement": (
        f"{TOLL}/no-agreement",
        True,
        "Issue road: options with no-agreement | none | ⟨toll⟩",
    ),
    "issue.options.abstention": (
        f"{TOLL}/abstention",
        True,
        "Issue road: options that are an abstention | none | ⟨toll⟩",
    ),
    "issue.options.text": (f"{TOLL}/text", NEW, "road: text of option toll | ⟨A toll is paid.⟩ |"),
    "issue.items.title": (f"{HILL}/title", NEW, "Issue land: item hill | ⟨The hill⟩ | ⟨New words⟩"),
    "issue.items.formerly": (f"{HILL}/formerly", GONE, "former ids of item hill | ⟨top⟩ | none"),
    "party.name": ("ann/name", "Beth", "Party ann: name | ⟨Ann and sons⟩ | ⟨Beth⟩"),
    "party.short": ("ann/short", "Beth", "Party ann: short | ⟨Ann⟩ | ⟨Beth⟩"),
    "party.aliases": ("ann/aliases", ["a"], "Party ann: aliases | ⟨anna⟩ | ⟨a⟩"),
    "party.formerly": ("ann/formerly", ["an"], "Party ann: formerly | ⟨annie⟩ | ⟨an⟩"),
    "party.members": ("ann/members", ["Al"], "Party ann: members | ⟨Ann⟩ and ⟨Al⟩ | ⟨Al⟩"),
    "party.speaks-for-members": ("ann/speaks-for-members", True, "speaks-for-members | no | yes"),
    "party.plural": ("ann/plural", True, "Party ann: plural | no | yes"),
    "party.role": ("ann/role", "mediator", "Party ann: role | none | ⟨mediator⟩"),
    "party.note": ("ann/note", NEW, "Party ann: note | ⟨A note⟩ | ⟨New words⟩"),
    "party.worth": (WORTH, GONE, "Party ann: worth: at-least | 5 | none"),
    "party.answers": ("ann/answers/draft", GONE, "Party ann: answer to draft | present | removed"),
    "party.speakers": ("ann/speakers/guest", GONE, "Party ann: speaker guest | present | removed"),
    "party.offers": ("ann/offers/other", GONE, "Party ann: offer other | present | removed"),
    "party.statements": ("ann/statements/x", STATEMENT, "Party ann: statement x | none | new"),
    "party.positions": ("ann/positions/sky", [ON_SKY], "Newly coded: demands ⟨Blue⟩"),
    "party.worth.at-least": (f"{WORTH}/at-least", 6, "Party ann: worth: at-least | 5 | 6"),
    "party.worth.no-deal": (f"{WORTH}/no-deal", 3, "Party ann: worth: no-deal | 4 | 3"),
    "party.worth.evidence": (f"{WORTH}/evidence", ["denied"], "worth: evidence | ⟨said⟩ | ⟨denied"),
    "party.worth.issues": (f"{WORTH}/issues/road/toll", 9, "points on road: toll | 10 | 9"),
    "answer.since": (f"{ANSWER}/since", "2025-04", "since | March 2025 | April 2025"),
    "answer.until": (f"{ANSWER}/until", "2025-12", "answer to draft: 1: until | 2026 | December"),
    "answer.says": (ANSWER, NO, "says | ⟨accepts⟩ | ⟨refuses⟩"),
    "answer.except": (f"{ANSWER}/except", ["sky"], "except | ⟨land⟩ | ⟨sky⟩"),
    "answer.subject-to": (f"{ANSWER}/subject-to", NEW, "subject-to | ⟨a vote⟩ | ⟨New words⟩"),
    "answer.note": (f"{ANSWER}/note", NEW, "answer to draft: 1: note | ⟨A note⟩ | ⟨New words⟩"),
    "answer.evidence": (f"{ANSWER}/evidence", ["denied"], "1: evidence | ⟨said⟩ | ⟨denied⟩"),
    "speaker.name": (f"{SPEAKER}/name", NEW, "speaker chair: name | ⟨Kay⟩ | ⟨New words⟩"),
    "speaker.role": (f"{SPEAKER}/role", NEW, "speaker chair: role | ⟨Chair⟩ | ⟨New words⟩"),
    "speaker.outside": (f"{SPEAKER}/outside", True, "speaker chair: outside | no | yes"),
    "statement.source": (f"{SAID}/source", "other", "statement said: source | ⟨paper⟩ | ⟨other⟩"),
    "statement.speaker": (f"{SAID}/speaker", "guest", "said: speaker | ⟨chair⟩ | ⟨guest⟩"),
    "statement.said": (f"{SAID}/said", "2025-01", "said: said | February 2025 | January 2025"),
    "statement.basis": (f"{SAID}/basis", "inferred", "said: basis | ⟨stated⟩ | ⟨inferred⟩"),
    "statement.summary": (f"{SAID}/summary", NEW, "said: summary | ⟨A summary⟩ | ⟨New words⟩"),
    "statement.quote": (f"{SAID}/quote", NEW, "said: quote | ⟨A quote⟩ | ⟨New words⟩"),
    "statement.quote-original": (f"{SAID}/quote-original", NEW, "quote-original | ⟨Ein Zitat⟩ |"),
    "statement.locator": (f"{SAID}/locator", NEW, "said: locator | ⟨page 1⟩ | ⟨New words⟩"),
    "statement.note": (f"{SAID}/note", NEW, "said: note | ⟨A note⟩ | ⟨New words⟩"),
    "statement.coder": (f"{SAID}/coder", "Lin", "statement said: coder | ⟨Kim⟩ | ⟨Lin⟩"),
    "statement.reviewed": (f"{SAID}/reviewed", GONE, "said: reviewed: by | ⟨Rae⟩ | none"),
    "statement.reviewed.by": (f"{SAID}/reviewed/by", "Lou", "reviewed: by | ⟨Rae⟩ | ⟨Lou⟩"),
    "statement.reviewed.on": (f"{SAID}/reviewed/on", "2025-04", "on | 1 March 2025 | April 2025"),
    "offer.title": (f"{OFFER}/title", NEW, "Party ann: offer deal: title | ⟨A deal⟩ | ⟨New words⟩"),
    "offer.until": (f"{OFFER}/until", "2025-12", "offer deal: until | 2026 | December 2025"),
    "offer.deadline": (f"{OFFER}/deadline", True, "Party ann: offer deal: deadline | no | yes"),
    "entry.since": (f"{ENTERED}/since", "2025-03", "edited under since"),
    "entry.until": (
        f"{ENTERED}/until",
        "2025-05",
        "Still coded, but no longer in force and edited under until",
    ),
    "entry.standing": (f"{ENTERED}/standing", False, "edited under standing"),
    "entry.demands": (f"{ENTERED}/demands", "half", "Now coded as: demands"),
    "entry.proposes": (f"{ENTERED}/proposes", "half", "Now coded as: demands"),
    "entry.accepts": (f"{GRANTED}/if/fee/min", 6, "Now coded as: demands"),
    "entry.refuses": (f"{ENTERED}/refuses", ["free", "half"], "Now coded as: demands"),
    "entry.reserves": (f"{ENTERED}/reserves", NEW, "New words"),
    "entry.interest": (f"{ENTERED}/interest", NEW, "edited under interest"),
    "entry.priority": (f"{ENTERED}/priority", "low", "edited under priority"),
    "entry.note": (f"{ENTERED}/note", NEW, "edited under note"),
    "entry.evidence": (f"{BACKED}/demands", ["more"], "edited under evidence and grounds"),
    "entry.against": (f"{ENTERED}/against", GONE, "edited under against"),
    "entry.context": (f"{ENTERED}/context", GONE, "edited under context"),
    "entry.notes": (f"{ENTERED}/notes", [LATER], "edited under notes"),
    "entry.deadline": (f"{ENTERED}/deadline", True, "edited under until and deadline"),
    "entry.offer": (f"{ENTERED}/offer", "other", "edited under offer"),
    "entry.coder": (f"{ENTERED}/coder", "Lin", "edited under coder"),
    "entry.reviewed": (f"{ENTERED}/reviewed", GONE, "edited under reviewed"),
    "entry.notes.day": (f"{NOTED}/day", "2025-03-02", "edited under notes"),
    "entry.notes.text": (f"{NOTED}/text", NEW, "edited under notes"),
    "entry.reviewed.by": (f"{ENTERED}/reviewed/by", "Lou", "edited under reviewed"),
    "entry.reviewed.on": (f"{ENTERED}/reviewed/on", "2025-04", "edited under reviewed"),
    **{
        f"entry.evidence.{verb}": (f"{BACKED}/{verb}", ["more"], "edited under evidence and")
        for verb in ("demands", "proposes", "accepts", "refuses", "reserves")
    },
    "sources.sources": ("sources/sources/new", SOURCE, "Source new | none | new"),
    "source.title": (f"{PAPER}/title", NEW, "Source paper: title | ⟨A paper⟩ | ⟨New words⟩"),
    "source.publisher": (f"{PAPER}/publisher", NEW, "publisher | ⟨A publisher⟩ | ⟨New words⟩"),
    "source.authors": (f"{PAPER}/authors", ["Liu"], "Source paper: authors | ⟨Lee⟩ | ⟨Liu⟩"),
    "source.date": (f"{PAPER}/date", "2024", "Source paper: date | January 2025 | 2024"),
    "source.url": (f"{PAPER}/url", "https://example.com/x", "url | ⟨https://example.org/a⟩ |"),
    "source.archived": (f"{PAPER}/archived", GONE, "archived | ⟨https://example.org/b⟩ | none"),
    "source.language": (f"{PAPER}/language", "fr", "Source paper: language | ⟨de⟩ | ⟨fr⟩"),
    "source.translation": (f"{PAPER}/translation", "translated", "| ⟨none⟩ | ⟨translated⟩"),
    "source.status": (f"{PAPER}/status", "leaked", "status | ⟨official⟩ | ⟨leaked⟩"),
    "source.note": (f"{PAPER}/note", NEW, "Source paper: note | ⟨A note⟩ | ⟨New words⟩"),
    "source.paragraphs": (f"{PAPER}/paragraphs", 8, "Source paper: paragraphs | 9 | 8"),
    "source.no-position": (f"{PAPER}/no-position/procedure", [1], "procedure⟩ | ⟨1⟩ and ⟨2⟩ | ⟨1⟩"),
    "proposal.title": ("draft/title", NEW, "Text draft: title | ⟨A draft⟩ | ⟨New words⟩"),
    "proposal.date": ("draft/date", "2024", "Text draft: date | February 2025 | 2024"),
    "proposal.source": ("draft/source", "other", "Text draft: source | ⟨paper⟩ | ⟨other⟩"),
    "proposal.status": ("draft/status", "leaked", "Text draft: status | ⟨official⟩ | ⟨leaked⟩"),
    "proposal.authors": ("draft/authors", ["bo"], "Text draft: authors | ⟨ann⟩ | ⟨bo⟩"),
    "proposal.note": ("draft/note", NEW, "Text draft: note | ⟨A note⟩ | ⟨New words⟩"),
    "proposal.terms": (
        "draft/terms/sky",
        {"outcome": "blue", "summary": "S"},
        "term on sky | none",
    ),
    "term.outcome": (f"{TERM}/outcome/max", 8, "outcome on fee | 5 to 9 | 5 to 8"),
    "term.locator": (f"{TERM}/locator", NEW, "fee: locator | ⟨page 1⟩ | ⟨New words⟩"),
    "term.summary": (f"{TERM}/summary", NEW, "fee: summary | ⟨A fee⟩ | ⟨New words⟩"),
    "bracket.bracketed": (f"{BRACKETED}/2", GONE, "alternatives on road: 3 | present | removed"),
    "bracketed-alternative.outcome": (
        f"{BRACKETED}/1/outcome",
        "none",
        "2: outcomes | ⟨free⟩ | none",
    ),
    "bracketed-alternative.by": (f"{BRACKETED}/0/by", ["bo"], "road: 1: by | ⟨ann⟩ | ⟨bo⟩"),
    "conditional-outcome.outcome": (f"{GRANTED}/outcome", "toll", "Now coded as: demands"),
    "conditional-outcome.if": (f"{GRANTED}/if", {"sky": "blue"}, "Now coded as: demands"),
    "conditional-outcome.subject-to": (f"{GRANTED}/subject-to", NEW, "Now coded as: demands"),
    "range.min": (f"{TERM}/outcome/min", 6, "outcome on fee | 5 to 9 | 6 to 9"),
    "range.above": (f"{TERM}/outcome", {"above": 5}, "outcome on fee | 5 to 9 | more than 5"),
    "range.max": (f"{TERM}/outcome", {"max": 9}, "outcome on fee | 5 to 9 | at most 9"),
    "range.below": (f"{TERM}/outcome", {"below": 9}, "outcome on fee | 5 to 9 | less than 9"),
    "package-term.outcome": (f"{CHOSEN}/outcome", "free", "outcome on road | ⟨toll⟩ | ⟨free⟩"),
    "package-term.locator": (f"{CHOSEN}/locator", NEW, "road: locator | ⟨page 1⟩ | ⟨New words⟩"),
    "package-term.summary": (f"{CHOSEN}/summary", NEW, "road: summary | ⟨A toll⟩ | ⟨New words⟩"),
}
# A part of a rule within a part is written as that part is. An id is the name of its file.
SAME = {f"condition.{key.partition('.')[2]}" for key in CASES if key.startswith("part.")}
IDS = {"party.party", "proposal.proposal"}


def keys(node: Any, place: str) -> Iterator[str]:
    """The keys that a schema knows, each with what it is a key of."""
    for name, inner in node.items() if isinstance(node, dict) else ():
        if name in ("properties", "$defs"):
            known = {key: value for key, value in inner.items() if value.get("not") != {}}
            for key, value in known.items():
                within = f"{place}.{key}" if name == "properties" else key
                if name == "properties":
                    yield within
                yield from keys(value, within)
        elif name not in ("if", "not"):
            for one in inner if isinstance(inner, list) else [inner]:
                yield from keys(one, place)


def test_every_key_of_the_files_has_a_case() -> None:
    known = {key for name in ("agenda", "party", "sources", "proposal") for key in keys_of(name)}
    assert known - CASES.keys() <= SAME | IDS
    assert CASES.keys() <= known


def keys_of(name: str) -> set[str]:
    return {*keys(SCHEMAS[name], name)}


def written(folder: Path, files: dict[str, Any]) -> Path:
    (folder / "proposals").mkdir(parents=True)
    for name, data in files.items():
        place = f"proposals/{name}" if name in PROPOSALS else name
        (folder / f"{place}.yaml").write_text(json.dumps(data), "utf-8")
    return folder


def with_edit(path: str, value: Any) -> dict[str, Any]:
    """The files with one place edited."""
    files = deepcopy(FILES)
    holder: Any = files
    *steps, last = path.split("/")
    for step in steps:
        holder = holder[int(step) if isinstance(holder, list) else step]
    if isinstance(holder, list):
        holder[int(last) : int(last) + 1] = [] if value is GONE else [value]
    elif value is GONE:
        del holder[last]
    else:
        holder[last] = value
    return files


@cache
def base() -> Any:
    with TemporaryDirectory() as folder:
        return load_dossier(written(Path(folder) / "base", FILES))


def edited(folder: Path, path: str, value: Any) -> Changes:
    new = load_dossier(written(folder / "new", with_edit(path, value)))
    return edits(base(), new, ["ann", "bo"], DAY)


def told(found: Changes) -> str:
    """The rows of the report's tables, one in a line."""
    tables = (one for one in changes_document(found, REVISIONS).blocks if isinstance(one, Table))
    return "\n".join(" | ".join(map(str, row)) for table in tables for row in table.rows)


@pytest.mark.parametrize("key", CASES)
def test_an_edit_of_it_is_named(tmp_path: Path, key: str) -> None:
    path, value, words = CASES[key]
    found = edited(tmp_path, path, value)
    assert words in told(found)
    report = changes_report(found, REVISIONS)
    assert not [*Draft202012Validator(SCHEMAS["changes"]).iter_errors(report)]
    assert report["redefinitions"] or report["entries"]
    if found.redefinitions:
        summary = "besides positions may change what positions mean"
        assert summary in " ".join(rendered(changes_document(found, REVISIONS)).split())
    named = [row for row in changes_rows(found, edited=True)[1] if row[0] == "redefinition"]
    assert len(named) == len(report["redefinitions"])


def test_nothing_is_named_where_nothing_was_edited(tmp_path: Path) -> None:
    again = load_dossier(written(tmp_path / "again", FILES))
    found = edits(base(), again, ["ann", "bo"], DAY)
    assert (found.redefinitions, found.entries, found.elsewhere, found.beyond) == ((), (), 0, 0)
    assert "besides positions" not in rendered(changes_document(found, REVISIONS))


@pytest.mark.parametrize(
    ("path", "value", "words"),
    [
        (
            "ann/statements/said/summary",
            "Wants more",
            "Party ann: statement said: reviewed: on | 1 March 2025 | unchanged, before this edit",
        ),
        ("ann/statements/said/reviewed/on", "2025-04-01", ""),
        ("ann/positions/road/0/priority", "low", "It was reviewed by Rae on 1 March 2025"),
        ("ann/positions/road/0/note", "Another note", "It was reviewed by Rae on 1 March 2025"),
        ("ann/positions/road/0/reviewed/on", "2025-04-01", ""),
    ],
)
def test_a_review_that_an_edit_has_outdated_is_told(
    tmp_path: Path, path: str, value: str, words: str
) -> None:
    rows = told(edited(tmp_path, path, value))
    assert words in rows
    assert ("before this edit" in rows) == bool(words)


def test_an_entry_that_was_given_an_end_is_still_coded(tmp_path: Path) -> None:
    rows = told(edited(tmp_path, "ann/positions/road/0/until", "2025-03"))
    assert "Ann: Road | Still coded, but no longer in force and edited under until: " in rows
    assert rows.endswith("It was reviewed by Rae on 1 March 2025, before this edit.")


def test_an_id_that_is_another_is_renamed_wherever_it_stands(tmp_path: Path) -> None:
    renamed = {"ann": "amy", "road": "street", "toll": "charge", "sky=blue": "air=azure"}
    renamed |= {"sky": "air", "blue": "azure", "land": "ground", "hill": "mount", "fee": "price"}
    text = json.dumps(FILES)
    for was, now in renamed.items():
        text = text.replace(f'"{was}"', f'"{now}"')
    new = load_dossier(written(tmp_path / "new", json.loads(text)))
    found = edits(base(), new, ["amy", "bo"], DAY)
    assert len(found.renames) == len(renamed) - 1
    assert (found.redefinitions, found.entries, found.elsewhere, found.beyond) == ((), (), 0, 0)


CLOSINGS = [None, "2020", "2025-01-31", "2999"]


@pytest.mark.parametrize("was", CLOSINGS)
@pytest.mark.parametrize("now", CLOSINGS)
def test_no_edit_of_the_closing_day_hides_what_was_said_later(
    tmp_path: Path, was: str | None, now: str | None
) -> None:
    def with_closing(name: str, day: str | None, entries: list[dict[str, Any]]) -> Dossier:
        people = {"ann": {"road": entries}, "bo": {"road": {"since": "2019", "demands": "free"}}}
        folder = write_short(tmp_path / name, {"road": {"options": ["toll", "free"]}}, people)
        agenda = json.loads((folder / "agenda.yaml").read_text("utf-8"))
        closing = {} if day is None else {"closed": day}
        (folder / "agenda.yaml").write_text(json.dumps(agenda | closing), "utf-8")
        return load_dossier(folder)

    before = {"since": "2019", "demands": "toll"}
    after = {"since": "2025-02", "until": "2998", "demands": "free"}
    pair = with_closing("old", was, [before]), with_closing("new", now, [before, after])
    found = edits(*pair, ["ann", "bo"])
    text = " ".join(rendered(changes_document(found, REVISIONS)).split())
    if was == now:
        assert "The day on which the talks closed was edited" not in text
        assert found.before.day == found.after.day == compare(pair[0], ["ann", "bo"]).day
        return
    assert "this report is as of today" in text
    assert [(one.was.verdict, one.now.verdict) for one in found.verdicts] == [
        ("conflict", "overlap")
    ]
    (edit,) = found.redefinitions
    assert edit.place == ("closed",)
    day = "today" if now in (None, "2999") else written_day(compare(pair[1], ["ann", "bo"]).day)
    assert f"others are from now on as of {day}." in text
