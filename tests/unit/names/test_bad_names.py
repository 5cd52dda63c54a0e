"""Names that are none, or far too long, or written to confuse: a clear answer, in bounded time.

The bounds are generous, so that a busy machine passes; what they refuse is work that grows with the
square of the length.
"""

from __future__ import annotations

import tracemalloc
from collections.abc import Callable

import pytest

from compliance.names import explain, similarity
from compliance.names.index import name_table as index
from compliance.names.index.name_table import NameTable
from compliance.names.normalization import LONGEST_REMEMBERED
from compliance.names.tokens import words_of
from compliance.names.variants import forms, variants
from sampling import size

LENGTH = size(100_000, 20_000)
LISTED = (
    "Huawei Technologies Co., Ltd.",
    "Zhang Wei",
    "Zentrum (Qorvex)",
    "华为技术有限公司",
    "ООО Газпром нефть",
    "الخليج",
    "김정은",
    "a b c d",
    "Ltd",
    "",
)
TABLE = NameTable(LISTED)
BYTES = 400 * 1024 * 1024

WORDLESS = {
    "nothing": "",
    "a space": " ",
    "dots": "...",
    "brackets": "()[]（）",
    "separators": " / | ; ",
    "marks of direction": "\u200f\u202e\u200e\u2066\u2069",
    "zero width": "\u200b\u200c\u200d\ufeff\u2060",
    "emoji": "\U0001f680\U0001f468\u200d\U0001f469",
    "a lone surrogate": "\ud800",
    "control characters": "\x00\x07\x1b",
    "private use": "\ue000",
    "many thousand spaces": " " * LENGTH,
    "many thousand dots": "." * LENGTH,
    "many thousand rockets": "\U0001f680" * LENGTH,
    "many thousand surrogates": "\ud800" * LENGTH,
    "many thousand marks of direction": "\u202e\u200f" * (LENGTH // 2),
}


@pytest.mark.parametrize("name", WORDLESS.values(), ids=WORDLESS)
def test_a_name_without_a_letter_is_like_nothing_and_found_nowhere(name: str) -> None:
    assert forms(name) == ()
    assert [similarity(name, other) for other in (name, *LISTED)] == [0.0] * 11
    assert explain(name, "Zhang Wei").score == 0.0
    for kind in ("organization", "person", "unknown"):
        assert TABLE.matches(name, kind, 0.01) == {}
    assert NameTable([name]).matches("Zhang Wei", "unknown", 0.01) == {}


@pytest.mark.parametrize(
    ("plain", "strange"),
    [
        ("Zhang Wei", "\u202eZhang\u202c \u200fWei\u200f"),
        ("Zhang Wei", "Zh\u200bang W\u2060ei"),
        ("Zhang Wei", "\U0001f680 Zhang \U0001f680 Wei"),
        ("Zhang Wei", "Zhang\ud800 Wei\udfff"),
        ("Zhang Wei", "Zhang\u00a0\u3000\tWei\r\n"),
        ("Zhang Wei", "Z\u0336h\u0336a\u0336n\u0336g\u0336 Wei"),
        ("Zhang Wei", "ＺＨＡＮＧ Ｗｅｉ"),
        ("Zhang Wei", "𝒁𝒉𝒂𝒏𝒈 𝓦𝓮𝓲"),
        ("华为技术有限公司", "华\u200b为技术\u202e有限公司"),
    ],
)
def test_what_is_invisible_or_dressed_up_changes_nothing(plain: str, strange: str) -> None:
    assert similarity(plain, strange) == 1.0
    assert TABLE.matches(strange, "unknown", 0.7) == TABLE.matches(plain, "unknown", 0.7)


def test_a_letter_of_another_script_inside_a_word_is_another_word() -> None:
    assert 0.0 < similarity("Zhang Wei", "Zh\u0430ng Wei") < 1.0  # a Cyrillic a


@pytest.mark.parametrize("name", ["a", "1", "华", "я", "ع", "김", "Ltd", "GmbH", "有限公司", "the"])
def test_a_name_of_one_letter_or_one_legal_form_is_itself_and_nobody_else(name: str) -> None:
    assert similarity(name, name) == 1.0
    found = NameTable([*LISTED, name]).matches(name, "unknown", 1.0)
    assert found.pop(len(LISTED)) == 1.0
    assert {LISTED[place] for place in found} <= {"Ltd"}


LONG = {
    "one word": "x" * LENGTH,
    "one word again and again": "ab " * (LENGTH // 3),
    "many words": " ".join(f"qorvex{i}" for i in range(LENGTH // 10)),
    "letters": "q w z x " * (LENGTH // 8),
    "initials": "a." * (LENGTH // 2),
    "numbers": " ".join(map(str, range(LENGTH // 6))),
    "digits": "9" * LENGTH,
    "legal forms": "ltd " * (LENGTH // 4),
    "a long legal form": "limited liability company " * (LENGTH // 26),
    "a legal form glued to itself": "limited" * (LENGTH // 7),
    "a misspelled legal form": "lhimited " * (LENGTH // 9),
    "one Han character": "华" * LENGTH,
    "many Han characters": "".join(chr(0x4E00 + i % 20_000) for i in range(LENGTH)),
    "Han words": "科技" * (LENGTH // 2),
    "Han legal forms": "有限公司" * (LENGTH // 4),
    "Hangul": "김" * LENGTH,
    "Arabic articles": "ال" * (LENGTH // 2),
    "Arabic words": "الخليج " * (LENGTH // 7),
    "Cyrillic words": "газпром " * (LENGTH // 8),
    "accents": "e" + "\u0301" * LENGTH,
    "accents out of order": "e" + "\u0323\u0301" * (LENGTH // 2),
    "separators only": "aka " * (LENGTH // 4),
    "parts": " / ".join(f"Qorvex{i}" for i in range(LENGTH // 13)),
    "aliases": "Qorvex aka Zentrum " * (LENGTH // 19),
    "brackets": "Qorvex (Zentrum) " * (LENGTH // 17),
    "open brackets": "(" * LENGTH + "a",
    "nested brackets": "(" * (LENGTH // 2) + "a" + ")" * (LENGTH // 2),
    "a separator and spaces": "Qorvex /" + " " * LENGTH + "Zentrum",
}


@pytest.mark.parametrize("name", LONG.values(), ids=LONG)
def test_a_name_of_many_thousand_characters_is_compared(name: str) -> None:
    steps: tuple[Callable[[], object], ...] = (
        lambda: variants(name),
        lambda: similarity(name, "Huawei Technologies Co., Ltd."),
        lambda: TABLE.matches(name, "unknown", 0.76),
        lambda: TABLE.matches(name, "person", 0.01),
        lambda: NameTable([name]).matches("Zhang Wei", "unknown", 0.76),
    )
    for step in steps:
        step()


def test_a_name_of_many_thousand_characters_is_itself() -> None:
    assert similarity(LONG["many words"], LONG["many words"]) == 1.0
    assert similarity(LONG["one word"], LONG["one word"]) == 1.0


def test_no_word_is_longer_than_what_is_remembered() -> None:
    words = words_of(LONG["one word"])
    assert "".join(word.text for word in words) == LONG["one word"]
    assert {len(word.text) for word in words[:-1]} == {LONGEST_REMEMBERED}


def test_a_very_long_name_takes_memory_in_proportion_and_leaves_none_behind() -> None:
    tracemalloc.start()
    try:
        for name in (LONG["many words"], LONG["one word"], LONG["many Han characters"]):
            TABLE.matches(name, "unknown", 0.76)
        left, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < BYTES
    assert left < BYTES // 4


@pytest.mark.parametrize("text", ["al ", "company limited "])
def test_a_name_of_repeated_words_is_compared_with_no_short_name(
    text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = NameTable([f"Al Qorvex{n} Sunrise Trading Company Limited" for n in range(50)])
    monkeypatch.setattr(index, "score", lambda *_, **__: pytest.fail("compared"))
    assert table.matches(text * 2_000, "organization", 0.78) == {}
