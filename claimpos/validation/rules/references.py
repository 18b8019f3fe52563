"""References: names that refer to nothing, and things that nothing refers to.

CP301 error: an issue that is not on the agenda

    FAIL
        positions:
          statis:
            - {since: 2025, accepts: open, evidence: [said]}
    PASS
        positions:
          status:
            - {since: 2025, accepts: open, evidence: [said]}

CP302 error: an option that the issue does not have

    FAIL
        positions:
          status:
            - {since: 2025, accepts: opened, evidence: [said]}
    PASS
        positions:
          status:
            - {since: 2025, accepts: open, evidence: [said]}

CP303 error: an item that the issue does not have

    FAIL
        positions:
          regions:
            - {since: 2025, accepts: {west: ours}, evidence: [said]}
    PASS
        positions:
          regions:
            - {since: 2025, accepts: {north: ours}, evidence: [said]}

CP304 error: a source that sources.yaml does not list

    FAIL
        statements:
          said: {source: papr, basis: stated, summary: Said so.}
    PASS
        statements:
          said: {source: paper, basis: stated, summary: Said so.}
        positions:
          status:
            - {since: 2025, accepts: open, evidence: [said]}

CP305 error: a speaker whom the party's file does not list

    FAIL
        speakers:
          chair: {name: The Chair}
        statements:
          said: {source: paper, speaker: chairman, basis: stated, summary: Said so.}
    PASS
        speakers:
          chair: {name: The Chair}
        statements:
          said: {source: paper, speaker: chair, basis: stated, summary: Said so.}
        positions:
          status:
            - {since: 2025, accepts: open, evidence: [said]}

CP306 error: a statement that the party's file does not contain

    FAIL
        statements:
          said: {source: paper, basis: stated, summary: Said so.}
        positions:
          status:
            - {since: 2025, accepts: open, evidence: [sayd]}
    PASS
        positions:
          status:
            - {since: 2025, accepts: open, evidence: [said]}

CP318 error: an offer that the party's file does not list

    FAIL
        offers:
          package: {title: The package}
        positions:
          status:
            - {since: 2025, accepts: open, offer: pakcage, evidence: [said]}
    PASS
        offers:
          package: {title: The package}
        positions:
          status:
            - {since: 2025, accepts: open, offer: package, evidence: [said]}

CP307 error: a group that the agenda does not have

    FAIL agenda.yaml
        title: T
        groups: {security: Security}
        issues:
          cap: {title: Cap, question: Which cap?, group: safety, kind: quantity, unit: persons}
    PASS agenda.yaml
        title: T
        groups: {security: Security}
        issues:
          cap: {title: Cap, question: Which cap?, group: security, kind: quantity, unit: persons}

CP308 error: a file that is not named after its id

    FAIL
        party: someone
    PASS
        party: case

CP309 error: a name shared by two parties

    An id, an alias or a former id; or a `name` or `short` that a reader cannot tell from a name, an
    id or an alias of another party, because they differ only in capital letters, accents, blanks,
    hyphens, articles, and letters that look alike, such as Latin and Cyrillic a.

    FAIL
        aliases: [other]
    FAIL
        name: Another p\u0430rty
    PASS
        aliases: [the-case]

CP310 error: an outcome in the wrong form for the kind of its issue

    A choice takes an option or a list of options; items take a map from item to option; a quantity
    takes a number or a range.

    FAIL
        positions:
          cap:
            - {since: 2025, accepts: open, evidence: [said]}
    PASS
        positions:
          cap:
            - {since: 2025, accepts: 500, evidence: [said]}

CP311 error: an author of a proposal who is not a party

    FAIL proposals/draft.yaml
        proposal: draft
        title: A draft
        date: 2025
        source: paper
        status: draft
        authors: [nobody]
        terms: {cap: {outcome: 500, summary: A cap.}}
    PASS proposals/draft.yaml
        proposal: draft
        title: A draft
        date: 2025
        source: paper
        status: draft
        authors: [other]
        terms: {cap: {outcome: 500, summary: A cap.}}

CP314 error: groups that speak for each other in a circle

    A group may be a member of another; none may be a member of itself, directly or through others.

    FAIL
        members: [the-party, alliance]
        speaks-for-members: true
    PASS
        members: [other, user]
        speaks-for-members: true

CP319 error: a decision rule that names somebody who is not a party

    FAIL agenda.yaml
        title: T
        groups: {g: G}
        decides: {at-least: 1, of: [other, nobody]}
        issues:
          cap: {title: Cap, question: Which cap?, group: g, kind: quantity, unit: persons}
    PASS agenda.yaml
        title: T
        groups: {g: G}
        decides: {at-least: 1, of: [other, user]}
        issues:
          cap: {title: Cap, question: Which cap?, group: g, kind: quantity, unit: persons}

CP315 error: an answer to a text that is not among the proposals

    FAIL
        answers:
          plan:
            - {since: 2025, says: accepts, evidence: [said]}
    PASS
        answers:
          truce-plan:
            - {since: 2025, says: accepts, evidence: [said]}
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from claimpos.comparison.table import all_named
from claimpos.dossier.locate import file_of
from claimpos.dossier.looks import looks, without_articles
from claimpos.dossier.model import Cell, Dossier
from claimpos.dossier.outcomes import Outcomes
from claimpos.dossier.reading.form import is_id
from claimpos.validation.rules.rule import Diagnostic, Place, Scope, entries_of, note, warning

# So long are ids that are hardly two parties' if they differ in a letter; the forms of a longer one
# take the square of its length.
_COMPARED = range(4, 61)


@warning(312)
def unused_source(scope: Scope) -> Iterator[Diagnostic]:
    """CP312 warning: a source that no statement and no proposal uses

    FAIL sources.yaml
        sources:
          paper: {title: A paper, publisher: The Paper, date: 2025-01-01, status: press}
          journal: {title: A journal, publisher: The Journal, date: 2025-01-01, status: press}
    PASS sources.yaml
        sources:
          paper: {title: A paper, publisher: The Paper, date: 2025-01-01, status: press}
    """
    dossier = scope.dossier
    used = {
        statement.source.id
        for party in dossier.parties.values()
        for statement in party.statements.values()
    }
    used |= {proposal.source.id for proposal in dossier.proposals.values() if proposal.source}
    for source in dossier.sources:
        if source not in used:
            yield Diagnostic(
                Place("sources.yaml", ("sources", source), key=True),
                f"no statement and no proposal uses the source “{source}”",
                "cite it, or delete it",
            )


@warning(320)
def member_by_another_name(scope: Scope) -> Iterator[Diagnostic]:
    """CP320 warning: a group that speaks for a party by another name than its id

    The name is taken as that of somebody whose positions no file holds, so that the party does not
    hold the group's. Names are compared as in CP309; former ids count, and so does what is written
    like an id and is one letter from a party's.

    FAIL
        members: [Another party]
        speaks-for-members: true
    FAIL
        members: [someone-else]
        speaks-for-members: true
    FAIL
        members: [oher]
        speaks-for-members: true
    PASS
        members: [other, Somebody]
        speaks-for-members: true
    PASS
        members: [Another party]
    """
    parties = scope.dossier.parties
    groups = [one for one in parties.values() if one.speaks_for_members]
    if all(member in parties for group in groups for member in group.members):
        return
    owners: dict[str, str] = {}
    for party in parties.values():
        for name in (party.id, *party.aliases, *party.formerly, party.name, party.label):
            for form in looks(without_articles(name)):
                owners.setdefault(form, party.id)
    near = {form: party for party in parties for form in _with_a_letter_less(party)}
    for group in groups:
        for at, member in enumerate(group.members):
            owner = None if member in parties else _meant(member, owners, near)
            if owner is not None:
                yield Diagnostic(
                    Place(file_of(group.id), ("members", at)),
                    f"“{member}” looks like a name of the party “{owner}”, but is not its id",
                    f"write {owner}, or a name that nobody can take for it",
                )


def _meant(member: str, owners: Mapping[str, str], near: Mapping[str, str]) -> str | None:
    """The party that a member looks like: by what its names look like, or by forms near its id."""
    found = [owners.get(form) for form in sorted(looks(without_articles(member)))]
    found += [near.get(form) for form in _with_a_letter_less(member)] if is_id(member) else []
    return next(filter(None, found), None)


def _with_a_letter_less(name: str) -> list[str]:
    """Forms that an id shares with those that differ in one letter; none of some."""
    if len(name) not in _COMPARED:
        return []
    return [name, *(name[:at] + name[at + 1 :] for at in range(len(name)))]


@note(313)
def unused_option(scope: Scope) -> Iterator[Diagnostic]:
    """CP313 note: options that no position, condition, proposal or points name

    A neutral agenda may well have such options, but they can also be a mistake. There is one note
    for each issue, and none while the dossier has a single party.

    FAIL agenda.yaml
        title: T
        groups: {g: G}
        issues:
          status:
            title: Status
            question: What status is agreed?
            group: g
            kind: choice
            options: {barred: Barred, deferred: Deferred, open: Open, unheard-of: Unheard of}
    PASS agenda.yaml
        title: T
        groups: {g: G}
        issues:
          status:
            title: Status
            question: What status is agreed?
            group: g
            kind: choice
            options: {barred: Barred, deferred: Deferred, open: Open}
    """
    if len(scope.dossier.parties) < 2:
        return
    used: dict[str, set[str]] = {}
    # Each set of outcomes once, because most parties name the same ones.
    distinct = {(cell.issue, outcomes) for cell, outcomes in _outcomes_named(scope.dossier)}
    for issue_id, outcomes in distinct:
        used.setdefault(issue_id, set()).update(map(str, outcomes))
    for issue in scope.dossier.issues.values():
        unnamed = [option for option in issue.options if option not in used.get(issue.id, ())]
        if unnamed:
            names = ", ".join(f"“{option}”" for option in unnamed)
            one = len(unnamed) == 1
            yield Diagnostic(
                Place("agenda.yaml", ("issues", issue.id, "options", unnamed[0]), key=True),
                f"no party names the option{'' if one else 's'} {names} of “{issue.id}”",
                "nothing to do if the question needs it; else delete it"
                if one
                else "nothing to do if the question needs them; else delete those it does not",
            )


def _outcomes_named(dossier: Dossier) -> Iterator[tuple[Cell, Outcomes]]:
    """The outcomes that entries, points and proposals name, each with its cell."""
    for party in dossier.parties.values():
        for entry in entries_of(party):
            yield from all_named(entry)
        for cell, points in party.worth.points.items() if party.worth else ():
            if isinstance(points, Mapping):
                yield cell, frozenset(points)
    for proposal in dossier.proposals.values():
        for term in proposal.terms.values():
            yield from term.outcomes.items()
            for cell, alternatives in term.bracketed.items():
                yield from ((cell, one.outcomes) for one in alternatives if one.outcomes)
