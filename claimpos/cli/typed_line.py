"""A line that is typed in a terminal, where Tab completes names."""

from __future__ import annotations

from collections.abc import Iterable, Sequence


def typed_line(prompt: str, candidates: Iterable[str] = ()) -> str:
    """A line that the user types; Tab completes a word to one of the candidates.

    Raises EOFError where input ends.
    """
    names = sorted(candidates)
    try:
        import readline
    except ImportError:  # a system without it: nothing is completed
        pass
    else:
        readline.set_completer_delims(" ,;=[]{}:")
        readline.set_completer(lambda text, at: _nth(names, text, at))
        readline.parse_and_bind("tab: complete")
    return input(prompt)


def _nth(names: Sequence[str], text: str, at: int) -> str | None:
    found = [name for name in names if name.startswith(text)]
    return found[at] if at < len(found) else None
