"""Print the oldest version that pyproject allows of each package that claimpos uses at run time.

The form is that of pip's constraints. Packages of the tests and of development are left out.
"""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

project = tomllib.loads(Path("pyproject.toml").read_text("utf-8"))["project"]
extras = {
    name: listed
    for name, listed in project["optional-dependencies"].items()
    if name not in {"scale", "test", "dev"}
}
for wanted in [*project["dependencies"], *(one for some in extras.values() for one in some)]:
    if found := re.match(r"([\w.-]+)(?:\[.*\])?>=([\d.]+)", wanted):
        print(f"{found[1]}=={found[2]}")
