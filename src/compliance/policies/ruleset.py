"""Rule sets: which policies are loaded, and from which status (`rules/sets/*.yaml`)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from compliance.errors import Problem, RuleError
from compliance.policies.policy import Policy, Status
from compliance.yaml import read_file


class RuleSetFile(BaseModel):
    """One file of `rules/sets`."""

    model_config = ConfigDict(
        defer_build=True, frozen=True, extra="forbid", strict=True, populate_by_name=True
    )

    version: Literal[1] = Field(alias="schema")
    id: str
    title: str
    statuses: list[Status] = Field(min_length=1)
    include: list[str] = Field(min_length=1, description="patterns of policy ids")
    exclude: list[str] = Field(default_factory=list)


@dataclass(frozen=True, slots=True)
class RuleSet:
    """The name of a set and the hash of the whole rule folder."""

    name: str
    sha256: str


def select(rules: Path, name: str, policies: Sequence[Policy]) -> tuple[Policy, ...]:
    """The policies that a set admits.

    Raises:
        RuleError: no such set, a set that does not validate, or one that admits nothing.
    """
    path = rules / "sets" / f"{name}.yaml"
    known = sorted(p.stem for p in (rules / "sets").glob("*.yaml"))
    if name not in known:
        message = f"no rule set {name!r}; known: {', '.join(known) or 'none'}"
        raise RuleError(Problem.at(message, source=str(rules / "sets"), code="rule"))
    document = read_file(path)
    try:
        chosen = RuleSetFile.model_validate(document.value)
    except ValidationError as error:
        details = error.errors(include_url=False, include_input=False)
        raise RuleError(document.problem(d["loc"][:1], d["msg"]) for d in details) from None
    admitted = tuple(policy for policy in policies if _admits(chosen, policy))
    if not admitted:
        raise RuleError(document.problem(("include",), "the set admits no policy"))
    return admitted


def _admits(chosen: RuleSetFile, policy: Policy) -> bool:
    def matches(patterns: list[str]) -> bool:
        return any(fnmatchcase(policy.id, pattern) for pattern in patterns)

    return (
        policy.status in chosen.statuses and matches(chosen.include) and not matches(chosen.exclude)
    )
