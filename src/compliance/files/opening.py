"""A file as bytes or lines of text, plain, gzip or ZIP, read no further than its bounds.

A ZIP is read as the one file in it, or as the member that is asked for. Nothing is unpacked to the
disk, so that the names in it lead nowhere.
"""

from __future__ import annotations

import gzip
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Final, Protocol

from compliance.errors import ComplianceError, InputError, Problem

_GZIP: Final = b"\x1f\x8b"
_ZIP: Final = b"PK\x03\x04"
_MOST_MEMBERS: Final = 1000
_LARGEST_ARCHIVE: Final = 4 * 1024**3  # bytes of a ZIP as it is; its list of members is read whole
_MARK: Final = "\ufeff"


class Refuse(Protocol):
    """Makes the error that a room raises for one defect of a file."""

    def __call__(
        self, path: Path, message: str, *, line: int = 0, column: int = 1, hint: str = ""
    ) -> ComplianceError:
        """The error; `line` and `column` count from 1, a line of 0 is unknown."""
        ...


class Readable(Protocol):
    """What a stream must be able to do; one with a `name` is called by it in messages."""

    def read(self, size: int = -1, /) -> bytes:
        """At most `size` bytes, none at the end."""

    def readline(self, size: int = -1, /) -> bytes:
        """At most `size` bytes of the next line with its end, none at the end."""


def refused(
    path: Path, message: str, *, line: int = 0, column: int = 1, hint: str = ""
) -> InputError:
    """The error of one defect of a file, for rooms that have none of their own."""
    column = column if line else 0
    return InputError(Problem(str(path), line, column, "", message, hint, InputError.code))


class Bounded:
    """A binary stream that refuses to give more than `maximum` bytes.

    With `longest`, it also refuses more than so many bytes between two calls of `record`.
    """

    __slots__ = ("_file", "_left", "_longest", "_maximum", "_path", "_refuse", "_since")

    def __init__(
        self, file: Readable, path: Path, refuse: Refuse, maximum: int, longest: int = 0
    ) -> None:
        self._file = file
        self._path = path
        self._refuse = refuse
        self._maximum = self._left = maximum
        self._longest = longest
        self._since = 0

    def record(self) -> None:
        """A record has ended here."""
        self._since = 0

    def read(self, size: int = -1) -> bytes:
        """At most `size` bytes; all of them for a negative size."""
        most = self._left + 1
        return self._counted(self._file.read, most if size < 0 else min(size, most))

    def readline(self, size: int = -1) -> bytes:
        """The bytes to the end of the line, at most `size`; all of them for a negative size."""
        most = self._left + 1
        return self._counted(self._file.readline, most if size < 0 else min(size, most))

    def _counted(self, take: Callable[[int], bytes], size: int) -> bytes:
        try:
            content = take(size)
        except (EOFError, zlib.error, gzip.BadGzipFile) as error:
            raise self._refuse(self._path, f"broken gzip: {error}") from error
        except zipfile.BadZipFile as error:
            raise self._refuse(self._path, f"broken ZIP: {error}") from error
        except OSError as error:
            raise self._refuse(self._path, error.strerror or str(error)) from error
        self._left -= len(content)
        self._since += len(content)
        if self._left < 0:
            raise self._refuse(self._path, f"larger than {self._maximum} bytes")
        if self._longest and self._since > self._longest:
            raise self._refuse(self._path, f"a record longer than {self._longest} bytes")
        return content


