"""Sentences on how a position moved."""

from __future__ import annotations

from collections.abc import Sequence

from claimpos.comparison.figures import DistanceChange, FigureMove
from claimpos.comparison.history import Kind, Step
from claimpos.comparison.movement import Answer, Direction, Movement, Shift
from claimpos.comparison.renames import Rename, What
from claimpos.dossier.model import Basis, Cell, Entry, Issue
from claimpos.dossier.outcomes import Number, Range, difference
from claimpos.wording.dossier_texts import capital, free_text, label, one_line
from claimpos.wording.grammar import counted
from claimpos.wording.names import (
    Words,
    joined,
    written_day,
    written_gap,
    written_number,
    written_unit,
)

_ASKED: dict[tuple[Answer, Answer], str] = {
    ("yes", "yes"): "now calls for {}",
    ("unsaid", "yes"): "now calls for {}",
    ("no", "yes"): "now calls for {}, previously ruled out",
    ("conditional", "yes"): "now calls for {} without conditions",
    ("unless", "yes"): "now calls for {} without conditions",
    ("unsaid", "conditional"): "now calls for {} on conditions",
    ("no", "conditional"): "now calls for {}, previously ruled out, on conditions",
    ("yes", "unsaid"): "no longer calls for {}",
    ("conditional", "unsaid"): "no longer calls for {} on conditions",
    ("yes", "no"): "now rules out {}, which it called for before",
}
_SHIFTED: dict[tuple[Answer, Answer], str] = {
    ("yes", "yes"): "no longer calls for {}, which it still accepts",
    ("unsaid", "yes"): "now accepts {}",
    ("no", "yes"): "now accepts {}, previously ruled out",
    ("conditional", "yes"): "drops its conditions for {}",
    ("unless", "yes"): "drops its conditions for {}",
    ("unsaid", "conditional"): "would now accept {} on conditions",
    ("no", "conditional"): "would now accept {}, previously ruled out, on conditions",
    ("yes", "conditional"): "now sets conditions for {}",
    ("unless", "conditional"): "no longer rejects {} unless its conditions are met",
    ("yes", "unsaid"): "no longer accepts {}",
    ("no", "unsaid"): "no longer rules out {}",
    ("conditional", "unsaid"): "no longer offers {} on conditions",
    ("unless", "unsaid"): "no longer rejects {}, and no longer offers it on conditions",
    ("unsaid", "unless"): "now rejects {} unless its conditions are met",
    ("no", "unless"): "would now accept {}, previously ruled out, on conditions",
    ("yes", "unless"): "now rejects {} unless its conditions are met",
    ("conditional", "unless"): "now rejects {} unless its conditions are met",
    ("unsaid", "no"): "now rules out {}",
    ("yes", "no"): "now rules out {}, which it accepted before",
    ("conditional", "no"): "now rules out {}, which it would have accepted on conditions",
    ("unless", "no"): "now rules out {}, which it would have accepted on conditions",
}
# The most distances that one sentence names.
_MOST = 3
_FIRMNESS = {("unless", "conditional"), ("conditional", "unless")}
_CONDITIONS: dict[Direction, str] = {
    "hardened": "asks for more in return for {}",
    "softened": "asks for less in return for {}",
    "changed": "changes the conditions for {}",
}
_KINDS: dict[What, tuple[str, str]] = {
    "party": ("party", "parties"),
    "issue": ("issue", "issues"),
    "option": ("outcome", "outcomes"),
    "item": ("sub-issue", "sub-issues"),
}
KIND_NAMES: dict[Kind, str] = {
    "new": "First recorded",
    "hardened": "Hardened",
    "softened": "Softened",
    "changed": "Shifted",
    "restated": "Restated",
    "lapsed": "Lapsed",
}


def step_in_words(step: Step, issue: Issue, words: Words) -> str:
    """What changed by a step of a history, as sentences that begin with its kind."""
    kind = KIND_NAMES[step.kind]
    if step.kind == "lapsed":
        note = f" Note: {free_text(step.entry.note)}." if step.entry.note else ""
        offer = f", with the offer {label(one_line(step.ended.title))}" if step.ended else ""
        return f"{kind} after {written_day(step.last_day)}{offer}; no new position followed.{note}"
    if step.before is None or step.movement is None:
        return f"{kind} position."
    moved = movement_in_words(step.before, step.entry, step.movement, issue, words)
    if step.distances:
        moved = f"{moved} {_distances(step.distances, issue, words)}."
    if step.after_silence:
        return f"Recorded again. Compared with the position that had lapsed: {moved}"
    if step.ended is not None:
        lapsed = f"The offer {label(one_line(step.ended.title))} lapsed, so the earlier position"
        return f"{lapsed} holds again: {moved}"
    if moved == UNCHANGED:
        return f"{kind} {moved}"
    return f"{kind}: {moved}"


