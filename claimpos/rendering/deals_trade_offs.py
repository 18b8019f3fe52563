"""Trade-offs: pairs of concessions that answer each other, and what is on record for each."""

from __future__ import annotations

from collections.abc import Sequence

from claimpos.deals.search import Deals
from claimpos.deals.trade_offs import Concession, Ground, TradeOff
from claimpos.rendering.document import Block, Item, List, Paragraph
from claimpos.wording.dossier_texts import capital
from claimpos.wording.grammar import counted
from claimpos.wording.names import Words, cells_in_words, joined
from claimpos.wording.responses import Responses

_INTRO = (
    "Each pair would resolve two sticking points, or one that covers several issues. For the "
    "concession of each party, the grounds on record are in brackets."
)
_GROUNDS: dict[Ground, str] = {
    "condition": "acceptable on a condition that the other concession meets",
    "priority": "of lower priority than the other",
    "conditional": "acceptable on conditions",
    "mixed": "mixed signals",
    "inferred": "a position that is only inferred",
}


def trade_off_blocks(deals: Deals, trades: Sequence[TradeOff]) -> list[Block]:
    """The trade-offs, one by one."""
    items = [Item(f"{capital(_side(deals, one))}; {_side(deals, other)}.") for one, other in trades]
    return [Paragraph(_INTRO), List(items)]


def trade_offs_in_short(deals: Deals, trades: Sequence[TradeOff]) -> Paragraph:
    """How many there are, and the first of them."""
    words = Words(deals.problem.table.dossier)
    one, other = (
        (words.party(side.party), cells_in_words(words.dossier, side.cells))
        for side in (trades[0].one, trades[0].other)
    )
    number = counted(len(trades), "trade-off has", "trade-offs have")
    first = ":" if len(trades) == 1 else ". In the first of them,"
    return Paragraph(
        f"{number} grounds on record (-v){first} {one[0]} might give way on {one[1]} and "
        f"{other[0]} on {other[1]}."
    )


def _side(deals: Deals, side: Concession) -> str:
    """Who gives way where, to what, and on what grounds."""
    answers = Responses(deals.problem.table, {})
    words = answers.words
    who = words.party(side.party)
    outcomes = joined(
        answers.outcomes(cell, sum(side.way.outcomes[cell]))
        for cell in side.cells
        if cell in side.way.outcomes
    )
    grounds = joined(_GROUNDS[ground] for ground in side.grounds)
    accepts = words.agree("accepts", [side.party])
    if side.way.red_lines:
        accepts = f"{words.agree('gives', [side.party])} up a red line and {accepts}"
    where = cells_in_words(words.dossier, side.cells)
    return f"{who} {accepts} {outcomes} on {where} ({grounds})"
