"""Properties of the likeness of words: symmetric, bounded, and never without a shared key."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from compliance.names.lexicon import lexicon
from compliance.names.word_distance import (
    BARE,
    LONGEST,
    closeness,
    consonantal,
    consonants,
    deletions,
    edits,
    skeleton,
    sound_edits,
)
from sampling import examples

LETTERS = "aeiouhkstcz"  # few letters and many sounds: near words are frequent
WORDS = st.one_of(
    st.text(alphabet=LETTERS, min_size=1, max_size=12),
    st.sampled_from(
        ("mohammed", "muhammad", "khan", "han", "schmidt", "smith", "forty", "4", "44", "bob")
    ),
)


@st.composite
def pairs(draw: st.DrawFn) -> tuple[str, str]:
    """A word, and the same with up to three letters dropped, doubled, swapped or replaced."""
    word = draw(WORDS)
    other = list(word)
    for _ in range(draw(st.integers(0, 3))):
        place = draw(st.integers(0, max(0, len(other) - 1)))
        change = draw(st.sampled_from(("drop", "insert", "swap", "replace")))
        if change == "drop":
            del other[place : place + 1]
        elif change == "insert":
            other.insert(place, draw(st.sampled_from(LETTERS)))
        elif change == "swap":
            other[place : place + 2] = reversed(other[place : place + 2])
        else:
            other[place : place + 1] = draw(st.sampled_from(LETTERS))
    return word, "".join(other)


@settings(max_examples=examples(400))
@given(pairs())
def test_closeness_is_symmetric_and_within_bounds(pair: tuple[str, str]) -> None:
    a, b = pair
    assert closeness(a, b) == closeness(b, a)
    assert 0.0 <= closeness(a, b) <= 1.0


@settings(max_examples=examples(600))
@given(pairs())
def test_words_that_are_close_by_spelling_or_sound_share_a_deletion(pair: tuple[str, str]) -> None:
    a, b = pair
    table = lexicon()
    named = table.numerals.keys() | table.nicknames.keys()
    if a == b or closeness(a, b) == 0.0 or {a, b} <= named:
        return
    spelled = deletions(a, edits(len(a))) & deletions(b, edits(len(b)))
    left, right = skeleton(a), skeleton(b)
    sounding = deletions(left, sound_edits(len(left))) & deletions(right, sound_edits(len(right)))
    assert spelled | sounding != set()


@given(st.text(alphabet="aiumrdlnk", min_size=3, max_size=LONGEST))
def test_the_consonants_of_a_word_stand_for_it(word: str) -> None:
    letters = consonants(word)
    assert closeness(BARE + "a".join(letters), word) == (consonantal(letters) if letters else 0.0)
