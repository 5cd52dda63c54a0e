"""names.variants: the parts of a name and the weighted words of each."""

from __future__ import annotations

import pytest

from compliance.names.lexicon import lexicon
from compliance.names.tokens import Word
from compliance.names.variants import forms, variants

WEIGHTS = lexicon().weights


def legal(form: str) -> Word:
    return Word(form, WEIGHTS["legal_form"], known=True, legal=True)


def known(text: str) -> Word:
    return Word(text, lexicon().rarity[text], known=True)


def number(text: str) -> Word:
    return Word(text, WEIGHTS["number"], known=True)


def particle(text: str) -> Word:
    return Word(text, WEIGHTS["particle"], known=True)


def short(text: str) -> Word:
    return Word(text, WEIGHTS[("letter", "two", "three", "four")[len(text) - 1]], known=False)


def rare(text: str) -> Word:
    return Word(text, 1.0, known=False)


def misspelled(text: str, *, of: str) -> Word:
    return Word(text, lexicon().rarity[of] + WEIGHTS["misspelled"], known=False)


LTD, QORVEX = legal("ltd"), rare("qorvex")


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
        ("曲维（Qorvex）", ("曲维（Qorvex）", "曲维", "Qorvex")),
        ("Acme (Republic of Korea)", ("Acme (Republic of Korea)",)),
        ("Qorvex [Zentrum]", ("Qorvex [Zentrum]", "Qorvex", "Zentrum")),
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
        (
            "Qorvex formerly known as Zentrum",
            ("Qorvex formerly known as Zentrum", "Qorvex", "Zentrum"),
        ),
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


def meant(text: str, english: str) -> Word:
    return Word(text, known(english).weight, known=True)


FORMS = [
    # legal forms, translated, written apart, glued on, misspelled, split
    ("Qorvex Ltd", (QORVEX, LTD)),
    ("Qorvex Limited", (QORVEX, LTD)),
    ("Qorvex Co., Ltd.", (QORVEX, LTD)),
    ("Qorvex Company Limited", (QORVEX, LTD)),
    ("Qorvex 有限公司", (QORVEX, LTD)),
    ("曲维有限公司", (rare("曲维"), LTD)),
    ("曲维股份有限公司", (rare("曲维"), LTD)),
    ("QorvexLimited", (QORVEX, LTD)),
    ("ZTEcorporation", (short("zte"), legal("corp"))),
    ("Qorvex lhimited", (QORVEX, LTD)),
    ("Qorvex limted", (QORVEX, LTD)),
    ("Qorvex corperation", (QORVEX, legal("corp"))),
    ("Qorvex lim ited", (QORVEX, LTD)),
    ("Qorvex corp oration", (QORVEX, legal("corp"))),
    ("Qorvex A/S", (QORVEX, legal("as"))),
    ("Qorvex Sp. z o.o.", (QORVEX, legal("spzoo"))),
    ("Qorvex Andelsselskab", (QORVEX, legal("andelsselskab"))),  # of ISO 20275 only
    ("Ltd", (LTD,)),
    ("有限公司", (LTD,)),
    # forms that lead a name, and those that do not
    ("OOO Volna", (legal("llc"), known("volna"))),
    ("ООО Волна", (legal("llc"), rare("волна"))),
    ("Общество с ограниченной ответственностью Волна", (legal("llc"), rare("волна"))),
    ("PT Qorvex", (legal("pt"), QORVEX)),
    ("株式会社 ガンマ", (legal("kk"), rare("ガンマ"))),
    ("ガンマ株式会社", (rare("ガンマ"), legal("kk"))),
    ("주식회사 삼성", (legal("jushik"), rare("삼성"))),
    ("SA Energy", (known("sa"), known("energy"))),
    ("Energy SA", (known("energy"), legal("sa"))),
    ("Ltd Qorvex", (known("ltd"), QORVEX)),
    # numbers: digits, ordinals, Roman
    ("703rd Institute", (number("703"), known("institute"))),
    ("Unit 007", (known("unit"), number("7"))),
    ("Qorvex 000", (QORVEX, number("0"))),
    ("Qorvex IV", (QORVEX, number("4"))),
    ("Qorvex XVIII Ltd", (QORVEX, number("18"), LTD)),
    ("Qorvex X", (QORVEX, short("x"))),  # a letter, or ten
    # short words
    ("q qj qjz qjzv qjzvx", (short("q"), short("qj"), short("qjz"), short("qjzv"), rare("qjzvx"))),
    ("Волн", (Word("волн", WEIGHTS["four"], known=False),)),
    ("华", (rare("华"),)),  # a character of an unspaced script is a word
    # frequent words, as they are, in other words, split, misspelled
    ("Beijing", (known("beijing"),)),
    ("Univ of X", (known("university"), particle("of"), short("x"))),
    ("Tech nology Qorvex", (known("technology"), QORVEX)),
    ("Tecnology", (misspelled("tecnology", of="technology"),)),
    ("Tecnologies", (misspelled("tecnologies", of="technology"),)),
    ("Huawei Technologies (Yangon)", (rare("huawei"), known("technology"), known("yangon"))),
    # unspaced scripts
    ("曲维科技有限公司", (rare("曲维"), meant("科技", "technology"), LTD)),
    ("曲維科技有限公司", (rare("曲维"), meant("科技", "technology"), LTD)),
    ("上海曲维有限公司", (meant("上海", "shanghai"), rare("曲维"), LTD)),
    ("第十四研究所", (number("14"), meant("研究所", "institute"))),
    ("第一〇二厂", (number("102"), rare("厂"))),
    ("曲维三十八所", (rare("曲维"), number("38"), rare("所"))),
    # where scripts meet
    ("Qorvex有限公司", (QORVEX, LTD)),
    ("株式会社Qorvex", (legal("kk"), QORVEX)),
    ("㈱Qorvex", (legal("kk"), QORVEX)),
    ("Qorvex(株)", (QORVEX, legal("kk"))),
    ("㈜Qorvex", (legal("jushik"), QORVEX)),
    ("주식회사삼성", (legal("jushik"), rare("삼성"))),
    ("شركةQorvex", (meant("شركة", "company"), QORVEX)),
    ("Qorvexذ.م.م", (QORVEX, legal("شركة"))),
    ("ОООQorvex", (legal("llc"), QORVEX)),
    ("Qоrvех", (rare("qоrvех"),)),  # Cyrillic letters that look Latin are no word
    # letter by letter, and acronyms
    ("Qorvex G M B H", (QORVEX, legal("gmbh"))),
    ("Qorvex A G M B H", (QORVEX, short("a"), legal("gmbh"))),
    ("NII Qorvex", (known("research"), known("institute"), QORVEX)),
    # forms written out, in other spellings
    ("Qorvex San. ve Tic. A.Ş.", (QORVEX, legal("sanayi ve ticaret"), legal("as"))),
    ("CTCP Qorvex", (legal("ctcp"), QORVEX)),
    ("NPO Qorvex", (legal("npo"), QORVEX)),
    ("Scientific Production Association Qorvex", (legal("npo"), QORVEX)),
    ("FGUP Qorvex", (legal("fgup"), QORVEX)),
    ("UAB Qorvex", (legal("uab"), QORVEX)),
]


