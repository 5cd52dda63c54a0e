"""What is known of conduct: sessions by country, signals, signs of a shell, observations."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from compliance.model import Observations
from compliance.model.conduct import SIGNS
from compliance.screening.field_schema import FIELDS
from unit.screening.contracts import of_contract, told

LESSEE: dict[str, Any] = {
    "id": "lessee", "name": "Fjord ApS", "incorporation": "DK", "headquarters": "DK",
    "exchange_listing": "XCSE",
}  # fmt: skip


def used(field: str, sessions: dict[str, Any] | None = None, **contract: Any) -> Any:
    usage = {"access_by_country": sessions or {}, **contract.pop("usage", {})}
    return of_contract(field, **{"lessee": LESSEE, "usage": usage, **contract})


UNSEEN = (None, False, "absent", ("usage.access_by_country",))


def test_sessions_are_exact_parts_by_country() -> None:
    fact = used("access_shares", {"China": "0.95", "DK": "0.05"})
    assert [(h.holder, set(h.countries), h.possible, h.share.minimum) for h in fact.value] == [
        ("China", {"CN"}, frozenset(), Fraction(19, 20)),
        ("DK", {"DK"}, frozenset(), Fraction(1, 20)),
    ]
    assert told(used("access_shares")) == UNSEEN


def test_all_sessions_from_one_country_are_a_whole() -> None:
    for whole in (1, "1", "1.0"):
        (holding,) = used("access_shares", {"CN": whole}).value
        assert holding.share.minimum == 1


def test_sessions_from_an_unreadable_place_may_be_from_anywhere() -> None:
    (holding,) = used("access_shares", {"Atlantis": 0.5}).value
    assert (holding.countries, holding.possible) == (frozenset(), None)
    fact = used("access_countries", {"Atlantis": 0.5, "DK": 0.5})
    assert (fact.value, fact.known, fact.partial) == ({"DK"}, False, True)
    assert fact.missing == ("usage.access_by_country",)


def test_countries_seen_are_those_of_sessions_and_logs() -> None:
    fact = used("access_countries", {"CN": 0.5}, observations={"ip_countries": ["Denmark"]})
    assert told(fact) == ({"CN", "DK"}, True, "derived", ())
    assert told(used("access_countries")) == UNSEEN


@pytest.mark.parametrize(
    ("sessions", "contract"),
    [
        ({"DK": 1}, {}),
        ({"DK": 0.95, "SG": 0.05}, {"usage": {"declared_travel": ["Singapore"]}}),
        ({"SG": 1}, {"end_users": [{"name": "U", "residence": "SG"}]}),
        ({"SG": 1}, {"observations": {"offices": ["SG"]}}),
        ({"CN": 1}, {"usage": {"corporate_vpn": True, "vpn_egress": ["China"]}}),
    ],
)
def test_sessions_from_home_on_travel_or_through_the_companys_network_are_explained(
    sessions: dict[str, Any], contract: dict[str, Any]
) -> None:
    assert used("access_explained", sessions, **contract).value is True


@pytest.mark.parametrize(
    ("sessions", "contract"),
    [
        ({"CN": 1}, {}),
        ({"DK": 0.99, "CN": 0.01}, {}),
        ({"CN": 1}, {"usage": {"declared_travel": ["SG"]}}),
        ({"CN": 1}, {"usage": {"declared_travel": ["CN"]}}),
        ({"DK": 0.94, "CN": 0.06}, {"usage": {"declared_travel": ["CN"]}}),
        ({"CN": 1}, {"usage": {"corporate_vpn": True}}),
        ({"CN": 1}, {"usage": {"corporate_vpn": True, "vpn_egress": ["SG"]}}),
        ({"CN": 1}, {"usage": {"vpn_egress": ["CN"]}}),
        ({"Atlantis": 0.01, "DK": 0.99}, {"usage": {"declared_travel": ["Atlantis"]}}),
        (
            {},
            {"observations": {"ip_countries": ["DK", "CN"]}, "usage": {"declared_travel": ["CN"]}},
        ),
        ({"CN": 1}, {"usage": {"corporate_vpn": False}}),
        ({"CN": 1}, {"end_users": [{"name": "U", "nationalities": ["CN"]}]}),
        ({}, {}),
    ],
)
def test_other_sessions_are_not_explained_and_never_called_wrong(
    sessions: dict[str, Any], contract: dict[str, Any]
) -> None:
    fact = used("access_explained", sessions, **contract)
    assert (fact.value, fact.known) == (None, False)
    assert fact.missing == ("usage.declared_travel", "usage.corporate_vpn")


@pytest.mark.parametrize(
    ("sessions", "mostly"),
    [
        ({"DK": "0.8", "CN": "0.2"}, True),
        ({"DK": "0.79", "CN": "0.21"}, False),
        ({"DK": "0.4", "GB": "0.4"}, False),
        ({"Atlantis": 1}, False),
    ],
)
def test_sessions_are_from_the_users_places_from_four_fifths_on(
    sessions: dict[str, Any], mostly: bool
) -> None:
    assert used("access_from_users_places", sessions).value is mostly


def test_without_sessions_nobody_knows_where_users_are() -> None:
    assert told(used("access_from_users_places")) == UNSEEN


@pytest.mark.parametrize(
    ("observations", "away"),
    [
        ({}, ""),
        ({"phone_country": "DK", "card_country": "Denmark"}, ""),
        ({"phone_country": "CN"}, "phone_country"),
        (
            {"phone_country": "CN", "billing_country": "HK", "working_hours_country": "CN"},
            "phone_country, billing_country, working_hours_country",
        ),
        ({"card_country": "Atlantis"}, ""),
        ({"ip_countries": ["CN"]}, "ip_countries"),
        ({"ip_countries": ["CN", "DK"]}, ""),
    ],
)
def test_signals_that_point_away_from_home_are_counted(
    observations: dict[str, Any], away: str
) -> None:
    fact = used("mismatched_signals", observations=observations)
    assert (fact.value, fact.note) == (len(away.split(", ")) if away else 0, away)


def test_signals_that_point_to_the_parent_or_to_travel_do_not_mismatch() -> None:
    def away(**contract: Any) -> Any:
        return used("mismatched_signals", **contract).value

    lessee = {**LESSEE, "ultimate_parent": {"name": "Top", "headquarters": "SE"}}
    assert away(lessee=lessee, observations={"phone_country": "SE"}) == 0
    travel = {"declared_travel": ["CN"]}
    assert away(usage=travel, observations={"ip_countries": ["CN"]}) == 0
    assert away(usage=travel, observations={"phone_country": "CN"}) == 1


# --- shells -------------------------------------------------------------------------------------

MONEY = {"value": 10, "currency": "DKK"}


@pytest.mark.parametrize(
    ("sign", "contract"),
    [
        ("formed_recently", {"lessee": {**LESSEE, "incorporated_on": "2024-01-01"}}),
        ("residential_address", {"lessee": {**LESSEE, "addresses": [{"kind": "residential"}]}}),
        ("low_web_footprint", {"observations": {"low_web_footprint": True}}),
        ("free_or_disposable_email", {"observations": {"email_domain": "free"}}),
        ("free_or_disposable_email", {"observations": {"email_domain": "disposable"}}),
        ("nominee_directors", {"observations": {"nominee_directors": True}}),
        (
            "nominee_directors",
            {"lessee": {**LESSEE, "officers": [{"person": {"name": "Ada"}, "nominee": True}]}},
        ),
        ("sector_mismatch", {"observations": {"sector_mismatch": True}}),
        ("mail_drop", {"observations": {"mail_drop_address": True}}),
        (
            "capital_too_small",
            {
                "lessee": {**LESSEE, "paid_up_capital": MONEY},
                "payment": {"amount": {"value": "500.01", "currency": "DKK"}},
            },
        ),
    ],
)
def test_each_sign_of_a_shell_is_seen_alone(sign: str, contract: dict[str, Any]) -> None:
    given = {"lessee": LESSEE, **contract}
    assert of_contract("shell_indicators", **given).value == {sign}


@pytest.mark.parametrize(
    "contract",
    [
        {},
        {"lessee": {**LESSEE, "incorporated_on": "2023-06-16"}},
        {"observations": {"email_domain": "corporate", "nominee_directors": False}},
        {
            "lessee": {**LESSEE, "paid_up_capital": MONEY},
            "payment": {"amount": {"value": 500, "currency": "DKK"}},
        },
        {
            "lessee": {**LESSEE, "paid_up_capital": MONEY},
            "payment": {"amount": {"value": 9999, "currency": "JPY"}},
        },
        {"payment": {"amount": {"value": 9999, "currency": "DKK"}}},
    ],
)
def test_an_ordinary_company_shows_no_sign_of_a_shell(contract: dict[str, Any]) -> None:
    fact = of_contract("shell_indicators", **{"lessee": LESSEE, **contract})
    assert fact.value == frozenset()


@pytest.mark.parametrize(("formed", "new"), [("2023-06-17", True), ("2023-06-16", False)])
def test_a_year_after_formation_a_company_is_no_longer_new(formed: str, new: bool) -> None:
    fact = of_contract("shell_indicators", lessee={**LESSEE, "incorporated_on": formed})
    assert ("formed_recently" in fact.value) is new


# --- observations -------------------------------------------------------------------------------

SEEN = [f"observations.{key}" for key in sorted(SIGNS)]


@pytest.mark.parametrize("field", SEEN)
def test_an_observation_is_as_reported_or_nobody_looked(field: str) -> None:
    key = field.removeprefix("observations.")
    for value in (True, False):
        assert told(of_contract(field, observations={key: value})) == (value, True, "stated", ())
        stated = {"value": value, "status": "verified", "source": "audit"}
        fact = of_contract(field, observations={key: stated})
        assert (fact.value, fact.source) == (value, f"{field}, verified: audit")
    assert told(of_contract(field)) == (None, False, "absent", (field,))
    for status in ("unknown", "refused"):
        fact = of_contract(field, observations={key: {"status": status}})
        assert told(fact) == (None, False, status, (field,))


def test_every_yes_or_no_observation_can_be_asked_of() -> None:
    assert {f"contract.{field}" for field in SEEN} <= set(FIELDS)
    assert {f"contract.observations.{key}.open" for key in Observations.model_fields} <= set(FIELDS)
