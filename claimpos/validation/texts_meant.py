"""What is meant by what stands in the place of an outcome, a party, an id, a list or a map."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from claimpos.dossier.lookup import id_words
from claimpos.dossier.model import Issue
from claimpos.dossier.nodes import Map, Seq
from claimpos.dossier.reading.form import RESERVED, did_you_mean
from claimpos.dossier.written_figures import Written, figures_meant, remedy

ID_FORM = "ids are lower-case words joined by hyphens, and begin with a letter"
# What may stand around a text that was pasted: quotes, and spaces that are none to YAML.
QUOTES = "“”„‟«»‘’‚‹›\"' \u00a0\u202f\u3000"
_HOLDERS = frozenset({"positions", "terms"})
_OUTCOMES = frozenset({"demands", "proposes", "accepts", "refuses", "outcome"})
_CONDITION = "a condition is written accepts: [{outcome: X, if: {…}}]"


def issue_of(path: Iterable[str | int], issues: Mapping[str, Issue]) -> Issue | None:
    """The issue of whose outcomes a file speaks at the end of a path; None if of none known."""
    key = _speaks_of(path)
    return None if key is None else issues.get(key)


def _speaks_of(path: Iterable[str | int]) -> str | None:
    """The id of the issue of whose outcomes a file speaks at the end of a path."""
    issue = ""
    speaks = False
    before: str | int = ""
    for at, step in enumerate(path):
        if before == "if" or (at == 1 and before in _HOLDERS):
            issue, speaks = str(step), before == "if"
            step = ""  # an issue may be called as a key that holds issues
        elif step == "by" and isinstance(before, int):
            speaks = False  # the parties that ask for an alternative
        elif isinstance(step, str):
            speaks = step in _OUTCOMES or (speaks and step != "subject-to")
        before = step
    return issue if speaks else None


def outcome_meant(found: str, issue: Issue) -> tuple[str, str]:
    """What is wrong with a text in the place of an outcome, and how that is written."""
    if issue.kind == "quantity":
        message = f"“{found}” is not a number, which the issue “{issue.id}” needs"
        fitting = [one for one in figures_meant(found, issue.unit) if _fits(one, issue)]
        hint = remedy(tuple(fitting))
    else:
        message = f"“{issue.id}” has no option “{found}”"
        hint = _several_meant(found, issue.options) or id_meant(found, issue.options)
    return message, f"{hint}; {_CONDITION}" if " if " in found else hint


def _fits(figure: Written, issue: Issue) -> bool:
    """Whether the issue takes a number, or both ends of a range."""
    ends = figure.values() if isinstance(figure, Mapping) else [figure]
    low = min(ends) if issue.minimum is None else issue.minimum
    high = max(ends) if issue.maximum is None else issue.maximum
    whole = not issue.integer or all(isinstance(end, int) for end in ends)
    return whole and low <= min(ends) and max(ends) <= high


def _several_meant(found: str, titles: Mapping[str, str]) -> str:
    """How a list is written that was put in words: X or Y."""
    words = [one.strip(QUOTES) for one in re.split(r",| or | and |/", found)]
    if len(words) < 2 or not all(word in titles for word in words):
        return ""
    return f"write [{', '.join(dict.fromkeys(words))}]"


def id_meant(found: str, titles: Mapping[str, str]) -> str:
    """Which of the known ids is meant by its title, or by a word like it; else some of them."""
    by_title = {title.casefold(): key for key, title in titles.items()}
    bare = found.strip(QUOTES)
    meant = by_title.get(bare.casefold(), as_id(bare))
    return f"write “{meant}”" if meant in titles else did_you_mean(meant or found, titles)


def id_form(found: str) -> str:
    """How an id is written, and this one where it is plain what it would be."""
    bare = found.strip(QUOTES)
    meant = as_id(bare)
    alone = ", without quotation marks" if bare != found.strip() else ""
    return f"write “{meant}”{alone}: {ID_FORM}" if meant else ""


def ids_form(found: str) -> str:
    """How ids are written in a list, if a text has several; else how one is written."""
    if re.search("[,;|]", found):
        return f"put each id by itself, with a comma between two: {ID_FORM}"
    return id_form(found)


def as_id(found: str) -> str:
    """The text as an id; empty if it cannot be one."""
    words = id_words(found)
    usable = re.match(r"[a-z]", words) and words not in RESERVED
    return words if usable else ""


def text_meant(
    found: str, path: Iterable[str | int], issues: Mapping[str, Issue]
) -> tuple[str, str] | None:
    """What is wrong with a text in the place of an outcome or a party; None in any other place."""
    steps = [*path]
    if steps[-2:-1] in (["by"], ["authors"]):
        return f"“{found}” is not the id of a party", "write the name of its file, without .yaml"
    key = _speaks_of(steps)
    if key is None:
        return None
    if (issue := issues.get(key)) is not None:
        return outcome_meant(found, issue)
    hint = "write the id of an option or, if the issue is a quantity, a number or a range"
    return f"“{found}” is neither the id of an option nor a number", hint


_SHORT = 60
# A text that is one member of a list between brackets, and still a text there.
_MEMBER = re.compile(r"[^\W\d][^,:#\[\]{}\"'\n]*\Z")
_FLAGS = {
    **dict.fromkeys(("yes", "y", "on", "true"), "true"),
    **dict.fromkeys(("no", "n", "off", "false"), "false"),
}


def recast_value(found: object, names: list[str], remedy: str) -> str:
    """How what is found becomes what is asked, where that is plain."""
    if "string" in names and isinstance(found, bool | int | Decimal):
        fits = not remedy.startswith(
            ("A date:", "An outcome") if isinstance(found, bool) else ("An id:", "A date:")
        )
        return "put it in quotes. " if fits else ""
    if names == ["boolean"] and isinstance(found, str):
        meant = _FLAGS.get(found.casefold())
        return f"write {meant}, in small letters and without quotes. " if meant else ""
    if names == ["array"] and isinstance(found, Map) and found:
        return f"put a dash before its first key: “- {next(iter(found))}: …”. "
    if "array" in names and isinstance(found, str) and len(found) < _SHORT:
        return _listed(found)
    if names == ["object"] and isinstance(found, list) and found:
        return _mapped(found)
    return ""


def _listed(found: str) -> str:
    """How a text is written as a list of one, or of the ids that it names."""
    inner = found[1:-1] if found.startswith("(") and found.endswith(")") else found
    members = [member.strip() for member in re.split("[,;]", inner)]
    if (len(members) > 1 or inner != found) and all(as_id(one) == one for one in members):
        return f"write [{', '.join(members)}]. "
    return f"put it in brackets: [{found}]. " if _MEMBER.match(found) else ""


def _mapped(found: list[Any]) -> str:
    """How a list is written as a map: its members may have their ids already."""
    if all(isinstance(member, str) for member in found):
        return f"write {{{found[0]}: …}}. "
    heads = [next(iter(member.items())) for member in found if isinstance(member, Map) and member]
    if len(heads) == len(found) and all(
        value is None or isinstance(value, Map | Seq) for _, value in heads
    ):
        return f"write “{heads[0][0]}:” without a dash before it. "
    return "replace each dash by an id with a colon. "
