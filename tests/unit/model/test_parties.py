"""One party under one id, wherever it is written; references lead to somebody."""

from __future__ import annotations

from typing import Any

import pytest

from compliance.errors import ContractError
from compliance.model import Contract
from compliance.model.parties import Mention, described, mentions

LESSEE = {"id": "lessee", "name": "Fjord ApS"}


def contract(**fields: Any) -> Contract:
    return Contract.read({"id": "C-1", **fields})


def problems(**fields: Any) -> list[tuple[str, str]]:
    with pytest.raises(ContractError) as caught:
        contract(**fields)
    return [(p.path, p.message) for p in caught.value.problems]


def seen(found: Contract) -> list[tuple[str, str, str]]:
    return [(m.role, m.path, m.id) for m in mentions(found)]


def test_a_party_written_twice_alike_is_one_party() -> None:
    found = contract(lessee=LESSEE, end_users=[LESSEE], payers=["lessee"])
    assert list(described(mentions(found))) == ["lessee"]


def test_a_party_written_in_two_ways_is_an_error_with_both_paths() -> None:
    other = {"id": "lessee", "name": "Fjord GmbH"}
    assert problems(lessee=LESSEE, end_users=[other]) == [
        ("end_users.0", "party 'lessee' is described differently at lessee")
    ]


def test_evidence_is_part_of_what_is_said_of_a_party() -> None:
    verified = {"id": "lessee", "name": {"value": "Fjord ApS", "status": "verified"}}
    assert [path for path, _ in problems(lessee=LESSEE, payers=[verified])] == ["payers.0"]


def test_spelling_of_a_bare_fact_is_not() -> None:
    spelled = {"name": {"value": "Fjord ApS", "status": "asserted"}, "id": "lessee"}
    assert list(described(mentions(contract(lessee=LESSEE, payers=[spelled])))) == ["lessee"]


def test_a_reference_to_nobody_is_an_error_that_names_who_is_known() -> None:
    assert problems(lessee=LESSEE, end_users=["nobody"]) == [
        ("end_users.0", "no party with id 'nobody'; known: lessee")
    ]
    assert problems(lessee="lessee") == [("lessee", "no party with id 'lessee'; known: none")]


def test_every_wrong_mention_is_reported() -> None:
    found = problems(
        lessee=LESSEE,
        end_users=["x", {"id": "lessee", "kind": "person"}],
        ownership=[{"owner": "y", "owned": "z", "share": "1%"}],
    )
    assert [path for path, _ in found] == [
        "end_users.0", "end_users.1", "ownership.0.owned", "ownership.0.owner",
    ]  # fmt: skip


def test_a_party_without_an_id_goes_by_its_place() -> None:
    found = contract(
        lessee={"name": "A"},
        end_users=[{"name": "B"}],
        ownership=[{"owner": {"name": "C"}, "owned": "lessee", "share": "60%"}],
    )
    assert sorted(described(mentions(found))) == ["end_users.0", "lessee", "ownership.0.owner"]


def test_two_nameless_parties_in_two_places_are_two() -> None:
    found = contract(end_users=[{"name": "A"}, {"name": "A"}])
    assert sorted(described(mentions(found))) == ["end_users.0", "end_users.1"]


