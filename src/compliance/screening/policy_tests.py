"""Policy tests: cases beside each policy, over several days, with the answer a lawyer expects.

    policy: us.ear.headquarters-a
    base: hardware                      # an innocent contract of rules/bases.tests.yaml
    cases:
      - name: the ultimate parent is led from Beijing
        change: {"lessee.headquarters": SG}      # dotted paths; null removes
        expect: {2023-11-16: no_policy, 2023-11-17: license_required}

`lists` brings entries of lists that do not ship, by list id (rows as `watchlists.from_rows` reads
them); the cases consult them beside those that ship.

An answer is the outcome of this policy's flags, or: `note` (a flag that asks for nothing),
`cleared` (evidence answers it), `excused` (an exception), `not_met`, `undecided` (unknown and
harmless), `no_policy` (it does not exist on that day).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field

from compliance.errors import ContractError, Problem, RuleError
from compliance.model.decision import Decision, PolicyCoverage, RiskFlag
from compliance.model.outcome import Outcome
from compliance.model.truth import Truth
from compliance.policies.loading import id_of, policy_files
from compliance.screening.screener import Screener, answer, with_watchlists
from compliance.tables import Strict, table_of
from compliance.tables.yaml import Document, read_file
from compliance.watchlists import Watchlist, from_rows

Answer = Literal[
    "no_policy",
    "not_met",
    "excused",
    "undecided",
    "cleared",
    "note",
    "review",
    "incomplete",
    "license_required",
    "prohibited",
]


class CaseFile(Strict):
    """One case: a change to the base contract and the answers by day."""

    name: str
    change: dict[str, Any] = Field(default_factory=dict)
    expect: dict[Annotated[date, Field(strict=False)], Answer] = Field(min_length=1)


class CasesFile(Strict):
    """The tests of one policy."""

    version: Literal[1] = Field(alias="schema")
    policy: str
    base: str
    lists: dict[str, list[dict[str, Any]]] = Field(default_factory=dict)
    cases: list[CaseFile] = Field(min_length=1)

    def watchlists(self) -> tuple[Watchlist, ...]:
        """The lists that the cases bring.

        Raises:
            WatchlistError: every row that is no entry of a list.
        """
        return tuple(from_rows(rows, id=list_id) for list_id, rows in sorted(self.lists.items()))


@dataclass(frozen=True, slots=True)
class Case:
    """One day of one case."""

    policy: str
    name: str
    contract: Mapping[str, Any]
    as_of: date
    expected: str
    where: str
    lists: tuple[Watchlist, ...] = ()


@dataclass(frozen=True, slots=True)
class CaseResult:
    """What the engine answered, and whether that was expected."""

    case: Case
    answer: str

    @property
    def passed(self) -> bool:
        """Whether the answer is the expected one."""
        return self.answer == self.case.expected

    def __str__(self) -> str:
        case = self.case
        return (
            f"{case.where}: {case.policy} on {case.as_of}: expected {case.expected}, "
            f"got {self.answer}: {case.name}"
        )


def tests_of(policy_file: Path) -> Path:
    """Where the tests of a policy file are."""
    return policy_file.with_name(f"{policy_file.stem}.tests.yaml")


def bases(rules: Path) -> Mapping[str, Mapping[str, Any]]:
    """The innocent contracts that cases start from."""
    return read_file(rules / "bases.tests.yaml").value["bases"]  # type: ignore[no-any-return]


def cases_in(rules: Path, policies: Collection[str] = ()) -> Iterator[Case]:
    """The cases of these policies (of every one if none is named), in order of files and writing.

    Raises:
        RuleError: a test file that does not validate, names another policy or an unknown base.
        WatchlistError: a row of a list it brings that is no entry.
    """
    known = bases(rules)
    for policy_file in policy_files(rules):
        path, policy_id = tests_of(policy_file), id_of(policy_file.relative_to(rules))
        if path.exists() and (not policies or policy_id in policies):
            yield from _read(read_file(path), known, policy_id)


def base_of(
    document: Document, known: Mapping[str, Mapping[str, Any]], name: str
) -> Mapping[str, Any]:
    """The contract that the cases of a document change, by its name.

    Raises:
        RuleError: no such base.
    """
    if name not in known:
        names = ", ".join(sorted(known))
        raise RuleError(document.problem(("base",), f"no base {name!r}; known: {names}"))
    return known[name]


def _read(
    document: Document, known: Mapping[str, Mapping[str, Any]], policy_id: str
) -> Iterator[Case]:
    file = table_of(document, CasesFile, RuleError)
    if file.policy != policy_id:
        message = f"these tests stand beside {policy_id}, not {file.policy!r}"
        raise RuleError(document.problem(("policy",), message))
    base = base_of(document, known, file.base)
    lists = file.watchlists()
    for index, case in enumerate(file.cases):
        line, _ = document.locate(("cases", index))
        contract = changed(base, case.change)
        for day, expected in case.expect.items():
            where = f"{document.source}:{line}"
            yield Case(file.policy, case.name, contract, day, expected, where, lists)


def changed(base: Mapping[str, Any], change: Mapping[str, Any]) -> dict[str, Any]:
    """A copy of a contract with dotted paths set, or removed where the new value is null.

    Raises:
        RuleError: a path that leads nowhere.
    """
    contract: dict[str, Any] = deepcopy(dict(base))
    for path, value in change.items():
        *parents, last = path.split(".")
        target: Any = contract
        for step in parents:
            if isinstance(target, list):
                target = target[_index(target, step, path)]
            else:
                target = target.setdefault(step, {})
        if isinstance(target, list):
            index = _index(target, last, path)
            if index == len(target):
                target.append(deepcopy(value))
            else:
                target[index] = deepcopy(value)
        elif value is None:
            target.pop(last, None)
        else:
            target[last] = deepcopy(value)
    return contract


def _index(target: list[Any], step: str, path: str) -> int:
    if not step.isdigit() or int(step) > len(target):
        raise RuleError(Problem.at(f"{path}: no element {step!r}", code="rule"))
    return int(step)


def run(screener: Screener, case: Case) -> CaseResult:
    """Judge one case by its policy alone, with the lists it brings.

    A case may stand on the eve of the first rule: there the answer is that no policy exists.
    """
    consulted = _consulting(screener, case.lists)
    try:
        flags, line = answer(consulted, case.policy, case.contract, case.as_of)
    except ContractError as error:
        raise RuleError(
            Problem.at(f"{case.name}: {error}", source=case.where, code="rule")
        ) from error
    return CaseResult(case, _answer(flags, line))


@lru_cache(maxsize=4)
def _consulting(screener: Screener, lists: tuple[Watchlist, ...]) -> Screener:
    """The screener with these lists beside its own; cases of one file come one after another."""
    return with_watchlists(screener, lists) if lists else screener


def answer_of(decision: Decision, policy_id: str) -> str:
    """What one policy answered in a decision, in the words of the module docstring."""
    flags = [flag for flag in decision.flags if flag.policy_id == policy_id]
    return _answer(flags, decision.coverage.policy(policy_id))


def _answer(found: Iterable[RiskFlag], line: PolicyCoverage) -> str:
    if not line.applies:
        return "no_policy"
    flags = [flag for flag in found if flag.excused_by is None]
    open_ = [flag for flag in flags if flag.cleared_by is None]
    if open_:
        outcome = max(flag.outcome for flag in open_)
        return "note" if outcome is Outcome.CLEAR else outcome.value
    if flags:
        return "cleared"
    if line.truth is Truth.UNKNOWN:
        return "undecided"
    return "excused" if line.because.startswith("exception ") else "not_met"
