"""JUnit XML: a test a file, which fails as the run does, if the file has errors."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby
from xml.etree import ElementTree

from claimpos.dossier.findings import Finding
from claimpos.rendering.findings import finding_text
from claimpos.rendering.text import safe
from claimpos.validation.checking import Checked

_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def report(checked: Checked, strict: bool = False) -> str:
    """One test suite; what fails nothing, as warnings unless `strict`, stands in the output."""
    by_file = {
        path: list(found)
        for path, found in groupby(checked.findings, key=lambda finding: finding.source.path)
    }
    files = list(dict.fromkeys([*checked.files, *by_file]))
    severities = {"error", "warning"} if strict else {"error"}
    root = ElementTree.Element("testsuites")
    suite = ElementTree.SubElement(root, "testsuite", name="claimpos validate")
    for path in files:
        case = ElementTree.SubElement(suite, "testcase", name=_text(path), classname="claimpos")
        _tell(case, by_file.get(path, []), severities)
    failures = len(suite.findall("testcase/failure"))
    for element in (root, suite):
        element.attrib |= {"tests": str(len(files)), "failures": str(failures), "errors": "0"}
    ElementTree.indent(root)
    return _HEAD + ElementTree.tostring(root, encoding="unicode") + "\n"


def _tell(case: ElementTree.Element, findings: Sequence[Finding], severities: set[str]) -> None:
    failing = [finding for finding in findings if finding.severity in severities]
    others = [finding for finding in findings if finding.severity not in severities]
    if failing:
        message = _text(f"{failing[0].message} [{failing[0].code}]")
        number = sum(finding.number for finding in failing) - 1
        more = f", and {number} more" if number else ""
        failure = ElementTree.SubElement(
            case, "failure", message=message + more, type=failing[0].severity
        )
        failure.text = _lines(failing)
    if others:
        ElementTree.SubElement(case, "system-out").text = _lines(others)


def _lines(findings: Sequence[Finding]) -> str:
    return _text("\n".join(map(finding_text, findings)))


def _text(text: str) -> str:
    return _NO_XML.sub("\N{REPLACEMENT CHARACTER}", safe(text))
