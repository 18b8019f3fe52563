"""Inputs that grow: each function writes one, of the size asked for, into an empty folder.

They are of two sorts: large but ordinary dossiers, and inputs that a stranger might make to take a
command's time or memory. `FAMILIES` says which commands each is meant for and how large it gets;
`tests.benchmarks.growth` measures what each doubling costs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import NamedTuple

SOURCE = "sources: {s: {title: Report, publisher: Herald, date: 2025-02-28, status: press}}\n"
LETTERS = "abcdefghijklmnopqrstuvwxyz"
DOUBLINGS = 5

TWO_OPTIONS = "kind: choice, options: {a: Yes, b: No}"
AMOUNT = "kind: quantity, unit: tonnes"


def word(number: int) -> str:
    """Four letters that differ for different numbers."""
    return "".join(LETTERS[number // 26**place % 26] for place in range(4))


def write_agenda(folder: Path, kinds: Iterable[str]) -> None:
    issues = "\n".join(
        f"  i{number}: {{title: Matter {word(number)} {word(number * 7919)}, "
        f"question: What of {word(number)} and {word(number * 104_729)}?, group: g, {kind}}}"
        for number, kind in enumerate(kinds)
    )
    text = f"title: Talks\ngroups: {{g: General}}\nissues:\n{issues}\n"
    (folder / "agenda.yaml").write_text(text, "utf-8")
    (folder / "sources.yaml").write_text(SOURCE, "utf-8")


def write_party(folder: Path, name: str, positions: str, statements: str = "") -> None:
    said = "  said: {source: s, basis: stated, summary: Said so.}\n"
    text = (
        f"party: {name}\nname: Party {name}\nstatements:\n{said}{statements}positions:\n{positions}"
    )
    (folder / f"{name}.yaml").write_text(text, "utf-8")


def entry(issue: int, *lines: str, since: str = "2025-03-01") -> str:
    body = "".join(f"      {line}\n" for line in lines)
    return f"  i{issue}:\n    - since: {since}\n{body}      evidence: [said]\n"


# Large but ordinary


def ordinary(folder: Path, parties: int, issues: int, entries: int) -> None:
    """Choices, quantities and items; most parties speak to most issues, some on a condition."""
    chance = Random(f"{parties} {issues} {entries}")
    kinds = [chance.choice("ccqi") for _ in range(issues)]
    forms = {
        "c": "kind: choice, options: {a: One, b: Two, c: Three, d: Four}",
        "q": f"{AMOUNT}, minimum: 0",
        "i": "kind: items, items: {n: North, s: South}, options: {a: One, b: Two}",
    }
    write_agenda(folder, (forms[kind] for kind in kinds))
    for who in range(parties):
        statements, positions = "", ""
        for number, kind in enumerate(kinds):
            if chance.random() < 0.3:
                continue
            positions += f"  i{number}:\n"
            for turn in range(entries):
                name = f"q{number}-{turn}"
                basis = chance.choice(("stated", "reported", "inferred"))
                statements += f"  {name}: {{source: s, basis: {basis}, summary: Said {name}.}}\n"
                verb = chance.choice(("demands", "proposes", "refuses"))
                positions += f"    - since: {_day(turn)}\n      {verb}: {_outcome(chance, kind)}\n"
                positions += _concession(chance, kinds, number, verb)
                positions += f"      evidence: [{name}]\n"
        write_party(folder, f"p{who}", positions, statements)


def _day(turn: int) -> date:
    return date(2000, 1, 1) + timedelta(turn)


def _outcome(chance: Random, kind: str) -> str:
    if kind == "q":
        return f"{{{chance.choice(('min', 'max'))}: {chance.randrange(1000)}}}"
    return f"{{{chance.choice('ns')}: {chance.choice('ab')}}}" if kind == "i" else "a"


def _concession(chance: Random, kinds: list[str], number: int, verb: str) -> str:
    other = (number + 1) % len(kinds)
    if kinds[number] != "c" or verb == "refuses" or other == number or chance.random() > 0.1:
        return ""
    needed = _outcome(chance, kinds[other])
    return f"      accepts: [{{outcome: b, if: {{i{other}: {needed}}}}}]\n"


def many_parties(folder: Path, size: int) -> None:
    ordinary(folder, size, 20, 1)


def many_issues(folder: Path, size: int) -> None:
    ordinary(folder, 3, size, 1)


def many_entries(folder: Path, size: int) -> None:
    ordinary(folder, 2, 2, size)


def many_items(folder: Path, size: int) -> None:
    """One issue of many sub-issues, on one of which each party would accept something else."""
    items = ", ".join(f"n{number}: Place {word(number)}" for number in range(size))
    options = "{a: One, b: Two, c: Three}"
    write_agenda(folder, [f"kind: items, items: {{{items}}}, options: {options}", TWO_OPTIONS])
    for who, name in enumerate("pq"):
        granted = f"accepts: [{{outcome: {{n{who}: c}}, if: {{i1: a}}}}]"
        positions = entry(0, f"demands: {{all: {'ab'[who]}}}", granted) + entry(1, "demands: a")
        write_party(folder, name, positions)


def many_statements(folder: Path, size: int) -> None:
    """Statements that no position rests on."""
    write_agenda(folder, [TWO_OPTIONS])
    spare = "".join(
        f"  q{number}: {{source: s, basis: stated, summary: Said {number}.}}\n"
        for number in range(size // 2)
    )
    for name in "pq":
        write_party(folder, name, entry(0, "demands: a"), spare)


# Conditions and figures


def chain(folder: Path, size: int) -> None:
    """Each issue is granted if the next one is."""
    _linked(folder, size, "proposes: a")


def cycle(folder: Path, size: int) -> None:
    """As a chain, but the last one waits for the first."""
    _linked(folder, size, "accepts: [{outcome: a, if: {i0: a}}]")


def _linked(folder: Path, size: int, last: str) -> None:
    write_agenda(folder, [TWO_OPTIONS] * size)
    links = "".join(
        entry(number, f"accepts: [{{outcome: a, if: {{i{number + 1}: a}}}}]")
        for number in range(size - 1)
    )
    for name in "pq":
        write_party(folder, name, links + entry(size - 1, last))


def everything_on_everything(folder: Path, size: int) -> None:
    """Each issue is granted if all others are."""
    write_agenda(folder, [TWO_OPTIONS] * size)
    for name in "pq":
        positions = ""
        for number in range(size):
            needed = ", ".join(f"i{other}: a" for other in range(size) if other != number)
            positions += entry(number, f"accepts: [{{outcome: a, if: {{{needed}}}}}]")
        write_party(folder, name, positions)


def alternatives(folder: Path, size: int) -> None:
    """Each party grants one outcome on four alternative conditions, no two combinations alike."""
    write_agenda(folder, [TWO_OPTIONS] * (2 + 4 * size))
    for who in range(size):
        granted = "".join(
            f"\n        - {{outcome: a, if: {{i1: a, i{2 + 4 * who + which}: a}}}}"
            for which in range(4)
        )
        write_party(folder, f"p{who}", entry(0, "demands: a", f"accepts:{granted}"))


def conditions_on_figures(folder: Path, size: int) -> None:
    """One outcome, granted on any of many ranges of one quantity."""
    write_agenda(folder, [TWO_OPTIONS, AMOUNT])
    for shift, name in enumerate("pq"):
        granted = "".join(
            f"\n        - {{outcome: a, if: {{i1: {{min: {low}, max: {low + 1}}}}}}}"
            for low in range(shift, shift + 4 * size, 4)
        )
        write_party(folder, name, entry(0, "demands: a", f"accepts:{granted}"))


def many_ranges(folder: Path, size: int) -> None:
    """One quantity on which each party demands any of many ranges: `size` end points in all."""
    write_agenda(folder, [AMOUNT, TWO_OPTIONS])
    for shift, name in enumerate("pq"):
        wanted = ", ".join(
            f"{{min: {low}, max: {low + 1}}}" for low in range(2 * shift, 2 * shift + size, 4)
        )
        write_party(folder, name, entry(0, f"demands: [{wanted}]"))


# Offers, answers, groups, and what is known day by day


def write_text(folder: Path, name: str, issue: int) -> None:
    """A proposal of one term."""
    (folder / "proposals").mkdir(exist_ok=True)
    head = f"proposal: {name}\ntitle: Draft {name}\ndate: 2000\nsource: s\nstatus: draft\n"
    text = f"{head}terms: {{i{issue}: {{outcome: a, summary: So.}}}}\n"
    (folder / "proposals" / f"{name}.yaml").write_text(text, "utf-8")


def write_besides(folder: Path, name: str, besides: str) -> None:
    """Put further keys into a party's file."""
    file = folder / f"{name}.yaml"
    file.write_text(f"{file.read_text('utf-8')}{besides}", "utf-8")


