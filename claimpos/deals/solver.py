"""The one module that speaks to clingo: the model, its facts, and the answers to three questions.

Least asks are found core-guided, rank by rank (B. Andres, B. Kaufmann, O. Matheis, T. Schaub,
"Unsatisfiability-based optimization in clasp", ICLP 2012); sets of moves without one to spare by
domain heuristics (C. Di Rosa, E. Giunchiglia, M. Maratea, "Solving satisfiability problems with
preferences", Constraints 15, 2010).
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from importlib import resources
from typing import NamedTuple

import clingo

from claimpos.deals.facts import Facts
from claimpos.deals.problem import Position
from claimpos.dossier.model import Cell

RANKS = (5, 4, 3, 2, 1)
"""The priorities of the five counts in the model, the gravest first."""

Asks = tuple[int, int, int, int, int]
Package = dict[Cell, int]
_NOTHING: Asks = (0, 0, 0, 0, 0)


class Clock:
    """How much time is left; None is no limit."""

    def __init__(self, seconds: float | None) -> None:
        self._end = None if seconds is None else time.monotonic() + seconds

    @property
    def left(self) -> float | None:
        return None if self._end is None else max(self._end - time.monotonic(), 0.0)

    @property
    def over(self) -> bool:
        return self.left == 0.0


class Least(NamedTuple):
    """The best package found, what it asks, and what is proved: every package asks as much.

    `package` is None where none was found: proved, there is none.
    """

    package: Package | None
    asks: Asks
    bound: Asks
    proved: bool


class Possible(NamedTuple):
    """What the packages that ask least may have: outcomes by cell, answers by position."""

    outcomes: dict[Cell, set[int]]
    answers: dict[Position, set[str]]
    complete: bool


def least(facts: Facts, clock: Clock) -> Least:
    """The package that asks least."""
    control = _control(facts, [_CORE_GUIDED], "#show has/2.")
    best: list[tuple[Package, Asks, list[int]]] = []

    def keep(model: clingo.Model) -> None:
        best[:] = [(_package(model, facts), _asks(model), list(model.priority))]

    proved = _solve(control, keep, clock)
    lower = _NOTHING
    if not best and not proved:
        _solve(_control(facts, [], "#show has/2.", most=1), keep, Clock(_GRACE))
    elif best and not proved:
        lower = _lower(control, best[0][2])
    if not best:
        return Least(None, _NOTHING, _NOTHING, proved)
    package, asks, _ = best[0]
    return Least(package, asks, asks if proved else lower, proved)


def possible(facts: Facts, clock: Clock) -> Possible:
    """All that the packages that ask least may have."""
    return _possible(facts, [_CORE_GUIDED, "--opt-mode=optN"], (), clock)


def possible_with(facts: Facts, standing: Iterable[Position], clock: Clock) -> Possible:
    """All that the packages may have in which these positions stand."""
    return _possible(facts, ["--opt-mode=ignore"], standing, clock)


def _possible(
    facts: Facts, options: Sequence[str], standing: Iterable[Position], clock: Clock
) -> Possible:
    shown = f"#show has/2. #show says/3. {facts.stand(standing)}"
    control = _control(facts, [*options, "--enum-mode=brave"], shown)
    last: list[Sequence[clingo.Symbol]] = [[]]

    def keep(model: clingo.Model) -> None:
        last[:] = [model.symbols(shown=True)]

    complete = _solve(control, keep, clock)
    outcomes: dict[Cell, set[int]] = {}
    answers: dict[Position, set[str]] = {}
    for symbol in last[0]:
        one, two, *answer = symbol.arguments
        if symbol.name == "has":
            cell = facts.cells[one.number]
            outcomes.setdefault(cell, set()).add(facts.outcome(one.number, two.number))
        else:
            position = facts.position(one.number, two.number)
            answers.setdefault(position, set()).add(answer[0].name)
    return Possible(outcomes, answers, complete)


def combinations(
    facts: Facts, cells: Sequence[Cell], most: int, clock: Clock
) -> tuple[list[tuple[int, ...]], bool]:
    """What packages that ask least have in these cells together, and whether that is all."""
    wanted = " ".join(f"wanted({facts.number(cell)})." for cell in cells)
    shown = f"{wanted} #show. #show has(C,O) : has(C,O), wanted(C)."
    options = [_CORE_GUIDED, "--opt-mode=optN", "--project=show"]
    found: list[tuple[int, ...]] = []

    def keep(model: clingo.Model) -> None:
        if model.optimality_proven or not model.cost:
            package = _package(model, facts)
            found.append(tuple(package[cell] for cell in cells))

    finished = _solve(_control(facts, options, shown, most + 1), keep, clock)
    return found[:most], finished and len(found) <= most


def minimal_moves(facts: Facts, most: int, clock: Clock) -> tuple[list[frozenset[Position]], bool]:
    """The sets of positions whose moving leaves a deal, none to spare; and whether that is all."""
    options = [
        "--opt-mode=ignore",
        "--heuristic=Domain",
        "--enum-mode=domRec",
        "--dom-mod=false,show",
        "--project=show",
    ]
    found: list[frozenset[Position]] = []

    def keep(model: clingo.Model) -> None:
        pairs = (symbol.arguments for symbol in model.symbols(shown=True))
        found.append(frozenset(facts.position(one.number, two.number) for one, two in pairs))

    finished = _solve(_control(facts, options, "#show moves/2.", most + 1), keep, clock)
    return found[:most], finished and len(found) <= most


def can_stand(facts: Facts, positions: Iterable[Position]) -> bool:
    """Whether these positions can all stand in one package."""
    return bool(_control(facts, [], facts.stand(positions), most=1).solve().satisfiable)


_CORE_GUIDED = "--opt-strategy=usc"
# Seconds for a first package where proving took all the time there was.
_GRACE = 5.0


def _control(facts: Facts, options: Iterable[str], besides: str, most: int = 0) -> clingo.Control:
    control = clingo.Control([f"--models={most}", *options], logger=_say_nothing)
    model = resources.files("claimpos.deals").joinpath("model.lp").read_text("utf-8")
    control.add("base", [], f"{model}\n{facts.text}\n{besides}")
    control.ground([("base", [])])
    return control


def _solve(control: clingo.Control, keep: Callable[[clingo.Model], None], clock: Clock) -> bool:
    """Hand every model to `keep`; whether the search came to its end in time."""
    with control.solve(on_model=keep, async_=True) as handle:
        if not handle.wait(clock.left):
            handle.cancel()
        return bool(handle.get().exhausted)


def _say_nothing(code: clingo.MessageCode, message: str) -> None:
    """Facts without some predicate are no reason for a warning."""


def _package(model: clingo.Model, facts: Facts) -> Package:
    package = {}
    for symbol in model.symbols(shown=True):
        cell, number = (argument.number for argument in symbol.arguments)
        package[facts.cells[cell]] = facts.outcome(cell, number)
    return package


def _asks(model: clingo.Model) -> Asks:
    return _ranked(model.priority, model.cost)


def _lower(control: clingo.Control, priorities: Sequence[int]) -> Asks:
    """What is proved so far that every package asks, rank by rank."""
    lower = control.statistics["summary"].get("lower", [])
    return _ranked(priorities, [int(one) for one in lower])


def _ranked(priorities: Iterable[int], counts: Iterable[int]) -> Asks:
    by_rank = dict(zip(priorities, counts, strict=False))
    five, four, three, two, one = (by_rank.get(rank, 0) for rank in RANKS)
    return five, four, three, two, one
