"""What the table left unsaid and a dossier needs: inferred or put in, and each time told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from typing import Any

from claimpos.comparison.wording import joined
from claimpos.dossier.dates import partial_date
from claimpos.errors import WrongUsage
from claimpos.importing.account import Account, LeftOut
from claimpos.importing.draft import Draft, EntryKey, Piece
from claimpos.importing.names import is_id
from claimpos.importing.outcomes import Outcomes, kind_of, outcomes_in

OTHER = {"other": "Any other outcome"}
_MANY = 20


def settle(draft: Draft, table: str, stances: Mapping[str, str], account: Account) -> None:
    """Complete the draft: kinds and options, titles, groups, sources, the basis of statements.

    `stances` are the outcomes that a stated vocabulary names; without one, none.
    """
    for issue in draft.issues:
        _settle_issue(draft, issue, stances, account)
    _settle_groups(draft, account)
    _settle_sources(draft, table, account)
    for party, piece in draft.parties.items():
        if "name" not in piece:
            piece["name"] = draft.names("party").first[party][0]
    for held in draft.speakers.values():
        for speaker in held.values():
            speaker.setdefault("name", speaker.pop("_named"))
    if not draft.title:
        draft.title = f"Imported from {table}"
        account.guess(f"dossier: “{draft.title}”")
    account.whole = {"issues": frozenset(draft.issues), "sources": frozenset(draft.sources)}
    for names in draft.all_names():
        names.tell_near()
        if names.kind in {"party", "issue", "group", "option", "item"}:
            _tell_ids(names.kind, names.made(), account)


def _tell_ids(kind: str, made: Mapping[str, str], account: Account) -> None:
    for name, identifier in made.items():
        account.guess(f"id of each {kind} from its name", f"“{name}” → {identifier}")


def _settle_issue(draft: Draft, issue: str, stances: Mapping[str, str], account: Account) -> None:
    piece = draft.issues[issue]
    name = draft.names("issue").first[issue][0]
    if "title" not in piece:
        piece["title"] = name
    if "question" not in piece:
        piece["question"] = f"What is decided on “{piece['title']}”?"
        account.guess("question: “What is decided on …?”", issue)
    entries = {key: entry for key, entry in draft.entries.items() if key.issue == issue}
    if "kind" not in piece:
        piece["kind"] = _likeliest_kind(piece, entries)
        account.guess(f"kind, by the outcomes that are named: {piece['kind']}", issue)
    if piece["kind"] == "quantity":
        _settle_quantity(piece, issue, account)
    outcomes = _outcomes(draft, issue, piece, stances)
    for key, entry in entries.items():
        try:
            draft.entries[key] = _settled(entry, outcomes)
        except LeftOut as why:
            drop(draft, key, str(why))
    if piece["kind"] != "quantity":
        _settle_options(piece, issue, outcomes, account)


def _settled(entry: Piece, outcomes: Outcomes) -> Piece:
    settled = Piece(entry.place, outcomes.settle(entry, entry.place))
    settled.places = entry.places
    return settled


def drop(draft: Draft, key: EntryKey, why: str) -> None:
    """Leave a position out, and the statements that no other position rests on; tell its lines."""
    entry = draft.entries.pop(key)
    for place in entry.places:
        draft.account.leave_out(place, why)
    left: set[str] = set()
    for other, rest in draft.entries.items():
        if other.party == key.party:
            left.update(rest["evidence"], rest.get("against", ()))
    for statement in (*entry["evidence"], *entry.get("against", ())):
        if statement not in left:
            draft.statements[key.party].pop(statement, None)


def _likeliest_kind(piece: Mapping[str, Any], entries: Mapping[EntryKey, Piece]) -> str:
    if "items" in piece:
        return "items"
    if "options" in piece:
        return "choice"
    kinds = Counter(kind_of(outcome) for entry in entries.values() for outcome in outcomes_in(entry))
    return kinds.most_common(1)[0][0] if kinds else "choice"


def _settle_quantity(piece: Piece, issue: str, account: Account) -> None:
    if "unit" not in piece:
        piece["unit"] = "units (the table names none)"
        account.guess("unit: “units (the table names none)”", issue)


def _outcomes(draft: Draft, issue: str, piece: Piece, stances: Mapping[str, str]) -> Outcomes:
    """The options and items of an issue, so far as the table or the vocabulary states them."""
    options, items = draft.names("option", issue), draft.names("item", issue)
    stated = "options" in piece
    titles = piece.get("options") or list(stances.items())
    for identifier, title in titles:
        options.id_of(identifier, piece.place)
        options.ids.setdefault(title.casefold(), options.id_of(identifier, piece.place))
    for identifier, _ in piece.get("items", ()):
        items.id_of(identifier, piece.place)
    return Outcomes(piece["kind"], options, items, stated)


def _settle_options(piece: Piece, issue: str, outcomes: Outcomes, account: Account) -> None:
    for key, names in (("options", outcomes.options), ("items", outcomes.items)):
        stated = dict(piece.get(key, ()))
        titles = {
            made: _titled(stated.get(name, name))
            for made, (name, _) in names.first.items()
        }
        if key == "options" and key not in piece:
            account.guess("options: those that the table names", issue)
        if key == "options" and len(titles) < 2:
            titles |= {"other": OTHER["other"]} if "other" not in titles else {"another": "Another"}
            named = "“Any other outcome”, since the table names less than two"
            account.guess(f"one more option: {named}", issue)
        if titles and (key == "options" or piece["kind"] == "items"):
            piece[key] = titles


def _titled(name: str) -> str:
    """A title: the name itself, or words with a capital letter if it is an id."""
    return name.replace("-", " ").capitalize() if is_id(name) else name


def _settle_groups(draft: Draft, account: Account) -> None:
    for group, piece in draft.groups.items():
        piece.setdefault("title", draft.names("group").first[group][0])
    without = [issue for issue, piece in draft.issues.items() if "group" not in piece]
    for issue in without:
        draft.issues[issue]["group"] = "issues"
        account.guess("group: “Issues”", issue)
    if without and "issues" not in draft.groups:
        draft.groups["issues"] = Piece(draft.issues[without[0]].place, {"title": "Issues"})


def _settle_sources(draft: Draft, table: str, account: Account) -> None:
    statements = [one for held in draft.statements.values() for one in held.values()]
    lone = [statement for statement in statements if "source" not in statement]
    if lone:
        names = draft.names("source")
        source = names.id_of(f"table {table}", lone[0].place)
        draft.sources.setdefault(source, Piece(lone[0].place, {"title": f"The table {table}"}))
        account.guess("source: the table itself, where a line names none")
        for statement in lone:
            statement["source"] = source
    dated: dict[str, list[str]] = {}
    for statement in statements:
        if "_since" in statement:
            dated.setdefault(statement["source"], []).append(statement["_since"])
    guessed = [key for key in draft.sources if "date" not in draft.sources[key]]
    for source, piece in draft.sources.items():
        _settle_source(draft, source, piece, dated.get(source, []), table)
    _settle_statements(statements, draft.sources, guessed, account)


def _settle_source(draft: Draft, key: str, piece: Piece, dates: list[str], table: str) -> None:
    account = draft.account
    piece.setdefault("title", draft.names("source").first[key][0])
    unsaid = []
    if "publisher" not in piece:
        piece["publisher"] = "Not stated"
        account.guess("publisher: “Not stated”", key)
        unsaid.append("publisher")
    if "date" not in piece:
        every = dates or [entry.since for entry in draft.entries]
        if not every:
            raise WrongUsage(f"{piece.place}: the source “{key}” has no date; --set source_date=DATE")
        piece["date"] = min(every, key=lambda date: partial_date(date).first)
        account.guess("source_date: the first since of the lines that name it", key)
        unsaid.append("date")
    if "status" not in piece:
        piece["status"] = "press"
        account.guess("status: press", key)
        unsaid.append("status")
    if unsaid:
        note = f"{table} does not state its {joined(unsaid)}; put at the import."
        piece["note"] = f"{piece['note']} {note}" if "note" in piece else note


def _settle_statements(
    statements: Collection[Piece], sources: Mapping[str, Piece], guessed: list[str], account: Account
) -> None:
    for statement in statements:
        since = statement.pop("_since", None)
        source = statement["source"]
        if since and "said" not in statement and since != sources[source].get("date"):
            if source in guessed:
                statement["said"] = since
        if "basis" not in statement:
            statement["basis"] = "inferred"
            account.guess("basis: inferred, the weakest")
