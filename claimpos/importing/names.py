"""Ids made from the names of a table, so that one thing has one id and two things have two."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Container, Iterable, Iterator, Mapping

from claimpos.dossier.reading.form import RESERVED, Misshapen, identifier
from claimpos.importing.import_log import Account, Place

_GAPS = re.compile(r"\s+|(?<=\w)[_-]+(?=\w)")
_NO_WORD = re.compile(r"[^a-z0-9]+")
_LONGEST = 60
# Up to how many letters a name that can be an id is kept; the id of a party is the name of a file.
_LONGEST_KEPT = 200
# Two names shorter than this, or longer, are not taken for slips of each other.
_SHORT, _LONG = 5, 60


class Names:
    """The things of one kind (party, issue, …), by the names that a table gives them."""

    def __init__(self, kind: str, account: Account, taken: Iterable[str] = ()) -> None:
        self.kind = kind
        self.account = account
        self.ids: dict[str, str] = {}
        self.first: dict[str, tuple[str, Place]] = {}
        self._taken = {*taken}
        self._numbers: dict[str, int] = {}

    def id_of(self, name: str, place: Place) -> str:
        """The id of a thing; names that differ in case, spaces and hyphens alone are one."""
        key = _folded(name)
        if key not in self.ids:
            made = self.ids[key] = self._new(name)
            self._taken.add(made)
            self.first[made] = (name, place)
        found = self.ids[key]
        written, where = self.first[found]
        if name != written and name != found:
            self.account.remark(place, f"“{name}” is taken for “{written}” of {where}")
        return found

    def also(self, name: str, made: str) -> None:
        """Let a further name stand for the thing of this id, unless it is another's."""
        self.ids.setdefault(_folded(name), made)

    def known(self, name: str) -> str | None:
        """The id of a thing that was named before."""
        return self.ids.get(_folded(name))

    def _new(self, name: str) -> str:
        kept = len(name) <= _LONGEST_KEPT and is_id(name)
        wanted = name if kept else _slug(name, self.kind)
        return unused(wanted, self._taken, self._numbers)

    def made(self) -> dict[str, str]:
        """The ids that are not the names themselves, by name."""
        return {name: made for made, (name, _) in self.first.items() if name != made}

    def tell_near(self) -> None:
        """Remark on names so alike that one may be a slip for the other."""
        for name, place, other, where in _near(self.first):
            self.account.remark(
                place,
                f"the {self.kind} “{name}” is much like “{other}” of {where}; the two are kept "
                "apart: write them alike if one is meant",
            )


def unused(wanted: str, held: Container[str], numbers: dict[str, int]) -> str:
    """The id that is wanted, or with the next number behind it where it is held already.

    `numbers` keeps the last number of each id, so that thousands of one name are not counted anew.
    """
    made = wanted
    while made in held:
        numbers[wanted] = numbers.get(wanted, 1) + 1
        made = f"{wanted}-{numbers[wanted]}"
    return made


def is_id(name: str) -> bool:
    """Whether the name can be an id as it stands."""
    try:
        identifier(name)
    except Misshapen:
        return False
    return True


def titled(name: str) -> str:
    """A title for a name: the name itself, or words with a capital letter if it is an id."""
    return name.replace("-", " ").capitalize() if is_id(name) else name


def _folded(name: str) -> str:
    return _GAPS.sub(" ", unicodedata.normalize("NFKC", name)).strip().casefold()


def _slug(name: str, kind: str) -> str:
    """Words of a to z and digits joined by hyphens; the kind goes before what begins otherwise."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    words = _NO_WORD.sub("-", plain.replace("'", "")).strip("-")
    if len(words) > _LONGEST:
        words = words[:_LONGEST].rpartition("-")[0] or words[:_LONGEST]
    if not words:
        return kind
    return words if words[0].isalpha() and words not in RESERVED else f"{kind}-{words}"


def _near(first: Mapping[str, tuple[str, Place]]) -> Iterator[tuple[str, Place, str, Place]]:
    """Names that one letter left out, put in or changed turns into each other.

    Any two of them have a text in common once one character of either is deleted (the symmetric
    deletion of W. Garbe's SymSpell), which finds them without comparing all with all. Of the
    names that have such a text in common each is compared with the first. Figures are no slips:
    article 1 is not article 2.
    """
    names = list(first.values())
    keys = [_bare(name) for name, _ in names]
    holder: dict[int, int] = {}
    for number, (key, (name, place)) in enumerate(zip(keys, names, strict=True)):
        if not _SHORT <= len(key) <= _LONG:
            continue
        figures = tuple(_figures(name))
        texts = {key, *(key[:at] + key[at + 1 :] for at in range(len(key)))}
        near = {holder.setdefault(hash((text, figures)), number) for text in texts} - {number}
        for other in sorted(near):
            if _one_slip(key, keys[other]) and figures == tuple(_figures(names[other][0])):
                yield name, place, *names[other]


def _one_slip(one: str, other: str) -> bool:
    """Whether two long enough words are at most one letter apart."""
    if min(len(one), len(other)) < _SHORT:
        return False
    if len(one) == len(other):
        return sum(a != b for a, b in zip(one, other, strict=True)) <= 1
    long, short = sorted((one, other), key=len, reverse=True)
    return any(long[:at] + long[at + 1 :] == short for at in range(len(long)))


def _bare(name: str) -> str:
    return "".join(filter(str.isalnum, name.casefold()))


_figures: Callable[[str], list[str]] = re.compile(r"\d+").findall
