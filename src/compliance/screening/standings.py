"""Policies as they stand on a day, each compiled once for every stretch in which nothing changes.

A policy stands the same until the next day of its own timeline, parameters and sets; one that asks
for members of country groups also until the next day on which some group changes.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from compliance.model.outcome import Severity, State
from compliance.places import Gazetteer
from compliance.policies.compiled import CompiledPolicy, compile_policy
from compliance.policies.conditions import leaves
from compliance.policies.policy import Policy

OF_GROUPS: Final = frozenset({"in_group", "any_in_group", "held_gte", "held_between"})
"""The operators that look up the members of country groups on the day."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A policy as it stands on a day: compiled, or None where it does not exist then."""

    policy: Policy
    state: State | None
    compiled: CompiledPolicy | None


class Standings:
    """Policies on any day."""

    def __init__(
        self, policies: Sequence[Policy], gazetteer: Gazetteer, weights: Mapping[Severity, float]
    ) -> None:
        self._policies = {policy.id: policy for policy in policies}
        self._gazetteer = gazetteer
        self._weights = weights
        self._changes: dict[str, Sequence[date]] = {}
        self._known: dict[tuple[str, int], Standing] = {}

    def on(self, policy_id: str, as_of: date) -> Standing:
        """How a policy stands on a day."""
        stretch = bisect_right(self._changes_of(policy_id), as_of)
        found = self._known.get((policy_id, stretch))
        if found is None:
            policy = self._policies[policy_id]
            period = policy.period(as_of)
            compiled = compile_policy(policy, as_of, self._gazetteer, self._weights)
            standing = Standing(policy, period.state if period else None, compiled)
            found = self._known.setdefault((policy_id, stretch), standing)
        return found

    def _changes_of(self, policy_id: str) -> Sequence[date]:
        found = self._changes.get(policy_id)
        if found is None:
            policy = self._policies[policy_id]
            asked = {leaf.op for clause in policy.clauses() for leaf in leaves(clause)}
            places = () if asked.isdisjoint(OF_GROUPS) else self._gazetteer.change_dates()
            days = sorted(policy.change_dates().union(places))
            found = self._changes.setdefault(policy_id, days)
        return found
