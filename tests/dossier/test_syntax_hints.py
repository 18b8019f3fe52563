"""A slip of the pen is reported where it was made, by its name, however late the parser notices."""

from __future__ import annotations

from pathlib import Path

import pytest

from claimpos.dossier import loading
from claimpos.dossier.findings import SourceText
from claimpos.dossier.parsing.file import parse
from tests.support import within
from tests.validation_rules.cases import found_in

HEAD = "party: case\nname: A case\n"
ENTRY = "positions:\n  cap:\n    - since: 2025\n      demands: 5\n      evidence: [said]\n"
STATEMENT = (
    "statements:\n  said:\n    source: paper\n    basis: stated\n    summary: Said so.\n"
    "    said: 2020\n"
)
GOOD = HEAD + STATEMENT + ENTRY

# What is written otherwise, how, where in the file, and what is said of it.
SLIPS = [
    ("summary: Said", "summary:Said", "7:12", "the space after “summary:” is missing"),
    ("basis: stated", "basis:stated", "6:10", "the space after “basis:” is missing"),
    ("- since: 2025", "-since: 2025", "11:5", "the space after the dash is missing"),
    ("basis: stated", "basis:\u00a0stated", "6:11", "a no-break space (U+00A0) is here"),
    ("basis: stated", "basis:\u202fstated", "6:11", "a narrow no-break space (U+202F)"),
    ("basis: stated", "basis:\u3000stated", "6:11", "an ideographic space (U+3000)"),
    ("    - since", "   \u00a0- since", "11:4", "a no-break space (U+00A0) is here"),
    ("      demands", "\u00a0     demands", "12:1", "a no-break space (U+00A0) is here"),
    ("- since: 2025", "-\u00a0since: 2025", "11:6", "a no-break space (U+00A0) is here"),
    ("      demands", "\tdemands", "12:1", "a tab indents this line"),
    ("- since: 2025", "since: 2025", "11:5", "the dash before “since” is missing"),
    ("demands: 5", "demands: >= 5", "12:16", "“>= 5” does not stand for a range"),
    ("demands: 5", "demands: > 5", "12:16", "“> 5” does not stand for a range"),
    ("demands: 5", "demands: >5", "12:16", "“>5” begins a block of text"),
    ("Said so.", "“Yes: so.”", "7:14", "“ does not quote in YAML"),
    ("[said]", "[said", "13:17", "not valid YAML: did not find expected ',' or ']'"),
    ("Said so.", '"Said so.', "7:14", "not valid YAML: found unexpected end of stream"),
    ("    basis", "     basis", "6:6", "“basis” is indented further than “source”"),
    ("demands: 5", "demands: {min:5}", "12:17", "“min:5” is not a valid id"),
    ("demands: 5", "demands: {min:\u00a05}", "12:17", "“min:\u00a05” is not a valid id"),
    ("- since: 2025", "-\tsince: 2025", "11:6", "a tab indents this line"),
    ("- since: 2025", "– since: 2025", "11:5", "“–” does not begin a member of a list"),
    ("- since: 2025", "• since: 2025", "11:5", "“•” does not begin a member of a list"),
    ("- since: 2025", "* since: 2025", "11:5", "“*” does not begin a member of a list"),
    ("- since: 2025", "-- since: 2025", "11:5", "“--” does not begin a member of a list"),
    ("demands: 5", "demands = 5", "12:15", "“=” stands here in place of a colon"),
    ("demands: 5", "demands -> 5", "12:15", "“->” stands here in place of a colon"),
    ("demands: 5", "demands： 5", "12:14", "“：” stands here in place of a colon"),
    ("      demands", "<<<<<<< HEAD\n      demands", "12:1", "left over from a merge conflict"),
    ("      demands", "=======\n      demands", "12:1", "left over from a merge conflict"),
    ("      demands", "||||||| base\n      demands", "12:1", "left over from a merge conflict"),
    ("      demands", ">>>>>>> edit\n      demands", "12:1", "left over from a merge conflict"),
    ("      demands", "...\n      demands", "12:1", "“...” ends the document"),
    ("name: A", "name:A", "2:5", "the space after “name:” is missing"),
    ("A case", "A \u200bcase", "2:9", "U+200B (zero width space)"),
    ("name", "\ufeffname", "2:1", "U+FEFF (byte-order mark)"),
    ("Said so.", ">\n    Said so.", "8:5", "the text of “summary” is indented no further than"),
    ("Said so.", "|-\n  Said so.", "8:3", "the text of “summary” is indented no further than"),
]


