"""The catalogue's examples are tried: what fails has this finding only, what passes has none."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import claimpos
from claimpos.validation.ages import days_of
from claimpos.validation.catalogue import Example, Page, catalogue
from tests.validation_rules.cases import completed, found_in

PAGES = catalogue()
EXAMPLES = [
    pytest.param(page, example, id=f"{page.code}-{'fails' if example.fails else 'passes'}")
    for page in PAGES.values()
    for example in page.examples
]


@pytest.mark.parametrize(("page", "example"), EXAMPLES)
def test_example(page: Page, example: Example, tmp_path: Path) -> None:
    text = completed(example.text) if example.file == "the-party.yaml" else example.text
    option, _, value = example.option.partition(" ")
    age = days_of(value) if option == "--stale-after" else None
    copy = value if option == "--with-schema" else None
    found = found_in(tmp_path / "positions", example.file, text, age, copy)
    told = {
        (one.code, one.severity)
        for one in found
        if one.code == page.code or (one.severity != "note" and one.code != "CP312")
    }
    assert told == ({(page.code, page.severity)} if example.fails else set()), found


def test_every_rule_has_a_page_and_two_examples() -> None:
    root = Path(claimpos.__file__).parent
    sources = "".join(path.read_text("utf-8") for path in root.rglob("*.py"))
    codes = set(re.findall(r'"(CP\d\d\d)"', sources))
    codes |= {f"CP{number}" for number in re.findall(r"^@\w+\((\d\d\d)\)", sources, re.MULTILINE)}
    assert codes == PAGES.keys()
    lacking = [
        page.code
        for page in PAGES.values()
        if {one.fails for one in page.examples} != {True, False}
    ]
    assert lacking == ["CP200"], "nothing is known to bring it about"
