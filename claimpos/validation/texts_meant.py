"""Guesses what was meant by a text in place of an outcome, a party, an id, a list or a map."""

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
# What may surround a text that was pasted: quotes, and spaces that are none to YAML.
QUOTES = "“”„‟«»‘’‚‹›\"' \u00a0\u202f\u3000"
_HOLDERS = frozenset({"positions", "terms"})
_OUTCOMES = frozenset({"demands", "proposes", "accepts", "refuses", "outcome"})
_CONDITION = "a condition is written accepts: [{outcome: X, if: {…}}]"


def issue_of(path: Iterable[str | int], issues: Mapping[str, Issue]) -> Issue | None:
    """The issue whose outcomes are at the end of a path in a file; None if it is not known."""
    key = _speaks_of(path)
    return None if key is None else issues.get(key)


def _speaks_of(path: Iterable[str | int]) -> str | None:
    """The id of the issue whose outcomes are at the end of a path; None if there are none."""
    issue = ""
    speaks = False
    before: str | int = ""
    for at, step in enumerate(path):
        if before == "if" or (at == 1 and before in _HOLDERS):
            issue, speaks = str(step), before == "if"
            step = ""  # an issue may have the same name as a key that holds issues
        elif step == "by" and isinstance(before, int):
            speaks = False  # here are the authors of an alternative
        elif isinstance(step, str):
            speaks = step in _OUTCOMES or (speaks and step != "subject-to")
        before = step
    return issue if speaks else None


def outcome_meant(found: str, issue: Issue) -> tuple[str, str]:
    """What is wrong with a text in place of an outcome, and the remedy."""
    if issue.kind == "quantity":
        message = f"“{found}” is not a number, which the issue “{issue.id}” needs"
        fitting = [one for one in figures_meant(found, issue.unit) if _fits(one, issue)]
        hint = remedy(tuple(fitting))
    else:
        message = f"“{issue.id}” has no option “{found}”"
        hint = _several_meant(found, issue.options) or id_meant(found, issue.options)
    return message, f"{hint}; {_CONDITION}" if " if " in found else hint


def _fits(figure: Written, issue: Issue) -> bool:
    """Whether a number, or both ends of a range, are possible for the issue."""
    ends = figure.values() if isinstance(figure, Mapping) else [figure]
    low = min(ends) if issue.minimum is None else issue.minimum
    high = max(ends) if issue.maximum is None else issue.maximum
    whole = not issue.integer or all(isinstance(end, int) for end in ends)
    return whole and low <= min(ends) and max(ends) <= high


def _several_meant(found: str, titles: Mapping[str, str]) -> str:
    """The remedy for a list that was written in words: X or Y; else empty."""
    words = [one.strip(QUOTES) for one in re.split(r",| or | and |/", found)]
    if len(words) < 2 or not all(word in titles for word in words):
        return ""
    return f"write [{', '.join(dict.fromkeys(words))}]"


def id_meant(found: str, titles: Mapping[str, str]) -> str:
    """The remedy for a title, or a similar word, in place of an id: the id, or some of all."""
    by_title = {title.casefold(): key for key, title in titles.items()}
    bare = found.strip(QUOTES)
    meant = by_title.get(bare.casefold(), as_id(bare))
    return f"write “{meant}”" if meant in titles else did_you_mean(meant or found, titles)


def id_form(found: str) -> str:
    """The remedy for an id in the wrong form: the right form of this id; empty if it has none."""
    bare = found.strip(QUOTES)
    meant = as_id(bare)
    alone = ", without quotation marks" if bare != found.strip() else ""
    return f"write “{meant}”{alone}: {ID_FORM}" if meant else ""


def ids_form(found: str) -> str:
    """The remedy for a text in place of an id: one id in the right form, or a list of several."""
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
    """What is wrong with a text in place of an outcome or a party, and the remedy; else None."""
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
# A text that remains one text if it is put in brackets.
_MEMBER = re.compile(r"[^\W\d][^,:#\[\]{}\"'\n]*\Z")
_FLAGS = {
    **dict.fromkeys(("yes", "y", "on", "true"), "true"),
    **dict.fromkeys(("no", "n", "off", "false"), "false"),
}


def recast_value(found: object, names: list[str], remedy: str) -> str:
    """The remedy for a value of the wrong type, if it is clear what was meant; else empty.

    Args:
        found: The value.
        names: The types that the schema allows.
        remedy: What the schema says about the value.
    """
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
    """The remedy for a text in place of a list: a list of one, or of the ids in the text."""
    inner = found[1:-1] if found.startswith("(") and found.endswith(")") else found
    members = [member.strip() for member in re.split("[,;]", inner)]
    if (len(members) > 1 or inner != found) and all(as_id(one) == one for one in members):
        return f"write [{', '.join(members)}]. "
    return f"put it in brackets: [{found}]. " if _MEMBER.match(found) else ""


def _mapped(found: list[Any]) -> str:
    """The remedy for a list in place of a map, whose members may have their ids already."""
    if all(isinstance(member, str) for member in found):
        return f"write {{{found[0]}: …}}. "
    heads = [next(iter(member.items())) for member in found if isinstance(member, Map) and member]
    if len(heads) == len(found) and all(
        value is None or isinstance(value, Map | Seq) for _, value in heads
    ):
        return f"write “{heads[0][0]}:” without a dash before it. "
    return "replace each dash by an id with a colon. "
