"""What a run has found, in the formats that people and programs read."""

from __future__ import annotations

from importlib import import_module

from claimpos.rendering.text import Paint
from claimpos.validation.checking import Checked


def report(checked: Checked, name: str, paint: Paint, strict: bool = False) -> str:
    """The report in the format of this name; only text has colours.

    With `strict`, warnings fail: only JUnit has a word for what fails and what does not.
    """
    module = import_module(f"claimpos.rendering.reports.{name}")
    told: str
    if name == "text":
        told = module.report(checked, paint)
    elif name == "junit":
        told = module.report(checked, strict)
    else:
        told = module.report(checked)
    return told
