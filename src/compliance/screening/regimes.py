"""Ownership rules, from `rules/data/ownership_regimes.yaml`: which listings count, and how.

A rule tells under which measures an owner's listing counts, its dated arithmetic, and how licenses
for those it affects are reviewed.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Final

from pydantic import Field

from compliance.errors import ReferenceDataError
from compliance.model.truth import Truth
from compliance.screening.holding_arithmetic import Arithmetic
from compliance.tables import Strict
from compliance.tables.yaml import read_file
from compliance.watchlists import Listing
from compliance.watchlists.measures import known as known_measures
from compliance.watchlists.measures import spelled, unread

REGIMES: Final = Path("data") / "ownership_regimes.yaml"
"""Where the ownership rules stand in a rule folder."""


class RegimeFile(Arithmetic):
    """How ownership by listed parties counts from a day on."""

    since: date = Field(alias="from")
    cite: str


class LicensePolicy(Strict):
    """A license review policy, and how publishers write it; the more restrictive come first."""

    id: str
    words: list[str]

    def is_in(self, text: str) -> bool:
        """Whether a publisher's words name this policy."""
        return any(word in text.lower() for word in self.words)


class Regime(Strict):
    """An ownership rule: which listings count, its dated arithmetic, how licenses are reviewed.

    `policy` is the one that applies it, whose timeline says since when it is in force or stayed.
    `programmes`: under these measures only entries of a programme count. `license_policies`: how
    entries under a measure are reviewed that say nothing of it themselves.
    """

    id: str
    title: str
    policy: str
    measures: frozenset[str] = Field(strict=False)
    programmes: dict[str, list[str]] = Field(default_factory=dict)
    license_policies: dict[str, str] = Field(default_factory=dict)
    timeline: list[RegimeFile]

    def narrowed(self, entries: Sequence[Listing]) -> Truth:
        """Whether an entry under these measures is meant, as the lists that hold it tell.

        Unknown where no programme of it is told that the table of measures knows. One list that
        names a programme of the rule is enough; else one that names others only.
        """
        answers = {self._counts(listing) for listing in entries}
        return next(t for t in (Truth.TRUE, Truth.FALSE, Truth.UNKNOWN) if t in answers)

    def _counts(self, listing: Listing) -> Truth:
        under = self.measures.intersection(listing.measures)
        if not under <= self.programmes.keys():
            return Truth.TRUE
        named = {spelled(programme) for programme in listing.programmes}
        if any(spelled(word) in named for measure in under for word in self.programmes[measure]):
            return Truth.TRUE
        return Truth.UNKNOWN if unread(listing.programmes) else Truth.FALSE

    def license_policy_of(self, listing: Listing) -> str:
        """How entries under a listing's measure are reviewed; "" where the rule does not say.

        Of several measures the first in the rule's order.
        """
        under = (measure for measure in self.license_policies if measure in listing.measures)
        return next((self.license_policies[measure] for measure in under), "")

    def on(self, as_of: date) -> RegimeFile | None:
        """The arithmetic of a day; None before the rule began."""
        index = bisect_right(self.timeline, as_of, key=lambda entry: entry.since)
        return self.timeline[index - 1] if index else None


class RegimesFile(Strict):
    """rules/data/ownership_regimes.yaml."""

    version: int = Field(alias="schema")
    license_policies: list[LicensePolicy]
    in_sum: Arithmetic
    regimes: list[Regime]


def check_measures(rules: Path, regimes: Iterable[Regime]) -> None:
    """See that the ownership rules of a folder ask for measures that there are.

    Raises:
        ReferenceDataError: each that is none.
    """
    document = read_file(rules / REGIMES)
    problems = [
        document.problem(("regimes", index), f"unknown measure {name!r}", code="reference_data")
        for index, regime in enumerate(regimes)
        for name in sorted({*regime.measures, *regime.programmes, *regime.license_policies})
        if name not in known_measures()
    ]
    if problems:
        raise ReferenceDataError(problems)
