"""Recognises common slips in YAML, which the parser notices late or describes in odd words."""

import re
import unicodedata
from collections.abc import Callable, Iterator
from typing import NamedTuple

from claimpos.dossier.findings import Finding, SourceText, Span
from claimpos.dossier.written_figures import figures_meant, remedy

# Unusual spaces, which come with text that is pasted from elsewhere.
_ODD = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
_ODD_SPACE = re.compile(rf"(?:^|(?<=[:\-,\[{{?])) *([{_ODD}])|^\s*?([{_ODD}])")
_KEY = r"[A-Za-z][\w-]*"
_TAB = re.compile(rf"^ *(?:- +)*(\t)|^ *(?:- +)*-(\t)(?=\s*{_KEY}:)")
_NO_COLON = re.compile(rf"^ *(?:- +)*{_KEY} *(=>?|->|[→：﹕꞉∶]) *")
_NO_DASH = re.compile(rf"^ *([–—−‒•·▪*+]|--) +(?={_KEY}:)")
_HALF_A_MERGE = re.compile(r"^([<>=|])\1{6}(?: .*)?$")
_END_OF_DOCUMENT = re.compile(r"^\.\.\.\s*$")
_NO_SPACE_AFTER_COLON = re.compile(rf"^ *(?:- +)*({_KEY}):(?=[^\s/:])|[{{,] *({_KEY}):(?=[^\s/:])")
_NO_SPACE_AFTER_DASH = re.compile(rf"^ *(-)(?={_KEY}|[\[{{\"'])")
_SIGN = re.compile(r": +([<>]=?\s*[-+]?[\d.,]+|>=?\s*[-+]?[\d.,]+)")
_SMART_QUOTE = re.compile(r"(?:[:,\[{]|^ *-) *([“”„‟«»‘’‚‹›])")
_ENTRY = re.compile(rf"^( *)({_KEY}):(?:\s|$)")
_ABOVE = re.compile(rf"^( *(?:- +)*)({_KEY}):(?:\s|$)")
_BLOCK = re.compile(rf"^( *(?:- +)*)({_KEY}): +[>|][-+0-9]*\s*$")
# The keys with which the members of lists begin.
_FIRST_KEYS = frozenset({"since", "day", "outcome"})

_OURS, _BASE, _THEIRS = "<<<<<<<", "=======", ">>>>>>>"
_CONFLICT = re.compile(rf"(?m)^{_OURS}(?: .*)?$")
_CONFLICT_END = re.compile(rf"(?m)^{_THEIRS}(?: .*)?$")
_POINTER = "version https://git-lfs.github.com/spec/"


class Slip(NamedTuple):
    """A slip in a line: where it begins, counted from 0, its length, what is wrong, the remedy."""

    at: int
    length: int
    message: str
    hint: str


def unfinished(source: SourceText) -> Finding | None:
    """The finding that a file is a Git LFS pointer, or holds a merge conflict; else None."""
    text = source.text
    if text.startswith(_POINTER):
        message = "this is a pointer of Git LFS, not the file that it stands for"
        return _finding(source, 1, Slip(0, len(_POINTER), message, "run `git lfs pull`"))
    if _OURS in text and (found := _CONFLICT.search(text)) and _CONFLICT_END.search(text):
        line = text.count("\n", 0, found.start()) + 1
        message = "a merge conflict is not settled"
        hint = "keep one of the two versions, and delete the lines of <, = and >"
        return _finding(source, line, Slip(0, len(_OURS), message, hint))
    return None


def slip_near(source: SourceText, line: int, context: int) -> Finding | None:
    """The known slip behind an error of the parser, if there is one.

    Args:
        source: The file.
        line: The line of the error.
        context: The line on which the part that the parser was reading begins.
    """
    for number in _lines_before(source, line, context):
        written = source.line(number)
        for find in _BY_LINE:
            if slip := find(written):
                return _finding(source, number, slip)
    return None


def _lines_before(source: SourceText, line: int, context: int) -> Iterator[int]:
    """The lines from the context, if it is near, or from the line above the error, to the error."""
    above = next((at for at in range(line - 1, 0, -1) if _has_data(source.line(at))), line)
    first = context if above - 20 < context < above else above
    return (number for number in range(first, line + 1) if _has_data(source.line(number)))


def _has_data(written: str) -> bool:
    """Whether a line is neither empty nor a comment."""
    bare = written.strip()
    return bool(bare) and not bare.startswith("#")


def _odd_space(line: str) -> Slip | None:
    found = _ODD_SPACE.search(line)
    if found is None:
        return None
    character = found[1] or found[2]
    at = found.start(1 if found[1] else 2)
    return Slip(at, 1, f"{_named(character)} is here", "put an ordinary space in its place")


def odd_space_before(key: str) -> str:
    """The remedy for a key that begins or ends with an unusual space; else empty."""
    found = re.search(rf"^ *([{_ODD}])|([{_ODD}]) *\Z", key)
    if found is None:
        return ""
    space = found[found.lastindex or 0]
    return f"write “{key.strip(' ' + space)}”, without {_named(space)}"


def _named(character: str) -> str:
    """The name and number of a space, with its article."""
    name = unicodedata.name(character).lower()
    article = "an" if name[0] in "aeiou" else "a"
    return f"{article} {name} (U+{ord(character):04X})"


