"""Rows that a mapping reads become entries: what "mapped-csv" and "mapped-json" share.

Invariants:

- each row that is not empty is one entry, or one of the rows of an entry where the mapping says
  `one_entry_per_id`; else the list is refused with every defect: of the mapping with
  file:line:column, of the file with its line or the number of the record. Rows that the mapping
  leaves out are counted in the list's `note`;
- rows of one id are one entry that has every value of any of them; another name is an alias. A
  field that holds one value and is given two refuses the list;
- each column is mapped or named in `ignored`, so a new column is noticed;
- a country is a name or code that `compliance.places` knows; another stays in `remarks`;
- `measures` are names of measures, or words that the mapping turns into them; a cell that says
  anything else, or nothing, makes the entry one that a person reviews, and stays in `remarks`. With
  `measures_of` a publisher's words say them (rules/data/measures.yaml), as in the curated files;
- a day is read by the mapping's formats alone. `delisted_on` may be known to the month or the year:
  then it is the day after the last day of that, so the entry counts as long as it can have stood.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any, Final

from compliance.errors import Problem, WatchlistError
from compliance.places import country
from compliance.tables.yaml import Path_
from compliance.watchlists import dates
from compliance.watchlists import list_file as source
from compliance.watchlists.listing import REVIEW, Dated, Listing, Watchlist
from compliance.watchlists.measures import known, measured, possibly_before, table
from compliance.watchlists.own_list import DAYS, TEXTS, Report, listing_from, suggestion
from compliance.watchlists.readers.mapped_cells import (
    Cells,
    cells_hash,
    day_of,
    named,
    texts,
    unread,
    wholes,
)
from compliance.watchlists.readers.mapping import FILE_NAME, TEXT, ColumnMapping
from compliance.watchlists.readers.mapping_parts import DATED, PLACES, SEVERAL, Part

_LABELS: Final = {"countries": "Country: ", "nationalities": "Nationality: "}
_SINGLE: Final = ("kind", "gender", *DAYS, *(name for name in TEXTS if name != "remarks"))
_MANY: Final = tuple(name for name in SEVERAL if name != "remarks")


@dataclass(frozen=True, slots=True)
class Row:
    """The texts in each column of one row of a file: one in a CSV, any number in JSON.

    It stands on a line or is a record, one of both.
    """

    file: Path
    cells: Cells
    line: int = 0
    record: str = ""

    @property
    def source(self) -> str:
        """Where it stands, as `Listing.source` has it."""
        return f"{self.file}:{self.line}" if self.line else f"{self.file}: {self.record}"


def files_of(path: Path, mapping: ColumnMapping, kind: str) -> list[Path]:
    """The files that a mapping names, in its folder or below it; those of a pattern by name.

    Raises:
        WatchlistError: a name leads out of the folder; patterns alone, and no file fits.
    """
    found: list[Path] = []

    def refused(message: str) -> WatchlistError:
        hint = f"the {kind.upper()} stands in the mapping's folder or below it"
        return WatchlistError(
            mapping.document.problem((kind,), message, hint=hint, code="watchlist")
        )

    for name in mapping.files:
        pattern = any(mark in name for mark in "*?[")
        inside = (path.parent / name).resolve().is_relative_to(path.parent.resolve())
        if not inside:
            raise refused(f"{name!r} leads out of the folder")
        found += sorted(path.parent.glob(name)) if pattern else [path.parent / name]
    if not found:
        raise refused(f"no file {' and no file '.join(map(repr, mapping.files))}")
    return list(dict.fromkeys(found))


def named_columns(mapping: ColumnMapping) -> list[tuple[Path_, str]]:
    """Each column of the file that the mapping names, with the place where."""
    wanted: list[tuple[Path_, str]] = [
        ((key, index), name)
        for key, names in (("ignored", mapping.ignored), ("required", mapping.required))
        for index, name in enumerate(names)
    ]
    wanted += [(("leave_out", column), column) for column in mapping.leave_out]
    wanted += [
        ((*part.path, "hash_of", index), column)
        for part in parts_of(mapping)
        for index, column in enumerate(part.hash_of)
    ]
    wanted += [(part.path, column) for part in parts_of(mapping) for column in part.columns]
    made = {FILE_NAME, TEXT, *mapping.derived}
    return [(place, column) for place, column in wanted if column not in made]


def parts_of(mapping: ColumnMapping) -> Iterator[Part]:
    """Each part of each derived column and each field."""
    for parts in (*mapping.derived.values(), *mapping.fields.values()):
        yield from parts


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


def problem_of_optional(mapping: ColumnMapping, index: int) -> Problem:
    """The problem of an optional column that no field is made of."""
    message = f"{mapping.optional[index]!r} is mapped by no field"
    return mapping.document.problem(("optional", index), message, code="watchlist")


@dataclass(slots=True)
class Taking:
    """The rows of the files of one list, taken one by one; `metadata` are those of the list."""

    mapping: ColumnMapping
    metadata: Mapping[str, Any]
    list_id: str
    path: Path
    problems: list[Problem] = field(default_factory=list)
    _listings: dict[str, tuple[Listing, str]] = field(default_factory=dict)  # and where first
    _remarks: dict[str, list[str]] = field(default_factory=dict)
    _hashed: Counter[tuple[str, ...]] = field(default_factory=Counter)
    _ids: Counter[str] = field(default_factory=Counter)
    _left_out: Counter[str] = field(default_factory=Counter)

    def watchlist(self) -> Watchlist:
        """The list of the rows taken.

        Raises:
            WatchlistError: every defect, or no rows; a word of the publisher that says no measure.
        """
        if self.problems:
            raise WatchlistError(self.problems)
        if not self._listings:
            raise source.defect(self.path, "no rows")
        listings = tuple(
            replace(listing, remarks="; ".join(self._remarks[id_]) or None)
            for id_, (listing, _) in self._listings.items()
        )
        metadata = {"title": self.list_id, **self.metadata}
        own_id = metadata.pop("id")
        left_out = [f"{n} rows left out by {column}" for column, n in self._left_out.items()]
        if left_out:
            metadata["note"] = "; ".join(filter(None, (metadata.get("note"), *left_out)))
        found = Watchlist(id=self.list_id, listings=listings, **metadata)
        says = self.mapping.measures_of or ("" if self.mapping.files else own_id)
        return measured(found, says, self.path) if says in table().sources else found

    def take(self, row: Row) -> None:
        """Make an entry of a row, or note what is wrong with it."""

        def report(name: str, message: str, hint: str = "") -> None:
            where = ".".join(filter(None, (row.record, name)))
            line, column = (row.line, 1) if row.line else (0, 0)
            self.problems.append(
                Problem(str(row.file), line, column, where, message, hint, "watchlist")
            )

        cells = self._cells(row)
        for column, pattern in self.mapping.leave_out.items():
            if all(map(pattern.fullmatch, cells[column] or ("",))):
                self._left_out[column] += 1
                return
        for column in self.mapping.required:
            if not cells[column]:
                report(column, "empty", "the mapping requires it")
        values = self._values(cells, report)
        remarks, dated = values.pop("remarks"), values.pop(DATED, ())
        found = listing_from(
            values,
            list_id=self.list_id,
            published=self.metadata.get("published"),
            source=row.source,
            report=report,
        )
        if found is not None:
            at = f"on line {row.line}" if row.line else f"in record {row.record}"
            self._keep(replace(found, dates=tuple(dict.fromkeys(dated))), remarks, at, report)

    def _cells(self, row: Row) -> dict[str, tuple[str, ...]]:
        """The cells of the row that say something, and the columns made of them."""
        cells = {
            name: tuple(text for text in found if text not in self.mapping.blank)
            for name, found in row.cells.items()
        }
        cells[FILE_NAME] = (row.file.name,)
        for name, parts in self.mapping.derived.items():
            cells[name] = tuple(_first(parts, cells)[1])
        return cells

    def _keep(self, found: Listing, remarks: list[str], at: str, report: Report) -> None:
        self._ids[found.id] += 1
        if self.mapping.number_repeated_ids and self._ids[found.id] > 1:
            found = replace(found, id=f"{found.id}#{self._ids[found.id]}")
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
        values: dict[str, Any] = {}
        for name, parts in self.mapping.fields.items():
            values[name] = self._value(name, parts, cells, remarks, report)
        if values.get("listed_on") and "possibly_from" not in values:
            part, _ = _first(self.mapping.fields["listed_on"], cells)
            values["possibly_from"] = possibly_before(values["listed_on"]) if part.printed else None
        values["remarks"] = [*values.get("remarks", ()), *remarks]
        return values

    def _value(
        self,
        name: str,
        parts: tuple[Part, ...],
        cells: Cells,
        remarks: list[str],
        report: Report,
    ) -> Any:
        """What the row says for one field; what is no place, measure or day may go to `remarks`."""
        if name == "birth_dates":
            return source.once(self._births(parts, cells, remarks, report))
        if name == DATED:
            return list(_dated(parts, cells, remarks, report))
        if name == "identifiers":
            numbers = dict.fromkeys(_numbers(parts, cells))
            return [{"scheme": scheme, "value": value} for scheme, value in numbers]
        if name in PLACES:
            return source.once(_places(name, parts, cells, remarks, report))
        if name in SEVERAL:
            return _several(name, parts, cells, remarks)
        part, found = _first(parts, cells)
        if name in DAYS:
            return _day(name, part, found, remarks, report)
        if len(found) > 1:
            report(name, f"{len(found)} values where one is expected", "")
        if name == "id" and part.hash_of:
            return part.prefix + cells_hash(part, cells, self._hashed)
        if name in ("kind", "gender"):
            return _coded(name, part, found, report)
        return next(iter(found), None)

    def _births(
        self, parts: tuple[Part, ...], cells: Cells, remarks: list[str], report: Report
    ) -> Iterator[str]:
        """The births of each part; where one cannot be read, none of that part unless dropped."""
        published = self.metadata.get("published")
        latest = published.year if published else None
        for part in parts:
            said = list(texts(part, cells))
            born = [dates.birth(text, *part.formats, latest_year=latest) for text in said]
            wrong = [text for text, day in zip(said, born, strict=True) if day is None]
            if wrong and part.unread == "remarks":
                unread("born", "; ".join(wholes(part, cells)), part, remarks, report)
                continue
            for text in wrong:
                unread("birth_dates", text, part, remarks, report)
            yield from filter(None, born)


def _first(parts: tuple[Part, ...], cells: Cells) -> tuple[Part, list[str]]:
    """The first part that says something, with what it says; the last where none does."""
    found: list[str] = []
    for part in parts:
        found = list(texts(part, cells))
        if found:
            break
    return part, found


def _several(
    name: str, parts: tuple[Part, ...], cells: Cells, remarks: list[str]
) -> list[str] | tuple[str, ...]:
    found = [text for part in parts for text in texts(part, cells)]
    if name == "measures":
        remarks += [f"Measure: {text}" for text in found if text not in known()]
        return source.once(text if text in known() else REVIEW for text in found)
    return found if name == "remarks" else source.once(found)


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


def _places(
    name: str, parts: tuple[Part, ...], cells: Cells, remarks: list[str], report: Report
) -> Iterator[str]:
    for part in parts:
        for text in texts(part, cells):
            if code := country(text):
                yield code
            elif part.unread == "remarks":
                remarks.append(_LABELS[name] + text)
            elif part.unread == "refuse":
                report(name, f"{text!r} is not a country", "")


def _coded(name: str, part: Part, found: list[str], report: Report) -> str | None:
    """Our word for the publisher's."""
    if not found:
        return None
    ours = {text for said in part.words.values() for text in said}
    if part.words and found[0] not in ours:
        report(name, f"no word for {found[0]!r}", suggestion(found[0], part.words))
        return None
    return found[0]


def _day(
    name: str, part: Part, found: list[str], remarks: list[str], report: Report
) -> date | None:
    """The one day of a field, or the one that the part chooses of several."""
    if len(found) > 1 and not part.choose:
        report(name, f"{len(found)} values where one is expected", "")
        return None
    days = []
    for text in found:
        if (day := day_of(text, part)) is None:
            unread(name, text, part, remarks, report)
        else:
            days.append(day)
    return (max if part.choose == "latest" else min)(days, default=None)


def _dated(
    parts: tuple[Part, ...], cells: Cells, remarks: list[str], report: Report
) -> Iterator[Dated]:
    for part in parts:
        for text, what in named(part, cells):
            if day := day_of(text, part):
                yield Dated(what.lower() or part.what, day)
            else:
                unread(DATED, text, part, remarks, report)


def _numbers(parts: tuple[Part, ...], cells: Cells) -> Iterator[tuple[str, str]]:
    for part in parts:
        for text, said in named(part, cells):
            yield part.scheme_words.get(said.strip().lower(), part.scheme), text
