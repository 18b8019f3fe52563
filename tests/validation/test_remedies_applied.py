"""A remedy that suggests what to write is applied: the fault is gone, the meaning is the author's.

Where it cannot be known what the author means, a remedy suggests nothing.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from claimpos import load_dossier
from claimpos.dossier.findings import Finding
from claimpos.dossier.outcomes import Range
from claimpos.language_server.answers import suggested
from tests.validation_rules.cases import cases, files_of, found_in, put_into, told

CASES = Path(__file__).resolve().parents[1] / "cases" / "dossier"


def mended(text: str, finding: Finding) -> Iterator[str]:
    """The text of a file, once for each thing that the remedy of the finding suggests."""
    span = finding.span
    lines = text.splitlines(keepends=True)
    if span.end_line != span.line or span.line > len(lines):
        return
    line = lines[span.line - 1]
    written = line[span.column - 1 : span.end_column - 1]
    for new in suggested(finding, written):
        lines[span.line - 1] = line[: span.column - 1] + new + line[span.end_column - 1 :]
        yield "".join(lines)


@pytest.mark.parametrize("case", cases("invalid"), ids=lambda case: case.stem)
def test_what_a_remedy_suggests_ends_the_fault(case: Path, tmp_path: Path) -> None:
    texts = {name: file.text for name, file in files_of(case).items()}
    tried = 0
    for name, findings in found_in(tmp_path / "before", texts).items():
        for finding in findings:
            for text in mended(texts.get(name, ""), finding) if name in texts else ():
                tried += 1
                now = found_in(tmp_path / f"after-{tried}", {**texts, name: text})[name]
                assert told(finding) not in [told(one) for one in now], text


SURE = {
    "6,5": 6.5,
    ".5": 0.5,
    "0,500": 0.5,
    "1,00": 1,
    "1.000,5": 1000.5,
    "1,234.5": 1234.5,
    "1.234.567,89": 1234567.89,
    "1,000,000": 1000000,
    "12,34,567": 1234567,
    "1 000": 1000,
    "1\u00a0000,5": 1000.5,
    "1'000": 1000,
    "1234,567": 1234.567,
    "007,5": 7.5,
    "6 per cent": 6,
    "6,5 %": 6.5,
    "−5": -5,
    "+5": 5,
    "٦٫٥": 6.5,
    "<= 5": (None, 5),
    "≤5": (None, 5),
    ">=5,5": (5.5, None),
    "at least 6": (6, None),
    "No more than 6,5 %": (None, 6.5),
    "6 or more": (6, None),
    "6 to 8": (6, 8),
    "6-8": (6, 8),
    "6–8 %": (6, 8),
    "between 6 and 8,5": (6, 8.5),
}


@pytest.mark.parametrize("written", SURE)
def test_a_figure_that_can_mean_one_thing_is_told(written: str, tmp_path: Path) -> None:
    (new,) = suggestions(written, tmp_path)
    expected = SURE[written]
    low, high = expected if isinstance(expected, tuple) else (expected, expected)
    exact = [None if end is None else Decimal(str(end)) for end in (low, high)]
    assert outcome(new, tmp_path) == (*exact, False, False)


@pytest.mark.parametrize(
    ("written", "open_range"),
    [("> 5", (5, None, True, False)), ("under 5", (None, 5, False, True))],
)
def test_an_open_end_stays_open(
    written: str, open_range: tuple[object, ...], tmp_path: Path
) -> None:
    (new,) = suggestions(written, tmp_path)
    assert outcome(new, tmp_path) == open_range


@pytest.mark.parametrize(
    ("written", "thousands", "decimals"), [("1,000", 1000, 1), ("-85,125", -85125, -85.125)]
)
def test_of_two_meanings_both_are_told(
    written: str, thousands: float, decimals: float, tmp_path: Path
) -> None:
    new = suggestions(written, tmp_path)
    found = [outcome(one, tmp_path / str(at))[0] for at, one in enumerate(new)]
    assert found == [thousands, Decimal(str(decimals))]


@pytest.mark.parametrize(
    "written",
    [
        *("1:30", "six", "about 3,5", "5+", "~5", "1/2", "½", "5²", "5 million", "0x10", "$5"),
        *("8-6", "2024-25", "1.2.3", "6,5,4", "5.", "overall 5", "6 days", "1,000-2,000", "six %"),
    ],
)
def test_of_a_figure_that_may_mean_anything_nothing_is_told(written: str, tmp_path: Path) -> None:
    assert suggestions(written, tmp_path) == []


@pytest.mark.parametrize(
    ("issue", "written", "new"),
    [
        ("cap", "6,5", []),
        ("cap", "1,5 - 2", []),
        ("cap", "1.000,0", ["1000"]),
        ("cap", "1.000.000", []),
        ("share", "1,000", ["1"]),
        ("years", "0,5", []),
        ("years", "-3,5", []),
        ("years", "1 year", ["1"]),
    ],
)
def test_what_the_issue_cannot_take_is_not_suggested(
    issue: str, written: str, new: list[str], tmp_path: Path
) -> None:
    expected = [case(issue=issue, demands=one) for one in new]
    assert suggestions(written, tmp_path, issue) == expected


@pytest.mark.parametrize(
    ("written", "new"),
    [
        ("14.03.2025", ["2025-03-14"]),
        ("3 Feb 2025", ["2025-02-03"]),
        ("2025-3-4", ["2025-03-04"]),
        ("03.04.2025", ["2025-04-03"]),
        ("13/03/2025", ["2025-03-13"]),
        ("20250314", ["2025-03-14"]),
        ("Sept 2025", ["2025-09"]),
        ("03/04/2025", ["2025-04-03", "2025-03-04"]),
        ("30.02.2025", []),
        ("31/04/2025", []),
        ("3/4/25", []),
        ("soon", []),
        ("Q1 2025", []),
        ("45730", []),
    ],
)
def test_dates(written: str, new: list[str], tmp_path: Path) -> None:
    text = case(since=json.dumps(written))
    (finding,) = found_in(tmp_path / "before", {"case.yaml": text})["case.yaml"]
    assert [*mended(text, finding)] == [case(since=one) for one in new]


@pytest.mark.parametrize(
    ("flow", "hint"),
    [
        ("{min: 6,5}", "a comma ends a value here; write 6.5 after “min:”"),
        ("{max: 85,000}", "write 85000 if thousands are meant, else 85 after “max:”"),
    ],
)
def test_a_figure_that_its_comma_cuts_in_two(flow: str, hint: str, tmp_path: Path) -> None:
    text = case(demands=flow)
    (finding,) = found_in(tmp_path / "before", {"case.yaml": text})["case.yaml"]
    assert hint in finding.hint


@pytest.mark.parametrize("written", ["Smith, John", "a: b", "- x", "#5", "5", "a]b"])
def test_brackets_are_not_to_change_a_text(written: str, tmp_path: Path) -> None:
    text = f'party: case\nname: A case\naliases: "{written}"\nstatements: {{}}\npositions: {{}}\n'
    for finding in found_in(tmp_path / "p", {"case.yaml": text})["case.yaml"]:
        assert "[" not in finding.hint


def test_an_id_that_is_taken_is_not_suggested(tmp_path: Path) -> None:
    said = "{source: paper, basis: stated, summary: So.}"
    text = (
        f"party: case\nname: A case\nstatements:\n  said: {said}\n  Said: {said}\n"
        "positions:\n  cap:\n    - {since: 2025, demands: 5, evidence: [said]}\n"
    )
    (finding,) = found_in(tmp_path / "p", {"case.yaml": text})["case.yaml"]
    assert "“said” is taken" in finding.hint


SAID = "{source: paper, basis: stated, summary: So.}"


@pytest.mark.parametrize(
    ("line", "hint"),
    [
        ("plural: yes", "write true"),
        ("plural: No", "write false"),
        ("positions: {cap: [{since: 2025, rejects: 5, evidence: [said]}]}", "write “refuses”"),
        (
            "positions: {share: [{since: 2025, accepts: {max: 40%}, evidence: [said]}]}",
            "write 40. ",
        ),
    ],
)
def test_another_word_for_the_same(line: str, hint: str, tmp_path: Path) -> None:
    text = f"party: case\nname: A case\nstatements:\n  said: {SAID}\n{line}\n"
    hints = [one.hint for one in found_in(tmp_path / "p", {"case.yaml": text})["case.yaml"]]
    assert any(one.startswith(hint) for one in hints)


def test_a_fault_of_the_agenda_leaves_the_other_remedies_right(tmp_path: Path) -> None:
    agenda = (CASES / "agenda.yaml").read_text("utf-8")
    texts = {
        "agenda.yaml": f"closed: 1 May 2030\n{agenda}",
        "case.yaml": case(issue="status", demands="Open to all"),
    }
    (finding,) = found_in(tmp_path / "p", texts)["case.yaml"]
    assert finding.message == "“status” has no option “Open to all”"
    texts["agenda.yaml"] = "title: [\n"
    (finding,) = found_in(tmp_path / "q", texts)["case.yaml"]
    assert finding.message == "“Open to all” is neither the id of an option nor a number"
    assert "write “" not in finding.hint


def case(since: str = "2025", issue: str = "rate", demands: str = "5") -> str:
    """The file of a party that demands something, each value as it stands in the file."""
    said = "{source: paper, said: 2020, basis: stated, summary: So.}"
    return (
        f"party: case\nname: A case\nstatements:\n  said: {said}\npositions:\n  {issue}:\n"
        f"    - since: {since}\n      demands: {demands}\n      evidence: [said]\n"
    )


def suggestions(written: str, folder: Path, issue: str = "rate") -> list[str]:
    """The files that the remedy suggests for one with a text in the place of a number."""
    text = case(issue=issue, demands=json.dumps(written))
    (finding,) = found_in(folder / "before", {"case.yaml": text})["case.yaml"]
    assert finding.span.line == 8
    return [*mended(text, finding)]


def outcome(text: str, folder: Path) -> Range:
    """What a party demands whose file says this."""
    put_into(folder / "after", {"case.yaml": text})
    (entry,) = load_dossier(folder / "after").parties["case"].positions["rate"]
    ((stretch,),) = entry.demands.values()
    assert isinstance(stretch, Range)
    return stretch


def test_an_old_id_has_the_new_one_for_a_remedy(tmp_path: Path) -> None:
    agenda = (CASES / "agenda.yaml").read_text("utf-8")
    agenda = agenda.replace("    title: Rate\n", "    title: Rate\n    formerly: [tariff]\n")
    texts = {"agenda.yaml": agenda, "case.yaml": case(issue="tariff")}
    (finding,) = found_in(tmp_path / "p", texts)["case.yaml"]
    assert (finding.code, finding.hint) == ("CP301", "write “rate”, its new id")


def test_a_word_for_a_majority_is_answered_with_a_rule(tmp_path: Path) -> None:
    agenda = (CASES / "agenda.yaml").read_text("utf-8")
    wrong = {"agenda.yaml": f"{agenda.rstrip()}\ndecides: majority\n"}
    (finding,) = found_in(tmp_path / "before", wrong)["agenda.yaml"]
    rule = finding.hint[finding.hint.index("{") : finding.hint.index("}") + 1]
    right = {"agenda.yaml": f"{agenda.rstrip()}\ndecides: {rule}\n"}
    assert found_in(tmp_path / "after", right).get("agenda.yaml", []) == []