def on_days(size: int) -> str:
    """Statements each of which was made on a day of its own."""
    return "".join(
        f"  q{number}: {{source: s, basis: stated, said: {_day(number)}, summary: So.}}\n"
        for number in range(size)
    )


def offers(folder: Path, size: int) -> None:
    """Each issue is an offer of its own, which the other party rules out."""
    write_agenda(folder, [TWO_OPTIONS] * size)
    granted = "".join(entry(n, "accepts: a", f"offer: f{n}") for n in range(size))
    write_party(folder, "p", granted)
    write_party(folder, "q", "".join(entry(n, "demands: b") for n in range(size)))
    titles = "".join(f"  f{n}: {{title: Offer {word(n)}}}\n" for n in range(size))
    write_besides(folder, "p", f"offers:\n{titles}")


def texts_accepted(folder: Path, size: int) -> None:
    """Each issue is a term of a text of its own, which both parties accept."""
    write_agenda(folder, [TWO_OPTIONS] * size)
    for number in range(size):
        write_text(folder, f"t{number}", number)
    given = "".join(
        f"  t{n}: [{{since: 2025-03-02, says: accepts, evidence: [said]}}]\n" for n in range(size)
    )
    for name in "pq":
        write_party(folder, name, entry(0, "proposes: b"))
        write_besides(folder, name, f"answers:\n{given}")


