"""What a part of a mapping makes of the cells of one row: texts, days, births, numbers."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from compliance.watchlists import dates
from compliance.watchlists.list_file import content_id
from compliance.watchlists.own_list import Report
from compliance.watchlists.readers.mapping_parts import Part, has_day

Cells = Mapping[str, tuple[str, ...]]  # the texts in each column


def texts(part: Part, cells: Cells) -> Iterator[str]:
    """The values that one part gives for a row."""
    return (text for text, _ in named(part, cells))


def named(part: Part, cells: Cells) -> Iterator[tuple[str, str]]:
    """The values, each with the text of the group "scheme" or "what" of `find`, "" without one."""
    for whole in wholes(part, cells):
        for piece in _pieces(part, whole):
            for text, name in _found(part, piece):
                plain = _plain(part, text)
                for ours in part.words.get(plain, (plain,)) if plain else ():
                    yield part.prefix + ours, name


def cells_hash(part: Part, cells: Cells, seen: Counter[tuple[str, ...]]) -> str:
    """The hash of the columns that `hash_of` names; `seen` counts the same cells."""
    return content_id(tuple("\n".join(cells[column]) for column in part.hash_of), seen)


def wholes(part: Part, cells: Cells) -> tuple[str, ...]:
    """The texts of a part before anything is done with them."""
    if part.constant:
        return (part.constant,)
    if part.hash_of:
        return (cells_hash(part, cells, Counter()),)
    if len(part.columns) == 1:
        return cells[part.columns[0]]
    return (part.join.join(filter(None, (text for x in part.columns for text in cells[x]))),)


def _pieces(part: Part, whole: str) -> list[str]:
    """A text split at each separator, then by the regular expression."""
    pieces = [whole]
    for mark in part.separators:
        if part.quoted:
            lines = [piece.splitlines(keepends=True) for piece in pieces]
            rows = [csv.reader(x, delimiter=mark, skipinitialspace=True) for x in lines]
            pieces = [cell for row in rows for line in row for cell in line]
        else:
            pieces = [cell for piece in pieces for cell in piece.split(mark)]
    if part.split is not None:
        pieces = [cell for piece in pieces for cell in part.split.split(piece) if cell]
    return pieces


def _plain(part: Part, text: str) -> str:
    for pattern, new in part.replace:
        text = pattern.sub(new, text)
    return text.strip(f"{part.strip} \t\r\n")


def _found(part: Part, piece: str) -> Iterator[tuple[str, str]]:
    if part.find is None:
        yield piece, ""
        return
    for match in part.find.finditer(piece):
        groups = match.groupdict(default="")
        first = next(filter(None, match.groups()), "") if match.re.groups else match[0]
        yield groups.get("value") or first, groups.get("scheme", groups.get("what", ""))


def day_of(text: str, part: Part) -> date | None:
    """The day that a text is by the formats of the part; behind a month or year known alone."""
    fitting = next(dates.fitting(text, part.formats), None)
    if fitting is None:
        return None
    pattern, day = fitting
    return day if has_day(pattern) else _behind(day, pattern)


def _behind(first: date, pattern: str) -> date:
    """The day after the month or the year that a format without a day spells."""
    if first.year == date.max.year:
        return date.max
    months = any(mark in pattern for mark in ("%m", "%b", "%B"))
    later = first + timedelta(days=31 if months else 366)
    return date(later.year, later.month, 1)


def unread(name: str, text: str, part: Part, remarks: list[str], report: Report) -> None:
    """A text that is no day: refused, kept in the remarks, or dropped, as the part says."""
    if part.unread == "refuse":
        report(name, f"{text!r} is not a date", f"as {' or '.join(part.formats)}")
    elif part.unread == "remarks":
        remarks.append(f"{name.replace('_', ' ').capitalize()}: {text}")
