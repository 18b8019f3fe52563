"""What a person waits for: the version, and a diff, as whole processes."""

from __future__ import annotations

import re
import shutil
import sys
from importlib.metadata import version
from pathlib import Path

from tests.benchmarks.ratios import PASS, SCRIPT, pairs, show

LIBRARIES = [sys.executable, "-c", "import typer, yaml, tabulate"]
USES_RE = re.compile(r"import re$|\bre\.sub\(").search


def measure(scratch: Path) -> None:
    told = "claimpos --version / python -c pass"
    show(told, pairs([str(SCRIPT), "--version"], PASS))
    written = SCRIPT.read_text("utf-8")
    if "import re" in written:
        script = scratch / "claimpos-script"
        script.write_text("\n".join(one for one in written.splitlines() if not USES_RE(one)))
        script.chmod(0o755)
        show(f"{told}, as a newer pip writes the script", pairs([str(script), "--version"], PASS))
        print(f"        (pip {version('pip')} wrote a script that imports re before claimpos runs)")
    diff_process(scratch)


def diff_process(scratch: Path) -> None:
    diff = [str(SCRIPT), "diff", "russia", "us"]
    versus = "python -c 'import typer, yaml, tabulate'"
    show(f"claimpos diff russia us / {versus}, dossier remembered", pairs(diff, LIBRARIES))
    anew = pairs(diff, LIBRARIES, before=lambda: shutil.rmtree(scratch / "claimpos", True))
    show(f"claimpos diff russia us / {versus}, dossier read anew", anew)