UNCHANGED = "without change."


def movement_in_words(
    before: Entry, entry: Entry, moved: Movement, issue: Issue, words: Words
) -> str:
    """What differs between two entries on one issue, as sentences, the first without a capital."""
    figures = _figures(moved, issue)
    sentences = [*figures, *_shifts(moved, issue, words, bool(figures))]
    if besides := _besides(before, entry, words):
        sentences.append("; ".join(besides))
    if not sentences:
        return UNCHANGED
    first, *more = sentences
    return " ".join(f"{sentence}." for sentence in [first, *map(capital, more)])


def _figures(moved: Movement, issue: Issue) -> list[str]:
    """How the range of accepted figures moved; nothing unless it was, and is, one range."""
    before, after = moved.figures
    if len(before) != 1 or len(after) != 1:
        return []
    old, new = (_named_ends(ranges[0], issue) for ranges in (before, after))
    if (old.low is None, old.high is None) != (new.low is None, new.high is None):
        return []  # new and missing ends are reported as figures now, or no longer, accepted
    if (old.low_open, old.high_open) != (new.low_open, new.high_open):
        return []  # and so is an end that is no longer, or now, accepted itself
    if old.is_point and new.is_point:
        return _went("", old.low, new.low, issue)
    ends = [
        *_went("the minimum ", old.low, new.low, issue),
        *_went("the maximum ", old.high, new.high, issue),
    ]
    return ["; ".join(ends)] if ends else []


def _named_ends(stretch: Range, issue: Issue) -> Range:
    """A range without the ends that are only the issue's minimum or maximum."""
    if stretch.is_point:
        return stretch
    low, high, low_open, high_open = stretch
    low = None if low == issue.minimum and not low_open else low
    high = None if high == issue.maximum and not high_open else high
    return Range(low, high, low_open, high_open)


def _went(which: str, was: Number | None, now: Number | None, issue: Issue) -> list[str]:
    """A clause on how a figure moved: went up by 50, from 150 to 200 euros; none if it did not."""
    if was is None or now is None or was == now:
        return []
    figures = f"{written_number(now)} {written_unit(issue.unit, now == 1)}".strip()
    return [f"{which}{moved_by(difference(now, was))}, from {written_number(was)} to {figures}"]


def moved_by(number: Number) -> str:
    """The direction and the size of a move: went up by 50; came down by 50."""
    return f"{'went up' if number > 0 else 'came down'} by {written_number(max(number, -number))}"


def _distances(distances: Sequence[DistanceChange], issue: Issue, words: Words) -> str:
    """How far from others the party is now; those with the same distances are put together."""
    alike: dict[tuple[Number | None, Number | None], list[str]] = {}
    for change in distances:
        alike.setdefault((change.now, change.was), []).extend(change.sides[1])
    clauses = [
        f"{_from(now, words.parties(others), issue)}, previously {_before(was, now, issue)}"
        for (now, was), others in list(alike.items())[:_MOST]
    ]
    if more := len(alike) - len(clauses):
        clauses.append(f"{counted(more, 'other distance', 'other distances')} changed too")
    return f"Now {'; '.join(clauses)}"


def _before(was: Number | None, now: Number | None, issue: Issue) -> str:
    return written_number(was) if was and now else _from(was, "", issue)


def _from(distance: Number | None, others: str, issue: Issue) -> str:
    """A distance, with the others if they are named: 300 euros away from the sellers."""
    if distance is None:
        return f"a figure in common{f' with {others}' if others else ''}"
    if not distance:
        return f"adjacent to the figures of {others}" if others else "adjacent"
    gap = written_gap(distance, issue.unit)
    return f"{gap} away{f' from {others}' if others else ''}"


def _shifts(moved: Movement, issue: Issue, words: Words, but_figures: bool) -> list[str]:
    """The shifts, with cells that have the same shifts put together.

    With `but_figures`, figures that are now, or no longer, accepted are left out, because another
    sentence says that.
    """
    by_cell: dict[Cell, list[str]] = {}
    for shift in moved.shifts:
        if but_figures and {shift.was, shift.now} <= {"yes", "unsaid"}:
            continue
        by_cell.setdefault(shift.cell, []).append(_shift(shift, issue, words))
    alike: dict[tuple[str, ...], list[Cell]] = {}
    for cell, shifts in by_cell.items():
        alike.setdefault(tuple(shifts), []).append(cell)
    return [_of_items(cells, issue) + "; ".join(shifts) for shifts, cells in alike.items()]


