"""A small dossier to start from, with comments that teach the format."""

from __future__ import annotations

import os
from pathlib import Path

from claimpos.errors import OutputFailed

FILES = {
    "agenda.yaml": """\
# The agenda: what is on the table, and which outcomes each issue can have.
# Ids such as pay-rise are lower-case words joined by hyphens; parties refer to them.
title: Wages at the harbour
groups: {pay: Pay, hours: Working time}
issues:
  pay-rise:
    title: Pay rise
    question: By how much do wages rise on 1 January, in per cent?
    group: pay
    kind: quantity              # a number; the other kinds are choice and items
    unit: per cent
    minimum: 0
  weekend:
    title: Weekend work
    question: May the port be worked at weekends?
    group: hours
    kind: choice                # exactly one option will hold
    options:                    # labels read after “demands”
      banned: no weekend work
      voluntary: weekend work by volunteers
      rota: weekend work by rota
  automation:
    title: Automation
    question: May this terminal be automated while the contract runs?
    group: hours
    kind: items                 # several sub-issues, each settled on its own
    items: {containers: Container terminal, cars: Car terminal}
    options: {allowed: automation, barred: a ban on automation}
""",
    "sources.yaml": """\
# The documents that statements come from.
sources:
  harbour-news:
    title: Talks at the harbour open
    publisher: Harbour News
    date: 2026-02-03
    status: press               # official, draft, leaked or press
  mediator-paper:
    title: Draft settlement
    publisher: Office of the mediator
    date: 2026-02-24
    status: draft
""",
    "union.yaml": """\
# One file per party, named after its id: what was said, then the positions that follow from it.
# demands: nothing else will do. proposes: we put this forward. accepts: we would take it.
# refuses: a red line. reserves: left open, in words.
party: union
name: Dockers' Union
short: the union                # as it stands in a sentence
speakers:
  chair: {name: Jo Jansen, role: chair of the union}
  professor: {name: Sam Peters, role: labour economist, outside: true}
statements:
  six-per-cent:
    source: harbour-news
    speaker: chair
    said: 2026-02-02            # if it is not the day of the source
    basis: stated               # stated, reported or inferred
    summary: Six per cent is the least that members will vote for.
    quote: six is what they will vote for
    locator: par. 4
  may-settle-for-less:
    source: harbour-news
    speaker: professor
    basis: inferred
    summary: Expects the union to settle for five per cent.
  weekends-off:
    source: harbour-news
    basis: reported
    summary: Wants no work at weekends; for seven per cent, volunteers could work; never a rota.
  no-machines:
    source: harbour-news
    speaker: chair
    basis: stated
    summary: No terminal may be automated; the car terminal could be, if a ballot allows it.
offers:                         # entries of an offer stand and fall together
  winter-offer: {title: the winter offer, until: 2026-12-31}
positions:
  pay-rise:
    - since: 2026-02-02
      standing: true            # held on that day, and perhaps before
      demands: {min: 6}         # nothing else will do
      evidence: [six-per-cent]
      against: [may-settle-for-less]  # does not fit; changes no verdict
  weekend:
    - since: 2026-02-03
      until: 2026-12-31         # the last day
      proposes: banned          # put forward; the rest stays open
      refuses: rota             # a red line
      accepts:                  # would take it, on a condition
        - {outcome: voluntary, if: {pay-rise: {min: 7}}}
      evidence: [weekends-off]
  automation:
    - since: 2026-02-03
      offer: winter-offer
      demands: {all: barred}
      accepts:
        - {outcome: {cars: allowed}, subject-to: a ballot of the members}
      evidence: [no-machines]
""",
    "port.yaml": """\
# The other party. On an issue that it does not name it has no recorded position.
party: port
name: Port Authority
short: the port
statements:
  offer:
    source: harbour-news
    basis: reported
    summary: Offers four per cent; ships must be unloaded at weekends, and a ban is out.
  machines:
    source: harbour-news
    basis: reported
    summary: Wants machines at the container terminal first.
  good-basis:
    source: mediator-paper
    basis: reported
    summary: Calls the mediator's draft a basis for further talks.
positions:
  pay-rise:
    - since: 2026-02-03
      accepts: {max: 4.5}
      refuses: {above: 5}
      evidence: [offer]
  weekend:
    - since: 2026-02-03
      demands: [voluntary, rota]
      refuses: banned
      evidence: [offer]
  automation:
    - since: 2026-02-03
      proposes: {containers: allowed}
      reserves: whether the car terminal follows
      evidence: [machines]
answers:                        # to a text as a whole
  mediator-draft:
    - {since: 2026-02-24, says: accepts-as-basis, evidence: [good-basis]}
""",
    "proposals/mediator-draft.yaml": """\
# A draft on the table. It is nobody's position; `claimpos assess` compares it with all of them.
proposal: mediator-draft
title: The mediator's draft
date: 2026-02-24
source: mediator-paper
status: draft
terms:
  pay-rise:
    outcome: 6
    locator: section 1
    summary: Wages rise by six per cent.
  automation:
    outcome: {cars: allowed, all: barred}
    summary: Only the car terminal may be automated.
""",
}


def write_starter(folder: Path) -> None:
    """Write the files into a folder, all or none.

    If some exist with exactly this content, the others are added, because a command may have been
    killed. Raises OutputFailed if there are other files of these names, or all of them exist.
    """
    from claimpos.dossier.checkout import why_missing
    from claimpos.dossier.findings import shown_path
    from claimpos.dossier.locate import AGENDA
    from claimpos.dossier.whole_files import new_files, new_folder

    if why := why_missing(folder / AGENDA):
        raise OutputFailed(f"the repository holds a dossier in “{shown_path(folder)}”{why}")
    missing = [name for name, text in FILES.items() if not _holds(folder / name, text)]
    taken = [name for name in missing or FILES if os.path.lexists(folder / name)]
    if taken:
        raise OutputFailed(f"“{shown_path(folder / taken[0])}” already exists; nothing was written")
    files = {name: FILES[name].encode() for name in missing}
    (new_files if os.path.isdir(folder) else new_folder)(folder, files)


def _holds(path: Path, text: str) -> bool:
    from claimpos.dossier.files import NotRead, read

    try:
        return read(path) == text.encode()
    except NotRead:
        return False
