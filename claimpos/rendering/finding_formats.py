"""What a run of validate reports, in the formats that programs and sites read."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import groupby
from pathlib import PurePath
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from claimpos import __version__
from claimpos.dossier.findings import Finding
from claimpos.rendering.data import json_text
from claimpos.rendering.findings import checked_text, finding_text
from claimpos.rendering.text import inert_in_line, inert_in_log, safe
from claimpos.validation.catalogue import Page, catalogue
from claimpos.validation.checking import Checked, fingerprints
from claimpos.wording.grammar import counted

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element


def _json(checked: Checked, *_: object) -> str:
    """claimpos.validate/1, with everything; described by schemas/validate.schema.json."""
    return json_text(
        {
            "format": "claimpos.validate/1",
            "summary": {
                "errors": checked.count("error"),
                "warnings": checked.count("warning"),
                "notes": checked.count("note"),
                "silenced": checked.silenced,
                "files": len(checked.files),
            },
            "findings": [
                {
                    "code": finding.code,
                    "severity": finding.severity,
                    "message": finding.message,
                    "hint": finding.hint,
                    "file": finding.source.path,
                    "line": finding.span.line,
                    "column": finding.span.column,
                    "end_line": finding.span.end_line,
                    "end_column": finding.span.end_column,
                    "fingerprint": fingerprint,
                }
                for finding, fingerprint in _with_fingerprints(checked)
            ],
        }
    )


def _github(checked: Checked, *_: object) -> str:
    """Annotations of GitHub Actions, errors first, then the same as text.

    The site shows ten annotations per step and severity, so the lines of the log must list all; the
    last annotation of a severity says how many more there are.
    """
    annotations = [
        annotation
        for severity in _ANNOTATIONS
        for annotation in _annotations(
            [finding for finding in checked.findings if finding.severity == severity], severity
        )
    ]
    return "".join(annotations) + _paused(checked_text(checked))


def _annotations(findings: Sequence[Finding], severity: str) -> Iterator[str]:
    if len(findings) <= _ANNOTATED:
        yield from map(_annotation, findings)
        return
    yield from map(_annotation, findings[: _ANNOTATED - 1])
    rest = sum(finding.number for finding in findings[_ANNOTATED - 1 :])
    more = counted(rest, f"more {severity}", f"more {severity}s")
    yield f"::{_ANNOTATIONS[severity]}::and {more}, which the log of this step lists\n"


_ANNOTATED = 10
_ANNOTATIONS = {"error": "error", "warning": "warning", "note": "notice"}


def _annotation(finding: Finding) -> str:
    span = finding.span
    place = {"file": web_path(finding.source.path), "line": span.line, "endLine": span.end_line}
    if span.line == span.end_line:  # GitHub refuses columns of several lines
        place |= {"col": span.column, "endColumn": span.end_column}
    place["title"] = finding.code
    properties = ",".join(
        f"{key}={_annotated(str(value)).replace(':', '%3A').replace(',', '%2C')}"
        for key, value in place.items()
    )
    message = f"{finding.message}\n{finding.hint}" if finding.hint else finding.message
    return f"::{_ANNOTATIONS[finding.severity]} {properties}::{_annotated(message)}\n"


def _annotated(value: str) -> str:
    # Azure and TeamCity look for their commands anywhere in a line, so within an annotation, too.
    return inert_in_line(safe(value)).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _paused(plain: str) -> str:
    """Lines in which the site looks for no commands, although they quote files.

    The word that ends the pause is made from the lines, so none of them can hold it.
    """
    from hashlib import sha256

    word = sha256(plain.encode()).hexdigest()
    return f"::stop-commands::{word}\n{inert_in_log(plain)}::{word}::\n"


def _gitlab(checked: Checked, *_: object) -> str:
    """The code quality report of GitLab, shown beside the changed lines of a merge request."""
    severities = {"error": "major", "warning": "minor", "note": "info"}
    paths = _web_paths(checked.findings)
    return json_text(
        [
            {
                "description": _sentences(finding),
                "check_name": finding.code,
                "fingerprint": fingerprint,
                "severity": severities[finding.severity],
                "location": {
                    "path": paths[finding.source.path],
                    "lines": {"begin": finding.span.line, "end": finding.span.end_line},
                },
            }
            for finding, fingerprint in _with_fingerprints(checked)
        ]
    )


def _junit(checked: Checked, strict: bool) -> str:
    """JUnit XML: one test per file, which fails if its findings make the run fail."""
    from xml.etree.ElementTree import Element, SubElement, indent, tostring

    by_file = {
        path: list(found)
        for path, found in groupby(checked.findings, key=lambda finding: finding.source.path)
    }
    files = list(dict.fromkeys([*checked.files, *by_file]))
    severities = {"error", "warning"} if strict else {"error"}
    root = Element("testsuites")
    suite = SubElement(root, "testsuite", name="claimpos validate")
    for path in files:
        case = SubElement(suite, "testcase", name=_in_xml(path), classname="claimpos")
        _add_findings(case, by_file.get(path, []), severities)
    failures = len(suite.findall("testcase/failure"))
    for element in (root, suite):
        element.attrib |= {"tests": str(len(files)), "failures": str(failures), "errors": "0"}
    indent(root)
    return f"{_XML_HEAD}\n{tostring(root, encoding='unicode')}\n"


_XML_HEAD = '<?xml version="1.0" encoding="UTF-8"?>'
_NOT_IN_XML = "[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"


def _add_findings(case: Element, findings: Sequence[Finding], severities: set[str]) -> None:
    """Add the findings that make the run fail as a failure, and the others as output."""
    from xml.etree.ElementTree import SubElement

    failing = [finding for finding in findings if finding.severity in severities]
    others = [finding for finding in findings if finding.severity not in severities]
    if failing:
        message = _in_xml(f"{failing[0].message} [{failing[0].code}]")
        number = sum(finding.number for finding in failing) - 1
        more = f", and {number} more" if number else ""
        kind = failing[0].severity
        SubElement(case, "failure", message=message + more, type=kind).text = _lines(failing)
    if others:
        SubElement(case, "system-out").text = _lines(others)


def _lines(findings: Sequence[Finding]) -> str:
    return _in_xml("\n".join(map(finding_text, findings)))


def _in_xml(text: str) -> str:
    return re.sub(_NOT_IN_XML, "\N{REPLACEMENT CHARACTER}", safe(text))


_SARIF_RESULTS = 25_000  # code scanning refuses a run with more


def _sarif(checked: Checked, *_: object) -> str:
    """SARIF 2.1.0, the format of code scanning: one run, with the rules that were broken.

    Of more results than code scanning takes, the least severe are left out, and counted.
    """
    pages = catalogue()
    severities = [*_ANNOTATIONS]
    ranked = sorted(
        enumerate(_with_fingerprints(checked)),
        key=lambda numbered: severities.index(numbered[1][0].severity),
    )
    chosen = [pair for _, pair in sorted(ranked[:_SARIF_RESULTS], key=lambda numbered: numbered[0])]
    codes = sorted({finding.code for finding, _ in chosen})
    paths = _web_paths(finding for finding, _ in chosen)
    driver = {
        "name": "claimpos",
        "version": __version__,
        "rules": [_sarif_rule(pages[code]) for code in codes],
    }
    run: dict[str, Any] = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [
            _sarif_result(
                finding, paths[finding.source.path], codes.index(finding.code), fingerprint
            )
            for finding, fingerprint in chosen
        ],
    }
    if more := len(ranked) - len(chosen):
        text = f"{more:,} more findings are left out: code scanning takes {_SARIF_RESULTS:,}"
        notification = {"level": "warning", "message": {"text": text}}
        run["invocations"] = [
            {"executionSuccessful": True, "toolExecutionNotifications": [notification]}
        ]
    schema = "https://json.schemastore.org/sarif-2.1.0.json"
    return json_text({"$schema": schema, "version": "2.1.0", "runs": [run]})


def _sarif_rule(page: Page) -> dict[str, Any]:
    return {
        "id": page.code,
        "shortDescription": {"text": _sarif_text(page.title)},
        "fullDescription": {"text": _sarif_text(page.text or page.title)},
        "help": {"text": f"claimpos rules {page.code} explains it, with examples."},
        "defaultConfiguration": {"level": page.severity},
    }


def _sarif_result(finding: Finding, path: str, rule: int, fingerprint: str) -> dict[str, Any]:
    span = finding.span
    region = {
        "startLine": span.line,
        "startColumn": span.column,
        "endLine": span.end_line,
        "endColumn": span.end_column,
    }
    place = {
        "artifactLocation": {"uri": quote(os.fsencode(path))},
        "region": region,
    }
    return {
        "ruleId": finding.code,
        "ruleIndex": rule,
        "level": finding.severity,
        "message": {"text": _sarif_text(_sentences(finding))},
        "locations": [{"physicalLocation": place}],
        "partialFingerprints": {"claimpos/v1": fingerprint},
    }


def _sarif_text(text: str) -> str:
    """A plain text message (SARIF, 3.11): braces are doubled, and nothing in it is a link."""
    return text.replace("{", "{{").replace("}", "}}").replace("](", "] (")


FORMATS: Mapping[str, Callable[[Checked, bool], str]] = {
    "json": _json,
    "github": _github,
    "gitlab": _gitlab,
    "junit": _junit,
    "sarif": _sarif,
}
"""The formats by name; with `True`, warnings fail, for which only JUnit has a word."""


def _with_fingerprints(checked: Checked) -> Iterator[tuple[Finding, str]]:
    return zip(checked.findings, fingerprints(checked.findings), strict=True)


_FIRST_WORD = r"\A[a-z]+(?=[ :;])"


def _sentences(finding: Finding) -> str:
    """What is wrong and the remedy, in one line without anything that steers its reader."""
    sentences = [_begun(text) for text in (finding.message, finding.hint) if text]
    return " ".join(safe(". ".join(sentences)).split())


def _begun(text: str) -> str:
    """The text with a capital, if it begins with a word and not with a name."""
    return re.sub(_FIRST_WORD, lambda word: word.group().capitalize(), text)


# ---- paths as sites want them ----

_ROOTS = ("GITHUB_WORKSPACE", "CI_PROJECT_DIR")


def web_path(path: str) -> str:
    """A path from the root of the repository, with slashes on every system.

    Args:
        path: The path from the working directory.

    Returns:
        The path from the repository's root, which is the nearest folder with a `.git`, within the
        folder that the CI service names; as it is, where there is neither. A file that is a link
        keeps its own name.
    """
    above, name = os.path.split(path)
    try:
        real = os.path.join(os.path.realpath(above), name)
    except ValueError:  # no file can have this name
        return PurePath(path).as_posix()
    root = _root_of(os.path.dirname(real), tuple(map(os.environ.get, _ROOTS)))
    return PurePath(path if root is None else os.path.relpath(real, root)).as_posix()


def _web_paths(findings: Iterable[Finding]) -> dict[str, str]:
    """The `web_path` of each file with findings, of which it may have thousands."""
    return {path: web_path(path) for path in {finding.source.path for finding in findings}}


@lru_cache(maxsize=256)
def _root_of(folder: str, named: tuple[str | None, ...]) -> str | None:
    """The root of the repository that a folder lies in; None if it lies in none."""
    given = next((os.path.realpath(one) for one in named if one and _is_in(folder, one)), None)
    place = folder
    while True:
        if os.path.lexists(os.path.join(place, ".git")):
            return place
        above = os.path.dirname(place)
        if place in (given, above):
            return given
        place = above


def _is_in(folder: str, root: str) -> bool:
    real = os.path.realpath(root)
    return os.path.isabs(root) and (
        folder == real or folder.startswith(real.rstrip(os.sep) + os.sep)
    )
