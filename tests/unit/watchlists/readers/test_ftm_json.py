"""The format "ftm-json": real samples of FollowTheMoney, and small files."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from compliance.errors import WatchlistError
from compliance.watchlists import Dated, Identifier, Listing, Watchlist, read

ACCEPTED = "CC-BY-NC-4.0"
LICENSE = (
    "license CC-BY-NC-4.0 of OpenSanctions, accepted by the reader: "
    "https://www.opensanctions.org/licensing/"
)


def sample(shared: Path, name: str) -> Watchlist:
    path = shared / "opensanctions" / f"{name}.entities.ftm.json"
    return read("ftm-json", path, accept_license=ACCEPTED)


def entity(id_: str, schema: str, /, **properties: Any) -> dict[str, Any]:
    listed = {name: [each] if isinstance(each, str) else each for name, each in properties.items()}
    return {"id": id_, "schema": schema, "properties": listed}


def written(folder: Path, *entities: Any) -> Path:
    path = folder / "own.entities.ftm.json"
    path.write_text("".join(f"{json.dumps(each)}\n" for each in entities), "utf-8")
    return path


def found(folder: Path, *entities: Any) -> Watchlist:
    return read("ftm-json", written(folder, *entities), accept_license=ACCEPTED)


def only(folder: Path, *entities: Any) -> Listing:
    (listing,) = found(folder, *entities).listings
    return listing


def refusal(path: Path) -> list[str]:
    with pytest.raises(WatchlistError) as caught:
        read("ftm-json", path, accept_license=ACCEPTED)
    return str(caught.value).replace(f"{path.parent}/", "").splitlines()


@pytest.mark.shared
def test_the_sample_with_sanctions_is_read_whole(shared: Path) -> None:
    zala = sample(shared, "zala")
    assert (zala.id, zala.publisher, zala.published) == ("zala", "OpenSanctions", date(2026, 4, 29))
    assert zala.note == (
        f"{LICENSE}; joined to a party: 11 Address, 1 Passport, 41 Sanction; "
        "parties that are no targets, left out: 3 Company; "
        "other entities, left out: 3 Directorship, 4 Family, 14 Ownership"
    )
    assert Counter(x.kind for x in zala.listings) == {"organization": 8, "person": 6}
    assert sum(len(x.aliases) for x in zala.listings) == 225
    assert sum(len(x.weak_aliases) for x in zala.listings) == 8
    assert sum(len(x.addresses) for x in zala.listings) == 111
    assert Counter(number.scheme for x in zala.listings for number in x.identifiers) == {
        "uei": 26, "inn": 15, "ogrn": 10, "tax": 9, "registration": 8, "national_id": 4,
        "passport": 1,
    }  # fmt: skip
    assert Counter(x.gender for x in zala.listings) == {None: 9, "male": 3, "female": 2}


@pytest.mark.shared
def test_the_sample_of_the_eu_list_is_read_whole(shared: Path) -> None:
    yente = sample(shared, "yente_t1")
    assert yente.note == f"{LICENSE}; naming no listed party: 1 Address"
    assert Counter(x.kind for x in yente.listings) == {"person": 4, "organization": 2}
    assert yente.listings[1] == Listing(
        id="NK-2Ka3UvopqbpZmVDFjWd4LA",
        list_id="yente_t1",
        measures=("eu.asset-freeze",),
        name="Vitaly Yurievich KUZMENKO",
        aliases=("Vitalij Kuzmenko", "Виталий Юрьевич КУЗЬМЕНКО"),
        kind="person",
        nationalities=("RU",),
        programmes=("topic: sanction",),
        identifiers=(Identifier("tax", "366510784303"),),
        remarks=(
            "The plant is part of the High Precision Systems holding company of Rostec; "
            "General Director of JSC 163 Armor Repair Plant"
        ),
        source=f"{shared / 'opensanctions/yente_t1.entities.ftm.json'}:2",
        published=date(2024, 6, 1),
        birth_dates=("1971-01-22",),
        gender="male",
        dates=(
            Dated("first_seen", date(2024, 2, 26)),
            Dated("last_change", date(2024, 3, 28)),
        ),
    )


@pytest.mark.shared
def test_a_file_that_names_no_targets_lists_every_party(shared: Path) -> None:
    donations = sample(shared, "parteispenden")
    assert donations.note == (
        f"{LICENSE}; joined to a party: 89 Address; other entities, left out: 290 Payment"
    )
    assert Counter(x.kind for x in donations.listings) == {"organization": 74, "person": 22}
    assert donations.published is None
    assert donations.listings[1].addresses == ("Schillerstraße 19, 76135 Karlsruhe",)
    countries = Counter(code for x in donations.listings for code in x.countries)
    assert countries == {"DE": 80, "CY": 1, "GB": 1, "LU": 1}


def test_what_belongs_to_a_party_is_joined_to_it(tmp_path: Path) -> None:
    party = entity(
        "1",
        "Person",
        name=["Ilse Brandmoor", "I. Brandmoor"],
        previousName="Ilse Vorm",
        weakAlias="Die Ilse",
        birthDate=["1980-05", "about"],
        gender="other",
        citizenship="at",
        country=["de", "xx"],
        topics="sanction",
        addressEntity=["2", "gone"],
        passportNumber="P1",
    )
    party["caption"] = "I. Brandmoor"
    listing = only(
        tmp_path,
        party,
        entity("2", "Address", street="Ring 1", city="Graz", country="at"),
        entity("3", "Passport", holder="1", number=["P1", "P2"]),
        entity("4", "Identification", holder="1", number="N1"),
        entity("5", "Sanction", entity="1", program="EX", programId="EX-1", authority="We",
               reason="fraud", startDate="2020-01-02", endDate="2021"),
    )  # fmt: skip
    assert listing == Listing(
        id="1",
        list_id="own",
        name="I. Brandmoor",
        aliases=("Ilse Brandmoor", "Ilse Vorm"),
        weak_aliases=("Die Ilse",),
        kind="person",
        countries=("DE", "AT"),
        nationalities=("AT",),
        addresses=("Ring 1, Graz",),
        programmes=("EX-1", "EX", "topic: sanction"),
        identifiers=(
            Identifier("passport", "P1"),
            Identifier("passport", "P2"),
            Identifier("national_id", "N1"),
        ),
        listed_on=date(2020, 1, 2),
        remarks="Country: xx; Authority: We; Reason: fraud",
        source=f"{tmp_path / 'own.entities.ftm.json'}:1",
        birth_dates=("1980-05",),
    )


@pytest.mark.parametrize(
    ("sanctions", "listed", "delisted", "dated"),
    [
        ([], None, None, ()),
        ([{"startDate": "2020-01-02"}], date(2020, 1, 2), None, ()),
        (
            [{"startDate": "2020-01-02", "endDate": "2021-03-04"}, {"listingDate": "2019-05-06"}],
            date(2019, 5, 6),
            None,
            (),
        ),
        (
            [
                {"startDate": "2020-01-02", "endDate": "2021-03-04"},
                {"startDate": "2020-02-02", "endDate": ["2022-03-04", "2022-03-05"]},
            ],
            date(2020, 1, 2),
            date(2022, 3, 5),
            (),
        ),
        (
            [{"startDate": "2020-01-02T00:00:00"}, {"program": "no day"}],
            None,
            None,
            (Dated("first known sanction", date(2020, 1, 2)),),
        ),
    ],
)
def test_a_party_is_listed_from_its_first_sanction_to_its_last(
    tmp_path: Path,
    sanctions: list[dict[str, Any]],
    listed: date | None,
    delisted: date | None,
    dated: tuple[Dated, ...],
) -> None:
    joined = [
        entity(f"s{number}", "Sanction", entity="1", **each)
        for number, each in enumerate(sanctions)
    ]
    listing = only(tmp_path, entity("1", "Company", name="Qorvex"), *joined)
    assert (listing.listed_on, listing.delisted_on, listing.dates) == (listed, delisted, dated)


@pytest.mark.parametrize(
    ("schema", "kind"),
    [
        ("Airplane", "aircraft"),
        ("LegalEntity", "unknown"),
        ("PublicBody", "public_body"),
        ("Vessel", "vessel"),
    ],
)
def test_schemata_are_kinds(tmp_path: Path, schema: str, kind: str) -> None:
    assert only(tmp_path, entity("1", schema, name="Qorvex")).kind == kind


def test_numbers_have_schemes(tmp_path: Path) -> None:
    numbers = {"leiCode": "L", "ogrnCode": "O", "imoNumber": "I", "swiftBic": "S", "idNumber": "N"}
    listing = only(tmp_path, entity("1", "LegalEntity", name="Qorvex", **numbers))
    assert {number.scheme: number.value for number in listing.identifiers} == {
        "lei": "L", "ogrn": "O", "imo": "I", "swift": "S", "national_id": "N",
    }  # fmt: skip


def test_a_wallet_is_a_party_by_its_key_and_a_number_of_its_holder(tmp_path: Path) -> None:
    holder = entity("1", "Person", name="Ilse Brandmoor")
    wallet = entity("2", "CryptoWallet", publicKey="1A", holder="1")
    first, second = found(tmp_path, holder, wallet).listings
    assert first.identifiers == (Identifier("wallet", "1A"),)
    assert (second.name, second.kind, second.identifiers) == (
        "1A",
        "wallet",
        (Identifier("wallet", "1A"),),
    )


def test_a_wallet_of_nobody_is_an_entry_and_nothing_else(tmp_path: Path) -> None:
    watchlist = found(tmp_path, entity("2", "CryptoWallet", publicKey="1A"))
    assert ([x.name for x in watchlist.listings], watchlist.note) == (["1A"], LICENSE)


@pytest.mark.parametrize(
    ("published", "expected"),
    [(["male"], "male"), (["female"], "female"), (["female", "male"], None), ([], None)],
)
def test_a_gender_is_known_only_where_the_publisher_gives_one(
    tmp_path: Path, published: list[str], expected: str | None
) -> None:
    assert only(tmp_path, entity("1", "Person", name="Ilse", gender=published)).gender == expected


def test_context_is_left_out_and_everything_is_accounted_for(tmp_path: Path) -> None:
    owner = entity("2", "Company", name="Mother") | {"target": False}
    watchlist = found(
        tmp_path,
        entity("1", "Company", name="Qorvex") | {"target": True},
        owner,
        entity("3", "Ownership", owner="2", asset="1"),
        entity("4", "Sanction", entity="2"),
        entity("5", "CryptoWallet", publicKey="1A", holder="2") | {"target": False},
        entity("6", "Address", full="Ring 1"),
    )
    assert [x.name for x in watchlist.listings] == ["Qorvex"]
    assert watchlist.note == (
        f"{LICENSE}; naming no listed party: 1 Address, 1 CryptoWallet, 1 Sanction; "
        "parties that are no targets, left out: 1 Company; other entities, left out: 1 Ownership"
    )


def test_every_defect_is_told_with_its_line(tmp_path: Path) -> None:
    good = entity("1", "Company", name="Qorvex")
    path = written(
        tmp_path,
        good,
        good,
        [],
        {"schema": "Company", "properties": {}},
        {"id": "4", "schema": "Company", "properties": []},
        {"id": "5", "schema": "Company", "properties": {"name": "Q"}},
        good | {"target": "yes"},
        good | {"caption": 7},
        good | {"last_seen": "soon"},
    )
    endless = "9" * 5000
    path.write_text(f'{path.read_text()}{{"id":\n{{"id": {endless}}}\n')
    assert refusal(path) == [
        "own.entities.ftm.json:2:1: entity 1 twice: first on line 1",
        "own.entities.ftm.json:3:1: not an object with id, schema, properties",
        "own.entities.ftm.json:4:1: id is not a text",
        "own.entities.ftm.json:5:1: properties is not an object",
        "own.entities.ftm.json:6:1: property name is not a list of texts",
        "own.entities.ftm.json:7:1: target is 'yes', not true or false",
        "own.entities.ftm.json:8:1: caption is not a text",
        "own.entities.ftm.json:9:1: last_seen is not a day: 'soon'",
        "own.entities.ftm.json:10:1: not JSON: expecting value: the text ends too early",
        "own.entities.ftm.json:11:1: a number of more than 30 digits",
    ]


def test_a_party_without_a_name_and_a_file_without_a_party_are_refused(tmp_path: Path) -> None:
    assert refusal(written(tmp_path, entity("1", "Company", name="..."))) == [
        "own.entities.ftm.json:1:1: entity 1 has no name"
    ]
    assert refusal(written(tmp_path, entity("1", "Address", full="Ring 1"))) == [
        "own.entities.ftm.json: no listed party"
    ]


def test_a_party_may_hold_what_belongs_to_it(tmp_path: Path) -> None:
    person = entity("P", "Person", name="Ilse Brandmoor", country="ua-cri")
    person["target"] = True
    passport = entity("D", "Passport", holder="P", number="A1")
    friend = entity("F", "Person", name="A Friend")
    edge = entity("E", "Family", person="P", relative=[friend])
    whole = {
        **person,
        "properties": {**person["properties"], "passports": [passport], "familyPerson": [edge]},
    }
    listing = only(tmp_path, whole)
    assert (listing.id, listing.countries) == ("P", ("UA",))
    assert listing.identifiers == (Identifier("passport", "A1"),)
