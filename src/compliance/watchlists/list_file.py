"""A publisher's file as bytes, text, rows, JSON or XML: bounded, and refused with its line.

Plain or gzip. A file is read to a stated size after decompression, so a bomb stops there; rows
and cells have their limits; XML with a document type or an entity is refused; NUL bytes are an
error, and a last line of ^Z (the end mark of OFAC's files) is dropped.
"""

from __future__ import annotations

import hashlib
import io
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sized
from pathlib import Path
from typing import Any, Final

from compliance import files
from compliance.errors import Problem, WatchlistError
from compliance.watchlists.listing import Listing

MAXIMUM_BYTES: Final = 512 * 1024 * 1024
MAXIMUM_ROWS: Final = 2_000_000
_END_OF_FILE: Final = b"\x1a"


def problem(
    path: Path, message: str, *, line: int = 0, column: int = 1, where: str = "", hint: str = ""
) -> Problem:
    """One defect of a file; `where` is a path inside it."""
    return Problem(str(path), line, column if line else 0, where, message, hint, "watchlist")


def defect(
    path: Path, message: str, *, line: int = 0, column: int = 1, hint: str = ""
) -> WatchlistError:
    """The error of one defect of a file."""
    return WatchlistError(problem(path, message, line=line, column=column, hint=hint))


def content_id(cells: tuple[str, ...], seen: Counter[tuple[str, ...]]) -> str:
    """The id of an entry without one: 16 hex digits of the SHA-256 of cells and ordinal.

    The ordinal counts the same cells in `seen`, which is kept up: 0, then 1 for the first repeat;
    cells and ordinal are separated by U+001F.
    """
    key = "\x1f".join((*cells, str(seen[cells])))
    seen[cells] += 1
    return hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def once(texts: Iterable[str | None]) -> tuple[str, ...]:
    """Each text that says something, once, in order."""
    return tuple(dict.fromkeys(text for text in texts if text))


def words(text: str | None) -> str:
    """The text with its white space made single; "" for none."""
    return " ".join((text or "").split())


def child_text(element: Any, tag: str) -> str:
    """The text of an element's child (or of a path below it) as `words`; "" where there is none."""
    return words(element.findtext(tag))


def read_bytes(path: Path, maximum: int = MAXIMUM_BYTES) -> bytes:
    """The whole file, decompressed where it is gzip.

    Raises:
        WatchlistError: it cannot be opened, is broken, or holds more than `maximum` bytes.
    """
    return files.read_bytes(path, defect, maximum=maximum)


def read_text(path: Path, encoding: str = "utf-8-sig", maximum: int = MAXIMUM_BYTES) -> str:
    """The file's text without byte order mark and end mark.

    Raises:
        WatchlistError: as `read_bytes`; a NUL byte, not in the encoding, with line and column.
    """
    content = read_bytes(path, maximum)
    ended = content.rstrip(b"\r\n \t")
    if ended.endswith(_END_OF_FILE):  # empty cells at the end of any other file stay
        content = ended.removesuffix(_END_OF_FILE)
    return files.text_of(path, content, defect, encoding=encoding)


def rows(
    path: Path, *, delimiter: str = ",", encoding: str = "utf-8-sig"
) -> Iterator[tuple[int, list[str]]]:
    """Each row that is not empty, with the line it ends on.

    Raises:
        WatchlistError: as `read_text`; a broken quote, a cell or a file that is too long.
    """
    text = read_text(path, encoding)
    yield from files.rows(
        path, io.StringIO(text, newline=""), defect, maximum=MAXIMUM_ROWS, delimiter=delimiter
    )


