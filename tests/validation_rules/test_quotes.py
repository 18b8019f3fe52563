"""Quotes are found whatever the typography, and only as they stand."""

from __future__ import annotations

import contextlib
import json
import random
import re
import sys
import tracemalloc
from collections.abc import Sequence
from pathlib import Path
from unicodedata import category

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from claimpos import load_dossier
from claimpos.dossier.model import Dossier
from claimpos.dossier.parsing.printable import IGNORABLE, UNSPACED
from claimpos.errors import UnknownName, WrongUsage
from claimpos.rendering.findings import quotes_text
from claimpos.rendering.text import Paint
from claimpos.validation.plain_text import marked, marked_anywhere, plainly, words_in
from claimpos.validation.quotes import Lookup, Passages, QuoteEffort, _misquotes, look_up, not_found
from claimpos.validation.source_texts import texts_at
from tests.conftest import examples
from tests.support import largely, within, write_short

ARTICLE = """\
The union’s chair said that “nobody here”—she paused – will sign for less than 6 per cent.
She added: 'We are not in a hurry, and the port knows it.'
"""
SAME = {"'": "'’‘‚", '"': '"“”„«»', "-": "-–—‑−", " ": " \n\t\u00a0"}


@pytest.fixture(scope="module")
def dossier(tmp_path_factory: pytest.TempPathFactory) -> Dossier:
    folder = tmp_path_factory.mktemp("quotes") / "positions"
    return load_dossier(write_short(folder, {"a": {"unit": "kg"}}, {"p": {"a": {"demands": 1}}}))


def looked_up(dossier: Dossier, quote: str, text: str | None = ARTICLE) -> Lookup:
    (found,) = all_looked_up(dossier, [quote], text)
    return found


def all_looked_up(dossier: Dossier, quotes: Sequence[str], text: str | None) -> list[Lookup]:
    party = dossier.parties["p"]
    said = next(iter(party.statements.values()))
    statements = {f"said{n}": said._replace(quote=quote) for n, quote in enumerate(quotes)}
    quoting = dossier._replace(parties={"p": party._replace(statements=statements)})
    return look_up(quoting, {} if text is None else {"paper": text})


@pytest.mark.parametrize(
    ("quote", "answer"),
    [
        ('"nobody here"-she paused - will sign', "found"),
        ("The union's chair", "found"),
        ("per  cent.\nShe added", "found"),
        ("the union's chair", "not found"),
        ("nobody here - she paused", "not found"),
        ("sign for less than 6 percent", "not found"),
        ("hurry and the port", "not found"),
        ("bod", "not found"),
        ("ere”—she", "not found"),
    ],
)
def test_what_may_differ(dossier: Dossier, quote: str, answer: str) -> None:
    assert looked_up(dossier, quote).answer == answer


@pytest.mark.parametrize(
    ("first", "second"),
    [("\u0301", "\u0323"), ("\u2de0", "\u2d7f"), ("\u302e", "\U0001d165")],
)
def test_very_many_marks_on_one_letter_are_not_sorted(first: str, second: str) -> None:
    """To sort them would take minutes, which nothing could stop."""
    plain = plainly(f"No work. A{first * 100_000}{second * 100_000} end.")
    assert plain == plainly(f"No work. A{first * 30} end.")


def test_the_nearest_passage(dossier: Dossier) -> None:
    assert looked_up(dossier, "we were not in any hurry").nearest == "'We are not in a hurry,"
    assert looked_up(dossier, "quite another matter").nearest == ""
    assert looked_up(dossier, "nobody here", None).answer == "no text"


@pytest.mark.parametrize(
    "quote",
    ["they will not vote for five and half", "they will vote for five and a half"],
)
def test_the_nearest_passage_has_the_words_that_a_quote_leaves_out(quote: str) -> None:
    text = "Six is what they will not vote for, and they will not vote for five and a half, ever."
    nearest = Passages(text, {*words_in(quote)}).nearest(quote, QuoteEffort())
    assert {*words_in(quote)} <= {*words_in(nearest)}
    assert text.find(nearest) >= 0


