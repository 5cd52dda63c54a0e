"""Reading ahead changes no answer, holds up no stream and loses nothing before an error."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import islice
from typing import Any

import pytest

from bench.golden_contracts import contract, party
from compliance import Contract, Screener
from compliance.screening.facts.hits import names_asked
from compliance.screening.read_ahead import AHEAD, read_ahead

DAY = date(2026, 11, 23)


@pytest.fixture(scope="module")
def screener() -> Screener:
    return Screener.load()


def test_a_sequence_is_read_in_whole_lists() -> None:
    sizes = [len(chunk) for chunk in read_ahead(range(600))]
    assert sizes == [AHEAD, AHEAD, 600 - 2 * AHEAD]


def test_a_stream_is_answered_from_its_first_item() -> None:
    sizes = [len(chunk) for chunk in read_ahead(iter(range(600)))]
    assert sizes[:4] == [1, 2, 4, 8]
    assert sum(sizes) == 600
    assert max(sizes) <= AHEAD


def test_what_comes_before_an_error_is_not_lost() -> None:
    def broken() -> Iterator[int]:
        yield from range(5)
        raise ValueError("the disk is gone")

    found: list[int] = []

    def read() -> None:
        for chunk in read_ahead(broken()):
            found.extend(chunk)

    with pytest.raises(ValueError, match="the disk is gone"):
        read()
    assert found == list(range(5))


def test_a_stream_is_read_no_further_than_is_asked() -> None:
    taken: list[int] = []

    def numbers() -> Iterator[int]:
        for number in range(1000):
            taken.append(number)
            yield number

    next(read_ahead(numbers()))
    assert taken == [0]


@pytest.mark.parametrize("parties", [False, True])
def test_many_are_decided_as_one_by_one(screener: Screener, parties: bool) -> None:
    chance = random.Random(7)  # noqa: S311 - not a secret
    asked: list[dict[str, Any]] = [
        party(chance, f"p{n}") if parties else contract(chance, n) for n in range(40)
    ]
    asked[17] = {"id": "wrong", "lesee": {}}
    alone = screener.screen_party if parties else screener.screen
    for data, decision in zip(
        asked, screener.screen_many(iter(asked), DAY, parties=parties), strict=True
    ):
        if data["id"] == "wrong":
            assert decision.error is not None
            assert decision.contract_id == "wrong"
        else:
            assert decision == alone(data, DAY)


def test_the_names_of_many_contracts_are_searched_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    fresh = Screener.load()
    chance = random.Random(8)  # noqa: S311 - as above
    asked = [Contract.read(contract(chance, number)) for number in range(30)]
    index = fresh.knowledge.index
    searched: list[int] = []
    find = index._find

    def counted(queries: Sequence[str], *rest: Any) -> Any:
        searched.append(len(queries))
        return find(queries, *rest)

    monkeypatch.setattr(index, "_find", counted)
    assert len(list(islice(fresh.screen_many(asked, DAY), 30))) == 30
    assert len(searched) <= 3  # once for each kind of name
    assert sum(searched) > 30


def test_a_name_is_asked_as_every_kind_that_its_party_may_be() -> None:
    read = Contract.read({"id": "c", "lessee": {"name": "Orchid", "aliases": ["Orchid Vale"]}})
    assert read.lessee is not None
    assert sorted(names_asked(read.lessee, "organization")) == [
        ("Orchid", "organization"),
        ("Orchid", "unknown"),
        ("Orchid Vale", "organization"),
        ("Orchid Vale", "unknown"),
    ]
