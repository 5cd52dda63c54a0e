"""names.translations: other scripts as lists in Latin letters write them, and the table behind."""

from __future__ import annotations

from pathlib import Path

import pytest

from compliance.errors import ReferenceDataError
from compliance.names import REVIEW_THRESHOLD, Kind, explain, normalize, similarity
from compliance.names.translations import read, translations
from compliance.names.variants import forms
from compliance.tables.embedded import rules_path

TABLE = rules_path() / "data/translations.yaml"
SHIPPED = TABLE.read_text(encoding="utf-8")


def latin_readings(name: str) -> list[str]:
    """Each Latin reading of a name."""
    return [" ".join(form.canonical) for form in forms(name) if not form.spelled]


@pytest.mark.parametrize(
    ("name", "reading"),
    [
        # Cyrillic adjectives in each case and gender, and phrases
        ("Коммерческого Банка", "commercial bank"),
        ("Нефтеперерабатывающий завод Северный", "oil refinery northern"),
        ("Голос Европы", "golos evropy"),
        # Arabic and Persian: names with their vowels, other words by consonants
        ("طارق عزيز", "tariq aziz"),
        ("محمدرضا توکلی", "muhammad rida 'tawakalay"),
        ("محمدرضا توکلی", "muhammad reza 'tawakalay"),
        ("عبد القدوس", "'abdulqadawas"),
        ("نذیر الله", "nadhirullah"),
        ("ظاهر", "'zahar"),
        ("بین المللی", "international"),
        # Hangul: persons syllable by syllable, companies by what their words mean
        ("김혁찬", "kim hyok chan"),
        ("조선백호무역회사", "korea paekho trading company"),
        ("합장강무역회사", "hapjanggang trading company"),
        # Han: a town and the sign for it, a place the table knows and one it does not
        ("广州市飞仁物流有限公司", "guangzhou feiren logistics ltd"),
        ("义乌市卫硕进出口有限公司", "yiwu weishuo import and export ltd"),
    ],
)
def test_a_name_of_another_script_is_read_as_lists_write_it(name: str, reading: str) -> None:
    assert reading in latin_readings(name)


@pytest.mark.parametrize(
    ("asked", "listed", "kind"),
    [
        ("طارق عزيز", "Tareq Aziz", "person"),
        ("علي مملوك", "Ali Mamlouk", "person"),
        ("김창혁", "KIM Chang Hyok", "person"),
        ("왕창욱", "WANG Chang Uk", "person"),
        ("조선남강무역회사", "Korea Namgang Trading Corporation", "organization"),
        ("新疆生产建设兵团公安局",
         "Xinjiang Production and Construction Corps Public Security Bureau", "organization"),
        ("Публичное Акционерное Общество “Металлургический Инвестиционный Банк”",
         "Public Joint Stock Company “Metallurgical Investment Bank”", "organization"),
    ],
)  # fmt: skip
def test_a_name_of_another_script_is_for_review_and_never_certain(
    asked: str, listed: str, kind: Kind
) -> None:
    assert REVIEW_THRESHOLD <= similarity(asked, listed, kind) <= 0.94
    assert "transliterated" in explain(asked, listed, kind).notes


@pytest.mark.parametrize(
    ("asked", "listed", "kind"),
    [
        ("广州市飞仁物流有限公司", "Guangzhou Feilong Logistics Co. Ltd.", "organization"),
        ("조선백호무역회사", "Korea Namgang Trading Corporation", "organization"),
        ("طارق عزيز", "Tariq Azhar", "person"),
        ("Коммерческий Банк Волна", "Commercial Bank Zenit", "organization"),
    ],
)
def test_what_is_translated_alone_is_no_hit(asked: str, listed: str, kind: Kind) -> None:
    assert similarity(asked, listed, kind) < REVIEW_THRESHOLD


def test_every_english_word_of_the_table_is_spelled_as_normalization_spells_it() -> None:
    table = translations()
    meanings = {" ".join(words) for words in table.words.values()}
    said = {one for both in table.names.values() for one in both}
    assert {text for text in meanings | said if normalize(text) != text} == set()


def table_with(tmp_path: Path, old: str, new: str) -> Path:
    assert old in SHIPPED
    path = tmp_path / "translations.yaml"
    path.write_text(SHIPPED.replace(old, new, 1), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("endings:", "ends:", "'endings' is missing"),
        ("  radio: [радио]", "  radio: радио", "a list is expected"),
        (
            "  radio: [радио]",
            "  radio: [банка]",
            "'банка' is claimed by radio and bank",
        ),
        ("muhammad:محمد", "محمد", "expected a spelling and a name, found 'محمد'"),
        ("folding: یي", "folding: ی", "expected a letter and what it is read as, found 'ی'"),
        ("first: k kk n", "first: k kk", "19"),
    ],
)
def test_a_wrong_table_is_refused_with_its_line(
    tmp_path: Path, old: str, new: str, message: str
) -> None:
    with pytest.raises(ReferenceDataError) as caught:
        read(table_with(tmp_path, old, new))
    assert any(message in problem.message for problem in caught.value.problems)
    assert all(problem.line for problem in caught.value.problems)
