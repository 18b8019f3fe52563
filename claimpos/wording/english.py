"""What `claimpos diff` says in English: a template for each sentence, heading and list.

A name in braces is a place that the code fills. A template that depends on a number has forms:
`none` for 0, `one` for 1, `two` for 2, and `many`, which also stands in for forms left out. Where
the number is that of a subject, `many` is the plural. What begins with a small letter may come
within a sentence; at the beginning, the code makes it a capital.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

Template: TypeAlias = str | Mapping[str, str]

TEMPLATES: Mapping[str, Template] = {
    # Lists, dates and numbers.
    "list.comma": ", ",
    "list.and": " and ",
    "list.or": " or ",
    "date.months": "January February March April May June July August September October November "
    "December",
    "date.month": "{month} {year}",
    "date.day": "{day} {month}",
    "date.on-day": "on {date}",
    "date.in-month": "in {date}",
    "number.marks": ",.",
    "range.any": "any value",
    "range.at-least": "at least {low}",
    "range.more-than": "more than {low}",
    "range.at-most": "at most {high}",
    "range.less-than": "less than {high}",
    "range.open": "{low} and {high}",
    "range.closed": "{low} to {high}",
    # Verdicts: as a name, in a table, as a heading, and what each means.
    "verdict.overlap": "Overlap",
    "verdict.conflict": "Conflict",
    "verdict.unresolved": "Unresolved",
    "verdict.overlap.in-table": "overlap",
    "verdict.conflict.in-table": "conflict",
    "verdict.unresolved.in-table": "unresolved",
    "verdict.overlap.heading": "Overlaps",
    "verdict.conflict.heading": "Conflicts",
    "verdict.unresolved.heading": "Unresolved",
    "verdict.overlap.meaning": "at least one outcome is acceptable to every party.",
    "verdict.conflict.meaning": "every outcome is ruled out by at least one party.",
    "verdict.unresolved.meaning": "nothing is acceptable to all yet, but something is still "
    "possible.",
    "verdict.overlap.by-vote": "Where a decision rule applies, at least one outcome passes.",
    "verdict.conflict.by-vote": "Where a decision rule applies, no outcome can pass.",
    "verdict.unresolved.by-vote": "Where a decision rule applies, no outcome passes yet, but one "
    "still can.",
    # Reasons, by their codes: the name, and when a reason applies.
    "reason.one-voice": "One voice",
    "reason.one-voice.meaning": "every party holds the same group's position, as the group or as "
    "its member.",
    "reason.passes": "Passes",
    "reason.passes.meaning": "at least one outcome passes by the agenda's decision rule.",
    "reason.shared-aim": {"two": "Backed by both", "many": "Backed by all"},
    "reason.shared-aim.meaning": "every party demands or proposes the same outcome.",
    "reason.condition-met": "Condition met",
    "reason.condition-met.meaning": "an outcome is acceptable on a condition, and every party "
    "accepts what that requires.",
    "reason.common-ground": {"two": "Acceptable to both", "many": "Acceptable to all"},
    "reason.common-ground.meaning": "at least one outcome is acceptable to every party, though not "
    "every party calls for it.",
    "reason.fails": "Fails",
    "reason.fails.meaning": "by the agenda's decision rule, no outcome can pass.",
    "reason.condition-failed": "Condition ruled out",
    "reason.condition-failed.meaning": "there would be an overlap, but what a condition requires "
    "is ruled out.",
    "reason.red-line": "Red line",
    "reason.red-line.meaning": {
        "two": "one party rejects what the other demands, proposes or accepts.",
        "many": "one party rejects what another demands, proposes or accepts.",
    },
    "reason.rival-demands": "Incompatible demands",
    "reason.rival-demands.meaning": "two parties' demands have no outcome in common.",
    "reason.ruled-out": "Every outcome ruled out",
    "reason.ruled-out.meaning": "between them the parties rule out every outcome.",
    "reason.could-pass": "Could still pass",
    "reason.could-pass.meaning": "no outcome passes by the agenda's decision rule yet, but at "
    "least one still can.",
    "reason.silent": "No recorded position",
    "reason.silent.meaning": "at least one party has no current position in this dossier.",
    "reason.interlocking": "Interlocking conditions",
    "reason.interlocking.meaning": "each party's condition waits for the other's; one package "
    "could meet both.",
    "reason.condition-pending": "Condition pending",
    "reason.condition-pending.meaning": "an overlap depends on a condition that is still "
    "undecided.",
    "reason.proposals-ruled-out": "Every proposal ruled out",
    "reason.proposals-ruled-out.meaning": "everything put forward is ruled out; no party has put "
    "forward what remains.",
    "reason.apart": "Figures apart",
    "reason.apart.meaning": "every party has accepted some figures, but two parties have accepted "
    "none in common.",
    "reason.reserved": "Left open",
    "reason.reserved.meaning": "a party says that it has not decided.",
    "reason.unanswered": "Unanswered",
    "reason.unanswered.meaning": {
        "two": "each has spoken; at least one has neither accepted nor rejected what the other "
        "calls for.",
        "many": "each has spoken; at least one has neither accepted nor rejected what another "
        "calls for.",
    },
    # The head of the report: its title, how many issues have which verdict, and notes.
    "head.title": "{parties}, as of {day}",
    "count.issues": {"none": "no issues", "one": "{count} issue", "many": "{count} issues"},
    "count.positions-aside": {
        "none": "no positions with weaker evidence are left aside",
        "one": "{count} position with weaker evidence is left aside",
        "many": "{count} positions with weaker evidence are left aside",
    },
    "count.overlap": {"one": "{count} overlap", "many": "{count} overlaps"},
    "count.conflict": {"one": "{count} conflict", "many": "{count} conflicts"},
    "count.unresolved": "{count} unresolved",
    "count.unheard": "{count} more for lack of a recorded position",
    "head.counts": "{issues}: {overlap}, {conflict}, {unresolved}, {unheard}",
    "head.counts-with-one-voice": "{counts}; on {count} of these, the parties speak with one voice "
    "(listed last)",
    "head.one-voice": "On {issues}, there is one voice: all parties hold the same group's "
    "position.",
    "head.sub-issues": "An issue with several sub-issues counts once, under the least favourable "
    "verdict among them. Below, each sub-issue is listed under its own verdict.",
    "head.member": {
        "one": "{group} speaks for {member}, so only issues on which {member} has a position of "
        "its own are compared.",
        "many": "{group} speak for {member}, so only issues on which {member} has a position of "
        "its own are compared.",
    },
    "head.based-on-stated": "Based only on the parties' own words; {positions}.",
    "head.based-on-reported": "Based only on the parties' own words and on reports; {positions}.",
    "head.robust": "Below, verdicts that hang on one statement are left out.",
    "head.unmarked": "Not all verdicts that hang on one statement are marked: they are too many to "
    "check.",
    "head.rules-not-applied": {
        "one": "{members} is not compared, so the agenda's decision rules are not applied: all "
        "parties must agree.",
        "many": "{members} are not compared, so the agenda's decision rules are not applied: all "
        "parties must agree.",
    },
    "head.closed": "The talks closed on {day}.",
    "age.newest": "Newest evidence: {dates}.",
    "age.newest-on": "Newest evidence on {issues}: {dates}.",
    "age.none": "none",
    "age.of-party": "{party} {date}",
    "age.of-parties": "{date} ({parties})",
    "age.same-of-many": "{date} ({count} parties)",
    "age.from-to": "from {oldest} ({first}) to {latest} ({last})",
    "age.old-party": "{party} ({date})",
    "age.and-others": "{parties}, and {count} other parties",
    "age.warning": "the newest evidence is more than {days} days older than {day}: {parties}",
    "age.all-old": "All of it is more than {days} days older than {day}.",
    "age.some-old": "That of {old} of {all} parties is more than {days} days older than {day}.",
    "age.confirmed": "last confirmed on {day}",
    # The table of issues, and what its words mean.
    "table.issue": "Issue",
    "table.verdict": "Verdict",
    "table.reason": "Reason",
    "table.who": "Who",
    "table.everyone": {"two": "both", "many": "all"},
    "table.all-but": "all but {parties}",
    "table.some": "{some} of {all}",
    "table.some-sub-issues": "{issue} ({some}/{all})",
    "legend.meaning": "{name}: {meaning}",
    "legend.sub-issues": {
        "one": "({some}/{all}): {some} of its {all} sub-issues has this verdict and reason.",
        "many": "({some}/{all}): {some} of its {all} sub-issues have this verdict and reason.",
    },
    "legend.who": "parties that agree, are at odds, set the condition, leave the issue open or "
    "have yet to answer.",
    "table.more": "For positions and explanations, add -v, or --issue ID for a single issue.",
    "table.unheard": {
        "two": "Neither party has a recorded position on: {issues}.",
        "many": "No party has a recorded position on: {issues}.",
    },
    # Sections by verdict.
    "section.none": "None.",
    "section.none-robust": "None but those that hang on one statement.",
    "section.none-but-unheard": "None but those on which no party has a recorded position.",
    "section.none-but-one-voice": "None, apart from those under “{section}”.",
    "section.positions": "Positions",
    "section.position": "{party}: {position}",
    "section.why": "Why",
    "section.gap": "The gap is {gap}.",
    "gap.counting": "{gap}, counting every figure that a party has not ruled out",
    "hangs.on-each": "Hangs on each of {count} statements.",
    "hangs.on-one": "Hangs on one statement: {party}, {date}, {basis}.",
    "basis.stated": "own words",
    "basis.reported": "as reported",
    "basis.inferred": "inferred",
    # What a party says, in a table: the count is that of the party.
    "says.demands": {"one": "demands {outcomes}", "many": "demand {outcomes}"},
    "says.proposes": {"one": "proposes {outcomes}", "many": "propose {outcomes}"},
    "says.accepts": {"one": "accepts {outcomes}", "many": "accept {outcomes}"},
    "says.would accept": "would accept {outcomes} on conditions",
    "says.rejects": {"one": "rejects {outcomes}", "many": "reject {outcomes}"},
    "says.rejects-unless": {
        "one": "rejects {outcomes} unless conditions are met",
        "many": "reject {outcomes} unless conditions are met",
    },
    "says.questions-open": {"one": "leaves questions open", "many": "leave questions open"},
    "says.this-open": {"one": "leaves this open", "many": "leave this open"},
    "says.either": "either {outcomes}",
    "says.rejects-rest": {
        "one": "rejects every other outcome",
        "many": "reject every other outcome",
    },
    "says.inferred": "{words} (inferred)",
    "says.by-accepting": "{words} by accepting {text} ({date})",
    "says.confirmed": "{words} ({when})",
    "says.by-accepting-as-member": "{words} by accepting {text} ({date}), as a member of {group}",
    "says.as-member": "{words} (as a member of {group})",
}
