"""Files of others: bounds, lines, JSON records, rows and XML, each refused at its place."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from compliance import files
from compliance.errors import InputError, Problem


def refuse(
    path: Path, message: str, *, line: int = 0, column: int = 1, hint: str = ""
) -> InputError:
    """The error of a room that reads."""
    return InputError(Problem(path.name, line, column if line else 0, "", message, hint))


def refused(read: Callable[[], object]) -> str:
    """What is said of a file that is refused."""
    with pytest.raises(InputError) as caught:
        read()
    return str(caught.value)


def records(
    path: Path, *, longest: int = 10_000, wrappers: tuple[str, ...] = ()
) -> list[tuple[int, str, Any]]:
    """Every JSON record of a file."""
    found = files.json_records(path, refuse, maximum=10**6, longest=longest, wrappers=wrappers)
    return list(found)


def held(path: Path, content: str | bytes) -> Path:
    """A file with this content."""
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def test_a_file_is_read_to_its_maximum_and_no_further(tmp_path: Path) -> None:
    path = held(tmp_path / "f", b"x" * 10)
    packed = held(tmp_path / "f.gz", gzip.compress(b"x" * 10))
    for each in (path, packed):
        assert files.read_bytes(each, refuse, maximum=10) == b"x" * 10
        said = refused(lambda each=each: files.read_bytes(each, refuse, maximum=9))  # type: ignore[misc]
        assert said == f"{each.name}: larger than 9 bytes"


def test_a_gzip_bomb_stops_at_the_maximum(tmp_path: Path) -> None:
    path = held(tmp_path / "f.gz", gzip.compress(b"\0" * 50_000_000))
    assert path.stat().st_size < 100_000
    said = refused(lambda: files.read_bytes(path, refuse, maximum=1_000_000))
    assert said == "f.gz: larger than 1000000 bytes"


def test_broken_gzip_is_refused(tmp_path: Path) -> None:
    whole = gzip.compress(b"x" * 1000)
    cut = held(tmp_path / "cut.gz", whole[:-10])
    spoiled = held(tmp_path / "bad.gz", b"\x1f\x8bxxxxxxxxxxxx")
    for path in (cut, spoiled):
        said = refused(lambda path=path: files.read_bytes(path, refuse, maximum=9999))  # type: ignore[misc]
        assert said.startswith(f"{path.name}: broken gzip: ")


def test_lines_have_numbers_and_their_limits(tmp_path: Path) -> None:
    path = held(tmp_path / "f", b"\xef\xbb\xbfone\r\n\ntwo")

    def lines(longest: int) -> list[tuple[int, str]]:
        return list(files.lines(path, refuse, maximum=100, longest=longest))

    assert lines(10) == [(1, "one"), (2, ""), (3, "two")]
    assert refused(lambda: lines(7)) == "f:1:1: a line longer than 7 bytes"


@pytest.mark.parametrize(
    ("content", "message"),
    [(b"one\n\0\n", "f:2:1: a NUL byte"), (b"one\n\n\xe9\n", "f:3:1: not UTF-8")],
)
def test_lines_that_are_no_text_are_refused(tmp_path: Path, content: bytes, message: str) -> None:
    path = held(tmp_path / "f", content)
    assert refused(lambda: list(files.lines(path, refuse, maximum=100, longest=9))) == message


@pytest.mark.parametrize("indent", [None, 1])
@pytest.mark.parametrize("count", [0, 1, 2, 300])
def test_an_array_gives_each_object_with_its_line_and_pointer(
    tmp_path: Path, indent: int | None, count: int
) -> None:
    told = [{"n": n, "text": '\u516c]},{\\"' * n} for n in range(count)]
    text = json.dumps(told, indent=indent)
    found = records(held(tmp_path / "f", f"\n {text}\n"))
    assert [value for _, _, value in found] == told
    assert [pointer for _, pointer, _ in found] == [f"/{n}" for n in range(count)]
    expected = [2 + (n * 4 + 1 if indent else 0) for n in range(count)]
    assert [line for line, _, _ in found] == expected


def test_escaped_pairs_and_backslashes_are_text(tmp_path: Path) -> None:
    text = r'{"a": "\ud83d\ude00", "b": "\\ud83d"}'
    path = held(tmp_path / "f", f"{text}\n")
    assert records(path) == [(1, "", {"a": "\U0001f600", "b": r"\ud83d"})]


def test_json_lines_give_each_object_with_its_line(tmp_path: Path) -> None:
    path = held(tmp_path / "f", '{"a": 1}\n\n{"a": 0.10}\n')
    assert [(line, pointer, str(value["a"])) for line, pointer, value in records(path)] == [
        (1, "", "1"),
        (3, "", "0.10"),
    ]


def test_an_array_inside_one_object_is_read_under_a_known_name_only(tmp_path: Path) -> None:
    path = held(tmp_path / "f", '{ "records" :\n[{"a": 1}, {"a": 2}]\n}\n')
    found = [(2, "/records/0", {"a": 1}), (2, "/records/1", {"a": 2})]
    assert records(path, wrappers=("records",)) == found
    assert refused(lambda: records(path)) == f"f:1:1: {OVER_LINES}"


CUT = ": the text ends too early (is the file cut off?)"
OVER_LINES = "an object over several lines; an array of objects, or one object a line, is expected"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('{\n  "a": 1\n}\n', f"f:1:1: {OVER_LINES}"),
        ('\n{\n  "a": [\n1]}\n{\n"a": 2}', f"f:2:1: {OVER_LINES}"),
        ('{"a":\n}', f"f:1:6: not JSON: expecting value{CUT}"),
        ('{"a": 1}\n{\n"a": 2}', None),
    ],
)
def test_an_object_over_several_lines_is_named_and_not_called_broken(
    tmp_path: Path, text: str, message: str | None
) -> None:
    path = held(tmp_path / "f", text)
    found = refused(lambda: records(path))
    assert found == (message or found)
    assert (OVER_LINES in found) is (message is not None and OVER_LINES in message)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('[{"a": 1},\n{"a": }]', "f:2:7: not JSON: expecting value"),
        ('[{"a": 1}\n{"a": 2}]', "f:2:1: not JSON: ',' expected, not '{'"),
        ('[{"a": 1},\n]', "f:2:1: not JSON: expecting value"),
        ('[{"a": 1}', "f:1:1: not JSON: ',' expected, not the end"),
        ('[{"a":\n"x', f"f:2:1: not JSON: unterminated string starting{CUT}"),
        ("[", f"f:1:2: not JSON: expecting value{CUT}"),
        ('[{"a": 1}] x', "f:1:1: not JSON: something behind the array"),
        ('[{"a": 1},\n7]', "f:2:1: /1 is not a JSON object"),
        ('[{"a": 1, "a": 2}]', "f:1:11: key 'a' twice"),
        ('[{"a": NaN}]', "f:1:8: NaN is not a number of JSON (a number is finite)"),
        (
            f'[{{"a": {"9" * 5000}}}]',
            "f:1:8: a number of more than 30 digits",
        ),
        (
            '[{"a": ["\\ud83d\\ude00", "\\ud83d"]}]',
            "f:1:25: half a surrogate pair",
        ),
        (
            '{"\\uDE00": 1}',
            "f:1:2: half a surrogate pair",
        ),
        (f'[{{"a": {"[" * 9000}', "f:1:71: nested deeper than 64"),
        (f'[\n{{"a": "{"x" * 200_000}"}}]', "f:2:1: a record longer than 10000 bytes"),
        ('{"a": 1}\n{"a": }\n', "f:2:7: not JSON: expecting value"),
        ('{"a": 1}\n7\n', "f:2:1: not a JSON object"),
        ('{"a": 1}\n{"a": 1, "a": 2}', "f:2:10: key 'a' twice"),
    ],
)
def test_broken_json_is_refused_with_its_line(tmp_path: Path, text: str, message: str) -> None:
    path = held(tmp_path / "f", text)
    assert refused(lambda: records(path)) == message


def test_an_array_that_is_not_utf_8_is_refused_with_its_line(tmp_path: Path) -> None:
    path = held(tmp_path / "f", b'[{"a": 1},\n{"a": "\xe9"}]')
    assert refused(lambda: records(path)) == "f:2:1: not UTF-8"


def test_a_long_array_is_read_one_object_at_a_time(tmp_path: Path) -> None:
    path = held(tmp_path / "f", "[" + ",".join(['{"a": "0123456789"}'] * 20_000) + "]")
    found = files.json_records(path, refuse, maximum=10**6, longest=100_000)
    assert next(found) == (1, "/0", {"a": "0123456789"})
    assert sum(1 for _ in found) == 19_999


def elements(path: Path, *, longest: int = 0) -> Iterator[str]:
    """The text of every element A of a file."""
    found = files.elements(path, refuse, "A", maximum=10**6, longest=longest)
    return (str(element.text) for element in found)


def test_elements_are_given_by_their_local_name(tmp_path: Path) -> None:
    path = held(tmp_path / "f", '<x:R xmlns:x="u"><x:A>1</x:A><B/><x:A>2</x:A></x:R>')
    assert list(elements(path)) == ["1", "2"]
    assert files.root(path, refuse, maximum=100) == ("R", {})


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("<R>\n<A></R>", "f:2:1: not XML: mismatched tag: line 2, column 5"),
        (
            '<!DOCTYPE R [<!ENTITY e "x">]><R><A>&e;</A></R>',
            "f: a document type or an entity; these are refused",
        ),
        (
            '<?xml version="1.0" encoding="U0F-8"?><R/>',
            "f: not XML that can be read: unknown encoding: U0F-8",
        ),
        (
            '<?xml version="1.0" encoding="utf-7"?><R/>',
            "f: not XML that can be read: multi-byte encodings are not supported",
        ),
        (
            '<!DOCTYPE R SYSTEM "file:///etc/hostname"><R/>',
            "f: a document type or an entity; these are refused",
        ),
        (f"<R><A>{'x' * 200_000}</A></R>", "f: a record longer than 100000 bytes"),
    ],
)
def test_xml_that_is_broken_or_unsafe_is_refused(tmp_path: Path, text: str, message: str) -> None:
    path = held(tmp_path / "f", text)
    assert refused(lambda: list(elements(path, longest=100_000))) == message
