"""The words of conditions and the functions that know them are the same set."""

from __future__ import annotations

from typing import Any

import pytest

from compliance.model.share import Share
from compliance.policies.fact import Fact
from compliance.policies.vocabulary import ROLES, VOCABULARY
from compliance.screening.facts.subjects import ContractFacts, ItemFacts, PartyFacts
from unit.screening.contracts import subjects

REGISTRIES: dict[str, Any] = {"party": PartyFacts, "item": ItemFacts, "contract": ContractFacts}
TYPES: dict[str, Any] = {
    "country": str, "text": str, "choice": str, "flag": bool, "date": object, "number": object,
    "countries": frozenset, "texts": frozenset, "choices": frozenset, "share": Share,
    "holdings": tuple, "authorizations": tuple,
}  # fmt: skip


@pytest.mark.parametrize("scope", REGISTRIES)
def test_every_word_is_computed_and_nothing_else_is(scope: str) -> None:
    words = {name.partition(".")[2] for name in VOCABULARY if name.startswith(f"{scope}.")}
    assert set(REGISTRIES[scope].registry) == words


@pytest.mark.parametrize("scope", ["lessee", "provider"])
def test_lessee_and_provider_have_the_words_of_a_party(scope: str) -> None:
    def words(of: str) -> set[str]:
        return {name.partition(".")[2] for name in VOCABULARY if name.startswith(f"{of}.")}

    assert words(scope) == words("party")


EMPTY = subjects()
FULL = subjects(
    signed_on="2024-06-01",
    starts_on="2024-06-20",
    ends_on="2024-12-19",
    form="paper",
    provider={"id": "provider", "name": "P", "incorporation": "US", "headquarters": "US"},
    lessee={
        "id": "lessee", "name": "Fjord ApS", "incorporation": "DK", "headquarters": "DK",
        "incorporated_on": "2020-01-01", "government": "DK", "exchange_listing": "XCSE",
        "addresses": [{"country": "DK", "region": "DK-84"}], "ultimate_parent": "top",
        "public_body": False, "cloud_provider": False, "military": False,
        "military_intelligence": False, "us_persons_involved": False, "us_parent": False,
        "independent_entrepreneur": False, "group_documented": True,
    },
    end_users=["lessee"],
    consignees=["lessee"],
    payers=["lessee"],
    items=[
        {
            "chip": "H100 SXM5", "count": 8, "access": "remote", "service": "dedicated_vm",
            "title": "provider", "share_of_site": "0.1", "shipped_from": "US", "installed": 8,
            "metered": 8, "ordered_on": "2024-05-01", "supplier_authorization": True,
            "site": {"country": "AU", "kind": "datacenter", "power_mw": 1, "volume_ft3": 900},
        }
    ],
    ownership=[
        {"owner": {"id": "top", "name": "Top", "headquarters": "DK"}, "owned": "lessee",
         "share": "100%", "from": "2020-01-01"},
    ],
    payment={
        "method": "bank_transfer", "payer_country": "DK", "prepaid_months": 1,
        "payer_relation": "same", "amount": {"value": 10, "currency": "DKK"},
        "exchange": {"licensed": True, "in_payers_name": True}, "wallet_screened": True,
        "changed_on": "2024-06-01", "source_of_funds": [{"documented": True}],
    },
    end_use={"activities": ["simulation"], "military": False},
    sublease={"allowed": False, "flow_down_kyc": True},
    usage={"access_by_country": {"DK": "0.9"}},
)  # fmt: skip


@pytest.mark.parametrize("whole", [EMPTY, FULL], ids=["empty", "full"])
def test_a_known_value_is_of_the_kind_that_the_word_promises(whole: Any) -> None:
    for name in VOCABULARY:
        if not name.startswith(("lessee", "provider")):
            of_its_kind(whole, name)


def of_its_kind(whole: Any, name: str) -> None:
    word = VOCABULARY[name]
    scope, _, field = name.partition(".")
    item = whole.items[0] if whole.items else whole.anything
    subject = {"party": whole.lessee, "item": item, "contract": whole.facts}[scope]
    fact: Fact = subject[field]
    if isinstance(fact.value, frozenset):
        assert isinstance(fact.value, TYPES[word.kind]), name
    elif fact.known:
        assert isinstance(fact.value, TYPES[word.kind]), name
        assert fact.source, name
    else:
        assert fact.value is None, name
        assert fact.missing, name
    if word.choices and fact.known:
        members = fact.value if isinstance(fact.value, frozenset) else {fact.value}
        assert members <= set(word.choices), name


def test_an_unknown_fact_never_reads_as_a_value() -> None:
    subjects = {"party": EMPTY.nobody("end_user"), "item": EMPTY.anything}
    for scope, _, field in (name.partition(".") for name in VOCABULARY):
        if scope in subjects:
            fact = subjects[scope][field]
            assert fact.known or fact.value is None or fact.partial, field
            if not fact.known and not fact.value and not fact.possible:
                assert fact.text == "unknown", field


def test_roles_are_named_once() -> None:
    assert len(set(ROLES)) == len(ROLES)
