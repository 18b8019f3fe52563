"""What must move for a deal, and who could sign which text, held against what is known of it.

The tables are read off the tool and were gone through by someone who knows the talks; each entry
has the reason why it is as it should be. They are no forecasts.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

import pytest

from claimpos.deals.assessment import assess
from claimpos.deals.search import Deals, find_deals
from claimpos.dossier.model import Cell
from claimpos.rendering.deals_report import deals_report
from tests.positions.test_files import dossier
from tests.positions.test_verdicts import DATES
from tests.support import largely

Points = dict[str, set[str]]


@cache
def deals(day: str, *parties: str) -> Deals:
    return find_deals(dossier, parties, day, aims=["least"])


def sticking_points(found: Deals) -> Points:
    """Each issue with a sticking point, and who could resolve it alone without a red line.

    Where that differs on one issue, whoever could resolve one of them.
    """
    issues: Points = {}
    for point in deals_report(found)["sticking_points"]:
        freely = {
            party
            for party, ways in point["alone_ways"].items()
            if any(not any(move["red_line"] for move in way["moves"]) for way in ways)
        }
        for position in point["positions"]:
            issues.setdefault(position["issue"], set()).update(freely)
    return issues


R, U = "russia", "ukraine"
MUST_MOVE: dict[str, Points] = {
    # Istanbul broke on the consent of all guarantors, and what Ukraine offered hung on guarantees;
    # Russia would stop once Crimea was recognised, Ukraine asked for a halt first.
    "2022-04-30": {
        "ceasefire": {R},
        "annexation-recognition": {R},
        "nato-membership": {R},
        "neutrality": {R},
        "foreign-troops": {R},
        "force-limits": {R},
        "nuclear-status": {R},
        "guarantees": {R},
    },
    # Annexation and the Peace Formula; Russia's no is as plain as Ukraine's later one, and NATO and
    # neutrality are its red lines.
    "2022-11-30": {
        "annexation-recognition": {R, U},
        "withdrawal": {U},
        "znpp": {R, U},
        "nato-membership": {U},
        "neutrality": {U},
        "guarantees": {R},
    },
    # Putin's terms of June 2024: the same, and Ukraine is to leave four regions. His no
    # to leaving them stands, and so does Ukraine's of November 2022 to compromise on its territory.
    "2024-06-30": {
        "annexation-recognition": set(),
        "withdrawal": {U},
        "znpp": {R, U},
        "nato-membership": {U},
        "neutrality": {U},
        "guarantees": {R},
        "sanctions": {R},
        "identity-duties": {R},
    },
    # The truce of Jeddah hangs on arms and mobilisation; both sides have named red lines. Ukraine
    # demands a way into NATO, which it offers to give up at a price only in December.
    "2025-03-14": {
        "ceasefire": {R, U},
        "arms-during-truce": {R, U},
        "mobilisation-during-truce": {R, U},
        "annexation-recognition": set(),
        "withdrawal": {U},
        "security-zone": {R},
        "znpp": {R, U},
        "nato-membership": set(),
        "neutrality": set(),
        "foreign-troops": {U},
        "force-limits": {R},
        "guarantees": {R},
        "sanctions": {R},
        "identity-duties": {R},
    },
    # Peskov and Lavrov in April: the truce hangs on the four regions, and claims are to be waived.
    # On the plant each has ruled out the other's control.
    "2025-05-01": {
        "ceasefire": {R},
        "arms-during-truce": {R},
        "mobilisation-during-truce": {R},
        "withdrawal": {R},
        "annexation-recognition": set(),
        "security-zone": {R},
        "znpp": set(),
        "nato-membership": set(),
        "neutrality": set(),
        "foreign-troops": {U},
        "force-limits": {R},
        "guarantees": {R},
        "sanctions": {R},
        "damage-claims": {R, U},
        "identity-duties": {R},
    },
    # The two memoranda of Istanbul: on troops, recognition and neutrality both say never.
    "2025-06-05": {
        "ceasefire": {R},
        "arms-during-truce": {R},
        "mobilisation-during-truce": {R},
        "withdrawal": {R},
        "territory-sequence": {R, U},
        "annexation-recognition": set(),
        "security-zone": {R},
        "znpp": set(),
        "nato-membership": set(),
        "neutrality": set(),
        "foreign-troops": set(),
        "force-limits": {R},
        "weapon-limits": {R},
        "guarantees": {R},
        "sanctions": {R},
        "damage-claims": {R, U},
        "identity-duties": {R},
    },
    # The 28 points: what they put on the table, nobody of the two had put forward. By then Russia
    # could think of three at the plant, and made guarantees by others depend on its own.
    "2025-11-22": {
        "ceasefire": {U},
        "territory-sequence": {R, U},
        "annexation-recognition": set(),
        "withdrawal": {R},
        "security-zone": {R},
        "znpp": {U},
        "nato-membership": set(),
        "neutrality": set(),
        "foreign-troops": set(),
        "force-limits": {R},
        "weapon-limits": {R},
        "sanctions": {R},
        "damage-claims": {R, U},
        "identity-duties": {R},
        "accountability": {U},
    },
    # After Bishkek: fighting stops when Ukraine leaves the land; the truce and Donbas are one.
    "2025-11-30": {
        "ceasefire": set(),
        "withdrawal": set(),
        "territory-sequence": {R, U},
        "annexation-recognition": set(),
        "security-zone": {R},
        "znpp": {U},
        "nato-membership": set(),
        "neutrality": set(),
        "foreign-troops": set(),
        "force-limits": {R},
        "weapon-limits": {R},
        "sanctions": {R},
        "damage-claims": {R, U},
        "identity-duties": {R},
        "accountability": {U},
    },
    # After the 20 points: the cease-fire and the size of forces no longer divide them. In Donbas
    # each has ruled out what the other wants.
    "2025-12-30": {
        "annexation-recognition": set(),
        "withdrawal": set(),
        "security-zone": {R},
        "znpp": {U},
        "nato-membership": {R},
        "neutrality": set(),
        "foreign-troops": set(),
        "weapon-limits": {R},
        "sanctions": {R},
        "damage-claims": {R, U},
        "identity-duties": {R},
        "accountability": {U},
    },
    # Elections are refused before a treaty; the rest stands as it was.
    "2026-06-30": {
        "annexation-recognition": set(),
        "withdrawal": set(),
        "security-zone": {R},
        "znpp": {U},
        "nato-membership": {R},
        "neutrality": set(),
        "foreign-troops": set(),
        "weapon-limits": {R},
        "sanctions": {R},
        "damage-claims": {R, U},
        "elections": {R},
        "identity-duties": {R},
        "accountability": {U},
    },
}


@pytest.mark.parametrize("day", DATES)
def test_what_must_move_between_russia_and_ukraine(day: str) -> None:
    found = deals(day, R, U)
    assert (found.answer, found.proved) == ("blocked", True)
    assert sticking_points(found) == MUST_MOVE[day]


def regions(found: Deals, issue: str) -> set[str]:
    """The items of an issue on which there is a sticking point."""
    return {
        one.cell.item
        for point in found.sticking_points
        for one in point.positions
        if one.cell.issue == issue and one.cell.item
    }


def test_donbas_is_what_remains_of_withdrawal() -> None:
    """In 2025 four regions and Crimea; after Bishkek the line stands elsewhere."""
    four = {"donetsk", "luhansk", "kherson", "zaporizhzhia"}
    assert regions(deals("2025-03-14", R, U), "withdrawal") == {*four, "crimea"}
    assert regions(deals("2025-06-05", R, U), "withdrawal") == four
    assert regions(deals("2026-11-23", R, U), "withdrawal") == {"donetsk", "luhansk"}


def test_the_ranking_decides_on_recognition_until_ukraine_says_it_too() -> None:
    for day in DATES:
        found = deals(day, R, U)
        never = {
            point.ranking_decides is not None
            for point in found.sticking_points
            if any(one.cell.issue == "annexation-recognition" for one in point.positions)
        }
        assert never == {day < "2025"}


def test_the_truce_of_march_2025_is_one_knot_with_its_conditions() -> None:
    point = deals("2025-03-14", R, U).sticking_points[0]
    cells = {one.cell for one in point.positions}
    assert cells == {
        Cell("ceasefire"),
        Cell("arms-during-truce", "ukraine"),
        Cell("mobilisation-during-truce", "ukraine"),
    }
    assert point.conflict_sets_count == 2
    own = [way for way in point.ways_out if way.parties == (U,) and way.red_lines]
    assert [len(way.moves) for way in own] == [2]


# April 2025: the US text and the European and Ukrainian one


def cells_told(cells: Iterable[Cell]) -> set[str]:
    return {cell.issue for cell in cells}


def test_in_april_2025_the_two_texts_leave_yeses_and_no_refusals() -> None:
    """What the US put forward it had not called its last word; whoever signs the other text says
    yes to what the US had offered otherwise: Crimea, NATO, the order of talks, sanctions."""
    found = deals("2025-04-25", "us", "europe", "ukraine")
    assert found.answer == "open"
    assert not found.sticking_points
    for_the_us = cells_told(found.shares["us"].unanswered)
    assert for_the_us >= {
        "annexation-recognition",
        "territory-sequence",
        "nato-membership",
        "sanctions",
        "guarantees",
        "force-limits",
        "frozen-assets",
    }
    assert not for_the_us & {"znpp", "lower-dnipro", "eu-membership", "ceasefire"}


@pytest.mark.parametrize(
    ("region", "outcome"), [("crimea", "de-jure"), ("luhansk", "de-facto"), ("kherson", "de-facto")]
)
def test_its_recognition_would_cross_the_others_red_line(region: str, outcome: str) -> None:
    fixed = {Cell("annexation-recognition", region): frozenset({outcome})}
    parties = ["us", "europe", "ukraine"]
    found = find_deals(dossier, parties, "2025-04-25", fixed=fixed, aims=["least"])
    assert found.answer == "blocked"
    moves = [
        move for point in found.sticking_points for way in point.ways_out for move in way.moves
    ]
    assert {move.position.party for move in moves} == {"europe", "ukraine"}
    assert all(move.red_line for move in moves)


# Each text against its time: the issues that a party refuses, crossing a red line or not

REFUSED: list[tuple[str, str, str, set[str]]] = [
    # Both sides' delegations had agreed on the points of the communiqué; then Russia asked for a
    # say of every guarantor.
    ("istanbul-communique-2022", "2022-04-10", R, set()),
    ("istanbul-communique-2022", "2022-04-10", U, set()),
    ("istanbul-communique-2022", "2022-04-20", R, {"guarantees"}),
    # In the draft of April the differences stand in brackets.
    ("istanbul-draft-2022-04", "2022-04-20", R, set()),
    ("istanbul-draft-2022-04", "2022-04-20", U, set()),
    # Kyiv said no to recognition; Moscow wanted the four regions whole, in law, and the plant.
    ("us-text-2025-04", "2025-04-25", "us", set()),
    (
        "us-text-2025-04",
        "2025-04-25",
        U,
        {"annexation-recognition", "nato-membership", "sanctions"},
    ),
    ("us-text-2025-04", "2025-04-25", "europe", {"annexation-recognition", "sanctions"}),
    (
        "us-text-2025-04",
        "2025-04-25",
        R,
        {"annexation-recognition", "withdrawal", "znpp", "nato-membership"},
    ),
    # Washington would not send troops; Moscow refused foreign troops and an army without limits.
    ("europe-ukraine-text-2025-04", "2025-04-25", U, set()),
    ("europe-ukraine-text-2025-04", "2025-04-25", "europe", set()),
    ("europe-ukraine-text-2025-04", "2025-04-25", "us", {"foreign-troops"}),
    (
        "europe-ukraine-text-2025-04",
        "2025-04-25",
        R,
        {
            "territory-sequence",
            "znpp",
            "nato-membership",
            "foreign-troops",
            "force-limits",
            "guarantees",
            "sanctions",
        },
    ),
    # The memoranda: each refused most of the other's.
    ("russia-memorandum-2025-06", "2025-06-05", R, set()),
    (
        "russia-memorandum-2025-06",
        "2025-06-05",
        U,
        {
            "arms-during-truce",
            "mobilisation-during-truce",
            "territory-sequence",
            "annexation-recognition",
            "withdrawal",
            "nato-membership",
            "neutrality",
            "foreign-troops",
            "force-limits",
            "weapon-limits",
            "damage-claims",
            "civilian-returns",
            "identity-duties",
        },
    ),
    ("ukraine-memorandum-2025-06", "2025-06-05", U, set()),
    ("ukraine-memorandum-2025-06", "2025-06-05", "europe", set()),
    (
        "ukraine-memorandum-2025-06",
        "2025-06-05",
        R,
        {
            "territory-sequence",
            "annexation-recognition",
            "nato-membership",
            "neutrality",
            "foreign-troops",
            "force-limits",
            "weapon-limits",
            "sanctions",
        },
    ),
    # The 28 points: a possible basis for Putin, with points to discuss; Kyiv's red lines.
    ("us-28-points-2025-11", "2025-11-22", "us", set()),
    (
        "us-28-points-2025-11",
        "2025-11-30",
        U,
        {
            "ceasefire",
            "territory-sequence",
            "annexation-recognition",
            "withdrawal",
            "znpp",
            "nato-membership",
            "foreign-troops",
            "force-limits",
            "damage-claims",
            "identity-duties",
            "accountability",
        },
    ),
    (
        "us-28-points-2025-11",
        "2025-11-30",
        R,
        {"annexation-recognition", "frozen-assets", "sanctions", "elections"},
    ),
    # Europe's answers to them.
    ("e3-text-2025-11", "2025-11-30", "europe", set()),
    ("e3-text-2025-11", "2025-11-30", R, {"nato-membership", "foreign-troops", "frozen-assets"}),
    ("europe-24-points-2025-11", "2025-11-30", U, set()),
    (
        "europe-24-points-2025-11",
        "2025-11-30",
        R,
        {
            "territory-sequence",
            "znpp",
            "nato-membership",
            "neutrality",
            "foreign-troops",
            "force-limits",
        },
    ),
    # The 20 points leave out what was not agreed (Donetsk, the plant); Moscow: out of Donbas first.
    ("twenty-points-2025-12", "2025-12-31", U, set()),
    ("twenty-points-2025-12", "2025-12-31", "us", set()),
    ("twenty-points-2025-12", "2025-12-31", R, {"withdrawal", "elections"}),
    ("us-side-draft-2025-11", "2025-11-22", "us", set()),
    ("paris-declaration-2026-01", "2026-01-10", U, set()),
    ("paris-declaration-2026-01", "2026-01-10", R, {"foreign-troops"}),
    # The EU's paper asks for reparations, which Russia wants waived.
    ("eu-core-interests-2026-02", "2026-03-01", "eu", set()),
    ("eu-core-interests-2026-02", "2026-03-01", R, {"damage-claims"}),
    # A truce at once and a meeting: Russia turned the letter down.
    ("open-letter-2026-06", "2026-06-30", U, set()),
    ("open-letter-2026-06", "2026-06-30", R, {"leaders-meeting"}),
]


@pytest.mark.parametrize(("proposal", "day", "party", "refused"), REFUSED)
def test_what_a_text_asks_that_a_party_refuses(
    proposal: str, day: str, party: str, refused: set[str]
) -> None:
    assessment = assess(dossier, dossier.proposals[proposal], [party], day)
    found = {
        term.cell.issue for term in assessment.terms if term.says[party] in ("gives", "crosses")
    }
    assert found == refused


def test_every_proposal_is_held_against_its_time() -> None:
    assert {proposal for proposal, _, _, _ in REFUSED} == set(dossier.proposals)


@pytest.mark.parametrize("proposal", sorted(dossier.proposals))
def test_authors_do_not_refuse_their_own_text(proposal: str) -> None:
    text = dossier.proposals[proposal]
    days = [day for name, day, _, _ in REFUSED if name == proposal]
    assessment = assess(dossier, text, list(text.authors), days[0])
    assert all(
        says in ("yes", "unsaid") for term in assessment.terms for says in term.says.values()
    )


@pytest.mark.parametrize("day", largely(DATES, *DATES[1::2]))
def test_all_parties_together_are_found_and_proved(day: str) -> None:
    found = deals(day, *dossier.parties)
    assert (found.answer, found.proved, found.all_sticking_points) == ("blocked", True, True)
