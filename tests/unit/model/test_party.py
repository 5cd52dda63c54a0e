"""Parties: five places, closed kinds, references, and what a party may not say."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any, get_args

import pytest
from pydantic import ValidationError

from compliance.model import Address, Intermediary, Money, Party, Stated
from compliance.model.party import HeadquartersEvidence, Identifier, Officer, PartyKind


def refused(model: Any, data: dict[str, Any]) -> list[tuple[Any, ...]]:
    with pytest.raises(ValidationError) as caught:
        model.model_validate(data)
    return [detail["loc"] for detail in caught.value.errors()]


def test_a_text_alone_is_a_reference() -> None:
    party = Party.model_validate("lessee")
    assert party == Party.reference("lessee")
    assert party.is_reference


@pytest.mark.parametrize(
    "data", [{"id": "a", "name": "A"}, {"id": "a", "aliases": []}, {"name": "A"}, {}]
)
def test_whoever_says_more_than_an_id_is_described(data: dict[str, Any]) -> None:
    assert not Party.model_validate(data).is_reference


def test_the_kinds_are_those_of_the_design() -> None:
    assert get_args(PartyKind) == (
        "organization", "person", "public_body", "wallet", "vessel", "aircraft", "unknown",
    )  # fmt: skip
    assert refused(Party, {"kind": "company"}) == [("kind",)]


def test_places_are_five_and_none_is_called_country() -> None:
    assert refused(Party, {"country": "SG"}) == [("country",)]
    party = Party.model_validate(
        {
            "incorporation": "SG",
            "headquarters": "Singapore",
            "residence": "MY",
            "nationalities": ["CN"],
            "addresses": [{"kind": "registered", "country": "SG", "region": "SG-01"}],
            "ultimate_parent": {"name": "Top", "headquarters": "CN"},
        }
    )
    assert party.incorporation == Stated(value="SG")
    assert party.headquarters == Stated(value="Singapore")
    assert party.addresses == (Address(kind="registered", country="SG", region="SG-01"),)
    assert party.ultimate_parent is not None
    assert party.ultimate_parent.value == Party.model_validate(
        {"name": "Top", "headquarters": "CN"}
    )


def test_a_party_cannot_be_changed_and_unknown_keys_are_refused() -> None:
    party = Party(id="a", name="A")
    with pytest.raises(ValidationError, match="frozen"):
        party.id = "b"  # type: ignore[misc]
    assert refused(Party, {"nmae": "A"}) == [("nmae",)]


def test_an_identifier_has_a_scheme_in_lower_case() -> None:
    assert Identifier(scheme="lei", value="5493001KJTIIGC8Y1R12").scheme == "lei"
    for scheme in ("LEI", "", "1lei", "a b"):
        assert refused(Identifier, {"scheme": scheme, "value": "x"}) == [("scheme",)]


@pytest.mark.parametrize(
    ("given", "exact"),
    [("1200000", Decimal(1200000)), ("0.1", Decimal("0.1")), (5, Decimal(5)), ("0", Decimal(0))],
)
def test_money_is_exact(given: Any, exact: Decimal) -> None:
    assert Money.model_validate({"value": given, "currency": "USD"}).value == exact


@pytest.mark.parametrize("value", ["-1", "NaN", "Infinity", "1,5", "1" * 31, None])
def test_money_that_is_no_amount_is_refused(value: Any) -> None:
    assert refused(Money, {"value": value, "currency": "USD"}) == [("value",)]


@pytest.mark.parametrize("currency", ["usd", "US", "DOLLAR", "", "U$D"])
def test_a_currency_is_three_to_five_capitals(currency: str) -> None:
    assert refused(Money, {"value": 1, "currency": currency}) == [("currency",)]


def test_paid_up_capital_may_be_bare_or_with_evidence() -> None:
    money = {"value": "10", "currency": "SGD"}
    bare = Party.model_validate({"paid_up_capital": money}).paid_up_capital
    full = Party.model_validate(
        {"paid_up_capital": {"value": money, "status": "verified"}}
    ).paid_up_capital
    assert bare is not None
    assert full is not None
    assert bare.value == full.value == Money(value=Decimal(10), currency="SGD")
    assert (bare.status, full.status) == ("asserted", "verified")


def test_an_officer_is_a_person_with_a_role_and_perhaps_a_signature() -> None:
    officer = Officer.model_validate(
        {"person": {"name": "Ada"}, "signs": True, "from": "2024-01-01"}
    )
    assert (officer.role, officer.signs, officer.nominee) == ("officer", True, None)
    assert str(officer.since) == "2024-01-01"
    assert refused(Officer, {"role": "director"}) == [("person",)]


def test_signs_of_headquarters_are_of_a_closed_list_of_kinds() -> None:
    assert HeadquartersEvidence(kind="board", country="CN").country == "CN"
    assert refused(HeadquartersEvidence, {"kind": "accent", "country": "CN"}) == [("kind",)]
    assert refused(HeadquartersEvidence, {"kind": "board"}) == [("country",)]


def test_an_intermediary_has_a_role_and_a_party() -> None:
    found = Intermediary.model_validate({"role": "reseller", "party": "r", "owns_equipment": False})
    assert found.owns_equipment == Stated(value=False)
    assert found.flow_down_kyc is None
    assert refused(Intermediary, {"role": "agent", "party": "r"}) == [("role",)]
    assert refused(Intermediary, {"role": "broker"}) == [("party",)]


def test_a_hundred_aliases_are_kept_in_their_order() -> None:
    aliases = [f"Alias {n}" for n in range(100)]
    assert list(Party.model_validate({"aliases": aliases}).aliases) == aliases


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("1980-05-17", "1980-05-17"),
        (date(1980, 5, 17), "1980-05-17"),
        ("1980-05", "1980-05"),
        ("1980", "1980"),
        (1980, "1980"),
    ],
)
def test_a_birth_is_kept_as_exact_as_it_was_given(said: object, kept: str) -> None:
    party = Party.model_validate({"name": "Ilse Brandmoor", "birth_date": said})
    assert party.birth_date is not None
    assert party.birth_date.value == kept


@pytest.mark.parametrize(
    "said", ["17.05.1980", "1980-13", "1980-02-30", "80", 80, 0, True, 1980.0, "1980/1983"]
)
def test_what_is_no_date_of_birth_is_refused(said: object) -> None:
    with pytest.raises(ValidationError, match=r"birth_date"):
        Party.model_validate({"name": "Ilse Brandmoor", "birth_date": said})
