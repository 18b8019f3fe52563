"""Whatever a dossier holds, every rule gets through it, and each finding has a place in a file."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given

from claimpos.dossier.dates import day_of
from claimpos.validation.checking import check_folder
from tests.conftest import examples
from tests.oracle.dossiers import FEATURES, PlainDossier, dossiers, write_dossier
from tests.support import write_short


@examples(25)
@given(dossiers(features=FEATURES))
def test_a_dossier_with_everything_in_it_is_checked(plain: PlainDossier) -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        write_dossier(folder, *plain)
        found = check_folder(folder, day_of("2026"), stale_after=12)
    assert found.count("error") == 0
    assert {Path(finding.source.path).name for finding in found.findings} <= {
        Path(file).name for file in found.files
    }


def test_a_finding_on_one_of_several_parts_stands_at_the_entry_of_that_part(
    tmp_path: Path,
) -> None:
    """On the hill Ann has an entry of her own; on the dale she holds the later one of a group."""
    folder = write_short(
        tmp_path,
        {"land": {"options": ["mine", "yours"], "items": ["hill", "dale"]}},
        {
            "ann": {"land": {"demands": {"hill": "mine"}}},
            "bo": {"land": {"demands": {"hill": "yours"}, "refuses": {"hill": "mine"}}},
            "league": {"land": {"since": "2025-02", "demands": {"dale": "mine"}}},
        },
        {},
        {"league": {"members": ["ann"], "speaks-for-members": True}},
    )
    found = check_folder(folder, day_of("2026")).findings
    assert [Path(one.source.path).name for one in found if one.code == "CP432"] == ["ann.yaml"]
