"""What typer's completion lacks: the first TAB in zsh, options with =, the quotes of fish."""

from __future__ import annotations

import os
import re
from pathlib import Path
from shlex import quote
from typing import Any

# zsh loads the file, which it calls as a function, at the first TAB: then it must complete, too.
_AT_FIRST = """
if [[ "${funcstack[1]}" = "_%(prog_name)s" ]]; then
  %(complete_func)s "$@"
fi
"""

_WORDS, _AT, _LINE = "COMP_WORDS", "COMP_CWORD", "_TYPER_COMPLETE_ARGS"
# An option and what follows it, which bash takes for three words: --format = github.
_PARTED = re.compile(r"(?<!\S)(--[a-z][a-z-]*)\s=(\s(?=\S))?")
_QUOTED = re.compile(r"""\\.|"(?:[^"\\]|\\.)*"|'((?:[^'\\]|\\.)*)'""", re.DOTALL)


def prepare() -> None:
    """Change typer's completion, its scripts and its answers, to what the shells need."""
    from typer import _completion_classes, _completion_shared

    _completion_shared.Path = _WholeFile  # type: ignore[attr-defined]
    scripts = _completion_shared._completion_scripts
    if not scripts["zsh"].endswith(_AT_FIRST):
        scripts["zsh"] += _AT_FIRST
    _completion_classes.ZshComplete.source_template = scripts["zsh"]
    for kind in (_completion_classes.ZshComplete, _completion_classes.FishComplete):
        kind.get_completions = _whole_words  # type: ignore[method-assign, assignment]
    if os.environ.get(_AT, "").isdecimal():
        words, at = with_whole_options(os.environ.get(_WORDS, ""), int(os.environ[_AT]))
        os.environ.update({_WORDS: words, _AT: str(at)})
    if os.environ.get("_CLAIMPOS_COMPLETE") == "complete_fish":
        os.environ[_LINE] = with_plain_quotes(os.environ.get(_LINE, ""))


class _WholeFile(type(Path())):  # type: ignore[misc]
    """The path of a file such as ~/.bashrc, which typer adds to: whole, and otherwise as it was."""

    def read_text(self, *_: Any, **__: Any) -> str:
        content: bytes = self.read_bytes()
        return content.decode("utf-8", "surrogateescape")

    def write_text(self, text: str, *_: Any, **__: Any) -> int:
        from claimpos.cli.report_files import replace

        if not (os.path.isfile(self) and text.rstrip("\n") == self.read_text().rstrip("\n")):
            replace(Path(self), text.encode("utf-8", "surrogateescape"), is_renewed=True)
        return len(text)


def _whole_words(complete: Any, args: list[str], incomplete: str) -> Any:
    """The completions of a word; of --format=gi with the option, because shells replace it all."""
    found = super(type(complete), complete).get_completions(args, incomplete)
    option, equals, _ = incomplete.partition("=")
    if equals and option.startswith("--"):
        for item in found:
            item.value = f"{option}={item.value}"
    return found


def with_whole_options(words: str, at: int) -> tuple[str, int]:
    """The words of a line in bash, and the number of the one at the cursor, with --option=value
    as one word.
    """
    cursor = at
    for parted in _PARTED.finditer(words):
        above = words[: parted.start()]
        before = above.count("\n") if "\n" in words else len(above.split())
        if cursor > before:
            at -= 1 + (parted[2] is not None and cursor > before + 1)
    return _PARTED.sub(r"\1=", words), at


def with_plain_quotes(line: str) -> str:
    """A line of fish, in which \\' is a quote within single quotes, as other shells write it."""
    return _QUOTED.sub(_plain, line)


def _plain(found: re.Match[str]) -> str:
    return found[0] if found[1] is None else quote(re.sub(r"\\([\\'])", r"\1", found[1]))
