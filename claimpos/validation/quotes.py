"""Looks up each quote of a dossier in the text of its source."""

from array import array
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cached_property
from itertools import chain, pairwise
from pathlib import Path
from typing import Literal, NamedTuple

from claimpos.dossier.findings import Finding, Findings, in_order
from claimpos.dossier.limits import how_to_raise, limit
from claimpos.dossier.model import Dossier, Source, Statement
from claimpos.errors import WrongUsage
from claimpos.validation.checking import located
from claimpos.validation.plain_text import (
    WORD,
    is_within,
    marked,
    plainly,
    rejoined,
    unmarked,
    words_in,
)
from claimpos.validation.rules.rule import Diagnostic, Rule, at_statement

# For one quote, the most places of its rarest words that are looked at, the most passages that are
# compared with it, and the most of their letters.
_PLACES = 10_000
_PASSAGES = 50
_LETTERS = 20_000
# How many words more than the quote a similar passage may have at each end.
_MORE = 3
# How many words of a passage vote on where it begins.
_VOTERS = 20
# With more places of a quote's rarest word than this, the whole text is searched instead.
_TRIES = 1_000
# Python's own search takes as long for so many letters as one step written in Python. It compares
# each place of a short text with the quote, and reads a longer text once.
_LETTERS_A_STEP = 200
_SHORT_TEXT, _SHORT_QUOTE = 30_000, 100
# How many signs may adjoin the words of a passage.
_SIGNS = 20

_NOWHERE = array("I")


class QuoteEffort:
    """Counts the steps of all look-ups together, against the limit `quote-steps`."""

    def __init__(self) -> None:
        self._left = limit("quote-steps")

    def spend(self, steps: int) -> None:
        self._left -= steps

    @property
    def spent(self) -> bool:
        """Whether no steps are left."""
        return self._left < 0

    def check(self) -> None:
        """Raise WrongUsage if none is left."""
        if self.spent:
            most = f"{limit('quote-steps'):,}"
            raise WrongUsage(
                f"looking up the quotes takes more than {most} steps; {how_to_raise('quote-steps')}"
            )


