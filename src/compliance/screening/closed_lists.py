"""Lists that their publisher has closed (`rules/data/closed_lists.yaml`): no copy is current."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Final

from pydantic import Field

from compliance.tables import Strict

FILE: Final = Path("data") / "closed_lists.yaml"
"""Where the table stands in a rule folder."""


class ClosedList(Strict):
    """From which day a list is closed, and what stands in its place."""

    closed_on: date
    instead: str


class ClosedListsFile(Strict):
    """rules/data/closed_lists.yaml."""

    version: int = Field(alias="schema")
    closed: dict[str, ClosedList]


def closed_on(closed: Mapping[str, ClosedList], list_id: str, as_of: date) -> str:
    """What to say of a list that is closed on a day; "" of one that is not."""
    found = closed.get(list_id)
    if found is None or as_of < found.closed_on:
        return ""
    return f"closed on {found.closed_on}; {found.instead}"
