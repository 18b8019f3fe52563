"""`claimpos split` and `claimpos join`: a party in one file, or in a folder of small files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from claimpos.cli import options

if TYPE_CHECKING:
    from claimpos.dossier.files import Contents
    from claimpos.dossier.model import Party

Some = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[PARTY...]",
        help="Parties, by id or alias. Default: all parties.",
        autocompletion=options.complete_party,
    ),
]


def split(parties: Some = None, positions: options.Positions = None) -> None:
    """Give parties a folder each, with one file for each statement and each issue.

    \b
    Examples:
      claimpos split
      claimpos split russia --positions positions

    The text only moves to other files: comments and layout stay, and `claimpos join` makes the
    same file again.
    """
    from claimpos.dossier.findings import shown_path
    from claimpos.dossier.locate import PARTIES, PIECES, file_of
    from claimpos.dossier.new_folder import new_folder
    from claimpos.dossier.party_conversion import split_party
    from claimpos.errors import writing
    from claimpos.wording.names import counted

    home, contents, chosen = _asked_for(parties, positions)
    for party in chosen:
        name = file_of(party.id)
        content = contents.get(name)
        if not isinstance(content, bytes):
            typer.echo(f"{party.id} has a folder already.")
            continue
        with _about(name):
            files = split_party(content.decode())
        folder = home / PARTIES / party.id
        with new_folder(folder) as draft:
            for file, text in files.items():
                (draft / file).parent.mkdir(exist_ok=True)
                (draft / file).write_bytes(text.encode())
        with writing(f"“{shown_path(home / name)}”"):
            (home / name).unlink()
        numbers = [sum(file.startswith(f"{piece}/") for file in files) for piece in PIECES]
        statements = counted(numbers[0], "statement", "statements")
        issues = counted(numbers[1], "issue", "issues")
        typer.echo(f"{name} is now {PARTIES}/{party.id}: {statements}, {issues}.")


def join(parties: Some = None, positions: options.Positions = None) -> None:
    """Put the files of parties' folders together into one file for each party.

    \b
    Examples:
      claimpos join
      claimpos join russia --positions positions
    """
    from claimpos.cli.output import put_bytes
    from claimpos.dossier.findings import shown_path
    from claimpos.dossier.locate import PARTIES, file_of
    from claimpos.dossier.party_conversion import join_party
    from claimpos.errors import writing

    home, contents, chosen = _asked_for(parties, positions)
    for party in chosen:
        name = file_of(party.id)
        folder = home / PARTIES / party.id
        files = _files_of(party.id, contents, home)
        if not files:
            typer.echo(f"{party.id} has a single file already.")
            continue
        with _about(f"{PARTIES}/{party.id}"):
            text = join_party(files)
        put_bytes(text.encode(), home / name)
        with writing(f"“{shown_path(folder)}”"):
            left = _remove(folder, files)
        typer.echo(f"{PARTIES}/{party.id} is now {name}.{left}")


def _asked_for(
    names: Sequence[str] | None, positions: Path | None
) -> tuple[Path, Contents, list[Party]]:
    """The dossier's folder, what its files hold, and the parties named, or all.

    Raises WrongUsage for the dossier that comes with claimpos, unless it was named, and for a
    folder in place of a party; InvalidDossier for a dossier with errors.
    """
    from claimpos.cli.selection import own_dossier
    from claimpos.dossier.files import read_all
    from claimpos.dossier.lookup import party_named
    from claimpos.errors import WrongUsage
    from claimpos.validation.gate import read_dossier

    home = own_dossier(positions)
    contents = read_all(home)
    dossier = read_dossier(home, contents)
    for name in names or ():
        if name not in dossier.parties and Path(name).is_dir():
            raise WrongUsage(f"“{name}” is a folder, not a party; name it with --positions")
    chosen = [party_named(dossier, name) for name in names or dossier.parties]
    return home, contents, list({party.id: party for party in chosen}.values())


def _files_of(party: str, contents: Contents, home: Path) -> dict[str, str]:
    """The texts of the files of a party's folder, by their names within it; none without one."""
    from claimpos.dossier.files import Folder
    from claimpos.dossier.locate import PARTIES
    from claimpos.dossier.party_conversion import ORDER

    above = f"{PARTIES}/{party}/"
    files = {
        name.removeprefix(above): content.decode()
        for name, content in contents.items()
        if name.startswith(above) and isinstance(content, bytes)
    }
    if not files:
        return {}
    order = Folder(home).content(above + ORDER)
    return files | ({ORDER: order.decode(errors="replace")} if isinstance(order, bytes) else {})


def _remove(folder: Path, files: Iterable[str]) -> str:
    """Delete the files, and what folders that leaves empty; what is left there, in words."""
    from claimpos.dossier.locate import PIECES

    for file in files:
        (folder / file).unlink(missing_ok=True)
    for place in (*(folder / piece for piece in PIECES), folder):
        if place.is_dir() and not any(place.iterdir()):
            place.rmdir()
    if not folder.exists():
        if not any(folder.parent.iterdir()):
            folder.parent.rmdir()
        return ""
    return f" Left in the folder: {', '.join(sorted(path.name for path in folder.iterdir()))}."


@contextmanager
def _about(what: str) -> Iterator[None]:
    """Say of what a text cannot be converted."""
    from claimpos.errors import WrongUsage

    try:
        yield
    except WrongUsage as error:
        raise WrongUsage(f"{what} stays as it is: {error}") from None
