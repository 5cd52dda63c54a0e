"""An entry of the US Consolidated Screening List, whichever file it stands in.

Publisher: the International Trade Administration, https://www.trade.gov/consolidated-screening-list

The publisher writes the same entries as CSV and as JSON; both readers bring theirs here, so that
the same entry is the same listing. Invariants:

- the id is the abbreviation of the source and a number: "SDN:21944" by `entity_number`, else
  "EL:4398d33e..." by the row's own id, else "EL:32 Group China Ltd." by `name`. The row's id alone
  is not unique (a party on two of OFAC's lists has one number). A repeated id gets "#2", "#3" in
  file order;
- programmes are that abbreviation, the parentheses of `source` ("EL", "NS-MBS"), then `programs`;
  the abbreviation says the measures of the entry (rules/data/measures.yaml, "ita-csl"), a
  directive among `ids` and the words of the requirement narrow them;
- `end_date` is `delisted_on` on the Denied Persons List alone, where it is the end of the denial;
  on another it is the day "ends" of `dates`;
- numbers of the labels in `us_identifiers` are identifiers (an LEI or IMO number only of its form),
  the sex is `gender`, everything else among `ids` is left out;
- the files have no day of publication and no mark of weak aliases: neither is given.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from compliance.errors import Problem
from compliance.places import country
from compliance.watchlists import dates
from compliance.watchlists.list_file import check_entries, once, problem, words
from compliance.watchlists.listing import Dated, Listing, ListingKind, Watchlist
from compliance.watchlists.measures import Deriving
from compliance.watchlists.readers import us_identifiers

LIST_ID: Final = "ita-csl"
URL: Final = "https://www.trade.gov/consolidated-screening-list"
TEXTS: Final = frozenset(
    {
        "source",
        "entity_number",
        "type",
        "name",
        "federal_register_notice",
        "start_date",
        "end_date",
        "license_requirement",
        "license_policy",
        "vessel_flag",
        "remarks",
    }
)
LISTS: Final = frozenset(
    {"programs", "alt_names", "citizenships", "dates_of_birth", "nationalities"}
)
_KINDS: Final[Mapping[str, ListingKind]] = {
    "": "unknown",
    "individual": "person",
    "entity": "organization",
    "vessel": "vessel",
    "aircraft": "aircraft",
}
_DENIED: Final = "DPL"
_SOURCE = re.compile(r"\(([A-Z][A-Z-]*)(?: List)?\)")
_AND = re.compile(r"^and\s+")


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: `TEXTS` as texts ("" for none), `LISTS` and the rest as lists.

    It stands on `line`, or, where that is 0, at the path `where` inside the file. `own_id` is the
    file's id of the row; `places` are texts that name countries of addresses; `numbers` are pairs
    of label and value. `said` is every text among the numbers, as written.
    """

    line: int
    where: str
    texts: Mapping[str, str]
    lists: Mapping[str, tuple[str, ...]]
    own_id: str
    addresses: tuple[str, ...]
    places: tuple[str, ...]
    numbers: tuple[tuple[str, str], ...]
    said: str = ""


def watchlist(path: Path, list_id: str | None, entries: Iterable[Entry]) -> Watchlist:
    """The list of the entries of one file; its id is `list_id`, or else "ita-csl".

    Raises:
        WatchlistError: an entry without source or name, a start or end that is no day, each where
            it stands; no entry at all; a source that the table of measures does not know.
    """
    id_ = list_id or LIST_ID
    listings: list[Listing] = []
    problems: list[Problem] = []
    seen: Counter[str] = Counter()
    deriving = Deriving.by(LIST_ID)
    for entry in entries:
        found = _refusals(entry.texts)
        problems += [problem(path, text, line=entry.line, where=entry.where) for text in found]
        if not found:
            own = _id(entry)
            seen[own] += 1
            number = f"#{seen[own]}" if seen[own] > 1 else ""
            place = f"{path}:{entry.line}" if entry.line else f"{path}: {entry.where}"
            measures = _measures(entry, own, deriving)
            listings.append(replace(_listing(entry, own + number, id_, place), measures=measures))
    check_entries(path, listings, problems, "no rows")
    deriving.settle(path)
    return Watchlist(
        id=id_,
        title="Consolidated Screening List",
        listings=tuple(listings),
        publisher="International Trade Administration, US Department of Commerce",
        url=URL,
    )


def several(*texts: str) -> tuple[str, ...]:
    """The values of texts, each cut at ";"; an "and" that begins a later value is dropped."""
    found = [words(part) for text in texts for part in text.split(";")]
    return once([*found[:1], *(_AND.sub("", part) for part in found[1:])])


def _refusals(texts: Mapping[str, str]) -> list[str]:
    found = [f"no {column}" for column in ("source", "name") if not texts[column]]
    if texts["type"].lower() not in _KINDS:
        found.append(f"type {texts['type']!r} is not known")
    return found + [
        f"{column} {texts[column]!r} is not a day"
        for column in ("start_date", "end_date")
        if texts[column] and dates.day(texts[column]) is None
    ]


def _id(entry: Entry) -> str:
    number = entry.texts["entity_number"] or entry.own_id or words(entry.texts["name"])
    return f"{_abbreviation(entry.texts['source'])}:{number}"


def _measures(entry: Entry, id_: str, deriving: Deriving) -> tuple[str, ...]:
    texts = entry.texts
    told = (entry.said, texts["remarks"], texts["license_requirement"])
    return deriving.of(
        (_abbreviation(texts["source"]),), text="; ".join(filter(None, told)), entry=id_
    )


def _abbreviation(source: str) -> str:
    """What stands in the parentheses of `source`; where there are none, its words."""
    found = _SOURCE.search(source)
    return found[1] if found else source.partition(" - ")[0]


def _listing(entry: Entry, id_: str, list_id: str, source: str) -> Listing:
    texts, lists = entry.texts, entry.lists
    listed_in = _abbreviation(texts["source"])
    denied = listed_in == _DENIED
    ended = dates.day(texts["end_date"])
    genders = [value for label, value in entry.numbers if label == us_identifiers.GENDER]
    return Listing(
        id=id_,
        list_id=list_id,
        name=words(texts["name"]),
        aliases=lists["alt_names"],
        kind=_KINDS[texts["type"].lower()],
        countries=once(country(text) for text in (*entry.places, texts["vessel_flag"])),
        addresses=entry.addresses,
        programmes=once([listed_in, *lists["programs"]]),
        identifiers=tuple(
            dict.fromkeys(
                found
                for label, value in entry.numbers
                if (found := us_identifiers.number(label, value))
            )
        ),
        listed_on=dates.day(texts["start_date"]),
        delisted_on=ended if denied else None,
        citation=words(texts["federal_register_notice"]) or None,
        license_requirement=words(texts["license_requirement"]) or None,
        license_policy=words(texts["license_policy"]) or None,
        remarks=words(texts["remarks"]) or None,
        source=source,
        nationalities=once(country(x) for x in (*lists["nationalities"], *lists["citizenships"])),
        birth_dates=once(dates.birth(text) for text in lists["dates_of_birth"]),
        gender=us_identifiers.gender(genders[0]) if genders else None,
        dates=(Dated("ends", ended),) if ended and not denied else (),
    )
