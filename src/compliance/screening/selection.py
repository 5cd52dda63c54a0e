"""Which policies can fire at all: decided once for each pattern of facts.

Policies share their simplest conjuncts ("the access is possession or delivery", "the paragraph is
controlled"). Each such selector is judged once for a contract; the pattern of their truths fixes
which policies are already false, with the reason, and which have to be judged. The answer for a
pattern is kept. Nothing is judged differently for it: a false conjunct makes its policy false.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from compliance.model.decision import PolicyCoverage
from compliance.model.outcome import State
from compliance.model.truth import Truth
from compliance.policies.compiled import CompiledPolicy, Selector
from compliance.policies.policy import Policy
from compliance.screening.facts.subjects import Binding, Subjects

_PATTERNS: Final = 4096
_SCOPES: Final = ("contract", "item", "party")


@dataclass(frozen=True, slots=True)
class Standing:
    """A policy as it stands on a day: compiled, or None where it does not exist then."""

    policy: Policy
    state: State | None
    compiled: CompiledPolicy | None


@dataclass(frozen=True, slots=True)
class Selection:
    """The coverage of the policies that are decided, None for each that has to be judged."""

    lines: tuple[PolicyCoverage | None, ...]
    open: tuple[tuple[int, CompiledPolicy], ...]


class Selectors:
    """The policies of one stretch of days with their distinct selectors."""

    def __init__(self, standings: Sequence[Standing]) -> None:
        self.standings = tuple(standings)
        distinct: dict[tuple[str, str, str], Selector] = {}
        for standing in self.standings:
            for selector in standing.compiled.selectors if standing.compiled else ():
                distinct.setdefault(selector.key, selector)
        ordered = sorted(distinct.values(), key=lambda selector: _SCOPES.index(selector.scope))
        self._tests = {
            scope: tuple(s.compiled.truth for s in ordered if s.scope == scope) for scope in _SCOPES
        }
        self._place = {selector.key: place for place, selector in enumerate(ordered)}
        self._known: dict[tuple[Truth, ...], Selection] = {}
        self._party_only = Selection(*self._without_contract())

    def select(self, subjects: Subjects, *, party_only: bool) -> Selection:
        """The selection for a contract on any day of the stretch."""
        if party_only:
            return self._party_only
        pattern = self._pattern(subjects)
        found = self._known.get(pattern)
        if found is None:
            found = Selection(*self._decide(pattern))
            if len(self._known) < _PATTERNS:
                self._known[pattern] = found
        return found

    def _pattern(self, subjects: Subjects) -> tuple[Truth, ...]:
        """The truth of each selector; for items and parties the strongest over all of them."""
        nobody, nothing = subjects.anybody, subjects.anything
        bindings = {
            "contract": [subjects.binding(nobody, nothing)],
            "item": [subjects.binding(nobody, item) for item in subjects.items],
            "party": [subjects.binding(party, nothing) for party in subjects.everybody],
        }
        return tuple(
            _strongest(test, bindings[scope]) for scope in _SCOPES for test in self._tests[scope]
        )

    def _decide(
        self, pattern: tuple[Truth, ...]
    ) -> tuple[tuple[PolicyCoverage | None, ...], tuple[tuple[int, CompiledPolicy], ...]]:
        lines: list[PolicyCoverage | None] = []
        open_: list[tuple[int, CompiledPolicy]] = []
        for place, standing in enumerate(self.standings):
            compiled = standing.compiled
            if compiled is None:
                lines.append(_absent(standing))
                continue
            false = next(
                (s for s in compiled.selectors if pattern[self._place[s.key]] is Truth.FALSE), None
            )
            if false is not None:
                because = false.compiled.label
                lines.append(_line(compiled, Truth.FALSE, because))
            elif compiled.silent_if_unknown and self._unknown(compiled, pattern):
                lines.append(_line(compiled, Truth.UNKNOWN))
            else:
                open_.append((place, compiled))
                lines.append(None)
        return tuple(lines), tuple(open_)

    def _unknown(self, compiled: CompiledPolicy, pattern: tuple[Truth, ...]) -> bool:
        return any(pattern[self._place[s.key]] is Truth.UNKNOWN for s in compiled.selectors)

    def _without_contract(
        self,
    ) -> tuple[tuple[PolicyCoverage | None, ...], tuple[tuple[int, CompiledPolicy], ...]]:
        lines: list[PolicyCoverage | None] = []
        open_: list[tuple[int, CompiledPolicy]] = []
        for place, standing in enumerate(self.standings):
            compiled = standing.compiled
            if compiled is None:
                lines.append(_absent(standing))
            elif compiled.needs_contract:
                lines.append(
                    PolicyCoverage(
                        compiled.policy.id, compiled.period.state, None, applies=False,
                        because="needs a contract or an item",
                    )
                )
            else:
                lines.append(None)
                open_.append((place, compiled))
        return tuple(lines), tuple(open_)


def _strongest(test: Callable[[Any], Truth], bindings: Sequence[Binding]) -> Truth:
    strongest = Truth.FALSE
    for binding in bindings:
        answer = test(binding)
        if answer is Truth.TRUE:
            return answer
        if answer is Truth.UNKNOWN:
            strongest = answer
    return strongest


def _line(compiled: CompiledPolicy, truth: Truth, because: str = "") -> PolicyCoverage:
    policy_id, state = compiled.policy.id, compiled.period.state
    return PolicyCoverage(policy_id, state, truth, applies=True, because=because)


def _absent(standing: Standing) -> PolicyCoverage:
    """The line of a policy that is repealed or has not begun."""
    return PolicyCoverage(standing.policy.id, standing.state, None, applies=False)