def answers_to_a_text(folder: Path, size: int) -> None:
    """Each day another answer to the same text."""
    write_agenda(folder, [TWO_OPTIONS])
    write_text(folder, "t", 0)
    given = "".join(
        f"    - {{since: {_day(n)}, says: {('accepts', 'refuses')[n % 2]}, evidence: [q{n}]}}\n"
        for n in range(size)
    )
    for name in "pq":
        write_party(folder, name, entry(0, "proposes: b", since="2000-01-01"), on_days(size))
        write_besides(folder, name, f"answers:\n  t:\n{given}")


def groups_of_groups(folder: Path, size: int) -> None:
    """Each party speaks for all that come after it."""
    write_agenda(folder, [TWO_OPTIONS] * 10)
    names = [f"p{who}" for who in range(size)]
    for who, name in enumerate(names):
        demand = f"demands: {'ab'[who % 2]}"
        write_party(folder, name, entry(0, demand) + entry(who % 9 + 1, demand))
        if who < size - 1:
            after = ", ".join(names[who + 1 :])
            write_besides(folder, name, f"members: [{after}]\nspeaks-for-members: true\n")


def evidence_of_many_days(folder: Path, size: int) -> None:
    """One entry that rests on statements of different days."""
    write_agenda(folder, [TWO_OPTIONS])
    cited = ", ".join(f"q{number}" for number in range(size))
    for name in "pq":
        write_party(
            folder,
            name,
            f"  i0:\n    - {{since: 2000-01-01, demands: a, evidence: [{cited}]}}\n",
            on_days(size),
        )


def evidence_by_verb(folder: Path, size: int) -> None:
    """One entry both of whose verbs rest on very many statements of one day."""
    write_agenda(folder, [TWO_OPTIONS] * 2)
    said = "".join(
        f"  q{number}: {{source: s, basis: stated, summary: So.}}\n" for number in range(size)
    )
    all_of_them = ", ".join(f"q{number}" for number in range(size))
    for name in "pq":
        positions = entry(0, "demands: a", "accepts: [{outcome: b, if: {i1: a}}]")
        cited = f"{{demands: [{all_of_them}], accepts: [{all_of_them}]}}"
        positions = positions.replace("[said]", cited) + entry(1, "demands: b")
        write_party(folder, name, positions, said)


