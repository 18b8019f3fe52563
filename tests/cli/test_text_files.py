"""Texts that are named as files."""

from __future__ import annotations

import json
from pathlib import Path

from claimpos.dossier.findings import shown_path
from claimpos.dossier.starter import write_starter
from tests.cli.in_process import claimpos


def test_answers_to_a_text_are_not_shown_as_those_to_another(tmp_path: Path) -> None:
    folder = tmp_path / "positions"
    write_starter(folder)
    own = folder / "proposals" / "mediator-draft.yaml"
    other, renamed = tmp_path / "mediator-draft.yaml", tmp_path / "new-draft.yaml"
    changed = own.read_text("utf-8").replace("cars: allowed", "cars: barred")
    other.write_text(changed, encoding="utf-8")
    renamed.write_text(changed.replace("mediator-draft", "new-draft"), encoding="utf-8")
    for path, code in ((own, 0), (other, 2), (renamed, 0)):
        done = claimpos("assess", str(path), "--positions", str(folder), "--as-of", "2026-03-01")
        assert done.returncode in ((0, 1) if code == 0 else (2,)), done
        assert ("is not the dossier's text “mediator-draft”" in done.stderr) is (code == 2)


def test_a_text_with_the_title_of_another_is_named_by_its_file(tmp_path: Path) -> None:
    folder = tmp_path / "positions"
    write_starter(folder)
    own = folder / "proposals" / "mediator-draft.yaml"
    words = own.read_text("utf-8").replace("cars: allowed", "cars: barred")
    paths = [tmp_path / name for name in ("new.yaml", "other.yaml", "third.yaml")]
    for path, title in zip(paths, ("The mediator's draft", "A draft", "A Draft"), strict=True):
        text = words.replace("mediator-draft", path.stem).replace("The mediator's draft", title)
        path.write_text(text, encoding="utf-8")
    given = ["mediator-draft", *map(str, paths)]
    done = claimpos("assess", *given, "--positions", str(folder), "--format", "json")
    titles = [one["title"] for one in json.loads(done.stdout)["proposals"]]
    assert titles == [
        "The mediator's draft",
        f"The mediator's draft ({shown_path(paths[0])})",
        "A draft",
        f"A Draft ({shown_path(paths[2])})",
    ]
