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
    "number.marks": ",.",  # before each three digits, and before decimals
    "number.percentage-points": {"one": "percentage point", "many": "percentage points"},
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
    "head.robust-unchecked": "Below, verdicts that hang on one statement are left out, and so are "
    "those of which this could not be checked, because there are too many statements.",
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
    "hangs.unchecked": "What it hangs on was not checked: there are too many statements.",
    "hangs.on-each": "Hangs on each of {count} statements.",
    "hangs.on-one": "Hangs on one statement: {party}, {date}, {basis}.",
    "basis.stated": "own words",
    "basis.reported": "as reported",
    "basis.inferred": "inferred",
    # What the agenda says, at the head of a report.
    "dossier.named": "Dossier: {title}",
    "question.named": "Question: {question}",
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
    # Why a verdict is what it is. The number is that of the subject, unless it is said otherwise.
    "why.says": "{parties} {words}",
    "why.no-outcome-named": "no party names an outcome for any sub-issue",
    "why.of-sub-issues": "{items}: {why}",
    "why.demands": {"one": "{parties} demands", "many": "{parties} demand"},
    "why.proposes": {"one": "{parties} proposes", "many": "{parties} propose"},
    "why.accepts": {"one": "{parties} accepts", "many": "{parties} accept"},
    "why.rejects-what": {
        "one": "{parties} rejects what {wanted}",
        "many": "{parties} reject what {wanted}",
    },
    "why.which-rejects": {
        "one": "{wanted}, which {parties} rejects",
        "many": "{wanted}, which {parties} reject",
    },
    "why.but-rejects": {
        "one": "{wanted}, but {parties} rejects {outcomes}",
        "many": "{wanted}, but {parties} reject {outcomes}",
    },
    "why.that-outcome": {"one": "it", "many": "them"},  # the number of outcomes
    "why.all-parties": {"two": "both", "many": "all"},
    "why.both": "both {parties}",
    "why.acceptable": {
        "one": "{outcomes} is acceptable to {parties}",
        "many": "{outcomes} are each acceptable to {parties}",
    },
    "why.also-acceptable": {
        "one": "{outcomes} is also acceptable to {all}",
        "many": "{outcomes} are also acceptable to {all}",
    },
    "why.all-call-for": {
        "two": "{parties} both call for {outcomes}",
        "many": "{parties} all call for {outcomes}",
    },
    "why.all-back": {"two": "both back {outcomes}", "many": "all back {outcomes}"},
    # Conditions; for the first two and for `met`, the number is that of conditions.
    "condition.some": {"one": "on a condition", "many": "on conditions"},
    "condition.met": {"one": "that condition is met", "many": "these conditions are met"},
    "condition.left-aside": "on conditions that are left aside because their evidence is weaker",
    "condition.only-extra": "on this condition: {extra}",
    "condition.if": "if {required}",
    "condition.if-and-extra": "if {required} (also required: {extra})",
    "condition.or": ", or ",
    "condition.or-that": ", or that ",
    "condition.figure": "{cell} is {outcomes}",
    "condition.outcome": "{cell} is settled as {outcomes}",
    "condition.of-items": "{condition} for {items}",
    "condition.would-accept": "{party} would accept {outcomes} {conditions}",
    "condition.accepts": {
        "one": "{parties} accepts {outcomes} on condition that {required}; {met}",
        "many": "{parties} accept {outcomes} on condition that {required}; {met}",
    },
    "condition.but": "but {why}",
    "condition.rejected": {
        "one": "{parties} rejects {required}",
        "many": "{parties} reject {required}",
    },
    "condition.demanded-otherwise": {
        "one": "{parties} demands {required}",
        "many": "{parties} demand {required}",
    },
    "condition.ruled-out-together": "between them the parties rule out {required}",
    "condition.on-condition": "a condition set by {parties} on {cells} is itself ruled out",
    "condition.cannot-all-be-met": "but these conditions cannot all be met",
    "condition.each-waits": "each waits for the other; one package could meet both",
    "condition.all-wait": "these conditions wait for one another; one package could meet all of "
    "them",
    "condition.no-issue": "no issue on the agenda settles that condition",
    "condition.which-no-issue": "{accepts} that no issue on the agenda settles",
    "condition.on": "{outcomes} on {cells}",
    "condition.unanswered": {
        "one": "{parties} has neither accepted nor rejected {required}",
        "many": "{parties} have neither accepted nor rejected {required}",
    },
    "condition.further": "whether {required} is acceptable depends on further conditions",
    # Conflicts.
    "conflict.demands-of": "no outcome meets the demands of {parties}",
    "conflict.demands": {
        "two": "no outcome meets both demands",
        "many": "no outcome meets all these demands",
    },
    "conflict.alone": {
        "one": "{parties} rules out every outcome",
        "many": "{parties} rule out every outcome",
    },
    "conflict.each": "{parties} each rule out every outcome",
    "conflict.between-them": "between them they rule out every outcome",
    "conflict.together": "{parties} rule out every outcome between them",
    "conflict.at-least": "it takes at least {number} of the parties to rule out every outcome",
    "conflict.more-parties": {
        "one": "{count} more party rules out every outcome",
        "many": "{count} more parties each rule out every outcome",
    },
    "conflict.more-pairs": {
        "one": "{count} more pair is at odds",
        "many": "{count} more pairs are at odds",
    },
    "conflict.more-sets": {
        "one": "{count} more set of {number} parties is at odds",
        "many": "{count} more sets of {number} parties are at odds",
    },
    "conflict.numbers": "one two three four five",
    "leaving-out.overlap": "leaving {parties} aside, this is an overlap",
    "leaving-out.conflict": "leaving {parties} aside, this is a conflict",
    "leaving-out.unresolved": "leaving {parties} aside, this is unresolved",
    "leaving-out.why": "{clause}: {why}",
    # What is unresolved.
    "open.no-position": {
        "one": "{parties} has no recorded position",
        "many": "{parties} have no recorded position",
    },
    "open.position-of": "{possessive} position",
    "open.positions-of": "the positions of {parties}",
    "open.lapsed": "{positions} lapsed on {day}",
    "open.not-covered": {  # the number of parties
        "one": "{positions} of {day} does not cover this",
        "many": "{positions} of {day} do not cover this",
    },
    "open.or-earlier": "{day} or earlier",
    "open.what-remains": "no party has put forward what remains: {outcomes}",
    "open.no-current-position": {
        "one": "{parties} has no current position on {outcomes}",
        "many": "{parties} have no current position on {outcomes}",
    },
    "open.unanswered": {
        "one": "{parties} has neither accepted nor rejected {outcomes}",
        "many": "{parties} have neither accepted nor rejected {outcomes}",
    },
    "open.which": "{answer}, which {backed}",
    "open.left": {"one": "{parties} leaves open: {what}", "many": "{parties} leave open: {what}"},
    # Figures.
    "apart.positions": "the positions are {gap} apart",
    "apart.gap": "{gap} apart",
    "apart.adjacent": "the figures are adjacent, with none in common",
    "apart.nearest": "{parties} come nearest to each other at {figures}: {gap}",
    "apart.sides": "{low}; {high}: {gap}",
    "apart.others": {
        "one": "{count} other pair is no farther apart",
        "many": "{count} other pairs are no farther apart",
    },
    "apart.calls-for": {
        "one": "{parties} calls for {figure}",
        "many": "{parties} call for {figure}",
    },
    "apart.proposes": {"one": "{parties} proposes {figure}", "many": "{parties} propose {figure}"},
    "apart.accepts": {"one": "{parties} accepts {figure}", "many": "{parties} accept {figure}"},
    "apart.up-to": {"one": "{parties} goes up to {figure}", "many": "{parties} go up to {figure}"},
    "apart.down-to": {
        "one": "{parties} goes down to {figure}",
        "many": "{parties} go down to {figure}",
    },
    "apart.under": "just under {figure}",
    "apart.over": "just over {figure}",
    "apart.without": "leaving {parties} aside, {figures} is acceptable to all the others",
    # Beside a verdict: offers, texts, groups and mixed signals.
    "offer.part": "part of the offer {offer}",
    "offer.part-until": "part of the offer {offer} (until {date})",
    "offer.accepted-here": "what {party} accepts here is {part}",
    "offer.not-every-term": "but not every term of that offer is possible: {reasons}",
    "offer.ruled-out": {"one": "{parties} rules out {terms}", "many": "{parties} rule out {terms}"},
    "offer.lapsed": "{possessive} offer {offer} lapsed {day}",
    "offer.earlier-holds": "{lapsed}; the position of {day} holds again",
    "offer.earlier-lapsed": "{lapsed}; the position before it had lapsed on {day}",
    "offer.none-before": "{lapsed}; no position was recorded before it",
    "text.accepted": {
        "one": "{parties} has accepted {text}",
        "many": "{parties} have accepted {text}",
    },
    "text.with-exceptions": "{text} with exceptions",
    "text.on-condition": "{text} on a condition that is pending",
    "text.whole": "{text} as a whole",
    "group.holds": {
        "one": "{parties} holds the position of {group} here",
        "many": "{parties} hold the position of {group} here",
    },
    "group.holds-as": {
        "one": "{parties} holds this position as {members} of {group}",
        "many": "{parties} hold this position as {members} of {group}",
    },
    "group.members": {"one": "a member", "many": "members"},  # the number of parties
    "signals.mixed": {
        "one": "mixed signals from {parties}, which is also on record as follows: {summaries}",
        "many": "mixed signals from {parties}, which are also on record as follows: {summaries}",
    },
    # Decision rules and votes.
    "rule.either": "either {rules}",
    "rule.unanimity": "unanimity of {members}",
    "rule.consensus": "consensus of {members}",
    "rule.veto": "{rule}, with a veto for {members}",
    "rule.at-least": "at least {number}",
    "rule.more-than": "more than {number}",
    "rule.half": "half",
    "rule.per-cent": "{number}%",
    "rule.of-votes": "{amount} of the votes of {members}",
    "rule.of-votes-cast": "{amount} of the votes cast of {members}",
    "rule.of-weighted-votes": "{amount} of the weighted votes",
    "rule.of-weighted-votes-cast": "{amount} of the weighted votes cast",
    "rule.of-total": "{amount} of {total} votes",
    "rule.of-weighted-total": "{amount} of {total} weighted votes",
    "rule.members": {"none": "no members", "one": "{count} member", "many": "{count} members"},
    "tally.yes": "{count} in favour",
    "tally.yes-by-weight": "{count} in favour ({weight})",
    "tally.no": "{count} against",
    "tally.abstains": "{count} abstaining",
    "tally.open": "{count} undecided",
    "tally.silent": "{count} without a recorded position",
    "tally.weight": "{weight} of {total} by weight",
    "result.passes": "passes",
    "result.fails": "fails",
    "result.open": "could still pass",
    "change.no-number": "no number of changed votes would be enough",
    "change.unknown": "there are too many combinations to say whose votes could change that",
    "change.any-of": "any of {members}",
    "change.against": "if {members} voted against it, it would not pass",
    "change.one-more": "one more vote in favour would be enough: that of {members}",
    "change.votes": "{number} members would have to change their votes for it not to pass",
    "change.more-votes": "{number} more votes in favour are needed",
    "change.by": "{change} ({sets})",
    "block.no-member": "no member can block",
    "block.too-few-votes": "nothing can pass, because it takes more votes than the members have",
    "block.unknown": "there are too many combinations to say who can block",
    "block.any-member": "any member alone can block",
    "block.one": {"one": "{members} alone can block", "many": "{members} can each block alone"},
    "block.several": "it takes {number} members to block",
    "votes.none": "no member is in favour of any outcome (needed: {rule})",
    "votes.outcome": "{outcome} {result}: {tally}",
    "votes.outcome-and-change": "{outcome} {result}: {tally}; {change}",
    "votes.needed": "needed: {rule}; {blocking}",
}
