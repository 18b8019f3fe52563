"""What a person adds to a dossier: statements, entries, answers, sources, parties, issues."""

from __future__ import annotations

from collections.abc import Callable, Container
from typing import Any

from claimpos.curating.edited_dossier import EditedDossier
from claimpos.curating.entries import AddedStatements, Cited, StartDates, from_last, said_by
from claimpos.curating.outcome_text import acceptances_of, outcomes_of
from claimpos.curating.pieces import (
    check_id,
    checked_date,
    id_of_text,
    piece_of,
    put_answers,
    put_entries,
    put_groups,
    put_issue,
    put_sources,
    put_speakers,
    put_statements,
)
from claimpos.curating.requests import Added, Given, Request, titled_ids, unknown_source
from claimpos.dossier.dates import partial_date
from claimpos.dossier.evidence import is_over
from claimpos.dossier.locate import AGENDA, SOURCES, file_of
from claimpos.dossier.lookup import issue_named, nearest, party_named, proposal_named
from claimpos.dossier.model import VERBS, Entry, Issue
from claimpos.dossier.written_figures import numbers_meant
from claimpos.errors import UnknownName, WrongUsage
from claimpos.importing.draft import unused
from claimpos.importing.folder import (
    ANSWER_KEYS,
    ENTRY_KEYS,
    ISSUE_KEYS,
    PARTY_KEYS,
    SOURCE_KEYS,
    STATEMENT_KEYS,
)
from claimpos.wording.names import joined

_BOUNDS = ("minimum", "maximum")
_SPEAKER_KEYS = ("name", "role", "outside")


