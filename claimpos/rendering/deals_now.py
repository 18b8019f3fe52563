"""What could be signed now, what signing would defeat, and whose answer is missing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from claimpos.deals.search import Deals
from claimpos.deals.signable import Defeated, MissingYes, Signable, Text
from claimpos.rendering.document import Block, Item, List, Paragraph, Table, paragraphs
from claimpos.wording.names import (
    Words,
    capital,
    cells_in_words,
    counted,
    joined,
    label,
    titles_alike,
)
from claimpos.wording.responses import Responses

# Alternatives, missing answers and offers listed in the short form.
_FEW = 3


def now_blocks(deals: Deals, now: Signable, everything: bool) -> list[Block]:
    """All there is to say: outcomes, alternatives, what is defeated, every missing answer."""
    summary = now_summary(deals, now, in_short=False)
    blocks: list[Block] = [*summary, *_alternatives(deals, now, everything)]
    if now.linked:
        blocks.append(Paragraph("Not every combination of these outcomes works."))
    if now.missing:
        blocks.append(Paragraph("Issues and sub-issues that lack only one party's acceptance:"))
        blocks.append(_missing_table(deals, now.missing))
    return blocks


def now_summary(deals: Deals, now: Signable, in_short: bool = True) -> list[Block]:
    """The outcomes that could be signed, what that would defeat, and whose answers are missing.

    If `in_short`, only the first few of many outcomes are listed.
    """
    blocks: list[Block] = [paragraphs(list(_intro(deals, now)))]
    listed = dict(now.settled)
    if in_short and deals.voted is not None:
        listed = {cell: mask for cell, mask in listed.items() if cell not in deals.voted.cells}
    if listed:
        lines = [f"{line}." for line in _settled(deals, listed)]
        more = len(lines) - _FEW
        if in_short and more > 1:
            lines[_FEW:] = [f"And on {more} more issues (--aim now)."]
        blocks.append(List([*map(Item, lines)]))
    beside = [*_defeated(deals, now.defeated), *_missing(deals, now)]
    if beside:
        blocks.append(paragraphs(beside))
    return blocks


def _intro(deals: Deals, now: Signable) -> Iterable[str]:
    cells = counted(len(deals.problem.domains), "issue or sub-issue", "issues and sub-issues")
    everyone = "both parties" if len(deals.parties) == 2 else f"all {len(deals.parties)} parties"
    accepted = f"{everyone} accept the same outcome"
    nothing = f"on no issue do {everyone} accept the same outcome"
    if deals.voted is not None:
        accepted, nothing = "an outcome passes", "on no issue does an outcome pass"
    text = f"As things stand, {accepted} on {now.size:,} of {cells}"
    if now.proved and not now.size:
        enough = "" if deals.problem.thresholds is None else " that leaves each party enough points"
        yield f"Nothing (proven): as things stand, {nothing}{enough}."
    elif now.proved:
        yield f"{text}; no larger set can be signed together (proven)."
    else:
        yield f"{text}, without any condition. Time ran out; proven so far: at most {now.most:,}."
    if now.number > 1:
        sets = f"{now.number:,}" if now.counted else f"more than {now.number:,}"
        yield f"There are {sets} sets of that size. They share the following."
    if deals.problem.table.dossier.single_undertaking and now.size:
        yield "Agreed in principle only: by the agenda nothing is agreed until everything is."


def _settled(deals: Deals, settled: Text) -> list[str]:
    """Outcomes issue by issue, sub-issues with the same one together."""
    answers = Responses(deals.problem.table, {})
    outcomes = ((cell, answers.outcomes(cell, mask)) for cell, mask in settled.items())
    titled = titles_alike(deals.problem.table.dossier, outcomes)
    return [f"{title}: {outcome}" for title, outcome in titled]


def _alternatives(deals: Deals, now: Signable, everything: bool) -> Iterable[Block]:
    for sets in now.alternatives:
        some = sets if everything else sets[:_FEW]
        more = len(sets) - len(some)
        parts = [f"Either {'; '.join(_settled(deals, one))}." for one in some]
        if more:
            parts.append(f"{more:,} more alternatives; --all lists them.")
        yield List([Item(line) for line in parts])


def _defeated(deals: Deals, defeated: Sequence[Defeated]) -> Iterable[str]:
    """Which conditional acceptances, or offers, could not be met any more."""
    dossier = deals.problem.table.dossier
    words, answers = Words(dossier), Responses(deals.problem.table, {})
    for one in defeated:
        by = cells_in_words(dossier, one.by)
        owner = capital(words.possessive([one.party]))
        if one.offer:
            title = label(dossier.parties[one.offer.holder].offers[one.offer.id].title)
            yield f"Signing them would defeat an offer: {owner} {title} has other terms on {by}."
        else:
            outcome = answers.outcomes(one.cells[0], one.outcomes[0])
            where = cells_in_words(dossier, one.cells)
            yield (
                f"Signing them would defeat a condition: {owner} acceptance of {outcome} on "
                f"{where} requires another outcome on {by}."
            )


def _missing(deals: Deals, now: Signable) -> Iterable[str]:
    """How many others lack only one party's acceptance, and where it has named its conditions."""
    words = Words(deals.problem.table.dossier)
    by_party: dict[str, list[MissingYes]] = {}
    for one in now.missing:
        by_party.setdefault(one.party, []).append(one)
    if not by_party:
        return
    most = sorted(by_party, key=lambda party: -len(by_party[party]))
    parts = [f"{len(by_party[party])} only {words.possessive([party])}" for party in most[:_FEW]]
    others = len(most) - len(parts)
    if others:
        number = sum(len(by_party[party]) for party in most[_FEW:])
        parts.append(f"{number} only that of one of {counted(others, 'other party', 'others')}")
    first, *rest = parts
    lack = "lacks" if first.startswith("1 ") else "lack"
    first = first.replace(" only", f" {lack} only", 1)
    of_which = "Of the others" if now.size else "Of all issues and sub-issues"
    yield f"{of_which}, {joined([f'{first} acceptance', *rest])} (--aim now)."
    pending = {party: [one.cell for one in some if one.pending] for party, some in by_party.items()}
    named = [
        f"from {words.party(party)} for {cells_in_words(words.dossier, cells)}"
        for party, cells in pending.items()
        if cells
    ]
    if named:
        yield f"Acceptance on conditions is on record {'; '.join(named)}."


def _missing_table(deals: Deals, missing: Sequence[MissingYes]) -> Table:
    answers = Responses(deals.problem.table, {})
    parties = deals.problem.table.dossier.parties
    values = (
        (one.cell, (one.party, answers.outcomes(one.cell, one.outcomes), _why(deals, one)))
        for one in missing
    )
    titled = titles_alike(answers.table.dossier, values)
    rows = [
        [parties[party].label, title, outcome, why]
        for title, (party, outcome, why) in sorted(
            titled, key=lambda row: deals.parties.index(row[1][0])
        )
    ]
    return Table(["Missing", "Issue", "Outcome", "The party"], rows)


def _why(deals: Deals, one: MissingYes) -> str:
    table = deals.problem.table
    if one.pending:
        return "would accept on conditions"
    standing: Mapping[bool, str] = {True: "no recorded position", False: "no answer"}
    return standing[table.entry_on(one.party, one.cell) is None]
