"""Imports a text: makes the worksheet of a file, and a proposal of a worksheet."""

from bisect import bisect_right
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from claimpos.curating.edited_dossier import EditedDossier, editing
from claimpos.curating.insertions import Insertion, Keys, TooMuch
from claimpos.curating.sheet_form import SheetText, refuse
from claimpos.curating.text_form import TextForm, read_text_form, tables_of, text_of
from claimpos.curating.text_terms import MappedText, read_mapping
from claimpos.dossier.findings import Finding, Span, in_order, shown_path
from claimpos.dossier.locate import PROPOSALS
from claimpos.dossier.nodes import Map, Seq, plain
from claimpos.errors import InvalidAddition
from claimpos.importing.text_blocks import Block, TextParagraph, TextTable
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
    shown = shown_path(edited.folder / file)
    places = _Places(edited, file, mapped)
    due, others = [], []
    for one in found:
        span = places.of(one.span) if one.source.path == shown else None
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


class _Places:
    """The places in the sheet of what is found in the proposal's file."""

    def __init__(self, edited: EditedDossier, file: str, mapped: MappedText) -> None:
        self._mapped = mapped
        self._parts: dict[Keys, list[_Part]] = {}
        try:
            self._data = edited.nodes(file)
        except TooMuch:  # which is found
            self._data = None

    def of(self, span: Span) -> Span | None:
        """The place of a finding; None if it is not due to the sheet."""
        path: Keys = ()
        node, found = self._data, None
        while (step := self._step(path, node, span)) is not None:
            path, node = (*path, step), node[step]
            found = self._mapped.places.get(path, found)
        return found

    def _step(self, path: Keys, node: Any, span: Span) -> str | int | None:
        """The key or index of the part of a node that holds the beginning of a span."""
        if path not in self._parts:
            self._parts[path] = [*_parts(node)]
        parts = self._parts[path]
        at = bisect_right(parts, span[:2], key=lambda part: part.begin) - 1
        return parts[at].step if at >= 0 and span[:2] < parts[at].end else None


class _Part(NamedTuple):
    """A part of a node: its key or index, and the line and column of its begin and its end."""

    step: str | int
    begin: tuple[int, int]
    end: tuple[int, int]


def _parts(node: Any) -> Iterator[_Part]:
    """The parts of a node in the order of its text."""
    if isinstance(node, Map):
        for key in node:
            yield _Part(key, node.key_at(key)[:2], node.at(key)[2:])
    elif isinstance(node, Seq):
        for at in range(len(node)):
            yield _Part(at, node.at(at)[:2], node.at(at)[2:])


def text_in(form: TextForm) -> list[Block]:
    """The text in a worksheet, as it was read: its heading, its paragraphs and its tables."""
    tables = tables_of(form)
    heading = form.head.get("heading")
    blocks: list[Block] = [TextParagraph(heading.value, is_heading=True)] if heading else []
    begun = 0
    for passage in form.passages:
        if not passage.table:
            blocks += map(TextParagraph, text_of(passage.cells[1]).split("\n"))
        while passage.table > begun:
            blocks.append(TextTable(tables[begun]))
            begun += 1
    return [*blocks, *map(TextTable, tables[begun:])]
