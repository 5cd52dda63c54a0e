"""Nationalities in words: one country each, or unknown."""

from __future__ import annotations

from pathlib import Path

import pytest

from compliance.errors import ReferenceDataError
from compliance.ownership.readers.nationalities import FILE, nationality, words
from compliance.ownership.readers.psc import read_psc
from unit.ownership.readers.reading import remarks, written


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("British", "GB"),
        (" south  KOREAN", "KR"),
        ("Congolese (DRC)", "CD"),
        ("China", "CN"),
        ("Congolese", None),
        ("Korean", None),
        ("European", None),
        ("", None),
    ],
)
def test_a_word_names_one_country_or_none(text: str, code: str | None) -> None:
    assert nationality(text) == code


def test_several_nationalities_of_a_person_are_read(tmp_path: Path) -> None:
    data = {
        "kind": "individual-person-with-significant-control",
        "nationality": "British,Irish, Martian",
        "natures_of_control": ["significant-influence-or-control"],
        "links": {"self": "/x"},
    }
    statements = read_psc(written(tmp_path / "p.json", {"company_number": "1", "data": data}))
    assert statements.parties["/x"].nationalities == ("GB", "IE")
    assert remarks(statements) == {"nationality": 1}


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("schema: 1\n", "nationalities.yaml:1:1: key 'nationalities' is missing"),
        (
            "schema: 2\nnationalities: {}\n",
            "nationalities.yaml:1:9: schema: Input should be 1",
        ),
        (
            "schema: 1\nnationalities:\n  QQ: [Somebody]\n",
            "nationalities.yaml:3:3: nationalities.QQ: QQ is no country",
        ),
        (
            "schema: 1\nnationalities:\n  GB: British\n",
            "nationalities.yaml:3:7: nationalities.GB: a list is expected",
        ),
        (
            "schema: 1\nnationalities:\n  GB: [British]\n  IE: [british]\n",
            "nationalities.yaml:4:8: nationalities.IE.0: 'british' is claimed by GB and IE",
        ),
    ],
)
def test_a_table_that_is_none_is_refused_with_its_place(
    tmp_path: Path, content: str, message: str
) -> None:
    path = tmp_path / FILE
    path.parent.mkdir()
    path.write_text(content, encoding="utf-8")
    with pytest.raises(ReferenceDataError) as caught:
        words(tmp_path)
    assert str(caught.value).replace(f"{path.parent}/", "") == message
