"""Finds and removes characters that a text may not hold: controls, and invisible ones."""

from __future__ import annotations

import re
from collections.abc import Iterator

from claimpos.dossier.findings import Finding, Findings, SourceText, Span

# What Unicode calls default ignorable, which is invisible and includes everything that changes the
# direction of writing.
IGNORABLE = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufff8\U0001bca0-\U0001bca3"
    "\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
# C0 and C1 controls except tab and line ends; what is ignorable; separators of lines and
# paragraphs, annotations, blanks, controls of hieroglyphs; surrogates, noncharacters and private
# use. Code points that are not assigned yet are let through, because which these are depends on the
# version of Python.
_UNPRINTABLE = (
    f"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f{IGNORABLE}"
    "\u2028\u2029\u2800\ufff9-\ufffb\U00013430-\U0001345f\U00016fe4\U0001d159"
    "\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff\ue000-\uf8ff"
    "\U0001fffe\U0001ffff\U0002fffe\U0002ffff\U0003fffe-\U0010ffff]+"
)

# No writing puts more marks on a letter; many more hide the lines above and below, and to bring
# them into their usual order takes the square of their number.
_MOST_MARKS = 8
# What may be so many marks and one more; not letters and figures, nor most punctuation.
_MAYBE_MARK = r"[^\w\s!-/:-@\[-`{-~\x80-\xff\u2010-\u20cf\u2100-\u2cee\u2cf2-\u2d7e\u2d80-\u2ddf]"
_MAYBE_MARKS = rf"{_MAYBE_MARK}{{{_MOST_MARKS + 1},}}"

_CONTROL = "[\x00-\x1f\x7f-\x9f\u2028\u2029]"

# Real text needs some of them, each only in its place.
_JOINED = (
    "\u0600-\u07ff\u0840-\u0dff\u0f00-\u109f\u1780-\u180a\u1820-\u18aa\ufb50-\ufdcf\ufe70-\ufefc"
)
# Scripts without a blank between words.
UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17b3\u17b6-\u17ff"
HAN = "\u3400-\u9fff\uf900-\ufaff\U00020000-\U000323af"
_MONGOLIAN = "\u1820-\u18aa"
_PICTURES = (
    "\u203c\u2049\u2122\u2139\u2190-\u21ff\u2300-\u23ff\u24c2\u25a0-\u27bf\u2900-\u297f"
    "\u2b00-\u2bff\u3030\u303d\u3297\u3299\u00a9\u00ae\U0001f000-\U0001faff"
)
# Compiled only if a text has such a character, which is rare.
_NEEDED = "|".join(
    (
        f"(?<=[{_JOINED}])[\u200c\u200d]",  # how letters join: Persian, Hindi, Khmer …
        f"(?<=[{UNSPACED}])\u200b(?=[{UNSPACED}])",  # where words end: Thai, Khmer …
        f"(?<=[{HAN}])[\ufe00-\ufe02\U000e0100-\U000e01ef]",  # the form of a name's letter
        f"(?<=[{_MONGOLIAN}])[\u180b-\u180d\u180f]",
        f"(?<=[{_MONGOLIAN}])\u180e(?=[{_MONGOLIAN}])",
        f"(?<=[{_PICTURES}])[\ufe0e\ufe0f](?:\u200d(?=[{_PICTURES}]))?",
        f"(?<=[{_PICTURES}])\u200d(?=[{_PICTURES}])",  # one picture made of several
        "(?<=[#*0-9])\ufe0f(?=\u20e3)",  # keys
        # The flags of England, Scotland and Wales.
        "(?<=\U0001f3f4)\U000e0067\U000e0062(?:\U000e0065\U000e006e\U000e0067"
        "|\U000e0073\U000e0063\U000e0074|\U000e0077\U000e006c\U000e0073)\U000e007f",
    )
)


_ORDINARY = bytes([*b"\t\n\r", *range(32, 127)])
# Letters with accents, and the dashes and quotation marks of print.
_USUAL = frozenset(map(chr, (*range(0xA1, 0xAD), *range(0xAE, 0x250), *range(0x2010, 0x2028))))


def is_printable(text: str) -> bool:
    """Whether a text holds no character that it may not hold."""
    # Ordinary characters are taken out first, because the patterns are slow.
    left = text.encode("utf-8", "surrogatepass").translate(None, _ORDINARY)
    others = left.decode("utf-8", "surrogatepass")
    if _USUAL.issuperset(others):
        return True
    may_have_marks = len(others) > _MOST_MARKS and re.search(_MAYBE_MARKS, _with_wide(others))
    if not may_have_marks and re.search(_UNPRINTABLE, others) is None:
        return True
    return first_unprintable(text) is None


