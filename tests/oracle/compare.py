"""Look for a disagreement of the package and the evaluator, and print the simplest.

    python -m tests.oracle.compare --n 500 --features offers,answers

Without `--features`, all that there are. `--write FOLDER` keeps the dossier.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

from .dossiers import FEATURES, Basis, Feature, PlainDossier, bases, dates, dossiers, write_dossier
from .product import disagreement, load


def groups_of_parties(dossier: PlainDossier, data: st.DataObject) -> list[list[str]]:
    """Everybody, and a random two or three in a random order."""
    everyone = list(dossier.parties)
    some = data.draw(st.permutations(everyone))[: data.draw(st.sampled_from([2, 2, 3]))]
    return [some, everyone]


def as_yaml(value: Any, indent: str = "") -> str:
    """The data as YAML, a key a line as far as there are maps and lists of maps."""
    if isinstance(value, dict) and value:
        return "".join(
            f"\n{indent}{key}:{as_yaml(one, indent + '  ')}" for key, one in value.items()
        )
    if isinstance(value, list) and any(isinstance(one, dict) for one in value):
        return "".join(f"\n{indent}-{as_yaml(one, indent + '  ')}" for one in value)
    if isinstance(value, list):
        return f" [{', '.join(str(one) for one in value)}]"
    return f" {'{}' if value == {} else str(value).lower() if value is True else value}"


def in_short(dossier: PlainDossier, party: str) -> dict[str, Any]:
    """A party's file, and of the statements that it cites only the day and the basis."""
    file = {
        key: value
        for key, value in dossier.parties[party].items()
        if key not in {"party", "name", "statements"} and value
    }
    days = {key: source["date"] for key, source in dossier.sources["sources"].items()}
    statements = {
        key: f"{said['basis']}, {said.get('said', days[said['source']])}"
        for key, said in dossier.parties[party]["statements"].items()
        if key in str(file)
    }
    return file | ({"statements": statements} if statements else {})


class Disagreement(AssertionError):
    """The evaluator and the package differ."""


def described(
    dossier: PlainDossier,
    ids: list[str],
    as_of: str,
    basis: Basis,
    answers: tuple[Any, Any],
) -> str:
    """Everything that is needed to see a disagreement again."""
    evaluator, package = answers
    lines = [files_in_short(dossier), f"\nparties {' '.join(ids)}, as of {as_of}, basis {basis}"]
    if isinstance(evaluator, dict):
        for cell in evaluator:
            lines += [f"{cell}:", f"  evaluator {evaluator[cell]}", f"  package   {package[cell]}"]
    else:
        lines += [f"evaluator {evaluator}", f"package   {package}"]
    return "\n".join(lines)


def files_in_short(dossier: PlainDossier) -> str:
    """The dossier as YAML, without the prose that plays no part."""
    prose = {"title", "question", "group"}
    files = {
        "agenda": {
            key: {one: value for one, value in issue.items() if one not in prose}
            for key, issue in dossier.agenda["issues"].items()
        },
        "parties": {party: in_short(dossier, party) for party in dossier.parties},
        "proposals": {key: text["terms"] for key, text in dossier.proposals.items()},
    }
    return as_yaml(files).strip()


def check(
    dossier: PlainDossier,
    groups: list[list[str]],
    as_of: str,
    basis: Basis,
) -> None:
    loaded = load(dossier)
    for ids in groups:
        if answers := disagreement(dossier, loaded, ids, as_of, basis):
            raise Disagreement("\n" + described(dossier, ids, as_of, basis, answers))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--n", type=int, default=500)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--features")
    parser.add_argument("--write", type=Path)
    options = parser.parse_args()
    features: list[Feature] = list(FEATURES)
    if options.features is not None:
        asked = options.features.split(",")
        features = [feature for feature in FEATURES if feature in asked]
    print(f"features: {' '.join(features)}")
    last: list[PlainDossier] = []

    @seed(options.seed)
    @settings(
        max_examples=options.n,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        report_multiple_bugs=False,
    )
    @given(dossiers(features=features), dates(), bases(), st.data())
    def search(dossier: PlainDossier, as_of: str, basis: Basis, data: st.DataObject) -> None:
        last[:] = [dossier]
        check(dossier, groups_of_parties(dossier, data), as_of, basis)

    try:
        search()
    except Disagreement as error:
        print(error)
        if options.write:
            options.write.mkdir(parents=True)
            write_dossier(options.write, *last[0])
        return 1
    print(f"{options.n} dossiers, no disagreement")
    return 0


if __name__ == "__main__":
    sys.exit(main())
