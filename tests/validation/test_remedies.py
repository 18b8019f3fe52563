"""What a remedy proposes to write is itself in order, whatever was written."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimpos.dossier.findings import SourceText
from claimpos.dossier.model import Issue
from claimpos.dossier.parsing.file import parse
from claimpos.dossier.reading.form import Misshapen, identifier
from claimpos.validation.texts_meant import id_form, id_meant, issue_of, outcome_meant
from tests.conftest import examples

PAY = Issue("pay-rise", "Pay rise", "How much?", "pay", "quantity", unit="per cent")
WEEKEND = Issue("weekend", "Weekend work", "May it?", "pay", "choice", {"rota": "By rota"})
TERMS = WEEKEND._replace(id="terms", options={"rota": "By rota", "ban": "No"})
ISSUES = {"pay-rise": PAY, "weekend": WEEKEND, "terms": TERMS}


@examples(300)
@given(written=st.text() | st.from_regex(r"[A-Za-z0-9 _.-]{1,20}", fullmatch=True))
def test_a_proposed_id_is_one(written: str) -> None:
    if proposed := re.match("write “(.*?)”", id_form(written)):
        assert identifier(proposed.group(1))
    else:
        with pytest.raises(Misshapen):
            identifier(written)


@pytest.mark.parametrize(
    ("written", "hint"),
    [
        ("By Rota", "write “rota”"),
        ("Rota", "write “rota”"),
        ("Rotta", "did you mean “rota”?"),
        ("Ünlü", "known: rota"),
        (
            "By rota if paid",
            "known: rota; a condition is written accepts: [{outcome: X, if: {…}}]",
        ),
    ],
)
def test_an_option_is_found_by_its_title(written: str, hint: str) -> None:
    assert outcome_meant(written, WEEKEND) == (f"“weekend” has no option “{written}”", hint)
    if " if " not in written:
        assert id_meant(written, WEEKEND.options) == hint


@pytest.mark.parametrize("written", ["rota or ban", "rota, ban", "rota/ban"])
def test_several_options_in_words_are_a_list(written: str) -> None:
    assert outcome_meant(written, TERMS)[1] == "write [rota, ban]"
    assert outcome_meant(f"{written} or more", TERMS)[1] != "write [rota, ban]"


@pytest.mark.parametrize(
    ("path", "issue"),
    [
        (["positions", "weekend", 0, "demands"], "weekend"),
        (["positions", "weekend", 0, "accepts", 1, "outcome"], "weekend"),
        (["positions", "weekend", 0, "accepts", 1, "if", "pay-rise"], "pay-rise"),
        (["positions", "weekend", 0, "accepts", 1, "if", "pay-rise", 2, "min"], "pay-rise"),
        (["positions", "weekend", 0, "accepts", 1, "subject-to"], ""),
        (["positions", "weekend", 0, "since"], ""),
        (["positions", "weekend", 0, "evidence", 0], ""),
        (["positions", "unknown", 0, "demands"], ""),
        (["terms", "pay-rise", "outcome"], "pay-rise"),
        (["terms", "pay-rise", "summary"], ""),
        (["statements", "pay-rise", "summary"], ""),
        (["terms", "pay-rise", "outcome", "bracketed", 0, "outcome"], "pay-rise"),
        (["terms", "pay-rise", "outcome", "bracketed", 0, "by", 0], ""),
        (["positions", "terms", 0, "demands"], "terms"),
        (["positions", "positions", 0, "accepts", 0, "if", "terms"], "terms"),
        (["party"], ""),
        ([], ""),
    ],
)
def test_the_issue_of_a_place(path: list[str | int], issue: str) -> None:
    assert issue_of(path, ISSUES) == ISSUES.get(issue)


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("a:\n  -since: 1\n   b: 2\n", "put a space after the dash"),
        ("a:\n  - since:1\n    b: 2\n", "put a space after the colon"),
        ("a:\n\t- b\n", "indent with spaces, never with tabs"),
        (
            'a: "Six" is it\nb: c\n',
            "the quoted text ends before this; put all of it in quotes, of the other kind",
        ),
        (
            "a: 'it's so'\nb: c\n",
            "the quoted text ends before this; put all of it in quotes, of the other kind",
        ),
        (
            "a:\n  b: one: two\n",
            "put a text that contains “: ” in quotes; a second key begins a line of its own",
        ),
        (
            "a: one: two\n",
            "put a text that contains “: ” in quotes; a second key begins a line of its own",
        ),
        ('a: "open\nb: c\n', "close the quote that opens here"),
    ],
)
def test_slips_of_the_pen(text: str, hint: str) -> None:
    _, (finding,) = parse(SourceText("x.yaml", text))
    assert (finding.code, finding.hint) == ("CP101", hint)
