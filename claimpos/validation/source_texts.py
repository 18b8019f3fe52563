"""The texts of sources, from files that the user names."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from claimpos.dossier.files import read_named
from claimpos.dossier.findings import shown_path
from claimpos.dossier.limits import how_to_raise, limit
from claimpos.dossier.lookup import nearest
from claimpos.dossier.model import Dossier
from claimpos.errors import UnknownName, WrongUsage


def texts_at(written: Sequence[str], dossier: Dossier) -> dict[str, str]:
    """Texts by source, from `SOURCE=FILE` or folders of files SOURCE.txt.

    Raises UnknownName for no source of the dossier, WrongUsage for what cannot be read.
    """
    texts: dict[str, str] = {}
    left = limit("texts-bytes")

    def bounded(path: Path) -> str:
        nonlocal left
        content = read_named(path)
        left -= len(content)
        if left < 0:
            raise WrongUsage(
                f"the texts are larger than {limit('texts-bytes'):,} bytes in all; name fewer "
                f"or, {how_to_raise('texts-bytes')}"
            )
        return _decoded(content, path)

    for one in written:
        source, sign, file = one.partition("=")
        if sign and source not in dossier.sources:
            near = nearest(source, dossier.sources)
            raise UnknownName("source", source, near, "claimpos list sources")
        if sign:
            texts[source] = bounded(Path(file))
        elif Path(one).is_dir():
            found = {path.stem: path for path in sorted(Path(one).glob("*.txt"))}
            texts |= {name: bounded(found[name]) for name in found if name in dossier.sources}
        else:
            raise WrongUsage(f"“{one}” is neither SOURCE=FILE nor a folder of texts")
    return texts


def text_of_file(path: Path) -> str:
    """The text of a file that the user names; raises WrongUsage where it cannot be read."""
    return _decoded(read_named(path), path)


def _decoded(content: bytes, path: Path) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise WrongUsage(f"“{shown_path(path)}” is not UTF-8") from error
