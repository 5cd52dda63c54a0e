"""Words in boxes: broken, cut, and never wider than the room."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from compliance.explain.ownership.text_metrics import broken, wide


def test_words_are_broken_where_they_end() -> None:
    assert broken("Harbour Compute Pte Ltd", 10, 90, 3) == ["Harbour Compute", "Pte Ltd"]


def test_what_does_not_fit_ends_in_an_ellipsis() -> None:
    assert broken("one two three four", 10, 30, 2) == ["one", "two\u2026"]


def test_a_word_longer_than_a_line_is_broken_within() -> None:
    assert broken("x" * 10, 10, 31, 3) == ["xxxxx", "xxxxx"]


def test_wide_letters_take_more_room_and_marks_none() -> None:
    assert wide("\u534e", 10) > wide("W", 10) > wide("n", 10) > wide("i", 10)
    assert wide("e\u0301", 10) == wide("e", 10)


@given(st.text(), st.integers(1, 4))
def test_no_line_is_wider_than_the_room_and_none_is_too_many(text: str, most: int) -> None:
    lines = broken(text, 10, 60, most)
    assert 1 <= len(lines) <= most
    assert all(wide(line, 10) <= 60 for line in lines)
