"""`claimpos add statement`, `entry` and `answer`: what a party says."""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal, NamedTuple

import typer

from claimpos.cli import options
from claimpos.curating.requests import Request, answer_of

Texts = list[str] | None
Coder = Annotated[str, typer.Option(metavar="NAME", help="Who codes it: a name or initials.")]
Note = Annotated[str, typer.Option(metavar="TEXT", help="A doubt or a detail.")]
Until = Annotated[str, typer.Option(metavar="DATE", help="The last day.")]
Since = Annotated[
    str, typer.Option(metavar="DATE", help="The first day. Default: that of the statement.")
]
Evidence = Annotated[
    Texts,
    typer.Option(
        metavar="[VERB=]ID",
        help="A statement that it rests on (repeatable). Default: those just added.",
    ),
]


class CommandPart(NamedTuple):
    """One piece of a command line, and what the line says as a whole."""

    request: Request
    positions: Path | None
    dry_run: bool


def part(kind: str, given: Mapping[str, Any], **read: Any) -> CommandPart:
    """One piece of a command line.

    Args:
        kind: What is added.
        given: The `locals()` of the command: the parameters are the keys of a file, with _ for -,
            and with _ at the end where the key is a word of Python.
        read: What the command made of its arguments, by key.
    """
    before: CommandPart = given["ctx"].obj
    held = {
        key.rstrip("_").replace("_", "-"): value
        for key, value in {**given, **read}.items()
        if value and key not in _OF_THE_LINE
    }
    line = given["positions"] or before.positions, given["dry_run"] or before.dry_run
    return CommandPart(Request(kind, held), *line)


_OF_THE_LINE = frozenset({"ctx", "names", "positions", "dry_run"})


def _outcome(help_text: str) -> Any:
    return typer.Option(metavar="OUTCOME", help=help_text)


def statement(
    ctx: typer.Context,
    party: Annotated[
        str,
        typer.Argument(
            metavar="PARTY",
            help="The party that said it.",
            autocompletion=options.complete_party,
        ),
    ] = "",
    summary: Annotated[
        str, typer.Argument(metavar="SUMMARY", help="One neutral sentence in your own words.")
    ] = "",
    source: Annotated[
        str,
        typer.Option(
            metavar="ID",
            autocompletion=options.complete_source,
            help="The source in which it can be read.",
        ),
    ] = "",
    basis: Annotated[
        Literal["stated", "reported", "inferred"] | None,
        typer.Option(help="The party's own words; paraphrased; or hinted and concluded."),
    ] = None,
    speaker: Annotated[str, typer.Option(metavar="ID", help="Who said it.")] = "",
    speaker_name: Annotated[
        str, typer.Option(metavar="NAME", help="The full name of a new speaker.")
    ] = "",
    role: Annotated[str, typer.Option(metavar="TEXT", help="The new speaker's role.")] = "",
    outside: Annotated[
        bool, typer.Option("--outside", help="The new speaker speaks about the party, not for it.")
    ] = False,
    said: Annotated[
        str, typer.Option(metavar="DATE", help="The day. Default: that of the source.")
    ] = "",
    quote: Annotated[
        str, typer.Option(metavar="WORDS", help="Words exactly as they stand in the source.")
    ] = "",
    locator: Annotated[
        str, typer.Option(metavar="PLACE", help="Where in the source: a page, a paragraph.")
    ] = "",
    note: Note = "",
    coder: Coder = "",
    id_: Annotated[
        str, typer.Option("--id", metavar="ID", help="Default: from the summary's first words.")
    ] = "",
    positions: options.OwnPositions = None,
    dry_run: options.DryRun = False,
) -> CommandPart:
    """Add a statement of a party: one thing that was said.

    \b
    Examples:
      claimpos add statement port "Offers up to seven per cent." --source harbour-news
          --basis reported --speaker ceo --speaker-name "Ada Blom" --role "head of the port"
    """
    return part("statement", locals())


