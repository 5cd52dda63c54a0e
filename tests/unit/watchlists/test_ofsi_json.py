"""watchlists.ofsi_json: a third party's extraction of the UK's list, held against its text."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from compliance.errors import WatchlistError
from compliance.watchlists import Dated, Identifier, Listing, Watchlist, read
from compliance.watchlists.ofsi_json import _ORGANISATION, _PERSON, read_ofsi_json
from compliance.watchlists.ofsi_text import read_ofsi_text
from readers import refused

COMPARED = (
    "name",
    "aliases",
    "weak_aliases",
    "kind",
    "countries",
    "nationalities",
    "addresses",
    "identifiers",
    "listed_on",
    "citation",
    "birth_dates",
    "gender",
    "dates",
)
DAYS = {"listedOn": "11/02/2025", "dateDesignated": "12/02/2025", "lastUpdated": "13/02/2025"}


@pytest.fixture(scope="module")
def real(shared: Path) -> Watchlist:
    return read_ofsi_json(shared / "uk")


def person(**given: Any) -> dict[str, Any]:
    plain = {"aliases": [], "groupId": "7", "name1": "VLADIMIR", "name6": "ANANEV"}
    return dict.fromkeys(_PERSON) | DAYS | plain | given


def organisation(**given: Any) -> dict[str, Any]:
    lists: dict[str, Any] = {"aliases": [], "subsidiaries": [], "relatedEntities": []}
    plain = {"groupId": "8", "organizationName": "QORVEX"}
    return dict.fromkeys(_ORGANISATION) | DAYS | lists | plain | given


def write(folder: Path, *entries: object, name: str = "extracted.json") -> Path:
    path = folder / name
    path.write_text(json.dumps(list(entries)), encoding="utf-8")
    return path


def refusal(path: Path) -> str:
    return refused(read_ofsi_json, path, "extracted.json")


@pytest.mark.shared
def test_the_seventy_five_individuals_of_the_real_file_are_seventy(
    real: Watchlist, shared: Path
) -> None:
    written = json.loads((shared / "uk" / "individuals_extracted.json").read_text("utf-8"))
    repeated = Counter(entry["groupId"] for entry in written)
    assert len(written) == 75
    assert {id_: n for id_, n in repeated.items() if n > 1} == {"16078": 6}
    assert (real.id, real.published, real.complete) == ("uk-ofsi", None, False)
    assert Counter(found.kind for found in real.listings) == {"person": 70, "organization": 9}
    assert sum(len(found.aliases) for found in real.listings) == 168


@pytest.mark.shared
def test_the_extraction_and_the_text_differ_in_these_places_only(
    real: Watchlist, shared: Path
) -> None:
    """The model made aliases of the name's own spellings, of the reasons and of brackets."""
    text = {found.id: found for found in read_ofsi_text(shared / "uk" / "Cyber_text.txt").listings}
    assert text.keys() == {found.id for found in real.listings}
    differences = {
        (found.id, key)
        for found in real.listings
        for key in COMPARED
        if getattr(found, key) != getattr(text[found.id], key)
    }
    assert differences == {
        ("13748", "aliases"),
        ("13748", "citation"),
        ("13905", "aliases"),
        ("13911", "aliases"),
        ("13911", "name"),
        ("16277", "aliases"),
        ("16462", "aliases"),
        ("16582", "aliases"),
        ("16589", "aliases"),
        ("16590", "aliases"),
        ("16592", "aliases"),
        ("16751", "nationalities"),
    }
    extracted = {found.id: found for found in real.listings}
    for id_, key in differences:
        if key == "aliases":  # nothing of the text is lost
            assert set(text[id_].aliases) < set(extracted[id_].aliases)
    # From the reasons, not the aliases; "from" the place of birth; a name cut at its brackets.
    assert extracted["16277"].aliases[1:] == ("Seaborgium", "Star Blizzard", "Cold River")
    assert (text["16751"].nationalities, extracted["16751"].nationalities) == ((), ("RU",))
    assert text["13911"].name == f"{extracted['13911'].name} ('SANDWORM')"


