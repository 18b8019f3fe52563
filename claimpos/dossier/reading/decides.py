"""Reads `decides` in the agenda: the rule by which the members of a body decide."""

import re
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from itertools import chain
from typing import NamedTuple, get_args

from claimpos.dossier.findings import Span
from claimpos.dossier.limits import how_to_raise, limit
from claimpos.dossier.model import Counted, DecisionRule, RuleKind
from claimpos.dossier.nodes import Map, Node, Seq
from claimpos.dossier.outcomes import Number, exact
from claimpos.dossier.reading.form import (
    Misshapen,
    Reading,
    distinct,
    fields,
    identifier,
    mapping,
    number,
    one_of,
    sequence,
)

_WORDS = ("unanimity", "consensus")
_COUNTS = ("at-least", "more-than")
_PARTS = ("all-of", "any-of")
_KINDS = frozenset({"rule", *_COUNTS, *_PARTS})
_DEEPEST = 2
_RULE = _KINDS | {"of", "weights", "veto", "abstention", "no-position"}
_CONDITION = _RULE - frozenset(_PARTS)
_SHARE = (
    r"(?P<cent>[0-9]{1,12}(\.[0-9]{1,12})?) ?%|(?P<part>[0-9]{1,12})/(?P<whole>[1-9][0-9]{0,11})"
)


class MemberNamed(NamedTuple):
    """A party that a rule names, and the place."""

    party: str
    span: Span


class _Given(NamedTuple):
    """What a part of a rule takes over from the whole rule."""

    of: tuple[str, ...] = ()
    abstention: Counted | None = None
    no_position: Counted = "open"


def read_rule(node: Node, reading: Reading) -> DecisionRule:
    """A decision rule, written as a word or a map; raises Misshapen if it has another form."""
    return _rule(node, _Given(), reading, 0)


def _rule(node: Node, given: _Given, reading: Reading, depth: int) -> DecisionRule:
    if isinstance(node, str):
        word = one_of(node, _WORDS)
        return DecisionRule(
            _kind(word),
            of=given.of,
            abstention=_abstention(word, given),
            no_position=given.no_position,
        )
    found = fields(node, frozenset(), _RULE if depth < _DEEPEST else _CONDITION)
    kinds = [key for key in found if key in _KINDS]
    if len(kinds) != 1:
        raise Misshapen
    (key,) = kinds
    word = one_of(found[key], _WORDS) if key == "rule" else key
    given = _Given(
        distinct(found, "of", identifier) or given.of,
        _counted(found, "abstention") or given.abstention,
        _counted(found, "no-position") or given.no_position,
    )
    needed, share = _needed(found[key]) if key in _COUNTS else (Fraction(0), False)
    rule = DecisionRule(
        kind=_kind(word),
        needed=needed,
        share=share,
        of=given.of,
        weights=_weights(found["weights"]) if "weights" in found else {},
        veto=distinct(found, "veto", identifier),
        abstention=_abstention(word, given),
        no_position=given.no_position,
        parts=_parts(found[key], given, reading, depth) if key in _PARTS else (),
    )
    _check(rule, found, key, reading)
    if depth == 0:
        _check_size(rule, found, key, reading)
    return rule


def _check_size(rule: DecisionRule, found: Map, key: str, reading: Reading) -> None:
    most = limit("rule-conditions")
    if _conditions(rule) > most:
        message = f"the rule has more than {most:,} conditions"
        reading.fault("CP109", found.at(key), message, how_to_raise("rule-conditions"))


def _conditions(rule: DecisionRule) -> int:
    """The number of conditions in a rule that have no parts of their own."""
    return sum(map(_conditions, rule.parts)) if rule.parts else 1


def _kind(word: str) -> RuleKind:
    return one_of(word, get_args(RuleKind))  # type: ignore[return-value]


def _abstention(word: str, given: _Given) -> Counted:
    usual: dict[str, Counted] = {"unanimity": "open", "consensus": "counts-out"}
    return given.abstention or usual.get(word, "counts-no")


