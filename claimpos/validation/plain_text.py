"""Texts as quotes are looked up in them: in plain typography, with whole words and figures."""

import re
from functools import cache
from unicodedata import category

from claimpos.dossier.looks import normal_form
from claimpos.dossier.parsing.printable import HAN, IGNORABLE, UNSPACED

# Letters of scripts without a blank between words: a quote may begin and end at any of them.
_ALONE = f"{HAN}{UNSPACED}\u3005-\u3007\u3041-\u3096\u309d-\u309f"
_SMALL_DIGITS = "\u00b9\u00b2\u00b3\u2070\u2074-\u2079"
_IS_ALONE = f"[{_ALONE}]"
WORD = re.compile(rf"[{_ALONE}{_SMALL_DIGITS}]|[^\W{_ALONE}{_SMALL_DIGITS}]+")
"""A word as the index has it: it may be a part of one, but no more than one."""

# What a quote may not begin or end within: a word with its hyphens, with endings such as in “can't”
# (but “Russia” may be quoted from “Russia's”) and with the apostrophes that Ukrainian has within
# words; and a figure with its sign and its points.
_WHOLE = re.compile(
    r"(?:(?:(?:(?<!\w)[-\u2013\u2014]|[+<=>~±])\$?\.?|(?<![\w.])\.)(?=\d))?"
    r"\w+(?:(?:[-\u2013]\ufdd0?|(?<=\d)[^\w\s()\[\]|\"](?=\d)"
    r"|(?<=[^\W\d_])[)\]·\u2027](?=[^\W\d_])"
    r"|(?<=[\u0400-\u052f])'(?=[\u0400-\u052f])|'(?=\w{1,2}\b)(?!s\b))\w+)*"
)
# A word that the end of a line has, or may have, divided: “un- acceptable” or “non- negotiable”.
# A mark may come before the hyphen.
_NO_SIGN = r"[^\s!-/:-@\[-`{-~]"
_BROKEN = re.compile(rf"(?<={_NO_SIGN})[-\u00ad\u058a\u05be\u2010\u2011\ufe63\uff0d¬=](\s++)(?=\w)")
_DIVIDED = re.compile(rf"(?<={_NO_SIGN})- (?=\w)")
_MARK = "\ufdd0"  # for the blank in it: a code that no character has
_MARKED = f"-{_MARK}"
_LETTERS_DIVIDED = re.compile(rf"(?<={_NO_SIGN})(?<!\d){_MARKED}(?=[^\W\d_])")
# A place before or after the blank in a figure: 1 000, 5 ½, 5 1/2; or after that in ≥ 5.
_PART = r"(?:\d{3}|\d{1,2}[/\u2044]\d{1,2}|[¼-¾\u2150-\u215e])(?!\w)"
_AMID_FIGURE = re.compile(
    rf"(?<=\d)(?<!\d{{4}})(?= {_PART})|(?<=\d )(?<!\d{{4}} )(?={_PART})|(?<=[<±≠≈≤≥] )(?=\d)"
)
# The end of a word or a year before the small digits of a note; those of square metres are none.
_NOTED = re.compile(
    rf"(?:(?<=[^\W\d_])(?<!\bm)(?<!\b[cdkm]m)|(?<=\b(?:19|20)\d\d))(?=[{_SMALL_DIGITS}])"
)
# So many letters around a place are looked at for it.
_AROUND = 40

_DASH, _SHORT_DASH = "\u2014", "\u2013"  # the kinds of dash that a plain text has

# A soft hyphen that is shown, and a minus sign before a figure.
_HYPHENS = re.compile(r"\u00ad(?=\s)|\u2212\s+(?=\d)")
# The soft hyphen is left to what is said of hyphens.
_INVISIBLE = re.compile(rf"(?!\u00ad)[{IGNORABLE}]")
_SAME = str.maketrans(
    {
        "\u00ad": None,
        **dict.fromkeys("\u00b4\u02bc\u05f3\u2018\u2019\u201a\u201b\u2032\u2039\u203a\uff07", "'"),
        **dict.fromkeys("\u05f4\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb\uff02", '"'),
        **dict.fromkeys(
            "\u058a\u05be\u1400\u1806\u2010\u2011\u2212\u2e17\u2e1a\u2e40\u2e5d\ufe63\uff0d", "-"
        ),
        **dict.fromkeys("\u2012\u2013\ufe32", _SHORT_DASH),
        **dict.fromkeys("\u2014\u2015\u2e3a\u2e3b\ufe31\ufe58", _DASH),
    }
)
# A blank that is no more than the end of a line, between such letters or their punctuation.
_BESIDE = f"[{_ALONE}\u3000-\u30ff\uff00-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff9f]"
_NO_BLANK = re.compile(f" (?<={_BESIDE} )(?={_BESIDE})")


def words_in(text: str) -> list[str]:
    """The words of a text in the form that the index has."""
    return [word.casefold() for word in WORD.findall(text)]


def plainly(text: str) -> str:
    """The text with plain quotation marks, two kinds of dash, and one space for any white space.

    Invisible characters are left out, and so is white space in scripts without blanks. Letters and
    accents are one character, and so are a minus and its figure one word. Of many marks on one
    letter, only the first are left.
    """
    joined = _HYPHENS.sub("-", _visible(text))
    return _NO_BLANK.sub("", " ".join(joined.translate(_SAME).split()))


def marked(text: str) -> str:
    """A text as `plainly` makes it, but with a mark for the blank in words that line ends divide.

    No text has the mark itself.
    """
    return plainly(_BROKEN.sub(_mark, _visible(text)))


def _visible(text: str) -> str:
    return text if text.isascii() else normal_form("NFC", _INVISIBLE.sub("", text))


def _mark(found: re.Match[str]) -> str:
    return found[0] if len(f"x{found[1]}x".splitlines()) < 2 else _MARKED


def marked_anywhere(text: str) -> str:
    """The same where line ends have become blanks: any hyphen before one may divide a word."""
    return _DIVIDED.sub(_MARKED, plainly(text))


def unmarked(text: str) -> str:
    """A marked text with its blanks, and with a hyphen for every dash."""
    return text.replace(_DASH, "-").replace(_SHORT_DASH, "-").replace(_MARK, " ")


def rejoined(text: str) -> list[str]:
    """A marked text with its divided words in one, without the hyphen and with it; or nothing."""
    if _MARKED not in text:
        return []
    without = _LETTERS_DIVIDED.sub("", text)
    return [one.replace(_MARKED, "-") for one in (without, text)]


def is_within(text: str, at: int) -> bool:
    """Whether a place of a marked text is within a word or a figure."""
    if _AMID_FIGURE.match(text, at):
        return True
    if at < len(text) and category(text[at])[0] == "M":
        return True  # an accent or a vowel sign of the letter before
    if _NOTED.match(text, at):
        return False
    if not 0 < at < len(text) or " " in (text[at - 1], text[at]):
        return False
    first = max(0, at - _AROUND)
    begin = max(first, text.rfind(" ", first, at) + 1)
    around = text[begin : at + _AROUND]
    if not around.isascii():
        around = "".join(map(_kind, around))
    wholes = (whole.span() for whole in _WHOLE.finditer(around))
    return any(start < at - begin < end for start, end in wholes)


@cache
def _kind(one: str) -> str:
    """The character that stands for all of its kind in `_WHOLE`, or the character itself."""
    if re.match(_IS_ALONE, one) and not one.isnumeric():
        return "|"  # the end of any word
    kind = category(one)
    if kind[0] == "M":
        return "x"
    return "±" if kind == "Sm" and one != "|" else "$" if kind == "Sc" else one
