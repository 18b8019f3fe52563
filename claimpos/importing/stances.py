"""The words of a table for what parties think of an issue, such as “red line”."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from claimpos.dossier.lookup import nearest
from claimpos.dossier.model import VERBS
from claimpos.dossier.reading.entry import PRIORITIES
from claimpos.errors import UnknownName, WrongUsage
from claimpos.importing.import_log import Skipped

YES_NO = {"yes": "Yes", "no": "No"}


class Meaning(NamedTuple):
    """What a stance means: a verb, the outcome that it names, and a priority."""

    verb: str
    outcome: str = ""
    priority: str = ""


Vocabulary = Mapping[str, Meaning]


def read_vocabulary(stated: Sequence[str]) -> Vocabulary:
    """Words and what they stand for, from texts such as `red line=refuses yes`.

    After the verb stands the outcome, `yes` if left out; then, if need be, `priority high`.
    Raises WrongUsage and UnknownName.
    """
    words: dict[str, Meaning] = {}
    for text in stated:
        word, equals, meaning = text.partition("=")
        if not (word.strip() and equals and meaning.strip()):
            raise WrongUsage(
                f"“{text}” defines no stance; write, for example, “red line=refuses yes”"
            )
        key = _folded(word)
        if key in words:
            raise WrongUsage(f"the stance “{word.strip()}” is defined twice")
        words[key] = _stance(meaning.split(), text)
    return words


def _stance(meaning: list[str], text: str) -> Meaning:
    verb, *rest = meaning
    if verb not in VERBS:
        raise UnknownName("verb", verb, nearest(verb, VERBS), "claimpos import --help")
    priority = ""
    if "priority" in rest:
        at = rest.index("priority")
        priority = " ".join(rest[at + 1 :])
        rest = rest[:at]
        if priority not in PRIORITIES:
            raise WrongUsage(f"“{text}”: the priority must be one of {', '.join(PRIORITIES)}")
    if len(rest) > 1 or (verb == "reserves" and rest):
        raise WrongUsage(f"“{text}” has more than a verb, one outcome and a priority")
    outcome = "" if verb == "reserves" else (rest[0] if rest else "yes")
    return Meaning(verb, outcome, priority)


def stance_of(word: str, vocabulary: Vocabulary) -> Meaning:
    """What a word of the table stands for; raises Skipped for one that was not stated."""
    found = vocabulary.get(_folded(word))
    if found is None:
        near = nearest(_folded(word), vocabulary)
        meant = f" (did you mean “{near[0]}”?)" if near else ""
        raise Skipped(
            f'the stance “{word}” is not defined{meant}; use --stance "{word}=VERB OUTCOME"'
        )
    return found


def outcomes_stated(vocabulary: Vocabulary) -> dict[str, str]:
    """The outcomes that an issue with stances can have: those the vocabulary names."""
    named = {stance.outcome: stance.outcome for stance in vocabulary.values() if stance.outcome}
    return YES_NO if named.keys() <= YES_NO.keys() else named


def _folded(word: str) -> str:
    return " ".join(word.split()).casefold()
