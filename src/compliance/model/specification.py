"""What a chip's maker publishes about it: dense rates, die area, memory, links, market.

The figures that an export classification reads, for ONE integrated circuit. A rate is the dense
one (without sparsity), as printed: a datasheet's TFLOPS already count a multiply-accumulate as two
operations. Every number is exact: a float is read through its shortest decimal spelling. A figure
that is absent is unknown, never zero; nothing that can be computed from these is stored.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from compliance.model.left_out import without

Market = Literal["datacenter", "workstation", "consumer", "edge"]
"""Who the maker designed or marketed the chip for; a renter's rack does not change it."""


def _no_bool(value: Any) -> Any:
    if isinstance(value, bool):
        raise ValueError("a number, not true or false")
    return value


# Bounded digits keep every product small and exact.
_Number = Annotated[
    Decimal,
    Field(ge=0, le=10**9, max_digits=28, decimal_places=18, allow_inf_nan=False),
    BeforeValidator(_no_bool),
]
_Area = Annotated[
    Decimal,
    Field(ge=0, le=10**6, max_digits=28, decimal_places=18, allow_inf_nan=False),
    BeforeValidator(_no_bool),
]
_DieArea = Annotated[
    Decimal,
    Field(gt=0, le=10**6, max_digits=28, decimal_places=18, allow_inf_nan=False),
    BeforeValidator(_no_bool),
]


def _rate(unit: str, what: str) -> Any:
    return Field(default=None, description=f"peak {what}, dense, in {unit}; unknown if absent")


class _Described(BaseModel):
    model_config = ConfigDict(defer_build=True, frozen=True, extra="forbid")

    @model_validator(mode="before")
    @classmethod
    def _without_what_says_nothing(cls, data: Any) -> Any:
        return without(cls, data) if isinstance(data, Mapping) else data


class Die(_Described):
    """Dies of one sort in the package. Only logic dies on a non-planar node count as area."""

    area_mm2: _DieArea = Field(description="area of one die in mm2")
    count: Annotated[int, Field(strict=True, ge=1, le=1000)] = Field(
        default=1, description="how many dies of this sort the package holds"
    )
    logic: Annotated[bool, Field(strict=True)] = Field(
        description="true for a logic die, false for memory stacks and interposers"
    )
    non_planar: Annotated[bool, Field(strict=True)] = Field(
        description="made on a node with non-planar transistors (FinFET, gate-all-around)"
    )


class ChipSpecification(_Described):
    """Published figures of one integrated circuit; a figure left out is unknown, never zero.

    Raises:
        ValidationError: a number out of bounds, an unknown key, an area that contradicts the dies
            or the node.
    """

    fp64_tflops: _Number | None = _rate("TFLOPS", "64-bit rate, tensor units included")
    fp32_tflops: _Number | None = _rate("TFLOPS", "true 32-bit rate (TF32 is not 32-bit)")
    tf32_tflops_dense: _Number | None = _rate("TFLOPS", "TF32 rate")
    fp16_tflops_dense: _Number | None = _rate("TFLOPS", "16-bit floating point rate")
    bf16_tflops_dense: _Number | None = _rate("TFLOPS", "bfloat16 rate")
    fp8_tflops_dense: _Number | None = _rate("TFLOPS", "8-bit floating point rate")
    int8_tops_dense: _Number | None = _rate("TOPS", "8-bit integer rate")
    fp6_tflops_dense: _Number | None = _rate("TFLOPS", "6-bit floating point rate")
    fp4_tflops_dense: _Number | None = _rate("TFLOPS", "4-bit floating point rate")
    int4_tops_dense: _Number | None = _rate("TOPS", "4-bit integer rate")
    die_area_mm2: _Area | None = Field(
        default=None,
        description="applicable die area in mm2: logic dies on a non-planar node only, 0 if none",
    )
    die_area_mm2_at_most: _DieArea | None = Field(
        default=None,
        description="bound that the applicable die area does not exceed, where it is not published",
    )
    dies: tuple[Die, ...] | None = Field(
        default=None, min_length=1, description="every die of the package, instead of die_area_mm2"
    )
    memory_gb: _Number | None = Field(default=None, description="memory on the package in GB")
    memory_type: Annotated[str, Field(min_length=1, max_length=40)] | None = Field(
        default=None, description="kind of memory, for example HBM3"
    )
    memory_bandwidth_gbs: _Number | None = Field(
        default=None, description="aggregate bandwidth to memory in GB/s"
    )
    interconnect_gbs_bidirectional: _Number | None = Field(
        default=None,
        description="aggregate bidirectional transfer rate to other chips, memory apart, in GB/s",
    )
    market: Market | None = Field(
        default=None, description="what the maker designed or marketed the chip for"
    )
    non_planar: Annotated[bool, Field(strict=True)] | None = Field(
        default=None, description="whether any logic die is on a non-planar node"
    )
    process_nm: _Number | None = Field(
        default=None, description="name of the process node of the main logic die, in nm"
    )

    @model_validator(mode="after")
    def _areas_agree(self) -> Self:
        stated = None if self.die_area_mm2 is None else Fraction(self.die_area_mm2)
        counted = self._area_of_dies()
        if None not in (stated, counted) and stated != counted:
            raise ValueError("die_area_mm2 is not the area of the non-planar logic dies")
        area = stated if counted is None else counted
        if self.non_planar is False and area:
            raise ValueError("non_planar is false, so no die counts and the applicable area is 0")
        if self.non_planar and area == 0:
            raise ValueError("non_planar is true, so the applicable area is more than 0")
        bound = self.die_area_mm2_at_most
        if area is not None and bound is not None and area > Fraction(bound):
            raise ValueError("the applicable die area is more than die_area_mm2_at_most")
        return self

    def _area_of_dies(self) -> Fraction | None:
        if self.dies is None:
            return None
        counted = (die for die in self.dies if die.logic and die.non_planar)
        return sum((Fraction(die.area_mm2) * die.count for die in counted), Fraction(0))

    @property
    def applicable_area(self) -> Fraction | None:
        """Area in mm2 of the logic dies on a non-planar node; 0 if there is none, None if unknown.

        15 CFR part 774, Supp. No. 1, 3A090, technical note on performance density.
        """
        if self.dies is not None:
            return self._area_of_dies()
        if self.die_area_mm2 is not None:
            return Fraction(self.die_area_mm2)
        return Fraction(0) if self.non_planar is False else None

    @property
    def area_at_most(self) -> Fraction | None:
        """A bound in mm2 of an applicable area that is unknown and surely more than 0, or None.

        Without a die on a non-planar node the area is 0 and the density no number: a bound says
        something only where `non_planar` is true.
        """
        if self.applicable_area is not None or not self.non_planar:
            return None
        bound = self.die_area_mm2_at_most
        return None if bound is None else Fraction(bound)
