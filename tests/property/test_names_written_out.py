"""A legal form that is written out: words glued to it, or moved, never make a found name lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.names import REVIEW_THRESHOLD, similarity
from compliance.names.index.name_table import NameTable
from compliance.names.tokens import words_of

WRITTEN_OUT = (
    "aktsionernoe obshchestvo otkrytogo tipa",
    "federal state unitary enterprise",
    "joint stock company",
    "limited liability company",
    "nauchno proizvodstvennoe obedinenie",
    "open joint stock company",
    "otkrytoe aktsionernoe obshchestvo",
    "public joint stock company",
    "research and production association",
    "scientific production association",
    "state unitary enterprise",
)
BRANDS = ("qorvexa", "zembliru", "volnagrad", "daltransgaz", "high precision", "fjordlys tromska")
NAMES = st.builds(
    lambda form, brand, first: f"{form} {brand}" if first else f"{brand} {form}",
    st.sampled_from(WRITTEN_OUT),
    st.sampled_from(BRANDS),
    st.booleans(),
)


def found(query: str, name: str) -> bool:
    """Whether the name is found, by its score and in a table alike."""
    score = similarity(query, name, "organization")
    matches = NameTable([name]).matches(query, "organization", REVIEW_THRESHOLD)
    assert matches == ({0: score} if score >= REVIEW_THRESHOLD else {})
    return score >= REVIEW_THRESHOLD


@given(NAMES, st.data())
def test_a_word_glued_to_the_next_is_found(name: str, data: st.DataObject) -> None:
    words = name.split()
    place = data.draw(st.integers(0, len(words) - 2))
    glued = [*words[:place], words[place] + words[place + 1], *words[place + 2 :]]
    assert found(" ".join(glued), name)


@given(NAMES, st.data())
def test_words_in_another_order_are_found(name: str, data: st.DataObject) -> None:
    words = name.split()
    place = data.draw(st.integers(1, len(words) - 1))
    assert found(" ".join([*words[place:], *words[:place]]), name)


@given(NAMES, st.data())
def test_a_word_moved_to_the_end_is_found(name: str, data: st.DataObject) -> None:
    words = name.split()
    place = data.draw(st.integers(0, len(words) - 1))
    assert found(" ".join([*words[:place], *words[place + 1 :], words[place]]), name)


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("NPOhigh Precision Systems JSC", "NPO High Precision Systems JSC"),
        ("AO NIIgirikond", "AO NII Girikond"),
        (
            "Obshchestvo Daltransgaz Otkrytoe Aktsionernoe",
            "Otkrytoe Aktsionernoe Obshchestvo Daltransgaz",
        ),
        (
            "State Unitary Enterprise MNIIRIP Federal",
            "Federal State Unitary Enterprise MNIIRIP",
        ),
    ],
)
def test_a_form_that_is_broken_up_is_found(query: str, name: str) -> None:
    assert found(query, name)


@given(st.sampled_from(WRITTEN_OUT), st.permutations(BRANDS))
def test_another_name_with_the_same_form_is_not_found(form: str, brands: list[str]) -> None:
    one, other = f"{form} {brands[0]}", f"{form} {brands[1]}"
    assert any(word.legal for word in words_of(one))
    assert not found(one, other)
