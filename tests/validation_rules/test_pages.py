"""The catalogue's examples are tried: what fails has this finding only, what passes has none."""

from __future__ import annotations

import re
from itertools import groupby
from pathlib import Path

import pytest

import claimpos
from claimpos.dossier.locate import shipped
from claimpos.rendering.reference import heading_of, rule_page
from claimpos.validation.catalogue import Example, Page, catalogue
from claimpos.validation.targets import days_of
from tests.validation_rules.cases import CASES, files_of, found_in

PAGES = catalogue()
EXAMPLES = [
    pytest.param(page, example, id=f"{page.code}-{'fails' if example.fails else 'passes'}")
    for page in PAGES.values()
    for example in page.examples
]

# What every party's file has, where an example leaves it out.
ENDS = {
    "party": "party: the-party\n",
    "name": "name: A case\n",
    "positions": "positions: {}\n",
}
# A party that cites the source and names the options that an example has.
USER = """\
party: user
name: A user
statements: {said: {source: paper, basis: stated, summary: So.}}
positions:
"""
NAMING = "  status: [{since: 2025, accepts: [barred, deferred, open], evidence: [said]}]\n"

# What else there is in the dossier of an example that names it.
BESIDES = {
    "parties/case/party.yaml": (
        "parties/case/party.yaml",
        """\
party: case
name: The case
worth: {evidence: [said, again], issues: {status: {open: 40, barred: 0, deferred: 10}}}
""",
    ),
    "statements/said.yaml": (
        "parties/case/statements/said.yaml",
        "said: {source: paper, basis: stated, summary: Said so.}\n",
    ),
    "alliance": (
        "alliance.yaml",
        """\
party: alliance
name: An alliance
members: [the-party, user, Somebody]
speaks-for-members: true
statements:
  agreed: {source: paper, said: 2024-01-01, basis: stated, summary: Agreed on a rate.}
positions:
  rate: [{since: 2024, demands: {max: 3}, evidence: [agreed]}]
""",
    ),
    "truce-plan": (
        "proposals/truce-plan.yaml",
        """\
proposal: truce-plan
title: A plan of a truce
date: 2025
source: paper
status: draft
terms:
  share: {outcome: 50, summary: Half of it.}
  cap: {outcome: 500, summary: A cap of 500.}
""",
    ),
}
# What another party says where an example tells of it.
ANOTHER = """\
  share: [{since: 2025, demands: {min: 60}, refuses: {max: 50}, evidence: [said]}]
"""


def completed(text: str) -> str:
    """A piece of a party's file with the keys that every such file has, at its end."""
    text = text.replace("party: case\n", "party: the-party\n")
    ends = [end for key, end in ENDS.items() if not re.search(rf"^{key}:", text, re.MULTILINE)]
    if not re.search(r"^statements:", text, re.MULTILINE):
        cited = dict.fromkeys(re.findall(r"\b(said|hinted)\b", text))
        basis = {"said": "stated", "hinted": "inferred"}
        lines = [
            f"  {one}: {{source: paper, said: 2024-01-01, basis: {basis[one]}, summary: So.}}\n"
            for one in cited
        ]
        ends.append("statements:\n" + "".join(lines) if lines else "statements: {}\n")
    return text + "".join(ends)


@pytest.mark.parametrize(("page", "example"), EXAMPLES)
def test_example(page: Page, example: Example, tmp_path: Path) -> None:
    text = completed(example.text) if example.file == "the-party.yaml" else example.text
    naming = NAMING if "  status:\n    title" in text else "  {}\n"
    naming = ANOTHER if "# Another party demands" in text else naming
    texts = {example.file: text, "user.yaml": USER + naming}
    texts |= dict(besides for name, besides in BESIDES.items() if name in example.text)
    if "source: draft" in text:
        case = files_of(CASES / "valid" / "offer_half-lapsed")
        texts |= {name: file.text for name, file in case.items() if name != "case.yaml"}
    option, _, age = example.option.partition(" ")
    days = days_of(age) if age else None
    found = found_in(tmp_path / "positions", texts, days, option == "--unreviewed")
    told = {
        (one.code, one.severity)
        for one in found[example.file]
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
    # What meets a limit is too long for a page; nothing is known to bring about the other.
    assert lacking == ["CP109", "CP200"]


@pytest.mark.parametrize("page", PAGES.values(), ids=lambda page: page.code)
def test_the_words_on_a_rule_fit_a_terminal(page: Page) -> None:
    words, _, _ = rule_page(page).partition("\nFails (")
    assert max(map(len, words.splitlines())) <= 80
    assert " ".join(words.split()).endswith(" ".join(page.text.split()))


ABOUT = """\
# The rules of `claimpos validate`

Printed from the rules themselves; `claimpos rules` shows the same in a terminal, and
`claimpos rules CP411` one of them. An error stops every command that reads the dossier; a warning
makes `claimpos validate` fail with `--strict` only; a note never does. The examples are pieces of
a file, by default of a party's.
"""


def page_of_all_rules() -> str:
    """Every rule in full, as a page of Markdown."""
    parts = [ABOUT]
    for family, pages in groupby(PAGES.values(), key=lambda page: page.family):
        parts.append(f"## {family.capitalize()}\n")
        for page in pages:
            parts.append(f"### {page.code} {page.severity}: {page.title}\n")
            parts += [f"{page.text}\n"] if page.text else []
            parts += [f"{heading_of(one)}:\n\n```yaml\n{one.text}```\n" for one in page.examples]
    return "\n".join(parts)


def test_the_page_of_all_rules_is_up_to_date(request: pytest.FixtureRequest) -> None:
    page, text = shipped("schemas") / "RULES.md", page_of_all_rules()
    if request.config.getoption("--update-sessions"):
        page.write_text(text, encoding="utf-8")
    assert page.read_text("utf-8") == text
