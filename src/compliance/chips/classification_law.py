"""The law of ECCN 3A090 as dated regimes, read from rules/data/chips/classification.yaml.

Knows which precisions count with how many bits, and for each day the tests of each paragraph and
the exemption. Holds no number of its own; every comparison is of exact fractions.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import Annotated, Any, Final, Literal

from pydantic import BeforeValidator, Field, model_validator

from compliance.model.specification import ChipSpecification, Market
from compliance.tables import Findings, Listed, Strict

FIGURES: Final = ("tpp", "performance_density", "interconnect")
"""The figures that a test may bound."""


def _exact(value: Any) -> Any:
    if isinstance(value, bool) or not isinstance(value, (int, Decimal)):
        raise ValueError("a number is expected")
    return Fraction(value)


_Limit = Annotated[Fraction, BeforeValidator(_exact)]


class Range(Strict):
    """The figures from `at_least` (included) up to `below` (not included)."""

    at_least: _Limit | None = None
    below: _Limit | None = None

    @model_validator(mode="after")
    def _not_empty(self) -> Range:
        low, high = self.at_least, self.below
        if low is None and high is None:
            raise ValueError("a range has at_least, below or both")
        if low is not None and high is not None and low >= high:
            raise ValueError("at_least is not under below")
        return self

    def holds(self, figure: Fraction) -> bool:
        """Whether the figure lies in the range."""
        return (self.at_least is None or figure >= self.at_least) and (
            self.below is None or figure < self.below
        )

    def limits(self) -> tuple[Fraction, ...]:
        """The ends that there are."""
        return tuple(end for end in (self.at_least, self.below) if end is not None)


class Test(Strict):
    """One way to meet a paragraph: every range given must hold."""

    id: str
    tpp: Range | None = None
    performance_density: Range | None = None
    interconnect: Range | None = None

    def ranges(self) -> tuple[tuple[str, Range], ...]:
        """The figures bounded, with their ranges."""
        pairs = ((name, getattr(self, name)) for name in FIGURES)
        return tuple((name, bound) for name, bound in pairs if bound is not None)

    @model_validator(mode="after")
    def _bounds_something(self) -> Test:
        if not self.ranges():
            raise ValueError("a test bounds at least one figure")
        return self


class Tier(Strict):
    """A paragraph and the tests that each suffice for it."""

    paragraph: Literal["3A090", "3A090.a", "3A090.b"]
    tests: Annotated[Listed[Test], Field(min_length=1)]


class Exemption(Strict):
    """No paragraph applies to a chip that is marketed otherwise and is below a TPP."""

    id: str
    tpp_below: _Limit
    not_markets: Annotated[Listed[Market], Field(min_length=1)]


class Regime(Strict):
    """The tests in force from a day until the next regime."""

    since: date = Field(alias="from")
    title: str
    cite: str
    confidence: Literal["P", "S", "M"]
    exemption: Exemption | None = None
    tiers: Annotated[Listed[Tier], Field(min_length=1)]

    def limits(self, figure: str) -> tuple[Fraction, ...]:
        """Every limit of a figure in this regime, ascending."""
        found = {
            limit
            for tier in self.tiers
            for test in tier.tests
            for name, bound in test.ranges()
            if name == figure
            for limit in bound.limits()
        }
        if figure == "tpp" and self.exemption:
            found.add(self.exemption.tpp_below)
        return tuple(sorted(found))

    def exempts(self, tpp: Fraction, *, datacenter: bool) -> bool:
        """Whether the exemption takes a chip out of every paragraph."""
        return self.exemption is not None and not datacenter and tpp < self.exemption.tpp_below

    def paragraph(self, figures: dict[str, Fraction], *, datacenter: bool) -> str | None:
        """The paragraph that known figures meet, or None."""
        if self.exempts(figures["tpp"], datacenter=datacenter):
            return None
        for tier in self.tiers:
            for test in tier.tests:
                if all(bound.holds(figures[name]) for name, bound in test.ranges()):
                    return tier.paragraph
        return None


class Precision(Strict):
    """How a published rate counts: `figure` is a field of ChipSpecification."""

    name: str
    figure: str
    bits: Annotated[int, Field(ge=1, le=128)]
    stored_bits: Annotated[int, Field(ge=1, le=128)] | None = None

    @model_validator(mode="after")
    def _is_a_rate(self) -> Precision:
        if not self.figure.startswith(f"{self.name}_t") or (
            self.figure not in ChipSpecification.model_fields
        ):
            raise ValueError(f"no rate of a chip specification is called {self.figure!r}")
        return self


class Law(Strict):
    """classification.yaml: precisions, and regimes in the order of their days."""

    version: Literal[1] = Field(alias="schema")
    precisions: Annotated[Listed[Precision], Field(min_length=1)]
    regimes: Annotated[Listed[Regime], Field(min_length=1)]

    def on(self, as_of: date) -> Regime | None:
        """The regime of a day; None before the first."""
        return next((each for each in reversed(self.regimes) if each.since <= as_of), None)


@dataclass(frozen=True, slots=True)
class Sampled:
    """One value of every cell into which limits divide the numbers from 0 up, exactly."""

    values: tuple[Fraction, ...]

    @classmethod
    def between(cls, limits: Iterable[Fraction]) -> Sampled:
        """0, each limit, a value between any two, and one beyond the last."""
        ends = sorted({Fraction(0), *limits})
        inner = [(low + high) / 2 for low, high in pairwise(ends)]
        return cls(tuple(sorted({*ends, *inner, ends[-1] * 2 + 1})))


def read_law(path: Path, findings: Findings) -> Law | None:
    """The law of classification.yaml; None where it cannot be read, and what is wrong is noted."""
    found = findings.read(path, Law)
    if found is None:
        return None
    document, law = found
    for index, (before, after) in enumerate(pairwise(law.regimes), start=1):
        if after.since <= before.since:
            findings.report(document, ("regimes", index, "from"), "days must ascend")
    names = [precision.figure for precision in law.precisions]
    for index, name in enumerate(names):
        if name in names[:index]:
            findings.report(document, ("precisions", index, "figure"), f"{name} counts twice")
    return law
