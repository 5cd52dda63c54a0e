"""Standard output and error: text in color on a terminal only, bytes as they are, errors in lines.

The width is the terminal's, or 100 columns where there is none. NO_COLOR (no-color.org) is obeyed.
Nothing that a customer wrote can steer the terminal: tables show `explain.visible` text.
"""

from __future__ import annotations

import io
import os
import shutil
import signal
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import wraps
from typing import Final, ParamSpec, TypeVar

from rich.box import SIMPLE_HEAD
from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text

from compliance.errors import ComplianceError
from compliance.explain import visible
from compliance.explain.escape_control import wrapped
from compliance.model.outcome import Outcome

P = ParamSpec("P")
T = TypeVar("T")

USAGE: Final = 2
INTERRUPTED: Final = 130
CLOSED: Final = 141
_WIDTH: Final = 100
_LEAST_WIDTH: Final = 40
_TABLE_WIDTH: Final = 72
_STYLES: Final = {
    Outcome.CLEAR: "green",
    Outcome.REVIEW: "yellow",
    Outcome.INCOMPLETE: "magenta",
    Outcome.LICENSE_REQUIRED: "red",
    Outcome.PROHIBITED: "bold red",
}


def guarded(command: Callable[P, int]) -> Callable[P, None]:
    """A command whose expected failures end in lines on standard error and a status."""

    @wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> None:
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, io.TextIOWrapper):
                stream.reconfigure(errors="backslashreplace")
        try:
            try:
                status = command(*args, **kwargs)
                sys.stdout.flush()
            except ComplianceError as error:
                complain(error)
                status = USAGE
            except BrokenPipeError:
                _settle()  # here, while what was running is held: it ends uninterrupted
                status = CLOSED
        except KeyboardInterrupt:  # also one that comes while the reader leaves
            _settle()
            status = INTERRUPTED
        raise SystemExit(status)

    return run


def _settle() -> None:
    """Prepare a quiet end: nothing interrupts it, and what nobody reads any more is let go."""
    if sys.stdout is sys.__stdout__:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def complain(error: ComplianceError) -> None:
    """Each problem on a line of its own on standard error."""
    sys.stdout.flush()
    for problem in error.problems:
        sys.stderr.write(f"compliance: {visible(str(problem))}\n")


def write(text: str) -> None:
    """Text on standard output."""
    sys.stdout.write(text)


def write_bytes(content: bytes) -> None:
    """Bytes on standard output, whatever its encoding."""
    sys.stdout.flush()
    sys.stdout.buffer.write(content)


def width() -> int:
    """Columns of the terminal, at least 40; 100 where standard output is none."""
    if not sys.stdout.isatty():
        return _WIDTH
    return max(shutil.get_terminal_size((_WIDTH, 24)).columns, _LEAST_WIDTH)


def table(headings: Sequence[str], rows: Iterable[Sequence[str | Outcome]]) -> str:
    """Rows under headings, wrapped to the width; an outcome is colored on a terminal.

    Ids in the first column stay whole where they leave half of the width. On a terminal too narrow
    for columns each row is a few lines. Nothing is ever cut off.
    """
    listed = list(rows)
    if width() < _TABLE_WIDTH:
        return "".join(_stacked(headings, row) for row in listed)
    widest = max((len(row[0]) for row in listed), default=0)
    made = Table(
        box=SIMPLE_HEAD, padding=(0, 1), pad_edge=False, show_edge=False, header_style="bold"
    )
    for number, heading in enumerate(headings):
        whole = number == 0 and widest <= width() // 2
        made.add_column(heading, overflow="fold", no_wrap=whole)
    for row in listed:
        made.add_row(*(_cell(cell) for cell in row))
    return _rendered(made)


def _stacked(headings: Sequence[str], row: Sequence[str | Outcome]) -> str:
    lines = wrapped(str(row[0]), width())
    for heading, cell in zip(headings[1:], row[1:], strict=True):
        if cell:
            lines += wrapped(f"{heading}: {cell}", width(), "  ", "  ")
    return "".join(f"{line}\n" for line in lines)


def heading(outcome: Outcome, text: str) -> str:
    """A line in the color of an outcome."""
    return _rendered(Text(visible(text), style=_STYLES[outcome]))


def styled(parts: Sequence[tuple[str, str]]) -> str:
    """A line of texts, each in a style where the terminal has colors; never broken or cut."""
    line = Text(no_wrap=True, overflow="ignore")
    for text, style in parts:
        line.append(visible(text), style=style)
    return _rendered(line)


def columns(text: str) -> int:
    """How many columns a terminal gives a text: wide characters have two, marks none."""
    return cell_len(visible(text))


def counted(items: Iterable[T], noun: str) -> Iterator[T]:
    """The items, with a running count on standard error where that is a terminal."""
    if not sys.stderr.isatty():
        yield from items
        return
    number = 0
    for number, item in enumerate(items, start=1):
        if number % 100 == 0:
            sys.stderr.write(f"\r{number} {noun}")
            sys.stderr.flush()
        yield item
    if number >= 100:
        sys.stderr.write("\r\x1b[K")


def _cell(cell: str | Outcome) -> Text:
    if isinstance(cell, Outcome):
        return Text(cell.value, style=_STYLES[cell])
    return Text(visible(cell))


def _rendered(what: Table | Text) -> str:
    plain = not sys.stdout.isatty() or bool(os.environ.get("NO_COLOR"))
    plain = plain or os.environ.get("TERM") == "dumb"
    page = io.StringIO()
    console = Console(
        file=page,
        width=width(),
        color_system=None if plain else "standard",
        force_terminal=not plain,
        legacy_windows=False,
        highlight=False,
        safe_box=not _draws(),
    )
    console.print(what, crop=False)
    return "".join(f"{line.rstrip()}\n" for line in page.getvalue().splitlines())


def _draws() -> bool:
    """Whether standard output can encode the rule below a table's head."""
    try:
        "\u2500".encode(sys.stdout.encoding or "ascii")
    except (UnicodeEncodeError, LookupError):
        return False
    return True
