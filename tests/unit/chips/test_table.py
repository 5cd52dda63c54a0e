from __future__ import annotations

from pathlib import Path

import pytest

from compliance.chips.table import Table
from compliance.errors import ReferenceDataError


def write(tmp_path: Path, content: str | bytes) -> Table:
    path = tmp_path / "table.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return Table(path, ("model", "source"))


def read(table: Table) -> None:
    list(table.rows())
    table.settle()


def problems(table: Table) -> list[str]:
    with pytest.raises(ReferenceDataError) as refused:
        read(table)
    return [str(each).removeprefix(f"{table.path}") for each in refused.value.problems]


def test_rows_come_with_their_line_and_without_blanks_around(tmp_path: Path) -> None:
    table = write(tmp_path, 'model,source\nL4 , datasheet\n"A,B","says ""x"""\n')
    assert list(table.rows()) == [
        (2, {"model": "L4", "source": "datasheet"}),
        (3, {"model": "A,B", "source": 'says "x"'}),
    ]
    table.settle()


def test_a_table_of_columns_alone_has_no_rows(tmp_path: Path) -> None:
    assert list(write(tmp_path, "model,source\n").rows()) == []


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("", ":1:1: columns are [] (expected model, source)"),
        ("source,model\n", ":1:1: columns are ['source', 'model'] (expected model, source)"),
        ("model,source\nL4\n", ":2:1: 1 cells, 2 expected"),
        ("model,source\nL4,a,b\n", ":2:1: 3 cells, 2 expected"),
        ("model,source\n\n", ":2:1: 0 cells, 2 expected"),
        (b"model,source\n\xff,x\n", ": cannot be read: not UTF-8"),
    ],
)
def test_what_is_not_this_table_is_refused(
    tmp_path: Path, content: str | bytes, expected: str
) -> None:
    assert problems(write(tmp_path, content)) == [expected]


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    table = Table(tmp_path / "table.csv", ("model",))
    assert problems(table) == [": cannot be read: No such file or directory"]


def test_defects_are_gathered_in_the_order_of_lines(tmp_path: Path) -> None:
    table = write(tmp_path, "model,source\nL4\nA10,x\nA40,a,b\n")
    for line, row in table.rows():
        table.report(line, f"{row['model']} again", column="model", hint="line 1")
    with pytest.raises(ReferenceDataError) as refused:
        table.settle()
    assert [(each.line, each.path, each.message) for each in refused.value.problems] == [
        (2, "", "1 cells, 2 expected"),
        (3, "model", "A10 again"),
        (4, "", "3 cells, 2 expected"),
    ]
