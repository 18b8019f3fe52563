"""How long ago is too long ago: `90d`, `26w`, `6m`, `2y`."""

from __future__ import annotations

import re

from claimpos.errors import WrongUsage

_AGE = re.compile(r"([1-9][0-9]{0,5})([dwmy])\Z")
_DAYS = {"d": 1, "w": 7, "m": 30, "y": 365}


def days_of(age: str) -> int:
    """An age in days; raises WrongUsage if it is not written as one."""
    found = _AGE.match(age)
    if found is None:
        raise WrongUsage(f"“{age}” is no age; write 90d, 26w, 6m or 2y")
    return int(found.group(1)) * _DAYS[found.group(2)]
