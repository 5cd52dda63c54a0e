"""Tests of definitions: cases beside each file of `rules/definitions`, over several days.

    definitions: computing
    base: remote                        # a contract of rules/bases.tests.yaml
    cases:
      - {set: d5_or_macau, member: MO, expect: {2022-10-20: no_value, 2022-10-21: true}}
      - {set: training_scale, value: 64, expect: {2022-10-21: true}}
      - condition: led_from
        with: {places: [CN]}
        change: {lessee.headquarters: CN}
        party: lessee                   # the party of this role or id; the lessee where left out
        expect: {2024-06-15: true}

A set's case asks whether `member` is in its value, or whether `value` is its value. A condition's
or an exception's asks for its truth: true, false or unknown. `policy` is whose authorization an
exception looks for. The first item of the contract is bound.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Final, Literal

from pydantic import Field, model_validator

from compliance.errors import RuleError
from compliance.model.contract import Contract
from compliance.model.truth import Truth
from compliance.policies.conditions import Defined, filled
from compliance.policies.definitions import DefinedSet, Definitions, definition_files
from compliance.policies.evaluation import compile_condition
from compliance.policies.operators import Setting
from compliance.screening.facts.subjects import PartyFacts, Subjects
from compliance.screening.knowledge import Knowledge
from compliance.screening.policy_tests import base_of, bases, changed, tests_of
from compliance.tables import Strict, table_of
from compliance.tables.yaml import Document, read_file

Answer = bool | Literal["unknown", "no_value"]
_KINDS: Final = ("set", "condition", "exception")


class DefinitionCaseFile(Strict):
    """One case of one definition."""

    set_: str | None = Field(default=None, alias="set")
    condition: str | None = None
    exception: str | None = None
    member: Any = None
    value: Any = None
    arguments: dict[str, Any] = Field(default_factory=dict, alias="with")
    change: dict[str, Any] = Field(default_factory=dict)
    party: str = "lessee"
    policy: str = "house.sample"
    expect: dict[Annotated[date, Field(strict=False)], Answer] = Field(min_length=1)

    @model_validator(mode="after")
    def _of_one_definition(self) -> DefinitionCaseFile:
        if sum(name is not None for name in (self.set_, self.condition, self.exception)) != 1:
            raise ValueError("a case names one set, condition or exception")
        if self.set_ and (self.member is None) is (self.value is None):
            raise ValueError("a set's case gives a member or the value")
        return self

    @property
    def named(self) -> tuple[str, str]:
        """The kind and the name of the definition."""
        given = (self.set_, self.condition, self.exception)
        return next((kind, name) for kind, name in zip(_KINDS, given, strict=True) if name)


class DefinitionCasesFile(Strict):
    """The tests of one definition file."""

    version: Literal[1] = Field(alias="schema")
    definitions: str
    base: str
    cases: list[DefinitionCaseFile] = Field(min_length=1)


@dataclass(frozen=True, slots=True)
class DefinitionCase:
    """One day of one case."""

    file: DefinitionCaseFile
    contract: Mapping[str, Any]
    as_of: date
    expected: Answer
    where: str

    @property
    def name(self) -> str:
        """The definition's name."""
        return self.file.named[1]


@dataclass(frozen=True, slots=True)
class DefinitionResult:
    """What a definition answered, and whether that was expected."""

    case: DefinitionCase
    answer: Answer

    @property
    def passed(self) -> bool:
        """Whether the answer is the expected one."""
        return self.answer == self.case.expected

    def __str__(self) -> str:
        case = self.case
        expected, got = _told(case.expected), _told(self.answer)
        return f"{case.where}: {case.name} on {case.as_of}: expected {expected}, got {got}"


def definition_cases_in(rules: Path) -> Iterator[DefinitionCase]:
    """Every case of every definition file, in the order of files and of writing.

    Raises:
        RuleError: a test file that does not validate or names another file or an unknown base.
    """
    known = bases(rules) if definition_files(rules) else {}
    for definitions in definition_files(rules):
        path = tests_of(definitions)
        if path.exists():
            yield from _cases(read_file(path), known, definitions.stem)


def _cases(
    document: Document, known: Mapping[str, Mapping[str, Any]], stem: str
) -> Iterator[DefinitionCase]:
    file = table_of(document, DefinitionCasesFile, RuleError)
    if file.definitions != stem:
        message = f"these tests stand beside {stem}, not {file.definitions!r}"
        raise RuleError(document.problem(("definitions",), message))
    base = base_of(document, known, file.base)
    for index, case in enumerate(file.cases):
        where = f"{document.source}:{document.locate(('cases', index))[0]}"
        contract = changed(base, case.change)
        for day, expected in case.expect.items():
            yield DefinitionCase(case, contract, day, expected, where)


def run_definition(
    case: DefinitionCase, definitions: Definitions, know: Knowledge
) -> DefinitionResult:
    """Ask one definition on the day of its case.

    Raises:
        RuleError: no such definition, party or argument.
        ContractError: the changed contract does not validate.
    """
    kind, name = case.file.named
    if kind == "set":
        if name not in definitions.sets:
            raise RuleError(f"{case.where}: no set {name!r}")
        return DefinitionResult(case, _of_set(definitions.sets[name], case))
    table = definitions.conditions if kind == "condition" else definitions.exceptions
    if name not in table:
        raise RuleError(f"{case.where}: no {kind} {name!r}")
    return DefinitionResult(case, _of_condition(table[name], definitions, case, know))


def _of_set(found: DefinedSet, case: DefinitionCase) -> Answer:
    value = _value_on(found, case.as_of)
    if value is None:
        return "no_value"
    file = case.file
    return file.member in value if file.member is not None else bool(file.value == value)


def _value_on(found: DefinedSet, as_of: date) -> Any:
    index = bisect_right(found.values, as_of, key=lambda entry: entry.since)
    return found.values[index - 1].value if index else None


def _of_condition(
    defined: Defined, definitions: Definitions, case: DefinitionCase, know: Knowledge
) -> Answer:
    file = case.file
    if set(file.arguments) != set(defined.arguments):
        takes = ", ".join(defined.arguments) or "none"
        raise RuleError(f"{case.where}: {defined.name} takes these arguments: {takes}")
    values = {
        name: value
        for name, found in definitions.sets.items()
        if (value := _value_on(found, case.as_of)) is not None
    }
    compiled = compile_condition(
        filled(defined.body, file.arguments),
        Setting(case.as_of, know.gazetteer, file.policy),
        values,
    )
    subjects = Subjects(Contract.read(case.contract), know, case.as_of)
    item = subjects.items[0] if subjects.items else subjects.anything
    truth = compiled.truth(subjects.binding(_party(subjects, file.party, case), item))
    return "unknown" if truth is Truth.UNKNOWN else truth is Truth.TRUE


def _party(subjects: Subjects, name: str, case: DefinitionCase) -> PartyFacts:
    in_role: Sequence[PartyFacts] = subjects.having(name)
    if in_role:
        return in_role[0]
    if name not in subjects.parties:
        raise RuleError(f"{case.where}: no party {name!r} in the contract")
    return subjects.parties[name]


def _told(answer: Answer) -> str:
    return str(answer).lower()
