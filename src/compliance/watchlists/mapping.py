"""How the columns of a CSV or the keys of a JSON file become the fields of a `Listing`: a mapping.

It is written in YAML: it names the file and how it is written, the list, and for each field the
columns it comes from; docs/lists.md shows one whole. A key of a record of JSON is a column too: its
path with dots, "address.country". A field is a column's name, or a mapping with `column` (or
`columns`, joined by `join`) or `constant`, or a list of those: a `Part` each. Strict: unknown keys
or options that do not fit the field, encodings and date formats that are not known are errors
with line and column, all at once. The mapping is pure data; nothing of it is executed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Final, Literal

from compliance.errors import Problem, WatchlistError
from compliance.watchlists.measures import known
from compliance.watchlists.rows import DAYS, FIELDS, LISTS, METADATA, suggestion
from compliance.yaml import Document, Path_, read_file

SCHEMA: Final = 1
ENCODINGS: Final = (
    "utf-8", "ascii", "latin-1", "iso-8859-15", "cp1250", "cp1251", "cp1252", "koi8-r",
    "shift_jis", "cp932", "euc-jp", "gb18030", "big5", "euc-kr",
)  # fmt: skip
ISO: Final = ("%Y-%m-%d",)
DATES: Final = (*DAYS, "birth_dates", "dates")
DATED: Final = "dates"  # days that the publisher gives beside listing and delisting
SEVERAL: Final = frozenset(("identifiers", "remarks", DATED, *LISTS))
_FIELDS: Final = FIELDS | {DATED}
_CODED: Final = ("kind", "gender", "countries", "nationalities", "measures")
_ALL: Final = frozenset(("schema", "blank", "ignored", "one_entry_per_id", "list", "fields"))
_SHIPPED: Final = _ALL | {"encoding", "delimiter"}
_KEYS: Final = {
    "csv": _SHIPPED | {"csv"},
    "json": _ALL | {"json", "records", "optional"},
    None: _SHIPPED,
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
_DIRECTIVE = re.compile(r"%(.?)")
_FORMS: Final = ("%Y-%m-%d", "%d.%m.%Y", "%d/%m/%y", "%m/%d/%Y", "%d %B %Y", "%b %Y", "%Y")


@dataclass(frozen=True, slots=True)
class Part:
    """Where values of one field come from, and what is done with the cell, in this order.

    The cells of `columns` that say something are joined by `join`; split at each of `separators`;
    the characters of `strip` go from both ends; a value among `words` is replaced by its words;
    `prefix` is put before each. `formats` are strptime formats of days. `scheme` is that of an
    identifier, `what` that which happened on a day. `path` is where the part stands.
    """

    path: Path_
    columns: tuple[str, ...] = ()
    constant: str = ""
    join: str = " "
    separators: tuple[str, ...] = ()
    strip: str = ""
    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    prefix: str = ""
    formats: tuple[str, ...] = ()
    scheme: str = ""
    what: str = ""


@dataclass(frozen=True, slots=True)
class ColumnMapping:
    """One mapping of `file`; that is empty where the mapping is shipped and takes any.

    `records` is the path of the list of entries in JSON, "" where the list is the whole; `optional`
    are keys that a record of JSON may lack. With `one_entry_per_id` rows of one id are one entry.
    `hash_of` are the columns whose text makes the id, where no column holds one.
    """

    document: Document
    file: str
    records: str
    optional: tuple[str, ...]
    one_entry_per_id: bool
    encoding: str
    delimiter: str
    blank: frozenset[str]
    ignored: tuple[str, ...]
    list_id: str
    metadata: Mapping[str, Any]
    hash_of: tuple[str, ...]
    fields: Mapping[str, tuple[Part, ...]]


def load(path: Path, names: Literal["csv", "json"] | None) -> ColumnMapping:
    """The mapping of one file, which it names as `csv` or as `json`; with None it must name none.

    Raises:
        WatchlistError: every defect, with line and column.
        YamlError: it is not strict YAML.
        InputError: it cannot be opened.
    """
    return _Reading(read_file(path)).mapping(names)


def _options(name: str) -> frozenset[str]:
    """The keys that a part of a field may have."""
    options = {"column", "columns", "constant", "join", "strip"}
    if name in DATES:
        options.add("formats")
    elif name not in ("id", "name"):
        options.add("words")
    if name in SEVERAL and name != "remarks":
        options.add("separator")
    if name not in DATES and name not in _CODED:
        options.add("prefix")
    if name == "identifiers":
        options.add("scheme")
    if name == DATED:
        options.add("what")
    if name == "id":
        options.add("hash_of")
    return frozenset(options)


class _Reading:
    """Reads one document; collects its problems, and raises them together."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.problems: list[Problem] = []
        self._published = False  # whether the list says when it was published

    def report(self, path: Path_, message: str, hint: str = "", *, key: bool = False) -> None:
        self.problems.append(
            self.document.problem(path, message, hint=hint, key=key, code="watchlist")
        )

    def mapping(self, names: Literal["csv", "json"] | None) -> ColumnMapping:
        content = self.document.value
        if not isinstance(content, dict):
            raise WatchlistError(self.document.problem((), "expected a mapping", code="watchlist"))
        self._keys((), content, _KEYS[names])
        for key in sorted(filter(None, ("schema", "list", "fields", names))):
            if key not in content:
                self.report((), f"missing key {key!r}")
        if content.get("schema", SCHEMA) != SCHEMA:
            self.report(("schema",), f"expected {SCHEMA}")
        metadata = self._metadata(content.get("list", {"id": "-"}))
        self._published = "published" in metadata
        fields = content.get("fields", {"id": "-", "name": "-"})
        found = ColumnMapping(
            document=self.document,
            file=self._text(content, (), names, "") if names else "",
            records=self._text(content, (), "records", ""),
            optional=self._texts(content, (), "optional"),
            one_entry_per_id=self._flag(content, "one_entry_per_id"),
            encoding=self._encoding(content),
            delimiter=self._delimiter(content),
            blank=frozenset(self._texts(content, (), "blank")),
            ignored=self._texts(content, (), "ignored"),
            list_id=str(metadata.pop("id", "")),
            metadata=metadata,
            hash_of=self._hash_of(fields),
            fields=self._fields(fields),
        )
        if found.hash_of and found.one_entry_per_id:
            self.report(("one_entry_per_id",), "hash_of makes an entry of each row")
        if self.problems:
            raise WatchlistError(self.problems)
        return found

    def _keys(self, path: Path_, content: Mapping[str, Any], known: frozenset[str]) -> None:
        for key in content.keys() - known:
            self.report((*path, key), f"unknown key {key!r}", suggestion(key, known), key=True)

    def _text(self, content: Mapping[str, Any], path: Path_, key: str, default: str) -> str:
        value = content.get(key, default)
        if isinstance(value, str) and (value or key not in content):
            return value
        self.report((*path, key), f"expected text, found {value!r}")
        return default

    def _texts(self, content: Mapping[str, Any], path: Path_, key: str) -> tuple[str, ...]:
        value = content.get(key, [])
        if isinstance(value, list) and all(isinstance(text, str) and text for text in value):
            return tuple(value)
        self.report((*path, key), f"expected a list of texts, found {value!r}")
        return ()

    def _flag(self, content: Mapping[str, Any], key: str) -> bool:
        value = content.get(key, False)
        if not isinstance(value, bool):
            self.report((key,), f"expected true or false, found {value!r}")
        return value is True

    def _encoding(self, content: Mapping[str, Any]) -> str:
        name = self._text(content, (), "encoding", "utf-8")
        if name not in ENCODINGS:
            hint = suggestion(name, ENCODINGS)
            self.report(("encoding",), f"unknown encoding {name!r}", hint)
        return "utf-8-sig" if name == "utf-8" else name

    def _delimiter(self, content: Mapping[str, Any]) -> str:
        mark = self._text(content, (), "delimiter", ",")
        if len(mark) != 1 or mark in '"\r\n':
            hint = 'as ",", ";" or "\\t"'
            self.report(("delimiter",), f"{mark!r} is not one character that parts cells", hint)
        return mark

    def _metadata(self, content: Any) -> dict[str, Any]:
        if not isinstance(content, dict):
            self.report(("list",), f"expected a mapping, found {content!r}")
            return {}
        self._keys(("list",), content, METADATA | {"id"})
        if "id" not in content:
            self.report(("list",), "missing key 'id'")
        for key, kind in _LIST.items():
            value = content.get(key)
            wrong = isinstance(value, bool) and kind is not bool
            if key in content and (wrong or not isinstance(value, kind)):
                self.report(("list", key), f"expected {kind.__name__}, found {value!r}")
        return dict(content)

    def _hash_of(self, content: Any) -> tuple[str, ...]:
        spelled = content.get("id") if isinstance(content, dict) else None
        if not isinstance(spelled, dict) or "hash_of" not in spelled:
            return ()
        if len(spelled) > 1:
            self.report(("fields", "id"), "hash_of stands alone")
        return self._texts(spelled, ("fields", "id"), "hash_of")

    def _fields(self, content: Any) -> dict[str, tuple[Part, ...]]:
        if not isinstance(content, dict):
            self.report(("fields",), f"expected a mapping, found {content!r}")
            return {}
        self._keys(("fields",), content, _FIELDS)
        for name in ("id", "name"):
            if name not in content:
                self.report(("fields",), f"missing key {name!r}")
        return {
            name: self._parts(name, value) for name, value in content.items() if name in _FIELDS
        }

    def _parts(self, name: str, value: Any) -> tuple[Part, ...]:
        path = ("fields", name)
        if isinstance(value, dict) and "hash_of" in value and name == "id":
            return ()
        if not isinstance(value, list):
            return self._part(name, value, path)
        if name not in SEVERAL or not value:
            self.report(path, f"expected one part, found {len(value)}")
        found: list[Part] = []
        for index, item in enumerate(value):
            found += self._part(name, item, (*path, index))
        return tuple(found)

    def _part(self, name: str, value: Any, path: Path_) -> tuple[Part, ...]:
        """The part written at `path`; nothing where it is wrong, which is reported."""
        spelled = {"column": value} if isinstance(value, str) else value
        if not isinstance(spelled, dict):
            self.report(path, f"expected a column or a mapping, found {value!r}")
            return ()
        self._keys(path, spelled, _options(name))
        sources = [key for key in ("column", "columns", "constant") if key in spelled]
        if len(sources) != 1:
            self.report(path, "expected one of column, columns, constant")
            return ()
        columns = self._texts(spelled, path, "columns")
        if "column" in spelled:
            columns = (self._text(spelled, path, "column", ""),)
        scheme = self._text(spelled, path, "scheme", "")
        if name == "identifiers" and not scheme:
            self.report(path, "missing key 'scheme'", "as lei, registration, tax, wallet")
        what = self._text(spelled, path, "what", "")
        if name == DATED and not what:
            self.report(path, "missing key 'what'", "as designated, updated")
        constant = self._text(spelled, path, "constant", "")
        words = self._words(spelled, path)
        if name == "measures":
            self._check_measures(path, constant, words)
        return (
            Part(
                path=path,
                columns=columns,
                constant=constant,
                join=self._text(spelled, path, "join", " "),
                separators=self._separators(spelled, path),
                strip=self._text(spelled, path, "strip", ""),
                words=words,
                prefix=self._text(spelled, path, "prefix", ""),
                formats=self._formats(name, spelled, path),
                scheme=scheme,
                what=what,
            ),
        )

    def _separators(self, spelled: Mapping[str, Any], path: Path_) -> tuple[str, ...]:
        if isinstance(spelled.get("separator"), list):
            return self._texts(spelled, path, "separator")
        one = self._text(spelled, path, "separator", "")
        return (one,) if one else ()

    def _check_measures(
        self, path: Path_, constant: str, words: Mapping[str, tuple[str, ...]]
    ) -> None:
        """What the mapping itself calls a measure must be one; a cell may say anything."""
        named: list[tuple[Path_, str]] = [(("constant",), constant)] if constant else []
        named += [(("words", word), ours) for word, said in words.items() for ours in said]
        for place, measure in named:
            if measure not in known():
                hint = suggestion(measure, known())
                self.report((*path, *place), f"unknown measure {measure!r}", hint)

    def _words(self, spelled: Mapping[str, Any], path: Path_) -> dict[str, tuple[str, ...]]:
        content = spelled.get("words", {})
        if not isinstance(content, dict):
            self.report((*path, "words"), f"expected a mapping, found {content!r}")
            return {}
        where = (*path, "words")
        return {
            word: self._texts(content, where, word)
            if isinstance(value, list)
            else (self._text(content, where, word, ""),)
            for word, value in content.items()
        }

    def _formats(self, name: str, spelled: Mapping[str, Any], path: Path_) -> tuple[str, ...]:
        if name not in DATES:
            return ()
        found = self._texts(spelled, path, "formats") if "formats" in spelled else ISO
        for pattern in found:
            used = set(_DIRECTIVE.findall(pattern))
            known = used <= set("YymdbB") and bool(used & set("Yy"))
            if not known or ("d" in used and not has_day(pattern)):
                self.report((*path, "formats"), f"{pattern!r} is no format of a day", _known())
            elif name in ("listed_on", "possibly_from", DATED) and not has_day(pattern):
                hint = "a month or a year is no day; put such a column into remarks"
                self.report((*path, "formats"), f"{pattern!r} has no day", hint)
            elif name == "birth_dates" and "y" in used and not self._published:
                hint = "write %Y, or say list: {published: ...}: no birth is after that"
                self.report((*path, "formats"), f"{pattern!r} leaves the century open", hint)
        return found


def has_day(pattern: str) -> bool:
    """Whether a format spells a whole day: year, month and day of the month."""
    used = set(_DIRECTIVE.findall(pattern))
    return "d" in used and bool(used & set("mbB"))


def _known() -> str:
    return f"of %Y %y %m %d %b %B, as {', '.join(_FORMS)}"
