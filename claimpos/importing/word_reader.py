"""Which elements of a Word document are read: those of its own namespaces, as Word shows them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

from claimpos.importing.workbook_parts import Parts, Reader

UNCHOSEN = "unchosen"
"""The name of what Word does not show, because it shows another alternative."""

_COMPATIBILITY = "http://schemas.openxmlformats.org/markup-compatibility/2006"
_WORD_2010 = "http://schemas.microsoft.com/office/word/2010/"
_READ = {
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
    "http://purl.oclc.org/ooxml/officeDocument/math",
    "http://schemas.microsoft.com/office/word/2012/wordml",
}
# What an alternative may require so that all programs of today show it.
_UNDERSTOOD = {
    "http://schemas.microsoft.com/office/drawing/2010/main",
    *(
        f"{_WORD_2010}wordprocessing{kind}"
        for kind in ("Drawing", "Shape", "Group", "Canvas", "Ink")
    ),
    f"{_WORD_2010}wordml",
}

_LONGEST = 1_000  # of what an alternative requires


class WordReader(Reader):
    """Sees elements of Word's by their names, and all others without one, with what is in them.

    `anywhere` are the names of elements that are seen within others, too; `of_any_kind` are those
    of others that are seen.
    """

    anywhere: Collection[str] = ()
    of_any_kind: Collection[str] = ()

    def __init__(self) -> None:
        super().__init__()
        self._spaces: defaultdict[str | None, list[str]] = defaultdict(list)
        self._others = 0
        self._has_chosen: list[bool] = []

    @property
    def in_others(self) -> bool:
        """Whether the place is within an element without a name."""
        return self._others > 0

    def declares(self, prefix: str | None, space: str) -> None:
        self._spaces[prefix].append(space)

    def declared(self, prefix: str | None) -> None:
        self._spaces[prefix].pop()

    def start(self, name: str, attributes: dict[str, str]) -> None:
        space, _, local = name.rpartition(" ")
        if space == _COMPATIBILITY:
            local = self._alternative(local, attributes.get("Requires", ""))
        elif not self._is_seen(space, local):
            local = ""
        self._others += not local
        self._start(local, attributes)

    def _is_seen(self, space: str, name: str) -> bool:
        if name in self.of_any_kind:
            return True
        return space in _READ and (not self.in_others or name in self.anywhere)

    def end(self, name: str) -> None:
        self._others -= not self.path[-1]
        if self.path[-1] == "AlternateContent":
            self._has_chosen.pop()
        super().end(name)

    def _alternative(self, name: str, required: str) -> str:
        """The name of an element that belongs to alternatives, of which the first fitting counts.

        The last is the fallback.
        """
        if name == "AlternateContent":
            self._has_chosen.append(False)
            return name
        if name not in {"Choice", "Fallback"} or self.path[-1:] != ["AlternateContent"]:
            return ""
        fits = name == "Fallback" or self._understands(required)
        if self._has_chosen[-1] or not fits:
            return UNCHOSEN
        self._has_chosen[-1] = True
        return name

    def _understands(self, required: str) -> bool:
        prefixes = required.split() if len(required) < _LONGEST else []
        spaces = ((self._spaces.get(prefix) or [""])[-1] for prefix in prefixes)
        return bool(prefixes) and all(space in _UNDERSTOOD for space in spaces)


def holds_words(parts: Parts, name: str) -> bool:
    """Whether a part holds words, and not only figures such as the number of a page."""
    reader = _Words()
    parts.read(name, reader)
    return reader.found


class _Words(WordReader):
    def __init__(self) -> None:
        super().__init__()
        self.found = False

    def text(self, text: str) -> None:
        self.found |= self.path[-1] == "t" and any(map(str.isalpha, text))


class Fields:
    """The fields around a place in a text, each of which has a code and then, at times, a result.

    Word shows results, but no code, nor the results of fields within it.
    """

    def __init__(self) -> None:
        self._are_codes: list[bool] = []
        self._codes = 0

    @property
    def in_code(self) -> bool:
        """Whether the place is in the code of a field."""
        return self._codes > 0

    def meet(self, mark: str) -> None:
        """Go on behind the mark with which a field begins or ends, or that parts it in two."""
        if mark == "begin":
            self._are_codes.append(True)
            self._codes += 1
        elif self._are_codes and mark in {"separate", "end"}:
            self._codes -= self._are_codes.pop()
            if mark == "separate":
                self._are_codes.append(False)
