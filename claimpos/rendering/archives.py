"""The archives that documents of Word and spreadsheets are: the same parts give the same bytes.

Every part has one fixed date, so that no clock matters; a zip file has no date before 1980.
"""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

_DAY = (1980, 1, 1, 0, 0, 0)


class Undated(zipfile.ZipFile):
    """A zip file in memory, whose parts all have the same date; its bytes are in `buffer`."""

    def __init__(self) -> None:
        self.buffer = BytesIO()
        super().__init__(self.buffer, "w", zipfile.ZIP_DEFLATED)

    def writestr(self, name: Any, data: bytes | str, *_: Any, **__: Any) -> None:  # type: ignore[override]
        """Add a part with this name and content."""
        part = zipfile.ZipInfo(name, _DAY)
        part.compress_type = zipfile.ZIP_DEFLATED
        super().writestr(part, data)

    def write(self, filename: Any, arcname: Any = None, *_: Any, **__: Any) -> None:
        """Add the content of a file as a part named `arcname`."""
        self.writestr(arcname, Path(filename).read_bytes())
