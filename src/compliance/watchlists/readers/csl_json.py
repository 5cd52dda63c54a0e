"""The "ita-csl-json" format: the US Consolidated Screening List as JSON.

Publisher: the International Trade Administration. Its page, under "JSON":
https://www.trade.gov/consolidated-screening-list

One object with `results`, a list of entries; each is one listing, made as `csl` tells, the same as
its row of the CSV file. An entry has the keys of its own list only (the Entity List has no `ids`),
others are null, and keys that are not known are left alone. Of the file itself:

- `total`, where it is there, must be the number of results: one page of an answer is not the list;
- `addresses` are objects; a line is address, city, state, postal_code, country in this order, cut
  at ";" as in the CSV file. Their `country`, an entry's own, and a vessel's flag are its countries;
- `ids` are objects with type and number; the country and days of issue and expiration are not
  carried;
- a text may stand where a list is expected (`alt_names`): it is cut at ";" as in the CSV file.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from compliance.errors import WatchlistError
from compliance.watchlists.list_file import defect, json_value, problem, words
from compliance.watchlists.listing import Watchlist
from compliance.watchlists.readers import csl
from compliance.watchlists.readers.csl import Entry, several

_ADDRESS: Final = ("address", "city", "state", "postal_code", "country")
_NUMBER: Final = ("type", "number")
_OBJECTS: Final = {"addresses": _ADDRESS, "ids": _NUMBER}
_ANSWER: Final = frozenset({"results", "total", "offset", "sources", "search_performed_at"})
_ENTRY: Final = csl.TEXTS | csl.LISTS | {
    *("_id", "id", "score", "title", "country", "addresses", "ids", "places_of_birth"),
    *("standard_order", "source_list_url", "source_information_url", "call_sign", "vessel_type"),
    *("vessel_owner", "gross_tonnage", "gross_registered_tonnage"),
}  # fmt: skip
_OF_NUMBERS: Final = frozenset({*_NUMBER, "country", "issue_date", "expiration_date"})
_KNOWN: Final = {"addresses": frozenset(_ADDRESS), "ids": _OF_NUMBERS}
_TEXTS: Final = (*sorted(csl.TEXTS), "id", "country")


def read_json(path: Path, id: str | None = None) -> Watchlist:
    """The list of one file; its id is `id`, or else "ita-csl".

    Raises:
        WatchlistError: not JSON, with its line; no `results`, or another number than `total`; an
            entry without source or name, with an unknown key or type, a start or end that is no
            day, or a value of another type, each with its place.
    """
    value = json_value(path)
    results = value.get("results") if isinstance(value, dict) else None
    if not isinstance(results, list):
        raise defect(path, "not an object with a list `results`")
    if unknown := _unknown(value, _ANSWER):
        raise defect(path, f"unknown {unknown}")
    total = value.get("total", len(results))
    if total != len(results):
        message = f"total is {total!r} where there are {len(results)} results"
        raise defect(path, message, hint="one page of an answer is not the list")
    found = [
        problem(path, message, where=f"results.{number}")
        for number, result in enumerate(results)
        for message in _defects(result)
    ]
    if found:
        raise WatchlistError(found)
    return csl.watchlist(path, id, map(_entry, range(len(results)), results))


def _entry(number: int, result: Mapping[str, Any]) -> Entry:
    places = result.get("addresses") or ()
    lines = [", ".join(filter(None, (_text(place, key) for key in _ADDRESS))) for place in places]
    return Entry(
        line=0,
        where=f"results.{number}",
        texts={column: _text(result, column) for column in csl.TEXTS},
        lists={column: _list(result, column) for column in csl.LISTS},
        own_id=_text(result, "id"),
        addresses=several(*lines),
        places=(*(_text(place, "country") for place in places), _text(result, "country")),
        numbers=tuple(
            (_text(item, "type"), _text(item, "number")) for item in result.get("ids") or ()
        ),
        said="; ".join(
            " ".join((_text(item, "type"), _text(item, "number")))
            for item in result.get("ids") or ()
        ),
    )


def _text(value: Mapping[str, Any], key: str) -> str:
    found = value.get(key)
    return words("" if found is None else str(found))


def _list(value: Mapping[str, Any], key: str) -> tuple[str, ...]:
    found = value.get(key) or ()
    return several(found) if isinstance(found, str) else several(*found)


def _defects(result: Any) -> Iterator[str]:
    """What of one entry is not of its type; numbers may be written as numbers."""
    if not isinstance(result, dict):
        yield "not an object"
        return
    if unknown := _unknown(result, _ENTRY):
        yield f"unknown {unknown}"
    yield from _not_texts(result, _TEXTS, "")
    for key in sorted(csl.LISTS):
        value = result.get(key)
        many = isinstance(value, list) and all(isinstance(text, str) for text in value)
        if not (many or isinstance(value, str | None)):
            yield f"{key} is neither a list of texts nor null"
    for key, keys in _OBJECTS.items():
        value = result.get(key)
        if not (value is None or isinstance(value, list)):
            yield f"{key} is neither a list nor null"
            continue
        for number, item in enumerate(value or ()):
            if isinstance(item, dict):
                if unknown := _unknown(item, _KNOWN[key]):
                    yield f"{key}.{number}: unknown {unknown}"
                yield from _not_texts(item, keys, f"{key}.{number}.")
            else:
                yield f"{key}.{number} is not an object"


def _unknown(value: Mapping[str, Any], known: frozenset[str]) -> str:
    """The keys that the format does not have, "" where there are none."""
    return ", ".join(sorted(map(repr, value.keys() - known)))


def _not_texts(value: Mapping[str, Any], keys: tuple[str, ...], where: str) -> Iterator[str]:
    for key in keys:
        found = value.get(key)
        if isinstance(found, bool) or not isinstance(found, str | int | None):
            yield f"{where}{key} is neither a text nor null"
