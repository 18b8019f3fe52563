"""Outcomes and conditions as one types them in a command line.

An outcome is an option, `voluntary`; several, `voluntary, rota`; a figure, `7`, `>= 6` or
`min=6, max=8`; for an issue with items `cars=allowed, all=barred`; or what a file holds, such as
`{max: 7}`. A condition may follow: `voluntary if pay-rise >= 7 and cars=allowed`, and in words
`rota subject to a vote of the members`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from claimpos.dossier.findings import SourceText
from claimpos.dossier.lookup import issue_named, nearest
from claimpos.dossier.model import Dossier, Issue
from claimpos.dossier.nodes import Map, Seq
from claimpos.dossier.parsing.file import parse
from claimpos.dossier.written_figures import HOW, Written, as_written, figures_meant
from claimpos.errors import UnknownName, WrongUsage

_IF = re.compile(r"(?<!\s)\s++if\s++", re.IGNORECASE)
_SUBJECT = re.compile(r"(?:^|(?<!\s)\s++)subject[ -]to:?\s++", re.IGNORECASE)
_AND = re.compile(r"(?<!\s)\s++and\s++", re.IGNORECASE)
_CONDITION = re.compile(r"([^\s=<>.]++)(?:\.([^\s=<>]++))?\s*+(>=|<=|=|>|<)\s*+(.+)", re.DOTALL)
_END = re.compile(r"(min|max|above|below)\s*=\s*(.+)")
_SEPARATOR = re.compile(r"[,;]")
_ALL = "all"

HOW_CONDITION = (
    "write OUTCOME if ISSUE=OUTCOME, with >= or <= before a figure, or OUTCOME subject to TEXT"
)


def outcomes_of(texts: Sequence[str], issue: Issue) -> Any:
    """What a file holds for the outcomes in some texts, all of them for one verb.

    Raises WrongUsage, and UnknownName for an option or an item that the issue does not have.
    """
    return _joined([_outcome(text, issue) for text in texts], issue)


def acceptances_of(texts: Sequence[str], issue: Issue, dossier: Dossier) -> Any:
    """What a file holds under `accepts` for some texts, which may state conditions.

    Raises the same as `outcomes_of`.
    """
    members = [_acceptance(text, issue, dossier) for text in texts]
    bare = [member for member in members if not _is_conditional(member)]
    conditional = [member for member in members if _is_conditional(member)]
    if not conditional:
        return _joined(bare, issue)
    joined = [] if not bare else [_joined(bare, issue)]
    flat = [one for member in joined for one in (member if isinstance(member, list) else [member])]
    return flat + conditional


def _is_conditional(member: Any) -> bool:
    return isinstance(member, Mapping) and "outcome" in member


def _acceptance(text: str, issue: Issue, dossier: Dossier) -> Any:
    if _is_flow(text):
        return _read_flow(text)
    before, *subject = _SUBJECT.split(text.strip(), maxsplit=1)
    outcome, *conditions = _IF.split(before, maxsplit=1)
    read = _outcome(outcome, issue)
    if not subject and not conditions:
        return read
    member: dict[str, Any] = {"outcome": read}
    if conditions:
        member["if"] = _conditions(conditions[0], text, dossier)
    if subject:
        member["subject-to"] = subject[0].strip()
    return member


def _conditions(text: str, whole: str, dossier: Dossier) -> dict[str, Any]:
    required: dict[str, Any] = {}
    for part in _AND.split(text):
        found = _CONDITION.fullmatch(part.strip())
        if found is None:
            raise WrongUsage(f"“{part.strip()}” in “{whole}” is not a condition; {HOW_CONDITION}")
        name, item, sign, rest = found.groups()
        issue = issue_named(dossier, name)
        written = rest if sign == "=" else sign + rest
        read = _outcome(f"{item}={written}" if item else written, issue)
        before = required.get(issue.id)
        if before is not None and not (isinstance(before, dict) and isinstance(read, dict)):
            raise WrongUsage(f"“{whole}” names “{issue.id}” twice; write both outcomes in one list")
        required[issue.id] = {**(before or {}), **read} if isinstance(read, dict) else read
    return required


def _joined(read: Sequence[Any], issue: Issue) -> Any:
    """The outcomes of several texts as one: maps of items become one map, the rest a list."""
    if len(read) == 1:
        return read[0]
    if issue.kind == "items" and all(isinstance(one, Mapping) for one in read):
        return {item: outcome for one in read for item, outcome in one.items()}
    several = [one for some in read for one in (some if isinstance(some, list) else [some])]
    named = [one for at, one in enumerate(several) if one not in several[:at]]
    return named[0] if len(named) == 1 else named


def _is_flow(text: str) -> bool:
    return text.lstrip().startswith(("{", "["))


def _read_flow(text: str) -> Any:
    node, findings = parse(SourceText("", text))
    if findings or not isinstance(node, Map | Seq):
        why = f": {findings[0].message}" if findings else ""
        raise WrongUsage(f"“{text}” cannot be read{why}")
    return node


def _outcome(text: str, issue: Issue) -> Any:
    if _is_flow(text):
        return _read_flow(text)
    parts = [part for one in _SEPARATOR.split(text) if (part := one.strip())]
    if issue.kind == "quantity":
        return _figures(text, issue)
    if not parts:
        raise WrongUsage(f"“{text}” names no outcome of “{issue.id}”")
    if issue.kind == "items":
        return dict(_by_item(part, issue) for part in parts)
    options = [_named("option", part, issue.options, issue) for part in parts]
    return options[0] if len(options) == 1 else options


def _by_item(part: str, issue: Issue) -> tuple[str, Any]:
    item, equals, outcome = part.partition("=")
    if not equals:
        example = f"{next(iter(issue.items))}={next(iter(issue.options))}"
        raise WrongUsage(f"“{part}” names no item of “{issue.id}”; write, for example, {example}")
    key = _ALL if item.strip() == _ALL else _named("sub-issue", item, issue.items, issue)
    options = [_named("option", one, issue.options, issue) for one in outcome.split("|")]
    return key, options[0] if len(options) == 1 else options


def _named(kind: str, text: str, titles: Mapping[str, str], issue: Issue) -> str:
    """The id that an id or a title stands for; raises UnknownName."""
    name = text.strip()
    if name in titles:
        return name
    ids = {title.casefold(): key for key, title in titles.items()}
    if name.casefold() in ids:
        return ids[name.casefold()]
    near = nearest(name, titles) or list(titles)[:3]
    raise UnknownName(kind, name, near, f"claimpos show {issue.id}", f" of “{issue.id}”")


def _figures(text: str, issue: Issue) -> Any:
    """A number, a range, or a list of them; ends that follow each other are one range."""
    found: list[Any] = []
    for part in (part.strip() for part in text.split(";") if part.strip()):
        ends = [_END.fullmatch(one.strip()) for one in _SEPARATOR.split(part)]
        if all(ends):
            found.append({end[1]: _figure(end[2], issue) for end in ends if end})
        else:
            found.append(_figure(part, issue))
    if not found:
        raise WrongUsage(f"“{text}” names no outcome of “{issue.id}”; {HOW}")
    return found[0] if len(found) == 1 else found


def _figure(text: str, issue: Issue) -> Written:
    meant = figures_meant(text, issue.unit)
    if not meant:
        raise WrongUsage(f"“{text}” is not a figure of “{issue.id}”; {HOW}")
    if len(meant) > 1:
        one, other = map(as_written, meant)
        raise WrongUsage(f"“{text}” can mean {one} or {other}; write one of these")
    return meant[0]