def ranges_apart(folder: Path, size: int) -> None:
    """Parties no two of which accept a figure in common."""
    write_agenda(folder, [AMOUNT] * 4)
    for who in range(size):
        accepted = f"accepts: {{min: {4 * who}, max: {4 * who + 1}}}"
        write_party(folder, f"p{who}", "".join(entry(n, accepted) for n in range(4)))


ANSWERS = ("demands: a", "proposes: b", "accepts: c", "refuses: a", "demands: [a, b]")


def undecided(decides: Callable[[int], str] = lambda size: "") -> Callable[[Path, int], None]:
    """Parties that name figures of their own, and any of three options."""

    def write(folder: Path, size: int) -> None:
        chance = Random(size)
        choice = "kind: choice, options: {a: One, b: Two, c: Three}"
        write_agenda(folder, [f"{choice}{decides(size)}", AMOUNT] * 8)
        for who in range(size):
            figure = f"demands: {{{chance.choice(('min', 'max'))}: {who}}}"
            said = (entry(n, figure if n % 2 else chance.choice(ANSWERS)) for n in range(16))
            write_party(folder, f"p{who}", "".join(said))

    return write


def majority(size: int) -> str:
    return f", decides: {{at-least: {size // 2}}}"


def weighted(size: int) -> str:
    weights = ", ".join(f"p{who}: {who + 1}" for who in range(size))
    return f", decides: {{more-than: 50%, weights: {{{weights}}}}}"


# Files that are no dossier's


