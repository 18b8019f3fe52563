"""What a run has found, in the formats that people and programs read."""

from __future__ import annotations

from importlib import import_module

from claimpos.rendering.text import Paint
from claimpos.validation.checking import Checked


def report(checked: Checked, name: str, paint: Paint) -> str:
    """The report in the format of this name; only text has colours."""
    module = import_module(f"claimpos.validation.reports.{name}")
    told: str = module.report(checked, paint) if name == "text" else module.report(checked)
    return told
