"""What a stance says: each verb with its outcomes, and its form in a sentence."""

from typing import NamedTuple

from claimpos.comparison.acceptance import Stance
from claimpos.wording.names import Last
from claimpos.wording.sentences import say

WANTS = ("demands", "proposes", "accepts", "would accept")


class VerbUse(NamedTuple):
    """A verb of a party on a cell, with the outcomes that it names.

    `on_conditions` says that the acceptance or rejection depends on conditions.
    """

    verb: str
    outcomes: int
    on_conditions: bool = False

    @property
    def last(self) -> Last:
        """The word before the last of several outcomes."""
        return "and" if self.verb == "rejects" else "or"


def verbs_wanted(stance: Stance) -> list[VerbUse]:
    """What a stance calls for or accepts, each outcome under the first verb that has it."""
    demands, proposes, conditional = stance.demands, stance.proposes, stance.conditional
    accepts = stance.accepts & ~demands & ~proposes
    verbs = [
        VerbUse("demands", demands),
        VerbUse("proposes", proposes & ~demands),
        VerbUse("accepts", accepts & ~conditional),
        VerbUse("would accept", accepts & conditional, on_conditions=True),
    ]
    return [verb for verb in verbs if verb.outcomes]


def verbs_of(stance: Stance) -> list[VerbUse]:
    """All that a stance says; it rejects “unless …” what it also accepts on conditions."""
    unless = stance.refuses & stance.conditional
    wanted = [
        verb._replace(outcomes=verb.outcomes & ~unless) if verb.on_conditions else verb
        for verb in verbs_wanted(stance)
    ]
    rejected = [
        VerbUse("rejects", stance.refuses & ~unless),
        VerbUse("rejects", unless, on_conditions=True),
    ]
    return [verb for verb in (*wanted, *rejected) if verb.outcomes]


def verb_in_words(use: VerbUse, outcomes: str, many: bool = False) -> str:
    """A verb in the number of its subject, with its outcomes, which are given in words."""
    unless = use.on_conditions and use.verb == "rejects"
    key = "says.rejects-unless" if unless else f"says.{use.verb}"
    return say(key, 2 if many else 1, outcomes=outcomes)
