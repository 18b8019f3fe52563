"""Each quote of a dossier, looked up in the text of its source."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from pathlib import Path
from typing import Literal, NamedTuple

from claimpos.dossier.findings import Finding, Findings, in_order
from claimpos.dossier.limits import how_to_raise, limit
from claimpos.dossier.model import Dossier
from claimpos.errors import WrongUsage
from claimpos.validation.checking import located
from claimpos.validation.quote_index import Effort, Passages, words_in
from claimpos.validation.rules.rule import Place, Rule, Told

Answer = Literal["found", "not found", "no text"]

_SAME = str.maketrans(
    {
        **dict.fromkeys("\u2018\u2019\u201a\u201b\u2032\u2039\u203a", "'"),
        **dict.fromkeys("\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb", '"'),
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-"),
    }
)


class Lookup(NamedTuple):
    """What became of one quote.

    `nearest` is the passage most like one that is not found; None where the limit was met before
    it was looked for.
    """

    party: str
    statement: str
    source: str
    answer: Answer
    quote: str
    nearest: str | None = ""


def look_up(dossier: Dossier, texts: Mapping[str, str]) -> list[Lookup]:
    """Every quote of the dossier; `texts` holds the text of each source at hand, by its id.

    Raises WrongUsage where the limit `quote-steps` is met.
    """
    found = [
        Lookup(party.id, statement.id, statement.source.id, "no text", statement.quote)
        for party in dossier.parties.values()
        for statement in party.statements.values()
        if statement.quote
    ]
    by_source: dict[str, list[int]] = {}
    for number, one in enumerate(found):
        by_source.setdefault(one.source, []).append(number)
    looking, nearing = Effort(), Effort()
    for source in filter(texts.__contains__, by_source):
        numbers = by_source[source]
        quotes = [plainly(found[number].quote) for number in numbers]
        passages = Passages(plainly(texts[source]), {*chain(*map(words_in, quotes))})
        for number, quote in zip(numbers, quotes, strict=True):
            answer, nearest = _answer(quote, passages, looking, nearing)
            found[number] = found[number]._replace(answer=answer, nearest=nearest)
    return found


def not_found(found: Iterable[Lookup], folder: Path) -> list[Finding]:
    """The quotes that are not in their sources' texts, each where it stands in the folder."""
    rule = Rule("CP506", "error", _misquotes)
    return in_order(Findings(located(((rule, told) for told in rule.check(found)), folder)))


def _misquotes(found: Iterable[Lookup]) -> Iterator[Told]:
    for one in found:
        if one.answer == "not found":
            yield Told(
                Place(f"{one.party}.yaml", ("statements", one.statement, "quote")),
                f"the quote is not in the text of “{one.source}”",
                _near(one.nearest),
            )


def _near(passage: str | None) -> str:
    if passage is None:
        return f"what is nearest there was not looked for; {how_to_raise('quote-steps')}"
    return f"the nearest there: “{passage}”" if passage else "nothing like it there"


def plainly(text: str) -> str:
    """The text with plain quotes and dashes, and one space for any white space."""
    return " ".join(text.translate(_SAME).split())


def _answer(
    quote: str, passages: Passages, looking: Effort, nearing: Effort
) -> tuple[Answer, str | None]:
    if looking.spent:
        most = f"{limit('quote-steps'):,}"
        raise WrongUsage(
            f"to look up the quotes takes more than {most} steps; {how_to_raise('quote-steps')}"
        )
    if passages.holds(quote, looking):
        return "found", ""
    return "not found", None if nearing.spent else passages.nearest(quote, nearing)
