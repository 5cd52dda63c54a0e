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
    """The evidence that answers a flag, or the exception that excuses it.

    `cite` is where the exception is written, `until` the last day on which this is known to hold:
    that of the authorization, or the day before the rule changes; None where neither is stated.
    """

    id: str
    trace: Trace
    cite: str = ""
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Unread:
    """A fact that was given and is not known: its path, the text, and what it may have meant."""

    path: str
    note: str


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

    @property
    def is_hit(self) -> bool:
        """Whether the party, or its address, may be the listed one; a listed neighbor is no hit."""
        return self.by != "address" or self.taken_as_listed

    @property
    def is_certain(self) -> bool:
        """Whether the party is taken for the listed one, and the entry was in force on the day."""
        return self.is_hit and self.taken_as_listed and self.in_force is Truth.TRUE


@dataclass(frozen=True, slots=True)
class RiskFlag:
    """A policy that fires, or cannot be decided, for one subject.

    `outcome` is what this flag asks for after the caps of its state and status: `clear` for a note.
    `truth` is unknown when a deciding fact is missing; `missing` then names the paths and `asks`
    what would settle it. `cleared_by` is set when evidence answers the flag, which then counts
    neither in outcome nor in score. `excused_by` is set on the note that an exception leaves: what
    the policy would have asked for, and why it does not. `matches` are the entries of watchlists
    that it rests on, `unread` the texts among what is missing that were given and mean nothing.
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
    excused_by: ClearedBy | None = None
    unread: tuple[Unread, ...] = ()

    @property
    def decides(self) -> bool:
        """Whether the flag counts in outcome and score."""
        return self.cleared_by is None and self.outcome is not Outcome.CLEAR

    @property
    def rests_on(self) -> ClearedBy | None:
        """The evidence or the exception because of which it asks for nothing, if there is one."""
        return self.cleared_by or self.excused_by

    @property
    def hit(self) -> bool:
        """Whether it rests on an entry of a watchlist that its party is, or may be."""
        return any(match.is_hit for match in self.matches)

    @property
    def certain_hit(self) -> bool:
        """Whether it rests on an entry of a watchlist that its party is taken for."""
        return any(match.is_certain for match in self.matches)

    @property
    def holds_as_critical_law(self) -> bool:
        """Whether it is law of critical severity whose conditions are shown to hold."""
        critical = self.severity is Severity.CRITICAL and self.basis == "law"
        return critical and self.truth is Truth.TRUE and self.decides

    def leads(self, outcome: Outcome) -> bool:
        """Whether it stands among the deciding flags of a decision of this outcome.

        So do the flags that ask for it; whatever asks for less but is critical law or rests on a
        certain hit, for what is known must not disappear behind what is not; and possible hits
        where the outcome only says that a fact is missing.
        """
        if not self.decides:
            return False
        return (
            self.outcome is outcome
            or self.certain_hit
            or self.holds_as_critical_law
            or (self.hit and outcome is Outcome.INCOMPLETE)
        )


def prominence(flag: RiskFlag, outcome: Outcome) -> tuple[int, bool, int]:
    """The place of a flag in a decision of this outcome; the least comes first.

    Open before answered; then the most restrictive, but a hit and critical law that holds before
    what is only missing, certain hits before possible ones; what holds before what is undecided;
    the more severe first.
    """
    if flag.cleared_by is not None:
        place = 7 + Outcome.PROHIBITED.rank - flag.outcome.rank
    elif flag.outcome >= Outcome.LICENSE_REQUIRED:
        place = Outcome.PROHIBITED.rank - flag.outcome.rank
    elif flag.decides and (flag.certain_hit or flag.holds_as_critical_law):
        place = 2
    elif flag.hit and (flag.decides or (flag.certain_hit and outcome is Outcome.INCOMPLETE)):
        place = 3
    else:
        place = 4 + Outcome.INCOMPLETE.rank - flag.outcome.rank
    return place, flag.truth is Truth.UNKNOWN, -flag.severity.rank


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
    """What the decision rests on, and what it does not cover.

    `rules` is the hash of the rule folder, `rule_set` the name of the set of policies, and
    `does_not_see` what that set leaves out. `remarks` say in words where the lists fall short.
    """

    rules: str
    policies: tuple[PolicyCoverage, ...]
    watchlists: tuple[ListCoverage, ...]
    jurisdictions_not_covered: tuple[str, ...]
    rule_set: str = ""
    does_not_see: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()

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
        """The flags that ask for this outcome, and those that lead beside them; hits first."""
        leading = (flag for flag in self.flags if flag.leads(self.outcome))
        return tuple(sorted(leading, key=self._prominence))

    @property
    def told(self) -> tuple[RiskFlag, ...]:
        """What a short answer tells: the deciding flags and the notes that nobody may miss.

        Such notes are hits, and what the decision rests on: exceptions, and evidence that answers.
        """
        found = [f for f in self.flags if f.leads(self.outcome) or self._must_be_told(f)]
        return tuple(sorted(found, key=self._prominence))

    @property
    def unread(self) -> tuple[Unread, ...]:
        """What was given, is needed by a deciding flag, and could not be read; each once."""
        found = (text for flag in self.flags if flag.decides for text in flag.unread)
        return tuple(dict.fromkeys(found))

    @property
    def needs_a_person(self) -> bool:
        """Whether more is found than that something is missing."""
        if self.outcome is not Outcome.INCOMPLETE:
            return self.outcome is not Outcome.CLEAR
        return any(
            flag.certain_hit or flag.holds_as_critical_law or (flag.hit and flag.decides)
            for flag in self.flags
            if flag.cleared_by is None and flag.excused_by is None
        )

    def _must_be_told(self, flag: RiskFlag) -> bool:
        if flag.rests_on is not None:
            return True
        return flag.hit and not flag.decides

    def _prominence(self, flag: RiskFlag) -> tuple[int, bool, int]:
        return prominence(flag, self.outcome)
