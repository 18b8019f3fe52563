"""A matrix: who agrees with whom, pair by pair, and how the issues stand.

For JSON, see schemas/matrix.schema.json.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from claimpos.comparison.matrix import IssueAmongMany, Matrix, Pair, State
from claimpos.dossier.outcomes import Number
from claimpos.rendering.data import Rows
from claimpos.rendering.diff import basis_notes
from claimpos.rendering.document import (
    Block,
    Document,
    Heading,
    Paragraph,
    Table,
    headed,
)
from claimpos.wording.age import age_notes, newest_report
from claimpos.wording.dossier_texts import label
from claimpos.wording.grammar import counted
from claimpos.wording.names import Words, cells_title, dossier_named, joined, written_day

FORMAT = "claimpos.matrix/2"

_MANY = 12
"""More parties than this make no square that can be read; then the ends of the list are shown."""
_ENDS = 10

_STATES: dict[State, str] = {
    "passes": "Passes by a decision rule",
    "fails": "Fails by a decision rule",
    "could-pass": "Could still pass by a decision rule",
    "contested": "Contested",
    "agreed": "Acceptable to all",
    "partly-agreed": "Acceptable to the parties with a position",
    "open": "Open",
    "one": "Only one party has a position",
    "none": "No party has a position",
}
_BY_VOTE = "Of the outcomes put to the vote, the one nearest to passing is shown."
_MEANING: dict[State, str] = {
    "passes": _BY_VOTE,
    "fails": _BY_VOTE,
    "could-pass": _BY_VOTE,
    "contested": "At least two parties are at odds.",
    "agreed": "An outcome is acceptable to every party with a position, at least three in four.",
    "partly-agreed": "An outcome is acceptable to every party with a position, "
    "but fewer than three in four have one.",
    "open": "No two parties are at odds, and no outcome is acceptable to every party "
    "with a position.",
    "one": "",
    "none": "",
}


def matrix_document(matrix: Matrix) -> Document:
    """The whole matrix, for people to read."""
    blocks: list[Block] = [_head(matrix)]
    if len(matrix.parties) <= _MANY:
        blocks += [Heading("Agreement rate (%)"), _square(matrix)]
    blocks += _pairs(matrix)
    counts = "How many parties have a position, and how many pairs of them overlap or conflict"
    blocks.append(headed(Heading("By issue"), f"{counts}."))
    for state in _STATES:
        chosen = [one for one in matrix.issues if one.state == state]
        if chosen:
            blocks += _issues(matrix, state, chosen)
    return Document(blocks)


def _head(matrix: Matrix) -> Block:
    parties = counted(len(matrix.parties), "party", "parties")
    pairs = counted(len(matrix.pairs), "pair", "pairs")
    issues = counted(len(matrix.issues), "issue", "issues")
    title = f"How close the parties are, as of {written_day(matrix.day)}"
    return headed(
        Heading(title, "title"),
        dossier_named(matrix.dossier.title),
        f"{parties}, {pairs}, {issues}",
        *age_notes(matrix.dossier, matrix.newest, matrix.day),
        "Agreement rate: overlaps as a share of the issues with a clear verdict (overlap or "
        "conflict); in brackets, the number of such issues. Few: there are fewer than five of "
        "them or, if fewer than ten issues are compared, fewer than half. –: there are none. "
        "Coverage: the share of the issues compared on which both have a position.",
        *_one_voice(matrix),
        *basis_notes(matrix.basis, matrix.set_aside),
    )


def per_cent(share: float | None, unit: str = "%") -> str:
    """A share in whole per cent; only all is 100, and only nothing is 0."""
    if share is None:
        return "–"
    rounded = round(100 * share)
    return f"{rounded if share in (0, 1) else min(max(rounded, 1), 99)}{unit}"


def _rate(pair: Pair) -> str:
    """The rate, or "few", with the number of issues that it rests on."""
    return f"{_share(pair)} ({pair.clear})" if pair.clear else _share(pair)


def _share(pair: Pair, unit: str = "%") -> str:
    return "few" if pair.few and pair.clear else per_cent(pair.agreement, unit)


def _square(matrix: Matrix) -> Table:
    """A row and a column for each party; with little room, the columns have the rows' numbers."""
    found = {frozenset(pair.parties): pair for pair in matrix.pairs}
    labels = [matrix.dossier.parties[party].label for party in matrix.parties]
    rows = [
        [
            _share(found[frozenset((party, other))], "") if other != party else ""
            for other in matrix.parties
        ]
        for party in matrix.parties
    ]
    numbers = [str(at) for at, _ in enumerate(labels, start=1)]
    numbered = [f"{number} {label}" for number, label in zip(numbers, labels, strict=True)]
    narrow = Table(["", *numbers], _named(numbered, rows), "short")
    return Table(["", *labels], _named(labels, rows), "short", narrow)


