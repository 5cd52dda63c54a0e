"""What is wrong or peculiar in the statements: visible beside every answer, never corrected."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final, Literal

from compliance.model.share import percent
from compliance.ownership.bounds import ZERO, between
from compliance.ownership.day_snapshot import DaySnapshot
from compliance.ownership.scc import strongly_connected_components
from compliance.ownership.share_matrix import ShareMatrix
from compliance.ownership.single_seed import Runs

Code = Literal[
    "contradiction",
    "cross_holding",
    "ended_owner",
    "oversubscribed",
    "ownerless_cycle",
    "self_holding",
    "several_classes",
    "treasury_shares",
    "unbounded",
]
ROUNDING: Final = Fraction(1, 200)  # bands and rounded figures may add up to half a point too much

_TOLD: Final = 10  # shares that are spelled out


@dataclass(frozen=True, slots=True, order=True)
class Diagnosis:
    """A finding on the statements: its code, the parties it concerns, and words for people.

    In `words` a party stands as its place among `parties` ("{0}"), all of them as "{all}".

    contradiction: different shares for one edge, class and day; oversubscribed: more than the whole
    of a party; self_holding: treasury shares; cross_holding: parties that own each other in a
    circle; ended_owner: an owner that was dissolved, merged or struck off, and is still stated as
    one; ownerless_cycle: such a circle that nobody outside owns any of; several_classes: votes
    that differ from the capital, or classes of shares; treasury_shares: a
    threshold is only reached where what a party holds of itself is disregarded; unbounded: no bound
    below the whole follows.
    """

    code: Code
    parties: tuple[str, ...]
    words: str

    @property
    def message(self) -> str:
        """The words with the ids of the parties."""
        return self.told(str)

    def told(self, name: Callable[[str], str]) -> str:
        """The words with each party, by id, as `name` calls it."""
        names = [name(party) for party in self.parties]
        together = " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
        return self.words.format(*names, all=together)


def diagnose(holdings: DaySnapshot, within: Iterable[str] | None) -> tuple[Diagnosis, ...]:
    """Every finding on the interests in some parties (None: in all) on the day, sorted."""
    parties = holdings.stated_parties if within is None else sorted(set(within))
    voted = holdings.voting_rights
    diagnoses = [*_contradictions(holdings, parties)]
    diagnoses += _oversubscribed(holdings.capital, parties, "shares")
    if voted.parties:
        diagnoses += _oversubscribed(voted, parties, "votes")
    for owned in parties:
        if owned in holdings.capital.above(owned):
            words = f"{{0}} holds {holdings.capital.column(owned)[owned]} of itself"
            diagnoses.append(Diagnosis("self_holding", (owned,), words))
        both = owned in voted and owned in holdings.capital
        if both and holdings.capital.column(owned) != voted.column(owned):
            words = "the votes stated of {0} differ from its capital: control follows them"
            diagnoses.append(Diagnosis("several_classes", (owned,), words))
        classes = holdings.share_classes(owned)
        if len(classes) > 1:
            words = "{0} has shares of several classes, of unstated weight: "
            stated = ", ".join(classes).replace("{", "{{").replace("}", "}}")
            diagnoses.append(Diagnosis("several_classes", (owned,), words + stated))
    diagnoses += _circles(holdings.capital, parties)
    if holdings.ended:
        diagnoses += _ended(holdings, parties)
    return tuple(sorted(diagnoses))


def _ended(holdings: DaySnapshot, parties: Iterable[str]) -> Iterator[Diagnosis]:
    """Each owner that has ended: how, of whom it is still stated as owner, who succeeded it."""
    owned_by: dict[str, list[str]] = {}
    for owned in parties:
        for owner in holdings.direct(owned):
            if owner in holdings.ended and owned not in holdings.predecessors.get(owner, ()):
                owned_by.setdefault(owner, []).append(owned)
    for owner, stated in sorted(owned_by.items()):
        ended = holdings.ended[owner]
        told, heirs = stated[:_TOLD], ended.successors
        parts = [f"{{{place}}}" for place in range(1, len(told) + 1 + len(heirs))]
        more = f" and {len(stated) - _TOLD} more" if len(stated) > _TOLD else ""
        words = f"{{0}} is {ended.words}, and still stated as owner of "
        words += ", ".join(parts[: len(told)]) + more
        words += f"; its successor is {', '.join(parts[len(told) :])}" if heirs else ""
        yield Diagnosis("ended_owner", (owner, *told, *heirs), words)


def unbounded(members: tuple[str, ...]) -> Diagnosis:
    """No upper bound follows from what the members of a circle are said to hold of each other."""
    words = "the upper ends of what {all} hold of each other leave nothing outside"
    return Diagnosis("unbounded", members, f"{words}: the upper end of the answer is only a bound")


def treasuries(
    certain: Runs, possible: Runs, parties: Iterable[str], words: Sequence[str]
) -> Iterator[Diagnosis]:
    """The parties that joined, if they did, by a test that disregards what they hold of themselves.

    `words` names what each test counts.
    """
    for party in parties:
        if party in certain.members or party not in possible.members:
            continue
        for test, of in enumerate(words):
            if possible.disregarding(test, party):
                matrix = possible.matrix(test)
                held = between(certain.held(test, party), possible.held(test, party))
                told = (
                    f"{held} of the {of} of {{0}} is held, and {matrix.column(party)[party]} by "
                    "{0} itself: the threshold is reached only if those do not count"
                )
                yield Diagnosis("treasury_shares", (party,), told)


def _contradictions(holdings: DaySnapshot, parties: Iterable[str]) -> Iterator[Diagnosis]:
    for owned in parties:
        for owner, kind, shares in holdings.contradictions(owned):
            stated = [str(share) for share in shares[:_TOLD]]
            if len(shares) > _TOLD:
                stated.append(f"{len(shares) - _TOLD} more")
            told = " and ".join(stated)
            words = f"{{0}} in {{1}} ({kind}): {told} are stated for the same day"
            yield Diagnosis("contradiction", (owner, owned), words)


def _oversubscribed(matrix: ShareMatrix, parties: Iterable[str], words: str) -> Iterator[Diagnosis]:
    most = matrix.amount(1 + ROUNDING)
    for owned in parties:
        total, _ = matrix.stated(owned)
        if total > most:
            least = percent(matrix.fraction(total))
            told = f"the {words} stated of {{0}} add up to at least {least}"
            yield Diagnosis("oversubscribed", (owned, *matrix.above(owned)), told)


def _circles(matrix: ShareMatrix, parties: Iterable[str]) -> Iterator[Diagnosis]:
    """Cross-holdings, and circles whose members hold all of each other."""
    among = matrix.in_circles(parties)

    def possible(owned: str) -> list[str]:
        return [o for o in matrix.sharing(owned, certainly=False) if o in among]

    def certain(owned: str) -> list[str]:
        return [o for o in matrix.sharing(owned, certainly=True) if o in among]

    for members in strongly_connected_components(sorted(among), possible):
        if len(members) > 1:
            yield Diagnosis("cross_holding", members, "{all} own each other in a circle")
            yield from _ownerless(matrix, strongly_connected_components(members, certain))
        elif members[0] in matrix.above(members[0]):
            yield from _ownerless(matrix, [members])


def _ownerless(matrix: ShareMatrix, circles: Iterable[tuple[str, ...]]) -> Iterator[Diagnosis]:
    for members in circles:
        inside = set(members)
        within = [
            sum((s.minimum for o, s in matrix.column(m).items() if o in inside), ZERO)
            for m in members
        ]
        if all(total >= 1 for total in within):
            words = "{all} wholly own each other: nobody outside is stated"
            if len(members) == 1:
                words = "{0} wholly owns itself: nobody outside is stated"
            yield Diagnosis("ownerless_cycle", members, words)
