"""What a run of `validate` checks: dossiers and files by path, rules by code."""

import os
import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from operator import attrgetter, itemgetter
from pathlib import Path
from typing import NamedTuple

from claimpos.dossier.files import NotRead
from claimpos.dossier.findings import Finding, Findings, in_order, shown_path
from claimpos.dossier.links import home_of, link_out
from claimpos.dossier.locate import (
    AGENDA,
    PARTIES,
    PARTY,
    PIECES,
    PROPOSALS,
    SOURCES,
    find_dossier,
    is_folder,
    misnamed_agenda,
    own,
    unread,
    was_link,
)
from claimpos.errors import DossierNotFound, NothingToCheck, UnknownName, WrongUsage
from claimpos.validation.checking import Checked, check_folder

_AGE = "([1-9][0-9]{0,5})([dwmy])"
_POSITIONS = "positions"
_DAYS = {"d": 1, "w": 7, "m": 30, "y": 365}


def days_of(age: str) -> int:
    """An age in days; raises WrongUsage if it is not written as one."""
    found = re.fullmatch(_AGE, age)
    if found is None:
        raise WrongUsage(f"“{age}” is not a valid age; write 90d, 26w, 6m or 2y")
    return int(found.group(1)) * _DAYS[found.group(2)]


def selected(
    findings: Iterable[Finding], select: Sequence[str], ignore: Sequence[str]
) -> list[Finding]:
    """The findings whose codes begin with one of `select`, if any, and with none of `ignore`."""
    wanted, unwanted = tuple(_codes(select)) or ("CP",), tuple(_codes(ignore))
    return [
        finding
        for finding in findings
        if finding.code.startswith(wanted) and not finding.code.startswith(unwanted)
    ]


def _codes(written: Sequence[str]) -> list[str]:
    """Codes, or beginnings of codes; raises UnknownName if no code begins like one of them."""
    if not written:
        return []
    from claimpos.dossier.lookup import nearest
    from claimpos.validation.catalogue import catalogue

    codes = [code.strip().upper() for part in written for code in part.split(",")]
    for code in codes:
        if not any(known.startswith(code) for known in catalogue()) or len(code) < 2:
            raise UnknownName("rule", code, nearest(code, catalogue()), "claimpos rules")
    return codes


class Target(NamedTuple):
    """A dossier's folder, and the files to report on; None means all of them."""

    folder: Path
    files: frozenset[Path] | None = None


def targets(paths: Sequence[Path], named: Path | None) -> list[Target]:
    """The dossiers that paths mean.

    Args:
        paths: Folders, which are dossiers or hold some, and files of dossiers. If there are none,
            the dossier is meant that every command finds.
        named: The dossier's folder, if the user names it.

    Raises:
        WrongUsage: A path does not exist.
        NothingToCheck: No path is a file of a dossier, or a folder neither is nor holds one.
        DossierNotFound: A folder cannot be listed, or as `own` does.
    """
    if not paths:
        return [Target(find_dossier(named))]
    whole: dict[Path, None] = {}
    files: dict[Path, set[Path]] = {}
    for path in paths:
        if os.path.isdir(own(path)):
            below = dict.fromkeys(dossiers_below(path))
            if not below:
                raise _nothing(path)
            whole |= below
        elif not os.path.lexists(path):
            from claimpos.dossier.checkout import why_missing

            missing = f"there is no file or folder “{shown_path(path)}”"
            raise WrongUsage(missing + why_missing(path))
        elif is_yaml(path):
            folder, file = in_dossier(path)
            files.setdefault(folder, set()).add(file)
    found = [Target(folder) for folder in whole]
    found += [
        Target(folder, frozenset(some)) for folder, some in files.items() if folder not in whole
    ]
    if not found:
        shown = ", ".join(f"“{shown_path(path)}”" for path in paths)
        raise NothingToCheck(
            f"nothing to check: a dossier's files end in .yaml and are not hidden, unlike {shown}"
        )
    return found


def _nothing(folder: Path) -> NothingToCheck:
    """The error for a folder without a dossier, which other paths must not hide."""
    return NothingToCheck(
        f"nothing to check: there is no {AGENDA} at or below “{shown_path(folder)}”"
        + misnamed_agenda(folder)
    )


def is_yaml(path: Path) -> bool:
    """Whether a file may be part of a dossier, judging by its name."""
    return path.suffix in {".yaml", ".yml"} and not path.name.startswith(".")


def dossiers_below(folder: Path) -> Iterable[Path]:
    """Every dossier that a folder is or holds, also within another, and is not hidden.

    Behind a link, a dossier counts as it does for other commands: not if the link leads out of the
    repository or, where there is none, out of the folder. Each counts once.

    Raises DossierNotFound for a folder that cannot be listed, for a link `positions` to nowhere,
    and for an agenda or a submodule that git leaves out of the checkout: a dossier that is not
    checked must not seem to be without fault.
    """
    home = os.path.realpath(folder)
    repository = home_of(Path(home))
    base = repository or Path(home)
    missing = _left_out(base)
    found: list[Path] = []
    seen: set[str] = set()
    places = {home: os.fspath(folder)}
    for start in (starts := [home]):  # also over those behind links that are added meanwhile
        _refuse_left_out(base, missing, os.path.relpath(start, base))
        ahead = [(places[start], start)]
        while ahead:
            at, real = ahead.pop()
            if real in seen:
                continue
            seen.add(real)
            entries = _listed(at)
            if any(entry.name == AGENDA for entry in entries):
                found.append(Path(at))
            below = [entry for entry in entries if _is_shown(entry.name)]
            ahead += [
                (entry.path, os.path.join(real, entry.name))
                for entry in reversed(below)
                if _is_folder(entry)
            ]
            for link in (entry.path for entry in below if _is_link(entry)):
                target = os.path.realpath(link)
                if target not in places and _is_followed(Path(link), home, repository is None):
                    places[target] = link
                    starts.append(target)
    return found


