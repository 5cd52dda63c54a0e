"""Renamings of a sample of a format, one by one: each must refuse the file."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final

from compliance.errors import WatchlistError

_XML_NAME: Final = re.compile(r"(?<=[<\s])[A-Za-z_0-9]+(?==\")|(?<=<)[A-Za-z_0-9]+")


def xml_names(text: str) -> list[str]:
    """The names of every element and attribute in a text of XML."""
    return sorted(set(_XML_NAME.findall(text)) - {"xmlns"})


def renamed_in_xml(text: str, name: str) -> str:
    """The text with one name another, everywhere that it is a name."""
    return re.sub(rf"(?<=[<\s/]){name}(?=[\s/>=])", f"{name}_X", text)


def passing(text: str, reader: Callable[[Path], object], path: Path) -> Iterator[str]:
    """The elements and attributes that may have another name, and the reader reads the file."""
    for name in xml_names(text):
        changed = renamed_in_xml(text, name)
        assert changed != text
        path.write_text(changed, "utf-8")
        with suppress(WatchlistError):
            reader(path)
            yield name
