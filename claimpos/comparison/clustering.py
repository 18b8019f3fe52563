"""An order of parties in which neighbours are alike."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

from claimpos.comparison.matrix import Matrix
from claimpos.errors import WrongUsage


def by_agreement(matrix: Matrix) -> Matrix:
    """The same matrix, its parties in an order in which those that agree stand side by side.

    The order is that of the leaves of an average-linkage clustering by 1 - agreement, the
    branches turned so that neighbours are as near as they can be (Z. Bar-Joseph and others,
    "Fast optimal leaf ordering for hierarchical clustering", Bioinformatics 17, 2001). For the
    order alone, two parties between whom nothing is settled are taken to be as far apart as
    two are on average; a party that shares no clear verdict with any other comes last.

    Raises WrongUsage if scipy is not installed.
    """
    settled = [party for party in matrix.parties if _settled(matrix, party)]
    last = [party for party in matrix.parties if party not in settled]
    return _reordered(matrix, [*_leaves(matrix, settled), *last])


def _settled(matrix: Matrix, party: str) -> bool:
    return any(party in pair.parties and pair.agreement is not None for pair in matrix.pairs)


def _leaves(matrix: Matrix, parties: Sequence[str]) -> list[str]:
    if len(parties) < 3:
        return list(parties)
    try:
        from scipy.cluster.hierarchy import leaves_list, linkage
    except ImportError:
        remedy = "install it with: pip install 'claimpos[cluster]'"
        raise WrongUsage(f"an order by agreement needs scipy; {remedy}") from None
    known = {
        frozenset(pair.parties): 1 - pair.agreement
        for pair in matrix.pairs
        if pair.agreement is not None
    }
    usual = sum(known.values()) / len(known)
    distances = [known.get(frozenset(pair), usual) for pair in combinations(parties, 2)]
    tree = linkage(distances, method="average", optimal_ordering=True)
    leaves = [parties[at] for at in leaves_list(tree)]
    # Read from either end an order says the same; it begins with the party that was named first.
    return leaves if parties.index(leaves[0]) < parties.index(leaves[-1]) else leaves[::-1]


def _reordered(matrix: Matrix, parties: Sequence[str]) -> Matrix:
    found = {frozenset(pair.parties): pair for pair in matrix.pairs}
    pairs = [found[frozenset(pair)]._replace(parties=pair) for pair in combinations(parties, 2)]
    issues = [
        one._replace(spoken=tuple(party for party in parties if party in one.spoken))
        for one in matrix.issues
    ]
    return matrix._replace(parties=tuple(parties), pairs=tuple(pairs), issues=tuple(issues))
