"""One OFAC delta file, and a list after it.

Nothing in a delta file says what it must be applied to; the list is held to what can be checked:
an entity is added that it has not yet, changed or removed that it has, under the name that it has,
and loses what it says of it. One file is of all lists: an entity counts by the list that it is on.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Final, TypeVar

from compliance.errors import Problem, WatchlistError
from compliance.files import Placed
from compliance.places import country
from compliance.watchlists import dates
from compliance.watchlists.list_file import child_text, defect, placed, problem
from compliance.watchlists.listing import Identifier, Listing, Watchlist
from compliance.watchlists.measures import Deriving
from compliance.watchlists.readers.ofac_delta_entities import (
    SHAPE,
    Facts,
    after,
    before,
    strange_actions,
)
from compliance.watchlists.readers.ofac_xml import KINDS, LIST_ID

_SDN: Final = "SDN List"
_INFO: Final = "publicationInfo"
_ENTITY: Final = "entity"
_Said = TypeVar("_Said")


@dataclass(frozen=True, slots=True)
class Change:
    """What a delta file says of one entity."""

    number: str
    action: str
    before: Facts
    after: Facts
    listed_on: dict[str, date | None]
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Delta:
    """One delta file: the day of its publication, and its changes in order."""

    path: Path
    published: date
    changes: tuple[Change, ...]


def read_delta(path: Path) -> Delta:
    """One delta file.

    Raises:
        WatchlistError: with line and column, what is not of the format; no day of publication; an
            unknown action; an entity twice or without a number.
        InputError: as `read_sdn`.
    """
    found = placed(path, SHAPE, _INFO, _ENTITY)
    first = next(found, None)
    text = child_text(first.element, "datePublished") if first else ""
    published = dates.day(text[:10])
    if first is None or first.element.tag != _INFO or published is None:
        raise defect(path, f"{_INFO} has no datePublished that is a day", line=1)
    problems: list[Problem] = []
    changes: dict[str, Change] = {}
    for at in found:
        change = _change(at)
        faults = list(strange_actions(at.element))
        if change.number in changes or not change.number.isdecimal():
            faults.append(f"the entity {change.number!r} is no number, or stands a second time")
        problems += [problem(path, fault, line=at.line, column=at.column) for fault in faults]
        changes[change.number] = change
    if problems:
        raise WatchlistError(problems)
    return Delta(path, published, tuple(changes.values()))


def apply(base: Watchlist, delta: Delta, kind: str = LIST_ID) -> Watchlist:
    """The list after a delta; `kind` is "ofac-sdn" or "ofac-consolidated", which `base` is.

    Raises:
        WatchlistError: the base does not fit: it has no day or is of a later one; with its place,
            each entity that contradicts it; a programme that is not known.
    """
    if base.published is None or delta.published < base.published:
        message = f"a delta of {delta.published} and a list of {base.published or 'no day'}"
        raise defect(delta.path, message, hint="a delta is applied to an earlier list")
    listings = {listing.id: listing for listing in base.listings}
    problems: list[Problem] = []
    for change in delta.changes:
        faults = _applied(change, listings, kind, base, delta)
        problems += [
            problem(delta.path, f"{change.number}: {f}", line=change.line, column=change.column)
            for f in faults
        ]
    if problems:
        raise WatchlistError(problems)
    deriving = Deriving.by(kind)
    for change in delta.changes:
        if change.number in listings:
            listing = listings[change.number]
            listings[change.number] = replace(
                listing, measures=_measures(change, listing, deriving)
            )
    deriving.settle(delta.path)
    return replace(
        base,
        listings=tuple(replace(each, published=delta.published) for each in listings.values()),
        published=delta.published,
        entries_total=len(listings),
        note="; ".join(filter(None, (base.note, f"delta of {delta.published}"))),
    )


def _measures(change: Change, listing: Listing, deriving: Deriving) -> tuple[str, ...]:
    """The measures after a change: more where more is said, and fewer where a programme ended."""
    old, new = change.before, change.after
    unchanged = (old.programmes, old.said) == (new.programmes, new.said)
    if change.action != "add" and unchanged:
        return listing.measures
    text = "; ".join(filter(None, (listing.remarks, new.said)))
    found = deriving.of(listing.programmes, text=text, entry=listing.id)
    ended = set(old.programmes) - set(new.programmes)
    kept = () if change.action == "add" or ended else listing.measures
    return tuple(sorted({*found, *kept}))


def _change(at: Placed) -> Change:
    entity = at.element
    action = entity.get("action") or "update"
    earlier, later = before(entity), after(entity)
    days = {
        " ".join((item.text or "").split()): dates.day(item.get("datePublished", ""))
        for item in entity.findall("sanctionsLists/sanctionsList")
    }
    return Change(entity.get("id"), action, earlier, later, days, at.line, at.column)


def _on(lists: Sequence[str], kind: str) -> bool:
    """Whether one of the lists is the one that is read."""
    return any((name == _SDN) == (kind == LIST_ID) for name in lists)


def _applied(
    change: Change, listings: dict[str, Listing], kind: str, base: Watchlist, delta: Delta
) -> list[str]:
    """Bring the listings up to date with a change; what is wrong with it."""
    known = listings.get(change.number)
    was, is_ = _on(change.before.lists, kind), _on(change.after.lists, kind)
    silent = not change.before.lists and not change.after.lists
    added = change.action == "add" or (change.action == "update" and is_ and not was)
    removed = change.action == "remove" or (change.action == "update" and was and not is_)
    if (change.action in ("add", "remove") and not silent and not (was or is_)) or (
        known is None and not (was or is_) and change.action == "update"
    ):
        return []  # of another list
    if added:
        if known is not None:
            return ["added, and the list has it already"]
        made = _added(change, kind, base, delta)
        if isinstance(made, str):
            return [made]
        listings[change.number] = made
        return []
    if known is None:
        return ["changed or removed, and the list does not have it"]
    if faults := list(_contradictions(known, change)):
        return faults
    if removed:
        del listings[change.number]
    else:
        listings[change.number] = _updated(known, change)
    return []


def _added(change: Change, kind: str, base: Watchlist, delta: Delta) -> Listing | str:
    facts = change.after
    days = [day for name, day in change.listed_on.items() if _on([name], kind)]
    if not facts.name or not facts.lists:
        return "added without a name or a list: the delta does not hold it whole"
    if facts.kind.lower() not in KINDS:
        return f"unknown type {facts.kind!r}"
    return Listing(
        id=change.number,
        list_id=base.id,
        name=facts.name,
        aliases=facts.strong,
        weak_aliases=facts.weak,
        kind=KINDS[facts.kind.lower()],
        countries=facts.countries,
        addresses=facts.addresses,
        programmes=facts.programmes,
        identifiers=facts.identifiers,
        listed_on=min((day for day in days if day), default=None),
        remarks=facts.remarks or None,
        source=f"{delta.path}:{change.line}",
        published=delta.published,
        nationalities=facts.nationalities,
        birth_dates=facts.birth_dates,
        gender=facts.gender,
    )


def _contradictions(known: Listing, change: Change) -> Iterator[str]:
    """What the entity said before and the list does not say: then it is not the base.

    Beside the name, only what the change takes away is asked for: files of one publisher write
    the rest of an entry in more than one way, and SDN.XML has names in Latin alone.
    """
    old, new = change.before, change.after
    if old.name and old.name != known.name:
        yield f"named {old.name!r} before, and {known.name!r} on the list"
    if change.action == "remove":
        return
    told: tuple[tuple[str, tuple[object, ...], tuple[object, ...], tuple[object, ...]], ...] = (
        ("programme", old.programmes, new.programmes, known.programmes),
        ("address", old.addresses, new.addresses, known.addresses),
        ("number", old.identifiers, new.identifiers, known.identifiers),
        ("birth", old.birth_dates, new.birth_dates, known.birth_dates),
        ("weak alias", old.weak, new.weak, known.weak_aliases),
        ("alias", tuple(text for text in old.strong if _latin(text)), new.strong, known.aliases),
    )
    for what, said, later, listed in told:
        for text in said:
            if text not in later and text not in listed:
                shown = text.value if isinstance(text, Identifier) else text
                yield f"{what} {shown!r} before, which the list does not have"


def _latin(text: str) -> bool:
    return all(ord(character) < 0x250 for character in text)


def _updated(known: Listing, change: Change) -> Listing:
    old, new = change.before, change.after
    addresses = _moved(known.addresses, old.addresses, new.addresses)
    gone = [
        code
        for code in old.countries
        if code not in new.countries and not any(_names(text, code) for text in addresses)
    ]
    return replace(
        known,
        name=new.name or known.name,
        aliases=_moved(known.aliases, old.strong, new.strong),
        weak_aliases=_moved(known.weak_aliases, old.weak, new.weak),
        kind=KINDS.get(new.kind.lower(), known.kind),
        programmes=_moved(known.programmes, old.programmes, new.programmes),
        addresses=addresses,
        countries=_moved(known.countries, gone, new.countries),
        nationalities=_moved(known.nationalities, old.nationalities, new.nationalities),
        identifiers=_moved(known.identifiers, old.identifiers, new.identifiers),
        birth_dates=_moved(known.birth_dates, old.birth_dates, new.birth_dates),
        gender=new.gender if new.gender or old.gender else known.gender,
        remarks=(new.remarks or None) if new.remarks != old.remarks else known.remarks,
    )


def _names(address: str, code: str) -> bool:
    """Whether an address names a country, by its last parts."""
    return any(country(part) == code for part in address.split(", ")[-2:])


def _moved(
    listed: Iterable[_Said], old: Iterable[_Said], new: Iterable[_Said]
) -> tuple[_Said, ...]:
    """What is listed, without what was said before and is not said after, with what is."""
    later, earlier = tuple(new), set(old)
    kept = [each for each in listed if each in later or each not in earlier]
    return tuple(dict.fromkeys([*kept, *later]))
