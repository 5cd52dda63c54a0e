"""Short ways to look at what a reader found, and at what it refuses."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from compliance.errors import OwnershipError
from compliance.ownership import Interest
from compliance.ownership.readers import Statements

Reader = Callable[[Path], Statements]


def row(interest: Interest) -> tuple[str, str, str, str, str, str]:
    """An interest as owner, owned, share, kind, first day, day of its end."""
    days = (interest.since, interest.until)
    since, until = ("" if day is None else day.isoformat() for day in days)
    return interest.owner, interest.owned, str(interest.share), interest.kind, since, until


def rows(statements: Statements) -> list[tuple[str, str, str, str, str, str]]:
    """Every interest as `row` shows it, in order."""
    return [row(interest) for interest in statements.interests]


def remarks(statements: Statements) -> dict[str, int]:
    """How often each code was remarked on."""
    found: dict[str, int] = {}
    for each in statements.remarks:
        found[each.code] = found.get(each.code, 0) + each.count
    return found


def exceptions(statements: Statements) -> list[tuple[str, str]]:
    """Who reports which exception, in order."""
    return [(each.owned, each.exception) for each in statements.exceptions]


def counts(statements: Statements) -> tuple[int, int, int]:
    """How many parties, interests and exceptions there are."""
    return len(statements.parties), len(statements.interests), len(statements.exceptions)


def refused(read: Reader, path: Path) -> list[str]:
    """What a reader says of a file that it refuses, a line each, the file's name for its path."""
    with pytest.raises(OwnershipError) as caught:
        read(path)
    return str(caught.value).replace(str(path), path.name).splitlines()


def written(path: Path, *objects: Mapping[str, Any]) -> Path:
    """The objects as JSON lines in a file."""
    path.write_text("".join(f"{json.dumps(each)}\n" for each in objects), encoding="utf-8")
    return path
