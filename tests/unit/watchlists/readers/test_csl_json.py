"""watchlists.csl_json: the Consolidated Screening List as JSON, the same as its CSV."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from compliance.watchlists import Identifier, Listing, read
from compliance.watchlists.readers.csl_csv import read_csv
from compliance.watchlists.readers.csl_json import read_json
from readers import refused

SDN: dict[str, Any] = {
    "id": "18765",
    "source": "Specially Designated Nationals (SDN) - Treasury Department",
    "entity_number": 18765,
    "type": "Individual",
    "programs": ["SDGT", "SYRIA"],
    "name": "ABBAS,  Abu",
    "title": None,
    "addresses": [
        {
            "address": "1 Road",
            "city": "Tunis",
            "state": None,
            "postal_code": "10",
            "country": "TN",
        },
        {"address": None, "city": "", "state": "", "postal_code": None, "country": "IQ"},
    ],
    "federal_register_notice": None,
    "start_date": None,
    "end_date": None,
    "standard_order": None,
    "license_requirement": None,
    "license_policy": None,
    "call_sign": None,
    "vessel_type": None,
    "gross_tonnage": None,
    "gross_registered_tonnage": None,
    "vessel_flag": None,
    "vessel_owner": None,
    "remarks": "(Linked To: A)",
    "source_list_url": "https://sanctionslist.ofac.treas.gov/Home/SdnList",
    "alt_names": ["ZAYDAN, Muhammad"],
    "citizenships": ["IQ"],
    "dates_of_birth": ["1948-12-10"],
    "nationalities": ["SY"],
    "places_of_birth": ["Haifa"],
    "source_information_url": "https://home.treasury.gov/",
    "ids": [
        {
            "type": "Passport",
            "number": "A12",
            "country": "IQ",
            "issue_date": "2000-01-01",
            "expiration_date": None,
        },
        {"type": "Digital Currency Address - XBT", "number": "1Fz2", "country": None},
        {"type": "Gender", "number": "Male", "country": None},
        {"type": "Website", "number": "example.org", "country": None},
    ],
}
EL: dict[str, Any] = {
    "id": "b6e9",
    "source": "Entity List (EL) - Bureau of Industry and Security",
    "name": "Abdul Satar Ghoura",
    "addresses": [{"address": "Market, Kabul; and Bazaar", "city": "Herat", "country": "AF"}],
    "federal_register_notice": "76 FR 71867",
    "start_date": "2011-11-21",
    "license_requirement": "For all items subject to the EAR.",
    "license_policy": "Presumption of denial.",
    "alt_names": None,
}
ISN: dict[str, Any] = {
    "source": "Nonproliferation Sanctions (ISN) - State Department",
    "name": "SPC Supachoke ",
    "programs": ["Chemical and Biological Weapons Act"],
    "country": "TH",
    "alt_names": "Super Trade; and Super",
    "end_date": "1996-02-08",
}


def write(folder: Path, value: object) -> Path:
    path = folder / "consolidated.json"
    path.write_text(json.dumps(value), encoding="utf-8")
    return path


def answer(*results: object, **more: object) -> dict[str, object]:
    return {"total": len(results), "results": list(results), **more}


def refusal(path: Path) -> str:
    return refused(read_json, path, "csl.json")


def test_an_entry_is_read_with_everything_it_has(tmp_path: Path) -> None:
    path = write(tmp_path, answer(SDN))
    found = read_json(path)
    assert (found.id, found.published, found.complete) == ("ita-csl", None, True)
    assert found.listings == (
        Listing(
            id="SDN:18765",
            list_id="ita-csl",
            measures=("us.sdn",),
            name="ABBAS, Abu",
            aliases=("ZAYDAN, Muhammad",),
            kind="person",
            countries=("TN", "IQ"),
            addresses=("1 Road, Tunis, 10, TN", "IQ"),
            programmes=("SDN", "SDGT", "SYRIA"),
            identifiers=(Identifier("passport", "A12"), Identifier("wallet", "1Fz2")),
            remarks="(Linked To: A)",
            source=f"{path}: results.0",
            nationalities=("SY", "IQ"),
            birth_dates=("1948-12-10",),
            gender="male",
        ),
    )


def test_an_entry_may_have_the_keys_of_its_own_list_only(tmp_path: Path) -> None:
    first, second = read_json(write(tmp_path, answer(EL, ISN))).listings
    assert (first.id, first.kind, first.listed_on) == ("EL:b6e9", "unknown", date(2011, 11, 21))
    assert first.addresses == ("Market, Kabul", "Bazaar, Herat, AF")
    assert (first.countries, first.license_policy) == (("AF",), "Presumption of denial.")
    assert (second.id, second.countries) == ("ISN:SPC Supachoke", ("TH",))
    assert second.aliases == ("Super Trade", "Super")
    assert second.delisted_on is None


def test_a_repeated_id_is_numbered(tmp_path: Path) -> None:
    found = read_json(write(tmp_path, answer(ISN, ISN)))
    assert [listing.id for listing in found.listings] == [
        "ISN:SPC Supachoke",
        "ISN:SPC Supachoke#2",
    ]


def as_json(row: dict[str, str]) -> dict[str, Any]:
    """A row of the current CSV as the entry of the JSON file that says the same."""
    result: dict[str, Any] = {key: value or None for key, value in row.items()}
    result["id"] = result.pop("_id")
    lists = ("programs", "alt_names", "citizenships", "dates_of_birth", "nationalities")
    for key in lists:
        result[key] = row[key].split("; ") if row[key] else []
    lines = [line.rpartition(", ") for line in row["addresses"].split("; ") if line]
    result["addresses"] = [{"address": start, "country": end} for start, _, end in lines]
    items = [item.split(", ") for item in row["ids"].split("; ") if item]
    result["ids"] = [{"type": item[0], "number": item[1]} for item in items if len(item) > 1]
    return result


@pytest.mark.shared
def test_the_same_entries_as_csv_and_as_json_are_the_same_listings(
    shared: Path, tmp_path: Path
) -> None:
    source = shared / "csl" / "consolidated_sample_current_header.csv"
    with source.open(encoding="utf-8-sig", newline="") as file:
        results = [as_json(row) for row in csv.DictReader(file)]
    found = read_json(write(tmp_path, answer(*results))).listings
    expected = read_csv(source).listings
    assert len(found) == len(expected) == 13
    assert [replace(listing, source="") for listing in found] == [
        replace(listing, source="") for listing in expected
    ]


def test_the_reader_is_found_by_its_format_and_takes_another_id(tmp_path: Path) -> None:
    path = write(tmp_path, {"results": [EL]})
    assert read("ita-csl-json", path) == read_json(path)
    assert read_json(path, "mine").id == read_json(path, "mine").listings[0].list_id == "mine"


def test_one_page_of_an_answer_is_refused(tmp_path: Path) -> None:
    message = refusal(write(tmp_path, {"total": 20000, "results": [EL]}))
    assert message == (
        "csl.json: total is 20000 where there are 1 results (one page of an answer is not the list)"
    )


@pytest.mark.parametrize("value", [[], {}, {"results": None}, {"results": {}}, None])
def test_another_layout_is_refused(tmp_path: Path, value: object) -> None:
    assert "not an object with a list `results`" in refusal(write(tmp_path, value))


def test_a_list_without_entries_is_refused(tmp_path: Path) -> None:
    assert "no rows" in refusal(write(tmp_path, answer()))


def test_every_value_of_another_type_is_told_with_its_place(tmp_path: Path) -> None:
    message = refusal(
        write(
            tmp_path,
            answer(
                7,
                {**EL, "name": ["x"], "programs": [1], "alt_names": {}},
                {**EL, "addresses": ["x"], "ids": {}},
                {**EL, "addresses": [{"country": []}], "entity_number": True},
            ),
        )
    )
    for part in (
        "results.0: not an object",
        "results.1: name is neither a text nor null",
        "results.1: programs is neither a list of texts nor null",
        "results.1: alt_names is neither a list of texts nor null",
        "results.2: addresses.0 is not an object",
        "results.2: ids is neither a list nor null",
        "results.3: addresses.0.country is neither a text nor null",
        "results.3: entity_number is neither a text nor null",
    ):
        assert part in message


def test_every_entry_without_source_or_name_or_with_no_day_is_told(tmp_path: Path) -> None:
    message = refusal(
        write(tmp_path, answer({**EL, "name": None}, {"name": "A"}, {**EL, "start_date": "soon"}))
    )
    assert "results.0: no name" in message
    assert "results.1: no source" in message
    assert "results.2: start_date 'soon' is not a day" in message


def test_broken_json_is_refused_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "consolidated.json"
    path.write_text('{"results": [\n{"name": "A",}\n]}')
    assert "csl.json:2:14: not JSON" in refusal(path)
