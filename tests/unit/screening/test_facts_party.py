"""What is known of a party: names, places, standing, listings."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from compliance.policies.fact import Fact
from screeners import consulting_only
from unit.screening.contracts import (
    ALMOST,
    DAY,
    LISTED,
    listing,
    of_lessee,
    subjects,
    sure_and_possible,
    told,
    watchlist,
)


def test_a_name_is_stated_with_its_evidence() -> None:
    fact = of_lessee("name", name={"value": "A", "status": "verified", "source": "register"})
    assert told(fact) == ("A", True, "stated", ())
    assert fact.source == "lessee.name, verified: register"


@pytest.mark.parametrize(
    ("given", "status", "note"),
    [
        (None, "absent", "not given"),
        ({"status": "unknown"}, "unknown", "stated as unknown"),
        ({"status": "refused"}, "refused", "the customer refused to say"),
    ],
)
@pytest.mark.parametrize(
    "field",
    ["name", "incorporation", "headquarters", "residence", "government", "incorporated_on",
     "public_body", "cloud_provider", "military", "military_intelligence", "us_persons_involved",
     "us_parent", "independent_entrepreneur", "group_documented"],
)  # fmt: skip
def test_a_stated_fact_without_value_names_its_path_and_why(
    field: str, given: Any, status: str, note: str
) -> None:
    fact = of_lessee(field, **{field: given})
    assert told(fact) == (None, False, status, (f"lessee.{field}",))
    assert fact.note == note


@pytest.mark.parametrize(
    "field",
    ["public_body", "cloud_provider", "military", "military_intelligence", "us_persons_involved",
     "us_parent", "independent_entrepreneur", "group_documented"],
)  # fmt: skip
@pytest.mark.parametrize("value", [True, False])
def test_a_flag_is_as_stated(field: str, value: bool) -> None:
    assert told(of_lessee(field, **{field: value})) == (value, True, "stated", ())


@pytest.mark.parametrize(
    ("party", "kind", "organization", "person"),
    [
        ({"kind": "person"}, "person", False, True),
        ({"kind": "organization"}, "organization", True, False),
        ({"kind": "public_body"}, "public_body", True, False),
        ({"kind": "wallet"}, "wallet", False, False),
        ({"birth_date": "1980-05-17"}, "person", False, True),
        ({"residence": "SG"}, "person", False, True),
        ({"nationalities": ["CN"]}, "person", False, True),
        ({"incorporation": "SG"}, "organization", True, False),
        ({"incorporated_on": "2020-01-01"}, "organization", True, False),
        ({"exchange_listing": "XCSE"}, "organization", True, False),
        ({"public_body": True}, "public_body", True, False),
        ({"kind": "unknown", "incorporation": "SG"}, "organization", True, False),
    ],
)
def test_the_kind_is_stated_or_shown_by_other_facts(
    party: dict[str, Any], kind: str, organization: bool, person: bool
) -> None:
    assert of_lessee("kind", **party).value == kind
    assert of_lessee("is_organization", **party).value is organization
    assert of_lessee("is_person", **party).value is person


@pytest.mark.parametrize("party", [{}, {"kind": "unknown"}, {"public_body": False}])
@pytest.mark.parametrize("field", ["kind", "is_organization", "is_person"])
def test_a_name_alone_shows_no_kind(field: str, party: dict[str, Any]) -> None:
    assert told(of_lessee(field, **party)) == (None, False, "absent", ("lessee.kind",))


@pytest.mark.parametrize("field", ["incorporation", "headquarters", "residence", "government"])
@pytest.mark.parametrize(("text", "code"), [("KR", "KR"), ("South Korea", "KR"), ("NO", "NO")])
def test_a_country_is_read_by_code_or_name(field: str, text: str, code: str) -> None:
    assert told(of_lessee(field, **{field: text})) == (code, True, "stated", ())


@pytest.mark.parametrize("field", ["incorporation", "headquarters", "residence"])
def test_a_text_that_is_no_country_is_unknown_with_the_text_as_given(field: str) -> None:
    fact = of_lessee(field, **{field: "Germnay"})
    assert told(fact) == (None, False, "unknown", (f"lessee.{field}",))
    assert fact.note.startswith("not a country: 'Germnay'")
    assert "Germany" in fact.note or "DE" in fact.note


def signs(*given: tuple[str, str]) -> list[dict[str, str]]:
    return [{"kind": kind, "country": country} for kind, country in given]


def test_headquarters_contested_by_two_kinds_of_sign_are_unknown_with_both_candidates() -> None:
    fact = of_lessee(
        "headquarters",
        headquarters="SG",
        headquarters_evidence=signs(("board", "CN"), ("staff", "China")),
    )
    assert told(fact) == (None, False, "unknown", ("lessee.headquarters",))
    assert fact.possible == {"SG", "CN"}
    assert fact.note == "contested: SG stated, CN by board, staff"
    assert fact.text == "CN or SG"


@pytest.mark.parametrize(
    "evidence",
    [
        [],
        signs(("board", "CN")),
        signs(("board", "CN"), ("board", "CN")),
        signs(("board", "CN"), ("staff", "MY")),
        signs(("board", "SG"), ("staff", "SG")),
        signs(("board", "Atlantis"), ("staff", "Atlantis")),
    ],
)
def test_fewer_signs_do_not_contest_headquarters(evidence: list[dict[str, str]]) -> None:
    fact = of_lessee("headquarters", headquarters="SG", headquarters_evidence=evidence)
    assert told(fact) == ("SG", True, "stated", ())


def test_signs_of_headquarters_are_counted_by_kind_for_other_countries_only() -> None:
    given: dict[str, Any] = {
        "headquarters": "SG",
        "headquarters_evidence": signs(
            ("board", "CN"), ("board", "CN"), ("staff", "CN"), ("filing", "SG"), ("website", "MY")
        ),
    }
    assert of_lessee("headquarters_evidence", **given).value == {"CN", "MY"}
    assert of_lessee("headquarters_evidence_kinds", **given).value == 2
    assert of_lessee("headquarters_evidence").value == frozenset()
    assert of_lessee("headquarters_evidence_kinds").value == 0


def test_nationalities_are_those_read_and_may_be_more_where_one_is_not() -> None:
    assert of_lessee("nationalities", nationalities=["CN", "Denmark"]).value == {"CN", "DK"}
    partly = of_lessee("nationalities", nationalities=["CN", "Atlantis"])
    assert (partly.value, partly.known, partly.partial) == ({"CN"}, False, True)
    assert partly.missing == ("lessee.nationalities",)
    assert told(of_lessee("nationalities"))[:2] == (frozenset(), True)


def test_places_are_every_country_where_it_is_but_never_a_nationality() -> None:
    fact = of_lessee(
        "places",
        incorporation="SG",
        headquarters="MY",
        nationalities=["CN"],
        addresses=[{"country": "HK"}, {"text": "somewhere"}],
    )
    assert (fact.value, fact.known) == ({"SG", "MY", "HK"}, True)


def test_a_party_of_no_place_has_unknown_places() -> None:
    fact = of_lessee("places")
    assert (fact.value, fact.known, fact.text) == (frozenset(), False, "unknown")
    assert set(fact.missing) == {"lessee.incorporation", "lessee.headquarters", "lessee.residence"}


def test_a_refused_place_leaves_the_others_standing_but_partial() -> None:
    fact = of_lessee("places", incorporation="SG", headquarters={"status": "refused"})
    assert (fact.value, fact.known, fact.partial) == ({"SG"}, False, True)
    assert "lessee.headquarters" in fact.missing


def test_contested_headquarters_are_possible_places() -> None:
    fact = of_lessee(
        "places",
        incorporation="SG",
        headquarters="SG",
        headquarters_evidence=signs(("board", "CN"), ("staff", "CN")),
    )
    assert fact.value == {"SG"}
    assert fact.possible >= {"CN"}


def test_regions_come_from_addresses() -> None:
    fact = of_lessee("regions", addresses=[{"country": "UA", "region": "UA-43"}])
    assert fact.value == {"UA-43"}
    assert of_lessee("regions", incorporation="DK").value == frozenset()


def test_age_runs_from_formation_to_signing_or_to_the_day() -> None:
    party = {"id": "lessee", "name": "A", "incorporated_on": "2024-01-01"}
    signed = subjects(lessee=party, signed_on="2024-01-31").lessee["age_days"]
    unsigned = subjects(date(2024, 3, 1), lessee=party).lessee["age_days"]
    assert (signed.value, unsigned.value) == (30, 60)
    assert told(of_lessee("age_days"))[1:] == (False, "absent", ("lessee.incorporated_on",))
    assert told(of_lessee("incorporated_on", incorporated_on="2024-01-01")) == (
        date(2024, 1, 1), True, "stated", (),
    )  # fmt: skip


def test_an_exchange_listing_is_a_yes_and_its_absence_no_no() -> None:
    assert told(of_lessee("exchange_listed", exchange_listing="XCSE")) == (True, True, "stated", ())
    assert told(of_lessee("exchange_listed")) == (
        None, False, "absent", ("lessee.exchange_listing",),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("party", "unresolved"),
    [
        ({"kind": "wallet", "name": "0xabc"}, True),
        ({"name": None}, True),
        ({"name": None, "kind": "organization"}, False),
        ({"name": "A"}, False),
    ],
)
def test_a_wallet_or_nobody_in_particular_is_unresolved(
    party: dict[str, Any], unresolved: bool
) -> None:
    assert of_lessee("unresolved", **party).value is unresolved


def test_a_residential_address_is_known_only_where_there_is_an_address() -> None:
    home = [{"kind": "residential", "country": "SG"}]
    assert of_lessee("residential_address", addresses=home).value is True
    assert of_lessee("residential_address", addresses=[{"kind": "billing"}]).value is False
    assert told(of_lessee("residential_address"))[1:] == (False, "absent", ("lessee.addresses",))


def test_roles_are_all_those_in_which_the_party_is_mentioned() -> None:
    found = subjects(
        lessee={"id": "a", "name": "A", "ultimate_parent": "b"},
        end_users=["a"],
        payers=["b"],
        consignees=[{"id": "b", "name": "B"}],
        intermediaries=[{"role": "reseller", "party": {"id": "r", "name": "R"}}],
        ownership=[{"owner": "b", "owned": "a", "share": "51%"}],
    )
    assert {party: set(facts["roles"].value) for party, facts in found.parties.items()} == {
        "a": {"lessee", "end_user"},
        "b": {"parent", "payer", "consignee", "owner"},
        "r": {"intermediary", "reseller"},
    }


def test_a_party_that_is_only_owned_has_no_role_of_its_own() -> None:
    found = subjects(
        lessee={"id": "a", "name": "A"},
        ownership=[{"owner": "a", "owned": {"id": "c", "name": "C"}, "share": "51%"}],
    )
    assert found.parties["c"]["roles"].value == frozenset()


# --- listings -----------------------------------------------------------------------------------


def listed(field: str, **party: Any) -> Fact:
    return of_lessee(field, know=listing(), **party)


def test_a_name_that_is_listed_is_on_that_list() -> None:
    fact = listed("listed_under", name=LISTED)
    assert (fact.value, fact.known) == ({"us.sdn"}, True)
    assert listed("possibly_listed_under", name=LISTED).value == frozenset()


def test_an_alias_is_screened_like_a_name() -> None:
    assert listed("listed_under", name="Harmless ApS", aliases=[LISTED]).value == {"us.sdn"}


def test_a_resembling_name_is_possible_and_not_certain() -> None:
    assert listed("listed_under", name=ALMOST).value == frozenset()
    assert listed("possibly_listed_under", name=ALMOST).value == {"us.sdn"}


def test_an_ordinary_name_is_on_no_list() -> None:
    assert told(listed("listed_under"))[:2] == (frozenset(), True)
    assert listed("possibly_listed_under").value == frozenset()


def test_without_a_name_nobody_knows_whether_it_is_listed() -> None:
    fact = listed("listed_under", name=None)
    assert (fact.value, fact.known, fact.missing) == (frozenset(), False, ("lessee.name",))
    assert fact.note == "no name to screen"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("listing.names", {LISTED}),
        ("listing.citations", {"Notice 1"}),
        ("listing.programmes", {"TEST", "footnote 4"}),
        ("listing.license_policies", {"presumption of denial"}),
    ],
)
def test_what_the_publisher_says_of_a_hit_is_kept(field: str, value: set[str]) -> None:
    assert listed(field, name=LISTED).value == value
    assert listed(field).value == frozenset()


def dated(**row: Any) -> Any:
    lists = [watchlist("ofac-sdn", {"name": LISTED, **row}, published=row.pop("published", None))]
    return consulting_only(lists).knowledge


def test_a_listing_counts_from_its_day_to_the_day_before_it_ends() -> None:
    know = dated(listed_on=date(2024, 1, 10), delisted_on=date(2024, 3, 1))
    seen = {
        day: of_lessee("listed_under", day, know, name=LISTED).value
        for day in (date(2024, 1, 9), date(2024, 1, 10), date(2024, 2, 29), date(2024, 3, 1))
    }
    assert [bool(on) for on in seen.values()] == [False, True, True, False]


def test_an_undated_listing_is_possible_before_the_day_of_its_list() -> None:
    lists = [watchlist("ofac-sdn", {"name": LISTED}, published=date(2024, 5, 1))]
    know = consulting_only(lists).knowledge
    before = of_lessee("listed_under", date(2024, 4, 30), know, name=LISTED)
    after = of_lessee("listed_under", date(2024, 5, 1), know, name=LISTED)
    assert sure_and_possible(before) == (set(), {"us.sdn"})
    assert after.value == {"us.sdn"}
    possible = of_lessee("possibly_listed_under", date(2024, 4, 30), know, name=LISTED)
    assert possible.value == {"us.sdn"}


# --- authorizations -----------------------------------------------------------------------------


def license_(**fields: Any) -> dict[str, Any]:
    return {"kind": "license", "authority": "BIS", "number": "D1", **fields}


ITEM = {"chip": "H100 SXM5", "count": 8}


def held(*authorizations: dict[str, Any], as_of: date = DAY, **contract: Any) -> list[str]:
    found = subjects(
        as_of,
        lessee={"id": "lessee", "name": "Fjord ApS"},
        items=contract.get("items", [ITEM]),
        authorizations=list(authorizations),
    )
    return [str(a) for a in found.lessee["authorizations"].value]


def test_an_authorization_on_file_is_held() -> None:
    assert held(license_()) == ["BIS license D1"]
    assert held() == []


@pytest.mark.parametrize(
    ("as_of", "valid"),
    [
        (date(2024, 5, 31), False),
        (date(2024, 6, 1), True),
        (date(2024, 6, 30), True),
        (date(2024, 7, 1), False),
    ],
)
def test_an_authorization_counts_on_its_days_only(as_of: date, valid: bool) -> None:
    given = license_(valid_from="2024-06-01", valid_until="2024-06-30")
    assert bool(held(given, as_of=as_of)) is valid


@pytest.mark.parametrize(
    ("parties", "counts"),
    [([], True), (["lessee"], True), (["Fjord ApS"], True), (["somebody"], False)],
)
def test_an_authorization_counts_for_the_parties_it_names(parties: list[str], counts: bool) -> None:
    assert bool(held(license_(covers={"parties": parties}))) is counts


@pytest.mark.parametrize(
    ("items", "counts"),
    [([], True), (["H100 SXM5"], True), (["items.0"], True), (["A100"], False)],
)
def test_an_authorization_counts_for_the_items_it_names(items: list[str], counts: bool) -> None:
    assert bool(held(license_(covers={"items": items}))) is counts


def test_an_authorization_for_one_of_two_items_does_not_cover_the_contract() -> None:
    two = [ITEM, {"chip": "A100 SXM4 80GB", "count": 8}]
    assert held(license_(covers={"items": ["items.0"]}), items=two) == []
    assert held(license_(covers={"items": ["items.0", "items.1"]}), items=two) != []


@pytest.mark.parametrize(
    ("users", "kind", "named"),
    [
        ([], "license", True),
        (["lessee"], "license", True),
        (["Fjord ApS"], "license", True),
        (["other"], "license", False),
        (["other"], "license_exception", True),
    ],
)
def test_a_license_that_limits_remote_users_has_to_name_them(
    users: list[str], kind: str, named: bool
) -> None:
    held_ = {"kind": kind, "authority": "BIS", "covers": {"remote_users": users}}
    found = subjects(lessee={"id": "lessee", "name": "Fjord ApS"}, authorizations=[held_])
    assert found.lessee["named_in_licenses"].value is named


def test_a_documented_group_settles_contested_headquarters() -> None:
    fact = of_lessee(
        "headquarters",
        headquarters="SG",
        group_documented=True,
        headquarters_evidence=signs(("board", "CN"), ("staff", "China")),
    )
    assert (fact.value, fact.known) == ("SG", True)


@pytest.mark.parametrize(
    ("text", "known"),
    [("XCSE", True), ("NYSE", True), ("ditto", False), ("soon", False), ("NASDAQ", False)],
)
def test_a_listing_names_its_market_by_code(text: str, known: bool) -> None:
    assert of_lessee("exchange_listed", exchange_listing=text).known is known
