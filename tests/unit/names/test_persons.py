"""Names of people: every order, titles and particles that weigh little, spelling that may slip."""

from __future__ import annotations

import pytest

from compliance.names import REVIEW_THRESHOLD, TokenPair, explain, similarity

SAME = [
    ("Wei Zhang", "ZHANG, Wei"),
    ("José María Álvarez", "Jose Maria Alvarez"),
    ("O'Brien, Seán", "Sean OBrien"),
    ("Anna-Maria Schmidt", "Anna Maria SCHMIDT"),
    ("Сергей Иванов", "ИВАНОВ Сергей"),
]
LIKELY = [
    ("Dr. Wei Zhang", "Wei Zhang"),
    ("Mohammed al Rashid", "Mohammed Rashid"),
    ("Mohamed Rashid", "Mohammed Rashid"),
    ("Ludwig van Beethoven", "Ludwig Beethoven"),
    ("Katarina Petrovna Ivanova", "Katerina Petrovna Ivanova"),
    ("AnnaMaria Schmidt", "Anna Maria Schmidt"),
]
UNLIKELY = [
    ("Wei Zhang", "Wei Wang"),
    ("John Smith", "John Smythe"),
    ("Maria Sa", "Maria"),
    ("Li Na", "Li Nan"),
    ("Mohammed Rashid", "Mohammed Karim"),
    ("Anna Schmidt", "Hanna Schmitz Weber"),
]


@pytest.mark.parametrize(("a", "b"), SAME)
def test_a_person_written_another_way_is_the_same(a: str, b: str) -> None:
    assert similarity(a, b, kind="person") == 1.0


@pytest.mark.parametrize(("a", "b"), LIKELY)
def test_a_person_with_a_title_particle_or_slip_is_for_review(a: str, b: str) -> None:
    assert REVIEW_THRESHOLD <= similarity(a, b, kind="person") < 1.0


@pytest.mark.parametrize(("a", "b"), UNLIKELY)
def test_a_person_who_shares_one_name_is_another(a: str, b: str) -> None:
    assert similarity(a, b, kind="person") < REVIEW_THRESHOLD


def test_a_word_that_is_frequent_in_companies_is_a_full_name_of_a_person() -> None:
    assert similarity("Star Energy", "Star", kind="person") == pytest.approx(2 / 3)
    assert similarity("Star Energy", "Star", kind="organization") == pytest.approx(1 / 1.2)


def test_the_alignment_of_people_shows_who_is_who() -> None:
    found = explain("Rashid, Mohamed", "Dr Mohammed Rashid", kind="person")
    assert found.pairs == (
        TokenPair("rashid", "rashid", 1.0, 1.0),
        TokenPair("mohamed", "mohammed", 1 - 1 / 8, 1.0),
    )
    assert (found.unmatched_left, found.unmatched_right) == ((), (("dr", 0.1),))
    assert found.notes == ()


def test_order_is_never_noted_for_a_person() -> None:
    assert explain("Zhang Wei", "Wei Zhang", kind="person").notes == ()
    assert explain("Zhang Wei", "Wei Zhang", kind="unknown").notes == ("reordered",)