@pytest.mark.parametrize(("name", "words"), FORMS)
def test_each_word_weighs_what_the_tables_say(name: str, words: tuple[Word, ...]) -> None:
    assert forms(name)[0].words == words


@pytest.mark.parametrize(
    "form",
    [
        "Inc", "LLC", "GmbH", "AG", "SA", "SAS", "BV", "Pte Ltd", "Pty Ltd", "Sdn Bhd", "KK", "JSC",
        "DAC", "FZE", "PLC", "Tbk", "TOV", "AO", "OAO", "ООО", "ОАО", "АО", "S.p.A.", "S.r.l.",
        "G.m.b.H.", "K.K.", "株式会社", "股份有限公司", "有限责任公司", "Corporation", "a.s.",
        "d.o.o.",
        "Kommanditgesellschaft", "Limited Liability Partnership", "Anonim Sirketi", "Osakeyhtiö",
    ],
)  # fmt: skip
def test_every_legal_form_weighs_little_after_a_name_and_is_kept(form: str) -> None:
    words = forms(f"Qorvex {form}")[0].words
    assert [(word.legal, word.weight) for word in words] == [
        (False, 1.0),
        (True, WEIGHTS["legal_form"]),
    ]


@pytest.mark.parametrize(
    "spellings",
    [
        ("Qorvex Ltd", "Qorvex Limited", "Qorvex Co. Ltd", "Qorvex 有限公司", "Qorvex lhimited"),
        ("Qorvex LLC", "Qorvex ООО", "Qorvex OOO", "Qorvex TOV", "OOO Qorvex"),
        ("Qorvex JSC", "АО Qorvex", "Qorvex Joint Stock Company"),
        ("Qorvex Sp. z o.o.", "Qorvex sp z o o", "Qorvex Spółka z o.o."),
        ("Qorvex 4", "Qorvex IV", "Qorvex 4th", "Qorvex 004"),
    ],
)
def test_spellings_of_one_name_have_the_same_words(spellings: tuple[str, ...]) -> None:
    assert {frozenset(forms(name)[0].words) for name in spellings} == {
        frozenset(forms(spellings[0])[0].words)
    }


def test_a_name_of_another_script_has_a_second_form_in_latin_letters() -> None:
    own, read = forms("ООО Волна")
    assert (own.script, own.spelled, own.canonical) == ("CYRILLIC", True, ("llc", "волна"))
    assert (read.script, read.spelled, read.canonical) == ("CYRILLIC", False, ("llc", "volna"))
    assert own.whole
    assert read.whole


@pytest.mark.parametrize(
    ("name", "canonical"),
    [
        ("华为技术有限公司", ("huawei", "technology", "ltd")),
        ("ガンマ株式会社", ("ganma", "kk")),
        ("김정은", ("kim", "jongun")),
        ("بنك ملت", ("bank", "'malat")),
        ("Qorvex 华为", ("qorvex", "huawei")),
    ],
)
def test_the_latin_form_has_english_words_and_spelled_ones(
    name: str, canonical: tuple[str, ...]
) -> None:
    assert forms(name)[1].canonical == canonical


def test_a_latin_name_has_one_form_and_parts_are_not_whole() -> None:
    assert [(f.text, f.whole, f.script) for f in forms("Zentrum (Qorvex)")] == [
        ("Zentrum (Qorvex)", True, "LATIN"),
        ("Zentrum", False, "LATIN"),
        ("Qorvex", False, "LATIN"),
    ]


@pytest.mark.parametrize("name", ["", "...", "\u200f", "()", " / ", "\U0001f680", "\ud800"])
def test_a_name_without_words_has_no_form(name: str) -> None:
    assert forms(name) == ()


def test_the_total_is_the_sum_of_the_weights_and_joined_leaves_out_legal_forms() -> None:
    (form,) = forms("Sense Time 2 Ltd")
    weights = [lexicon().rarity.get("sense", 1.0), lexicon().rarity["time"], 0.8, 0.06]
    assert form.total == pytest.approx(sum(weights))
    assert (form.joined, form.numbers) == ("sensetime2", ("2",))


def test_a_name_of_legal_forms_only_is_joined_from_them() -> None:
    assert forms("Ltd")[0].joined == "ltd"
    assert forms("Co., Ltd.")[0].joined == "ltd"
