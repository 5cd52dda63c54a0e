"""Contracts as read: everything optional but the id, every defect with the path people wrote."""

from __future__ import annotations

import copy
import json
import pickle
from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from compliance.errors import ContractError, Problem
from compliance.model import Contract, Share
from compliance.model.contract import Interest

LESSEE = {"id": "lessee", "name": "Fjord ApS"}


def read(**fields: Any) -> Contract:
    return Contract.read({"id": "C-1", "lessee": LESSEE, **fields})


def problems(data: Any) -> list[tuple[str, str]]:
    with pytest.raises(ContractError) as caught:
        Contract.read(data)
    return [(p.path, p.message) for p in caught.value.problems]


def test_only_the_id_is_needed() -> None:
    contract = Contract.read({"id": "C-1"})
    assert (contract.lessee, contract.items, contract.ownership) == (None, (), ())
    assert problems({}) == [("id", "Field required")]


@pytest.mark.parametrize("bad", ["", "a\nb", "x" * 201, 7, None])
def test_an_id_is_a_short_line_of_text(bad: Any) -> None:
    assert [path for path, _ in problems({"id": bad})] == ["id"]


@pytest.mark.parametrize(
    ("data", "kind"), [(3, "int"), (None, "NoneType"), ([], "list"), ("C-1", "str")]
)
def test_what_is_not_a_mapping_is_not_a_contract(data: Any, kind: str) -> None:
    with pytest.raises(ContractError) as caught:
        Contract.read(data, source="in.jsonl")
    expected = Problem.at(
        f"a contract is a mapping, not {kind}", source="in.jsonl", code="contract"
    )
    assert caught.value.problems == (expected,)


def test_a_contract_passes_through_unchanged() -> None:
    contract = read()
    assert Contract.read(contract) is contract


def test_every_defect_is_reported_at_once_sorted_by_path() -> None:
    found = problems(
        {
            "id": "C-1",
            "lesee": {},
            "signed_on": "2024-02-30",
            "items": [{"count": 0}, {"chip": "H100", "bolts": 4}],
            "payment": {"amount": {"value": -1, "currency": "USD"}},
        }
    )
    assert [path for path, _ in found] == [
        "items.0.count", "items.1.bolts", "lesee", "payment.amount.value", "signed_on",
    ]  # fmt: skip


def test_a_bare_fact_is_named_without_the_step_that_nobody_wrote() -> None:
    data = {"id": "C", "items": [{"site": {"country": 5}}], "end_use": {"activities": ["x"]}}
    assert [path for path, _ in problems(data)] == [
        "end_use.activities.0", "items.0.site.country",
    ]  # fmt: skip


def test_a_fact_with_evidence_is_named_with_the_step_that_was_written() -> None:
    data = {"id": "C", "end_use": {"activities": {"value": ["x"]}}}
    assert [path for path, _ in problems(data)] == ["end_use.activities.value.0"]


@pytest.mark.parametrize(
    ("parent", "path"),
    [
        ({"value": {"nam": "Top"}, "status": "verified"}, "lessee.ultimate_parent.value.nam"),
        ({"id": "t", "headquarters": 5}, "lessee.ultimate_parent.headquarters"),
        ({"nam": "Top"}, "lessee.ultimate_parent.nam"),
    ],
)
def test_a_defect_inside_a_stated_party_is_named_as_written(parent: Any, path: str) -> None:
    data = {"id": "C", "lessee": {"id": "lessee", "ultimate_parent": parent}}
    assert [found.removesuffix(".value") for found, _ in problems(data)] == [path]


def test_a_term_ends_on_or_after_its_start() -> None:
    assert read(starts_on="2024-01-01", ends_on="2024-01-01").ends_on == date(2024, 1, 1)
    found = problems({"id": "C", "starts_on": "2024-01-02", "ends_on": "2024-01-01"})
    assert found == [("", "ends_on is before starts_on")]


def edge(**fields: Any) -> Interest:
    given = {"owner": "o", "owned": "lessee", **fields}
    return Interest.model_validate({k: v for k, v in given.items() if v != "absent"})


def test_an_interest_is_a_shareholding_unless_stated() -> None:
    interest = edge(share="51%")
    assert (interest.kind, interest.share) == ("shareholding", Share.exact(Fraction(51, 100)))