def repeated(text: str) -> Callable[[Path, int], None]:
    """A party's file that holds one text over and over, `size` bytes in all."""

    def write(folder: Path, size: int) -> None:
        write_agenda(folder, [TWO_OPTIONS])
        write_party(folder, "p", entry(0, "demands: a"))
        (folder / "x.yaml").write_bytes(text.encode() * (size // len(text.encode())))

    return write


def misshapen(line: Callable[[int], str], start: str = "", end: str = "") -> Callable[..., None]:
    """A party's file with a text made of `size` parts, each of which is wrong in the same way."""

    def write(folder: Path, size: int) -> None:
        write_agenda(folder, [TWO_OPTIONS, AMOUNT])
        text = "party: x\nname: X\nstatements:\n  said: {source: s, basis: stated, summary: So.}\n"
        parts = "".join(line(number) for number in range(size))
        (folder / "x.yaml").write_text(f"{text}{start}{parts}{end}", "utf-8")

    return write


def long_title(folder: Path, size: int) -> None:
    write_agenda(folder, [TWO_OPTIONS])
    agenda = folder / "agenda.yaml"
    agenda.write_text(agenda.read_text("utf-8").replace("Matter", "abcdefghij" * (size // 10)))
    write_party(folder, "p", entry(0, "demands: a"))


ISSUE = "positions:\n  i0:\n    - since: 2026-02-03\n      evidence: [said]\n"

SHAPES: dict[str, Callable[..., None]] = {
    **{
        f"only {name}": repeated(text)
        for name, text in {
            "brackets": "[",
            "braces": "{",
            "dashes": "- ",
            "question marks": "? ",
            "tags": "!!a ",
            "anchors": "&a ",
            "aliases": "*a ",
            "single quotes": "'",
            "double quotes": '"',
            "directives": "%a\n",
            "comments": "#\n",
            "colons": ": ",
            "block texts": "|\n",
            "empty lines": "\n",
            "tabs": "\t",
            "nested keys": "a: ",
            "keys": "a: b\n",
            "flow keys": "{a",
            "commas": "[,",
            "documents": "---\n",
            "backslashes": '"\\',
            "list of maps": "- a: b\n",
            "words": "a b ",
            "letters": "a",
            "merges": "<<: a\n",
            "quoted brackets": '["',
            "emoji": "\U0001f600",
            "control characters": "b\x01",
            "control characters on lines": "b\x01\n",
            "byte order marks": "\ufeff",
            "line separators": "\u2028",
        }.items()
    },
    "long title": long_title,
    "unknown keys": misshapen(lambda n: f"k{n}: 1\n", "positions: {}\n"),
    "evidence of maps and texts": misshapen(
        lambda n: f"s{n}, " if n % 2 else f"{{a: {n}}}, ", ISSUE + "      against: [", "said]\n"
    ),
    "unknown evidence": misshapen(lambda n: f"s{n}, ", ISSUE + "      against: [", "said]\n"),
    "aliases that are lists": misshapen(lambda n: f"[{n}], ", "aliases: [", "x]\npositions: {}\n"),
    "conditions that are maps": misshapen(
        lambda n: f"        - {{outcome: {{x: {{y: {n}}}}}}}\n", ISSUE + "      accepts:\n"
    ),
    "entries with a bad date": misshapen(
        lambda n: f"    - {{since: x{n}}}\n", "positions:\n  i0:\n"
    ),
    "statements with a bad key": misshapen(
        lambda n: f"  s{n}: {{sourc: a}}\n", "", "positions: {}\n"
    ),
    "unknown issues": misshapen(
        lambda n: f"  issue-{n}:\n    - {{since: 2026, demands: a, evidence: [said]}}\n",
        "positions:\n",
    ),
    "unknown options": misshapen(lambda n: f"a{n}, ", ISSUE + "      demands: [", "a]\n"),
    "entries of one day": misshapen(
        lambda _: "    - {since: 2026-02-03, demands: a, evidence: [said]}\n", "positions:\n  i0:\n"
    ),
    "comments that silence": misshapen(
        lambda n: f"# claimpos: ignore[CP411] x{n}\n", "positions: {}\n"
    ),
    "statements that silence": misshapen(
        lambda n: (
            f'  s{n}: {{source: s, basis: stated, summary: "claimpos: {n}."}} '
            "# claimpos: ignore[CP411] x\n"
        ),
        "",
        "positions: {}\n",
    ),
    "long unknown id": misshapen(
        lambda _: "w", "positions:\n  ", ":\n    - {since: 2026, demands: a, evidence: [said]}\n"
    ),
    "long quotation": misshapen(
        lambda _: "ab ",
        "  q: {source: s, basis: stated, summary: So., quote: ",
        "}\npositions: {}\n",
    ),
    "ranges of one demand": misshapen(
        lambda n: f"{{min: {2 * n}, max: {2 * n + 1}}}, ",
        ISSUE.replace("i0", "i1") + "      demands: [",
        "{min: -5, max: -4}]\n",
    ),
}

# Tables and texts

HEADER = "party,issue,since,demands\n"


def table(line: Callable[[int], str], header: str = HEADER) -> Callable[[Path, int], None]:
    def write(folder: Path, size: int) -> None:
        lines = "".join(f"{line(number)}\n" for number in range(size))
        (folder / "x.csv").write_text(header + lines, "utf-8")

    return write


TABLES: dict[str, Callable[[Path, int], None]] = {
    "unclosed quotation marks": table(lambda n: f'p{n},x,2025-01-01,"a'),
    "one party, one issue": table(lambda n: f"no,x,{date(1000, 1, 1) + timedelta(n)},yes"),
    "100 parties": table(lambda n: f"party{n % 100},issue{n // 100},2025-01-01,yes"),
    "names in Cyrillic": table(
        lambda n: f"Name \u0421{chr(0x430 + n % 32)}{n},Issue! {n},2025-01-01,yes"
    ),
    "faults that lead to faults": table(
        lambda n: (
            f"p{n % 10},i{n // 10},2025-01-01,yes,"
            f'"[{{outcome: yes, if: {{i{n // 10 + 1}: maybe}}}}]"'
        ),
        HEADER.replace("\n", ",accepts\n"),
    ),
}


def quotations(
    quotes: Callable[[int], list[str]], text: Callable[[int], str]
) -> Callable[..., None]:
    def write(folder: Path, size: int) -> None:
        write_agenda(folder, [TWO_OPTIONS])
        statements = "".join(
            f'  q{number}: {{source: s, basis: stated, summary: Said., quote: "{quote}"}}\n'
            for number, quote in enumerate(quotes(size))
        )
        write_party(folder, "p", entry(0, "demands: a"), statements)
        (folder / "text.txt").write_text(text(size), "utf-8")

    return write


def _article(size: int) -> str:
    """An ordinary long text of about `size` bytes."""
    chance = Random(size)
    return " ".join(word(chance.randrange(5000) * 89) for _ in range(size // 5))


def _strange_words(size: int) -> list[str]:
    chance = Random(size)
    return [chr(0x4E00 + chance.randrange(3000)) for _ in range(size // 4)]


def _shuffled(size: int) -> str:
    words = _strange_words(size)
    Random(1).shuffle(words)
    return " ".join(words + words[:60])


TEXTS: dict[str, Callable[..., None]] = {
    "100 quotations that are not there": quotations(
        lambda size: [
            " ".join(word(Random(f"{n} {m}").randrange(5000) * 89) for m in range(20))
            for n in range(100)
        ],
        _article,
    ),
    "one letter over and over": quotations(
        lambda size: [". " * (size // 4) + "b"], lambda size: ". " * (size // 2)
    ),
    "no letter often": quotations(lambda size: [" ".join(_strange_words(size))], _shuffled),
}


class Family(NamedTuple):
    """Inputs of one kind: how to write one, its greatest size, and the commands to try it on."""

    write: Callable[[Path, int], None]
    largest: int
    commands: tuple[str, ...]


PAIR = (
    "diff p q",
    "explain p q i0",
    "ask p q",
    "text p q",
    "changes p q --from 2025-01",
    "history p",
    "matrix --format json",
    "deals p q --time-limit 1",
    "brief p q",
    "brief p q --format html -o page.html",
    "validate .",
)
ALL = (
    "validate .",
    "list counts",
    "show p0",
    "show i0",
    "diff p0 p1",
    "diff p0 p1 p2 p3 p4 --format json",
    "explain p0 p1 i0",
    "ask p0 p1 p2 p3",
    "text p0 p1 p2 p3",
    "changes p0 p1 --from 2000-01-01",
    "history p0",
    "matrix --format json",
    "matrix --format svg -o matrix.svg",
    "deals p0 p1 --time-limit 1",
    "brief p0 p1",
    "brief p0 p1 --format html -o page.html",
    "export -o export.csv",
)
THREE = tuple(command for command in ALL if "p4" not in command)
TWO = tuple(command for command in THREE if "p2" not in command)
MEGABYTES = 8_000_000

FAMILIES: dict[str, Family] = {
    "ordinary, by parties": Family(many_parties, 496, ALL),
    "ordinary, by issues": Family(many_issues, 4992, THREE),
    "ordinary, by entries": Family(many_entries, 16_000, TWO),
    "ordinary, by items": Family(many_items, 4992, (*PAIR, "explain p q i0 --fragile")),
    "statements": Family(many_statements, 100_000, PAIR),
    "chain of conditions": Family(chain, 4992, PAIR),
    "cycle of conditions": Family(cycle, 4992, PAIR),
    "conditions on everything": Family(everything_on_everything, 320, PAIR),
    "alternative conditions": Family(
        alternatives, 320, ("diff {parties}", "deals {parties} --time-limit 1", "validate .")
    ),
    "conditions on figures": Family(conditions_on_figures, 2000, PAIR),
    "end points of ranges": Family(many_ranges, 4000, PAIR),
    "offers": Family(offers, 4992, PAIR),
    "answers to texts": Family(texts_accepted, 1920, (*PAIR, "assess t0")),
    "answers to one text": Family(answers_to_a_text, 8000, (*PAIR, "assess t")),
    "groups of groups": Family(groups_of_groups, 496, (*TWO, "diff {parties}")),
    "evidence of many days": Family(evidence_of_many_days, 1600, PAIR),
    "evidence by verb": Family(evidence_by_verb, 20_000, (*PAIR, "explain p q i0 --fragile")),
    "questions": Family(undecided(), 496, ("ask {parties}",)),
    "questions on a majority": Family(undecided(majority), 496, ("ask {parties}",)),
    "questions on weighted votes": Family(undecided(weighted), 496, ("ask {parties}",)),
    "ranges apart": Family(ranges_apart, 496, (*TWO, "diff {parties}")),
    **{
        name: Family(write, MEGABYTES if name.startswith("only") else 100_000, ("validate .",))
        for name, write in SHAPES.items()
    },
    **{
        f"table: {name}": Family(write, 100_000, ("import x.csv --into into",))
        for name, write in TABLES.items()
    },
    **{
        f"text: {name}": Family(write, 4_960_000, ("check-quotes --text s=text.txt",))
        for name, write in TEXTS.items()
    },
}
