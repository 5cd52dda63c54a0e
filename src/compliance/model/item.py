"""What is rented and where it stands: items and sites.

Two legs, never one: hardware supply (`possession`, `delivery`) and remote access (`remote`).
Three hundred servers are not three hundred chips: `unit` and `chips_per_unit` say which is counted.
"""

from __future__ import annotations

from typing import Literal, Self

from pydantic import Field, model_validator

from compliance.model.evidence import (
    Count,
    CountryText,
    Day,
    Frozen,
    Part,
    PositiveCount,
    PositiveQuantity,
    Stated,
    Text,
    Yes,
)
from compliance.model.explanation import Explanations
from compliance.model.party import Address, Party
from compliance.model.specification import ChipSpecification

Access = Literal["remote", "possession", "delivery"]
Service = Literal[
    "api_inference",
    "shared_vm",
    "dedicated_vm",
    "bare_metal",
    "colocation_provider_owned",
    "colocation_customer_owned",
    "lease_to_own",
    "sale",
    "marketplace_listing",
]


class Site(Frozen):
    """The place where the chips compute (for a delivery: where they go)."""

    country: Stated[CountryText] | None = None
    region: Text | None = None
    city: Text | None = None
    address: Address | None = None
    kind: (
        Literal[
            "datacenter", "office", "residential", "warehouse", "forwarder", "free_zone", "unknown"
        ]
        | None
    ) = None
    power_mw: Stated[PositiveQuantity] | None = Field(
        default=None, description="contracted power in MW"
    )
    volume_ft3: Stated[PositiveQuantity] | None = Field(
        default=None, description="volume in cubic feet"
    )
    operator: Party | None = None
    landlord: Party | None = None


class Instance(Frozen):
    """A cloud provider's instance type, for example aws p5.48xlarge."""

    provider: Text
    type: Text


class Item(Frozen):
    """One line of the contract. At most one of chip, specification and instance names the chip.

    `count` counts `unit`s when `units` is absent. Where `chip` names a system ("GB200 NVL72") or
    counts itself ("8x H100"), one of what is named is counted and holds so many chips. `title` and
    `keys` name who holds them ("provider", "lessee" or a party's id).
    """

    chip: Text | None = None
    specification: ChipSpecification | None = None
    instance: Instance | None = None
    count: PositiveCount | None = None
    unit: Literal["chip", "card", "server", "rack", "instance"] | None = None
    units: PositiveCount | None = None
    chips_per_unit: PositiveCount | None = None
    access: Access | None = None
    service: Service | None = None
    title: Text | None = None
    keys: Text | None = None
    share_of_site: Part | None = None
    site: Site | None = None
    shipped_from: Stated[CountryText] | None = None
    supplier: Party | None = None
    supplier_authorization: Stated[Yes] | None = Field(
        default=None, description="the supplier showed its export licence or exception"
    )
    ordered_on: Day | None = None
    delivered_on: Day | None = None
    ordered: Count | None = None
    delivered: Count | None = None
    installed: Count | None = None
    powered: Count | None = None
    metered: Count | None = None
    explained_by: Explanations = ()

    @model_validator(mode="after")
    def _one_way_to_name_the_chip(self) -> Self:
        named = [
            key for key in ("chip", "specification", "instance") if getattr(self, key) is not None
        ]
        if len(named) > 1:
            raise ValueError(f"{' and '.join(named)} both name the chip; give one")
        if self.count is not None and self.units is not None:
            raise ValueError("count and units both say how many; give one")
        return self
