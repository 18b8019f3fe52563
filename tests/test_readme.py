"""What the README and the guide say is so: their sessions, their files, their Python.

Each page has an empty folder of its own. In the order of the page, every block of YAML that
begins with a comment `# folder/file.yaml`, and every other block named after its language
(```csv votes.csv), is written there, and every session is replayed there. So is every block of
Python whose output follows in a block of text. `--update-sessions` writes what is printed now
into the pages.
"""

from __future__ import annotations

import contextlib
import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from claimpos import compare, load_dossier
from claimpos.comparison.reasons import REASONS
from claimpos.dossier.limits import DEFAULTS
from claimpos.dossier.locate import shipped
from claimpos.dossier.schemas import schema
from claimpos.wording.reasons import reason_name
from tests.sessions.session import replayed

ROOT = Path(__file__).resolve().parents[1]
README = ROOT / "README.md"
GUIDE = ROOT / "claimpos" / "guide"
PAGES = [README, *sorted(GUIDE.glob("*.md"))]

_BLOCK = re.compile(r"^```(\w+)(?: (\S+))?\n(.*?)^```$", re.DOTALL | re.MULTILINE)
_PYTHON = re.compile(r"(```python\n(.*?)```\n\n```text\n).*?(?=```)", re.DOTALL)
_NAMED = re.compile(r"# (\S+\.ya?ml)\n")


def blocks(text: str, language: str) -> list[str]:
    """The contents of the code blocks in this language."""
    return [block[3] for block in _BLOCK.finditer(text) if block[1] == language]


def files(text: str) -> Iterator[tuple[str, str]]:
    """The files that a page writes out, by name, in its order."""
    for block in _BLOCK.finditer(text):
        if name := _name(block):
            yield name, block[3]


def _name(block: re.Match[str]) -> str | None:
    if block[2] or block[1] != "yaml":
        return block[2]
    comment = _NAMED.match(block[3])
    return comment[1] if comment else None


def run_through(text: str, folder: Path) -> str:
    """The text of a page as its commands and files make it in this folder."""

    def once_more(block: re.Match[str]) -> str:
        if name := _name(block):
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(block[3], encoding="utf-8")
        if block[1] != "console":
            return block.group()
        return f"```console\n{replayed(block[3])}```"

    with contextlib.chdir(folder):
        return _PYTHON.sub(_printed, _BLOCK.sub(once_more, text))


def _printed(code: re.Match[str]) -> str:
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        exec(compile(code[2], "the page", "exec"), {})
    return f"{code[1]}{out.getvalue()}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_examples(page: Path, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    text = page.read_text("utf-8")
    now = run_through(text, tmp_path)
    if request.config.getoption("--update-sessions"):
        page.write_text(now, encoding="utf-8")
        text = now
    assert now == text
    assert "Traceback" not in now


def test_the_pages_have_examples() -> None:
    """What stands between fences is found, or nothing above would be tested."""
    texts = [page.read_text("utf-8") for page in PAGES]
    assert len(blocks(texts[0], "console")) >= 4
    assert sum(text.count("\n$ claimpos ") for text in texts) >= 25
    assert sum(len(_PYTHON.findall(text)) for text in texts) >= 1


def test_the_first_screen() -> None:
    """Its figures and its four verdicts are what the comparison finds."""
    screen = " ".join(README.read_text("utf-8").partition("\n## ")[0].split())
    dossier = load_dossier(shipped("positions"))
    found = compare(dossier, ["russia", "ukraine"], as_of="2026-06-30")
    counts = found.summary
    assert (
        f"Of {len(found.issues)} issues, {counts['overlap']} were overlaps, "
        f"{counts['conflict']} were conflicts and {counts['unresolved']} were unresolved"
    ) in screen
    statements = sum(len(party.statements) for party in dossier.parties.values())
    assert f"{len(dossier.parties)} parties, {statements} statements" in screen
    verdicts = {issue.issue.title: issue.verdict for issue in found.issues}
    rows = re.findall(r"\| ([^|]+) \| (overlap|conflict|unresolved) \|", screen)
    assert len(rows) == 4
    assert all(verdicts[title] == verdict for title, verdict in rows)


def test_every_reason_is_explained() -> None:
    text = (GUIDE / "verdicts.md").read_text("utf-8")
    for verdict, reasons in REASONS.items():
        for reason in reasons:
            assert f"| {verdict} | `{reason}` | {reason_name(reason)} |" in text


def test_every_key_is_explained() -> None:
    text = (GUIDE / "files.md").read_text("utf-8")
    for name in ("agenda", "sources", "party", "proposal"):
        for key in _keys(schema(name)):
            assert f"`{key}`" in text, f"{key} of {name}"
            assert re.search(rf"\b{key}:", text), f"no example of {key}"


def _keys(part: Any) -> Iterator[str]:
    """The keys that a schema allows, wherever it does."""
    if isinstance(part, list):
        for one in part:
            yield from _keys(one)
    elif isinstance(part, dict):
        yield from part.get("properties", {})
        for one in part.values():
            yield from _keys(one)


def test_every_limit_is_explained() -> None:
    text = (GUIDE / "library.md").read_text("utf-8")
    for name, default in DEFAULTS.items():
        assert f"| `{name}` | {default:,} |" in text