def _named(names: Sequence[str], rows: Sequence[Sequence[str]]) -> list[list[str]]:
    return [[name, *row] for name, row in zip(names, rows, strict=True)]


def closest_first(pairs: Iterable[Pair]) -> list[Pair]:
    """The pairs with a clear verdict on any issue, by agreement rate, then by how many issues.

    Those whose rate rests on few issues come last.
    """
    settled = [pair for pair in pairs if pair.agreement is not None]
    return sorted(settled, key=_nearness)


def _nearness(pair: Pair) -> tuple[bool, float, int]:
    agreement = pair.agreement or 0.0
    return pair.few, -agreement, pair.clear if agreement < 0.5 else -pair.clear


def _pairs(matrix: Matrix) -> list[Block]:
    ranked = closest_first(matrix.pairs)
    unsettled = [pair for pair in matrix.pairs if pair.agreement is None]
    blocks: list[Block] = []
    if len(matrix.parties) > _MANY:
        firm = [pair for pair in ranked if not pair.few]
        if few := len(ranked) - len(firm):
            between = counted(few, "pair is", "pairs are")
            blocks.append(Paragraph(f"{between} not listed: the rate rests on few issues."))
        ranked = firm
    if len(matrix.parties) <= _MANY or len(ranked) <= 2 * _ENDS:
        blocks.append(Heading("Pairs, closest first"))
        blocks += [_pairs_table(matrix, ranked)] if ranked else []
    else:
        blocks += [Heading(f"The {_ENDS} closest pairs")]
        blocks += [_pairs_table(matrix, ranked[:_ENDS])]
        blocks += [Heading(f"The {_ENDS} furthest pairs")]
        blocks += [_pairs_table(matrix, ranked[: -_ENDS - 1 : -1])]
    return [*blocks, Paragraph(_unsettled(matrix, unsettled))] if unsettled else blocks


def _pairs_table(matrix: Matrix, pairs: Sequence[Pair]) -> Table:
    header = ["Pair", "Overlap", "Conflict", "Unresolved", "Agreement rate", "Coverage"]
    rows = [
        [
            _names(matrix, pair),
            *map(str, (pair.overlap, pair.conflict, pair.unresolved)),
            _rate(pair),
            per_cent(pair.coverage),
        ]
        for pair in pairs
    ]
    return Table(header, rows, "short")


def _names(matrix: Matrix, pair: Pair) -> str:
    return " – ".join(matrix.dossier.parties[party].label for party in pair.parties)


def _unsettled(matrix: Matrix, pairs: Sequence[Pair]) -> str:
    count = len(pairs)
    if len(matrix.parties) > _MANY:
        between = counted(count, "pair", "pairs")
        return f"Between {between} there is neither an overlap nor a conflict."
    named = "; ".join(_names(matrix, pair) for pair in pairs)
    return f"Neither an overlap nor a conflict between: {named}."


def _one_voice(matrix: Matrix) -> list[str]:
    """What there is to say of issues on which a pair holds one group's position."""
    if not any(pair.one_voice for pair in matrix.pairs):
        return []
    return [
        "Issues on which both parties of a pair hold the same group's position are left out of "
        "the pair's counts. A group and its member are compared only on issues on which the member "
        "has a position of its own."
    ]


