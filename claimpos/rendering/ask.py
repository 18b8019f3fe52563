"""The questions to put next; for JSON, see schemas/ask.schema.json."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from claimpos.comparison.questions import Effect, Question, QuestionPoint, Questions
from claimpos.rendering.data import Rows
from claimpos.rendering.diff import basis_notes
from claimpos.rendering.diff_report import cell_report, head_report, outcomes_report
from claimpos.rendering.document import Block, Document, Heading, Numbered, Paragraph, headed
from claimpos.wording.age import age_notes
from claimpos.wording.dossier_texts import label
from claimpos.wording.grammar import counted
from claimpos.wording.names import Words, dossier_named, written_day
from claimpos.wording.questions import GAP_NAMES, QuestionWords

FORMAT = "claimpos.ask/1"

_HEADER = ["rank", "issue", "items", "asked", "question", "decides", "yes", "no", "gap"]


def ask_document(found: Questions, limit: int) -> Document:
    """The first questions, for people to read."""
    shown = found.points[:limit]
    words = QuestionWords(found.comparison)
    blocks: list[Block] = [_head(found)]
    blocks += [_numbered(number, point, words) for number, point in enumerate(shown, start=1)]
    if not shown:
        blocks.append(Paragraph("No single answer would change a verdict."))
    return Document([*blocks, *map(Paragraph, _left_out(found, len(shown)))])


def _head(found: Questions) -> Block:
    comparison = found.comparison
    names = Words(comparison.dossier).parties(comparison.parties)
    title = f"What to ask {names} next, as of {written_day(comparison.day)}"
    return headed(
        Heading(title, "title"),
        dossier_named(comparison.dossier.title),
        *age_notes(comparison.dossier, comparison.newest, comparison.day),
        "Each answer was put into the positions, and everything was compared again. Questions come "
        "first if either answer would change the verdict, then if only a yes would, then if only "
        "a no would.",
        *basis_notes(comparison.basis, comparison.set_aside),
    )


def _numbered(number: int, point: QuestionPoint, words: QuestionWords) -> Block:
    """A point with its questions; what several answers would change alike is said once."""
    cells = point.questions[0].cells
    title = f"{words.title(cells)}. {label(words.on_agenda(cells))}"
    effects = [words.effects(question) for question in point.questions]
    alike = all(one == effects[0] for one in effects)
    texts: list[str] = []
    for question, own in zip(point.questions, effects, strict=True):
        texts += [words.asked(question, besides=bool(texts))]
        texts += filter(None, (words.gaps(question), "" if alike else " ".join(own).strip()))
    return Numbered(str(number), title, texts, [*filter(None, effects[0])] if alike else [])


def _left_out(found: Questions, shown: int) -> list[str]:
    notes = []
    if (more := len(found.points) - shown) > 0:
        points = counted(more, "more point", "more points")
        notes.append(f"Not shown: {points}.")
    if found.undecided:
        points = counted(found.undecided, "other unresolved point", "other unresolved points")
        notes.append(f"No single answer would decide {points}.")
    return notes


def ask_report(found: Questions, limit: int) -> dict[str, Any]:
    """The first questions as plain data, and how many others there are."""
    comparison = found.comparison
    words = QuestionWords(comparison)
    shown = found.points[:limit]
    return {
        **head_report(FORMAT, comparison),
        "points": [_point(point, found, words) for point in shown],
        "more": len(found.points) - len(shown),
        "undecided": found.undecided,
    }


def _point(point: QuestionPoint, found: Questions, words: QuestionWords) -> dict[str, Any]:
    first = point.questions[0]
    issue = found.comparison.dossier.issues[first.cells[0].issue]
    return {
        "issue": issue.id,
        "items": [cell.item for cell in first.cells if cell.item is not None],
        "title": words.title(first.cells),
        "question": words.on_agenda(first.cells),
        "verdict": first.verdict,
        "decides": first.decides,
        "questions": [_question(question, found, words) for question in point.questions],
        "more": point.more,
    }


def _question(question: Question, found: Questions, words: QuestionWords) -> dict[str, Any]:
    space = found.comparison.common.table.space(question.cells[0])
    return {
        "asked": list(question.asked),
        "form": question.form,
        "outcomes": [outcomes_report([one]) for one in space.outcomes(question.outcomes)],
        "in_words": words.asked(question),
        "gaps": list(question.gaps),
        "gaps_in_words": words.gaps(question),
        "last_confirmed": None if question.confirmed is None else question.confirmed.isoformat(),
        "yes": _effect(question.yes),
        "no": _effect(question.no),
        "no_from": list(question.no_from),
        "either": question.either,
    }


def _effect(effect: Effect) -> dict[str, Any]:
    others = [{**cell_report(cell), "verdict": new} for cell, new in effect.others.items()]
    return {"verdict": effect.verdict, "others": others}


def ask_rows(found: Questions, limit: int) -> Rows:
    """One line for each question."""
    words = QuestionWords(found.comparison)
    lines: list[Sequence[str | int]] = [
        _line(number, question, words)
        for number, point in enumerate(found.points[:limit], start=1)
        for question in point.questions
    ]
    return _HEADER, lines


def _line(number: int, question: Question, words: QuestionWords) -> list[str | int]:
    return [
        number,
        question.cells[0].issue,
        " ".join(cell.item for cell in question.cells if cell.item is not None),
        " ".join(question.asked),
        words.asked(question),
        question.decides,
        *words.effects(question),
        "; ".join(GAP_NAMES[gap] for gap in dict.fromkeys(question.gaps)),
    ]
