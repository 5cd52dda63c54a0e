"""names.scripts: words of other scripts in Latin letters, and the table behind them."""

from __future__ import annotations

from pathlib import Path

import pytest

from compliance.errors import ReferenceDataError
from compliance.names import REVIEW_THRESHOLD, explain, normalize, similarity
from compliance.names.lexicon import lexicon
from compliance.names.scripts import folded, latin, read, script, scripts
from compliance.tables.embedded import rules_path
from compliance.tables.yaml import read_file

TABLE = rules_path() / "data/scripts.yaml"
SHIPPED = TABLE.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("huawei", "LATIN"),
        ("москва 7", "CYRILLIC"),
        ("acme 华为", "CJK"),
        ("すし", "HIRAGANA"),
        ("ガンマ", "KATAKANA"),
        ("삼성", "HANGUL"),
        ("محمد", "ARABIC"),
        ("ישראל", "HEBREW"),
        ("γαζι", "GREEK"),
        ("საქართველო", "GEORGIAN"),
        ("հայաստան", "ARMENIAN"),
        ("บริษัท", "THAI"),
        ("हिन्दी", "DEVANAGARI"),
        ("łódź", "LATIN"),
        ("123 ٣", "LATIN"),
        ("", "LATIN"),
    ],
)
def test_the_script_of_a_name_is_the_first_that_is_not_latin(text: str, expected: str) -> None:
    assert script(text) == expected


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("huawei", ("huawei",)),
        # Han: words that the table knows are translated, the rest is pinyin in one word
        ("华为技术", ("huawei", "technology")),
        ("華為技術", ("huawei", "technology")),
        (
            "中芯国际集成电路制造",
            ("zhongxin", "international", "integrated", "circuit", "manufacturing"),
        ),
        ("北京大学", ("beijing", "university")),
        ("实验室", ("laboratory",)),
        ("實驗室", ("laboratory",)),
        ("進出口", ("import", "and", "export")),
        ("東京電力", ("tokyo", "power")),
        ("云", ("cloud",)),
        ("云南", ("yunnan",)),  # a word of one character is read at the end only
        # kana
        ("テクノロジー", ("technology",)),
        ("ガンマ", ("ganma",)),
        # Hangul: a short word is a person's, surname first
        ("김정은", ("kim", "jongun")),
        ("이순신", ("lee", "sunsin")),
        ("삼성전자", ("samsongjonja",)),
        ("한국전력공사", ("hangugjonlyoggongsa",)),  # too long for a person
        ("은행", ("bank",)),
        # Cyrillic, Greek, Georgian, Armenian, Thai, Devanagari
        ("завод", ("plant",)),
        ("газпром", ("gazprom",)),
        ("щербаков", ("shcherbakov",)),
        ("γαζπρομ", ("gazprom",)),
        ("საქართველო", ("sakartvelo",)),
        ("հայաստան", ("hayastan",)),
        ("บริษัท", ("brisath",)),
        ("हिन्दी", ("hindi",)),
        # Arabic and Hebrew: consonants, and the article apart
        ("محمد", ("'mhmd",)),
        ("القاعدة", ("al", "'qdh")),
        ("مركز", ("center",)),
        ("المركز", ("al", "center")),
        ("ال", ("'l",)),
        ("ישראל", ("'ysrl",)),
    ],
)
def test_a_word_is_translated_or_spelled_in_latin_letters(
    word: str, expected: tuple[str, ...]
) -> None:
    assert latin(word) == expected


def test_traditional_and_japanese_characters_are_folded_to_the_simplified() -> None:
    assert folded("騰訊 萬達 檢測 優 儀器 図書 広州 qorvex") == (
        "腾讯 万达 检测 优 仪器 图书 广州 qorvex"
    )


def test_every_folding_is_of_one_character_into_one_that_is_not_folded_again() -> None:
    folding = scripts().folding
    assert {len(chr(old) + new) for old, new in folding.items()} == {2}
    assert {new for new in folding.values() if ord(new) in folding} == set()
    pairs = read_file(TABLE).value["han_folding"].split()
    assert sorted(pair[0] for pair in pairs) == sorted({pair[0] for pair in pairs})


def test_every_word_of_the_table_can_be_met_in_a_name() -> None:
    table = scripts()
    assert {word for word in table.han_words if folded(word) != word} == set()
    assert {word for word in table.words if folded(word) != word or " " in word} == set()
    assert {word for word in table.words if word.isascii()} == set()


