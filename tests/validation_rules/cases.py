"""Cases: files put into the dossier of tests/cases/dossier, and the findings that they state.

A case is a file KEY_REASON.yaml, or a folder KEY_REASON with several files. A file takes the place
of the dossier's file of its name; a case of one file says which that is with `# file: NAME`, or
else is case.yaml. `# expect: LINE:COLUMN CODE message` stands for one finding in the file, and
`# stale-after: AGE` or `# unreviewed: yes` for the option. Lines count without the lines that begin
a file in this way. With a line `# The text of “SOURCE”: …` the quotes are looked up too, as
check-quotes does.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import NamedTuple

from claimpos.dossier.findings import Finding
from claimpos.validation.checking import check_folder
from claimpos.validation.gate import load_dossier
from claimpos.validation.quotes import look_up, not_found
from claimpos.validation.source_texts import locators_not_found
from claimpos.validation.targets import days_of

CASES = Path(__file__).resolve().parents[1] / "cases"
TODAY = date(2026, 1, 1)

_HEAD = re.compile(r"(?:# (?:file|expect|stale-after|unreviewed): .*\n)*")
_FILE = re.compile(r"# file: (\S+)\n")
_EXPECT = re.compile(r"# expect: (.*)\n")
_SOURCE_TEXT = re.compile(r"# The text of “(\S+)”: (.*)\n")
_AGE = re.compile(r"# stale-after: (\S+)\n")
_UNREVIEWED = "# unreviewed: yes\n"


class CaseFile(NamedTuple):
    """A file of a case: where it is kept, the lines that begin it, and what goes into a dossier."""

    path: Path
    head: str
    text: str

    @property
    def expected(self) -> list[str]:
        return _EXPECT.findall(self.head)

    def expect(self, found: list[str]) -> None:
        """Write down what is found, in the place of what was expected."""
        head = _EXPECT.sub("", self.head) + "".join(f"# expect: {one}\n" for one in found)
        self.path.write_bytes((head + self.text).encode("utf-8"))


def cases(kind: str) -> list[Path]:
    """The cases of this kind: `invalid` ones have findings, `valid` ones none."""
    return sorted(path for path in (CASES / kind).iterdir() if path.is_dir() or _is_yaml(path))


def _is_yaml(path: Path) -> bool:
    return path.suffix == ".yaml"


def files_of(case: Path) -> dict[str, CaseFile]:
    """The files of a case, by their names in the dossier."""
    if case.is_dir():
        found = {path.relative_to(case).as_posix(): _read(path) for path in case.rglob("*.*")}
        return dict(sorted(found.items()))
    file = _read(case)
    named = _FILE.search(file.head)
    return {named.group(1) if named else "case.yaml": file}


def _read(path: Path) -> CaseFile:
    text = path.read_bytes().decode("utf-8")
    match = _HEAD.match(text)
    head = match.group() if match else ""
    return CaseFile(path, head, text[len(head) :])


def findings_of(case: Path, folder: Path) -> dict[str, list[Finding]]:
    """What is found in each file of a case; of the other files only errors are told."""
    files = files_of(case)
    ages = [age for file in files.values() for age in _AGE.findall(file.head)]
    texts = {name: file.text for name, file in files.items()}
    unreviewed = any(_UNREVIEWED in file.head for file in files.values())
    return found_in(folder, texts, days_of(ages[0]) if ages else None, unreviewed)


def found_in(
    folder: Path,
    texts: Mapping[str, str],
    stale_after: int | None = None,
    unreviewed: bool = False,
) -> dict[str, list[Finding]]:
    """What is found in files of these names and texts, put into the dossier of the cases."""
    put_into(folder, texts)
    found: dict[str, list[Finding]] = {name: [] for name in texts}
    checked = check_folder(folder, TODAY, stale_after, unreviewed=unreviewed)
    for finding in [*checked.findings, *misquotes_in(folder, texts.values())]:
        name = finding.source.path.rpartition(f"/{folder.name}/")[2]
        if name in texts or finding.severity == "error":
            found.setdefault(name, []).append(finding)
    return found


def misquotes_in(folder: Path, texts: Iterable[str]) -> list[Finding]:
    """What check-quotes finds, given the texts of sources that stand in these files."""
    sources = {source: said for text in texts for source, said in _SOURCE_TEXT.findall(text)}
    if not sources:
        return []
    dossier = load_dossier(folder)
    misplaced = locators_not_found(dossier, sources, folder)
    return [*not_found(look_up(dossier, sources), folder), *misplaced]


def put_into(folder: Path, texts: Mapping[str, str]) -> None:
    """Write the dossier of the cases into a folder, and these texts in the place of its files."""
    shutil.copytree(CASES / "dossier", folder)
    for name, text in texts.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(text.encode("utf-8"))


def told(finding: Finding) -> str:
    """A finding as a case states it."""
    return f"{finding.span.line}:{finding.span.column} {finding.code} {finding.message}"