@pytest.mark.parametrize(("right", "wrong", "place", "message"), SLIPS)
def test_a_slip_is_reported_where_it_was_made(
    right: str, wrong: str, place: str, message: str, tmp_path: Path
) -> None:
    text = GOOD.replace(right, wrong, 1)
    assert text != GOOD
    finding, *_ = found_in(tmp_path / "p", {"case.yaml": text})["case.yaml"]
    assert f"{finding.span.line}:{finding.span.column}" == place, finding
    assert message in finding.message
    assert finding.hint


def test_the_file_is_right_without_slips(tmp_path: Path) -> None:
    assert found_in(tmp_path / "p", {"case.yaml": GOOD})["case.yaml"] == []


def test_a_further_entry_without_its_dash() -> None:
    text = "cap:\n  - since: 2025\n    demands: 5\n  since: 2026\n    demands: 6\n"
    _, (finding,) = parse(SourceText("x.yaml", text))
    assert (finding.span.line, finding.message) == (4, "the dash before “since” is missing")


@pytest.mark.parametrize(
    ("written", "hint"),
    [
        ("demands: >= 6,5", "write {min: 6.5}"),
        ("demands: >5", "write {above: 5}"),
        ("demands: >=1,000", "write {min: 1000} if thousands are meant, else {min: 1}"),
    ],
)
def test_signs_of_comparison_have_a_remedy(written: str, hint: str, tmp_path: Path) -> None:
    text = GOOD.replace("demands: 5", written)
    finding, *_ = found_in(tmp_path / "p", {"case.yaml": text})["case.yaml"]
    assert finding.hint == hint


@pytest.mark.parametrize(
    ("right", "wrong", "hint"),
    [
        ("demands: 5", "demands: {min:5}", "put a space after the colon: write “min: 5”"),
        ("  demands", "  \u00a0demands", "write “demands”, without a no-break space (U+00A0)"),
        (
            "evidence:",
            "evidence\u202f:",
            "write “evidence”, without a narrow no-break space (U+202F)",
        ),
        ("demands: 5", "demands: {min:\u00a05}", "put a space after the colon: write “min: 5”"),
        (
            "- since: 2025\n      demands: 5\n      evidence: [said]\n",
            "- {since: 2025, demands:5, evidence: [said]}\n",
            "put a space after the colon: write “demands: 5”",
        ),
    ],
)
def test_a_key_and_a_value_run_together(right: str, wrong: str, hint: str, tmp_path: Path) -> None:
    text = GOOD.replace(right, wrong)
    hints = [one.hint for one in found_in(tmp_path / "p", {"case.yaml": text})["case.yaml"]]
    assert any(one.startswith(hint) for one in hints)


