"""Your own list, from plain mappings: strict, with every defect of every row reported at once.

`id` and `name` are required. `measures` say what an entry stands for in law
(rules/data/measures.yaml); one without them asks for a review. Text, lists of text and ISO dates
are taken as they are; a singular column (`country`, `address`, `programme`) is the same as its
plural. Nothing is corrected.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date, datetime
from typing import Any, Final, get_args

from compliance.errors import Problem, WatchlistError, did_you_mean
from compliance.names import normalize
from compliance.watchlists import measures
from compliance.watchlists.listing import REVIEW, Identifier, Listing, ListingKind, Watchlist

KINDS: Final[frozenset[str]] = frozenset(get_args(ListingKind))
TEXTS: Final = ("citation", "license_requirement", "license_policy", "remarks")
DAYS: Final = ("listed_on", "delisted_on", "possibly_from")
LISTS: Final = (
    "aliases",
    "weak_aliases",
    "countries",
    "nationalities",
    "addresses",
    "programmes",
    "footnotes",
    "birth_dates",
    "measures",
)
SINGULARS: Final = {
    "alias": "aliases",
    "weak_alias": "weak_aliases",
    "nationality": "nationalities",
    "birth_date": "birth_dates",
    "country": "countries",
    "address": "addresses",
    "programme": "programmes",
    "footnote": "footnotes",
    "measure": "measures",
    "identifier": "identifiers",
}
FIELDS: Final = frozenset(("id", "name", "kind", "gender", "identifiers", *DAYS, *TEXTS, *LISTS))
METADATA: Final = frozenset(
    (
        "title",
        "publisher",
        "published",
        "url",
        "note",
        "complete",
        "entries_total",
        "stale_after_days",
    )
)
LONGEST_TEXT: Final = 100_000
_COUNTRY = re.compile(r"[A-Z]{2}", re.ASCII)
_BIRTH_DATE = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?|/\d{4})?", re.ASCII)

Report = Callable[[str, str, str], None]  # field, message, hint


def from_rows(rows: Iterable[Mapping[str, Any]], *, id: str, **metadata: Any) -> Watchlist:
    """A list of your own from mappings with the fields of `Listing`.

    `metadata` may give title, publisher, published, url, note, complete, entries_total and
    stale_after_days. Rows count from 1 in messages.

    Raises:
        WatchlistError: every unknown, missing or unreadable field and every duplicate id.
    """
    numbered = ((f"row {number}", 0, row) for number, row in enumerate(rows, start=1))
    return assemble(numbered, list_id=id, source="", metadata=metadata)


def assemble(
    rows: Iterable[tuple[str, int, Any]],
    *,
    list_id: str,
    source: str,
    metadata: Mapping[str, Any],
) -> Watchlist:
    """A list from (label, line, mapping) triples; a line of 0 is not shown."""
    problems = [
        Problem.at(
            f"unknown metadata {name!r}",
            source=source,
            hint=suggestion(name, METADATA),
            code="watchlist",
        )
        for name in sorted(metadata.keys() - METADATA)
    ]
    if not isinstance(list_id, str) or not normalize(list_id):
        problems.append(Problem.at("a list needs an id", source=source, code="watchlist"))
    published = metadata.get("published")
    listings: list[Listing] = []
    first: dict[str, str] = {}
    for label, line, row in rows:

        def report(
            field: str, message: str, hint: str = "", *, label: str = label, line: int = line
        ) -> None:
            path = f"{label}.{field}" if field else label
            problems.append(
                Problem(source, line, 1 if line else 0, path, message, hint, "watchlist")
            )

        listing = listing_from(
            row, list_id=list_id, published=published, source=source or label, report=report
        )
        if listing is None:
            continue
        if listing.id in first:
            report("id", f"{listing.id!r} twice", f"first in {first[listing.id]}")
        first.setdefault(listing.id, label)
        listings.append(listing)
    if problems:
        raise WatchlistError(problems)
    return Watchlist(id=list_id, listings=tuple(listings), **{"title": list_id, **metadata})


def listing_from(
    row: Any, *, list_id: str, published: date | None, source: str, report: Report
) -> Listing | None:
    """One listing from one mapping; None where id or name is missing, which is reported."""
    if not isinstance(row, Mapping):
        report("", f"expected a mapping, found {type(row).__name__}", "")
        return None
    given: dict[str, Any] = {}
    for key, value in row.items():
        field = SINGULARS.get(key, key)
        if field not in FIELDS:
            report(str(key), "unknown field", suggestion(str(key), FIELDS | SINGULARS.keys()))
        elif field in given:
            report(str(key), f"both {key} and its other number are given", "keep one")
        else:
            given[field] = value
    found: dict[str, Any] = {field: _texts(given, field, report) for field in LISTS}
    found |= {field: _text(given, field, report) for field in TEXTS}
    found |= {field: _date(given, field, report) for field in DAYS}
    found["measures"] = _measures(found["measures"], report)
    found["identifiers"] = _identifiers(given.get("identifiers"), report)
    _check_countries(found, report)
    found["gender"] = _gender(given, report)
    _check_birth_dates(found["birth_dates"], report)
    _check_order(found, report)
    kind = _text(given, "kind", report) or "unknown"
    if kind not in KINDS:
        report("kind", f"unknown kind {kind!r}", suggestion(kind, KINDS))
    name, identity = _text(given, "name", report), _text(given, "id", report)
    for field, value in (("id", identity), ("name", name)):
        if not value:
            report(field, "missing", "each entry has an id and a name")
        elif field == "name" and not normalize(value):
            report(field, f"{value!r} has no letter and no digit", "")
    if not name or not identity:
        return None
    return Listing(
        id=identity,
        list_id=list_id,
        name=name,
        kind=kind,  # type: ignore[arg-type]  # checked against KINDS above
        source=source,
        published=published,
        **found,
    )


def suggestion(word: str, known: Collection[str]) -> str:
    """A "did you mean" for a word that is not known; all known words where none is near."""
    return did_you_mean(word, known) or f"known: {', '.join(sorted(known))}"


def _text(given: Mapping[str, Any], field: str, report: Report) -> str | None:
    value = given.get(field)
    if value is None:
        return None
    if isinstance(value, int) and not isinstance(value, bool) and field == "id":
        value = str(value)
    if not isinstance(value, str):
        report(field, f"expected text, found {value!r}", "")
        return None
    if len(value) > LONGEST_TEXT or "\0" in value:
        report(field, f"a NUL byte, or longer than {LONGEST_TEXT} characters", "")
        return None
    return value.strip() or None


def _texts(given: Mapping[str, Any], field: str, report: Report) -> tuple[str, ...]:
    value = given.get(field)
    if value is None:
        return ()
    values = [value] if isinstance(value, str) else value
    if not isinstance(values, list | tuple):
        report(field, f"expected text or a list of texts, found {value!r}", "")
        return ()
    texts = (_text({field: item}, field, report) for item in values)
    return tuple(text for text in texts if text)


def _date(given: Mapping[str, Any], field: str, report: Report) -> date | None:
    value = given.get(field)
    if value is None or (isinstance(value, date) and not isinstance(value, datetime)):
        return value
    try:
        if isinstance(value, str) and re.fullmatch(r"\d{4}-\d{2}-\d{2}", value, re.ASCII):
            return date.fromisoformat(value)
    except ValueError:
        pass  # reported below like every other text that is no date
    report(field, f"{value!r} is not a date", "write YYYY-MM-DD")
    return None


def _identifiers(value: Any, report: Report) -> tuple[Identifier, ...]:
    if value is None:
        return ()
    found = []
    for item in value if isinstance(value, list | tuple) else [value]:
        scheme, number = "", ""
        if isinstance(item, Mapping) and item.keys() == {"scheme", "value"}:
            scheme, number = item["scheme"], item["value"]
        elif isinstance(item, str):
            scheme, _, number = item.partition(":")
        if isinstance(scheme, str) and isinstance(number, str) and scheme and number.strip():
            found.append(Identifier(scheme.strip(), number.strip()))
        else:
            report("identifiers", f"{item!r} is not an identifier", "{scheme, value}, as text")
    return tuple(found)


def _check_countries(found: Mapping[str, Any], report: Report) -> None:
    for field in ("countries", "nationalities"):
        for country in found[field]:
            if not _COUNTRY.fullmatch(country):
                report(field, f"{country!r} is not a country code", "ISO 3166 alpha-2, as CN")


def _gender(given: Mapping[str, Any], report: Report) -> str | None:
    gender = _text(given, "gender", report)
    if gender not in (None, "female", "male"):
        report("gender", f"unknown gender {gender!r}", "female or male, or leave it out")
    return gender


def _check_birth_dates(dates: tuple[str, ...], report: Report) -> None:
    for text in dates:
        if not _BIRTH_DATE.fullmatch(text):
            report("birth_dates", f"{text!r} is not a date", "1960, 1960-05, 1960-05-17, 1960/1963")


def _check_order(found: Mapping[str, Any], report: Report) -> None:
    listed, delisted, possibly = (found[field] for field in DAYS)
    if listed and delisted and delisted < listed:
        report("delisted_on", f"{delisted} is before listed_on {listed}", "")
    if possibly and not (listed and possibly < listed):
        report("possibly_from", f"{possibly} is not before listed_on {listed}", "")


def _measures(names: tuple[str, ...], report: Report) -> tuple[str, ...]:
    """The measures given, sorted; `review` where none is, for then it is your own list."""
    for name in names:
        if name not in measures.known():
            report("measures", f"unknown measure {name!r}", suggestion(name, measures.known()))
    return tuple(sorted(set(names) or (REVIEW,)))
