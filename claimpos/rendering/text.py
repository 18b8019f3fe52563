"""Text that is safe and fits where it is shown: in a terminal, a shell, the log of a CI service."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Collection, Iterable, Iterator

# Of these patterns, the one that every text meets is compiled here; `re` compiles the others when
# they are first used.

# Controls but line ends and tabs, bidirectional controls, and characters that show nothing.
UNSAFE = (
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200e\u200f"
    "\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff\ufdd0-\ufdef"
    "\ue000-\uf8ff\ud800-\udfff\U00013430-\U0001345f\U00016fe4\U0001bca0-\U0001bca3\U0001d159"
    "\U0001d173-\U0001d17a]"
)

# Controls and lone surrogates: a text without them can be printed and saved.
_CONTROLS = "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]"

_COLOURS = {"bold": "1", "dim": "2", "red": "31", "green": "32", "yellow": "33"}


def is_address(text: str) -> bool:
    """Whether the text is a web address and nothing else, so that it can be made a link."""
    from claimpos.dossier.looks import site_of

    found = re.fullmatch(r"https?://[^\s\"<>\\^`{|}]+", text)
    return found is not None and safe(text) == text and site_of(text) != ""


def safe(text: str) -> str:
    """The text without anything that could steer a terminal or hide what it says."""
    if _NARROW.match(text):
        return text
    return re.sub(UNSAFE, "\N{REPLACEMENT CHARACTER}", text)


def in_one_line(text: str) -> str:
    """The text, safe and in one line; white space at either end becomes one blank."""
    words = " ".join(safe(text).split())
    before = " " if text[:1].isspace() else ""
    after = " " if text[-1:].isspace() and words else ""
    return f"{before}{words}{after}"


def without_controls(text: str) -> str:
    """The text without what could steer a terminal, though it may turn the direction of writing."""
    return re.sub(_CONTROLS, "\N{REPLACEMENT CHARACTER}", text)


class Paint:
    """Colours, or none; a colour never says what the words do not."""

    def __init__(self, on: bool) -> None:
        self.on = on

    def __call__(self, text: str, *colours: str) -> str:
        if not self.on:
            return text
        return f"\x1b[{';'.join(_COLOURS[colour] for colour in colours)}m{text}\x1b[0m"


def wrapped(text: str, width: int, indent: str = "", hanging: str | None = None) -> str:
    """A paragraph in lines of at most `width` columns, its later lines indented by `hanging`.

    No word is cut: an address that is broken cannot be followed.
    """
    return filled(safe(text), max(width, 20), indent, indent if hanging is None else hanging)


# Letters of Latin, Greek and Cyrillic, punctuation, signs of money and of mathematics, arrows,
# lines of tables, ○ and ●; all of them are safe.
_NARROW = re.compile(
    "[\t\n -~\u00a1-\u00ac\u00ae-\u02ff\u0370-\u0482\u048a-\u052f\u2010-\u2027\u2030-\u205e"
    "\u20a0-\u20c0\u2190-\u22ff\u2500-\u257f\u25cb\u25cf\u27e8\u27e9]*\\Z"
)


# Letters that are written from right to left: Hebrew, Arabic, Syriac, N'Ko and older scripts.
_LEFTWARD = (
    "\u0591-\u05f4\u0608-\u065f\u066d-\u06ef\u06fa-\u08ff\ufb1d-\ufdff\ufe70-\ufefc"
    "\U00010800-\U00010fff\U0001e800-\U0001efff"
)
# Words of such letters, with the figures between them; a comma may part two names.
_LEFTWARD_RUN = f"([{_LEFTWARD}](?:[{_LEFTWARD}0-9 \\-'’]*[{_LEFTWARD}])?)"


def isolated(text: str) -> str:
    """A text in which what is written from right to left moves nothing around it.

    Otherwise a name would draw the number behind it, or a border, to its other side. The signs
    that isolate it are plain characters, so they work in a terminal, in Markdown, in attributes and
    titles of HTML, and in SVG alike.
    """
    if _NARROW.match(text):
        return text
    return re.sub(_LEFTWARD_RUN, "\u2068\\g<0>\u2069", text)


def by_direction(text: str) -> Iterator[tuple[str, bool]]:
    """The parts of a text in order, none empty, each with whether it is from right to left."""
    for at, part in enumerate(re.split(_LEFTWARD_RUN, text)):
        if part:
            yield part, at % 2 == 1


def width_of(text: str) -> int:
    """How many columns a line takes in a terminal: two for a letter of Chinese or an emoji."""
    if _NARROW.match(text):
        return len(text)
    from wcwidth import wcswidth

    width: int = wcswidth(text)
    return len(text) if width < 0 else width


def are_narrow(texts: Iterable[str]) -> bool:
    """Whether each letter of some texts takes one column, and none is written from the right."""
    return _NARROW.match("".join(texts)) is not None


def widest(lines: Collection[str]) -> int:
    """How many columns the widest of some lines takes; 0 if there is none."""
    narrow = are_narrow(lines)
    return max(map(len, lines) if narrow else map(width_of, set(lines)), default=0)


def lines_of(text: str, width: int, at_hyphens: bool = False) -> list[str]:
    """A line in lines of at most `width` columns; "" is one of them.

    A word that does not fit into what is left of a line begins the next, and is cut only where it
    is wider than a line. With `at_hyphens`, a word may be divided behind its hyphens.
    """
    if _NARROW.match(text):
        wrapper = _Wrapper(width=width, break_on_hyphens=at_hyphens)
        return wrapper.wrap(text) or [""]
    return [*_wrapped(text.split(), width)] or [""]


def filled(text: str, width: int, indent: str, hanging: str) -> str:
    """A paragraph in lines of at most `width` columns, of which no word is cut."""
    if _NARROW.match(text):
        return textwrap.fill(
            text,
            width=width,
            initial_indent=indent,
            subsequent_indent=hanging,
            break_on_hyphens=False,
            break_long_words=False,
        )
    lines: list[list[str]] = [[]]
    left = width - width_of(indent)
    for word in text.split():
        needed = width_of(word) + bool(lines[-1])
        if needed > left and lines[-1]:
            lines.append([])
            left, needed = width - width_of(hanging), width_of(word)
        lines[-1].append(word)
        left -= needed
    first, *others = (isolated(" ".join(line)) for line in lines)
    return "\n".join([f"{indent}{first}", *(f"{hanging}{line}" for line in others)])


class _Wrapper(textwrap.TextWrapper):
    """Moves a word that is longer than a line to a new line before cutting it."""

    def _handle_long_word(
        self, reversed_chunks: list[str], cur_line: list[str], cur_len: int, width: int
    ) -> None:
        if not cur_line:
            super()._handle_long_word(reversed_chunks, cur_line, cur_len, width)


def _wrapped(words: list[str], width: int) -> Iterator[str]:
    """Words in lines, by their widths."""
    line = ""
    for word in words:
        longer = f"{line} {word}" if line else word
        if width_of(longer) <= width:
            line = longer
            continue
        if line:
            yield line
        *full, line = _cut(word, width)
        yield from full
    if line:
        yield line


def _cut(word: str, width: int) -> list[str]:
    """A word in pieces of at most `width` columns, none of which divides a letter or an emoji."""
    if width_of(word) <= width:
        return [word]
    from wcwidth import iter_graphemes

    pieces = [""]
    for letter in iter_graphemes(word):
        if pieces[-1] and width_of(pieces[-1] + letter) > width:
            pieces.append("")
        pieces[-1] += letter
    return pieces


# GitHub (and Gitea, Forgejo) take a line for a command that begins with :: after white space, or
# holds ##[ anywhere; Azure takes ##vso[ anywhere, TeamCity ##teamcity[. Colours count as white
# space, because a service may strip them first. A line may end with \r alone.
_COMMAND = r"(?m)((?:^|(?<=\r))(?:[^\S\r\n]|\x1b\[[0-9;]*m)*:(?=:)|##(?=[a-zA-Z]*\[))"
_WITHIN = r"##(?=[a-zA-Z]*\[)"


def inert_in_log(text: str) -> str:
    """The text with a space inside the sign that begins each command, so that none is obeyed."""
    return re.sub(_COMMAND, r"\1 ", text)


def inert_in_line(text: str) -> str:
    """The text, which begins no line, without the commands that may stand anywhere in one."""
    return re.sub(_WITHIN, "## ", text)


def inert_json(text: str) -> str:
    """JSON without commands: the same data, none of whose lines can begin with ::."""
    return re.sub(_WITHIN, r"#\\u0023", text)


_LONGEST = 100

# zsh evaluates what a program offers, twice, and typer reads it as rich's markup, so of ASCII
# only what means nothing to either is left; what changes the meaning of a text, such as %, is
# replaced by the wide form of the same sign, quotation marks and brackets by those of another kind.
_WIDE = "!#$%:;=?@|~"
_ALIKE = str.maketrans(
    {
        **dict(zip("'\"[{<]}>", "’”((‹))›", strict=True)),
        **{sign: chr(ord(sign) + 0xFEE0) for sign in _WIDE},
    }
)
_OPENING = r'(?:^|(?<=[\s(]))"(?=\S)'
_MEANT = r"(?a:[^\w\s(),./+&-])"


def described(text: str) -> str:
    """The text in one short line, without quotes, expansions, escapes and markup."""
    line = re.sub(_OPENING, "“", safe(text[:_LONGEST])).translate(_ALIKE)
    plain = re.sub(_MEANT, lambda found: found[0] if found[0] > "\x7f" else " ", line)
    return " ".join(plain.split())


def is_word(text: str) -> bool:
    """Whether every shell reads the text as one word, and claimpos does not as an option."""
    return re.fullmatch(r"\w[\w.-]*", text) is not None
