"""The "mapped-csv" format, and the curated CSV files that the shipped mappings read.

"mapped-csv" is your own list as it is: `path` is the mapping (compliance.watchlists.mapping), which
names the CSV beside it or below its folder, never above. The curated formats take the CSV itself;
their mappings are rules/data/lists/mappings. Invariants:

- each row that is not empty is one entry, or the list is refused with every defect: of the mapping
  with file:line:column, of the CSV with file:line;
- each column of the CSV is mapped or named in `ignored`, so a new column is noticed;
- a country is a name or code that `compliance.places` knows; another stays in `remarks`;
- `measures` are names of measures, or words that the mapping turns into them; a cell that says
  anything else, or nothing, makes the entry one that a person reviews, and stays in `remarks`. The
  curated files say their measures by their programmes (rules/data/measures.yaml);
- a day is read by the mapping's formats alone. `delisted_on` may be known to the month or the year:
  then it is the day after the last day of that, so the entry counts as long as it can have stood.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any, Final

from compliance.embedded import rules_path
from compliance.errors import Problem, WatchlistError
from compliance.places import country
from compliance.watchlists import dates, source
from compliance.watchlists.listing import REVIEW, Identifier, Listing, Watchlist
from compliance.watchlists.mapping import SEVERAL, ColumnMapping, Part, has_day, load
from compliance.watchlists.measures import known, measured
from compliance.watchlists.rows import DAYS, Report, listing_from, suggestion
from compliance.yaml import Path_

FOLDER: Final = "data/lists/mappings"
_PLACES: Final = {"countries": "Country: ", "nationalities": "Nationality: "}


def read_mapped(path: Path, id: str | None = None) -> Watchlist:  # noqa: A002 - DESIGN names it
    """The list of the CSV that a mapping names; its id is `id`, or else the mapping's.

    Raises:
        WatchlistError: every defect of the mapping, else every defect of the CSV.
        YamlError, InputError: the mapping is not strict YAML, or cannot be opened.
    """
    mapping = load(path, names_csv=True)
    file = path.parent / mapping.csv
    if not file.resolve().is_relative_to(path.parent.resolve()):
        hint = "the CSV stands in the mapping's folder or below it"
        message = f"{mapping.csv!r} leads out of the folder"
        raise WatchlistError(
            mapping.document.problem(("csv",), message, hint=hint, code="watchlist")
        )
    return _read(mapping, file, id or mapping.list_id)


def _curated(name: str, path: Path, id: str | None = None) -> Watchlist:  # noqa: A002 - as above
    """The list of one CSV by the shipped mapping of that name.

    Raises:
        WatchlistError: every defect of the CSV, with its line.
    """
    mapping = load(rules_path() / FOLDER / f"{name}.yaml", names_csv=False)
    return measured(_read(mapping, path, id or mapping.list_id), mapping.list_id, path)


Curated = Callable[[Path, str | None], Watchlist]
read_cn_sanctions: Final[Curated] = partial(_curated, "cn_sanctions")
read_us_1260h: Final[Curated] = partial(_curated, "us_1260h")
read_us_1286: Final[Curated] = partial(_curated, "us_1286")
read_us_353: Final[Curated] = partial(_curated, "us_353")
read_us_cuba: Final[Curated] = partial(_curated, "us_cuba")
read_us_fincen: Final[Curated] = partial(_curated, "us_fincen")


def _read(mapping: ColumnMapping, path: Path, list_id: str) -> Watchlist:
    rows = source.rows(path, delimiter=mapping.delimiter, encoding=mapping.encoding)
    line, header = next(rows, (1, []))
    header = [column.strip() for column in header]
    if found := list(_header_problems(mapping, path, line, header)):
        raise WatchlistError(found)
    reading = _Reading(mapping, path, list_id)
    for line, cells in rows:
        if len(cells) != len(header):
            message = f"{len(cells)} cells where the header has {len(header)}"
            reading.problems.append(source.problem(path, message, line=line))
        elif any(cell.strip() for cell in cells):
            reading.take(line, dict(zip(header, map(str.strip, cells), strict=True)))
    if reading.problems:
        raise WatchlistError(reading.problems)
    if not reading.listings:
        raise source.defect(path, "no rows")
    return Watchlist(
        id=list_id,
        listings=tuple(reading.listings),
        **{"title": list_id, **mapping.metadata},
    )


def _header_problems(
    mapping: ColumnMapping, path: Path, line: int, header: list[str]
) -> Iterator[Problem]:
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
    for place, column in wanted:
        if column not in header:
            message = f"{path.name} has no column {column!r}"
            hint = suggestion(column, header) if header else "it is empty"
            yield mapping.document.problem(place, message, hint=hint, code="watchlist")
    known = {column for _, column in wanted}
    for column, count in Counter(header).items():
        if count > 1:
            yield source.problem(path, f"column {column!r} twice", line=line)
        if column not in known:
            hint = "map it, or name it in ignored"
            yield source.problem(path, f"unknown column {column!r}", line=line, hint=hint)


@dataclass(slots=True)
class _Reading:
    """The rows of one CSV, taken one by one."""

    mapping: ColumnMapping
    path: Path
    list_id: str
    listings: list[Listing] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    hashed: Counter[tuple[str, ...]] = field(default_factory=Counter)
    lines: dict[str, int] = field(default_factory=dict)

    def take(self, line: int, row: Mapping[str, str]) -> None:
        """Make an entry of a row, or note what is wrong with it."""

        def report(name: str, message: str, hint: str = "") -> None:
            self.problems.append(Problem(str(self.path), line, 1, name, message, hint, "watchlist"))

        row = {name: "" if cell in self.mapping.blank else cell for name, cell in row.items()}
        found = listing_from(
            self._values(row, report),
            list_id=self.list_id,
            published=self.mapping.metadata.get("published"),
            source=f"{self.path}:{line}",
            report=report,
        )
        if found is None:
            return
        first = self.lines.setdefault(found.id, line)
        if first != line:
            report("id", f"{found.id!r} twice", f"first on line {first}")
        self.listings.append(found)

    def _values(self, row: Mapping[str, str], report: Report) -> dict[str, Any]:
        """What the row says for each field, as `listing_from` takes it."""
        values: dict[str, Any] = {}
        remarks: list[str] = []
        for name, parts in self.mapping.fields.items():
            found = [text for part in parts for text in _texts(part, row)]
            if name in ("kind", "gender"):
                values[name] = _coded(name, parts[0], found, report)
            elif name in _PLACES:
                values[name] = source.once(country(text) for text in found)
                remarks += [_PLACES[name] + text for text in found if country(text) is None]
            elif name in DAYS:
                values[name] = _day(name, parts[0], found, report)
            elif name == "birth_dates":
                values[name] = tuple(self._births(parts, row, report))
            elif name == "identifiers":
                values[name] = [
                    {"scheme": x.scheme, "value": x.value} for x in _numbers(parts, row)
                ]
            elif name == "measures":
                values[name] = source.once(text if text in known() else REVIEW for text in found)
                remarks += [f"Measure: {text}" for text in found if text not in known()]
            elif name == "remarks":
                remarks = [*found, *remarks]
            else:
                values[name] = source.once(found) if name in SEVERAL else next(iter(found), None)
        values["remarks"] = "; ".join(remarks) or None
        if self.mapping.hash_of:
            cells = tuple(row[column] for column in self.mapping.hash_of)
            values["id"] = source.content_id(cells, self.hashed)
        return values

    def _births(
        self, parts: tuple[Part, ...], row: Mapping[str, str], report: Report
    ) -> Iterator[str]:
        published = self.mapping.metadata.get("published")
        latest = published.year if published else None
        for part in parts:
            for text in _texts(part, row):
                if born := dates.birth(text, *part.formats, latest_year=latest):
                    yield born
                else:
                    hint = f"as {' or '.join(part.formats)}"
                    report("birth_dates", f"{text!r} is not a date", hint)


def _texts(part: Part, row: Mapping[str, str]) -> Iterator[str]:
    """The values that one part gives for a row."""
    whole = part.constant or part.join.join(filter(None, (row[name] for name in part.columns)))
    pieces = whole.split(part.separator) if part.separator else [whole]
    for piece in filter(None, map(str.strip, pieces)):
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
    for pattern in part.formats:
        try:
            day = datetime.strptime(found[0], pattern).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
        return day if has_day(pattern) else _behind(day, pattern)
    report(name, f"{found[0]!r} is not a date", f"as {' or '.join(part.formats)}")
    return None


def _behind(first: date, pattern: str) -> date:
    """The day after the month or the year that a format without a day spells."""
    if first.year == date.max.year:
        return date.max
    months = any(mark in pattern for mark in ("%m", "%b", "%B"))
    later = first + timedelta(days=31 if months else 366)
    return date(later.year, later.month, 1)


def _numbers(parts: tuple[Part, ...], row: Mapping[str, str]) -> Iterator[Identifier]:
    for part in parts:
        for text in _texts(part, row):
            yield Identifier(part.scheme, text)
