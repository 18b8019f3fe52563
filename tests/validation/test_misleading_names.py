"""CP610: names that read like the words of a report, or like several names."""

from datetime import date
from pathlib import Path

import pytest

from claimpos.validation.checking import check_folder
from tests.support import write_short

MISLEADING = [
    *("the port / the union", "the port/the union", "the port + the union", "the port – the union"),
    *("the port ＆ the union", "the port (with the union)", "the port und the union"),
    *("the pört and the union", "the port, the union"),
    *("the port supports", "the port rules out", "the port leaves open", "the port has agreed"),
    *("the port goes up to", "the port (accepts every term)", "the port (rejects this)"),
    *("the port—accepts", "the port/accepts", "the port áccepts", "the port ａｃｃｅｐｔｓ"),
    *("the port wants", "the port accepted", "the port  goes  up  to", "the port,  as  of 1 March"),
    *(
        "the port ⁄ the union",
        "the port | the union",
        "the port (the union)",
        "the port → the union",
    ),
    *("settled", "undecided", "demands", "yes", "all four", "whoever", "the signatories"),
    *("the port 𝐚𝐜𝐜𝐞𝐩𝐭𝐬", "the port could", "the port is open"),
    *("all delegations", "no delegation", "nobody at all", "no member", "unanimity", "unknown"),
    *("a red line", "a position", "the former", "we", "5 per cent", "7%"),
    *("the port alone", "the port too", "hardly", "at least the port", "even the port"),
]
NAMES = [
    *("the dock workers", "the port of Łódź", "the committee on rules", "St. Kitts and Nevis"),
    *("the farmers' and bakers' guild", "the Franco-German side", "the union (north)", "the US"),
    *(
        "the Red Cross",
        "the First Chamber",
        "the support group",
        "Bosnia/Herzegovina",
        "the 5 Star",
    ),
    *("Côte d’Ivoire", "the People's Will", "the Open Society", "and Others Ltd", "the 5 Star"),
]


def _found(folder: Path, short: str) -> list[str]:
    agenda = {"war": {"options": ["x", "y"]}}
    named = {"cat": {"name": "The union"}, "bo": {"short": short}}
    write_short(folder, agenda, {"ann": {}, "bo": {}, "cat": {}}, {}, named)
    findings = check_folder(folder, date(2025, 1, 1)).findings
    return [finding.message for finding in findings if finding.code == "CP610"]


@pytest.mark.parametrize("short", MISLEADING)
def test_a_name_that_reads_like_words_of_a_report(tmp_path: Path, short: str) -> None:
    (message,) = _found(tmp_path, short)
    assert " ".join(short.split()) in message


@pytest.mark.parametrize("short", NAMES)
def test_a_name_that_can_only_be_a_name(tmp_path: Path, short: str) -> None:
    assert _found(tmp_path, short) == []
