"""A file is recognized by what is in it; several files of several formats are one statement."""

from __future__ import annotations

from pathlib import Path

import pytest

from compliance.errors import OwnershipError, UnknownNameError
from compliance.ownership.readers import formats, read, recognized
from unit.ownership.readers.reading import refused, rows

KNOWN = "known formats: bods, edges-csv, ftm, gleif, psc"


def test_the_formats_are_named() -> None:
    assert formats() == ("bods", "edges-csv", "ftm", "gleif", "psc")


@pytest.mark.shared
def test_every_sample_is_recognized_by_its_content(shared: Path) -> None:
    samples = {
        "bods": shared.glob("bods/*.json"),
        "gleif": [
            *(
                path
                for path in shared.glob("gleif/bodspipelines/*")
                if not path.name.endswith("-out.json")
            ),
            *shared.glob("gleif/network_sample/*.csv"),
        ],
        "ftm": shared.glob("opensanctions/*.ftm.json"),
        "psc": shared.glob("psc/*"),
    }
    for name, paths in samples.items():
        found = {path.name: recognized(path) for path in paths}
        assert found
        assert set(found.values()) == {name}, found


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "x: nothing in it"),
        ("<Page/>", f"x: no known format of ownership: XML with the root Page ({KNOWN})"),
        ('{"a": 1}', f"x: no known format of ownership: JSON with a ({KNOWN})"),
        (
            '{\n  "statementId": "a"\n}\n',
            (
                "x:1:1: no known format of ownership: an object over several lines; an array of "
                f"objects, or one object a line, is expected ({KNOWN})"
            ),
        ),
        ("[]", f"x: no known format of ownership: JSON with no keys ({KNOWN})"),
        (
            '{"a": }',
            f"x:1:7: no known format of ownership: not JSON: expecting value ({KNOWN})",
        ),
        ("a,b\n1,2\n", f"x: no known format of ownership: text with a, b ({KNOWN})"),
    ],
)
def test_what_is_none_of_the_formats_is_refused_with_those_that_are(
    tmp_path: Path, text: str, message: str
) -> None:
    path = tmp_path / "x"
    path.write_text(text, encoding="utf-8")
    assert refused(read, path) == [message]


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    assert refused(read, tmp_path / "x") == ["x: No such file or directory"]


def test_a_folder_is_refused(tmp_path: Path) -> None:
    assert refused(read, tmp_path) == [f"{tmp_path.name}: Is a directory"]


def test_an_unknown_format_is_refused_with_the_known_ones(tmp_path: Path) -> None:
    with pytest.raises(UnknownNameError) as caught:
        read(tmp_path / "x", format="xls")
    assert str(caught.value) == f"unknown ownership format 'xls' ({KNOWN})"


def test_a_file_that_is_not_of_the_named_format_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text("owner,owned\nB,A\n", encoding="utf-8")
    with pytest.raises(OwnershipError) as caught:
        read(path, format="psc")
    assert str(caught.value) == f"{path}:1:1: not JSON: expecting value"


def test_no_file_is_an_error() -> None:
    with pytest.raises(ValueError, match="at least one file"):
        read()


def test_files_of_several_formats_are_read_together(tmp_path: Path) -> None:
    own = tmp_path / "own.csv"
    own.write_text("owner,owned,share\nB,A,51%\n", encoding="utf-8")
    entities = tmp_path / "f.json"
    entities.write_text(
        '{"id": "B", "schema": "Company", "properties": {"name": ["B Ltd"], "jurisdiction": '
        '["cn"]}}\n{"id": "o", "schema": "Ownership", "properties": {"owner": ["P"], "asset": '
        '["B"], "percentage": ["100"]}}\n',
        encoding="utf-8",
    )
    statements = read(own, entities)
    assert [found[:3] for found in rows(statements)] == [("B", "A", "51%"), ("P", "B", "100%")]
    assert statements.formats == ("edges-csv", "ftm")
    assert statements.sources == (str(own), str(entities))
    found = statements.parties["B"]
    assert (found.name, found.kind, found.incorporation) == ("B Ltd", "organization", "CN")
    assert found.source == f"{own}:2"
    assert str(statements.graph().share("P", "A", as_of=None)) == "51%"


def test_what_never_ends_is_refused_before_it_fills_the_memory(tmp_path: Path) -> None:
    def message(name: str, content: str) -> str:
        path = tmp_path / name
        path.write_text(content)
        with pytest.raises(OwnershipError) as caught:
            read(path)
        (problem,) = caught.value.problems
        return problem.message

    deep = "<a>" * 5_000 + "</a>" * 5_000
    record = f"<LEIData><LEIRecord>{deep}</LEIRecord></LEIData>"
    assert message("deep.xml", record) == "more than 200 elements inside each other"
    root = f'<LEIData x="{"a" * 1_200_000}"/>'
    assert message("root.xml", root) == "a record longer than 1048576 bytes"
    header = ",".join(f"c{number}" for number in range(1_001))
    assert message("header.csv", f"{header}\n") == "a header of more than 1000 columns"
    row = ('"' + "a" * 100_000 + '\n",') * 90
    assert message("row.csv", f"owner,owned\n{row}\n") == "a row longer than 8388608 characters"
