"""Membership of country groups, on the day before, of and after each change."""

from datetime import date, timedelta
from itertools import pairwise

import pytest

from compliance import places
from compliance.errors import UnknownNameError
from compliance.model.truth import Truth
from compliance.places import Membership, embedded

TRUE, FALSE, UNKNOWN = Truth.TRUE, Truth.FALSE, Truth.UNKNOWN
PRINTED = date(2026, 9, 24)

LISTS = {
    "A:1": "AR AU AT BE BG CA HR CZ DK EE FI FR DE GR HU IS IN IE IT JP KR LV LT LU MX NL NZ NO PL "
    "PT RO SK SI ZA ES SE CH TR GB US",
    "A:5": "AR AU AT BE BG CA HR CZ DK EE FI FR DE GR HU IS IN IE IT JP KR LV LT LU NL NZ NO PL PT "
    "RO SK SI ES SE CH TR AE GB",
    "A:6": "AL CY IL MT MX SG ZA TW",
    "D:1": "AM AZ BY MM KH CN GE IQ KZ KP KG LA LY MO MD MN NI RU TJ TM UZ VE VN YE HK",
    "D:4": "BH BY CN EG IR IQ IL JO KP KW LB LY MO OM PK QA RU SA SY VE YE HK",
    "D:5": "AF BY MM CF CN CD CU ER HT IR IQ KP LB LY NI RU SO SS SD SY VE ZW HK",
    "E:1": "IR KP SY",
    "E:2": "CU",
    "EU": "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK",
}


@pytest.mark.parametrize("group", sorted(LISTS))
def test_the_lists_are_those_printed_on_2026_09_24_with_hong_kong_as_china(group: str) -> None:
    expected = frozenset(LISTS[group].split())
    # State names Ethiopia, the supplement does not: neither in nor out.
    arguable = {"ET"} if group == "D:5" else set()
    assert embedded().members(group, PRINTED) == Membership(expected, expected | arguable)


def test_groups_are_named_in_order() -> None:
    assert embedded().groups() == tuple(sorted(LISTS))


def test_the_advanced_computing_licence_set_follows_from_the_groups() -> None:
    def certain(name: str) -> frozenset[str]:
        return embedded().members(name, PRINTED).certain

    licensed = (certain("D:1") | certain("D:4") | certain("D:5")) - certain("A:5") - certain("A:6")
    own_rows = licensed - {"HK"}
    assert " ".join(sorted(own_rows)) == (
        "AF AM AZ BH BY CD CF CN CU EG ER GE HT IQ IR JO KG KH KP KW KZ LA LB LY MD MM MN MO NI OM "
        "PK QA RU SA SD SO SS SY TJ TM UZ VE VN YE ZW"
    )
    assert len(own_rows) == 45
    assert licensed - own_rows == {"HK"}
    removed = (certain("D:1") | certain("D:4") | certain("D:5")) - licensed
    assert removed == {"IL"}


@pytest.mark.parametrize(
    ("code", "group", "day", "before", "after"),
    [
        ("IN", "A:5", date(2018, 8, 3), FALSE, TRUE),
        ("GB", "EU", date(2020, 2, 1), TRUE, FALSE),
        ("HR", "EU", date(2013, 7, 1), FALSE, TRUE),
        ("HK", "D:1", date(2020, 12, 23), FALSE, TRUE),
        ("HK", "D:4", date(2020, 12, 23), FALSE, TRUE),
        ("HK", "D:5", date(2020, 12, 23), FALSE, TRUE),
        ("HK", "A:6", date(2020, 12, 23), TRUE, FALSE),
        ("HK", "CN", date(2020, 12, 23), FALSE, TRUE),
        ("UA", "D:1", date(2020, 12, 28), TRUE, FALSE),
        ("MX", "A:6", date(2020, 12, 28), FALSE, TRUE),
        ("CY", "A:6", date(2020, 12, 28), FALSE, TRUE),
        ("SD", "E:1", date(2021, 1, 14), TRUE, FALSE),
        ("MM", "D:1", date(2021, 3, 8), FALSE, TRUE),
        ("RU", "D:5", date(2021, 3, 18), FALSE, UNKNOWN),
        ("KH", "D:5", date(2021, 12, 9), FALSE, TRUE),
        ("RU", "D:5", date(2022, 2, 24), UNKNOWN, TRUE),
        ("CY", "D:5", date(2024, 1, 1), TRUE, UNKNOWN),
        ("NI", "D:5", date(2024, 3, 15), FALSE, TRUE),
        ("NI", "D:1", date(2024, 3, 15), FALSE, TRUE),
        ("KH", "D:5", date(2025, 11, 7), TRUE, UNKNOWN),
        ("CY", "D:5", date(2026, 1, 1), UNKNOWN, FALSE),
        ("KH", "D:5", date(2026, 2, 3), UNKNOWN, FALSE),
        ("ET", "D:5", date(2021, 11, 1), FALSE, UNKNOWN),
        ("AE", "D:4", date(2026, 7, 10), TRUE, FALSE),
        ("AE", "A:5", date(2026, 7, 10), FALSE, TRUE),
        ("CN", "D:5", date(2020, 3, 1), UNKNOWN, TRUE),
        ("FR", "D:5", date(2020, 3, 1), UNKNOWN, FALSE),
    ],
)
def test_a_change_takes_effect_on_its_day(
    code: str, group: str, day: date, before: Truth, after: Truth
) -> None:
    one = timedelta(days=1)
    found = [places.in_group(code, group, as_of=at) for at in (day - one, day, day + one)]
    assert found == [before, after, after]
    assert day in embedded().change_dates()


