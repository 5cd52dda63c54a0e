"""names.similarity and names.explain: how alike two names are, and why."""

from __future__ import annotations

import pytest

from compliance import names
from compliance.names import Explanation, TokenPair, explain, similarity

SAME = [
    ("Inspur Group", "INSPUR GROUP"),
    ("Huawei Technologies Co., Ltd.", "Huawei Technology Company Limited"),
    ("S.M.I.C.", "SMIC"),
    ("OOO Neobit", "ООО Neobit"),
    ("Ltd", "Limited"),
    ("Société X", "Societe X"),
    ("National Supercomputing Center Wuxi", "National Supercomputer Centre Wuxi"),
    ("商湯集團有限公司", "商湯集團股份有限公司"),
    ("Semiconductor Mfg Intl Corp", "Semiconductor Manufacturing International Corporation"),
]
LISTED = [
    ("科大讯飞股份有限公司 / iFLYTEK Co., Ltd.", "IFLYTEK"),
    ("iflytek co ltd", "IFLYTEK"),
    ("NUDT", "National University of Defense Technology (NUDT)"),
    ("National University of Defence Technology", "National University of Defense Technology"),
    ("Sense Time Group", "SenseTime Group Ltd"),
    ("SenseTime", "Sense Time"),
    ("Huawai Technologies Ltd", "Huawei Technologies Co., Ltd."),
    ("Huawei", "Huawei Technologies Co., Ltd."),
    ("Cambricon Technologies Ltd", "Cambrican Technologies Ltd"),
    ("Pengcheng Laboratory", "Peng Cheng Lab"),
    ("Fudan Shanghai Microelectronics", "Shanghai Fudan Microelectronics Co., Ltd."),
]
OTHERS = [
    ("Fudan University", "Shanghai Fudan Microelectronics Co., Ltd."),
    ("Fudan University", "Shanghai Fudan"),
    ("Fudan University", "Fudan Micro"),
    ("Sichuan Normal University", "Sichuan University"),
    ("Henan University", "Hunan University"),
    ("Beihang University", "Beijing University"),
    ("Harbin Institute of Technology", "Beijing Institute of Technology"),
    ("Galaxy", "Galaxy Electronics"),
    ("Galaxy Ltd", "Galaxy Electronics"),
    ("Ltd", "Acme Ltd"),
    ("Co., Ltd.", "Inspur Group Co., Ltd."),
    ("703rd Research Institute", "718th Research Institute"),
    ("Factory 12", "Factory 21"),
    ("Jinhe Recommendation Technology (Beijing) Co., Ltd.", "Beijing Zhipu Future Technology"),
    ("Global Technology Services", "Global Energy Services"),
    ("Shanxi Power", "Shaanxi Power"),
    ("NIO", "NEO"),
]


@pytest.mark.parametrize(("a", "b"), SAME)
def test_the_same_words_score_one(a: str, b: str) -> None:
    assert similarity(a, b, kind="organization") == 1.0


@pytest.mark.parametrize(("a", "b"), LISTED)
def test_a_listed_name_written_differently_is_for_review(a: str, b: str) -> None:
    assert names.REVIEW_THRESHOLD <= similarity(a, b) < 1.0


@pytest.mark.parametrize(("a", "b"), OTHERS)
def test_another_party_with_like_words_stays_below_review(a: str, b: str) -> None:
    assert similarity(a, b) < names.REVIEW_THRESHOLD


@pytest.mark.parametrize(("a", "b"), OTHERS[:3])
def test_a_university_is_far_from_the_company_that_shares_its_name(a: str, b: str) -> None:
    assert similarity(a, b, kind="organization") < names.REVIEW_THRESHOLD - 0.1


@pytest.mark.parametrize(("a", "b"), SAME + LISTED + OTHERS)
@pytest.mark.parametrize("kind", ["organization", "person", "unknown"])
def test_the_order_of_the_two_names_does_not_matter(a: str, b: str, kind: names.Kind) -> None:
    assert similarity(a, b, kind) == similarity(b, a, kind)


