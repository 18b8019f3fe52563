"""How a position moved, in words."""

from __future__ import annotations

from claimpos.comparison.history import Kind, Step
from claimpos.comparison.movement import Answer, Direction, Movement, Shift
from claimpos.comparison.renames import Rename, What
from claimpos.dossier.model import Cell, Entry, Issue
from claimpos.wording.names import Words, capital, joined, one_line, written_day

_ASKED: dict[tuple[Answer, Answer], str] = {
    ("unsaid", "yes"): "now calls for {}",
    ("no", "yes"): "now calls for {}, previously ruled out",
    ("conditional", "yes"): "now calls for {} without conditions",
    ("unless", "yes"): "now calls for {} without conditions",
    ("yes", "unsaid"): "no longer calls for {}",
    ("yes", "no"): "now rules out {}, which it called for before",
}
_SHIFTED: dict[tuple[Answer, Answer], str] = {
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
    """What a step of a history changes, as sentences that begin with its kind."""
    kind = KIND_NAMES[step.kind]
    if step.kind == "lapsed":
        note = f" Note: {one_line(step.entry.note)}." if step.entry.note else ""
        return f"{kind} after {written_day(step.last_day)}; no new position followed.{note}"
    if step.before is None or step.movement is None:
        return f"{kind} position."
    moved = movement_in_words(step.before, step.entry, step.movement, issue, words)
    if step.after_silence:
        return f"Recorded again. Compared with the position that had lapsed: {moved}"
    if moved == UNCHANGED:
        return f"{kind} {moved}"
    return f"{kind}: {moved}"


UNCHANGED = "without change."


def movement_in_words(
    before: Entry, entry: Entry, moved: Movement, issue: Issue, words: Words
) -> str:
    """What differs between two entries on one issue, as sentences; the first begins small."""
    told = _shifts(moved, issue, words)
    if besides := _besides(before, entry):
        told.append("; ".join(besides))
    if not told:
        return UNCHANGED
    first, *more = told
    return " ".join(f"{sentence}." for sentence in [first, *map(capital, more)])


def _shifts(moved: Movement, issue: Issue, words: Words) -> list[str]:
    """The shifts by cell, cells that shift alike taken together."""
    by_cell: dict[Cell, list[str]] = {}
    for shift in moved.shifts:
        by_cell.setdefault(shift.cell, []).append(_shift(shift, issue, words))
    alike: dict[tuple[str, ...], list[Cell]] = {}
    for cell, told in by_cell.items():
        alike.setdefault(tuple(told), []).append(cell)
    return [_of_items(cells, issue) + "; ".join(told) for told, cells in alike.items()]


def _of_items(cells: list[Cell], issue: Issue) -> str:
    """Which sub-issues are meant, unless the issue has none."""
    if issue.kind != "items":
        return ""
    if len(cells) == len(issue.items) > 1:
        return "on all sub-issues, "
    return f"on {joined(issue.items[cell.item] for cell in cells if cell.item is not None)}, "


def _shift(shift: Shift, issue: Issue, words: Words) -> str:
    moved = shift.was, shift.now
    form = _SHIFTED.get(moved) or _CONDITIONS[shift.direction]
    if shift.asked:
        form = _ASKED.get(moved, form)
    if shift.direction == "changed" and moved in _FIRMNESS:
        form += ", and changes the conditions"
    return form.format(words.outcomes(issue, shift.outcomes))


def _besides(before: Entry, entry: Entry) -> list[str]:
    """What differs apart from outcomes: what is left open, the priority, the strength."""
    told = []
    if entry.reserves != before.reserves:
        opened, closed = f"leaves open: {one_line(entry.reserves)}", "no longer leaves it open"
        told.append(opened if entry.reserves else closed)
    if entry.priority != before.priority:
        given = f"given {entry.priority} priority" if entry.priority else "of no stated priority"
        told.append(f"now {given}")
    if entry.basis != before.basis:
        told.append(f"now {_known(entry)}; before, {_known(before)}")
    return told


def _known(entry: Entry) -> str:
    return "in its own words" if entry.basis == "stated" else entry.basis


def rename_in_words(rename: Rename) -> str:
    """An id that is another one now, or was split or merged."""
    old, new = (joined(f"“{one}”" for one in ids) for ids in (rename.old, rename.new))
    what = _KINDS[rename.what][len(rename.old) > 1]
    of = f" of “{rename.issue}”" if rename.issue else ""
    if len(rename.new) > 1:
        return f"the {what} {old}{of} was split into {new}"
    if len(rename.old) > 1:
        return f"the {what} {old}{of} were merged into {new}"
    return f"the {what} {old}{of} was renamed {new}"
