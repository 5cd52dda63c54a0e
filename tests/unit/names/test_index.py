"""names.index: the same answers as comparing with every name."""

from __future__ import annotations

import pytest

from compliance.names import Kind, similarity
from compliance.names.index import NameTable

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
)
QUERIES = (
    "Huawei",
    "huawai technologies",
    "HAUWEI TECHNOLOGY",
    "Fudan University",
    "科大讯飞 / iFLYTEK Co., Ltd.",
    "NUDT",
    "SenseTime",
    "Sense Time Group",
    "Research Institute 21",
    "Ltd",
    "Limited",
    "Technologies",
    "商湯集團",
    "",
    "Wei Zhang",
    "Positve Tecnologies",
)


@pytest.mark.parametrize("threshold", [0.01, 0.3, 0.5, 0.7, 0.85, 0.95, 1.0])
@pytest.mark.parametrize("kind", ["organization", "person", "unknown"])
def test_the_table_finds_what_the_exhaustive_loop_finds(kind: Kind, threshold: float) -> None:
    table = NameTable(NAMES)
    for query in QUERIES:
        everything = {i: similarity(query, name, kind) for i, name in enumerate(NAMES)}
        expected = {i: score for i, score in everything.items() if score >= threshold}
        assert table.matches(query, kind, threshold) == expected, query


def test_an_empty_table_finds_nothing() -> None:
    assert NameTable(()).matches("Huawei", "unknown", 0.5) == {}


def test_a_name_of_a_hundred_thousand_letters_finds_nothing() -> None:
    table = NameTable(NAMES)
    assert table.matches("x" * 100_000, "unknown", 0.85) == {}
    assert table.matches("ab " * 33_000, "unknown", 0.85) == {}