def _listed(folder: str) -> list[os.DirEntry[str]]:
    """What is in a folder, by name; raises DossierNotFound."""
    try:
        with os.scandir(folder) as entries:
            return sorted(entries, key=attrgetter("name"))
    except OSError as error:
        raise unread("the folder ", Path(folder), error) from error


def _is_folder(entry: os.DirEntry[str]) -> bool:
    """Whether this is a folder, and no link to one; raises DossierNotFound if nobody can tell."""
    try:
        return entry.is_dir(follow_symlinks=False)
    except OSError as error:
        raise unread("", Path(entry.path), error) from error


def _is_link(entry: os.DirEntry[str]) -> bool:
    """Whether this is a link; or a file `positions` in place of one, which `is_folder` refuses."""
    return entry.is_symlink() or (entry.name == _POSITIONS and was_link(Path(entry.path)))


def _left_out(folder: Path) -> list[tuple[str, NotRead]]:
    """The agendas and folders that git leaves out of a folder, in order, and why."""
    from claimpos.dossier.checkout import left_out

    return sorted(left_out(folder, ends=("/", f"/{AGENDA}")).items())


def _refuse_left_out(folder: Path, missing: Sequence[tuple[str, NotRead]], within: str) -> None:
    """Raise DossierNotFound if anything is missing that is shown in a folder within this one."""
    start = "" if within == os.curdir else f"{within}/"
    for name, why in missing[bisect_left(missing, start, key=itemgetter(0)) :]:
        if not name.startswith(start):
            break
        if all(map(_is_shown, name[len(start) :].rstrip("/").split("/"))):
            raise DossierNotFound(
                f"“{shown_path(folder / name)}” is not checked: {why.reason}; {why.remedy}; or "
                "name the dossiers to check"
            )


def _is_shown(name: str) -> bool:
    return not name.startswith(".")


def _is_followed(link: Path, home: str, is_alone: bool) -> bool:
    """Whether a link leads to a folder that any command reads, and that is not looked at anyway.

    Where the folder that is searched `is_alone`, in no dossier or repository, nothing elsewhere is.
    For `positions`, raises the same as `is_folder`.
    """
    real = Path(os.path.realpath(link))
    is_elsewhere = not real.is_relative_to(home)
    if (is_elsewhere and is_alone) or link_out(link) is not None:
        return False
    if link.name == _POSITIONS:
        is_folder(link)
    if not is_elsewhere and all(map(_is_shown, real.relative_to(home).parts)):
        return False
    return os.path.isdir(link)


def in_dossier(file: Path) -> tuple[Path, Path]:
    """The folder of the dossier to which a file belongs, and the file's path from there.

    A proposal, and a file of a party's folder, belong to a folder above.
    """
    folder = file.parent
    if os.path.lexists(folder / AGENDA):
        return folder, file
    names = folder.absolute().parts
    steps = 0
    if names[-1:] == (PROPOSALS,):
        steps = 1
    elif names[-2:-1] == (PARTIES,) and file.name == PARTY:
        steps = 2
    elif names[-3:-2] == (PARTIES,) and names[-1] in PIECES:
        steps = 3
    above = folder
    for _ in range(steps):
        above = above.parent if above.name not in ("", "..") else above / ".."
    return above, above.joinpath(*names[len(names) - steps :], file.name)


def checked_targets(
    found: Sequence[Target],
    today: date,
    stale_after: int | None,
    edited: Mapping[Path, bytes],
    ages_end: bool = False,
    unreviewed: bool = False,
) -> Checked:
    """Check every target, and report on the files that it names; see `check_folder`.

    Errors in the agenda and the sources are always reported, because no other file can be judged
    until they are corrected.
    """
    findings = Findings()  # those of all targets count towards the limits of the run
    files: list[str] = []
    ignored: list[Finding] = []
    for target in found:
        whole = check_folder(target.folder, today, stale_after, edited, ages_end, unreviewed)
        checked = _asked_for(target, whole)
        findings.extend(checked.findings)
        files += checked.files
        ignored += checked.ignored
    return Checked(in_order(findings), files, ignored)


def _asked_for(target: Target, checked: Checked) -> Checked:
    if target.files is None:
        return checked
    wanted = {shown_path(file) for file in target.files}
    basic = {shown_path(target.folder / name) for name in (AGENDA, SOURCES)}
    findings = [
        finding
        for finding in checked.findings
        if finding.source.path in wanted
        or (finding.source.path in basic and finding.severity == "error")
    ]
    wanted |= {finding.source.path for finding in findings}
    ignored = [finding for finding in checked.ignored if finding.source.path in wanted]
    return Checked(findings, [file for file in checked.files if file in wanted], ignored)
