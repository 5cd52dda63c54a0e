"""Which days of law a screener can answer for.

Before the record of law begins, no rule asks for anything and everybody would be clear; far behind
the newest rule and list that was checked, nobody knows the law. Both are errors of usage.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from compliance.errors import ContractError, Problem
from compliance.policies.policy import Policy
from compliance.screening.settings import Settings
from compliance.watchlists import Watchlist


@dataclass(frozen=True, slots=True)
class Days:
    """The first and the last day that may be asked about, and the newest day that was checked."""

    first: date
    last: date
    checked: date

    @classmethod
    def of(cls, policies: Sequence[Policy], lists: Iterable[Watchlist], settings: Settings) -> Days:
        """The days of a rule set with its lists: numbers stand in rules/data/thresholds.yaml."""
        begun = min((policy.timeline[0].since for policy in policies), default=date.min)
        known = [policy.verified_on for policy in policies]
        known += [each.published for each in lists if each.published is not None]
        checked = max(known, default=date.max)
        room = (date.max - checked).days
        ahead = timedelta(days=min(settings.days_ahead, room))
        return cls(max(begun, settings.law_since), checked + ahead, checked)

    def outside(self, as_of: date) -> str:
        """What is wrong with a day, or "" if nothing is."""
        if as_of < self.first:
            return f"{as_of} is before {self.first}, the first day of law that these rules know"
        if as_of > self.last:
            return (
                f"{as_of} is after {self.last}: the newest rule and list were checked on "
                f"{self.checked}, and the law so long after is not known"
            )
        return ""

    def check(self, as_of: date) -> None:
        """Accept a day inside.

        Raises:
            ContractError: the day is outside, with what is inside and what to do.
        """
        message = self.outside(as_of)
        if not message:
            return
        hint = "newer rules and lists, or allow_any_day (--allow-any-day)"
        raise ContractError(Problem.at(message, path="as_of", hint=hint, code="contract"))
