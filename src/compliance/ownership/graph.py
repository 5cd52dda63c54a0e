"""The ownership graph: dated interests between party ids, and every question asked of it.

A graph is immutable and knows no law. A question names its day (`as_of`), which may be left out
only where no interest has a date: then there is nothing to choose. An answer is a value and does
not hold the graph; what proves it is asked for (`breakdown`, `control_proof`, `evidence`,
`paths_from`, `diagnoses`, and the methods of what `affected` gives).

Questions are about parties that the graph knows: those that an interest or a reporting exception
names on any day, and those given as `parties`, of which nothing need be stated (such a party has no
owners, owns nothing, and is wholly unstated). Any other id is refused by every question alike, with
near spellings, for an answer "nobody" would hide a misspelling. Only `affected` takes ids of listed
parties that it does not know: a list names many who own nothing here.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from datetime import date
from fractions import Fraction
from itertools import chain, pairwise
from types import MappingProxyType
from typing import Any, get_args

from compliance.errors import OwnershipError, Problem, UnknownNameError, did_you_mean
from compliance.model.share import Share
from compliance.ownership import (
    cascade,
    control,
    data_quality,
    lookthrough,
    lookthrough_all,
    nationality,
    parents,
)
from compliance.ownership.cascade import AffectedParties
from compliance.ownership.cessation import Cessation
from compliance.ownership.control import Control, ControlProof
from compliance.ownership.data_quality import Diagnosis
from compliance.ownership.day_snapshot import DaySnapshot
from compliance.ownership.interest_table import InterestTable, read
from compliance.ownership.interests import Interest, is_day
from compliance.ownership.lookthrough import Breakdown
from compliance.ownership.nationality import By, Countries, NationalityShares
from compliance.ownership.parents import UltimateParents
from compliance.ownership.paths import Path


class OwnershipGraph:
    """Parties and the interests between them; build it with `from_interests`.

    It and its answers are shared between threads and pickled as they are.
    """

    __slots__ = ("_days", "_ended", "_exceptions", "_named", "_parties", "_table")

    def __init__(
        self,
        table: InterestTable,
        exceptions: Mapping[str, tuple[str, ...]],
        named: frozenset[str] = frozenset(),
        ended: Mapping[str, Cessation] = MappingProxyType({}),
    ) -> None:
        self._table = table
        self._exceptions = dict(exceptions)
        self._named = named
        self._ended = dict(ended)
        self._parties: frozenset[str] | None = None
        self._days: dict[date | None, DaySnapshot] = {}

    def __reduce__(self) -> tuple[type[OwnershipGraph], tuple[Any, ...]]:
        return OwnershipGraph, (self._table, self._exceptions, self._named, self._ended)

    @classmethod
    def from_interests(
        cls,
        interests: Iterable[Mapping[str, Any] | Interest],
        parties: Iterable[str] = (),
        ended: Mapping[str, Cessation] = MappingProxyType({}),
    ) -> OwnershipGraph:
        """Build a graph from interests, plain mappings and reporting exceptions, in any order.

        A mapping has owner and owned (an id, or a party with an id) and may have share, kind, from,
        until, seats, of, source; or owned and exception. `parties` are ids that may be asked about
        though no interest names them. `ended` tells which parties have ended, from a day on: what
        is stated of them is kept, none of them is a certain parent, and a successor may have taken
        the place of each.

        Raises:
            OwnershipError: every fault, each with its path ("ownership.3.share").
        """
        taken = (edge for party, cessation in ended.items() for edge in cessation.interests(party))
        return cls(
            *read(chain(interests, taken)), frozenset(_ids("parties", parties)).union(ended), ended
        )

    def over(self, interests: Iterable[Interest]) -> OwnershipGraph:
        """The same parties with other interests, and no reporting exceptions."""
        return OwnershipGraph(*read(interests), self.parties, self._ended)

    @property
    def interests(self) -> tuple[Interest, ...]:
        """Every interest that is stated, on any day, in the order stated."""
        return self._table.interests()

    @property
    def parties(self) -> frozenset[str]:
        """The ids of all parties that may be asked about (see the module)."""
        if self._parties is None:
            stated = self._table
            self._parties = self._named.union(stated.owners, stated.owned, self._exceptions)
        return self._parties

    def on(self, as_of: date | None = None) -> DaySnapshot:
        """The interests that hold on a day; all, where none of them has a date.

        Raises:
            OwnershipError: `as_of` is no date (without a time), or is not given though an interest
                has a date.
        """
        if as_of is None:
            if self._table.dated:
                raise _wrong("as_of", "interests are dated: name a day")
            return self.ever()
        if not is_day(as_of):
            raise _wrong("as_of", f"a day as datetime.date, not {as_of!r}")
        return self._snapshot(as_of)

    def ever(self) -> DaySnapshot:
        """All interests together, whatever day they hold on."""
        return self._snapshot(None)

    def _snapshot(self, as_of: date | None) -> DaySnapshot:
        snapshot = self._days.get(as_of)
        if snapshot is None:
            snapshot = self._days[as_of] = DaySnapshot(self._table, as_of, self._ended)
        return snapshot

    def owners(
        self, owned: str, *, as_of: date | None = None
    ) -> tuple[tuple[str, Share, str], ...]:
        """Direct owners of a party, each with share and kind of interest, by id.

        Raises:
            UnknownNameError: the graph does not know the party; so with every question below.
        """
        self._know(owned)
        return self.on(as_of).owners(owned)

    def owned_by(
        self, owner: str, *, as_of: date | None = None
    ) -> tuple[tuple[str, Share, str], ...]:
        """What a party directly owns, each with share and kind of interest, by id."""
        self._know(owner)
        return self.on(as_of).owned_by(owner)

    def exceptions(self, owned: str) -> tuple[str, ...]:
        """The reporting exceptions stated for a party, sorted."""
        self._know(owned)
        return self._exceptions.get(owned, ())

    def ended(self, party: str, *, as_of: date | None = None) -> Cessation | None:
        """How a party has ended by the day; None where nobody says that it did."""
        self._know(party)
        return self.on(as_of).ended.get(party)

    def unstated(self, owned: str, *, as_of: date | None = None) -> Share:
        """The part of a party's capital of which no holder is stated."""
        self._know(owned)
        return lookthrough.unstated(self.on(as_of).capital, owned)

    def diagnoses(
        self, party: str | None = None, *, as_of: date | None = None
    ) -> tuple[Diagnosis, ...]:
        """What is wrong in the statements on a party and those above it; None: on everybody."""
        holdings = self.on(as_of)
        if party is None:
            return data_quality.diagnose(holdings, None)
        self._know(party)
        return data_quality.diagnose(holdings, holdings.above([party]))

    def evidence(self, path: Sequence[str], *, as_of: date | None = None) -> tuple[str, ...]:
        """Where each step of a chain from the top was stated ("ownership.3", a file and line)."""
        self._know(*path)
        statements = self.on(as_of).statements
        return tuple(
            dict.fromkeys(
                interest.source
                for owner, owned in pairwise(path)
                for (holder, _), edge in statements(owned).items()
                if holder == owner
                for interest in edge
            )
        )

    def share(self, owner: str, owned: str, *, as_of: date | None = None) -> Share:
        """The look-through share: what part of `owned` belongs in the end to `owner`."""
        self._know(owner, owned)
        return lookthrough.share(self.on(as_of), owner, owned)

    def breakdown(
        self, owner: str, owned: str, limit: int = 10, *, as_of: date | None = None
    ) -> Breakdown:
        """The look-through share with the chains that make it up, at most `limit` of them."""
        self._know(owner, owned)
        return lookthrough.breakdown(self.on(as_of), owner, owned, limit)

    def shares(self, owned: str, *, as_of: date | None = None) -> dict[str, Share]:
        """The look-through share of everybody above a party, by id: what `share` says of each."""
        self._know(owned)
        return lookthrough_all.shares(self.on(as_of), owned)

    def look_through(self, owned: str, *, as_of: date | None = None) -> dict[str, Share]:
        """Where the capital of a party ends: the final holders with the part each keeps, by id.

        A holder with owners of its own keeps what they leave unstated of it; nothing is counted
        twice. The unstated rest of `owned` itself is nobody's.
        """
        self._know(owned)
        return dict(lookthrough.final_holders(self.on(as_of), owned).holders)

    def affected(
        self,
        listed: Iterable[str],
        threshold: str | Fraction = "1/2",
        *,
        inclusive: bool = True,
        aggregate: bool = True,
        control: bool = False,
        as_of: date | None = None,
    ) -> AffectedParties:
        """The cascade from listed parties: themselves and every party reached from them, by id.

        A party is affected when affected parties hold in sum at least (not `inclusive`: more than)
        the threshold; with `control`, also when they control it. Not `aggregate`: when so it is of
        one listed party and those affected through it, several listed ones not added together.

        Raises:
            OwnershipError: the threshold is not one exact share; `listed` are not ids of parties.
        """
        return cascade.affected(
            self.on(as_of),
            _ids("listed", listed),
            threshold=_threshold(threshold),
            inclusive=inclusive,
            aggregate=aggregate,
            control=control,
        )

    def controlled_by(self, party: str, *, as_of: date | None = None) -> dict[str, Control]:
        """Every party that `party` controls (true) or may control (unknown), by id."""
        self._know(party)
        return control.controlled_by(self.on(as_of), party)

    def control_proof(self, party: str, owned: str, *, as_of: date | None = None) -> ControlProof:
        """How `party` controls or may control `owned`; nothing where it cannot."""
        self._know(party, owned)
        return control.control_proof(self.on(as_of), party, owned)

    def controllers(self, owned: str, *, as_of: date | None = None) -> dict[str, Control]:
        """Every party that controls `owned` (true) or may (unknown), by id.

        The answers are those that `controlled_by` gives of each.
        """
        self._know(owned)
        return control.controllers(self.on(as_of), owned)

    def ultimate_parents(
        self, party: str, *, as_of: date | None = None, natural_persons: Container[str] = ()
    ) -> UltimateParents:
        """The parent undertakings at the top of the party; a natural person is none.

        Raises:
            OwnershipError: `natural_persons` is one text, not several ids.
        """
        if isinstance(natural_persons, str):
            raise _one_text("natural_persons", natural_persons)
        self._know(party)
        return parents.ultimate_parents(
            self.on(as_of), self._exceptions, party, natural_persons=natural_persons
        )

    def nationality_shares(
        self, party: str, *, by: By, countries: Countries, as_of: date | None = None
    ) -> NationalityShares:
        """How much of a party is held, looked through, by holders of each country.

        `countries` maps party ids to a country, to several possible ones, or to None, in the
        meaning of `by`; a holder that is not in it is of unknown country.

        Raises:
            OwnershipError: an unknown meaning of `by`.
        """
        if by not in get_args(By):
            raise _wrong("by", f"one of {', '.join(get_args(By))}, not {by!r}")
        self._know(party)
        return nationality.nationality_shares(self.on(as_of), party, by, countries)

    def paths_from(
        self, country: str, party: str, shares: NationalityShares, *, as_of: date | None = None
    ) -> tuple[Path, ...]:
        """The largest chains to a party from its holders of a country, at most ten."""
        self._know(party)
        return nationality.paths_from(self.on(as_of), party, country, shares)

    def _know(self, *parties: str) -> None:
        known = self.parties
        if not known.issuperset(parties):
            raise UnknownNameError(
                Problem.at(
                    f"no interest names the party {party!r}",
                    hint=did_you_mean(str(party), known, most=3),
                    code="unknown_name",
                )
                for party in dict.fromkeys(parties)
                if party not in known
            )


def _threshold(value: str | Fraction) -> Fraction:
    if isinstance(value, Fraction) and 0 <= value <= 1:
        return value
    try:
        share = Share.parse(value)
    except ValueError as error:
        raise _wrong("threshold", str(error)) from None
    if not share.is_exact:
        raise _wrong("threshold", f"one exact share, not {share}")
    return share.minimum


def _ids(name: str, parties: Iterable[str]) -> tuple[str, ...]:
    """The ids; one text is refused, for its letters would be taken for ids that nobody has."""
    if isinstance(parties, str):
        raise _one_text(name, parties)
    ids = tuple(parties)
    for party in ids:
        if not isinstance(party, str) or not party:
            raise _wrong(name, f"a party id is a text that is not empty, not {party!r}")
    return ids


def _one_text(name: str, text: str) -> OwnershipError:
    return _wrong(name, f"several party ids, not one text: write [{text!r}]")


def _wrong(name: str, message: str) -> OwnershipError:
    return OwnershipError(Problem.at(message, path=name, code="ownership"))
