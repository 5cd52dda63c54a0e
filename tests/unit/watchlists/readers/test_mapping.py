"""watchlists.mapping: what a mapping may say; each defect with its line and column."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import pytest

from compliance.errors import InputError, WatchlistError, YamlError
from compliance.watchlists.readers.mapping import ColumnMapping, load

LEAST = "schema: 1\ncsv: own.csv\nlist: {id: own}\nfields: {id: No, name: Name}\n"


def loaded(
    folder: Path, text: str, kind: Literal["csv", "json"] = "csv", *, shipped: bool = False
) -> ColumnMapping:
    path = folder / "own.yaml"
    path.write_text(text, "utf-8")
    return load(path, kind, shipped=shipped)


def refusal(folder: Path, text: str) -> str:
    with pytest.raises(WatchlistError) as caught:
        loaded(folder, text)
    return str(caught.value).replace(f"{folder}/", "")


def field(folder: Path, spelled: str) -> str:
    """The refusal of a field written on line 5."""
    text = "schema: 1\ncsv: own.csv\nlist: {id: own}\nfields:\n"
    return refusal(folder, f"{text}  {spelled}\n  id: No\n  name: Name\n")


def test_the_least_mapping_is_comma_separated_utf_8(tmp_path: Path) -> None:
    found = loaded(tmp_path, LEAST)
    assert (found.files, found.encoding, found.delimiter) == (("own.csv",), "utf-8-sig", ",")
    assert (found.metadata, found.ignored) == ({"id": "own"}, ())
    assert [part.columns for part in (*found.fields["id"], *found.fields["name"])] == [
        ("No",),
        ("Name",),
    ]


def test_a_shipped_mapping_does_not_name_a_csv(tmp_path: Path) -> None:
    with pytest.raises(WatchlistError) as caught:
        loaded(tmp_path, LEAST, shipped=True)
    assert "own.yaml:2:1: csv: unknown key 'csv'" in str(caught.value)


def test_all_defects_are_told_at_once(tmp_path: Path) -> None:
    text = "schema: 2\nencodin: utf-8\nlist: {title: Own, published: yesterday}\nfields: {nam: N}\n"
    assert refusal(tmp_path, text).splitlines() == [
        "own.yaml:1:1: missing key 'csv'",
        "own.yaml:1:9: schema: expected 1",
        "own.yaml:2:1: encodin: unknown key 'encodin' (did you mean 'encoding'?)",
        "own.yaml:3:7: list: missing key 'id'",
        "own.yaml:3:31: list.published: expected date, found 'yesterday'",
        "own.yaml:4:9: fields: missing key 'id'",
        "own.yaml:4:9: fields: missing key 'name'",
        "own.yaml:4:10: fields.nam: unknown key 'nam' (did you mean 'name'?)",
    ]


@pytest.mark.parametrize(
    ("spelled", "message"),
    [
        ("kind: {colum: Type}", "own.yaml:5:10: fields.kind.colum: unknown key 'colum'"),
        ("kind: {column: Type, separator: x}", "5:24: fields.kind.separator: unknown key"),
        ("kind: []", "own.yaml:5:9: fields.kind: expected a part"),
        (
            "aliases: {column: A, find: '('}",
            "5:30: fields.aliases.find: '(' is no regular expression",
        ),
        (
            "aliases: {column: A, replace: {a: '\\1'}}",
            "fields.aliases.replace.a: '\\\\1' does not fit",
        ),
        ("aliases: {column: A, unread: drop}", "unknown key 'unread'"),
        ("listed_on: {column: A, unread: dropp}", "unknown unread 'dropp' (did you mean 'drop'?)"),
        ("listed_on: {column: A, choose: first}", "unknown choose 'first'"),
        ("identifiers: {schemes: {A: 7}}", "fields.identifiers.schemes.A: expected text, found 7"),
        ("kind: 7", "own.yaml:5:9: fields.kind: expected a column or a mapping, found 7"),
        ("kind: {column: A, constant: person}", "expected one of column, columns, constant"),
        ("kind: {words: {A: person}}", "expected one of column, columns, constant"),
        ("kind: {column: A, words: [person]}", "5:28: fields.kind.words: expected a mapping"),
        ("kind: {column: A, words: {B: 1}}", "fields.kind.words.B: expected text, found 1"),
        ("aliases: {columns: A}", "5:22: fields.aliases.columns: expected a list of texts"),
        ('aliases: {column: ""}', "5:21: fields.aliases.column: expected text, found ''"),
        ("identifiers: Number", "own.yaml:5:16: fields.identifiers: missing key 'scheme'"),
        ("birth_dates: {column: A, formats: ['%d.%m.%y']}", "leaves the century open"),
        ("listed_on: {column: A, formats: ['%Y']}", "5:35: fields.listed_on.formats: '%Y' has no"),
        ("listed_on: {column: A, formats: ['%Q']}", "'%Q' is no format of a day"),
        ("delisted_on: {column: A, formats: ['%m']}", "'%m' is no format of a day"),
        ("delisted_on: {column: A, formats: ['%d %Y']}", "'%d %Y' is no format of a day"),
        ("remarks: {column: A, separator: ';'}", "fields.remarks.separator: unknown key"),
    ],
)
def test_an_option_that_does_not_fit_its_field_is_refused(
    tmp_path: Path, spelled: str, message: str
) -> None:
    assert message in field(tmp_path, spelled)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("encoding: utf8", "encoding: unknown encoding 'utf8' (did you mean 'utf-8'?)"),
        ('delimiter: ";;"', "delimiter: ';;' is not one character that parts cells"),
        ("delimiter: 5", "delimiter: expected text, found 5"),
        ("ignored: Type", "ignored: expected a list of texts, found 'Type'"),
        ("blank: [1]", "blank: expected a list of texts, found [1]"),
    ],
)
def test_what_a_file_cannot_be_is_refused(tmp_path: Path, line: str, message: str) -> None:
    assert message in refusal(tmp_path, f"{LEAST}{line}\n")


def test_true_is_no_number_of_days(tmp_path: Path) -> None:
    text = LEAST.replace("{id: own}", "{id: own, stale_after_days: true}")
    assert refusal(tmp_path, text) == (
        "own.yaml:3:35: list.stale_after_days: expected int, found True"
    )


def test_a_part_has_one_source_and_a_hash_of_columns_is_one(tmp_path: Path) -> None:
    text = LEAST.replace("id: No", "id: {hash_of: [A, B]}")
    assert [part.hash_of for part in loaded(tmp_path, text).fields["id"]] == [("A", "B")]
    both = LEAST.replace("id: No", "id: {hash_of: [A], column: No}")
    message = "own.yaml:4:14: fields.id: expected one of column, columns, constant, hash_of"
    assert refusal(tmp_path, both) == message


@pytest.mark.parametrize("text", ["[]\n", "text\n", ""])
def test_a_file_that_is_no_mapping_is_refused(tmp_path: Path, text: str) -> None:
    assert refusal(tmp_path, text) == "own.yaml:1:1: expected a mapping"


def test_parts_that_are_no_mappings_are_refused(tmp_path: Path) -> None:
    assert refusal(tmp_path, "schema: 1\ncsv: a.csv\nlist: own\nfields: [id]\n").splitlines() == [
        "own.yaml:3:7: list: expected a mapping, found 'own'",
        "own.yaml:4:9: fields: expected a mapping, found ['id']",
    ]


def test_yaml_that_is_not_strict_is_refused(tmp_path: Path) -> None:
    with pytest.raises(YamlError, match="key 'csv' twice"):
        loaded(tmp_path, LEAST + "csv: other.csv\n")


def test_a_mapping_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="No such file"):
        load(tmp_path / "gone.yaml", "csv")
