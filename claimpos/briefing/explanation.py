"""How a verdict came about as plain data, `claimpos.explain/2`; see schemas/explain.schema.json."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from claimpos.briefing.position_data import PositionData
from claimpos.comparison.acceptance import Clause
from claimpos.comparison.alterations import Choice, Fragility
from claimpos.comparison.answers import DerivationStep, Outcome, OutcomeAnswer, steps
from claimpos.comparison.case import Case
from claimpos.comparison.fragility import Fragilities
from claimpos.comparison.reasons import VERDICT_OF, Verdict
from claimpos.comparison.truth import Truth
from claimpos.comparison.verdicts import CellVerdict, Comparison, IssueVerdict
from claimpos.dossier.limits import how_to_raise, limit
from claimpos.dossier.model import Cell, Dossier
from claimpos.errors import WrongUsage
from claimpos.rendering.diff_report import (
    cell_report,
    distances_report,
    hangs_on_report,
    outcomes_report,
)
from claimpos.rendering.document import (
    Block,
    Document,
    Facts,
    Heading,
    Item,
    List,
    MarkedText,
    Paragraph,
    Section,
)
from claimpos.rendering.show import Record
from claimpos.wording.age import newest_report
from claimpos.wording.beside_verdicts import (
    choice_in_words,
    choices_in_words,
    fragility_in_words,
    removal_in_words,
)
from claimpos.wording.derivations import MET, because, conclusion, in_words, of_issue, required
from claimpos.wording.dossier_texts import capital, free_text, one_line
from claimpos.wording.names import cells_title, question_named, written_day
from claimpos.wording.phrases import Phrases
from claimpos.wording.verdicts import explain_cell, explain_issue

FORMAT = "claimpos.explain/2"

Data = Mapping[str, Any]

_CHARACTERS = "explained-characters"
_VALUES = {Truth.TRUE: "yes", Truth.FALSE: "no", Truth.UNKNOWN: "unknown"}


def explain_report(comparison: Comparison, cells: Sequence[Cell] | None = None) -> dict[str, Any]:
    """How the one issue of the comparison got its verdict, or these cells of it theirs.

    Every key is there in each report, with "", [] or null for nothing. Raises WrongUsage where the
    answers would be longer than the limit.
    """
    (verdict,) = comparison.issues
    issue = verdict.issue
    explainer = _Explainer(comparison, verdict, cells)
    return {
        "format": FORMAT,
        "dossier": comparison.dossier.title,
        "as_of": comparison.day.isoformat(),
        "as_of_in_words": written_day(comparison.day),
        "newest": newest_report(comparison.newest),
        "basis": comparison.basis,
        "set_aside": comparison.set_aside,
        "parties": list(comparison.parties),
        "names": explainer.position_data.words.parties(comparison.parties),
        "issue": issue.id,
        "title": issue.title,
        "question": one_line(issue.question),
        "kind": issue.kind,
        "verdict": verdict.verdict,
        "reason": verdict.reported_reason,
        "explanation": explain_issue(verdict),
        "conclusion": of_issue(verdict),
        "steps": [explainer.step(number, step) for number, step in explainer.numbered],
        "positions": explainer.positions(),
        "notes": explainer.position_data.notes.all,
    }


def fragility_report(
    comparison: Comparison, cells: Sequence[Cell] | None = None
) -> list[dict[str, Any]]:
    """What the verdicts on the cells of the comparison's one issue hang on, like cells together."""
    (verdict,) = comparison.issues
    found = Fragilities(comparison)
    dossier = comparison.dossier
    alike: dict[tuple[Verdict, Fragility, _Recoded | None], list[Cell]] = {}
    for one in verdict.cells:
        if cells is None or one.cell in cells:
            recoded = _recoded(found.choices(one.cell), one.cell, dossier)
            alike.setdefault((one.verdict, found.of_cell(one.cell), recoded), []).append(one.cell)
    return [
        {
            "items": [cell.item for cell in together if cell.item is not None],
            "title": cells_title(comparison.dossier, together),
            "verdict": now,
            "searched": fragility.searched,
            "in_words": fragility_in_words(fragility),
            "hangs_on": hangs_on_report(fragility).get("hangs_on", []),
            "hangs_on_in_words": [
                removal_in_words(removal, dossier) for removal in fragility.removals
            ],
            "coding": None if recoded is None else [dict(data) for data, _ in recoded],
            "coding_summary": choices_in_words(None if recoded is None else len(recoded)),
            "coding_in_words": [words for _, words in recoded or ()],
        }
        for (now, fragility, recoded), together in alike.items()
    ]