def entry(
    ctx: typer.Context,
    names: Annotated[
        Texts,
        typer.Argument(
            metavar="[PARTY] ISSUE",
            help="Default for the party: that of the piece before.",
            autocompletion=options.complete_any,
        ),
    ] = None,
    demands: Annotated[Texts, _outcome("Only these outcomes will do (repeatable).")] = None,
    proposes: Annotated[Texts, _outcome("These are put forward (repeatable).")] = None,
    accepts: Annotated[
        Texts, _outcome("These would be taken: OUTCOME [if ISSUE=OUTCOME] [subject to TEXT].")
    ] = None,
    refuses: Annotated[Texts, _outcome("These are rejected by name (repeatable).")] = None,
    reserves: Annotated[
        str, typer.Option(metavar="TEXT", help="What is left open: whether …")
    ] = "",
    from_last: Annotated[
        bool,
        typer.Option("--from-last", help="Keep what the last entry says, unless you restate it."),
    ] = False,
    without: Annotated[
        Texts,
        typer.Option(metavar="VERB", help="With --from-last, a verb not to keep (repeatable)."),
    ] = None,
    since: Since = "",
    until: Until = "",
    deadline: Annotated[
        bool, typer.Option("--deadline", help="The party itself set that last day.")
    ] = False,
    standing: Annotated[
        bool, typer.Option("--standing", help="The position is older than its first record.")
    ] = False,
    offer: Annotated[str, typer.Option(metavar="ID", help="The offer that it is part of.")] = "",
    priority: Annotated[
        Literal["high", "medium", "low"] | None,
        typer.Option(help="If the party itself ranks the issue."),
    ] = None,
    interest: Annotated[str, typer.Option(metavar="TEXT", help="The party's own reason.")] = "",
    evidence: Evidence = None,
    against: Annotated[
        Texts, typer.Option(metavar="ID", help="A statement that does not fit (repeatable).")
    ] = None,
    context: Annotated[
        Texts, typer.Option(metavar="ID", help="A statement that explains it (repeatable).")
    ] = None,
    note: Note = "",
    coder: Coder = "",
    positions: options.OwnPositions = None,
    dry_run: options.DryRun = False,
) -> CommandPart:
    """Add an entry: a party's whole position on an issue, from one day on.

    \b
    Examples:
      claimpos add entry port pay-rise --accepts "<= 7" --refuses "> 8" --evidence offer
      claimpos add entry union weekend --proposes banned
          --accepts "voluntary if pay-rise >= 7 subject to a ballot" --evidence letter
      claimpos add entry union automation --from-last --demands cars=allowed --evidence letter

    An outcome is an option; several with commas between them; a figure such as 7, ">= 6" or
    min=6,max=8; ITEM=OPTION pairs; or what a file holds, such as "{max: 7}".
    With --from-last on an issue with items, the items you do not name stay as they are.
    """
    *party, issue = names or [""]
    return part("entry", locals(), party=_one_party(party))


def _one_party(names: list[str]) -> str:
    from claimpos.errors import WrongUsage

    if len(names) > 1:
        raise WrongUsage(
            "an entry is [PARTY] ISSUE; put names with spaces in quotes, and + before the next "
            "piece"
        )
    return names[0] if names else ""


def answer(
    ctx: typer.Context,
    names: Annotated[
        Texts,
        typer.Argument(
            metavar="[PARTY] TEXT SAYS",
            help="The party, the proposal, and accepts, accepts-as-basis or refuses.",
            autocompletion=options.complete_answer,
        ),
    ] = None,
    except_: Annotated[
        Texts,
        typer.Option("--except", metavar="ISSUE[.ITEM]", help="What is not accepted (repeatable)."),
    ] = None,
    subject_to: Annotated[str, typer.Option(metavar="TEXT", help="A condition, in words.")] = "",
    since: Since = "",
    until: Until = "",
    evidence: Evidence = None,
    note: Note = "",
    positions: options.OwnPositions = None,
    dry_run: options.DryRun = False,
) -> CommandPart:
    """Add an answer of a party to a text as a whole.

    \b
    Examples:
      claimpos add answer union mediator-draft accepts --except holiday --evidence letter
    """
    party, text, says = answer_of(names or [])
    return part("answer", locals())
