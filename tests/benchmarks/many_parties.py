"""An assembly: every two of many parties, against a matrix product by NumPy and as it grows."""

from __future__ import annotations

import gc
import random
import subprocess
import sys
from collections.abc import Iterator, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from claimpos import Dossier
from claimpos.comparison.matrix import matrix
from claimpos.dossier.loading import load_folder
from claimpos.dossier.model import Cell, Entry, Issue, PartialDate, Party, Source, Statement
from claimpos.importing.import_log import ImportLog
from claimpos.importing.importer import TableOptions, import_table
from tests.benchmarks.ratios import PASS, QUICK, RUNS, SCRIPT, show, timed

PARTIES, ISSUES = 193, 73
DAY = PartialDate("2015-10-27", date(2015, 10, 27), date(2015, 10, 27))
CAST = ("yes", "yes", "yes", "yes", "no", "abstain", "abstain", "")
AS_OF = "2016"


def measure(scratch: Path) -> None:
    folder = imported(scratch)
    dossier = load_folder(folder).dossier
    against_numpy(folder, dossier)
    growth()
    group()
    memory(folder)


def votes(parties: int, issues: int) -> Iterator[tuple[str, str, str]]:
    """Who voted how on what; an eighth of the votes is missing."""
    dice = random.Random(70)
    for issue in range(issues):
        for party in range(parties):
            if vote := dice.choice(CAST):
                yield f"p{party}", f"i{issue}", vote


def imported(scratch: Path) -> Path:
    """The votes as a dossier of YAML files, made as a user would."""
    table = scratch / "votes.csv"
    rows = "".join(f"{','.join(row)},2015-10-27\n" for row in votes(PARTIES, ISSUES))
    table.write_text(f"party,issue,demands,since\n{rows}", encoding="utf-8")
    options = TableOptions({}, {"options": "yes; no; abstain", "basis": "stated"}, {})
    import_table(table, scratch / "votes", options, ImportLog())
    return scratch / "votes"


def against_numpy(folder: Path, dossier: Dossier) -> None:
    try:
        import numpy
    except ImportError:
        print("NumPy is not installed, so nothing is compared with it")
        return
    parties = {party: at for at, party in enumerate(dossier.parties)}
    columns = {issue: 3 * at for at, issue in enumerate(dossier.issues)}
    kinds = {"yes": 0, "no": 1, "abstain": 2}
    cast = [*votes(PARTIES, ISSUES)]

    def product() -> Any:
        """Identical votes, and roll calls in which both voted, of each two parties."""
        one_hot = numpy.zeros((PARTIES, 3 * ISSUES), dtype=numpy.float32)
        rows = [parties[party] for party, _, _ in cast]
        one_hot[rows, [columns[issue] + kinds[vote] for _, issue, vote in cast]] = 1
        spoken = one_hot.reshape(PARTIES, ISSUES, 3).sum(axis=2)
        return one_hot @ one_hot.T, spoken @ spoken.T

    same, both = product()
    for pair in matrix(dossier, as_of=AS_OF).pairs:
        one, other = (parties[party] for party in pair.parties)
        assert (pair.overlap, pair.spoken) == (same[one, other], both[one, other])
    reading, ours, theirs = [], [], []
    for _ in range(3 if QUICK else 9):
        reading.append(uncollected(lambda: load_folder(folder)))
        ours.append(uncollected(lambda: matrix(dossier, as_of=AS_OF)))
        theirs.append(uncollected(product))
    size = f"{PARTIES} parties, {ISSUES} issues, {PARTIES * (PARTIES - 1) // 2:,} pairs"
    print(f"{size}; NumPy {numpy.__version__}")
    trios = [*zip(reading, ours, theirs, strict=True)]
    show("the matrix / (reading the files + one-hot product)", [m / (r + n) for r, m, n in trios])
    show("(reading + the matrix) / (reading + product)", [(r + m) / (r + n) for r, m, n in trios])
    show("the matrix / the one-hot product alone", [m / n for _, m, n in trios])


def uncollected(work: Any) -> float:
    """The time of some work without the garbage collector, as the command runs."""
    gc.collect()
    gc.disable()
    try:
        return timed(work)
    finally:
        gc.enable()


