"""A delta applied is the full load, for any two lists; and as JSON it is the same delta."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from compliance.watchlists import Dated, Identifier, Listing, Watchlist
from compliance.watchlists.snapshots import Delta, apply, delta

TEXT = st.text(alphabet=st.characters(exclude_categories=["Cs"]), min_size=1, max_size=5)
DAYS = st.sampled_from([None, date(2020, 1, 1), date(2024, 3, 1), date(2026, 2, 27)])
TEXTS = st.lists(TEXT, max_size=2).map(tuple)


@st.composite
def listings(draw: st.DrawFn, id_: str) -> Listing:
    """An entry of an id."""
    return Listing(
        id=id_,
        list_id="own",
        name=draw(TEXT),
        aliases=draw(TEXTS),
        kind=draw(st.sampled_from(["organization", "person", "unknown"])),
        identifiers=draw(st.lists(st.builds(Identifier, TEXT, TEXT), max_size=1).map(tuple)),
        listed_on=draw(DAYS),
        remarks=draw(st.none() | TEXT),
        source=draw(TEXT),
        published=draw(DAYS),
        gender=draw(st.sampled_from([None, "female", "male"])),
        dates=draw(st.lists(st.builds(Dated, TEXT, DAYS.filter(bool)), max_size=1).map(tuple)),
    )


@st.composite
def watchlists(draw: st.DrawFn) -> Watchlist:
    """A list of some of eight ids in any order."""
    ids = draw(st.lists(st.sampled_from("abcdefgh"), unique=True, max_size=8))
    return Watchlist(
        id="own",
        title=draw(TEXT),
        listings=tuple(draw(listings(id_)) for id_ in ids),
        published=draw(DAYS),
        note=draw(st.sampled_from(["", "note"])),
        complete=draw(st.booleans()),
        entries_total=draw(st.none() | st.integers(0, 9)),
        stale_after_days=draw(st.none() | st.integers(1, 9)),
    )


@given(watchlists(), watchlists())
def test_a_delta_applied_is_the_full_load(old: Watchlist, new: Watchlist) -> None:
    found = delta(old, new)
    applied = apply(old, found)
    assert applied.snapshot == new.snapshot
    assert [entry.id for entry in applied.listings] == [entry.id for entry in new.listings]


@given(watchlists(), watchlists())
def test_a_delta_as_json_is_the_same_delta(old: Watchlist, new: Watchlist) -> None:
    found = delta(old, new)
    again = Delta.from_json(found.to_json())
    assert (again, again.to_json()) == (found, found.to_json())


@given(watchlists(), st.permutations("abcdefgh"))
def test_only_the_order_of_a_list_is_moved(old: Watchlist, order: list[str]) -> None:
    entries = {entry.id: entry for entry in old.listings}
    new = Watchlist(
        **{
            **{name: getattr(old, name) for name in old.__dataclass_fields__},
            "listings": tuple(entries[id_] for id_ in order if id_ in entries),
        }
    )
    found = delta(old, new)
    assert (found.added, found.removed, found.changed, found.about) == ((), (), (), ())
    assert len(found.moved) < max(len(entries), 1)
    assert apply(old, found).snapshot == new.snapshot


@given(watchlists())
def test_a_list_does_not_differ_from_itself(same: Watchlist) -> None:
    assert delta(same, same) == Delta("own", same.snapshot, same.snapshot)
