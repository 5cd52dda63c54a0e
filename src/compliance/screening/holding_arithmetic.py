"""How holdings are counted: the arithmetic of a rule on owners, and that of state ownership.

The numbers stand in rules/data/ownership_regimes.yaml, jurisdictions.yaml and state_ownership.yaml.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from fractions import Fraction

from pydantic import Field

from compliance.ownership import AffectedParties, OwnershipGraph
from compliance.ownership.gaps import Completion, Gap
from compliance.tables import Strict


class Arithmetic(Strict):
    """How holdings of listed parties count."""

    threshold: str
    inclusive: bool
    aggregate: bool
    control: bool = False

    def affected(
        self, graph: OwnershipGraph, listed: Iterable[str], as_of: date
    ) -> AffectedParties:
        """Whom listed parties affect on a day, counted so."""
        return graph.affected(
            listed,
            threshold_of(self),
            inclusive=self.inclusive,
            aggregate=self.aggregate,
            control=self.control,
            as_of=as_of,
        )

    def reaching(self, completion: Completion, listed: Collection[str]) -> tuple[Gap, ...]:
        """The gaps in statements by which listed parties could affect a party, counted so."""
        return completion.reaching(
            listed,
            threshold_of(self),
            inclusive=self.inclusive,
            aggregate=self.aggregate,
            control=self.control,
        )


class CitedArithmetic(Arithmetic):
    """An arithmetic with the law it is read from."""

    cite: str


class Governments(Strict):
    """How what a government owns, and what it controls, is counted."""

    owned: CitedArithmetic
    controlled: CitedArithmetic


class StateOwnership(Strict):
    """rules/data/state_ownership.yaml."""

    version: int = Field(alias="schema")
    governments: Governments
    nationals: CitedArithmetic


def threshold_of(entry: Arithmetic) -> Fraction:
    """The regime's threshold as a fraction."""
    return Fraction(entry.threshold)
