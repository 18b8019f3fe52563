"""Reads agenda.yaml: the issues, with their kinds and possible outcomes."""

import re
from typing import TYPE_CHECKING, NamedTuple, get_args

from claimpos.dossier.findings import Span
from claimpos.dossier.limits import how_to_raise, limit
from claimpos.dossier.model import (
    QUOTE_WORDS,
    UNANIMITY,
    DecisionRule,
    Issue,
    Kind,
    Origin,
    PartialDate,
    Presupposed,
)
from claimpos.dossier.nodes import Map, Node
from claimpos.dossier.outcomes import is_empty
from claimpos.dossier.reading.form import (
    Misshapen,
    Reading,
    Register,
    distinct,
    fields,
    flag,
    identifier,
    mapping,
    number,
    one_of,
    optional_text,
    sequence,
    text,
)

if TYPE_CHECKING:
    from claimpos.dossier.reading.decides import MemberNamed

_AGENDA_REQUIRED = frozenset({"title", "groups", "issues"})
_AGENDA = _AGENDA_REQUIRED.union(
    {"closed", "quote-words", "single-undertaking", "decides"}, Origin._fields
)
_REQUIRED = frozenset({"title", "question", "group", "kind"})
_COMMON = _REQUIRED | {"note", "formerly", "core", "presupposes", "decides", "text", "also"}
_TITLED = frozenset({"title", "formerly"})
_OPTION = _TITLED | {"no-agreement", "abstention", "text"}
_GROUP = frozenset({"title", "decides"})
_NEEDS: dict[str, frozenset[str]] = {
    "choice": frozenset({"options"}),
    "items": frozenset({"items", "options"}),
    "quantity": frozenset({"unit"}),
}
_MAY_HAVE = {"quantity": frozenset({"integer", "minimum", "maximum"})}

_ID = "[a-z][a-z0-9]*(?:-[a-z0-9]+)*"
_PRESUPPOSED = rf"(?P<issue>{_ID})(\.(?P<item>{_ID}))?(=(?P<option>{_ID}))?\Z"


class Agenda(NamedTuple):
    """The contents of agenda.yaml; `members` are the parties that its decision rules name."""

    title: str = ""
    groups: Register[str] = Register()
    issues: Register[Issue] = Register()
    closed: PartialDate | None = None
    quote_words: int = QUOTE_WORDS
    single_undertaking: bool = False
    members: "tuple[MemberNamed, ...]" = ()
    origin: Origin = Origin()


def read_agenda(node: Node, reading: Reading) -> Agenda:
    """The agenda, as far as it can be read; errors are noted in `reading`."""
    groups: Register[str] = Register()
    issues: Register[Issue] = Register()
    try:
        found = fields(node, _AGENDA_REQUIRED, _AGENDA)
        rules = _Rules(reading)
        usual = rules.read(found)
        groups = reading.each(found["groups"], rules.group, at_least=1)
        issues = reading.each(
            found["issues"], lambda at, key: _issue(at, key, groups, reading, rules), at_least=1
        )
        issues.update((key, rules.applied(issue, usual)) for key, issue in issues.items())
        closed = reading.date(found, "closed") if "closed" in found else None
        _check_presupposed(mapping(found["issues"]), issues, reading)
        title, single = reading.title(found, "title"), flag(found, "single-undertaking")
        words, members = _quote_words(found), tuple(rules.members)
        origin = Origin(*(reading.optional_title(found, key) for key in Origin._fields))
        return Agenda(title, groups, issues, closed, words, single, members, origin)
    except Misshapen:
        reading.misshapen = True
        return Agenda(groups=groups, issues=issues)


class _Rules:
    """The decision rules of the agenda: for all issues, for a group of them, or for one."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.members: list[MemberNamed] = []
        self._of_groups: dict[str, DecisionRule] = {}

    def read(self, found: Map) -> DecisionRule | None:
        """The rule under `decides`, if there is one."""
        if "decides" not in found:
            return None
        from claimpos.dossier.reading.decides import members_named, read_rule

        rule = read_rule(found["decides"], self.reading)
        self.members += members_named(found["decides"])
        return rule

    def group(self, holder: Map, key: str) -> str:
        """The title of a group, written alone or beside the group's rule."""
        value = holder[key]
        if not isinstance(value, Map):
            return self.reading.title(holder, key)
        found = fields(value, frozenset({"title"}), _GROUP)
        if (rule := self.read(found)) is not None:
            self._of_groups[key] = rule
        return self.reading.title(found, "title")

    def applied(self, issue: Issue, usual: DecisionRule | None) -> Issue:
        """The issue with the rule that applies: its own, its group's, or that of all issues."""
        rule = issue.decides or self._of_groups.get(issue.group) or usual
        return issue._replace(decides=None if rule == UNANIMITY else rule)


def _quote_words(found: Map) -> int:
    words = found.get("quote-words", QUOTE_WORDS)
    if not isinstance(words, int) or isinstance(words, bool) or words < 1:
        raise Misshapen
    return words


def _also(found: Map, reading: Reading) -> tuple[str, ...]:
    words = distinct(found, "also")
    for word in words:
        reading.check_length(found.at, "also", word, "another word for an issue")
    return words


