"""A briefing in Markdown, as pandoc reads it. For Word files see tests/rendering/test_word.py."""

from __future__ import annotations

import re
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest

from claimpos import compare, load_dossier
from claimpos.briefing.data import brief_report
from claimpos.briefing.layout import brief_document
from claimpos.rendering.renderers import page_of
from tests.support import TALKS


def ask_for(program: str) -> str:
    found = shutil.which(program)
    if found is None:
        pytest.skip(f"{program} is not installed")
    return found


def made(tmp_path: Path) -> tuple[Path, int]:
    """A briefing as DOCX, and how many notes it has."""
    pandoc = ask_for("pandoc")
    comparison = compare(load_dossier(TALKS), ["russia", "ukraine"], "2025-03-14")
    report = brief_report(comparison)
    written, paper = tmp_path / "briefing.md", tmp_path / "briefing.docx"
    written.write_text(page_of(brief_document(report)), encoding="utf-8")
    subprocess.run([pandoc, str(written), "-o", str(paper)], check=True, timeout=120)
    notes = re.findall(r"^\[\^\d+\]: ", written.read_text("utf-8"), re.MULTILINE)
    return paper, len(notes)


def test_pandoc_makes_footnotes_and_a_table_of_it(tmp_path: Path) -> None:
    paper, notes = made(tmp_path)
    with zipfile.ZipFile(paper) as parts:
        text = parts.read("word/document.xml").decode("utf-8")
        footnotes = parts.read("word/footnotes.xml").decode("utf-8")
    assert text.count("<w:footnoteReference ") == notes
    assert footnotes.count("<w:footnoteRef />") == notes
    assert text.count("<w:tbl>") == 3
    assert "[^" not in text + footnotes
