"""No regular expression takes the square of the length of a stranger's text.

Each expression is found in the source of the package, with how it is used. For each repeat in it, a
text is made that leads to the repeat, stays in it for long, and then fails to match.
"""

from __future__ import annotations

import ast
import importlib
import json
import re
import signal
import time
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from re import _constants, _parser  # type: ignore[attr-defined]
from typing import Any, NamedTuple

import pytest

import claimpos

PACKAGE = Path(claimpos.__file__).parent
ANCHORED = {"match", "fullmatch"}
ANYWHERE = {"search", "sub", "subn", "split", "findall", "finditer"}
USED = ANCHORED | ANYWHERE
SAMPLES = [" ", "\t", "\n", "a", "A", "0", "-", "_", ".", ",", "|", "'", '"', "[", "<", "\\", "é"]
ENDS = ["\0", "\n\0", " \0"]
LENGTHS = (300, 4_800, 40_000)
SECONDS = {300: 0.01, 4_800: 0.03, 40_000: 0.05}
"""How long a text of this length may take; a linear pattern takes less than a thousandth."""
ENDED = 0.5
"""The seconds after which a pattern is stopped."""


class Use(NamedTuple):
    """Where a pattern is written, and how it is used on a text."""

    place: str
    pattern: re.Pattern[Any]
    method: str


SOURCES = {
    ".".join(["claimpos", *path.relative_to(PACKAGE).with_suffix("").parts]): path
    for path in sorted(PACKAGE.rglob("*.py"))
    if re.search(r"^\s*(?:from|import) re\b", path.read_text(encoding="utf-8"), re.MULTILINE)
}
SCHEMAS = {path.stem: path for path in sorted((PACKAGE.parent / "schemas").glob("*.json"))}


@cache
def uses(name: str) -> set[Use]:
    """Those of a module, or of a schema."""
    if name in SCHEMAS:
        schema = json.loads(SCHEMAS[name].read_text(encoding="utf-8"))
        return {Use(one, re.compile(one), "search") for one in patterns_in(schema)}
    nodes = list(ast.walk(ast.parse(SOURCES[name].read_text(encoding="utf-8"))))
    return {*uses_in(nodes, vars(importlib.import_module(name.removesuffix(".__init__"))))}


def patterns_in(schema: Any) -> Iterator[str]:
    """What a schema asks of texts and of keys."""
    if isinstance(schema, dict):
        if isinstance(written := schema.get("pattern"), str):
            yield written
        yield from schema.get("patternProperties", {})
    for one in schema.values() if isinstance(schema, dict) else schema:
        if isinstance(one, dict | list):
            yield from patterns_in(one)


def uses_in(nodes: list[ast.AST], known: dict[str, Any]) -> Iterator[Use]:
    """The calls of patterns held in globals, and of the functions of `re` themselves."""
    for node in nodes:
        if not isinstance(node, ast.Attribute) or node.attr not in USED:
            continue
        if isinstance(node.value, ast.Name) and isinstance(
            pattern := known.get(node.value.id), re.Pattern
        ):
            yield Use(node.value.id, pattern, node.attr)
        if isinstance(node.value, ast.Subscript) and isinstance(node.value.value, ast.Name):
            held = known.get(name := node.value.value.id)
            for key, one in held.items() if isinstance(held, dict) else ():
                if isinstance(one, re.Pattern):
                    yield Use(f"{name}[{key!r}]", one, node.attr)
    for node in nodes:
        match node:
            case ast.Call(ast.Attribute(ast.Name("re"), method), [first, *_]) if method in USED:
                try:
                    written = eval(ast.unparse(first), dict(known))
                except NameError:
                    continue  # made from a text that is known only at run time
                yield Use(f"line {node.lineno}", re.compile(written), method)


def attacks(pattern: re.Pattern[Any]) -> Iterator[tuple[str, str]]:
    """For each repeat with a high upper bound or none: what leads to it, and what it repeats."""
    text = pattern.pattern
    parsed = _parser.parse(text if isinstance(text, str) else text.decode("latin-1"), pattern.flags)
    yield from repeats_in(list(parsed), "")


def repeats_in(parts: list[Any], before: str) -> Iterator[tuple[str, str]]:
    for operation, argument in parts:
        if operation in REPEATS:
            _, most, body = argument
            if most == _constants.MAXREPEAT or most > LENGTHS[-1]:
                yield from ((before, one) for one in repeated(list(body)))
                if before:
                    yield "", before
            yield from repeats_in(list(body), before)
        elif operation is _constants.SUBPATTERN:
            yield from repeats_in(list(argument[-1]), before)
        elif operation is _constants.BRANCH:
            for branch in argument[1]:
                yield from repeats_in(list(branch), before)
        elif operation in LOOKING or operation is _constants.ATOMIC_GROUP:
            inner = argument[-1] if isinstance(argument, tuple) else argument
            yield from repeats_in(list(inner), before)
        before += sample([(operation, argument)])


