"""Checks the groups that speak for their members: how many, and whether in circles."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice

from claimpos.dossier.findings import Finding
from claimpos.dossier.graph import all_above, circles, speaking_groups
from claimpos.dossier.limits import how_to_raise, limit
from claimpos.dossier.model import Issue, Party

_MOST_CIRCLES = 200


def too_many_members(
    parties: Mapping[str, Party], issues: Iterable[Issue], members_at: Mapping[str, Finding]
) -> Iterator[Finding]:
    """Report groups that speak for too many, because each entry may count for every member."""
    most = limit("memberships")
    cells = sum(len(issue.cells()) for issue in issues)
    memberships = 0
    for group, finding in members_at.items():
        memberships += sum(member in parties for member in parties[group].members)
        if memberships * cells > most:
            yield _beyond_memberships(finding, "times issues")
            return
    positions = {group: sum(map(len, parties[group].positions.values())) for group in members_at}
    groups = speaking_groups(parties)
    if len(groups) * sum(positions.values()) <= most:
        return
    handed_on = 0
    for member, above in groups.items():
        handed_on += sum(positions[group] for group in all_above(member, groups))
        if handed_on > most:
            yield _beyond_memberships(members_at[above[0]], "times their positions")
            return


def _beyond_memberships(finding: Finding, times: str) -> Finding:
    return finding._replace(
        code="CP109",
        message=f"the members that groups speak for, {times}, are more than "
        f"{limit('memberships'):,}",
        hint=how_to_raise("memberships"),
    )


def circles_of_groups(
    parties: Mapping[str, Party], members_at: Mapping[str, Finding]
) -> Iterator[Finding]:
    """Report groups that speak for themselves through other groups, each circle once.

    There may be more circles than groups by far; of very many, the first are reported, and the last
    of these says that there are more.
    """
    found = [*islice(circles(speaking_groups(parties)), _MOST_CIRCLES + 1)]
    for number, circle in enumerate(found[:_MOST_CIRCLES], start=1):
        speaks = ", which speaks for ".join(f"“{group}”" for group in (*circle[::-1], circle[-1]))
        is_cut = number == _MOST_CIRCLES < len(found)
        more = "; there are more circles than those reported" if is_cut else ""
        yield members_at[circle[-1]]._replace(
            message=f"{speaks}: a circle of groups{more}",
            hint="take one of them from the `members` of another",
        )
