"""names.forms: the parts of a name and the weighted words of each."""

from __future__ import annotations

import pytest

from compliance.names.forms import Word, forms, variants

LTD = Word("ltd", 0.06, known=True, legal=True)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Inspur Group Co., Ltd.", ("Inspur Group Co., Ltd.",)),
        (
            "科大讯飞股份有限公司 / iFLYTEK Co., Ltd.",
            (
                "科大讯飞股份有限公司 / iFLYTEK Co., Ltd.",
                "科大讯飞股份有限公司",
                "iFLYTEK Co., Ltd.",
            ),
        ),
        (
            "National University of Defense Technology (NUDT)",
            (
                "National University of Defense Technology (NUDT)",
                "National University of Defense Technology",
                "NUDT",
            ),
        ),
        ("华为（Huawei）", ("华为（Huawei）", "华为", "Huawei")),
        ("Huawei Technologies (Yangon) Co., Ltd.", ("Huawei Technologies (Yangon) Co., Ltd.",)),
        ("Acme (Private) Limited", ("Acme (Private) Limited",)),
        ("Acme (Pty) Ltd", ("Acme (Pty) Ltd",)),
        ("Acme (2019) Ltd", ("Acme (2019) Ltd",)),
        ("Beijing (Foobar)", ("Beijing (Foobar)",)),
        (
            "Qorvex Systems a.k.a. Zentrum Lab",
            ("Qorvex Systems a.k.a. Zentrum Lab", "Qorvex Systems", "Zentrum Lab"),
        ),
        ("Qorvex, formerly Zentrum", ("Qorvex, formerly Zentrum", "Qorvex", "Zentrum")),
        ("Qorvex DBA Zentrum", ("Qorvex DBA Zentrum", "Qorvex", "Zentrum")),
        ("Qorvex | Zentrum", ("Qorvex | Zentrum", "Qorvex", "Zentrum")),
        ("Qorvex/Zentrum", ("Qorvex/Zentrum",)),
        ("Qorvex / Trading", ("Qorvex / Trading", "Qorvex")),
        ("Qorvex (QORVEX)", ("Qorvex (QORVEX)", "Qorvex")),
        ("", ("",)),
        ("()", ("()",)),
    ],
)
def test_a_name_is_split_into_the_names_it_holds(name: str, expected: tuple[str, ...]) -> None:
    assert variants(name) == expected


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Qorvex Ltd", (Word("qorvex", 1.0, known=False), LTD)),
        ("Qorvex Limited", (Word("qorvex", 1.0, known=False), LTD)),
        ("Qorvex Co., Ltd.", (Word("qorvex", 1.0, known=False), LTD)),
        ("Qorvex Company Limited", (Word("qorvex", 1.0, known=False), LTD)),
        ("曲维有限公司", (Word("曲维", 1.0, known=False), LTD)),
        ("曲维股份有限公司", (Word("曲维", 1.0, known=False), LTD)),
        ("Ltd", (LTD,)),
        ("有限公司", (LTD,)),
        (
            "曲维科技有限公司",
            (Word("曲维", 1.0, known=False), Word("科技", 0.2, known=True), LTD),
        ),
        (
            "OOO Volna",
            (Word("llc", 0.06, known=True, legal=True), Word("volna", 1.0, known=False)),
        ),
        (
            "ООО Волна",
            (Word("llc", 0.06, known=True, legal=True), Word("волна", 1.0, known=False)),
        ),
        ("SA Energy", (Word("sa", 0.6, known=False), Word("energy", 0.2, known=True))),
        (
            "Energy SA",
            (Word("energy", 0.2, known=True), Word("sa", 0.06, known=True, legal=True)),
        ),
        (
            "703rd Institute",
            (Word("703", 0.8, known=True), Word("institute", 0.6, known=True)),
        ),
        ("Unit 007", (Word("unit", 0.2, known=True), Word("7", 0.8, known=True))),
        (
            "Univ of X",
            (
                Word("university", 0.6, known=True),
                Word("of", 0.05, known=True),
                Word("x", 0.3, known=False),
            ),
        ),
        ("Beijing", (Word("beijing", 0.4, known=True),)),
        ("Galaxy", (Word("galaxy", 0.5, known=True),)),
        ("Tecnologies", (Word("tecnologies", 0.2, known=False),)),
    ],
)
def test_each_word_weighs_what_the_table_says(name: str, words: tuple[Word, ...]) -> None:
    assert forms(name)[0].words == words


@pytest.mark.parametrize(
    "form",
    [
        "Inc", "LLC", "GmbH", "AG", "SA", "SAS", "BV", "Pte Ltd", "Pty Ltd", "Sdn Bhd", "KK", "JSC",
        "DAC", "FZE", "PLC", "Tbk", "TOV", "AO", "OAO", "ООО", "ОАО", "АО", "S.p.A.", "S.r.l.",
        "G.m.b.H.", "K.K.", "株式会社", "股份有限公司", "有限责任公司", "Corporation",
    ],
)  # fmt: skip
def test_every_legal_form_weighs_little_after_a_name_and_is_kept(form: str) -> None:
    last = forms(f"Qorvex {form}")[0].words[-1]
    assert (last.legal, last.weight) == (True, 0.06)


def test_a_person_has_no_legal_forms_and_every_name_weighs_the_same() -> None:
    assert forms("Dr. Maria de Sa", person=True)[0].words == (
        Word("dr", 0.1, known=True),
        Word("maria", 1.0, known=False),
        Word("de", 0.2, known=True),
        Word("sa", 1.0, known=False),
    )


@pytest.mark.parametrize("name", ["", "...", "\u200f"])
def test_a_name_without_words_has_no_form(name: str) -> None:
    assert forms(name) == ()


def test_the_total_is_the_sum_of_the_weights_and_joined_leaves_out_legal_forms() -> None:
    form = forms("Sense Time 2 Ltd")[0]
    assert form.total == pytest.approx(2.86)
    assert (form.joined, form.numbers) == ("sensetime2", ("2",))


def test_a_name_of_legal_forms_only_is_joined_from_them() -> None:
    assert forms("Ltd")[0].joined == "ltd"
