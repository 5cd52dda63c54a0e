"""Licensed data is read only by who accepts the license."""

from __future__ import annotations

from pathlib import Path

import pytest

from compliance.errors import ReferenceDataError, WatchlistError
from compliance.watchlists import formats, read
from compliance.watchlists.licenses import licenses

ENTITY = '{"id": "1", "schema": "Company", "properties": {"name": ["Qorvex"]}}\n'


@pytest.fixture
def entities(tmp_path: Path) -> Path:
    path = tmp_path / "own.entities.ftm.json"
    path.write_text(ENTITY)
    return path


def test_without_acceptance_nothing_is_read_and_the_terms_are_shown(entities: Path) -> None:
    with pytest.raises(WatchlistError) as caught:
        read("ftm-json", entities)
    assert str(caught.value) == (
        f"{entities}: ftm-json: OpenSanctions data is free for non-commercial use with "
        "attribution (CC BY-NC 4.0); business use needs a data license from OpenSanctions. "
        "https://www.opensanctions.org/licensing/ (to accept: accept_license='CC-BY-NC-4.0', on "
        "the command line --accept-license CC-BY-NC-4.0)"
    )


@pytest.mark.parametrize(
    "accepted", ["", "MIT", "CC-BY-NC", "not CC-BY-NC-4.0", ("CC-BY-4.0", "MIT")]
)
def test_another_license_accepts_nothing(entities: Path, accepted: str) -> None:
    with pytest.raises(WatchlistError, match="to accept"):
        read("ftm-json", entities, accept_license=accepted)


@pytest.mark.parametrize("accepted", ["CC-BY-NC-4.0", ("MIT", "CC-BY-NC-4.0")])
def test_accepted_the_list_is_read_and_its_note_names_the_license(
    entities: Path, accepted: str
) -> None:
    found = read("ftm-json", entities, accept_license=accepted)
    assert [x.name for x in found.listings] == ["Qorvex"]
    assert found.note.startswith(
        "license CC-BY-NC-4.0 of OpenSanctions, accepted by the reader: "
        "https://www.opensanctions.org/licensing/"
    )


def test_only_formats_that_exist_are_licensed() -> None:
    assert set(licenses()) == {"ftm-json"}
    assert set(licenses()) <= set(formats())


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("schema: 1\n", "list_licenses.yaml:1:1: key 'licenses' is missing"),
        (
            "schema: 2\nlicenses: {}\n",
            "list_licenses.yaml:1:9: schema: Input should be 1",
        ),
        (
            "schema: 1\nlicenses: []\n",
            "list_licenses.yaml:2:11: licenses: a mapping is expected",
        ),
        (
            "schema: 1\nlicenses: {X: {formats: [], url: u, terms: t}}\n",
            "list_licenses.yaml:2:15: licenses.X: key 'licensor' is missing",
        ),
        (
            "schema: 1\nlicenses: {X: {formats: csv, licensor: l, url: u, terms: t}}\n",
            "list_licenses.yaml:2:25: licenses.X.formats: a list is expected",
        ),
    ],
)
def test_a_table_that_is_not_as_it_must_be_is_refused(
    tmp_path: Path, text: str, message: str
) -> None:
    path = tmp_path / "data/list_licenses.yaml"
    path.parent.mkdir(parents=True)
    path.write_text(text)
    with pytest.raises(ReferenceDataError) as caught:
        licenses(tmp_path)
    assert str(caught.value) == f"{path.parent}/{message}"