class Additions:
    """Adds one piece after another to a dossier; later ones may refer to earlier ones.

    An entry or an answer without evidence rests on the statements of its party that were added
    since the last entry before them; a statement without a source has the last one added.
    """

    def __init__(self, edited: EditedDossier) -> None:
        self.edited = edited
        self.source = ""
        self.party = ""
        self.citations = AddedStatements()

    def add(self, request: Request) -> Added:
        """Add a piece; raises WrongUsage and UnknownName."""
        given = {key: checked_date(key, value) for key, value in request.given.items()}
        return _ADDERS[request.kind](self, given)

    # ---- the sources, the agenda, a party ----

    def add_source(self, given: Given) -> Added:
        name = self._new_id(given, self.edited.data(SOURCES)["sources"])
        put_sources(self.edited, {name: piece_of(given, SOURCE_KEYS)})
        self.source = name
        return Added("source", name)

    def add_issue(self, given: Given) -> Added:
        agenda, group = self.edited.data(AGENDA), given["group"]
        name, groups = self._new_id(given, agenda["issues"]), agenda["groups"]
        if group not in groups:
            if "group-title" not in given:
                remedy = "; or give --group-title, to add it"
                raise UnknownName("group", group, nearest(group, groups), "claimpos list", remedy)
            put_groups(self.edited, {group: given["group-title"]})
        put_issue(self.edited, name, piece_of(_as_in_agenda(given), ISSUE_KEYS))
        self.edited.reload()
        return Added("issue", name)

    def add_party(self, given: Given) -> Added:
        name = self._new_id(given, self.edited.dossier.parties)
        data = {"party": name, **piece_of(given, PARTY_KEYS), "statements": {}, "positions": {}}
        self.edited.create_party(name, data)
        self.party = name
        return Added("party", name, name)

    # ---- what a party says ----

    def add_statement(self, given: Given) -> Added:
        party = self._party(given)
        facts = {"source": self.source, **given}
        held = self.edited.data(SOURCES)["sources"]
        if facts["source"] not in held:
            raise unknown_source(facts["source"], held)
        data = self.edited.data(file_of(party))
        if "speaker" in given:
            self._add_speaker(party, data, given)
        held = data["statements"]
        name = given.get("id") or unused(id_of_text(given["summary"]), held, {})
        if name in held:
            raise WrongUsage(f"“{party}” already has a statement “{name}”; give another --id")
        check_id(name)
        put_statements(self.edited, party, {name: piece_of(facts, STATEMENT_KEYS)})
        self.source = facts["source"]
        self.citations.note(party, name)
        return Added("statement", name, party)

    def _add_speaker(self, party: str, data: Any, given: Given) -> None:
        speaker = given["speaker"]
        speakers = data.get("speakers", {})
        if speaker in speakers:
            known = speakers[speaker]
            for key, option in (("name", "speaker-name"), ("role", "role")):
                if given.get(option, known.get(key)) != known.get(key):
                    raise WrongUsage(
                        f"the {key} of the speaker “{speaker}” of “{party}” is "
                        f"“{known.get(key, '')}”; leave out --{option}, or give another --speaker"
                    )
            return
        if "speaker-name" not in given:
            more = f" of “{party}”; to add it, give --speaker-name"
            near = nearest(speaker, speakers)
            raise UnknownName("speaker", speaker, near, f"claimpos show {party}", more)
        check_id(speaker)
        facts = piece_of({**given, "name": given["speaker-name"]}, _SPEAKER_KEYS)
        put_speakers(self.edited, party, {speaker: facts})

    def add_entry(self, given: Given) -> Added:
        party = self._party(given)
        issue = issue_named(self.edited.dossier, given["issue"])
        data = self.edited.data(file_of(party))
        cited = self.citations.cited(party, given, data["statements"])
        since = given.get("since") or self._day_of(cited, data)
        facts = {"since": since, **self._outcomes(given, issue)}
        facts |= {
            key: given[key]
            for key in ENTRY_KEYS
            if key in given and key not in {*VERBS, "evidence"}
        }
        entries = data["positions"].get(issue.id, [])
        at = StartDates(entries).last_before(since)
        if at >= 0 and given.get("from-last"):
            held = self._held(party, issue.id, since)
            at = [str(entry["since"]) for entry in entries].index(held.since.text)
        added = Added("entry", issue.id, party, since)
        if at >= 0:
            facts, added = self._following(entries[at], facts, cited, given, added, issue)
        elif given.get("from-last"):
            raise WrongUsage(
                f"“{party}” has no entry on “{issue.id}” on or before {since} to start from"
            )
        if facts.keys().isdisjoint(VERBS):
            verbs = joined((f"--{verb}" for verb in VERBS), "or")
            raise WrongUsage(f"the entry says nothing about “{issue.id}”; give {verbs}")
        facts.setdefault("evidence", cited.by_verb(facts))
        put_entries(self.edited, party, issue.id, [piece_of(facts, ENTRY_KEYS)])
        return added

    def _held(self, party: str, issue: str, since: str) -> Entry:
        """The entry that holds on a day but for a new one; raises WrongUsage if it has lapsed."""
        day = partial_date(since).first
        held = None
        for entry in self.edited.dossier.parties[party].positions[issue]:
            is_ended = entry.offer is not None and is_over(entry.offer.until, day)
            if entry.since.first <= day and not is_ended:
                held = entry
        if held is None or is_over(held.until, day):
            raise WrongUsage(
                f"the position of “{party}” on “{issue}” has lapsed by {since}: instead of "
                "--from-last, write what it says now"
            )
        return held

    def _following(
        self,
        last: Any,
        facts: dict[str, Any],
        cited: Cited,
        given: Given,
        added: Added,
        issue: Issue,
    ) -> tuple[dict[str, Any], Added]:
        """The facts of an entry that follows another, and what of that one is not in it."""
        added = added._replace(last=str(last["since"]))
        if not given.get("from-last"):
            return facts, added._replace(dropped=said_by(last, but=facts))
        without = given.get("without", ())
        for verb in without:
            if verb not in VERBS:
                raise UnknownName("verb", verb, nearest(verb, VERBS), "claimpos add entry --help")
        made = from_last(last, facts, cited, without, issue)
        return made.facts, added._replace(
            dropped=made.dropped, replaced=made.replaced, is_copy=True
        )

    def add_answer(self, given: Given) -> Added:
        party = self._party(given)
        text = proposal_named(self.edited.dossier, given["text"]).id
        data = self.edited.data(file_of(party))
        cited = self.citations.cited(party, given, data["statements"])
        since = given.get("since") or self._day_of(cited, data)
        answer = piece_of({**given, "since": since, "evidence": cited.all}, ANSWER_KEYS)
        put_answers(self.edited, party, text, [answer])
        return Added("answer", text, party, since)

    # ---- what they have in common ----

    def _party(self, given: Given) -> str:
        """The id of the party given or, if none is, of the last party that was added to."""
        if name := given.get("party"):
            self.party = party_named(self.edited.dossier, name).id
        if not self.party:
            raise WrongUsage("the party is missing; name it first")
        return self.party

    def _outcomes(self, given: Given, issue: Issue) -> dict[str, Any]:
        facts: dict[str, Any] = {}
        for verb in VERBS:
            texts = given.get(verb)
            if texts and verb == "accepts":
                facts[verb] = acceptances_of(texts, issue, self.edited.dossier)
            elif texts:
                facts[verb] = texts if verb == "reserves" else outcomes_of(texts, issue)
        return facts

    def _day_of(self, cited: Cited, data: Any) -> str:
        """The first day on which any of the statements was made."""
        sources = self.edited.data(SOURCES)["sources"]
        said = [data["statements"][name] for name in cited.all]
        days = [str(one.get("said", sources[one["source"]]["date"])) for one in said]
        return min(days, key=lambda day: partial_date(day).first)

    def _new_id(self, given: Given, held: Container[str]) -> str:
        """The id that is given; raises WrongUsage if it cannot be one, or is there already."""
        check_id(given["id"])
        if given["id"] in held:
            raise WrongUsage(f"“{given['id']}” already exists; choose another id")
        return str(given["id"])


_ADDERS: dict[str, Callable[[Additions, Given], Added]] = {
    "statement": Additions.add_statement,
    "entry": Additions.add_entry,
    "answer": Additions.add_answer,
    "source": Additions.add_source,
    "party": Additions.add_party,
    "issue": Additions.add_issue,
}


def _as_in_agenda(given: Given) -> Given:
    """What is given for an issue with maps for pairs, and numbers for their texts."""
    maps = {key: titled_ids(given[key]) for key in ("options", "items") if key in given}
    return {**given, **maps, **{key: _number(given, key) for key in _BOUNDS if key in given}}


def _number(given: Given, key: str) -> Any:
    meant = numbers_meant(given[key])
    if len(meant) != 1:
        raise WrongUsage(f"--{key} “{given[key]}” is not one number; write it like 85000 or 4.5")
    return meant[0]
