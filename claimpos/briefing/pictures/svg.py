"""A picture as SVG: within a page, or as a file of its own that brings its style along."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from jinja2 import Template
from markupsafe import Markup

from claimpos.briefing.documents import TEMPLATES, environment
from claimpos.briefing.pictures.heat_map import heat_map
from claimpos.briefing.pictures.time_line import issue_turns, time_line
from claimpos.comparison.matrix import Matrix
from claimpos.comparison.verdicts import Comparison
from claimpos.errors import WrongUsage

MOST_PARTIES = 60
"""The parties that a heat map shows at most."""


def drawn(template: str, picture: Mapping[str, Any], alone: bool = True) -> str:
    """The picture laid out by a template such as `heat-map.svg`.

    One that is `alone` is a whole file, on the paper that light or dark calls for; otherwise the
    page around it has `pictures.css` and `patterns.svg`.
    """
    style = patterns = ""
    if alone:
        style = f"<style>\n{_PAPER}{shipped('pictures.css')}</style>"
        patterns = shipped("patterns.svg")
    known = {**picture, "alone": alone, "style": Markup(style), "patterns": Markup(patterns)}
    return _template(template).render(known)


@cache
def _template(name: str) -> Template:
    return environment("html").get_template(name)


def time_line_of(comparison: Comparison) -> str:
    """The time line of the comparison's issue as a file; raises WrongUsage unless it has one."""
    if len(comparison.issues) != 1:
        raise WrongUsage(
            "a time line is of one issue; name it with --issue, see claimpos list issues"
        )
    dossier, parties, basis = comparison.dossier, comparison.parties, comparison.basis
    issue = comparison.issues[0].issue
    turns = issue_turns(dossier, issue, parties, basis)
    return drawn("time-line.svg", time_line(dossier, issue, parties, comparison.day, turns, basis))


def check_heat_map(parties: int) -> None:
    """Raise WrongUsage for more parties than one can see."""
    if parties > MOST_PARTIES:
        raise WrongUsage(
            f"a heat map shows {MOST_PARTIES} parties at most, not {parties:,}; name some"
        )


def heat_map_of(matrix: Matrix) -> str:
    """The heat map of a matrix as a file; raises WrongUsage for more parties than one can see."""
    check_heat_map(len(matrix.parties))
    return drawn("heat-map.svg", heat_map(matrix))


def shipped(name: str) -> str:
    """A file of the templates' folder as it is."""
    return (TEMPLATES / name).read_text("utf-8")


_PAPER = """svg { background: #ffffff; }
@media (prefers-color-scheme: dark) { svg { background: #14191e; } }
"""
