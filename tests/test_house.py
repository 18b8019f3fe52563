"""The rooms of the package: imports run downwards, and what is heavy has one door."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[1] / "claimpos"

# By storey; rooms of one storey do not import each other.
STOREYS = (
    {"errors"},
    {"dossier"},
    {"comparison"},
    {"deals", "validation"},
    {"wording"},
    {"rendering"},
    {"briefing", "importing"},
    {"cli"},
    {"__main__"},
)
STOREY = {room: number for number, rooms in enumerate(STOREYS) for room in rooms}

DOORS = {
    "yaml": {"dossier/parsing", "importing/writing.py"},
    "clingo": {"deals/solver.py"},
    "jsonschema": {"validation/schema_fit.py"},
    "subprocess": {"validation/git_reader.py"},
    "jinja2": {"briefing"},
    "markupsafe": {"briefing"},
    "openpyxl": {"importing"},
    "tabulate": {"rendering/tables.py"},
    "scipy": {"comparison/clustering.py"},
    "typer": {"cli", "__main__.py"},
}
# Of these doors it is not enough that few come by: they open when the thing itself is asked for.
WITHIN_FUNCTIONS = {"openpyxl", "tabulate", "scipy"}

MODULES = sorted(PACKAGE.rglob("*.py"))


def place(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()


def imports_of(path: Path, *, outermost: bool = False) -> Iterator[str]:
    """The modules that a module imports, in functions too, but for the eyes of a type checker."""
    waiting: list[ast.AST] = [ast.parse(path.read_text("utf-8"))]
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module is not None:
            yield node.module
        elif isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            waiting += node.orelse
        elif not (outermost and isinstance(node, ast.FunctionDef)):
            waiting += ast.iter_child_nodes(node)


@pytest.mark.parametrize("path", MODULES, ids=place)
def test_imports_run_downwards(path: Path) -> None:
    room = place(path).partition("/")[0].removesuffix(".py")
    if room == "__init__":
        assert [*imports_of(path, outermost=True)] == ["__future__"]
        return
    for name in imports_of(path):
        first, _, rest = name.partition(".")
        other = rest.partition(".")[0]
        if first == "claimpos" and other not in {"", room}:
            assert STOREY[other] < STOREY[room], name


@pytest.mark.parametrize("path", MODULES, ids=place)
def test_what_is_heavy_has_one_door(path: Path) -> None:
    for name in imports_of(path):
        doors = DOORS.get(name.partition(".")[0], {""})
        assert place(path).startswith(tuple(doors)), name
    for name in imports_of(path, outermost=True):
        assert name.partition(".")[0] not in WITHIN_FUNCTIONS


def test_reports_are_laid_out_once_and_without_markup() -> None:
    """What makes a document knows no target; which renderer it goes to is decided in one place."""
    targets = {"tables", "text", "terminal", "markdown", "html", "latex", "renderer", "renderers"}
    reports = [path for path in MODULES if "_document(" in path.read_text("utf-8")]
    made = [path for path in reports if path.parent.name == "rendering"]
    assert len(made) > 7
    for path in made:
        assert not {f"claimpos.rendering.{name}" for name in targets} & {*imports_of(path)}
    calls = [path for path in MODULES if " rendered(" in path.read_text("utf-8")]
    assert [place(path) for path in calls] == ["cli/formats.py", "rendering/renderers.py"]


def test_every_file_is_opened_by_one_door() -> None:
    """It is dossier/files.py; who else opens a file, and which, is listed here."""
    known = {
        "__main__.py": "os.devnull",
        "briefing/confinement.py": "a pipe",
        "briefing/drawing.py": "what ships with the templates",
        "cli/output.py": "what it writes, and os.devnull",
        "deals/solver.py": "the model",
        "dossier/files.py": "the door",
        "dossier/memory.py": "the user's own cache, which no link leads out of",
        "dossier/schemas.py": "the schemas that ship with claimpos",
        "rendering/guide.py": "the pages of the guide",
    }
    opening = {
        place(path)
        for path in MODULES
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call)
        and ast.unparse(node.func).rpartition(".")[2]
        in {"open", "fdopen", "read_text", "read_bytes"}
        and not ast.unparse(node.func).startswith("self.")
    }
    assert opening == known.keys()
