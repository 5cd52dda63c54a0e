"""The tool that makes the word tables: what it counts, and that the shipped ones come from it."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.name_sets import Listed
from bench.word_tables import elf_text, legal_forms, rarity, rarity_text, tables, useful
from compliance.tables.embedded import rules_path


def listed(name: str, kind: str = "organization") -> Listed:
    return Listed("own", "own:1", name, kind)


def test_a_word_has_the_bits_of_the_larger_share_of_the_two_populations() -> None:
    ordinary = [f"company{number}" for number in range(1021)] + ["Zeta", "Zeta 7", "ZETA x"]
    names = [listed(f"Rare{number} Front {number}") for number in range(7)]
    names += [listed(f"Other{number}") for number in range(57)]
    bits = rarity(ordinary, names)
    assert bits["zeta"] == 8  # 3 of 1024 names: 8.4 bits
    assert bits["front"] == 5  # 7 of 64 names, 0.35 of it: 4.7 bits
    assert bits["beijing"] == 9  # a place, in no name
    assert not {"company1", "7", "x", "rare1", "other1"} & set(bits)


def test_an_organization_s_own_word_is_not_counted_unless_asked() -> None:
    names = [listed(f"Ltd Orchid Vale {number}") for number in range(8)]
    persons = [listed(f"Orchid {number}", "person") for number in range(8)]
    assert "orchid" not in rarity(["x"], names)
    assert rarity(["x"], names)["vale"] == 3
    assert rarity(["x"], names, own=True)["orchid"] == 3
    assert rarity(["x"], persons)["orchid"] == 3


def test_a_table_of_rare_words_is_written_in_order_of_bits_and_letters() -> None:
    text = rarity_text({"zeta": 8, "inc": 3, "eta": 8}, ordinary=9, listed=4, version=5)
    assert text.partition("schema: 1\n")[2] == (
        'version: 5\nbits:\n  "3": >-\n    inc\n  "8": >-\n    eta zeta\n'
    )
    assert "half of a sample of 9 names" in text
    assert "4 listed names" in text


def test_legal_forms_are_read_from_names_and_abbreviations_of_a_country() -> None:
    row = {
        "Country Code (ISO 3166-1)": "CZ",
        "Entity Legal Form name Local name": "Akciová společnost",
        "Entity Legal Form name Transliterated name (per ISO 01-140-10)": "",
        "Abbreviations Local language": "a.s., akc. spol.",
        "Abbreviations transliterated": "a.s.",
    }
    assert [*legal_forms([row, {**row, "Country Code (ISO 3166-1)": ""}])] == [
        "akciova spolecnost",
        "as",
        "akc spol",
    ]


@pytest.mark.parametrize(
    ("form", "kept"),
    [
        ("kht", True),  # chosen
        ("xyz", False),  # an abbreviation that nobody reviewed
        ("aktieselskab", True),  # long and no word of names
        ("cooperative", False),  # a word of names
        ("board of trade", False),  # frequent words only
        ("limited trade board", True),  # says that it is limited
        ("limited", False),  # known already
        ("企业", False),  # a word of names
    ],
)
def test_a_form_is_kept_where_it_can_be_nothing_else(form: str, kept: bool) -> None:
    bits = {"board": 9, "of": 6, "trade": 8, "cooperative": 11, "limited": 5}
    assert useful(form, {"limited"}, bits) is kept


def test_legal_forms_are_written_in_alphabetical_order() -> None:
    text = elf_text(["b form", "a form"], version=2)
    assert text.partition("schema: 1\n")[2] == "version: 2\nspellings: >-\n  a form; b form\n"


@pytest.mark.exhaustive
@pytest.mark.shared
def test_the_shipped_tables_are_what_the_tool_makes(shared: Path) -> None:
    folder = rules_path() / "data"
    for name, text in tables(shared, folder).items():
        assert (folder / name).read_text(encoding="utf-8") == text, f"{name} is made anew: review"
