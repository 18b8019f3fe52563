"""The catalogue of rules, read from their pages.

The page of a check is its docstring, or part of its module's. The pages of rules that are checked
while files are read are in text files.
"""

import inspect
import re
import textwrap
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from types import ModuleType
from typing import NamedTuple

from claimpos.validation.rules.rule import rules_in

# The families of rules by the first digit of their codes.
FAMILIES = {
    "1": "syntax",
    "2": "shape",
    "3": "references",
    "4": "sense",
    "5": "sourcing",
    "6": "upkeep",
    "9": "comments",
}
_FOLDER = Path(__file__).parent / "rules"

_PAGE = r"(?m)^(CP\d{3}) (error|warning|note): (.+)\n((?:\n|    .*\n)*)"
_EXAMPLE = r"(?m)^(FAIL|PASS) ?(.*)\n((?:\n|    .*\n)*)"
_PARTY_FILE = "the-party.yaml"


class Example(NamedTuple):
    """An example of a file that a rule reports or, if not `fails`, does not.

    `option` is the option that the rule needs, if it needs one.
    """

    fails: bool
    file: str
    text: str
    option: str = ""


class Page(NamedTuple):
    """A rule's page in the catalogue."""

    code: str
    severity: str
    title: str
    family: str
    text: str
    examples: tuple[Example, ...]


@cache
def catalogue() -> dict[str, Page]:
    """Every rule's page, by code."""
    texts = [path.read_text("utf-8") for path in _FOLDER.glob("*.txt")]
    for module in iter_modules([str(_FOLDER)]):
        texts += _docstrings(import_module(f"claimpos.validation.rules.{module.name}"))
    return {page.code: page for page in sorted(page for text in texts for page in _pages(text))}


def _pages(text: str) -> Iterator[Page]:
    for code, severity, title, body in re.findall(_PAGE, text):
        page = textwrap.dedent(body)
        examples = tuple(_example(*found) for found in re.findall(_EXAMPLE, page))
        said = re.sub(_EXAMPLE, "", page).strip()
        yield Page(code, severity, title, FAMILIES[code[2]], said, examples)


def _docstrings(module: ModuleType) -> Iterator[str]:
    yield f"{module.__doc__}\n"
    for rule in rules_in(module):
        yield _as_page(inspect.getdoc(rule.check) or "")


def _as_page(doc: str) -> str:
    """A check's docstring, indented below its first line like the pages in a module's."""
    head, _, body = doc.partition("\n")
    return head + "\n" + "".join(f"    {line}".rstrip() + "\n" for line in body.split("\n"))


def _example(kind: str, heading: str, text: str) -> Example:
    option = heading if heading.startswith("--") else ""
    file = heading if heading and not option else _PARTY_FILE
    return Example(kind == "FAIL", file, textwrap.dedent(text).rstrip() + "\n", option)
