"""A name that fits several chips, and how many chips its words say."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.chips import catalogue
from compliance.chips.name_tables import read_tables
from compliance.tables.embedded import rules_path
from unit.screening.contracts import of_contract, of_item, subjects, told

DAY = date(2026, 11, 24)
SYSTEMS = read_tables(rules_path() / "data" / "chips").systems.systems


class TestCandidates:
    def test_what_all_candidates_share_is_known(self) -> None:
        a100 = {"chip": "A100 PCIe"}
        assert of_item("chip", **a100).value == "NVIDIA A100 PCIe 40GB or NVIDIA A100 PCIe 80GB"
        assert of_item("vendor", **a100).value == "NVIDIA"
        assert of_item("vendor_headquarters", **a100).value == "US"
        assert of_item("paragraph", DAY, **a100).value == "3A090.a"
        assert of_item("market", **a100).value == "datacenter"
        assert of_item("tpp", DAY, **a100).value == 4992

    def test_what_they_differ_in_is_open_between_their_values(self) -> None:
        a100 = {"chip": "A100 PCIe"}
        bandwidth = of_item("dram_bandwidth", **a100)
        assert told(bandwidth) == (None, False, "unknown", ("items.0.chip",))
        assert bandwidth.possible == {1555, 1935}
        assert of_item("model", **a100).possible == {"A100 PCIe 40GB", "A100 PCIe 80GB"}

    def test_a_paragraph_on_which_they_differ_asks_for_the_chip(self) -> None:
        found = of_item("paragraph", DAY, chip="gfx942")
        assert found.possible == {"3A090.a", "3A090.b", "none"}
        assert found.missing == ("items.0.chip",)
        assert "Instinct MI308X" in found.note

    @pytest.mark.parametrize("text", ["Ascend 910B", "昇腾910B", "Atlas 800", "Atlas 800T A2"])
    def test_the_designer_of_an_ascend_is_known_whichever_it_is(self, text: str) -> None:
        assert of_item("vendor_headquarters", chip=text).value == "CN"
        assert of_item("chip", chip=text).known

    def test_chips_of_several_vendors_are_no_chip(self) -> None:
        found = of_item("chip", chip="R200")
        assert told(found) == (None, False, "unknown", ("items.0.chip",))
        assert found.possible == {"NVIDIA Rubin (per GPU)", "Baidu Kunlun Kunlun R200"}
        assert of_item("vendor_headquarters", chip="R200").possible == {"US", "CN"}

    def test_rates_on_which_they_agree_are_summed(self) -> None:
        one = of_item("site.fp64_pflops", chip="A100 PCIe 40GB", count=8).value
        assert of_item("site.fp64_pflops", chip="A100 PCIe", count=8).value == one
        other = of_item("site.fp64_pflops", chip="gfx942", count=8)
        assert told(other) == (None, False, "unknown", ("items.0.chip",))


def number(**item: Any) -> Any:
    return of_item("chip_count", **item).value


class TestCounts:
    @pytest.mark.parametrize(
        ("item", "expected"),
        [
            ({"chip": "GB200 NVL72", "count": 1}, 72),
            ({"chip": "GB200 NVL72", "unit": "rack", "units": 2}, 144),
            ({"chip": "GB200 NVL72", "unit": "rack", "count": 1, "chips_per_unit": 72}, 72),
            ({"chip": "HGX H100", "count": 8}, 64),
            ({"chip": "HGX H100", "unit": "server", "count": 8}, 64),
            ({"chip": "HGX H100", "count": 8, "chips_per_unit": 4}, 32),
            ({"chip": "HGX B200", "unit": "rack", "count": 1, "chips_per_unit": 72}, 72),
            ({"chip": "trn2u", "count": 8}, 512),
            ({"chip": "8x H100", "count": 8}, 64),
            ({"chip": "8x H100"}, 8),
            ({"chip": "8x H100", "unit": "server", "count": 2}, 16),
            ({"chip": "8x H100", "unit": "chip", "count": 8}, 8),
            ({"chip": "p5.48xlarge", "count": 4}, 32),
            ({"chip": "A16", "unit": "card", "count": 3}, 12),
            ({"chip": "H100", "unit": "card", "count": 3}, 3),
            ({"chip": "H100", "unit": "chip", "count": 3}, 3),
        ],
    )
    def test_the_words_of_the_name_multiply(self, item: dict[str, Any], expected: int) -> None:
        assert number(**item) == expected

    def test_the_most_is_counted_and_told(self) -> None:
        fact = of_item("chip_count", chip="HGX H100", count=8)
        assert fact.note == "hgx h100 of 4 or 8 chips: the most is counted"

    @pytest.mark.parametrize(
        ("chip", "count", "expected"),
        [
            ("NVIDIA-A100-SXM4-80GB-MIG-1g.10gb", 7, 1),
            ("NVIDIA-A100-SXM4-80GB-MIG-1g.10gb", 8, 2),
            ("NVIDIA-A100-SXM4-80GB-MIG-7g.80gb", 8, 8),
            ("GRID A100DX-40C", 3, 2),
            ("NVIDIA-L4-SHARED", 4, 4),
            ("NVIDIA A100-SXM4-80GB MIG", 4, 4),
        ],
    )
    def test_a_slice_is_a_share_of_a_chip_rounded_up_in_all(
        self, chip: str, count: int, expected: int
    ) -> None:
        assert number(chip=chip, count=count) == expected

    def test_a_slice_of_an_instance_type_as_well(self) -> None:
        instance = {"provider": "azure", "type": "Standard_NV18ads_A10_v5"}
        assert number(instance=instance, count=4) == 2

    @pytest.mark.parametrize(
        ("item", "possible"),
        [
            ({"chip": "8x H100", "unit": "chip", "count": 4}, {4, 32}),
            ({"chip": "GB200 NVL72", "unit": "chip", "count": 1}, {1, 72}),
            ({"chip": "GB200 NVL72", "count": 1, "chips_per_unit": 1}, {1, 72}),
            ({"chip": "GB200 NVL72", "unit": "server", "count": 1, "chips_per_unit": 1}, {1, 72}),
            ({"chip": "HGX H100", "count": 1, "chips_per_unit": 2}, {2, 4, 8, 16}),
        ],
    )
    def test_words_that_contradict_each_other_are_not_a_number(
        self, item: dict[str, Any], possible: set[int]
    ) -> None:
        fact = of_item("chip_count", **item)
        assert told(fact) == (None, False, "unknown", ("items.0.count", "items.0.chip"))
        assert fact.possible == possible
        assert fact.note.startswith("the name holds")

    @pytest.mark.parametrize(
        "item",
        [
            {"chip": "H100 cluster"},
            {"chip": "IPU-POD"},
            {"chip": "HGX H100", "unit": "rack"},
            {"chip": "GB200 NVL72", "unit": "server"},
        ],
    )
    def test_a_name_that_leaves_the_number_open_is_asked(self, item: dict[str, Any]) -> None:
        fact = of_item("chip_count", **item, count=2)
        assert told(fact) == (None, False, "unknown", ("items.0.chips_per_unit",))
        assert number(**item, count=2, chips_per_unit=4) == 8

    def test_no_system_is_ever_fewer_chips_than_it_holds(self) -> None:
        for name, system in SYSTEMS.items():
            most = max(system.chips, default=None)
            assert number(chip=name, count=3) == (None if most is None else 3 * most), name

    @given(
        st.sampled_from(["H100", "HGX H100", "GB200 NVL72", "8x H100", "H100 x2", "H100 cluster"]),
        st.integers(1, 100),
        st.sampled_from([None, "chip", "card", "server", "rack", "instance"]),
        st.none() | st.sampled_from([1, 4, 8, 72]),
    )
    def test_a_count_is_never_less_than_the_units(
        self, chip: str, count: int, unit: str | None, each: int | None
    ) -> None:
        stated = {"unit": unit, "chips_per_unit": each}
        item = {key: value for key, value in stated.items() if value is not None}
        fact = of_item("chip_count", chip=chip, count=count, **item)
        assert fact.known or fact.missing
        assert all(possible >= count for possible in (fact.possible or {count}))
        assert not fact.known or fact.value >= count


class TestTotals:
    @pytest.mark.parametrize(
        ("items", "possible"),
        [
            ([{"chip": "Ascend 910B4", "count": 4}], {0, 4}),
            ([{"chip": "H100", "count": 60}, {"chip": "Ascend 910B4", "count": 4}], {60, 64}),
            ([{"chip": "8x H100", "unit": "chip", "count": 4}], {4, 32}),
        ],
    )
    def test_a_total_lies_between_what_is_certain_and_what_may_be(
        self, items: list[dict[str, Any]], possible: set[int]
    ) -> None:
        fact = of_contract("controlled_chips", DAY, items=items)
        assert not fact.known
        assert fact.possible == possible
        assert fact.missing

    def test_an_open_number_has_no_ends(self) -> None:
        fact = of_contract("controlled_chips", DAY, items=[{"chip": "H100 cluster", "count": 1}])
        assert (fact.known, fact.possible) == (False, frozenset())

    def test_another_fact_that_rests_on_a_count_has_not_its_candidates(self) -> None:
        item = {"chip": "8x H100", "unit": "chip", "count": 4, "site": {"power_mw": 1}}
        found = subjects(items=[item])
        assert found.items[0]["site.power_ratio"].possible == frozenset()
        assert found.items[0]["site.fp64_pflops"].possible == frozenset()
        assert found.facts["operations"].possible == frozenset()


def test_every_chip_alone_is_one_chip() -> None:
    for chip in catalogue().chips:
        assert number(chip=chip.model, count=5) == 5, chip.model
