"""Which listings no policy speaks for: found by the engine once the policies are judged.

For which measures a rule set has a policy of its own, by role, is read off the policies. One speaks
for a measure in its roles when a certain hit under it is all it takes to leave a flag; so do two
policies of which one asks for a condition and the other for its opposite, neither silent where it
is unknown. Whatever else a policy asks for (a delivery, a jurisdiction) leaves contracts about
which it says nothing, so it does not speak for the measure.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Final

from compliance.model.parties import ROLES
from compliance.policies.compiled import spelling
from compliance.policies.conditions import Condition, Leaf, conjuncts, scopes, substitute
from compliance.policies.fact import Fact
from compliance.policies.policy import Policy
from compliance.screening.facts.listings import certain_measures, searched
from compliance.screening.facts.subjects import PartyFacts, Subjects, party_field
from compliance.watchlists.measures import widest

_LISTED: Final = "party.listed_under"
_NONE: Final[frozenset[str]] = frozenset()
Spoken = frozenset[tuple[str, str]]
"""Pairs of role and measure."""
OTHER: Final = "listed_under_other"

party_field.finding(
    OTHER,
    "choices",
    "Measures that it is listed under, and for which no policy in force speaks in its roles. "
    '"review" is a list whose meaning is not told.',
    asks="its register number, birth date and addresses",
    domain="measures",
    hits="listed",
)


def tell_unspoken(subjects: Subjects, spoken: Spoken) -> None:
    """Tell each party under which measures it is listed for which no policy speaks."""
    parties = (*subjects.in_roles(ROLES), subjects.lessee, subjects.provider)
    for party in parties:
        party[OTHER] = _unspoken(party, spoken)


def _unspoken(p: PartyFacts, spoken: Spoken) -> Fact:
    certain = certain_measures(p.hits)
    if not certain:
        return Fact.of(_NONE, searched(p))
    others = frozenset(
        measure
        for measure in certain
        if not any((role, m) in spoken for role in p.roles for m in (measure, widest(measure)))
    )
    return Fact.of(others, f"{searched(p)}; the policies in force")


def spoken_for(policies: Iterable[Policy], as_of: date, *, party_only: bool) -> Spoken:
    """The roles and measures that some policy, or a pair of opposites, speaks for on a day.

    `party_only`: without a contract only policies that read nothing but the party are judged.
    """
    found: set[tuple[str, str]] = set()
    under: dict[tuple[str, str], set[str]] = {}
    for policy in policies:
        if not policy.exists_on(as_of) or policy.each_item:
            continue
        if party_only and any(scopes(clause) - {"party"} for clause in policy.clauses()):
            continue
        for place, conditions in _spoken(policy, as_of):
            if not conditions:
                found.add(place)
            elif len(conditions) == 1 and policy.on_unknown != "ignore":
                under.setdefault(place, set()).update(conditions)
    found.update(
        place for place, said in under.items() if any(f"not({one})" in said for one in said)
    )
    return frozenset(found)


class SpokenFor:
    """For which listings policies speak on a day; found when first asked."""

    def __init__(self, policies: Sequence[Policy], as_of: date) -> None:
        self._policies, self._as_of = policies, as_of
        self._found: dict[bool, Spoken] = {}

    def pairs(self, *, party_only: bool) -> Spoken:
        """As `spoken_for`."""
        found = self._found.get(party_only)
        if found is None:
            found = spoken_for(self._policies, self._as_of, party_only=party_only)
            self._found[party_only] = found
        return found


def _spoken(policy: Policy, as_of: date) -> Iterator[tuple[tuple[str, str], frozenset[str]]]:
    """Each role and measure of a policy, with what it asks for beside the hit."""
    values = policy.values(as_of)
    parts = conjuncts(policy.when)
    named = [part for part in parts if _names_measures(part)]
    rest = frozenset(
        spelling(part, values) for part in parts if part not in named and not _known(part)
    )
    if len(named) != 1 or not isinstance(named[0], Leaf):
        return
    for measure in substitute(named[0].value, values):
        for role in policy.roles:
            yield (role, measure), rest


def _names_measures(part: Condition) -> bool:
    return isinstance(part, Leaf) and part.field == _LISTED and part.op == "any_in"


def _known(part: Condition) -> bool:
    """Whether a condition asks only that the party was looked up; a hit shows that it was."""
    return (
        isinstance(part, Leaf)
        and part.field == _LISTED
        and part.op == "known"
        and part.value in (None, True)
    )