def test_a_class_of_shares_belongs_to_a_shareholding() -> None:
    assert edge(share="51%", share_class="A").share_class == "A"
    assert edge(share="51%").share_class is None
    owner = {"id": "o", "name": "Owner"}
    votes = {"owner": owner, "owned": "lessee", "kind": "voting_rights", "share_class": "A"}
    found = problems({"id": "C-1", "lessee": LESSEE, "ownership": [votes]})
    assert found == [("ownership.0", "classes are of shareholdings, not of voting_rights")]


def test_an_interest_has_an_owner_or_an_exception_never_both_never_neither() -> None:
    assert edge(owner="absent", exception="NO_KNOWN_PERSON").owner is None
    for bad in ({"exception": "NO_LEI"}, {"owner": "absent"}):
        with pytest.raises(ValueError, match="an owner, or an exception instead of one"):
            edge(**bad)


@pytest.mark.parametrize("until", ["2024-01-01", "2023-12-31"])
def test_an_interest_lasts_at_least_a_day(until: str) -> None:
    with pytest.raises(ValueError, match="until is not after from"):
        edge(share="1%", **{"from": "2024-01-01", "until": until})


def test_an_exception_is_of_the_published_list() -> None:
    with pytest.raises(ValueError, match="exception"):
        edge(owner="absent", exception="WE_FORGOT")


def test_an_error_knows_its_code_and_survives_a_pickle() -> None:
    with pytest.raises(ContractError) as caught:
        Contract.read({"id": ""}, source="a.json")
    again = pickle.loads(pickle.dumps(caught.value))  # noqa: S301 - ours
    assert (again.code, again.problems) == ("contract", caught.value.problems)
    assert [p.source for p in again.problems] == ["a.json"]


FULL: dict[str, Any] = {
    "id": "C-2024-117",
    "signed_on": "2024-06-01",
    "starts_on": "2024-06-20",
    "ends_on": "2025-06-19",
    "form": "paper",
    "provider": {"id": "provider", "name": "P", "incorporation": "SG"},
    "lessee": {
        "id": "lessee",
        "name": {"value": "L", "status": "verified"},
        "officers": [{"person": {"name": "Ada", "nationalities": ["DK"]}, "signs": True}],
    },
    "end_users": ["lessee", {"name": "U", "kind": "person", "birth_date": "1980-05-17"}],
    "intermediaries": [{"role": "reseller", "owns_equipment": False, "party": {"name": "R"}}],
    "items": [
        {"chip": "H100 SXM5", "count": 8, "access": "remote", "site": {"country": "AU"}},
        {"chip": "B200", "unit": "server", "units": 64, "chips_per_unit": 8, "access": "delivery"},
    ],
    "ownership": [
        {
            "owner": {"id": "parent", "name": "Top"},
            "owned": "lessee",
            "share": {"minimum": "50%", "maximum": "75%", "exclusive_minimum": True},
            "from": "2022-01-01",
        },
        {"owned": "parent", "exception": "NO_KNOWN_PERSON"},
    ],
    "payment": {"method": "crypto", "asset": "USDT", "amount": {"value": "1", "currency": "USD"}},
    "usage": {"from": "2024-07-01", "access_by_country": {"CN": 0.95}},
    "observations": {"ip_countries": ["CN"], "anonymizing_network": None},
    "authorizations": [{"kind": "license", "authority": "BIS", "covers": {"policies": ["us.*"]}}],
}


def test_a_full_contract_survives_json_and_pickle() -> None:
    contract = Contract.read(copy.deepcopy(FULL))
    written = contract.model_dump_json(by_alias=True, exclude_unset=True)
    assert Contract.read(json.loads(written)) == contract
    assert pickle.loads(pickle.dumps(contract)) == contract  # noqa: S301 - ours


def test_reading_leaves_what_was_given_alone() -> None:
    given = copy.deepcopy(FULL)
    Contract.read(given)
    assert given == FULL


def test_the_schema_of_a_contract_is_closed() -> None:
    schema = Contract.model_json_schema()
    assert schema["additionalProperties"] is False
    assert schema["required"] == ["id"]
    assert all(
        part.get("additionalProperties") is False
        for part in schema["$defs"].values()
        if part.get("type") == "object"
    )
