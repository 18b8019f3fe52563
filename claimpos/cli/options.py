"""Options that several commands share, and what completes them."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

if TYPE_CHECKING:
    from claimpos.dossier.model import Dossier

Completions = Iterator[tuple[str, str]]


def _completer(
    candidates: "Callable[[Dossier], Completions]",
) -> Callable[[typer.Context, str], Completions]:
    """A completer from the dossier that the command line names; without one it offers nothing."""

    def complete(context: typer.Context, incomplete: str) -> Completions:
        from claimpos.rendering.text import described, is_word
        from claimpos.validation.gate import load_dossier

        os.environ["TERMINAL_WIDTH"] = "1000"  # or typer breaks what is described into lines
        try:
            dossier = load_dossier(context.params.get("positions"))
        except Exception:  # a shell would print an error in the middle of the line being typed
            return
        for name, meaning in candidates(dossier):
            if name.startswith(incomplete.lower()) and is_word(name):
                yield name, described(meaning)

    return complete


def _party_names(dossier: "Dossier") -> Completions:
    for party in dossier.parties.values():
        for name in (party.id, *party.aliases):
            yield name, party.name


def _issue_names(dossier: "Dossier") -> Completions:
    return ((issue.id, issue.title) for issue in dossier.issues.values())


def _group_names(dossier: "Dossier") -> Completions:
    return iter(dossier.groups.items())


def _proposal_names(dossier: "Dossier") -> Completions:
    return ((proposal.id, proposal.title) for proposal in dossier.proposals.values())


def _source_names(dossier: "Dossier") -> Completions:
    return ((source.id, source.title) for source in dossier.sources.values())


def _proposal_and_party_names(dossier: "Dossier") -> Completions:
    yield from _proposal_names(dossier)
    yield from _party_names(dossier)


def _all_names(dossier: "Dossier") -> Completions:
    yield from _party_names(dossier)
    yield from _issue_names(dossier)
    yield from _proposal_names(dossier)
    yield from _source_names(dossier)
    for party in dossier.parties.values():
        yield from ((one.id, one.summary) for one in party.statements.values())


def _names_in_answers(dossier: "Dossier") -> Completions:
    yield from _proposal_and_party_names(dossier)
    yield from (("accepts", ""), ("accepts-as-basis", ""), ("refuses", ""))


complete_party = _completer(_party_names)
complete_issue = _completer(_issue_names)
complete_source = _completer(_source_names)
complete_group = _completer(_group_names)
complete_proposal = _completer(_proposal_names)
complete_proposal_or_party = _completer(_proposal_and_party_names)
complete_answer = _completer(_names_in_answers)
complete_any = _completer(_all_names)


def at_least_two(names: list[str] | None) -> list[str] | None:
    """The parties to compare; raises WrongUsage for one alone."""
    if names and len(names) < 2:
        from claimpos.errors import WrongUsage

        raise WrongUsage(f"“{names[0]}” needs at least one other party to compare with")
    return names


Parties = Annotated[
    list[str],
    typer.Argument(
        metavar="PARTY PARTY...",
        help="Two or more parties, by id or alias.",
        autocompletion=complete_party,
        callback=at_least_two,
    ),
]
PartiesOrAll = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[PARTY...]",
        help="Parties, by id or alias. Default: all parties.",
        autocompletion=complete_party,
    ),
]


def _positions(more: str) -> Any:
    """The option for the dossier's folder; `more` is what else it may be by default."""
    return typer.Option(
        "--positions",
        metavar="DIR",
        is_eager=True,
        help="The dossier's folder. Default: CLAIMPOS_POSITIONS, or the nearest positions/ in or "
        f"above this folder{more}.",
    )


Positions = Annotated[Path | None, _positions(", or the dossier that comes with claimpos")]
OwnPositions = Annotated[Path | None, _positions("")]
AsOf = Annotated[
    str | None,
    typer.Option(
        metavar="DATE",
        help="Use positions as of this date (YYYY-MM-DD, YYYY-MM or YYYY). Default: today, or the "
        "day on which the talks closed; “today” always means today.",
    ),
]


Output = Annotated[
    Path | None,
    typer.Option(
        "-o",
        "--output",
        metavar="FILE",
        help="Write to this file instead of the terminal; - is standard output.",
    ),
]
Colour = Annotated[
    Literal["auto", "always", "never"],
    typer.Option("--color", help="Use colour; auto: in a terminal, unless NO_COLOR is set."),
]
DryRun = Annotated[
    bool, typer.Option("--dry-run", help="Print what would change as a diff; write nothing.")
]


# ---- groups of options ----
