"""Files of Word and of spreadsheets, which are archives: byte by byte the same for the same parts.

No part has a date of its own: the clock may be wrong, and an archive knows no day before 1980.
"""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

_DAY = (1980, 1, 1, 0, 0, 0)


class Undated(zipfile.ZipFile):
    """An archive whose parts all have the same date; it is packed into `held`."""

    def __init__(self) -> None:
        self.held = BytesIO()
        super().__init__(self.held, "w", zipfile.ZIP_DEFLATED)

    def writestr(self, name: Any, data: bytes | str, *_: Any, **__: Any) -> None:  # type: ignore[override]
        """Add a part of this name."""
        part = zipfile.ZipInfo(name, _DAY)
        part.compress_type = zipfile.ZIP_DEFLATED
        super().writestr(part, data)

    def write(self, filename: Any, arcname: Any = None, *_: Any, **__: Any) -> None:
        """Add what a file holds."""
        self.writestr(arcname, Path(filename).read_bytes())
