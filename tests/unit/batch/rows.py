"""Reading bytes under a name, and rows as plain tuples, for tests of reading."""

from __future__ import annotations

import io
from typing import Any

import pytest

from compliance.batch import read_contracts, read_parties
from compliance.errors import ComplianceError

Seen = tuple[int, int, Any, list[str]]


def stream(content: bytes, name: str = "f") -> io.BytesIO:
    """A stream that goes by a name."""
    made = io.BytesIO(content)
    made.name = name
    return made


def rows(content: bytes, form: str, *, parties: bool = False) -> list[Seen]:
    """Number, line, data and problems of each row."""
    read = read_parties if parties else read_contracts
    found = read(stream(content), form)
    return [(row.number, row.line, row.data, [str(p) for p in row.problems]) for row in found]


def refusal(content: bytes, form: str, *, parties: bool = False) -> str:
    """The text of the error that ends the reading."""
    with pytest.raises(ComplianceError) as caught:
        rows(content, form, parties=parties)
    return str(caught.value)
