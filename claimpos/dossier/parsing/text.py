"""Text → data, and what is wrong with its syntax."""

from __future__ import annotations

import yaml

from claimpos.dossier.findings import Finding, SourceText
from claimpos.dossier.nodes import Node
from claimpos.dossier.parsing.composing import Unusual, compose
from claimpos.dossier.parsing.faults import faults
from claimpos.dossier.parsing.printable import is_printable, unprintable

# Of an anchor, an alias, a tag and an escaped character composing does not tell.
_SIGNS = "&*!\\"


def parse(source: SourceText) -> tuple[Node, list[Finding]]:
    """Turn a file's text into data with places; see `read_file`."""
    if source.parsed is not None:
        return source.parsed, []
    text = source.text
    if not is_printable(text):
        return None, unprintable(source)
    if any(sign in text for sign in _SIGNS) and (findings := faults(source)):
        return None, findings
    try:
        return compose(text), []
    except (Unusual, yaml.YAMLError, RecursionError):
        return None, faults(source)
