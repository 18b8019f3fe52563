"""What sites take: ten annotations of a severity, and so many results; the rest is counted."""

from __future__ import annotations

import json

import pytest

from claimpos.dossier.findings import Finding, Severity, SourceText, Span
from claimpos.rendering import finding_formats
from claimpos.rendering.findings import report
from claimpos.rendering.text import Paint
from claimpos.validation.checking import Checked

SOURCE = SourceText("positions/union.yaml", "party: union\n" * 40)
PLAIN = Paint(on=False)


def checked(**numbers: int) -> Checked:
    """Findings of each severity, so many of each, in the order of their lines."""
    severities: dict[str, Severity] = {"error": "error", "warning": "warning", "note": "note"}
    findings = [
        Finding("CP302", SOURCE, Span(line, 1, line, 2), "unknown", "mend it", severities[severity])
        for severity, number in numbers.items()
        for line in range(1, number + 1)
    ]
    return Checked(findings, [SOURCE.path])


def annotation_lines(found: Checked) -> list[str]:
    lines = report(found, "github", PLAIN).partition("::stop-commands::")[0].splitlines()
    assert all(line.startswith("::") for line in lines)
    return lines


@pytest.mark.parametrize("number", [0, 1, 9, 10])
def test_all_that_fit_are_annotated(number: int) -> None:
    lines = annotation_lines(checked(error=number, warning=2))
    assert len(lines) == number + 2
    assert not any("more" in line for line in lines)


def test_the_last_annotation_counts_the_rest() -> None:
    lines = annotation_lines(checked(error=11, note=40, warning=3))
    assert [line.split(" ")[0].strip(":") for line in lines] == [
        *["error"] * 9,
        "error::and",
        *["warning"] * 3,
        *["notice"] * 9,
        "notice::and",
    ]
    assert lines[9] == "::error::and 2 more errors, which the log of this step lists"
    assert lines[-1] == "::notice::and 31 more notes, which the log of this step lists"


def test_the_log_lists_all() -> None:
    assert report(checked(error=30), "github", PLAIN).count("help: mend it") == 30


def test_code_scanning_gets_the_most_severe(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(finding_formats, "_SARIF_RESULTS", 5)
    (run,) = json.loads(report(checked(note=4, error=3), "sarif", PLAIN))["runs"]
    assert [result["level"] for result in run["results"]] == ["note"] * 2 + ["error"] * 3
    (invocation,) = run["invocations"]
    (notification,) = invocation["toolExecutionNotifications"]
    assert "2 more findings are left out" in notification["message"]["text"]
    assert invocation["executionSuccessful"] is True


def test_a_run_that_fits_says_nothing_of_it() -> None:
    (run,) = json.loads(report(checked(error=3), "sarif", PLAIN))["runs"]
    assert "invocations" not in run
