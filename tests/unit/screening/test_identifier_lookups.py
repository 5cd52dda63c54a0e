"""Indexes beside the names': built when first asked, once, by whichever thread."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from compliance.model.party import Address
from compliance.screening.identifier_lookups import Lazily, Lookups
from compliance.watchlists import embedded


def test_what_is_not_asked_for_is_not_made_and_what_is_made_is_kept() -> None:
    made: list[object] = []

    def make() -> object:
        made.append(object())
        return made[-1]

    lazily = Lazily(make)
    assert made == []
    assert lazily() is lazily()
    assert len(made) == 1


def test_many_threads_at_once_make_it_once() -> None:
    made: list[object] = []
    together = Barrier(8)

    def make() -> object:
        made.append(object())
        return made[-1]

    lazily = Lazily(make)

    def ask(_: int) -> object:
        together.wait()
        return lazily()

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(ask, range(8)))
    assert {id(answer) for answer in answers} == {id(made[0])}
    assert len(made) == 1


def test_numbers_and_addresses_of_the_shipped_lists_are_found() -> None:
    lookups = Lookups(embedded())
    wallet = "0x2F389CE8BD8FF92DE3402FFCE4691D17FC4F6535"
    assert [hit.listing.id for hit in lookups.numbered("wallet", wallet, None)] == ["33151"]
    address = Address(text="220 Handan Road", city="Shanghai", country="CN")
    assert [hit.listing.name for hit in lookups.at(address)] == [
        "Shanghai Fudan Microelectronics Co., Ltd."
    ]
    assert lookups.numbered("lei", "529900T8BM49AURSDO55", None) == ()
    assert lookups.at(Address(text="12 Havnegade", city="Aarhus", country="DK")) == ()
