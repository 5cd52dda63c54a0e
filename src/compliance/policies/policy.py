"""A policy: one rule of law or of the house, as a lawyer wrote it and as the engine reads it.

`PolicyFile` is the shape of the YAML file (its JSON Schema is `compliance schema policy`); `Policy`
is the checked, immutable result with its conditions parsed.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Annotated, Any, Final, Literal

from pydantic import ConfigDict, Discriminator, Field, StringConstraints, Tag

from compliance.model.decision import Citation
from compliance.model.outcome import Factor, Outcome, Severity, State
from compliance.model.parties import ROLES
from compliance.policies.conditions import Condition, uses
from compliance.tables import Strict

PolicyId = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]*(\.[a-z0-9][a-z0-9-]*)+$")]
Words = Annotated[str, StringConstraints(min_length=1, max_length=2000)]
Role = Literal[ROLES]  # type: ignore[valid-type]
Reference = Annotated[str, StringConstraints(pattern=r"^\$[a-z][a-z0-9_]*$")]
CustomerMessage = Literal["none", "contact_us", "more_information_needed", "cannot_be_offered"]
Basis = Literal["law", "guidance", "proposed", "house"]
Status = Literal["draft", "test", "stable", "deprecated"]
HOUSE: Final = "house"
TOLD_BY_OUTCOME: Final[dict[Outcome, CustomerMessage]] = {
    Outcome.CLEAR: "none",
    Outcome.REVIEW: "contact_us",
    Outcome.INCOMPLETE: "more_information_needed",
    Outcome.LICENSE_REQUIRED: "contact_us",
    Outcome.PROHIBITED: "cannot_be_offered",
}
"""The customer message of a policy that names none, by the outcome that it asks for."""
STATUSES: tuple[str, ...] = ("draft", "test", "stable", "deprecated")


class CitationFile(Strict):
    """Where it is written."""

    cite: Words
    url: Words = ""


class StateFile(Strict):
    """A state that holds from this day until the next one."""

    since: date = Field(alias="from")
    state: Annotated[State, Field(strict=False)]
    cite: Words | None = None
    note: Words | None = None


class ValueFile(Strict):
    """A parameter's value from this day until the next one."""

    since: date = Field(alias="from")
    value: Any
    cite: Words | None = None


class ForEachFile(Strict):
    """What the policy is judged for: each party in one of the roles, each item."""

    party: list[Role] | Reference | None = Field(
        default=None, description="roles, or a set of them"
    )
    item: Literal["any"] | None = None


ClauseId = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]*$")]


class ExceptionFile(Strict):
    """A condition under which the policy does not apply, or evidence that answers its flag."""

    id: ClauseId
    when: Any
    cite: Words | None = None
    note: Words | None = None


class UseFile(Strict):
    """An exception of `rules/definitions` by its name; what else stands here are its arguments."""

    model_config = ConfigDict(extra="allow")

    use: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")]
    of: Literal["lessee", "provider"] | None = None
    cite: Words | None = None
    note: Words | None = None


def _own_or_used(value: Any) -> str:
    return "use" if isinstance(value, dict) and "use" in value else "own"


ClauseFile = Annotated[
    Annotated[ExceptionFile, Tag("own")] | Annotated[UseFile, Tag("use")],
    Discriminator(_own_or_used),
]


class EffectFile(Strict):
    """What the policy asks for when it fires; any value may be a dated $parameter."""

    outcome: Annotated[Outcome, Field(strict=False)] | Reference
    severity: Annotated[Severity, Field(strict=False)] | Reference
    factor: Annotated[Factor, Field(strict=False)] | Reference
    weight: Any = None
    license_policy: Words | None = None


_OF_THE_FOLDER: Final = "left out where rules/data/folders.yaml says it for the folder"


