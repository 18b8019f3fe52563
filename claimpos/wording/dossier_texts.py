"""Texts of a dossier within reports: set apart, so that none passes for the report's own words.

Labels of outcomes and issues, and titles of texts, are the dossier's own words and are set apart.
Quotation marks are only for what somebody has said, so labels are in angle brackets, which plain
text and data keep. Documents with italics show italics instead: see `set_apart`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from claimpos.dossier.looks import clause_ends, has_marks, normal_form
from claimpos.wording.sentences import say, template

OPENING, CLOSING = "⟨", "⟩"

# Marks of a quotation, and those that look like them, would end one too early, so that its rest
# would seem to be the report's words. Two single marks look like one mark of a quotation.
_MARKS = {
    **dict.fromkeys("\u201c\u201e\u201f\u00ab\u300c\u300e\u301d\u275d", "\u2018"),
    **dict.fromkeys("\u201d\u00bb\u300d\u300f\u301e\u301f\u275e", "\u2019"),
    **dict.fromkeys('"\uff02\u2033\u2036\u02ba\u02ee\u02dd\u05f4', "'"),
}
_WITHIN_QUOTATION = str.maketrans(_MARKS)
_KEPT = frozenset("()[]{}\u2018\u2019")
_SINGLE = r"['\u2018\u2019\u201a\u201b\u2032\u2035`\u00b4\u02b9\u02bc\u275b\u275c]"
_TWO_MARKS = re.compile(f"({_SINGLE}){_SINGLE}+")

# Brackets that look like those around what is set apart; of < and >, only such as compare nothing.
# Braces are what a terminal gets that lacks angle brackets.
_OPENING = (
    r"[\u2329\u3008\u300a\u276c\u276e\u2770\u27ea\u27ee\u2989\u2991\u29fc\u2aa1\u2abb\u2039\u25c3"
    r"\u25c5\u140a\u1438\uff1c\ufe64\u02c2{]"
)
_CLOSING = (
    r"[\u232a\u3009\u300b\u276d\u276f\u2771\u27eb\u27ef\u298a\u2992\u29fd\u2aa2\u2abc\u203a\u25b9"
    r"\u25bb\u1405\u1433\uff1e\ufe65\u02c3}]"
)
_LIKE_BRACKETS = rf"({_OPENING}|<(?![\s\d=-]))|{_CLOSING}|(?<![\s\d=-])>(?!\d)"
_MAYBE_BRACKETS = re.compile(rf"[<>{_OPENING[1:-1]}{_CLOSING[1:-1]}]")  # found faster

# No text of a dossier holds these brackets: whatever stands between them is set apart, also amid
# quotation marks, which a name may open and never close.
_LABEL = "⟨([^⟨⟩]*)⟩"

# What may be a further sentence, after whatever comes before it, and what is longer than a name.
_GOES_ON = r"[.!?]\s*[A-Z]\w*(?:\s+\w+){3}|\s[\u2013\u2014-]\s|^\S+(?:\s+\S+){6}"

_YEAR = r"\b(?:19|20)\d\d\b"


def label(title: str) -> str:
    """A text of the dossier, such as an outcome's label, set apart in a sentence."""
    if _MAYBE_BRACKETS.search(title):
        title = re.sub(_LIKE_BRACKETS, lambda found: "(" if found[1] else ")", title)
    return f"{OPENING}{title}{CLOSING}"


def in_quotation_marks(words: str) -> str:
    """Somebody's words in quotation marks; a quotation within them gets single marks."""
    inner = words.translate(_WITHIN_QUOTATION)
    if has_marks(inner):
        inner = "".join("\u2019" if one not in _KEPT and has_marks(one) else one for one in inner)
    inner = _TWO_MARKS.sub(r"\1", inner)
    return f"“{inner}”"


def parts(text: str) -> Iterator[tuple[str, bool]]:
    """The parts of a text in order, each with whether it is a label; none is empty."""
    end = 0
    for found in re.finditer(_LABEL, text):
        title = found[1].strip(" ")
        if not title:
            continue
        if found.start() > end:
            yield text[end : found.start()], False
        yield title, True
        end = found.end()
    if end < len(text):
        yield text[end:], False


def set_apart(inert: str, form: str) -> str:
    """A text that is inert for its target, with its labels in a form such as <em>{}</em>."""
    return "".join(form.format(part) if is_label else part for part, is_label in parts(inert))


def capital(text: str) -> str:
    """The text with a capital first letter, which may come after an opening mark."""
    start = 1 if text.startswith((OPENING, "“")) else 0
    return text[:start] + text[start : start + 1].upper() + text[start + 1 :]


def one_line(text: str) -> str:
    """A text of a dossier as part of a sentence: on one line, without a final full stop."""
    return " ".join(text.split()).removesuffix(".")


def free_text(text: str) -> str:
    """A text of a dossier within a sentence, set apart, so that it cannot pass for the report's."""
    return label(one_line(text))


@lru_cache(maxsize=1024)  # a few speakers and sources stand in very many citations
def in_brackets(text: str) -> str:
    """A text of a dossier within brackets, such as a speaker's name in a citation.

    It is set apart if it would close them, holds quotation marks, or could pass for further parts
    of a citation.
    """
    signs = normal_form("NFKC", one_line(text))
    _, closes = _in_brackets(signs)
    is_several = ";" in signs or ": " in signs or _vouches(signs) or _has_date(signs)
    is_several |= any(clause_ends(signs.split())) or bool(re.search(_GOES_ON, signs))
    return free_text(text) if closes or is_several or has_marks(text) else one_line(text)


def _in_brackets(text: str) -> tuple[str, bool]:
    """What stands in brackets, and whether one is closed that was not opened."""
    if "(" not in text and "[" not in text and ")" not in text:
        return "", False
    depth, inner, closes = 0, [], False
    for sign in text:
        depth += (sign in "([") - (sign in ")]")
        closes |= depth < 0
        inner += [sign] if depth > 0 else []
    return "".join(inner), closes


def _vouches(text: str) -> bool:
    """Whether a text has words of reports on how something is known, and who vouches for it."""
    small = text.casefold()
    return any(word in small for word in _vouching())


@cache
def _vouching() -> tuple[str, ...]:
    bases = [say(f"basis.{basis}") for basis in ("stated", "reported", "inferred")]
    others = "coded by, reviewed by, confirmed by, own words, quoted, verbatim, word for word"
    return (*bases, *others.split(", "), "on the record")


def _has_date(text: str) -> bool:
    """Whether a text has a year, or a day and a month in words."""
    if not any(one.isdigit() for one in text):
        return False
    months = template("date.months").split()
    return any(month[:3] in text for month in months) or bool(re.search(_YEAR, text))


# A mark that is no apostrophe, and what comes after a heading.
_QUOTED_OR_HEADED = re.compile(r"(?<!\w)['\u2019]|:\s|<\w")


def in_summary(text: str) -> str:
    """The summary of a statement; set apart if it could pass for a quotation with its citation."""
    signs = normal_form("NFKC", one_line(text))
    inner, _ = _in_brackets(signs)
    is_like_one = (
        has_marks(text)
        or _QUOTED_OR_HEADED.search(signs)
        or "," in inner
        or ";" in inner
        or _vouches(inner)
    )
    return free_text(text) if is_like_one else one_line(text)
