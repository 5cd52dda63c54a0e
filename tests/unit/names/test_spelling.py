"""names.spelling: distance within one word and its complete index keys."""

from __future__ import annotations

import pytest

from compliance.names.spelling import LONGEST, alike, deletions, edits


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [(0, 9, 0), (4, 9, 0), (5, 5, 1), (5, 9, 1), (7, 8, 1), (8, 8, 2), (40, 40, 2), (40, 41, 0)],
)
def test_longer_words_may_differ_more(a: int, b: int, expected: int) -> None:
    assert edits(a, b) == edits(b, a) == expected


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("huawei", "huawai", 1 - 1 / 6),
        ("huawei", "hauwei", 1 - 1 / 6),
        ("huawei", "huaweii", 1 - 1 / 7),
        ("cambricon", "cambrycan", 1 - 2 / 9),
        ("huawei", "huiwai", 0.0),
        ("smic", "smoc", 0.0),
        ("smic", "smic", 1.0),
        ("a" * LONGEST, "a" * (LONGEST - 1) + "b", 1 - 1 / LONGEST),
        ("a" * (LONGEST + 1), "a" * LONGEST + "b", 0.0),
    ],
)
def test_likeness_is_one_minus_edits_per_letter(a: str, b: str, expected: float) -> None:
    assert alike(a, b) == alike(b, a) == pytest.approx(expected)


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
