"""The "ofac-sdn-csv" and "ofac-consolidated-csv" formats: OFAC's sets of four files without header.

"ofac-sdn-resaved-csv" is the SDN set as a spreadsheet saved it again: two files, sdn.csv and
sdn_address.csv, with an invented header each ("Country" holds the programme) and the end mark in a
row of its own. It has no aliases and no remarks that run on, so the list says it is not complete.

A set is SDN.CSV (CONS_PRIM.CSV), with an address file (ADD), an alias file (ALT) and a file of
remarks that run on (COMMENTS), joined by the entity's number; upper or lower case, plain or gzip.
`path` is their folder, or the primary file with the others beside it. "-0- " is null. The publisher
on its formats: https://home.treasury.gov/policy-issues/financial-sanctions/faqs/topic/1641

Invariants: every row of every file is read, in the file's order, or the whole set is refused with
each defect and its line: a missing file, another number of cells, an entity twice, a row of an
entity that the primary file does not have (files of different days). Remarks are the publisher's
words, joined where the primary file cuts them at 1000 characters; what is taken out of them (weak
aliases, which OFAC puts in quotes there, births, gender, nationality, numbers) also stays in them,
and what is not read exactly stays in them only. Title, vessel type, tonnage, flag, owner, and the
remarks of addresses and aliases (null in every copy seen) have no place in a `Listing` and are not
carried. The files hold no date: `published` and `listed_on` are None. Linked parties, cedulas and
other national numbers are in the remarks alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import Final, Literal

from compliance.errors import Problem, WatchlistError
from compliance.places import country
from compliance.watchlists import dates
from compliance.watchlists import list_file as source
from compliance.watchlists.listing import Identifier, Listing, ListingKind, Watchlist
from compliance.watchlists.measures import measured
from compliance.watchlists.readers import us_identifiers

_NULL: Final = "-0-"
_KINDS: Final[Mapping[str, ListingKind]] = MappingProxyType(
    {"": "organization", "individual": "person", "vessel": "vessel", "aircraft": "aircraft"}
)

# How a number stands in remarks -> its scheme; the number is what follows.
_NUMBERS: Final = (
    (re.compile(r"Passport (?:Booklet:? )?(?:No\.:? |#)?"), "passport"),
    (re.compile(r"National ID (?:No\. )?(?:No\.: )?"), "national_id"),
    (re.compile(r"Tax ID (?:No\. )?"), "tax"),
    (re.compile(r"Registration (?:ID|Number) "), "registration"),
    (re.compile(r"Unified Social Credit Code \(USCC\) "), "uscc"),
    (re.compile(r"Legal Entity Number (?=[0-9A-Z]{18}[0-9]{2}\b)"), "lei"),
    (re.compile(r"SWIFT/BIC "), "swift"),
    (re.compile(r"(?:Company|Identification) Number IMO "), "imo"),
    (re.compile(r"Vessel Registration Identification IMO "), "imo"),
    (re.compile(r"Digital Currency Address - \S+ "), "wallet"),
)
# What stands behind a number: the country in brackets, the days, the sort of passport.
_BEHIND = re.compile(r"(?<=\S)\s*\(|,|\s(?:issued|expires)\b")
_WEAK = re.compile(r"""[af]\.k\.a\. (?:'(.+)'|"(.+)")""")


@dataclass(frozen=True, slots=True)
class _Set:
    """One of OFAC's lists, and its files: primary, addresses, aliases, comments.

    `headers` are the first row of each file, where a spreadsheet wrote one.
    """

    id: str
    title: str
    url: str
    files: tuple[str, ...]
    headers: tuple[str, ...] = ("", "", "", "")
    complete: bool = True
    note: str = ""


_SDN: Final = _Set(
    "ofac-sdn",
    "Specially Designated Nationals and Blocked Persons List",
    "https://sanctionslist.ofac.treas.gov/Home/SdnList",
    ("SDN.CSV", "ADD.CSV", "ALT.CSV", "SDN_COMMENTS.CSV"),
)
_CONSOLIDATED: Final = _Set(
    "ofac-consolidated",
    "Consolidated (non-SDN) Sanctions List",
    "https://sanctionslist.ofac.treas.gov/Home/ConsolidatedList",
    ("CONS_PRIM.CSV", "CONS_ADD.CSV", "CONS_ALT.CSV", "CONS_COMMENTS.CSV"),
)
_RESAVED: Final = _Set(
    "ofac-sdn",
    _SDN.title,
    _SDN.url,
    ("SDN.CSV", "SDN_ADDRESS.CSV"),
    ("ID,Name,Type,Country,Title,Col_F,Col_G,Col_H,Col_I,Col_J,Col_K,Details",
     "ID,Col_B,Address,City,Country,"),
    complete=False,
    note="saved again by a spreadsheet: no aliases, remarks cut at 1000 characters",
)  # fmt: skip
_WIDTHS: Final = (12, 6, 5, 2)
_END: Final = "\x1a"


@dataclass(slots=True)
class _Entity:
    """One row of the primary file and the rows of the others that belong to it."""

    place: str
    cells: list[str]
    addresses: list[list[str]] = field(default_factory=list)
    aliases: list[str] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)


def _read(kind: _Set, path: Path, id: str | None = None) -> Watchlist:
    """The list of one set of files; its id is `id`, or else that of its `kind`.

    Raises:
        WatchlistError: a file of the set is missing, or has another header than the one known;
            every defect of its rows, with the line.
    """
    list_id = id or kind.id
    primary, *others = _files(kind, path)
    problems: list[Problem] = []
    entities: dict[str, _Entity] = {}
    for line, cells in _rows(primary, _WIDTHS[0], kind.headers[0], problems):
        number = _text(cells[0])
        if not number.isdecimal() or not _text(cells[1]) or number in entities:
            reason = "an entity twice" if number in entities else "no entity number and name"
            hint = f"found: {cells[0]}, {cells[1]}"
            problems.append(source.problem(primary, reason, line=line, hint=hint))
            continue
        if (kind_of := _text(cells[2])).lower() not in _KINDS:
            problems.append(source.problem(primary, f"unknown type {kind_of!r}", line=line))
        entities[number] = _Entity(f"{primary}:{line}", cells)
    for file, width, header in zip(others, _WIDTHS[1:], kind.headers[1:], strict=False):
        for line, cells in _rows(file, width, header, problems):
            entity = entities.get(_text(cells[0]))
            if entity is None:
                message = f"a row of entity {cells[0]!r}, which {primary.name} does not have"
                hint = "are the files of one day?"
                problems.append(source.problem(file, message, line=line, hint=hint))
            elif width == 6:
                entity.addresses.append([_text(cell) for cell in cells[2:5]])
            elif width == 5:
                entity.aliases.append(_text(cells[3]))
            else:
                entity.comments.append(cells[1])
    if problems:
        raise WatchlistError(problems)
    listings = tuple(_listing(entity, list_id) for entity in entities.values())
    found = Watchlist(
        id=list_id,
        title=kind.title,
        listings=listings,
        publisher="OFAC",
        url=kind.url,
        note=kind.note,
        complete=kind.complete,
    )
    return measured(found, kind.id, primary)


read_sdn: Final = partial(_read, _SDN)
"""The list of Specially Designated Nationals."""
read_consolidated: Final = partial(_read, _CONSOLIDATED)
"""OFAC's list of parties that are not SDNs."""
read_resaved: Final = partial(_read, _RESAVED)
"""The SDN list without its aliases."""


