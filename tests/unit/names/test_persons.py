"""Names of people: any order, titles and particles that weigh little, initials, patronymics."""

from __future__ import annotations

import pytest

from compliance.names import REVIEW_THRESHOLD, TokenPair, explain, similarity
from compliance.names.lexicon import lexicon

RARITY, WEIGHTS, FACTORS = lexicon().rarity, lexicon().weights, lexicon().factors

SAME = [
    ("Wei Zhang", "ZHANG, Wei"),
    ("José María Álvarez", "Jose Maria Alvarez"),
    ("O'Brien, Seán", "Sean OBrien"),
    ("Anna-Maria Schmidt", "Anna Maria SCHMIDT"),
    ("Сергей Иванов", "ИВАНОВ Сергей"),
]
LIKELY = [
    ("Hamad bin Khalid", "Khalid bin Hamad"),  # the son of the one may be the father of the other
    ("Dr. Wei Zhang", "Wei Zhang"),
    ("Mohammed al Rashid", "Mohammed Rashid"),
    ("Mohamed Rashid", "Mohammed Rashid"),
    ("Muhammad Rashid", "Mohammed Rashid"),
    ("Bob Qorvexman", "Robert Qorvexman"),
    ("Yury Andropov", "George Andropov"),
    ("Ludwig van Beethoven", "Ludwig Beethoven"),
    ("Katarina Petrovna Ivanova", "Katerina Petrovna Ivanova"),
    ("AnnaMaria Schmidt", "Anna Maria Schmidt"),
    ("Qaddafi", "Gaddafi"),
    ("J Qorvexman", "John Qorvexman"),
    ("Сергей Иванов", "Sergei Ivanov"),
    ("김정은", "Kim Jong Un"),
]
UNLIKELY = [
    ("Wei Zhang", "Wei Wang"),
    ("John Smith", "John Smythe"),
    ("Li Na", "Li Nan"),
    ("Mohammed Rashid", "Mohammed Karim"),
    ("Anna Schmidt", "Hanna Schmitz Weber"),
    ("J Smith", "K Smith"),
    ("J R Qorvexman", "John Robert Zentrum"),
    ("伟华", "卫华"),
]


@pytest.mark.parametrize(("a", "b"), SAME)
def test_a_person_written_another_way_is_the_same(a: str, b: str) -> None:
    assert similarity(a, b, kind="person") == 1.0


@pytest.mark.parametrize(("a", "b"), LIKELY)
def test_a_person_with_a_title_nickname_or_slip_is_for_review(a: str, b: str) -> None:
    assert REVIEW_THRESHOLD <= similarity(a, b, kind="person") < 1.0


@pytest.mark.parametrize(("a", "b"), UNLIKELY)
def test_a_person_who_shares_one_name_is_another(a: str, b: str) -> None:
    assert similarity(a, b, kind="person") < REVIEW_THRESHOLD


@pytest.mark.xfail(strict=True, reason="a surname that is also a legal form is taken for one")
def test_a_surname_that_is_also_a_legal_form_is_a_name() -> None:
    assert similarity("Maria Sa", "Maria", kind="person") < REVIEW_THRESHOLD


@pytest.mark.parametrize(
    ("a", "b"), [("A bin B", "B bin A"), ("Saad ibn Omar", "Omar ibn Saad"), ("A Ben B", "B Ben A")]
)
def test_son_and_father_swapped_is_another_person_for_a_person_only(a: str, b: str) -> None:
    assert similarity(a, b, "person") == FACTORS["patronymic"]
    assert explain(a, b, "person").notes == ("patronymic",)
    assert similarity(a, b, "organization") == FACTORS["reordered"]


def test_a_patronymic_in_another_order_is_no_swap_where_only_one_name_has_it() -> None:
    assert "patronymic" not in explain("Hamad bin Khalid", "Khalid Hamad", "person").notes


def test_each_initial_stands_for_one_name() -> None:
    part = lexicon().closeness["initial"]
    one = explain("J Qorvexman", "John Qorvexman", "person")
    assert [(p.left, p.right, p.similarity) for p in one.pairs] == [
        ("j", "john", part),
        ("qorvexman", "qorvexman", 1.0),
    ]
    two = explain("J R Qorvexman", "John Robert Qorvexman", "person")
    assert [(p.left, p.right, p.similarity) for p in two.pairs] == [
        ("j", "john", part),
        ("r", "robert", part),
        ("qorvexman", "qorvexman", 1.0),
    ]
    assert explain("J R Qorvexman", "John Robert Qorvexman").unmatched_left != ()  # of nobody known


def test_an_initial_counts_in_full_and_the_name_it_stands_for_in_part() -> None:
    initial, part = WEIGHTS["letter"], lexicon().closeness["initial"]
    (pair,) = explain("Q", "Qorvexman", "person").pairs
    assert pair == TokenPair("q", "qorvexman", part, (initial + part) / 2)


def test_another_letter_is_no_initial() -> None:
    assert explain("K", "Qorvexman", "person").pairs == ()
    assert explain("7", "7seas", "person").pairs == ()


def test_the_alignment_of_people_shows_who_is_who() -> None:
    found = explain("Rashid, Mohamed", "Dr Mohammed Rashid", kind="person")
    sound = lexicon().closeness["sound"]
    lighter = min(RARITY["mohamed"], RARITY["mohammed"])
    assert found.pairs == (
        TokenPair("rashid", "rashid", 1.0, RARITY.get("rashid", 1.0)),
        TokenPair("mohamed", "mohammed", sound, sound * lighter),
    )
    assert found.unmatched_left == ()
    assert found.unmatched_right == (("dr", WEIGHTS["particle"]),)
    assert found.notes == ("contained", "alike")


def test_order_is_never_noted_for_a_person() -> None:
    assert explain("Zhang Wei", "Wei Zhang", kind="person").notes == ()
    assert explain("Zhang Wei", "Wei Zhang", kind="unknown").notes == ("reordered",)
