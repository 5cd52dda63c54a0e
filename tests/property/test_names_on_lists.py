"""On real lists: the index against the exhaustive loop, with slips as people make them.

Sampled with a fixed seed: names of the OFAC list (2021), the UN list with its original scripts and
the Chinese list, asked for as they are, changed, and mixed with ordinary companies.
"""

from __future__ import annotations

import csv
import gzip
import pickle
import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from compliance.names import similarity
from compliance.names.index.name_table import NameTable
from compliance.watchlists import read
from sampling import size

LISTED, QUERIES, LOWEST = size(3_000, 1_200), size(300, 60), 0.5
THRESHOLDS = (LOWEST, 0.7, 0.76, 0.9, 1.0)

pytestmark = pytest.mark.shared


@pytest.fixture(scope="module")
def listed(shared: Path) -> list[str]:
    """Names of three lists, each script among them."""
    lists = (
        read("ofac-sdn-csv", shared / "ofac/sdn_2021-07"),
        read("un-xml", shared / "un/UN_consolidated_2026-02-27.xml.gz"),
        read("cn-sanctions-csv", shared / "other_lists/cn_sanctions.csv"),
    )
    names = sorted(
        {name for found in lists for listing in found.listings for name in listing.names}
    )
    foreign = [name for name in names if not name.isascii()]
    chance = random.Random(11)  # noqa: S311 - a fixed sample
    chosen = {*chance.sample(names, LISTED), *chance.sample(foreign, min(600, len(foreign)))}
    return sorted(chosen)[:: max(1, len(chosen) // LISTED)][:LISTED]


@pytest.fixture(scope="module")
def ordinary(shared: Path) -> list[str]:
    """Names of ordinary companies."""
    path = shared / "companies/innocent_companies_sample_20k.csv.gz"
    with gzip.open(path, "rt", encoding="utf-8") as file:
        return [row["name"] for row in csv.DictReader(file)]


def slipped(name: str, chance: random.Random) -> str:
    """The name with a letter or a word changed."""
    place = chance.randrange(len(name))
    words = name.split()
    return chance.choice(
        (
            name[:place] + name[place + 1 :],
            name[:place] + chance.choice("aeinsth ") + name[place:],
            name[:place] + name[place : place + 2][::-1] + name[place + 2 :],
            " ".join(words[1:] or words),
            " ".join(reversed(words)),
            " ".join([word[:1] if n == 0 else word for n, word in enumerate(words)]),
            "".join(words),
        )
    )


def asked(listed: list[str], ordinary: list[str]) -> Iterator[str]:
    """Queries: a third as listed, a third changed, a third ordinary and half of those changed."""
    chance = random.Random(12)  # noqa: S311 - a fixed sample
    third = QUERIES // 3
    yield from chance.sample(listed, third)
    yield from (slipped(name, chance) for name in chance.sample(listed, third))
    for number, name in enumerate(chance.sample(ordinary, third)):
        yield slipped(name, chance) if number % 2 else name


def test_the_index_finds_what_the_exhaustive_loop_finds(
    listed: list[str], ordinary: list[str]
) -> None:
    queries = list(asked(listed, ordinary))
    table = NameTable(listed)
    copy = pickle.loads(pickle.dumps(table))  # noqa: S301 - our own bytes
    everything = [
        {i: score for i, name in enumerate(listed) if (score := similarity(q, name)) >= LOWEST}
        for q in queries
    ]
    assert sum(map(len, everything)) > QUERIES // 2
    for threshold in THRESHOLDS:
        expected = [
            {i: score for i, score in found.items() if score >= threshold} for found in everything
        ]
        assert list(table.matches_many(queries, "unknown", threshold)) == expected
        assert list(copy.matches_many(queries, "unknown", threshold)) == expected


def test_every_listed_name_finds_itself_as_any_kind(listed: list[str]) -> None:
    table = NameTable(listed)
    for kind in ("organization", "person", "unknown"):
        found = table.matches_many(listed, kind, 1.0)
        assert [i for i, hits in enumerate(found) if hits.get(i) != 1.0] == []


def test_one_by_one_answers_as_a_batch(listed: list[str], ordinary: list[str]) -> None:
    queries = list(asked(listed, ordinary))
    table = NameTable(listed)
    together = list(table.matches_many(queries, "person", 0.76))
    assert [table.matches(query, "person", 0.76) for query in queries] == together
