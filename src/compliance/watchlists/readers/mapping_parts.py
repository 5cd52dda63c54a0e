"""One part of a field of a mapping: where its values come from, and what is done with the cell.

A part is written as a column's name, or as a mapping with one source (`column`, `columns`,
`constant`, `hash_of`, `schemes`) and options; which options fit is by the field (`options`). What
becomes of a cell is `Part`. Regular expressions are Python's `re`; they choose text, and nothing of
a mapping is executed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final, Literal, get_args

from compliance.errors import Problem
from compliance.tables.yaml import Document, Path_
from compliance.watchlists.measures import known
from compliance.watchlists.own_list import DAYS, LISTS, suggestion

ISO: Final = ("%Y-%m-%d",)
DATED: Final = "dates"  # days that the publisher gives beside listing and delisting
DERIVED: Final = "derived"  # columns that a mapping makes of others
DATES: Final = (*DAYS, "birth_dates", DATED)
SEVERAL: Final = frozenset(("identifiers", "remarks", DATED, *LISTS))
PLACES: Final = ("countries", "nationalities")
_CODED: Final = ("kind", "gender", "measures", *PLACES)
_SOURCES: Final = ("column", "columns", "constant", "hash_of", "schemes")
_DIRECTIVE = re.compile(r"%(.?)")
_FORMS: Final = ("%Y-%m-%d", "%d.%m.%Y", "%d/%m/%y", "%m/%d/%Y", "%d %B %Y", "%b %Y", "%Y")

Choice = Literal["", "earliest", "latest"]
Unread = Literal["refuse", "remarks", "drop"]


@dataclass(frozen=True, slots=True)
class Part:
    """Where values of one field come from, and what is done with the cell, in this order.

    The cells of `columns` that say something are joined by `join`; split at each of `separators`
    (a value in quotes is whole where `quoted`), then where `split` matches; each match of `find` is
    a value (its group "value", else the first group that took part); `replace` is done with each;
    the characters of `strip` go from both ends; a value among `words` is replaced by its words;
    `prefix` is put before each.

    `hash_of` are the columns of which the value is a hash. `formats` are strptime formats of days,
    `choose` which of several days counts, `printed` that a day is only that of printing; `unread`
    says what becomes of a day or place that cannot be read. `scheme` is that of an identifier,
    `what` that which happened on a day: the groups "scheme", by `scheme_words`, and "what" of
    `find` say it of one value. `path` is where the part stands.
    """

    path: Path_
    columns: tuple[str, ...] = ()
    constant: str = ""
    hash_of: tuple[str, ...] = ()
    join: str = " "
    separators: tuple[str, ...] = ()
    quoted: bool = False
    split: re.Pattern[str] | None = None
    find: re.Pattern[str] | None = None
    replace: tuple[tuple[re.Pattern[str], str], ...] = ()
    strip: str = ""
    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    prefix: str = ""
    formats: tuple[str, ...] = ()
    choose: Choice = ""
    printed: bool = False
    unread: Unread = "refuse"
    scheme: str = ""
    scheme_words: Mapping[str, str] = field(default_factory=dict)
    what: str = ""


def has_day(pattern: str) -> bool:
    """Whether a format spells a whole day: year, month and day of the month."""
    used = set(_DIRECTIVE.findall(pattern))
    return "d" in used and bool(used & set("mbB"))


def options(name: str) -> frozenset[str]:
    """The keys that a part of a field may have."""
    found = {"column", "columns", "constant", "join", "strip", "find", "replace"}
    if name in DATES:
        found.add("formats")
    elif name not in ("id", "name"):
        found.add("words")
    if name in SEVERAL | {DERIVED} and name != "remarks":
        found |= {"separator", "quoted", "split"}
    if name not in DATES and name not in _CODED:
        found.add("prefix")
    if name in ("id", DERIVED):
        found.add("hash_of")
    if name in DATES or name in PLACES:
        found.add("unread")
    if name in DAYS:
        found.add("choose")
    return frozenset(found | _OF_ONE.get(name, frozenset()))


_OF_ONE: Final[Mapping[str, frozenset[str]]] = {
    "identifiers": frozenset(("scheme", "schemes", "scheme_words")),
    "listed_on": frozenset(("printed",)),
    DATED: frozenset(("what",)),
}


class Reading:
    """Reads the values of one document; collects its problems."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.problems: list[Problem] = []

    def report(self, path: Path_, message: str, hint: str = "", *, key: bool = False) -> None:
        """Note a problem at a place; with `key` at the key itself."""
        self.problems.append(
            self.document.problem(path, message, hint=hint, key=key, code="watchlist")
        )

    def keys(self, path: Path_, content: Mapping[str, Any], known: frozenset[str]) -> None:
        """Report each key that is not known."""
        for key in content.keys() - known:
            self.report((*path, key), f"unknown key {key!r}", suggestion(key, known), key=True)

    def text(self, content: Mapping[str, Any], path: Path_, key: str, default: str = "") -> str:
        """The text of a key, or the default."""
        value = content.get(key, default)
        if isinstance(value, str) and (value or key not in content):
            return value
        self.report((*path, key), f"expected text, found {value!r}")
        return default

    def texts(self, content: Mapping[str, Any], path: Path_, key: str) -> tuple[str, ...]:
        """The list of texts of a key, or none."""
        value = content.get(key, [])
        if isinstance(value, list) and all(isinstance(text, str) and text for text in value):
            return tuple(value)
        self.report((*path, key), f"expected a list of texts, found {value!r}")
        return ()

    def one_or_more(self, content: Mapping[str, Any], path: Path_, key: str) -> tuple[str, ...]:
        """A text, or a list of texts."""
        if isinstance(content.get(key), list):
            return self.texts(content, path, key)
        one = self.text(content, path, key)
        return (one,) if one else ()

    def flag(self, content: Mapping[str, Any], path: Path_, key: str) -> bool:
        """The truth of a key; false without it."""
        value = content.get(key, False)
        if not isinstance(value, bool):
            self.report((*path, key), f"expected true or false, found {value!r}")
        return value is True

    def mapping_of(self, content: Mapping[str, Any], path: Path_, key: str) -> dict[str, Any]:
        """The mapping of a key, or an empty one."""
        value = content.get(key, {})
        if isinstance(value, dict):
            return value
        self.report((*path, key), f"expected a mapping, found {value!r}")
        return {}

    def choice(
        self, content: Mapping[str, Any], path: Path_, key: str, known: tuple[str, ...]
    ) -> str:
        """The text of a key, one of those known, or ""."""
        value = self.text(content, path, key)
        if value and value not in known:
            self.report((*path, key), f"unknown {key} {value!r}", suggestion(value, known))
        return value

    def words(self, content: Mapping[str, Any], path: Path_) -> dict[str, tuple[str, ...]]:
        """The texts of each word of the key `words`."""
        found, where = self.mapping_of(content, path, "words"), (*path, "words")
        return {
            word: self.texts(found, where, word)
            if isinstance(value, list)
            else (self.text(found, where, word),)
            for word, value in found.items()
        }

    def pattern(self, content: Mapping[str, Any], path: Path_, key: str) -> re.Pattern[str] | None:
        """The regular expression of a key; None where there is none, or it is wrong."""
        text = self.text(content, path, key)
        return self.compiled(text, (*path, key)) if text else None

    def compiled(self, text: str, path: Path_) -> re.Pattern[str] | None:
        """A text as a regular expression; None where it is none, which is reported."""
        try:
            return re.compile(text)
        except re.error as error:
            self.report(path, f"{text!r} is no regular expression: {error}")
            return None