def _of_items(cells: list[Cell], issue: Issue) -> str:
    """The sub-issues that a sentence is about; empty if the issue has none."""
    if issue.kind != "items":
        return ""
    if len(cells) == len(issue.items) > 1:
        return "on all sub-issues, "
    items = (issue.items[cell.item] for cell in cells if cell.item is not None)
    return f"on {joined(map(label, items))}, "


def _shift(shift: Shift, issue: Issue, words: Words) -> str:
    moved = shift.was, shift.now
    form = _SHIFTED.get(moved) or _CONDITIONS[shift.direction]
    if shift.asked:
        form = _ASKED.get(moved, form)
    if shift.direction == "changed" and moved in _FIRMNESS:
        form += ", and changes the conditions"
    return words.in_number(form).format(words.outcomes(issue, shift.outcomes))


def _besides(before: Entry, entry: Entry, words: Words) -> list[str]:
    """What differs besides outcomes: what is left open, the priority, the basis."""
    clauses = []
    if entry.reserves != before.reserves:
        opened, closed = map(words.in_number, ("leaves open", "no longer leaves it open"))
        clauses.append(f"{opened}: {free_text(entry.reserves)}" if entry.reserves else closed)
    if entry.priority != before.priority:
        given = f"given {entry.priority}" if entry.priority else "without a stated"
        clauses.append(f"now {given} priority")
    if strength := strength_in_words(before, entry, words):
        clauses.append(strength)
    return clauses


def strength_in_words(before: Entry, entry: Entry, words: Words) -> str:
    """How a position is known now, and how it was before; empty if that did not change."""
    if entry.basis == before.basis:
        return ""
    return f"now known {_known(entry, words)}, previously {_known(before, words)}"


def _known(entry: Entry, words: Words) -> str:
    return words.in_number(_KNOWN[entry.basis])


_KNOWN: dict[Basis, str] = {
    "stated": "from its own words",
    "reported": "from reports",
    "inferred": "by inference",
}


def distance_in_words(change: DistanceChange, words: Words, movers: bool = True) -> str:
    """Who moved, and how the distance changed, as a sentence without a capital.

    Without `movers`, only how the distance changed, because files were edited and no party moved.
    """
    issue = words.dossier.issues[change.cell.issue]
    names = [words.parties(parties) for parties in change.sides]
    gone = [
        _mover(name, move, change.narrowed)
        for name, move in zip(names, change.moves, strict=True)
        if move is not None
    ]
    distance = _from_to(change, issue)
    if not movers or not gone:
        return f"{' and '.join(names)}: {distance}"
    if all(move is None or move.restated for move in change.moves):
        return f"{' and '.join(names)}: {distance}, because {' and '.join(gone)}"
    if len(gone) == 1:
        other = names[0 if change.moves[0] is None else 1]
        gone[0] += f", {'towards' if change.narrowed else 'away from'} {other}"
    return f"{', '.join(gone)}: {distance}"


def _mover(name: str, move: FigureMove, narrowed: bool) -> str:
    """How one side moved: the buyers went up by 50 at the upper end."""
    if move.restated:
        return f"a condition of {name} is {'met now' if narrowed else 'no longer met'}"
    if not move.by:
        return f"{name} changed the figures"
    end = move.now.end or move.was.end
    return f"{name} {moved_by(move.by)}" + (f" at the {end} end" if end else "")


def _from_to(change: DistanceChange, issue: Issue) -> str:
    """How a distance changed: from 350 to 200 euros apart."""
    if change.was and change.now:
        return f"from {written_number(change.was)} to {written_gap(change.now, issue.unit)} apart"
    return f"from {_distance(change.was, issue)} to {_distance(change.now, issue)}"


def _distance(distance: Number | None, issue: Issue) -> str:
    if distance is None:
        return "a figure in common"
    return f"{written_gap(distance, issue.unit)} apart" if distance else "adjacent figures"


def rename_in_words(rename: Rename) -> str:
    """A sentence on an id that was renamed, split or merged."""
    old, new = (joined(f"“{one}”" for one in ids) for ids in (rename.old, rename.new))
    what = _KINDS[rename.what][len(rename.old) > 1]
    of = f" of “{rename.issue}”" if rename.issue else ""
    if len(rename.new) > 1:
        return f"the {what} {old}{of} was split into {new}"
    if len(rename.old) > 1:
        return f"the {what} {old}{of} were merged into {new}"
    return f"the {what} {old}{of} was renamed {new}"