_Recoded = tuple[tuple[tuple[tuple[str, str | None], ...], str], ...]
"""Choices of coding, each as the items of its data and in words."""


def _recoded(
    choices: Iterable[tuple[Choice, Verdict]] | None, cell: Cell, dossier: Dossier
) -> _Recoded | None:
    """Choices that decide the verdict on a cell; those on the cell itself do not name its item."""
    if choices is None:
        return None
    recoded = []
    for choice, verdict in choices:
        data = {
            "party": choice.party,
            "issue": choice.cell.issue,
            "item": None if choice.cell == cell else choice.cell.item,
            "since": choice.since.text,
            "verb": choice.verb,
            "recoding": choice.recoding,
            "verdict": verdict,
        }
        recoded.append((tuple(data.items()), choice_in_words(choice, verdict, cell, dossier)))
    return tuple(recoded)


class _Explainer:
    """The steps of one comparison in words."""

    def __init__(
        self, comparison: Comparison, verdict: IssueVerdict, cells: Sequence[Cell] | None
    ) -> None:
        self.comparison = comparison
        self.position_data = PositionData(comparison)
        self.verdicts = {cell.cell: cell for cell in verdict.cells}
        self.common = comparison.common
        asked = [cell for cell in self.verdicts if cells is None or cell in cells]
        self.numbered = list(enumerate(steps(self.common, asked), start=1))
        self.place = {cell: number for number, step in self.numbered for cell in step.cells}
        self._left = limit(_CHARACTERS)

    def phrases(self, cell: Cell) -> Phrases:
        return Phrases(Case(self.common, cell))

    def step(self, number: int, step: DerivationStep) -> dict[str, Any]:
        phrases = self.phrases(step.cells[0])
        found = None if step.led_to else self.verdicts[step.cells[0]]
        items = [phrases.issue.items[cell.item] for cell in step.cells if cell.item is not None]
        title = phrases.issue.title
        return {
            "number": number,
            "issue": step.cells[0].issue,
            "items": [cell.item for cell in step.cells if cell.item is not None],
            "title": f"{title}: {', '.join(items)}" if items else title,
            "led_to": step.led_to,
            "outcomes": [self.outcome(phrases, outcome) for outcome in step.outcomes],
            "value": _VALUES[step.value],
            **_conclusion(step, found),
        }

    def outcome(self, phrases: Phrases, outcome: Outcome) -> dict[str, Any]:
        space = phrases.table.space(phrases.case.cell)
        return {
            "outcome": outcomes_report(space.outcomes(outcome.mask)),
            "in_words": phrases.outcomes(outcome.mask),
            "value": _VALUES[outcome.value],
            "together": outcome.together,
            "because": because(phrases, outcome),
            "answers": [self.answer(phrases, answer) for answer in outcome.answers],
        }

    def answer(self, phrases: Phrases, answer: OutcomeAnswer) -> dict[str, Any]:
        entry = phrases.case.entry(answer.party)
        data = {
            "party": answer.party,
            "name": phrases.words.party(answer.party),
            "value": _VALUES[answer.value],
            "rule": answer.rule,
            "in_words": in_words(phrases, answer),
            "basis": "" if entry is None else entry.basis,
            "conditions": [self.condition(phrases, clause) for clause in answer.clauses],
            "evidence": [] if entry is None else [one.id for _, one in entry.cited()],
        }
        self._count(data)
        return data

    def _count(self, answer: Data) -> None:
        words = sum(len(one["in_words"]) for one in (answer, *answer["conditions"]))
        self._left -= words + sum(map(len, answer["evidence"]))
        if self._left < 0:
            raise WrongUsage(
                f"the answers in this explanation have more than {limit(_CHARACTERS):,} "
                "characters; name fewer parties or, of an issue with items, one of them, or, "
                f"{how_to_raise(_CHARACTERS)}"
            )

    def condition(self, phrases: Phrases, clause: Clause) -> dict[str, Any]:
        value = self.common.clause_value(clause)
        return {
            "value": _VALUES[value],
            "in_words": phrases.condition(clause),
            "met": MET[value],
            "requires": [self.required(phrases, cell, mask) for cell, mask in clause.requires],
            "subject_to": clause.subject_to,
        }

    def required(self, phrases: Phrases, cell: Cell, mask: int) -> dict[str, Any]:
        outcomes = phrases.table.space(cell).outcomes(mask)
        value = self.common.value(cell, mask)
        by_vote = self.common.ballots.of(cell.issue) is not None
        return {
            **cell_report(cell),
            "outcome": outcomes_report(outcomes),
            "in_words": phrases.words.required({cell: outcomes}),
            "value": _VALUES[value],
            "because": f"{required(value, by_vote)} (see step {self.place[cell]})",
            "step": self.place[cell],
        }

    def positions(self) -> list[dict[str, Any]]:
        """What each party says on every issue that a step is about, with its grounds."""
        on_issues = []
        cells_of: dict[str, set[Cell]] = {}
        for cell in self.place:
            cells_of.setdefault(cell.issue, set()).add(cell)
        for issue_id, cells in cells_of.items():
            issue = self.comparison.dossier.issues[issue_id]
            said = [
                self.position_data.of(
                    party, self.common.table.standing(party, issue_id), issue, cells, frozenset()
                )
                for party in self.comparison.parties
            ]
            on_issues.append({"issue": issue_id, "title": issue.title, "positions": said})
        return on_issues


