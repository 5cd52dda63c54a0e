"""names.given_names and names.han: names in the usual spelling, and the tables behind them."""

from __future__ import annotations

from pathlib import Path

import pytest

from compliance.errors import ReferenceDataError
from compliance.names import given_names, han
from compliance.names.given_names import respelled
from compliance.names.scripts import as_person, latin
from compliance.tables.embedded import rules_path

DATA = rules_path() / "data"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("abd al karim", ["abdulkarim"]),
        ("abdelkarim", ["abdulkarim"]),
        ("abdurrahman", ["abdulrahman"]),
        ("abdessalam", ["abdulsalam"]),
        ("abdulatif", ["abdullatif"]),
        ("abd allah", ["abdullah"]),
        ("abdallah", ["abdullah"]),
        ("abdullah", []),
        ("abdi", []),
        ("abdul", []),  # half a name
        ("nur al din", ["nuruddin"]),
        ("badreddine", ["badruddin"]),
        ("nuruddin", []),
        ("bernardine", []),
        ("saif ullah", ["saifullah"]),
        ("abu bakr", ["abubakar"]),
        ("lee yong ho", ["ri yong ho"]),
        ("yongho lee", ["yong ho ri"]),
        ("lee wei", []),
        ("jong chung", []),  # a surname and one syllable may be anything
        ("deng hsiao ping", ["deng xiao bing", "deng xiao ping"]),
        ("wang kuo ying", []),  # all of it is pinyin too
        ("hung trading", []),
    ],
)
def test_a_name_is_written_in_the_usual_spelling(name: str, expected: list[str]) -> None:
    assert [" ".join(words) for words in respelled(name.split())] == expected


def test_a_hyphen_tells_wade_giles_from_pinyin() -> None:
    assert ("wang", "guo", "ying") in respelled(["wang", "kuo", "ying"], "Wang Kuo-ying")


@pytest.mark.parametrize("name", ["abdelkarim", "nur al din", "saif ullah", "lee yong ho"])
def test_a_name_that_may_be_written_otherwise_has_a_word_that_says_so(name: str) -> None:
    assert any(map(given_names.may_respell, name.split()))


def test_schemes_write_slavic_names_as_passports_and_newspapers_do() -> None:
    rows = given_names.given_names().rows
    for words in (
        "evgeny yevgeniy jewgeni yevhen yevhenii yauhen",
        "sergey serhii serhiy siarhei",
        "ekaterina yekaterina kateryna katsiaryna",
        "grigory hryhorii ryhor",
    ):
        assert any(row >= set(words.split()) for row in rows), words


@pytest.mark.parametrize(
    ("signs", "expected"),
    [
        ("厦门", "xiamen"),
        ("大厦", "dasha"),
        ("长沙", "changsha"),
        ("重庆", "chongqing"),
        ("成都", "chengdu"),
        ("西藏", "xizang"),
        ("六安", "luan"),
        ("银行", "yinhang"),
        ("曾明", "zengming"),
    ],
)
def test_signs_are_read_by_phrases(signs: str, expected: str) -> None:
    assert han.pinyin(signs) == expected


def test_a_surname_is_read_as_one_beside_the_plain_reading() -> None:
    assert (latin("单小龙"), as_person("单小龙")) == (("danxiaolong",), ("shanxiaolong",))
    assert latin("王小龙") == as_person("王小龙") == ("wangxiaolong",)
    assert as_person("单") == latin("单")


def table_with(tmp_path: Path, name: str, old: str, new: str) -> Path:
    shipped = (DATA / name).read_text(encoding="utf-8")
    assert old in shipped
    path = tmp_path / name
    path.write_text(shipped.replace(old, new, 1), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("names:", "name:", "key 'names' is missing"),
        ("names:", "name:", "unknown key 'name'"),
        ("  - tariq tarek", "  - Tariq tarek", "expected two or more normalized spellings"),
        ("  - {ru: глеб,", "  - {rus: глеб,", "unknown key 'rus'"),
        ("  god:", "  gods:", "key 'god' is missing"),
        ("  surnames: >-", "  surname: >-", "key 'surnames' is missing"),
        ("  be:\n", "  by:\n", "key 'be' is missing"),
    ],
)
def test_a_wrong_table_of_given_names_is_refused(
    tmp_path: Path, old: str, new: str, message: str
) -> None:
    path = table_with(tmp_path, "given_names.yaml", old, new)
    with pytest.raises(ReferenceDataError) as caught:
        given_names.read(path)
    assert any(message in problem.message for problem in caught.value.problems)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("signs:", "sign:", "key 'signs' is missing"),
        ("signs:", "sign:", "unknown key 'sign'"),
        ("地di", "地1", "expected signs and their reading, found '地1'"),
        ("hsiao:xiao", "hsiao", "expected signs and their reading, found 'hsiao'"),
    ],
)
def test_a_wrong_table_of_readings_is_refused(
    tmp_path: Path, old: str, new: str, message: str
) -> None:
    path = table_with(tmp_path, "han_readings.yaml", old, new)
    with pytest.raises(ReferenceDataError) as caught:
        han.read(path)
    assert message in [problem.message for problem in caught.value.problems]
