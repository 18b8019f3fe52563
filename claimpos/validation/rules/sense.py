"""Sense: contradictions, impossible values and rules, and what is probably not meant.

CP401 error: the same outcome is rejected, and demanded, proposed or accepted without condition

    A party cannot both reject and accept an outcome. To reject it unless a condition is met is no
    contradiction: write `refuses`, and a conditional `accepts` of the same outcome.

    FAIL
        positions:
          status:
            - {since: 2025, demands: barred, refuses: barred, evidence: [said]}
    PASS
        positions:
          status:
            - since: 2025
              refuses: barred
              accepts: [{outcome: barred, if: {cap: 500}}]
              evidence: [said]
          cap:
            - {since: 2025, accepts: 500, evidence: [said]}

CP402 error: an outcome is named twice under one verb

    FAIL
        positions:
          status:
            - {since: 2025, accepts: [open, deferred, open], evidence: [said]}
    PASS
        positions:
          status:
            - {since: 2025, accepts: [open, deferred], evidence: [said]}

CP403 error: a figure or a range that the issue cannot have

    A figure outside the issue's minimum and maximum, a fraction where it counts in integers, a
    range in which no value lies, or bounds of the agenda that leave no value.

    FAIL
        positions:
          cap:
            - {since: 2025, demands: {min: 900, max: 100}, evidence: [said]}
    PASS
        positions:
          cap:
            - {since: 2025, demands: {min: 100, max: 900}, evidence: [said]}

CP433 error: a decision rule that asks for too many votes or for none, or weights that do not fit

    A rule that asks for more votes than its members have, or for less than one vote (`0.5` where
    `50%` is meant); weights for a rule that counts none, or members without a weight.

    FAIL agenda.yaml
        title: T
        groups: {g: G}
        decides: {at-least: 3, of: [other, user]}
        issues:
          cap: {title: Cap, question: Which cap?, group: g, kind: quantity, unit: persons}
    PASS agenda.yaml
        title: T
        groups: {g: G}
        decides: {at-least: 2, of: [other, user]}
        issues:
          cap: {title: Cap, question: Which cap?, group: g, kind: quantity, unit: persons}

CP434 error: points that leave out an option, or a value that is not a number

    A party that scores an issue gives points to each of its options. An option left out would not
    be worth nothing: nobody would know what it is worth.

    FAIL
        worth:
          evidence: [said]
          issues: {status: {open: 40}}
    PASS
        worth:
          evidence: [said]
          issues: {status: {open: 40, deferred: 10, barred: 0}}
        positions:
          status:
            - {since: 2025, accepts: open, evidence: [said]}

CP404 error: a condition on the same issue or sub-issue as its own outcome

    It would depend on itself. Another item of the same issue may be named.

    FAIL
        positions:
          status:
            - {since: 2025, accepts: [{outcome: open, if: {status: open}}], evidence: [said]}
    PASS
        positions:
          status:
            - {since: 2025, accepts: [{outcome: open, if: {cap: 500}}], evidence: [said]}
          cap:
            - {since: 2025, accepts: 500, evidence: [said]}

CP408 error: a statement in two of `evidence`, `against` and `context`

    FAIL
        positions:
          status:
            - {since: 2025, accepts: open, evidence: [said], against: [said]}
    PASS
        positions:
          status:
            - {since: 2025, accepts: open, evidence: [said], against: [hinted]}

CP418 error: evidence by verb that does not fit the entry's verbs

    If `evidence` is a map, it must have a key for every verb of the entry, and no others.

    FAIL
        positions:
          status:
            - {since: 2025, demands: open, accepts: deferred, evidence: {demands: [said]}}
    PASS
        positions:
          status:
            - since: 2025
              demands: open
              accepts: deferred
              evidence: {demands: [said], accepts: [hinted]}
"""

from __future__ import annotations

from collections.abc import Iterator

from claimpos.dossier.graph import on_circles
from claimpos.dossier.model import Acceptance, Cell, Entry, Named, Party
from claimpos.dossier.outcomes import Outcomes
from claimpos.dossier.reading.consistency import Gathered
from claimpos.validation.rules.rule import Diagnostic, Scope, at, entries_of, note, warning


@warning(410)
def condition_not_held(party: Party, scope: Scope) -> Iterator[Diagnostic]:
    """CP410 warning: a condition that requires an outcome the party itself does not accept

    A condition is met if what it requires is acceptable to all parties, including the one that
    sets it. Unless an entry of that party accepts, proposes or demands it, it stays pending.

    FAIL
        positions:
          status:
            - {since: 2025, accepts: [{outcome: open, if: {cap: 500}}], evidence: [said]}
    PASS
        positions:
          status:
            - {since: 2025, accepts: [{outcome: open, if: {cap: 500}}], evidence: [said]}
          cap:
            - {since: 2025, demands: {max: 500}, evidence: [said]}
    """
    entries = [entry for entry in entries_of(party) if entry.accepts]
    asked = [one.requires for entry in entries for one in entry.accepts if one.requires]
    if not asked:
        return
    named = [one for entry in entries_of(party) for one in _granted(entry)]
    granted = Gathered(named, asked, scope.dossier.issues)
    for entry in entries:
        for index, acceptance in enumerate(entry.accepts):
            yield from _not_held(party, entry, index, acceptance, granted)


