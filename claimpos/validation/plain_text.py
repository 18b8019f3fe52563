"""Texts as quotes are looked up in them: in plain typography, with whole words and figures."""

import re
from unicodedata import category

from claimpos.dossier.looks import normal_form

WORD = re.compile(r"\w+")
# What a quote may not begin or end within: a word with its hyphens and with endings such as in
# “can't” (but “Russia” may be quoted from “Russia's”), and a figure with its sign and its points.
_WHOLE = re.compile(
    r"(?:(?:(?<!\w)[-\u2014±≤≥≈]|(?<![\w.])[-\u2014±≤≥≈]?\.)(?=\d))?"
    r"\w+(?:(?:-\ufdd0?|(?<=\d)[.,:/'\u2014·٬⁄](?=\d)|'(?=\w{1,2}\b)(?!s\b))\w+)*"
)
# A word that the end of a line has, or may have, divided: “un- acceptable” or “non- negotiable”.
_BROKEN = re.compile(r"(?<=\w)[-\u00ad\u2010\u2011\ufe63\uff0d¬=](\s++)(?=\w)")
_DIVIDED = re.compile(r"(?<=\w)- (?=\w)")
_MARK = "\ufdd0"  # for the blank in it: a code that no character has
_MARKED = f"-{_MARK}"
_LETTERS_DIVIDED = re.compile(rf"(?<=[^\W\d_]){_MARKED}(?=[^\W\d_])")
# A place between thousands, before or after a space: 1 000.
_AMID_THOUSANDS = re.compile(
    r"(?<=\d)(?<!\d{4})(?= \d{3}(?!\w))|(?<=\d )(?<!\d{4} )(?=\d{3}(?!\w))"
)
# So many letters around a place are looked at for it.
_AROUND = 40

_DASH = "\u2014"  # the one kind of dash that a plain text has

# A soft hyphen that is shown, and a minus sign before a figure.
_HYPHENS = re.compile(r"\u00ad(?=\s)|\u2212\s+(?=\d)")
_SAME = str.maketrans(
    {
        **dict.fromkeys("\u00ad\u200b\u2060\ufeff"),  # invisible characters
        **dict.fromkeys("\u2018\u2019\u201a\u201b\u2032\u2039\u203a", "'"),
        **dict.fromkeys("\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb", '"'),
        **dict.fromkeys("\u2010\u2011\u2212\ufe63\uff0d", "-"),
        **dict.fromkeys("\u2012\u2013\u2014\u2015", _DASH),
    }
)


def words_in(text: str) -> list[str]:
    """The words of a text in the form that the index has."""
    return [word.casefold() for word in WORD.findall(text)]


def plainly(text: str) -> str:
    """The text with plain quotation marks, one kind of dash, and one space for any white space.

    Letters and accents are one character, and so are a minus and its figure one word. Of many marks
    on one letter, only the first are left.
    """
    joined = _HYPHENS.sub("-", normal_form("NFC", text))
    return " ".join(joined.translate(_SAME).split())


def marked(text: str) -> str:
    """A text as `plainly` makes it, but with a mark for the blank in words that line ends divide.

    No text has the mark itself.
    """
    return plainly(_BROKEN.sub(_mark, normal_form("NFC", text)))


def _mark(found: re.Match[str]) -> str:
    return found[0] if len(f"x{found[1]}x".splitlines()) < 2 else _MARKED


def marked_anywhere(text: str) -> str:
    """The same where line ends have become blanks: any hyphen before one may divide a word."""
    return _DIVIDED.sub(_MARKED, plainly(text))


def unmarked(text: str) -> str:
    """A marked text with its blanks, and with a hyphen for every dash."""
    return text.replace(_DASH, "-").replace(_MARK, " ")


def rejoined(text: str) -> list[str]:
    """A marked text with its divided words in one, without the hyphen and with it; or nothing."""
    if _MARKED not in text:
        return []
    without = _LETTERS_DIVIDED.sub("", text)
    return [one.replace(_MARKED, "-") for one in (without, text)]


def is_within(text: str, at: int) -> bool:
    """Whether a place of a marked text is within a word or a figure."""
    if _AMID_THOUSANDS.match(text, at):
        return True
    if at < len(text) and category(text[at]) == "Mn":
        return True  # an accent of the letter before
    if not 0 < at < len(text) or " " in (text[at - 1], text[at]):
        return False
    first = max(0, at - _AROUND)
    begin = max(first, text.rfind(" ", first, at) + 1)
    wholes = (whole.span() for whole in _WHOLE.finditer(text, begin, at + _AROUND))
    return any(start < at < end for start, end in wholes)
