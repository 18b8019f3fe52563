"""What a party says to one term of a text: each rule, and which of two goes first."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from claimpos.deals.assessment import assess
from claimpos.dossier.model import Cell, PartialDate, Proposal, Term
from claimpos.dossier.outcomes import Range
from claimpos.rendering.assess import assess_document
from claimpos.rendering.assess_report import assess_report
from claimpos.rendering.renderers import rendered
from claimpos.wording.responses import Responses
from tests.support import short_dossier

AGENDA: dict[str, Any] = {
    "topic": {"options": ["a", "b", "c"]},
    "other": {"options": ["x", "y"]},
    "cap": {"unit": "men"},
}
IF_X: dict[str, Any] = {"outcome": "a", "if": {"other": "x"}}

# The party's entry on the topic, what the text has on the other issue, what it says to “a”.
RULES: list[tuple[dict[str, Any], str, str]] = [
    ({"proposes": "a"}, "", "yes"),
    ({"accepts": "a"}, "", "yes"),
    ({"demands": "a"}, "", "yes"),
    ({"demands": "b"}, "", "gives"),
    ({"refuses": "a"}, "", "crosses"),
    ({"demands": "b", "refuses": "a"}, "", "crosses"),
    ({"demands": "b", "accepts": "a"}, "", "yes"),
    ({"accepts": "b"}, "", "unsaid"),
    ({"reserves": "All of it."}, "", "unsaid"),
    ({"accepts": [IF_X]}, "x", "yes"),
    ({"accepts": [IF_X]}, "y", "gives"),
    ({"accepts": [IF_X]}, "", "unsaid"),
    ({"accepts": [IF_X], "refuses": "a"}, "y", "crosses"),
    ({"accepts": [IF_X], "refuses": "a"}, "x", "yes"),
    ({"accepts": [IF_X], "demands": "a"}, "y", "gives"),
    ({"accepts": [IF_X], "proposes": "a"}, "y", "yes"),
    ({"accepts": [IF_X, "a"]}, "y", "yes"),
    ({"accepts": [{**IF_X, "subject-to": "a vote"}]}, "x", "unsaid"),
    ({"accepts": [{**IF_X, "subject-to": "a vote"}]}, "y", "gives"),
    ({"accepts": [IF_X, {"outcome": "a", "subject-to": "a vote"}]}, "y", "unsaid"),
    ({"accepts": [IF_X, {"outcome": "a", "if": {"cap": 5}}]}, "y", "unsaid"),
]


def draft(**terms: Any) -> Proposal:
    """A proposal from issue ids and outcomes."""
    day = PartialDate("2025-03-14", *2 * [date(2025, 3, 14)])
    read = {issue: Term({Cell(issue): outcomes}, "A term.") for issue, outcomes in terms.items()}
    return Proposal("draft", "A draft", day, "draft", None, read)


@pytest.mark.parametrize(("entry", "other", "says"), RULES)
def test_rule(entry: dict[str, Any], other: str, says: str, tmp_path: Path) -> None:
    dossier = short_dossier(tmp_path, AGENDA, {"ann": {"topic": entry}})
    others = {"other": frozenset({other})} if other else {}
    assessed = assess(dossier, draft(topic=frozenset({"a"}), **others), as_of="2025-03-14")
    assert assessed.terms[0].says == {"ann": says}


@pytest.mark.parametrize(
    ("entry", "says"),
    [
        ({"accepts": {"min": 5}}, "yes"),
        ({"accepts": {"min": 6}}, "unsaid"),
        ({"refuses": {"min": 0}}, "crosses"),
        ({"refuses": {"min": 6}}, "unsaid"),
        ({"demands": {"max": 4}, "refuses": {"min": 6}}, "gives"),
        ({"demands": {"max": 5}}, "unsaid"),
    ],
)
def test_a_range_is_answered_only_where_every_value_is(
    entry: dict[str, Any], says: str, tmp_path: Path
) -> None:
    dossier = short_dossier(tmp_path, AGENDA, {"ann": {"cap": entry}})
    assessed = assess(dossier, draft(cap=(Range(5, 10),)), as_of="2025-03-14")
    assert assessed.terms[0].says == {"ann": says}
    assert assessed.refused == (says in {"gives", "crosses"})


def test_a_condition_on_a_range_holds_only_for_all_of_it(tmp_path: Path) -> None:
    entry = {"accepts": [{"outcome": "a", "if": {"cap": {"max": 7}}}]}
    dossier = short_dossier(tmp_path, AGENDA, {"ann": {"topic": entry}})
    says = {}
    for high in (7, 10):
        text = draft(topic=frozenset({"a"}), cap=(Range(5, high),))
        says[high] = assess(dossier, text, as_of="2025-03-14").terms[0].says["ann"]
    assert says == {7: "yes", 10: "unsaid"}


def test_what_no_text_settles_is_not_called_unmet(tmp_path: Path) -> None:
    entry = {"accepts": [{**IF_X, "subject-to": "a vote"}]}
    dossier = short_dossier(tmp_path, AGENDA, {"ann": {"topic": entry}})
    told = {}
    for other in ("x", "y"):
        text = draft(topic=frozenset({"a"}), other=frozenset({other}))
        assessed = assess(dossier, text, as_of="2025-03-14")
        (term, *_) = assessed.terms
        told[other] = Responses(assessed.table, assessed.text).why(
            "ann", Cell("topic"), term.says["ann"], term.outcome
        )
    assert told == {
        "x": "would accept this if ⟨Other⟩ is settled as ⟨X⟩ (also required: ⟨a vote⟩)",
        "y": "would accept this if ⟨Other⟩ is settled as ⟨X⟩, which is not met, and on this "
        "condition: ⟨a vote⟩",
    }


@pytest.mark.parametrize(
    ("entry", "told"),
    [
        ({"accepts": [IF_X]}, "Ann: condition not met (would accept this if"),
        ({"accepts": [IF_X], "demands": "b"}, "Ann: excluded by a demand (demands *B*; would"),
        ({"accepts": [IF_X], "refuses": "a"}, "Ann: red line (rejects *A*; would accept"),
    ],
)
def test_who_demanded_nothing_is_not_told_to_have(
    entry: dict[str, Any], told: str, tmp_path: Path
) -> None:
    dossier = short_dossier(tmp_path, AGENDA, {"ann": {"topic": entry}})
    text = draft(topic=frozenset({"a"}), other=frozenset({"y"}))
    document = assess_document([assess(dossier, text, as_of="2025-03-14")])
    assert told in rendered(document, "github")


def test_what_the_text_leaves_out_is_listed(tmp_path: Path) -> None:
    dossier = short_dossier(tmp_path, AGENDA, {"ann": {}})
    assessed = assess(dossier, draft(other=frozenset({"x"})), as_of="2025-03-14")
    assert assessed.left_out == (Cell("topic"), Cell("cap"))
    assert assessed.terms[0].says == {"ann": "unsaid"}


def test_answers_of_after_the_day_of_a_text_are_told_apart(tmp_path: Path) -> None:
    """They are told where the day is the text's own, and change no response."""
    dossier = short_dossier(
        tmp_path,
        AGENDA,
        {"ann": {}, "bo": {}},
        {"text": {"terms": {"topic": "a"}, "date": "2025-03-01"}},
        {
            "ann": {"answers": {"text": [{"since": "2025-05", "says": "refuses"}]}},
            "bo": {
                "answers": {
                    "text": [
                        {"since": "2025-03-01", "says": "accepts"},
                        {"since": "2025-04-02", "says": "accepts-as-basis"},
                    ]
                }
            },
        },
    )
    text = dossier.proposals["text"]
    told = rendered(assess_document([assess(dossier, text)]), "github")
    assert (
        "Answered since: Bo accepts the text as a basis for talks (since 2 April 2025). "
        "Ann rejects the text as a whole (since May 2025)." in told
    )
    assert assess(dossier, text).terms[0].says == {"ann": "unsaid", "bo": "yes"}
    report = assess_report([assess(dossier, text)])
    assert [one["party"] for one in report["answered_since"]] == ["bo", "ann"]
    assert assess(dossier, text, as_of="2025-12-31").answered_since == []
    assert assess(dossier, text, basis="stated").answered_since
