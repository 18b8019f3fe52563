"""A matrix as people read it: who agrees with whom, pair by pair, and how the issues stand."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from claimpos.comparison.matrix import IssueAmongMany, Matrix, Pair, State
from claimpos.rendering.diff import aside
from claimpos.rendering.layout import Layout
from claimpos.rendering.tables import TERMINAL
from claimpos.rendering.text import Paint
from claimpos.wording.names import Words, counted, joined, written_day

_MANY = 12
"""More parties than this make no square that can be read; then the ends of the list are shown."""
_ENDS = 10

_STATES: dict[State, str] = {
    "contested": "Contested",
    "agreed": "Acceptable to all",
    "open": "Open",
    "one": "Only one party has a position",
    "none": "No party has a position",
}
_MEANING: dict[State, str] = {
    "contested": "At least two parties are at odds.",
    "agreed": "An outcome is acceptable to every party with a position.",
    "open": "No two parties are at odds, and no outcome is acceptable to all with a position.",
    "one": "",
    "none": "",
}


def matrix_text(
    matrix: Matrix, style: str = TERMINAL, width: int = 80, paint: Paint | None = None
) -> str:
    """The whole matrix in a table style of `tables`."""
    layout = Layout(style, width, paint or Paint(on=False))
    blocks = [_head(matrix, layout)]
    if len(matrix.parties) <= _MANY:
        blocks += [layout.section("Agreement rate (%)"), _square(matrix, layout)]
    blocks += _pairs(matrix, layout)
    counts = "How many parties have a position, and how many pairs of them overlap or conflict"
    blocks.append(layout.together([layout.section("By issue"), layout.line(f"{counts}.")]))
    for state in _STATES:
        chosen = [one for one in matrix.issues if one.state == state]
        if chosen:
            blocks += _issues(matrix, state, chosen, layout)
    return "\n\n".join(blocks) + "\n"


def _head(matrix: Matrix, layout: Layout) -> str:
    parties = counted(len(matrix.parties), "party", "parties")
    pairs = counted(len(matrix.pairs), "pair", "pairs")
    issues = counted(len(matrix.issues), "issue", "issues")
    notes = [
        "Agreement rate: overlaps as a share of the issues with a clear verdict (overlap or "
        "conflict). It may rest on very few issues: check the counts. –: no issue has a clear "
        "verdict. Coverage: the share of all issues on which both have a position.",
        *_one_voice(matrix),
        *aside(matrix.basis, matrix.set_aside),
    ]
    title = f"How close the parties are, as of {written_day(matrix.day)}"
    about = [matrix.dossier.title, f"{parties}, {pairs}, {issues}"]
    return layout.together([layout.title(title), layout.lines([*about, *notes])])


def per_cent(share: float | None, unit: str = "%") -> str:
    """A share in whole per cent; only all is 100, and only nothing is 0."""
    if share is None:
        return "–"
    rounded = round(100 * share)
    return f"{rounded if share in (0, 1) else min(max(rounded, 1), 99)}{unit}"


def _square(matrix: Matrix, layout: Layout) -> str:
    """A row and a column for each party; the columns have the rows' numbers."""
    found = {frozenset(pair.parties): pair for pair in matrix.pairs}
    labels = [matrix.dossier.parties[party].label for party in matrix.parties]
    rows = []
    for at, (party, label) in enumerate(zip(matrix.parties, labels, strict=True), start=1):
        cells = [
            per_cent(found[frozenset((party, other))].agreement, "") if other != party else ""
            for other in matrix.parties
        ]
        rows.append([f"{at} {label}" if layout.terminal else label, *cells])
    numbers = [str(at) for at, _ in enumerate(labels, start=1)]
    return layout.list(["", *(numbers if layout.terminal else labels)], rows)


def closest_first(pairs: Iterable[Pair]) -> list[Pair]:
    """The pairs with a clear verdict on any issue, by agreement rate, then by how many issues."""
    settled = [pair for pair in pairs if pair.agreement is not None]
    return sorted(settled, key=_nearness)


def _nearness(pair: Pair) -> tuple[float, int]:
    agreement = pair.agreement or 0.0
    settled = pair.overlap + pair.conflict
    return -agreement, settled if agreement < 0.5 else -settled


def _pairs(matrix: Matrix, layout: Layout) -> list[str]:
    ranked = closest_first(matrix.pairs)
    unsettled = [pair for pair in matrix.pairs if pair.agreement is None]
    blocks = []
    if len(matrix.parties) <= _MANY or len(ranked) <= 2 * _ENDS:
        blocks.append(layout.section("Pairs, closest first"))
        blocks += [_pairs_table(matrix, ranked, layout)] if ranked else []
    else:
        blocks += [layout.section(f"The {_ENDS} closest pairs")]
        blocks += [_pairs_table(matrix, ranked[:_ENDS], layout)]
        blocks += [layout.section(f"The {_ENDS} furthest pairs")]
        blocks += [_pairs_table(matrix, ranked[: -_ENDS - 1 : -1], layout)]
    return [*blocks, layout.line(_unsettled(matrix, unsettled))] if unsettled else blocks


def _pairs_table(matrix: Matrix, pairs: Sequence[Pair], layout: Layout) -> str:
    header = ["Pair", "Overlap", "Conflict", "Unresolved", "Agreement rate", "Coverage"]
    rows = [
        [
            _names(matrix, pair),
            *map(str, (pair.overlap, pair.conflict, pair.unresolved)),
            per_cent(pair.agreement),
            per_cent(pair.coverage),
        ]
        for pair in pairs
    ]
    return layout.list(header, rows)


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
        "An issue on which both parties of a pair hold the same group's position, as the group or "
        "as its members, is in none of the pair's counts; of a group and its member, only issues "
        "on which the member has its own position are."
    ]


def _issues(
    matrix: Matrix, state: State, chosen: Sequence[IssueAmongMany], layout: Layout
) -> list[str]:
    title = layout.title(f"{_STATES[state]}: {counted(len(chosen), 'issue', 'issues')}")
    if state == "none":
        unheard = layout.line(f"{joined(one.issue.title for one in chosen)}.")
        return [layout.together([title, unheard])]
    words = Words(matrix.dossier)
    if state == "one":
        told = [f"{one.issue.title} ({words.parties(one.spoken)})" for one in chosen]
        return [layout.together([title, layout.line(f"{'; '.join(told)}.")])]
    header = ["Issue", "Parties with a position", "Overlap", "Conflict"]
    rows = [
        [one.issue.title, *map(str, (len(one.spoken), one.overlap, one.conflict))]
        for one in sorted(chosen, key=lambda one: (-one.conflict, -one.overlap))
    ]
    return [layout.together([title, layout.line(_MEANING[state])]), layout.list(header, rows)]
