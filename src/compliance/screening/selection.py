"""Which policies can fire at all: decided once for each pattern of facts.

Policies share their simplest conjuncts ("the access is possession or delivery", "the paragraph is
controlled"). Each such selector is judged once for a contract; the pattern of their truths fixes
which policies are already false, with the reason, which have to be judged, and which of their
conjuncts are left to judge. What follows from a pattern is kept. Nothing is judged differently for
it: a false conjunct makes its policy false, a true one changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import partial
from typing import Any, Final

from compliance.model.decision import PolicyCoverage
from compliance.model.outcome import State
from compliance.model.truth import Truth
from compliance.policies.compiled import CompiledPolicy, Conjunct
from compliance.policies.policy import Policy
from compliance.screening.facts.subjects import Binding, Subjects

_PATTERNS: Final = 4096
_STAGES: Final = ("item", "contract", "party", "costly")
Judge = Callable[[Any], Truth]
Over = Callable[[Subjects], Sequence[Binding]]


class Found(Enum):
    """A selector's truth over the contract, its items or its parties."""

    NOBODY = 0
    NOWHERE = 1
    UNKNOWN = 2
    SOMEWHERE = 3
    EVERYWHERE = 4


@dataclass(frozen=True, slots=True)
class Standing:
    """A policy as it stands on a day: compiled, or None where it does not exist then."""

    policy: Policy
    state: State | None
    compiled: CompiledPolicy | None


@dataclass(frozen=True, slots=True)
class Open:
    """A policy that has to be judged: its place, and what is left to judge by what it reads.

    A judge is None where nothing is left: that part is true. `untested` are the selectors that
    were not judged for the whole contract, in their turn.
    """

    place: int
    compiled: CompiledPolicy
    of_contract: Judge | None
    of_item: Judge | None
    of_party: Judge | None
    of_pair: Judge | None
    untested: tuple[Conjunct, ...]


@dataclass(frozen=True, slots=True)
class Selection:
    """The coverage of the policies that are decided, None for each that has to be judged."""

    lines: tuple[PolicyCoverage | None, ...]
    open: tuple[Open, ...]


class Selectors:
    """The policies of one stretch of days with their selectors.

    Selectors are judged in stages: items, contract, parties, and last what is costly to know. A
    stage judges only what the policies that are still possible ask. Each is kept with what
    followed from it.
    """

    def __init__(self, standings: Sequence[Standing]) -> None:
        self.standings = tuple(standings)
        self._first = self._step({}, 0)
        self._party_only = self._decide({}, party_only=True)

    def select(self, subjects: Subjects, *, party_only: bool) -> Selection:
        """The selection for a contract on any day of the stretch."""
        if party_only:
            return self._party_only
        at: _Step | Selection = self._first
        while isinstance(at, _Step):
            at = self._follow(at, subjects)
        return at

    def _follow(self, step: _Step, subjects: Subjects) -> _Step | Selection:
        over = [group.over(subjects) for group in step.groups]
        sizes = tuple([len(bindings) for bindings in over])
        pattern = tuple(
            [
                tuple([test(binding) for test in group.tests])
                for group, bindings in zip(step.groups, over, strict=True)
                for binding in bindings
            ]
        )
        found = step.followed_by.get((sizes, pattern))
        if found is None:
            known = step.known | _read(step.groups, sizes, pattern)
            after = step.stage + 1
            found = (
                self._step(known, after)
                if after < len(_STAGES)
                else self._decide(known, party_only=False)
            )
            if len(step.followed_by) < _PATTERNS:
                step.followed_by[sizes, pattern] = found
        return found

    def _step(self, known: dict[str, Found], stage: int) -> _Step:
        """What the policies that are still possible ask in a stage."""
        asked: dict[tuple[str, tuple[str, ...]], dict[str, Judge]] = {}
        for standing in self.standings:
            compiled = standing.compiled
            if compiled is None or any(_nowhere(c, known) for c in compiled.conjuncts):
                continue
            for conjunct in compiled.conjuncts:
                if conjunct.key is not None and _stage(conjunct) == stage:
                    group = asked.setdefault((_scope(conjunct), conjunct.roles), {})
                    group.setdefault(conjunct.key, conjunct.compiled.truth)
        groups = tuple(
            _Group(_over(scope, roles), tuple(tests), tuple(tests.values()))
            for (scope, roles), tests in asked.items()
        )
        return _Step(stage, groups, known, {})

    def _decide(self, known: dict[str, Found], *, party_only: bool) -> Selection:
        lines: list[PolicyCoverage | None] = []
        open_: list[Open] = []
        for place, standing in enumerate(self.standings):
            line = self._line(standing, known, party_only=party_only)
            lines.append(line)
            if line is None and standing.compiled is not None:
                open_.append(_open(place, standing.compiled, known))
        return Selection(tuple(lines), tuple(open_))

    def _line(
        self, standing: Standing, known: dict[str, Found], *, party_only: bool
    ) -> PolicyCoverage | None:
        """The coverage of a policy that the selectors decide, None if it has to be judged."""
        compiled, policy_id = standing.compiled, standing.policy.id
        if compiled is None:
            return PolicyCoverage(policy_id, standing.state, None, applies=False)
        if party_only:
            if not compiled.needs_contract:
                return None
            because = "needs a contract or an item"
            return PolicyCoverage(policy_id, standing.state, None, applies=False, because=because)
        for conjunct in selectors_of(compiled):
            if _nowhere(conjunct, known):
                because = conjunct.compiled.label
                if known[conjunct.key or ""] is Found.NOBODY:
                    because = nobody(conjunct.roles)
                return PolicyCoverage(policy_id, standing.state, Truth.FALSE, True, because)  # noqa: FBT003 - applies
        if compiled.silent_if_unknown and _is_unknown(compiled, known):
            return PolicyCoverage(policy_id, standing.state, Truth.UNKNOWN, True)  # noqa: FBT003 - applies
        return None


