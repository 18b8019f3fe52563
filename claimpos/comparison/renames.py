"""Finds ids that changed between two revisions of the files: renamed, split or merged.

An id that both revisions have is the same thing. One that only the newer has was renamed from an id
that only the older has: from one listed under `formerly`, else from the one with the same title.
"""

from collections.abc import Iterator, Mapping
from typing import Literal, NamedTuple, NoReturn, TypeVar

from claimpos.dossier.model import (
    Acceptance,
    Alternative,
    Answer,
    Cell,
    DecisionRule,
    Dossier,
    Entry,
    Issue,
    Named,
    Party,
    Presupposed,
    Proposal,
    Term,
    Worth,
)
from claimpos.dossier.outcomes import Outcomes
from claimpos.errors import WrongUsage

What = Literal["party", "issue", "option", "item"]
Value = TypeVar("Value")


class Rename(NamedTuple):
    """The old and the new ids of something; `issue` is that of an option or item.

    With one of each, the old dossier is read as if it had the new id. Several old ids are a merger,
    several new ones a split, and these are only reported.
    """

    what: What
    old: tuple[str, ...]
    new: tuple[str, ...]
    issue: str = ""

    @property
    def plain(self) -> bool:
        return len(self.old) == len(self.new) == 1


class _Named(NamedTuple):
    """Something that has an id: its title, and its former ids."""

    title: str
    formerly: tuple[str, ...] = ()


def renames(old: Dossier, new: Dossier) -> tuple[Rename, ...]:
    """What was renamed, split or merged from one revision to the other.

    Raises WrongUsage if titles were exchanged, because then it is unclear which id is which.
    """
    found = [*_matched("party", _parties(old), _parties(new))]
    issues = [*_matched("issue", _issues(old), _issues(new))]
    found += issues
    before = {one.new[0]: one.old[0] for one in issues if one.plain}
    for key, issue in new.issues.items():
        was = old.issues.get(before.get(key, key))
        if was is not None:
            options = _parts(was.options, {}), _parts(issue.options, issue.options_formerly)
            items = _parts(was.items, {}), _parts(issue.items, issue.items_formerly)
            found += _matched("option", *options, key)
            found += _matched("item", *items, key)
    return tuple(found)


def _parties(dossier: Dossier) -> dict[str, _Named]:
    return {key: _Named(one.name, one.formerly) for key, one in dossier.parties.items()}


def _issues(dossier: Dossier) -> dict[str, _Named]:
    return {key: _Named(one.title, one.formerly) for key, one in dossier.issues.items()}


def _parts(titles: Mapping[str, str], formerly: Mapping[str, tuple[str, ...]]) -> dict[str, _Named]:
    return {key: _Named(title, formerly.get(key, ())) for key, title in titles.items()}


def _matched(
    what: What, old: Mapping[str, _Named], new: Mapping[str, _Named], issue: str = ""
) -> Iterator[Rename]:
    _check_titles(what, old, new, issue)
    gone = {key: one for key, one in old.items() if key not in new}
    come = {key: one for key, one in new.items() if key not in old}
    sources = {key: [was for was in one.formerly if was in gone] for key, one in come.items()}
    heirs: dict[str, list[str]] = {}
    for key, many in sources.items():
        for was in many:
            heirs.setdefault(was, []).append(key)
    for was, keys in heirs.items():
        if len(keys) > 1:
            yield Rename(what, (was,), tuple(keys), issue)
    for key, many in sources.items():
        if many and all(heirs[was] == [key] for was in many):
            yield Rename(what, tuple(many), (key,), issue)
    by_title = _by_title({key: one for key, one in gone.items() if key not in heirs})
    untold = _by_title({key: one for key, one in come.items() if not sources[key]})
    for title, keys in untold.items():
        if len(keys) == 1 and len(by_title.get(title, ())) == 1:
            yield Rename(what, tuple(by_title[title]), tuple(keys), issue)


