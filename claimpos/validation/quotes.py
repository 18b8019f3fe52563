"""Each quote of a dossier, looked up in the text of its source."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from difflib import SequenceMatcher
from pathlib import Path
from typing import Literal, NamedTuple

from claimpos.dossier.findings import Finding, in_order
from claimpos.dossier.model import Dossier
from claimpos.validation.checking import located
from claimpos.validation.rules.rule import Place, Rule, Told

Answer = Literal["found", "not found", "no text"]

_CLOSELY_READ = 50

_SAME = str.maketrans(
    {
        **dict.fromkeys("\u2018\u2019\u201a\u201b\u2032\u2039\u203a", "'"),
        **dict.fromkeys("\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb", '"'),
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-"),
    }
)


class Lookup(NamedTuple):
    """What became of one quote; `nearest` is the passage most like it where it is not found."""

    party: str
    statement: str
    source: str
    answer: Answer
    quote: str
    nearest: str = ""


def look_up(dossier: Dossier, texts: Mapping[str, str]) -> Iterator[Lookup]:
    """Every quote of the dossier; `texts` holds the text of each source at hand, by its id."""
    plain = {source: plainly(text) for source, text in texts.items()}
    for party in dossier.parties.values():
        for statement in party.statements.values():
            if not statement.quote:
                continue
            source = statement.source.id
            answer, nearest = _answer(plainly(statement.quote), plain.get(source))
            yield Lookup(party.id, statement.id, source, answer, statement.quote, nearest)


def not_found(found: Iterable[Lookup], folder: Path) -> list[Finding]:
    """The quotes that are not in their sources' texts, each where it stands in the folder."""
    rule = Rule("CP506", "error", _misquotes)
    return in_order([*located(((rule, told) for told in rule.check(found)), folder)])


def _misquotes(found: Iterable[Lookup]) -> Iterator[Told]:
    for one in found:
        if one.answer == "not found":
            near = f"the nearest there: “{one.nearest}”" if one.nearest else "nothing like it there"
            yield Told(
                Place(f"{one.party}.yaml", ("statements", one.statement, "quote")),
                f"the quote is not in the text of “{one.source}”",
                near,
            )


def plainly(text: str) -> str:
    """The text with plain quotes and dashes, and one space for any white space."""
    return " ".join(text.translate(_SAME).split())


def _answer(quote: str, text: str | None) -> tuple[Answer, str]:
    if text is None:
        return "no text", ""
    if re.search(rf"(?<!\w){re.escape(quote)}(?!\w)", text):
        return "found", ""
    return "not found", _nearest(quote, text)


def _nearest(quote: str, text: str) -> str:
    """The passage of as many words that shares most words with the quote, then most letters."""
    wanted, words = quote.casefold().split(), text.split()
    size = len(wanted)
    known = set(wanted)
    hits = [word.casefold() in known for word in words]
    if not any(hits):
        return ""
    shared = sum(hits[:size])
    counts = [shared]
    for start in range(1, max(1, len(words) - size + 1)):
        shared += hits[start + size - 1] - hits[start - 1]
        counts.append(shared)
    best = max(counts)
    starts = [start for start, count in enumerate(counts) if count == best][:_CLOSELY_READ]
    passages = [" ".join(words[start : start + size]) for start in starts]
    return max(passages, key=lambda passage: SequenceMatcher(None, quote, passage).ratio())
