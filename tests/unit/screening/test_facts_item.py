"""What is known of an item: the chip, how many, who holds it, where it stands."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from unit.screening.contracts import of_item, subjects, told

H100 = {"chip": "H100 SXM5"}
BEFORE, AFTER = date(2022, 10, 6), date(2024, 6, 15)


def test_a_chip_is_found_in_the_catalogue() -> None:
    assert of_item("chip", chip="nvidia h100 sxm5").value == of_item("chip", **H100).value
    assert of_item("vendor", **H100).value == "NVIDIA"
    assert of_item("model", **H100).known
    assert told(of_item("vendor_headquarters", **H100)) == ("US", True, "derived", ())


CHIP_FIELDS = ["chip", "model", "vendor", "vendor_headquarters", "paragraph", "tpp", "market",
               "performance_density", "dram_bandwidth"]  # fmt: skip


@pytest.mark.parametrize("field", CHIP_FIELDS)
def test_a_chip_that_nobody_named_is_absent(field: str) -> None:
    assert told(of_item(field)) == (None, False, "absent", ("items.0.chip",))


@pytest.mark.parametrize("field", CHIP_FIELDS)
def test_a_chip_that_the_catalogue_lacks_is_unknown_never_a_guess(field: str) -> None:
    fact = of_item(field, chip="H1OO SXM9")
    assert told(fact) == (None, False, "unknown", ("items.0.chip",))
    assert "H1OO SXM9" in fact.note


def test_an_unknown_instance_type_is_named_by_its_own_path() -> None:
    fact = of_item("chip", instance={"provider": "aws", "type": "p9.enormous"})
    assert told(fact) == (None, False, "unknown", ("items.0.instance",))
    assert "p9.enormous" in fact.note


def test_the_class_of_a_chip_turns_on_the_day() -> None:
    assert of_item("paragraph", BEFORE, **H100).value == "none"
    assert of_item("paragraph", AFTER, **H100).value == "3A090.a"
    assert of_item("paragraph", AFTER, chip="RTX 4060").value in ("none", None)


def test_figures_of_a_chip_are_exact_and_published() -> None:
    assert of_item("tpp", **H100).value > 4800
    assert of_item("performance_density", **H100).value > 5
    assert of_item("dram_bandwidth", **H100).value == 3350
    assert of_item("market", **H100).value == "datacenter"


def test_a_specification_with_figures_missing_names_them() -> None:
    fact = of_item("paragraph", specification={"market": "datacenter"})
    assert (fact.known, fact.status) == (False, "unknown")
    assert fact.missing
    assert all(path.startswith("items.0.specification.") for path in fact.missing)
    assert "3A090.a" in fact.possible
    assert of_item("chip", specification={"market": "datacenter"}).value == "as specified"
    assert told(of_item("dram_bandwidth", specification={"market": "datacenter"})) == (
        None, False, "unknown", ("items.0.specification.memory_bandwidth_gbs",),
    )  # fmt: skip
    assert of_item("market", specification={"market": "datacenter"}).value == "datacenter"


@pytest.mark.parametrize(
    ("item", "count"),
    [
        ({"count": 16}, 16),
        ({"unit": "chip", "count": 16}, 16),
        ({"unit": "card", "units": 16}, 16),
        ({"unit": "server", "units": 300, "chips_per_unit": 8}, 2400),
        ({"unit": "rack", "count": 2, "chips_per_unit": 72}, 144),
    ],
)
def test_chips_are_units_times_chips_per_unit(item: dict[str, Any], count: int) -> None:
    assert of_item("chip_count", **H100, **item).value == count


@pytest.mark.parametrize("unit", ["server", "rack", "instance"])
def test_units_of_unknown_size_are_not_chips(unit: str) -> None:
    fact = of_item("chip_count", **H100, unit=unit, units=300)
    assert told(fact) == (None, False, "absent", ("items.0.chips_per_unit",))
    assert fact.note == f"300 {unit}s of unknown size"


def test_an_instance_brings_its_own_number_of_chips() -> None:
    instance = {"provider": "aws", "type": "p5.48xlarge"}
    assert of_item("chip_count", instance=instance, count=4).value == 32
    assert of_item("chip", instance=instance).value == of_item("chip", **H100).value


class TestInstanceWithoutAccelerator:
    INSTANCE = {"provider": "aws", "type": "m5.large"}  # noqa: RUF012 - only read

    def test_it_has_no_chip_and_nothing_is_missing(self) -> None:
        chip = of_item("chip", instance=self.INSTANCE, count=4)
        assert (chip.value, chip.known, chip.missing) == ("no accelerator", True, ())
        assert chip.note == "aws m5.large has no accelerator"
        assert of_item("paragraph", instance=self.INSTANCE, count=4).value == "none"
        assert of_item("chip_count", instance=self.INSTANCE, count=4).value == 0

    def test_it_has_no_maker_and_no_figures(self) -> None:
        for name in ("model", "vendor", "vendor_headquarters", "tpp", "market", "dram_bandwidth"):
            assert not of_item(name, instance=self.INSTANCE, count=4).known, name

    def test_it_adds_nothing_to_the_performance_of_a_site(self) -> None:
        assert of_item("site.fp64_pflops", instance=self.INSTANCE, count=4).value == 0

    def test_a_type_of_an_unknown_family_is_an_unknown_chip(self) -> None:
        fact = of_item("chip", instance={"provider": "aws", "type": "q9.large"}, count=4)
        assert (fact.value, fact.known, fact.status) == (None, False, "unknown")


def test_a_number_that_is_not_established_is_asked_for() -> None:
    instance = {"provider": "aws", "type": "p6e-gb300.72xlarge"}
    fact = of_item("chip_count", instance=instance, count=2)
    assert told(fact) == (None, False, "unknown", ("items.0.chips_per_unit",))
    assert fact.note == "2 x p6e-gb300.72xlarge of unknown size"
    assert of_item("chip_count", instance=instance, count=2, chips_per_unit=72).value == 144
    assert of_item("chip", instance=instance).value == "NVIDIA GB300 (per GPU)"


def test_a_count_that_nobody_gave_is_absent() -> None:
    assert told(of_item("chip_count", **H100)) == (None, False, "absent", ("items.0.count",))


# --- legs ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("access", ["remote", "possession", "delivery"])
def test_the_leg_is_as_stated(access: str) -> None:
    assert told(of_item("access", access=access)) == (access, True, "stated", ())


@pytest.mark.parametrize("holder", ["lessee", "tenant"])
@pytest.mark.parametrize("held", ["title", "keys"])
@pytest.mark.parametrize("stated", [{"access": "remote"}, {}])
def test_whoever_holds_title_or_keys_has_possession_whatever_it_is_called(
    stated: dict[str, Any], held: str, holder: str
) -> None:
    fact = of_item("access", **stated, **{held: holder})
    assert fact.value == "possession"
    assert fact.note.startswith(f"the lessee holds {held}")


@pytest.mark.parametrize("access", ["possession", "delivery"])
def test_hardware_that_moves_is_not_turned_remote_by_title(access: str) -> None:
    assert of_item("access", access=access, title="provider", keys="provider").value == access
    assert of_item("access", access=access, title="lessee").value == access


@pytest.mark.parametrize(
    ("service", "leg"),
    [
        ("api_inference", "remote"),
        ("shared_vm", "remote"),
        ("dedicated_vm", "remote"),
        ("colocation_provider_owned", "remote"),
        ("marketplace_listing", "remote"),
        ("colocation_customer_owned", "possession"),
        ("lease_to_own", "possession"),
        ("sale", "delivery"),
    ],
)
def test_a_service_has_its_leg_where_the_contract_names_none(service: str, leg: str) -> None:
    fact = of_item("access", service=service)
    assert (fact.value, fact.note) == (leg, f"service {service}")
    assert of_item("service", service=service).value == service


def test_bare_metal_turns_on_who_holds_title() -> None:
    assert of_item("access", service="bare_metal", title="provider").value == "remote"
    assert of_item("access", service="bare_metal", title="lessee").value == "possession"
    assert told(of_item("access", service="bare_metal")) == (
        None, False, "absent", ("items.0.access",),
    )  # fmt: skip


def test_a_leg_that_nothing_shows_is_unknown() -> None:
    assert told(of_item("access")) == (None, False, "absent", ("items.0.access",))
    assert told(of_item("service")) == (None, False, "absent", ("items.0.service",))


@pytest.mark.parametrize(
    ("title", "owner"),
    [
        ("provider", "provider"),
        ("host", "provider"),
        ("lessee", "lessee"),
        ("tenant", "lessee"),
        ("a bank", "other"),
        ("reseller", "reseller"),
    ],
)
def test_the_owner_of_the_kit_holds_its_title(title: str, owner: str) -> None:
    assert of_item("equipment_owner", title=title).value == owner


def test_a_reseller_that_owns_its_kit_is_the_owner_without_a_title() -> None:
    reseller = {"role": "reseller", "owns_equipment": True, "party": {"id": "r", "name": "R"}}
    found = subjects(intermediaries=[reseller], items=[{}, {"title": "r"}])
    assert [item["equipment_owner"].value for item in found.items] == ["reseller", "reseller"]
    assert told(of_item("equipment_owner")) == (None, False, "absent", ("items.0.title",))


# --- sites --------------------------------------------------------------------------------------


def test_the_site_is_where_the_chips_compute() -> None:
    site = {"country": "Australia", "kind": "datacenter"}
    assert of_item("site.country", site=site).value == "AU"
    assert of_item("site.kind", site=site).value == "datacenter"
    assert told(of_item("site.country")) == (None, False, "absent", ("items.0.site.country",))
    assert told(of_item("site.kind")) == (None, False, "absent", ("items.0.site.kind",))
    assert told(of_item("site.kind", site={"kind": "unknown"}))[1:] == (
        False, "unknown", ("items.0.site.kind",),
    )  # fmt: skip


def test_the_region_of_a_site_is_found_by_code() -> None:
    site = {"country": "UA", "region": "UA-43"}
    assert of_item("site.regions", site=site).value == {"UA-43"}
    assert of_item("site.regions").value == frozenset()


def test_power_over_need_is_exact() -> None:
    site = {"country": "AU", "power_mw": "0.7"}
    fact = of_item("site.power_ratio", **H100, count=500, site=site)
    assert fact.value == Decimal(1)
    assert fact.note == "0.7 MW for 500 chips at 1.4 kW"
    assert told(of_item("site.power_ratio", **H100, count=1)) == (
        None, False, "absent", ("items.0.site.power_mw",),
    )  # fmt: skip
    uncounted = of_item("site.power_ratio", **H100, site=site)
    assert uncounted.missing == ("items.0.count",)


def test_volume_is_as_stated() -> None:
    assert of_item("site.volume_ft3", site={"volume_ft3": 900}).value == 900
    refused = of_item("site.volume_ft3", site={"volume_ft3": {"status": "refused"}})
    assert told(refused) == (None, False, "refused", ("items.0.site.volume_ft3",))


def pflops(*items: dict[str, Any]) -> list[Any]:
    return [item["site.fp64_pflops"].value for item in subjects(items=list(items)).items]


def test_performance_is_summed_over_all_items_of_one_site() -> None:
    here, there = {"country": "AU", "city": "Brisbane"}, {"country": "AU", "city": "Perth"}
    alone = pflops({**H100, "count": 10, "site": here})[0]
    assert alone > 0
    both = pflops(
        {**H100, "count": 10, "site": here},
        {**H100, "count": 5, "site": {**here, "city": "BRISBANE"}},
        {**H100, "count": 10, "site": there},
    )
    assert both == [alone * 3 / 2, alone * 3 / 2, alone]


@pytest.mark.parametrize("precision", ["fp64", "fp32"])
def test_performance_needs_chip_rate_and_count(precision: str) -> None:
    field = f"site.{precision}_pflops"
    assert of_item(field, chip="nonsense", count=1).missing == ("items.0.chip",)
    assert of_item(field, **H100).missing == ("items.0.count",)
    unpublished = of_item(field, specification={"market": "datacenter"}, count=1)
    assert unpublished.missing == (f"items.0.specification.{precision}_tflops",)


def test_where_hardware_ships_from_and_its_share_of_the_site_are_stated() -> None:
    assert of_item("shipped_from", shipped_from="Taiwan").value == "TW"
    assert told(of_item("shipped_from")) == (None, False, "absent", ("items.0.shipped_from",))
    assert of_item("share_of_site", share_of_site="0.85").value == Decimal("0.85")
    assert told(of_item("share_of_site"))[1:] == (False, "absent", ("items.0.share_of_site",))


# --- counts, orders -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("item", "gap", "chips"),
    [
        ({"count": 64, "installed": 60}, Decimal(4) / 64, 4),
        ({"count": 64, "installed": 64, "metered": 64}, Decimal(0), 0),
        ({"units": 64, "unit": "server", "chips_per_unit": 8, "metered": 58}, Decimal(6) / 64, 48),
        ({"ordered": 10, "delivered": 5}, Decimal("0.5"), 5),
        ({"count": 8, "installed": 0}, Decimal(1), 8),
    ],
)
def test_counts_that_should_agree_are_compared(
    item: dict[str, Any], gap: Decimal, chips: int
) -> None:
    assert of_item("count_gap", **H100, **item).value == gap
    assert of_item("count_gap_chips", **H100, **item).value == chips


def test_counts_of_instances_are_compared_in_chips() -> None:
    instance = {"provider": "aws", "type": "p5.48xlarge"}
    assert of_item("count_gap_chips", instance=instance, count=4, metered=3).value == 8


@pytest.mark.parametrize("item", [{}, {"count": 64}, {"installed": 64}])
@pytest.mark.parametrize("field", ["count_gap", "count_gap_chips"])
def test_one_count_cannot_disagree(field: str, item: dict[str, Any]) -> None:
    assert told(of_item(field, **item)) == (None, False, "absent", ("items.0.installed",))


@pytest.mark.parametrize(
    ("signed", "ordered", "after"),
    [("2024-01-01", "2024-01-02", True), ("2024-01-01", "2024-01-01", False)],
)
def test_hardware_ordered_after_signing_is_for_this_contract(
    signed: str, ordered: str, after: bool
) -> None:
    found = subjects(signed_on=signed, items=[{"ordered_on": ordered}])
    assert found.items[0]["ordered_after_signing"].value is after


def test_an_order_or_a_signing_without_date_cannot_be_compared() -> None:
    unsigned = subjects(items=[{"ordered_on": "2024-01-01"}]).items[0]["ordered_after_signing"]
    undated = subjects(signed_on="2024-01-01", items=[{}]).items[0]["ordered_after_signing"]
    assert (unsigned.missing, undated.missing) == (("signed_on",), ("items.0.ordered_on",))


def test_a_suppliers_authorization_is_as_stated() -> None:
    assert of_item("supplier_authorized", supplier_authorization=True).value is True
    assert told(of_item("supplier_authorized"))[1:] == (
        False, "absent", ("items.0.supplier_authorization",),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("site", "country", "regions"),
    [
        ({"country": "UA", "address": {"region": "UA-43"}}, "UA", {"UA-43"}),
        ({"country": "UA", "address": {"city": "Sevastopol"}}, "UA", {"UA-40"}),
        ({"country": "RU", "address": {"postcode": "295000"}}, "RU", {"UA-43"}),
        ({"address": {"country": "UA", "postcode": "99001"}}, "UA", {"UA-40"}),
        ({"address": {"country": "Iran", "city": "Tehran"}}, "IR", set()),
        ({"country": "AU", "address": {"country": "IR"}}, None, set()),
        ({"country": "AU", "address": {"country": "AU", "region": "QLD"}}, "AU", {"AU-QLD"}),
    ],
)
def test_a_site_is_where_its_address_is(
    site: dict[str, Any], country: str | None, regions: set[str]
) -> None:
    assert of_item("site.country", site=site).value == country
    assert of_item("site.regions", site=site).value == regions


def test_a_site_whose_address_is_elsewhere_is_in_one_of_both() -> None:
    found = of_item("site.country", site={"country": "AU", "address": {"country": "IR"}})
    assert not found.known
    assert found.possible == {"AU", "IR"}


def test_a_residential_address_makes_the_site_one() -> None:
    site = {"kind": "datacenter", "address": {"kind": "residential"}}
    assert of_item("site.kind", site=site).value == "residential"