def _titled(holder: Map, key: str, reading: Reading, keys: frozenset[str]) -> str:
    """The title of an option or an item, written alone or beside other keys."""
    value = holder[key]
    if isinstance(value, Map):
        _formerly(fields(value, frozenset({"title"}), keys))
        flag(value, "no-agreement")
        flag(value, "abstention")
        optional_text(value, "text")
        return reading.title(value, "title")
    return reading.title(holder, key)


def _formerly(found: Map) -> tuple[str, ...]:
    return distinct(found, "formerly", identifier)


def _old_ids(node: Node) -> dict[str, tuple[str, ...]]:
    """The old ids of those options or items that have any."""
    values = mapping(node)
    return {
        key: old
        for key in values
        if isinstance(value := values[key], Map) and (old := _formerly(value))
    }


def _flagged(found: Map, mark: str) -> frozenset[str]:
    """The options with this mark: `no-agreement` or `abstention`."""
    values = mapping(found["options"]) if "options" in found else {}
    return frozenset(
        key for key, value in values.items() if isinstance(value, Map) and flag(value, mark)
    )


def _texts(node: Node) -> dict[str, str]:
    """The wordings of those options that have one."""
    values = mapping(node)
    return {
        key: wording
        for key in values
        if isinstance(value := values[key], Map) and (wording := optional_text(value, "text"))
    }


def _titles(
    node: Node, at_least: int, reading: Reading, keys: frozenset[str] = _TITLED
) -> dict[str, str]:
    """Titles by id; an unreadable one is empty, so that positions may still name its id."""
    titles = reading.each(node, lambda at, key: _titled(at, key, reading, keys), at_least)
    return {key: titles.get(key, "") for key in mapping(node)}


def _issue(holder: Map, key: str, groups: Register[str], reading: Reading, rules: _Rules) -> Issue:
    found = mapping(holder[key])
    if "kind" not in found:
        raise Misshapen
    kind: Kind = one_of(found["kind"], get_args(Kind))  # type: ignore[assignment]
    needs = _NEEDS[kind]
    fields(found, _REQUIRED | needs, _COMMON | needs | _MAY_HAVE.get(kind, frozenset()))
    group = identifier(found["group"])
    if groups.lacks(group):
        reading.unknown("CP307", found.at("group"), "group", group, groups)
    issue = Issue(
        id=key,
        title=reading.title(found, "title"),
        question=text(found["question"]),
        group=group,
        kind=kind,
        options=_titles(found["options"], 2, reading, _OPTION) if "options" in found else {},
        items=_titles(found["items"], 1, reading) if "items" in found else {},
        unit=reading.optional_title(found, "unit"),
        integer=flag(found, "integer"),
        minimum=number(found["minimum"]) if "minimum" in found else None,
        maximum=number(found["maximum"]) if "maximum" in found else None,
        note=optional_text(found, "note"),
        formerly=_formerly(found),
        options_formerly=_old_ids(found["options"]) if "options" in found else {},
        items_formerly=_old_ids(found["items"]) if "items" in found else {},
        core=flag(found, "core"),
        no_agreement=_flagged(found, "no-agreement"),
        presupposes=tuple(map(_presupposed, distinct(found, "presupposes"))),
        abstentions=_flagged(found, "abstention"),
        decides=rules.read(found),
        text=optional_text(found, "text"),
        option_texts=_texts(found["options"]) if "options" in found else {},
        also=_also(found, reading),
    )
    _check_options(issue, found, reading)
    _check_bounds(issue, found, reading)
    return issue


def _check_options(issue: Issue, found: Map, reading: Reading) -> None:
    most = limit("issue-options")
    if len(issue.options) > most:
        message = f"the issue has more than {most:,} options"
        reading.fault("CP109", found.at("options"), message, how_to_raise("issue-options"))


def _check_bounds(issue: Issue, found: Map, reading: Reading) -> None:
    for key, bound in (("minimum", issue.minimum), ("maximum", issue.maximum)):
        if issue.integer and bound is not None and not isinstance(bound, int):
            message = f"{key} must be a whole number, since the issue counts in integers"
            reading.fault("CP403", found.at(key), message, "round it, or drop `integer`")
    if is_empty(issue.domain):
        message = "the minimum is above the maximum: no value is left"
        reading.fault("CP403", found.at("minimum"), message, "exchange the two")


def _presupposed(written: str) -> Presupposed:
    """What an issue presupposes; raises Misshapen if it is written in another form."""
    match = re.match(_PRESUPPOSED, written)
    if match is None:
        raise Misshapen
    return Presupposed(match["issue"], match["item"], match["option"])


def _check_presupposed(holder: Map, issues: Register[Issue], reading: Reading) -> None:
    """Report whatever issues presuppose that is not on the agenda."""
    for key, issue in issues.items():
        found = holder[key]
        if issue.presupposes and isinstance(found, Map):
            listed = sequence(found["presupposes"])
            for at, presupposed in enumerate(issue.presupposes):
                _check(presupposed, listed.at(at), issues, reading)


def _check(presupposed: Presupposed, span: Span, issues: Register[Issue], reading: Reading) -> None:
    issue = issues.get(presupposed.issue)
    if issue is None:
        if issues.lacks(presupposed.issue):
            reading.unknown("CP301", span, "issue", presupposed.issue, issues)
        return
    if presupposed.item is not None and presupposed.item not in issue.items:
        reading.unknown("CP303", span, "item", presupposed.item, issue.items)
    if presupposed.option is not None and presupposed.option not in issue.options:
        reading.unknown("CP302", span, "option", presupposed.option, issue.options)
