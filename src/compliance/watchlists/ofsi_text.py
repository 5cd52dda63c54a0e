"""The "uk-ofsi-text" format: the UK's consolidated list of financial sanctions targets, as text.

OFSI publishes the list as a PDF; this is that PDF's text, page marks ("--- Page 3 ---") included.
It is known from the file of one regime (Cyber, of 12 August 2025): a header with the day of the
list, then "REGIME: ...", and below INDIVIDUALS and ENTITIES entries that count from 1. Ships, and
regimes with other labels, are not known here. Invariants:

- entries count up without a gap, each is one regime's and ends with its days and its Group ID;
  anything else, a label that is not known, a number out of order or a Group ID of two entries
  is refused, and so are page marks that do not count up or do not end the text, where there are
  any: of what is missing, only whole pages at the end go unseen;
- the file says which regimes it has, not that these are all: the list is not complete;
- the id is the Group ID; the citation is the UK Sanctions List Ref;
- the name is Name 1 to Name 6, in this order, without "n/a"; the name in another script is an
  alias; "Low quality a.k.a" are weak aliases;
- lines are joined by a blank, or by nothing behind a hyphen;
- a country is the one that ends an address, or stands before its postal code;
- where one of several births cannot be read, none is given; position and place of birth stay in
  `remarks`, with the other information whole;
- `dates` are the day of designation, of the last update, and of trust services sanctions.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Final

from compliance.errors import Problem, WatchlistError
from compliance.places import country
from compliance.watchlists import ofsi
from compliance.watchlists.listing import Dated, Listing, ListingKind, Watchlist
from compliance.watchlists.measures import measured
from compliance.watchlists.source import defect, once, problem, read_text

_SECTIONS: Final[dict[str, tuple[str, ListingKind]]] = {
    "INDIVIDUALS": ("Name 6", "person"),
    "ENTITIES": ("Organisation Name", "organization"),
}
_PAGE = re.compile(r"--- Page (\d+) ---")
_UPDATED = re.compile(r"Last Updated:\s*(\d\d/\d\d/\d{4})")
_REGIME = re.compile(r"REGIME:\s*(.+)")
_START = re.compile(r"(\d+)\. (Name 6|Organisation Name): ")
_ENTRY = re.compile(
    r"(?P<head>.*?) ?Other Information: (?P<other>.*?) ?Listed on: (?P<listed>\S+)"
    r"(?: UK Sanctions List Date Designated: (?P<designated>\S+))?"
    r" Last Updated: (?P<updated>\S+) Group ID: (?P<group>\d+)\."
)
_LABELS: Final = (
    "Name 6",
    "Organisation Name",
    "Name (non-Latin script)",
    "Title",
    "DOB",
    "POB",
    "Good quality a.k.a",
    "Low quality a.k.a",
    "a.k.a",
    "f.k.a",
    "Nationality",
    "Passport Number",
    "National Identification Number",
    "Address",
    "Position",
)
_LABEL = re.compile(rf"(?:^|(?<=[\s.)]))({'|'.join(map(re.escape, _LABELS))}): ?")
_NAME = re.compile(r"(.*?) 1: (.*?) 2: (.*?) 3: (.*?) 4: (.*?) 5: (.*?)\.?")
_UNKNOWN = re.compile(r"(?<!non-Latin script)(?<=[A-Za-z]): ")
_REFERENCE = re.compile(r"\(UK Sanctions List Ref\): ?([A-Z]+\d+(?:(?:,|,? and) [A-Z]+\d+)*)")
_GENDER = re.compile(r"\(Gender\): ?(Female|Male)\b")
_TRUST = re.compile(r"Date trust services sanctions imposed: (\d\d/\d\d/\d{4})")
_ALIASES: Final = ("Name (non-Latin script)", "a.k.a", "Good quality a.k.a", "f.k.a")
_KEPT: Final = (("Title", "Title"), ("Position", "Position"), ("POB", "Place of birth"))


def read_ofsi_text(path: Path, id: str | None = None) -> Watchlist:  # noqa: A002 - DESIGN names it
    """The list of one file; its id is `id`, or else "uk-ofsi".

    Raises:
        WatchlistError: no day of the list, no regime, no entry; and every entry that does not have
            the layout above, with the line on which it begins.
    """
    list_id = id or ofsi.LIST_ID
    published, entries = _document(path)
    listings: dict[str, Listing] = {}
    problems: list[Problem] = []
    for entry in entries:
        found = _listing(entry, list_id, published, path)
        if isinstance(found, str):
            problems.append(problem(path, found, line=entry.line))
        elif found.id in listings:
            message = f"Group ID {found.id} a second time"
            problems.append(problem(path, message, line=entry.line))
        else:
            listings[found.id] = found
    if problems:
        raise WatchlistError(problems)
    whole = Watchlist(
        id=list_id,
        title=ofsi.TITLE,
        listings=tuple(listings.values()),
        publisher=ofsi.PUBLISHER,
        published=published,
        url=ofsi.URL,
        complete=False,
        note=f"regimes: {', '.join(dict.fromkeys(entry.regime for entry in entries))}",
    )
    return measured(whole, ofsi.LIST_ID, path)


@dataclass(slots=True)
class _Entry:
    """The lines of one entry, where it begins, and under which headings it stands."""

    line: int
    regime: str
    kind: ListingKind
    lines: list[str] = field(default_factory=list)

    def text(self) -> str:
        text = " ".join(self.lines)
        return re.sub(r"(?<=\w)- ", "-", re.sub(r"\s+", " ", text))


@dataclass(slots=True)
class _Document:
    """What the lines taken so far say: the day, the headings in force, the entries."""

    path: Path
    published: date | None = None
    regime: str = ""
    section: str = ""
    expected: int = 1
    entries: list[_Entry] = field(default_factory=list)

    def take(self, number: int, line: str) -> None:
        """The next line; before the first section, what is no heading is the title."""
        if named := _REGIME.fullmatch(line):
            self.regime, self.section = named[1], ""
        elif line in _SECTIONS and self.regime:
            self.section, self.expected = line, 1
        elif not self.section:
            updated = _UPDATED.fullmatch(line)
            self.published = ofsi.day(updated[1]) if updated else self.published
        elif start := _START.match(line):
            self._begin(number, start[1], start[2], line[start.start(2) :])
        elif self.expected == 1:
            raise defect(self.path, f"{line!r} is not an entry of {self.section}", line=number)
        else:
            self.entries[-1].lines.append(line)

    def _begin(self, line: int, number: str, label: str, text: str) -> None:
        known, kind = _SECTIONS[self.section]
        if (int(number), label) != (self.expected, known):
            message = f"found '{number}. {label}' where '{self.expected}. {known}' is next"
            raise defect(self.path, message, line=line)
        self.expected += 1
        self.entries.append(_Entry(line, self.regime, kind, [text]))


def _document(path: Path) -> tuple[date, list[_Entry]]:
    found = _Document(path)
    for number, line in _lines(path):
        found.take(number, line)
    if found.published is None:
        raise defect(path, "no 'Last Updated:' with the day of the list")
    if not found.entries:
        raise defect(path, "no entry below REGIME and INDIVIDUALS or ENTITIES")
    return found.published, found.entries


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    """The lines that say something, each with its number, without the marks that end pages."""
    pages = 0
    after = 0
    for number, line in enumerate(read_text(path).splitlines(), start=1):
        text = line.strip()
        if page := _PAGE.fullmatch(text):
            pages, after = pages + 1, 0
            if int(page[1]) != pages:
                raise defect(path, f"page {page[1]} where page {pages} is next", line=number)
        elif text:
            after = number
            yield number, text
    if pages and after:
        raise defect(path, f"page {pages + 1} does not end with its mark", line=after)


def _listing(entry: _Entry, list_id: str, published: date, path: Path) -> Listing | str:
    """The listing of an entry, or what is wrong with it."""
    parts = _ENTRY.fullmatch(entry.text())
    if parts is None:
        return "not an entry that ends with Other Information, Listed on, Last Updated, Group ID"
    fields = _fields(parts["head"])
    if isinstance(fields, str):
        return fields
    name = _name(fields, entry.kind)
    days = _days(parts)
    if not name or not days:
        return "no day that can be read" if name else "no name that can be read"
    other = parts["other"]
    reference, gender = _REFERENCE.search(other), _GENDER.search(other)
    kept = [f"{shown}: {text}" for label, shown in _KEPT for text in fields[label]]
    return Listing(
        id=parts["group"],
        list_id=list_id,
        name=name,
        aliases=ofsi.aliases(text for label in _ALIASES for text in fields[label]),
        weak_aliases=ofsi.aliases(fields["Low quality a.k.a"]),
        kind=entry.kind,
        countries=once(map(ofsi.seat, fields["Address"])),
        addresses=once(fields["Address"]),
        programmes=(entry.regime,),
        identifiers=ofsi.documents(
            fields["Passport Number"], fields["National Identification Number"]
        ),
        listed_on=days.pop("listed"),
        citation=reference[1] if reference else None,
        remarks="; ".join([*kept, other]),
        source=f"{path}:{entry.line}",
        published=published,
        nationalities=once(map(country, fields["Nationality"])),
        birth_dates=ofsi.births(fields["DOB"]),
        gender=ofsi.GENDERS[gender[1]] if gender else None,
        dates=tuple(Dated(what, day) for what, day in days.items()),
    )


def _days(parts: re.Match[str]) -> dict[str, date]:
    """The days of an entry by what happened on them; none at all where one cannot be read."""
    trust = _TRUST.search(parts["other"])
    texts = {what: parts[what] for what in ("listed", "designated", "updated")}
    texts["trust services sanctions"] = trust[1] if trust else None
    found = {what: ofsi.day(text) for what, text in texts.items() if text}
    days = {what: day for what, day in found.items() if day}
    return days if len(days) == len(found) else {}


def _fields(head: str) -> dict[str, tuple[str, ...]] | str:
    """The values of every label, or what is wrong: a label twice, or one that is not known."""
    _, *rest = _LABEL.split(head)
    labels, values = rest[::2], rest[1::2]
    if len(set(labels)) != len(labels):
        return f"a label twice: {', '.join(labels)}"
    if unknown := next((text for text in values if _UNKNOWN.search(text)), None):
        return f"a label that is not known in {unknown.strip()!r}"
    found = {label: ofsi.items(value) for label, value in zip(labels, values, strict=True)}
    return dict.fromkeys(_LABELS, ()) | found


def _name(fields: dict[str, tuple[str, ...]], kind: ListingKind) -> str:
    if kind == "organization":
        return " ".join(fields["Organisation Name"])
    parts = _NAME.fullmatch(" ".join(fields["Name 6"]))
    if parts is None:
        return ""
    last, *others = parts.groups()
    return ofsi.name((*others, last))
