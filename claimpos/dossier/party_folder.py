"""A party in a folder of its own: many small files that are read as one.

`parties/russia/party.yaml` holds what a party's single file would. Its statements and positions may
be in that file, or in files in the folders `statements` and `positions` beside it; each of these
holds some pairs of the map with the folder's name.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from claimpos.dossier.findings import START, Finding, SourceText, Span
from claimpos.dossier.locate import PARTIES, PARTY, PIECES, file_of
from claimpos.dossier.nodes import JoinedMap, Map, Node
from claimpos.dossier.parsing.file import parse


class Home(NamedTuple):
    """The party to whose folder a file belongs, and the map of which it is a piece.

    `piece` is empty for party.yaml.
    """

    party: str
    piece: str


def home_of(name: str) -> Home | None:
    """The home of a file, by its name within the dossier; None if it is in no party's folder."""
    above, *within = name.split("/")
    if above != PARTIES or len(within) not in (2, 3):
        return None
    party, *folders, file = within
    if not folders and file == PARTY:
        return Home(party, "")
    return Home(party, folders[0]) if folders and folders[0] in PIECES else None


def folders_in(names: Iterable[str]) -> dict[str, list[str]]:
    """The files of each party's folder, by the name that a single file would have."""
    folders: dict[str, list[str]] = {}
    for name in names:
        if (home := home_of(name)) is not None:
            folders.setdefault(file_of(home.party), []).append(name)
    return folders


class JoinedText(SourceText):
    """The files of a party's folder, one after the other as one text, party.yaml first.

    `path` is that of the folder. `place` translates a place in the text to one in a file.
    """

    def __init__(self, path: str, files: Mapping[str, SourceText]) -> None:
        self._files = files
        self._texts = list(files.values())
        self._node: Node = None
        self._begins = [text.before for text in self._texts]
        super().__init__(path, "".join(map(_whole_lines, files.values())))

    @property
    def files(self) -> Mapping[str, SourceText]:
        return self._files

    @property
    def parsed(self) -> Node:
        """The data of all files; after it was set to None, it is put together again."""
        if self._node is None:
            self._node = self.compose()[0]
        return self._node

    @parsed.setter
    def parsed(self, node: Node) -> None:
        self._node = node
        for text in self._texts if node is None else ():
            text.parsed = None

    def place(self, span: Span) -> tuple[SourceText, Span]:
        text = self._texts[bisect_right(self._begins, span.line - 1) - 1]
        begin = text.before
        end_line = min(span.end_line - begin, text.length)
        return text, Span(span.line - begin, span.column, end_line, span.end_column)

    def compose(self) -> tuple[Node, list[Finding]]:
        """The data of all files as one party's, and what is wrong with them."""
        root = parse(self._texts[0])[0]
        if not isinstance(root, Map):
            return root, []
        findings: list[Finding] = []
        instead: dict[str, Node] = {}
        for piece in PIECES:
            own = root.get(piece)
            if own is None or isinstance(own, Map):  # anything else is reported as in any file
                maps = [] if own is None else [own]
                findings += self._pieces(piece, maps)
                instead[piece] = JoinedMap(maps) if maps else Map(root._parsed, root._before)
        return JoinedMap([root], instead), findings

    def _pieces(self, piece: str, maps: list[Map]) -> Iterator[Finding]:
        """Add the pieces of a map to `maps`, and report what is wrong with them."""
        seen = {key for one in maps for key in one}
        for name, text in self._files.items():
            home = home_of(name)
            if home is None or home.piece != piece:
                continue
            found = parse(text)[0]
            if not isinstance(found, Map):
                yield self._no_map(piece, text)
                continue
            for key in found:
                if key in seen:
                    message = f"“{key}” stands in another file of this party, too"
                    hint = "merge the two, or delete one"
                    yield Finding("CP102", self, found.key_at(key), message, hint)
            seen.update(found)
            maps.append(found)

    def _no_map(self, piece: str, text: SourceText) -> Finding:
        span = START._replace(line=text.before + 1, end_line=text.before + 1)
        message = f"expected a map, of what stands under “{piece}” in a party's single file"
        return Finding("CP204", self, span, message, f"begin with the id of one of the {piece}")


def _whole_lines(text: SourceText) -> str:
    return text.text if not text.text or text.text.endswith(("\n", "\r")) else f"{text.text}\n"


def lines_of(text: SourceText) -> int:
    """The number of lines of a text that another text follows."""
    return SourceText("", _whole_lines(text)).length - 1
