"""Kleene's strong three-valued logic (S. C. Kleene, Introduction to Metamathematics, 1952, § 64).

With false < unknown < true, *and* is the minimum and *or* the maximum.
"""

from enum import IntEnum


class Truth(IntEnum):
    """Whether something is acceptable, as far as the parties have said."""

    FALSE = 0
    UNKNOWN = 1
    TRUE = 2
