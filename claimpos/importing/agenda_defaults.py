"""What the table leaves unsaid of the agenda: inferred or put in, and each time told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from claimpos.importing.draft import Draft, EntryKey, Piece, give
from claimpos.importing.import_log import Account, LeftOut
from claimpos.importing.names import titled
from claimpos.importing.outcomes import Outcomes, kind_of, outcomes_in
from claimpos.importing.source_defaults import settle_sources

OTHER = "Any other outcome"
NONE = {"not-named": "An outcome that the table does not name", "other": OTHER}


def settle(draft: Draft, table: str, stances: Mapping[str, str], account: Account) -> None:
    """Complete the draft: kinds and options, titles, groups, sources, the basis of statements.

    `stances` are the outcomes that a stated vocabulary names; without one, none.
    """
    by_issue: dict[str, dict[EntryKey, Piece]] = {issue: {} for issue in draft.issues}
    for key, entry in draft.entries.items():
        by_issue[key.issue][key] = entry
    for issue, entries in by_issue.items():
        _settle_issue(draft, issue, entries, stances, account)
    _settle_groups(draft, account)
    settle_sources(draft, table, account)
    _settle_parties(draft)
    draft.title = draft.title or draft.given.get("dossier", {}).get("title", "")
    if not draft.title:
        draft.title = f"Imported from {table}"
        account.guess(f"dossier: “{draft.title}”")
    account.whole = {"issues": frozenset(draft.issues), "sources": frozenset(draft.sources)}
    for names in draft.all_names():
        if names.kind != "statement":
            names.tell_near()
        if names.kind in {"party", "issue", "group", "option", "item"}:
            _tell_ids(names.kind, names.made(), account)


def _settle_parties(draft: Draft) -> None:
    for party, piece in draft.parties.items():
        give(piece, draft.given.get("party", {}), draft.given.get("party", ()))
        piece.setdefault("name", draft.names("party").first[party][0])
        for speaker, said in draft.speakers.get(party, {}).items():
            said.setdefault("name", draft.names("speaker", party).first[speaker][0])


def _tell_ids(kind: str, made: Mapping[str, str], account: Account) -> None:
    for name, identifier in made.items():
        account.guess(f"id of each {kind} from its name", f"“{name}” → {identifier}")


def _settle_issue(
    draft: Draft,
    issue: str,
    entries: Mapping[EntryKey, Piece],
    stances: Mapping[str, str],
    account: Account,
) -> None:
    piece = draft.issues[issue]
    name = draft.names("issue").first[issue][0]
    given = draft.given.get("issue", {})
    give(piece, given, ("question", "kind", "note"))
    if "title" not in piece:
        piece["title"] = name
    if "question" not in piece:
        piece["question"] = f"What is decided on “{piece['title']}”?"
        account.guess("question: “What is decided on …?”", issue)
    if "kind" not in piece:
        piece["kind"] = _likeliest_kind(piece, entries)
        account.guess(f"kind, by the outcomes that are named: {piece['kind']}", issue)
    if piece["kind"] == "quantity":
        give(piece, given, ("unit", "integer", "minimum", "maximum"))
        _settle_quantity(piece, issue, account)
    else:
        give(piece, given, ("options", *(["items"] if piece["kind"] == "items" else [])))
    outcomes = _outcomes(draft, issue, piece, stances)
    unfit: dict[EntryKey, str] = {}
    for key, entry in entries.items():
        try:
            draft.entries[key] = _settled(entry, outcomes)
        except LeftOut as why:
            unfit[key] = str(why)
    if unfit:
        draft.drop(unfit)
    if piece["kind"] != "quantity":
        _settle_options(piece, issue, outcomes, stances, account)


def _settled(entry: Piece, outcomes: Outcomes) -> Piece:
    settled = Piece(entry.place, outcomes.settle(entry, entry.place))
    settled.places = entry.places
    return settled


def _likeliest_kind(piece: Mapping[str, Any], entries: Mapping[EntryKey, Piece]) -> str:
    if "items" in piece:
        return "items"
    if "options" in piece:
        return "choice"
    kinds = Counter(
        kind_of(outcome) for entry in entries.values() for outcome in outcomes_in(entry)
    )
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
    for names, listed in ((options, titles), (items, piece.get("items", ()))):
        for identifier, title in listed:
            names.also(title, names.id_of(identifier, piece.place))
    return Outcomes(piece["kind"], options, items, stated)


def _settle_options(
    piece: Piece, issue: str, outcomes: Outcomes, stances: Mapping[str, str], account: Account
) -> None:
    for key, names in (("options", outcomes.options), ("items", outcomes.items)):
        stated = dict(piece.get(key, ()))
        titles = {made: stated.get(name) or titled(name) for made, (name, _) in names.first.items()}
        if key == "options" and key not in piece and not stances:
            account.guess("options: those that the table names", issue)
        if key == "options" and not titles:
            titles |= NONE
            account.guess("two options that stand in, since the table names none", issue)
        if key == "options" and len(titles) < 2:
            titles |= {"another" if "other" in titles else "other": OTHER}
            account.guess(f"one more option, since the table names one only: “{OTHER}”", issue)
        if titles and (key == "options" or piece["kind"] == "items"):
            piece[key] = titles


def _settle_groups(draft: Draft, account: Account) -> None:
    for group, piece in draft.groups.items():
        piece.setdefault("title", draft.names("group").first[group][0])
    without = [issue for issue, piece in draft.issues.items() if "group" not in piece]
    if not without:
        return
    given = draft.given.get("group", {})
    first = draft.issues[without[0]].place
    group = draft.names("group").id_of(given.get("id", "issues"), first)
    title = titled(draft.names("group").first[group][0])
    draft.groups.setdefault(group, Piece(first, {"title": title}))
    for issue in without:
        draft.issues[issue]["group"] = group
        if not given:
            account.guess("group: “Issues”", issue)
