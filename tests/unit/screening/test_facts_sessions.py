"""Travel, offices and networks explain as many sessions as they cover, and say what was given."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from compliance.policies.fact import Fact
from unit.screening.contracts import of_contract

LESSEE: dict[str, Any] = {
    "id": "lessee", "name": "Fjord ApS", "incorporation": "DK", "headquarters": "DK",
    "exchange_listing": "XCSE",
}  # fmt: skip
ADA = {"id": "ada", "name": "Ada Lovelace", "kind": "person", "residence": "DK"}
MONTH = {"from": "2024-05-01", "until": "2024-05-30"}


def used(field: str, by_country: dict[str, Any], **usage: Any) -> Fact:
    contract = {k: usage.pop(k) for k in ("observations", "as_of") if k in usage}
    usage = {"access_by_country": by_country, **usage}
    return of_contract(field, lessee=LESSEE, end_users=["lessee", ADA], usage=usage, **contract)


def left(*journeys: Any, part: str = "0.3", **usage: Any) -> Fraction:
    """The part of all sessions, from China, that these journeys leave unexplained."""
    parts = {"CN": part} if part == "1" else {"CN": part, "DK": "0.7"}
    fact = used("access_unexplained", parts, declared_travel=list(journeys), **usage)
    return sum((Fraction(holding.share.minimum) for holding in fact.value), start=Fraction(0))


def trip(first: str | None = None, last: str | None = None, **more: Any) -> dict[str, Any]:
    days = {k: v for k, v in (("from", first), ("until", last)) if v}
    return {"country": "CN", **days, **more}


@pytest.mark.parametrize(
    ("journeys", "usage", "rest"),
    [
        ([], {}, "3/10"),
        # Nobody says who, or how long: a twentieth.
        (["CN"], {}, "1/4"),
        (["China"], MONTH, "1/4"),
        (["CN", "CN", "China"], {}, "1/4"),
        (["SG"], {}, "3/10"),
        # Nine of thirty days are three tenths of them; two days are a fifteenth.
        ([trip("2024-05-01", "2024-05-09")], MONTH, "0"),
        ([trip("2024-05-01", "2024-05-02")], MONTH, "7/30"),
        ([trip("2024-04-01", "2024-05-02")], MONTH, "7/30"),
        ([trip("2024-05-29", "2024-07-02")], MONTH, "7/30"),
        ([trip("2024-05-01", "2024-05-02")] * 9, MONTH, "7/30"),
        # Before or after the log, or not yet, it explains nothing in it.
        ([trip("2024-04-01", "2024-04-30")], MONTH, "3/10"),
        ([trip("2024-05-31", "2024-06-02")], MONTH, "3/10"),
        ([trip("2024-06-16", "2024-06-20")], {}, "3/10"),
        # The days of the log are not given.
        ([trip("2024-05-01", "2024-05-09")], {}, "1/4"),
        # Whose travel: somebody of the contract.
        ([trip("2024-05-01", "2024-05-09", who="ada")], MONTH, "0"),
        ([trip("2024-05-01", "2024-05-09", who="Ada Lovelace")], MONTH, "0"),
        ([trip("2024-05-01", "2024-05-09", who="somebody")], MONTH, "3/10"),
        # Only promised, or refused.
        ([trip("2024-05-01", "2024-05-09", status="unknown")], MONTH, "3/10"),
        ([trip("2024-05-01", "2024-05-09", status="refused")], MONTH, "3/10"),
        # How many sessions: twenty a day and traveler.
        ([trip("2024-05-01", "2024-05-09")], {**MONTH, "sessions": 600}, "0"),
        ([trip("2024-05-01", "2024-05-09")], {**MONTH, "sessions": 1800}, "1/5"),
        (["CN"], {"sessions": 10_000}, "29/100"),
    ],
)
def test_travel_explains_what_one_can_do_on_it(
    journeys: list[Any], usage: dict[str, Any], rest: str
) -> None:
    assert left(*journeys, **usage) == Fraction(rest)


def test_two_days_of_one_traveler_do_not_explain_three_hundred_sessions_over_months() -> None:
    months = {"from": "2024-01-01", "until": "2024-05-30", "sessions": 300}
    rest = left(trip("2024-03-01", "2024-03-02", who="ada"), part="1", **months)
    assert rest * 300 > 290


def test_a_longer_journey_never_explains_less() -> None:
    rests = [left(trip("2024-05-01", f"2024-05-{day:02d}"), **MONTH) for day in range(1, 31)]
    assert rests == sorted(rests, reverse=True)


def test_a_place_that_cannot_be_read_is_never_explained() -> None:
    fact = used(
        "access_unexplained",
        {"Atlantis": 0.01, "DK": 0.99},
        declared_travel=["Atlantis"],
        corporate_vpn=True,
        vpn_egress=["Atlantis"],
    )
    ((holder, countries, possible),) = [(h.holder, h.countries, h.possible) for h in fact.value]
    assert (holder, countries, possible) == ("Atlantis", frozenset(), None)


@pytest.mark.parametrize(
    ("usage", "explained"),
    [
        ({"corporate_vpn": True, "vpn_egress": ["CN"]}, True),
        ({"corporate_vpn": True, "vpn_egress": ["SG"]}, False),
        ({"corporate_vpn": True}, False),
        ({"corporate_vpn": False, "vpn_egress": ["CN"]}, False),
        ({"corporate_vpn": {"status": "refused"}, "vpn_egress": ["CN"]}, False),
        ({"observations": {"offices": ["CN"]}}, True),
        ({"observations": {"offices": ["SG"]}}, False),
    ],
)
def test_a_network_and_an_office_explain_the_places_where_they_are(
    usage: dict[str, Any], explained: bool
) -> None:
    fact = used("access_explained", {"CN": 0.95, "DK": 0.05}, **usage)
    assert (fact.value is True) is explained
    assert fact.known is explained


def test_a_network_is_why_sessions_come_through_one_wherever_it_comes_out() -> None:
    assert used("corporate_network", {"SG": 1}, corporate_vpn=True).value is True
    assert used("corporate_network", {"SG": 1}).known is False


def test_addresses_in_a_log_stand_for_nobody_knows_how_many_sessions() -> None:
    logs = {"observations": {"ip_countries": ["DK", "CN"]}}
    assert used("access_explained", {}, declared_travel=["CN"], **logs).known is False
    assert used("access_explained", {}, observations={"ip_countries": ["DK"]}).value is True
    unknown = {"observations": {"ip_countries": {"status": "unknown"}}}
    assert used("access_countries", {}, **unknown).partial is True


def test_what_was_given_is_told_with_its_names() -> None:
    fact = used(
        "access_evidence",
        {"IR": 0.1, "DK": 0.9},
        declared_travel=["IR", trip("2024-05-01", "2024-05-02", who="Ada", reference="T-7")],
        corporate_vpn={"value": True, "source": "egress list"},
        vpn_egress=["SG"],
        observations={"offices": ["IR"]},
    )
    assert fact.value == (
        "travel to Iran (asserted); travel to China of Ada, 2024-05-01 to 2024-05-02, T-7"
        " (asserted); offices in Iran; corporate network (usage.corporate_vpn, asserted: egress"
        " list), egress: Singapore"
    )
    assert used("access_evidence", {"DK": 1}).value == "none"


@pytest.mark.parametrize(
    ("sessions", "offices", "both", "partial"),
    [
        ({"IR": 1}, ["IR"], {"IR"}, False),
        ({"IR": 1}, ["DE"], set(), False),
        ({"Nowhere": 1}, ["IR"], set(), True),
        ({"IR": 1}, ["Nowhere"], set(), True),
        ({}, ["IR"], set(), False),
        ({"IR": 1}, [], set(), False),
    ],
)
def test_sessions_from_an_office_are_in_both(
    sessions: dict[str, Any], offices: list[str], both: set[str], partial: bool
) -> None:
    fact = used("access_from_offices", sessions, observations={"offices": offices})
    assert (fact.value, fact.partial) == (both, partial)
