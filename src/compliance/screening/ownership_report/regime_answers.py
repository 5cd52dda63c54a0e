"""What each ownership regime says of a party on a day, and what is missing to say it.

Truth is that of the fact `ownership.affected_under`, which the policy of the regime reads. Besides,
the party may be listed itself, and owners who are not stated may be listed: policies of their own
ask for these, and a report tells them with the regime.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Literal

from compliance.model.share import Share
from compliance.model.truth import Truth, any_of
from compliance.ownership import Diagnosis, OwnershipGraph, Path
from compliance.ownership.gaps import Completion, Gap
from compliance.policies.policy import Policy
from compliance.screening.facts import evidence_requests
from compliance.screening.facts.cascades import Answer
from compliance.screening.facts.listed_owners import by_regime, is_under, listed_besides
from compliance.screening.facts.ownership import completion_of
from compliance.screening.facts.subjects import PartyFacts
from compliance.screening.holding_arithmetic import threshold_of
from compliance.screening.regime_status import RegimeStatus, status_of
from compliance.screening.regimes import Regime, RegimeFile

_NO_ONE: Final = OwnershipGraph.from_interests(()).affected(())
_NOBODY: Final = Answer(Truth.FALSE, _NO_ONE, _NO_ONE, frozenset())
Verdict = Literal["affected", "caution", "would_be_affected", "unknown", "not_affected"]


@dataclass(frozen=True, slots=True)
class RegimeAnswer:
    """The answer of one regime.

    `by_owners` is what its policy reads: whether listed owners affect the party by the arithmetic
    of the day. `itself`: whether the party is listed itself. `gaps` are owners who are not stated,
    and by whom alone it could be met. `share` is what the listed owners hold, from the certain ones
    alone to the possible ones too, None where none of them stands above; `origins` are those behind
    it, each of `paths` a chain from one, those of certain ones first. `missing` are measures that
    nobody on the lists consulted is under. `asks` would settle what is unknown of `by_owners` and
    `itself`. Truth is unknown for want of knowing whether `doubtful` parties are the listed ones
    and, where `open_shares`, how much is held.
    """

    regime: Regime
    entry: RegimeFile
    status: RegimeStatus
    by_owners: Truth
    itself: Truth
    gaps: tuple[Gap, ...]
    missing: tuple[str, ...]
    share: Share | None = None
    origins: tuple[str, ...] = ()
    paths: tuple[Path, ...] = ()
    doubtful: tuple[str, ...] = ()
    open_shares: bool = False
    asks: tuple[str, ...] = ()
    diagnoses: tuple[Diagnosis, ...] = ()

    @property
    def truth(self) -> Truth:
        """Whether the party is affected: by its owners, or as listed itself."""
        found = any_of((self.by_owners, self.itself))
        return Truth.UNKNOWN if found is Truth.FALSE and self.gaps else found

    @property
    def verdict(self) -> Verdict:
        """What follows on the day: a regime of the house cautions, one not in force would affect.

        Whoever is listed itself is so under any state of a regime on owners.
        """
        if self.truth is Truth.FALSE:
            return "not_affected"
        if self.truth is Truth.UNKNOWN:
            return "unknown"
        if self.itself is Truth.TRUE:
            return "affected"
        if not self.status.binds:
            return "would_be_affected"
        return "caution" if self.status.house else "affected"

    @property
    def by_control(self) -> bool:
        """Whether control makes the party affected, its shares alone being not certain to."""
        if self.share is None or self.by_owners is not Truth.TRUE:
            return False
        least = threshold_of(self.entry)
        return self.share.reaches(least, inclusive=self.entry.inclusive) is not Truth.TRUE


def regime_answers(p: PartyFacts, policies: Mapping[str, Policy]) -> Iterator[RegimeAnswer]:
    """The answer of each regime that exists on the day.

    Raises:
        UnknownNameError: a regime names a policy that is not among the policies.
    """
    completion = _completion(p)
    for regime in p.know.regimes:
        entry = regime.on(p.as_of)
        if entry is not None:
            yield _answer(p, regime, entry, status_of(regime, policies, p.as_of), completion)


def _answer(
    p: PartyFacts, regime: Regime, entry: RegimeFile, status: RegimeStatus, completion: Completion
) -> RegimeAnswer:
    itself = is_under(p, regime.measures, regime.narrowed)
    _, _, answer = by_regime(p).get(regime.id, (regime, entry, _NOBODY))
    reached = p.id in answer.everyone
    runs = (answer.certain, answer.everyone) if answer.truth is Truth.TRUE else (answer.everyone,)
    behind = [affected for affected in runs if p.id in affected]
    truth = any_of((answer.truth, itself))
    doubtful = {p.id} if itself is Truth.UNKNOWN else set[str]()
    asks = [evidence_requests.identity(p, p.id)] if itself is Truth.UNKNOWN else []
    if reached:
        doubtful.update(answer.unsure.intersection(answer.everyone.origins(p.id)))
    if answer.truth is Truth.UNKNOWN:
        asks += evidence_requests.of_cascade(
            p, answer.everyone, answer.unsure, control=entry.control
        )
    listed = frozenset[str]().union(*listed_besides(p, regime))
    gaps = entry.reaching(completion, listed) if truth is Truth.FALSE else ()
    unknown = truth is Truth.UNKNOWN
    return RegimeAnswer(
        regime=regime,
        entry=entry,
        status=status,
        by_owners=answer.truth,
        itself=itself,
        gaps=gaps,
        missing=tuple(sorted(regime.measures - p.know.measures_listed)),
        share=answer.share(p.id) if reached else None,
        origins=tuple(sorted({origin for affected in behind for origin in affected.origins(p.id)})),
        paths=tuple(dict.fromkeys(path for affected in behind for path in affected.paths(p.id))),
        doubtful=tuple(sorted(doubtful)) if unknown else (),
        open_shares=unknown and answer.open_shares(p.id),
        asks=tuple(dict.fromkeys(asks)),
        diagnoses=answer.everyone.diagnoses(p.id) if reached and (unknown or gaps) else (),
    )


def _completion(p: PartyFacts) -> Completion:
    """The statements with an owner for each who is not stated; known is who has a name."""
    parties, given = p.subjects.parties.values(), p.subjects.given_as_listed
    named = {party.id for party in parties if party["name"].known or party.id in given}
    return completion_of(p, named)
