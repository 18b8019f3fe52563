"""What a cell of a table says: a text, a list, a number, an outcome."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from claimpos.dossier.findings import SourceText
from claimpos.dossier.nodes import Map, Seq
from claimpos.dossier.parsing.text import parse
from claimpos.importing.import_log import LeftOut
from claimpos.importing.names import titled

_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?\Z")
_BOUND = re.compile(r"(>=|≥|<=|≤|>|<)\s*(-?[0-9.]+)\Z")
_ENDS = {">=": "min", "≥": "min", "<=": "max", "≤": "max", ">": "above", "<": "below"}
_TRUE = {"true", "yes", "x", "1"}
_FALSE = {"false", "no", "0"}


def is_flow(cell: str) -> bool:
    """Whether the cell is written as a position file would write it, in brackets or braces."""
    return cell.startswith(("[", "{"))


def read_flow(cell: str) -> Any:
    """The data of a cell in brackets or braces; raises LeftOut."""
    node, findings = parse(SourceText("cell", cell))
    if findings or not isinstance(node, Map | Seq):
        why = findings[0].message if findings else "the text goes on after the bracket"
        raise LeftOut(f"“{shortened(cell)}” cannot be read: {why}")
    return node


def read_list(cell: str) -> list[str]:
    """The members of a list: `[a, b]`, or texts separated by semicolons."""
    if not is_flow(cell):
        return [part.strip() for part in cell.split(";") if part.strip()]
    found = read_flow(cell)
    if not isinstance(found, list) or not all(isinstance(one, str) for one in found):
        raise LeftOut(f"“{shortened(cell)}” is no list of texts")
    return list(found)


def read_titles(cell: str) -> list[tuple[str, str]]:
    """Ids or names and their titles: `{a: Title}`, or names separated by semicolons.

    A title that the cell states is kept as it stands.
    """
    if not cell.startswith("{"):
        return [(name, titled(name)) for name in read_list(cell)]
    found = read_flow(cell)
    if not all(isinstance(title, str) for title in found.values()):
        raise LeftOut(f"“{shortened(cell)}” is no map from ids to titles")
    return list(found.items())


def read_flag(cell: str) -> bool:
    if cell.casefold() in _TRUE | _FALSE:
        return cell.casefold() in _TRUE
    raise LeftOut(f"“{shortened(cell)}” is neither true nor false")


def read_number(cell: str) -> int | Decimal:
    found = figure(cell)
    if not isinstance(found, int | Decimal):
        raise LeftOut(f"“{shortened(cell)}” is no number; write it like 85000 or 4.5")
    return found


def read_outcome(cell: str) -> Any:
    """An outcome as plain data: names and figures, one alone or a list, or what flow holds."""
    if is_flow(cell):
        return read_flow(cell)
    parts = [figure(part) for part in read_list(cell)]
    if not parts:
        raise LeftOut(f"“{shortened(cell)}” names no outcome")
    return parts[0] if len(parts) == 1 else parts


def figure(text: str) -> Any:
    """A number, a range such as `>= 5`, or the text itself."""
    if _NUMBER.match(text):
        return int(text) if "." not in text else Decimal(text)
    if (bound := _BOUND.match(text)) and _NUMBER.match(bound[2]):
        return {_ENDS[bound[1]]: figure(bound[2])}
    return text


def shortened(text: str, most: int = 60) -> str:
    """A cell as a message shows it: in one line, and not all of it if it is long."""
    line = " ".join(text.split())
    return line if len(line) <= most else line[: most - 1] + "…"