REPEATS = {_constants.MAX_REPEAT, _constants.MIN_REPEAT, _constants.POSSESSIVE_REPEAT}
LOOKING = {_constants.ASSERT, _constants.ASSERT_NOT}


def repeated(body: list[Any]) -> list[str]:
    """Texts that a repeat may repeat: of a class of characters, one of each sort in it."""
    if len(body) == 1 and body[0][0] in {_constants.IN, _constants.ANY, _constants.NOT_LITERAL}:
        return [one for one in SAMPLES if fits(body[0], one)][:8] or [sample(body)]
    return [sample(body)]


def fits(part: tuple[Any, Any], character: str) -> bool:
    operation, argument = part
    if operation is _constants.ANY:
        return character != "\n"
    if operation is _constants.NOT_LITERAL:
        return bool(ord(character) != argument)
    found = any(in_class(one, character) for one in argument)
    return not found if argument[0][0] is _constants.NEGATE else found


def in_class(one: tuple[Any, Any], character: str) -> bool:
    operation, argument = one
    if operation is _constants.LITERAL:
        return bool(ord(character) == argument)
    if operation is _constants.RANGE:
        return bool(argument[0] <= ord(character) <= argument[1])
    if operation is _constants.CATEGORY:
        written = CATEGORIES[argument]
        return re.fullmatch(written, character) is not None
    return False


CATEGORIES = {
    _constants.CATEGORY_DIGIT: r"\d",
    _constants.CATEGORY_NOT_DIGIT: r"\D",
    _constants.CATEGORY_SPACE: r"\s",
    _constants.CATEGORY_NOT_SPACE: r"\S",
    _constants.CATEGORY_WORD: r"\w",
    _constants.CATEGORY_NOT_WORD: r"\W",
}


def sample(parts: list[Any]) -> str:
    """One short text that fits some parts of a pattern; what looks ahead adds nothing to it."""
    text = ""
    for operation, argument in parts:
        if operation is _constants.LITERAL:
            text += chr(argument)
        elif operation in {_constants.IN, _constants.ANY, _constants.NOT_LITERAL}:
            fitting = [one for one in SAMPLES if fits((operation, argument), one)]
            text += fitting[0] if fitting else first_of(argument)
        elif operation in REPEATS:
            least, _, body = argument
            text += sample(list(body)) * max(least, 0)
        elif operation is _constants.SUBPATTERN:
            text += sample(list(argument[-1]))
        elif operation is _constants.ATOMIC_GROUP:
            text += sample(list(argument))
        elif operation is _constants.BRANCH:
            text += sample(list(argument[1][0]))
        elif operation is _constants.ASSERT and argument[0] < 0:
            text += sample(list(argument[1]))
    return text


def first_of(argument: Any) -> str:
    for operation, value in argument if isinstance(argument, list) else ():
        if operation is _constants.LITERAL:
            return chr(value)
        if operation is _constants.RANGE:
            return chr(value[0])
    return "a"


def seconds(use: Use, text: str) -> float:
    given: Any = text if isinstance(use.pattern.pattern, str) else text.encode("utf-8")
    call = getattr(use.pattern, use.method)
    arguments = (given,) if "sub" not in use.method else (given[:0], given)
    begun = time.process_time()
    signal.setitimer(signal.ITIMER_VIRTUAL, ENDED)
    try:
        found = call(*arguments)
        if use.method == "finditer":
            for _ in found:
                pass
    except TimeoutError:
        return ENDED
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    return time.process_time() - begun


@pytest.fixture(autouse=True)
def stopping() -> Iterator[None]:
    def stop(*_: object) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGVTALRM, stop)
    yield
    signal.signal(signal.SIGVTALRM, before)


def slow(use: Use) -> list[str]:
    return [f"{use.place}.{use.method}: {one}" for one in slow_on(use.pattern, use.method)]


@cache
def slow_on(pattern: re.Pattern[Any], method: str) -> list[str]:
    """The texts that take too long; schemas have many a pattern in common."""
    return [*texts_that_take_long(Use("", pattern, method))]


def texts_that_take_long(use: Use) -> Iterator[str]:
    for before, body in dict.fromkeys(attacks(use.pattern)):
        for end in ENDS:
            for length in LENGTHS:
                text = before + body * (length // max(len(body), 1)) + end
                if seconds(use, text) > SECONDS[length] and seconds(use, text) > SECONDS[length]:
                    yield f"{before!r} + {body!r} × {length} + {end!r}"
                    break
            else:
                continue
            break


@pytest.mark.parametrize("name", [*SOURCES, *SCHEMAS])
def test_no_pattern_takes_the_square(name: str) -> None:
    found = sorted(each for use in uses(name) for each in slow(use))
    assert not found, "\n".join(found)


def test_patterns_are_found() -> None:
    assert sum(map(len, map(uses, [*SOURCES, *SCHEMAS]))) > 250
