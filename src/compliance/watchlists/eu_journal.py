"""The "eu-journal-csv" format: EU listings per act, as extracted from the Official Journal.

The project OpenSanctions transcribes the annexes of the EU's acts into one CSV file for each act,
named by its CELEX number: consolidated/32014R0269.csv has an act's annexes whole, of the
consolidated version that it was read from; amendments/32026R1843.csv has what one amending act adds
to or changes in the annexes of others. Files may be gzip. `path` is the folder of both, either
folder, or one file. One row is one party under one measure of one act.

What is known of the format is its own description and the files of August 2026:

- a row's own CELEX is the file's name; an amendment has no removals, so that no day of delisting is
  known, and what the consolidated file does not hold any more has gone;
- an amendment's row is not merged with the consolidated row it changes: which of them is the later
  text is not in the files. Both are listings;
- the id is act, annex and recordId ("32014R0269:I.PERSONS:2057"), which amendment and consolidated
  row share; a row without recordId is named by the first 16 hex digits of the SHA-256 of act, annex
  and name. A repeated id gets "#2", "#3", consolidated files first;
- programmes are programKey ("EU-UKR", the project's own key) and measure ("Asset freeze"): not
  every row is a freeze. The citation is the act's CELEX and annex, then the amending act's;
- name, alias, weakAlias, previousName and all text are the act's words. A cell of several values is
  separated by ";", a value that holds one is quoted;
- countries are those of country, jurisdiction, flag, and that which ends an address; where a word
  names no one country ("Russian" does not), it is in `remarks`;
- startDate is listed_on; a year or month alone is in `remarks`;
- where one of several births is not a date, none is given, and the words are in `remarks`;
- a number loses the brackets behind it; "(INN)", "(OGRN)", "(USCC)" there give the scheme. INN is a
  tax number, OGRN a registration;
- `published` is None: the files do not say from which day they are.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final, Literal

from compliance.errors import Problem, WatchlistError
from compliance.places import country
from compliance.watchlists.eu_journal_cells import (
    births,
    day,
    identifiers,
    seat,
    values,
)
from compliance.watchlists.listing import Listing, ListingKind, Watchlist
from compliance.watchlists.measures import measured
from compliance.watchlists.source import content_id, defect, once, problem, records

LIST_ID: Final = "eu-journal"
URL: Final = "https://eur-lex.europa.eu/"
_KINDS: Final[Mapping[str, ListingKind]] = {
    "Person": "person",
    "LegalEntity": "organization",
    "Company": "organization",
    "Organization": "organization",
    "Vessel": "vessel",
    "Asset": "unknown",
}
_GENDERS: Final[Mapping[str, Literal["female", "male"]]] = {"female": "female", "male": "male"}
_NUMBERS: Final = {
    "passportNumber": "passport",
    "idNumber": "national_id",
    "registrationNumber": "registration",
    "taxNumber": "tax",
    "innCode": "tax",
    "ogrnCode": "registration",
    "kppCode": "kpp",
    "okpoCode": "okpo",
    "leiCode": "lei",
    "swiftBic": "swift",
    "ticker": "ticker",
    "imoNumber": "imo",
    "mmsi": "mmsi",
}
_KEPT: Final = {
    "position": "Position",
    "birthPlace": "Place of birth",
    "fatherName": "Father",
    "motherName": "Mother",
    "ethnicity": "Ethnicity",
    "appearance": "Appearance",
    "incorporationDate": "Incorporated",
    "legalForm": "Legal form",
    "sector": "Sector",
    "phone": "Phone",
    "email": "Email",
    "website": "Website",
    "notes": "Notes",
}
_PLACES: Final = {"jurisdiction": "Jurisdiction", "country": "Country", "flag": "Flag"}
_REQUIRED: Final = ("programKey", "measure", "schema", "name")
_COLUMNS: Final = frozenset(
    {
        *_REQUIRED,
        *_NUMBERS,
        *_KEPT,
        *("recordId", "annex", "startDate", "reason", "alias", "weakAlias", "previousName"),
        *("country", "nationality", "jurisdiction", "birthDate", "gender", "flag", "address"),
    }
)
# A consolidated file's act, and an amendment's amended and amending act.
_CONSOLIDATED: Final = frozenset(("celex",))
_AMENDMENT: Final = frozenset(("amendedCelex", "amendmentCelex"))
_FOLDERS: Final = ("consolidated", "amendments")


_FILE = re.compile(r"(\d{5}[A-Z]{1,2}\d{4})\.csv(?:\.gz)?")
_PARTIAL = re.compile(r"\d{4}(?:-\d\d)?")


def read_journal(path: Path, id: str | None = None) -> Watchlist:  # noqa: A002 - DESIGN names it
    """The list of a folder or of one file; its id is `id`, or else "eu-journal".

    The list is complete where it is of a folder and has consolidated rows.

    Raises:
        WatchlistError: no file, a file without a CELEX name, two files of one act; missing or
            unknown columns, a row of another length, another CELEX than the file's name, a row
            without a value that every row has, an unknown schema, a start that is no date; each
            with its file and line.
    """
    list_id = id or LIST_ID
    listings: list[Listing] = []
    problems: list[Problem] = []
    seen: Counter[str] = Counter()
    consolidated = False
    for file in _files(path):
        for line, row in records(file, _COLUMNS):
            if (kind := row.keys() - _COLUMNS) not in (_CONSOLIDATED, _AMENDMENT):
                message = "no columns of a consolidated file or an amendment beside the common ones"
                hint = f"found: {', '.join(sorted(kind)) or 'none'}"
                raise defect(file, message, line=1, hint=hint)
            found = list(_defects(row, file))
            problems += [problem(file, text, line=line) for text in found]
            if not found:
                listings.append(_listing(row, list_id, f"{file}:{line}", seen))
                consolidated |= kind == _CONSOLIDATED
    if problems:
        raise WatchlistError(problems)
    if not listings:
        raise defect(path, "no rows")
    whole = Watchlist(
        id=list_id,
        title="EU listings per act of the Official Journal",
        listings=tuple(listings),
        publisher="Council of the European Union; extracted by OpenSanctions",
        url=URL,
        complete=path.is_dir() and consolidated,
    )
    return measured(whole, LIST_ID, path)


def _files(path: Path) -> list[Path]:
    """The one file, or those of the folder, consolidated ones first."""
    if not path.is_dir():
        return [path]
    folders = [path / name for name in _FOLDERS if (path / name).is_dir()] or [path]
    found = [file for folder in folders for file in sorted(folder.iterdir()) if _is_csv(file)]
    if not found:
        raise defect(path, "no CSV file here or in consolidated and amendments")
    problems = [
        problem(file, "not named by a CELEX number, as 32014R0269.csv")
        for file in found
        if not _FILE.fullmatch(file.name)
    ]
    twice = Counter(file.parent / file.name.removesuffix(".gz") for file in found)
    problems += [problem(file, "two files of one act") for file in twice if twice[file] > 1]
    if problems:
        raise WatchlistError(problems)
    return found


def _is_csv(file: Path) -> bool:
    return file.name.removesuffix(".gz").endswith(".csv")


def _defects(row: Mapping[str, str], file: Path) -> Iterator[str]:
    for column in (*_REQUIRED, *sorted(row.keys() & (_CONSOLIDATED | _AMENDMENT))):
        if not row[column]:
            yield f"no {column}"
    if row["schema"] and row["schema"] not in _KINDS:
        yield f"unknown schema {row['schema']!r}"
    named = _FILE.fullmatch(file.name)
    own = row.get("celex") or row.get("amendmentCelex")
    if named and own and own != named[1]:
        yield f"{own} in the file of {named[1]}"
    start = row["startDate"]
    if start and day(start) is None and not _PARTIAL.fullmatch(start):
        yield f"startDate is not a date: {start!r}"


def _listing(row: Mapping[str, str], list_id: str, source: str, seen: Counter[str]) -> Listing:
    act, cited = _act(row)
    number = row["recordId"] or content_id((act, row["annex"], row["name"]), Counter())
    id_ = ":".join(filter(None, (act, row["annex"], number)))
    seen[id_] += 1
    addresses = values(row["address"])
    places = [text for key in ("jurisdiction", "country", "flag") for text in values(row[key])]
    return Listing(
        id=f"{id_}#{seen[id_]}" if seen[id_] > 1 else id_,
        list_id=list_id,
        name=row["name"],
        aliases=once((*values(row["alias"]), *values(row["previousName"]))),
        weak_aliases=values(row["weakAlias"]),
        kind=_KINDS[row["schema"]],
        countries=once((*map(country, places), *map(seat, addresses))),
        addresses=addresses,
        programmes=(row["programKey"], row["measure"]),
        identifiers=tuple(
            dict.fromkeys(
                found
                for column, scheme in _NUMBERS.items()
                for value in values(row[column])
                for found in identifiers(value, scheme)
            )
        ),
        listed_on=day(row["startDate"]),
        citation=cited,
        remarks="; ".join(_remarks(row)) or None,
        source=source,
        nationalities=once(map(country, values(row["nationality"]))),
        birth_dates=births(values(row["birthDate"])),
        gender=_GENDERS.get(row["gender"].strip(".").lower()),
    )


def _act(row: Mapping[str, str]) -> tuple[str, str]:
    """The act whose annex the row stands in, and how it is cited."""
    act = row.get("celex") or row["amendedCelex"]
    annex = f", Annex {row['annex']}" if row["annex"] else ""
    amended = f", as amended by {row['amendmentCelex']}" if "amendmentCelex" in row else ""
    return act, f"{act}{annex}{amended}"


def _remarks(row: Mapping[str, str]) -> Iterator[str]:
    """What has no field of its own, and the words of what could not be read."""
    if row["reason"]:
        yield row["reason"]
    if row["startDate"] and day(row["startDate"]) is None:
        yield f"Start: {row['startDate']}"
    born = values(row["birthDate"])
    if born and not births(born):
        yield f"Born: {'; '.join(born)}"
    for column, label in (("nationality", "Nationality"), *_PLACES.items()):
        said = values(row[column])
        if not all(map(country, said)):
            yield f"{label}: {'; '.join(said)}"
    for column, label in _KEPT.items():
        if said := values(row[column]):
            yield f"{label}: {'; '.join(said)}"
