"""Licenses that must be accepted before data in a format is read: rules/data/list_licenses.yaml.

Nothing is accepted by default, and acceptance is not remembered: each call names the license.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from compliance.embedded import rules_path
from compliance.errors import ReferenceDataError
from compliance.watchlists.source import defect
from compliance.yaml import read_file

SCHEMA: Final = 1
FILE: Final = "data/list_licenses.yaml"
_TEXTS: Final = ("licensor", "url", "terms")


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
    document = read_file((rules or rules_path()) / FILE)
    content: Any = document.value
    if not isinstance(content, dict) or content.keys() != {"schema", "licenses"}:
        raise ReferenceDataError(document.problem((), "expected schema and licenses"))
    if content["schema"] != SCHEMA or not isinstance(content["licenses"], dict):
        message = f"expected schema {SCHEMA} and a mapping of licenses"
        raise ReferenceDataError(document.problem((), message))
    found: dict[str, License] = {}
    for name, row in content["licenses"].items():
        if not _well_formed(row):
            message = f"expected formats (a list), {', '.join(_TEXTS)} (texts)"
            raise ReferenceDataError(document.problem(("licenses", name), message))
        for format_ in row["formats"]:
            found[format_] = License(name, row["licensor"], row["url"], row["terms"])
    return MappingProxyType(found)


def _well_formed(row: Any) -> bool:
    if not isinstance(row, dict) or row.keys() != {"formats", *_TEXTS}:
        return False
    formats = row["formats"]
    texts = [row[key] for key in _TEXTS]
    return isinstance(formats, list) and all(isinstance(text, str) for text in (*formats, *texts))


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