def records(
    path: Path,
    columns: frozenset[str],
    *,
    optional: frozenset[str] | None = None,
    delimiter: str = ",",
    encoding: str = "utf-8-sig",
) -> Iterator[tuple[int, dict[str, str]]]:
    """Each row as a mapping by the file's own header, which has at least `columns`.

    With `optional` it may have those beside them, and no others.

    Raises:
        WatchlistError: as `rows`; no header, missing, unknown or repeated columns, a row of another
            length.
    """
    found = rows(path, delimiter=delimiter, encoding=encoding)
    line, header = next(found, (1, []))
    header = [column.strip() for column in header]
    missing = sorted(columns - set(header))
    if missing:
        hint = f"found: {', '.join(header) or 'nothing'}"
        raise defect(path, f"missing columns: {', '.join(missing)}", line=line, hint=hint)
    if repeated := sorted(column for column, count in Counter(header).items() if count > 1):
        raise defect(path, f"columns twice: {', '.join(repeated)}", line=line)
    unknown = sorted(set(header) - columns - (set(header) if optional is None else optional))
    if unknown:
        raise defect(path, f"unknown columns: {', '.join(unknown)}", line=line)
    for line, cells in found:
        if len(cells) != len(header):
            message = f"{len(cells)} cells where the header has {len(header)}"
            raise defect(path, message, line=line)
        yield line, {name: cell.strip() for name, cell in zip(header, cells, strict=True)}


def json_value(path: Path) -> Any:
    """The JSON value of the file.

    Raises:
        WatchlistError: as `read_text`; not strict JSON (`files.decoded`), with line and column.
    """
    text = read_text(path)
    try:
        return files.decoded(text)
    except files.NotJsonError as error:
        line, column = error.place(text)
        raise defect(path, error.message, line=line, column=column, hint=error.hint) from error


def elements(path: Path, *names: str) -> Iterator[Any]:
    """Each element of an XML file with one of these local names, in document order, then forgotten.

    Names lose their namespace.

    Raises:
        WatchlistError: as `read_bytes`; not XML, with its line; a document type or an entity.
        InputError: the extra that reads XML safely is not installed.
    """
    return files.elements(path, defect, *names, maximum=MAXIMUM_BYTES)


def placed(path: Path, shape: files.Shape, *names: str) -> Iterator[files.Placed]:
    """As `elements`, each with its line and column, of a file that has the shape of its format.

    Raises:
        WatchlistError: as `elements`; with line and column, an element or attribute that the shape
            does not know, or one that is missing.
        InputError: as `elements`.
    """
    return files.placed(path, defect, *names, maximum=MAXIMUM_BYTES, shape=shape)


def check_words(path: Path, line: int, element: Any, known: Mapping[str, frozenset[str]]) -> None:
    """Refuse an element of that line where a coded word in it is not one of the format's.

    `known` is by path below the element, with the attribute where the word is one:
    "aka/category", "nameAlias@strong" -> the words, in lower case.

    Raises:
        WatchlistError: a word that is not known.
    """
    for where, coded in known.items():
        place, _, attribute = where.partition("@")
        for found in element.iterfind(place):
            word = words(found.get(attribute) if attribute else found.text)
            if word.lower() not in coded:
                hint = f"known: {', '.join(sorted(filter(None, coded)))}"
                raise defect(path, f"{where} is {word!r}, not known", line=line, hint=hint)


def gathered(
    path: Path,
    found: Iterable[tuple[str, Listing]],
    refusal: Callable[[Listing, Mapping[str, Listing]], str],
) -> tuple[dict[str, Listing], list[Problem]]:
    """The entries by id, each with where it stands, and a problem for each that `refusal` names.

    `refusal` is asked with the entries before; of two with one id the first stays.
    """
    listings: dict[str, Listing] = {}
    problems: list[Problem] = []
    for where, listing in found:
        if message := refusal(listing, listings):
            problems.append(problem(path, message, where=where))
        listings.setdefault(listing.id, listing)
    return listings, problems


def check_entries(path: Path, entries: Sized, problems: list[Problem], nothing: str) -> None:
    """Refuse a list that has problems, or no entries: `nothing` says what it has none of.

    Raises:
        WatchlistError: the problems, or else that there is nothing.
    """
    if problems:
        raise WatchlistError(problems)
    if not entries:
        raise defect(path, nothing)


def root_attributes(path: Path) -> tuple[str, dict[str, str]]:
    """The local name and the attributes of the root of an XML file; nothing behind it is parsed.

    Raises:
        WatchlistError, InputError: as `elements`.
    """
    return files.root(path, defect, maximum=MAXIMUM_BYTES)