def is_printable_file(text: str) -> bool:
    """Whether the text of a file is printable, and each of its lines ends with a line feed.

    YAML also ends a line at a carriage return, where git and most editors do not.
    """
    return is_printable(text) and text.count("\r") == text.count("\r\n")


def first_unprintable(text: str) -> str | None:
    """The first character in a text that it may not hold; None if there is none."""
    found = re.search(_UNPRINTABLE, _to_search(text))
    return text[found.start()] if found else None


def without_unprintable(text: str) -> str:
    """A text without the characters that it may not hold; a control becomes a space."""
    if is_printable(text):
        return text
    parts, end = [], 0
    for match in re.finditer(_UNPRINTABLE, _to_search(text)):
        parts += [text[end : match.start()], " " if re.search(_CONTROL, match[0]) else ""]
        end = match.end()
    return "".join([*parts, text[end:]])


def unprintable(source: SourceText) -> list[Finding]:
    """One finding for each run of characters that a file may not hold; see `is_printable_file`."""
    findings = Findings(_lone_return(source))
    text = _to_search(source.text)
    for number, line in enumerate(SourceText("", text).lines, 1):
        for match in re.finditer(_UNPRINTABLE, line):
            span = Span(number, match.start() + 1, number, match.end() + 1)
            character = source.text[source.offset(number) + match.start()]
            message = f"invisible or control character {named(character)}"
            if re.match(_UNPRINTABLE, character) is None:
                message = f"more than {_MOST_MARKS} marks on one letter, such as {named(character)}"
            finding = Finding("CP106", source, span, message, "delete it")
            if findings.counts(source.path, "CP106"):
                rest = re.compile(_UNPRINTABLE).finditer(
                    text, source.offset(number) + match.start()
                )
                findings.count(finding, sum(1 for _ in rest))
                return [*findings]
            findings.add(finding)
    return [*findings]


def _lone_return(source: SourceText) -> Iterator[Finding]:
    """One finding for all carriage returns of a file that no line feed follows."""
    number = source.text.count("\r") - source.text.count("\r\n")
    first = re.search("\r(?!\n)", source.text) if number else None
    if first is not None:
        before = SourceText("", source.text[: first.start()]).lines
        line, column = len(before), len(before[-1]) + 1
        more = f", and {number - 1:,} more" if number > 1 else ""
        message = f"a carriage return without a line feed{more}"
        hint = "end the line with a line feed: git and most editors see no line end here"
        yield Finding("CP106", source, Span(line, column, line, column), message, hint)


def named(character: str) -> str:
    """A character's number and, if it has one, its name."""
    import unicodedata

    name = "byte-order mark" if character == "\ufeff" else unicodedata.name(character, "").lower()
    return f"U+{ord(character):04X}" + (f" ({name})" if name else "")


def _to_search(text: str) -> str:
    """A text of the same length, for finding what a text may not hold.

    It has “_” for each of the characters that it needs, and U+FFF0 for each mark too many.
    """
    text = re.sub(_NEEDED, lambda found: "_" * len(found[0]), text)
    return re.sub(_MAYBE_MARKS, lambda found: _bounded_marks(found[0]), _with_wide(text))


def _with_wide(text: str) -> str:
    """A text with the wide forms of the two marks of Japanese that Unicode has as letters, too."""
    return text.replace("\uff9e", "\u3099").replace("\uff9f", "\u309a")


def _bounded_marks(text: str) -> str:
    many = runs_of_marks(text, _MOST_MARKS)
    return many.sub(lambda run: run[0][:_MOST_MARKS] + "\ufff0" * (len(run[0]) - _MOST_MARKS), text)


def runs_of_marks(text: str, most: int) -> re.Pattern[str]:
    """The pattern of more marks than `most`, one after another, in a text.

    It is made of the marks that the text has, because Unicode has thousands.
    """
    marks = "".join(one for one in {*text} if one > "\x7f" and _is_mark(one))
    return re.compile(rf"[{marks}]{{{most + 1},}}" if marks else "(?!)")


def _is_mark(character: str) -> bool:
    """Whether a character is shown on the letter before it, in its usual form if not as it is."""
    from unicodedata import category, combining, normalize

    return category(character) in {"Me", "Mn"} or combining(normalize("NFKD", character)[0]) > 0
