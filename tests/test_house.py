"""The house: imports run downwards, what is heavy has one door, words come from one room."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

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
    {"curating", "language_server"},
    {"cli"},
    {"__main__"},
)
STOREY = {room: number for number, rooms in enumerate(STOREYS) for room in rooms}

DOORS = {
    "yaml": {
        "curating/batches.py",
        "curating/insertions.py",
        "dossier/parsing",
        "importing/writing.py",
    },
    "clingo": {"deals/solver.py"},
    "jsonschema": {"validation/schema_fit.py"},
    "subprocess": {"validation/git_reader.py"},
    "jinja2": {"briefing"},
    "markupsafe": {"briefing"},
    "openpyxl": {"importing"},
    "docx": {
        "importing/text_writing.py",
        "rendering/word_file.py",
        "rendering/word_reference.py",
    },
    "typst": {"rendering/typst.py"},
    "resvg_py": {"briefing/drawing.py"},
    "tabulate": {"rendering/tables.py"},
    "lsprotocol": {"language_server/"},
    "pygls": {"language_server/"},
    "scipy": {"comparison/matrix.py"},
    "numpy": {"comparison/reliability.py"},
    "krippendorff": {"comparison/reliability.py"},
    "typer": {"cli", "__main__.py"},
}
# Of these doors it is not enough that few come by: they open when the thing itself is asked for.
WITHIN_FUNCTIONS = {
    "docx",
    "krippendorff",
    "numpy",
    "openpyxl",
    "resvg_py",
    "scipy",
    "tabulate",
    "typst",
}

MODULES = sorted(PACKAGE.rglob("*.py"))


def place(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


@cache
def nodes(path: Path) -> list[ast.AST]:
    return [*ast.walk(tree(path))]


def dotted(node: ast.AST) -> str:
    """An expression as a name with dots, such as `json.dumps`; what is no name is left out."""
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}"
    return node.id if isinstance(node, ast.Name) else ""


@cache
def imports_of(path: Path, *, outermost: bool = False) -> list[str]:
    """The modules that a module imports, in functions too, but for the eyes of a type checker."""
    names: list[str] = []
    waiting: list[ast.AST] = [tree(path)]
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.Import):
            names += [name.name for name in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module is not None:
            names.append(node.module)
        elif isinstance(node, ast.If) and dotted(node.test) == "TYPE_CHECKING":
            waiting += node.orelse
        elif not (outermost and isinstance(node, ast.FunctionDef)):
            waiting += ast.iter_child_nodes(node)
    return names


def test_imports_run_downwards() -> None:
    for path in MODULES:
        room = place(path).partition("/")[0].removesuffix(".py")
        if room == "__init__":
            assert imports_of(path, outermost=True) == ["__future__"]
            continue
        for name in imports_of(path):
            first, _, rest = name.partition(".")
            other = rest.partition(".")[0]
            if first == "claimpos" and other not in {"", room}:
                assert STOREY[other] < STOREY[room], (place(path), name)


def test_no_module_waits_for_itself() -> None:
    """Whichever module is imported first, its imports must not lead back to it."""
    names = {
        f"claimpos.{place(path).removesuffix('.py').replace('/', '.')}": path for path in MODULES
    }
    waits = {name: {*imports_of(path, outermost=True)} & {*names} for name, path in names.items()}
    TopologicalSorter(waits).prepare()


def test_what_is_heavy_has_one_door() -> None:
    for path in MODULES:
        for name in imports_of(path):
            doors = DOORS.get(name.partition(".")[0], {""})
            assert place(path).startswith(tuple(doors)), (place(path), name)
        for name in imports_of(path, outermost=True):
            assert name.partition(".")[0] not in WITHIN_FUNCTIONS, place(path)


def test_reports_are_laid_out_once_and_without_markup() -> None:
    """What makes a document knows no target; which renderer it goes to is decided in one place."""
    targets = {"tables", "text", "terminal", "markdown", "html", "latex", "renderer", "renderers"}
    reports = [path for path in MODULES if "_document(" in path.read_text("utf-8")]
    made = [path for path in reports if path.parent.name == "rendering"]
    assert len(made) > 7
    for path in made:
        assert not {f"claimpos.rendering.{name}" for name in targets} & {*imports_of(path)}
    calls = [path for path in MODULES if " rendered(" in path.read_text("utf-8")]
    assert [place(path) for path in calls] == ["cli/reports.py", "rendering/renderers.py"]


def test_modules_of_named_tuples_do_without_postponed_annotations() -> None:
    # `typing` compiles each annotation of a named tuple that is a text, whenever claimpos starts.
    postponed = {place(path) for path in MODULES if "__future__" in imports_of(path)}
    assert {
        place(path) for path in MODULES if "(NamedTuple)" in path.read_text("utf-8")
    }.isdisjoint(postponed)


def test_every_file_is_opened_by_one_door() -> None:
    """It is dossier/files.py; who else opens a file, and which, is listed here."""
    known = {
        "__main__.py": "os.devnull",
        "briefing/own_template.py": "a pipe",
        "briefing/drawing.py": "what ships with the templates",
        "cli/output.py": "os.devnull",
        "cli/report_files.py": "what it writes, and the folders on the way there",
        "deals/solver.py": "the model",
        "dossier/files.py": "the door",
        "dossier/open_folder.py": "the folders of what it writes and deletes",
        "dossier/memory.py": "the user's own cache, which no link leads out of",
        "dossier/rights.py": "what is replaced, whose rights it asks for",
        "dossier/whole_files.py": "what it writes, and what that replaces",
        "dossier/schemas.py": "the schemas that ship with claimpos",
        "rendering/archives.py": "what openpyxl made of a sheet",
        "rendering/reference.py": "the pages of the guide",
        "validation/catalogue.py": "the pages of what reading finds",
    }
    opening = {
        place(path)
        for path in MODULES
        for node in nodes(path)
        if isinstance(node, ast.Call)
        and dotted(node.func).rpartition(".")[2] in {"open", "fdopen", "read_text", "read_bytes"}
        and not dotted(node.func).startswith("self.")
    }
    assert opening == known.keys()


BELOW_WORDING = {room for rooms in STOREYS[:4] for room in rooms}
# Two words of English with a space between them.
ENGLISH = re.compile(r"[A-Za-z]{2,},? [A-Za-z]{2,}")
# Besides the messages of errors that are raised, which belong to the place that raises them.
SPEAKERS_BELOW_WORDING = {
    "errors.py": "the messages of errors",
    "comparison/matrix.py": "the message of an error: what needs a library",
    "dossier/checkout.py": "why a file is not read, and the message of an error",
    "dossier/contents.py": "why a file is not read",
    "dossier/dates.py": "the message of an error, remedies, and the words of dates",
    "dossier/written_figures.py": "remedies, and the words of ranges",
    "dossier/files.py": "why a file is not read",
    "dossier/findings.py": "findings: how many more there are",
    "dossier/limits.py": "the remedy for a limit",
    "dossier/links.py": "why a file is neither read nor written",
    "dossier/loading.py": "findings",
    "dossier/locate.py": "the message of an error",
    "dossier/lookup.py": "the commands that list names, and what a name is",
    "dossier/party_conversion.py": "a comment in a file that is written",
    "dossier/party_folder.py": "findings",
    "dossier/parsing": "findings, and what the YAML parser says",
    "dossier/reading": "findings",
    "dossier/starter.py": "a dossier, which is data",
    "deals/solver.py": "programs for the solver",
    "validation": "findings, and errors of git",
}


def test_no_name_makes_a_look_at_a_file_fail() -> None:
    """Such as one that is too long: pathlib raises an error then, os.path does not."""
    looks = {"exists", "is_dir", "is_file", "is_symlink"}
    assert not [
        f"{place(path)}:{node.lineno}"
        for path in MODULES
        for node in nodes(path)
        if isinstance(node, ast.Call)
        and dotted(node.func).rpartition(".")[2] in looks
        and dotted(node.func).rpartition(".")[0] not in {"os.path", "entry"}
    ]


def test_no_english_stands_below_wording() -> None:
    english = {
        (place(path), text)
        for path in MODULES
        if place(path).partition("/")[0].removesuffix(".py") in BELOW_WORDING
        and not place(path).startswith(tuple(SPEAKERS_BELOW_WORDING))
        for text in texts_in(tree(path))
        if ENGLISH.search(text)
    }
    assert english == set()


def test_the_list_of_those_who_speak_below_wording_is_up_to_date() -> None:
    for speaker in SPEAKERS_BELOW_WORDING:
        paths = [path for path in MODULES if place(path).startswith(speaker)]
        texts = [text for path in paths for text in texts_in(tree(path))]
        assert any(map(ENGLISH.search, texts)), speaker


def texts_in(node: ast.AST) -> Iterator[str]:
    """The texts in a piece of code, but for docstrings, annotations, and messages of errors."""
    annotations = (getattr(node, "annotation", None), getattr(node, "returns", None))
    for child in ast.iter_child_nodes(node):
        if child in annotations:
            continue
        if isinstance(child, ast.Constant) and isinstance(child.value, str):
            yield child.value
        elif not isinstance(child, ast.Raise) and not (
            isinstance(child, ast.Expr) and isinstance(child.value, ast.Constant)
        ):
            yield from texts_in(child)


# What turns data into text, and the modules that may.
WRITERS = {
    "json.JSONEncoder": {"rendering/data.py": "reports"},
    "json.dumps": {
        "briefing/own_template.py": "a message between two processes of ours",
        "briefing/page_data.py": "the data of the page",
        "rendering/saved_proposals.py": "a text in YAML, in which JSON is valid",
    },
    "csv.writer": {"rendering/data.py": "tables"},
    "yaml.serialize": {"importing/writing.py": "a dossier's files"},
    "escape": {
        "importing/workbook_writing.py": "XML of a workbook",
        "rendering/markup.py": "HTML",
        "rendering/word_xml.py": "XML of Word",
    },
    "Markup": {
        "briefing/documents.py": "what the Markdown escaper has made inert",
        "briefing/drawing.py": "style sheets that ship with claimpos",
        "briefing/page.py": "pictures and scripts that ship with claimpos",
    },
}
FORBIDDEN_WRITERS = {"json.dump", "yaml.dump", "yaml.safe_dump", "csv.DictWriter"}
# What makes a text inert for a target, and the one module in which it is defined.
ESCAPERS = {
    "inert": {
        "rendering/markup.py": "HTML, LaTeX",
        "rendering/renderer.py": "plain text",
        "rendering/typst.py": "strings of Typst",
        "rendering/word.py": "the same as in word_xml, of the renderer",
        "rendering/word_xml.py": "XML of Word",
    },
    "markdown_inert": {"rendering/markup.py": "Markdown"},
    "inert_in_log": {"rendering/text.py": "a CI log"},
    "safe": {"rendering/text.py": "a terminal"},
    "no_formula": {"rendering/data.py": "a spreadsheet"},
}


def test_each_kind_of_data_has_one_writer() -> None:
    calls: dict[str, set[str]] = {}
    for path in MODULES:
        for node in nodes(path):
            if isinstance(node, ast.Call):
                calls.setdefault(dotted(node.func), set()).add(place(path))
            elif isinstance(node, ast.Attribute):
                calls.setdefault(dotted(node), set()).add(place(path))
    assert {writer: calls.get(writer) for writer in WRITERS} == {
        writer: set(modules) for writer, modules in WRITERS.items()
    }
    assert FORBIDDEN_WRITERS.isdisjoint(calls)


def test_the_calendar_is_asked_by_one_door() -> None:
    asked = {
        place(path)
        for path in MODULES
        for node in nodes(path)
        if isinstance(node, ast.Attribute) and dotted(node) in ("date.today", "datetime.now")
    }
    assert asked == {"dossier/dates.py"}


def test_each_target_has_one_escaper() -> None:
    defined: dict[str, set[str]] = {}
    for path in MODULES:
        for name in names_in(path):
            defined.setdefault(name, set()).add(place(path))
    assert {name: defined.get(name) for name in ESCAPERS} == {
        name: set(modules) for name, modules in ESCAPERS.items()
    }


# Words that the glossary replaces, in names of modules, classes and functions …
FOREIGN = re.compile(
    r"(?:^|_)(?:course|taking|taker|settling|telling|teller|told|knots?|slips|stands|hush(?:ed)?"
    r"|deadlocks?|lanes)(?:$|_)|^_?found$"
)
# … and in what reports say.
REPLACED = re.compile(
    r"\b(?:knots?|deadlocks?|silent|silence|yeses|says? (?:yes|no)|could live with|held against"
    r"|nobody|somebody|ways? out|asks? least|faults?|way out|ruled out by nobody|agenda item)\b",
    re.IGNORECASE,
)


def names_in(path: Path) -> Iterator[str]:
    yield path.stem
    for node in nodes(path):
        if isinstance(node, ast.ClassDef | ast.FunctionDef):
            yield node.name


def test_names_are_those_of_the_field() -> None:
    foreign = {
        f"{place(path)} {name}"
        for path in MODULES
        for name in names_in(path)
        if FOREIGN.search(re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).lower())
    }
    assert foreign == set()


def test_local_names_say_what_they_hold() -> None:
    """A text, its parts, a row or a sentence: not what is told."""
    for path in MODULES:
        if STOREY.get(place(path).partition("/")[0], 0) > STOREY["wording"]:
            names = [node for node in nodes(path) if isinstance(node, ast.Name)]
            found = [name.lineno for name in names if name.id == "told"]
            assert not found, (place(path), found)


def test_reports_use_the_words_of_the_glossary() -> None:
    for path in MODULES:
        if STOREY.get(place(path).partition("/")[0], 0) >= STOREY["wording"]:
            for text in texts_in(tree(path)):
                assert " " not in text or not REPLACED.search(text), (place(path), text)


def test_nothing_was_left_at_the_top_level() -> None:
    made = {"build", "dist", "htmlcov"}
    names = {path.name for path in PACKAGE.parent.iterdir() if not path.name.startswith(".")}
    names = {name for name in names - made if not name.endswith(".egg-info")}
    files = {"CHANGELOG.md", "CITATION.cff", "LICENSE", "README.md", "pyproject.toml"}
    assert names == {*files, "claimpos", "positions", "schemas", "tests"}
