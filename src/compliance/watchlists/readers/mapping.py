"""How the columns of a CSV or the keys of a JSON file become the fields of a `Listing`: a mapping.

It is written in YAML: it names the files and how they are written, the list, and for each field the
columns it comes from; docs/lists.md shows one whole. A key of a record of JSON is a column too: its
path with dots, "address.country". A field is a `Part` (watchlists.readers.mapping_parts) or a list
of those. Strict: unknown keys or options that do not fit the field, encodings and date formats that
are not known are errors with line and column, all at once.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final, Literal

from compliance.errors import WatchlistError
from compliance.tables.yaml import Document, read_file
from compliance.watchlists.measures import table
from compliance.watchlists.own_list import FIELDS, METADATA, suggestion
from compliance.watchlists.readers.mapping_parts import DATED, DERIVED, Part, PartReading, Reading

SCHEMA: Final = 1
FOLDER: Final = "data/lists/mappings"  # of the shipped mappings, below the rules
FILE_NAME: Final = "$file"  # the column that holds the name of the file
TEXT: Final = "$text"  # the column of a record of JSON that is a bare text
ENCODINGS: Final = (
    "utf-8", "ascii", "latin-1", "iso-8859-15", "cp1250", "cp1251", "cp1252", "koi8-r",
    "shift_jis", "cp932", "euc-jp", "gb18030", "big5", "euc-kr",
)  # fmt: skip
_FIELDS: Final = FIELDS | {DATED}
_ALL: Final = frozenset(
    (
        *("schema", "blank", "ignored", "optional", "required", "leave_out", "measures_of"),
        *("one_entry_per_id", "number_repeated_ids", "list", DERIVED, "fields"),
    )
)
_KEYS: Final = {
    "csv": _ALL | {"csv", "encoding", "delimiter"},
    "json": _ALL | {"json", "records"},
}
_LIST: Final[Mapping[str, type]] = {
    "id": str,
    "title": str,
    "publisher": str,
    "published": date,
    "url": str,
    "note": str,
    "complete": bool,
    "entries_total": int,
    "stale_after_days": int,
}
_TOLD: Final = ("id", "title", "publisher", "published", "url", "note", "entries_total")


@dataclass(frozen=True, slots=True)
class Told:
    """What a JSON file says of its list: the value of a key at its top, as one of `words`."""

    key: str
    words: Mapping[str, tuple[str, ...]]
    prefix: str


@dataclass(frozen=True, slots=True)
class ColumnMapping:
    """One mapping of `files`, names or patterns of names; none where the mapping is shipped.

    `records` is the path of the list of entries in JSON, "" where the list is the whole. `optional`
    are columns that a file or a record may lack; `required` must say something in each row; rows in
    which a column of `leave_out` is wholly what its pattern matches are no entries. With
    `one_entry_per_id` rows of one id are one entry, with `number_repeated_ids` the later ones are
    named "7#2". `measures_of` is the source in rules/data/measures.yaml whose words these are.
    `metadata` is what the list is, or where JSON tells it; `derived` are columns made of others.
    """

    document: Document
    files: tuple[str, ...]
    records: str
    optional: tuple[str, ...]
    required: tuple[str, ...]
    leave_out: Mapping[str, re.Pattern[str]]
    one_entry_per_id: bool
    number_repeated_ids: bool
    measures_of: str
    encoding: str
    delimiter: str
    blank: frozenset[str]
    ignored: tuple[str, ...]
    metadata: Mapping[str, Any]
    derived: Mapping[str, tuple[Part, ...]]
    fields: Mapping[str, tuple[Part, ...]]


def load(path: Path, kind: Literal["csv", "json"], *, shipped: bool = False) -> ColumnMapping:
    """The mapping of a file of that kind, which it names unless it is shipped.

    Raises:
        WatchlistError: every defect, with line and column.
        YamlError: it is not strict YAML.
        InputError: it cannot be opened.
    """
    return _Reading(read_file(path)).mapping(kind, shipped=shipped)


class _Reading(Reading):
    """Reads one document; collects its problems, and raises them together."""

    def mapping(self, kind: Literal["csv", "json"], *, shipped: bool) -> ColumnMapping:
        content = self.document.value
        if not isinstance(content, dict):
            raise WatchlistError(self.document.problem((), "expected a mapping", code="watchlist"))
        self.keys((), content, _KEYS[kind] - ({kind} if shipped else set()))
        for key in sorted({"schema", "list", "fields", kind} - ({kind} if shipped else set())):
            if key not in content:
                self.report((), f"missing key {key!r}")
        if content.get("schema", SCHEMA) != SCHEMA:
            self.report(("schema",), f"expected {SCHEMA}")
        metadata = self._metadata(content.get("list", {"id": "-"}), kind)
        parts = PartReading(self, published="published" in metadata)
        found = ColumnMapping(
            document=self.document,
            files=() if shipped else self.one_or_more(content, (), kind),
            records=self.text(content, (), "records"),
            optional=self.texts(content, (), "optional"),
            required=self.texts(content, (), "required"),
            leave_out=self._leave_out(content),
            one_entry_per_id=self.flag(content, (), "one_entry_per_id"),
            number_repeated_ids=self.flag(content, (), "number_repeated_ids"),
            measures_of=self.choice(content, (), "measures_of", tuple(table().sources)),
            encoding=self._encoding(content),
            delimiter=self._delimiter(content),
            blank=frozenset(self.texts(content, (), "blank")),
            ignored=self.texts(content, (), "ignored"),
            metadata=metadata,
            derived={
                name: parts.parts(DERIVED, value, (DERIVED, name))
                for name, value in self.mapping_of(content, (), DERIVED).items()
            },
            fields=self._fields(content.get("fields", {"id": "-", "name": "-"}), parts),
        )
        self._check(found)
        if self.problems:
            raise WatchlistError(self.problems)
        return found

    def _check(self, found: ColumnMapping) -> None:
        """What fits alone, and not together."""
        if found.one_entry_per_id and any(part.hash_of for part in found.fields.get("id", ())):
            self.report(("one_entry_per_id",), "hash_of makes an entry of each row")
        if found.one_entry_per_id and found.number_repeated_ids:
            self.report(("number_repeated_ids",), "one_entry_per_id leaves no id repeated")
        if found.measures_of and "measures" in found.fields:
            self.report(("measures_of",), "the field measures says them already")

    def _leave_out(self, content: Mapping[str, Any]) -> dict[str, re.Pattern[str]]:
        spelled = self.mapping_of(content, (), "leave_out")
        found = {column: self.pattern(spelled, ("leave_out",), column) for column in spelled}
        return {column: pattern for column, pattern in found.items() if pattern is not None}

    def _encoding(self, content: Mapping[str, Any]) -> str:
        name = self.text(content, (), "encoding", "utf-8")
        if name not in ENCODINGS:
            hint = suggestion(name, ENCODINGS)
            self.report(("encoding",), f"unknown encoding {name!r}", hint)
        return "utf-8-sig" if name == "utf-8" else name

    def _delimiter(self, content: Mapping[str, Any]) -> str:
        mark = self.text(content, (), "delimiter", ",")
        if len(mark) != 1 or mark in '"\r\n':
            hint = 'as ",", ";" or "\\t"'
            self.report(("delimiter",), f"{mark!r} is not one character that parts cells", hint)
        return mark

    def _metadata(self, content: Any, kind: str) -> dict[str, Any]:
        if not isinstance(content, dict):
            self.report(("list",), f"expected a mapping, found {content!r}")
            return {}
        self.keys(("list",), content, METADATA | {"id"})
        if "id" not in content:
            self.report(("list",), "missing key 'id'")
        found: dict[str, Any] = {}
        for key, value in content.items():
            if isinstance(value, dict) and kind == "json" and key in _TOLD:
                found[key] = self._told(value, key)
                continue
            type_ = _LIST.get(key)
            wrong = isinstance(value, bool) and type_ is not bool
            if type_ is not None and (wrong or not isinstance(value, type_)):
                self.report(("list", key), f"expected {type_.__name__}, found {value!r}")
            found[key] = value
        return found

    def _told(self, spelled: Mapping[str, Any], name: str) -> Told:
        path = ("list", name)
        self.keys(path, spelled, frozenset(("key", "words", "prefix")))
        if "key" not in spelled:
            self.report(path, "missing key 'key'")
        return Told(
            key=self.text(spelled, path, "key"),
            words=self.words(spelled, path),
            prefix=self.text(spelled, path, "prefix"),
        )

    def _fields(self, content: Any, parts: PartReading) -> dict[str, tuple[Part, ...]]:
        if not isinstance(content, dict):
            self.report(("fields",), f"expected a mapping, found {content!r}")
            return {}
        self.keys(("fields",), content, _FIELDS)
        for name in ("id", "name"):
            if name not in content:
                self.report(("fields",), f"missing key {name!r}")
        return {
            name: parts.parts(name, value, ("fields", name))
            for name, value in content.items()
            if name in _FIELDS
        }
