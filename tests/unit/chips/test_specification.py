from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from pydantic import ValidationError

from compliance.model.specification import ChipSpecification, Die

NUMBERS = tuple(
    name
    for name in ChipSpecification.model_fields
    if name not in {"dies", "memory_type", "market", "non_planar"}
)
DIE = {"area_mm2": 600, "logic": True, "non_planar": True}


def read(**figures: Any) -> ChipSpecification:
    return ChipSpecification.model_validate(figures)


def refusal(**figures: Any) -> str:
    with pytest.raises(ValidationError) as refused:
        read(**figures)
    (finding,) = refused.value.errors()
    return f"{'.'.join(map(str, finding['loc']))}: {finding['msg']}"


def test_the_design_example_is_read_exactly() -> None:
    found = read(fp16_tflops_dense=989.5, die_area_mm2=814, market="datacenter")
    assert found == ChipSpecification(
        fp16_tflops_dense=Decimal("989.5"), die_area_mm2=Decimal(814), market="datacenter"
    )
    assert str(found.fp16_tflops_dense) == "989.5"


@pytest.mark.parametrize(
    ("given", "expected"),
    [(0.1, "0.1"), (989.5, "989.5"), ("989.50", "989.50"), (7, "7"), (Decimal("1.25"), "1.25")],
)
def test_numbers_keep_their_shortest_spelling(given: Any, expected: str) -> None:
    assert str(read(fp8_tflops_dense=given).fp8_tflops_dense) == expected


@pytest.mark.parametrize("name", NUMBERS)
def test_every_figure_is_unknown_unless_given(name: str) -> None:
    assert getattr(read(), name) is None
    assert getattr(read(**{name: 1}), name) == 1


@pytest.mark.parametrize("name", NUMBERS)
@pytest.mark.parametrize(
    "bad", [-1, "-0.1", "nan", "inf", float("nan"), True, 10**10, "1e-99999999", "x", ""]
)
def test_no_figure_is_negative_endless_or_absurd(name: str, bad: Any) -> None:
    with pytest.raises(ValidationError):
        read(**{name: bad})


def test_every_figure_says_what_it_means_and_in_which_unit() -> None:
    schema = ChipSpecification.model_json_schema()
    described = {name: each["description"] for name, each in schema["properties"].items()}
    assert set(described) == set(ChipSpecification.model_fields)
    assert all("TFLOPS" in text for name, text in described.items() if "tflops" in name)
    assert all("mm2" in described[name] for name in ("die_area_mm2", "dies"))
    assert schema["additionalProperties"] is False


def test_unknown_keys_are_refused() -> None:
    assert refusal(fp16_tflops=1) == "fp16_tflops: Extra inputs are not permitted"


def test_markets_are_a_closed_set() -> None:
    assert "Input should be 'datacenter'" in refusal(market="gaming")


def test_a_specification_cannot_be_changed() -> None:
    found = read(fp64_tflops=1)
    with pytest.raises(ValidationError, match="frozen"):
        found.fp64_tflops = Decimal(2)  # type: ignore[misc]


def test_equal_specifications_hash_alike() -> None:
    assert hash(read(fp64_tflops="1.0", dies=[DIE])) == hash(read(fp64_tflops=1, dies=[DIE]))


class TestApplicableArea:
    @pytest.mark.parametrize(
        ("figures", "expected"),
        [
            ({}, None),
            ({"non_planar": True}, None),
            ({"non_planar": False}, Fraction(0)),
            ({"die_area_mm2": "294.5"}, Fraction(589, 2)),
            ({"die_area_mm2": 0}, Fraction(0)),
            ({"dies": [DIE]}, Fraction(600)),
            ({"dies": [{**DIE, "count": 2}]}, Fraction(1200)),
            ({"dies": [DIE, {**DIE, "non_planar": False}]}, Fraction(600)),
            ({"dies": [DIE, {**DIE, "logic": False}]}, Fraction(600)),
            ({"dies": [{**DIE, "logic": False}]}, Fraction(0)),
            ({"dies": [DIE], "die_area_mm2": 600, "non_planar": True}, Fraction(600)),
        ],
    )
    def test_only_non_planar_logic_dies_count(
        self, figures: dict[str, Any], expected: Fraction | None
    ) -> None:
        assert read(**figures).applicable_area == expected

    def test_an_area_beside_other_dies_is_refused(self) -> None:
        assert refusal(dies=[DIE], die_area_mm2=900) == (
            ": Value error, die_area_mm2 is not the area of the non-planar logic dies"
        )

    @pytest.mark.parametrize("area", [{"die_area_mm2": 561}, {"dies": [DIE]}])
    def test_an_area_on_a_planar_node_is_refused(self, area: dict[str, Any]) -> None:
        assert refusal(non_planar=False, **area) == (
            ": Value error, non_planar is false, so no die counts and the applicable area is 0"
        )

    @pytest.mark.parametrize(
        "area", [{"die_area_mm2": 0}, {"dies": [{**DIE, "non_planar": False}]}]
    )
    def test_no_area_on_a_non_planar_node_is_refused(self, area: dict[str, Any]) -> None:
        assert refusal(non_planar=True, **area) == (
            ": Value error, non_planar is true, so the applicable area is more than 0"
        )

    def test_an_empty_list_of_dies_is_refused(self) -> None:
        assert refusal(dies=[]).startswith("dies: Tuple should have at least 1 item")


class TestDie:
    def test_one_die_is_the_default_count(self) -> None:
        assert Die.model_validate(DIE).count == 1

    @pytest.mark.parametrize(
        "bad",
        [
            {"area_mm2": 0},
            {"area_mm2": -1},
            {"count": 0},
            {"count": True},
            {"count": 1.5},
            {"logic": "yes"},
            {"non_planar": 1},
            {"logic": None},
            {"node": 4},
        ],
    )
    def test_a_die_is_typed_strictly(self, bad: dict[str, Any]) -> None:
        with pytest.raises(ValidationError):
            Die.model_validate(DIE | bad)


def test_the_published_schema_bounds_numbers_with_the_words_of_json_schema() -> None:
    schema = ChipSpecification.model_json_schema()
    spelled = next(iter(schema["properties"]["fp64_tflops"]["anyOf"]))
    assert spelled == {"type": "number", "minimum": 0, "maximum": 10**9}
    assert not {"ge", "le", "gt", "max_digits"} & set(
        schema["$defs"]["Die"]["properties"]["area_mm2"]
    )
