"""watchlists.same_entry: one entry in several files is one, whatever the order of the files."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.watchlists import Identifier, Listing
from compliance.watchlists.matching.same_entry import same_entries

SDN = ("us.sdn",)


def entry(list_id: str, id_: str, name: str = "", measures: tuple[str, ...] = SDN) -> Listing:
    return Listing(id=id_, list_id=list_id, name=name or f"{list_id} {id_}", measures=measures)


@pytest.mark.parametrize(
    ("listings", "groups"),
    [
        # The publisher's number, as the Consolidated Screening List writes it.
        ([entry("ofac-sdn", "52291", "RIM, Ryong Nam"), entry("ita-csl", "SDN:52291")], [[0, 1]]),
        # The name, without the short one in brackets.
        ([entry("a", "x", "Qorvex Ltd (QX)"), entry("b", "y", "QORVEX LTD")], [[0, 1]]),
        # Under another measure it is another entry: SDN and NS-CMIC of one number.
        ([entry("a", "1", "Qorvex"), entry("b", "1", "Qorvex", ("us.ns-cmic",))], [[0], [1]]),
        # Under a common one of several it is one.
        ([entry("a", "1", "Q", ("us.sdn",)), entry("b", "z", "Q", ("us.sdn", "us.meu"))], [[0, 1]]),
        # Lists whose meaning is not told are each their own.
        ([entry("a", "1", "Q", ("review",)), entry("b", "1", "Q", ("review",))], [[0], [1]]),
        # Two of one name in one file are two; the third cannot say which of them it is.
        ([entry("a", "x", "Q"), entry("a", "y", "Q"), entry("b", "z", "Q")], [[0], [1], [2]]),
        # But by number it can; a short one may be anybody's own count.
        (
            [entry("a", "5001", "Q"), entry("a", "5002", "Q"), entry("b", "SDN:5002", "Q")],
            [[0], [1, 2]],
        ),
        ([entry("a", "7", "Q"), entry("b", "7", "R")], [[0], [1]]),
        # By way of a third.
        (
            [entry("a", "5001", "Q"), entry("b", "SDN:5001", "R"), entry("c", "z", "R")],
            [[0, 1, 2]],
        ),
        # Two rows of one entry, as an act and its amendment, are that entry.
        ([entry("a", "I:7", "Q"), entry("a", "I:7#2", "Q"), entry("b", "z", "Q")], [[0, 1, 2]]),
    ],
)
def test_entries_are_joined_by_what_tells_them_under_a_common_measure(
    listings: Sequence[Listing], groups: list[list[int]]
) -> None:
    assert same_entries(listings) == groups


def test_a_number_of_the_party_joins_entries_of_other_names() -> None:
    lei = (Identifier("lei", "529900T8BM49AURSDO55"),)
    one = Listing(id="x", list_id="a", name="Qorvex", identifiers=lei, measures=SDN)
    other = Listing(id="y", list_id="b", name="Zembla", identifiers=lei, measures=SDN)
    assert same_entries([one, other]) == [[0, 1]]


LISTINGS = st.lists(
    st.builds(
        entry,
        st.sampled_from("abc"),
        st.sampled_from(["5001", "5002", "SDN:5001", "SDN:5001#2", "x", "x#2"]),
        st.sampled_from(["Qorvex", "Qorvex (QX)", "Zembla"]),
        st.sampled_from([("us.sdn",), ("us.meu",), ("us.meu", "us.sdn"), ("review",)]),
    ),
    max_size=8,
    unique_by=lambda listing: (listing.list_id, listing.id),
)


@given(LISTINGS.flatmap(lambda rows: st.tuples(st.just(rows), st.permutations(rows))))
def test_the_groups_do_not_hang_on_the_order_of_the_files(
    both: tuple[list[Listing], list[Listing]],
) -> None:
    one, other = (
        {frozenset((rows[n].list_id, rows[n].id) for n in group) for group in same_entries(rows)}
        for rows in both
    )
    assert one == other


@given(LISTINGS)
def test_every_listing_is_in_one_group_and_a_group_has_a_common_measure(
    listings: list[Listing],
) -> None:
    groups = same_entries(listings)
    assert sorted(place for group in groups for place in group) == list(range(len(listings)))
    for group in groups:
        if len(group) > 1:
            assert all(
                any(set(listings[n].measures) & set(listings[m].measures) for m in group if m != n)
                for n in group
            )