def _issues(matrix: Matrix, state: State, chosen: Sequence[IssueAmongMany]) -> list[Block]:
    issues = counted(len(chosen), "issue", "issues")
    title = Heading(f"{_STATES[state]}: {issues}", "part")
    if state == "none":
        return [headed(title, f"{joined(label(one.issue.title) for one in chosen)}.")]
    words = Words(matrix.dossier)
    if state == "one":
        parts = [f"{label(one.issue.title)} ({words.parties(one.spoken)})" for one in chosen]
        return [headed(title, f"{'; '.join(parts)}.")]
    if state in ("passes", "fails", "could-pass"):
        return [headed(title, _MEANING[state]), _votes_table(words, chosen)]
    header = ["Issue", "Parties with a position", "Overlap", "Conflict"]
    rows = [
        [one.issue.title, _heard(one), *map(str, (one.overlap, one.conflict))]
        for one in sorted(chosen, key=lambda one: (-one.conflict, -one.overlap))
    ]
    return [headed(title, _MEANING[state]), Table(header, rows, "short")]


def _votes_table(words: Words, chosen: Sequence[IssueAmongMany]) -> Table:
    """The votes on the issues' cells."""
    header = ["Issue", "Outcome", "For", "Against", "Abstaining", "No vote yet"]
    rows = [
        [
            cells_title(words.dossier, [cell]),
            words.outcomes(one.issue, vote.outcomes),
            *(str(len(vote.decision.of(kind))) for kind in ("yes", "no", "abstains")),
            str(len(vote.decision.of("open", "silent"))),
        ]
        for one in chosen
        for cell, vote in one.votes
    ]
    return Table(header, rows, "short")


def _heard(one: IssueAmongMany) -> str:
    if one.state == "partly-agreed":
        return f"acceptable to the {one.heard} of {one.of} with a position"
    return str(len(one.spoken))


def matrix_report(matrix: Matrix) -> dict[str, Any]:
    """The matrix as plain data; shares are binary fractions, None where nothing is settled."""
    return {
        "format": FORMAT,
        "dossier": matrix.dossier.title,
        "as_of": matrix.day.isoformat(),
        "newest": newest_report(matrix.newest),
        "basis": matrix.basis,
        "set_aside": matrix.set_aside,
        "parties": list(matrix.parties),
        "pairs": [_pair(pair) for pair in matrix.pairs],
        "issues": [_issue(one) for one in matrix.issues],
    }


def _pair(pair: Pair) -> dict[str, Any]:
    return {
        "parties": list(pair.parties),
        "overlap": pair.overlap,
        "conflict": pair.conflict,
        "unresolved": pair.unresolved,
        "agreement": pair.agreement,
        "coverage": pair.coverage,
        "clear": pair.clear,
        "few": pair.few,
        **({"one_voice": pair.one_voice} if pair.one_voice else {}),
    }


def _issue(one: IssueAmongMany) -> dict[str, Any]:
    return {
        "id": one.issue.id,
        "title": one.issue.title,
        "group": one.issue.group,
        "state": one.state,
        "spoken": list(one.spoken),
        "heard": one.heard,
        "overlap": one.overlap,
        "conflict": one.conflict,
        "unresolved": one.unresolved,
    }


def matrix_rows(matrix: Matrix) -> Rows:
    """One line for each pair."""
    header = ["party", "other", "overlap", "conflict", "unresolved", "agreement", "coverage"]
    header += ["clear", "few"]
    lines: list[list[str | Number]] = [
        [
            *pair.parties,
            pair.overlap,
            pair.conflict,
            pair.unresolved,
            "" if pair.agreement is None else str(pair.agreement),
            str(pair.coverage),
            pair.clear,
            "true" if pair.few else "false",
        ]
        for pair in matrix.pairs
    ]
    return header, lines
