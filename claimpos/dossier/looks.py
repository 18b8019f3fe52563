"""How names and addresses look: which look alike, show nothing, mix scripts, or pretend."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Literal

from claimpos.dossier.parsing.printable import runs_of_marks

# Letters of Latin, Cyrillic and Greek, and the Latin letter that each looks like; a stroke for
# capital i and small l. The source is Unicode's table of confusables (Technical Standard 39). Its
# figures are left out, because “Annex 1” and “Annex I” are different names.
_LATIN, _CYRILLIC, _GREEK = (
    ("IlƖǀıɩɪɑɡᴄƞɴᴏꜱᴜᴠᴡᴢ℮", "||||iiiagcnnosuvwze"),
    ("АВЕЅІЈКМНОРСТУҮХЬѴӀԌԚԜаеѕіјоргсухүѵӏһԁԛԝѡ", "ABES|JKMHOPCTYYXbV|GQWaesijoprcyxyv|hdqww"),
    ("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧϹͿϳαγινορυϲ", "ABEZH|KMNOPTYXCJjayivopuc"),
)
_ALIKE: dict[int, str | None] = {
    ord(letter): latin
    for letters, latins in (_LATIN, _CYRILLIC, _GREEK)
    for letter, latin in zip(letters, latins, strict=True)
}

_BLANKS = " \t\n\r\v\f\x1c\x1d\x1e\x1f"
# Blanks, hyphens, quotation marks and the like. Other signs count: “+Europa” is not “Europa”.
_BETWEEN = dict.fromkeys(
    map(ord, "-_.,·'\"`‐‑‒–—―−‘’‚‛“”„‟\u02b9\u02bc\u02c8\u058a\u05be\u2027\ua78f" + _BLANKS)
)
_ALIKE |= _BETWEEN

_ABBREVIATED = 3  # letters before the point
_SENTENCE = 4  # the fewest words of one that says anything

# Alphabets with letters that look like Latin ones, as Unicode's names begin. In names, letters of
# others stand beside Latin ones (日本NHK), and those of Greek that look like none (kΩ).
_ALPHABETS = (
    r"(ARMENIAN|CARIAN|CHEROKEE|COPTIC|CYRILLIC|DESERET|GEORGIAN|GOTHIC|LISU|LYCIAN|LYDIAN"
    r"|OGHAM|OLD|OSAGE|RUNIC|TIFINAGH) "
)
_KANA_VOICED = 8  # the class of the marks that make another syllable: は, ば
_WORDS = r"[^\W\d_]+"
_LATIN_LETTER = "[A-Za-z\u00aa\u00ba\u00c0-\u024f]"

_ADDRESS = r"https?://([A-Za-z0-9._:\[\]-]+)(?:[/?#][^\s\"<>]*)?\Z"
# With letters of any script in the name of the site, but none of the signs behind which it may go
# on: @, a backslash, and what looks like a point, a slash or a blank. As in the schemas.
_ANY_ADDRESS = (
    r"https?://([^\s!-,/;-@\\^`{-\xb6\xb8-\xbf\u2010-\u206f\u2190-\u23ff\u2500-\u259f\u27c0-\u2bff"
    r"\u2e00-\u2e7f\u3000-\u3004\u3008-\u3037\ua789\ufe10-\ufe6f\uff00-\uff65]+)"
    r"(?:[/?#][^\s\"<>]*)?\Z"
)
PUNYCODE = "xn--"

_ARTICLES = r"(?i)\A(?:(?:an?|the)(?:\s+|-))+"


def looks(name: str) -> set[str]:
    """The forms of a name in which blanks, accents and hyphens do not count.

    In one, capitals do not count either; in one, each letter is the Latin one that it looks like.
    Names that share a form look alike.
    """
    bare = name.translate(_BETWEEN)
    if bare.isascii():
        alike = bare.replace("I", "|").replace("l", "|")  # the only ones of these letters
    else:
        bare = "".join(bare.split())
        alike = bare.translate(_ALIKE)
        bare, alike = _unmarked(bare).translate(_BETWEEN), _unmarked(alike).translate(_ALIKE)
    return {form.casefold() or name for form in (alike, bare)}


def _unmarked(name: str) -> str:
    """A name without accents, and with ordinary letters in place of wide or bold ones."""
    from unicodedata import category, combining

    return "".join(
        one
        for one in normal_form("NFKD", name)
        if combining(one) in {0, _KANA_VOICED} and category(one) != "Me"
    )


def without_articles(name: str) -> str:
    """A name without articles at its beginning, which sentences add and write with a capital."""
    return re.sub(_ARTICLES, "", name)


def shows_nothing(name: str) -> bool:
    """Whether a name consists of blanks, of marks without their letter, or of U+FFFD."""
    if name[:1].isalnum():
        return False
    from unicodedata import category

    return all(one.isspace() or one == "\ufffd" or category(one)[0] == "M" for one in name)


def mixed_words(name: str) -> Iterator[tuple[str, str]]:
    """The words with Latin letters and one of another alphabet, with that letter."""
    if name.isascii() or max(name) < "\u0370":
        return
    from unicodedata import name as name_of

    for word in re.findall(_WORDS, name):
        if re.search(_LATIN_LETTER, word):
            for letter in word:
                if letter in _GREEK[0] or re.match(_ALPHABETS, name_of(letter, "")):
                    yield word, letter
                    break


def site_of(address: str) -> str:
    """The name of the site of a web address; empty if the text is none, or may hide its site."""
    # For ASCII, both patterns say the same, and it takes long to compile the longer one.
    found = re.match(_ADDRESS if address.isascii() else _ANY_ADDRESS, address)
    return found[1] if found else ""


def as_read(site: str) -> str:
    """The name of a site in the letters that a browser may show in place of xn--…"""
    if PUNYCODE not in site.lower():
        return site
    return ".".join(map(_decoded, site.split(".")))


def _decoded(label: str) -> str:
    if not label.lower().startswith(PUNYCODE):
        return label
    try:
        return label[len(PUNYCODE) :].encode("ascii").decode("punycode")
    except (UnicodeError, ValueError, OverflowError):
        return label


# Marks and brackets of other kinds than those of ordinary English, by their class in Unicode; and
# those that Unicode has as letters or signs.
_PAIRED = {"Pi", "Pf", "Ps", "Pe"}
_QUOTING = frozenset(
    '"`\u00b4\u02b9\u02ba\u02bc\u02dd\u02ee\u05f4\u2032\u2033\u2034\u2035\u2036\u2057\u275b\u275c'
    "\u275d\u275e\u3003\uff02\uff07"
)


def has_marks(text: str) -> bool:
    """Whether a text has quotation marks, or brackets that are none of ordinary English."""
    if not _QUOTING.isdisjoint(text):
        return True
    if text.isascii():
        return False
    from unicodedata import category

    return any(one > "\x7f" and one != "\u2019" and category(one) in _PAIRED for one in text)


def clause_ends(words: Sequence[str]) -> Iterator[str]:
    """The words before the last one after which a clause ends: “terminal.”, but not “St.”.

    A point after up to three letters is one of an abbreviation, unless they are an acronym, or in
    small letters before what may be a sentence.
    """
    for number, (word, following) in enumerate(pairwise(words), 1):
        is_before_sentence = len(words) - number >= _SENTENCE and following[:1].isupper()
        if word.endswith((";", "!", "?")) or (
            word.endswith(".") and not _is_abbreviated(word[:-1], is_before_sentence)
        ):
            yield word


def _is_abbreviated(letters: str, is_before_sentence: bool) -> bool:
    is_acronym = len(letters) > 1 and letters.isalpha() and letters.isupper()
    is_short = len(letters) <= _ABBREVIATED and letters.replace(".", "").isalpha()
    return is_short and not is_acronym and not (letters[0].islower() and is_before_sentence)


# As in Unicode's “stream-safe” texts (Standard Annex 15).
_MOST_MARKS = 30
_NOT_ASCII = rf"[^\x00-\x7f]{{{_MOST_MARKS + 1},}}"


def normal_form(form: Literal["NFC", "NFD", "NFKC", "NFKD"], text: str) -> str:
    """A text in a normal form of Unicode; of the marks on one letter, at most the first thirty.

    To sort the marks on a letter takes the square of their number.
    """
    if text.isascii():
        return text
    from unicodedata import normalize

    if re.search(_NOT_ASCII, text):
        text = runs_of_marks(text, _MOST_MARKS).sub(lambda run: run[0][:_MOST_MARKS], text)
    return normalize(form, text)


def unaccented(text: str) -> str:
    """A text without accents, its letters and signs of usual width and form."""
    if text.isascii():
        return text
    from unicodedata import combining

    return "".join(one for one in normal_form("NFKD", text) if not combining(one))
