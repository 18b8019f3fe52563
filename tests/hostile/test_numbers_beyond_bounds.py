"""Numbers quickly written and long in the making, wherever somebody else's file holds any."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from claimpos import compare, load_dossier
from claimpos.dossier.limits import bounded
from claimpos.dossier.starter import FILES
from claimpos.validation.checking import check_folder
from tests.cli.in_process import claimpos
from tests.support import within, write_short

SECONDS = 5.0
BEYOND = ["1e99999999", "-1e99999999", "1e-99999999", "9" * 5_000, "1e999999999999999999999"]
XML = (
    '<utility_space><objective index="0" name="x"><issue index="1" name="i" type="integer" '
    'lowerbound="LOW" upperbound="HIGH"><evaluator slope="SLOPE" offset="OFFSET"/></issue>'
    '<weight index="1" value="WEIGHT"/></objective><reservation value="KEPT"/></utility_space>'
)
JSON = (
    '{"LinearAdditiveUtilitySpace": {"issueWeights": {"i": WEIGHT}, "issueUtilities": {"i": '
    '{"numberutils": {"lowValue": LOW, "highValue": HIGH, "lowUtility": 0, "highUtility": 1}}}}}'
)
USUAL = {"LOW": "0", "HIGH": "9", "SLOPE": "1", "OFFSET": "0", "WEIGHT": "1", "KEPT": "0"}
WORTH = """\
worth:
  evidence: [EVIDENCE]
  issues:
    pay-rise: {2: 0, VALUE: 40}
    weekend: {banned: 30, voluntary: 20, rota: 0}
"""
AGREEMENTS = "agreement,pay-rise,weekend\nA,NUMBER,voluntary\n"


def profile(form: str, key: str, number: str) -> str:
    for name, usual in USUAL.items():
        form = form.replace(name, number if name == key else usual)
    return form


@pytest.mark.parametrize("number", BEYOND)
@pytest.mark.parametrize(
    ("form", "key"),
    [*((XML, key) for key in USUAL), *((JSON, key) for key in ("LOW", "HIGH", "WEIGHT"))],
)
def test_a_profile_is_refused(tmp_path: Path, form: str, key: str, number: str) -> None:
    path = tmp_path / ("p.xml" if form is XML else "p.json")
    path.write_text(profile(form, key, "1"))
    words = ["import", str(path), "--into", str(tmp_path / "d")]
    assert claimpos(*words).returncode == 0, "the form is read with another number"
    path.write_text(profile(form, key, number))
    words[-1] += "2"
    with within(SECONDS):
        done = claimpos(*words)
    assert (done.returncode, (tmp_path / "d2").exists()) == (2, False)
    assert "is not a profile" in done.stderr


def dossier(folder: Path, edit: Callable[[str, str], str]) -> None:
    for name, text in FILES.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(edit(name, text))


def with_worth(value: str) -> Callable[[str, str], str]:
    def edit(name: str, text: str) -> str:
        evidence = {"union.yaml": "no-machines", "port.yaml": "machines"}.get(name)
        if evidence is None:
            return text
        return text + WORTH.replace("EVIDENCE", evidence).replace("VALUE", value)

    return edit


@pytest.mark.parametrize("number", ["8", *BEYOND])
def test_an_agreement_is_refused(tmp_path: Path, number: str) -> None:
    dossier(tmp_path, with_worth("6"))
    (tmp_path / "a.csv").write_text(AGREEMENTS.replace("NUMBER", number))
    with within(SECONDS):
        done = claimpos("deals", "--positions", ".", "--agreements", "a.csv", cwd=tmp_path)
    assert done.returncode == (0 if number == "8" else 2)
    assert ("is not a number for “pay-rise”" in done.stderr) == (number != "8")


@pytest.mark.parametrize("number", ["8", "9" * 400, BEYOND[4]])
def test_a_value_of_points_is_a_finding(tmp_path: Path, number: str) -> None:
    dossier(tmp_path, with_worth(number))
    found = claimpos("validate", ".", cwd=tmp_path)
    assert found.returncode == (0 if number == "8" else 1)
    assert ("CP434" in found.stdout) == (number != "8")


@pytest.mark.parametrize("share", ["9" * 400 + "%", "1." + "9" * 5_000 + "%", "1/" + "9" * 5_000])
def test_a_share_of_votes_is_a_finding(tmp_path: Path, share: str) -> None:
    rule = f'decides: {{at-least: "{share}"}}\n'
    dossier(tmp_path, lambda name, text: text + rule * (name == "agenda.yaml"))
    found = claimpos("validate", ".", cwd=tmp_path)
    assert (found.returncode, "55% or 2/3" in found.stdout) == (1, True)


@pytest.mark.parametrize("written", ["1", "-2.5", "0.30", "1e3", "1E-3", "9" * 30])
def test_a_number_within_bounds(written: str) -> None:
    assert bounded(written) == Decimal(written)


@pytest.mark.parametrize("written", [*BEYOND, "NaN", "sNaN", "Infinity", "", "one", "1e", "1 2"])
def test_no_number(written: str) -> None:
    assert bounded(written) is None


def seconds_to_compare(folder: Path, step: int) -> float:
    """The time of the processor that it takes to check and compare figures so far apart."""
    number, agenda = 3_000, {f"sum-{at}": {"unit": "euros"} for at in range(2)}
    figures = [step * at for at in range(1, 2 * number + 1)]
    said = {"ann": {"accepts": figures[:number]}, "bo": {"refuses": figures[number:]}}
    positions = {party: dict.fromkeys(agenda, own) for party, own in said.items()}
    write_short(folder, agenda, positions)
    begun = time.process_time()
    assert check_folder(folder, date(2026, 1, 1)).findings
    assert compare(load_dossier(folder), ["ann", "bo"]).issues
    return time.process_time() - begun


@pytest.mark.large
def test_figures_chosen_for_their_hash(tmp_path: Path) -> None:
    """The hash of all of these is 0, so that to keep them in sets takes the square."""
    usual = min(seconds_to_compare(tmp_path / f"usual-{at}", 7) for at in range(2))
    assert seconds_to_compare(tmp_path / "chosen", 2**61 - 1) < 2.5 * usual
