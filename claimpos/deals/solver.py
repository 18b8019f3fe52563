"""The one module that uses clingo: the model, its facts, and the answers to questions.

Least asks are found core-guided, rank by rank (B. Andres, B. Kaufmann, O. Matheis, T. Schaub,
"Unsatisfiability-based optimization in clasp", ICLP 2012); sets with none to spare by domain
heuristics (C. Di Rosa, E. Giunchiglia, M. Maratea, "Solving satisfiability problems with
preferences", Constraints 15, 2010).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path

import clingo

from claimpos.deals.clock import Clock, OutOfTime, Stopwatch
from claimpos.deals.facts import SolverFacts
from claimpos.deals.first_package import NOTHING_ASKED, Least, package_without_search
from claimpos.deals.packages import Possible
from claimpos.deals.problem import Concessions, Position, ranked
from claimpos.deals.set_families import bits
from claimpos.dossier.libraries import check_memory
from claimpos.dossier.model import Cell

Package = dict[Cell, int]


def least(facts: SolverFacts, clock: Clock) -> Least:
    """A least-concession package or, at the time limit, the best so far; and the bound proved."""
    best: list[tuple[Package, Concessions, Sequence[int]]] = []
    control: clingo.Control | None = None
    proved = False

    def keep(model: clingo.Model) -> None:
        asks = ranked(model.priority, model.cost)
        if not best or asks < best[0][1]:
            best[:] = [(_package(model, facts), asks, list(model.priority))]

    try:
        control = _control(facts, [_CORE_GUIDED], "#show has/2.", clock)
        proved = _solve(control, keep, clock.part(_PROVING))
        if not proved:
            _solve(_control(facts, [], "#show has/2.", clock), keep, clock)
    except OutOfTime:
        pass
    if not best:
        return (
            Least(None, NOTHING_ASKED, NOTHING_ASKED, proved)
            if proved
            else package_without_search(facts.problem)
        )
    package, asks, priorities = best[0]
    bound = asks if proved or control is None else _lower(control, priorities)
    return Least(package, asks, bound, proved)


def possible(facts: SolverFacts, clock: Clock) -> Possible:
    """Everything that least-concession packages may contain."""
    options = [_CORE_GUIDED, "--opt-mode=optN", "--enum-mode=brave"]
    try:
        control = _control(facts, options, _SHOWN, clock)
    except OutOfTime:
        return Possible({}, {}, complete=False)
    return _possible(control, facts, (), clock)


def combinations(
    facts: SolverFacts, cells: Sequence[Cell], most: int, clock: Clock
) -> tuple[list[tuple[int, ...]], bool]:
    """The combinations of these cells in least-concession packages, and whether those are all."""
    wanted = " ".join(f"wanted({facts.number(cell)})." for cell in cells)
    shown = f"{wanted} #show. #show has(C,O) : has(C,O), wanted(C)."
    options = [_CORE_GUIDED, "--opt-mode=optN", "--project=show"]
    found: list[tuple[int, ...]] = []

    def keep(model: clingo.Model) -> None:
        if model.optimality_proven:
            package = _package(model, facts)
            found.append(tuple(package[cell] for cell in cells))

    try:
        control = _control(facts, options, shown, clock, most + 1)
    except OutOfTime:
        return [], False
    finished = _solve(control, keep, clock)
    return found[:most], finished and len(found) <= most


def minimal_moves(
    facts: SolverFacts, positions: Sequence[Position], most: int, clock: Clock
) -> tuple[list[int], bool]:
    """The minimal sets of positions whose change leaves a deal, and whether those are all.

    A set is given as bits, in the order of `positions`.
    """
    try:
        control = _control(facts, _MINIMAL, "#show moves/2.", clock, most + 1)
    except OutOfTime:
        return [], False
    return _sets(control, _atoms(control, "moves", facts, positions), most, clock)


def fewest_moves(
    facts: SolverFacts, positions: Sequence[Position], most: int, clock: Clock
) -> list[int]:
    """Some of the smallest of these sets, and of those the ones with the smallest concessions."""
    options = [_CORE_GUIDED, "--opt-mode=optN", "--project=show"]
    fewest = "#show moves/2. :~ moves(P,C). [1@7, P, C]"
    try:
        control = _control(facts, options, fewest, clock, most)
    except OutOfTime:
        return []
    return _sets(control, _atoms(control, "moves", facts, positions), most, clock, proven=True)[0]


def hitting_sets(family: Iterable[int], most: int, clock: Clock) -> tuple[list[int], bool]:
    """The minimal sets of bits that meet every set of the family, and whether those are all.

    What hits all conflict sets is a way out, and the other way round (R. Reiter, "A theory of
    diagnosis from first principles", Artificial Intelligence 32, 1987).
    """
    control = _quiet(most + 1, _MINIMAL)
    literals: dict[int, int] = {}
    with control.backend() as backend:
        for members in family:
            for bit in bits(members):
                if bit not in literals:
                    literals[bit] = backend.add_atom(clingo.Function(f"in{bit}"))
                    backend.add_rule([literals[bit]], choice=True)
            backend.add_rule([], [-literals[bit] for bit in bits(members)])
    return _sets(control, literals, most, clock)


def frontier_packages(
    facts: SolverFacts, asked: Callable[[Package], Sequence[Concessions]], most: int, clock: Clock
) -> tuple[list[Package], bool]:
    """A package for every point of the frontier, and whether those are all.

    `asked` tells what a package asks of each party. The first is one that needs the smallest
    concessions in sum; then one that does so among those better for some party than every package
    found, and so on.
    """
    found: list[Package] = []
    best: list[Package] = []
    try:
        control = _control(facts, [_CORE_GUIDED], f"#show has/2.\n{_text('frontier.lp')}", clock)
    except OutOfTime:
        return [], False

    def keep(model: clingo.Model) -> None:
        best[:] = [_package(model, facts)]

    while len(found) <= most:
        best.clear()
        if not _solve(control, keep, clock):
            break
        if not best:
            return found, True
        found += best
        asks = facts.asked(len(found), asked(best[0]))
        control.add(f"found{len(found)}", [], asks)
        control.ground([(f"found{len(found)}", []), ("than", [clingo.Number(len(found))])])
    return found, False


class PackageQueries:
    """The packages of some facts, queried repeatedly under assumptions about positions.

    Raises OutOfTime where there is no time to prepare for it.
    """

    def __init__(self, facts: SolverFacts, positions: Sequence[Position], clock: Clock) -> None:
        self.facts = facts
        self.clock = clock
        shown = f"{_SHOWN} {facts.may_stand(positions)}"
        self._control = _control(facts, ["--opt-mode=ignore"], shown, clock)
        self._literals, self._spared = (
            {
                facts.position(*(one.number for one in atom.symbol.arguments)): atom.literal
                for atom in _signature(self._control, name, 2)
            }
            for name in ("stands", "spared")
        )

    def possible(self, standing: Iterable[Position], spared: Iterable[Position] = ()) -> Possible:
        """Everything that packages may contain that meet these, and keep the red lines of those."""
        self._enumerate("brave", 0)
        assumed = [self._literals[position] for position in standing]
        assumed += [self._spared[position] for position in spared]
        return _possible(self._control, self.facts, assumed, self.clock)

    def can_stand(self, positions: Iterable[Position]) -> bool:
        """Whether one package can meet all these positions; False if time ran out."""
        core = self._core(self._literals[position] for position in positions)
        return core is None and not self.clock.over

    def incompatible(self, positions: Iterable[Position]) -> list[Position]:
        """Some of these positions that are incompatible; if time allows, a minimal set."""
        by_literal = {self._literals[position]: position for position in positions}
        core = self._core(by_literal)
        for literal in list(core or ()):
            if core is not None and literal in core and not self.clock.over:
                core = self._core(one for one in core if one != literal) or core
        return [by_literal[literal] for literal in core or ()]

    def _enumerate(self, mode: str, most: int) -> None:
        solving = self._control.configuration.solve
        assert isinstance(solving, clingo.Configuration)
        solving.enum_mode, solving.models = mode, most

    def _core(self, literals: Iterable[int]) -> list[int] | None:
        """Some of the assumptions that contradict each other; None if none do, or time ran out."""
        if self.clock.over:  # even to begin and be stopped takes a moment
            return None
        self._enumerate("auto", 1)
        with self._control.solve(assumptions=list(literals), async_=True) as handle:
            _wait(handle, self.clock)
            return handle.core() if handle.get().unsatisfiable else None


_CORE_GUIDED = "--opt-strategy=usc"
_MINIMAL = (
    "--opt-mode=ignore",
    "--heuristic=Domain",
    "--enum-mode=domRec",
    "--dom-mod=false,show",
    "--project=show",
)
_SHOWN = "#show has/2. #show says/3."
_MEGABYTES = 64  # with the stack of the thread that it searches in
_A_MOMENT = 0.2  # seconds
# The share of the time that goes into proving; the rest into a better package, if that failed.
_PROVING = 0.8


def _quiet(models: int, options: Iterable[str]) -> clingo.Control:
    """A solver that finds so many models, and does not warn of predicates without facts.

    Raises MemoryError if there is too little for it.
    """
    check_memory(_MEGABYTES)
    return clingo.Control([f"--models={models}", "--warn=none", *options], logger=_unheard)


def _unheard(_: clingo.MessageCode, __: str) -> None:
    """What the solver tells its user, such as that a mode is ignored where nothing is left open."""


def _control(
    facts: SolverFacts, options: Iterable[str], besides: str, clock: Clock, most: int = 0
) -> clingo.Control:
    """The model with these facts, ready to be solved.

    Raises OutOfTime. Grounding cannot be interrupted, but it takes no longer than reading what
    is to be grounded does: it is not begun with less time than that left.
    """
    control = _quiet(most, options)
    reading = Stopwatch()
    for text in (_model(facts.sections), *facts.texts, besides):
        clock.check()
        control.add("base", [], text)
    clock.check(reading.seconds)
    control.ground([("base", [])])
    return control


@cache
def _model(sections: frozenset[str]) -> str:
    """The rules of the model: those that are always there, and these sections, in their order."""
    first, *others = re.split(r"(?m)^%: (\w+)\n", _text("model.lp"))
    named = zip(others[::2], others[1::2], strict=True)
    return "".join([first, *(text for name, text in named if name in {"always", *sections})])


@cache
def _text(name: str) -> str:
    return (Path(__file__).parent / name).read_text("utf-8")


def _solve(control: clingo.Control, keep: Callable[[clingo.Model], None], clock: Clock) -> bool:
    """Pass every model to `keep`; return whether the search finished in time."""
    if clock.over:
        return False
    with control.solve(on_model=keep, async_=True) as handle:
        _wait(handle, clock)
        return bool(handle.get().exhausted)


def _wait(handle: clingo.SolveHandle, clock: Clock) -> None:
    """Wait until the solver is done, or stop it when the time is over.

    Python acts on a signal, such as Ctrl-C, only between two waits.
    """
    while not handle.wait(_A_MOMENT if clock.left is None else min(_A_MOMENT, clock.left)):
        if clock.over:
            handle.cancel()
            return


def _possible(
    control: clingo.Control, facts: SolverFacts, assumptions: Sequence[int], clock: Clock
) -> Possible:
    """The union of all models, which a search for brave consequences yields last."""
    outcomes: dict[Cell, set[int]] = {}
    answers: dict[Position, set[str]] = {}
    with control.solve(assumptions=assumptions, async_=True) as handle:
        _wait(handle, clock)
        complete = bool(handle.get().exhausted)
        last = handle.last()
        for symbol in last.symbols(shown=True) if last else ():
            one, two, *answer = symbol.arguments
            if symbol.name == "has":
                cell = facts.cells[one.number]
                outcomes.setdefault(cell, set()).add(facts.outcome(one.number, two.number))
            else:
                position = facts.position(one.number, two.number)
                answers.setdefault(position, set()).add(answer[0].name)
    return Possible(outcomes, answers, complete)


def _signature(control: clingo.Control, name: str, arity: int) -> Iterable[clingo.SymbolicAtom]:
    return control.symbolic_atoms.by_signature(name, arity)


def _atoms(
    control: clingo.Control, name: str, facts: SolverFacts, positions: Sequence[Position]
) -> Mapping[int, int]:
    """The literals of an atom about positions, by the bit of the position."""
    bit = {position: 1 << at for at, position in enumerate(positions)}
    return {
        bit[facts.position(one.number, two.number)]: atom.literal
        for atom in _signature(control, name, 2)
        for one, two in [atom.symbol.arguments]
    }


def _sets(
    control: clingo.Control,
    literals: Mapping[int, int],
    most: int,
    clock: Clock,
    proven: bool = False,
) -> tuple[list[int], bool]:
    """What holds in each model, as bits, and whether all were found in time and below `most`.

    Reading literals is ten times faster than reading symbols.
    """
    found: list[int] = []

    def keep(model: clingo.Model) -> None:
        if not proven or model.optimality_proven:
            holds = model.is_true
            found.append(sum(bit for bit, literal in literals.items() if holds(literal)))

    finished = _solve(control, keep, clock)
    return found[:most], finished and len(found) <= most


def _package(model: clingo.Model, facts: SolverFacts) -> Package:
    package = {}
    for symbol in model.symbols(shown=True):
        cell, number = (argument.number for argument in symbol.arguments)
        package[facts.cells[cell]] = facts.outcome(cell, number)
    return package


def _lower(control: clingo.Control, priorities: Sequence[int]) -> Concessions:
    """The least that every package is proved so far to ask, rank by rank."""
    lower = control.statistics["summary"].get("lower", [])
    return ranked(priorities, [int(one) for one in lower])