class PolicyFile(Strict):
    """One policy file."""

    version: Literal[1] = Field(alias="schema")
    id: PolicyId
    title: Words
    jurisdiction: Words | None = Field(default=None, description=f"whose law; {_OF_THE_FOLDER}")
    authority: Words | None = Field(default=None, description=f"who applies it; {_OF_THE_FOLDER}")
    basis: Basis | None = Field(default=None, description=f"what it rests on; {_OF_THE_FOLDER}")
    status: Status = "stable"
    timeline: list[StateFile] = Field(min_length=1)
    verified_on: date
    doubt: Words = Field(default="", description="what is not certain about the text or its dates")
    citations: dict[str, CitationFile] = Field(min_length=1)
    parameters: dict[str, list[ValueFile]] = Field(default_factory=dict)
    for_each: ForEachFile = Field(default_factory=ForEachFile)
    when: Any
    exceptions: list[ClauseFile] = Field(default_factory=list)
    clears: list[ClauseFile] = Field(default_factory=list)
    on_unknown: Literal["incomplete", "review", "ignore"] = "incomplete"
    effect: EffectFile
    message: Words
    customer_message: CustomerMessage | None = Field(
        default=None, description="a neutral code; by the outcome where it is left out"
    )
    asks: list[Words] = Field(default_factory=list, description="what would settle the flag")
    false_positives: list[Words] = Field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Period:
    """A state of a policy from a day on."""

    since: date
    state: State
    cite: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class DatedValue:
    """A parameter's value from a day on."""

    since: date
    value: Any
    cite: str = ""


@dataclass(frozen=True, slots=True)
class Clause:
    """An exception or a clearing condition; `definition` names the one that it is, if it is one."""

    id: str
    when: Condition
    cite: str = ""
    note: str = ""
    definition: str = ""


@dataclass(frozen=True, slots=True)
class Policy:
    """A checked policy. Timelines and parameters are sorted by day; `source` is its file.

    `sets` are those of `rules/definitions` that it reads, `roles_set` the one that names its roles.
    """

    id: str
    title: str
    jurisdiction: str
    authority: str
    basis: str
    status: str
    timeline: tuple[Period, ...]
    verified_on: date
    doubt: str
    citations: Mapping[str, Citation]
    parameters: Mapping[str, tuple[DatedValue, ...]]
    roles: tuple[str, ...]
    each_item: bool
    when: Condition
    exceptions: tuple[Clause, ...]
    clears: tuple[Clause, ...]
    on_unknown: str
    effect: EffectFile
    message: str
    customer_message: str
    asks: tuple[str, ...]
    false_positives: tuple[str, ...]
    source: str
    sets: Mapping[str, tuple[DatedValue, ...]] = field(default_factory=dict)
    roles_set: str = ""

    def period(self, as_of: date) -> Period | None:
        """The state on a day; None before the first day of the timeline."""
        index = bisect_right(self.timeline, as_of, key=lambda period: period.since)
        return self.timeline[index - 1] if index else None

    def exists_on(self, as_of: date) -> bool:
        """Whether the policy has begun and is not repealed."""
        period = self.period(as_of)
        return period is not None and period.state is not State.REPEALED

    def values(self, as_of: date) -> dict[str, Any]:
        """The parameters and sets on a day; those that have not begun are absent."""
        found = {}
        for name, dated in (*self.sets.items(), *self.parameters.items()):
            index = bisect_right(dated, as_of, key=lambda entry: entry.since)
            if index:
                found[name] = dated[index - 1].value
        return found

    def change_dates(self) -> frozenset[date]:
        """Every day on which its state, a parameter or a set changes."""
        days = {period.since for period in self.timeline}
        dated = (*self.parameters.values(), *self.sets.values())
        days.update(entry.since for values in dated for entry in values)
        return frozenset(days)

    def clauses(self) -> tuple[Condition, ...]:
        """Every condition of the policy: when, exceptions, clears."""
        return (self.when, *(c.when for c in self.exceptions), *(c.when for c in self.clears))

    def definitions(self) -> frozenset[str]:
        """The names of the definitions that it uses; not those that these use in turn."""
        clauses = (*self.exceptions, *self.clears)
        named = {use.definition for condition in self.clauses() for use in uses(condition)}
        return frozenset(
            {*named, *self.sets, self.roles_set, *(c.definition for c in clauses)} - {""}
        )
