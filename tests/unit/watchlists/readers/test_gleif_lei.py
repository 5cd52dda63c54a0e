"""watchlists.gleif_lei: level 1 of the golden copy, on rows built from LEI-CDF 3.1."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from compliance.watchlists import Identifier, Listing, read
from compliance.watchlists.readers.gleif_lei import read_gleif_lei
from readers import refused

ROW: Mapping[str, str] = {
    "LEI": "529900T8BM49AURSDO55",
    "Entity.LegalName": "Qorvex Rechenzentrum GmbH",
    "Entity.LegalName.xmllang": "de",
    "Entity.OtherEntityNames.OtherEntityName.1": "Qorvex Alt GmbH",
    "Entity.OtherEntityNames.OtherEntityName.1.xmllang": "de",
    "Entity.OtherEntityNames.OtherEntityName.1.type": "PREVIOUS_LEGAL_NAME",
    "Entity.TransliteratedOtherEntityNames.TransliteratedOtherEntityName.1": "Qorvex",
    "Entity.LegalAddress.FirstAddressLine": "Weg 1",
    "Entity.LegalAddress.AdditionalAddressLine.1": "Haus B",
    "Entity.LegalAddress.City": "Velk",
    "Entity.LegalAddress.Region": "DE-BE",
    "Entity.LegalAddress.Country": "DE",
    "Entity.LegalAddress.PostalCode": "10115",
    "Entity.HeadquartersAddress.FirstAddressLine": "1 Road",
    "Entity.HeadquartersAddress.Country": "US",
    "Entity.RegistrationAuthority.RegistrationAuthorityID": "RA000242",
    "Entity.RegistrationAuthority.RegistrationAuthorityEntityID": "HRB 7",
    "Entity.LegalJurisdiction": "US-DE",
    "Entity.EntityCategory": "GENERAL",
    "Entity.EntityStatus": "ACTIVE",
    "Registration.RegistrationStatus": "LAPSED",
}


def text(*rows: Mapping[str, str], header: list[str] | None = None) -> str:
    columns = header or list(ROW)
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL)
    writer.writerow(columns)
    writer.writerows([row.get(column, "") for column in columns] for row in rows)
    return out.getvalue()


def write(folder: Path, content: str) -> Path:
    path = folder / "lei2.csv"
    path.write_text(content, "utf-8")
    return path


def test_an_entity_is_read_with_everything_it_has(tmp_path: Path) -> None:
    path = write(tmp_path, text(ROW))
    found = read_gleif_lei(path)
    assert found.listings == (
        Listing(
            id="529900T8BM49AURSDO55",
            list_id="gleif",
            name="Qorvex Rechenzentrum GmbH",
            aliases=("Qorvex Alt GmbH", "Qorvex"),
            kind="organization",
            countries=("US", "DE"),
            addresses=("Weg 1, Haus B, Velk, DE-BE, 10115, DE", "1 Road, US"),
            identifiers=(
                Identifier("lei", "529900T8BM49AURSDO55"),
                Identifier("registration", "HRB 7"),
            ),
            remarks="Registration status: LAPSED",
            measures=("review",),
            source=f"{path}:2",
        ),
    )
    assert (found.id, found.complete) == ("gleif", False)


def test_it_is_found_by_its_format_in_a_zip_and_takes_another_id(tmp_path: Path) -> None:
    path = tmp_path / "lei2.csv.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("20261201-lei2.csv", text(ROW))
    found = read("gleif-lei-csv", path, "mine")
    assert [(entry.id, entry.list_id) for entry in found.listings] == [(ROW["LEI"], "mine")]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"LEI": "529900T8BM49AURSDO56"}, "'529900T8BM49AURSDO56' is not an LEI"),
        ({"Entity.LegalName": "--"}, "Entity.LegalName has no letter and no digit"),
        ({"Entity.EntityCategory": "SHIP"}, "unknown EntityCategory 'SHIP'"),
        ({"Entity.EntityStatus": ""}, "unknown EntityStatus ''"),
        ({"Registration.RegistrationStatus": "SOLD"}, "unknown RegistrationStatus 'SOLD'"),
        ({"Entity.LegalJurisdiction": "QZ"}, "'QZ' is not a country"),
    ],
)
def test_a_row_that_does_not_fit_is_refused(
    tmp_path: Path, change: Mapping[str, str], told: str
) -> None:
    path = write(tmp_path, text({**ROW, **change}))
    assert refused(read_gleif_lei, path, "lei2.csv") == f"lei2.csv:2:1: {told}"


def test_an_lei_twice_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path, text(ROW, ROW))
    assert refused(read_gleif_lei, path, "lei2.csv") == (f"lei2.csv:3:1: LEI {ROW['LEI']} twice")


@pytest.mark.parametrize("column", list(ROW))
def test_a_renamed_column_is_refused(tmp_path: Path, column: str) -> None:
    header = [f"{name}_X" if name == column else name for name in ROW]
    path = write(tmp_path, text(ROW, header=header))
    message = refused(read_gleif_lei, path, "lei2.csv")
    assert message.startswith(("lei2.csv:1:1: unknown columns", "lei2.csv:1:1: missing columns"))
    assert column in message
