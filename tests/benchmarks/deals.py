"""What it takes to find deals: solved and proved, everything listed, as dossiers grow."""

from __future__ import annotations

import random
import resource
import statistics
import subprocess
from functools import partial
from pathlib import Path
from typing import Any

from claimpos import Dossier, load_dossier
from claimpos.comparison.table import PositionTable
from claimpos.deals.balance import balanced
from claimpos.deals.clock import Clock
from claimpos.deals.facts import SolverFacts
from claimpos.deals.problem import Problem, problem_of
from claimpos.deals.search import Deals, find_deals
from claimpos.deals.signable import signable
from claimpos.deals.solver import least
from claimpos.dossier.dates import day_of
from tests.benchmarks.generated import bargaining
from tests.benchmarks.ratios import PASS, QUICK, SCRIPT, pairs, run, show, timed
from tests.support import write_short

DAY = "2025-03-14"
LIMIT = 15
SIZES = (
    ((5, 25), (10, 50), (20, 100), (20, 200))
    if QUICK
    else ((5, 25), (10, 50), (20, 100), (20, 200), (40, 400))
)


def measure(scratch: Path) -> None:
    """Times are of work beyond start-up, in milliseconds and as multiples of `python -c pass`."""
    bare = statistics.median(timed(lambda: run(PASS)) for _ in range(15))
    print(f"python -c pass: {bare * 1000:.0f} ms")
    for parties, issues in SIZES:
        growth(scratch, parties, issues, bare)
    worked(scratch)
    parliament(scratch)


def growth(scratch: Path, parties: int, issues: int, bare: float) -> None:
    seeds = range(1, 8) if issues <= 50 else range(1, 3)
    solved: list[float] = []
    signed: list[float] = []
    even: list[float] = []
    are_even: list[bool] = []
    listed: list[float] = []
    found: list[Deals] = []
    for seed in seeds:
        folder = scratch / f"p{parties}-i{issues}-s{seed}"
        dossier = load_dossier(write_short(folder, *bargaining(parties, issues, seed)))
        solved.append(min(timed(partial(solve, dossier)) for _ in range(3)))
        signed.append(timed(partial(sign, dossier)))
        even.append(timed(partial(balance, dossier, are_even)))
        listed.append(timed(partial(all_of, dossier, found)))
    print(
        f"{issues} issues × {parties} parties, {len(seeds)} dossiers: solved and proved in "
        f"{told(solved, bare)}; what could be signed now in {told(signed, bare)}; balanced in "
        f"{told(even, bare)}, proved: {are_even}; everything listed in {told(listed, bare)}; "
        f"sticking_points: {[len(one.sticking_points) for one in found]}; "
        f"all proved: {all(one.proved for one in found)}; memory so far: {memory()} MB"
    )


def solve(dossier: Dossier) -> None:
    """From the positions to the package that asks least, proved."""
    assert least(SolverFacts(asked(dossier)), Clock(None)).proved


def sign(dossier: Dossier) -> None:
    """From the positions to what could be signed now, proved."""
    assert signable(asked(dossier), Clock(None)).proved


def balance(dossier: Dossier, are_even: list[bool]) -> None:
    """From the positions to the balanced packages, and whether they are proved."""
    are_even.append(balanced(asked(dossier), Clock(LIMIT)).proved)


def asked(dossier: Dossier) -> Problem:
    return problem_of(PositionTable(dossier, list(dossier.parties), day_of(DAY)), {})


def all_of(dossier: Dossier, found: list[Deals]) -> None:
    """Ways out, conflict sets, ties: all that the command prints."""
    found.append(find_deals(dossier, list(dossier.parties), DAY))


def parliament(scratch: Path) -> None:
    """A whole process on 650 members and twelve motions, decided by a majority of votes cast."""
    folder = scratch / "parliament"
    rule = {"more-than": "1/2", "abstention": "counts-out", "no-position": "counts-out"}
    options = {
        "carried": "Carried",
        "rejected": "Rejected",
        "abstain": {"title": "Abstention", "abstention": True},
    }
    agenda = {f"motion-{at}": {"options": options, "decides": rule} for at in range(12)}
    dice = random.Random(650)
    parties: dict[str, Any] = {
        f"member-{one}": {
            motion: {"demands": dice.choice(["carried", "carried", "rejected", "abstain"])}
            for motion in agenda
        }
        for one in range(650)
    }
    write_short(folder, agenda, parties)
    command = [str(SCRIPT), "deals", "--positions", str(folder), "--as-of", DAY]
    bare = [str(SCRIPT), "list", "issues", "--positions", str(folder)]
    show(
        "claimpos deals of 650 members on 12 motions / claimpos list", pairs(command, bare, runs=5)
    )
    lines = subprocess.run(command, capture_output=True, text=True, check=True).stdout.count("\n")
    print(f"lines of its report: {lines}")


def told(times: list[float], bare: float) -> str:
    middle = statistics.median(times)
    return f"{middle * 1000:.0f} ms (at most {max(times) * 1000:.0f}), {middle / bare:.1f} × bare"


def memory() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def worked(scratch: Path) -> None:
    """The shipped dossier, as a whole process against a diff of the same parties."""
    chosen = ["russia", "ukraine", "--as-of", DAY]
    ratios = pairs([str(SCRIPT), "deals", *chosen], [str(SCRIPT), "diff", *chosen], runs=7)
    show("claimpos deals russia ukraine / claimpos diff russia ukraine", ratios)
    most = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    print(f"memory of the largest of these processes: {most} MB")
