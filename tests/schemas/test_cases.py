"""Example documents: a file dropped into `cases/<schema>/` is a test.

`valid-*.yaml` passes. `invalid-*.yaml` begins with a comment line for each place in the document
at which the schema refuses it, `# refused at: $.issues.ceasefire`, and is refused nowhere else.
"""

import re
from functools import cache
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from .support import CASE_FOLDER, CURRENT, SCHEMAS, case_id, cases, document, location, schema_name


@cache
def validator(name: str) -> Draft202012Validator:
    return Draft202012Validator(SCHEMAS[name])


def refusals(case: Path) -> set[str]:
    errors = validator(schema_name(case)).iter_errors(document(case))
    return {location(error.absolute_path) for error in errors}


@pytest.mark.parametrize("case", cases("valid-*.yaml"), ids=case_id)
def test_valid_document_passes(case: Path) -> None:
    assert refusals(case) == set()


@pytest.mark.parametrize("case", cases("invalid-*.yaml"), ids=case_id)
def test_invalid_document_is_refused_where_it_says(case: Path) -> None:
    stated = re.findall(r"^# refused at: (\S+)$", case.read_text("utf-8"), re.MULTILINE)
    assert stated, "the first line says `# refused at: <place>`"
    assert refusals(case) == set(stated)


def test_every_case_is_run() -> None:
    run = {*cases("valid-*.yaml"), *cases("invalid-*.yaml")}
    assert {path for path in CASE_FOLDER.rglob("*") if path.is_file()} == run


@pytest.mark.parametrize("name", CURRENT)
def test_schema_has_cases_of_both_sorts(name: str) -> None:
    assert list((CASE_FOLDER / name).glob("valid-*.yaml"))
    assert list((CASE_FOLDER / name).glob("invalid-*.yaml"))
