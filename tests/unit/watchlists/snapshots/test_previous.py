"""What a copy lost against the one before is told, by kind; what publishers do daily is not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from compliance.watchlists import Identifier, Listing, Watchlist, read
from compliance.watchlists.snapshots import Guards, publication
from compliance.watchlists.snapshots.previous import reasons
from unit.watchlists.snapshots.keeping import own

GUARDS: Guards = own().guards
MANY = 40


def entry(number: int) -> Listing:
    return Listing(
        id=str(number),
        list_id="own",
        name=f"Ilse {number} Brandmoor of Velk",
        aliases=(f"Ilse {number}", f"Brandmoor {number}"),
        weak_aliases=("The Lion",),
        kind="person",
        countries=("NO",),
        nationalities=("NO",),
        addresses=("1 Road, Velk", "2 Road, Velk"),
        programmes=("EL" if number % 2 else "SDN",),
        identifiers=(Identifier("passport", f"A{number}"), Identifier("tax", f"7{number}")),
        birth_dates=("1970-05-17",),
        gender="female",
        listed_on=date(2016, 3, 2),
        citation="81 FR 1",
        license_requirement="For all items",
    )


OLD = Watchlist(id="own", title="Own", listings=tuple(map(entry, range(MANY))))

Change = Callable[[Listing], Listing]


def changed(change: Change, count: int = MANY) -> Watchlist:
    """The list with the first entries changed."""
    first = (change(listing) for listing in OLD.listings[:count])
    return replace(OLD, listings=(*first, *OLD.listings[count:]))


def told(new: Watchlist, guards: Guards = GUARDS) -> dict[str, list[str]]:
    return {name: found for name, found in reasons(guards, new, OLD).items() if found}


EMPTIED: dict[str, Change] = {
    "aliases": lambda x: replace(x, aliases=()),
    "weak_aliases": lambda x: replace(x, weak_aliases=(), aliases=(*x.aliases, "The Lion")),
    "birth_dates": lambda x: replace(x, birth_dates=()),
    "addresses": lambda x: replace(x, addresses=x.addresses[:1]),
    "nationalities": lambda x: replace(x, nationalities=()),
    "countries": lambda x: replace(x, countries=()),
    "programmes": lambda x: replace(x, programmes=()),
    "measures": lambda x: replace(x, measures=()),
    "identifiers.passport": lambda x: replace(x, identifiers=x.identifiers[1:]),
    "identifiers.tax": lambda x: replace(x, identifiers=x.identifiers[:1]),
    "kind": lambda x: replace(x, kind="unknown"),
    "gender": lambda x: replace(x, gender=None),
    "listed_on": lambda x: replace(x, listed_on=None),
    "citation": lambda x: replace(x, citation=None),
    "license_requirement": lambda x: replace(x, license_requirement=None),
}


def test_the_same_list_gives_no_reason() -> None:
    assert told(OLD) == {}


@pytest.mark.parametrize("kind", EMPTIED)
def test_each_kind_of_field_that_many_entries_lose_is_told(kind: str) -> None:
    found = told(changed(EMPTIED[kind], 7))["fields"]
    assert f"7 of 40 entries have fewer {kind}, more than 15%" in found
    assert "fields" not in told(changed(EMPTIED[kind], 6))


def test_names_that_lost_a_word_are_told_from_names_that_are_others() -> None:
    shorter = changed(lambda x: replace(x, name=x.name.removesuffix(" of Velk")), 1)
    assert told(shorter)["names"] == [
        "1 of 40 entries lost a word of their names, more than 2%: Ilse 0 Brandmoor"
    ]
    assert told(changed(lambda x: replace(x, name=f"{x.name}, Dr"), 1)) == {}


def test_many_changed_entries_are_told_and_words_of_the_publisher_are_no_change() -> None:
    other = told(changed(lambda x: replace(x, name=f"{x.name} Dr"), 13))
    assert list(other) == ["changed"]
    assert other["changed"][0].startswith("13 of 40 entries are changed, more than 30%: ")
    assert told(changed(lambda x: replace(x, name=f"{x.name} Dr"), 12)) == {}
    assert told(changed(lambda x: replace(x, remarks="reviewed"))) == {}


def test_a_source_of_a_list_of_lists_is_compared_by_itself() -> None:
    kept = tuple(x for x in OLD.listings if x.programmes != ("EL",) or int(x.id) > 12)
    new = replace(OLD, listings=kept)
    several = replace(GUARDS, constituents=True, largest_share_vanished=Decimal("0.25"))
    assert told(new, several)["constituents"] == [
        (
            "6 of 20 entries of EL are gone, more than 25%: "
            "Ilse 1 Brandmoor of Velk; Ilse 3 Brandmoor of Velk; Ilse 5 Brandmoor of Velk ..."
        )
    ]
    assert told(new) == {}


@pytest.mark.shared
def test_six_years_of_the_united_nations_are_no_drift_and_a_lost_name_is(shared: Path) -> None:
    guards = publication("un-sc").guards
    old = read("un-xml", shared / "un" / "UN_consolidated_2020.xml.gz")
    new = read("un-xml", shared / "un" / "UN_consolidated_2026-02-27.xml.gz")
    assert not any(reasons(guards, new, old).values())
    first = tuple(replace(x, name=x.name.partition(" ")[0]) for x in new.listings)
    assert reasons(guards, replace(new, listings=first), old)["names"]
