"""Persons: every usual order finds the entry; one more initial that agrees never lowers a score."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench import name_sets
from bench.name_sets import Listed
from bench.person_changes import orders
from compliance.names import REVIEW_THRESHOLD, normalize, similarity
from compliance.names.index.name_table import NameTable
from sampling import examples, size, some

GIVEN = st.sampled_from(
    [
        "Jonas",
        "Kelvor",
        "Muhammad",
        "Ali",
        "Konstantin",
        "Albertovich",
        "Abdulrahman",
        "Qorvin",
        "Zed",
        "Li",
        "Maria",
        "Wei",
    ]
)
FAMILIES = st.sampled_from(
    ["Smith", "Qorvexman", "Khan", "Ali", "Wang", "Fedorenko", "Kim", "O'Brien", "Velkor Marin"]
)
INDEXED = size(600, 150)  # persons whose orders are searched for in a table too


def spellings(letters: str, family: str) -> tuple[str, ...]:
    """A surname with initials, in five spellings."""
    dotted = "".join(f"{letter}." for letter in letters)
    return (
        f"{dotted} {family}",
        f"{letters} {family}",
        f"{family} {' '.join(letters)}",
        f"{family}, {dotted}",
        f"{' '.join(f'{letter}.' for letter in letters)} {family}",
    )


@settings(max_examples=examples(300))
@given(st.lists(GIVEN, min_size=1, max_size=3, unique=True), FAMILIES, st.booleans())
def test_one_more_initial_that_agrees_never_lowers_a_score(
    names: list[str], family: str, family_first: bool
) -> None:
    listed = f"{family.upper()}, {' '.join(names)}" if family_first else " ".join([*names, family])
    letters = "".join(name[0] for name in names)
    if letters.casefold() in ("aka", "fka", "nka", "dba"):
        return  # what stands between two names
    for spelling in range(5):
        scores = [similarity(family, listed, "person")]
        scores += [
            similarity(spellings(letters[:count], family)[spelling], listed, "person")
            for count in range(1, len(letters) + 1)
        ]
        assert scores == sorted(scores), (spellings(letters, family)[spelling], listed)


@given(st.lists(GIVEN, min_size=2, max_size=3, unique=True), FAMILIES)
def test_a_surname_with_all_initials_is_for_review(names: list[str], family: str) -> None:
    letters = "".join(name[0] for name in names)
    if letters.casefold() in ("aka", "fka", "nka", "dba") or family in names:
        return
    for written in spellings(letters, family):
        for listed in (f"{family}, {' '.join(names)}", " ".join([*names, family])):
            score = similarity(written, listed, "person")
            assert score >= REVIEW_THRESHOLD, (written, listed)
            assert NameTable([listed]).matches(written, "person", REVIEW_THRESHOLD) == {0: score}


@pytest.fixture(scope="module")
def listed(shared: Path) -> tuple[Listed, ...]:
    """Each name of every real list once, with the kind of its party."""
    rows = name_sets.listed(shared)
    return tuple({(row.name, row.kind): row for row in rows if normalize(row.name)}.values())


def written(row: Listed) -> Iterator[str]:
    """A listed name in each usual order, as it stands and in another case."""
    for text in orders(row.name) if row.kind == "person" else (row.name,):
        yield text
        yield text.lower() if len(row.name) % 2 else text.upper()


@pytest.mark.shared
def test_every_listed_party_is_found_in_each_usual_order_and_case(
    listed: tuple[Listed, ...],
) -> None:
    missed = [
        (text, row.name)
        for row in some(listed, key=lambda row: row.name)
        for text in written(row)
        if similarity(text, row.name, row.asked_as) < REVIEW_THRESHOLD
    ]
    assert missed == []


@pytest.mark.shared
def test_the_index_finds_persons_in_each_usual_order(listed: tuple[Listed, ...]) -> None:
    persons = [row for row in listed if row.kind == "person"]
    step = max(1, len(persons) // INDEXED)
    ben = [row for row in persons if {"bin", "ben", "ibn"} & set(row.name.lower().split())]
    chosen = {row.name: row for row in [*persons[::step], *ben[: INDEXED // 2]]}
    table = NameTable(tuple(chosen))
    for place, row in enumerate(chosen.values()):
        texts = list(orders(row.name))
        for found in table.matches_many(texts, "person", REVIEW_THRESHOLD):
            assert place in found, row.name
