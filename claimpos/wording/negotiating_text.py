"""The single negotiating text in words: wordings, provisos, and how much is still in brackets."""

from __future__ import annotations

from collections.abc import Iterable

from claimpos.comparison.acceptance import Clause
from claimpos.comparison.negotiating_text import Article, NegotiatingText, Passage, Wording
from claimpos.comparison.truth import Truth
from claimpos.dossier.model import Dossier, Issue
from claimpos.wording.names import Words, capital, counted, joined, one_line

NO_TEXT = "[no text]"
DRAFT = "draft"
_SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


class TextWords:
    """Words for one negotiating text."""

    def __init__(self, text: NegotiatingText) -> None:
        self.text = text
        self.dossier: Dossier = text.comparison.dossier
        self._table = text.comparison.common.table
        self._words = Words(self.dossier)

    def items(self, passage: Passage) -> str:
        """The sub-issues that a passage is on; nothing if these are the whole issue."""
        issue = self.dossier.issues[passage.cells[0].issue]
        items = [issue.items[cell.item] for cell in passage.cells if cell.item is not None]
        return "" if len(items) == len(issue.items) else capital(joined(items))

    def about(self, article: Article) -> str:
        """What a draft says on an issue, and where; without a draft, its text or the question."""
        if article.term is None:
            return " ".join((article.issue.text or article.issue.question).split())
        place = f" ({article.term.locator})" if article.term.locator else ""
        return f"{one_line(article.term.summary)}{place}."

    def wording(self, passage: Passage, wording: Wording) -> str:
        """The outcomes alone, as the dossier labels them, in brackets unless they are agreed."""
        cell = passage.cells[0]
        issue = self.dossier.issues[cell.issue]
        outcomes = self._table.space(cell).outcomes(wording.outcomes)
        if issue.kind == "quantity":
            told = self._words.outcomes(issue, outcomes)
        else:
            told = joined((self._option(issue, str(one)) for one in outcomes), "or")
        return f"{capital(told)}." if passage.agreed else f"[{told}]"

    def _option(self, issue: Issue, option: str) -> str:
        return one_line(issue.option_texts.get(option) or issue.options[option])

    def provisos(self, passage: Passage, wording: Wording) -> list[str]:
        """On what each party's yes depends: provided that …, and whether that is ruled out."""
        return [
            f"{self._words.party(one.party)}: {self._provided(one.conditions)}"
            for one in wording.backing
            if one.conditions
        ]

    def _provided(self, conditions: Iterable[Clause]) -> str:
        return ", or ".join(map(self._condition, conditions))

    def _condition(self, clause: Clause) -> str:
        parts = []
        if clause.requires:
            named = {cell: self._table.space(cell).outcomes(mask) for cell, mask in clause.requires}
            ruled_out = self.text.comparison.common.clause_value(clause) is Truth.FALSE
            told = " (ruled out as things stand)" * ruled_out
            parts.append(f"provided that {self._words.required(named)}{told}")
        if clause.subject_to:
            parts.append(f"on this condition: {one_line(clause.subject_to)}")
        return ", and ".join(parts) or "on conditions left aside with their weaker evidence"

    def others(self, passage: Passage) -> list[str]:
        """What the parties say that back no wording, a sentence for each way."""
        if len(passage.without_position) == len(self.text.comparison.parties):
            return ["No party has a recorded position."]
        this = "this" if len(passage.wordings) == 1 else "all of these"
        told = [
            (passage.against, "rules", f"{this} out"),
            (passage.undecided, "leaves", "this open"),
            (passage.unanswered, "has", "not answered"),
            (passage.without_position, "has", "no recorded position"),
        ]
        return [
            f"{capital(self._words.with_verb(parties, verb))} {rest}."
            for parties, verb, rest in told
            if parties
        ]

    def brackets_by_party(self) -> str:
        """In how many of the passages in brackets each party backs a wording; a sentence."""
        bracketed = [passage for _, passage in self.text.passages if passage.bracketed]
        if not bracketed:
            return ""
        counts = (
            f"{self._words.party(party)} in {sum(_backs(party, one) for one in bracketed)}"
            for party in self.text.comparison.parties
        )
        passages = counted(len(bracketed), "passage", "passages")
        return f"In brackets: {passages}. A wording is backed by {joined(counts)} of them."


def _backs(party: str, passage: Passage) -> bool:
    return any(one.party == party for wording in passage.wordings for one in wording.backing)


def superscript(number: int) -> str:
    """A number as the mark of a note."""
    return str(number).translate(_SUPERSCRIPT)
