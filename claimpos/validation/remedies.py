"""What somebody may have meant who wrote an outcome or an id in a way of their own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from claimpos.dossier.model import Issue
from claimpos.dossier.reading.form import RESERVED, did_you_mean

_ID = "ids are lower-case words joined by hyphens, and begin with a letter"
_HOLDERS = frozenset({"positions", "if", "terms"})
_OUTCOMES = frozenset({"demands", "proposes", "accepts", "refuses", "outcome"})
_CONDITION = "a condition is written accepts: [{outcome: X, if: {…}}]"


def issue_of(path: Iterable[str | int], issues: Mapping[str, Issue]) -> Issue | None:
    """The issue of whose outcomes a file speaks at the end of a path; None if of none known."""
    issue = None
    speaks = False
    holder: str | int = ""
    for step in path:
        if holder in _HOLDERS:
            issue, speaks = issues.get(str(step)), holder == "if"
        elif isinstance(step, str):
            speaks = step in _OUTCOMES or (speaks and step != "subject-to")
        holder = step
    return issue if speaks else None


def outcome_meant(found: str, issue: Issue) -> tuple[str, str]:
    """What is wrong with a text in the place of an outcome, and how that is written."""
    if issue.kind == "quantity":
        message = f"“{found}” is not a number, which the issue “{issue.id}” needs"
        figure = _figure(found)
        hint = f"write a number alone, such as {figure}, or a range, such as {{min: {figure}}}"
    else:
        message = f"“{issue.id}” has no option “{found}”"
        hint = id_meant(found, issue.options)
    return message, f"{hint}; {_CONDITION}" if " if " in found else hint


def _figure(found: str) -> str:
    """The first figure in a text, without what divides its thousands; failing one, any."""
    match = re.search(r"[0-9]+(?:[,_' ][0-9]{3})*(?:\.[0-9]+)?", found)
    return re.sub("^0+(?=[0-9])|[,_' ]", "", match.group()) if match else "500"


def id_meant(found: str, titles: Mapping[str, str]) -> str:
    """Which of the known ids is meant by its title, or by a word like it; else some of them."""
    by_title = {title.casefold(): key for key, title in titles.items()}
    meant = by_title.get(found.casefold(), _as_id(found))
    return f"write “{meant}”" if meant in titles else did_you_mean(meant or found, titles)


def id_form(found: str) -> str:
    """How an id is written, with this one as an example where it can be one."""
    meant = _as_id(found)
    return f"write “{meant}”: {_ID}" if meant else ""


def _as_id(found: str) -> str:
    """The text as an id; empty if it cannot be one."""
    words = "-".join(re.findall(r"[a-z0-9]+", found.lower()))
    usable = re.match(r"[a-z]", words) and words not in RESERVED and found.isascii()
    return words if usable else ""
