"""A briefing laid out: the data of `claimpos.brief/2` as the parts of a document."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from claimpos.briefing.position_layout import Data, NoteNumbers, Positions, is_unheard_of, notes_of
from claimpos.comparison.reasons import VERDICTS, Verdict
from claimpos.rendering.document import (
    SIGNS,
    Block,
    Chart,
    Document,
    Group,
    Heading,
    Item,
    List,
    MarkedText,
    Notes,
    Numbered,
    PageBreak,
    Paragraph,
    Section,
    Sign,
    Table,
    Text,
    Trend,
    headed,
    plain,
)
from claimpos.wording.dossier_texts import capital, in_brackets, label
from claimpos.wording.reasons import verdict_title
from claimpos.wording.sentences import say

Parts = Mapping[str, Sequence[Block]]
"""The parts of a briefing by the names that a template knows them by, in their order."""

_IN_DEPTH = 24
"""So many rows, or fewer, leave room for remarks, requirements and every statement."""
_CITED = (
    "For each position, the strongest and newest statement is cited; “(+2)” stands for two more, "
    "which the web page and the command “claimpos explain” show."
)
_MOST_PROSE = 4
"""How many columns a table of sentences has at most; those of more hold words."""

_SIGNS_IN_WORDS: Mapping[Sign, str] = {
    **{verdict: say(f"verdict.{verdict}.in-table") for verdict in VERDICTS},
    "silent": "a party has no recorded position",
}


def brief_document(report: Data) -> Document:
    """The whole briefing, its first page on a page of its own."""
    first, *others = (*brief_parts(report).items(),)
    return Document([*first[1], *(block for _, blocks in others for block in blocks)])


def one_page_document(report: Data) -> Document:
    """The first page alone."""
    return Document([*_head(report), *_picture(report)])


def brief_parts(report: Data) -> Parts:
    """The briefing part by part; an empty part has nothing to say."""
    citations = NoteNumbers(report["notes"])
    positions = Positions(citations, len(report["rows"]) <= _IN_DEPTH)
    return {
        "head": _head(report),
        "picture": [*_picture(report), PageBreak()],
        "changes": _changes(report),
        "glance": _glance(report, positions.in_depth),
        "verdicts": [
            block
            for verdict in report["sections"]
            for block in _section(report, verdict, positions)
        ],
        "silence": _silence(report, positions),
        "deals": _deals(report),
        "method": [Heading("Method"), List([Item(line) for line in report["method"]])],
        "notes": [Section(Heading("Statements"), [_notes(citations, report)])],
    }


def _notes(citations: NoteNumbers, report: Data) -> Notes:
    return Notes([*notes_of(citations.cited(), report["as_of"])])


def _head(report: Data) -> list[Block]:
    text = f"{report['dossier']}: a briefing as of {report['as_of_in_words']}"
    return [
        Heading(report["title"], "title"),
        Paragraph(MarkedText(text, "strong")),
        Paragraph(report["first_page"]["age"]),
    ]


def _picture(report: Data) -> list[Block]:
    """The three sentences and the picture."""
    page = report["first_page"]
    leads = {"meet": "Where they meet.", "disputes": "Disputes.", "moved": "Movement."}
    parts = [
        Paragraph((MarkedText(lead, "strong"), f" {page[key]}")) for key, lead in leads.items()
    ]
    picture = page["picture"]
    rows = [Trend(row["title"], row["verdicts"], row["now"]) for row in picture["rows"]]
    months = picture["months_in_words"]
    signs = ", ".join(f"{sign} {_SIGNS_IN_WORDS[key]}" for key, sign in SIGNS.items())
    left_out = f" {picture['left_out']} more issues follow." if picture["left_out"] else ""
    legend = f"One sign for the end of each month, {months[0]} to {months[-1]}: {signs}."
    return [
        *parts,
        Paragraph(MarkedText(capital(page["counted"]), "strong")),
        Chart(("Issue", "Month by month", "Now"), picture["months"], rows),
        Paragraph(MarkedText(legend + left_out, "emphasis")),
    ]


def _changes(report: Data) -> list[Block]:
    changes = report["changes"]
    if changes is None:
        return []
    title = f"What changed since {changes['since_in_words']}"
    return [Heading(title), *map(block_of, changes["blocks"])]


def _glance(report: Data, in_depth: bool) -> list[Block]:
    """Who is compared, what there is to know, and every issue with its verdict."""
    blocks: list[Block] = [Heading("Issues at a glance"), Paragraph(_parties(report))]
    if report["answers"]:
        blocks.append(List([Item(one) for one in report["answers"]]))
    remarks = [one for one in report["remarks"] if one not in report["first_page"]["age"]]
    if remarks:
        blocks.append(Paragraph(" ".join(remarks)))
    alike: dict[tuple[str, Verdict], list[Data]] = {}
    for row in report["rows"]:
        alike.setdefault((_verdict(row), row["verdict"]), []).append(row)
    if alike:
        table: list[list[Text]] = [
            [MarkedText(verdict_in_words, verdict), "; ".join(_named(rows))]
            for (verdict_in_words, verdict), rows in alike.items()
        ]
        blocks.append(Table(["Verdict", "Issues"], table, "prose"))
    if len(report["sections"]) < len(VERDICTS):
        blocks.append(Paragraph("Issues with any other verdict are left out."))
    if alike and not in_depth:
        blocks.append(Paragraph(_CITED))
    return blocks


def _named(rows: Sequence[Data]) -> Iterable[str]:
    """Rows by their titles; those of the last table by their numbers alone."""
    quiet = [row["number"] for row in rows if row["quiet"]]
    yield from (_with_number(row) for row in rows if not row["quiet"])
    if quiet:
        numbers = f"{quiet[0]} to {quiet[-1]}" if len(quiet) > 1 else f"{quiet[0]}"
        yield f"see “No recorded position” ({numbers})"


def _with_number(row: Data) -> str:
    return f"{row['title']} ({row['number']})"


def _verdict(row: Data) -> str:
    return f"{row['verdict']}: {row['reason_in_words'].lower()}".removesuffix(": ")


def _parties(report: Data) -> str:
    parts = [
        f"{party['name']} ({', '.join(map(in_brackets, party['members']))})"
        if party["members"]
        else party["name"]
        for party in report["parties"]
    ]
    return f"Parties: {'; '.join(parts)}."


def _section(report: Data, verdict: Verdict, positions: Positions) -> Iterable[Block]:
    rows = [row for row in report["rows"] if row["verdict"] == verdict and not row["quiet"]]
    yield Heading(verdict_title(verdict), mark=verdict)
    if not rows:
        yield Paragraph("None.")
    for row in rows:
        yield Heading(row["title"], "part", number=str(row["number"]))
        gap = f" The gap is {row['gap_in_words']}." if row["gap_in_words"] else ""
        text = " ".join(filter(None, [f" {row['why_in_short']}{gap}", row["hangs_on_in_words"]]))
        yield Paragraph((MarkedText(f"{row['reason_in_words']}.", "strong"), text))
        yield List([*positions.items(row), *(_moves(row) if positions.in_depth else [])])


def _moves(row: Data) -> Iterable[Item]:
    """Of what is open, and no figure, the reason has said what is missing."""
    if row["moves"] and (row["verdict"] == "conflict" or row["kind"] == "quantity"):
        yield Item(
            MarkedText("What each outcome would require:", "strong"),
            [Item(move) for move in row["moves"]],
        )


def _silence(report: Data, positions: Positions) -> list[Block]:
    """The issues that are open because a party has no recorded position, in one table."""
    if "unresolved" not in report["sections"]:
        return []
    heading = Heading("No recorded position")
    quiet = [row for row in report["rows"] if row["quiet"]]
    if not quiet:
        return [heading, *_without_position(report)]
    lead = (
        "On these issues, at least one party has no recorded position. "
        "Parties that are not named have none."
    )
    rows = [row for row in quiet if not all(one["silent"] for one in row["positions"])]
    table = [[str(row["number"]), row["title"], positions.in_a_cell(row)] for row in rows]
    blocks: list[Block] = [Table(["No.", "Issue", "On record"], table, "prose")] if rows else []
    nobody = [row for row in quiet if is_unheard_of(row)]
    listed = {row["number"] for row in (*rows, *nobody)}
    lapsed = [row for row in quiet if row["number"] not in listed]
    lists = {"Lapsed, and not replaced:": lapsed, "Nothing from any party:": nobody}
    items = [
        Item((MarkedText(title, "strong"), f" {'; '.join(map(_with_number, some))}."))
        for title, some in lists.items()
        if some
    ]
    return [headed(heading, lead), *blocks, *([List(items)] if items else [])]


def _without_position(report: Data) -> list[Block]:
    """Who has no position on which issues, where none of these is open for that reason alone."""
    parts = [
        Item((MarkedText(f"{one['label']}:", "strong"), f" {'; '.join(map(label, one['issues']))}"))
        for one in report["silences"]["parties"]
        if one["issues"]
    ]
    if not parts:
        return [Paragraph("On every issue, each party has a recorded position.")]
    return [Paragraph("A party has no recorded position on:"), List(parts)]


def _deals(report: Data) -> list[Block]:
    deals = report["deals"]
    if deals is None:
        return []
    answer = Paragraph(MarkedText(deals["answer_in_words"], "strong"))
    return [Heading("Deals"), answer, *map(block_of, deals["blocks"])]


def block_data(block: Block) -> Iterable[dict[str, Any]]:
    """A block in the parts that templates know.

    In the text of a cell a line end parts what stands on lines of its own.
    """
    match block:
        case Group(blocks):
            for one in blocks:
                yield from block_data(one)
        case Heading(text):
            yield _part("heading", text)
        case Paragraph(text):
            yield _part("line", plain(text))
        case Numbered(number, title, texts, points):
            yield _part("subheading", f"{number}. {title}")
            for text in texts:
                yield _part("line", text)
            yield _part("points", points=list(points))
        case Table(header, rows):
            yield _part("table", header=list(header), rows=[list(row) for row in rows])


def _part(kind: str, text: str = "", **more: Any) -> dict[str, Any]:
    return {"kind": kind, "text": text, "points": [], "header": [], "rows": [], **more}


def block_of(data: Data) -> Block:
    """A block of the deals, or of what changed, as templates receive it."""
    match data["kind"]:
        case "heading":
            return Heading(data["text"], "part")
        case "subheading":
            return Heading(data["text"], "detail")
        case "points":
            return List([Item(point) for point in data["points"]])
        case "table":
            is_prose = len(data["header"]) <= _MOST_PROSE
            return Table(data["header"], data["rows"], "prose" if is_prose else "cells")
    return Paragraph(data["text"])
