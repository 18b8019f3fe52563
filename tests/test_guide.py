"""The guide: its pages in the terminal, and the links between them; test_readme runs them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from claimpos.__main__ import main
from claimpos.rendering.reference import GuidePage, guide_list, guide_pages, guide_text
from tests.test_readme import GUIDE, PAGES, README, ROOT

TOPICS = sorted(path.stem for path in GUIDE.glob("*.md"))
WIDE = "| Word | Meaning |\n|---|---|\n| `a\\|b` | " + "many words " * 20 + "|\n"

_LINK = re.compile(r"\]\(([^)]+)\)")
_CODE = re.compile(r"^```.*?^```$", re.DOTALL | re.MULTILINE)


def prose(text: str) -> Iterator[str]:
    """The lines of a page that are neither code nor a table, without the addresses of links."""
    for line in _LINK.sub("]", _CODE.sub("", text)).splitlines():
        if not line.startswith("|"):
            yield line


def guide(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = main(["guide", *arguments])
    return code, *capsys.readouterr()


def test_the_list(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = guide(capsys)
    assert (code, err) == (0, "")
    assert re.findall(r"^  (\S+) ", out, re.MULTILINE) == TOPICS
    assert max(map(len, out.splitlines())) <= 80


@pytest.mark.parametrize("topic", TOPICS)
def test_a_page_fits_a_terminal(topic: str, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = guide(capsys, topic)
    assert (code, err) == (0, "")
    assert out.startswith("# ")
    assert "\x1b" not in out
    assert "\n|" not in _CODE.sub("", out)
    assert max(map(len, _CODE.sub("", out).splitlines())) <= 80
    written = (GUIDE / f"{topic}.md").read_text("utf-8")
    assert _CODE.findall(out) == _CODE.findall(written)


@pytest.mark.parametrize(
    ("topic", "near"), [("verdict", " Did you mean “verdicts”?"), ("xyzzy", "")]
)
def test_an_unknown_topic(topic: str, near: str, capsys: pytest.CaptureFixture[str]) -> None:
    message = f"claimpos: unknown topic “{topic}”.{near} See `claimpos guide`.\n"
    assert guide(capsys, topic) == (2, "", message)


def test_how_a_page_is_laid_out() -> None:
    words = "many words " * 20
    text = f"# T\n\nA {words}\n\n1. one {words}\n   two\n- three\n\n```\n{words}\n```\n\n{WIDE}"
    lines = guide_text(GuidePage("T", "", text)).splitlines()
    assert max(len(line) for line in lines if line != words) <= 80
    assert words in lines
    assert "- three" in lines
    assert [line[:3] for line in lines if "one" in line or "two" in line] == ["1. ", "   "]
    assert any(line.startswith("│ `a|b`") for line in lines)


def test_a_page_is_listed_by_its_first_sentence() -> None:
    """Also one that begins in an unusual way, such as without a heading."""
    assert guide_pages()["glossary"].title == "Glossary"
    assert guide_pages()["glossary"].about == "What do the words mean?"
    pages = {"a": GuidePage("A", "How is\x1b 1.5 done?", "")}
    assert guide_list(pages).endswith("\n  a  How is\N{REPLACEMENT CHARACTER} 1.5 done?\n")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_lines_are_short(page: Path) -> None:
    text = page.read_text("utf-8")
    assert [line for line in prose(text) if len(line) > 100] == []
    assert text.startswith("# ")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_links_lead_somewhere(page: Path) -> None:
    for link in _LINK.findall(_CODE.sub("", page.read_text("utf-8"))):
        if link.startswith("https://"):
            continue
        name, _, anchor = link.partition("#")
        target = page.parent / name if name else page
        assert target.is_file(), link
        assert not anchor or anchor in anchors(target), link


def anchors(page: Path) -> set[str]:
    """The headings of a page, as a code host names them in addresses."""
    heads = re.findall(r"^#+ (.+)$", _CODE.sub("", page.read_text("utf-8")), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", head.lower()).replace(" ", "-") for head in heads}


def test_the_readme_leads_to_every_page() -> None:
    linked = {README.parent / link for link in _LINK.findall(README.read_text("utf-8"))}
    assert set(PAGES) - {README} <= linked


def test_the_readme_is_a_front_page() -> None:
    assert len(README.read_text("utf-8").splitlines()) <= 250


def test_the_map_of_the_house_is_right() -> None:
    """Every file and folder that the page for contributors names is there."""
    text = (GUIDE / "contributing.md").read_text("utf-8")
    named = re.findall(r"`((?:claimpos|tests|schemas)/[^`]+)`", text)
    assert len(named) > 20
    assert [name for name in named if not (ROOT / name).exists()] == []
    folders = re.findall(r"^  (\w+)/ ", text, re.MULTILINE)
    there = [path.name for path in (ROOT / "claimpos").iterdir() if path.is_dir()]
    assert sorted(folders) == sorted(name for name in there if not name.startswith("__"))


def test_all_rooms_of_words_are_on_the_map() -> None:
    text = (GUIDE / "contributing.md").read_text("utf-8").partition("## Adding a language")[2]
    rows = re.findall(r"^\| (`.+?) \|", text, re.MULTILINE)
    named = [name for row in rows for name in re.findall(r"`(\w+)`", row)]
    rooms = (ROOT / "claimpos" / "wording").glob("*.py")
    assert sorted(named) == sorted(path.stem for path in rooms if path.stem != "__init__")