def _files(kind: _Set, path: Path) -> list[Path]:
    """The files of the set, primary first; a missing or a doubled one is an error."""
    whole = path.is_dir()
    if not whole and not path.exists():
        raise source.defect(path, "no such file or folder")
    folder, found = (path if whole else path.parent), ([] if whole else [path])
    try:
        present = sorted(folder.iterdir())
    except OSError as error:
        raise source.defect(folder, error.strerror or str(error)) from error
    problems: list[Problem] = []
    for name in kind.files[0 if whole else 1 :]:
        accepted = (name.lower(), f"{name.lower()}.gz")
        here = [file for file in present if file.name.lower() in accepted]
        if len(here) == 1:
            found += here
            continue
        message = f"{name} is missing: the set is not complete"
        if here:
            message = f"two files for {name}: {', '.join(file.name for file in here)}"
        problems.append(source.problem(folder / name, message))
    if problems:
        raise WatchlistError(problems)
    return found


def _rows(
    file: Path, width: int, header: str, problems: list[Problem]
) -> Iterator[tuple[int, list[str]]]:
    rows = source.rows(file)
    if header:
        line, cells = next(rows, (1, []))
        if ",".join(cells) != header:
            hint = f"expected {header}"
            raise source.defect(file, "another header than the one known", line=line, hint=hint)
    for line, cells in rows:
        if header and cells[0] == _END and not any(cells[1:]):
            continue  # the end mark, filled up to a row
        if len(cells) == width:
            yield line, cells
        else:
            message = f"{len(cells)} cells where the format has {width}"
            problems.append(source.problem(file, message, line=line))


