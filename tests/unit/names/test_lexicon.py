"""names.lexicon: the shipped table and what makes a table wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from compliance.embedded import rules_path
from compliance.errors import ReferenceDataError
from compliance.names.lexicon import lexicon, read
from compliance.names.normalization import normalize
from compliance.yaml import read_file

TABLE = rules_path() / "data/legal_forms.yaml"
SHIPPED = TABLE.read_text(encoding="utf-8")


def test_the_shipped_table_orders_weights_from_frequent_to_distinctive() -> None:
    weights = lexicon().weights
    order = ("particle", "legal_form", "frequent", "place", "common", "institution", "number")
    assert [weights[name] for name in order] == sorted(weights[name] for name in order)
    assert weights["distinctive"] == 1.0


def test_every_equivalent_leads_to_a_word_that_has_none_itself() -> None:
    table = lexicon()
    assert set(table.equivalents.values()) & set(table.equivalents) == set()


def test_every_word_stands_in_one_class_once() -> None:
    words = [word for text in read_file(TABLE).value["words"].values() for word in text.split()]
    assert sorted(words) == sorted(set(words))


def test_every_word_of_the_table_is_spelled_as_normalization_spells_it() -> None:
    table = lexicon()
    words = {*table.classes, *table.equivalents, *table.equivalents.values()}
    words |= table.titles | table.particles | {word for form in table.legal_forms for word in form}
    assert {word for word in words if normalize(word) != word} == set()


def test_translations_of_a_legal_form_are_the_same_form() -> None:
    forms = lexicon().legal_forms
    assert {forms[("ltd",)], forms[("limited",)], forms[("有限公司",)], forms[("co", "ltd")]} == {
        "ltd"
    }
    assert {forms[("llc",)], forms[("ооо",)], forms[("ooo",)], forms[("tov",)]} == {"llc"}
    assert {forms[("kk",)], forms[("株式会社",)]} == {"kk"}


def table_with(tmp_path: Path, old: str, new: str) -> Path:
    assert old in SHIPPED
    path = tmp_path / "forms.yaml"
    path.write_text(SHIPPED.replace(old, new, 1), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("  joined: 0.95", "  joined: 1.5", "expected a number above 0 and up to 1"),
        ("  place: 0.4", "  place: 0", "expected a number above 0 and up to 1, found 0"),
        ("  title: 0.1", "  title: low", "found 'low'"),
        ("  number: 0.8", "  numbr: 0.8", "unknown key 'numbr'"),
        ("  number: 0.8", "  numbr: 0.8", "missing key 'number'"),
        ("titles: mr", "title: mr", "missing key 'titles'"),
        ("review_threshold: 0.85", "review_threshold: 85", "found 85"),
        ("  - {form: kg, spellings: [kg]}", "  - {form: kg}", "expected {form, spellings}"),
        ("  - {form: kg, spellings: [kg]}", "  - kg", "expected {form, spellings}"),
    ],
)
def test_a_wrong_table_is_refused_with_its_line(
    tmp_path: Path, old: str, new: str, message: str
) -> None:
    path = table_with(tmp_path, old, new)
    with pytest.raises(ReferenceDataError) as caught:
        read(path)
    assert any(message in problem.message for problem in caught.value.problems)
    assert all(
        problem.source == str(path) and problem.line > 0 for problem in caught.value.problems
    )


def test_a_table_that_is_no_mapping_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "forms.yaml"
    path.write_text("- a\n")
    with pytest.raises(ReferenceDataError, match="expected a mapping"):
        read(path)


def test_another_weight_is_read_from_the_file_not_from_the_code(tmp_path: Path) -> None:
    path = table_with(tmp_path, "review_threshold: 0.85", "review_threshold: 0.5")
    assert read(path).review_threshold == 0.5