def _conclusion(step: DerivationStep, found: CellVerdict | None) -> dict[str, Any]:
    """The verdict that the step ends in, drawn from its outcomes; none for a led-to cell."""
    if found is None:
        nothing = {"verdict": None, "reason": None, "explanation": "", "conclusion": ""}
        return {**nothing, "apart": [], "meet_without": []}
    return {
        "verdict": VERDICT_OF[step.value],
        "reason": found.reported_reason,
        "explanation": explain_cell(found),
        "conclusion": conclusion(step.value, found.reported_reason, len(found.case.parties)),
        **distances_report(found),
    }


def explain_document(report: Data, record: Record, newest: str) -> Document:
    """The steps of a report `claimpos.explain/2`, then the positions with their evidence.

    `newest` tells how new the evidence is.
    """
    title = f"{report['title']}: how the verdict on {report['names']} was reached"
    question = MarkedText(question_named(one_line(report["question"])), "emphasis")
    conclusion = MarkedText(one_line(report["conclusion"]), "strong")
    blocks = [record.head(title, newest, question, conclusion)]
    blocks += map(_step, report["steps"])
    if "fragility" in report:
        blocks += _fragility(report["fragility"])
    if report["steps"]:
        blocks.append(Heading("Evidence", "part"))
    for positions in report["positions"]:
        blocks += _positions(report["parties"], positions["issue"], record)
    return Document([*blocks, *record.sources()])


def _fragility(found: Sequence[Data]) -> Iterable[Block]:
    """What each verdict hangs on; with its title if there are several."""
    yield Heading("What the verdict hangs on", "part")
    for one in found:
        text = one["in_words"]
        yield Facts([f"{one['title']}: {text[0].lower()}{text[1:]}" if len(found) > 1 else text])
        if one["hangs_on_in_words"]:
            yield List([Item(text) for text in one["hangs_on_in_words"]])
        yield Facts([one["coding_summary"]])
        if one["coding_in_words"]:
            yield List([Item(text) for text in one["coding_in_words"]])


def _step(step: Data) -> Block:
    blocks: list[Block] = []
    if step["led_to"]:
        blocks.append(Paragraph("Required by a condition above:"))
    blocks.append(List([_outcome(outcome) for outcome in step["outcomes"]]))
    if step["conclusion"]:
        blocks.append(Facts([one_line(step["conclusion"])]))
    return Section(Heading(step["title"], "part", number=str(step["number"])), blocks)


def _outcome(outcome: Data) -> Item:
    name = MarkedText(capital(outcome["in_words"]), "strong")
    return Item((name, f": {outcome['because']}"), list(map(_answer, outcome["answers"])))


def _answer(answer: Data) -> Item:
    inferred = " (inferred)" if answer["basis"] == "inferred" else ""
    conditions = answer["conditions"]
    return Item(
        one_line(f"{capital(answer['name'])} {answer['in_words']}{inferred}"),
        [_condition(condition, len(conditions) > 1) for condition in conditions],
    )


def _condition(condition: Data, one_of_several: bool) -> Item:
    state = f", {condition['met']}" if one_of_several else ""
    items = [
        Item(one_line(f"{required['in_words']}: {required['because']}"))
        for required in condition["requires"]
    ]
    if condition["subject_to"]:
        also = "also required: " if items else ""
        text = also + free_text(condition["subject_to"])
        items.append(Item(f"{text} (no issue on the agenda settles this)"))
    return Item(f"on this condition{state}:", items, dash=True)


def _positions(parties: Iterable[str], issue_id: str, record: Record) -> Iterable[Block]:
    issue = record.dossier.issues[issue_id]
    for party_id in parties:
        party = record.dossier.parties[party_id]
        items = record.position(party, issue) or [Item("No recorded position")]
        heading = Heading(f"{issue.title}, {party.label}", "detail")
        yield Section(heading, [List(items)])
