"""What the tests of the schemas share: the schemas, the example documents, and where errors are."""

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from claimpos.dossier.schemas import schema, schema_names

SCHEMA_FOLDER = Path(__file__).parents[2] / "schemas"
CASE_FOLDER = Path(__file__).parent / "cases"

SCHEMAS = {name: schema(name) for name in schema_names()}
CURRENT = [name for name in SCHEMAS if not name[-1].isdigit()]
"""The schemas but those of formats that a later one has replaced."""


class JsonScalars(yaml.CSafeLoader):
    """Reads true, false, null and numbers as JSON writes them, and all else as text."""


JsonScalars.yaml_implicit_resolvers = {}
for tag, pattern, first in (
    ("bool", r"(?:true|false)\Z", "tf"),
    ("null", r"null\Z", "n"),
    ("int", r"-?(?:0|[1-9][0-9]*)\Z", "-0123456789"),
    ("float", r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?\Z", "-0123456789"),
):
    JsonScalars.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(pattern), list(first))


@cache
def _quick_validator(name: str) -> Any:
    quick = pytest.importorskip("jsonschema_rs", reason="jsonschema-rs is not installed")
    return quick.Draft202012Validator(SCHEMAS[name])


def errors_by_schema(name: str, data: Any) -> list[str]:
    """What a schema says is wrong with some data, by the validator that is quick enough for many.

    That it says the same as jsonschema is tested in test_agreement.py.
    """
    return [error.message for error in _quick_validator(name).iter_errors(data)]


def cases(pattern: str) -> list[Path]:
    """The example documents that a file name pattern finds, whatever the schema."""
    found = sorted(CASE_FOLDER.glob(f"*/{pattern}"))
    assert found, pattern
    return found


def document(case: Path) -> Any:
    return yaml.load(case.read_text("utf-8"), JsonScalars)


def schema_name(case: Path) -> str:
    return case.parent.name


def case_id(case: Path) -> str:
    return f"{schema_name(case)}/{case.stem}"


def location(path: Iterable[str | int]) -> str:
    """Where in a document, from its root `$`: `$.issues.ceasefire.options`."""
    return "$" + "".join(f"[{key}]" if isinstance(key, int) else f".{key}" for key in path)
