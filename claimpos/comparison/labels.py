"""Where codings mean different things by one id: labels, units and questions that differ."""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from claimpos.dossier.model import Dossier, Issue


class Relabelled(NamedTuple):
    """Something of an issue that codings call differently.

    Attributes:
        issue: The id of the issue.
        what: What differs: title, question, unit, an option or an item.
        id: The id of the option or the item; empty for what the issue has once.
        labels: What each coding calls it, of those that have it.
    """

    issue: str
    what: str
    id: str
    labels: Mapping[str, str]


def relabelled(codings: Mapping[str, Dossier], issues: Iterable[str]) -> tuple[Relabelled, ...]:
    """What the codings call differently of issues that all of them have; blanks do not count."""
    return tuple(
        Relabelled(key, what, part, labels)
        for key in issues
        for (what, part), labels in _labels(
            {name: dossier.issues[key] for name, dossier in codings.items()}
        ).items()
        if len({" ".join(label.split()) for label in labels.values()}) > 1
    )


def _labels(issues: Mapping[str, Issue]) -> dict[tuple[str, str], dict[str, str]]:
    found: dict[tuple[str, str], dict[str, str]] = {}
    for name, issue in issues.items():
        for part, label in _of(issue):
            found.setdefault(part, {})[name] = label
    return found


def _of(issue: Issue) -> Iterator[tuple[tuple[str, str], str]]:
    yield ("title", ""), issue.title
    yield ("question", ""), issue.question
    yield ("unit", ""), issue.unit
    yield from ((("option", key), label) for key, label in issue.options.items())
    yield from ((("item", key), label) for key, label in issue.items.items())
