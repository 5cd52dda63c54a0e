"""watchlists.NameIndex: which listings a name or identifier may mean."""

from __future__ import annotations

import pickle
from concurrent.futures import ThreadPoolExecutor

import pytest

from compliance import names
from compliance.errors import WatchlistError
from compliance.names.lexicon import lexicon
from compliance.watchlists import Hit, NameIndex, from_rows
from compliance.watchlists.listing import Identifier, Listing, Watchlist

FIRST = from_rows(
    [
        {"id": "b", "name": "Qorvex Group Ltd", "aliases": ["Qorvex", "Zentrum Lab"]},
        {"id": "a", "name": "Qorvex", "identifiers": ["lei:5493", "lei:5493", "uscc:91"]},
        {"id": "c", "name": "Wei Zhang", "kind": "person", "identifiers": ["lei:5493"]},
    ],
    id="first",
)
SECOND = from_rows([{"id": "z", "name": "QORVEX"}, {"id": "y", "name": "Hai Tang"}], id="second")
INDEX = NameIndex.build([SECOND, FIRST])
A, B, C = FIRST.listings[1], FIRST.listings[0], FIRST.listings[2]
Z = SECOND.listings[0]


def found(*arguments: object) -> list[tuple[str, str, float]]:
    hits = INDEX.search(*arguments)  # type: ignore[arg-type]
    return [(hit.listing.id, hit.matched_name, round(hit.score, 3)) for hit in hits]


def test_a_hit_shows_listing_matched_name_score_and_alignment() -> None:
    (hit,) = INDEX.search("zentrum laboratory")
    assert hit == Hit(B, "Zentrum Lab", 1.0, "zentrum laboratory")
    assert hit.explanation == names.explain("zentrum laboratory", "Zentrum Lab")


def test_hits_are_best_first_one_per_listing_and_ties_by_list_and_id() -> None:
    assert found("Qorvex") == [("a", "Qorvex", 1.0), ("b", "Qorvex", 1.0), ("z", "QORVEX", 1.0)]
    whole = round(names.similarity("Qorvex Group", "Qorvex Group Ltd"), 3)
    part = round(names.similarity("Qorvex Group", "Qorvex"), 3)
    assert 1.0 > whole > part > names.REVIEW_THRESHOLD
    assert found("Qorvex Group") == [
        ("b", "Qorvex Group Ltd", whole),
        ("a", "Qorvex", part),
        ("z", "QORVEX", part),
    ]


def test_a_limit_keeps_the_first_hits() -> None:
    assert INDEX.search("Qorvex", limit=2) == INDEX.search("Qorvex")[:2]
    assert INDEX.search("Qorvex", limit=0) == ()


def test_a_lower_threshold_finds_more() -> None:
    assert found("Qorvex Zentrum Works", "unknown", 0.9) == []
    assert [hit[0] for hit in found("Qorvex Zentrum Works", "unknown", 0.5)] == ["a", "b", "z"]


def test_a_persons_names_may_come_in_any_order() -> None:
    assert found("Zhang, Wei", "person") == [("c", "Wei Zhang", 1.0)]


@pytest.mark.parametrize("name", ["", "...", "\u200f", "Ltd", "Unrelated Holdings"])
def test_a_name_that_is_nobodys_finds_nothing(name: str) -> None:
    assert INDEX.search(name) == ()


def test_searching_many_is_searching_each_in_order() -> None:
    queries = ["Qorvex", "nobody", "Zentrum Lab", "Qorvex"]
    assert list(INDEX.search_many(queries)) == [INDEX.search(query) for query in queries]
    assert list(INDEX.search_many(queries, limit=1, threshold=0.95, kind="organization")) == [
        INDEX.search(query, "organization", 0.95, 1) for query in queries
    ]


@pytest.mark.parametrize("threshold", [0, -1, 1.01, float("nan")])
def test_a_threshold_outside_its_range_is_refused(threshold: float) -> None:
    with pytest.raises(WatchlistError, match=r"^a threshold is above 0 and at most 1, not "):
        INDEX.search("Qorvex", threshold=threshold)


def test_a_negative_limit_is_refused() -> None:
    with pytest.raises(WatchlistError, match=r"^a limit is 0 or more, not -1$"):
        INDEX.search("Qorvex", limit=-1)


def test_two_lists_with_one_id_are_refused() -> None:
    with pytest.raises(WatchlistError, match=r"^two lists with the id 'first'$"):
        NameIndex.build([FIRST, SECOND, FIRST])


def test_an_index_over_nothing_finds_nothing() -> None:
    assert NameIndex.build([]).search("Qorvex") == ()


def test_the_lists_of_an_index_stand_in_order_of_id() -> None:
    assert INDEX.watchlists == (FIRST, SECOND)


def test_a_pickled_index_gives_the_same_answers() -> None:
    copy = pickle.loads(pickle.dumps(INDEX))  # noqa: S301 - our own bytes
    assert copy.search("Qorvex Group") == INDEX.search("Qorvex Group")


def test_threads_share_an_index() -> None:
    queries = ["Qorvex", "Zentrum Lab", "Hai Tang", "nobody"] * 50
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(INDEX.search, queries)) == [INDEX.search(query) for query in queries]


def test_an_answer_is_remembered_but_not_for_a_very_long_name() -> None:
    assert INDEX.search("Qorvex") is INDEX.search("Qorvex")
    long = "Qorvex " * 1_000
    assert INDEX.search(long, threshold=0.001) is not INDEX.search(long, threshold=0.001)


def test_a_weak_alias_is_capped_and_says_so() -> None:
    row = {"id": "1", "name": "Qorvex Trading", "aliases": ["Qorvex"], "weak_aliases": ["Zentrum"]}
    index = NameIndex.build([from_rows([row], id="own")])
    cap = lexicon().factors["weak_alias"]
    (weak,) = index.search("Zentrum")
    assert (weak.matched_name, weak.score, weak.weak) == ("Zentrum", cap, True)
    assert weak.explanation.score == 1.0
    assert index.search("Zentrum", threshold=cap + 0.01) == ()
    (strong,) = index.search("Qorvex")
    assert (strong.matched_name, strong.score, strong.weak) == ("Qorvex", 1.0, False)


def test_a_name_that_is_strong_and_weak_is_strong() -> None:
    row = {"id": "1", "name": "Qorvex", "weak_aliases": ["Qorvex"]}
    (hit,) = NameIndex.build([from_rows([row], id="own")]).search("Qorvex")
    assert (hit.score, hit.weak) == (1.0, False)


def test_a_number_in_the_place_of_a_name_is_no_name() -> None:
    address = "0x2f389ce8bd8ff92de3402ffce4691d17fc4f6535"
    listings = (
        Listing("1", "own", address, kind="wallet", identifiers=(Identifier("wallet", address),)),
        Listing("2", "own", "Qorvexa 9", identifiers=(Identifier("wallet", address),)),
        Listing("3", "own", "Zembliru", identifiers=(Identifier("other", "Zembliru"),)),
    )
    index = NameIndex.build(
        [Watchlist(id="own", title="Own", publisher="", url="", listings=listings)]
    )
    assert index.search(address) == index.search(address.upper()) == ()
    assert [hit.listing.id for hit in index.search("Qorvexa 9")] == ["2"]
    assert [hit.listing.id for hit in index.search("Zembliru")] == ["3"]
