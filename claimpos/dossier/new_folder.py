"""Folders that are written whole or not at all, whatever happens meanwhile."""

from __future__ import annotations

import errno
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from claimpos.dossier.findings import shown_path
from claimpos.dossier.locate import AGENDA
from claimpos.errors import writing


@contextmanager
def new_folder(folder: Path) -> Iterator[Path]:
    """A folder to write into, which takes its name when all is written, and vanishes if it is not.

    The name may be that of an empty folder. Raises OutputFailed if there is anything else of that
    name, or the system does not let it be written.
    """
    with _writing_to(folder):
        if os.path.lexists(folder) and not folder.is_dir():
            raise _is_there()
        folder.absolute().parent.mkdir(parents=True, exist_ok=True)
        with _draft_in(folder.absolute().parent) as draft:
            yield draft
            mask = os.umask(0)
            os.umask(mask)
            draft.chmod(0o777 & ~mask)
            os.replace(draft, folder)


@contextmanager
def new_files(folder: Path) -> Iterator[Path]:
    """A folder to write into, whose files move into a folder that is there when all are written.

    Nothing is overwritten: raises OutputFailed for a file of the same name, or if the system does
    not let them be written. Only a process that is killed between two moves leaves some; the
    agenda is the last, so that they are no dossier yet.
    """
    with _writing_to(folder), _draft_in(folder) as draft:
        yield draft
        moved: list[Path] = []
        made: list[Path] = []
        try:
            names = sorted(path.relative_to(draft) for path in draft.rglob("*") if path.is_file())
            for name in sorted(names, key=lambda name: name == Path(AGENDA)):
                if os.path.lexists(folder / name):
                    raise _is_there()
                if not (folder / name).parent.is_dir():
                    (folder / name).parent.mkdir()
                    made.append((folder / name).parent)
                os.rename(draft / name, folder / name)
                moved.append(folder / name)
        except BaseException:
            for path in moved:
                path.unlink(missing_ok=True)
            for path in reversed(made):
                path.rmdir()
            raise
        shutil.rmtree(draft)


def _writing_to(folder: Path) -> AbstractContextManager[None]:
    return writing(f"to “{shown_path(folder)}”")


def _is_there() -> FileExistsError:
    return FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST))


@contextmanager
def _draft_in(folder: Path) -> Iterator[Path]:
    draft = Path(tempfile.mkdtemp(dir=folder, prefix=".claimpos-"))
    try:
        yield draft
    except BaseException:
        shutil.rmtree(draft, ignore_errors=True)
        raise
