"""The reviewed tables of words: legal forms, rarity, equivalents, nicknames, weights, thresholds.

Read once from `rules/data`: legal_forms.yaml, elf_forms.yaml and word_rarity.yaml. What a word
weighs depends on the word alone, so a score never changes because a list grew. Every lookup works
on normalized words.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from compliance.embedded import rules_path
from compliance.errors import Problem, ReferenceDataError
from compliance.names.normalization import normalize
from compliance.yaml import Document, read_file

_FOLDER: Final = "data"
_WORDS: Final = "legal_forms.yaml"
_ELF: Final = "elf_forms.yaml"
_RARITY: Final = "word_rarity.yaml"
_KEYS: Final[Mapping[tuple[str, ...], frozenset[str]]] = MappingProxyType(
    {
        (): frozenset(
            "schema version review_threshold factors closeness rarity weights legal_forms equivalents"
            " particles places patronymics numerals nicknames separators".split()
        ),
        ("factors",): frozenset(
            "joined reordered patronymic numbers_differ variant transliterated acronym one_word"
            " contained contained_from contained_full unsupported unsupported_person supported_from known conflict"
            " weak_alias".split()
        ),
        ("closeness",): frozenset(
            "sound sound_five sound_short join initial nickname consonants".split()
        ),
        ("rarity",): frozenset("bits exponent known_below".split()),
        ("weights",): frozenset(
            "legal_form particle number letter two three four misspelled".split()
        ),
    }
)
_ABOVE_ONE: Final = frozenset(
    [("factors", "contained_full"), ("rarity", "bits"), ("rarity", "known_below")]
    + [("rarity", "exponent"), ("factors", "contained_from")]
)


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Words and what they weigh. `legal_forms` maps a spelling (a tuple of words) to its form."""

    version: int
    review_threshold: float
    factors: Mapping[str, float]
    closeness: Mapping[str, float]
    weights: Mapping[str, float]
    legal_forms: Mapping[tuple[str, ...], str]
    leading_forms: frozenset[str]
    longest_form: int
    equivalents: Mapping[str, str]
    particles: frozenset[str]
    places: frozenset[str]
    patronymics: frozenset[str]
    numerals: Mapping[str, str]
    nicknames: Mapping[str, frozenset[int]]
    separators: tuple[str, ...]
    rarity: Mapping[str, float]  # weight of each word that is not distinctive, in [0, 1]
    legal_words: frozenset[str]  # of the reviewed forms, six letters up: mended where misspelled
    frequent: frozenset[str]  # words of eight letters up that many names have, legal ones included


@cache
def lexicon() -> Lexicon:
    """The shipped tables.

    Raises:
        ReferenceDataError: a file is not as this module expects it, with every finding.
    """
    return read(rules_path() / _FOLDER)


def read(folder: Path) -> Lexicon:
    """The tables of a folder laid out as `rules/data`.

    Raises:
        ReferenceDataError: every finding, with line and column.
    """
    document = read_file(folder / _WORDS)
    _check(document)
    content = document.value
    forms = {
        tuple(normalize(spelling).split()): spelling
        for spelling in _elf_spellings(folder / _ELF)
    }
    leading: set[str] = set()
    reviewed: set[str] = set()
    for row in content["legal_forms"]:
        for spelling in row["spellings"]:
            words = tuple(normalize(spelling).split())
            forms[words] = row["form"]
            reviewed.update(word for word in words if len(word) >= 6 and word.isascii())
        if row.get("leading"):
            leading.add(row["form"])
    equivalents = {
        spelling: word
        for word, spellings in content["equivalents"].items()
        for spelling in spellings.split()
    }
    rarity = _rarity(folder / _RARITY, _numbers(content["rarity"]))
    return Lexicon(
        version=content["version"],
        review_threshold=float(content["review_threshold"]),
        factors=_numbers(content["factors"]),
        closeness=_numbers(content["closeness"]),
        weights=_numbers(content["weights"]),
        legal_forms=MappingProxyType(forms),
        leading_forms=frozenset(leading),
        longest_form=max(map(len, forms)),
        equivalents=MappingProxyType(equivalents),
        particles=frozenset(content["particles"].split()),
        places=frozenset(content["places"].split()),
        patronymics=frozenset(content["patronymics"].split()),
        numerals=MappingProxyType(_numerals(content["numerals"])),
        nicknames=MappingProxyType(_nicknames(content["nicknames"])),
        separators=tuple(sorted(content["separators"], key=lambda s: (-len(s), s))),
        rarity=MappingProxyType(rarity),
        legal_words=frozenset(reviewed),
        frequent=frozenset(_frequent(rarity)) | reviewed,
    )


