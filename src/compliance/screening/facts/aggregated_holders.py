"""Facts about lines of owners that sum up several holders under one name.

Who they are was not screened. Of a line of n holders that have at least s together one has at least
s/n: that much is certain, and may make somebody without a name an owner who matters.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from compliance.model.contract import Interest
from compliance.model.share import Share
from compliance.policies.fact import Fact
from compliance.screening.facts.subjects import PartyFacts, party_field


def _summed(p: PartyFacts) -> Iterator[tuple[Interest, int]]:
    """The lines on the day by which several holders hold the party, with how many they are."""
    for index, interest in enumerate(p.subjects.contract.ownership):
        if interest.holders is None or interest.holders < 2:
            continue
        begun = interest.since is None or interest.since <= p.as_of
        ended = interest.until is not None and interest.until <= p.as_of
        if (
            begun
            and not ended
            and p.subjects.resolve(interest.owned, f"ownership.{index}.owned") == p.id
        ):
            yield interest, interest.holders


@party_field("ownership.summed", "texts", asks="the names of the holders", cost="computed")
def _told(p: PartyFacts) -> Fact:
    """Lines of owners that sum up several holders: how many, with how much together."""
    told = frozenset(f"{count:,} holders, {_part(line)} together" for line, count in _summed(p))
    return Fact.of(told, "ownership")


@party_field("ownership.summed_at_least", "share", asks="the names of the holders", cost="computed")
def _at_least(p: PartyFacts) -> Fact:
    """The largest part that one holder of such a line has for certain."""
    parts = (
        Fraction(line.share.minimum) / count for line, count in _summed(p) if line.share is not None
    )
    return Fact.of(Share.exact(max(parts, default=Fraction(0))), "ownership")


def _part(line: Interest) -> str:
    return "an unstated part" if line.share is None else str(line.share)
