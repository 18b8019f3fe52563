"""`claimpos init`, `split` and `join`: a dossier to start from, and how parties are stored."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from claimpos.cli import options

if TYPE_CHECKING:
    from claimpos.dossier.files import Contents
    from claimpos.dossier.model import Party
    from claimpos.dossier.open_folder import HeldFolder
    from claimpos.dossier.rights import Rights


def init(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The folder to create.")] = Path(
        "positions"
    ),
) -> None:
    """Create a small example dossier, with comments that explain it. Nothing is overwritten.

    \b
    Examples:
      claimpos init
      claimpos diff union port
      claimpos init harbour
    """
    from shlex import quote

    from claimpos.cli.output import put_done, terminal_width
    from claimpos.cli.report_files import check_owners
    from claimpos.dossier.findings import shown_path
    from claimpos.dossier.starter import FILES, write_starter
    from claimpos.rendering.text import wrapped
    from claimpos.wording.names import joined

    check_owners(folder)
    write_starter(folder)
    shown = shown_path(folder)
    wrote = wrapped(f"Wrote {joined(FILES)} in {shown}.", terminal_width())
    put_done(f"{wrote}\nNext: claimpos diff union port --positions {quote(shown)}\n")


def split(parties: options.PartiesOrAll = None, positions: options.Positions = None) -> None:
    """Give parties a folder each, with one file for each statement and each issue.

    \b
    Examples:
      claimpos split
      claimpos split russia --positions positions

    The text only moves to other files: comments and layout stay, and `claimpos join` makes the
    same file again.
    """
    from claimpos.cli.selection import own_dossier
    from claimpos.dossier.folder_lock import locked

    with locked(own_dossier(positions)) as home:
        _split(home, parties)


def _split(home: HeldFolder, parties: Sequence[str] | None) -> None:
    from claimpos.cli.output import put, put_done
    from claimpos.dossier.findings import shown_path
    from claimpos.dossier.locate import PARTIES, PIECES, file_of
    from claimpos.dossier.party_conversion import split_party
    from claimpos.dossier.whole_files import drafted, uninterrupted
    from claimpos.errors import writing
    from claimpos.wording.grammar import counted

    contents, chosen = _asked_for(parties, home.named)
    held = len(contents)
    for party in chosen:
        name = file_of(party.id)
        content = contents.get(name)
        if not isinstance(content, bytes):
            put(f"{party.id} has a folder already.\n")
            continue
        with _about(name):
            files = split_party(content.decode())
            held = _number_after(held, files)
        with uninterrupted(), _within(PARTIES, home):
            place = home.place(f"{PARTIES}/{party.id}")
            with writing(f"to “{shown_path(home.named / PARTIES / party.id)}”"):
                texts = {file: text.encode() for file, text in files.items()}
                with drafted(home, place, texts, home.rights(home.place(name))):
                    _check_unchanged(name, home.named, {name: content})
            with _taken_back_by(partial(home.remove_all, place), name, home):
                home.keep_listing(home.place(PARTIES))
                home.keep_listing()
                home.remove(name)
        numbers = [sum(file.startswith(f"{piece}/") for file in files) for piece in PIECES]
        statements = counted(numbers[0], "statement", "statements")
        issues = counted(numbers[1], "issue", "issues")
        put_done(f"{name} is now {PARTIES}/{party.id}: {statements}, {issues}.\n")


@contextmanager
def _within(folder: str, home: HeldFolder) -> Iterator[None]:
    """Within this there is a folder of this name; a new one is deleted if anything fails."""
    is_new = home.make_folder(folder)
    try:
        yield
    except BaseException:
        if is_new:
            home.remove_empty(folder)
        raise


@contextmanager
def _taken_back_by(undo: Callable[[], None], what: str, home: HeldFolder) -> Iterator[None]:
    """Within this, the old form of a party is deleted; if that fails, the new one is taken back."""
    from claimpos.dossier.findings import shown_path
    from claimpos.errors import writing

    try:
        with writing(f"“{shown_path(home.named / what)}”"):
            yield
    except BaseException:
        with suppress(OSError):
            undo()
        raise


def _number_after(held: int, files: Collection[str]) -> int:
    """How many files a dossier has once one has become several; raises WrongUsage for too many."""
    from claimpos.dossier.limits import how_to_raise, limit
    from claimpos.errors import WrongUsage

    number = held - 1 + len(files) - 1  # order.txt does not count
    if number > limit("dossier-files"):
        most = f"{limit('dossier-files'):,}"
        raise WrongUsage(
            f"the dossier would have more than {most} files; {how_to_raise('dossier-files')}"
        )
    return number


def _check_unchanged(what: str, home: Path, files: Mapping[str, bytes]) -> None:
    """Raise OutputFailed if a file is not as it was read: what was written there would be lost."""
    from claimpos.dossier.files import Folder
    from claimpos.errors import OutputFailed

    folder = Folder(home)
    if any(folder.content(name) != content for name, content in files.items()):
        raise OutputFailed(f"{what} was changed meanwhile, and is left as it is; try again")


def join(parties: options.PartiesOrAll = None, positions: options.Positions = None) -> None:
    """Put the files of parties' folders together into one file for each party.

    \b
    Examples:
      claimpos join
      claimpos join russia --positions positions
    """
    from claimpos.cli.selection import own_dossier
    from claimpos.dossier.folder_lock import locked

    with locked(own_dossier(positions)) as home:
        _join(home, parties)


def _join(home: HeldFolder, parties: Sequence[str] | None) -> None:
    from claimpos.cli.output import put, put_done
    from claimpos.dossier.findings import shown_path
    from claimpos.dossier.locate import PARTIES, file_of
    from claimpos.dossier.party_conversion import join_party
    from claimpos.dossier.whole_files import as_it_was, draft_beside, uninterrupted, write_whole
    from claimpos.errors import writing

    contents, chosen = _asked_for(parties, home.named)
    for party in chosen:
        name = file_of(party.id)
        above = f"{PARTIES}/{party.id}/"
        files = _files_of(above, contents, home.named)
        if not files:
            put(f"{party.id} has a single file already.\n")
            continue
        with _about(f"{PARTIES}/{party.id}"):
            _check_no_link(home.named / PARTIES / party.id)
            text = join_party({file: one.decode(errors="replace") for file, one in files.items()})
        read = {above + file: content for file, content in files.items()}
        _check_unchanged(f"{PARTIES}/{party.id}", home.named, read)
        with uninterrupted():
            with writing(f"“{shown_path(home.named / name)}”"), home.above(name) as (base, within):
                draft = draft_beside(base)
                settle = as_it_was(_strictest(home, read), draft, on_disk=True)
                write_whole(base, draft, text.encode(), within, settle, is_new=True)
            with _taken_back_by(partial(_undo_join, home, name, above), above, home):
                home.keep_listing()
                left = _remove(home, party.id, files)
        put_done(f"{PARTIES}/{party.id} is now {name}.{left}\n")


def _undo_join(home: HeldFolder, name: str, above: str) -> None:
    """Delete the single file of a party, unless its folder has lost its main file already."""
    from claimpos.dossier.locate import PARTY

    if home.rights(home.place(above + PARTY)):
        home.remove(name)


def _check_no_link(folder: Path) -> None:
    """Raise WrongUsage if what is a party's folder is elsewhere, where nothing is to be deleted."""
    from claimpos.dossier.locate import PIECES
    from claimpos.errors import WrongUsage

    for place in (folder, *(folder / piece for piece in PIECES)):
        if os.path.islink(place):
            raise WrongUsage(f"“{place.name}” is a link; put the folder itself in its place")


