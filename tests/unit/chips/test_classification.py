"""The traps of 3A090, worked: sparsity, doubling, bit lengths, tiers, area, market, dates."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from compliance.chips import Catalogue, ChipSpecification, Classification, catalogue

BEFORE = date(2022, 10, 20)
RULE_2022 = date(2022, 10, 21)
LAST_OF_2022 = date(2023, 11, 16)
RULE_2023 = date(2023, 11, 17)
TODAY = date(2026, 11, 23)

CITE_2022 = "87 FR 62186 (15 CFR part 774, Supp. No. 1, ECCN 3A090)"
CITE_2023 = "88 FR 73458 (15 CFR part 774, Supp. No. 1, ECCN 3A090)"
RATES = (
    "fp8_tflops_dense",
    "fp16_tflops_dense",
    "bf16_tflops_dense",
    "int8_tops_dense",
    "fp4_tflops_dense",
    "int4_tops_dense",
    "fp6_tflops_dense",
    "fp32_tflops",
    "fp64_tflops",
    "tf32_tflops_dense",
)


@pytest.fixture(scope="module")
def known() -> Catalogue:
    return catalogue()


def of(day: date = TODAY, /, **figures: Any) -> Classification:
    return catalogue().classify(ChipSpecification.model_validate(figures), as_of=day)


def paragraph(day: date = TODAY, /, **figures: Any) -> str | None:
    found = of(day, **figures)
    assert found.determined, found
    return found.paragraph


class TestT1Sparsity:
    def test_h100_counts_its_dense_rate_and_stays_under_the_export_window(
        self, known: Catalogue
    ) -> None:
        found = known.classify("H100 SXM5", as_of=TODAY)
        assert found == Classification(
            paragraph="3A090.a",
            tpp=Decimal(15832),
            performance_density=Fraction(15832, 814),
            precision="fp8",
            reasons=("TPP 15,832 (fp8 dense 1,979 x 8) reaches 4,800: 3A090.a",),
            undetermined=(),
            candidates=("3A090.a",),
            cite=CITE_2023,
            in_force_from=RULE_2023,
        )

    def test_every_precision_of_the_h100_gives_no_more(self) -> None:
        assert of(fp16_tflops_dense=989.5).tpp == Decimal(15832)
        assert of(fp8_tflops_dense=1979).tpp == Decimal(15832)


class TestT2Doubling:
    def test_a100_counts_its_datasheet_rate_once(self, known: Catalogue) -> None:
        found = known.classify("A100", as_of=TODAY)
        assert (found.paragraph, found.tpp, found.precision) == ("3A090.a", Decimal(4992), "fp16")

    def test_the_worked_equivalence_of_the_rule_holds(self) -> None:
        assert of(int8_tops_dense=600).tpp == Decimal(4800)
        assert of(fp16_tflops_dense=300).tpp == Decimal(4800)
        assert paragraph(int8_tops_dense=600, market="datacenter") == "3A090.a"


class TestT3Precision:
    def test_a40_is_controlled_by_its_16_bit_rate(self, known: Catalogue) -> None:
        found = known.classify("NVIDIA A40", as_of=TODAY)
        assert (found.paragraph, found.tpp, found.precision) == (
            "3A090.b",
            Decimal("2395.2"),
            "fp16",
        )
        assert found.reasons == (
            (
                "TPP 2,395.2 (fp16 dense 149.7 x 16) reaches 1,600 and performance density about "
                "3.8116 (TPP over 628.4 mm2) lies from 3.2 to below 5.92: 3A090.b"
            ),
        )

    def test_its_32_bit_rate_alone_would_leave_it_outside(self) -> None:
        assert paragraph(fp32_tflops=37.4, die_area_mm2=628, market="datacenter") is None

    @pytest.mark.parametrize(
        ("figure", "bits"),
        [
            ("fp64_tflops", 64),
            ("fp32_tflops", 32),
            ("tf32_tflops_dense", 19),
            ("fp16_tflops_dense", 16),
            ("bf16_tflops_dense", 16),
            ("fp8_tflops_dense", 8),
            ("int8_tops_dense", 8),
            ("fp6_tflops_dense", 6),
            ("fp4_tflops_dense", 4),
            ("int4_tops_dense", 4),
        ],
    )
    def test_each_precision_counts_with_its_input_bits(self, figure: str, bits: int) -> None:
        assert of(**{figure: 10}).tpp == Decimal(10 * bits)


class TestTF32:
    def test_storage_bits_never_give_a_higher_class_but_leave_the_lower_one_open(self) -> None:
        found = of(tf32_tflops_dense=190, die_area_mm2=800, market="datacenter")
        assert (found.paragraph, found.determined, found.tpp) == (None, False, Decimal(3610))
        assert found.undetermined == ("tf32_tflops_dense",)
        assert found.candidates == ("3A090.a", "3A090.b")
        assert found.reasons == (
            "TPP 3,610 (tf32 dense 190 x 19)",
            "performance density 4.5125 (TPP over 800 mm2)",
            (
                "TPP would be 6,080 with the 32 bits in which tf32 is stored; which bits "
                "count is not settled"
            ),
            "what is missing decides: 3A090.a or 3A090.b",
        )

    def test_it_is_settled_where_both_readings_agree(self, known: Catalogue) -> None:
        assert paragraph(tf32_tflops_dense=300, market="datacenter") == "3A090.a"
        assert paragraph(tf32_tflops_dense=50, market="datacenter", die_area_mm2=800) is None
        assert known.classify("Trainium2", as_of=TODAY).paragraph == "3A090.a"

    def test_it_is_settled_where_another_precision_counts_more(self) -> None:
        found = of(tf32_tflops_dense=156, fp16_tflops_dense=312, market="datacenter")
        assert (found.paragraph, found.precision) == ("3A090.a", "fp16")


class TestT4Tiers:
    def test_l4_is_in_the_upper_tier_by_its_density(self, known: Catalogue) -> None:
        found = known.classify("L4", as_of=TODAY)
        assert (found.paragraph, found.tpp) == ("3A090.a", Decimal(1936))
        assert found.performance_density == Fraction(1936) / Fraction("294.5")

    def test_h20_misses_every_tier(self, known: Catalogue) -> None:
        found = known.classify("H20", as_of=TODAY)
        assert (found.paragraph, found.determined, found.tpp) == (None, True, Decimal(2368))
        assert found.reasons == (
            "TPP 2,368 (fp8 dense 296 x 8) is below 4,800 (a.1)",
            "performance density about 2.9091 (TPP over 814 mm2) is below 5.92 (a.2)",
            "TPP 2,368 (fp8 dense 296 x 8) is below 2,400 (b.1)",
            "performance density about 2.9091 (TPP over 814 mm2) is below 3.2 (b.2)",
        )

    def test_a30_meets_b1_just_below_the_density_of_b2(self, known: Catalogue) -> None:
        found = known.classify("A30", as_of=TODAY)
        assert (found.paragraph, found.tpp) == ("3A090.b", Decimal(2640))
        assert found.performance_density == Fraction(2640, 826)

    @pytest.mark.parametrize(
        ("tpp", "density", "expected"),
        [
            ("4800", "0.1", "3A090.a"),
            ("4799.999", "5.92", "3A090.a"),
            ("4799.999", "5.919999", "3A090.b"),
            ("1600", "5.92", "3A090.a"),
            ("1599.999", "5.92", None),
            ("1600", "3.2", "3A090.b"),
            ("1600", "3.199999", None),
            ("1600", "5.919999", "3A090.b"),
            ("2399.999", "3.199999", None),
            ("2400", "1.6", "3A090.b"),
            ("2400", "1.599999", None),
            ("2399.999", "1.6", None),
            ("2400", "3.2", "3A090.b"),
            ("0", "1", None),
        ],
    )
    def test_bounds_are_inclusive_below_and_exclusive_above(
        self, tpp: str, density: str, expected: str | None
    ) -> None:
        law = catalogue().law.on(TODAY)
        assert law is not None
        figures = {
            "tpp": Fraction(tpp),
            "performance_density": Fraction(density),
            "interconnect": Fraction(0),
        }
        assert law.paragraph(figures, datacenter=True) == expected

    def test_a_density_that_is_a_limit_is_met_exactly(self) -> None:
        # 1,776 / 300 is 5.92 and 960 x 2 / 600 is 3.2, neither of which a float holds.
        upper = {"fp8_tflops_dense": 222, "market": "datacenter"}
        assert paragraph(die_area_mm2=300, **upper) == "3A090.a"
        assert paragraph(die_area_mm2="300.000000001", **upper) == "3A090.b"
        lower = {"fp8_tflops_dense": 240, "market": "datacenter"}
        assert paragraph(die_area_mm2=600, **lower) == "3A090.b"
        assert paragraph(die_area_mm2="600.000000001", **lower) is None


class TestT5Area:
    DIES = (
        {"area_mm2": 600, "logic": True, "non_planar": True},
        {"area_mm2": 300, "logic": True, "non_planar": False},
        {"area_mm2": 110, "count": 6, "logic": False, "non_planar": True},
    )

    def test_planar_dies_and_memory_do_not_enter_the_area(self) -> None:
        found = of(int8_tops_dense="312.5", dies=self.DIES, market="datacenter")
        assert (found.tpp, found.performance_density) == (Decimal(2500), Fraction(25, 6))
        assert found.paragraph == "3A090.b"

    def test_at_2000_the_right_area_is_inside_and_the_whole_package_outside(self) -> None:
        right = {"int8_tops_dense": 250, "market": "datacenter"}
        assert paragraph(dies=self.DIES, **right) == "3A090.b"
        assert paragraph(die_area_mm2=900, **right) is None

    def test_several_dies_of_a_sort_count_each(self) -> None:
        dies = [{"area_mm2": 300, "count": 2, "logic": True, "non_planar": True}]
        found = of(int8_tops_dense=250, dies=dies, market="datacenter")
        assert found.performance_density == Fraction(10, 3)

    @pytest.mark.parametrize(
        "area",
        [
            {"die_area_mm2": 0},
            {"non_planar": False},
            {"dies": [{"area_mm2": 500, "logic": True, "non_planar": False}]},
        ],
    )
    def test_without_a_non_planar_die_density_cannot_be_computed(
        self, area: dict[str, Any]
    ) -> None:
        found = of(int8_tops_dense=250, market="datacenter", **area)
        assert (found.paragraph, found.determined) == (None, False)
        assert found.undetermined == ("performance_density",)
        assert found.candidates == ("3A090.a", "3A090.b", None)
        assert "no logic die is non-planar" in found.reasons[1]

    def test_a_planar_chip_is_determined_where_density_does_not_decide(
        self, known: Catalogue
    ) -> None:
        assert known.classify("K80", as_of=TODAY).determined
        assert paragraph(int8_tops_dense=600, die_area_mm2=0) == "3A090.a"


class TestAreaAtMost:
    @pytest.mark.parametrize(
        ("bound", "candidates"),
        [
            ("743.24", ("3A090.a",)),  # 4,400 over it is just above 5.92
            ("743.25", ("3A090.a", "3A090.b")),
            ("2750", ("3A090.a", "3A090.b")),  # 1.6 exactly
            ("2750.01", ("3A090.a", "3A090.b", None)),
        ],
    )
    def test_the_bound_decides_where_every_smaller_area_agrees(
        self, bound: str, candidates: tuple[str | None, ...]
    ) -> None:
        figures = {"bf16_tflops_dense": 275, "market": "datacenter", "non_planar": True}
        found = of(die_area_mm2_at_most=bound, **figures)
        assert found.candidates == candidates
        assert found.undetermined == (() if len(candidates) == 1 else ("die_area_mm2",))
        assert found.performance_density is None

    def test_tpu_v4_is_in_the_upper_tier_by_the_bound_that_google_prints(
        self, known: Catalogue
    ) -> None:
        found = known.classify("TPU v4", as_of=TODAY)
        assert (found.paragraph, found.performance_density) == ("3A090.a", None)
        (reason,) = found.reasons
        assert reason == (
            "TPP 4,400 (bf16 dense 275 x 16) reaches 1,600 and performance density at least about "
            "7.3333 (TPP over at most 600 mm2) reaches 5.92: 3A090.a"
        )

    @pytest.mark.parametrize("model", ["TPU v4i", "TPU v5e"])
    def test_a_bound_may_say_only_that_a_chip_is_not_outside(
        self, known: Catalogue, model: str
    ) -> None:
        found = known.classify(model, as_of=TODAY)
        assert found.candidates == ("3A090.a", "3A090.b")
        assert found.undetermined == ("die_area_mm2",)

    def test_a_low_performance_needs_no_area(self, known: Catalogue) -> None:
        found = known.classify("TPU v2", as_of=TODAY)
        assert (found.determined, found.paragraph) == (True, None)

    def test_a_bound_that_is_too_wide_leaves_everything_open(self, known: Catalogue) -> None:
        found = known.classify("TPU v3", as_of=TODAY)  # 1,968 over 648 mm2 is under 3.2
        assert found.candidates == ("3A090.a", "3A090.b", None)

    def test_a_bound_says_nothing_where_no_die_may_count(self) -> None:
        figures = {"bf16_tflops_dense": 275, "market": "datacenter", "die_area_mm2_at_most": 600}
        assert of(**figures).candidates == ("3A090.a", "3A090.b", None)
        assert of(non_planar=False, **figures).candidates == ("3A090.a", "3A090.b", None)

    def test_a_known_area_decides_and_the_bound_must_allow_it(self) -> None:
        figures = {"bf16_tflops_dense": 275, "market": "datacenter", "non_planar": True}
        assert of(die_area_mm2=550, die_area_mm2_at_most=600, **figures) == of(
            die_area_mm2=550, **figures
        )
        with pytest.raises(ValueError, match="more than die_area_mm2_at_most"):
            of(die_area_mm2=700, die_area_mm2_at_most=600, **figures)


class TestT6Market:
    def test_rtx_4090_is_controlled_although_it_is_a_consumer_card(self, known: Catalogue) -> None:
        found = known.classify("RTX 4090", as_of=TODAY)
        assert (found.paragraph, found.tpp) == ("3A090.a", Decimal("5284.8"))
        assert known.find("RTX 4090").specification.market == "consumer"

    def test_rtx_4090_d_is_outside_by_note_2(self, known: Catalogue) -> None:
        found = known.classify("RTX 4090 D", as_of=TODAY)
        assert (found.paragraph, found.determined) == (None, True)
        assert found.reasons == (
            (
                "TPP 4,708 (fp8 dense 588.5 x 8) is below 4,800 and the chip is marketed as "
                "consumer: outside 3A090 by Note 2"
            ),
        )

    @pytest.mark.parametrize("market", ["consumer", "workstation", "edge"])
    def test_only_datacenter_chips_are_controlled_below_4800(self, market: str) -> None:
        figures = {"fp8_tflops_dense": 599, "die_area_mm2": 500}
        assert paragraph(market=market, **figures) is None
        assert paragraph(market="datacenter", **figures) == "3A090.a"
        assert paragraph(market=market, fp8_tflops_dense=600, die_area_mm2=500) == "3A090.a"

    def test_an_unknown_market_matters_only_below_4800(self) -> None:
        assert of(fp8_tflops_dense=600).undetermined == ()
        found = of(fp8_tflops_dense=599, die_area_mm2=500)
        assert (found.undetermined, found.candidates) == (("market",), ("3A090.a", None))
        assert of(fp8_tflops_dense=599, die_area_mm2=5000).undetermined == ()

    def test_the_2022_rule_did_not_ask_for_the_market(self) -> None:
        figures = {"fp8_tflops_dense": 600, "interconnect_gbs_bidirectional": 600}
        assert paragraph(LAST_OF_2022, market="consumer", **figures) == "3A090"


class TestT9Dates:
    @pytest.mark.parametrize("model", ["A800", "H800", "A800 PCIe 80GB", "H800 PCIe"])
    def test_a800_and_h800_are_outside_until_the_tiers_begin(
        self, known: Catalogue, model: str
    ) -> None:
        days = (BEFORE, RULE_2022, LAST_OF_2022, RULE_2023, TODAY)
        found = [known.classify(model, as_of=day) for day in days]
        assert [each.determined for each in found] == [True] * 5
        assert [each.paragraph for each in found] == [None, None, None, "3A090.a", "3A090.a"]

    @pytest.mark.parametrize("model", ["H20", "H20 141GB", "L20", "L2", "RTX 5090 D", "A10"])
    def test_chips_made_for_the_limits_are_never_in_3a090(
        self, known: Catalogue, model: str
    ) -> None:
        for day in (BEFORE, RULE_2022, LAST_OF_2022, RULE_2023, date(2025, 4, 9), TODAY):
            found = known.classify(model, as_of=day)
            assert (found.paragraph, found.determined) == (None, True), day

    @pytest.mark.parametrize("model", ["H200", "H100", "A100", "B200", "MI300X", "MI250X"])
    def test_the_large_ones_are_inside_from_the_first_day_of_the_entry(
        self, known: Catalogue, model: str
    ) -> None:
        days = (BEFORE, RULE_2022, LAST_OF_2022, RULE_2023, TODAY)
        found = [known.classify(model, as_of=day).paragraph for day in days]
        assert found == [None, "3A090", "3A090", "3A090.a", "3A090.a"]

    @pytest.mark.parametrize(
        ("model", "expected"),
        [
            ("L40", "3A090.b"),
            ("L40S", "3A090.a"),
            ("RTX 6000 Ada", "3A090.a"),
            ("RTX 5090", "3A090.a"),
            ("MI210", "3A090.b"),
            ("V100", None),
            ("T4", None),
            ("A10G", None),
            ("RTX A6000", None),
            ("RTX 3090", None),
            ("P100", None),
            ("Ascend 910B2", "3A090.a"),
            ("Gaudi 2", "3A090.a"),
            ("TPU v5p", "3A090.a"),
        ],
    )
    def test_known_chips_classify_as_publicly_known(
        self, known: Catalogue, model: str, expected: str | None
    ) -> None:
        found = known.classify(model, as_of=TODAY)
        assert (found.determined, found.paragraph) == (True, expected)

    def test_before_the_first_day_nothing_is_controlled_and_the_reason_says_so(self) -> None:
        found = of(BEFORE)
        assert (found.paragraph, found.determined, found.undetermined) == (None, True, ())
        assert (found.cite, found.in_force_from) == ("", None)
        assert found.reasons == (
            f"{CITE_2022} is in force from 2022-10-21: 3A090 does not exist on this day",
        )


class TestRule2022:
    @pytest.mark.parametrize(
        ("rate", "link", "expected"),
        [
            ("600", "600", "3A090"),
            ("599.999", "600", None),
            ("600", "599.999", None),
            ("599.999", "599.999", None),
        ],
    )
    def test_both_performance_and_interconnect_must_reach_their_limits(
        self, rate: str, link: str, expected: str | None
    ) -> None:
        found = of(RULE_2022, int8_tops_dense=rate, interconnect_gbs_bidirectional=link)
        assert (found.determined, found.paragraph) == (True, expected)

    def test_the_reason_names_both_figures_with_their_citation(self) -> None:
        found = of(RULE_2022, int8_tops_dense=1000, interconnect_gbs_bidirectional=900)
        assert found.reasons == (
            (
                "TPP 8,000 (int8 dense 1,000 x 8) reaches 4,800 and interconnect 900 GB/s reaches "
                "600 GB/s: 3A090"
            ),
        )
        assert (found.cite, found.in_force_from) == (CITE_2022, RULE_2022)

    def test_a_missing_link_matters_only_where_performance_reaches_its_limit(self) -> None:
        open_ = of(RULE_2022, int8_tops_dense=600)
        assert open_.undetermined == ("interconnect_gbs_bidirectional",)
        assert open_.candidates == ("3A090", None)
        assert of(RULE_2022, int8_tops_dense=599).undetermined == ()

    def test_missing_rates_do_not_matter_where_the_link_is_slow(self) -> None:
        found = of(RULE_2022, interconnect_gbs_bidirectional=599)
        assert (found.determined, found.paragraph, found.tpp) == (True, None, None)
        assert found.reasons == ("interconnect 599 GB/s is below 600 GB/s: outside 3A090",)


class TestMissingFigures:
    def test_b200_is_determined_without_its_die_area(self, known: Catalogue) -> None:
        found = known.classify("B200", as_of=TODAY)
        assert (found.paragraph, found.determined) == ("3A090.a", True)
        assert (found.tpp, found.performance_density) == (Decimal(36000), None)
        assert found.undetermined == ()

    def test_2000_without_area_lies_between_all_paragraphs(self) -> None:
        found = of(fp16_tflops_dense=125, market="datacenter")
        assert (found.paragraph, found.determined) == (None, False)
        assert found.undetermined == ("die_area_mm2",)
        assert found.candidates == ("3A090.a", "3A090.b", None)
        assert found.reasons == (
            "TPP 2,000 (fp16 dense 125 x 16)",
            "the area of the non-planar logic dies is not published",
            "what is missing decides: 3A090.a or 3A090.b or outside 3A090",
        )

    def test_1599_without_area_is_outside(self) -> None:
        found = of(int8_tops_dense="199.99")
        assert (found.paragraph, found.determined) == (None, True)
        assert found.reasons == (
            "TPP 1,599.92 (int8 dense 199.99 x 8) is below 1,600: outside 3A090",
        )

    def test_a_chip_without_any_rate_is_undetermined(self, known: Catalogue) -> None:
        found = known.classify("MI308X", as_of=TODAY)
        assert (found.paragraph, found.determined, found.tpp) == (None, False, None)
        assert found.undetermined == (*RATES, "die_area_mm2")
        assert found.precision is None
        assert found.reasons[0] == "no dense rate is published"

    def test_without_rates_the_area_still_narrows_the_candidates(self) -> None:
        found = of(die_area_mm2=46225, market="datacenter")
        assert found.candidates == ("3A090.a", None)
        assert found.undetermined == RATES

    def test_without_rates_a_consumer_chip_lies_between_a_and_nothing(self) -> None:
        found = of(market="consumer")
        assert (found.candidates, found.undetermined) == (("3A090.a", None), RATES)

    def test_an_empty_specification_names_everything_that_could_decide(self) -> None:
        assert of().undetermined == (*RATES, "die_area_mm2", "market")
        assert of(RULE_2022).undetermined == (*RATES, "interconnect_gbs_bidirectional")

    def test_a_published_precision_is_enough(self) -> None:
        assert of(fp32_tflops=10, market="datacenter", die_area_mm2=500).undetermined == ()


def test_a_float_is_read_through_its_shortest_spelling() -> None:
    assert of(fp16_tflops_dense=0.1).tpp == Decimal("1.6")


def test_equal_numbers_written_differently_classify_with_equal_words() -> None:
    assert of(fp16_tflops_dense="989.500", die_area_mm2="814.0") == of(
        fp16_tflops_dense="989.5", die_area_mm2="814"
    )
    assert str(of(fp16_tflops_dense="1000.00").tpp) == "16000"