def test_an_individual_is_read_with_everything_it_has(tmp_path: Path) -> None:
    given = person(
        ukSanctionsRef="CYB0071",
        name2="n/a",
        nameNonLatinScript="Ананьев",
        aliases=["DARKON", "A (non-Latin script: Б)"],
        dateOfBirth="(1) 03/07/1987. (2) 04/07/1987.",
        placeOfBirth="Omsk",
        nationality="Russia",
        passportNumber="766",
        nationalIdentificationNumber="55",
        gender="Male",
        position="Officer",
        address={"rawAddress": "Moscow, Russia.", "country": "Russia"},
        dateTrustServicesSanctionsImposed="14/02/2025",
        statementOfReasons="He hosts.",
        otherInformation="}],",
    )
    path = write(tmp_path, given)
    assert read_ofsi_json(path).listings == (
        Listing(
            id="7",
            list_id="uk-ofsi",
            measures=("uk.asset-freeze",),
            name="VLADIMIR ANANEV",
            aliases=("Ананьев", "DARKON", "A", "Б"),
            kind="person",
            countries=("RU",),
            addresses=("Moscow, Russia",),
            identifiers=(Identifier("passport", "766"), Identifier("national_id", "55")),
            listed_on=date(2025, 2, 11),
            citation="CYB0071",
            remarks="Position: Officer; Place of birth: Omsk; He hosts.",
            source=f"{path}: 0",
            nationalities=("RU",),
            birth_dates=("1987-07-03", "1987-07-04"),
            gender="male",
            dates=(
                Dated("designated", date(2025, 2, 12)),
                Dated("updated", date(2025, 2, 13)),
                Dated("trust services sanctions", date(2025, 2, 14)),
            ),
        ),
    )


def test_a_folder_has_both_files(tmp_path: Path) -> None:
    write(tmp_path, person(), name="individuals_extracted.json")
    with pytest.raises(WatchlistError) as caught:
        read_ofsi_json(tmp_path)
    assert str(caught.value).startswith(f"{tmp_path / 'entities_extracted.json'}: ")
    write(tmp_path, organisation(), name="entities_extracted.json")
    found = read_ofsi_json(tmp_path).listings
    assert [(x.id, x.name, x.kind) for x in found] == [
        ("7", "VLADIMIR ANANEV", "person"),
        ("8", "QORVEX", "organization"),
    ]


def test_an_entry_that_repeats_another_is_that_entry_and_one_that_differs_is_refused(
    tmp_path: Path,
) -> None:
    same = write(tmp_path, person(), person(otherInformation="}]"))
    assert len(read_ofsi_json(same).listings) == 1
    differs = write(tmp_path, person(), person(passportNumber="1"))
    assert refusal(differs) == "extracted.json: 1: groupId 7 of another entry that differs"


def test_the_reader_is_found_by_its_format_and_takes_another_id(tmp_path: Path) -> None:
    path = write(tmp_path, organisation())
    assert read("uk-ofsi-json", path) == read_ofsi_json(path)
    found = read_ofsi_json(path, "mine")
    assert found.id == found.listings[0].list_id == "mine"


def test_every_defect_of_the_entries_is_told_with_its_place(tmp_path: Path) -> None:
    less = person()
    del less["gender"], less["name3"]
    message = refusal(
        write(
            tmp_path,
            7,
            less,
            organisation(colour="red"),
            person(aliases="DARKON", address="Moscow", name1=1),
            person(groupId=None),
            person(listedOn=None, lastUpdated="soon"),
            person(address={"rawAddress": "Moscow", "country": 7}),
            organisation(organizationName=" "),
            organisation(subsidiaries=[1]),
        )
    )
    assert message.count("extracted.json: ") == 10
    for part in (
        "0: not an object",
        "1: missing keys: gender, name3",
        "2: unknown key: colour",
        "3: of another type: address, aliases, name1",
        "4: no groupId and name",
        "5: listedOn is not a day: None",
        "5: lastUpdated is not a day: 'soon'",
        "6: of another type: address",
        "7: no groupId and name",
        "8: of another type: subsidiaries",
    ):
        assert f"extracted.json: {part}" in message


def test_other_json_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "extracted.json"
    path.write_text('{"a": 1}')
    assert refusal(path) == "extracted.json: not a list of entries"
    path.write_text("[\n{]")
    assert refusal(path).startswith("extracted.json:2:1: not JSON")
    path.write_text("[]")
    assert refusal(path) == "extracted.json: no entries"
