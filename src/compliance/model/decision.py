"""What screening says: one immutable Decision with its flags, traces and coverage.

Every rendering, record and report is a pure function of a Decision.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from compliance.model.outcome import Outcome, Severity, State
from compliance.model.truth import Truth


@dataclass(frozen=True, slots=True)
class Citation:
    """Where a rule is written."""

    id: str
    cite: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Trace:
    """A condition as it was judged.

    `kind` is all, any, not, leaf, or is: a definition, named by `field` and cited by `source`, with
    its condition below. A leaf names the field, the operator, what was expected, the
    value seen with where it came from, and the line of the rule file. `all` ends at the first
    child that is false and `any` at the first that is true: the trace is a proof, not a dump.
    """

    kind: str
    truth: Truth
    field: str = ""
    op: str = ""
    expected: str = ""
    seen: str = ""
    source: str = ""
    where: str = ""
    children: tuple[Trace, ...] = ()
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Subject:
    """What a flag is about: a party with its roles, an item, or the whole contract ("")."""

    party: str = ""
    name: str = ""
    roles: tuple[str, ...] = ()
    item: str = ""


@dataclass(frozen=True, slots=True)
class ClearedBy:
    """The evidence that answers a flag."""

    id: str
    trace: Trace


@dataclass(frozen=True, slots=True)
class AlignedWords:
    """A word of the name given beside the listed word it was aligned with; `similarity` 0 to 1."""

    given: str
    listed: str
    similarity: float


@dataclass(frozen=True, slots=True)
class ListedAlso:
    """The same entry in another list that was consulted."""

    list_id: str
    snapshot: str
    entry: str
    measures: tuple[str, ...] = ()
    citation: str | None = None


@dataclass(frozen=True, slots=True)
class ListMatch:
    """An entry of a watchlist that a flag rests on, and how it was found.

    `by` is name, number, name and number, or address; `asked` is what the party gave, `matched`
    what the list holds: the name or alias, the number, the address. `score` (0 to 1) and `strength`
    are those after everything known of the party was compared; `reasons` tell each comparison.
    `taken_as_listed`: policies take the party for the listed one; otherwise a person compares.
    `measures` are what the entry stands for in law; `also_in` is the same entry in other lists.
    """

    list_id: str
    snapshot: str
    entry: str
    name: str
    by: str
    asked: str
    matched: str
    weak: bool
    score: float
    strength: str
    taken_as_listed: bool
    in_force: Truth
    aligned: tuple[AlignedWords, ...]
    unmatched: tuple[str, ...]
    reasons: tuple[str, ...]
    programmes: tuple[str, ...] = ()
    listed_on: date | None = None
    citation: str | None = None
    license_policy: str | None = None
    measures: tuple[str, ...] = ()
    also_in: tuple[ListedAlso, ...] = ()


@dataclass(frozen=True, slots=True)
class RiskFlag:
    """A policy that fires, or cannot be decided, for one subject.

    `outcome` is what this flag asks for after the caps of its state and status: `clear` for a note.
    `truth` is unknown when a deciding fact is missing; `missing` then names the paths and `asks`
    what would settle it. `cleared_by` is set when evidence answers the flag, which then counts
    neither in outcome nor in score. `matches` are the entries of watchlists that it rests on.
    """

    policy_id: str
    title: str
    outcome: Outcome
    severity: Severity
    factor: str
    weight: float
    subject: Subject
    message: str
    customer_message: str
    truth: Truth
    state: State
    state_since: date
    status: str
    basis: str
    citations: tuple[Citation, ...]
    trace: Trace
    missing: tuple[str, ...] = ()
    asks: tuple[str, ...] = ()
    license_policy: str | None = None
    cleared_by: ClearedBy | None = None
    false_positives: tuple[str, ...] = ()
    doubt: str = ""
    matches: tuple[ListMatch, ...] = ()

    @property
    def decides(self) -> bool:
        """Whether the flag counts in outcome and score."""
        return self.cleared_by is None and self.outcome is not Outcome.CLEAR


@dataclass(frozen=True, slots=True)
class PolicyCoverage:
    """One line for every policy of the rule set, so that "evaluated and not met" can be shown.

    `truth` is the strongest over its subjects, None where it was not evaluated; `applies` is false
    when the state does not exist on this day or the policy reads what this screening has not.
    `because` is the leaf that made it false, or the exception that excused it.
    """

    id: str
    state: State | None
    truth: Truth | None
    applies: bool
    because: str = ""


@dataclass(frozen=True, slots=True)
class ListCoverage:
    """A watchlist that was asked for: consulted or not, which snapshot, how old on `as_of`.

    `measures` are those that its entries stand for.
    """

    id: str
    title: str
    consulted: bool
    snapshot: str
    published: date | None
    age_days: int | None
    stale: bool
    complete: bool
    entries: int
    note: str = ""
    measures: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Coverage:
    """What the decision rests on, and what it does not cover."""

    rules: str
    policies: tuple[PolicyCoverage, ...]
    watchlists: tuple[ListCoverage, ...]
    jurisdictions_not_covered: tuple[str, ...]

    def policy(self, policy_id: str) -> PolicyCoverage:
        """The line of one policy.

        Raises:
            KeyError: the rule set has no such policy.
        """
        for line in self.policies:
            if line.id == policy_id:
                return line
        raise KeyError(policy_id)


@dataclass(frozen=True, slots=True)
class DecisionError:
    """Why a contract could not be screened; the decision is then incomplete."""

    code: str
    problems: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Decision:
    """The answer for one contract or party on one day of law.

    `score` and `factors` run from 0 to 100 and never decide the outcome. `fingerprint` is the
    SHA-256 over canonical JSON of inputs, rules, lists, engine version and as_of.
    """

    contract_id: str
    as_of: date
    outcome: Outcome
    score: int
    factors: Mapping[str, int]
    flags: tuple[RiskFlag, ...]
    missing: tuple[str, ...]
    coverage: Coverage
    fingerprint: str
    engine: str
    error: DecisionError | None = None

    @property
    def deciding(self) -> tuple[RiskFlag, ...]:
        """The flags that ask for this outcome."""
        return tuple(f for f in self.flags if f.decides and f.outcome is self.outcome)
