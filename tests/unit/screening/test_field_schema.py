"""Every field is declared once, and its function says what the declaration promises."""

from __future__ import annotations

from typing import Any

import pytest

from compliance.model.parties import ROLES
from compliance.model.share import Share
from compliance.policies.fact import Fact
from compliance.policies.fields import Field
from compliance.screening.facts.registry import Registry
from compliance.screening.facts.subjects import ItemFacts, PartyFacts
from compliance.screening.field_schema import FIELDS, fields_of
from compliance.screening.list_coverage import tell_unspoken
from screeners import screener
from unit.screening.contracts import subjects

TYPES: dict[str, Any] = {
    "country": str, "text": str, "choice": str, "flag": bool, "date": object, "number": object,
    "countries": frozenset, "texts": frozenset, "choices": frozenset, "share": Share,
    "holdings": tuple, "authorizations": tuple,
}  # fmt: skip


@pytest.mark.parametrize("scope", ["lessee", "provider"])
def test_lessee_and_provider_have_the_fields_of_a_party(scope: str) -> None:
    def fields(of: str) -> set[str]:
        return {name.partition(".")[2] for name in FIELDS if name.startswith(f"{of}.")}

    assert fields(scope) == fields("party")


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


for _subjects in (EMPTY, FULL):
    tell_unspoken(_subjects, frozenset())


@pytest.mark.parametrize("name", [n for n in FIELDS if not n.startswith(("lessee", "provider"))])
@pytest.mark.parametrize("whole", [EMPTY, FULL], ids=["empty", "full"])
def test_a_known_value_is_of_the_kind_that_is_declared(whole: Any, name: str) -> None:
    declared = FIELDS[name]
    scope, _, field = name.partition(".")
    item = whole.items[0] if whole.items else whole.anything
    subject = {"party": whole.lessee, "item": item, "contract": whole.facts}[scope]
    fact: Fact = subject[field]
    if isinstance(fact.value, frozenset):
        assert isinstance(fact.value, TYPES[declared.kind])
    elif fact.known:
        assert isinstance(fact.value, TYPES[declared.kind])
        assert fact.source
    else:
        assert fact.value is None
        assert fact.missing
    if declared.choices and fact.known:
        members = fact.value if isinstance(fact.value, frozenset) else {fact.value}
        assert members <= set(declared.choices)


FACTS = [name for name, field in FIELDS.items() if not field.is_finding]


@pytest.mark.parametrize("name", [n for n in FACTS if n.startswith(("party", "item"))])
def test_an_unknown_fact_never_reads_as_a_value(name: str) -> None:
    scope, _, field = name.partition(".")
    subject = {"party": EMPTY.nobody("end_user"), "item": EMPTY.anything}[scope]
    fact = subject[field]
    assert fact.known or (fact.value is None or fact.partial)
    if not fact.known and not fact.value and not fact.possible:
        assert fact.text == "unknown"


def test_roles_are_named_once() -> None:
    assert len(set(ROLES)) == len(ROLES)


# --- declarations -------------------------------------------------------------------------------


def test_the_docstring_of_a_function_is_what_its_field_means() -> None:
    registry: Registry[PartyFacts] = Registry("party")

    @registry("age", "number", asks="an extract", cost="computed")
    def _age(p: PartyFacts) -> Fact:
        """Days from its formation.

        To the day of law.
        """
        return Fact.of(1, p.path)

    meaning = "Days from its formation. To the day of law."
    assert registry.fields == {
        "age": Field("party.age", "number", meaning, asks="an extract", cost="computed")
    }
    assert registry.functions == {"age": _age}


def test_a_field_is_declared_once() -> None:
    registry: Registry[PartyFacts] = Registry("party")
    registry.stated("government", "country", "Whose government it is.")
    with pytest.raises(ValueError, match=r"two declarations of party\.government"):
        registry.finding("government", "country", "Whose government it is.")


def test_every_field_says_what_it_means_in_a_sentence() -> None:
    assert [
        n for n, f in FIELDS.items() if not (f.meaning[0].isupper() and f.meaning[-1] == ".")
    ] == []


@pytest.mark.parametrize(
    ("item", "value", "note"),
    [
        ({}, (None, False, "absent"), "not given"),
        ({"site": {}}, (None, False, "absent"), "not given"),
        ({"site": {"volume_ft3": 900}}, (900, True, "stated"), ""),
        ({"site": {"volume_ft3": {"status": "refused"}}}, (None, False, "refused"),
         "the customer refused to say"),
    ],
)  # fmt: skip
def test_a_field_without_a_function_is_taken_as_it_is_stated(
    item: dict[str, Any], value: tuple[Any, bool, str], note: str
) -> None:
    registry: Registry[ItemFacts] = Registry("item")
    registry.stated("volume", "number", "The volume.", path="site.volume_ft3")
    fact = registry.functions["volume"](subjects(items=[item]).items[0])
    assert (fact.value, fact.known, fact.status) == value
    assert fact.note == note
    assert fact.source.partition(",")[0] == "items.0.site.volume_ft3"


def test_a_finding_is_no_fact_until_the_engine_tells_it() -> None:
    found = subjects(lessee={"name": "Fjord ApS"})
    with pytest.raises(KeyError):
        _ = found.lessee["listed_under_other"]
    tell_unspoken(found, frozenset())
    assert found.lessee["listed_under_other"].value == frozenset()


def test_what_the_data_close_is_closed_in_the_schema_of_a_rule_folder() -> None:
    fields = fields_of(screener().knowledge)
    assert FIELDS["item.paragraph"].choices == ()
    assert {"none", "3A090.a"} <= set(fields["item.paragraph"].choices)
    assert fields["lessee.listed_under"].choices == fields["party.addresses_listed"].choices
    assert {f.domain for f in FIELDS.values()} - {""} == set(screener().knowledge.domains())


def test_a_sign_is_a_field_that_evidence_may_answer() -> None:
    signs = {name for name in FIELDS if FIELDS.is_sign(name)}
    assert {"item.count_gap", "contract.observations.serial_anomalies"} <= signs
    assert "party.headquarters" not in signs