def test_the_nearest_passage_has_whole_words_that_a_line_divides(dossier: Dossier) -> None:
    found = looked_up(dossier, "acceptable to us", "It is un-\nacceptable to us, they said.")
    assert found.nearest == "un- acceptable to us,"


@pytest.mark.parametrize(
    ("text", "quote", "nearest"),
    [
        ("by 1 000 tonnes", "000 tonnes", "1 000 tonnes"),
        ("by 12 000 000 tonnes", "000 tonnes", "12 000 000 tonnes"),
        ("up to 1 000", "up to 1", "up to 1 000"),
    ],
)
def test_the_nearest_passage_has_whole_figures(text: str, quote: str, nearest: str) -> None:
    index = Passages(marked(text), {*words_in(quote)})
    assert not index.holds(quote, QuoteEffort())
    assert index.nearest(quote, QuoteEffort()) == nearest


BOTH = "quote", "quote-original"


@pytest.mark.parametrize(
    ("quote", "original", "language", "text", "missing", "told"),
    [
        ("six is it", "zes is het", "", "Six? So six is it.", BOTH[1:], "the translation is there"),
        (
            "six is it",
            "zes is het",
            "nl",
            "Ja, zes is het.",
            BOTH[:1],
            "the original is there of p/",
        ),
        ("six is it", "zes is het", "", "Ja, zes is het.", BOTH[:1], "0 found"),
        ("we accept", "six is it", "en-GB", "Six? So six is it.", BOTH[:1], "0 found"),
        ("six is it", "zes is het", "nl", "zes is het (six is it)", (), "1 found"),
        ("six is it", "zes is het", "nl", "Six it is.", BOTH, "0 found"),
        ("", "zes is het", "", "Six it is.", BOTH[1:], "0 found"),
    ],
)
def test_a_quote_is_there_if_it_is_or_its_original_in_another_language(
    dossier: Dossier,
    quote: str,
    original: str,
    language: str,
    text: str,
    missing: tuple[str, ...],
    told: str,
) -> None:
    party = dossier.parties["p"]
    said = next(iter(party.statements.values()))
    statements = {"said": said._replace(quote=quote, quote_original=original)}
    paper = dossier.sources["paper"]._replace(language=language)
    quoting = dossier._replace(
        parties={"p": party._replace(statements=statements)}, sources={"paper": paper}
    )
    (found,) = look_up(quoting, {"paper": text})
    assert found.missing == missing
    assert (found.answer == "found") == (told != "0 found")
    assert told in quotes_text([found], [], Paint(on=False))
    places = [one.place.steps[-1] for one in _misquotes([found])]
    assert places == [*missing[: told == "0 found"]]


def test_statements_without_a_quote_are_passed_over(dossier: Dossier) -> None:
    assert list(look_up(dossier, {"paper": ARTICLE})) == []


@examples(200)
@given(data=st.data(), seed=st.integers())
def test_any_words_of_the_text_are_found_in_any_typography(
    dossier: Dossier, data: st.DataObject, seed: int
) -> None:
    words = plainly(ARTICLE).split()
    start = data.draw(st.integers(0, len(words) - 1))
    quote = " ".join(words[start : data.draw(st.integers(start + 1, len(words)))])
    chosen = random.Random(seed)
    written = "".join(chosen.choice(SAME.get(letter, letter)) for letter in quote)
    assume(quote.strip("'\"-.,:"))
    assert looked_up(dossier, written).answer == "found"
    spoilt = quote.replace("e", "é").replace("o", "0")
    assert looked_up(dossier, spoilt).answer == ("found" if spoilt == quote else "not found")


def test_texts_from_files_and_folders(dossier: Dossier, tmp_path: Path) -> None:
    (tmp_path / "paper.txt").write_bytes("\ufeffÜber".encode())
    (tmp_path / "stranger.txt").write_text("of no source")
    assert texts_at([str(tmp_path)], dossier) == {"paper": "Über"}
    assert texts_at([f"paper={tmp_path / 'paper.txt'}"], dossier) == {"paper": "Über"}