def _elf_spellings(path: Path) -> list[str]:
    return [part.strip() for part in str(read_file(path).value["spellings"]).split(";")]


def _rarity(path: Path, figures: Mapping[str, float]) -> dict[str, float]:
    document = read_file(path)
    most, exponent = figures["bits"], figures["exponent"]
    found: dict[str, float] = {}
    problems: list[Problem] = []
    for bits, words in document.value["bits"].items():
        if not bits.isdecimal() or not 0 < int(bits) < most:
            message = f"expected whole bits above 0 and below {most:.0f}, found {bits!r}"
            problems.append(document.problem(("bits", bits), message, code="reference_data"))
            continue
        weight = (int(bits) / most) ** exponent
        found.update(dict.fromkeys(words.split(), weight))
    if problems:
        raise ReferenceDataError(problems)
    return found


def _frequent(rarity: Mapping[str, float]) -> Iterator[str]:
    yield from (word for word, weight in rarity.items() if len(word) >= 7 and weight < 0.6)


def _numerals(rows: Mapping[str, str]) -> dict[str, str]:
    found = {word: str(value) for value, words in rows.items() for word in words.split()}
    units = [(word, value) for word, value in found.items() if len(value) == 1 and len(word) > 2]
    for tens, value in list(found.items()):
        if len(value) == 2 and value[1] == "0" and int(value) >= 20 and len(tens) > 2:
            for unit, digit in units:
                if digit != "0" and unit.isalpha():
                    found[tens + unit] = value[0] + digit
    return found


def _nicknames(rows: Iterable[str]) -> dict[str, frozenset[int]]:
    found: dict[str, set[int]] = {}
    for number, row in enumerate(rows):
        for word in row.split():
            found.setdefault(word, set()).add(number)
    return {word: frozenset(numbers) for word, numbers in found.items()}


def _numbers(mapping: dict[str, Any]) -> Mapping[str, float]:
    return MappingProxyType({name: float(value) for name, value in mapping.items()})


def _check(document: Document) -> None:
    content = document.value
    if not isinstance(content, dict):
        raise ReferenceDataError(document.problem((), "expected a mapping", code="reference_data"))
    problems = []
    for path, keys in _KEYS.items():
        part = content if not path else content.get(path[0], {})
        found = frozenset(part) if isinstance(part, dict) else frozenset()
        problems += [
            document.problem((*path, key), f"{complaint} key {key!r}", code="reference_data")
            for complaint, some in (("missing", keys - found), ("unknown", found - keys))
            for key in sorted(some)
        ]
    if not problems:
        problems += _range_problems(document)
    if problems:
        raise ReferenceDataError(problems)


def _range_problems(document: Document) -> list[Problem]:
    content = document.value
    numbers: dict[tuple[str, ...], Any] = {("review_threshold",): content["review_threshold"]}
    for (section,) in (path for path in _KEYS if path):
        numbers |= {(section, name): value for name, value in content[section].items()}
    problems = []
    for path, value in numbers.items():
        most = 20 if path in _ABOVE_ONE else 1
        try:
            within = 0 <= float(value) <= most
        except (TypeError, ValueError):
            within = False
        if not within:
            message = f"expected a number from 0 to {most}, found {value!r}"
            problems.append(document.problem(path, message, code="reference_data"))
    for index, row in enumerate(content["legal_forms"]):
        if not isinstance(row, dict) or not row.get("form") or not row.get("spellings"):
            message = "expected {form, spellings}"
            problems.append(
                document.problem(("legal_forms", index), message, code="reference_data")
            )
    return problems
