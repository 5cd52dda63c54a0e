"""names.index: the same answers as comparing with every name."""

from __future__ import annotations

import pickle
from collections.abc import Iterator

import pytest

from compliance.names import Kind, similarity
from compliance.names.index.name_table import NameTable

NAMES = (
    "Huawei Technologies Co., Ltd.",
    "Shanghai Fudan Microelectronics Co., Ltd.",
    "IFLYTEK",
    "National University of Defense Technology (NUDT)",
    "Sense Time",
    "SenseTime Group Limited",
    "Research Institute 12",
    "Ltd",
    "商湯集團有限公司",
    "...",
    "Zhang Wei",
    "Positive Technologies",
    "GENERAL NICKEL SA",
    "O'Brien",
    "ООО Газпром нефть",
    "أسامة بن لادن",
    "Hamad bin Khalid",
    "Forty Four Works",
    "Peng Cheng",
)
QUERIES = (
    "Huawei",
    "huawai technologies",
    "HAUWEI TECHNOLOGY",
    "华为技术有限公司",
    "Fudan University",
    "科大讯飞 / iFLYTEK Co., Ltd.",
    "NUDT",
    "SenseTime",
    "Sense Time Group",
    "Sens eti me",
    "Research Institute 21",
    "Ltd",
    "Limited",
    "Technologies",
    "商湯集團",
    "商汤集团有限公司",
    "",
    "Wei Zhang",
    "W Zhang",
    "Positve Tecnologies",
    "SA NICKEL GENERAL",
    "uo brein",
    "Gazprom Neft LLC",
    "Usama bin Ladin",
    "Khalid bin Hamad",
    "44 Works",
    "Pengcheng Lab",
)


def exhaustive(query: str, kind: Kind, threshold: float) -> dict[int, float]:
    everything = {i: similarity(query, name, kind) for i, name in enumerate(NAMES)}
    return {i: score for i, score in everything.items() if score >= threshold}


@pytest.mark.parametrize("threshold", [0.01, 0.3, 0.5, 0.7, 0.76, 0.85, 0.9, 0.94, 0.97, 1.0])
@pytest.mark.parametrize("kind", ["organization", "person", "unknown"])
def test_the_table_finds_what_the_exhaustive_loop_finds(kind: Kind, threshold: float) -> None:
    table = NameTable(NAMES)
    for query in QUERIES:
        assert table.matches(query, kind, threshold) == exhaustive(query, kind, threshold), query


def test_many_queries_are_answered_in_their_order_and_read_from_an_iterator() -> None:
    asked: Iterator[str] = iter(QUERIES * 90)  # more than one batch
    found = list(NameTable(NAMES).matches_many(asked, "unknown", 0.5))
    assert found == [exhaustive(query, "unknown", 0.5) for query in QUERIES] * 90


def test_no_query_has_no_answer() -> None:
    assert list(NameTable(NAMES).matches_many([], "unknown", 0.5)) == []


def test_a_name_listed_twice_is_found_twice() -> None:
    assert NameTable(["Qorvex", "Zentrum", "qorvex"]).matches("QORVEX", "unknown", 0.9) == {
        0: 1.0,
        2: 1.0,
    }


def test_a_pickled_table_knows_the_same_names_and_answers() -> None:
    table = pickle.loads(pickle.dumps(NameTable(NAMES)))  # noqa: S301 - our own bytes
    assert table.names == NAMES
    assert table.matches("Sense Time Group", "unknown", 0.5) == exhaustive(
        "Sense Time Group", "unknown", 0.5
    )


def test_an_empty_table_finds_nothing() -> None:
    assert NameTable(()).matches("Huawei", "unknown", 0.5) == {}
