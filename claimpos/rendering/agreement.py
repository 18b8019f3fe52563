"""Agreement of codings: the figures, then every difference with both codings side by side."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from claimpos.comparison.agreement import Agreement, Code, Difference, Unit
from claimpos.comparison.reliability import RESAMPLES, SEED, AgreementFigure
from claimpos.dossier.model import Statement
from claimpos.dossier.outcomes import Number, Range
from claimpos.rendering.data import Rows
from claimpos.rendering.diff_report import outcomes_report
from claimpos.rendering.document import Block, Document, Heading, Section, Table, headed
from claimpos.wording.dossier_texts import capital
from claimpos.wording.grammar import counted
from claimpos.wording.names import Words, joined, written_day, written_range
from claimpos.wording.positions import VERB_WORDS, with_citation

_CODES_IN_WORDS = {**VERB_WORDS, "accepts-if": "would accept on conditions"}
_FIGURES = ["Units", "Equal", "α", "95% interval"]
_NONE = "–"
_SHOWN = 50

FORMAT = "claimpos.agreement/1"


def agreement_document(found: Agreement) -> Document:
    """The whole comparison, for people to read."""
    blocks = [_head(found)]
    if not found.overall.units:
        return Document(blocks)
    codes = [(capital(_CODES_IN_WORDS[code]), figure) for code, figure in found.codes.items()]
    parties = [(capital(found.party(key).short), figure) for key, figure in found.parties.items()]
    issues = [(found.issue(key).title, figure) for key, figure in found.issues.items()]
    blocks += _relabelled(found)
    blocks += [Heading("By verb"), _table("Verb", codes)]
    blocks += [Heading("By party"), _table("Party", parties)]
    blocks += [Heading("By issue"), _table("Issue", issues)]
    blocks += _by_coding(found)
    blocks += _quantities(found)
    return Document([*blocks, *_differences(found)])


def _head(found: Agreement) -> Block:
    first = next(iter(found.codings.values()))
    title = f"Agreement of the codings {joined(found.codings)}"
    which = "All entries, of whatever day"
    if found.day is not None:
        which = f"Positions as of {written_day(found.day)}"
    if found.source is not None:
        which += f", as far as they rest on statements from {found.source}"
    about = [first.title, f"{which}."]
    overall = found.overall
    if not overall.units:
        return headed(
            Heading(title, "title"), *about, "Nothing to compare: no coding names an outcome."
        )
    units = counted(overall.units, "unit", "units")
    figure = _alpha(overall.alpha)
    if overall.low is not None:
        figure += f" (95% interval {_interval(overall)})"
    left_out = found.left_out
    return headed(
        Heading(title, "title"),
        *about,
        f"Krippendorff's α: {figure}. The codings are equal on {overall.equal} of {units}.",
        "α is 1 if the codings are equal, and about 0 if they agree no more than by chance. A dash "
        "means that α is undefined, because all values are the same.",
        "A unit is one outcome of an issue or sub-issue that at least one coding names for a "
        "party. What is compared is the verbs that each coding has there, if any. Days, "
        "conditions and what is left open are not compared.",
        f"Interval: from {RESAMPLES:,} samples of the positions (the units of one party on one "
        f"issue), drawn with replacement (seed {SEED}).",
        *([f"Left out, because the agendas differ: {', '.join(left_out)}."] if left_out else []),
    )


def _alpha(alpha: float | None) -> str:
    return _NONE if alpha is None else f"{alpha:.2f}"


def _interval(figure: AgreementFigure) -> str:
    if figure.low is None or figure.high is None:
        return _NONE
    return f"{figure.low:.2f} to {figure.high:.2f}"


def _row(name: str, figure: AgreementFigure) -> list[str]:
    return [name, str(figure.units), str(figure.equal), _alpha(figure.alpha), _interval(figure)]


def _table(head: str, figures: Iterable[tuple[str, AgreementFigure]]) -> Table:
    """Figures by name; names may be alike."""
    return Table([head, *_FIGURES], [_row(*one) for one in figures], "short")


def _relabelled(found: Agreement) -> Iterator[Block]:
    if not found.relabelled:
        return
    rows = [
        [
            " ".join(filter(None, (f"{one.issue}, {one.what}", one.id))),
            *(one.labels.get(coding, _NONE) for coding in found.codings),
        ]
        for one in found.relabelled[:_SHOWN]
    ]
    many = counted(len(found.relabelled), "label differs", "labels differ")
    more = f" Here are {_SHOWN}." * (len(found.relabelled) > _SHOWN)
    text = (
        f"{capital(many)} under the same ids: where codings are equal by an id, they may not mean "
        f"the same.{more}"
    )
    yield headed(Heading("Agendas that differ"), text)
    yield Table(["Id", *found.codings], rows, "prose")


def _by_coding(found: Agreement) -> Iterator[Block]:
    if len(found.codings) > 2:
        yield Heading("By pair of codings")
        yield _table("Pair", ((" and ".join(pair), one) for pair, one in found.pairs.items()))
    rows = [
        [name, str(coder.named), str(coder.alone), _alpha(coder.without)]
        for name, coder in found.coders.items()
    ]
    header = ["Coding", "Units named", "Differs alone", "α without it"]
    if len(found.codings) == 2:
        header, rows = header[:2], [row[:2] for row in rows]
    yield Heading("By coding")
    yield Table(header, rows, "short")


def _quantities(found: Agreement) -> list[Block]:
    if not found.quantities:
        return []
    text = "How close the lowest and the highest figures of each verb are (α by squared distance)."
    figures = [(found.issue(key).title, one) for key, one in found.quantities.items()]
    return [headed(Heading("Figures"), text), _table("Issue", figures)]


def _differences(found: Agreement) -> Iterator[Block]:
    units = sum(len(one.units) for one in found.differences)
    text = capital(counted(units, "difference", "differences"))
    where = counted(len(found.differences), "position", "positions")
    yield Heading(f"{text} on {where}" if units else text)
    for difference in found.differences:
        party, issue = found.party(difference.party), found.issue(difference.issue)
        heading = Heading(f"{capital(party.short)}: {issue.title}", "part")
        rows = [[named, *said] for said, named in _alike(found, difference)]
        behind = [
            "\n".join(f"{one.id}: {with_citation(one)}" for one in statements) or _NONE
            for statements in statements_behind(found, difference).values()
        ]
        header = ["Outcome", *found.codings]
        yield Section(heading, [Table(header, [*rows, ["Statements", *behind]], "prose")])


def _alike(found: Agreement, difference: Difference) -> Iterator[tuple[tuple[str, ...], str]]:
    """What each coding says of which outcomes; sub-issues alike in both stand together."""
    issue = found.issue(difference.issue)
    alike: dict[tuple[tuple[str, ...], str | Range], list[str]] = {}
    for unit in difference.units:
        said = tuple(_in_words(found.codes_of(coding, unit)) for coding in found.codings)
        items = alike.setdefault((said, unit.outcome), [])
        if unit.item is not None:
            items.append(issue.items.get(unit.item, unit.item))
    words = Words(next(iter(found.codings.values())))
    for (said, outcome), items in alike.items():
        named = words.outcomes(issue, (outcome,)) or str(outcome)
        yield said, f"{', '.join(items)}: {named}" if items else capital(named)


def _in_words(codes: Sequence[Code]) -> str:
    """What is said of an outcome: demands; accepts and rejects; a dash for nothing."""
    return joined([_CODES_IN_WORDS[code] for code in codes]) if codes else _NONE


def statements_behind(found: Agreement, difference: Difference) -> dict[str, tuple[Statement, ...]]:
    """The statements on which each coding's values of the differing units rest."""
    return {
        coding: tuple(
            dict.fromkeys(
                one
                for unit in difference.units
                for statements in said.get(unit, {}).values()
                for one in statements
            )
        )
        for coding, said in found.recorded.items()
    }


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
        "verbs": {code: _figure(figure) for code, figure in found.codes.items()},
        "parties": {key: _figure(figure) for key, figure in found.parties.items()},
        "issues": {key: _figure(figure) for key, figure in found.issues.items()},
        "pairs": [
            {"codings": list(pair), **_figure(figure)} for pair, figure in found.pairs.items()
        ],
        "coders": {
            name: {"named": one.named, "alone": one.alone, "alpha_without": one.without}
            for name, one in found.coders.items()
        },
        "quantities": {key: _figure(figure) for key, figure in found.quantities.items()},
        "left_out": list(found.left_out),
        "relabelled": [
            {"issue": one.issue, "what": one.what}
            | ({"id": one.id} if one.id else {})
            | {"labels": dict(one.labels)}
            for one in found.relabelled
        ],
        "differences": [_difference(found, one) for one in found.differences],
    }


def _figure(figure: AgreementFigure) -> dict[str, Any]:
    interval = None if figure.low is None else [figure.low, figure.high]
    return {
        "units": figure.units,
        "equal": figure.equal,
        "alpha": figure.alpha,
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
    report = {"id": one.id, "source": one.source.id, "said": one.said.text, "basis": one.basis}
    report |= {"summary": one.summary}
    speaker = {"speaker": one.speaker.name} if one.speaker else {}
    texts = {"quote": one.quote, "locator": one.locator, "note": one.note}
    return report | speaker | {key: text for key, text in texts.items() if text}


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
