"""What the reviewed tables of words must hold: every key, its type and its range, each word once.

All findings of a file are raised at once, each with line and column.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any, Final

from compliance.errors import Problem, ReferenceDataError
from compliance.yaml import Document

CODE: Final = ReferenceDataError.code
MOST: Final = 20  # of a figure that is not a share

_SECTIONS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "factors": (
            "joined", "reordered", "patronymic", "initials", "numbers_differ", "variant", "acronym",
            "one_word",
            "contained", "contained_from", "contained_full", "unsupported", "unsupported_person",
            "supported_from", "known", "conflict", "branch", "department", "addressee", "group",
            "short_of", "unsupported_short",
        ),
        "closeness": (
            "sound", "sound_five", "sound_short", "join", "initial", "nickname", "consonants",
            "consonants_few", "short", "shortened",
        ),
        "rarity": ("bits", "exponent"),
        "weights": (
            "legal_form", "particle", "number", "letter", "two", "three", "four", "misspelled",
        ),
    }
)  # fmt: skip
_TEXTS: Final = ("particles", "places", "patronymics")
_ROWS: Final = (
    "equivalents",
    "acronyms",
    "numerals",
)  # a word, or a number, and how else it is written
_LISTS: Final = ("nicknames", "separators")
_KEYS: Final = frozenset(("schema", "version", "legal_forms", *_SECTIONS, *_TEXTS, *_ROWS, *_LISTS))
_ABOVE_ONE: Final = frozenset(
    [
        ("factors", "contained_from"),
        ("factors", "contained_full"),
        ("rarity", "bits"),
        ("rarity", "exponent"),
    ]
)


def check_words(document: Document) -> None:
    """Refuse a file that is not laid out as legal_forms.yaml.

    Raises:
        ReferenceDataError: with every finding.
    """
    if not isinstance(document.value, dict):
        _refuse([document.problem((), "expected a mapping", code=CODE)])
    problems = list(_keys(document)) or [
        *_figures(document),
        *_legal_forms(document),
        *_texts(document),
        *_rows(document),
    ]
    _refuse(problems)


def check_rarity(document: Document, bits: float) -> None:
    """Refuse a file that is not laid out as word_rarity.yaml, below this many bits.

    Raises:
        ReferenceDataError: with every finding.
    """
    rows = _section(document, "bits")
    problems: list[Problem] = []
    seen: dict[str, str] = {}
    for row, words in rows.items():
        place = ("bits", row)
        if not row.isdecimal() or not 0 < int(row) < bits:
            message = f"expected whole bits above 0 and below {bits:.0f}, found {row!r}"
            problems.append(document.problem(place, message, code=CODE))
        if not isinstance(words, str):
            problems.append(document.problem(place, "expected words", code=CODE))
            continue
        problems += [
            document.problem(place, f"{word!r} stands in {seen[word]} bits too", code=CODE)
            for word in words.split()
            if seen.setdefault(word, row) != row
        ]
    _refuse(problems)


def check_spellings(document: Document) -> None:
    """Refuse a file that is not laid out as elf_forms.yaml.

    Raises:
        ReferenceDataError: with the finding.
    """
    content = document.value
    if not isinstance(content, dict) or not isinstance(content.get("spellings"), str):
        _refuse([document.problem((), "expected spellings, divided by ';'", code=CODE)])


def _refuse(problems: list[Problem]) -> None:
    if problems:
        raise ReferenceDataError(problems)


def _section(document: Document, key: str) -> dict[str, Any]:
    content = document.value
    found = content.get(key) if isinstance(content, dict) else None
    if not isinstance(found, dict):
        raise ReferenceDataError(document.problem((), f"missing mapping {key!r}", code=CODE))
    return found


def _keys(document: Document) -> Iterator[Problem]:
    """Missing and unknown keys of the file and of its sections of figures."""
    content = document.value
    parts: list[tuple[tuple[str, ...], Any, frozenset[str]]] = [((), content, _KEYS)]
    parts += [
        ((name,), content[name], frozenset(keys))
        for name, keys in _SECTIONS.items()
        if name in content
    ]
    for path, part, keys in parts:
        found = frozenset(part) if isinstance(part, dict) else frozenset()
        for complaint, some in (("missing", keys - found), ("unknown", found - keys)):
            for key in sorted(some):
                message = f"{complaint} key {key!r}"
                yield document.problem((*path, key), message, key=True, code=CODE)


def _figures(document: Document) -> Iterator[Problem]:
    content = document.value
    numbers = {
        (section, name): value for section in _SECTIONS for name, value in content[section].items()
    }
    for path, value in numbers.items():
        most = MOST if path in _ABOVE_ONE else 1
        try:
            within = not isinstance(value, bool) and 0 <= float(value) <= most
        except (TypeError, ValueError):
            within = False
        if not within:
            message = f"expected a number from 0 to {most}, found {value!r}"
            yield document.problem(path, message, code=CODE)


def _legal_forms(document: Document) -> Iterator[Problem]:
    rows = document.value["legal_forms"]
    if not isinstance(rows, list):
        yield document.problem(("legal_forms",), "expected a list", code=CODE)
        return
    seen: dict[str, str] = {}
    for index, row in enumerate(rows):
        place = ("legal_forms", index)
        if not isinstance(row, dict) or not row.get("form") or not _words(row.get("spellings")):
            yield document.problem(place, "expected {form, spellings}", code=CODE)
            continue
        for key in sorted(row.keys() - {"form", "spellings", "leading", "common", "apart"}):
            yield document.problem((*place, key), f"unknown key {key!r}", key=True, code=CODE)
        for spelling in row["spellings"]:
            other = seen.setdefault(spelling, row["form"])
            if other != row["form"]:
                message = f"{spelling!r} is a spelling of {other!r} too"
                yield document.problem(place, message, code=CODE)


def _texts(document: Document) -> Iterator[Problem]:
    for name in _TEXTS:
        if not isinstance(document.value[name], str):
            yield document.problem((name,), "expected words", code=CODE)
    for name in _LISTS:
        if not _words(document.value[name]):
            yield document.problem((name,), "expected a list of texts", code=CODE)


def _rows(document: Document) -> Iterator[Problem]:
    for name in _ROWS:
        rows = document.value[name]
        if not isinstance(rows, dict):
            yield document.problem((name,), "expected a mapping", code=CODE)
            continue
        seen = {row: row for row in rows}
        for row, words in rows.items():
            if not isinstance(words, str):
                yield document.problem((name, row), "expected words", code=CODE)
                continue
            if name == "numerals" and not row.isdecimal():
                message = f"expected a whole number, found {row!r}"
                yield document.problem((name, row), message, key=True, code=CODE)
            for word in words.split():
                if word in seen:
                    message = f"{word!r} stands under {seen[word]!r} too"
                    yield document.problem((name, row), message, code=CODE)
                seen[word] = row


def _words(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(v, str) and v for v in value)
