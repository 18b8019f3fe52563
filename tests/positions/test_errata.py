"""Verdicts of the shipped dossier where its second edition corrected what they rest on."""

from __future__ import annotations

import pytest

from tests.positions.test_verdicts import cells

VERDICTS = """
2022-11-30 russia ukraine annexation-recognition.donetsk   conflict   red-line
2025-06-05 russia ukraine annexation-recognition.crimea    conflict   red-line
2025-03-14 russia ukraine nato-membership                  conflict   red-line
2026-06-30 russia ukraine neutrality                       conflict   red-line
2025-11-30 russia ukraine arms-during-truce.ukraine        unresolved silent
2025-11-30 russia europe  truce-verification               unresolved silent
2025-11-30 russia europe  withdrawal.kherson               unresolved reserved
2025-11-30 russia europe  annexation-recognition.donetsk   conflict   red-line
2026-06-30 russia europe  annexation-recognition.crimea    conflict   red-line
2025-11-30 russia europe  force-limits.ukraine             overlap    common-ground
2025-11-22 russia europe  force-limits.ukraine             unresolved unanswered
2022-04-10 russia ukraine neutrality                       unresolved condition-pending
2022-04-10 russia ukraine guarantees.us                    overlap    common-ground
2022-04-30 russia ukraine guarantees.us                    conflict   red-line
2022-04-30 russia ukraine nato-membership                  conflict   condition-failed
2025-11-22 us     ukraine guarantees.us                    overlap    shared-aim
2025-11-30 us     ukraine nato-membership                  unresolved reserved
2025-11-30 us     ukraine accountability                   unresolved silent
2025-11-22 us     ukraine damage-claims                    unresolved unanswered
2025-11-30 us     europe  damage-claims                    unresolved reserved
2025-12-30 us     ukraine lower-dnipro.dnipro-passage      overlap    shared-aim
2025-11-30 us     europe  lower-dnipro.kinburn-spit        unresolved silent
2026-06-30 europe ukraine guarantees.europe                overlap    shared-aim
2026-06-30 russia ukraine territory-sequence               unresolved condition-pending
2026-06-30 russia ukraine ceasefire                        unresolved condition-pending
2026-06-30 russia ukraine elections                        conflict   red-line
2025-03-14 russia ukraine kursk-troops                     unresolved unanswered
2025-12-30 russia us      znpp                             unresolved condition-pending
2025-12-30 russia ukraine withdrawal.kherson               overlap    common-ground
2025-11-22 russia ukraine guarantees.russia                unresolved reserved
2026-06-30 russia ukraine frozen-assets                    unresolved condition-pending
2025-05-01 russia ukraine damage-claims                    conflict   rival-demands
2026-06-30 russia ukraine accountability                   conflict   red-line
2026-06-30 russia ukraine truce-scope.air                  unresolved reserved
2024-12-30 russia ukraine security-zone                    unresolved proposals-ruled-out
2025-06-05 russia ukraine civilian-returns.civilians       unresolved condition-pending
2025-11-30 russia ukraine civilian-returns.civilians       unresolved silent
2022-04-30 russia ukraine annexation-recognition.crimea    conflict   red-line
2025-11-30 us     europe  truce-length                     unresolved silent
2025-11-22 russia europe  foreign-troops.others            conflict   red-line
"""


@pytest.mark.parametrize("line", VERDICTS.strip().splitlines(), ids=str.strip)
def test_verdict(line: str) -> None:
    day, one, other, cell, verdict, reason = line.split()
    for parties in ((one, other), (other, one)):
        found = cells(day, *parties)[cell]
        assert (found["verdict"], found["reason"]) == (verdict, reason), found["explanation"]