def test_every_place_where_a_party_can_stand_is_a_mention() -> None:
    p = {
        key: {"id": key, "name": key}
        for key in (
            "provider", "lessee", "user", "payer", "consignee", "reseller", "broker", "tenant",
            "supplier", "operator", "landlord", "fund", "owner", "parent", "director",
        )
    }  # fmt: skip
    p["lessee"]["ultimate_parent"] = p["parent"]  # type: ignore[assignment]
    p["lessee"]["officers"] = [{"person": p["director"], "signs": True}]  # type: ignore[assignment]
    found = contract(
        provider=p["provider"],
        lessee=p["lessee"],
        end_users=[p["user"]],
        payers=[p["payer"]],
        consignees=[p["consignee"]],
        intermediaries=[
            {"role": "reseller", "party": p["reseller"]},
            {"role": "broker", "party": p["broker"]},
        ],
        sublease={"tenants": [p["tenant"]]},
        items=[
            {
                "supplier": p["supplier"],
                "site": {"operator": p["operator"], "landlord": p["landlord"]},
            }
        ],
        payment={
            "bank": {"name": "Bank", "country": "DK"},
            "exchange": {"name": "Exchange"},
            "source_of_funds": [{"party": p["fund"]}, {"description": "savings"}],
        },
        ownership=[{"owner": p["owner"], "owned": "lessee", "share": "10%"}],
    )
    assert seen(found) == [
        ("provider", "provider", "provider"),
        ("lessee", "lessee", "lessee"),
        ("parent", "lessee.ultimate_parent", "parent"),
        ("officer", "lessee.officers.0.person", "director"),
        ("signatory", "lessee.officers.0.person", "director"),
        ("end_user", "end_users.0", "user"),
        ("payer", "payers.0", "payer"),
        ("consignee", "consignees.0", "consignee"),
        ("intermediary", "intermediaries.0.party", "reseller"),
        ("reseller", "intermediaries.0.party", "reseller"),
        ("intermediary", "intermediaries.1.party", "broker"),
        ("tenant", "sublease.tenants.0", "tenant"),
        ("supplier", "items.0.supplier", "supplier"),
        ("operator", "items.0.site.operator", "operator"),
        ("landlord", "items.0.site.landlord", "landlord"),
        ("bank", "payment.bank", "payment.bank"),
        ("exchange", "payment.exchange", "payment.exchange"),
        ("financier", "payment.source_of_funds.0.party", "fund"),
        ("owner", "ownership.0.owner", "owner"),
        ("owned", "ownership.0.owned", "lessee"),
    ]


def test_a_bank_is_an_organization_where_it_says_it_is() -> None:
    found = contract(payment={"bank": {"name": "Fjordbank", "country": "DK"}})
    (mention,) = mentions(found)
    assert mention.party.kind == "organization"
    assert mention.party.name is not None
    assert mention.party.incorporation is not None
    assert (mention.party.name.value, mention.party.incorporation.value) == ("Fjordbank", "DK")


def test_a_bank_without_a_name_is_screened_by_its_code() -> None:
    found = contract(payment={"bank": {"bic": "DABADKKK"}})
    assert seen(found) == [("bank", "payment.bank", "payment.bank")]
    (mention,) = mentions(found)
    assert [(i.scheme, i.value) for i in mention.party.identifiers] == [("bic", "DABADKKK")]


def test_a_bank_of_which_only_the_country_is_known_is_a_party_there() -> None:
    assert seen(contract(payment={"bank": {"country": "IR"}})) == [
        ("bank", "payment.bank", "payment.bank")
    ]


def test_a_bank_with_neither_name_nor_code_nor_place_is_nobody_to_screen() -> None:
    assert seen(contract(payment={"bank": {"licensed": True}})) == []


def test_each_wallet_of_the_payment_is_a_party() -> None:
    found = contract(payment={"wallets": ["0xAb", "bc1q"]})
    assert seen(found) == [
        ("wallet", "payment.wallets.0", "payment.wallets.0"),
        ("wallet", "payment.wallets.1", "payment.wallets.1"),
    ]
    parties = [mention.party for mention in mentions(found)]
    assert [p.kind for p in parties] == ["wallet", "wallet"]
    assert [(i.scheme, i.value) for p in parties for i in p.identifiers] == [
        ("wallet", "0xAb"), ("wallet", "bc1q"),
    ]  # fmt: skip


def test_an_unknown_parent_is_no_mention() -> None:
    found = contract(lessee={**LESSEE, "ultimate_parent": {"status": "unknown"}})
    assert seen(found) == [("lessee", "lessee", "lessee")]


def test_parents_of_parents_are_mentioned_in_their_turn() -> None:
    top = {"name": "Top"}
    middle = {"name": "Middle", "ultimate_parent": top}
    found = contract(lessee={"name": "L", "ultimate_parent": middle})
    assert [m.path for m in mentions(found)] == [
        "lessee", "lessee.ultimate_parent", "lessee.ultimate_parent.ultimate_parent",
    ]  # fmt: skip


def test_the_description_is_found_wherever_it_stands() -> None:
    found = contract(lessee="a", end_users=["a"], payers=[{"id": "a", "name": "A"}])
    party = described(mentions(found))["a"]
    assert party.name is not None
    assert party.name.value == "A"
    first = next(iter(mentions(found)))
    assert first == Mention("lessee", "lessee", first.party)
    assert first.party.is_reference
