"""Bytes of a file or stream, in bounded memory, and as UTF-8 text.

A line above the limit is skipped piece by piece and never held; a document above its limit is
refused before it is parsed.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Protocol

from compliance.errors import InputError, Problem

MAXIMUM_LINE: Final = 1024 * 1024
_PIECE: Final = 64 * 1024
_BOM: Final = b"\xef\xbb\xbf"


class Readable(Protocol):
    """What a stream must be able to do; one with a `name` is called by it in messages."""

    def read(self, size: int = -1, /) -> bytes:
        """At most `size` bytes, none at the end."""

    def readline(self, size: int = -1, /) -> bytes:
        """At most `size` bytes of the next line with its end, none at the end."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line without its end, counted from 1; `content` is None where it is above the limit."""

    number: int
    content: bytes | None


@contextmanager
def opened(where: Path | str | Readable) -> Iterator[tuple[Readable, str]]:
    """The stream of a path, or the stream as given, with the name to call it by.

    Raises:
        InputError: the path cannot be opened for reading.
    """
    if not isinstance(where, (str, Path)):
        yield where, str(getattr(where, "name", "<stream>"))
        return
    try:
        stream = Path(where).open("rb")  # noqa: SIM115 - closed by `with` below
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        reason = getattr(error, "strerror", None) or str(error)
        raise InputError(Problem.at(reason, source=str(where), code="input")) from error
    with stream:
        yield stream, str(where)


def lines(stream: Readable, limit: int = MAXIMUM_LINE) -> Iterator[Line]:
    """Every line; the byte order mark at the start and CR LF or LF at the ends are left out."""
    number = 0
    while piece := stream.readline(limit + 2):
        number += 1
        if len(piece) > limit and not piece.endswith(b"\n"):
            while (rest := stream.readline(_PIECE)) and not rest.endswith(b"\n"):
                pass
            yield Line(number, None)
            continue
        if number == 1:
            piece = piece.removeprefix(_BOM)
        content = piece.removesuffix(b"\n").removesuffix(b"\r")
        yield Line(number, content if len(content) <= limit else None)


def whole(stream: Readable, limit: int, source: str) -> bytes:
    """Everything, without a byte order mark.

    Raises:
        InputError: more than `limit` bytes.
    """
    pieces: list[bytes] = []
    left = limit + 1
    while left and (piece := stream.read(min(_PIECE, left))):
        pieces.append(piece)
        left -= len(piece)
    if not left:
        raise InputError(
            Problem.at(
                f"larger than {limit // 1024**2} MiB",
                source=source,
                code="input",
                hint="give many contracts as JSON Lines or CSV, which are read line by line",
            )
        )
    return b"".join(pieces).removeprefix(_BOM)


def text_of(content: bytes, source: str, line: int = 1) -> str:
    """The content as text.

    Raises:
        InputError: a NUL byte or bytes that are not UTF-8, with line and column.
    """
    position, message = content.find(b"\0"), "a NUL byte"
    if position < 0:
        try:
            return content.decode()
        except UnicodeDecodeError as error:
            position, message = error.start, "not UTF-8"
    before = content[:position]
    row = line + before.count(b"\n")
    column = len(before[before.rfind(b"\n") + 1 :].decode(errors="replace")) + 1
    hint = "save the file as UTF-8"
    raise InputError(
        Problem.at(message, source=source, line=row, column=column, hint=hint, code="input")
    )
