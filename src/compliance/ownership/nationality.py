"""How much of a party is held, looked through, by holders of each country.

The holders are those at the ends of the stated chains. What a party in between keeps of itself
because its owners leave it unstated belongs to somebody unnamed, and so do the unstated rest of the
party itself (with what circles bring back to it) and whatever holders of unknown country have: an
unnamed holder may be of any country.
This room knows no party's country: the caller gives them, for the meaning of `by` it chose.

    T from CN holds 60 % of M, M holds 50 % of L; nothing else is stated
    the final holders: T with 30 %, M with the 20 % that its owners leave unstated
    CN holds at least 30 %; unknown are 20 % and the 50 % of L that nobody is stated to hold

Cost: that of looking L through once (`lookthrough.final_holders`).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Final, Literal

from compliance.model.share import Share
from compliance.ownership import lookthrough
from compliance.ownership.bounds import ONE, ZERO, Bound, between, lowest, total_of
from compliance.ownership.day_snapshot import DaySnapshot
from compliance.ownership.paths import Path

_TOLD: Final = 10  # chains that are told of one country
By = Literal["incorporation", "headquarters", "nationality"]
Countries = Mapping[str, str | Collection[str] | None]


@dataclass(frozen=True, slots=True)
class NationalityShares:
    """By country the share held by its holders, and the rest of which no country is known.

    A country that is not in `shares` may still hold all of `unknown`. `holders` are the final
    holders, each with its possible countries (none: unknown) and its share;
    `OwnershipGraph.paths_from` tells the chains behind the share of a country.
    """

    by: By
    shares: Mapping[str, Share]
    unknown: Share
    holders: tuple[tuple[str, tuple[str, ...], Share], ...]

    def of(self, country: str) -> Share:
        """The share of one country, at least nothing and at most the unknown rest if not held."""
        return self.shares.get(country, between(Bound(ZERO), _high(self.unknown)))


def paths_from(
    holdings: DaySnapshot, party: str, country: str, shares: NationalityShares
) -> tuple[Path, ...]:
    """The largest chains to the party from its holders of a country, at most ten.

    The holders are asked one by one, the largest first, until no other can have more. A holder that
    may be of several countries is told under each of them.
    """
    held = [(share, holder) for holder, places, share in shares.holders if country in places]
    chains: list[Path] = []
    for share, holder in sorted(held, key=lambda each: (*_largest(each[0]), each[1])):
        if len(chains) == _TOLD and _largest(share) >= _largest(chains[-1].share):
            break
        carried = lookthrough.breakdown(holdings, holder, party, _TOLD).paths
        chains = sorted((*chains, *carried), key=lambda p: (*_largest(p.share), p.parties))
        del chains[_TOLD:]
    return tuple(chains)


def nationality_shares(
    holdings: DaySnapshot, party: str, by: By, countries: Countries
) -> NationalityShares:
    """The share of each country in a party; `countries` gives one, several possible, or None."""
    capital = holdings.capital
    final_holders = lookthrough.final_holders(holdings, party)
    holders = tuple(
        (holder, _possible(countries.get(holder)) if holder not in capital else (), share)
        for holder, share in final_holders.holders.items()
    )
    rest = [share for _, possible, share in holders if not possible]
    named = [(possible, share) for _, possible, share in holders if possible]
    unnamed = total_of([_high(final_holders.open), *map(_high, rest)])
    by_country: dict[str, list[tuple[bool, Share]]] = {}
    for possible, share in named:
        for country in possible:
            by_country.setdefault(country, []).append((len(possible) == 1, share))
    taken = _lows([share for _, share in named])
    shares = {}
    for country, held in sorted(by_country.items()):
        low, opens = _lows([share for certain, share in held if certain])
        maybe, maybe_opens = _lows([share for _, share in held])
        high = total_of([unnamed, *(_high(share) for _, share in held)])
        left = _left(taken[0] - maybe, taken[1] - maybe_opens)
        shares[country] = between(Bound(low, opens > 0), lowest(high, left))
    least = total_of([_low(final_holders.open), *map(_low, rest)])
    unknown = between(least, lowest(unnamed, _left(*taken)))
    return NationalityShares(by, shares, unknown, holders)


def _largest(share: Share) -> tuple[Fraction, Fraction]:
    return -share.minimum, -share.maximum


def _possible(countries: str | Collection[str] | None) -> tuple[str, ...]:
    if countries is None:
        return ()
    return (countries,) if isinstance(countries, str) else tuple(sorted(set(countries)))


def _low(share: Share) -> Bound:
    return Bound(share.minimum, share.exclusive_minimum)


def _high(share: Share) -> Bound:
    return Bound(share.maximum, share.exclusive_maximum)


def _lows(shares: list[Share]) -> tuple[Fraction, int]:
    """The sum of lower ends, and how many of them are open."""
    return total_of(map(_low, shares)).value, sum(share.exclusive_minimum for share in shares)


def _left(taken: Fraction, opens: int) -> Bound:
    """What others leave of the whole; all of it where they are said to hold more than that."""
    return Bound(ONE - taken, opens > 0) if taken <= 1 else Bound(ONE)
