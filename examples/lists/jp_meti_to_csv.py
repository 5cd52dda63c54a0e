"""METI's list of Russian entities under the export ban: from the text of its PDF to a CSV.

    python jp_meti_to_csv.py jp_meti_ru.txt > jp_meti.csv

The Ministry of Economy, Trade and Industry of Japan publishes the list as a PDF alone; this reads
its text (UTF-8), and jp_meti.yaml beside this file is the mapping of the CSV.
https://www.meti.go.jp/policy/external_economy/trade_control/02_export/17_russia/russia.html

Four lines of heading with the day of the notice and of its last update; then entries, numbered from
1 without a gap: number, Japanese name with its other names in brackets, English name, "a.k.a." and
a list of aliases, address. A page of the PDF may end anywhere in that, without a line break.
Invariants:

- each entry has one address label and an English name, or the text is refused with its line;
- the name is the English one, the Japanese name is the first alias; the English aliases are those
  listed. Where the list's own count of them is another, the remarks say so;
- the Japanese other names are split at their commas and at the last "and" (及び); a name that holds
  either itself is cut there, so the whole bracket stays in the remarks;
- not recoverable from the text: whether a full stop behind the last alias belongs to it (it is
  cut); whether a hyphen at a line's end is the word's own (it is kept).
"""

# ruff: noqa: RUF001 - the publisher's punctuation is Japanese

from __future__ import annotations

import csv
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final, NamedTuple

_SEVERAL: Final = " | "  # between the values of one cell
_HEADING: Final = "輸出等に係る禁止措置"
_PLACE: Final = "ロシア連邦"
_UPDATED = re.compile(r"最終更新日[：:]\s*\d{4}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日")
_ADDRESS = re.compile(r"所\s*在\s*地\s*[：:]")
_JAPANESE = r"\u3001-\u30ff\u4e00-\u9fff\uff00-\uffef"
_WRITTEN = re.compile(rf"[{_JAPANESE}]\)*")
_OTHER_NAMES = re.compile(r"[（(]別称[、､，,:：](.*)[）)]$")
_LATER_NAMES = re.compile(r"^別称\s*[：:]", re.MULTILINE)
_ALIASES = re.compile(
    r"[,，]?\s*a\.k\.a\.?,?\s*(?:the\s+)?follow(?:ing)?\s+([\w-]+?)\s*alias(?:es)?\s*:?", re.ASCII
)
_ITEM = re.compile(r"(?:\A|[;；,]|\band)\s*[-—–]\s*")
_LINE_ITEM = re.compile(r"(?:^|[;；,]|\band)\s*[-—–]\s*", re.MULTILINE)
_BEHIND_ITEM = re.compile(r"[;；,]?(?:\s+and,?)?[;；]?$")
_SCOPE = re.compile(r",? including |（[^）]*）。")  # what a name covers, told in a sentence
_PARTED = re.compile(r"[、､，]")
_NUMBERS: Final = (
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
    "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
    "twenty", "twenty-one", "twenty-two", "twenty-three", "twenty-four",
)  # fmt: skip


class _Entry(NamedTuple):
    """One numbered entry: the text before its address label, and the address."""

    number: int
    line: int
    names: str
    address: str


class _Names(NamedTuple):
    """What an entry is called, and what the remarks keep of that."""

    english: str
    others: list[str]
    remarks: list[str]


def rows(text: str) -> list[tuple[str, ...]]:
    """Number, name, other names, addresses and remarks of each entry of a text.

    Raises:
        ValueError: another heading, no entry, an entry without or with a second address label, or
            without an English name; every defect with its line.
    """
    text = text.replace("\r\n", "\n")
    head, _, _ = text.partition("\n１")
    if _HEADING not in head or _PLACE not in head or not _UPDATED.search(head):
        raise ValueError(f"1: another heading (expected {_HEADING}, {_PLACE}, 最終更新日)")
    found, defects = [], []
    for entry in _entries(text, len(head)):
        names = _names(entry.names)
        where = f"{entry.line}: entry {entry.number}"
        if not _says(names.english):
            defects.append(f"{where} has no English name")
        if not entry.address or _ADDRESS.search(entry.address):
            defects.append(f"{where} has not one address")
        others = [name for name in names.others if name != names.english and _says(name)]
        cells = map(_cell, (others, _addresses(entry.address)))
        found.append((str(entry.number), names.english, *cells, "; ".join(names.remarks)))
    if defects or not found:
        raise ValueError("\n".join(defects) or "no entry")
    return found


def main(path: Path) -> None:
    """Write the CSV of a text to standard output.

    Raises:
        SystemExit: the text is refused.
    """
    try:
        found = rows(path.read_text("utf-8-sig"))
    except ValueError as error:
        raise SystemExit("\n".join(f"{path}:{line}" for line in str(error).split("\n"))) from error
    writer = csv.writer(sys.stdout)
    writer.writerow(("Number", "Name", "Other names", "Addresses", "Remarks"))
    writer.writerows(found)


