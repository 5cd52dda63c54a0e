"""The policy that applies an ownership rule, and the state of that policy on a day.

The arithmetic of a rule stands in `rules/data/ownership_regimes.yaml`; since when it is in force,
stayed or unverified, in the timeline of the policy that it names. No date is written twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from compliance.errors import Problem, ReferenceDataError, UnknownNameError, did_you_mean
from compliance.model.outcome import State
from compliance.policies.policy import Policy
from compliance.screening.regimes import REGIMES, Regime
from compliance.tables.yaml import read_file


@dataclass(frozen=True, slots=True)
class RegimeStatus:
    """How a policy stands on a day: its state, and the first and last day of that state.

    Before the policy begins `state` and `since` are None, and `until` is the last day without it;
    otherwise `until` is None where no other state is known to follow. `house`: it is no law.
    """

    policy: str
    house: bool
    state: State | None
    since: date | None = None
    until: date | None = None
    cite: str = ""
    note: str = ""

    @property
    def in_force(self) -> bool:
        """Whether the policy is in force without doubt."""
        return self.state is State.IN_FORCE

    @property
    def binds(self) -> bool:
        """Whether the policy is in force, or was and is only unverified."""
        return self.state is not None and self.state.binds


def status_of(regime: Regime, policies: Mapping[str, Policy], as_of: date) -> RegimeStatus:
    """How the policy of an ownership rule stands on a day.

    Raises:
        UnknownNameError: the policy that the rule names is not there.
    """
    policy = policies.get(regime.policy)
    if policy is None:
        message = f"{regime.id} is applied by {regime.policy!r}, and there is no such policy"
        hint = did_you_mean(regime.policy, sorted(policies))
        raise UnknownNameError(Problem.at(message, path=regime.id, hint=hint, code="unknown_name"))
    house = policy.basis == "house"
    period = policy.period(as_of)
    if period is None:
        return RegimeStatus(
            policy.id, house, None, until=policy.timeline[0].since - timedelta(days=1)
        )
    first = last = policy.timeline.index(period)
    while first and policy.timeline[first - 1].state is period.state:
        first -= 1
    while last + 1 < len(policy.timeline) and policy.timeline[last + 1].state is period.state:
        last += 1
    following = policy.timeline[last + 1 : last + 2]
    return RegimeStatus(
        policy=policy.id,
        house=house,
        state=period.state,
        since=policy.timeline[first].since,
        until=following[0].since - timedelta(days=1) if following else None,
        cite=policy.citations[period.cite].cite if period.cite else "",
        note=period.note,
    )


def check_regimes(rules: Path, policies: Iterable[Policy]) -> None:
    """See that every ownership rule of a rule folder names a policy of it.

    Raises:
        ReferenceDataError: those that do not, each with file, line and column.
    """
    known = sorted(policy.id for policy in policies)
    document = read_file(rules / REGIMES)
    problems = [
        document.problem(
            ("regimes", index, "policy"),
            f"no policy {regime['policy']!r}",
            hint=did_you_mean(regime["policy"], known),
            code="reference_data",
        )
        for index, regime in enumerate(document.value["regimes"])
        if regime["policy"] not in known
    ]
    if problems:
        raise ReferenceDataError(problems)
