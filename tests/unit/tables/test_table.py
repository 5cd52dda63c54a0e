"""A table is its typed rows or all that is wrong with it, each finding at its place."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from pydantic import Field

from compliance.errors import InputError, ReferenceDataError, RuleError
from compliance.tables import Findings, Listed, Strict, Words, read_table


class Row(Strict):
    name: str
    since: date = Field(alias="from")
    words: Words = ()
    codes: Listed[str] = ()


class Table(Strict):
    rows: dict[str, Row]


GOOD = """\
rows:
  a: {name: one, from: 2024-05-01, words: "red blue", codes: [X]}
"""


def written(tmp_path: Path, text: str, name: str = "table.yaml") -> Path:
    path = tmp_path / name
    path.write_bytes(text.encode())
    return path


def refused(path: Path, shape: type = Table) -> list[str]:
    with pytest.raises(ReferenceDataError) as caught:
        read_table(path, shape)
    return [str(problem).removeprefix(f"{path}:") for problem in caught.value.problems]


def test_a_table_is_read_into_typed_rows(tmp_path: Path) -> None:
    (row,) = read_table(written(tmp_path, GOOD), Table).rows.values()
    assert (row.name, row.since) == ("one", date(2024, 5, 1))
    assert (row.words, row.codes) == (("red", "blue"), ("X",))


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("name: one", "nam: one", ["2:6: rows.a: key 'name' is missing",
         "2:7: rows.a.nam: unknown key 'nam' (did you mean 'name'?)"]),
        ("from: 2024-05-01", 'from: "2024-05-01"',
         [("2:24: rows.a.from: Input should be a valid date"
          " (write the date as YYYY-MM-DD without quotes)")]),
        ('"red blue"', "[red]", ["2:43: rows.a.words: words are expected, divided by blanks"]),
        ("codes: [X]", "codes: [X, 1]", ["2:66: rows.a.codes.1: Input should be a valid string"]),
        ("rows:", "rows: [", ["3:1: did not find expected ',' or ']'"]),
    ],
)  # fmt: skip
def test_every_defect_stands_where_it_is_written(
    tmp_path: Path, old: str, new: str, expected: list[str]
) -> None:
    assert refused(written(tmp_path, GOOD.replace(old, new))) == expected


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    assert refused(tmp_path / "none.yaml") == [" No such file or directory"]


def test_findings_of_several_tables_are_raised_together_as_the_error_of_their_owner(
    tmp_path: Path,
) -> None:
    findings = Findings(RuleError)
    assert findings.read(written(tmp_path, "rows: 1\n", "a.yaml"), Table) is None
    found = findings.read(written(tmp_path, GOOD, "b.yaml"), Table)
    assert found is not None
    findings.report(found[0], ("rows", "a"), "no such row", key=True)
    with pytest.raises(RuleError) as caught:
        findings.settle()
    assert [(p.line, p.column, p.code) for p in caught.value.problems] == [
        (1, 7, "rule"),
        (2, 3, "rule"),
    ]


def test_nothing_is_raised_where_nothing_was_noted() -> None:
    Findings().settle()


class TestCells:
    """CSV: a row is a mapping by the header, and an empty cell is not given."""

    def rows(self, tmp_path: Path, text: str) -> list[tuple[str, str]]:
        found = read_table(written(tmp_path, text, "table.csv"), list[Cells])
        return [(row.model, row.source) for row in found]

    def test_rows_are_read_without_blanks_around(self, tmp_path: Path) -> None:
        text = '\ufeffmodel,source\nL4 , datasheet\n"A,B","says ""x"""\nT4,\n'
        assert self.rows(tmp_path, text) == [
            ("L4", "datasheet"),
            ("A,B", 'says "x"'),
            ("T4", "none"),
        ]

    def test_a_table_of_columns_alone_has_no_rows(self, tmp_path: Path) -> None:
        assert self.rows(tmp_path, "source,model\n") == []

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("", ["1:1: no column 'model'"]),
            ("modle,model\n", ["1:1: unknown column 'modle' (did you mean 'model'?)"]),
            ("model,source,model\n", ["1:3: column 'model' twice"]),
            ("source,model\na,L4\nb\nc,\n", ["3:1: 1 cells, 2 expected",
             "4:1: key 'model' is missing"]),
            ("model,source\nL4,a\nL40S,b\n", ["3:1: model: at most 3 letters"]),
            ('model\n"L4"x\n', ["2:1: ',' expected after '\"'"]),
        ],
    )  # fmt: skip
    def test_every_defect_names_its_line_and_the_number_of_the_cell(
        self, tmp_path: Path, text: str, expected: list[str]
    ) -> None:
        found = refused(written(tmp_path, text, "table.csv"), list[Cells])
        told = "String should have at most 3 characters"
        assert [each.replace(told, "at most 3 letters") for each in found] == expected

    def test_text_that_is_not_utf8_is_refused_with_its_line(self, tmp_path: Path) -> None:
        path = tmp_path / "table.csv"
        path.write_bytes(b"model\nL4\n\xff\n")
        assert refused(path, list[Cells]) == ["3:1: not UTF-8"]


class Cells(Strict):
    model: str = Field(max_length=3)
    source: str = "none"


def test_another_error_may_be_asked_for(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="unknown key 'x'"):
        read_table(written(tmp_path, "x: 1\n"), Table, InputError)
