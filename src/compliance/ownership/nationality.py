"""How much of a party is held, looked through, by holders of each country.

The holders are those at the ends of the stated chains. What a party in between keeps of itself
because its owners leave it unstated belongs to somebody unnamed, and so do the unstated rest of the
party itself and whatever holders of unknown country have: an unnamed holder may be of any country.
This room knows no party's country: the caller gives them, for the meaning of `by` it chose.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from compliance.model.share import Share
from compliance.ownership import lookthrough
from compliance.ownership.diagnoses import Diagnosis, diagnose
from compliance.ownership.ends import ONE, ZERO, End, between, lowest, total_of
from compliance.ownership.holdings import Holdings

By = Literal["incorporation", "headquarters", "nationality"]
Countries = Mapping[str, str | Collection[str] | None]


@dataclass(frozen=True, slots=True)
class NationalityShares:
    """By country the share held by its holders, and the rest of which no country is known.

    A country that is not in `shares` may still hold all of `unknown`. `holders` are the final
    holders, each with its possible countries (none: unknown) and its share.
    """

    by: By
    shares: Mapping[str, Share]
    unknown: Share
    holders: tuple[tuple[str, tuple[str, ...], Share], ...]
    _at: tuple[Holdings, str] | None = field(default=None, repr=False, compare=False)

    def of(self, country: str) -> Share:
        """The share of one country, at least nothing and at most the unknown rest if not held."""
        return self.shares.get(country, between(End(ZERO), _high(self.unknown)))

    @property
    def diagnoses(self) -> tuple[Diagnosis, ...]:
        """What is wrong or peculiar in the statements on the party and those above it."""
        if self._at is None:
            return ()
        holdings, party = self._at
        return diagnose(holdings, holdings.above([party]))


def nationality_shares(
    holdings: Holdings, party: str, by: By, countries: Countries
) -> NationalityShares:
    """The share of each country in a party; `countries` gives one, several possible, or None."""
    capital = holdings.capital
    final = lookthrough.final_holders(holdings, party)
    holders = tuple(
        (holder, _possible(countries.get(holder)) if holder not in capital else (), share)
        for holder, share in final.items()
    )
    unstated = lookthrough.unstated(capital, party)
    rest = [share for _, possible, share in holders if not possible]
    unnamed = [_high(unstated), *(_high(share) for share in rest)]
    named = [share for _, possible, share in holders if possible]
    shares = {}
    for country in sorted({c for _, possible, _ in holders for c in possible}):
        certain = [share for _, possible, share in holders if possible == (country,)]
        maybe = [share for _, possible, share in holders if country in possible]
        others = [share for _, possible, share in holders if possible and country not in possible]
        high = lowest(total_of([*map(_high, maybe), *unnamed]), _left(others))
        shares[country] = between(total_of(map(_low, certain)), high)
    low = total_of([_low(unstated), *map(_low, rest)])
    unknown = between(low, lowest(total_of(unnamed), _left(named)))
    return NationalityShares(by, shares, unknown, holders, (holdings, party))


def _possible(countries: str | Collection[str] | None) -> tuple[str, ...]:
    if countries is None:
        return ()
    return (countries,) if isinstance(countries, str) else tuple(sorted(set(countries)))


def _low(share: Share) -> End:
    return End(share.minimum, share.exclusive_minimum)


def _high(share: Share) -> End:
    return End(share.maximum, share.exclusive_maximum)


def _left(others: Iterable[Share]) -> End:
    """What others leave of the whole; all of it where they are said to hold more than that."""
    taken = total_of(map(_low, others))
    return End(ONE - taken.value, taken.open) if taken.value <= 1 else End(ONE)
