"""What could be signed now, what signing would defeat, and whose answer is missing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from claimpos.deals.search import Deals
from claimpos.deals.signable import Defeated, MissingYes, Signable, Text
from claimpos.rendering.document import Block, Item, List, Paragraph, paragraphs
from claimpos.wording.dossier_texts import capital, label
from claimpos.wording.grammar import counted
from claimpos.wording.names import (
    Words,
    cells_alike,
    cells_in_words,
    cells_title,
    joined,
    titles_alike,
)
from claimpos.wording.responses import Responses

# Outcomes and parties in the short form, and alternatives unless all are asked for.
_FEW = 3
_LINKED = "Not every combination of these outcomes works."
_PERHAPS_LINKED = (
    "Perhaps not every combination of these outcomes works: there are too many to try all."
)


def now_blocks(deals: Deals, now: Signable, everything: bool) -> list[Block]:
    """All there is to say: outcomes, alternatives, what is defeated, every missing answer."""
    blocks: list[Block] = [paragraphs(list(_intro(deals, now)))]
    if now.settled:
        blocks.append(List([Item(f"{line}.") for line, _ in _settled(deals, now.settled)]))
    blocks += _alternatives(deals, now, everything)
    if now.linked is not False:
        blocks.append(Paragraph(_LINKED if now.linked else _PERHAPS_LINKED))
    if defeated := list(_defeated(deals, now.defeated)):
        blocks.append(paragraphs(defeated))
    return [*blocks, *_missing_by_party(deals, now)]


def now_in_short(deals: Deals, now: Signable) -> list[Block]:
    """The first few outcomes that could be signed, and how many lack one party's acceptance."""
    blocks: list[Block] = [paragraphs(list(_intro(deals, now)))]
    voted = set() if deals.voted is None else deals.voted.cells
    listed = {cell: mask for cell, mask in now.settled.items() if cell not in voted}
    missing = list(_missing(deals, now))
    if listed:
        settled = _settled(deals, listed)
        some = settled if len(settled) <= _FEW + 1 else settled[:_FEW]
        lines = [f"{line}." for line, _ in some]
        if more := len(listed) - sum(number for _, number in some):
            lines.append(f"And on {more} more{'' if missing else ' (--aim now)'}.")
        blocks.append(List([*map(Item, lines)]))
    if beside := [*_defeated(deals, now.defeated), *missing]:
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
    why = "There are too many combinations to compare all" if now.in_time else "Time ran out"
    if now.proved and not now.size:
        enough = "" if deals.problem.thresholds is None else " that leaves each party enough points"
        yield f"Nothing (proven): as things stand, {nothing}{enough}."
    elif now.proved:
        yield f"{text}; no larger set can be signed together (proven)."
    elif now.size:
        yield f"{text}, without any condition. {why}; proven so far: at most {now.most:,}."
    else:
        yield (
            "Nothing was found that could be signed now without any condition. "
            f"{why}; proven so far: at most {now.most:,} of {cells}."
        )
    if now.number > 1:
        sets = f"{now.number:,}" if now.counted else f"more than {now.number:,}"
        yield f"There are {sets} sets of that size. They share the following."
    if deals.problem.table.dossier.single_undertaking and now.size:
        yield "Agreed in principle only: by the agenda nothing is agreed until everything is."


def _settled(deals: Deals, settled: Text) -> list[tuple[str, int]]:
    """Outcomes issue by issue, sub-issues with the same one together and counted."""
    dossier, answers = deals.problem.table.dossier, Responses(deals.problem.table, {})
    outcomes = ((cell, answers.outcomes(cell, mask)) for cell, mask in settled.items())
    return [
        (f"{label(cells_title(dossier, cells))}: {outcome}", len(cells))
        for cells, outcome in cells_alike(outcomes)
    ]


def _alternatives(deals: Deals, now: Signable, everything: bool) -> Iterable[Block]:
    for sets in now.alternatives:
        some = sets if everything else sets[:_FEW]
        more = len(sets) - len(some)
        parts = [f"Either {'; '.join(line for line, _ in _settled(deals, one))}." for one in some]
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
    by_party = _by_party(now)
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
    yield f"{_of_which(now)}, {joined([f'{first} acceptance', *rest])} (--aim now)."
    pending = {party: [one.cell for one in some if one.pending] for party, some in by_party.items()}
    named = [
        f"from {words.party(party)} for {cells_in_words(words.dossier, cells)}"
        for party, cells in pending.items()
        if cells
    ]
    if named:
        yield f"Acceptance on conditions is on record {'; '.join(named)}."


def _of_which(now: Signable) -> str:
    return "Of the others" if now.size else "Of all issues and sub-issues"


def _by_party(now: Signable) -> dict[str, list[MissingYes]]:
    by_party: dict[str, list[MissingYes]] = {}
    for one in now.missing:
        by_party.setdefault(one.party, []).append(one)
    return by_party


def _missing_by_party(deals: Deals, now: Signable) -> Iterable[Block]:
    """What lacks only one party's acceptance, party by party, and how that party stands."""
    answers = Responses(deals.problem.table, {})
    of_which, by_party = _of_which(now), _by_party(now)
    for party in deals.parties:
        if not (own := by_party.get(party)):
            continue
        values = (
            (one.cell, (answers.outcomes(one.cell, one.outcomes), _why(deals, one))) for one in own
        )
        lack = "lacks" if len(own) == 1 else "lack"
        whose = answers.words.possessive([party])
        yield Paragraph(f"{of_which}, {len(own):,} {lack} only {whose} acceptance:")
        yield List(
            [
                Item(f"{label(title)}: {outcome} ({why}).")
                for title, (outcome, why) in titles_alike(answers.table.dossier, values)
            ]
        )


def _why(deals: Deals, one: MissingYes) -> str:
    table = deals.problem.table
    if one.pending:
        return "acceptable on conditions"
    standing: Mapping[bool, str] = {True: "no recorded position", False: "no answer"}
    return standing[table.entry_on(one.party, one.cell) is None]
