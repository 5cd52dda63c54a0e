"""Numbers and tables that facts rest on, as the files of a rule folder hold them, read strictly."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import ConfigDict, Field

from compliance.model.explanation import ExplanationKind
from compliance.model.outcome import Factor, Severity
from compliance.tables import Strict


class Settings(Strict):
    """Numbers that facts, not policies, rest on, each explained in rules/data/thresholds.yaml."""

    contested_headquarters_kinds: int
    name_certainty: Decimal
    latin_letters: int
    utilization: Decimal
    operations_days: int
    power_kw_per_chip: Decimal
    recently_formed_days: int
    capital_multiple: int
    own_place_share: Decimal
    parent_share: Decimal
    new_owner_share: Decimal
    former_owners_since: date
    sessions_per_day: int
    short_stay_days: int
    sustained_share: Decimal
    undated_journey_days: int
    undated_journey_share: Decimal
    linked_within_days: int
    count_gap: Decimal
    count_gap_chips: int
    power_ratio: Decimal
    law_since: date
    days_ahead: int


class ExplanationRule(Strict):
    """A kind of evidence: what it is, and what it must name to count as given.

    What `follows` answers nothing that was seen after its day.
    """

    title: str
    needs: list[Literal["reference", "source", "as_of"]]
    follows: bool = False


class Scoring(Strict):
    """The factors of the score and the weight of a flag that names none."""

    factors: list[Annotated[Factor, Field(strict=False)]]
    weights: dict[Annotated[Severity, Field(strict=False)], Decimal]


class SettingsFile(Strict):
    """The settings of rules/data/thresholds.yaml; `thresholds` reads the rest of it."""

    model_config = ConfigDict(extra="ignore")

    settings: Settings


class ExplanationsFile(Strict):
    """rules/data/explanations.yaml."""

    version: int = Field(alias="schema")
    kinds: dict[ExplanationKind, ExplanationRule]
    answers: dict[str, list[ExplanationKind]]


class CurrenciesFile(Strict):
    """rules/data/currencies.yaml."""

    version: int = Field(alias="schema")
    in_dollars: dict[str, Annotated[list[Decimal], Field(min_length=2, max_length=2)]]


class ScoringFile(Strict):
    """rules/scoring.yaml."""

    version: int = Field(alias="schema")
    scoring: Scoring


class Addressees(Strict):
    """rules/data/addressees.yaml: the names of makers to whom the regulator wrote."""

    version: int = Field(alias="schema")
    legal_forms: list[str]
    addressees: dict[str, list[str]]