class Passages:
    """An index of one text; `wanted` are the words of all quotes that are looked up in it.

    The text is as `marked` or `marked_anywhere` makes it, and quotes are as `plainly` makes them.
    """

    def __init__(self, text: str, wanted: Collection[str]) -> None:
        self._wanted = wanted
        self._marked = text
        self._text = unmarked(text)
        self._starts = array("I")
        self._ends = array("I")
        self._places: dict[str, array[int]] = {}
        for number, match in enumerate(WORD.finditer(text)):
            start, end = match.span()
            self._starts.append(start)
            self._ends.append(end)
            word = text[start:end].casefold()
            if word in wanted:
                self._places.setdefault(word, array("I")).append(number)

    def holds(self, quote: str, effort: QuoteEffort) -> bool:
        """Whether the quote is in the text, and neither begins nor ends within a word or a figure.

        A dash of the text may be a hyphen in the quote, and the other way round. A hyphen before a
        space may be part of the word, or have divided it.
        """
        return self._holds(quote, effort) or any(
            rejoined.holds(quote, effort) for rejoined in self._rejoined
        )

    @cached_property
    def _rejoined(self) -> "list[Passages]":
        """The text with its divided words in one, in each way that they may be meant."""
        return [Passages(text, self._wanted) for text in rejoined(self._marked)]

    def _holds(self, quote: str, effort: QuoteEffort) -> bool:
        quote = unmarked(quote)
        words = [*WORD.finditer(quote)]
        if not words:
            return self._searched(quote, effort)
        rarest = min(words, key=lambda word: len(self._places_of(word[0].casefold())))
        places = self._places_of(rarest[0].casefold())
        compared = len(places) * (1 + len(quote) // _LETTERS_A_STEP)
        if len(places) > _TRIES or compared > _TRIES + len(self._text) // _LETTERS_A_STEP:
            return self._searched(quote, effort)
        effort.spend(compared)
        return any(self._is_at(quote, self._starts[at] - rarest.start()) for at in places)

    def nearest(self, quote: str, effort: QuoteEffort) -> str:
        """The passage most similar to the quote, without quotation marks at its ends.

        Of the passages with as many words that share most of the quote's rarest words, it is the
        one that shares most pairs of letters, with a few more words at its ends if it then shares
        more. Empty if no passage shares a word.
        """
        words = words_in(quote)
        candidates = self._candidates(words, effort) if words else []
        if not candidates:
            return ""
        most = max(1, _LETTERS // len(quote))
        pairs = _pairs(quote)
        effort.spend(min(len(quote), _LETTERS))

        def likeness(span: tuple[int, int]) -> float:
            passage = self._passage(*span)
            effort.spend(min(len(passage), _LETTERS))
            return _likeness(pairs, _pairs(passage))

        begins = ((start, len(words)) for start in candidates[:most])
        start, size = max(begins, key=likeness)
        start, size = max(((start, size + more) for more in range(_MORE + 1)), key=likeness)
        longer = ((start - more, size + more) for more in range(min(start, _MORE) + 1))
        return self._passage(*self._whole(*max(longer, key=likeness))).strip('"')

    def _places_of(self, word: str) -> "array[int]":
        return self._places.get(word, _NOWHERE)

    def _is_at(self, quote: str, at: int) -> bool:
        end = at + len(quote)
        return (
            at >= 0
            and self._text.startswith(quote, at)
            and not is_within(self._marked, at)
            and not is_within(self._marked, end)
        )

    def _searched(self, quote: str, effort: QuoteEffort) -> bool:
        """The same by a search, which reads the text once, however often a word occurs in it."""
        length = len(self._text)
        each = min(len(quote), _SHORT_QUOTE) if length < _SHORT_TEXT else 1
        effort.spend(1 + (length * each + len(quote)) // _LETTERS_A_STEP)
        at = self._text.find(quote)
        while at >= 0 and not self._is_at(quote, at):
            effort.spend(2 + len(quote) // _LETTERS_A_STEP)
            effort.check()
            at = self._text.find(quote, at + 1)
        return at >= 0

    def _candidates(self, words: list[str], effort: QuoteEffort) -> list[int]:
        """The numbers of the words at which similar passages may begin, the most likely first.

        In a passage with many of the quote's words, each word votes, by its place in the quote, on
        where the passage begins.
        """
        size = len(words)
        found = self._rarest_places(words)
        effort.spend(1 + len(found))
        places = [code // size for code in found]
        fullest: list[int] = []
        most = first = 0
        for last, place in enumerate(places):
            while place - places[first] >= size:
                first += 1
            if last - first > most:
                most = last - first
                fullest = []
            if last - first == most and len(fullest) < _PASSAGES:
                fullest.append(last)
        votes: Counter[int] = Counter()
        for last in fullest:
            for code in found[last - min(most, _VOTERS) : last + 1]:
                place, number = divmod(code, size)
                votes[place - number] += 1
        latest = max(0, len(self._starts) - size)
        starts = (min(max(0, start), latest) for start, _ in votes.most_common())
        return [*dict.fromkeys(starts)][:_PASSAGES]

    def _rarest_places(self, words: list[str]) -> list[int]:
        """The places of the quote's rarest words, in the order of the text.

        A place and the word's number in the quote are one integer: place × size + number.
        """
        size = len(words)
        numbers = {word: number for number, word in reversed([*enumerate(words)])}
        known = sorted(
            (len(self._places_of(word)), number, word) for word, number in numbers.items()
        )
        found: list[int] = []
        for count, number, word in known:
            if found and len(found) + count > _PLACES:
                break
            found += [place * size + number for place in self._places_of(word)[:_PLACES]]
        return sorted(found)

    def _whole(self, start: int, size: int) -> tuple[int, int]:
        """A passage, with some more words where it would begin or end within a word or a figure."""
        for _ in range(_MORE):
            begins_within = start > 0 and is_within(self._marked, self._starts[start])
            end = start + size
            ends_within = end < len(self._ends) and is_within(self._marked, self._ends[end - 1])
            start, size = start - begins_within, size + begins_within + ends_within
        return start, size

    def _passage(self, start: int, size: int) -> str:
        """So many words of the text, cut if they are long, with the signs that adjoin them."""
        begin = self._starts[start]
        end = self._ends[min(start + size, len(self._ends)) - 1]
        blank = self._marked.rfind(" ", max(0, begin - _SIGNS), begin)
        begin = blank + 1 if blank >= 0 else begin if begin > _SIGNS else 0
        blank = self._marked.find(" ", end, end + _SIGNS)
        end = blank if blank >= 0 else end if len(self._text) - end > _SIGNS else len(self._text)
        return self._text[begin : min(end, begin + _LETTERS)]


def _pairs(text: str) -> Counter[tuple[str, str]]:
    return Counter(pairwise(text[:_LETTERS]))


def _likeness(one: Counter[tuple[str, str]], other: Counter[tuple[str, str]]) -> float:
    """The share of pairs of letters that two texts have in common (Dice's coefficient)."""
    return 2 * (one & other).total() / max(1, one.total() + other.total())


Answer = Literal["found", "not found", "no text"]


Wording = Literal["quote", "quote-original"]


class Lookup(NamedTuple):
    """The result for one statement's quote.

    It is there if the quote is or, of a source that was read in another language than that of
    reports, its original.

    Attributes:
        wordings: The quote and, if it is a translation, its original.
        missing: The wordings that are not in the text.
        nearest: The passage most similar to a quote that was not found; None if the limit was
            reached before it was searched for.
    """

    party: str
    statement: str
    source: str
    answer: Answer
    wordings: Mapping[Wording, str]
    missing: tuple[Wording, ...] = ()
    nearest: str | None = ""


def look_up(dossier: Dossier, texts: Mapping[str, str]) -> list[Lookup]:
    """Look up every quote of the dossier; `texts` has the texts of sources by their ids.

    Raises WrongUsage if it takes more steps than the limit `quote-steps` allows.
    """
    found = [
        Lookup(party.id, statement.id, statement.source.id, "no text", wordings)
        for party in dossier.parties.values()
        for statement in party.statements.values()
        if (wordings := _wordings(statement))
    ]
    by_source: dict[str, list[int]] = {}
    for number, one in enumerate(found):
        by_source.setdefault(one.source, []).append(number)
    looking, nearing = QuoteEffort(), QuoteEffort()
    for source in filter(texts.__contains__, by_source):
        plain = {
            number: {key: plainly(text) for key, text in found[number].wordings.items()}
            for number in by_source[source]
        }
        quotes = chain.from_iterable(one.values() for one in plain.values())
        passages = Passages(marked(texts[source]), {*chain(*map(words_in, quotes))})
        for number, wordings in plain.items():
            asked = [*wordings] if in_another_language(dossier.sources[source]) else [*wordings][:1]
            answer, missing, nearest = _answer(wordings, asked, passages, looking, nearing)
            found[number] = found[number]._replace(answer=answer, missing=missing, nearest=nearest)
    return found


def in_another_language(source: Source) -> bool:
    """Whether a source says that it was read in another language than that of reports."""
    return source.language.partition("-")[0].casefold() not in {"", "en"}


def _wordings(statement: Statement) -> dict[Wording, str]:
    said: dict[Wording, str] = {
        "quote": statement.quote,
        "quote-original": statement.quote_original,
    }
    return {key: text for key, text in said.items() if text}


def not_found(found: Iterable[Lookup], folder: Path) -> list[Finding]:
    """The findings for quotes that are not in their sources' texts, at their places in files."""
    rule = Rule("CP506", "error", _misquotes)
    return in_order(
        Findings(located(((rule, diagnostic) for diagnostic in rule.check(found)), folder))
    )


def _misquotes(found: Iterable[Lookup]) -> Iterator[Diagnostic]:
    for one in found:
        if one.answer == "not found":
            hint = near_passage(one.nearest)
            if len(one.missing) < len(one.wordings):
                hint = "its original is there: name the source's `language` if it is another one"
            yield Diagnostic(
                at_statement(one.party, one.statement, one.missing[0]),
                f"the quote is not in the text of “{one.source}”",
                hint,
            )


def near_passage(passage: str | None) -> str:
    """The remedy for a misquote; the passage most like it is None if it was not searched for."""
    if passage is None:
        return f"the nearest passage was not searched for; {how_to_raise('quote-steps')}"
    return f"the nearest passage: “{passage}”" if passage else "nothing there is like it"


def _answer(
    wordings: Mapping[Wording, str],
    enough: Collection[Wording],
    passages: Passages,
    looking: QuoteEffort,
    nearing: QuoteEffort,
) -> tuple[Answer, tuple[Wording, ...], str | None]:
    """Whether the text holds one of the wordings that are enough; what it lacks; the nearest."""
    looking.check()
    missing = tuple(key for key, text in wordings.items() if not passages.holds(text, looking))
    if not {*enough} <= {*missing}:
        return "found", missing, ""
    nearest = None if nearing.spent else passages.nearest(wordings[missing[0]], nearing)
    return "not found", missing, nearest