def _cell(values: Iterable[str]) -> str:
    """Several values as one cell; a value that holds the mark between them is an error."""
    values = list(values)
    if wrong := [value for value in values if "|" in value]:
        raise ValueError(f"a name or address with a bar in it: {wrong[0]!r}")
    return _SEVERAL.join(values)


def _says(name: str) -> bool:
    return any(map(str.isalnum, name))


def _once(texts: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(filter(None, texts)))


def _entries(text: str, start: int) -> Iterator[_Entry]:
    """Each entry; the next number counts only behind the address label of the one before."""
    opened = _number(text, 1, start)
    number = 1
    while opened:
        label = _ADDRESS.search(text, opened.end())
        after = label.end() if label else opened.end()
        following = _number(text, number + 1, after)
        end = following.start() if following else len(text)
        yield _Entry(
            number=number,
            line=text.count("\n", 0, opened.start()) + 1,
            names=text[opened.end() : label.start() if label else end],
            address=text[after:end].strip() if label else "",
        )
        opened, number = following, number + 1


def _number(text: str, number: int, start: int) -> re.Match[str] | None:
    """Where an entry's number stands: before a Japanese name, on a new line or a new page."""
    digits = "".join(f"[{digit}{chr(0xFF10 + int(digit))}]" for digit in str(number))
    pattern = rf"(?:^|(?<=[.A-Za-z])){digits}(?![0-9０-９])\s*(?=[^\n]*[{_JAPANESE}])"
    return re.compile(pattern, re.MULTILINE).search(text, start)


def _names(text: str) -> _Names:
    text, *later = _LATER_NAMES.split(text)
    head, counted, listed = text, "", ""
    if found := _ALIASES.search(text):
        head, counted, listed = text[: found.start()], found[1], text[found.end() :]
    japanese, english = map(str.strip, _parted(head.strip().split("\n")))
    bracket = _OTHER_NAMES.search(japanese)
    native = japanese[: bracket.start()].strip() if bracket else japanese
    items = _items(listed.strip(), counted)
    names = [part.strip() for lines in later for part in re.split(r"[;\n]", lines)]
    native_names = _split(bracket[1]) if bracket else []
    remarks = [f"別称、{bracket[1]}"] if bracket else []
    if counted and counted != _spelled(items):
        remarks.append(f"the list counts {counted} aliases and gives {len(items)}")
    remarks += [name for name in (native, english) if _SCOPE.search(name)]
    native, english = (_SCOPE.split(name, maxsplit=1)[0] for name in (native, english))
    return _Names(
        english=english.strip(" ,"),
        others=_once([native, *items, *native_names, *names]),
        remarks=remarks,
    )


def _items(text: str, counted: str) -> list[str]:
    """The aliases of a list whose items begin with a dash behind ";" (or "and").

    Where only a line that begins with a dash gives the number that the list counts, that decides.
    """
    found: list[list[str]] = []
    for pattern in (_ITEM, _LINE_ITEM):
        items = [_joined(item.split("\n")) for item in pattern.split(text)]
        items = [_BEHIND_ITEM.sub("", item) for item in items if item]
        if items:
            items[-1] = items[-1].removesuffix(".")
        found.append(items)
    return next((items for items in found if _spelled(items) == counted), found[0])


def _spelled(items: list[str]) -> str:
    """How many there are, in words; "" where that is beyond the words known."""
    return _NUMBERS[len(items) - 1] if 0 < len(items) <= len(_NUMBERS) else ""


def _parted(lines: list[str]) -> tuple[str, str]:
    """The Japanese lines as one text, and the lines of English behind them.

    English begins in the last Japanese line itself where a page of the PDF ended between the two:
    behind its closing bracket, or where no line of English follows.
    """
    last = max((i for i, line in enumerate(lines) if _WRITTEN.search(line)), default=-1)
    behind = lines[last + 1 :]
    if last < 0:
        return "", _joined(behind)
    line = lines[last]
    edge = max(found.end() for found in _WRITTEN.finditer(line))
    tail = line[edge:]
    if tail.strip() and (not behind or (line[edge - 1] in "）」)" and tail[0].isalpha())):
        lines, behind = [*lines[:last], line[:edge]], [tail, *behind]
    return _joined_japanese(lines[: last + 1]), _joined(behind)


def _joined(lines: list[str]) -> str:
    """English lines as one; a line that ends with a hyphen goes on without a space."""
    text = ""
    for line in filter(None, map(str.strip, lines)):
        text += line if not text or re.search(r"\w-$", text) else f" {line}"
    return text


def _joined_japanese(lines: list[str]) -> str:
    """Japanese lines as one; a space stands only between two Latin words."""
    text = ""
    for line in map(str.strip, lines):
        latin = re.search(r"[A-Za-z0-9]$", text) and re.match(r"[A-Za-z0-9]", line)
        text += f" {line}" if latin else line
    return text


def _split(names: str) -> list[str]:
    before, _, last = names.rpartition("及び")
    return _once(part.strip() for part in [*_PARTED.split(before), *_PARTED.split(last)])


def _addresses(text: str) -> list[str]:
    whole = _joined(text.split("\n"))
    return _once(part.strip() for part in re.split(r";\s+(?:and\s+)?", whole))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
