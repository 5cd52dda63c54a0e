"""Places of regions that are held in part: certain where the table is, asked for elsewhere."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.model.truth import Truth
from compliance.places import AddressTexts, Gazetteer, embedded

TRUE, UNKNOWN = Truth.TRUE, Truth.UNKNOWN
FIRST, NOW = date(2022, 2, 21), date(2026, 12, 1)
HELD = ["Kramatorsk", "Краматорськ", "Sloviansk", "Славянск", "Druzhkivka"]
OPEN = ["Pokrovsk", "Toretsk", "Chasiv Yar", "Lyman", "Kostiantynivka"]


def occupied(
    country: str | None = None,
    region: str | None = None,
    city: str | None = None,
    text: str | None = None,
    *,
    as_of: date = NOW,
) -> Truth | None:
    gazetteer = embedded()
    address = AddressTexts(country, region, city, text)
    code = gazetteer.region(address)
    if code is None:
        return None
    return gazetteer.occupied(code, address, as_of=as_of)


@pytest.mark.parametrize("city", HELD + OPEN)
@pytest.mark.parametrize("region", [None, "Donetsk Oblast", "UA-14", "Donetsk"])
@pytest.mark.parametrize("day", [FIRST, NOW])
def test_a_town_that_is_not_certainly_taken_is_open(
    city: str, region: str | None, day: date
) -> None:
    assert occupied("UA", region, city, as_of=day) is UNKNOWN
    assert occupied(None, None, None, f"{city}, Donetsk Oblast, Ukraine", as_of=day) is UNKNOWN


@pytest.mark.parametrize(
    ("address", "day", "before", "after"),
    [
        (("UA", None, "Mariupol"), date(2022, 5, 20), UNKNOWN, TRUE),
        (("UA", None, "Bakhmut"), date(2023, 5, 21), UNKNOWN, TRUE),
        (("UA", None, "Avdiivka"), date(2024, 2, 17), UNKNOWN, TRUE),
        (("UA", None, "Lysychansk"), date(2022, 7, 4), UNKNOWN, TRUE),
        (("UA", None, "Kherson"), date(2022, 3, 3), UNKNOWN, TRUE),
        (("UA", None, "Kherson"), date(2022, 11, 11), TRUE, UNKNOWN),
    ],
)
def test_a_town_is_certain_from_its_day(
    address: tuple[str, ...], day: date, before: Truth, after: Truth
) -> None:
    days = (date.fromordinal(day.toordinal() + n) for n in (-1, 0, 1))
    assert [occupied(*address, as_of=at) for at in days] == [before, after, after]


@pytest.mark.parametrize("text", ["DNR", "ЛНР", "Luhansk People's Republic", "Donetsk, DNR"])
@pytest.mark.parametrize("country", ["UA", "RU", None])
def test_the_names_of_the_occupied_parts_are_certain(text: str, country: str | None) -> None:
    assert occupied(country, None, None, text) is TRUE
    assert occupied(country, text) is TRUE or "," in text


@pytest.mark.parametrize("city", HELD)
def test_a_town_that_is_held_beside_an_occupied_name_is_open(city: str) -> None:
    assert occupied("UA", "DNR", city) is UNKNOWN


@pytest.mark.parametrize("place", ["Yalta", "Sevastopol", "Crimea"])
@pytest.mark.parametrize("day", [date(2014, 12, 19), NOW])
def test_a_region_that_is_not_held_in_part_is_outside_as_a_whole(place: str, day: date) -> None:
    assert occupied("UA", None, place, as_of=day) is TRUE


@pytest.mark.parametrize(
    "region", ["Donetsk Oblast", "Donetsk", "UA-14", "UA-09", "Lugansk Region"]
)
def test_an_oblast_alone_is_open(region: str) -> None:
    assert occupied("UA", region) is UNKNOWN


def test_what_the_table_says_is_told() -> None:
    def told(code: str, *address: str | None) -> str:
        return embedded().control_told(code, AddressTexts(*address))

    assert told("UA-14", "UA", None, "Kramatorsk") == (
        "under the control of its government as last read on 2026-12-01"
    )
    assert told("UA-65", "UA", None, "Kherson") == (
        "outside the control of its government from 2022-03-03 until 2022-11-11"
    )
    assert told("UA-14", "UA", "UA-14") == "who controls the place is not told"
    assert told("UA-43", "UA", None, "Yalta") == "outside the control of its government"
    assert "part that its government does not control" in told("UA-14", None, "DNR")


ALL = embedded()
TOWNS = sorted(text for text, code in ALL._regions.spelled.items() if code in {"UA-14", "UA-09"})


@given(st.sampled_from(TOWNS), st.dates(date(2022, 2, 21), date(2027, 1, 1)))
def test_no_spelling_of_the_two_oblasts_is_ever_outside_the_question(text: str, day: date) -> None:
    """Whatever names a place there is certain or open, never simply elsewhere."""
    gazetteer: Gazetteer = embedded()
    found = occupied("UA", None, text, as_of=day)
    assert found in {TRUE, UNKNOWN}, gazetteer.region(AddressTexts("UA", None, text))
