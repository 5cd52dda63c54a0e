"""The format "mapped-json": records of one's own, and a third party's extraction of a PDF."""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from compliance.errors import WatchlistError
from compliance.watchlists import Identifier, Listing, Watchlist, read

ROOT = Path(__file__).parents[4]
HEAD = "schema: 1\njson: own.json\nlist: {id: own}\nfields:\n  id: no\n  name: name\n"
OFSI = ("individuals", "entities")


def mapped(folder: Path, mapping: str, value: Any) -> Watchlist:
    (folder / "own.json").write_text(json.dumps(value), "utf-8")
    (folder / "own.yaml").write_text(mapping, "utf-8")
    return read("mapped-json", folder / "own.yaml")


def refusal(folder: Path, mapping: str, value: Any) -> list[str]:
    with pytest.raises(WatchlistError) as caught:
        mapped(folder, mapping, value)
    return str(caught.value).replace(f"{folder}/", "").splitlines()


def test_keys_inside_one_another_and_lists_are_columns(tmp_path: Path) -> None:
    mapping = (
        HEAD.replace("json: own.json", "json: own.json\nrecords: data.entries\nignored: [debris]")
        + "  aliases: [also.name]\n  countries: seat.country\n"
        + "  identifiers: {column: tax, scheme: tax}\n  remarks: {column: big, prefix: 'Big: '}\n"
    )
    entry = {
        "no": 7,
        "name": " Qorvex ",
        "also": [{"name": "QRZ"}, {"name": "Q"}],
        "seat": {"country": "Germany"},
        "tax": [811, 907],
        "big": True,
        "debris": {"any": ["thing"]},
    }
    other: dict[str, Any] = {
        "no": "8",
        "name": "Lumen",
        "also": [],
        "seat": None,
        "tax": None,
        "big": False,
    }
    found = mapped(tmp_path, mapping, {"data": {"entries": [entry, other]}}).listings
    assert found[0] == Listing(
        id="7",
        list_id="own",
        name="Qorvex",
        aliases=("QRZ", "Q"),
        countries=("DE",),
        identifiers=(Identifier("tax", "811"), Identifier("tax", "907")),
        remarks="Big: true",
        source=f"{tmp_path / 'own.json'}: 0",
    )
    assert (found[1].name, found[1].aliases, found[1].countries) == ("Lumen", (), ())


def test_a_key_that_is_new_or_missing_is_refused_once_with_its_record(tmp_path: Path) -> None:
    mapping = f"{HEAD}  aliases: also\n"
    records = [
        {"no": 1, "name": "A", "also": "B"},
        {"no": 2, "name": "C", "alsoo": "D"},
        {"no": 3, "name": "C", "alsoo": "D", "also": None},
    ]
    assert refusal(tmp_path, mapping, records) == [
        "own.json: 1: no key 'also'",
        "own.json: 1: unknown key 'alsoo' (map it, or name it in ignored)",
    ]
    assert refusal(tmp_path, mapping, [{"no": 1, "name": "A"}]) == [
        "own.yaml:7:12: fields.aliases: own.json has no key 'also' (known: name, no)"
    ]
    optional = f"optional: [also]\n{mapping}"
    found = mapped(tmp_path, optional, [records[0], {"no": 2, "name": "C"}]).listings
    assert [entry.aliases for entry in found] == [("B",), ()]
    assert refusal(tmp_path, f"optional: [alsoo, also]\n{mapping}", records[:1]) == [
        "own.yaml:1:12: optional.0: 'alsoo' is mapped by no field"
    ]


def test_an_optional_object_may_be_missing_whole(tmp_path: Path) -> None:
    mapping = f"optional: [also]\n{HEAD}  aliases: also.name\n"
    records = [{"no": 1, "name": "A", "also": [{"name": "B"}]}, {"no": 2, "name": "C"}]
    assert [x.aliases for x in mapped(tmp_path, mapping, records).listings] == [("B",), ()]


def test_a_field_of_one_value_is_not_given_two(tmp_path: Path) -> None:
    assert refusal(tmp_path, HEAD, [{"no": 1, "name": ["A", "B"]}]) == [
        "own.json: 0.name: 2 values where one is expected"
    ]


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ({"a": 1}, "own.json: it is not a list of entries"),
        ([1, {"no": 1, "name": "A"}], "own.json: 0: not an object"),
        ([], "own.json: no rows"),
    ],
)
def test_other_json_is_refused(tmp_path: Path, value: Any, message: str) -> None:
    assert refusal(tmp_path, HEAD, value) == [message]


def test_records_are_where_the_mapping_says(tmp_path: Path) -> None:
    mapping = HEAD.replace("json: own.json", "json: own.json\nrecords: data.all")
    assert refusal(tmp_path, mapping, {"data": {}}) == ["own.json: no 'data.all' in it"]


