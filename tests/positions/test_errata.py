"""Each fault that positions/ERRATA.md corrects, on the days on which its verdict was wrong."""

from __future__ import annotations

import pytest

from tests.positions.test_verdicts import cells

VERDICTS = """
W1  2022-11-30 russia ukraine annexation-recognition.donetsk   conflict   red-line
W1  2025-06-05 russia ukraine annexation-recognition.crimea    conflict   red-line
W1  2025-03-14 russia ukraine nato-membership                  conflict   red-line
W1  2026-06-30 russia ukraine neutrality                       conflict   red-line
W2  2025-11-30 russia ukraine arms-during-truce.ukraine        unresolved silent
W2  2025-11-30 russia europe  truce-verification               unresolved silent
W3  2025-11-30 russia europe  withdrawal.kherson               unresolved reserved
W4  2025-11-30 russia europe  annexation-recognition.donetsk   conflict   red-line
W4  2026-06-30 russia europe  annexation-recognition.crimea    conflict   red-line
W5  2025-11-30 russia europe  force-limits.ukraine             overlap    common-ground
W5  2025-11-22 russia europe  force-limits.ukraine             unresolved unanswered
W6  2022-04-10 russia ukraine neutrality                       unresolved condition-pending
W7  2022-04-10 russia ukraine guarantees.us                    overlap    common-ground
W7  2022-04-30 russia ukraine guarantees.us                    conflict   red-line
W7  2022-04-30 russia ukraine nato-membership                  conflict   condition-failed
W9  2025-11-22 us     ukraine guarantees.us                    overlap    shared-aim
W10 2025-11-30 us     ukraine nato-membership                  unresolved reserved
W11 2025-11-30 us     ukraine accountability                   unresolved silent
W12 2025-11-22 us     ukraine damage-claims                    unresolved unanswered
W12 2025-11-30 us     europe  damage-claims                    unresolved reserved
W13 2025-12-30 us     ukraine lower-dnipro.dnipro-passage      overlap    shared-aim
W13 2025-11-30 us     europe  lower-dnipro.kinburn-spit        unresolved silent
W15 2026-06-30 europe ukraine guarantees.europe                overlap    shared-aim
W16 2026-06-30 russia ukraine territory-sequence               unresolved condition-pending
W17 2026-06-30 russia ukraine ceasefire                        unresolved condition-pending
W18 2026-06-30 russia ukraine elections                        conflict   red-line
W19 2025-03-14 russia ukraine kursk-troops                     unresolved unanswered
W20 2025-12-30 russia us      znpp                             unresolved condition-pending
W21 2025-12-30 russia ukraine withdrawal.kherson               overlap    common-ground
W22 2025-11-22 russia ukraine guarantees.russia                unresolved reserved
W23 2026-06-30 russia ukraine frozen-assets                    unresolved condition-pending
W24 2025-05-01 russia ukraine damage-claims                    conflict   rival-demands
W24 2026-06-30 russia ukraine accountability                   conflict   red-line
W25 2026-06-30 russia ukraine truce-scope.air                  unresolved reserved
W26 2024-12-30 russia ukraine security-zone                    unresolved proposals-ruled-out
W27 2025-06-05 russia ukraine civilian-returns.civilians       unresolved condition-pending
W27 2025-11-30 russia ukraine civilian-returns.civilians       unresolved silent
W30 2022-04-30 russia ukraine annexation-recognition.crimea    conflict   red-line
W33 2025-11-30 us     europe  truce-length                     unresolved silent
W34 2025-11-22 russia europe  foreign-troops.others            conflict   red-line
"""


@pytest.mark.parametrize("line", VERDICTS.strip().splitlines(), ids=str.strip)
def test_verdict(line: str) -> None:
    _, day, one, other, cell, verdict, reason = line.split()
    for parties in ((one, other), (other, one)):
        found = cells(day, *parties)[cell]
        assert (found["verdict"], found["reason"]) == (verdict, reason), found["explanation"]
