"""The rental contract as read: validated, frozen, everything but its id may be missing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, Literal, Self

from pydantic import Field, ValidationError, model_validator

from compliance.errors import ContractError, Problem
from compliance.model.conduct import (
    Authorization,
    EndUse,
    LinkedContract,
    Observations,
    Sublease,
    Usage,
)
from compliance.model.evidence import Count, Day, Frozen, Id, ShareInput, Text
from compliance.model.item import Item
from compliance.model.parties import contradictions
from compliance.model.party import Intermediary, Party
from compliance.model.payment import Payment
from compliance.model.says_nothing import says_nothing

InterestKind = Literal[
    "shareholding", "voting_rights", "board_appointment", "agreement", "consolidation", "other"
]
ReportingException = Literal[
    "NO_KNOWN_PERSON", "NATURAL_PERSONS", "NON_CONSOLIDATING", "NON_PUBLIC", "NO_LEI", "UNKNOWN"
]


UNKNOWN_KEY: Final = "unknown_key"
"""The code of a problem that is a key which the model does not have."""


class Interest(Frozen):
    """An ownership edge, holding on [from, until); or a reporting exception ("not no owner")."""

    owner: Party | None = None
    owned: Party
    share: ShareInput | None = None
    kind: InterestKind = "shareholding"
    share_class: Text | None = Field(
        default=None,
        description="the class of shares, where a company has several; the share is one of that"
        " class, and absent means of the whole capital",
    )
    seats: Count | None = None
    of: Count | None = None
    since: Day | None = Field(default=None, alias="from")
    until: Day | None = None
    exception: ReportingException | None = None
    holders: Count | None = Field(
        default=None, description="how many holders this line sums up under one name"
    )
    source: Text | None = None

    @model_validator(mode="before")
    @classmethod
    def _unnamed_owner(cls, data: Any) -> Any:
        """An owner of whom nothing is said is an owner without a name: the edge stays."""
        owner = data.get("owner") if isinstance(data, Mapping) else None
        unnamed = isinstance(owner, str) and owner.strip() and says_nothing(owner, "value")
        return {**data, "owner": {}} if unnamed else data

    @model_validator(mode="after")
    def _edge_or_exception(self) -> Self:
        if (self.owner is None) == (self.exception is None):
            raise ValueError("an interest has an owner, or an exception instead of one")
        if self.since and self.until and self.until <= self.since:
            raise ValueError("until is not after from")
        if self.share_class is not None and self.kind != "shareholding":
            raise ValueError(f"classes are of shareholdings, not of {self.kind}")
        if self.kind != "board_appointment" and (self.seats, self.of) != (None, None):
            raise ValueError(f"seats belong to a board_appointment, not to {self.kind}")
        if self.seats is not None and self.of is not None and self.seats > self.of:
            raise ValueError(f"{self.seats} seats of a board of {self.of}")
        if self.of == 0:
            raise ValueError("a board has at least one seat")
        return self


class Contract(Frozen):
    """A rental of compute, or the sale or lease of the hardware behind it."""

    id: Id
    signed_on: Day | None = None
    starts_on: Day | None = None
    ends_on: Day | None = None
    form: Literal["paper", "click", "api", "smart_contract"] | None = None
    provider: Party | None = None
    lessee: Party | None = None
    end_users: tuple[Party, ...] = ()
    intermediaries: tuple[Intermediary, ...] = ()
    payers: tuple[Party, ...] = ()
    consignees: tuple[Party, ...] = ()
    items: tuple[Item, ...] = ()
    ownership: tuple[Interest, ...] = ()
    payment: Payment | None = None
    end_use: EndUse | None = None
    sublease: Sublease | None = None
    usage: Usage | None = None
    observations: Observations | None = None
    linked: tuple[LinkedContract, ...] = Field(
        default=(), description="other accounts and contracts of the same holder"
    )
    authorizations: tuple[Authorization, ...] = ()

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if self.starts_on and self.ends_on and self.ends_on < self.starts_on:
            raise ValueError("ends_on is before starts_on")
        found = contradictions(self)
        if found:
            raise ContractError(found)
        return self

    @classmethod
    def read(cls, data: Mapping[str, Any] | Contract, *, source: str = "") -> Contract:
        """Validate a plain mapping, or pass a contract through.

        Raises:
            ContractError: every problem, each with its dotted path.
        """
        if isinstance(data, Contract):
            return data
        if not isinstance(data, Mapping):
            raise ContractError(
                Problem.at(
                    f"a contract is a mapping, not {type(data).__name__}",
                    source=source,
                    code="contract",
                )
            )
        try:
            return cls.model_validate(data)
        except ValidationError as error:
            raise ContractError(problems_of(error, data, source=source)) from None

    @classmethod
    def of_party(cls, party: Party | Mapping[str, Any]) -> Contract:
        """A contract of which only the lessee is known: a row of a customer list.

        Its id is the party's, or "party".

        Raises:
            ContractError: the party does not validate; paths start at `lessee`.
        """
        if not isinstance(party, (Party, Mapping)):
            message = f"a party is a mapping, not {type(party).__name__}"
            raise ContractError(Problem.at(message, code="contract"))
        name = party.id if isinstance(party, Party) else party.get("id")
        return cls.read({"id": name or "party", "lessee": party})

    def normalized(self) -> bytes:
        """The contract as it was understood, as JSON in UTF-8, without what was left out.

        The fingerprint of a decision covers these bytes, and `Contract.read` of them is equal.
        """
        return self.model_dump_json(
            by_alias=True, exclude_defaults=True, exclude_none=True
        ).encode()


def problems_of(error: ValidationError, data: Any, *, source: str = "") -> list[Problem]:
    """Pydantic's findings as our problems, with the paths people wrote."""
    problems = []
    for detail in error.errors(include_url=False, include_context=False, include_input=False):
        unknown = detail["type"] == "extra_forbidden"
        problems.append(
            Problem.at(
                f"unknown key {detail['loc'][-1]!r}" if unknown else _message(detail["msg"]),
                source=source,
                path=".".join(_written(detail["loc"], data)),
                code=UNKNOWN_KEY if unknown else "contract",
            )
        )
    return problems


def _message(text: str) -> str:
    if text.startswith("String should match pattern") and "\\x00" in text:
        return "contains a control character"
    return text.removeprefix("Value error, ").removeprefix("Assertion failed, ")


def _written(location: tuple[int | str, ...], data: Any) -> list[str]:
    """The path without the `value` steps that a bare fact does not show."""
    steps: list[str] = []
    for step in location:
        if step == "value" and isinstance(data, Mapping) and "value" not in data:
            continue  # the whole mapping was given as the value
        if isinstance(data, Mapping):
            steps.append(str(step))
            data = data.get(step)
        elif isinstance(data, (list, tuple)) and isinstance(step, int):
            steps.append(str(step))
            data = data[step] if step < len(data) else None
        elif step != "value":
            steps.append(str(step))
    return steps
