"""Rule sets: which policies are loaded, and from which status (`rules/sets/*.yaml`)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Literal

from pydantic import Field

from compliance.errors import Problem, RuleError
from compliance.policies.policy import Policy, Status
from compliance.tables import Findings, Strict
from compliance.tables.yaml import Document


class RuleSetFile(Strict):
    """One file of `rules/sets`."""

    version: Literal[1] = Field(alias="schema")
    id: str
    title: str
    statuses: list[Status] = Field(min_length=1)
    include: list[str] = Field(min_length=1, description="patterns of policy ids")
    exclude: list[str] = Field(default_factory=list)
    does_not_see: list[str] = Field(
        default_factory=list, description="what a decision under this set says nothing about"
    )


@dataclass(frozen=True, slots=True)
class RuleSet:
    """The name of a set, the hash of the whole rule folder, and what the set leaves out."""

    name: str
    sha256: str
    does_not_see: tuple[str, ...] = ()


def set_names(rules: Path) -> tuple[str, ...]:
    """The sets of a rule folder, sorted."""
    return tuple(sorted(path.stem for path in (rules / "sets").glob("*.yaml")))


def read_set(rules: Path, name: str) -> RuleSetFile:
    """One set of a rule folder.

    Raises:
        RuleError: no such set, or one that does not validate.
    """
    return _read(rules, name)[0]


def _read(rules: Path, name: str) -> tuple[RuleSetFile, Document]:
    known = set_names(rules)
    if name not in known:
        message = f"no rule set {name!r}; known: {', '.join(known) or 'none'}"
        raise RuleError(Problem.at(message, source=str(rules / "sets"), code="rule"))
    document, chosen = Findings(RuleError).read_only(rules / "sets" / f"{name}.yaml", RuleSetFile)
    return chosen, document


def select(
    rules: Path, name: str, policies: Sequence[Policy]
) -> tuple[tuple[Policy, ...], tuple[str, ...]]:
    """The policies that a set admits, and what it does not see.

    Raises:
        RuleError: no such set, a set that does not validate, or one that admits nothing.
    """
    chosen, document = _read(rules, name)
    admitted = tuple(policy for policy in policies if admits(chosen, policy))
    if not admitted:
        raise RuleError(document.problem(("include",), "the set admits no policy"))
    return admitted, tuple(chosen.does_not_see)


def admits(chosen: RuleSetFile, policy: Policy) -> bool:
    """Whether a policy is one of a set."""

    def matches(patterns: list[str]) -> bool:
        return any(fnmatchcase(policy.id, pattern) for pattern in patterns)

    return (
        policy.status in chosen.statuses and matches(chosen.include) and not matches(chosen.exclude)
    )
