"""What is wrong with the statements themselves: visible beside every answer, never corrected."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Final, Literal

from compliance.model.share import percent
from compliance.ownership.components import components
from compliance.ownership.holdings import ZERO, Holdings, Stakes

Code = Literal["contradiction", "oversubscribed", "self_holding", "ownerless_cycle"]
ROUNDING: Final = Fraction(1, 200)  # bands and rounded figures may add up to half a point too much


@dataclass(frozen=True, slots=True, order=True)
class Diagnosis:
    """A finding on the statements: its code, the parties it concerns, and words for people."""

    code: Code
    parties: tuple[str, ...]
    message: str


def diagnose(holdings: Holdings) -> tuple[Diagnosis, ...]:
    """Every finding on the interests of the day, sorted."""
    found = [*_contradictions(holdings), *_oversubscribed(holdings.capital, "shares")]
    if holdings.votes is not holdings.capital:
        voted = Stakes(holdings.voting_rights)
        found += _oversubscribed(voted, "votes")
    for owned, column in holdings.capital.columns.items():
        if owned in column:
            message = f"{owned} holds {column[owned]} of itself"
            found.append(Diagnosis("self_holding", (owned,), message))
    found += _ownerless(holdings.capital)
    return tuple(sorted(found))


def _contradictions(holdings: Holdings) -> Iterator[Diagnosis]:
    for owned in holdings.stated_parties:
        for owner, kind, shares in holdings.contradictions(owned):
            stated = " and ".join(str(share) for share in shares)
            message = f"{owner} in {owned} ({kind}): {stated} are stated for the same day"
            yield Diagnosis("contradiction", (owner, owned), message)


def _oversubscribed(stakes: Stakes, words: str) -> Iterator[Diagnosis]:
    for owned, column in stakes.columns.items():
        total = stakes.least(owned).value
        if total > 1 + ROUNDING:
            message = f"the {words} stated of {owned} add up to at least {percent(total)}"
            yield Diagnosis("oversubscribed", (owned, *column), message)


def _ownerless(stakes: Stakes) -> Iterator[Diagnosis]:
    """Circles whose members hold all of each other, with nobody outside."""

    def owners(owned: str) -> list[str]:
        column = stakes.columns.get(owned, {})
        return [owner for owner, share in column.items() if share.minimum > 0]

    for members in components(sorted(stakes.columns), owners):
        within = [
            sum(
                (s.minimum for o, s in stakes.columns.get(m, {}).items() if o in members),
                ZERO,
            )
            for m in members
        ]
        if all(total >= 1 for total in within):
            message = f"{', '.join(members)} wholly own each other: nobody outside is stated"
            if len(members) == 1:
                message = f"{members[0]} wholly owns itself: nobody outside is stated"
            yield Diagnosis("ownerless_cycle", members, message)
