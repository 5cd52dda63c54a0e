"""Searching the shipped lists: lossless on altered names, quiet on ordinary ones."""

from __future__ import annotations

import csv
import gzip
import json
import random
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from compliance import names
from compliance.names.variants import variants
from compliance.watchlists import NameIndex, Watchlist, embedded

DATA = Path(__file__).resolve().parents[3] / ".." / "shared" / "data"


@cache
def index() -> NameIndex:
    return NameIndex.build(embedded())


@cache
def listed_names() -> tuple[str, ...]:
    return tuple(
        dict.fromkeys(
            name
            for watchlist in embedded()
            for listing in watchlist.listings
            for name in listing.names
        )
    )


def altered(name: str, chance: random.Random) -> str:
    """One change as people make it: a slip, a swap, a word gone, moved, split or joined."""
    words = name.split()
    place = chance.randrange(len(words))
    change = chance.choice(("slip", "swap", "drop", "shuffle", "join", "split", "upper"))
    word = words[place]
    cut = chance.randrange(len(word))
    if change == "slip":
        words[place] = word[:cut] + chance.choice("aeinst") + word[cut + 1 :]
    elif change == "swap" and len(word) > 2:
        cut = min(cut, len(word) - 2)
        words[place] = word[:cut] + word[cut + 1] + word[cut] + word[cut + 2 :]
    elif change == "drop" and len(words) > 1:
        del words[place]
    elif change == "shuffle":
        chance.shuffle(words)
    elif change == "join":
        return "".join(words)
    elif change == "split":
        words[place] = f"{word[:cut]} {word[cut:]}"
    else:
        words = [word.upper() for word in words]
    return " ".join(words)


@cache
def exhaustive(query: str) -> dict[tuple[str, str], float]:
    return {
        (listing.list_id, listing.id): max(names.similarity(query, name) for name in listing.names)
        for watchlist in embedded_lists()
        for listing in watchlist.listings
    }


@cache
def embedded_lists() -> tuple[Watchlist, ...]:
    return embedded()


def queries() -> Iterator[str]:
    chance = random.Random(4)  # noqa: S311 - a fixed sequence of test names
    for name in chance.sample(listed_names(), 60):
        yield altered(name, chance)


@pytest.mark.parametrize("threshold", [0.6, 0.85])
def test_searching_finds_what_comparing_with_every_name_finds(threshold: float) -> None:
    for query in queries():
        found = {
            (hit.listing.list_id, hit.listing.id): hit.score
            for hit in index().search(query, threshold=threshold)
        }
        compared = exhaustive(query).items()
        assert found == {key: score for key, score in compared if score >= threshold}, query


def test_every_listed_name_finds_its_own_entries_first_with_score_one() -> None:
    listed = [
        (listing, name)
        for watchlist in embedded_lists()
        for listing in watchlist.listings
        for name in listing.names
    ]
    found = index().search_many(name for _, name in listed)
    for (listing, name), hits in zip(listed, found, strict=True):
        assert listing in [hit.listing for hit in hits if hit.score == 1.0], name


@pytest.mark.parametrize("change", [str.upper, str.lower, str.title, "  {} ".format, "{}.".format])
def test_case_spaces_and_punctuation_never_hide_a_listed_name(change: object) -> None:
    assert callable(change)
    found = index().search_many((change(name) for name in listed_names()), limit=1)
    for name, hits in zip(listed_names(), found, strict=True):
        assert hits[0].score == 1.0, name


def test_a_score_does_not_depend_on_what_else_is_listed() -> None:
    alone = NameIndex.build(embedded()[:1])
    for hit in alone.search("Military Intelligence Directorate", threshold=0.5):
        found = index().search("Military Intelligence Directorate", threshold=0.5)
        assert hit in found


def abbreviated() -> list[tuple[str, str]]:
    """Listed names with the abbreviation behind them, where it says more than a frequent word."""
    pairs = [
        (name[name.rindex("(") + 1 : -1], name)
        for name in listed_names()
        if "(" in name and name.endswith(")")
    ]
    return [(inside, name) for inside, name in pairs if inside in variants(name)]


@pytest.mark.parametrize(("inside", "name"), abbreviated())
def test_the_abbreviation_behind_a_name_finds_it(inside: str, name: str) -> None:
    assert name in [hit.matched_name for hit in index().search(inside)]


@pytest.mark.shared
@pytest.mark.skipif(not DATA.is_dir(), reason="the companies are not beside the project")
def test_fewer_than_one_in_a_thousand_ordinary_companies_is_hit() -> None:
    path = DATA / "companies/innocent_companies_sample_20k.csv.gz"
    with gzip.open(path, "rt", encoding="utf-8") as file:
        ordinary = [row["name"] for row in csv.DictReader(file)]
    found = index().search_many(ordinary)
    hit = [name for name, hits in zip(ordinary, found, strict=True) if hits]
    assert len(hit) * 1_000 < len(ordinary), hit


@pytest.mark.shared
@pytest.mark.skipif(not DATA.is_dir(), reason="the companies are not beside the project")
def test_of_the_companies_on_us_exchanges_only_the_listed_ones_are_hit() -> None:
    path = DATA / "companies/sec_cik_to_company_name_2025-02.json"
    companies = list(json.loads(path.read_text(encoding="utf-8")).values())
    found = zip(companies, index().search_many(companies), strict=True)
    assert sorted(name for name, hits in found if hits) == [
        "Alibaba Group Holding Ltd",
        "Baidu, Inc.",
        "Hesai Group",
    ]
