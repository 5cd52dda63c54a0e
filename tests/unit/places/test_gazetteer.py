"""The gazetteer as a value: shared, picklable, closed."""

import pickle
from concurrent.futures import ThreadPoolExecutor
from dataclasses import FrozenInstanceError
from datetime import date
from pathlib import Path

import pytest

from compliance import places
from compliance.model.truth import Truth
from compliance.places import Gazetteer, embedded
from compliance.tables.embedded import rules_path

DAY = date(2026, 9, 24)


def test_the_room_shows_these_names() -> None:
    assert places.__all__ == [
        "AddressTexts",
        "CountryReading",
        "Gazetteer",
        "Membership",
        "country",
        "embedded",
        "in_group",
    ]


def test_the_embedded_gazetteer_is_read_once() -> None:
    assert embedded() is embedded()


def test_functions_of_the_room_ask_the_embedded_embedded() -> None:
    assert places.country("Iran") == embedded().country("Iran") == "IR"
    assert places.in_group("IR", "E:1", as_of=DAY) is Truth.TRUE


def test_a_rule_set_may_be_given_by_path() -> None:
    assert Gazetteer.load(rules_path()).groups() == embedded().groups()


def test_a_gazetteer_cannot_be_changed() -> None:
    with pytest.raises(FrozenInstanceError):
        embedded().rules = Path()  # type: ignore[misc]


def test_a_gazetteer_travels_by_pickle() -> None:
    copy = pickle.loads(pickle.dumps(embedded()))  # noqa: S301 - our own bytes
    assert copy.read("Crimea") == embedded().read("Crimea")
    assert copy.members("D:5", DAY) == embedded().members("D:5", DAY)


def test_threads_get_the_same_answers() -> None:
    fresh = Gazetteer.load()
    texts = ["China", "Korea", "Rusia", "Crimea", "AU", "ISL", "x"] * 20
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(fresh.read, texts)) == [embedded().read(text) for text in texts]


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("CN", "China"),
        ("KR", "South Korea"),
        ("KP", "North Korea"),
        ("IR", "Iran"),
        ("RU", "Russia"),
        ("CD", "DR Congo"),
        ("TW", "Taiwan"),
        ("US", "United States"),
        ("XK", "Kosovo"),
    ],
)
def test_countries_have_short_english_names(code: str, name: str) -> None:
    assert embedded().name(code) == name
