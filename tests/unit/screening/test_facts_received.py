"""Where the service is received: places in logs, read as addresses are, and how long it lasts."""

from __future__ import annotations

from typing import Any

import pytest

from unit.screening.contracts import of_contract, sure_and_possible

IR_JOURNEY = {"country": "IR", "from": "2024-05-10", "until": "2024-05-16"}
LOG = {"from": "2024-05-01", "until": "2024-06-10"}


def received(field: str, **usage: Any) -> Any:
    return of_contract(f"received_in{field}", usage=usage)


@pytest.mark.parametrize(
    ("text", "country", "region"),
    [
        ("IR", "IR", None),
        ("Iran", "IR", None),
        ("UA-43", "UA", "UA-43"),
        ("Crimea", "UA", "UA-43"),
        ("Russia, Crimea", "UA", "UA-43"),
        ("Ukraine (Crimea)", "UA", "UA-43"),
        ("UA/43", "UA", "UA-43"),
        ("Sevastopol", "UA", "UA-40"),
        ("Donetsk", "UA", "UA-14"),
        ("Kherson", "UA", "UA-65"),
        ("CN-XJ", "CN", "CN-XJ"),
        ("Moscow, Russia", "RU", None),
        ("Los Angeles, CA, US", "US", None),
        ("US/CA", "US", None),
    ],
)
def test_a_place_in_a_log_is_read_as_an_address_and_keeps_its_region(
    text: str, country: str, region: str | None
) -> None:
    for contract in (
        {"usage": {"access_by_country": {text: 1}}},
        {"observations": {"ip_countries": [text]}},
    ):
        assert of_contract("received_in", **contract).value == {country}
        regions = of_contract("received_in.regions", **contract).value
        assert regions == ({region} if region else set())
        assert of_contract("received_in.unread", **contract).value == set()


@pytest.mark.parametrize("text", ["Nowhereland", "unknown", "--", "Korea", "DE, FR", "us-east-1"])
def test_what_cannot_be_read_is_told_as_given_and_is_nowhere(text: str) -> None:
    contract = {"usage": {"access_by_country": {text: 0.5, "DK": 0.5}}}
    assert of_contract("received_in", **contract).value == {"DK"}
    (told,) = of_contract("received_in.unread", **contract).value
    assert repr(text) in told


def test_near_spellings_are_offered() -> None:
    (told,) = received(".unread", access_by_country={"Germoney": 1}).value
    assert told.startswith("'Germoney' (near: Germany")


def test_without_logs_it_was_received_nowhere_that_is_known() -> None:
    for field in ("", ".regions", ".sustained", ".sustained_regions", ".unread"):
        found = of_contract(f"received_in{field}")
        assert (found.known, found.value, found.possible) == (True, frozenset(), frozenset())


@pytest.mark.parametrize(
    ("usage", "truth"),
    [
        ({"access_by_country": {"IR": 0.05}}, True),
        ({"access_by_country": {"IR": 0.049}}, False),
        ({"access_by_country": {"IR": 0}}, False),
        ({"access_by_country": {"IR": 0.04}, "sessions": 7_000}, False),
        ({"access_by_country": {"IR": 0.04}, "sessions": 7_001}, True),
        ({"access_by_country": {"IR": 0.04}, "from": "2023-01-01", "until": "2023-12-16"}, False),
        ({"access_by_country": {"IR": 0.04}, "from": "2023-01-01", "until": "2023-12-17"}, True),
        ({"access_by_country": {"IR": 0.1}, **LOG, "declared_travel": [IR_JOURNEY]}, False),
        ({"access_by_country": {"IR": 0.9}, **LOG, "declared_travel": [IR_JOURNEY]}, True),
        (
            {
                "access_by_country": {"IR": 0.1},
                **LOG,
                "declared_travel": [{**IR_JOURNEY, "status": "refused"}],
            },
            True,
        ),
        ({"access_by_country": {"IR": 0.1}, **LOG, "declared_travel": ["AE"]}, True),
        ({"access_by_country": {"IR": 0.2}, "declared_travel": ["IR"]}, None),
    ],
)
def test_use_is_sustained_where_it_exceeds_a_traveler_s_short_stay(
    usage: dict[str, Any], *, truth: bool | None
) -> None:
    found = received(".sustained", **usage)
    assert ("IR" in found.value, "IR" in found.possible) == (truth is True, truth is None)


def test_addresses_alone_are_not_counted() -> None:
    found = of_contract("received_in.sustained", observations={"ip_countries": ["IR"]})
    assert sure_and_possible(found) == (set(), {"IR"})
    with_journey = of_contract(
        "received_in.sustained",
        observations={"ip_countries": ["IR"]},
        usage={**LOG, "declared_travel": [IR_JOURNEY]},
    )
    assert with_journey.possible == frozenset()


@pytest.mark.parametrize(
    ("text", "certain"),
    [
        ("UA-43", True),
        ("DNR", True),
        ("Donetsk", True),
        ("UA-14", False),
        ("Luhansk Oblast", False),
    ],
)
def test_a_region_that_is_partly_held_decides_only_where_the_text_does(
    text: str, *, certain: bool
) -> None:
    found = received(".sustained_regions", access_by_country={text: 1})
    assert (len(found.value), len(found.possible)) == ((1, 0) if certain else (0, 1))


def test_the_places_are_told_with_their_parts() -> None:
    found = of_contract(
        "received_in.told",
        usage={"access_by_country": {"IR": 0.25, "Nowhereland": 0.1}},
        observations={"ip_countries": ["Crimea"]},
    )
    assert found.value == (
        "Iran: 25.0% of sessions; 'Nowhereland', which names no place: 10.0% of sessions; "
        "Crimea: addresses in logs"
    )
