"""Rows that a mapping reads become entries: what "mapped-csv" and "mapped-json" share.

Invariants:

- each row that is not empty is one entry, or one of the rows of an entry where the mapping says
  `one_entry_per_id`; else the list is refused with every defect: of the mapping with
  file:line:column, of the file with its line or the number of the record;
- rows of one id are one entry that has every value of any of them; another name is an alias. A
  field that holds one value and is given two refuses the list;
- each column is mapped or named in `ignored`, so a new column is noticed;
- a country is a name or code that `compliance.places` knows; another stays in `remarks`;
- `measures` are names of measures, or words that the mapping turns into them; a cell that says
  anything else, or nothing, makes the entry one that a person reviews, and stays in `remarks`. The
  curated files say their measures by their programmes (rules/data/measures.yaml);
- a day is read by the mapping's formats alone. `delisted_on` may be known to the month or the year:
  then it is the day after the last day of that, so the entry counts as long as it can have stood.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final

from compliance.errors import Problem, WatchlistError
from compliance.places import country
from compliance.watchlists import dates, source
from compliance.watchlists.listing import REVIEW, Dated, Listing, Watchlist
from compliance.watchlists.mapping import DATED, SEVERAL, ColumnMapping, Part, has_day
from compliance.watchlists.measures import known
from compliance.watchlists.rows import DAYS, TEXTS, Report, listing_from, suggestion
from compliance.yaml import Path_

_PLACES: Final = {"countries": "Country: ", "nationalities": "Nationality: "}
_SINGLE: Final = ("kind", "gender", *DAYS, *(name for name in TEXTS if name != "remarks"))
_MANY: Final = tuple(name for name in SEVERAL if name != "remarks")

Cells = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Row:
    """The texts in each column of one row: one in a CSV, any number in JSON. One of both places."""

    cells: Cells
    line: int = 0
    record: str = ""


def file_of(path: Path, mapping: ColumnMapping, kind: str) -> Path:
    """The file that a mapping names, in its folder or below it.

    Raises:
        WatchlistError: it leads out of the folder.
    """
    file = path.parent / mapping.file
    if file.resolve().is_relative_to(path.parent.resolve()):
        return file
    hint = f"the {kind.upper()} stands in the mapping's folder or below it"
    message = f"{mapping.file!r} leads out of the folder"
    raise WatchlistError(mapping.document.problem((kind,), message, hint=hint, code="watchlist"))


def named_columns(mapping: ColumnMapping) -> list[tuple[Path_, str]]:
    """Each column that the mapping names, with the place where."""
    wanted: list[tuple[Path_, str]] = [
        (("ignored", index), name) for index, name in enumerate(mapping.ignored)
    ]
    wanted += [(("fields", "id", "hash_of", index), x) for index, x in enumerate(mapping.hash_of)]
    wanted += [
        (part.path, column)
        for parts in mapping.fields.values()
        for part in parts
        for column in part.columns
    ]
    return wanted


def missing_column(
    mapping: ColumnMapping,
    place: Path_,
    column: str,
    path: Path,
    found: Collection[str],
    kind: str = "column",
) -> Problem:
    """The problem of a column that the mapping names and the file has not."""
    hint = suggestion(column, found) if found else "it is empty"
    message = f"{path.name} has no {kind} {column!r}"
    return mapping.document.problem(place, message, hint=hint, code="watchlist")


@dataclass(slots=True)
class Taking:
    """The rows of one file, taken one by one."""

    mapping: ColumnMapping
    path: Path
    list_id: str
    problems: list[Problem] = field(default_factory=list)
    _listings: dict[str, tuple[Listing, str]] = field(default_factory=dict)  # and where first
    _remarks: dict[str, list[str]] = field(default_factory=dict)
    _hashed: Counter[tuple[str, ...]] = field(default_factory=Counter)

    def watchlist(self) -> Watchlist:
        """The list of the rows taken.

        Raises:
            WatchlistError: every defect, or no rows.
        """
        if self.problems:
            raise WatchlistError(self.problems)
        if not self._listings:
            raise source.defect(self.path, "no rows")
        listings = tuple(
            replace(listing, remarks="; ".join(self._remarks[id_]) or None)
            for id_, (listing, _) in self._listings.items()
        )
        title = {"title": self.list_id, **self.mapping.metadata}
        return Watchlist(id=self.list_id, listings=listings, **title)

    def take(self, row: Row) -> None:
        """Make an entry of a row, or note what is wrong with it."""

        def report(name: str, message: str, hint: str = "") -> None:
            where = ".".join(filter(None, (row.record, name)))
            line, column = (row.line, 1) if row.line else (0, 0)
            self.problems.append(
                Problem(str(self.path), line, column, where, message, hint, "watchlist")
            )

        cells = {
            name: tuple(text for text in texts if text not in self.mapping.blank)
            for name, texts in row.cells.items()
        }
        values = self._values(cells, report)
        remarks, dated = values.pop("remarks"), values.pop(DATED, ())
        found = listing_from(
            values,
            list_id=self.list_id,
            published=self.mapping.metadata.get("published"),
            source=f"{self.path}:{row.line}" if row.line else f"{self.path}: {row.record}",
            report=report,
        )
        if found is not None:
            at = f"on line {row.line}" if row.line else f"in record {row.record}"
            self._keep(replace(found, dates=tuple(dated)), remarks, at, report)

    def _keep(self, found: Listing, remarks: list[str], at: str, report: Report) -> None:
        first, place = self._listings.setdefault(found.id, (found, at))
        said = self._remarks.setdefault(found.id, [])
        if first is not found and not self.mapping.one_entry_per_id:
            report("id", f"{found.id!r} twice", f"first {place}")
        elif first is not found:
            for name in _SINGLE:
                one, other = getattr(first, name), getattr(found, name)
                if _given(one) and _given(other) and one != other:
                    report(name, f"{other} where {found.id!r} has {one}", f"first {place}")
            self._listings[found.id] = _merged(first, found), place
        said += [text for text in remarks if first is found or text not in said]

    def _values(self, cells: Cells, report: Report) -> dict[str, Any]:
        """What the row says for each field, as `listing_from` takes it; `remarks` are a list."""
        remarks: list[str] = []
        values = {
            name: self._value(name, parts, cells, remarks, report)
            for name, parts in self.mapping.fields.items()
        }
        values["remarks"] = [*values.get("remarks", ()), *remarks]
        if self.mapping.hash_of:
            hashed = tuple("\n".join(cells[column]) for column in self.mapping.hash_of)
            values["id"] = source.content_id(hashed, self._hashed)
        return values

    def _value(
        self,
        name: str,
        parts: tuple[Part, ...],
        cells: Cells,
        remarks: list[str],
        report: Report,
    ) -> Any:
        """What the row says for one field; a text that is no place or measure goes to `remarks`."""
        if name == "birth_dates":
            return tuple(self._births(parts, cells, report))
        if name in _OBJECTS:
            return list(_OBJECTS[name](parts, cells, report))
        found = [text for part in parts for text in _texts(part, cells)]
        if name in _PLACES:
            remarks += [_PLACES[name] + text for text in found if country(text) is None]
            return source.once(country(text) for text in found)
        if name == "measures":
            remarks += [f"Measure: {text}" for text in found if text not in known()]
            return source.once(text if text in known() else REVIEW for text in found)
        if name in SEVERAL:
            return found if name == "remarks" else source.once(found)
        if len(found) > 1:
            report(name, f"{len(found)} values where one is expected", "")
        if name in DAYS:
            return _day(name, parts[0], found, report)
        if name in ("kind", "gender"):
            return _coded(name, parts[0], found, report)
        return next(iter(found), None)

    def _births(self, parts: tuple[Part, ...], cells: Cells, report: Report) -> Iterator[str]:
        published = self.mapping.metadata.get("published")
        latest = published.year if published else None
        for part in parts:
            for text in _texts(part, cells):
                if born := dates.birth(text, *part.formats, latest_year=latest):
                    yield born
                else:
                    hint = f"as {' or '.join(part.formats)}"
                    report("birth_dates", f"{text!r} is not a date", hint)


def _given(value: object) -> bool:
    return value not in (None, "unknown")


def _merged(first: Listing, other: Listing) -> Listing:
    """The first with what the other has beside it; both are of one id."""
    values: dict[str, Any] = {
        name: tuple(dict.fromkeys((*getattr(first, name), *getattr(other, name)))) for name in _MANY
    }
    values["measures"] = tuple(sorted(values["measures"]))
    if other.name not in (first.name, *values["aliases"]):
        values["aliases"] += (other.name,)
    values |= {
        name: getattr(first if _given(getattr(first, name)) else other, name) for name in _SINGLE
    }
    return replace(first, **values)


def _texts(part: Part, cells: Cells) -> Iterator[str]:
    """The values that one part gives for a row."""
    if part.constant:
        wholes: tuple[str, ...] = (part.constant,)
    elif len(part.columns) == 1:
        wholes = cells[part.columns[0]]
    else:
        wholes = (part.join.join(filter(None, (text for x in part.columns for text in cells[x]))),)
    for whole in wholes:
        pieces = [whole]
        for separator in part.separators:
            pieces = [text for piece in pieces for text in piece.split(separator)]
        for piece in filter(None, (text.strip(f"{part.strip} \t\r\n") for text in pieces)):
            for text in part.words.get(piece, (piece,)):
                yield part.prefix + text


def _coded(name: str, part: Part, found: list[str], report: Report) -> str | None:
    """Our word for the publisher's."""
    if not found:
        return None
    ours = {text for texts in part.words.values() for text in texts}
    if part.words and found[0] not in ours:
        report(name, f"no word for {found[0]!r}", suggestion(found[0], part.words))
        return None
    return found[0]


