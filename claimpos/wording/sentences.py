"""The sentences of a language, from their templates; another language is another such table."""

from __future__ import annotations

from collections.abc import Mapping

from claimpos.wording.english import TEMPLATES

_FORMS: Mapping[int | None, str] = {0: "none", 1: "one", 2: "two"}


def say(key: str, count: int | None = None, /, **places: object) -> str:
    """The sentence with this key, with its places filled.

    Args:
        key: The key of a template.
        count: The number on which its form depends, which also fills the place `count`.
        places: What fills its other places.
    """
    if count is not None:
        places["count"] = with_marks(f"{count:,}")
    return template(key, count).format_map(places)


def with_marks(number: str) -> str:
    """A number such as 2,000.5 with the marks of the language."""
    return number.translate(str.maketrans(",.", template("number.marks")))


def template(key: str, count: int | None = None) -> str:
    """The template with this key, in the form for a number."""
    found = TEMPLATES[key]
    if isinstance(found, str):
        return found
    return found.get(_FORMS.get(count, "many")) or found["many"]
