"""What a listing means in law: the closed table of measures, and the words that say them.

rules/data/measures.yaml holds both. A reader derives the measures of each entry from its
publisher's programme and source words (`Deriving`); a policy asks for measures and never for a
file. A word that the table does not know refuses a publisher's file; in a file that is the user's
own it asks for `review`. An entry without a measure asks for `review` too: nobody listed is silent.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fnmatch import fnmatchcase
from functools import cache, cached_property
from pathlib import Path
from typing import Final, Literal

from pydantic import Field

from compliance.errors import ReferenceDataError
from compliance.tables import Findings, Strict
from compliance.tables.embedded import rules_path
from compliance.tables.yaml import Document
from compliance.watchlists.list_file import defect
from compliance.watchlists.listing import REVIEW, Watchlist

FILE: Final = "data/measures.yaml"
SCHEMA: Final = 1
_SHOWN: Final = 20


class Measure(Strict):
    """One measure: what it is, whose; `since` is the first day on which anybody can be under it.

    `within`: whoever is under this one is under that one too.
    """

    title: str
    authority: str
    since: date | None = None
    within: str = ""
    unverified: str = ""


class Said(Strict):
    """Words, or patterns with * and ?, and the measures that each of them says."""

    words: list[str] = Field(min_length=1)
    measures: list[str]


class Told(Strict):
    """A regular expression in the text of an entry, and the measures that it says."""

    search: str
    measures: list[str] = Field(min_length=1)
    instead: bool = False


class Source(Strict):
    """How the words of one publisher's file say measures; docs/lists.md tells each key."""

    unknown: Literal["refuse", "review"]
    always: list[str] = Field(default_factory=list)
    words: list[Said] = Field(default_factory=list)
    marks: dict[str, list[str]] = Field(default_factory=dict)
    texts: list[Told] = Field(default_factory=list)
    entries: dict[str, list[str]] = Field(default_factory=dict)
    otherwise: list[str] = Field(default_factory=list)
    others: str = ""

    @cached_property
    def exact(self) -> Mapping[str, tuple[str, ...]]:
        """Each word in full, in one spelling of case and space, and what it says."""
        return {
            spelled(word): tuple(said.measures)
            for said in self.words
            for word in said.words
            if not _is_pattern(word)
        }

    @cached_property
    def patterns(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Each pattern in that spelling, in the order of the table."""
        return tuple(
            (spelled(word), tuple(said.measures))
            for said in self.words
            for word in said.words
            if _is_pattern(word)
        )

    @cached_property
    def searches(self) -> tuple[tuple[re.Pattern[str], Told], ...]:
        """The regular expressions, compiled."""
        return tuple((re.compile(told.search), told) for told in self.texts)

    def says(self, word: str) -> tuple[str, ...] | None:
        """The measures that a word says; None where the table does not know it."""
        text = spelled(word)
        found = self.exact.get(text)
        if found is not None:
            return found
        return next((said for mark, said in self.patterns if fnmatchcase(text, mark)), None)


class MeasuresFile(Strict):
    """rules/data/measures.yaml."""

    version: int = Field(alias="schema")
    printing_days: int
    measures: dict[str, Measure]
    sources: dict[str, Source]


def spelled(word: str) -> str:
    """A programme in one spelling, however a publisher spaces it: "CAATSA - RUSSIA"."""
    return re.sub(r"[\s_-]+", "-", word.strip("[] ").upper())


def _is_pattern(word: str) -> bool:
    return "*" in word or "?" in word


@cache
def table(rules: Path | None = None) -> MeasuresFile:
    """The table of measures.

    Raises:
        ReferenceDataError: every defect, with line and column.
    """
    document, found = Findings().read_only((rules or rules_path()) / FILE, MeasuresFile)
    _check(document, found)
    return found


def _check(document: Document, found: MeasuresFile) -> None:
    problems = []
    if found.version != SCHEMA:
        problems.append(document.problem(("schema",), f"expected {SCHEMA}", code="reference_data"))
    for name, source in found.sources.items():
        named = [
            *source.always,
            *source.otherwise,
            *(m for said in source.words for m in said.measures),
            *(m for told in source.texts for m in told.measures),
            *(m for row in (*source.marks.values(), *source.entries.values()) for m in row),
        ]
        problems += [
            document.problem(("sources", name), f"unknown measure {m!r}", code="reference_data")
            for m in dict.fromkeys(named)
            if m not in found.measures
        ]
        for told in source.texts:
            try:
                re.compile(told.search)
            except re.error as error:
                message = f"{told.search!r} is no regular expression: {error}"
                problems.append(document.problem(("sources", name), message, code="reference_data"))
    if problems:
        raise ReferenceDataError(problems)


def known() -> frozenset[str]:
    """The ids of all measures."""
    return frozenset(table().measures)


def unread(programmes: Iterable[str]) -> bool:
    """Whether an entry's programmes leave its OFAC programme open: none is told, or not all known.

    The abbreviation of a list ("SDN") is not a programme.
    """
    sources = table().sources
    named = [word for word in programmes if sources["ita-csl"].says(word) is None]
    return not named or any(sources["ofac-sdn"].says(word) is None for word in named)


def widest(measure: str) -> str:
    """The measure that a special case belongs to ("us.entity-list.footnote-4"), or itself."""
    row = table().measures.get(measure)
    return row.within if row is not None and row.within else measure


def began(measure: str, as_of: date) -> bool:
    """Whether anybody can be under a measure on a day."""
    row = table().measures.get(measure)
    return row is None or row.since is None or row.since <= as_of


def possibly_before(printed: date | None) -> date | None:
    """The first day on which a rule may be in force that is known by its day of printing alone."""
    return None if printed is None else printed - timedelta(days=table().printing_days)


@dataclass(slots=True)
class Deriving:
    """The measures of the entries of one file, and the words in it that the table does not know."""

    source: Source
    unknown: dict[str, int]

    @classmethod
    def by(cls, name: str) -> Deriving:
        """By the words of a source of the table.

        Raises:
            KeyError: the table has no such source.
        """
        return cls(table().sources[name], {})

    def of(
        self,
        words: Iterable[str],
        *,
        hints: Iterable[str] = (),
        marks: Sequence[str] = (),
        text: str = "",
        entry: str = "",
    ) -> tuple[str, ...]:
        """The measures of an entry, sorted; `review` where no word says one.

        `hints` are words that count where the table knows them; `marks` are footnotes, `text` is
        what the publisher writes of the entry, `entry` its number.
        """
        source, words = self.source, tuple(words)
        if entry and (fixed := source.entries.get(entry)):
            return tuple(sorted(fixed))
        found = set(source.always)
        for word in words:
            said = source.says(word)
            if said is None:
                self.unknown[word] = self.unknown.get(word, 0) + 1
                said = (REVIEW,)
            found.update(said)
        for word in hints:
            found.update(source.says(word) or ())
        for mark in marks:
            found.update(source.marks.get(mark, ()))
        for pattern, told in source.searches if text else ():
            if pattern.search(text):
                found = set(told.measures) if told.instead else found.union(told.measures)
        if words and not found and source.others:
            self.unknown[f"{', '.join(words)} alone"] = 1
        return tuple(sorted(found or source.otherwise or (REVIEW,)))

    def settle(self, path: Path) -> None:
        """Pass where every word is known, or where the file is the user's own.

        Raises:
            WatchlistError: one error that names the words that the table does not know.
        """
        if not self.unknown or self.source.unknown == "review":
            return
        words = sorted(self.unknown)
        named = ", ".join(repr(word) for word in words[:_SHOWN])
        more = f" and {len(words) - _SHOWN} more" if len(words) > _SHOWN else ""
        message = (
            f"words of which the table of measures does not know what they mean: {named}{more}"
        )
        hint = self.source.others or f"rules/{FILE} says what each means"
        raise defect(path, message, hint=hint)


def measured(
    watchlist: Watchlist, source: str, path: Path, said: Mapping[str, str] | None = None
) -> Watchlist:
    """The list with the measures of its entries, by programmes, footnotes and remarks.

    `said` is what the file says of an entry, by id, beside its remarks.

    Raises:
        WatchlistError: as `Deriving.settle`.
    """
    deriving = Deriving.by(source)
    listings = tuple(
        replace(
            listing,
            measures=deriving.of(
                listing.programmes,
                marks=listing.footnotes,
                text="; ".join(filter(None, (listing.remarks, (said or {}).get(listing.id)))),
                entry=listing.id,
            ),
        )
        for listing in watchlist.listings
    )
    deriving.settle(path)
    return replace(watchlist, listings=listings)
