"""What a stance says: each verb with the outcomes that it names, and its form in a sentence."""

from __future__ import annotations

from claimpos.comparison.acceptance import Stance
from claimpos.records import NamedTuple
from claimpos.wording.names import agree

WANTS = ("demands", "proposes", "accepts", "would accept")


class Said(NamedTuple):
    """One verb of a party on a cell, and the outcomes that it names.

    `on_conditions` means that the acceptance or rejection depends on conditions.
    """

    verb: str
    outcomes: int
    on_conditions: bool = False

    @property
    def last(self) -> str:
        """The word before the last of several outcomes."""
        return "and" if self.verb == "rejects" else "or"


def wanted_by(stance: Stance) -> list[Said]:
    """What a stance calls for or accepts, each outcome under the first verb that has it."""
    demands, proposes, conditional = stance.demands, stance.proposes, stance.conditional
    accepts = stance.accepts & ~demands & ~proposes
    said = [
        Said("demands", demands),
        Said("proposes", proposes & ~demands),
        Said("accepts", accepts & ~conditional),
        Said("would accept", accepts & conditional, on_conditions=True),
    ]
    return [one for one in said if one.outcomes]


def said_by(stance: Stance) -> list[Said]:
    """All that a stance says; what it rejects and accepts on conditions, it rejects unless …"""
    unless = stance.refuses & stance.conditional
    wanted = [
        one._replace(outcomes=one.outcomes & ~unless) if one.on_conditions else one
        for one in wanted_by(stance)
    ]
    rejected = [
        Said("rejects", stance.refuses & ~unless),
        Said("rejects", unless, on_conditions=True),
    ]
    return [one for one in (*wanted, *rejected) if one.outcomes]


def say(said: Said, told: str, many: bool = False) -> str:
    """A verb in the number of its subjects, with its outcomes in words."""
    after = ""
    if said.on_conditions:
        after = " unless conditions are met" if said.verb == "rejects" else " on conditions"
    return f"{agree(said.verb, many)} {told}{after}"
