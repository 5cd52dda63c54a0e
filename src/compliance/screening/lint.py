"""Lint: everything about a rule folder that a reviewer should see before it ships.

What does not load is an error; so is a policy without tests, and a state whose first day no test
covers. Warnings are matters of judgment. Each finding is a class with a code and a severity, and
stands at file:line:column.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any, Final

from compliance.chips import Catalogue
from compliance.errors import ComplianceError, Problem, RuleError
from compliance.model.outcome import Outcome, State
from compliance.places import Gazetteer
from compliance.policies.conditions import Leaf, leaves
from compliance.policies.definitions import Definitions, definition_files
from compliance.policies.loading import load_with_definitions, policy_files
from compliance.policies.policy import Policy
from compliance.policies.ruleset import select
from compliance.screening.definition_lint import lint_definitions
from compliance.screening.field_schema import FIELDS, fields_of
from compliance.screening.findings import (
    AsksWithoutAnswer,
    CoversWithoutAuthority,
    DoesNotLoad,
    Finding,
    MessageTooLong,
    NeverCleared,
    NeverFires,
    NeverQuiet,
    NoFalsePositives,
    NoTests,
    OrphanTests,
    StatusTest,
    TestsDoNotRead,
    UncitedState,
    UntestedEve,
    UntestedParameterDay,
    UntestedState,
    VerifiedTooEarly,
)
from compliance.screening.knowledge import Knowledge
from compliance.screening.policy_tests import CasesFile, bases, changed, tests_of
from compliance.screening.regime_status import check_regimes
from compliance.tables import table_of
from compliance.tables.yaml import Document, Path_, read_file
from compliance.watchlists import embedded
from compliance.watchlists.snapshots.catalogue import catalogue as published_lists

LONGEST_MESSAGE: Final = 700
"""Characters of a message beyond which nobody reads it."""

_FIRES: Final = frozenset({"note", "review", "incomplete", "license_required", "prohibited"})
_ASKING: Final = frozenset({"known", "stated", "refused"})
_QUIET: Final = frozenset({"not_met", "excused", "cleared"})


def lint(rules: Path) -> tuple[Finding, ...]:
    """Every finding of a rule folder, sorted by file, line and column."""
    findings: list[Finding] = []
    definitions, policies = _loaded(rules, findings)
    documents = {policy.source: read_file(Path(policy.source)) for policy in policies}
    for policy in policies:
        document = documents[policy.source]
        findings += _about_policy(policy, document)
        findings += _about_licenses(policy, document)
        findings += _about_tests(rules, policy, document)
    findings += lint_definitions(rules, definitions, policies)
    findings += _orphans(rules)
    return tuple(sorted(set(findings), key=lambda f: (f.problem, f.code)))


def _loaded(rules: Path, findings: list[Finding]) -> tuple[Definitions, Sequence[Policy]]:
    """Definitions and policies, or none; each stage's refusals are findings and hide no others."""

    def attempt(stage: Callable[[], Any]) -> Any:
        try:
            return stage()
        except ComplianceError as error:
            findings.extend(DoesNotLoad(problem) for problem in error.problems)
            return None

    gazetteer = attempt(lambda: Gazetteer.load(rules))
    catalogue = attempt(lambda: Catalogue.load(rules))
    if catalogue is not None:
        attempt(catalogue.check)
    lists = attempt(lambda: embedded(rules))
    attempt(lambda: published_lists(rules))
    nothing: tuple[Definitions, Sequence[Policy]] = Definitions(), ()
    if gazetteer is None or catalogue is None or lists is None:
        return nothing
    know: Knowledge | None = attempt(lambda: Knowledge.load(rules, lists))
    if know is None:
        return nothing
    fields = fields_of(know)
    loaded = attempt(lambda: load_with_definitions(rules, gazetteer, fields)) or nothing
    policies: Sequence[Policy] = loaded[1]
    if not policies:
        return nothing
    attempt(lambda: check_regimes(rules, policies))
    for path in sorted((rules / "sets").glob("*.yaml")):
        attempt(partial(select, rules, path.stem, policies))
    return loaded[0], policies


def _about_policy(policy: Policy, document: Document) -> Iterator[Finding]:
    def at(path: Path_, message: str) -> Problem:
        return document.problem(path, message)

    if len(policy.message) > LONGEST_MESSAGE:
        message = f"{len(policy.message)} characters, more than {LONGEST_MESSAGE}"
        yield MessageTooLong(at(("message",), message))
    if policy.status == "test":
        yield StatusTest(at(("status",), "facts not yet checked at the source: capped at review"))
    settled = [p.since for p in policy.timeline if p.state is not State.UNVERIFIED]
    if settled and policy.verified_on < settled[-1]:
        message = f"before {settled[-1]}, when its newest state begins"
        yield VerifiedTooEarly(at(("verified_on",), message))
    if not answerable(policy):
        message = "nothing in a contract answers it: give it `clears`, or `exceptions`"
        yield AsksWithoutAnswer(at(("when",), message))
    if policy.basis != "law":
        return
    if not policy.false_positives:
        yield NoFalsePositives(at(("title",), "names no innocent look-alike"))
    for index, period in enumerate(policy.timeline):
        if not period.cite:
            yield UncitedState(at(("timeline", index), f"{period.state.value} without a cite"))


