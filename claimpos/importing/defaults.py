"""Completes a draft with what the table does not state; each assumption is logged."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping
from typing import Any

from claimpos.dossier.dates import partial_date
from claimpos.dossier.model import Origin
from claimpos.errors import WrongUsage
from claimpos.importing.draft import CitingKey, Draft, EntryKey, Piece, give, titled
from claimpos.importing.import_log import ImportLog, Skipped, TablePlace, shortened
from claimpos.importing.outcomes import (
    FigureUnit,
    OutcomeNames,
    kind_of,
    outcomes_in,
    units_in,
    units_in_words,
)
from claimpos.wording.names import joined

_DAYS = 3
_OF_QUANTITIES = {"unit", "integer", "minimum", "maximum"}
OTHER = "Any other outcome"
NONE = {"not-named": "An outcome that the table does not name", "other": OTHER}


def complete(draft: Draft, table: str, stances: Mapping[str, str]) -> None:
    """Complete the draft: kinds and options, titles, groups, sources, the basis of statements.

    `stances` are the outcomes that the vocabulary names, if there is one.
    """
    log = draft.log
    by_issue: dict[str, dict[EntryKey, Piece]] = {issue: {} for issue in draft.issues}
    for key, entry in draft.entries.items():
        by_issue[key.issue][key] = entry
    terms: dict[str, list[dict[str, Piece]]] = {}
    for held in draft.terms.values():
        for issue in held:
            terms.setdefault(issue, []).append(held)
    for issue, entries in by_issue.items():
        is_described = "question" in draft.issues[issue]
        _complete_issue(draft, issue, entries, stances, terms.get(issue, ()))
        if not is_described:  # else it is one issue, in the table or in the dossier it adds to
            _log_recurring(draft.issues[issue], entries, log)
    _complete_groups(draft)
    _complete_sources(draft, table)
    _complete_parties(draft)
    _complete_proposals(draft)
    draft.title = draft.title or draft.given.get("dossier", {}).get("title", "")
    give(
        draft.agenda,
        draft.given.get("dossier", {}),
        ("closed", "quote-words", "single-undertaking", *Origin._fields),
    )
    if not draft.title:
        draft.title = f"Imported from {table}"
        log.assume(f"dossier: “{draft.title}”")
    log.all_names = {"issues": frozenset(draft.issues), "sources": frozenset(draft.sources)}
    for names in draft.all_names():
        if names.kind != "statement":
            names.remark_on_similar_names()
        if names.kind in {"party", "issue", "group", "option", "item"}:
            _log_ids(names.kind, names.made(), log)


def _log_recurring(issue: Piece, entries: Mapping[EntryKey, Piece], log: ImportLog) -> None:
    """Log an issue on which most parties have positions of several days: it may be several."""
    on_day: dict[str, set[str]] = {}
    for key in entries:
        on_day.setdefault(key.since, set()).add(key.party)
    most = max(2, len({key.party for key in entries}) / 2)
    days = sorted(day for day, parties in on_day.items() if len(parties) >= most)
    if len(days) > 1:
        shown = joined(days[:_DAYS]) + (f" and {len(days) - _DAYS:,} more" * (len(days) > _DAYS))
        log.remark(
            issue.place,
            f"on “{shortened(issue['title'])}” most parties have a position of {shown}; it is read "
            "as one issue: if these are several of one name, such as votes, name them differently",
            "most parties have a position of several days",
        )


def _log_ids(kind: str, made: Mapping[str, str], log: ImportLog) -> None:
    for name, identifier in made.items():
        log.assume(f"id of each {kind}, from its name", f"“{name}” → {identifier}")


def _complete_issue(
    draft: Draft,
    issue: str,
    entries: Mapping[EntryKey, Piece],
    stances: Mapping[str, str],
    terms: Collection[dict[str, Piece]],
) -> None:
    """Complete an issue and its positions, and replace names in `terms`: those of each proposal."""
    log = draft.log
    piece = draft.issues[issue]
    name = draft.names("issue").first[issue][0]
    given = draft.given.get("issue", {})
    give(piece, given, ("question", "kind", "note"))
    if "title" not in piece:
        piece["title"] = name
    if "question" not in piece:
        piece["question"] = f"What is decided on “{piece['title']}”?"
        log.assume("question: “What is decided on …?”", issue)
    named = [outcome for entry in entries.values() for outcome in outcomes_in(entry)]
    unit = _unit_of(piece.get("unit") or given.get("unit"), named)
    if "kind" not in piece:
        # Where options and a unit are given, each for some of the issues, the cells decide.
        stated = {*piece} if "unit" in given else {*piece, *given}
        _set_kind(piece, issue, stated, named, unit.name, log)
    if piece["kind"] == "quantity":
        give(piece, given, ("unit", "integer", "minimum", "maximum"))
        _complete_quantity(piece, issue, unit.name, log)
    else:
        give(piece, given, ("options", *(["items"] if piece["kind"] == "items" else [])))
    outcomes = _outcomes(draft, issue, piece, unit, stances)
    unfit: dict[CitingKey, str] = {}
    for key, entry in entries.items():
        try:
            draft.entries[key] = _completed(entry, outcomes)
        except Skipped as why:
            unfit[key] = str(why)
    if unfit:
        draft.drop(unfit)
    _complete_terms(draft, issue, terms, outcomes.named)
    if piece["kind"] != "quantity":
        _complete_options(piece, issue, outcomes, stances, log)


def _completed(entry: Piece, outcomes: OutcomeNames) -> Piece:
    resolved = Piece(entry.place, outcomes.resolve(entry, entry.place))
    resolved.places = entry.places
    return resolved


def _unit_of(stated: str | None, named: Collection[Any]) -> FigureUnit:
    """The unit that is stated, or the one that the cells name; none if they name several."""
    if stated:
        return FigureUnit(stated)
    found = units_in(named)
    return FigureUnit(found[0] if len(found) == 1 else "", tuple(found))


def _set_kind(
    piece: Piece,
    issue: str,
    stated: Collection[str],
    named: Collection[Any],
    unit: str,
    log: ImportLog,
) -> None:
    if piece.keys() & _OF_QUANTITIES:
        piece["kind"] = "quantity"
        log.assume("kind, from its unit or its bounds: quantity", issue)
        return
    piece["kind"] = _likeliest_kind(stated, named, unit)
    log.assume(f"kind, from the outcomes named: {piece['kind']}", issue)
    if "options" not in stated:
        _log_units(piece, named, log)


def _log_units(piece: Piece, named: Collection[Any], log: ImportLog) -> None:
    """Log an issue whose cells are read as options, but name figures in several units."""
    found = units_in(named) if piece["kind"] == "choice" else ()
    if len(found) > 1:
        log.remark(
            piece.place,
            f"on “{shortened(piece['title'])}” the cells name figures in "
            f"{units_in_words(found)}; they are read as options: if they are figures, write them "
            "in one unit",
            "the cells name figures in several units",
        )


def _likeliest_kind(stated: Collection[str], named: Collection[Any], unit: str) -> str:
    if "items" in stated:
        return "items"
    if "options" in stated:
        return "choice"
    kinds = Counter(kind_of(outcome, unit) for outcome in named)
    return kinds.most_common(1)[0][0] if kinds else "choice"


def _complete_quantity(piece: Piece, issue: str, unit: str, log: ImportLog) -> None:
    if "unit" not in piece and unit:
        piece["unit"] = unit
        log.assume(f"unit: “{unit}”, as the cells have it", issue)
    elif "unit" not in piece:
        piece["unit"] = "units (not stated)"
        log.assume("unit: “units (not stated)”", issue)


def _outcomes(
    draft: Draft, issue: str, piece: Piece, unit: FigureUnit, stances: Mapping[str, str]
) -> OutcomeNames:
    """The options and items of an issue, as far as the table or the vocabulary states them."""
    options, items = draft.names("option", issue), draft.names("item", issue)
    stated = "options" in piece
    titles = piece.get("options") or list(stances.items())
    for names, listed in ((options, titles), (items, piece.get("items", ()))):
        made = [names.id_of(identifier, piece.place) for identifier, _ in listed]
        for identifier, (_, title) in zip(made, listed, strict=True):
            names.also(title, identifier)
    return OutcomeNames(piece["kind"], unit, options, items, stated)


def _complete_options(
    piece: Piece, issue: str, outcomes: OutcomeNames, stances: Mapping[str, str], log: ImportLog
) -> None:
    for key, names in (("options", outcomes.options), ("items", outcomes.items)):
        stated = dict(piece.get(key, ()))
        titles = {made: stated.get(name) or titled(name) for made, (name, _) in names.first.items()}
        if key == "options" and key not in piece and not stances:
            log.assume("options: those the table names", issue)
        if key == "options" and not titles:
            titles |= NONE
            log.assume("two placeholder options, because the table names none", issue)
        if key == "options" and len(titles) < 2:
            titles |= {"another" if "other" in titles else "other": OTHER}
            log.assume(f"one more option, because the table names only one: “{OTHER}”", issue)
        if titles and (key == "options" or piece["kind"] == "items"):
            piece[key] = titles
    for name in piece.pop("no-agreement", ()):
        made = outcomes.options.id_of(name, piece.place)
        if isinstance(title := piece.get("options", {}).get(made), str):
            piece["options"][made] = {"title": title, "no-agreement": True}
        else:
            log.remark(piece.place, f"“{name}” is not an option of the issue")


def _complete_terms(
    draft: Draft,
    issue: str,
    terms: Collection[dict[str, Piece]],
    named: Callable[[Any, TablePlace], Any],
) -> None:
    """Replace names by ids in what proposals say on an issue; impossible outcomes are skipped."""
    for of_proposal in terms:
        term = of_proposal[issue]
        try:
            if _is_plain(term["outcome"]):
                term["outcome"] = named(term["outcome"], term.place)
        except Skipped as why:
            draft.log.skip(term.place, str(why))
            del of_proposal[issue]


def _is_plain(outcome: Any) -> bool:
    """Whether an outcome is without brackets, which a table writes as a file does."""
    if not isinstance(outcome, Mapping):
        return True
    return "bracketed" not in outcome and not any(
        isinstance(one, Mapping) for one in outcome.values()
    )


def _complete_groups(draft: Draft) -> None:
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
            draft.log.assume("group: “Issues”", issue)


def _complete_sources(draft: Draft, table: str) -> None:
    statements = [one for held in draft.statements.values() for one in held.values()]
    lone = [statement for statement in statements if "source" not in statement]
    if lone:
        names = draft.names("source")
        source = names.id_of(f"table {table}", lone[0].place)
        draft.sources.setdefault(source, Piece(lone[0].place, {"title": f"The table {table}"}))
        draft.log.assume("source: the table itself, for lines that name none")
        for statement in lone:
            statement["source"] = source
    dated: dict[str, list[str]] = {}
    for statement in statements:
        if statement.get("_since"):
            dated.setdefault(statement["source"], []).append(statement["_since"])
    undated = {key for key, piece in draft.sources.items() if "date" not in piece}
    latest = _latest([entry.since for entry in draft.entries])
    for source, piece in draft.sources.items():
        date = _latest(dated.get(source, ())) or latest
        _complete_source(draft, source, piece, date, table)
    _complete_statements(statements, draft.sources, undated, draft.log)


def _latest(dates: Collection[str]) -> str:
    return max(dates, key=lambda date: partial_date(date).first, default="")


def _complete_source(draft: Draft, key: str, piece: Piece, date: str, table: str) -> None:
    """Complete a source; the `date` is the latest of the lines that name it, empty for none."""
    log = draft.log
    piece.setdefault("title", draft.names("source").first[key][0])
    give(piece, draft.given.get("source", {}), draft.given.get("source", ()))
    unsaid = []
    if "publisher" not in piece:
        piece["publisher"] = "Not stated"
        log.assume("publisher: “Not stated”", key)
        unsaid.append("publisher")
    if "date" not in piece:
        if not date:
            raise WrongUsage(
                f"{piece.place}: the source “{key}” has no date; --set source_date=DATE"
            )
        piece["date"] = date
        log.assume("source_date: the latest `since` of the lines that name it", key)
        unsaid.append("date")
    if "status" not in piece:
        piece["status"] = "press"
        log.assume("status: press", key)
        unsaid.append("status")
    if unsaid:
        note = f"{table} does not state its {joined(unsaid)}; filled in by the import."
        piece["note"] = f"{piece['note']} {note}" if "note" in piece else note


def _complete_statements(
    statements: Collection[Piece],
    sources: Mapping[str, Piece],
    undated: Collection[str],
    log: ImportLog,
) -> None:
    for statement in statements:
        since = statement.pop("_since", None)
        source = statement["source"]
        if source in undated and since and since != sources[source]["date"]:
            statement.setdefault("said", since)
        if "basis" not in statement:
            statement["basis"] = "inferred"
            log.assume("basis: inferred, the weakest")


def _complete_parties(draft: Draft) -> None:
    for party, piece in draft.parties.items():
        give(piece, draft.given.get("party", {}), draft.given.get("party", ()))
        piece.setdefault("name", draft.names("party").first[party][0])
        for speaker, said in draft.speakers.get(party, {}).items():
            said.setdefault("name", draft.names("speaker", party).first[speaker][0])
        for offer, held in draft.offers.get(party, {}).items():
            held.setdefault("title", titled(draft.names("offer", party).first[offer][0]))


def _complete_proposals(draft: Draft) -> None:
    """Give each proposal a title, and what is given for all of them."""
    for proposal, piece in draft.proposals.items():
        piece.setdefault("title", draft.names("proposal").first[proposal][0])
        give(piece, draft.given.get("proposal", {}), draft.given.get("proposal", ()))
