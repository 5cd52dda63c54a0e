"""Until when an exception, or evidence that answers a flag, is known to hold.

The last day is the earliest of: the last day of the authorization that it rests on, the last day
that its own condition names, and the day before its policy next changes. None: no end is stated.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, Final

from compliance.model.truth import Truth
from compliance.policies.conditions import Branch, Condition, Leaf, Use, substitute
from compliance.policies.fact import Fact
from compliance.policies.operators import REGISTRY, Setting
from compliance.policies.policy import Clause, Policy
from compliance.screening.facts.authorizations import Held
from compliance.screening.facts.subjects import Binding

_BEFORE: Final = {"before": timedelta(days=1), "on_or_before": timedelta(0)}
_AS_OF: Final = "contract.as_of"


def last_day(policy: Policy, clause: Clause, binding: Binding, as_of: date) -> date | None:
    """The last day on which a clause that holds is known to hold."""
    values = policy.values(as_of)
    gazetteer = binding.contract.know.gazetteer
    setting = Setting(as_of, gazetteer, policy.id)
    changes = [day for day in policy.change_dates() if day > as_of]
    ends = [_end(clause.when, binding, setting, values)]
    ends += [min(changes) - timedelta(days=1)] if changes else []
    return min((day for day in ends if day is not None), default=None)


def _end(
    condition: Condition, binding: Binding, setting: Setting, values: dict[str, Any]
) -> date | None:
    """The last day of a condition that holds; None where it names none, or does not hold."""
    if isinstance(condition, Use):
        return _end(condition.body, binding, setting, values)
    if isinstance(condition, Branch):
        if condition.kind == "not":
            return None
        holding = [c for c in condition.children if _holds(c, binding, setting, values)]
        ends = [_end(child, binding, setting, values) for child in holding]
        if condition.kind == "any":
            # One of them is enough: it holds as long as the longest.
            return None if None in ends else max((e for e in ends if e), default=None)
        return min((end for end in ends if end is not None), default=None)
    expected = substitute(condition.value, values)
    if condition.field == _AS_OF and condition.op in _BEFORE and isinstance(expected, date):
        return expected - _BEFORE[condition.op]
    if condition.op != "covers":
        return None
    return _of_authorization(condition, expected, binding, setting)


def _of_authorization(leaf: Leaf, expected: Any, binding: Binding, setting: Setting) -> date | None:
    """The latest day of the authorizations that cover this policy; None where one has no end."""
    test = REGISTRY["covers"].prepare(expected, setting)
    held: tuple[Held, ...] = _fact(leaf, binding).value or ()
    covering = [h for h in held if test(Fact.of((h,), "")) is Truth.TRUE]
    ends = [h.until for h in covering]
    return None if None in ends else max((end for end in ends if end), default=None)


def _holds(
    condition: Condition, binding: Binding, setting: Setting, values: dict[str, Any]
) -> bool:
    if isinstance(condition, Leaf):
        test = REGISTRY[condition.op].prepare(substitute(condition.value, values), setting)
        return test(_fact(condition, binding)) is Truth.TRUE
    if isinstance(condition, Use):
        return _holds(condition.body, binding, setting, values)
    found = [_holds(child, binding, setting, values) for child in condition.children]
    if condition.kind == "not":
        return not found[0]
    return all(found) if condition.kind == "all" else any(found)


def _fact(leaf: Leaf, binding: Binding) -> Fact:
    scope, _, name = leaf.field.partition(".")
    found: Fact = getattr(binding, scope)[name]
    return found