class PartReading:
    """Reads the parts of the fields of a mapping."""

    def __init__(self, reading: Reading, *, published: bool) -> None:
        self.reading = reading
        self.published = published  # whether the list says when it was published

    def parts(self, name: str, value: Any, path: Path_) -> tuple[Part, ...]:
        """The parts of a field.

        All count where it has several values, else the first that says something.
        """
        if not isinstance(value, list):
            return self._part(name, value, path)
        if not value:
            self.reading.report(path, "expected a part")
        return tuple(
            part
            for index, item in enumerate(value)
            for part in self._part(name, item, (*path, index))
        )

    def _part(self, name: str, value: Any, path: Path_) -> tuple[Part, ...]:
        """The part written at `path`; nothing where it is wrong, which is reported.

        With `schemes` it is one for each column.
        """
        reading = self.reading
        spelled = {"column": value} if isinstance(value, str) else value
        if not isinstance(spelled, dict):
            reading.report(path, f"expected a column or a mapping, found {value!r}")
            return ()
        reading.keys(path, spelled, options(name))
        fitting = [key for key in _SOURCES if key in options(name)]
        if len([key for key in fitting if key in spelled]) != 1:
            reading.report(path, f"expected one of {', '.join(fitting)}")
            return ()
        part = self._read(name, spelled, path)
        schemes, where = reading.mapping_of(spelled, path, "schemes"), (*path, "schemes")
        named = "" if part.find is None else part.find.groupindex.keys()
        if name == "identifiers" and not (part.scheme or schemes):
            reading.report(path, "missing key 'scheme'", "as lei, registration, tax, wallet")
        if name == DATED and not part.what and "what" not in named:
            reading.report(path, "missing key 'what'", "as designated, updated")
        if name == "measures":
            self._check_measures(path, part)
        return tuple(
            replace(part, columns=(column,), scheme=reading.text(schemes, where, column))
            for column in schemes
        ) or (part,)

    def _read(self, name: str, spelled: Mapping[str, Any], path: Path_) -> Part:
        reading = self.reading
        columns = reading.texts(spelled, path, "columns")
        if "column" in spelled:
            columns = (reading.text(spelled, path, "column"),)
        default = "remarks" if name in PLACES else "refuse"
        return Part(
            path=path,
            columns=columns,
            constant=reading.text(spelled, path, "constant"),
            hash_of=reading.texts(spelled, path, "hash_of"),
            join=reading.text(spelled, path, "join", " ") if spelled.get("join") != "" else "",
            separators=reading.one_or_more(spelled, path, "separator"),
            quoted=reading.flag(spelled, path, "quoted"),
            split=reading.pattern(spelled, path, "split"),
            find=reading.pattern(spelled, path, "find"),
            replace=self._replacements(spelled, path),
            strip=reading.text(spelled, path, "strip"),
            words=reading.words(spelled, path),
            prefix=reading.text(spelled, path, "prefix"),
            formats=self._formats(name, spelled, path),
            choose=reading.choice(spelled, path, "choose", get_args(Choice)[1:]),  # type: ignore[arg-type]
            printed=reading.flag(spelled, path, "printed"),
            unread=reading.choice(spelled, path, "unread", get_args(Unread)) or default,  # type: ignore[arg-type]
            scheme=reading.text(spelled, path, "scheme"),
            scheme_words=self._scheme_words(spelled, path),
            what=reading.text(spelled, path, "what"),
        )

    def _replacements(
        self, spelled: Mapping[str, Any], path: Path_
    ) -> tuple[tuple[re.Pattern[str], str], ...]:
        content, where = self.reading.mapping_of(spelled, path, "replace"), (*path, "replace")
        found = []
        for text, new in content.items():
            pattern = self.reading.compiled(text, (*where, text))
            if not isinstance(new, str):
                self.reading.report((*where, text), f"expected text, found {new!r}")
            elif pattern is not None:
                try:
                    pattern.sub(new, "")
                except (re.error, IndexError) as error:
                    self.reading.report((*where, text), f"{new!r} does not fit: {error}")
                found.append((pattern, new))
        return tuple(found)

    def _scheme_words(self, spelled: Mapping[str, Any], path: Path_) -> dict[str, str]:
        content = self.reading.mapping_of(spelled, path, "scheme_words")
        where = (*path, "scheme_words")
        return {word.lower(): self.reading.text(content, where, word) for word in content}

    def _check_measures(self, path: Path_, part: Part) -> None:
        """What the mapping itself calls a measure must be one; a cell may say anything."""
        named: list[tuple[Path_, str]] = [(("constant",), part.constant)] if part.constant else []
        named += [(("words", word), ours) for word, said in part.words.items() for ours in said]
        for place, measure in named:
            if measure not in known():
                hint = suggestion(measure, known())
                self.reading.report((*path, *place), f"unknown measure {measure!r}", hint)

    def _formats(self, name: str, spelled: Mapping[str, Any], path: Path_) -> tuple[str, ...]:
        if name not in DATES:
            return ()
        found = self.reading.texts(spelled, path, "formats") if "formats" in spelled else ISO
        where = (*path, "formats")
        for pattern in found:
            used = set(_DIRECTIVE.findall(pattern))
            fits = used <= set("YymdbB") and bool(used & set("Yy"))
            if not fits or ("d" in used and not has_day(pattern)):
                hint = f"of %Y %y %m %d %b %B, as {', '.join(_FORMS)}"
                self.reading.report(where, f"{pattern!r} is no format of a day", hint)
            elif name in ("listed_on", "possibly_from", DATED) and not has_day(pattern):
                hint = "a month or a year is no day; put such a column into remarks"
                self.reading.report(where, f"{pattern!r} has no day", hint)
            elif name == "birth_dates" and "y" in used and not self.published:
                hint = "write %Y, or say list: {published: ...}: no birth is after that"
                self.reading.report(where, f"{pattern!r} leaves the century open", hint)
        return found
