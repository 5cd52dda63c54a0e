"""What the customer does and what was seen: end use, usage, observations, authorizations.

Observations are a closed list, one key per typology of diversion that cannot be computed from the
contract itself. They are facts about conduct; a natural person's nationality, the script of a name
or the language of a browser have no key here and can decide nothing.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, StringConstraints, model_validator

from compliance.model.evidence import Count, CountryText, Day, Frozen, Part, Stated, Text, Yes
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
    """What the compute is for. The tri-state facts are null until somebody asks."""

    activities: Stated[tuple[Activity, ...]] | None = None
    description: Text | None = None
    military: Stated[Yes] | None = None
    military_intelligence: Stated[Yes] | None = None
    wmd: Stated[Yes] | None = Field(
        default=None, description="nuclear explosive, missile, chemical or biological weapon use"
    )
    supercomputer: Stated[Yes] | None = None
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


class Usage(Frozen):
    """What was metered or logged, by country of the control-plane sessions (shares of 1)."""

    since: Day | None = Field(default=None, alias="from")
    until: Day | None = None
    gpus_in_one_job: Count | None = None
    access_by_country: Annotated[dict[_Place, Part], AfterValidator(_sorted)] = Field(
        default_factory=dict, max_length=300
    )
    declared_travel: tuple[CountryText, ...] = ()
    corporate_vpn: Stated[Yes] | None = None


class Observations(Frozen):
    """Signs of diversion that staff, agents or logs report. Absent means: nobody looked."""

    ip_countries: tuple[CountryText, ...] = ()
    phone_country: CountryText | None = None
    card_country: CountryText | None = None
    billing_country: CountryText | None = None
    working_hours_country: CountryText | None = None
    offices: tuple[CountryText, ...] = ()
    anonymizing_network: Yes | None = None
    email_domain: Literal["corporate", "free", "disposable"] | None = None
    refused_end_user_questions: Yes | None = None
    refused_end_use_questions: Yes | None = None
    reluctant_or_evasive: Yes | None = None
    unfamiliar_with_product: Yes | None = None
    declined_support: Yes | None = None
    sector_mismatch: Yes | None = None
    low_web_footprint: Yes | None = None
    mail_drop_address: Yes | None = None
    nominee_directors: Yes | None = None
    shared_management_with_listed_party: Yes | None = None
    same_users_new_entity: Yes | None = None
    users_differ_from_declared: Yes | None = None
    linked_accounts: Count | None = None
    volume_spike_before_rule: Yes | None = None
    burst_then_resale: Yes | None = None
    attestation_refused: Yes | None = None
    mixer_exposure: Yes | None = None
    privacy_coin: Yes | None = None
    many_cards: Yes | None = None
    refund_to_other_account: Yes | None = None
    bulk_weights_export: Yes | None = None
    unexpected_site_visits: Yes | None = None
    serial_anomalies: Yes | None = None
    unlocated_hardware: Yes | None = None
    knowledge_of_violation: Yes | None = None
    anchor_tenant_undisclosed: Yes | None = None
    purchased_for_one_tenant: Yes | None = None


class Coverage(Frozen):
    """What an authorization covers.

    `policies` names the rules it answers; one that names none answers none for certain. Empty
    `parties` or `items` cover all of them. `remote_users` limits who may compute.
    """

    policies: tuple[Text, ...] = ()
    parties: tuple[Text, ...] = ()
    items: tuple[Text, ...] = ()
    remote_users: tuple[Text, ...] = ()


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
