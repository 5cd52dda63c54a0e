"""Licenses that must be accepted before data in a format is read: rules/data/list_licenses.yaml.

Nothing is accepted by default, and acceptance is not remembered: each call names the license.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Final, Literal

from pydantic import Field

from compliance.tables import Listed, Strict, read_table
from compliance.tables.embedded import rules_path
from compliance.watchlists.list_file import defect

FILE: Final = "data/list_licenses.yaml"


class LicenseRow(Strict):
    """One license and the formats that it is of."""

    formats: Listed[str]
    licensor: str
    url: str
    terms: str


class LicensesTable(Strict):
    """The shape of the file."""

    layout: Annotated[Literal[1], Field(alias="schema")]
    licenses: dict[str, LicenseRow]


@dataclass(frozen=True, slots=True)
class License:
    """The license of the data of one format: its name, whose it is, and what it asks."""

    name: str
    licensor: str
    url: str
    terms: str

    @property
    def statement(self) -> str:
        """What a list read under it says of it."""
        return f"license {self.name} of {self.licensor}, accepted by the reader: {self.url}"


@cache
def licenses(rules: Path | None = None) -> Mapping[str, License]:
    """Format -> the license that must be accepted to read it.

    Raises:
        ReferenceDataError: the table is not as it must be, with the place.
    """
    table = read_table((rules or rules_path()) / FILE, LicensesTable)
    return MappingProxyType(
        {
            format_: License(name, row.licensor, row.url, row.terms)
            for name, row in table.licenses.items()
            for format_ in row.formats
        }
    )


def require_acceptance(format_: str, path: Path, accepted: Collection[str]) -> None:
    """Pass where the license of a format is accepted, or where it has none to accept.

    Raises:
        WatchlistError: it is not; the message shows the terms and how to accept them.
    """
    needed = licenses().get(format_)
    if needed is None or needed.name in accepted:
        return
    message = f"{format_}: {needed.terms} {needed.url}"
    hint = (
        f"to accept: accept_license={needed.name!r}, on the command line "
        f"--accept-license {needed.name}"
    )
    raise defect(path, message, hint=hint)
