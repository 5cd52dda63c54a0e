"""The "yaml" format: a reviewed excerpt of a publisher's list, in our own layout.

One mapping: schema, id, title, publisher, published, url, note, complete, entries_total,
stale_after_days, entries; and `source`, by whose words its entries say their measures
(rules/data/measures.yaml), where they do not name them. Strict: an unknown or missing key is an
error with line and column. An excerpt says `complete: false`, so that a decision can say what was
not consulted.
"""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

from compliance.embedded import rules_path
from compliance.errors import Problem, WatchlistError
from compliance.names import normalize
from compliance.watchlists.listing import Watchlist
from compliance.watchlists.measures import measured, table
from compliance.watchlists.rows import (
    FIELDS,
    METADATA,
    SINGULARS,
    assemble,
    listing_from,
    suggestion,
)
from compliance.yaml import Document, read_file

FOLDER: Final = "data/watchlist"
SCHEMA: Final = 1
_REQUIRED: Final = METADATA | {"schema", "id", "entries"}
_KEYS: Final = _REQUIRED | {"source"}
_TYPES: Final[dict[str, type | tuple[type, ...]]] = {
    "id": str,
    "source": str,
    "title": str,
    "publisher": str,
    "published": (date, type(None)),
    "url": str,
    "note": str,
    "complete": bool,
    "entries_total": (int, type(None)),
    "stale_after_days": (int, type(None)),
    "entries": list,
}


def embedded(rules: Path | None = None) -> tuple[Watchlist, ...]:
    """The lists that ship with the rules, sorted by id. All are excerpts.

    Raises:
        WatchlistError: an entry or the metadata is wrong, or two files hold one list.
        YamlError: a file is not strict YAML.
    """
    folder = (rules or rules_path()) / FOLDER
    lists = sorted((read_yaml(path) for path in sorted(folder.glob("*.yaml"))), key=_id)
    for before, after in pairwise(lists):
        if before.id == after.id:
            raise WatchlistError(Problem.at(f"list {after.id!r} twice", source=str(folder)))
    return tuple(lists)


def _id(watchlist: Watchlist) -> str:
    return watchlist.id


def read_yaml(path: Path, id: str | None = None) -> Watchlist:  # noqa: A002 - DESIGN names it
    """One list from one file; `id` replaces the file's own.

    Raises:
        WatchlistError: every defect, with line and column.
        YamlError: the file is not strict YAML.
    """
    document = read_file(path)
    problems = _metadata_problems(document)
    if problems:
        raise WatchlistError(problems)
    content = document.value
    for index, entry in enumerate(content["entries"]):
        problems += _entry_problems(document, index, entry)
    if problems:
        raise WatchlistError(problems)
    rows = (
        (f"entries.{index}", document.locate(("entries", index))[0], entry)
        for index, entry in enumerate(content["entries"])
    )
    metadata = {key: content[key] for key in METADATA}
    found = assemble(rows, list_id=id or content["id"], source=str(path), metadata=metadata)
    source = content.get("source")
    return measured(found, source, path) if source else found


def _metadata_problems(document: Document) -> list[Problem]:
    content = document.value
    if not isinstance(content, dict):
        return [document.problem((), "expected a mapping", code="watchlist")]
    problems = [
        document.problem((key,), "unknown key", hint=suggestion(key, _KEYS), code="watchlist")
        for key in sorted(content.keys() - _KEYS)
    ]
    problems += [
        document.problem((), f"missing key {key!r}", code="watchlist")
        for key in sorted(_REQUIRED - content.keys())
    ]
    source = content.get("source")
    if isinstance(source, str) and source not in table().sources:
        hint = suggestion(source, table().sources)
        problems.append(
            document.problem(("source",), f"unknown source {source!r}", hint=hint, code="watchlist")
        )
    if content.get("schema", SCHEMA) != SCHEMA:
        problems.append(document.problem(("schema",), f"expected {SCHEMA}", code="watchlist"))
    for key, wanted in _TYPES.items():
        value = content.get(key)
        wrong = isinstance(value, bool) and wanted is not bool
        if key in content and (wrong or not isinstance(value, wanted)):
            problems.append(document.problem((key,), f"unexpected {value!r}", code="watchlist"))
    return problems


def _entry_problems(document: Document, index: int, entry: Any) -> list[Problem]:
    """Defects of one entry, each at its own line and column."""
    problems: list[Problem] = []
    path = ("entries", index)

    def report(field: str, message: str, hint: str) -> None:
        problems.append(document.problem((*path, field), message, hint=hint, code="watchlist"))

    singular = sorted(entry.keys() & SINGULARS.keys()) if isinstance(entry, dict) else []
    for key in singular:
        report(key, "unknown field", suggestion(key, FIELDS))
    if not singular:
        listing_from(entry, list_id="", published=None, source="", report=report)
    if isinstance(entry, dict) and "source" in document.value and "measures" in entry:
        report("measures", "the list has a source, whose words say them", "")
    if isinstance(entry, dict):
        aliases = [normalize(alias) for alias in entry.get("aliases") or () if alias is not None]
        if "" in aliases:
            report("aliases", "an alias without a letter or digit", "")
    return problems
