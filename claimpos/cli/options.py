"""Options that several commands share, alone or in groups, and what completes them."""

import os
from collections.abc import Callable, Iterator, Mapping
from enum import StrEnum
from functools import wraps
from inspect import Parameter, Signature, signature
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Annotated, Any, Literal, NamedTuple, get_type_hints

import typer

from claimpos.rendering.renderers import TERMINAL, file_formats, renderers

if TYPE_CHECKING:
    from claimpos.dossier.model import Dossier

Completions = Iterator[tuple[str, str]]


class Section(StrEnum):
    """A section of a report, by its verdict."""

    OVERLAP = "overlap"
    CONFLICT = "conflict"
    UNRESOLVED = "unresolved"


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
Basis = Annotated[
    Literal["stated", "reported", "inferred"],
    typer.Option(help="Use only evidence at least this strong; inferred uses everything."),
]
StaleAfter = Annotated[
    str | None,
    typer.Option(
        metavar="AGE",
        help="Mark positions last confirmed longer ago than this: 90d, 26w, 6m, 2y.",
    ),
]
Issues = Annotated[
    list[str] | None,
    typer.Option(
        "--issue", metavar="ID", autocompletion=complete_issue, help="Only this issue (repeatable)."
    ),
]
Core = Annotated[
    bool,
    typer.Option("--core", help="Only the core issues, those that decide the rest."),
]
Only = Annotated[
    list[Section] | None,
    typer.Option("--only", help="Show only issues with this verdict (repeatable)."),
]
Groups = Annotated[
    list[str] | None,
    typer.Option(
        "--group",
        metavar="ID",
        autocompletion=complete_group,
        help="Only this group of issues (repeatable).",
    ),
]


_EXPLAIN_NAMES = {"text": TERMINAL, "markdown": "github"}
"""What `claimpos explain` and `text` call two formats of a report, because they show no table."""


def _format_option(*own: str, names: Mapping[str, str] = MappingProxyType({})) -> Any:
    """The option for a format: one of a command's own, or one of documents and of plain text.

    Args:
        own: The formats besides those of documents; first the default.
        names: The formats that reports know by another name.
    """
    documents = [*(name for name in renderers() if name != TERMINAL), *file_formats()]
    formats = [*own, *documents]

    def complete(incomplete: str) -> list[str]:
        return [name for name in formats if name.startswith(incomplete)]

    def checked(context: typer.Context, name: str) -> str:
        if name not in formats:
            from claimpos.dossier.lookup import nearest
            from claimpos.errors import UnknownName

            remedy = f"{context.command_path} --help"
            raise UnknownName("format", name, nearest(name, formats), remedy)
        return names.get(name, name)

    return typer.Option(
        "--format",
        metavar="FORMAT",
        autocompletion=complete,
        callback=checked,
        help=f"{', '.join(own)}, {', '.join(documents[:-1])} or {documents[-1]}.",
    )


TableFormat = Annotated[str, _format_option(TERMINAL, "csv")]
ReportFormat = Annotated[str, _format_option(TERMINAL, "json", "csv")]
PairsFormat = Annotated[str, _format_option(TERMINAL, "json", "csv", "svg", "png")]
# No table of one kind of row holds packages: no CSV.
DealsFormat = Annotated[str, _format_option(TERMINAL, "json", "svg", "png")]
ExplainFormat = Annotated[str, _format_option(*_EXPLAIN_NAMES, "json", names=_EXPLAIN_NAMES)]
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


class Selection(NamedTuple):
    """Which positions are compared, and on which issues; see `claimpos.cli.selection`."""

    as_of: AsOf = None
    basis: Basis = "inferred"
    issue: Issues = None
    group: Groups = None
    core: Core = False


class Files(NamedTuple):
    """The file that is written, the dossier that is read, and whether there are colours."""

    output: Output = None
    positions: Positions = None
    color: Colour = "auto"


def with_groups(command: Callable[..., None]) -> Callable[..., None]:
    """A command as typer can read it: in place of each group of options, the options themselves.

    Args:
        command: A function; a parameter annotated with a named tuple, such as `Selection`, is a
            group. All parameters are passed by name.
    """
    hints = get_type_hints(command, include_extras=True)
    groups = {name: hint for name, hint in hints.items() if hasattr(hint, "_field_defaults")}
    parameters: list[Parameter] = []
    for name, parameter in signature(command).parameters.items():
        if name not in groups:
            parameters.append(
                parameter.replace(kind=Parameter.KEYWORD_ONLY, annotation=hints[name])
            )
            continue
        for field, hint in get_type_hints(groups[name], include_extras=True).items():
            default = groups[name]._field_defaults[field]
            option = Parameter(field, Parameter.KEYWORD_ONLY, default=default, annotation=hint)
            parameters.append(option)

    @wraps(command)
    def run(**given: Any) -> None:
        for name, group in groups.items():
            given[name] = group(**{field: given.pop(field) for field in group._fields})
        command(**given)

    run.__signature__ = Signature(parameters)  # type: ignore[attr-defined]
    return run