def _text(cell: str) -> str:
    text = cell.strip()
    return "" if text == _NULL else text


def _listing(entity: _Entity, list_id: str) -> Listing:
    number, name, kind, programmes, _title, call_sign = map(_text, entity.cells[:6])
    # The first part ends where the publisher cuts it, so its last blank counts.
    first = entity.cells[11] if _text(entity.cells[11]) else ""
    remarks = "".join((first, *entity.comments)).strip()
    found = _Remarks.of(remarks)
    if call_sign:
        found.identifiers.append(Identifier("call_sign", call_sign))
    return Listing(
        id=number,
        list_id=list_id,
        name=name,
        aliases=source.once(entity.aliases),
        kind=_KINDS[kind.lower()],
        countries=source.once(country(address[2]) for address in entity.addresses),
        addresses=source.once(", ".join(filter(None, address)) for address in entity.addresses),
        programmes=source.once(part.strip(" []") for part in re.split(r"\]\s*\[", programmes)),
        identifiers=tuple(dict.fromkeys(found.identifiers)),
        remarks=remarks or None,
        source=entity.place,
        weak_aliases=source.once(found.weak_aliases),
        nationalities=source.once(found.nationalities),
        birth_dates=source.once(found.birth_dates),
        gender=found.gender,
    )


@dataclass(slots=True)
class _Remarks:
    """What remarks say in a form that can be read exactly; they are parted by ";"."""

    weak_aliases: list[str] = field(default_factory=list)
    identifiers: list[Identifier] = field(default_factory=list)
    nationalities: list[str | None] = field(default_factory=list)
    birth_dates: list[str | None] = field(default_factory=list)
    gender: Literal["female", "male"] | None = None

    @classmethod
    def of(cls, remarks: str) -> _Remarks:
        found = cls()
        for part in remarks.removesuffix(".").split(";"):
            text = part.strip().removeprefix("alt. ")
            word, _, rest = text.partition(" ")
            if weak := _WEAK.fullmatch(text):
                found.weak_aliases.append(weak[1] or weak[2])
            elif word == "DOB":
                found.birth_dates.append(dates.birth(rest))
            elif word in ("nationality", "citizen"):
                found.nationalities.append(country(rest))
            elif word == "Gender":
                found.gender = us_identifiers.gender(rest)
            elif number := _number(text):
                found.identifiers.append(number)
        return found


def _number(text: str) -> Identifier | None:
    for pattern, scheme in _NUMBERS:
        if start := pattern.match(text):
            value = _BEHIND.split(text[start.end() :], maxsplit=1)[0].strip()
            exact = value and (scheme == "swift" or re.search(r"\d", value))
            return Identifier(scheme, value) if exact else None
    return None
