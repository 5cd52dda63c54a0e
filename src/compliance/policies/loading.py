"""Reading a rule set: every policy file under a folder, all findings of all files at once.

A rule set that does not load raises and leaves whatever was loaded before in place; there is never
a rule set with part of its policies.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from string import Formatter
from typing import Any

from pydantic import BaseModel, ValidationError

from compliance.errors import Problem, RuleError, YamlError
from compliance.model.decision import Citation
from compliance.places import Gazetteer
from compliance.policies.conditions import (
    Condition,
    check_value,
    leaves,
    near,
    parse,
    references,
    scopes,
    substitute,
)
from compliance.policies.operators import Setting
from compliance.policies.policy import (
    CitationFile,
    Clause,
    DatedValue,
    EffectFile,
    ExceptionFile,
    ForEachFile,
    Period,
    Policy,
    PolicyFile,
    StateFile,
    ValueFile,
)
from compliance.policies.vocabulary import VOCABULARY
from compliance.yaml import Document, Path_, read_file

_CHANGE_NO_ANSWER = (".tests.yaml", "customer_messages.yaml")
_NOT_POLICIES = frozenset({"data", "sets"})
_WHERE_LISTS_ARE = ("data", "lists")
_MODELS: tuple[type[BaseModel], ...] = (
    PolicyFile,
    StateFile,
    ValueFile,
    CitationFile,
    ForEachFile,
    ExceptionFile,
    EffectFile,
)
_KEYS = sorted({f.alias or name for model in _MODELS for name, f in model.model_fields.items()})


@dataclass(frozen=True, slots=True)
class Domains:
    """Closed sets of values that live in data: field name to the ids it may hold."""

    values: Mapping[str, frozenset[str]]


def policy_files(rules: Path) -> tuple[Path, ...]:
    """Every policy file under a rules folder, sorted; data, sets and tests are not policies."""
    return tuple(
        sorted(
            path
            for path in rules.rglob("*.yaml")
            if len(path.relative_to(rules).parts) > 1
            and path.relative_to(rules).parts[0] not in _NOT_POLICIES
            and not path.name.endswith(".tests.yaml")
        )
    )


def id_of(place: Path) -> str:
    """The id of the policy at a place of the rules folder: us/ear/x_y.yaml is us.ear.x-y."""
    return ".".join(place.with_suffix("").parts).replace("_", "-")


def hash_of(rules: Path) -> str:
    """SHA-256 over the path and bytes of every file of the rule set that can change an answer."""
    digest = hashlib.sha256()
    for path in sorted(rules.rglob("*")):
        if path.relative_to(rules).parts[:2] == _WHERE_LISTS_ARE:
            continue  # what a list says is in the hash of its snapshot
        if path.suffix in {".yaml", ".csv"} and not path.name.endswith(_CHANGE_NO_ANSWER):
            content = path.read_bytes()
            digest.update(f"{path.relative_to(rules).as_posix()}\0{len(content)}\0".encode())
            digest.update(content)
    return digest.hexdigest()


def load_policies(rules: Path, gazetteer: Gazetteer, domains: Domains) -> tuple[Policy, ...]:
    """Every policy under `rules`, sorted by id.

    Raises:
        RuleError: every problem of every file, each with file, line and column.
    """
    problems: list[Problem] = []
    policies: dict[str, Policy] = {}
    for path in policy_files(rules):
        try:
            document = read_file(path)
        except YamlError as error:
            problems.extend(error.problems)
            continue
        place = path.relative_to(rules)
        policy = read_policy(document, place, gazetteer, domains, problems)
        if policy is None:
            continue
        if policy.id in policies:
            other = policies[policy.id].source
            problems.append(document.problem(("id",), f"id {policy.id!r} is already in {other}"))
        policies[policy.id] = policy
    if not policies and not problems:
        problems.append(Problem.at("no policy files", source=str(rules), code="rule"))
    if problems:
        raise RuleError(problems)
    return tuple(policies[key] for key in sorted(policies))


def read_policy(
    document: Document,
    place: Path,
    gazetteer: Gazetteer,
    domains: Domains,
    problems: list[Problem],
) -> Policy | None:
    """One policy file; its defects are appended to `problems`."""
    found: list[Problem] = []
    try:
        file = PolicyFile.model_validate(document.value)
    except ValidationError as error:
        problems.extend(_translated(document, error))
        _parse_conditions(document, problems, place)
        return None
    when, exceptions, clears = _parse_conditions(document, found, place)
    if file.id != id_of(place):
        expected = "/".join(file.id.replace("-", "_").split("."))
        found.append(document.problem(("id",), f"id {file.id!r} belongs in {expected}.yaml"))
    _check_dates(document, file, found)
    _check_citations(document, file, found)
    if when is None or found:
        problems.extend(found)
        return None
    policy = _policy(file, document.source, when, exceptions, clears)
    _check_scopes(document, policy, found)
    _check_message(document, policy, found)
    _check_values(document, policy, gazetteer, domains, found)
    problems.extend(found)
    return None if found else policy


def _translated(document: Document, error: ValidationError) -> list[Problem]:
    problems = []
    for detail in error.errors(include_url=False, include_input=False):
        path = document.existing(detail["loc"])
        unknown = detail["type"] == "extra_forbidden"
        key = str(detail["loc"][-1])
        message = f"unknown key {key!r}" if unknown else detail["msg"]
        hint = near(key, _KEYS) if unknown else ""
        if detail["type"] == "date_type":
            hint = "write the date as YYYY-MM-DD without quotes"
        if detail["type"] == "missing":
            message = f"key {key!r} is missing"
        problems.append(document.problem(path, message, hint=hint, key=unknown))
    return problems


def _parse_conditions(
    document: Document, problems: list[Problem], place: Path
) -> tuple[Condition | None, list[Condition | None], list[Condition | None]]:
    raw = document.value if isinstance(document.value, dict) else {}
    name = place.as_posix()
    when = parse(document, ("when",), raw["when"], problems, name) if "when" in raw else None
    clauses: dict[str, list[Condition | None]] = {"exceptions": [], "clears": []}
    for key, parsed in clauses.items():
        listed = raw.get(key)
        for index, clause in enumerate(listed if isinstance(listed, list) else ()):
            if isinstance(clause, dict) and "when" in clause:
                path: Path_ = (key, index, "when")
                parsed.append(parse(document, path, clause["when"], problems, name))
    return when, clauses["exceptions"], clauses["clears"]


def _check_dates(document: Document, file: PolicyFile, problems: list[Problem]) -> None:
    """Days ascend; no parameter begins after the policy does."""
    dated: list[tuple[Path_, list[date]]] = [
        (("timeline",), [state.since for state in file.timeline])
    ]
    for name, values in file.parameters.items():
        dated.append((("parameters", name), [value.since for value in values]))
        first = file.timeline[0].since
        if not values or values[0].since > first:
            message = f"parameter {name!r} has no value on {first}, when the policy begins"
            problems.append(document.problem(("parameters", name), message))
    for path, days in dated:
        for index in range(1, len(days)):
            if days[index] <= days[index - 1]:
                message = f"{days[index]} is not after {days[index - 1]}"
                problems.append(document.problem((*path, index, "from"), message))


def _check_citations(document: Document, file: PolicyFile, problems: list[Problem]) -> None:
    """Every `cite` names a citation of the file; every citation is used or stands alone."""
    known = set(file.citations)
    places: list[tuple[Path_, str | None]] = [
        (("timeline", i, "cite"), state.cite) for i, state in enumerate(file.timeline)
    ]
    for key in ("exceptions", "clears"):
        clauses: list[ExceptionFile] = getattr(file, key)
        places.extend(((key, i, "cite"), clause.cite) for i, clause in enumerate(clauses))
    for name, values in file.parameters.items():
        places.extend((("parameters", name, i, "cite"), v.cite) for i, v in enumerate(values))
    for path, cite in places:
        if cite is not None and cite not in known:
            hint = near(cite, sorted(known))
            problems.append(document.problem(path, f"no citation {cite!r}", hint=hint))


def _policy(
    file: PolicyFile,
    source: str,
    when: Condition,
    exceptions: list[Condition | None],
    clears: list[Condition | None],
) -> Policy:
    def clauses(files: list[ExceptionFile], parsed: list[Condition | None]) -> tuple[Clause, ...]:
        return tuple(
            Clause(f.id, condition, f.cite or "", f.note or "")
            for f, condition in zip(files, parsed, strict=True)
            if condition is not None
        )

    return Policy(
        id=file.id,
        title=file.title,
        jurisdiction=file.jurisdiction,
        authority=file.authority,
        basis=file.basis,
        status=file.status,
        timeline=tuple(Period(s.since, s.state, s.cite or "", s.note or "") for s in file.timeline),
        verified_on=file.verified_on,
        doubt=file.doubt,
        citations={key: Citation(key, c.cite, c.url) for key, c in sorted(file.citations.items())},
        parameters={
            name: tuple(DatedValue(v.since, v.value, v.cite or "") for v in values)
            for name, values in sorted(file.parameters.items())
        },
        roles=tuple(file.for_each.party or ()),
        each_item=file.for_each.item is not None,
        when=when,
        exceptions=clauses(file.exceptions, exceptions),
        clears=clauses(file.clears, clears),
        on_unknown=file.on_unknown,
        effect=file.effect,
        message=file.message,
        customer_message=file.customer_message,
        asks=tuple(file.asks),
        false_positives=tuple(file.false_positives),
        source=source,
    )


def _check_scopes(document: Document, policy: Policy, problems: list[Problem]) -> None:
    bound = {"contract"} | ({"party"} if policy.roles else set())
    bound |= {"item"} if policy.each_item else set()
    for condition in policy.clauses():
        for scope in sorted(scopes(condition) - bound):
            message = f"the conditions read {scope}.*, but for_each binds no {scope}"
            problems.append(document.problem(("for_each",), message))


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


def _check_message(document: Document, policy: Policy, problems: list[Problem]) -> None:
    bound = {"contract", "lessee", "provider"} | ({"party"} if policy.roles else set())
    bound |= {"item"} if policy.each_item else set()
    templates: list[tuple[Path_, str]] = [(("message",), policy.message)]
    if policy.effect.license_policy and not policy.effect.license_policy.startswith("$"):
        templates.append((("effect", "license_policy"), policy.effect.license_policy))
    for path, template in templates:
        try:
            names = message_fields(template)
        except ValueError as error:
            problems.append(document.problem(path, str(error)))
            continue
        for name in names:
            if name not in VOCABULARY:
                hint = near(name, sorted(VOCABULARY))
                problems.append(document.problem(path, f"no field {name!r}", hint=hint))
            elif name.partition(".")[0] not in bound:
                problems.append(document.problem(path, f"{name} is not bound by for_each"))


def _check_values(
    document: Document,
    policy: Policy,
    gazetteer: Gazetteer,
    domains: Domains,
    problems: list[Problem],
) -> None:
    """Every value of every leaf, for a parameter on each of its days."""
    days = sorted(day for day in policy.change_dates() if policy.exists_on(day))
    effect = policy.effect.model_dump()
    used = {name for value in effect.values() for name in references(value)}
    for condition in policy.clauses():
        for leaf in leaves(condition):
            names = references(leaf.value)
            used.update(names)
            line = int(leaf.where.rpartition(":")[2])
            unknown = [name for name in names if name not in policy.parameters]
            messages = [f"no parameter ${name}" for name in unknown]
            if not unknown:
                messages = _value_problems(leaf, policy, days, gazetteer, domains)
            if leaf.cite and leaf.cite not in policy.citations:
                messages.append(f"no citation {leaf.cite!r}")
            problems.extend(
                Problem.at(
                    m, source=document.source, line=line, column=1, path=leaf.field, code="rule"
                )
                for m in dict.fromkeys(messages)
            )
    missing = {n for value in effect.values() for n in references(value)} - set(policy.parameters)
    problems.extend(
        document.problem(("effect",), f"no parameter ${name}") for name in sorted(missing)
    )
    for name in sorted(set(policy.parameters) - used):
        path: Path_ = ("parameters", name)
        problems.append(document.problem(path, f"parameter {name!r} is never used", key=True))


def _value_problems(
    leaf: Any, policy: Policy, days: list[date], gazetteer: Gazetteer, domains: Domains
) -> list[str]:
    messages = []
    allowed = domains.values.get(leaf.field)
    for day in days if references(leaf.value) else days[:1]:
        values = policy.values(day)
        value = substitute(leaf.value, values)
        message = check_value(leaf, value, Setting(day, gazetteer, policy.id))
        if not message and allowed is not None and leaf.op in {"eq", "in", "any_in"}:
            listed = value if isinstance(value, list) else [value]
            strange = sorted(str(part) for part in listed if part not in allowed)
            message = f"no {leaf.field} {strange[0]!r}" if strange else ""
        if message:
            messages.append(message)
    return messages