def _day(name: str, part: Part, found: list[str], report: Report) -> date | None:
    if not found:
        return None
    fitting = next(dates.fitting(found[0], part.formats), None)
    if fitting is None:
        report(name, f"{found[0]!r} is not a date", f"as {' or '.join(part.formats)}")
        return None
    pattern, day = fitting
    return day if has_day(pattern) else _behind(day, pattern)


def _behind(first: date, pattern: str) -> date:
    """The day after the month or the year that a format without a day spells."""
    if first.year == date.max.year:
        return date.max
    months = any(mark in pattern for mark in ("%m", "%b", "%B"))
    later = first + timedelta(days=31 if months else 366)
    return date(later.year, later.month, 1)


def _dated(parts: tuple[Part, ...], cells: Cells, report: Report) -> Iterator[Dated]:
    for part in parts:
        for text in _texts(part, cells):
            if day := _day(DATED, part, [text], report):
                yield Dated(part.what, day)


def _numbers(parts: tuple[Part, ...], cells: Cells, report: Report) -> Iterator[dict[str, str]]:
    del report  # a number is any text
    for part in parts:
        for text in _texts(part, cells):
            yield {"scheme": part.scheme, "value": text}


_OBJECTS: Final = {"identifiers": _numbers, DATED: _dated}