def _by_title(named: Mapping[str, _Named]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for key, one in named.items():
        found.setdefault(one.title, []).append(key)
    return found


def _check_titles(
    what: What, old: Mapping[str, _Named], new: Mapping[str, _Named], issue: str
) -> None:
    """Raise WrongUsage if two or more ids have taken each other's titles, in a circle."""
    kept = [key for key in old if key in new and old[key].title != new[key].title]
    owners = _by_title({key: old[key] for key in kept})
    takes = {key: owners.get(new[key].title, []) for key in kept}
    followed: set[str] = set()
    for key in kept:
        path: dict[str, None] = {}
        here = key
        while here not in followed and len(takes[here]) == 1:
            followed.add(here)
            path[here] = None
            (here,) = takes[here]
        if here in path:
            _refuse_exchanged(what, [*path][[*path].index(here) :], issue)


def _refuse_exchanged(what: What, ids: list[str], issue: str) -> NoReturn:
    plural = "parties" if what == "party" else f"{what}s"
    names = " and ".join(f"“{one}”" for one in ids) + (f" of “{issue}”" if issue else "")
    raise WrongUsage(
        f"the {plural} {names} have exchanged their titles, so that it is unclear which is which; "
        "rename in two commits"
    )


def with_new_ids(old: Dossier, found: tuple[Rename, ...]) -> Dossier:
    """The older dossier with the new ids of everything that was renamed."""
    plain = [one for one in found if one.plain]
    if not plain:
        return old
    ids: dict[tuple[What, str], dict[str, str]] = {}
    for one in plain:
        ids.setdefault((one.what, one.issue), {})[one.old[0]] = one.new[0]
    return _Renaming(ids).dossier(old)


class _Renaming:
    """Replaces old ids by new ones: of parties and issues and, by issue, of options and items."""

    def __init__(self, ids: Mapping[tuple[What, str], Mapping[str, str]]) -> None:
        self.ids = ids

    def id(self, what: What, old: str, issue: str = "") -> str:
        return self.ids.get((what, issue), {}).get(old, old)

    def dossier(self, old: Dossier) -> Dossier:
        issues = [self.issue(one) for one in old.issues.values()]
        parties = [self.party(one) for one in old.parties.values()]
        return old._replace(
            issues={one.id: one for one in issues},
            parties={one.id: one for one in parties},
            proposals={key: self.proposal(one) for key, one in old.proposals.items()},
        )

    def issue(self, old: Issue) -> Issue:
        new = self.id("issue", old.id)
        return old._replace(
            id=new,
            options=self.by_id("option", old.options, new),
            options_formerly=self.by_id("option", old.options_formerly, new),
            option_texts=self.by_id("option", old.option_texts, new),
            items=self.by_id("item", old.items, new),
            items_formerly=self.by_id("item", old.items_formerly, new),
            no_agreement=self.options(old.no_agreement, new),
            abstentions=self.options(old.abstentions, new),
            presupposes=tuple(map(self.presupposed, old.presupposes)),
            decides=None if old.decides is None else self.rule(old.decides),
        )

    def by_id(self, what: What, old: Mapping[str, Value], issue: str = "") -> dict[str, Value]:
        return {self.id(what, key, issue): value for key, value in old.items()}

    def presupposed(self, old: Presupposed) -> Presupposed:
        issue, item = self.cell(Cell(old.issue, old.item))
        option = None if old.option is None else self.id("option", old.option, issue)
        return Presupposed(issue, item, option)

    def rule(self, old: DecisionRule) -> DecisionRule:
        return old._replace(
            of=self.parties(old.of),
            weights=self.by_id("party", old.weights),
            veto=self.parties(old.veto),
            parts=tuple(map(self.rule, old.parts)),
        )

    def parties(self, old: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(self.id("party", one) for one in old)

    def party(self, old: Party) -> Party:
        positions = {
            self.id("issue", key): tuple(map(self.entry, entries))
            for key, entries in old.positions.items()
        }
        return old._replace(
            id=self.id("party", old.id),
            members=self.parties(old.members),
            positions=positions,
            worth=None if old.worth is None else self.worth(old.worth),
            answers={text: tuple(map(self.answer, given)) for text, given in old.answers.items()},
        )

    def worth(self, old: Worth) -> Worth:
        points = {
            new: self.by_id("option", given, new.issue) if isinstance(given, Mapping) else given
            for cell, given in old.points.items()
            for new in [self.cell(cell)]
        }
        return old._replace(points=points)

    def answer(self, old: Answer) -> Answer:
        return old._replace(excepted=tuple(map(self.cell, old.excepted)))

    def proposal(self, old: Proposal) -> Proposal:
        terms = {self.id("issue", key): self.term(term) for key, term in old.terms.items()}
        return old._replace(terms=terms, authors=self.parties(old.authors))

    def term(self, old: Term) -> Term:
        bracketed = {
            new: tuple(self.alternative(one, new.issue) for one in alternatives)
            for cell, alternatives in old.bracketed.items()
            for new in [self.cell(cell)]
        }
        return old._replace(outcomes=self.named(old.outcomes), bracketed=bracketed)

    def alternative(self, old: Alternative, issue: str) -> Alternative:
        outcomes = None if old.outcomes is None else self.outcomes(old.outcomes, issue)
        return Alternative(outcomes, self.parties(old.by))

    def entry(self, old: Entry) -> Entry:
        return old._replace(
            issue=self.id("issue", old.issue),
            demands=self.named(old.demands),
            proposes=self.named(old.proposes),
            refuses=self.named(old.refuses),
            accepts=tuple(map(self.acceptance, old.accepts)),
        )

    def acceptance(self, old: Acceptance) -> Acceptance:
        outcomes, requires = self.named(old.outcomes), self.named(old.requires)
        return old._replace(outcomes=outcomes, requires=requires)

    def named(self, old: Named) -> Named:
        return {
            new: self.outcomes(outcomes, new.issue)
            for cell, outcomes in old.items()
            for new in [self.cell(cell)]
        }

    def cell(self, old: Cell) -> Cell:
        issue = self.id("issue", old.issue)
        return Cell(issue, None if old.item is None else self.id("item", old.item, issue))

    def outcomes(self, old: Outcomes, issue: str) -> Outcomes:
        return self.options(old, issue) if isinstance(old, frozenset) else old

    def options(self, old: frozenset[str], issue: str) -> frozenset[str]:
        return frozenset(self.id("option", one, issue) for one in old)