def _counted(found: Map, key: str) -> Counted | None:
    if key not in found:
        return None
    return one_of(found[key], get_args(Counted))  # type: ignore[return-value]


def _parts(node: Node, given: _Given, reading: Reading, depth: int) -> tuple[DecisionRule, ...]:
    listed = sequence(node)
    if len(listed) < 2:
        raise Misshapen
    return tuple(_rule(one, given, reading, depth + 1) for one in listed)


def _needed(node: Node) -> tuple[Fraction, bool]:
    """The votes needed, and whether they are a share: 15, 55% or 2/3."""
    if not isinstance(node, str):
        return Fraction(_positive(node)), False
    match = re.fullmatch(_SHARE, node)
    if match is None:
        raise Misshapen
    if match["cent"]:
        return Fraction(match["cent"]) / 100, True
    return Fraction(int(match["part"]), int(match["whole"])), True


def _positive(node: Node) -> Number:
    value = number(node)
    if value < 0:
        raise Misshapen
    return value


def _weights(node: Node) -> dict[str, Number]:
    found = mapping(node)
    if not found:
        raise Misshapen
    return {identifier(key): _positive(found[key]) for key in found}


def _check(rule: DecisionRule, found: Map, key: str, reading: Reading) -> None:
    """Report weights that do not fit the members, and numbers that no vote can reach."""
    span = found.at(key)
    if rule.weights and key not in _COUNTS:
        message = "weights count only with `at-least` or `more-than`"
        reading.fault("CP433", found.key_at("weights"), message, "move them there, or delete them")
        return
    if rule.of and rule.weights and not _match(rule, found, reading):
        return
    if key not in _COUNTS:
        return
    if _asks_nothing(rule):
        hint = "write a share, such as 1/2 or 55%, or at least one vote"
        reading.fault("CP433", span, f"`{key}` asks for less than one vote", hint)
        return
    counted = [*rule.weights.values()] if rule.weights else [1] * len(rule.of)
    most = sum(map(Fraction, counted), Fraction(0)) if counted else None
    if rule.share:
        most = Fraction(1)
    if most is None:
        return
    if rule.needed > most or (key == "more-than" and rule.needed == most):
        what = "the whole" if rule.share else f"{_written(most)}, which all members have together"
        message = f"`{key}` asks for more than {what}: nothing can pass"
        reading.fault("CP433", span, message, "correct the number, or the members")


def _asks_nothing(rule: DecisionRule) -> bool:
    """Whether a rule asks for no vote, or for a part of one, such as 0.5 where 50% is meant."""
    if rule.needed == 0:
        return rule.kind == "at-least"
    whole = all(Fraction(weight).denominator == 1 for weight in rule.weights.values())
    return not rule.share and whole and rule.needed < 1


def _match(rule: DecisionRule, found: Map, reading: Reading) -> bool:
    """Whether exactly the members have weights; reports those that do not match."""
    members = frozenset(rule.of)
    missing = [one for one in rule.of if one not in rule.weights]
    others = [one for one in rule.weights if one not in members]
    for what, some, remedy in (
        ("members without a weight", missing, "give each member one"),
        ("weights of others than the members", others, "add these to `of`, or delete the weights"),
    ):
        if some:
            named = ", ".join(f"“{one}”" for one in some[:3])
            reading.fault("CP433", found.key_at("weights"), f"{what}: {named}", remedy)
    return not missing and not others


def _written(value: Fraction) -> str:
    return f"{Decimal(exact(value)):f}"


def members_named(node: Node) -> Iterator[MemberNamed]:
    """The parties that a rule and its parts name, each with its place."""
    if not isinstance(node, Map):
        return
    for key in ("of", "veto"):
        if isinstance(listed := node.get(key), Seq):
            yield from (MemberNamed(str(one), listed.at(at)) for at, one in enumerate(listed))
    if isinstance(weights := node.get("weights"), Map):
        yield from (MemberNamed(name, weights.key_at(name)) for name in weights)
    for key in _PARTS:
        if isinstance(parts := node.get(key), Seq):
            yield from chain.from_iterable(map(members_named, parts))
