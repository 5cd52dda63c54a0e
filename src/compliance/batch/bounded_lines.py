"""Bytes of a file or stream, in bounded memory, and as UTF-8 text.

A line above the limit is skipped piece by piece and never held; a document above its limit is
refused before it is parsed.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from compliance import files
from compliance.errors import InputError, Problem
from compliance.files import Readable

MAXIMUM_LINE: Final = 1024 * 1024
_PIECE: Final = 64 * 1024
_BOM: Final = b"\xef\xbb\xbf"


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
    with files.opened(Path(where), files.refused, maximum=sys.maxsize) as stream:
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
    hint = "save the file as UTF-8"
    return files.text_of(
        Path(source), content, files.refused, encoding="utf-8", line=line, hint=hint
    )
