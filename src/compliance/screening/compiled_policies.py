"""Policies as they stand on a day, each compiled once for every stretch in which nothing changes.

A policy stands the same until the next day of its own timeline, parameters and sets; one that asks
for members of country groups also until the next day on which some group changes. None of it
depends on the watchlists.
"""

from __future__ import annotations

import threading
from bisect import bisect_right
from collections.abc import Sequence
from datetime import date
from typing import Final

from compliance.policies.compiled import compile_policy
from compliance.policies.conditions import leaves
from compliance.policies.policy import Policy
from compliance.screening.field_schema import FIELDS
from compliance.screening.knowledge import Knowledge
from compliance.screening.list_coverage import SpokenFor
from compliance.screening.prefilter import Selectors, Standing

OF_GROUPS: Final = frozenset({"in_group", "any_in_group", "held_gte", "held_between"})
"""The operators that look up the members of country groups on the day."""


class Standings:
    """Policies on any day, alone or together."""

    def __init__(self, policies: Sequence[Policy], know: Knowledge) -> None:
        self._policies = {policy.id: policy for policy in policies}
        self._gazetteer = know.gazetteer
        self._weights = {severity: float(w) for severity, w in know.scoring.weights.items()}
        self._changes = sorted(know.change_dates().union(*(p.change_dates() for p in policies)))
        self._changes_of: dict[str, Sequence[date]] = {}
        self._on: dict[tuple[str, int], Standing] = {}
        self._together: dict[int, Selectors] = {}
        self._spoken_for: dict[int, SpokenFor] = {}
        self._lock = threading.Lock()

    def on(self, policy_id: str, as_of: date) -> Standing:
        """How a policy stands on a day."""
        policy = self._policies[policy_id]
        changes = self._changes_of.get(policy_id)
        if changes is None:
            changes = self._changes_of[policy_id] = self._days_of(policy)
        stretch = bisect_right(changes, as_of)
        found = self._on.get((policy_id, stretch))
        if found is None:
            period = policy.period(as_of)
            compiled = compile_policy(policy, as_of, self._gazetteer, self._weights, FIELDS)
            standing = Standing(policy, period.state if period else None, compiled)
            found = self._on.setdefault((policy_id, stretch), standing)
        return found

    def selectors(self, as_of: date) -> Selectors:
        """Every policy on a day with its selectors; kept for each stretch between changes."""
        stretch = bisect_right(self._changes, as_of)
        found = self._together.get(stretch)
        if found is None:
            standings = [self.on(policy_id, as_of) for policy_id in self._policies]
            selectors = Selectors(standings, self.spoken_for(as_of))
            with self._lock:
                found = self._together.setdefault(stretch, selectors)
        return found

    def spoken_for(self, as_of: date) -> SpokenFor:
        """For which listings the policies speak on a day."""
        stretch = bisect_right(self._changes, as_of)
        found = self._spoken_for.get(stretch)
        if found is None:
            policies = tuple(self._policies.values())
            found = self._spoken_for.setdefault(stretch, SpokenFor(policies, as_of))
        return found

    def _days_of(self, policy: Policy) -> Sequence[date]:
        asked = {leaf.op for clause in policy.clauses() for leaf in leaves(clause)}
        places = () if asked.isdisjoint(OF_GROUPS) else self._gazetteer.change_dates()
        return sorted(policy.change_dates().union(places))