@dataclass(frozen=True, slots=True)
class _Group:
    """Selectors that are judged over the same bindings."""

    over: Over
    keys: tuple[str, ...]
    tests: tuple[Judge, ...]


Pattern = tuple[tuple[Truth, ...], ...]


@dataclass(frozen=True, slots=True)
class _Step:
    """The selectors of one stage that are still asked, and what follows from each pattern.

    A pattern is the truth of every selector for every binding; with how many bindings each group
    has.
    """

    stage: int
    groups: tuple[_Group, ...]
    known: dict[str, Found]
    followed_by: dict[tuple[tuple[int, ...], Pattern], _Step | Selection]


def selectors_of(compiled: CompiledPolicy) -> tuple[Conjunct, ...]:
    """The selectors of a policy in the order in which they are judged."""
    found = (conjunct for conjunct in compiled.conjuncts if conjunct.key is not None)
    return tuple(sorted(found, key=_stage))


def false_everywhere(policy: Open, subjects: Subjects) -> str | None:
    """What the untested selectors of a policy say of why it is false; None where none shows it."""
    for conjunct in policy.untested:
        bindings = _over(_scope(conjunct), conjunct.roles)(subjects)
        found = _found({conjunct.compiled.truth(binding) for binding in bindings})
        if found is Found.NOBODY:
            return nobody(conjunct.roles)
        if found is Found.NOWHERE:
            return conjunct.compiled.label
    return None


def _scope(selector: Conjunct) -> str:
    return next(iter(selector.reads), "contract")


def _stage(selector: Conjunct) -> int:
    return _STAGES.index(_scope(selector) if selector.is_cheap else "costly")


def _over(scope: str, roles: tuple[str, ...]) -> Over:
    """Over what a selector is judged: the contract, its items, the parties in its roles."""
    if scope == "item":
        return Subjects.of_items
    if scope == "party":
        return partial(Subjects.of_parties, roles=roles)
    return Subjects.of_contract


def _read(groups: tuple[_Group, ...], sizes: tuple[int, ...], pattern: Pattern) -> dict[str, Found]:
    """What a pattern says of each selector."""
    known: dict[str, Found] = {}
    rows = iter(pattern)
    for group, size in zip(groups, sizes, strict=True):
        answers = [next(rows) for _ in range(size)]
        for place, key in enumerate(group.keys):
            known[key] = _found({row[place] for row in answers})
    return known


def _nowhere(conjunct: Conjunct, known: dict[str, Found]) -> bool:
    found = known.get(conjunct.key or "")
    return found is Found.NOWHERE or found is Found.NOBODY


def _is_unknown(compiled: CompiledPolicy, known: dict[str, Found]) -> bool:
    """Whether a policy is unknown for some binding and true for none.

    So it is when one selector alone is not true everywhere, and that one is unknown at best; or
    when several are, all of the one contract.
    """
    left = [c for c in compiled.conjuncts if known.get(c.key or "") is not Found.EVERYWHERE]
    unknown = all(known.get(c.key or "") is Found.UNKNOWN for c in left)
    return bool(left) and unknown and (len(left) == 1 or not any(c.reads for c in left))


def _open(place: int, compiled: CompiledPolicy, known: dict[str, Found]) -> Open:
    """A policy with what is left to judge of it; what is true everywhere is not judged again."""
    left = [c for c in compiled.conjuncts if known.get(c.key or "") is not Found.EVERYWHERE]

    def judge(*reads: str) -> Judge | None:
        parts = tuple(c.compiled.truth for c in left if c.reads == frozenset(reads))
        return _all(parts) if len(parts) > 1 else (parts or (None,))[0]

    untested = tuple(c for c in selectors_of(compiled) if c.key not in known)
    of_pair = judge("party", "item")
    return Open(place, compiled, judge(), judge("item"), judge("party"), of_pair, untested)


def _found(answers: set[Truth]) -> Found:
    if not answers:
        return Found.NOBODY
    if Truth.TRUE in answers:
        return Found.EVERYWHERE if len(answers) == 1 else Found.SOMEWHERE
    return Found.UNKNOWN if Truth.UNKNOWN in answers else Found.NOWHERE


def nobody(roles: tuple[str, ...]) -> str:
    """Why a policy is judged for nobody."""
    return f"nobody in the roles {', '.join(roles)}" if roles else "no items"


def _all(judges: tuple[Judge, ...]) -> Judge:
    def judge(binding: Any) -> Truth:
        answer = Truth.TRUE
        for each in judges:
            truth = each(binding)
            if truth is Truth.FALSE:
                return truth
            if truth is Truth.UNKNOWN:
                answer = truth
        return answer

    return judge
