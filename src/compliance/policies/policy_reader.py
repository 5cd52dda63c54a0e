"""Reading one policy file: its shape, its dates, its conditions with the definitions put in.

Whatever is wrong stands where it is written; what is wrong only where a definition is used stands
at the use and names the definition's place too.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from string import Formatter
from typing import Final

from compliance.errors import Problem, RuleError, did_you_mean
from compliance.model.decision import Citation
from compliance.model.parties import ROLES
from compliance.places import Gazetteer
from compliance.policies.conditions import (
    Condition,
    Leaf,
    Reader,
    Use,
    check_value,
    references,
    scopes,
    substitute,
)
from compliance.policies.definitions import Definitions
from compliance.policies.fields import FieldSchema
from compliance.policies.folders import Folders, completed, folder_of
from compliance.policies.operators import Setting
from compliance.policies.policy import (
    Clause,
    ClauseFile,
    DatedValue,
    EffectFile,
    ExceptionFile,
    Period,
    Policy,
    PolicyFile,
    UseFile,
)
from compliance.policies.validation import check_ascending
from compliance.tables import Findings
from compliance.tables.yaml import Document, Path_

_CLAUSES: Final = ("exceptions", "clears")


@dataclass(frozen=True, slots=True)
class PolicyReader:
    """Reads policies; their defects are appended to `problems`."""

    definitions: Definitions
    folders: Folders
    gazetteer: Gazetteer
    fields: FieldSchema
    problems: list[Problem]

    def read(self, document: Document, place: Path, expected_id: str) -> Policy | None:
        """One policy file, or None where it has defects."""
        before = len(self.problems)
        conditions = self._conditions(document, place)
        file = Findings(RuleError, self.problems).rows(document, PolicyFile)
        if file is None:
            return None
        if file.id != expected_id:
            belongs = "/".join(file.id.replace("-", "_").split("."))
            message = f"id {file.id!r} belongs in {belongs}.yaml; here it is {expected_id!r}"
            self.problems.append(document.problem(("id",), message))
        file = completed(document, file, folder_of(self.folders, place), self.problems)
        roles = self._roles(document, file)
        self._check_dates(document, file)
        self._check_citations(document, file)
        if len(self.problems) > before:
            return None
        policy = _policy(file, document.source, conditions, roles)
        named = {n for _, leaf in _placed(policy) for n in references(leaf.value)}
        named |= set(_references_of(policy.effect))
        sets = self.definitions.sets
        policy = replace(policy, sets={n: sets[n].values for n in sorted(named & sets.keys())})
        self._check_scopes(document, policy)
        self._check_message(document, policy)
        self._check_values(document, policy)
        return None if len(self.problems) > before else policy

    def _conditions(self, document: Document, place: Path) -> dict[Path_, Condition | None]:
        """Every condition by where it stands."""
        raw = document.value if isinstance(document.value, dict) else {}
        conditions, exceptions = self.definitions.conditions, self.definitions.exceptions
        reader = Reader(document, place.as_posix(), self.problems, self.fields, conditions)
        of_clauses = replace(reader, definitions=exceptions)
        found: dict[Path_, Condition | None] = {}
        if "when" in raw:
            found["when",] = reader.read(("when",), raw["when"])
        for key in _CLAUSES:
            listed = raw.get(key)
            for index, clause in enumerate(listed if isinstance(listed, list) else ()):
                path: Path_ = (key, index)
                if isinstance(clause, dict) and "use" in clause:
                    own = {k: v for k, v in clause.items() if k not in {"cite", "note"}}
                    found[path] = of_clauses.use(path, "use", own)
                elif isinstance(clause, dict) and "when" in clause:
                    found[path] = reader.read((*path, "when"), clause["when"])
        return found

    def _check_dates(self, document: Document, file: PolicyFile) -> None:
        """Days ascend; no parameter begins after the policy does, none has the name of a set."""
        states = [state.since for state in file.timeline]
        check_ascending(document, ("timeline",), states, self.problems)
        for name, values in file.parameters.items():
            path: Path_ = ("parameters", name)
            check_ascending(document, path, [value.since for value in values], self.problems)
            if not values or values[0].since > states[0]:
                message = f"parameter {name!r} has no value on {states[0]}, when the policy begins"
                self.problems.append(document.problem(path, message))
            if name in self.definitions.sets:
                where = self.definitions.sets[name].where
                message = f"parameter {name!r} is the name of a set ({where})"
                self.problems.append(document.problem(path, message, key=True))

    def _check_citations(self, document: Document, file: PolicyFile) -> None:
        """Every `cite` names a citation of the file."""
        known = set(file.citations)
        places: list[tuple[Path_, str | None]] = [
            (("timeline", i, "cite"), state.cite) for i, state in enumerate(file.timeline)
        ]
        for key in _CLAUSES:
            clauses: list[ClauseFile] = getattr(file, key)
            places.extend(((key, i, "cite"), clause.cite) for i, clause in enumerate(clauses))
        for name, values in file.parameters.items():
            places.extend((("parameters", name, i, "cite"), v.cite) for i, v in enumerate(values))
        for path, cite in places:
            if cite is not None and cite not in known:
                hint = did_you_mean(cite, sorted(known))
                self.problems.append(document.problem(path, f"no citation {cite!r}", hint=hint))

    def _roles(self, document: Document, file: PolicyFile) -> tuple[str, ...]:
        """The roles that a policy is judged for, written out or those of a set."""
        party = file.for_each.party
        if not isinstance(party, str):
            return tuple(party or ())
        found = self.definitions.sets.get(party[1:])
        path: Path_ = ("for_each", "party")
        if found is None:
            hint = did_you_mean(party[1:], sorted(self.definitions.sets))
            self.problems.append(document.problem(path, f"no set {party}", hint=hint))
            return ()
        value = found.values[0].value
        if len(found.values) > 1 or not isinstance(value, list) or not {*value} <= {*ROLES}:
            message = f"{party} is no set of roles that is the same on every day ({found.where})"
            self.problems.append(document.problem(path, message))
            return ()
        return tuple(value)

    def _check_scopes(self, document: Document, policy: Policy) -> None:
        bound = {"contract"} | ({"party"} if policy.roles else set())
        bound |= {"item"} if policy.each_item else set()
        for condition in policy.clauses():
            for scope in sorted(scopes(condition) - bound):
                message = f"the conditions read {scope}.*, but for_each binds no {scope}"
                self.problems.append(document.problem(("for_each",), message))

    def _check_message(self, document: Document, policy: Policy) -> None:
        bound = {"contract", "lessee", "provider"} | ({"party"} if policy.roles else set())
        bound |= {"item"} if policy.each_item else set()
        templates: list[tuple[Path_, str]] = [(("message",), policy.message)]
        if policy.effect.license_policy and not policy.effect.license_policy.startswith("$"):
            templates.append((("effect", "license_policy"), policy.effect.license_policy))
        for path, template in templates:
            try:
                names = message_fields(template)
            except ValueError as error:
                self.problems.append(document.problem(path, str(error)))
                continue
            for name in names:
                if name not in self.fields:
                    hint = did_you_mean(name, sorted(self.fields))
                    problem = document.problem(path, f"no field {name!r}", hint=hint)
                    self.problems.append(problem)
                elif name.partition(".")[0] not in bound:
                    problem = document.problem(path, f"{name} is not bound by for_each")
                    self.problems.append(problem)

    def _check_values(self, document: Document, policy: Policy) -> None:
        """Every value of every leaf, for a parameter or set on each of its days."""
        days = sorted(day for day in policy.change_dates() if policy.exists_on(day))
        known = policy.parameters.keys() | policy.sets.keys()
        used = set(_references_of(policy.effect))
        for place, leaf in _placed(policy):
            names = references(leaf.value)
            used.update(names)
            messages = [self._no_reference(name, policy) for name in names if name not in known]
            if not messages:
                messages = self._late(policy, names) or self._value_problems(leaf, policy, days)
            if leaf.cite and place == leaf.where and leaf.cite not in policy.citations:
                messages.append(f"no citation {leaf.cite!r}")
            inside = "" if place == leaf.where else f" (in a definition, {leaf.where})"
            line = int(place.rpartition(":")[2])
            self.problems.extend(
                Problem.at(
                    f"{m}{inside}",
                    source=document.source,
                    line=line,
                    column=1,
                    path=leaf.field,
                    code="rule",
                )
                for m in dict.fromkeys(messages)
            )
        for name in sorted(set(_references_of(policy.effect)) - known):
            message = self._no_reference(name, policy)
            self.problems.append(document.problem(("effect",), message))
        for name in sorted(set(policy.parameters) - used):
            path: Path_ = ("parameters", name)
            message = f"parameter {name!r} is never used"
            self.problems.append(document.problem(path, message, key=True))

    def _no_reference(self, name: str, policy: Policy) -> str:
        hint = did_you_mean(name, sorted({*policy.parameters, *self.definitions.sets}))
        return f"no parameter or set ${name}" + (f" ({hint})" if hint else "")

    def _late(self, policy: Policy, names: Sequence[str]) -> list[str]:
        """Sets that have no value yet when the policy begins."""
        first = policy.timeline[0].since
        late = [n for n in names if n in policy.sets and policy.sets[n][0].since > first]
        return [
            f"${n} has no value on {first}, when the policy begins "
            f"({self.definitions.sets[n].where})"
            for n in late
        ]

    def _value_problems(self, leaf: Leaf, policy: Policy, days: Sequence[date]) -> list[str]:
        field = self.fields[leaf.field]
        found = (
            check_value(
                leaf,
                field,
                substitute(leaf.value, policy.values(day)),
                Setting(day, self.gazetteer, policy.id),
            )
            for day in (days if references(leaf.value) else days[:1])
        )
        return [message for message in found if message]


def _policy(
    file: PolicyFile,
    source: str,
    conditions: dict[Path_, Condition | None],
    roles: tuple[str, ...],
) -> Policy:
    named = file.for_each.party

    def condition(path: Path_) -> Condition:
        found = conditions[path]
        assert found is not None  # noqa: S101 - a file with a defect does not come here
        return found

    def clauses(key: str) -> tuple[Clause, ...]:
        files: list[ClauseFile] = getattr(file, key)
        return tuple(_clause(f, condition((key, i))) for i, f in enumerate(files))

    return Policy(
        id=file.id,
        title=file.title,
        jurisdiction=file.jurisdiction or "",
        authority=file.authority or "",
        basis=file.basis or "",
        status=file.status,
        timeline=tuple(Period(s.since, s.state, s.cite or "", s.note or "") for s in file.timeline),
        verified_on=file.verified_on,
        doubt=file.doubt,
        citations={key: Citation(key, c.cite, c.url) for key, c in sorted(file.citations.items())},
        parameters={
            name: tuple(DatedValue(v.since, v.value, v.cite or "") for v in values)
            for name, values in sorted(file.parameters.items())
        },
        roles=roles,
        each_item=file.for_each.item is not None,
        when=condition(("when",)),
        exceptions=clauses("exceptions"),
        clears=clauses("clears"),
        on_unknown=file.on_unknown,
        effect=file.effect,
        message=file.message,
        customer_message=file.customer_message or "",
        asks=tuple(file.asks),
        false_positives=tuple(file.false_positives),
        source=source,
        roles_set=named[1:] if isinstance(named, str) else "",
    )


def _clause(file: ExceptionFile | UseFile, condition: Condition) -> Clause:
    if isinstance(condition, Use) and isinstance(file, UseFile):
        note = file.note or condition.note
        return Clause(condition.id, condition, file.cite or "", note, condition.definition)
    assert isinstance(file, ExceptionFile)  # noqa: S101 - a clause either uses or says when
    return Clause(file.id, condition, file.cite or "", file.note or "")


def _placed(policy: Policy) -> Iterator[tuple[str, Leaf]]:
    """Every leaf with its place in the policy's file: the use's, where a definition has it."""
    for condition in policy.clauses():
        yield from _placed_in(condition, "")


def _placed_in(condition: Condition, place: str) -> Iterator[tuple[str, Leaf]]:
    if isinstance(condition, Leaf):
        yield place or condition.where, condition
        return
    if isinstance(condition, Use):
        place = place or condition.where
    for child in condition.children:
        yield from _placed_in(child, place)


def _references_of(effect: EffectFile) -> tuple[str, ...]:
    return tuple(name for value in effect.model_dump().values() for name in references(value))


def message_fields(template: str) -> tuple[str, ...]:
    """The field names that a message shows.

    Raises:
        ValueError: braces that do not pair, conversions or format specifications.
    """
    names = []
    for _, name, spec, conversion in Formatter().parse(template):
        if name is None:
            continue
        if spec or conversion:
            raise ValueError(f"{{{name}}} takes no format or conversion")
        names.append(name)
    return tuple(names)
