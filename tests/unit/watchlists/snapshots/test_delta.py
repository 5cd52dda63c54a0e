"""snapshots.delta: what changed, on small lists and on the real ones of the United Nations."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from compliance.errors import WatchlistError
from compliance.watchlists import Dated, Identifier, Listing, Watchlist, from_rows, read
from compliance.watchlists.snapshots import Delta, apply, delta
from compliance.watchlists.snapshots.delta import Changed, FieldChange, Moved, Placed

OLD_DAY, NEW_DAY = date(2024, 3, 1), date(2024, 3, 8)


def made(*names: str, day: date = OLD_DAY, **metadata: Any) -> Watchlist:
    """A list whose entries have the small letter of their name as id."""
    rows = [{"id": name[0].lower(), "name": name} for name in names]
    return from_rows(rows, id="own", published=day, **metadata)


def changed(watchlist: Watchlist, id_: str, **fields: Any) -> Watchlist:
    listings = (replace(e, **fields) if e.id == id_ else e for e in watchlist.listings)
    return replace(watchlist, listings=tuple(listings))


def bare(listing: Listing) -> Listing:
    return replace(listing, source="")


def test_nothing_changed_between_a_list_and_itself() -> None:
    same = made("Qorvex", "Fjordlys")
    assert delta(same, same) == Delta("own", same.snapshot, same.snapshot)


def test_entries_added_removed_and_changed_are_told_apart() -> None:
    old = made("Qorvex", "Fjordlys", "Zembla")
    number = (Identifier("lei", "5493001KJTIIGC8Y1R12"),)
    new = changed(made("Qorvex", "Ultima", "Zembla"), "z", aliases=("Zem",), identifiers=number)
    assert delta(old, new) == Delta(
        list_id="own",
        old=old.snapshot,
        new=new.snapshot,
        added=(Placed(1, bare(new.listings[1])),),
        removed=(bare(old.listings[1]),),
        changed=(
            Changed(
                "z",
                "Zembla",
                (FieldChange("aliases", (), ("Zem",)), FieldChange("identifiers", (), number)),
            ),
        ),
    )


def test_a_new_day_changes_the_list_and_none_of_its_entries() -> None:
    old, new = made("Qorvex", "Fjordlys"), made("Qorvex", "Fjordlys", day=NEW_DAY)
    assert delta(old, new) == Delta(
        "own", old.snapshot, new.snapshot, about=(FieldChange("published", OLD_DAY, NEW_DAY),)
    )
    assert apply(old, delta(old, new)) == new


def test_an_entry_with_a_day_of_its_own_keeps_it() -> None:
    own_day = date(2020, 1, 1)
    old = changed(made("Qorvex", "Fjordlys"), "q", published=own_day)
    new = changed(made("Qorvex", "Fjordlys", day=NEW_DAY), "q", published=own_day)
    assert delta(old, new).changed == ()
    other = made("Qorvex", "Fjordlys", day=NEW_DAY)
    found = delta(old, other)
    assert found.changed == (Changed("q", "Qorvex", (FieldChange("published", own_day, NEW_DAY),)),)
    assert apply(old, found) == other


def test_an_entry_that_keeps_the_day_of_the_old_list_is_told() -> None:
    old = made("Qorvex", "Fjordlys")
    new = replace(old, published=NEW_DAY)
    found = delta(old, new)
    assert [entry.fields for entry in found.changed] == 2 * [
        (FieldChange("published", NEW_DAY, OLD_DAY),)
    ]
    assert apply(old, found) == new


def test_as_few_entries_as_can_be_are_moved() -> None:
    old = made("A", "B", "C", "D", "E")
    new = made("E", "A", "B", "F", "C", "D")
    found = delta(old, new)
    assert found.moved == (Moved(0, "e"),)
    assert [placed.position for placed in found.added] == [3]
    assert apply(old, found).snapshot == new.snapshot


def test_the_source_of_an_entry_is_not_part_of_its_list() -> None:
    old = made("Qorvex")
    elsewhere = changed(old, "q", source="another.csv:7")
    assert delta(old, elsewhere) == Delta("own", old.snapshot, old.snapshot)


def test_a_delta_survives_its_json() -> None:
    old = made("Qorvex", "Fjordlys", "Zembla", stale_after_days=3)
    new = changed(made("Zembla", "Ultima", "Qorvex", day=NEW_DAY), "q", listed_on=OLD_DAY)
    found = delta(old, new)
    again = Delta.from_json(found.to_json())
    assert again == found
    assert again == Delta.from_json(found.to_json() + b"\n")
    assert again.to_json() == found.to_json()
    assert apply(old, again).snapshot == new.snapshot


@pytest.mark.parametrize(
    "change",
    [
        (b'"schema":1', b'"schema":2'),
        (b'"schema":1', b'"schema": 1'),
        (b'"schema":1', b'"schema":1,"surplus":[]'),
        (b'"schema":1', b'"surplus":1'),
        (b'"field":"published"', b'"field":"publishing"'),
        (b'"2024-03-08"', b'"8 March 2024"'),
        (b'"2024-03-08"', b"1709856000"),
    ],
)
def test_json_that_is_no_delta_is_refused(change: tuple[bytes, bytes]) -> None:
    content = delta(made("Qorvex"), made("Qorvex", day=NEW_DAY)).to_json()
    assert change[0] in content
    with pytest.raises(WatchlistError, match=r"^not (a|the canonical spelling of a) delta of a"):
        Delta.from_json(content.replace(*change))


def test_a_delta_applies_to_its_own_list_only() -> None:
    old, new = made("Qorvex", "Fjordlys"), made("Qorvex")
    with pytest.raises(WatchlistError) as caught:
        apply(new, delta(old, new))
    assert str(caught.value) == (
        f"own: the delta starts from the snapshot {old.snapshot}, not from {new.snapshot}"
    )


def test_a_delta_that_was_tampered_with_does_not_apply() -> None:
    old, new = made("Qorvex", "Fjordlys"), made("Qorvex", "Ultima")
    found = delta(old, new)
    for broken, message in (
        (replace(found, removed=()), "leads to the snapshot"),
        (replace(found, added=(Placed(5, found.added[0].listing),)), "leads to the snapshot"),
        (replace(found, changed=(Changed("x", "X", ()),)), "changes the entry x, which is not"),
        (replace(found, moved=(Moved(0, "x"),)), "moves the entry x, which is not there"),
    ):
        with pytest.raises(WatchlistError, match=f"^own: the delta {message}"):
            apply(old, broken)


def test_entries_of_one_id_cannot_be_compared() -> None:
    twice = replace(made("Qorvex"), listings=made("Qorvex").listings * 2)
    with pytest.raises(WatchlistError) as caught:
        delta(made("Qorvex"), twice)
    assert str(caught.value) == "own has entries of the same id: q"


@pytest.fixture(scope="module")
def nations(shared: Path) -> tuple[Watchlist, Watchlist]:
    names = ("UN_consolidated_2020.xml.gz", "UN_consolidated_2026-02-27.xml.gz")
    old, new = (read("un-xml", shared / "un" / name) for name in names)
    return old, new


@pytest.mark.shared
def test_the_list_of_the_united_nations_from_2020_to_2026(
    nations: tuple[Watchlist, Watchlist],
) -> None:
    old, new = nations
    found = delta(old, new)
    counts = (len(found.added), len(found.removed), len(found.changed), len(found.moved))
    assert counts == (91, 106, 665, 795)
    assert len(old.listings) - 106 + 91 == len(new.listings) == 1003
    assert found.about == (FieldChange("published", date(2020, 11, 30), date(2026, 2, 27)),)
    fields = Counter(change.field for entry in found.changed for change in entry.fields)
    assert fields == {
        "remarks": 610,
        "dates": 401,
        "addresses": 73,
        "aliases": 49,
        "countries": 39,
        "identifiers": 23,
        "birth_dates": 22,
        "nationalities": 12,
        "weak_aliases": 10,
        "name": 9,
        "gender": 6,
    }
    assert apply(old, found).snapshot == new.snapshot
    assert apply(old, Delta.from_json(found.to_json())).snapshot == new.snapshot
    assert apply(new, delta(new, old)).snapshot == old.snapshot


@pytest.mark.shared
def test_a_review_that_the_united_nations_added_is_told_with_what_was(
    nations: tuple[Watchlist, Watchlist],
) -> None:
    (change,) = (entry for entry in delta(*nations).changed if entry.id == "QDe.004")
    remarks, dates = change.fields
    known = (Dated("updated", date(2009, 3, 5)), Dated("updated", date(2012, 3, 21)))
    new = (*known, Dated("updated", date(2020, 11, 24)))
    assert (change.name, dates) == ("AL-QAIDA", FieldChange("dates", known, new))
    added = "Review pursuant to Security Council resolution 2368 (2017) was concluded on"
    assert (remarks.field, added in remarks.old, added in remarks.new) == ("remarks", False, True)
