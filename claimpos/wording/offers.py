"""Offers in words: what is part of one, and what became of one that has ended."""

from __future__ import annotations

from claimpos.dossier.model import Offer, Party
from claimpos.dossier.timeline import Standing
from claimpos.wording.labels import label
from claimpos.wording.names import on_date, one_line, possessive, written_date, written_day


def part_of(offer: Offer) -> str:
    """That something belongs to an offer, and until when that holds, as far as it is known."""
    until = f" (until {written_date(offer.until)})" if offer.until is not None else ""
    return f"part of the offer {label(one_line(offer.title))}{until}"


def ended_offer(standing: Standing, party: Party) -> str:
    """That an offer has ended, and what holds instead; nothing if none has."""
    if standing.ended is None or standing.ended.until is None:
        return ""
    title, until = label(one_line(standing.ended.title)), on_date(standing.ended.until)
    told = f"{possessive(party.short, party.plural)} offer {title} lapsed {until}"
    if standing.entry is not None:
        since = written_date(standing.entry.since)
        earlier = " or earlier" if standing.entry.standing else ""
        return f"{told}; the position of {since}{earlier} holds again"
    if standing.lapsed is not None:
        return f"{told}; the position before it had lapsed on {written_day(standing.lapsed)}"
    return f"{told}; no position was recorded before it"
