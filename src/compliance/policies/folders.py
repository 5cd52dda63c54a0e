"""What a policy leaves out, and its folder or its outcome says for it.

Its folder says whose law it is, who applies it and on which basis; its outcome, what the customer
is told.

`rules/data/folders.yaml` has a line for each folder. A policy that says one of these itself is
heard first; the nearest folder above it that stands in the table is heard next.

    us/ear: {jurisdiction: US, authority: BIS}     # us/ear/x.yaml is US law that BIS applies
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from typing import Final, Literal

from pydantic import Field

from compliance.errors import Problem, RuleError
from compliance.model.outcome import Outcome
from compliance.policies.policy import HOUSE, TOLD_BY_OUTCOME, Basis, PolicyFile, Words
from compliance.tables import Findings, Strict
from compliance.tables.yaml import Document

_PLACE: Final = ("data", "folders.yaml")


class FolderFile(Strict):
    """What is so of every policy of a folder that does not say otherwise."""

    jurisdiction: Words | None = None
    authority: Words | None = None
    basis: Basis | None = None


class FoldersFile(Strict):
    """`rules/data/folders.yaml`."""

    version: Literal[1] = Field(alias="schema")
    folders: dict[str, FolderFile]


_NOTHING: Final = FolderFile()

Folders = Mapping[str, FolderFile]


def load_folders(rules: Path, problems: list[Problem]) -> Folders:
    """The table of a rule folder, empty where it has none; its defects go to `problems`."""
    path = rules.joinpath(*_PLACE)
    if not path.exists():
        return {}
    found = Findings(RuleError, problems).read(path, FoldersFile)
    return {} if found is None else found[1].folders


def folder_of(folders: Folders, place: Path) -> FolderFile:
    """What the nearest folder in the table says for the policy at a place of the rules folder."""
    above = (PurePosixPath(place.as_posix()).parents[i].as_posix() for i in range(len(place.parts)))
    return next((folders[name] for name in above if name in folders), _NOTHING)


def completed(
    document: Document, file: PolicyFile, folder: FolderFile, problems: list[Problem]
) -> PolicyFile:
    """A policy's file with what it leaves out; what nothing says for it goes to `problems`."""
    basis = file.basis or folder.basis
    unsaid = HOUSE if basis == HOUSE else None
    jurisdiction = file.jurisdiction or folder.jurisdiction or unsaid
    authority = file.authority or folder.authority or unsaid
    if basis is None:
        message = "key 'basis' is missing, and rules/data/folders.yaml has none for its folder"
        problems.append(document.problem((), message))
    elif basis != HOUSE and {jurisdiction, authority} & {None, HOUSE}:
        message = f"a policy of basis {basis} names its jurisdiction and its authority"
        problems.append(document.problem(document.existing(("basis",)), message))
    told, outcome = file.customer_message, file.effect.outcome
    if told is None and isinstance(outcome, Outcome):
        told = TOLD_BY_OUTCOME[outcome]
    elif told is None:
        message = "key 'customer_message' is missing, and the outcome is a parameter"
        problems.append(document.problem((), message))
    found = {"basis": basis, "jurisdiction": jurisdiction, "authority": authority}
    return file.model_copy(update={**found, "customer_message": told})
