"""The names by which the parties of a dossier are known: each may belong to one of them only."""

from __future__ import annotations

from claimpos.dossier.looks import looks, without_articles
from claimpos.dossier.model import Party
from claimpos.dossier.nodes import Map, Node
from claimpos.dossier.reading.form import Reading


class PartyNames:
    """The names of the parties read so far, with their owners."""

    def __init__(self) -> None:
        self._ids: dict[str, str] = {}
        """The ids and aliases."""
        self._former: dict[str, str] = {}
        self._looks: dict[str, Party] = {}
        """What the names look like."""
        self._looks_of_ids: dict[str, Party] = {}
        """What the ids and aliases look like."""

    def check(self, party: Party, node: Node, reading: Reading) -> None:
        """Note a party's names, and report those that belong to another party, or look like it."""
        if isinstance(node, Map):
            self._check_ids(party, node, reading)
            self._check_looks(party, node, reading)

    def _check_ids(self, party: Party, node: Map, reading: Reading) -> None:
        """Ids, aliases and former ids; several parties may have been one before."""
        named = {party.id: "party", **dict.fromkeys(party.aliases, "aliases")}
        others = [
            (name, key, owner)
            for name, key in named.items()
            for owner in (self._ids.setdefault(name, party.id), self._former.get(name, party.id))
        ]
        for name in party.formerly:
            self._former.setdefault(name, party.id)
            others.append((name, "formerly", self._ids.get(name, party.id)))
        for name, key, owner in others:
            if owner != party.id:
                message = f"the name “{name}” already belongs to the party “{owner}”"
                reading.fault("CP309", node.at(key), message, "give it to one of them only")

    def _check_looks(self, party: Party, node: Map, reading: Reading) -> None:
        """Report a name that looks like one of another party's, or an id or alias that does."""
        names = [(party.label, "short" if "short" in node else "name"), (party.name, "name")]
        ids = [(party.id, "party"), *((alias, "aliases") for alias in party.aliases)]
        for name, key in (*names, *ids):
            is_id = (name, key) in ids
            forms = [_form_of_id(name)] if is_id else _forms(name)
            known = [self._looks] if is_id else [self._looks, self._looks_of_ids]
            owner = next((one[form] for one in known for form in forms if form in one), None)
            if owner is not None:
                message = f"the name “{name}” looks like a name of the party “{owner.id}”"
                hint = "give them names that tell them apart"
                reading.fault("CP309", node.at(key), message, hint)
                break
        for form in (form for name, _ in names for form in _forms(name)):
            self._looks.setdefault(form, party)
        for name, _ in ids:
            self._looks_of_ids.setdefault(_form_of_id(name), party)


def _form_of_id(name: str) -> str:
    """The letters of an id, which shows no capital i that would look like its small l."""
    return name.replace("-", "")


def _forms(name: str) -> list[str]:
    return sorted(looks(without_articles(name)))