def _tab(line: str) -> Slip | None:
    found = _TAB.match(line)
    if found is None:
        return None
    at = found.end() - 1
    return Slip(at, 1, "a tab indents this line", "indent with spaces, never with tabs")


def _no_colon(line: str) -> Slip | None:
    found = _NO_COLON.match(line)
    if found is None:
        return None
    message = f"“{found[1]}” stands here in place of a colon"
    return Slip(found.start(1), len(found[1]), message, "write a colon and a space")


def _no_dash(line: str) -> Slip | None:
    found = _NO_DASH.match(line)
    if found is None:
        return None
    message = f"“{found[1]}” does not begin a member of a list"
    return Slip(found.start(1), len(found[1]), message, "write a hyphen and a space")


def _half_a_merge(line: str) -> Slip | None:
    if not _HALF_A_MERGE.match(line):
        return None
    message = "this line is left over from a merge conflict"
    return Slip(0, 7, message, "delete it, and keep one version of the lines in conflict")


def _end_of_document(line: str) -> Slip | None:
    if not _END_OF_DOCUMENT.match(line):
        return None
    return Slip(0, 3, "“...” ends the document, and more follows", "delete this line")


def _no_space_after_colon(line: str) -> Slip | None:
    found = _NO_SPACE_AFTER_COLON.search(line)
    if found is None:
        return None
    key = found[1] or found[2]
    at = found.end() - 1
    message = f"the space after “{key}:” is missing"
    return Slip(at, 1, message, "put a space after the colon")


def _no_space_after_dash(line: str) -> Slip | None:
    found = _NO_SPACE_AFTER_DASH.match(line)
    if found is None:
        return None
    message = "the space after the dash is missing"
    return Slip(found.start(1), 1, message, "put a space after the dash")


def _sign(line: str) -> Slip | None:
    found = _SIGN.search(line)
    if found is None:
        return None
    written = found[1].strip()
    message = f"“{written}” does not stand for a range in YAML"
    return Slip(found.start(1), len(written), message, remedy(figures_meant(written)))


def _smart_quote(line: str) -> Slip | None:
    found = _SMART_QUOTE.search(line)
    if found is None:
        return None
    message = f"{found[1]} does not quote in YAML"
    return Slip(found.start(1), 1, message, "write \" or ' at both ends of the text")


_BY_LINE: tuple[Callable[[str], Slip | None], ...] = (
    _half_a_merge,
    _end_of_document,
    _tab,
    _odd_space,
    _no_dash,
    _no_colon,
    _no_space_after_colon,
    _no_space_after_dash,
    _sign,
    _smart_quote,
)


def outdented_block(source: SourceText, line: int) -> Finding | None:
    """The finding for a block of text, after > or |, that is indented no further than its key."""
    begun = _BLOCK.match(source.line(line - 1))
    written = source.line(line)
    indent = len(written) - len(written.lstrip(" "))
    if begun is None or indent > len(begun[1]):
        return None
    message = f"the text of “{begun[2]}” is indented no further than its key"
    slip = Slip(indent, len(written.strip()), message, "indent it two spaces further")
    return _finding(source, line, slip)


def dash_forgotten(source: SourceText, line: int) -> Finding | None:
    """The finding for a list member without its dash, or a key indented further than the last.

    If the key above usually begins a list member, and this one is where it would be after a dash,
    the dash is missing.
    """
    here = _ENTRY.match(source.line(line))
    numbers = (number for number in range(line - 1, 0, -1) if _has_data(source.line(number)))
    above = next(numbers, 0)
    if here is None or not above:
        return None
    if here[2] in _FIRST_KEYS and _is_beside_dashes(source, line, len(here[1])):
        return _finding(source, line, _dash_before(here))
    before = _ABOVE.match(source.line(above))
    if before is None:
        message = f"“{here[2]}:” does not fit what stands above it"
        hint = "check the line above: it has no colon, or a dash or a quote too many"
        return _finding(source, line, Slip(len(here[1]), len(here[2]), message, hint))
    further = len(here[1]) - len(before[1])
    if further == 2 and before[2] in _FIRST_KEYS and "-" not in before[1]:
        return _finding(source, above, _dash_before(before))
    if further > 0:
        message = f"“{here[2]}” is indented further than “{before[2]}” above it"
        slip = Slip(len(here[1]), len(here[2]), message, f"align it with “{before[2]}”")
        return _finding(source, line, slip)
    return None


def _dash_before(entry: re.Match[str]) -> Slip:
    message = f"the dash before “{entry[2]}” is missing"
    return Slip(len(entry[1]), len(entry[2]), message, f"write “- {entry[2]}: …”")


def _is_beside_dashes(source: SourceText, line: int, indent: int) -> bool:
    """Whether the nearest line above that is not indented further begins with a dash."""
    for number in range(line - 1, max(line - 100, 0), -1):
        written = source.line(number)
        if _has_data(written) and len(written) - len(written.lstrip(" ")) <= indent:
            return written.startswith(" " * indent + "- ")
    return False


def _finding(source: SourceText, line: int, slip: Slip) -> Finding:
    span = Span(line, slip.at + 1, line, slip.at + slip.length + 1)
    return Finding("CP101", source, span, slip.message, slip.hint)
