"""Grammar: plurals, possessives, and verbs that agree with their subject."""

import re


def possessive(name: str, plural: bool = False) -> str:
    """The possessive of a name: Russia's, the US's, Belarus's; the Gulf states'."""
    return f"{name}'" if plural and name.endswith("s") else f"{name}'s"


def agree(verb: str, many: bool) -> str:
    """A verb in -s, in the number of its subject: demands, demand; has, have."""
    if not many or verb.startswith("would"):
        return verb
    return {"has": "have", "goes": "go", "is": "are"}.get(verb, verb.removesuffix("s"))


# Words of a sentence that agree with the number of its subject.
_OF_ONE = (
    r"\b(?:(?P<verb>(?:accept|reject|demand|propose|leave|drop|set|offer|ask|change|call|rule"
    r"|exclude|cover|ha)s)"
    r"|(?P<which>which it)|(?P<its>its))\b"
)


def _of_many(found: re.Match[str]) -> str:
    if found["verb"]:
        return agree(found["verb"], many=True)
    return "which they" if found["which"] else "their"


def in_plural(form: str) -> str:
    """A form of words about several: accepts, accept; its, their."""
    return re.sub(_OF_ONE, _of_many, form)


def counted(number: int, one: str, many: str) -> str:
    """A number with its noun: 1 term, 2,000 terms, no terms."""
    shown = f"{number:,}" if number else "no"
    return f"{shown} {one if number == 1 else many}"