@pytest.mark.parametrize(
    ("code", "group", "as_of", "truth"),
    [
        ("KH", "D:5", date(2025, 11, 15), UNKNOWN),
        ("KH", "D:5", date(2026, 2, 2), UNKNOWN),
        ("ET", "D:5", date(2026, 12, 1), UNKNOWN),
        ("KH", "D:1", date(2020, 6, 1), TRUE),
        ("KH", "D:1", date(2026, 9, 24), TRUE),
        ("CY", "D:5", date(2020, 6, 1), TRUE),
        ("CY", "D:5", date(2024, 12, 31), UNKNOWN),
        ("HK", "EU", date(2024, 1, 1), FALSE),
        ("HK", "A:6", date(2024, 1, 1), FALSE),
        ("HK", "E:1", date(2024, 1, 1), FALSE),
        ("MO", "D:5", date(2024, 1, 1), FALSE),
        ("MO", "D:1", date(2024, 1, 1), TRUE),
        ("MO", "D:4", date(2024, 1, 1), TRUE),
        ("TW", "D:5", date(2024, 1, 1), FALSE),
        ("TW", "A:6", date(2024, 1, 1), TRUE),
        ("IL", "D:4", date(2024, 1, 1), TRUE),
        ("IL", "A:6", date(2024, 1, 1), TRUE),
        ("AE", "A:5", date(2024, 1, 1), FALSE),
        ("CU", "E:1", date(2024, 1, 1), FALSE),
        ("SY", "E:1", date(2026, 9, 24), TRUE),
        ("XK", "D:5", date(2024, 1, 1), FALSE),
        ("IN", "A:5", date(2018, 1, 1), FALSE),
        ("DE", "A:5", date(2018, 7, 31), UNKNOWN),
        ("CN", "D:5", date(2100, 1, 1), TRUE),
    ],
)
def test_membership_on_a_day(code: str, group: str, as_of: date, truth: Truth) -> None:
    assert places.in_group(code, group, as_of=as_of) is truth


@pytest.mark.parametrize("as_of", [date(2019, 1, 1), date(2020, 12, 22)])
def test_a_code_is_a_group_of_one(as_of: date) -> None:
    assert embedded().members("CN", as_of) == Membership(frozenset({"CN"}), frozenset({"CN"}))
    assert embedded().members("MO", as_of) == Membership(frozenset({"MO"}), frozenset({"MO"}))


def test_hong_kong_is_in_the_group_of_china_but_not_the_other_way_round() -> None:
    day = date(2020, 12, 23)
    assert embedded().members("CN", day).certain == {"CN", "HK"}
    assert embedded().members("HK", day).certain == {"HK"}
    assert embedded().members("TW", day).certain == {"TW"}


@pytest.mark.parametrize("code", [None, "", "ZZ", "cn", "China", "UA-43"])
@pytest.mark.parametrize("group", ["D:5", "EU", "CN"])
def test_an_unknown_country_is_in_a_group_or_not(code: str | None, group: str) -> None:
    assert places.in_group(code, group, as_of=PRINTED) is UNKNOWN


@pytest.mark.parametrize(
    ("group", "message"),
    [
        ("D:7", "no country group is called 'D:7' (did you mean 'D:1' or 'D:4' or 'D:5'?)"),
        ("d5", "no country group is called 'd5' (did you mean 'D:5'?)"),
        ("ZZ", "no country group is called 'ZZ'"),
        ("", "no country group is called ''"),
    ],
)
def test_an_unknown_group_is_an_error_with_near_names(group: str, message: str) -> None:
    with pytest.raises(UnknownNameError) as caught:
        places.in_group(None, group, as_of=PRINTED)
    assert str(caught.value) == message


def test_possible_members_are_the_certain_and_the_uncertain() -> None:
    found = embedded().members("D:5", date(2025, 12, 1))
    assert found.possible - found.certain == {"CY", "ET", "KH"}
    assert found.certain <= found.possible


def test_before_a_list_is_known_every_undated_country_is_possible() -> None:
    found = embedded().members("D:5", date(2020, 2, 29))
    assert found.certain == frozenset()
    assert {"CN", "FR", "HK", "CY"} <= found.possible
    assert {"NI", "KH", "RU"} & found.possible == frozenset()


def test_change_dates_are_sorted_and_each_once() -> None:
    days = embedded().change_dates()
    assert list(days) == sorted(set(days))
    assert date.min < days[0] < days[-1] < date.max


def test_between_two_change_dates_nothing_changes() -> None:
    days = embedded().change_dates()
    for group in embedded().groups():
        for first, following in pairwise(days):
            last = following - timedelta(days=1)
            assert embedded().members(group, first) == embedded().members(group, last)