def _asked_for(names: Sequence[str] | None, home: Path) -> tuple[Contents, list[Party]]:
    """What the dossier's files hold, and the parties named, or all.

    Raises WrongUsage for a folder in place of a party, and InvalidDossier.
    """
    from claimpos.dossier.contents import read_all
    from claimpos.dossier.lookup import party_named
    from claimpos.errors import WrongUsage
    from claimpos.validation.gate import read_dossier

    contents = read_all(home)
    dossier = read_dossier(home, contents)
    for name in names or ():
        if name not in dossier.parties and os.path.isdir(name):
            raise WrongUsage(f"“{name}” is a folder, not a party; name it with --positions")
    chosen = [party_named(dossier, name) for name in names or dossier.parties]
    return contents, list({party.id: party for party in chosen}.values())


def _files_of(above: str, contents: Contents, home: Path) -> dict[str, bytes]:
    """What the files of a party's folder hold, by their names within it; none without one."""
    from claimpos.dossier.files import Folder
    from claimpos.dossier.party_conversion import ORDER

    files = {
        name.removeprefix(above): content
        for name, content in contents.items()
        if name.startswith(above) and isinstance(content, bytes)
    }
    if not files:
        return {}
    order = Folder(home).content(above + ORDER)
    return files | ({ORDER: order} if isinstance(order, bytes) else {})


def _strictest(home: HeldFolder, files: Iterable[str]) -> Rights:
    """The rights that the files give to all, as they are of the first file's owner and group."""
    from claimpos.dossier.rights import strictest

    return strictest([held for file in files if (held := home.rights(home.place(file)))])


def _remove(home: HeldFolder, party: str, files: Iterable[str]) -> str:
    """Delete the files, and folders that are empty then; returns a sentence on what is left."""
    from claimpos.dossier.locate import PARTIES, PIECES

    parties = home.place(PARTIES)
    folder = os.path.join(parties, party)
    for file in files:
        home.remove(os.path.join(folder, file))
    for piece in PIECES:
        home.remove_empty(os.path.join(folder, piece))
    if home.remove_empty(folder):
        if parties == PARTIES:  # else a link leads to it, which would lead nowhere
            home.remove_empty(parties)
        return ""
    return f" Left in the folder: {', '.join(sorted(home.names(folder)))}."


@contextmanager
def _about(what: str) -> Iterator[None]:
    """Within this, WrongUsage also names what could not be converted."""
    from claimpos.errors import WrongUsage

    try:
        yield
    except WrongUsage as error:
        raise WrongUsage(f"{what} stays as it is: {error}") from None