@contextmanager
def opened(
    path: Path, refuse: Refuse, *, maximum: int, longest: int = 0, member: str = ""
) -> Iterator[Bounded]:
    """The file's content as a bounded stream, decompressed where it is gzip or ZIP.

    A ZIP is its `member`, or the one file in it where none is named.

    Raises:
        ComplianceError: by `refuse`: it cannot be opened, is broken, or holds too much; a ZIP with
            several files, without the member, or with a password.
    """
    try:
        file = path.open("rb")
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        raise refuse(path, getattr(error, "strerror", None) or str(error)) from error
    with file:
        try:
            head = file.peek(4)[:4]  # a pipe cannot go back
        except OSError as error:
            raise refuse(path, error.strerror or str(error)) from error
        if head[:2] == _GZIP:
            with gzip.GzipFile(fileobj=file) as inside:
                yield Bounded(inside, path, refuse, maximum, longest)
        elif head == _ZIP:
            with _unzipped(file, path, refuse, member) as inside:
                yield Bounded(inside, path, refuse, maximum, longest)
        elif member:
            raise refuse(path, "not a ZIP archive")
        else:
            yield Bounded(file, path, refuse, maximum, longest)


@contextmanager
def _unzipped(file: IO[bytes], path: Path, refuse: Refuse, member: str) -> Iterator[IO[bytes]]:
    """The member of an archive, or the one file in it."""
    try:
        size = path.stat().st_size
    except OSError as error:
        raise refuse(path, error.strerror or str(error)) from error
    if size > _LARGEST_ARCHIVE:
        raise refuse(path, f"a ZIP larger than {_LARGEST_ARCHIVE} bytes")
    try:
        with zipfile.ZipFile(file) as archive:
            inside = archive.open(_chosen(archive, path, refuse, member))
    except (zipfile.BadZipFile, EOFError, OSError) as error:
        raise refuse(path, f"broken ZIP: {error}") from error
    except (RuntimeError, NotImplementedError) as error:  # a password; a method not known
        raise refuse(path, f"a ZIP that cannot be read: {error}") from error
    with inside:
        yield inside


def _chosen(archive: zipfile.ZipFile, path: Path, refuse: Refuse, member: str) -> zipfile.ZipInfo:
    entries = archive.infolist()
    if len(entries) > _MOST_MEMBERS:
        raise refuse(path, f"a ZIP with more than {_MOST_MEMBERS} entries")
    files = [entry for entry in entries if not entry.is_dir()]
    found = [entry for entry in files if entry.filename == member] if member else files
    if len(found) == 1:
        return found[0]
    if member:
        raise refuse(path, f"a ZIP with {member} {len(found)} times, not once")
    raise refuse(path, f"a ZIP with {len(files)} files where one is expected")


def read_bytes(path: Path, refuse: Refuse, *, maximum: int) -> bytes:
    """The whole file.

    Raises:
        ComplianceError: as `opened`.
    """
    with opened(path, refuse, maximum=maximum) as stream:
        return stream.read()


def text_of(
    path: Path,
    content: bytes,
    refuse: Refuse,
    *,
    encoding: str = "utf-8-sig",
    line: int = 1,
    hint: str = "",
) -> str:
    """Content of a file, which begins on a line of it, as text.

    Raises:
        ComplianceError: by `refuse`: a NUL byte, or bytes that are not in the encoding, with line
            and column.
    """
    position, message = content.find(b"\0"), "a NUL byte"
    if position < 0:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError as error:
            position, message = error.start, f"not {encoding.removesuffix('-sig').upper()}"
    before = content[:position]
    line += before.count(b"\n")
    column = len(before[before.rfind(b"\n") + 1 :].decode(encoding, errors="replace")) + 1
    raise refuse(path, message, line=line, column=column, hint=hint)


def lines(
    path: Path, refuse: Refuse, *, maximum: int, longest: int, ends: bool = False
) -> Iterator[tuple[int, str]]:
    """Each line of UTF-8 text with its number, without byte order mark; `ends` keeps its end.

    Raises:
        ComplianceError: as `opened`; a line of more than `longest` bytes, a NUL byte, not UTF-8.
    """
    number = 0
    with opened(path, refuse, maximum=maximum) as stream:
        while raw := stream.readline(longest + 1):
            number += 1
            if len(raw) > longest:
                raise refuse(path, f"a line longer than {longest} bytes", line=number)
            text = text_of(path, raw, refuse, encoding="utf-8", line=number)
            if number == 1:
                text = text.removeprefix(_MARK)
            yield number, text if ends else text.rstrip("\r\n")
