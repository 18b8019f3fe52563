"""The readers and the JSON Schemas describe the same files."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from claimpos.dossier.findings import SourceText
from claimpos.dossier.model import Issue, Source
from claimpos.dossier.nodes import Node
from claimpos.dossier.parsing.file import parse
from claimpos.dossier.reading.agenda import read_agenda
from claimpos.dossier.reading.documents import read_proposal, read_sources
from claimpos.dossier.reading.form import Reading, Register
from claimpos.dossier.reading.party import read_party
from claimpos.dossier.schemas import schema
from claimpos.validation.shape import explain_shape
from tests.conftest import examples
from tests.dossier.plain import AGENDA, BRACKETED, FILES, PARTY, SOURCES, as_yaml, changed

VALIDATORS = {name: Draft202012Validator(schema(name)) for name in FILES}


def node_of(data: Any) -> tuple[Node, SourceText]:
    source = SourceText("norway.yaml", as_yaml(data))
    node, findings = parse(source)
    assert not findings
    return node, source


def issues_and_sources() -> tuple[Register[Issue], Register[Source]]:
    reading = Reading(SourceText("", ""))
    agenda = read_agenda(node_of(AGENDA)[0], reading)
    sources = read_sources(node_of(SOURCES)[0], reading)
    assert not reading.misshapen
    assert not reading.findings
    return agenda.issues, sources


ISSUES, KNOWN_SOURCES = issues_and_sources()


def misshapen(name: str, data: Any) -> bool:
    node, source = node_of(data)
    reading = Reading(source)
    if name == "agenda":
        read_agenda(node, reading)
    elif name == "sources":
        read_sources(node, reading)
    elif name == "party":
        read_party(node, ISSUES, KNOWN_SOURCES, reading)
    else:
        read_proposal(node, ISSUES, KNOWN_SOURCES, ["norway", "other"], reading)
    return reading.misshapen


SAMPLES = [*FILES.items(), ("proposal", BRACKETED)]
every_sample = pytest.mark.parametrize(
    ("name", "sample"), SAMPLES, ids=[*FILES, "bracketed proposal"]
)


@every_sample
def test_the_sample_is_valid(name: str, sample: Any) -> None:
    assert not misshapen(name, sample)
    assert VALIDATORS[name].is_valid(sample)


@every_sample
@examples(300)
@given(data=st.data())
def test_reader_and_schema_agree(name: str, sample: Any, data: st.DataObject) -> None:
    piece = data.draw(changed(sample))
    node, source = node_of(piece)
    refused = not VALIDATORS[name].is_valid(node)
    assert misshapen(name, piece) == refused
    if refused:
        assert "CP200" not in {finding.code for finding in explain_shape(name, source, node)}


def test_the_fallback_of_the_explainer() -> None:
    node, source = node_of(PARTY)
    (finding,) = explain_shape("party", source, node)
    assert (finding.code, finding.message) == ("CP200", "this is not a party file")
