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
from typing import Annotated, Any, Final, Literal

from pydantic import Field

from compliance.errors import Problem, WatchlistError
from compliance.names import normalize
from compliance.tables import Findings, Strict
from compliance.tables.embedded import rules_path
from compliance.tables.yaml import Document
from compliance.watchlists.listing import Watchlist
from compliance.watchlists.measures import measured, table
from compliance.watchlists.own_list import (
    FIELDS,
    METADATA,
    SINGULARS,
    assemble,
    listing_from,
    suggestion,
)

FOLDER: Final = "data/watchlist"


class ExcerptTable(Strict):
    """The shape of an excerpt; what an entry may hold says `rows`."""

    layout: Annotated[Literal[1], Field(alias="schema")]
    id: str
    source: str | None = None
    title: str
    publisher: str
    published: date | None
    url: str
    note: str
    complete: bool
    entries_total: int | None
    stale_after_days: int | None
    entries: list[Any]


def embedded(rules: Path | None = None) -> tuple[Watchlist, ...]:
    """The lists that ship with the rules, sorted by id. All are excerpts.

    Raises:
        WatchlistError: an entry or the metadata is wrong, or two files hold one list.
    """
    folder = (rules or rules_path()) / FOLDER
    lists = sorted((read_yaml(path) for path in sorted(folder.glob("*.yaml"))), key=_id)
    for before, after in pairwise(lists):
        if before.id == after.id:
            raise WatchlistError(Problem.at(f"list {after.id!r} twice", source=str(folder)))
    return tuple(lists)


def _id(watchlist: Watchlist) -> str:
    return watchlist.id


def read_yaml(path: Path, id: str | None = None) -> Watchlist:
    """One list from one file; `id` replaces the file's own.

    Raises:
        WatchlistError: every defect, with line and column.
    """
    findings = Findings(WatchlistError)
    document, excerpt = findings.read_only(path, ExcerptTable)
    if excerpt.source is not None and excerpt.source not in table().sources:
        hint = suggestion(excerpt.source, table().sources)
        findings.report(document, ("source",), f"unknown source {excerpt.source!r}", hint=hint)
    for index, entry in enumerate(excerpt.entries):
        findings.problems += _entry_problems(document, index, entry)
    findings.settle()
    rows = (
        (f"entries.{index}", document.locate(("entries", index))[0], entry)
        for index, entry in enumerate(excerpt.entries)
    )
    metadata = {key: getattr(excerpt, key) for key in METADATA}
    found = assemble(rows, list_id=id or excerpt.id, source=str(path), metadata=metadata)
    return measured(found, excerpt.source, path) if excerpt.source else found


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
