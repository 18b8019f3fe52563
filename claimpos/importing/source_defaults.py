"""What the table leaves unsaid of sources and statements: put in, and each time told."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from claimpos.dossier.dates import partial_date
from claimpos.errors import WrongUsage
from claimpos.importing.draft import Draft, Piece, give
from claimpos.importing.import_log import Account
from claimpos.wording.names import joined


def settle_sources(draft: Draft, table: str, account: Account) -> None:
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
        if statement.get("_since"):
            dated.setdefault(statement["source"], []).append(statement["_since"])
    guessed = {key for key, piece in draft.sources.items() if "date" not in piece}
    for source, piece in draft.sources.items():
        _settle_source(draft, source, piece, dated.get(source, []), table)
    _settle_statements(statements, draft.sources, guessed, account)


def _settle_source(draft: Draft, key: str, piece: Piece, dates: list[str], table: str) -> None:
    account = draft.account
    piece.setdefault("title", draft.names("source").first[key][0])
    give(piece, draft.given.get("source", {}), draft.given.get("source", ()))
    unsaid = []
    if "publisher" not in piece:
        piece["publisher"] = "Not stated"
        account.guess("publisher: “Not stated”", key)
        unsaid.append("publisher")
    if "date" not in piece:
        every = dates or [entry.since for entry in draft.entries]
        if not every:
            raise WrongUsage(
                f"{piece.place}: the source “{key}” has no date; --set source_date=DATE"
            )
        piece["date"] = max(every, key=lambda date: partial_date(date).first)
        account.guess("source_date: the last since of the lines that name it", key)
        unsaid.append("date")
    if "status" not in piece:
        piece["status"] = "press"
        account.guess("status: press", key)
        unsaid.append("status")
    if unsaid:
        note = f"{table} does not state its {joined(unsaid)}; put in by the import."
        piece["note"] = f"{piece['note']} {note}" if "note" in piece else note


def _settle_statements(
    statements: Collection[Piece],
    sources: Mapping[str, Piece],
    guessed: Collection[str],
    account: Account,
) -> None:
    for statement in statements:
        since = statement.pop("_since", None)
        source = statement["source"]
        if source in guessed and since and since != sources[source]["date"]:
            statement.setdefault("said", since)
        if "basis" not in statement:
            statement["basis"] = "inferred"
            account.guess("basis: inferred, the weakest")