def growth() -> None:
    """What a pair and issue costs as both grow, against the smallest; votes, kept in memory."""
    sizes = ((125, 125), (250, 125), (125, 250), (250, 250), (500, 250), (250, 500), (500, 500))
    costs = []
    for parties, issues in sizes[:4] if QUICK else sizes:
        dossier = in_memory(parties, issues)
        best = min(uncollected(partial(matrix, dossier, as_of=AS_OF)) for _ in range(3))
        costs.append((parties, issues, best / (parties * (parties - 1) / 2 * issues)))
    first = costs[0][2]
    told = ", ".join(f"{parties} × {issues}: {cost / first:.2f}" for parties, issues, cost in costs)
    print(f"cost of a pair and issue, by parties × issues: {told}")


def group(members: int = 100, issues: int = ISSUES) -> None:
    """A group that speaks for its members, against the same positions written out for each."""
    dossier = in_memory(members + 2, issues)
    names = [*dossier.parties]
    speaker, others, outsider = names[0], names[1:-1], names[-1]
    spoken = dossier.parties[speaker].positions
    silent = {party: dossier.parties[party]._replace(positions={}) for party in others} | {
        speaker: dossier.parties[speaker]._replace(members=tuple(others), speaks_for_members=True)
    }
    written = {
        party: dossier.parties[party]._replace(
            positions={key: tuple(one._replace() for one in held) for key, held in spoken.items()}
        )
        for party in others
    }
    as_one = dossier._replace(parties={**dossier.parties, **silent})
    apart = dossier._replace(parties={**dossier.parties, **written})
    of_outsider = [
        [pair[1:] for pair in matrix(each, as_of=AS_OF).pairs if outsider in pair.parties]
        for each in (as_one, apart)
    ]
    assert of_outsider[0] == of_outsider[1]
    ratios = []
    for _ in range(RUNS):
        one = uncollected(lambda: matrix(as_one, as_of=AS_OF))
        ratios.append(one / uncollected(lambda: matrix(apart, as_of=AS_OF)))
    show(f"matrix of a group of {members} × {issues} / the same positions written out", ratios)


def in_memory(parties: int, issues: int) -> Dossier:
    options = {"yes": "Yes", "no": "No", "abstain": "Abstain"}
    agenda = {
        f"i{at}": Issue(f"i{at}", f"Issue {at}", "?", "all-issues", "choice", options)
        for at in range(issues)
    }
    source = Source("paper", "A paper", "A publisher", DAY, "official")
    said = Statement("said", source, None, DAY, "stated", "So.")
    named = {
        (issue, vote): {Cell(issue): frozenset([vote])} for issue in agenda for vote in options
    }
    positions: dict[str, dict[str, tuple[Entry, ...]]] = {f"p{at}": {} for at in range(parties)}
    for party, issue, vote in votes(parties, issues):
        positions[party][issue] = (Entry(issue, DAY, (said,), demands=named[issue, vote]),)
    held = {party: Party(party, party, party, entries) for party, entries in positions.items()}
    return Dossier("Votes", {"all-issues": "All"}, agenda, {"paper": source}, held)


def memory(folder: Path) -> None:
    """The most memory that the command takes, its dossier read anew and then remembered."""
    command = [str(SCRIPT), "matrix", "--positions", str(folder), "--format", "json"]
    anew, remembered, bare = peak(command), peak(command), peak(PASS)
    print(
        f"peak memory of claimpos matrix, {PARTIES} parties × {ISSUES} issues: {anew:.0f} MB "
        f"reading the files, {remembered:.0f} MB from the cache; python -c pass: {bare:.0f} MB"
    )


def peak(command: Sequence[str]) -> float:
    """The most memory that a command has in use, in MB.

    It is started by a small process: a child begins with as much as its parent has.
    """
    code = (
        "import resource, subprocess, sys;"
        "subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL);"
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    )
    small = [sys.executable, "-c", code]
    done = subprocess.run([*small, *command], check=True, capture_output=True, text=True)
    return int(done.stdout) / 1024