@pytest.mark.parametrize(
    ("written", "error"),
    [("papr=x.txt", UnknownName), ("paper=nowhere.txt", WrongUsage), ("nowhere", WrongUsage)],
)
def test_texts_that_are_none(dossier: Dossier, written: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        texts_at([written], dossier)


def test_a_text_in_another_encoding(dossier: Dossier, tmp_path: Path) -> None:
    (tmp_path / "paper.txt").write_bytes("Über".encode("latin-1"))
    with pytest.raises(WrongUsage, match="is not UTF-8"):
        texts_at([str(tmp_path)], dossier)


CUT = {
    "We pay 7.5 per cent": ["5 per cent", "We pay 7"],
    "down by −5 per cent": ["5 per cent"],
    "It costs 1,100 euros": ["100 euros", "It costs 1"],
    "some 600,000 troops": ["000 troops", "some 600"],
    "CHF 1’100’000 in all": ["100", "000 in", "CHF 1", "CHF 1’100"],
    "some 1\u00a0600 000 troops": ["000 troops", "some 1", "600", "1 600"],
    "for 3–5 years": ["5 years", "for 3"],
    "until 2025/2026": ["2026", "until 2025"],
    "at 10:30 sharp": ["30 sharp"],
    "The border is non-negotiable": ["negotiable", "The border is non"],
    "We can't accept it": ["We can", "t accept it"],
    "It is unacceptable": ["acceptable"],
    "It is un-\nacceptable": ["acceptable", "It is un", "It is un-"],
    "The terms are non\u2010\r\n negotiable": ["negotiable", "The terms are non"],
    "It is im\u00ad\npossible": ["possible", "It is im"],
    "at most twenty-\nfive": ["five", "twenty", "twentyfive-"],
    "from 5-\n7 per cent": ["7 per cent", "57 per cent", "from 5"],
    "It is .5 per cent, or -.5 points": ["5 per cent", "5 points", ".5 points"],
    "down by \u2212\n5 per cent": ["5 per cent"],
    "It is un\u00ac\nacceptable, im=\npossible, in\uff0d\ncredible": [
        *("acceptable", "possible", "credible"),
    ],
    "\u00b15 per cent, \u22647 per cent": ["5 per cent", "7 per cent"],
    "10·000 men, 20٬000 women, 5⁄6 of all": ["000 men", "000 women", "6 of all"],
    "C'est accepte\u0301 (x\u0302 deux)": ["C'est accepte", "(x"],
    "a non–nuclear state, (un)acceptable, un‧likely": ["nuclear state", "acceptable", "likely"],
    "<5 per cent, >6 euros, ≠7 days, +9": ["5 per cent", "6 euros", "7 days", "9"],
    "−€8 million, 7．5 per cent, 6‧4": ["8 million", "€8 million", "5 per cent", "4"],
    "≥ 5 per cent, < 6 per cent, ± 7": ["5 per cent", "6 per cent", "7"],
    "за роз’єднання сил, п'ять": ["єднання сил", "за роз", "ять"],
    "5 ½ per cent, 6 1/2 years": ["5", "½ per cent", "6", "1/2 years"],
    "10 km² of 10² men": ["10 km", "of 10"],
    "十五年": ["五年"],  # fifteen years, five years
    "यह नामंज़ूर है": ["मंज़ूर है", "यह न", "यह नामंज़"],  # not accepted, accepted
    "ना-\nमंज़ूर, की-\nमंज़ूर": ["मंज़ूर", "ना", "की-"],
    "غیر\u200cقابل\u200cقبول است": ["قابل\u200cقبول است", "غیر"],  # unacceptable, acceptable
    "لا نَقْبَلُ": ["قْبَلُ", "لا نَق"],
    "אי־הסכמה": ["הסכמה", "אי"],  # disagreement, agreement
}
WHOLE = {
    "We agree—but not now": ["We agree", "but not now", "agree-but"],
    "Russia's army and l'accord de paix": ["Russia", "army", "accord de paix"],
    "It is (in 2025). Not 2026, 2027.": ["in 2025", "2025", "2026", "2027"],
    "English-speaking €5 million, 5%": ["English-speaking", "5 million", "million, 5"],
    "In 2025 500 people": ["In 2025", "500 people"],
    "It is un-\nacceptable to us": ["unacceptable", "It is un-acceptable to us", "un- acceptable"],
    "non-\nnegotiable, im\u00ad\npossible": ["non-negotiable", "impossible", "im- possible"],
    "the pre- and post-war years, 5-\n7 of them": [
        *("pre- and post-war", "and post-war years", "the pre-", "5-7 of", "5–7 of"),
    ],
    "the two-\nand three-year deals": ["two- and three-year deals"],
    "a rise -\nor (…5 per cent) a cut": ["or", "5 per cent", "a rise", "a rise - or"],
    "by \u2212\n5 per cent": ["by −5 per cent", "by − 5 per cent", "\u22125 per cent"],
    "accepte\u0301 par l'ile": ["accept\u00e9", "accepte\u0301 par"],
    "From 2024 – 2025, 'yes' and no": ["2025", "2024", "yes", "and no"],
    "in 2025¹, a – 5 per cent": ["in 2025", "5 per cent"],
    "We agree¹ to Article 5(1), see² (b) and (c)": ["We agree", "Article 5", "see", "b) and"],
    "10 km² of it": ["10 km²", "of it"],
    "ना-\nमंज़ूर, की-\nमंज़ूर": ["नामंज़ूर", "ना-मंज़ूर", "कीमंज़ूर"],
    "ми об’єднуємо": ["ми об\u02bcєднуємо", "ми об'єднуємо"],
    "אי־הסכמה": ["אי-הסכמה"],
    "我们接受轮班，并且\n同意， 但\n是第3条": [
        "接受轮班",
        "我们接受",
        "并且同意，但是",
        "但 是第",
        "3",
        "条",
    ],
    "レッドラインを受け入れる": ["レッドライン", "受け入れる"],
    "เรายอมรับข้อเสนอนี้ ที่5": ["ยอมรับข้อเสนอ", "ยอมรับข้อเสนอ นี้", "5"],
}


@pytest.mark.parametrize(("text", "quotes"), CUT.items())
def test_a_part_of_a_word_or_a_figure_is_not_found(
    dossier: Dossier, text: str, quotes: list[str]
) -> None:
    for padded in (text, f"{text} " + f"{text} " * 1_100):
        found = all_looked_up(dossier, quotes, padded)
        assert {one.answer for one in found} == {"not found"}, found


@pytest.mark.parametrize(("text", "quotes"), WHOLE.items())
def test_whole_words_and_figures_are_found(dossier: Dossier, text: str, quotes: list[str]) -> None:
    for padded in (text, f"{text} " + f"{text} " * 1_100):
        found = all_looked_up(dossier, quotes, padded)
        assert {one.answer for one in found} == {"found"}, found


MARKS = [sign for sign in map(chr, range(sys.maxunicode)) if category(sign)[0] == "M"]
JOINING = [one for one in MARKS if not re.match(f"[{UNSPACED}]", one)]
INVISIBLE = [one for one in map(chr, range(sys.maxunicode)) if re.match(f"[{IGNORABLE}]", one)]


def is_in(quote: str, text: str) -> bool:
    plain = plainly(quote)
    return Passages(marked(text), words_in(plain)).holds(plain, QuoteEffort())


def test_no_mark_and_no_invisible_sign_ends_a_word() -> None:
    for sign in JOINING + INVISIBLE:
        text = f"It is un{sign}acceptable to us"
        assert not is_in("acceptable to us", text), ascii(sign)
        assert not is_in("It is un", text), ascii(sign)


def test_invisible_signs_may_differ() -> None:
    for sign in {*INVISIBLE} - {"\u00ad"}:  # which is shown at the end of a line
        text = f"We{sign} accept{sign}able{sign} it"
        assert is_in("We acceptable it", text), ascii(sign)
        assert is_in(text, "We acceptable it"), ascii(sign)


@examples(100)
@given(
    st.data(),
    st.sampled_from(["我们接受轮班，并且同意", "เรายอมรับข้อเสนอนี้", "កិច្ចព្រមព្រៀង", "受け入れる"]),
)
def test_scripts_without_blanks_are_quoted_from_any_letter_to_any(
    data: st.DataObject, text: str
) -> None:
    ends = [at for at in range(len(text) + 1) if at == len(text) or text[at] not in MARKS]
    start, end = sorted(data.draw(st.lists(st.sampled_from(ends), min_size=2, unique=True))[:2])
    assert is_in(text[start:end], f"{text}\n" * 2)


def is_within(text: str, at: int) -> bool:
    """Whether a place is within a word or a figure, sign by sign; ~ is a line end in a word."""
    padded = f"   {text}   "
    far, left, right, beyond = [*padded[at + 1 : at + 5]]

    def joins(one: str, sign: str, other: str) -> bool:
        figures = one.isdigit() and other.isdigit() and sign == "."
        return figures or (one.isalnum() and other.isalnum() and sign == "-")

    def divides(one: str, sign: str, space: str, other: str) -> bool:
        return one.isalnum() and sign + space == "-~" and other.isalnum()

    signed = left == "-" and right.isdigit() and not far.isalnum()
    pointed = left == "." and right.isdigit() and not far.isalnum() and far != "."
    both_signs = left + right == "-." and beyond.isdigit() and not far.isalnum()
    divided = any(divides(*padded[at + first : at + first + 4]) for first in range(3))
    both = left.isalnum() and right.isalnum()
    joined = joins(far, left, right) or joins(left, right, beyond)
    return both or signed or pointed or both_signs or divided or joined


def stands(quote: str, text: str) -> bool:
    """Whether a text holds a quote that cuts no word."""
    found = re.finditer(f"(?={re.escape(quote)})", text.replace("~", " "))
    places = [match.start() for match in found]
    return any(not is_within(text, at) and not is_within(text, at + len(quote)) for at in places)


@examples(100)
@given(st.text("ab2(- .", min_size=1, max_size=6), st.text("abB2(- .\n", max_size=40))
def test_found_is_what_stands_there_and_cuts_no_word(
    dossier: Dossier, quote: str, text: str
) -> None:
    quote = plainly(quote)
    assume(quote)
    for written in (text, f"{text} " + "a b(a 2 " * 1_100):
        plain = plainly(re.sub(r"(?<=\w)- *\n[ \n]*(?=\w)", "-~", written))
        whole = re.sub(r"(?<=[a-zB])-~(?=[a-zB])", "", plain)
        readings = [plain, *(one.replace("-~", "-") for one in (whole, plain))]
        found = any(stands(quote, one) for one in readings)
        assert looked_up(dossier, quote, written).answer == ("found" if found else "not found")


@examples(60)
@given(st.integers(0, 10_000), st.integers(6, 25), st.integers(0, 3))
def test_a_quote_with_a_word_changed_is_found_where_it_was(seed: int, size: int, lost: int) -> None:
    source = random.Random(seed)
    words = [f"w{source.randrange(400)}" for _ in range(5_000)]
    start = source.randrange(len(words) - size)
    said = words[start : start + size]
    passage = " ".join(said)
    said[source.randrange(size)] = "zz"
    del said[:lost]
    index = Passages(" ".join(words), words_in(" ".join(said)))
    found = index.nearest(" ".join(said), QuoteEffort()).split()
    assert len({*found} & {*passage.split()}) >= 0.6 * size - lost


SHUFFLED = random.Random(1).sample([chr(0x4E00 + number) for number in range(3_000)], 3_000)
RARE = [f"w{number}" for number in range(4_000)]
SLOW = {
    "one letter again and again": ([". " * 60_000 + "b"], ". " * 120_000),
    "no letter often": ([" ".join(SHUFFLED)], " ".join(SHUFFLED[::-1] + SHUFFLED[:60])),
    "as long as the text": ([" ".join([*RARE, "x"])], " ".join([*RARE[::-1], *RARE])),
    "within words everywhere": (["a a " * 20_000 + "a"], "xa a " * 40_000),
    "a text without a space": (["a,b," * 5_000], "a," * 60_000),
    "many quotes of common words": ([f"b a {n}" for n in range(300)], "a b " * 40_000),
    "many quotes of signs": ([". , " * 20 + "; " * n for n in range(1, 300)], ". , " * 40_000),
    "many quotes of rare words": (
        [" ".join(RARE[n : n + 20][::-1]) for n in range(300)],
        " ".join(RARE * 20),
    ),
    "white space": (["a" + " \n" * 60_000 + "b"], "\t " * 200_000 + "b"),
}


@pytest.mark.parametrize(
    "kind", largely(SLOW, "within words everywhere", "a text without a space", "white space")
)
def test_no_quote_and_no_text_take_long(dossier: Dossier, kind: str) -> None:
    quotes, text = SLOW[kind]
    with within(4), contextlib.suppress(WrongUsage):  # the limit: see the tests below
        assert {one.answer for one in all_looked_up(dossier, quotes, text)} == {"not found"}


@pytest.mark.large
def test_a_hundred_quotes_of_a_long_text(dossier: Dossier) -> None:
    source = random.Random(1)
    words = [f"w{int(source.paretovariate(0.4)) % 50_000}" for _ in range(200_000)]
    quotes = [" ".join(source.sample(words, 20)) for _ in range(100)]
    with within(5):
        found = all_looked_up(dossier, quotes, " ".join(words))
    assert all(one.answer == "not found" and one.nearest for one in found)


def test_the_limit_is_named_where_it_is_met(
    dossier: Dossier, monkeypatch: pytest.MonkeyPatch
) -> None:
    quotes = [f"a b {number}" for number in range(20)]
    monkeypatch.setenv("CLAIMPOS_LIMITS", "quote-steps=1000")
    found = all_looked_up(dossier, [*quotes, "a b a"], "a b " * 400)
    assert [one.nearest is None for one in found] == [False] * 2 + [True] * 18 + [False]
    assert found[-1].answer == "found"
    (finding,) = _misquotes(found[2:3])
    assert "set CLAIMPOS_LIMITS=quote-steps=… to more than 1,000" in finding.hint
    with pytest.raises(WrongUsage, match="set CLAIMPOS_LIMITS=quote-steps="):
        all_looked_up(dossier, [". , " * 20 + ";" * n for n in range(1, 300)], ". , " * 40_000)


WORDLESS = {
    "long words behind it": ("union {n}", f"union {'b' * 200_000} the end"),
    "long words before it": ("{n} union", f"the beginning {'b' * 200_000} union"),
    "long words around it": ("{n} union {n}", f"a {'b' * 100_000} union {'c' * 100_000} d"),
}


@pytest.mark.parametrize("where", largely(WORDLESS))
def test_a_passage_of_long_words_is_not_kept_for_each_quote(dossier: Dossier, where: str) -> None:
    quote, text = WORDLESS[where]
    tracemalloc.start()
    found = all_looked_up(dossier, [quote.format(n=n) for n in range(20)], text)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert {one.answer for one in found} == {"not found"}
    assert most < 2_000_000


@pytest.mark.large
def test_what_is_told_of_quotes_is_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "positions"
    write_short(folder, {"a": {"unit": "kg"}}, {"p": {"a": {"demands": 1}}})
    party = json.loads((folder / "p.yaml").read_text("utf-8"))
    said = {"source": "paper", "basis": "stated", "summary": "So."}
    party["statements"] |= {f"q{n}": {**said, "quote": f"union {n}"} for n in range(100)}
    (folder / "p.yaml").write_text(json.dumps(party, indent=1), "utf-8")
    found = look_up(load_dossier(folder), {"paper": f"union {'b' * 10_000} the end"})
    monkeypatch.setenv("CLAIMPOS_LIMITS", "findings-of-rule=20")
    told = not_found(found, folder)
    assert len(told) == 21
    assert sum(one.number for one in told) == 100
    assert max(len(one.hint) for one in told) <= 500


def test_where_line_ends_are_blanks_a_hyphen_before_one_may_divide_a_word() -> None:
    text = marked_anywhere("It is un- acceptable to us.")
    quotes = {"acceptable to us": False, "unacceptable": True, "un- acceptable": True}
    found = Passages(text, {*words_in(" ".join(quotes))})
    assert {quote: found.holds(quote, QuoteEffort()) for quote in quotes} == quotes
