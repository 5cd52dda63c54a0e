"""What is known of the contract as a whole: who is bound and named, terms, lists, licenses."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from compliance import Screener
from screeners import consulting_only, screener
from unit.screening.contracts import DAY, of_contract, subjects, told, watchlist

LESSEE = {"id": "lessee", "name": "Fjord ApS", "incorporation": "DK", "headquarters": "DK"}


def absent(*paths: str) -> tuple[Any, ...]:
    return (None, False, "absent", paths)


def test_the_day_of_law_is_a_fact() -> None:
    assert of_contract("as_of", date(2020, 1, 1)).value == date(2020, 1, 1)


def test_signing_form_and_term_are_as_stated() -> None:
    assert of_contract("signed_on", signed_on="2024-01-01").value == date(2024, 1, 1)
    assert of_contract("form", form="smart_contract").value == "smart_contract"
    assert told(of_contract("signed_on")) == absent("signed_on")
    assert told(of_contract("form")) == absent("form")


def test_a_term_counts_both_its_ends() -> None:
    assert of_contract("duration_days", starts_on="2024-01-01", ends_on="2024-01-01").value == 1
    assert of_contract("duration_days", starts_on="2024-01-01", ends_on="2024-12-31").value == 366
    assert told(of_contract("duration_days", ends_on="2024-12-31")) == absent("starts_on")
    assert told(of_contract("duration_days", starts_on="2024-01-01")) == absent("ends_on")


def test_a_contract_without_items_has_an_unknown_number_of_them() -> None:
    assert told(of_contract("item_count")) == absent("items")
    assert of_contract("item_count", items=[{}, {}]).value == 2


# --- who is bound -------------------------------------------------------------------------------


def bound(items: list[dict[str, Any]] | None = None, **provider: Any) -> tuple[set[str], set[str]]:
    stated = {"id": "provider", "name": "P", **provider} if provider else None
    fact = of_contract("bound_by", provider=stated, items=items or [])
    return set(fact.value), set(fact.possible)


US, EVERY = {"us", "us-owned"}, {"us", "us-owned", "eu", "uk"}


@pytest.mark.parametrize(
    ("provider", "laws"),
    [
        ({"incorporation": "US", "headquarters": "US"}, US),
        ({"incorporation": "SG", "headquarters": "US"}, US),
        ({"incorporation": "DE", "headquarters": "GB"}, {"eu", "uk"}),
        ({"incorporation": "SG", "headquarters": "SG"}, set()),
    ],
)
def test_a_provider_is_bound_where_it_is_organized_or_led(
    provider: dict[str, Any], laws: set[str]
) -> None:
    assert bound(**provider) == (laws, set())


@pytest.mark.parametrize(("country", "law"), [("DE", "eu"), ("IE", "eu"), ("GB", "uk")])
@pytest.mark.parametrize("us", [True, False, None])
@pytest.mark.parametrize("site", ["US", "AU", "RU"])
def test_the_law_of_the_eu_and_the_uk_binds_their_providers_whatever_us_law_says(
    country: str,
    law: str,
    us: bool | None,
    site: str,
) -> None:
    certain, _ = bound(
        [{"site": {"country": site}}],
        incorporation=country,
        headquarters=country,
        us_persons_involved=us,
    )
    assert law in certain
    assert ("us" in certain) is (us is True or site == "US")


def test_a_provider_of_whom_nothing_is_known_may_be_bound_by_any_law() -> None:
    assert bound() == (set(), EVERY)
    fact = of_contract("bound_by")
    assert fact.missing == ("provider.incorporation", "provider.headquarters")


def test_a_provider_half_known_is_bound_by_what_is_known() -> None:
    assert bound(incorporation="US") == (US, {"eu", "uk"})


@pytest.mark.parametrize(
    ("site", "laws"), [("US", US), ("DE", {"eu"}), ("GB", {"uk"}), ("AU", set())]
)
def test_conduct_at_a_site_is_bound_by_its_law(site: str, laws: set[str]) -> None:
    items = [{"site": {"country": site}}]
    assert bound(items, incorporation="SG", headquarters="SG") == (laws, set())


def test_a_site_that_nobody_named_may_be_anywhere() -> None:
    assert bound([{}], incorporation="SG", headquarters="SG") == (set(), EVERY)


@pytest.mark.parametrize(
    ("flag", "value", "certain", "possible"),
    [
        ("us_persons_involved", True, US, set()),
        ("us_persons_involved", False, set(), set()),
        ("us_persons_involved", None, set(), set()),
        ("us_persons_involved", {"status": "unknown"}, set(), US),
        ("us_persons_involved", {"status": "refused"}, set(), US),
        ("us_parent", True, {"us-owned"}, set()),
        ("us_parent", {"status": "unknown"}, set(), {"us-owned"}),
    ],
)
def test_us_persons_bind_once_stated_and_may_bind_once_said_to_be_unknown(
    flag: str, value: Any, certain: set[str], possible: set[str]
) -> None:
    found = bound(incorporation="SG", headquarters="SG", **{flag: value})
    assert found == (certain, possible)


# --- what is rented -----------------------------------------------------------------------------

H100, RTX = {"chip": "H100 SXM5"}, {"chip": "T4", "count": 5}


@pytest.mark.parametrize(
    ("day", "items", "chips"),
    [
        (DAY, [{**H100, "count": 8}, {**H100, "count": 4}], 12),
        (DAY, [RTX, {**H100, "count": 4}], 4),
        (DAY, [RTX], 0),
        (date(2022, 1, 1), [{**H100, "count": 8}], 0),
    ],
)
def test_controlled_chips_are_summed_over_items(
    day: date, items: list[dict[str, Any]], chips: int
) -> None:
    assert of_contract("controlled_chips", day, items=items).value == chips


@pytest.mark.parametrize(
    ("item", "path"), [(H100, "items.1.count"), ({"chip": "zzz", "count": 1}, "items.1.chip")]
)
@pytest.mark.parametrize("field", ["controlled_chips", "operations"])
def test_one_uncounted_or_unknown_chip_leaves_the_sum_unknown(
    field: str, item: dict[str, Any], path: str
) -> None:
    fact = of_contract(field, items=[{**H100, "count": 8}, item])
    alone = of_contract(field, items=[{**H100, "count": 8}])
    assert (fact.known, fact.missing) == (False, (path,))
    if fact.possible:  # where the count is given: none of them is controlled, or all are
        assert (fact.value, fact.possible) == (None, frozenset({8, 9}))
    else:
        assert (fact.value, fact.text) == (alone.value, f"at least {alone.text}")
    without = of_contract(field, items=[item])
    assert (without.value, without.known) == (None, False)


def test_operations_run_over_thirty_days_or_the_shorter_term() -> None:
    def operations(until: str | None) -> Any:
        term = {"starts_on": "2024-01-01", "ends_on": until} if until else {}
        return of_contract("operations", items=[{**H100, "count": 8}], **term).value

    month, week = operations(None), operations("2024-01-07")
    assert month == operations("2024-12-31") == operations("2024-01-30")
    assert week * 30 == pytest.approx(month * 7)
    assert month == pytest.approx(8 * 989.5e12 * 0.4 * 30 * 86400, rel=0.01)
    assert of_contract("operations", items=[RTX]).value == 0


def test_operations_need_a_rate() -> None:
    spec = {"market": "datacenter", "fp8_tflops_dense": 1979}
    fact = of_contract("operations", items=[{"specification": spec, "count": 8}])
    assert (fact.known, fact.value) == (False, None)
    assert all(path.startswith("items.0.specification") for path in fact.missing)


# --- who is named -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("field", "key"), [("end_users_named", "end_users"), ("consignees_named", "consignees")]
)
def test_everybody_in_a_role_has_to_be_named(field: str, key: str) -> None:
    everybody: list[Any] = [{"name": "A"}, {"name": "B"}]
    assert told(of_contract(field, **{key: everybody}))[:2] == (True, True)
    assert told(of_contract(field)) == absent(key)
    assert told(of_contract(field, **{key: [{"name": "A"}, {"kind": "person"}]})) == absent(
        f"{key}.1.name"
    )
    refused = of_contract(field, **{key: [{"name": {"status": "refused"}}]})
    assert told(refused) == (None, False, "refused", (f"{key}.0.name",))


def test_whoever_a_customer_lets_in_has_to_be_named_too() -> None:
    named: dict[str, Any] = {"end_users": [{"id": "u", "name": "A"}]}
    both = of_contract("end_users_named", **named, sublease={"tenants": ["u", {"name": "B"}]})
    assert (*told(both), both.note) == (True, True, "derived", (), "2 named")
    unnamed: dict[str, Any] = {"tenants": [{"name": "B"}, {"kind": "organization"}]}
    place = "sublease.tenants.1.name"
    assert told(of_contract("end_users_named", **named, sublease=unnamed)) == absent(place)
    fact = of_contract("end_users_named", sublease=unnamed)
    assert told(fact) == (None, False, "absent", ("end_users", place))
    refused: dict[str, Any] = {"tenants": [{"name": {"status": "refused"}}]}
    fact = of_contract("end_users_named", **named, sublease=refused)
    assert told(fact) == (None, False, "refused", ("sublease.tenants.0.name",))
    consignee: dict[str, Any] = {"consignees": [{"name": "A"}]}
    assert of_contract("consignees_named", **consignee, sublease=unnamed).value is True


def between(**fields: Any) -> dict[str, Any]:
    return {"role": "reseller", "party": {"id": "r", "name": "R"}, **fields}


def test_a_named_reseller_stands_between() -> None:
    assert of_contract("named_reseller", intermediaries=[between()]).value is True
    assert of_contract("named_reseller").value is False
    nameless = between(party={"kind": "organization"})
    assert of_contract("named_reseller", intermediaries=[nameless]).value is False
    assert of_contract("named_reseller", intermediaries=[between(role="broker")]).value is False


@pytest.mark.parametrize(
    ("intermediaries", "expected"),
    [
        ([], False),
        ([between(owns_equipment=True)], True),
        ([between(owns_equipment=False)], False),
        ([between(role="broker", owns_equipment=True)], False),
        ([between(party={"kind": "organization"}, owns_equipment=True)], False),
    ],
)
def test_only_a_named_reseller_can_own_the_kit(
    intermediaries: list[dict[str, Any]], expected: bool
) -> None:
    assert of_contract("reseller_owns_equipment", intermediaries=intermediaries).value is expected


def test_a_named_reseller_that_does_not_say_leaves_ownership_unknown() -> None:
    fact = of_contract("reseller_owns_equipment", intermediaries=[between()])
    assert told(fact) == absent("intermediaries.0.owns_equipment")


def test_subletting_is_as_the_clause_says() -> None:
    assert of_contract("sublease_allowed", sublease={"allowed": True}).value is True
    assert told(of_contract("sublease_allowed")) == absent("sublease.allowed")
    assert told(of_contract("sublease_allowed", sublease={})) == absent("sublease.allowed")


@pytest.mark.parametrize(
    ("contract", "value", "missing"),
    [
        ({}, None, ("sublease.flow_down_kyc",)),
        ({"sublease": {"flow_down_kyc": True}}, True, ()),
        ({"sublease": {"flow_down_kyc": False}}, False, ()),
        ({"intermediaries": [between(flow_down_kyc=True)]}, True, ()),
        (
            {"intermediaries": [between(flow_down_kyc=True)], "sublease": {}},
            None,
            ("sublease.flow_down_kyc",),
        ),
        (
            {"intermediaries": [between()], "sublease": {"flow_down_kyc": True}},
            None,
            ("intermediaries.0.flow_down_kyc",),
        ),
    ],
)
def test_whoever_lets_others_in_has_to_be_bound_each_one(
    contract: dict[str, Any], value: Any, missing: tuple[str, ...]
) -> None:
    fact = of_contract("flow_down_kyc", **contract)
    assert (fact.value, fact.missing) == (value, missing)


# --- end use ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "flag",
    ["military", "military_intelligence", "wmd", "supercomputer", "communications",
     "enterprise_software", "technical_analysis_only"],
)  # fmt: skip
def test_an_end_use_is_as_stated(flag: str) -> None:
    field = f"end_use.{flag}"
    assert of_contract(field, end_use={flag: True}).value is True
    assert of_contract(field, end_use={flag: False}).value is False
    assert told(of_contract(field)) == absent(field)
    refused = of_contract(field, end_use={flag: {"status": "refused"}})
    assert told(refused) == (None, False, "refused", (field,))


@pytest.mark.parametrize(
    ("activities", "training"),
    [(["model_training"], True), (["fine_tuning", "rendering"], True), (["inference"], False)],
)
def test_training_is_among_the_activities(activities: list[str], training: bool) -> None:
    assert of_contract("training", end_use={"activities": activities}).value is training
    found = of_contract("end_use.activities", end_use={"activities": activities})
    assert found.value == set(activities)


@pytest.mark.parametrize("field", ["training", "end_use.activities", "end_use.described"])
def test_activities_that_nobody_gave_are_absent(field: str) -> None:
    assert told(of_contract(field)) == absent("end_use.activities")


@pytest.mark.parametrize(
    ("end_use", "described"),
    [
        ({"description": "protein folding"}, True),
        ({"activities": ["simulation"]}, True),
        ({"activities": {"status": "refused"}}, None),
        ({"military": False}, None),
    ],
)
def test_an_end_use_is_described_by_words_or_activities(
    end_use: dict[str, Any], described: Any
) -> None:
    assert of_contract("end_use.described", end_use=end_use).value is described


# --- lists and licenses -------------------------------------------------------------------------


def test_lists_that_were_asked_for_and_not_consulted_are_counted() -> None:
    own = watchlist("own", {"name": "Nobody In Particular"}, published=DAY, stale_after_days=30)
    know = Screener.load(
        embedded=False, watchlists=[own], required_lists=["own", "un-sc", "eu-fsf"]
    ).knowledge
    fact = subjects(know=know).lessee["lists_missing"]
    assert (fact.value, fact.note) == (2, "eu-fsf, un-sc")
    assert subjects(know=screener().knowledge).lessee["lists_missing"].value == 0


@pytest.mark.parametrize(
    ("day", "stale"), [(date(2024, 6, 15), 0), (date(2024, 7, 15), 0), (date(2024, 7, 16), 1)]
)
def test_a_list_is_stale_after_its_own_limit(day: date, stale: int) -> None:
    own = watchlist("own", {"name": "Nobody In Particular"}, published=DAY, stale_after_days=30)
    know = consulting_only([own]).knowledge
    fact = subjects(day, know).lessee["lists_stale"]
    assert (fact.value, fact.note) == (stale, "own" if stale else "")


def test_authorizations_of_the_contract_name_no_party() -> None:
    license_ = {"kind": "license", "authority": "BIS"}
    named = {**license_, "covers": {"parties": ["lessee"]}}
    fact = of_contract("authorizations", lessee=LESSEE, authorizations=[license_, named])
    assert [a.parties for a in fact.value] == [()]
