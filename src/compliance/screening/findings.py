"""What lint finds: each kind is a class with a code and a severity, and stands at a place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

from compliance.errors import Problem


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One thing to see, and where it stands."""

    problem: Problem
    code: ClassVar[str]
    severity: ClassVar[Literal["error", "warning"]] = "warning"

    def __str__(self) -> str:
        return f"{self.problem} [{self.severity} {self.code}]"


class DoesNotLoad(Finding):
    """A file that the package refuses."""

    code = "does-not-load"
    severity = "error"


class NoTests(Finding):
    """A policy without a test file beside it."""

    code = "no-tests"
    severity = "error"


class OrphanTests(Finding):
    """A test file without its policy, or of another policy."""

    code = "orphan-tests"
    severity = "error"


class TestsDoNotRead(Finding):
    """A test file that does not validate, starts from no base, or changes what is not there."""

    code = "tests-do-not-read"
    severity = "error"


class UntestedState(Finding):
    """A state of the timeline whose first day no test covers."""

    code = "untested-state"
    severity = "error"


class UntestedEve(Finding):
    """A state of the timeline with no test on the day before it begins."""

    code = "untested-eve"


class NeverFires(Finding):
    """No test of the policy leaves a flag."""

    code = "never-fires"


class NeverQuiet(Finding):
    """No test shows an innocent look-alike on a day when the policy stands."""

    code = "never-quiet"


class MessageTooLong(Finding):
    """A message longer than anybody reads."""

    code = "message-too-long"


class StatusTest(Finding):
    """A policy whose facts were not yet checked at the source: capped at review."""

    code = "status-test"


class VerifiedTooEarly(Finding):
    """Verified before the newest state began, though that state is no mere doubt."""

    code = "verified-too-early"


class UncitedState(Finding):
    """A law's state without the citation that made it."""

    code = "uncited-state"


class AsksWithoutAnswer(Finding):
    """A flag that asks, and that no answer takes back."""

    code = "asks-without-answer"
    severity = "error"


class NeverCleared(Finding):
    """Evidence that answers the flag, and no test that shows it."""

    code = "never-cleared"


class NoFalsePositives(Finding):
    """A law that names no innocent case which looks like it."""

    code = "no-false-positives"


class CoversWithoutAuthority(Finding):
    """An authorization of whatever authority excuses: it counts only from one that can give it."""

    code = "covers-without-authority"
    severity = "error"


class UnusedDefinition(Finding):
    """A definition that no policy uses."""

    code = "unused-definition"
    severity = "error"


class LiteralEqualsDefinition(Finding):
    """A policy that writes out what a definition has a name for."""

    code = "literal-equals-definition"
    severity = "error"


class SameValueTwice(Finding):
    """Two definitions that say the same."""

    code = "same-value-twice"
    severity = "error"


class UntestedDefinition(Finding):
    """A definition without a case, or whose cases all answer alike."""

    code = "untested-definition"
    severity = "error"


class UntestedParameterDay(Finding):
    """A day on which a parameter or a set changes, and no case on it."""

    code = "untested-parameter-day"
    severity = "error"
