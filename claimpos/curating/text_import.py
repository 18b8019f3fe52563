"""Imports a text: makes the worksheet of a file, and a proposal of a worksheet."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from claimpos.curating.edited_dossier import EditedDossier, editing
from claimpos.curating.insertions import Insertion, Keys
from claimpos.curating.sheet_form import SheetText, refuse
from claimpos.curating.text_form import TextForm, read_text_form, tables_of, text_of
from claimpos.curating.text_terms import MappedText, read_mapping
from claimpos.dossier.findings import Finding, Span, in_order, shown_path
from claimpos.dossier.locate import PROPOSALS
from claimpos.dossier.nodes import Map, Seq, plain
from claimpos.errors import InvalidAddition
from claimpos.importing.text_blocks import Block, Paragraph, Table
from claimpos.validation.checking import check_folder

_TERM_KEYS = ("outcome", "locator", "summary")


class AddedText(NamedTuple):
    """What becomes of the worksheet of a text.

    Attributes:
        proposal: Its id.
        file: The proposal's file, within the dossier.
        terms: The issues of the terms that are added.
        is_new: Whether the file is.
        suggested: The names of the places of suggestions that are not confirmed.
        unmapped: The names of the passages that name no issue.
        doubts: Warnings and notes on what is added.
        diff: What changes, as a unified diff.
    """

    proposal: str
    file: str
    terms: list[str]
    is_new: bool
    suggested: list[str]
    unmapped: list[str]
    doubts: list[Finding]
    diff: str


def add_text(folder: Path, path: str, text: str, today: date, dry_run: bool = False) -> AddedText:
    """Add what a worksheet says to a dossier's proposals: all of it, or nothing.

    Args:
        folder: The dossier.
        path: The worksheet's path, as messages show it.
        text: The worksheet.
        today: The day that counts as today for the rules.
        dry_run: Whether nothing is written, and what would be is returned, or raised, all the same.

    Raises:
        InvalidDossier: The dossier has errors, or would have with what is added.
        InvalidWorksheet: The worksheet has errors.
        WrongUsage: The proposal's file is laid out in a way that nothing can be added to it.
        OutputFailed: A file cannot be written.
    """
    with editing(folder, dry_run) as edited:
        form = sheet_form(path, text)
        sheet = SheetText(path, text)
        mapped, findings = read_mapping(form, sheet, edited.dossier)
        refuse(findings)
        file = f"{PROPOSALS}/{mapped.id}.yaml"
        is_new = file not in edited.contents
        if not is_new:
            mapped = _without_held(mapped, edited.data(file), sheet, file)
        due: list[Finding] = []
        if mapped.terms:
            _put(edited, file, mapped, is_new)
            due = _checked(edited, file, mapped, sheet, today)
        terms = [*mapped.terms]
        return AddedText(
            mapped.id, file, terms, is_new, form.suggested, mapped.unmapped, due, edited.diff()
        )


def sheet_form(path: str, text: str) -> TextForm:
    """The worksheet in a text; raises InvalidWorksheet if it is not one, or has errors."""
    form, findings = read_text_form(SheetText(path, text))
    refuse(findings)
    return form


def _checked(
    edited: EditedDossier, file: str, mapped: MappedText, sheet: SheetText, today: date
) -> list[Finding]:
    """The warnings and notes on what is added.

    Raises InvalidWorksheet for errors in what is added, and InvalidAddition for errors elsewhere.
    """
    found = check_folder(edited.folder, today, edited=edited.edited).findings
    shown, data = shown_path(edited.folder / file), edited.nodes(file)
    due, others = [], []
    for one in found:
        span = _place(data, mapped, one.span) if one.source.path == shown else None
        if span is None:
            others.append(one)
        else:
            due.append(one._replace(source=sheet, span=span))
    refuse([one for one in due if one.severity == "error"])
    refuse([one for one in others if one.severity == "error"], InvalidAddition)
    return in_order(due)


def _put(edited: EditedDossier, file: str, mapped: MappedText, is_new: bool) -> None:
    terms = {issue: {key: term[key] for key in _TERM_KEYS} for issue, term in mapped.terms.items()}
    if is_new:
        edited.create(file, {**mapped.head, "terms": terms})
    else:
        edited.add(file, Insertion(("terms",), terms))


def _without_held(mapped: MappedText, held: Any, sheet: SheetText, file: str) -> MappedText:
    """What the proposal's file lacks; raises InvalidWorksheet where it says something else."""
    known = plain(held)
    findings = [
        Finding("CP102", sheet, mapped.places[path], f"{file} already has {what}", _DIFFERS)
        for path, what, one, other in _compared(mapped, known)
        if one != other
    ]
    refuse(findings)
    new = {issue: term for issue, term in mapped.terms.items() if issue not in known["terms"]}
    return mapped._replace(terms=new)


_DIFFERS = "make the two agree; to have the file written anew, delete it first"


def _compared(mapped: MappedText, known: Any) -> Iterator[tuple[Any, str, Any, Any]]:
    for key, value in mapped.head.items():
        yield (key,), f"another “{key}”", str(value), str(known.get(key, ""))
    for issue, term in mapped.terms.items():
        if issue in known["terms"]:
            yield ("terms", issue), f"a different term on “{issue}”", term, known["terms"][issue]


def _place(data: Any, mapped: MappedText, span: Span) -> Span | None:
    """The place in the sheet that causes a finding in the proposal's file; None if none does."""
    path: Keys = ()
    node, found = data, None
    while (step := _step(node, span)) is not None:
        path, node = (*path, step), node[step]
        found = mapped.places.get(path, found)
    return found


def _step(node: Any, span: Span) -> str | int | None:
    """The key or index of the part of a node that holds the beginning of a span."""
    held: Iterator[tuple[str | int, Span, Span]]
    if isinstance(node, Map):
        held = ((key, node.key_at(key), node.at(key)) for key in node)
    elif isinstance(node, Seq):
        held = ((at, node.at(at), node.at(at)) for at in range(len(node)))
    else:
        return None
    return next((step for step, key, end in held if key[:2] <= span[:2] < end[2:]), None)


def text_in(form: TextForm) -> list[Block]:
    """The text in a worksheet, as it was read: its heading, its paragraphs and its tables."""
    tables = tables_of(form)
    heading = form.head.get("heading")
    blocks: list[Block] = [Paragraph(heading.value, is_heading=True)] if heading else []
    begun = 0
    for passage in form.passages:
        if not passage.table:
            blocks += map(Paragraph, text_of(passage.cells[1]).split("\n"))
        while passage.table > begun:
            blocks.append(Table(tables[begun]))
            begun += 1
    return [*blocks, *map(Table, tables[begun:])]