def test_every_english_name_of_the_table_is_spelled_as_normalization_spells_it() -> None:
    table = scripts()
    names = {*table.han_words.values(), *table.words.values(), *table.surnames.values()}
    assert {name for name in names if normalize(name) != name} == set()


SAME_PARTY = [
    ("华为技术有限公司", "Huawei Technologies Co., Ltd."),
    ("華為技術有限公司", "Huawei Technologies Co., Ltd."),
    ("北京大学", "Beijing University"),
    ("ООО Волна", "Volna LLC"),
    ("ПАО Газпром нефть", "Gazprom Neft PJSC"),
    ("Γκαζπρομ", "Gkazprom"),
    ("김정은", "Kim Jong Un"),
    ("საქართველო", "Sakartvelo"),
    ("Հայաստան", "Hayastan"),
]


@pytest.mark.parametrize(("a", "b"), SAME_PARTY)
def test_a_name_in_another_script_is_for_review_and_never_certain(a: str, b: str) -> None:
    found = explain(a, b)
    assert REVIEW_THRESHOLD <= found.score <= 0.94
    assert found.score == similarity(b, a)


@pytest.mark.parametrize(
    ("a", "b"), [("قرطبة بركان", "Qurtuba Burkan"), ("ישראל", "Israel"), ("بنك ملت", "Bank Mellat")]
)
def test_arabic_and_hebrew_agree_with_latin_letters_by_their_consonants(a: str, b: str) -> None:
    close = {pair.similarity for pair in explain(a, b).pairs}
    assert {"bank"} & set(b.lower().split()) or close == {lexicon().closeness["consonants"]}
    assert explain(a, b).unmatched_left == explain(a, b).unmatched_right == ()


@pytest.mark.parametrize(
    ("a", "b"), [("صدام حسين", "Saddam Hussein"), ("محمد حسن", "Mohammed Hassan")]
)
def test_a_person_written_in_arabic_is_for_review(a: str, b: str) -> None:
    assert similarity(a, b, "person") >= REVIEW_THRESHOLD


def test_a_name_read_from_another_script_says_so() -> None:
    found = explain("ООО Волна", "Volna LLC")
    assert found.notes == ("transliterated",)
    assert [(pair.left, pair.right) for pair in found.pairs] == [("llc", "llc"), ("volna", "volna")]
    assert (found.agreement, found.score) == (1.0, 0.94)


@pytest.mark.parametrize(
    ("a", "b"), [("伟华", "卫华"), ("偉華", "衛華"), ("김 정운", "김 정은경"), ("جمل", "جميل")]
)
def test_names_of_one_script_are_never_compared_by_their_latin_reading(a: str, b: str) -> None:
    assert latin(a.replace(" ", ""))[0] != a
    assert similarity(a, b) < REVIEW_THRESHOLD
    assert all(pair.left == normalize(pair.left) for pair in explain(a, b).pairs)


def test_homophones_of_one_script_share_nothing() -> None:
    assert latin("伟华") == latin("卫华") == ("weihua",)
    assert similarity("伟华", "卫华") == 0.0
    assert similarity("伟华", "Weihua") == similarity("卫华", "Weihua") == 0.94


def table_with(tmp_path: Path, old: str, new: str) -> Path:
    assert old in SHIPPED
    path = tmp_path / "scripts.yaml"
    path.write_text(SHIPPED.replace(old, new, 1), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("han_words:", "hanwords:", "key 'han_words' is missing"),
        ("han_words:", "hanwords:", "unknown key 'hanwords'"),
        ('["ال"]', "ال", "a list is expected"),
        ("電电", "電电脑", "expected a form and its simplified form, found '電电脑'"),
        ("電电", "電電", "'電' is itself folded in '電電'"),
        ("  bank: [银行]", "  bank: 银行", "a list is expected"),
        ("  bank: [银行]", "  bank: [科技]", "'科技' is claimed by technology and bank"),
        ("  bank: [银行]", "  bank: [12]", "Input should be a valid string"),
    ],
)
def test_a_wrong_table_is_refused_with_its_line(
    tmp_path: Path, old: str, new: str, message: str
) -> None:
    path = table_with(tmp_path, old, new)
    with pytest.raises(ReferenceDataError) as caught:
        read(path)
    assert message in [problem.message for problem in caught.value.problems]
    assert {(p.source, p.line > 0) for p in caught.value.problems} == {(str(path), True)}


def test_a_table_that_is_no_mapping_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "scripts.yaml"
    path.write_text("- a\n", encoding="utf-8")
    with pytest.raises(ReferenceDataError, match="a mapping is expected"):
        read(path)