@pytest.mark.parametrize(("a", "b"), SAME + LISTED + OTHERS)
@pytest.mark.parametrize("kind", ["organization", "person", "unknown"])
def test_an_explanation_carries_the_score(a: str, b: str, kind: names.Kind) -> None:
    assert explain(a, b, kind).score == similarity(a, b, kind)


@pytest.mark.parametrize(("a", "b"), [("", ""), ("", "Inspur"), ("...", "..."), ("\u200f", "a")])
def test_a_name_without_words_is_like_nothing(a: str, b: str) -> None:
    assert similarity(a, b) == 0.0
    assert explain(a, b) == Explanation(a, b, "unknown", (), (), (), (), 0.0)


def test_the_order_of_a_persons_names_is_free() -> None:
    assert similarity("Wei Zhang", "ZHANG, Wei", kind="person") == 1.0


def test_the_order_of_an_organizations_words_costs_a_little() -> None:
    assert similarity("Fudan Shanghai", "Shanghai Fudan", kind="organization") == 0.97


def test_the_place_of_the_legal_form_costs_nothing_in_order() -> None:
    assert similarity("OOO Volna", "Volna OOO", kind="organization") == 1.0


def test_a_persons_title_weighs_little() -> None:
    assert similarity("Dr Wei Zhang", "Wei Zhang", kind="person") == pytest.approx(4 / 4.1)


def test_an_explanation_shows_aligned_words_the_rest_and_the_score() -> None:
    assert explain("Huawai Ltd", "Huawei Technologies Ltd", kind="organization") == Explanation(
        left="Huawai Ltd",
        right="Huawei Technologies Ltd",
        kind="organization",
        pairs=(TokenPair("huawai", "huawei", 5 / 6, 1.0), TokenPair("ltd", "ltd", 1.0, 0.06)),
        unmatched_left=(),
        unmatched_right=(("technology", 0.2),),
        notes=(),
        score=2 * (0.06 + 5 / 6) / (1.06 + 1.26),
    )


@pytest.mark.parametrize(
    ("a", "b", "notes", "score"),
    [
        ("Fudan Shanghai", "Shanghai Fudan", ("reordered",), 0.97),
        ("Sense Time", "SenseTime", ("joined",), 0.95),
        ("SenseTime (Qorvex)", "Qorvex", ("variant",), 0.99),
        ("Factory 12", "Factory 21", ("numbers_differ",), 1 / 3.6),
    ],
)
def test_what_moves_a_score_is_noted(a: str, b: str, notes: tuple[str, ...], score: float) -> None:
    found = explain(a, b, kind="organization")
    assert found.notes == notes
    assert found.score == pytest.approx(score)


def test_an_explanation_names_the_part_that_matched() -> None:
    found = explain("科大讯飞股份有限公司 / iFLYTEK Co., Ltd.", "IFLYTEK")
    assert (found.left, found.right) == ("iFLYTEK Co., Ltd.", "IFLYTEK")


def test_two_known_words_are_never_a_misspelling_of_each_other() -> None:
    assert explain("Hunan", "Henan").pairs == ()


def test_repeated_words_align_as_often_as_both_names_have_them() -> None:
    assert similarity("Qorvex Qorvex", "Qorvex") == pytest.approx(2 / 3)


def test_names_of_thousands_of_words_are_compared() -> None:
    long = " ".join(f"qorvex{i}" for i in range(3_000))
    assert similarity(long, long) == 1.0
    assert similarity(long, "qorvexa zentrumb") < 0.01


def test_the_threshold_is_the_one_of_the_shipped_table() -> None:
    assert names.REVIEW_THRESHOLD == 0.85


def test_a_name_that_the_room_does_not_export_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match=r"'compliance\.names' has no attribute 'NOTHING'"):
        _ = names.NOTHING
