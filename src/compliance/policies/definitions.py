"""Definitions: sets, conditions and exceptions that several policies share, each written once.

    schema: 1
    title: hardware and where it goes
    citations: {ifr: {cite: "87 FR 62186"}}
    sets:
      controlled_computing: [{from: 2022-10-21, value: ["3A090"], cite: ifr}]
    conditions:
      remote: {item: true, when: {field: item.access, op: eq, value: remote}}
    exceptions:
      license_held: {party: true, arguments: [authority], when: ..., note: ...}

A set's value holds from its day until the next one; it may be empty from a day on. A condition
says which subjects it reads. A definition may use others, never itself. Arguments are of a closed
table.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import Annotated, Any, Final, Literal

from pydantic import (
    AfterValidator,
    Field,
    StringConstraints,
)

from compliance.errors import Problem, RuleError, did_you_mean
from compliance.policies.arguments import known_argument
from compliance.policies.conditions import (
    Defined,
    Reader,
    leaves,
    references,
    scopes,
    uses,
)
from compliance.policies.fields import FieldSchema
from compliance.policies.policy import CitationFile, ClauseId, DatedValue, ValueFile, Words
from compliance.policies.validation import check_ascending
from compliance.tables import Findings, Strict
from compliance.tables.yaml import Document, Path_
from compliance.tables.yaml import walk as parts_of

FOLDER: Final = "definitions"
Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")]
Argument = Annotated[str, AfterValidator(known_argument)]


class ConditionFile(Strict):
    """A condition: what it reads, what it takes, when it holds."""

    party: Literal[True] | None = None
    item: Literal[True] | None = None
    contract: Literal[True] | None = None
    arguments: list[Argument] = Field(default_factory=list)
    when: Any
    cite: Words | None = None
    note: Words | None = None


class ExceptionDefinitionFile(ConditionFile):
    """An exception; `id` is how decisions call it, its name with hyphens if left out."""

    id: ClauseId | None = None


class DefinitionsFile(Strict):
    """One file of `rules/definitions`."""

    version: Literal[1] = Field(alias="schema")
    title: Words
    citations: dict[str, CitationFile] = Field(default_factory=dict)
    sets: dict[Name, Annotated[list[ValueFile], Field(min_length=1)]] = Field(default_factory=dict)
    conditions: dict[Name, ConditionFile] = Field(default_factory=dict)
    exceptions: dict[Name, ExceptionDefinitionFile] = Field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class DefinedSet:
    """A set by day, and where it stands."""

    name: str
    values: tuple[DatedValue, ...]
    where: str


@dataclass(frozen=True, slots=True)
class Definitions:
    """Every definition of a rule folder, by name; no name stands twice."""

    sets: Mapping[str, DefinedSet] = field(default_factory=dict)
    conditions: Mapping[str, Defined] = field(default_factory=dict)
    exceptions: Mapping[str, Defined] = field(default_factory=dict)

    def names(self) -> frozenset[str]:
        """The names of all three kinds."""
        return frozenset({*self.sets, *self.conditions, *self.exceptions})

    def used_by(self, name: str) -> frozenset[str]:
        """The definitions that a condition or an exception reads: other conditions, sets."""
        defined = self.conditions.get(name) or self.exceptions.get(name)
        if defined is None:
            return frozenset()
        inside = {use.definition for use in uses(defined.body)}
        named = {n for leaf in leaves(defined.body) for n in references(leaf.value)}
        return frozenset(inside | (named & self.sets.keys()))


def definition_files(rules: Path) -> tuple[Path, ...]:
    """Every definition file of a rule folder, sorted; their tests are not definitions."""
    found = (rules / FOLDER).glob("*.yaml")
    return tuple(sorted(path for path in found if not path.name.endswith(".tests.yaml")))


def load_definitions(rules: Path, fields: FieldSchema, problems: list[Problem]) -> Definitions:
    """The definitions of a rule folder; every defect of every file is appended to `problems`."""
    read: list[tuple[Document, DefinitionsFile, str]] = []
    findings = Findings(RuleError, problems)
    for path in definition_files(rules):
        found = findings.read(path, DefinitionsFile)
        if found is not None:
            read.append((*found, path.relative_to(rules).as_posix()))
    _refuse_names_twice(read, problems)
    sets: dict[str, DefinedSet] = {}
    for document, file, name in read:
        for key, values in file.sets.items():
            sets[key] = _set(document, name, key, values, problems)
        _check_citations(document, file, problems)
    conditions, exceptions = _conditions(read, sets, fields, problems)
    return Definitions(sets, conditions, exceptions)


def _refuse_names_twice(
    read: list[tuple[Document, DefinitionsFile, str]], problems: list[Problem]
) -> None:
    seen: dict[str, str] = {}
    for document, file, name in read:
        for kind in ("sets", "conditions", "exceptions"):
            for key in getattr(file, kind):
                path: Path_ = (kind, key)
                here = f"{name}:{document.locate(path, key=True)[0]}"
                if key in seen:
                    message = f"{key!r} is already defined in {seen[key]}"
                    problems.append(document.problem(path, message, key=True))
                seen.setdefault(key, here)


def _set(
    document: Document, name: str, key: str, values: list[ValueFile], problems: list[Problem]
) -> DefinedSet:
    path: Path_ = ("sets", key)
    check_ascending(document, path, [value.since for value in values], problems)
    where = f"{name}:{document.locate(path, key=True)[0]}"
    dated = tuple(DatedValue(value.since, value.value, value.cite or "") for value in values)
    return DefinedSet(key, dated, where)


def _check_citations(document: Document, file: DefinitionsFile, problems: list[Problem]) -> None:
    places: list[tuple[Path_, str | None]] = [
        ((kind, key, "cite"), defined.cite)
        for kind in ("conditions", "exceptions")
        for key, defined in getattr(file, kind).items()
    ]
    for key, values in file.sets.items():
        places.extend((("sets", key, i, "cite"), value.cite) for i, value in enumerate(values))
    for path, cite in places:
        if cite is not None and cite not in file.citations:
            hint = did_you_mean(cite, sorted(file.citations))
            problems.append(document.problem(path, f"no citation {cite!r}", hint=hint))
    problems.extend(
        document.problem(("citations", key), f"{key!r} is never used", key=True)
        for key in sorted(set(file.citations) - {cite for _, cite in places})
    )


def _conditions(
    read: list[tuple[Document, DefinitionsFile, str]],
    sets: Mapping[str, DefinedSet],
    fields: FieldSchema,
    problems: list[Problem],
) -> tuple[dict[str, Defined], dict[str, Defined]]:
    """Conditions and exceptions, each read after those that it uses."""
    places = {
        key: (document, file, name, kind)
        for document, file, name in read
        for kind in ("conditions", "exceptions")
        for key in getattr(file, kind)
    }
    graph = {key: set(_used(place[0], place[3], key)) for key, place in places.items()}
    try:
        order = list(TopologicalSorter(graph).static_order())
    except CycleError as error:
        circle = error.args[1]
        document, _, _, kind = places[circle[0]]
        message = f"a definition that uses itself: {' uses '.join(reversed(circle))}"
        problems.append(document.problem((kind, circle[0]), message, key=True))
        return {}, {}
    conditions: dict[str, Defined] = {}
    exceptions: dict[str, Defined] = {}
    for key in order:
        if key not in places:
            continue  # told where it is used
        document, file, name, kind = places[key]
        reader = Reader(document, name, problems, fields, conditions)
        defined = _defined(reader, file, kind, key, sets)
        if defined is not None:
            (conditions if kind == "conditions" else exceptions)[key] = defined
    return conditions, exceptions


def _used(document: Document, kind: str, key: str) -> Iterator[str]:
    for _, part in parts_of(document.value[kind][key].get("when")):
        if isinstance(part, dict) and isinstance(part.get("is"), str):
            yield part["is"]


def _defined(
    reader: Reader, file: DefinitionsFile, kind: str, key: str, sets: Mapping[str, DefinedSet]
) -> Defined | None:
    written: ConditionFile = getattr(file, kind)[key]
    document, path = reader.document, (kind, key)
    body = reader.read((*path, "when"), written.when)
    if body is None:
        return None
    declared = {s for s in ("party", "item", "contract") if getattr(written, s)}
    found = scopes(body)
    if declared != found:
        message = f"it reads {', '.join(sorted(found))}, and says {', '.join(sorted(declared))}"
        reader.problems.append(document.problem(path, message, key=True))
    named = {name for leaf in leaves(body) for name in references(leaf.value)}
    for name in sorted(named - set(written.arguments) - set(sets)):
        message = f"${name} is neither an argument nor a set"
        hint = did_you_mean(name, sorted({*written.arguments, *sets}))
        reader.problems.append(document.problem((*path, "when"), message, hint=hint))
    for name in sorted(set(written.arguments) - named):
        message = f"argument {name!r} is never used"
        reader.problems.append(document.problem((*path, "arguments"), message))
    for name in sorted(set(written.arguments) & set(sets)):
        message = f"argument {name!r} is the name of a set ({sets[name].where})"
        reader.problems.append(document.problem((*path, "arguments"), message))
    return Defined(
        name=key,
        arguments=tuple(written.arguments),
        body=body,
        where=f"{reader.name}:{document.locate(path, key=True)[0]}",
        cite=file.citations[written.cite].cite if written.cite in file.citations else "",
        note=written.note or "",
        id=getattr(written, "id", None) or key.replace("_", "-"),
    )
