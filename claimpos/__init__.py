"""A negotiation's positions kept as plain text, and their comparison.

>>> from claimpos import compare, load_dossier
>>> dossier = load_dossier()  # or load_dossier("path/to/positions")
>>> comparison = compare(dossier, ["russia", "ukraine"], as_of="2025-03-14")
>>> for issue in comparison.issues:
...     if issue.issue.id == "ceasefire":
...         print(issue.verdict, issue.reason)
conflict condition-failed
"""

from __future__ import annotations

TYPE_CHECKING = False  # as in typing, whose import would slow `claimpos --version` down

if TYPE_CHECKING:
    from typing import Any

    from claimpos.comparison.changes import changes
    from claimpos.comparison.history import history
    from claimpos.comparison.matrix import matrix
    from claimpos.comparison.verdicts import Comparison, compare
    from claimpos.dossier.model import Dossier
    from claimpos.errors import ClaimposError, DossierNotFound, InvalidDossier, WrongUsage
    from claimpos.rendering.diff_report import diff_report
    from claimpos.validation.gate import load_dossier

__version__ = "0.1.0"

__all__ = [
    "ClaimposError",
    "Comparison",
    "Dossier",
    "DossierNotFound",
    "InvalidDossier",
    "WrongUsage",
    "__version__",
    "changes",
    "compare",
    "diff_report",
    "history",
    "load_dossier",
    "matrix",
]

_HOMES = {
    "ClaimposError": "claimpos.errors",
    "Comparison": "claimpos.comparison.verdicts",
    "Dossier": "claimpos.dossier.model",
    "DossierNotFound": "claimpos.errors",
    "InvalidDossier": "claimpos.errors",
    "WrongUsage": "claimpos.errors",
    "changes": "claimpos.comparison.changes",
    "compare": "claimpos.comparison.verdicts",
    "diff_report": "claimpos.rendering.diff_report",
    "history": "claimpos.comparison.history",
    "load_dossier": "claimpos.validation.gate",
    "matrix": "claimpos.comparison.matrix",
}


def __getattr__(name: str) -> Any:
    """Import what is asked for when it is asked for, so that `--version` stays quick."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOMES[name]), name)
