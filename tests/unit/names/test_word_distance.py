"""names.word_distance: how alike two words are, and the keys under which alike words meet."""

from __future__ import annotations

import pytest

from compliance.names.word_distance import (
    LONGEST,
    closeness,
    consonants,
    deletions,
    edits,
    joined_skeleton,
    skeleton,
    sound_edits,
)


@pytest.mark.parametrize(
    ("letters", "spelled", "sounding"),
    [(1, 0, 0), (3, 0, 0), (4, 1, 0), (5, 1, 1), (6, 1, 1), (7, 2, 1), (24, 2, 1)],
)
def test_longer_words_may_differ_more(letters: int, spelled: int, sounding: int) -> None:
    assert (edits(letters), sound_edits(letters)) == (spelled, sounding)


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("khan", "han"),
        ("phone", "funi"),
        ("schmidt", "smidt"),
        ("shcherbakov", "sirbakuv"),
        ("mohammed", "muhamid"),
        ("muhammad", "muhamad"),
        ("qaddafi", "kadafi"),
        ("gaddafi", "gadafi"),
        ("xerox", "ksiruks"),
        ("zhou", "ju"),
        ("tsai", "cai"),
        ("wojtyla", "vujtila"),
        ("c0rp", "curp"),
        ("lee", "li"),
        ("4", "4"),
        ("газпром", "газпром"),
        ("", ""),
    ],
)
def test_a_skeleton_has_one_spelling_for_each_sound(word: str, expected: str) -> None:
    assert skeleton(word) == expected


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("sense", "time", "sinsitimi"),
        ("al", "lah", "alah"),
        ("peng", "cheng", "pingcing"),
        ("", "ab", "ab"),
        ("ab", "", "ab"),
    ],
)
def test_two_words_as_one_have_a_skeleton_without_their_double_letter(
    first: str, second: str, expected: str
) -> None:
    assert joined_skeleton(first, second) == expected


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("mohammed", "mhmd"),
        ("'mhmd", "mhmd"),
        ("muhammad", "mhmd"),
        ("petrov", "btr"),
        ("gamal", "kml"),
        ("jamal", "kml"),
        ("aiou", ""),
        ("'", ""),
    ],
)
def test_consonants_are_what_arabic_and_hebrew_write(word: str, expected: str) -> None:
    assert consonants(word) == expected


CLOSE = [
    ("huawei", "huawai", 1 - 1 / 6),  # a letter is another
    ("huawei", "hauwei", 1 - 1 / 6),  # neighbors are swapped
    ("smic", "smoc", 1 - 1 / 4),  # one edit from four letters up
    ("cambricon", "cambrxcxn", 1 - 2 / 9),  # two from seven up
    ("a" * LONGEST, "a" * (LONGEST - 1) + "b", 1 - 1 / LONGEST),
    ("huawei", "huaweii", 0.97),  # one sound, six letters up
    ("shanxi", "shaanxi", 0.97),
    ("smith", "smyth", 0.9),  # five letters
    ("khan", "han", 0.8),  # fewer
    ("nio", "neo", 0.8),
    ("wojtyla", "voitila", 0.97 - 1 / 7),  # almost one sound
    ("bob", "robert", 0.9),
    ("ted", "theodore", 0.9),
    ("ted", "edward", 0.9),
    ("mohammed", "mahomed", 0.9),
    ("first", "1", 1.0),
    ("iv", "fourth", 1.0),
    ("fortyfour", "44", 1.0),
    ("'mhmd", "mohammed", 0.92),
    ("'mhmd", "muhammad", 0.92),
]
FAR = [
    ("abc", "abd"),  # three letters
    ("huawei", "huiwai"),  # two edits in six letters
    ("cambricon", "cxmbrxcxn"),  # three in nine
    ("theodore", "edward"),  # both are Ted, they are not each other
    ("12", "21"),
    ("12", "123"),
    ("2024", "2o24"),
    ("2024", "2025"),
    ("7", "seventy"),
    ("4", "four4"),
    ("a" * (LONGEST + 1), "a" * LONGEST + "b"),
    ("'mhmd", "'hmd"),  # two words without vowels say too little
    ("'mhmd", "ahmed"),
    ("'bdr", "'pdr"),
    ("'", "aiou"),
    ("ab", "ba"),
    ("華", "华"),
]


@pytest.mark.parametrize(("a", "b", "expected"), CLOSE)
def test_words_that_are_spelled_or_sound_or_mean_alike_are_close(
    a: str, b: str, expected: float
) -> None:
    assert closeness(a, b) == pytest.approx(expected, abs=1e-12)
    assert closeness(b, a) == closeness(a, b)


@pytest.mark.parametrize(("a", "b"), FAR)
def test_other_words_never_stand_for_each_other(a: str, b: str) -> None:
    assert (closeness(a, b), closeness(b, a)) == (0.0, 0.0)


@pytest.mark.parametrize(
    ("word", "count", "expected"),
    [
        ("abc", 0, {"abc"}),
        ("abc", 1, {"abc", "ab", "ac", "bc"}),
        ("abc", 2, {"abc", "ab", "ac", "bc", "a", "b", "c"}),
        ("aab", 1, {"aab", "ab", "aa"}),
        ("", 2, {""}),
    ],
)
def test_deletions_are_every_string_with_letters_left_out(
    word: str, count: int, expected: set[str]
) -> None:
    assert deletions(word, count) == expected