@pytest.mark.parametrize(
    ("right", "wrong", "hint"),
    [
        ("Said so.", "[sic] so.", "the bracketed text ends before this; put all of it in quotes"),
        ("Said so.", "{sic} so.", "the bracketed text ends before this; put all of it in quotes"),
        ("Said so.", "> so.", "put a text that begins with > or | in quotes"),
        ("Said so.", "| so.", "put a text that begins with > or | in quotes"),
        ("Said so.", "? so.", "put a text that begins with ? in quotes"),
        ("Said so.", "*really* so.", "put a text that begins with * or & in quotes"),
        ("Said so.", "&c so.", "write the value out; put a text that begins with & or * in quotes"),
        ("Said so.", "*c", "write the value out; put a text that begins with & or * in quotes"),
        ("Said so.", '"Said", so.', "the quoted text ends before this; put all of it in quotes"),
        ("Said so.", '"Said so.",', "delete the comma: a new line separates keys"),
        ("[said]", "[said]]", "delete this bracket, which closes nothing"),
        ("[said]", "[said],", "delete the comma: a new line separates keys"),
        ("[said]", "(said)", "write [said]. "),
        ("[said]", "said, other", "write [said, other]. "),
        ("[said]", "said; other", "write [said, other]. "),
        ("[said]", "~", "A list of ids of this party's statements"),
        ("Said so.", "'tis said so.", "close the quote that opens here; put a text that begins"),
        ("Said so.", "~", "One neutral sentence in your own words: what was said."),
        ("demands: 5", "demands: {min 5}", "write “min: 5”"),
        ("demands: 5", "demands: {max=6,5}", "write “max: 6.5”"),
        ("demands: 5", "demands: {max: 5, min=4}", "write “min: 4”"),
        (
            "evidence: [said]",
            "<<: {evidence: [said]}",
            "write “evidence” itself here: a merge (<<)",
        ),
        ("  cap:", "  - cap:", "write “cap:” without a dash before it"),
        ("since: 2025", "since: 2025-01-03T10:00:00+01:00", "write 2025-01-03"),
        ("since: 2025", "since: 3/4/2025", "write 2025-04-03 if the day stands first, else 2025-"),
        ("demands: 5", "standing: y\n      demands: 5", "write true, in small letters and"),
        ("demands: 5", "standing: 'true'\n      demands: 5", "write true, in small letters and"),
        ("demands: 5", "standing: FALSE\n      demands: 5", "write false, in small letters and"),
        ("[said]", "[said; more]", "put each id by itself, with a comma between two: ids are"),
        ("[said]", "[“said”]", "write “said”, without quotation marks: ids are"),
        ("since: 2025", "since: “2025-01-03”", "write 2025-01-03"),
        ("demands: 5", "demands: true", "An outcome, written as"),
        (
            "     evidence",
            "    evidence",
            "align it with the keys above it, or put a dash before it",
        ),
    ],
)
def test_the_remedy_is_that_of_the_slip(right: str, wrong: str, hint: str, tmp_path: Path) -> None:
    text = GOOD.replace(right, wrong, 1)
    finding, *_ = found_in(tmp_path / "p", {"case.yaml": text})["case.yaml"]
    assert finding.hint.startswith(hint)


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("base", ["", "||||||| base\nc: d\n"])
def test_a_merge_that_is_not_settled(base: str, end: str) -> None:
    text = f"a: b\n<<<<<<< HEAD\nc: e\n{base}=======\nc: f\n>>>>>>> edit\n".replace("\n", end)
    _, (finding,) = parse(SourceText("x.yaml", text))
    assert finding.span[:2] == (2, 1)
    assert finding.message == "a merge conflict is not settled"


def test_a_merge_within_a_block_of_text_is_not_settled_either() -> None:
    text = "note: |\n  one\n<<<<<<< HEAD\n  two\n=======\n  three\n>>>>>>> edit\n"
    _, (finding,) = parse(SourceText("x.yaml", text))
    assert finding.span.line == 3


def test_signs_of_a_merge_in_a_text_are_text() -> None:
    data, findings = parse(SourceText("x.yaml", "note: git writes <<<<<<< and >>>>>>> there\n"))
    assert (data, findings) == ({"note": "git writes <<<<<<< and >>>>>>> there"}, [])


def test_a_pointer_of_git_lfs() -> None:
    text = "version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 5\n"
    _, (finding,) = parse(SourceText("x.yaml", text))
    assert "Git LFS" in finding.message
    assert finding.hint == "run `git lfs pull`"


def test_a_fault_at_the_end_of_a_long_file_is_found_quickly() -> None:
    keys = "".join(f"  k{at}: v\n" for at in range(20_000))
    with within(5):
        _, (finding,) = parse(SourceText("x.yaml", f"a:\n{keys}  x:y\n  z: 1\n"))
    assert finding.span.line == 20_002


@pytest.mark.parametrize(
    ("summary", "cut"),
    [
        ("Wants article #5.", True),
        ("Wants #metoo", True),
        ("Wants article # 5.", False),
        ("Wants article#5.", False),
        ('"Wants article #5."', False),
        ("Wants article  # that is, 5", False),
        ("Wants\n      article #5.", True),
        (">\n      Wants article #5.", False),
        ("Said.  #claimpos: ignore[CP110] no", False),
    ],
)
def test_a_text_that_a_sign_of_number_ends(summary: str, cut: bool, tmp_path: Path) -> None:
    text = GOOD.replace("Said so.", summary)
    found = found_in(tmp_path / "p", {"case.yaml": text})["case.yaml"]
    assert ("CP110" in {one.code for one in found}) == cut


