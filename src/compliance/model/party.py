"""Parties: who signs, computes, pays, owns, sells, hosts, receives.

A company has five places, never one "country": incorporation, headquarters, addresses, the
nationality of persons, and the headquarters of each ultimate parent. Country texts are kept as
given; what they mean is looked up later and may stay unknown.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, Any, ClassVar, Literal, Self

from pydantic import Field, GetJsonSchemaHandler, StringConstraints, model_validator
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from compliance.model.evidence import (
    CountryText,
    Day,
    Frozen,
    Id,
    Name,
    Number,
    PartialDay,
    Stated,
    Text,
    Yes,
)
from compliance.model.explanation import Explanations, Knowledge

PartyKind = Literal[
    "organization", "person", "public_body", "wallet", "vessel", "aircraft", "unknown"
]
Standing = Literal[
    "active",
    "annulled",
    "closed",
    "deceased",
    "dissolved",
    "duplicate",
    "inactive",
    "liquidated",
    "merged",
    "retired",
]
"""What a register says of a party: active, or how it ended; see rules/data/standings.yaml."""
Currency = Annotated[str, StringConstraints(pattern=r"^[A-Z]{3,5}$")]


class Money(Frozen):
    """An amount; `value` is exact. Currency is an ISO 4217 code or a token's ticker."""

    value: Decimal = Field(ge=0, max_digits=30)
    currency: Currency


class Address(Frozen):
    """A place as written; `region` is an ISO 3166-2 code or a region's name."""

    kind: Literal[
        "registered",
        "operating",
        "headquarters",
        "billing",
        "delivery",
        "residential",
        "agent",
        "other",
    ] = "other"
    text: Text | None = None
    city: Text | None = None
    region: Text | None = None
    postcode: Text | None = None
    country: CountryText | None = None
    controlled_by: Stated[CountryText] | None = Field(
        default=None,
        description="the state whose authorities control the place, where that is in question",
    )


class Identifier(Frozen):
    """A number that somebody issued: scheme lei, registration, tax, imo, passport, wallet, ..."""

    says_by: ClassVar[str] = "value"

    scheme: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
    value: Number
    country: CountryText | None = Field(
        default=None, description="the country that issued it, where the customer states it"
    )


class HeadquartersEvidence(Frozen):
    """One sign of where a company is led from, whatever it states."""

    kind: Literal[
        "filing",
        "board",
        "management_residence",
        "staff",
        "tax_residence",
        "audited_report",
        "website",
        "other",
    ]
    country: CountryText
    source: Text | None = None
    as_of: Day | None = None


class Officer(Frozen):
    """A person who acts for a party; `signs`: signed or negotiated this contract.

    In office from the first of its days to the last, both included; a day that nobody states leaves
    it open. A signatory is one who was in office when the contract was signed.
    """

    person: Party
    role: Text = "officer"
    signs: Yes | None = None
    nominee: Yes | None = None
    since: Day | None = Field(default=None, alias="from", description="first day in office")
    until: Day | None = Field(default=None, description="last day in office")

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.since and self.until and self.until < self.since:
            raise ValueError("until is before from")
        return self

    def in_office(self, day: date) -> bool:
        """Whether the person acts on a day, as far as its days are stated."""
        begun = self.since is None or self.since <= day
        return begun and (self.until is None or day <= self.until)


class Party(Frozen):
    """A party as the contract states it. A text alone is a reference to a party's id."""

    BARE: ClassVar[str] = "id"

    id: Id | None = None
    kind: PartyKind | None = None
    name: Stated[Name] | None = None
    aliases: tuple[Name, ...] = ()
    incorporation: Stated[CountryText] | None = None
    incorporated_on: Stated[Day] | None = None
    standing: Stated[Standing] | None = Field(
        default=None, description="what its register says of it: active, or how it ended"
    )
    dissolved_on: Stated[Day] | None = Field(
        default=None, description="the day from which it no longer exists"
    )
    successor: Stated[Party] | None = Field(
        default=None, description="who took over what it had; a party with a successor has ended"
    )
    headquarters: Stated[CountryText] | None = None
    headquarters_evidence: tuple[HeadquartersEvidence, ...] = ()
    ultimate_parent: Stated[Party] | None = None
    residence: Stated[CountryText] | None = None
    nationalities: tuple[CountryText, ...] = ()
    birth_date: Stated[PartialDay] | None = Field(
        default=None, description="YYYY-MM-DD, or YYYY-MM or YYYY where no more is known"
    )
    addresses: tuple[Address, ...] = ()
    identifiers: tuple[Identifier, ...] = ()
    industry: Stated[Text] | None = Field(default=None, description="ISIC or NACE code, or words")
    website: Stated[Text] | None = None
    website_since: Stated[Day] | None = None
    emails: tuple[Text, ...] = ()
    phones: tuple[Text, ...] = ()
    officers: tuple[Officer, ...] = ()
    public_body: Stated[Yes] | None = Field(
        default=None, description="a state, its agency, a statutory body: has no owners"
    )
    exchange_listing: Stated[Text] | None = Field(
        default=None, description="market (ISO 10383) where the shares are listed"
    )
    cloud_provider: Stated[Yes] | None = None
    military: Stated[Knowledge] | None = Field(
        default=None, description="armed forces or a body that supports their operations"
    )
    military_intelligence: Stated[Knowledge] | None = None
    government: Stated[CountryText] | None = Field(
        default=None, description="the state whose government or agency this party is"
    )
    independent_entrepreneur: Stated[Yes] | None = None
    us_persons_involved: Stated[Yes] | None = Field(
        default=None, description="US citizens, residents or staff in the US act in this contract"
    )
    us_parent: Stated[Yes] | None = Field(
        default=None,
        description="owned or controlled by a US person; where absent, the stated owners tell",
    )
    paid_up_capital: Stated[Money] | None = None
    group_documented: Stated[Yes] | None = Field(
        default=None, description="a documented group, audited accounts or funding stand behind it"
    )
    receives_hardware: Stated[Yes] | None = Field(
        default=None,
        description="receives the hardware; false: only computes on what others receive",
    )
    explained_by: Explanations = ()

    @model_validator(mode="before")
    @classmethod
    def _reference(cls, data: Any) -> Any:
        return {"id": data} if isinstance(data, str) else data

    @classmethod
    def __get_pydantic_json_schema__(
        cls, core_schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        """Publish both spellings: the party, or a text that refers to one."""
        return {"anyOf": [{"type": "string", "title": "id of a party"}, handler(core_schema)]}

    @property
    def is_reference(self) -> bool:
        """Whether only an id is given: the party is described elsewhere."""
        return self.id is not None and self.model_fields_set <= {"id"}

    @classmethod
    def reference(cls, party_id: str) -> Self:
        """A party that is described elsewhere under this id."""
        return cls(id=party_id)


class Intermediary(Frozen):
    """A party between provider and user."""

    role: Literal[
        "reseller", "broker", "marketplace", "forwarder", "landlord", "financier", "other"
    ]
    party: Party
    owns_equipment: Stated[Yes] | None = None
    flow_down_kyc: Stated[Yes] | None = Field(
        default=None, description="bound to identify its users and to show the file"
    )