def _about_licenses(policy: Policy, document: Document) -> Iterator[Finding]:
    for condition in policy.clauses():
        for leaf in leaves(condition):
            if leaf.op == "covers" and "authority" not in leaf.value:
                message = f"{leaf.field} covers without an authority that can give it"
                yield CoversWithoutAuthority(_at_leaf(policy, document, leaf, message))


def _at_leaf(policy: Policy, document: Document, leaf: Leaf, message: str) -> Problem:
    """At the leaf, which stands in the policy's file or in that of a definition."""
    file, _, line = leaf.where.rpartition(":")
    if not document.source.endswith(file):
        message = f"{message} ({leaf.where})"
        return document.problem((), message)
    return Problem.at(message, source=policy.source, line=int(line), column=1, code="rule")


def answerable(policy: Policy) -> bool:
    """Whether some fact or evidence that a contract can give takes the flag back.

    A note needs none. What was seen (a sign) is taken back by evidence alone: `clears`, or an
    exception. Any other flag is answered by these, or by a fact that it reads and that can be asked
    for, or that may be given where it is not known.
    """
    if policy.effect.outcome is Outcome.CLEAR or policy.clears or policy.exceptions:
        return True
    read = leaves(policy.when)
    if any(FIELDS.is_sign(leaf.field) for leaf in read):
        return False
    return any(FIELDS[leaf.field].asks or leaf.op in _ASKING for leaf in read)


def _about_tests(rules: Path, policy: Policy, document: Document) -> Iterator[Finding]:
    path = tests_of(Path(policy.source))
    if not path.exists():
        yield NoTests(document.problem((), f"no tests beside it: {path.name}"))
        return
    try:
        tests = read_file(path)
        file = table_of(tests, CasesFile, RuleError)
    except ComplianceError as error:
        yield from (TestsDoNotRead(problem) for problem in error.problems)
        return
    if file.policy != policy.id:
        yield OrphanTests(tests.problem(("policy",), f"tests {file.policy!r} beside {policy.id}"))
        return
    yield from _about_cases(rules, file, tests)
    given = {answer for case in file.cases for answer in case.expect.values()}
    yield from _untested(policy, document, {day for case in file.cases for day in case.expect})
    if not given & _FIRES:
        yield NeverFires(tests.problem(("cases",), "no case leaves a flag"))
    if policy.clears and "cleared" not in given:
        yield NeverCleared(tests.problem(("cases",), "no case in which evidence answers the flag"))
    if not given & _QUIET:
        yield NeverQuiet(tests.problem(("cases",), "no innocent look-alike"))


def _about_cases(rules: Path, file: CasesFile, tests: Document) -> Iterator[Finding]:
    """Bases that do not exist and changes that lead nowhere."""
    try:
        known = bases(rules)
    except ComplianceError as error:
        yield from (TestsDoNotRead(problem) for problem in error.problems)
        return
    if file.base not in known:
        yield TestsDoNotRead(tests.problem(("base",), f"no base {file.base!r}"))
        return
    try:
        file.watchlists()
    except ComplianceError as error:
        for problem in error.problems:
            yield TestsDoNotRead(tests.problem(("lists",), problem.message))
    for index, case in enumerate(file.cases):
        try:
            changed(known[file.base], case.change)
        except ComplianceError as error:
            place: Path_ = ("cases", index, "change")
            for problem in error.problems:
                yield TestsDoNotRead(tests.problem(place, problem.message))


def _untested(policy: Policy, document: Document, days: set[date]) -> Iterator[Finding]:
    for index, period in enumerate(policy.timeline):
        place: Path_ = ("timeline", index)
        if period.since not in days:
            message = f"no test on {period.since}, when {period.state.value} begins"
            yield UntestedState(document.problem(place, message))
        if period.since > date.min and period.since - timedelta(days=1) not in days:
            message = f"no test on the day before {period.since}"
            yield UntestedEve(document.problem(place, message))
    begins = policy.timeline[0].since
    for name, values in policy.parameters.items():
        for entry in values:
            day = max(entry.since, begins)
            if day not in days:
                message = f"no test on {day}, when ${name} takes its value"
                yield UntestedParameterDay(document.problem(("parameters", name), message))


def _orphans(rules: Path) -> Iterator[Finding]:
    tested = (*policy_files(rules), *definition_files(rules))
    expected = {tests_of(path) for path in tested} | {rules / "bases.tests.yaml"}
    for path in sorted(rules.rglob("*.tests.yaml")):
        if path not in expected:
            yield OrphanTests(Problem.at("no policy beside it", source=str(path), code="rule"))
