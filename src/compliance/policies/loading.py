"""Reading a rule set: definitions and every policy file, all findings of all files at once.

A rule set that does not load raises and leaves whatever was loaded before in place; there is never
a rule set with part of its policies.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Final

from compliance.errors import Problem, RuleError, YamlError
from compliance.places import Gazetteer
from compliance.policies.definitions import FOLDER, Definitions, load_definitions
from compliance.policies.fields import FieldSchema
from compliance.policies.folders import load_folders
from compliance.policies.policy import Policy
from compliance.policies.policy_reader import PolicyReader
from compliance.tables.yaml import read_file

_CHANGE_NO_ANSWER: Final = (".tests.yaml", "customer_messages.yaml")
_NOT_POLICIES: Final = frozenset({"data", "sets", FOLDER})
_WHERE_LISTS_ARE: Final = ("data", "lists")
_SHELVED: Final = "house"
"""The folder whose subfolders only sort its policies by subject."""


def policy_files(rules: Path) -> tuple[Path, ...]:
    """Every policy file under a rules folder, sorted by the id of its policy."""
    found = (
        path
        for path in rules.rglob("*.yaml")
        if len(path.relative_to(rules).parts) > 1
        and path.relative_to(rules).parts[0] not in _NOT_POLICIES
        and not path.name.endswith(".tests.yaml")
    )
    return tuple(sorted(found, key=lambda path: (id_of(path.relative_to(rules)), path)))


def id_of(place: Path) -> str:
    """The id of the policy at a place of the rules folder: us/ear/x_y.yaml is us.ear.x-y.

    House rules are sorted into folders by subject, and these are no part of the id:
    house/payment/x_y.yaml is house.x-y, so that a rule may move to another subject.
    """
    parts = place.with_suffix("").parts
    if parts[0] == _SHELVED:
        parts = (parts[0], parts[-1])
    return ".".join(parts).replace("_", "-")


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


def load_policies(rules: Path, gazetteer: Gazetteer, fields: FieldSchema) -> tuple[Policy, ...]:
    """Every policy under `rules`, sorted by id, with the definitions that it uses put in.

    Raises:
        RuleError: every problem of every file, each with file, line and column.
    """
    return load_with_definitions(rules, gazetteer, fields)[1]


def load_with_definitions(
    rules: Path, gazetteer: Gazetteer, fields: FieldSchema
) -> tuple[Definitions, tuple[Policy, ...]]:
    """The definitions under `rules`, and every policy as `load_policies` gives them.

    Raises:
        RuleError: every problem of every file, each with file, line and column.
    """
    problems: list[Problem] = []
    definitions, folders = load_definitions(rules, fields, problems), load_folders(rules, problems)
    reader = PolicyReader(definitions, folders, gazetteer, fields, problems)
    policies: dict[str, Policy] = {}
    for path in policy_files(rules):
        try:
            document = read_file(path)
        except YamlError as error:
            problems.extend(error.problems)
            continue
        place = path.relative_to(rules)
        policy = reader.read(document, place, id_of(place))
        if policy is None:
            continue
        if policy.id in policies:
            other = policies[policy.id].source
            problems.append(document.problem(("id",), f"id {policy.id!r} is already in {other}"))
        policies[policy.id] = policy
    if not policies and not problems:
        problems.append(Problem.at("no policy files", source=str(rules), code="rule"))
    if problems:
        raise RuleError(dict.fromkeys(problems))
    return definitions, tuple(policies[key] for key in sorted(policies))
