"""Sums of whole numbers of any size, for the solver, which counts in numbers of 32 bits.

A sum that is too large for it is worked out as on paper: digit by digit from the right, each with
what the one before carries over to it.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, count
from math import gcd
from typing import NamedTuple

_LARGEST = 1 << 29
"""What all the numbers of a sum may come to, which is well within 32 bits."""


class Term(NamedTuple):
    """What a sum grows by, a whole number from 0 on, where an atom of the model holds."""

    number: int
    atom: str


def exceeding(atom: str, groups: Sequence[Sequence[Term]], most: int) -> Iterator[str]:
    """Rules by which an atom holds if those terms that hold come to more than `most`.

    Args:
        atom: The atom.
        groups: The terms; of each group, one at most holds at a time.
        most: What they may come to; if it is below 0, the atom always holds.
    """
    if most < 0:
        yield f"{atom}."
        return
    # Only the proportions of the numbers up to `most` matter: any other is too much by itself.
    divisor = gcd(*(number for number, _ in chain(*groups) if number <= most)) or 1
    bound = most // divisor
    groups = [
        [Term(bound + 1 if number > most else number // divisor, one) for number, one in group]
        for group in groups
    ]
    if sum(map(_largest, groups)) > bound:
        yield from _by_digits(atom, groups, bound)


def _by_digits(atom: str, groups: Sequence[Sequence[Term]], most: int) -> Iterator[str]:
    """The same for a sum that can come to more; it has one digit if it is small enough."""
    terms = [*chain(*groups)]
    in_all = sum(number for number, _ in terms)
    # Each term has a digit, and may have one carried over to that, and one from it.
    base = in_all + 1 if in_all <= _LARGEST else _LARGEST // (3 * len(terms))
    carried = 0
    for place in count():
        is_last = _largest(chain(*groups)) < base
        digits = [[Term(number % base, one) for number, one in group] for group in groups]
        carries = 0 if is_last else (sum(map(_largest, digits)) + carried) // base
        elements = [
            f"{term.number},{at} : {term.atom}"
            for at, term in enumerate(chain(*digits))
            if term.number
        ]
        elements += [f"1,to({at}) : carried({atom},{place},{at})" for at in _up_to(carried)]
        elements += [
            f"-{base},from({at}) : carried({atom},{place + 1},{at})" for at in _up_to(carries)
        ]
        total, bound = f"#sum {{ {'; '.join(elements)} }}", most if is_last else most % base
        if carries:
            above = f"carried({atom},{place + 1}"
            yield f"{{ {above},1..{carries}) }}. :- {above},N), N > 1, not {above},N-1)."
            yield f":- not 0 <= {total} <= {base - 1}."
        head = atom if is_last else f"larger({atom},{place})"
        yield f"{head} :- {total} > {bound}."
        if place:
            yield f"{head} :- {total} >= {bound}, larger({atom},{place - 1})."
        if is_last:
            return
        groups = [[Term(number // base, one) for number, one in group] for group in groups]
        most //= base
        carried = carries


def _up_to(number: int) -> range:
    return range(1, number + 1)


def _largest(terms: Iterable[Term]) -> int:
    return max((number for number, _ in terms), default=0)
