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
2025-11-30 us     ukraine accountability                   unresolved reserved
2025-11-30 us     ukraine frozen-assets                    unresolved reserved
2025-11-22 us     ukraine damage-claims                    unresolved unanswered
2025-11-30 us     europe  damage-claims                    unresolved reserved
2025-12-30 us     ukraine lower-dnipro.dnipro-passage      overlap    shared-aim
2025-11-30 us     europe  lower-dnipro.kinburn-spit        unresolved silent
2026-06-30 europe ukraine guarantees.europe                overlap    shared-aim
2026-06-30 russia ukraine territory-sequence               unresolved condition-pending
2026-06-30 russia ukraine ceasefire                        unresolved condition-pending
2026-06-30 russia ukraine elections                        conflict   red-line
2025-03-14 russia ukraine kursk-troops                     unresolved reserved
2025-02-28 russia ukraine kursk-troops                     unresolved proposals-ruled-out
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
2024-06-30 russia ukraine withdrawal.donetsk               conflict   red-line
2025-12-30 russia ukraine withdrawal.luhansk               conflict   red-line
2026-06-30 russia ukraine withdrawal.donetsk               conflict   red-line
2025-12-20 russia ukraine withdrawal.kherson               unresolved reserved
2025-11-30 us     europe  annexation-recognition.crimea    unresolved reserved
2025-11-22 us     europe  annexation-recognition.donetsk   unresolved unanswered
2022-04-30 russia ukraine ceasefire                        conflict   condition-failed
2022-04-30 russia ukraine sanctions                        unresolved proposals-ruled-out
2026-06-30 russia ukraine sanctions                        conflict   red-line
2025-05-01 russia ukraine znpp                             conflict   red-line
2025-12-30 us     ukraine nato-membership                  unresolved reserved
2025-11-30 us     ukraine arms-during-truce.ukraine        unresolved silent
2025-11-30 russia europe  sea-trade-relief                 unresolved silent
2022-05-20 russia ukraine eu-membership                    unresolved reserved
2022-11-30 russia ukraine prisoners                        overlap    common-ground
2023-12-30 us     europe  nato-membership                  overlap    shared-aim
2025-11-22 us     ukraine nato-membership                  unresolved unanswered
2026-06-30 us     ukraine civilian-returns.children        overlap    shared-aim
2022-04-30 us     europe  withdrawal.donetsk               overlap    shared-aim
2024-06-30 us     ukraine guarantees.us                    unresolved unanswered
2026-06-30 russia europe  accountability                   unresolved proposals-ruled-out
2026-01-31 russia ukraine truce-scope.air                  unresolved condition-pending
2025-12-20 us     ukraine donetsk-zone                     unresolved silent
2026-06-30 us     ukraine guarantee-sequence               unresolved unanswered
2026-06-30 russia ukraine leaders-meeting                  unresolved unanswered
2026-06-30 russia ukraine approval.parliaments             overlap    shared-aim
2026-06-30 russia us      non-aggression.russia-europe     overlap    common-ground
2026-06-30 europe ukraine verification-means               unresolved unanswered
2026-06-30 us     ukraine lower-dnipro.black-sea           overlap    shared-aim
2026-06-30 russia un      withdrawal.donetsk               conflict   red-line
"""


@pytest.mark.parametrize("line", VERDICTS.strip().splitlines(), ids=str.strip)
def test_verdict(line: str) -> None:
    day, one, other, cell, verdict, reason = line.split()
    for parties in ((one, other), (other, one)):
        found = cells(day, *parties)[cell]
        assert (found["verdict"], found["reason"]) == (verdict, reason), found["explanation"]