def _not_held(
    party: Party, entry: Entry, index: int, acceptance: Acceptance, granted: Gathered
) -> Iterator[Diagnostic]:
    lacking: dict[str, list[str]] = {}
    for cell, required in acceptance.requires.items():
        if not granted.meets(cell, required):
            lacking.setdefault(cell.issue, []).append(cell.item or "")
    for name, items in lacking.items():
        of = f" ({', '.join(items)})" if items[0] else ""
        yield Diagnostic(
            at(party, entry, "accepts", index, "if", name, key=True),
            f"the party itself does not accept, propose or demand what this condition on "
            f"“{name}”{of} requires, so the condition stays pending",
            f"add the party's position on “{name}”, with its evidence",
        )


def _granted(entry: Entry) -> Iterator[Named]:
    yield entry.demands
    yield entry.proposes
    for acceptance in entry.accepts:
        yield acceptance.outcomes


@warning(411)
def one_left(party: Party, scope: Scope) -> Iterator[Diagnostic]:
    """CP411 warning: every option but one is rejected, and nothing is said about that one

    To reject some is not to accept the rest: the comparison treats the last as unanswered. If
    it is what the party wants, write `demands`. Of two options, one may be rejected.

    FAIL
        positions:
          status:
            - {since: 2025, refuses: [barred, deferred], evidence: [said]}
    PASS
        positions:
          status:
            - {since: 2025, demands: open, evidence: [said]}
    """
    for entry in entries_of(party):
        options = scope.dossier.issues[entry.issue].options
        lefts: dict[Outcomes, str] = {}  # `all` may stand for many items
        for cell, refused in entry.refuses.items():
            if len(options) < 3 or len(refused) != len(options) - 1:
                continue
            if refused not in lefts:
                (lefts[refused],) = options.keys() - {str(option) for option in refused}
            left = lefts[refused]
            if not any(left in named.get(cell, ()) for named in _granted(entry)):
                item = f" for “{cell.item}”" if cell.item else ""
                yield Diagnostic(
                    at(party, entry, "refuses"),
                    f"every option but “{left}” is rejected{item}, and that one is not mentioned",
                    f"if it is what the party wants, write `demands: {left}`",
                )


@note(412)
def circle(party: Party, scope: Scope) -> Iterator[Diagnostic]:
    """CP412 note: conditions of one party that depend on each other

    In a comparison they stay pending, because each has to be met before the other; `deals` looks
    for a package that meets them together.

    FAIL
        positions:
          status:
            - {since: 2025, accepts: [{outcome: open, if: {cap: 500}}], evidence: [said]}
          cap:
            - {since: 2025, accepts: [{outcome: 500, if: {status: open}}], evidence: [said]}
    PASS
        positions:
          status:
            - {since: 2025, accepts: [{outcome: open, if: {cap: 500}}], evidence: [said]}
          cap:
            - {since: 2025, accepts: 500, evidence: [said]}
    """
    waiting = on_circles(_waits(party))
    issues = {cell.issue for cell in waiting}
    for issue, entries in party.positions.items():
        if issue in issues:
            yield Diagnostic(
                at(party, entries[-1], "accepts"),
                "this condition depends on itself, through other conditions of the same party",
                "nothing to do if that is what the party says: it wants a package",
            )


def _waits(party: Party) -> dict[Cell, set[Cell]]:
    """For each cell, the cells that conditions there require, by the party's last entries."""
    waits: dict[Cell, set[Cell]] = {}
    for entries in party.positions.values():
        for acceptance in entries[-1].accepts:
            for cell in acceptance.outcomes if acceptance.requires else ():
                waits.setdefault(cell, set()).update(acceptance.requires)
    return waits


@warning(416)
def idle_condition(party: Party, scope: Scope) -> Iterator[Diagnostic]:
    """CP416 warning: a condition for an outcome that the entry also accepts without it

    What is proposed, or accepted without a condition, is acceptable whether or not the condition
    is met. For “X only if …”, write a conditional `accepts` of X, with or without `demands: X`.

    FAIL
        positions:
          status:
            - since: 2025
              proposes: open
              accepts: [{outcome: open, subject-to: a vote}]
              evidence: [said]
    PASS
        positions:
          status:
            - since: 2025
              demands: open
              accepts: [{outcome: open, subject-to: a vote}]
              evidence: [said]
    """
    for entry in entries_of(party):
        conditional = [one.outcomes for one in entry.accepts if one.conditional]
        if not conditional:
            continue
        freely = [entry.proposes, *(one.outcomes for one in entry.accepts if not one.conditional)]
        granted = Gathered(freely, conditional, scope.dossier.issues)
        for index, acceptance in enumerate(entry.accepts):
            if acceptance.conditional and granted.holds(acceptance.outcomes):
                yield Diagnostic(
                    at(party, entry, "accepts", index),
                    "the condition has no effect: the entry also accepts this outcome without it",
                    "drop the condition, or what accepts the outcome without it",
                )
