"""Agreement as plain data, `claimpos.agreement/1`; see schemas/agreement.schema.json."""

from __future__ import annotations

from typing import Any

from claimpos.comparison.agreement import Agreement, Difference
from claimpos.comparison.coding_units import Unit
from claimpos.comparison.reliability import RESAMPLES, SEED, Figure
from claimpos.dossier.model import Statement
from claimpos.dossier.outcomes import Number, Range
from claimpos.rendering.agreement import statements_behind
from claimpos.rendering.data import Rows
from claimpos.rendering.diff_report import outcomes_report
from claimpos.wording.names import written_range

FORMAT = "claimpos.agreement/1"


def agreement_report(found: Agreement) -> dict[str, Any]:
    """The comparison of codings as plain data; α is a binary fraction, None where undefined."""
    return {
        "format": FORMAT,
        "dossier": next(iter(found.codings.values())).title,
        "codings": list(found.codings),
        "as_of": None if found.day is None else found.day.isoformat(),
        "source": found.source,
        "resamples": RESAMPLES,
        "seed": SEED,
        "overall": _figure(found.overall),
        "verbs": {code: _figure(told) for code, told in found.codes.items()},
        "parties": {key: _figure(told) for key, told in found.parties.items()},
        "issues": {key: _figure(told) for key, told in found.issues.items()},
        "pairs": [{"codings": list(pair), **_figure(told)} for pair, told in found.pairs.items()],
        "coders": {
            name: {"named": one.named, "alone": one.alone, "alpha_without": one.without}
            for name, one in found.coders.items()
        },
        "quantities": {key: _figure(told) for key, told in found.quantities.items()},
        "left_out": list(found.left_out),
        "differences": [_difference(found, one) for one in found.differences],
    }


def _figure(told: Figure) -> dict[str, Any]:
    interval = None if told.low is None else [told.low, told.high]
    return {
        "units": told.units,
        "equal": told.equal,
        "alpha": told.alpha,
        "interval": interval,
    }


def _difference(found: Agreement, difference: Difference) -> dict[str, Any]:
    behind = statements_behind(found, difference)
    return {
        "party": difference.party,
        "issue": difference.issue,
        "units": [_unit(found, unit) for unit in difference.units],
        "statements": {
            coding: [_statement(one) for one in statements] for coding, statements in behind.items()
        },
    }


def _unit(found: Agreement, unit: Unit) -> dict[str, Any]:
    return {
        **({} if unit.item is None else {"item": unit.item}),
        "outcome": outcomes_report((unit.outcome,))
        if isinstance(unit.outcome, Range)
        else unit.outcome,
        "values": {coding: list(found.codes_of(coding, unit)) for coding in found.codings},
    }


def _statement(one: Statement) -> dict[str, Any]:
    told = {"id": one.id, "source": one.source.id, "said": one.said.text, "basis": one.basis}
    told |= {"summary": one.summary}
    speaker = {"speaker": one.speaker.name} if one.speaker else {}
    texts = {"quote": one.quote, "locator": one.locator, "note": one.note}
    return told | speaker | {key: text for key, text in texts.items() if text}


def agreement_rows(found: Agreement) -> Rows:
    """One line for each unit on which the codings differ, with a column to settle it in."""
    names = list(found.codings)
    header = ["party", "issue", "item", "outcome", *names]
    header += [f"statements of {name}" for name in names] + ["settled"]
    lines: list[list[str | Number]] = []
    for difference in found.differences:
        for unit in difference.units:
            values = ["+".join(found.codes_of(name, unit)) for name in names]
            behind = [_ids(found, name, unit) for name in names]
            outcome = unit.outcome
            if isinstance(outcome, Range):
                outcome = written_range(outcome, found.issue(unit.issue))
            lines.append([unit.party, unit.issue, unit.item or "", outcome, *values, *behind, ""])
    return header, lines


def _ids(found: Agreement, coding: str, unit: Unit) -> str:
    codes = found.recorded[coding].get(unit, {})
    return ", ".join(dict.fromkeys(one.id for many in codes.values() for one in many))