@pytest.mark.parametrize(
    ("swallowed", "word"),
    [
        ("note: >\n  status:\n    - {since: 2025, demands: open, evidence: [said]}", "status"),
        ("note: |\n  - {since: 2025, demands: open, evidence: [said]}", "since"),
        ("note: 'So.\n    - {since: 2025,\n  '", "since"),
        ("note: So.\n  - open\n", "open"),
        ("note: So.\n  - 'open'  \n", "open"),
        ('note: >-\n  "status" :', "status"),
        ("note: >\n  - - open", "open"),
        ("note: >\n  - -4.5", "-4.5"),
        ("note: >\n  said: so", "said"),
        ("note: >\n  - [open, so]", "open"),
        ("note: >\n  veto: ann", "veto"),
        ("note: >\n  letter: {source: paper}", "letter"),
        ("note: >\n  paper:", "paper"),
        ("note: >\n  - case\n", "case"),
        ("note: >\n  so it is:\n  - as follows\nname: A", ""),
        ("note: >\n  open\n  Status: so", ""),
        ("note: 'open: so'", ""),
        ("note: >\n  - openly", ""),
        ("note: >\n  - open, or so it seems", ""),
        ("note: >\n  So: [inaudible]", ""),
        ("note: >\n\n  So: it is.\n\n", ""),
    ],
)
@pytest.mark.parametrize("kept", [0, 1_000_000])
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_keys_in_a_text(
    swallowed: str,
    word: str,
    line_end: str,
    kept: int,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(loading, "_KEPT_CHARACTERS", kept)
    text = GOOD.rstrip("\n") + "\n" + swallowed.replace("name: A", "short: A")
    found = found_in(tmp_path / "p", {"case.yaml": text.replace("\n", line_end)})["case.yaml"]
    told = [one.message for one in found if one.code == "CP112"]
    assert [one.split("“")[1].split("”")[0] for one in told] == [word] * bool(word)


@pytest.mark.parametrize("kept", [0, 1_000_000])
def test_lines_of_many_blanks_in_a_text_take_no_time(
    kept: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loading, "_KEPT_CHARACTERS", kept)
    blanks = " " * 100_000
    lines = [f"-{blanks}%", f"- [{blanks}%", f"- 'a'{blanks}%", f"{'- ' * 50_000}%", f"-\t{blanks}"]
    text = GOOD + "note: >\n" + "".join(f"  {line}\n" for line in lines)
    with within(5):
        found = found_in(tmp_path / "p", {"case.yaml": text})["case.yaml"]
    assert "CP112" not in {one.code for one in found}


@pytest.mark.parametrize(
    ("name", "read", "why"),
    [
        ("union.YAML", False, "small letters"),
        ("union.Yml", False, "small letters"),
        ("old/union.yaml", False, "it lies in “old”"),
        ("old/deep/union.yml", False, "it lies in “old/deep”"),
        ("proposals/old/draft.yaml", False, "it lies in “proposals/old”"),
        ("proposals/draft.YAML", False, "small letters"),
        ("notes.txt", True, ""),
    ],
)
def test_no_file_is_passed_over(name: str, read: bool, why: str, tmp_path: Path) -> None:
    path = tmp_path / "p" / name
    found = found_in(tmp_path / "p", {"case.yaml": GOOD})
    assert "CP605" not in {one.code for one in found["case.yaml"]}
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("party: union\n", "utf-8")
    told = unread(tmp_path / "p")
    assert [one for one in told if name in one] == told
    assert bool(told) != read
    assert all(why in one for one in told)


def test_a_dossier_within_a_dossier_is_left_alone(tmp_path: Path) -> None:
    found_in(tmp_path / "p", {"case.yaml": GOOD})
    (tmp_path / "p" / "other").mkdir()
    for name in ("agenda.yaml", "union.yaml"):
        (tmp_path / "p" / "other" / name).write_text("", "utf-8")
    assert unread(tmp_path / "p") == []


def unread(folder: Path) -> list[str]:
    """What is said of the files that are not read."""
    from claimpos.validation.checking import check_folder
    from tests.validation_rules.cases import TODAY

    findings = check_folder(folder, TODAY).findings
    return [f"{one.source.path}: {one.message}" for one in findings if one.code == "CP605"]
