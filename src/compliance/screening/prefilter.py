"""The prefilter: which policies can fire at all, decided policy by policy.

Policies share their simplest conjuncts ("the access is possession or delivery", "the paragraph is
controlled"). Each such selector is judged once for a contract, over all that it is asked of; what
it says is one word. The words of a policy's own selectors fix whether it is already false, with
the reason, or has to be judged, and which of its conjuncts are left to judge. That is kept policy
by policy, so that what is kept is bounded by the policies and not by the contracts. Nothing is
judged differently for it: a false conjunct makes its policy false, a true one changes nothing.

    conjuncts of a policy:  access in [delivery]   paragraph in [3A090.a]   headquarters in D:5
    words of a contract:    EVERYWHERE             SOMEWHERE                NOWHERE
    so the policy is false, because of its headquarters; with SOMEWHERE in place of NOWHERE it is
    judged, and only by paragraph and headquarters

Cost: one test for each distinct selector and binding, and one look-up for each policy.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Final

from compliance.model.decision import PolicyCoverage
from compliance.model.outcome import State
from compliance.model.truth import Truth
from compliance.policies.compiled import CompiledPolicy, Conjunct
from compliance.policies.policy import Policy
from compliance.screening.facts.subjects import Binding, Subjects
from compliance.screening.list_coverage import SpokenFor

NOT_ASKED, NOBODY, NOWHERE, UNKNOWN, SOMEWHERE, EVERYWHERE = range(6)
"""What a selector says over the contract, its items or its parties; up to NOWHERE it is false."""
_WORD: Final = {Truth.TRUE: EVERYWHERE, Truth.FALSE: NOWHERE, Truth.UNKNOWN: UNKNOWN}
_STAGES: Final = ("item", "contract", "party", "costly")
Judge = Callable[[Any], Truth]
Over = Callable[[Subjects], Sequence[Binding]]
Words = tuple[int, ...]


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


@dataclass(frozen=True, slots=True)
class _Group:
    """Selectors that are judged over the same bindings.

    Of each its number, its test, and the policies, as bits, that it shuts where it is false.
    """

    over: Over
    selectors: tuple[tuple[int, Judge, int], ...]


@dataclass(frozen=True, slots=True)
class _Answers:
    """One policy: the numbers of its selectors, and what followed from each of their words."""

    place: int
    standing: Standing
    compiled: CompiledPolicy
    selectors: tuple[Conjunct, ...]
    numbers: tuple[int, ...]
    kept: dict[Words, PolicyCoverage | Open] = field(default_factory=dict, compare=False)

    def of(self, found: Sequence[int]) -> PolicyCoverage | Open:
        """What follows from the words of all selectors."""
        words = tuple([found[number] for number in self.numbers])
        answer = self.kept.get(words)
        if answer is None:
            answer = self.kept[words] = self._decided(words)
        return answer

    def _decided(self, words: Words) -> PolicyCoverage | Open:
        policy_id, state = self.standing.policy.id, self.standing.state
        for selector, word in zip(self.selectors, words, strict=True):
            if NOBODY <= word <= NOWHERE:
                label = selector.compiled.label
                because = nobody(selector.roles) if word == NOBODY else label
                return PolicyCoverage(policy_id, state, Truth.FALSE, applies=True, because=because)
        said = {selector.key: word for selector, word in zip(self.selectors, words, strict=True)}
        left = [c for c in self.compiled.conjuncts if said.get(c.key) != EVERYWHERE]
        if self.compiled.silent_if_unknown and _is_unknown(left, said):
            return PolicyCoverage(policy_id, state, Truth.UNKNOWN, applies=True)
        untested = tuple(c for c in self.selectors if said[c.key] == NOT_ASKED)
        return _open(self.place, self.compiled, left, untested)


class Selectors:
    """The policies of one stretch of days with their selectors.

    `spoken`: for which listings the whole rule set speaks.

    Selectors are judged in stages: items, contract, parties, and last what is costly to know. A
    stage judges only what the policies that are still possible ask.
    """

    def __init__(self, standings: Sequence[Standing], spoken: SpokenFor) -> None:
        self.standings, self.spoken = tuple(standings), spoken
        self._lines: dict[bool, list[PolicyCoverage | None]] = {False: [], True: []}
        self._answers: dict[bool, list[_Answers]] = {False: [], True: []}
        self._possible = {False: 0, True: 0}  # policies as bits
        shared: dict[str, Conjunct] = {}
        policies: dict[str, int] = {}
        numbers: dict[str, int] = {}
        for place, standing in enumerate(self.standings):
            compiled = standing.compiled
            selectors = selectors_of(compiled) if compiled is not None else ()
            keys = [selector.key or "" for selector in selectors]
            for key, selector in zip(keys, selectors, strict=True):
                shared.setdefault(key, selector)
                numbers.setdefault(key, len(numbers))
                policies[key] = policies.get(key, 0) | 1 << place
            for party_only in (False, True):
                line = _not_asked(standing, party_only=party_only)
                self._lines[party_only].append(line)
                if line is None and compiled is not None:
                    own = tuple(numbers[key] for key in keys)
                    answers = _Answers(place, standing, compiled, selectors, own)
                    self._answers[party_only].append(answers)
                    self._possible[party_only] |= 1 << place
        self._count = len(numbers)
        stages: list[dict[tuple[str, tuple[str, ...]], list[tuple[int, Judge, int]]]]
        stages = [{} for _ in _STAGES]
        for key, selector in shared.items():
            over = (_scope(selector), selector.roles)
            asked = numbers[key], selector.compiled.truth, policies[key]
            stages[_stage(selector)].setdefault(over, []).append(asked)
        self._stages = tuple(
            tuple(_Group(_over(*over), tuple(tests)) for over, tests in groups.items())
            for groups in stages
        )

    def select(self, subjects: Subjects, *, party_only: bool) -> Selection:
        """The selection for a contract, or a party alone, on any day of the stretch."""
        found = self._words(subjects, self._possible[party_only])
        lines = self._lines[party_only].copy()
        to_judge = []
        for each in self._answers[party_only]:
            answer = each.of(found)
            if isinstance(answer, Open):
                to_judge.append(answer)
            else:
                lines[each.place] = answer
        return Selection(tuple(lines), tuple(to_judge))

    def _words(self, subjects: Subjects, possible: int) -> list[int]:
        """What every selector says that a policy still possible asks; the policies are bits."""
        found = [NOT_ASKED] * self._count
        for groups in self._stages:
            shut = 0
            for group in groups:
                asked = [each for each in group.selectors if each[2] & possible]
                if not asked:
                    continue
                bindings = group.over(subjects)
                if len(bindings) == 1:
                    binding = bindings[0]
                    for number, test, policies in asked:
                        word = found[number] = _WORD[test(binding)]
                        if word == NOWHERE:
                            shut |= policies
                    continue
                for number, test, policies in asked:
                    word = found[number] = _word({test(binding) for binding in bindings})
                    if word <= NOWHERE:
                        shut |= policies
            possible &= ~shut
        return found


def _not_asked(standing: Standing, *, party_only: bool) -> PolicyCoverage | None:
    """The coverage of a policy that does not exist, or reads what a party alone has not."""
    policy_id, compiled = standing.policy.id, standing.compiled
    if compiled is None:
        return PolicyCoverage(policy_id, standing.state, None, applies=False)
    if party_only and compiled.needs_contract:
        because = "needs a contract or an item"
        return PolicyCoverage(policy_id, standing.state, None, applies=False, because=because)
    return None


def selectors_of(compiled: CompiledPolicy) -> tuple[Conjunct, ...]:
    """The selectors of a policy in the order in which they are judged."""
    found = (conjunct for conjunct in compiled.conjuncts if conjunct.key is not None)
    return tuple(sorted(found, key=_stage))


def false_everywhere(policy: Open, subjects: Subjects) -> str | None:
    """What the untested selectors of a policy say of why it is false; None where none shows it."""
    for conjunct in policy.untested:
        bindings = _over(_scope(conjunct), conjunct.roles)(subjects)
        word = _word({conjunct.compiled.truth(binding) for binding in bindings})
        if word == NOBODY:
            return nobody(conjunct.roles)
        if word == NOWHERE:
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


def _is_unknown(left: Sequence[Conjunct], said: dict[str | None, int]) -> bool:
    """Whether a policy is unknown for some binding and true for none.

    So it is when one selector alone is left, and that one is unknown at best; or when several are,
    all of the one contract.
    """
    unknown = all(said.get(c.key) == UNKNOWN for c in left)
    return bool(left) and unknown and (len(left) == 1 or not any(c.reads for c in left))


def _open(
    place: int,
    compiled: CompiledPolicy,
    left: Sequence[Conjunct],
    untested: tuple[Conjunct, ...],
) -> Open:
    """A policy with what is left to judge of it; what is true everywhere is not judged again."""

    def judge(*reads: str) -> Judge | None:
        parts = tuple(c.compiled.truth for c in left if c.reads == frozenset(reads))
        return _all(parts) if len(parts) > 1 else (parts or (None,))[0]

    of_pair = judge("party", "item")
    return Open(place, compiled, judge(), judge("item"), judge("party"), of_pair, untested)


def _word(answers: set[Truth]) -> int:
    if not answers:
        return NOBODY
    if Truth.TRUE in answers:
        return EVERYWHERE if len(answers) == 1 else SOMEWHERE
    return UNKNOWN if Truth.UNKNOWN in answers else NOWHERE


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
