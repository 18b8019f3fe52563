"""JUnit XML: a test a file, which fails if the file has errors or warnings."""

from __future__ import annotations

import re
from itertools import groupby
from xml.etree import ElementTree

from claimpos.dossier.findings import Finding
from claimpos.rendering.findings import finding_text
from claimpos.rendering.text import safe
from claimpos.validation.checking import Checked

_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def report(checked: Checked) -> str:
    """One test suite; notes fail nothing and stand in its output."""
    by_file = {
        path: list(found)
        for path, found in groupby(checked.findings, key=lambda finding: finding.source.path)
    }
    files = list(dict.fromkeys([*checked.files, *by_file]))
    root = ElementTree.Element("testsuites")
    suite = ElementTree.SubElement(root, "testsuite", name="claimpos validate")
    failed = [_case(suite, path, by_file.get(path, [])) for path in files]
    counts = {"tests": str(len(files)), "failures": str(sum(failed)), "errors": "0"}
    for element in (root, suite):
        element.attrib |= counts
    ElementTree.indent(root)
    return ElementTree.tostring(root, encoding="unicode", xml_declaration=True) + "\n"


def _case(suite: ElementTree.Element, path: str, findings: list[Finding]) -> bool:
    name = _text(path)
    case = ElementTree.SubElement(suite, "testcase", name=name, classname="claimpos", time="0")
    failing = [finding for finding in findings if finding.severity != "note"]
    if failing:
        message = _text(f"{failing[0].message} [{failing[0].code}]")
        failure = ElementTree.SubElement(case, "failure", message=message, type=failing[0].severity)
        failure.text = _text("\n".join(map(finding_text, failing)))
    notes = [finding for finding in findings if finding.severity == "note"]
    if notes:
        output = ElementTree.SubElement(case, "system-out")
        output.text = _text("\n".join(map(finding_text, notes)))
    return bool(failing)


def _text(text: str) -> str:
    return _NO_XML.sub("\N{REPLACEMENT CHARACTER}", safe(text))
