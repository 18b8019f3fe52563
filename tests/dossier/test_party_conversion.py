"""A party's file taken apart and put together again: not a byte changes, nor does the meaning."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimpos import compare, load_dossier
from claimpos.dossier.locate import PARTY, party_files, shipped
from claimpos.dossier.model import Dossier
from claimpos.dossier.party_conversion import ORDER, join_party, split_party
from claimpos.errors import WrongUsage
from claimpos.rendering.data import json_text
from claimpos.rendering.diff_report import diff_report
from claimpos.validation.checking import check_folder
from tests.conftest import examples
from tests.dossier.layouts import written
from tests.oracle.dossiers import FEATURES, PlainDossier, dossiers, write_dossier
from tests.support import TALKS, largely

HEAD = "party: ann\nname: Ann\n"
STATEMENTS = """\
statements:  # what was said
  # ---- 2024 ----

  first:  # a remark
    source: paper
    summary: |
      one

      two
    # about the first
  second: {source: paper}
"""
POSITIONS = """\
# what follows
positions:
  war:
  - since: 2025  # claimpos: ignore[CP411] so
"""


def test_what_goes_where() -> None:
    """A comment goes with what stands below it, one indented deeper with what stands above."""
    files = split_party(HEAD + STATEMENTS + POSITIONS)
    assert files == {
        PARTY: HEAD + "statements:  # what was said\n# what follows\npositions:\n",
        "statements/first.yaml": "# ---- 2024 ----\n\nfirst:  # a remark\n  source: paper\n"
        "  summary: |\n    one\n\n    two\n  # about the first\n",
        "statements/second.yaml": "second: {source: paper}\n",
        "positions/war.yaml": "war:\n- since: 2025  # claimpos: ignore[CP411] so\n",
        ORDER: files[ORDER],
    }
    assert files[ORDER].splitlines()[1:] == [name for name in files if name not in (PARTY, ORDER)]


@pytest.mark.parametrize(
    "text",
    [
        HEAD + "statements: {}\npositions: {}\n",
        HEAD + "statements: {a: {source: x}}\npositions:\n  war: []\n",
        "{party: ann, statements: {}, positions: {}}\n",
        HEAD + "positions:\n    war: []\n    tax: []\nstatements:\n a: {}\nnote: last",
        HEAD + "statements:\n  a: {}\n# left\n  b: {}\n   \n  c: |+\n    kept\n\n\npositions: {}",
        (HEAD + STATEMENTS + POSITIONS).replace("\n", "\r\n"),
        "\ufeff---\n" + HEAD + STATEMENTS + POSITIONS + "...\n",
        HEAD + 'statements:\n  a: "one\n   --- two"\n  b: {}\npositions: {}\n',
        HEAD + "statements:\n  ? a\n  : {}\npositions: {}\n",
        "# yaml-language-server: $schema=../s/party.schema.json\n" + HEAD + STATEMENTS + POSITIONS,
    ],
)
def test_joining_gives_back_every_byte(text: str) -> None:
    assert join_party(split_party(text)) == text


def test_a_schema_named_by_its_path_is_found_from_the_folder() -> None:
    path = "# yaml-language-server: $schema={}schemas/party.schema.json\n"
    files = split_party(path.format("../") + HEAD + STATEMENTS + POSITIONS)
    assert files[PARTY].startswith(path.format("../../../"))


def test_pieces_that_were_added_by_hand_come_last() -> None:
    files = split_party(HEAD + STATEMENTS + POSITIONS)
    files |= {
        "statements/a-new-one.yaml": "a-new-one: {source: paper}",
        "positions/tax.yaml": "tax: []\n",
    }
    del files["statements/first.yaml"]
    joined = join_party(files)
    assert (
        joined
        == HEAD
        + (
            "statements:  # what was said\n  second: {source: paper}\n"
            "  a-new-one: {source: paper}\n"
        )
        + POSITIONS
        + "  tax: []\n"
    )


@pytest.mark.parametrize(
    ("whole", "joined"),
    [
        (HEAD, HEAD + "statements:\n  a: {}\npositions: {}\n"),
        (HEAD + "statements: {}  # none\n", HEAD + "statements:  # none\n  a: {}\npositions: {}\n"),
        (
            HEAD + "statements:\n    b: {}",
            HEAD + "statements:\n    b: {}\n    a: {}\npositions: {}\n",
        ),
        (HEAD + "positions:", HEAD + "positions: {}\nstatements:\n  a: {}\n"),
    ],
)
def test_a_party_file_written_by_hand(whole: str, joined: str) -> None:
    assert join_party({PARTY: whole, "statements/a.yaml": "a: {}\n"}) == joined


@pytest.mark.parametrize(
    ("whole", "piece", "told"),
    [
        (HEAD + "statements: {b: {}}\n", "a: {}\n", "in braces"),
        ("{party: ann}\n", "a: {}\n", "without braces"),
        (HEAD, "{a: {}}\n", "without braces and ---"),
        (HEAD, "---\na: {}\n", "without braces and ---"),
        (HEAD, "[a]\n", "without braces and ---"),
        (HEAD + "statements:\n b: {}\n", "    a:\n# out\n      c: 1\n", "indented too differently"),
    ],
)
def test_what_cannot_be_joined(whole: str, piece: str, told: str) -> None:
    with pytest.raises(WrongUsage, match=told):
        join_party({PARTY: whole, "statements/a.yaml": piece})


def take_apart(folder: Path) -> None:
    """Give every party of a dossier a folder."""
    for file in party_files(folder):
        for name, text in split_party(file.read_bytes().decode()).items():
            place = folder / "parties" / file.stem / name
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(text.encode())
        file.unlink()


def findings(folder: Path) -> list[Any]:
    """What validate finds, but for places and lines."""
    checked = check_folder(folder, date(2026, 6, 30), 200)
    found = [(one.code, one.severity, one.message, one.hint) for one in checked.findings]
    return [sorted(found), checked.silenced]


def compared(dossier: Dossier) -> str:
    """The report of a comparison of all parties, or why there is none."""
    try:
        return json_text(diff_report(compare(dossier, list(dossier.parties))))
    except WrongUsage as error:
        return str(error)


LARGE = {"shipped": shipped("positions"), "talks": TALKS}


@pytest.mark.parametrize("name", largely(LARGE, "talks"))
def test_both_forms_of_a_large_dossier_are_the_same(name: str, tmp_path: Path) -> None:
    dossier = LARGE[name]
    texts = {file.name: file.read_bytes() for file in party_files(dossier)}
    for name, text in texts.items():
        assert join_party(split_party(text.decode())).encode() == text, name
    for file in dossier.rglob("*.yaml"):
        copy = tmp_path / file.relative_to(dossier)
        copy.parent.mkdir(exist_ok=True)
        copy.write_bytes(file.read_bytes())
    before = findings(tmp_path)
    take_apart(tmp_path)
    assert load_dossier(tmp_path) == load_dossier(dossier)
    assert findings(tmp_path) == before


@examples(200)
@given(dossiers(max_parties=2, features=FEATURES), st.integers())
def test_both_forms_of_any_dossier_are_the_same(
    tmp_path_factory: pytest.TempPathFactory, plain: PlainDossier, seed: int
) -> None:
    dice = Random(seed)
    folder = tmp_path_factory.mktemp("dossier")
    write_dossier(folder, *plain)
    for party, data in plain.parties.items():
        text = written(data, dice)
        assert join_party(split_party(text)) == text
        (folder / f"{party}.yaml").write_bytes(text.encode())
    before = load_dossier(folder), findings(folder)
    take_apart(folder)
    after = load_dossier(folder), findings(folder)
    assert after == before
    assert compared(after[0]) == compared(before[0])


def test_pieces_below_a_deep_indent_are_not_joined_beyond_the_limit() -> None:
    """Each of many short lines would be indented as far as the one that is there."""
    whole = f"party: x\nname: X\nstatements:\n{' ' * 1_000_000}a: {{}}\npositions: {{}}\n"
    pieces = "".join(f"b{number}: {{}}\n" for number in range(1_000))
    with pytest.raises(WrongUsage, match="as one file, it is larger than 8 MB"):
        join_party({PARTY: whole, "statements/b.yaml": pieces})
