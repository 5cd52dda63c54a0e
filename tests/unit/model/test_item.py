"""Items: one way to name the chip, one way to count it, sites with their own evidence."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, get_args

import pytest
from pydantic import ValidationError

from compliance.model import Item, Site, Stated
from compliance.model.item import Access, Instance


def refused(data: dict[str, Any]) -> list[tuple[tuple[Any, ...], str]]:
    with pytest.raises(ValidationError) as caught:
        Item.model_validate(data)
    return [(detail["loc"], detail["msg"]) for detail in caught.value.errors()]


CHIP: dict[str, Any] = {
    "chip": "H100 SXM5",
    "instance": {"provider": "aws", "type": "p5.48xlarge"},
    "specification": {"market": "datacenter"},
}


@pytest.mark.parametrize("key", CHIP)
def test_each_way_to_name_the_chip_is_enough(key: str) -> None:
    assert getattr(Item.model_validate({key: CHIP[key]}), key) is not None


@pytest.mark.parametrize(
    ("first", "second"),
    [("chip", "instance"), ("chip", "specification"), ("specification", "instance")],
)
def test_two_ways_to_name_the_chip_are_one_too_many(first: str, second: str) -> None:
    assert refused({first: CHIP[first], second: CHIP[second]}) == [
        ((), f"Value error, {first} and {second} both name the chip; give one")
    ]


def test_count_and_units_both_count() -> None:
    assert refused({"count": 2, "units": 2}) == [
        ((), "Value error, count and units both say how many; give one")
    ]


@pytest.mark.parametrize("key", ["count", "units", "chips_per_unit"])
@pytest.mark.parametrize("value", [0, -1, 1.0, "8", True, 100_000_001])
def test_a_count_of_hardware_is_a_positive_integer(key: str, value: Any) -> None:
    assert [loc for loc, _ in refused({key: value})] == [(key,)]


@pytest.mark.parametrize("key", ["ordered", "delivered", "installed", "powered", "metered"])
def test_a_counted_stage_may_be_zero_but_not_negative(key: str) -> None:
    assert getattr(Item.model_validate({key: 0}), key) == 0
    assert [loc for loc, _ in refused({key: -1})] == [(key,)]


def test_the_legs_are_remote_possession_and_delivery() -> None:
    assert get_args(Access) == ("remote", "possession", "delivery")
    assert [loc for loc, _ in refused({"access": "cloud"})] == [("access",)]


@pytest.mark.parametrize("share", [Decimal(0), Decimal("0.85"), Decimal(1)])
def test_the_share_of_a_site_is_a_fraction(share: Decimal) -> None:
    assert Item(share_of_site=share).share_of_site == share


@pytest.mark.parametrize("share", ["1.01", "-0.1", "NaN"])
def test_a_share_outside_the_site_is_refused(share: str) -> None:
    assert [loc for loc, _ in refused({"share_of_site": share})] == [("share_of_site",)]


def test_a_site_may_give_country_power_and_volume_with_evidence() -> None:
    site = Site.model_validate(
        {
            "country": {"value": "AU", "status": "verified"},
            "power_mw": "4.5",
            "volume_ft3": {"status": "refused"},
        }
    )
    assert site.country == Stated(value="AU", status="verified")
    assert site.power_mw is not None
    assert site.power_mw.value == Decimal("4.5")
    assert site.volume_ft3 is not None
    assert site.volume_ft3.status == "refused"


@pytest.mark.parametrize("value", [-3, "1e999999", "NaN", "much"])
@pytest.mark.parametrize("key", ["power_mw", "volume_ft3"])
def test_power_and_volume_are_numbers_of_this_world(key: str, value: Any) -> None:
    assert [loc[:3] for loc, _ in refused({"site": {key: value}})] == [("site", key, "value")]


def test_an_instance_needs_provider_and_type() -> None:
    assert Instance(provider="aws", type="p5.48xlarge").type == "p5.48xlarge"
    assert [loc for loc, _ in refused({"instance": {"provider": "aws"}})] == [("instance", "type")]


def test_an_item_may_be_empty_for_everything_may_be_missing() -> None:
    assert Item() == Item.model_validate({})
