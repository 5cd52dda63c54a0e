"""What the customer does and what was seen: end use, usage, observations, authorizations.

Observations are a closed list, one key per typology of diversion that cannot be computed from the
contract itself. They are facts about conduct; a natural person's nationality, the script of a name
or the language of a browser have no key here and can decide nothing.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any, ClassVar, Final, Literal, Self

from pydantic import (
    AfterValidator,
    Field,
    GetJsonSchemaHandler,
    StringConstraints,
    model_validator,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from compliance.model.evidence import (
    Count,
    CountryText,
    Day,
    Frozen,
    Id,
    Part,
    Scope,
    Stated,
    Status,
    Text,
    Yes,
)
from compliance.model.explanation import Explanations, Knowledge, Observed, Sign
from compliance.model.item import Item
from compliance.model.party import Party

Activity = Literal[
    "inference",
    "fine_tuning",
    "model_training",
    "simulation",
    "rendering",
    "mining",
    "education",
    "analytics",
    "web_service",
    "resale",
    "other",
]


class EndUse(Frozen):
    """What the compute is for. The tri-state facts are null until somebody asks.

    Military, intelligence, weapons and supercomputer use may also be `suspected`.
    """

    activities: Stated[tuple[Activity, ...]] | None = None
    description: Text | None = None
    military: Stated[Knowledge] | None = None
    military_intelligence: Stated[Knowledge] | None = None
    wmd: Stated[Knowledge] | None = Field(
        default=None, description="nuclear explosive, missile, chemical or biological weapon use"
    )
    supercomputer: Stated[Knowledge] | None = None
    communications: Stated[Yes] | None = Field(
        default=None, description="only personal communication over the internet"
    )
    enterprise_software: Stated[Yes] | None = Field(
        default=None,
        description="enterprise management, design or manufacturing software runs on it",
    )
    technical_analysis_only: Stated[Yes] | None = None


_Place = Annotated[str, StringConstraints(min_length=2, max_length=100)]


def _sorted(parts: dict[str, Decimal]) -> dict[str, Decimal]:
    """One order for one content, whatever order it was written in."""
    return dict(sorted(parts.items()))


class Travel(Frozen):
    """A journey that was declared; a text alone is its country.

    It explains sessions from there of whoever traveled, while the journey lasted.
    """

    BARE: ClassVar[str] = "country"

    country: CountryText
    who: Text | None = Field(default=None, description="id or name of a party, or of its officer")
    since: Day | None = Field(default=None, alias="from")
    until: Day | None = None
    reference: Text | None = Field(default=None, description="the notice or ticket on file")
    status: Status = "asserted"

    @model_validator(mode="before")
    @classmethod
    def _country_alone(cls, data: Any) -> Any:
        return {"country": data} if isinstance(data, str) else data

    @model_validator(mode="after")
    def _days_in_order(self) -> Self:
        if self.since and self.until and self.until < self.since:
            raise ValueError("until is before from")
        return self

    @classmethod
    def __get_pydantic_json_schema__(
        cls, core_schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        """Publish both spellings: the journey, or its country alone."""
        return {"anyOf": [{"type": "string", "title": "a country"}, handler(core_schema)]}


class Usage(Frozen):
    """What was metered or logged, by country of the control-plane sessions (shares of 1)."""

    since: Day | None = Field(default=None, alias="from")
    until: Day | None = None
    gpus_in_one_job: Count | None = None
    access_by_country: Annotated[dict[_Place, Part], AfterValidator(_sorted)] = Field(
        default_factory=dict, max_length=300
    )
    sessions: Count | None = Field(
        default=None, description="how many control-plane sessions the shares are parts of"
    )
    declared_travel: tuple[Travel, ...] = ()
    corporate_vpn: Stated[Yes] | None = None
    vpn_egress: tuple[CountryText, ...] = Field(
        default=(), description="where the egress addresses of the corporate network are"
    )

    @model_validator(mode="after")
    def _agrees_with_itself(self) -> Self:
        if self.since and self.until and self.until < self.since:
            raise ValueError("until is before from")
        # Parts that were rounded to a percent exceed the whole by half a percent each at most.
        rounded = Decimal("0.005") * len(self.access_by_country)
        total = sum(self.access_by_country.values(), Decimal(0))
        if total > 1 + rounded:
            raise ValueError(f"the parts of access_by_country sum to {total}, more than the whole")
        return self


class Observations(Frozen):
    """Signs of diversion that staff, agents or logs report. Absent means: nobody looked.

    Each is bare (`serial_anomalies: true`), or says who saw it, when, and what explains it.
    """

    ip_countries: Observed[tuple[CountryText, ...]] | None = None
    phone_country: Observed[CountryText] | None = None
    card_country: Observed[CountryText] | None = None
    billing_country: Observed[CountryText] | None = None
    working_hours_country: Observed[CountryText] | None = None
    offices: Observed[tuple[CountryText, ...]] | None = None
    anonymizing_network: Sign | None = None
    email_domain: Observed[Literal["corporate", "free", "disposable"]] | None = None
    refused_end_user_questions: Sign | None = None
    refused_end_use_questions: Sign | None = None
    reluctant_or_evasive: Sign | None = None
    unfamiliar_with_product: Sign | None = None
    declined_support: Sign | None = None
    sector_mismatch: Sign | None = None
    low_web_footprint: Sign | None = None
    mail_drop_address: Sign | None = None
    nominee_directors: Sign | None = None
    shared_management_with_listed_party: Sign | None = None
    same_users_new_entity: Sign | None = None
    users_differ_from_declared: Sign | None = None
    linked_accounts: Observed[Count] | None = None
    volume_spike_before_rule: Sign | None = None
    burst_then_resale: Sign | None = None
    attestation_refused: Sign | None = None
    mixer_exposure: Sign | None = None
    privacy_coin: Sign | None = None
    many_cards: Sign | None = None
    refund_to_other_account: Sign | None = None
    bulk_weights_export: Sign | None = None
    unexpected_site_visits: Sign | None = None
    serial_anomalies: Sign | None = None
    unlocated_hardware: Sign | None = None
    knowledge_of_violation: Observed[Knowledge] | None = None
    anchor_tenant_undisclosed: Sign | None = None
    purchased_for_one_tenant: Sign | None = None


SIGNS: Final = frozenset(
    key for key, field in Observations.model_fields.items() if "bool" in str(field.annotation)
)
"""The keys of observations that are a yes or a no."""


Link = Literal[
    "holder", "payer", "users", "devices", "keys", "network", "address", "contact", "owner", "other"
]


class LinkedContract(Frozen):
    """Another account or contract of the same holder, or one that signs tie to this contract.

    What it rents is in `items`, or summed up in `controlled_chips`. It holds on [from, until].
    Where another holder is shown (`explained_by`), it is told and not added.
    """

    id: Id
    holder: Text | None = None
    by: tuple[Link, ...] = Field(default=(), description="what ties it to this contract")
    items: tuple[Item, ...] = ()
    controlled_chips: Count | None = Field(
        default=None, description="how many controlled chips it has, where the items are not given"
    )
    since: Day | None = Field(default=None, alias="from")
    until: Day | None = None
    explained_by: Explanations = ()

    @model_validator(mode="after")
    def _one_way_to_count(self) -> Self:
        if self.items and self.controlled_chips is not None:
            raise ValueError("items and controlled_chips both say how many; give one")
        if self.since and self.until and self.until < self.since:
            raise ValueError("until is before from")
        return self


class Coverage(Frozen):
    """What an authorization covers.

    `policies` names the rules it answers; one that names none answers none for certain. Empty
    `parties` or `items` cover all of them. `remote_users` limits who may compute.
    """

    policies: tuple[Scope, ...] = ()
    parties: tuple[Scope, ...] = ()
    items: tuple[Scope, ...] = ()
    remote_users: tuple[Scope, ...] = ()


class Authorization(Frozen):
    """A licence, exception or registration on file, valid on [valid_from, valid_until]."""

    kind: Literal[
        "license", "license_exception", "general_license", "registration", "certification", "other"
    ]
    authority: Text
    number: Text | None = None
    covers: Coverage = Field(default_factory=Coverage)
    valid_from: Day | None = None
    valid_until: Day | None = None

    @model_validator(mode="after")
    def _dates_in_order(self) -> Self:
        if self.valid_from and self.valid_until and self.valid_until < self.valid_from:
            raise ValueError("valid_until is before valid_from")
        return self


class Sublease(Frozen):
    """Whether the lessee may let others in, and on which terms."""

    allowed: Stated[Yes] | None = None
    flow_down_kyc: Stated[Yes] | None = None
    tenants: tuple[Party, ...] = ()
