"""Policies as they stand on a day: kept between changes, and never beyond one."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from typing import cast

from compliance.places import Gazetteer
from compliance.policies.conditions import leaves, substitute
from compliance.policies.operators import REGISTRY, Setting
from compliance.policies.policy import Policy
from compliance.screening.compiled_policies import OF_GROUPS, Standings
from screeners import screener


def asked(policy: Policy) -> set[str]:
    return {leaf.op for clause in policy.clauses() for leaf in leaves(clause)}


class NoPlaces:
    """A gazetteer that knows no group."""

    def members(self, name: str, as_of: date) -> None:
        raise AssertionError(f"asked for the members of {name} on {as_of}")


def test_only_the_operators_of_groups_ask_who_is_a_member_on_the_day() -> None:
    silent = Setting(date(2024, 6, 15), cast("Gazetteer", NoPlaces()), "us.test.policy")
    found = set()
    for policy in screener().policies:
        values = policy.values(date.max)
        for clause in policy.clauses():
            for leaf in leaves(clause):
                try:
                    REGISTRY[leaf.op].prepare(substitute(leaf.value, values), silent)
                except AssertionError:
                    found.add(leaf.op)
    assert found == OF_GROUPS & set().union(*map(asked, screener().policies))


def test_a_policy_is_kept_between_its_changes_and_compiled_anew_on_each() -> None:
    standings = Standings(screener().policies, screener().knowledge)
    groups = set(screener().knowledge.gazetteer.change_dates())
    for policy in screener().policies[::7]:
        changes = policy.change_dates() | (groups if asked(policy) & OF_GROUPS else set())
        for day, following in pairwise(sorted(changes)):
            standing = standings.on(policy.id, day)
            assert standings.on(policy.id, following - timedelta(days=1)) is standing
            assert standings.on(policy.id, day - timedelta(days=1)) is not standing
