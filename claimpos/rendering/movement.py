"""How a position moved, in words."""

from __future__ import annotations

from claimpos.comparison.history import Step
from claimpos.comparison.movement import Answer, Direction, Movement, Shift
from claimpos.dossier.model import Cell, Entry, Issue
from claimpos.wording.names import Words, capital, joined, one_line, written_day

_ASKED: dict[tuple[Answer, Answer], str] = {
    ("unsaid", "yes"): "now asks for {}",
    ("no", "yes"): "now asks for {}, which it had ruled out",
    ("conditional", "yes"): "now asks for {} without conditions",
    ("unless", "yes"): "now asks for {} without conditions",
    ("yes", "unsaid"): "no longer asks for {}",
    ("yes", "no"): "now rules out {}, which it had asked for",
}
_SHIFTED: dict[tuple[Answer, Answer], str] = {
    ("unsaid", "yes"): "could now live with {}",
    ("no", "yes"): "could now live with {}, which it had ruled out",
    ("conditional", "yes"): "drops its conditions for {}",
    ("unless", "yes"): "drops its conditions for {}",
    ("unsaid", "conditional"): "would now accept {} on conditions",
    ("no", "conditional"): "would now accept {}, which it had ruled out, on conditions",
    ("yes", "conditional"): "now makes conditions for {}",
    ("unless", "conditional"): "no longer refuses {} unless its conditions are met",
    ("yes", "unsaid"): "no longer says that it could live with {}",
    ("no", "unsaid"): "no longer rules out {}",
    ("conditional", "unsaid"): "no longer offers {} on conditions",
    ("unless", "unsaid"): "neither refuses {} nor offers it on conditions any more",
    ("unsaid", "unless"): "refuses {} unless its conditions are met",
    ("no", "unless"): "would now accept {}, which it had ruled out, on conditions",
    ("yes", "unless"): "now refuses {} unless its conditions are met",
    ("conditional", "unless"): "now refuses {} unless its conditions are met",
    ("unsaid", "no"): "now rules out {}",
    ("yes", "no"): "now rules out {}, with which it could have lived",
    ("conditional", "no"): "now rules out {}, which it would have accepted on conditions",
    ("unless", "no"): "now rules out {}, which it would have accepted on conditions",
}
_FIRMNESS = {("unless", "conditional"), ("conditional", "unless")}
_CONDITIONS: dict[Direction, str] = {
    "hardened": "asks more in return for {}",
    "softened": "asks less in return for {}",
    "changed": "makes other conditions for {}",
}


def step_in_words(step: Step, issue: Issue, words: Words) -> str:
    """What a step of a history changes, as sentences that begin with its kind."""
    kind = capital(step.kind)
    if step.kind == "lapsed":
        note = f" Note: {one_line(step.entry.note)}." if step.entry.note else ""
        last = written_day(step.last_day)
        return f"{kind}: held until {last}, and no other followed at once.{note}"
    if step.before is None or step.movement is None:
        return f"{kind}: the first that is recorded."
    moved = movement_in_words(step.before, step.entry, step.movement, issue, words)
    if step.after_silence:
        return f"{kind} after a silence. Against the position that had lapsed: {moved}"
    return f"{kind}: {moved}"


def movement_in_words(
    before: Entry, entry: Entry, moved: Movement, issue: Issue, words: Words
) -> str:
    """What differs between two entries on one issue, as sentences; the first begins small."""
    told = _shifts(moved, issue, words)
    if besides := _besides(before, entry):
        told.append("; ".join(besides))
    first, *more = told or ["the same answers as before"]
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
    """Which items are meant, unless the issue has none."""
    if issue.kind != "items":
        return ""
    if len(cells) == len(issue.items) > 1:
        return "on all items, "
    return f"on {joined(issue.items[cell.item] for cell in cells if cell.item is not None)}, "


def _shift(shift: Shift, issue: Issue, words: Words) -> str:
    moved = shift.was, shift.now
    form = _SHIFTED.get(moved) or _CONDITIONS[shift.direction]
    if shift.asked:
        form = _ASKED.get(moved, form)
    if shift.direction == "changed" and moved in _FIRMNESS:
        form += ", and makes other conditions"
    return form.format(words.outcomes(issue, shift.outcomes))


def _besides(before: Entry, entry: Entry) -> list[str]:
    """What differs apart from outcomes: what is left open, the priority, the strength."""
    told = []
    if entry.reserves != before.reserves:
        opened, closed = f"leaves open: {one_line(entry.reserves)}", "no longer leaves it open"
        told.append(opened if entry.reserves else closed)
    if entry.priority != before.priority:
        told.append(f"gives it {entry.priority or 'no stated'} priority")
    if entry.basis != before.basis:
        told.append(f"the evidence is {entry.basis}, not {before.basis}")
    return told