def test_broken_json_and_a_path_out_of_the_folder_are_refused(tmp_path: Path) -> None:
    (tmp_path / "own.json").write_text("[\n{]")
    (tmp_path / "own.yaml").write_text(HEAD)
    with pytest.raises(WatchlistError, match=r"own\.json:2:2: not JSON"):
        read("mapped-json", tmp_path / "own.yaml")
    (tmp_path / "own.yaml").write_text(HEAD.replace("own.json", "../own.json"))
    with pytest.raises(WatchlistError, match=r"2:7: json: '\.\./own\.json' leads out"):
        read("mapped-json", tmp_path / "own.yaml")


def test_a_key_twice_is_refused(tmp_path: Path) -> None:
    (tmp_path / "own.json").write_text('[{"no": 1, "name": "A", "name": "B"}]')
    (tmp_path / "own.yaml").write_text(HEAD)
    with pytest.raises(WatchlistError, match=r"own\.json:1:25: key 'name' twice"):
        read("mapped-json", tmp_path / "own.yaml")


def test_a_mapping_of_json_has_no_delimiter_and_one_of_a_csv_no_records(tmp_path: Path) -> None:
    found = refusal(tmp_path, f'delimiter: ";"\n{HEAD}', [])
    assert found[0].startswith("own.yaml:1:1: delimiter: unknown key 'delimiter'")
    found = refusal(tmp_path, HEAD.replace("json: own.json", "csv: own.csv"), [])
    assert found[0].startswith("own.yaml:1:1: missing key 'json'")
    assert found[1].startswith("own.yaml:2:1: csv: unknown key 'csv'")


@pytest.fixture(scope="module")
def ofsi(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Watchlist, ...]:
    """The two real files by the mappings of the examples."""
    folder = tmp_path_factory.mktemp("ofsi")
    for part in OFSI:
        shutil.copy(ROOT / f"examples/lists/uk_ofsi_{part}.yaml", folder)
        shutil.copy(shared / "uk" / f"{part}_extracted.json", folder)
    return tuple(read("mapped-json", folder / f"uk_ofsi_{part}.yaml") for part in OFSI)


@pytest.mark.shared
def test_the_seventy_five_people_of_the_extraction_are_seventy(
    ofsi: tuple[Watchlist, ...],
) -> None:
    assert [len(found.listings) for found in ofsi] == [70, 9]
    assert [found.complete for found in ofsi] == [False, False]
    assert sum(len(entry.aliases) for found in ofsi for entry in found.listings) == 168
    ermakov = next(entry for entry in ofsi[0].listings if "ERMAKOV" in entry.name)
    assert "Александр Геннадьевич Ермаков" in ermakov.aliases
    days = {dated.what for found in ofsi for entry in found.listings for dated in entry.dates}
    assert days == {"designated", "updated", "trust services sanctions"}


def test_entries_may_be_bare_texts(tmp_path: Path) -> None:
    mapping = HEAD.replace("id: no", "id: $text").replace("name: name", "name: $text")
    assert [x.name for x in mapped(tmp_path, mapping, ["Qorvex", "Zorn"]).listings] == [
        "Qorvex",
        "Zorn",
    ]
    assert refusal(tmp_path, mapping, ["Qorvex", {"name": "Zorn"}]) == ["own.json: 1: not a text"]


TOLD = (
    "schema: 1\njson: own.json\nrecords: rows\nlist:\n  id: {key: list, words: {a: alpha}}\n"
    "  entries_total: {key: count}\n  published: {key: day}\n"
    "fields:\n  id: no\n  name: name\n"
)
WHOLE = {"list": "a", "count": 1, "day": "2024-01-02", "rows": [{"no": 1, "name": "Qorvex"}]}


def test_a_file_may_say_what_its_list_is(tmp_path: Path) -> None:
    found = mapped(tmp_path, TOLD, WHOLE)
    assert (found.id, found.entries_total, found.published) == ("alpha", 1, date(2024, 1, 2))
    assert found.listings[0].published == date(2024, 1, 2)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"list": "b"}, "own.json: list: 'b' does not say id of the list (known: a)"),
        ({"day": "soon"}, "own.json: day: 'soon' does not say published of the list"),
        ({"count": 2}, "own.json: 2 entries told where there are 1"),
        ({"more": 1}, "own.json: unknown key 'more' (name it in ignored)"),
    ],
)
def test_what_a_file_says_of_its_list_must_fit(
    tmp_path: Path, changes: dict[str, Any], message: str
) -> None:
    assert refusal(tmp_path, TOLD, {**WHOLE, **changes}) == [message]
